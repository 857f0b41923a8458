"""Numbers in English and Arabic are read as what they are worth, wherever and however they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from number_words import ArabicStyle, EnglishStyle, arabic, english

from translate.quality.numbers import values
from translate.quality.values import Kind, Value, likeness


def amounts(text: str, language: str) -> list[object]:
    return [value.amount for value in values(text, language) if not value.weak]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were 1,300 of them.", [1300]),
        ("It rose by 2.5 per cent to 10,250.75 dollars.", [Fraction(5, 2), Fraction(41003, 4)]),
        ("10 000 people", [10000]),
        ("3½ years", [Fraction(7, 2)]),
        ("five men and twelve women", [5, 12]),
        ("twenty-one, Thirty Two", [21, 32]),
        ("two hundred and fifty thousand refugees", [250000]),
        ("between one hundred and two hundred homes", [100, 200]),
        ("between two thousand and three thousand", [2000, 3000]),
        ("two thousand, three hundred and five", [2305]),
        ("sold for 125 million, three years ago", [125 * 10**6, 3]),
        ("a hundred and one shops", [101]),
        ("nineteen hundred", [1900]),
        ("1.5 million or 1.2bn or 40k or $5m", [1500000, 1200000000, 40000, 5000000]),
        ("two and a half million", [2500000]),
        ("three and a half years", [Fraction(7, 2)]),
        ("half a million", [500000]),
        ("a quarter of a million", [250000]),
        ("two dozen eggs, a dozen cups", [24, 12]),
        ("two-thirds of them, three quarters", [Fraction(2, 3), Fraction(3, 4)]),
        ("the third time, the 21st, the twenty-second day", [3, 21, 22]),
        ("hundreds of thousands", [100000]),
        ("several hundred homes", [100]),
        ("thousands and thousands of birds", [1000]),
        ("from 1914-18", [1914, 18]),
        ("a 20-year-old and a five-year-old", [20, 5]),
        ("an F-16, COVID-19, the G7, H5N1", [16, 19, 7, 5, 1]),
        ("5/12/2024", [5, 12, 2024]),
        ("a 4-3 win", [4, 3]),
        ("one of the first to do it once, a second time, and half of both", []),
        ("open 24/7", []),
        ("an area of 3 km2", [3]),
        ("No numbers here.", []),
        ("", []),
    ],
)
def test_english_numbers(text: str, expected: list[object]) -> None:
    assert amounts(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("١٬٣٠٠ نازح", [1300]),
        ("۱۲٫۵ كيلومتر", [Fraction(25, 2)]),
        ("12,5 في المئة", [Fraction(25, 2)]),
        ("بلغ عددهم 1.300.000", [1300000]),
        ("783،562 كيلومترا", [783562]),
        ("500 1 رجل", [1500]),
        ("بـ76 نقطة", [76]),
        ("الـ48 ساعة", [48]),
        ("خمسة عشر جنديا", [15]),
        ("خمس عشرة سيارة", [15]),
        ("اثنا عشر رجلا واثنتي عشرة امرأة", [12, 12]),
        ("إحدى عشرة دولة", [11]),
        ("واحد وعشرون", [21]),
        ("خمسة و عشرون", [25]),
        ("ألفان", [2000]),
        ("مئتين", [200]),
        ("ثلاث مئة وستون", [360]),
        ("خمسمائة", [500]),
        ("مائة وخمسون ألفا", [150000]),
        ("مائة واحد عشر ألفا", [111000]),
        ("مئتي ألف", [200000]),
        ("ثلاثة ملايين ونصف المليون", [3500000]),
        ("نصف مليون", [500000]),
        ("مليون ونصف", [1500000]),
        ("3 ملايين و200 ألف", [3200000]),
        ("ألف وتسعمائة وأربعة وثمانون", [1984]),
        ("ثلاثة وخمسة", [3, 5]),
        ("ثلاثة أرباع السكان وثلثا المدن", [Fraction(3, 4), Fraction(2, 3)]),
        ("الثالث والحادي والعشرون", [3, 21]),
        ("القرن التاسع عشر", [19]),
        ("القرنين الثامن والتاسع عشر", [8, 19]),
        ("قبل أسبوعين", [2]),
        ("عامين ونصف العام", [Fraction(5, 2)]),
        ("مئات الآلاف وعشرات القرى", [100000, 10]),
        ("80 بالمائة و5 في المئة وستة بالمئة", [80, 5, 6]),
        ("يوم الاثنين", []),
        ("ألست معهم؟ لست هنا", []),
        ("أثنى عليه وألّف فيه كتابا", []),
        ("في الخمسينيات 1950", [1950]),
        ("واحدة من أول من وصلوا، وكلاهما في النصف الثاني", []),
        ("لا أعداد هنا", []),
        ("", []),
    ],
)
def test_arabic_numbers(text: str, expected: list[object]) -> None:
    assert amounts(text, "ar") == expected


@pytest.mark.parametrize(
    ("text", "language", "kind", "amount"),
    [
        ("in the 1970s", "en", Kind.DECADE, 1970),
        ("in the '80s", "en", Kind.DECADE, 80),
        ("in her thirties", "en", Kind.DECADE, 30),
        ("في سبعينيات القرن الماضي", "ar", Kind.DECADE, 1970),
        ("ثلاثينيات القرن التاسع عشر", "ar", Kind.DECADE, 1830),
        ("في الثمانينات", "ar", Kind.DECADE, 80),
        ("at 10:30 pm", "en", Kind.TIME, Fraction(21, 2)),
        ("half past ten", "en", Kind.TIME, Fraction(21, 2)),
        ("quarter to five", "en", Kind.TIME, Fraction(19, 4)),
        ("at six-thirty", "en", Kind.TIME, Fraction(13, 2)),
        ("five o'clock", "en", Kind.TIME, 5),
        ("العاشرة والنصف مساء", "ar", Kind.TIME, Fraction(21, 2)),
        ("الساعة الخامسة إلا ربعا", "ar", Kind.TIME, Fraction(19, 4)),
        ("الساعة الواحدة والنصف", "ar", Kind.TIME, Fraction(3, 2)),
        ("الساعة العاشرة وعشر دقائق", "ar", Kind.TIME, Fraction(61, 6)),
        ("World War II", "en", Kind.ORDINAL, 2),
        ("on 12 May", "en", Kind.MONTH, 5),
        ("في 12 أيار", "ar", Kind.MONTH, 5),
        ("7 تشرين الثاني", "ar", Kind.MONTH, 11),
        ("dozens", "en", Kind.VAGUE, 10),
    ],
)
def test_kinds(text: str, language: str, kind: Kind, amount: object) -> None:
    assert (kind, amount) in [(value.kind, value.amount) for value in values(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "amount", "other"),
    [
        ("1.300", "ar", Fraction(13, 10), 1300),
        ("1,300", "ar", 1300, Fraction(13, 10)),
        ("3-5 million", "en", 3, 3000000),
        ("من 3 إلى 5 ملايين", "ar", 3, 3000000),
        ("1914-18", "en", 18, 1918),
        ("three decades", "en", 3, 30),
        ("ثلاثة عقود", "ar", 3, 30),
        ("a fifth", "en", 5, Fraction(1, 5)),
        ("خمس", "ar", 5, Fraction(1, 5)),
        ("10 pm", "en", 10, 22),
        ("5m", "en", 5000000, 5),
    ],
)
def test_other_amounts(text: str, language: str, amount: object, other: object) -> None:
    assert [value for value in values(text, language) if value.amount == amount and other in value.others]


@pytest.mark.parametrize(
    ("text", "language", "covered"),
    [
        ("about two hundred and fifty thousand people", "en", ["two hundred and fifty thousand"]),
        ("نحو مائة وخمسين ألف شخص", "ar", ["مائة وخمسين ألف"]),
        ("عُثِرَ على ثَلاثَةِ كُتُب", "ar", ["ثَلاثَةِ"]),
        ("in 2024, on the 21st", "en", ["2024", "21st"]),
    ],
)
def test_a_span_covers_the_whole_number_and_no_more(text: str, language: str, covered: list[str]) -> None:
    assert [value.span.of(text) for value in values(text, language)] == covered


def test_a_language_without_a_reader_has_no_numbers() -> None:
    assert values("1 2 3", "fr") == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("1970s", "en"), ("السبعينيات", "ar"), True),
        (("1970s", "en"), ("سبعينيات القرن الماضي", "ar"), True),
        (("1870s", "en"), ("سبعينيات القرن الماضي", "ar"), False),
        (("1060s", "en"), ("الستينيات", "ar"), False),
        (("1800s", "en"), ("التاسع عشر", "ar"), True),
        (("10:30 pm", "en"), ("22:30", "ar"), True),
        (("3 million", "en"), ("ثلاثة ملايين", "ar"), True),
        (("thousands", "en"), ("1000", "ar"), False),
        (("thousands", "en"), ("الآلاف", "ar"), True),
        (("12", "en"), ("13", "ar"), False),
    ],
)
def test_likeness(one: tuple[str, str], other: tuple[str, str], alike: bool) -> None:
    assert bool(likeness(values(*one)[0], values(*other)[0])) is alike


NUMBERS = (
    st.integers(1, 10**9)
    | st.integers(1, 2000)
    | st.builds(lambda n, k: n * 10**k, st.integers(1, 99), st.integers(0, 7))
)


@given(NUMBERS, st.builds(EnglishStyle, st.booleans(), st.booleans(), st.booleans()))
def test_any_number_in_english_words_reads_as_itself(number: int, style: EnglishStyle) -> None:
    assert [value.amount for value in values(english(number, style), "en")] == [number]


@given(NUMBERS, st.builds(ArabicStyle, *(st.booleans() for _ in range(5))))
def test_any_number_in_arabic_words_reads_as_itself(number: int, style: ArabicStyle) -> None:
    assert [value.amount for value in values(arabic(number, style), "ar")] == [number]


@given(
    st.integers(0, 10**9),
    st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]),
    st.sampled_from(["", ",", "٬", " ", "\u00a0", "،"]),
    st.sampled_from(["en", "ar"]),
)
def test_any_number_in_digits_reads_as_itself(number: int, script: str, separator: str, language: str) -> None:
    text = f"{number:,}".replace(",", separator).translate(str.maketrans("0123456789", script))
    assert [value.amount for value in values(text, language)] == [number]


@given(
    st.text(alphabet="0123456789.,:/-،٫٬ %½ واحدعشرنمئةثلا tweny-hudrdfsmbk'", max_size=60),
    st.sampled_from(["en", "ar"]),
)
def test_values_are_in_order_and_disjoint_in_any_text(text: str, language: str) -> None:
    found: tuple[Value, ...] = values(text, language)
    ends = [0, *(value.span.end for value in found)]
    assert all(value.span.start >= end for value, end in zip(found, ends, strict=False))
    assert all(len(value.span) > 0 and value.span.end <= len(text) for value in found)
