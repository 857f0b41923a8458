"""A number that is lost, new or changed is reported where it stands; whatever says the same number is left alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from number_words import arabic, english

from translate import quality
from translate.document import Severity
from translate.quality import Pair, numbers
from translate.quality.numbers import values

LIMITS = quality.settings()["numbers"].limits

# English and Arabic that say the same.
FAITHFUL = [
    ("The army lost 1,300 men in 3 days.", "خسر الجيش ١٬٣٠٠ رجل في 3 أيام."),
    ("The army lost 1,300 men.", "خسر الجيش 1.300 رجل."),
    ("Prices rose by 12.5%.", "ارتفعت الأسعار بنسبة 12,5 في المئة."),
    ("The budget is 1.5 million pounds.", "تبلغ الميزانية مليونا ونصف المليون ليرة."),
    ("It cost $1.2bn.", "بلغت الكلفة 1.2 مليار دولار."),
    ("Some 250,000 people fled.", "فر نحو مئتين وخمسين ألف شخص."),
    ("Two hundred and fifty thousand people fled.", "فر 250 ألف شخص."),
    ("They waited two weeks.", "انتظروا أسبوعين."),
    ("He has 2 daughters.", "لديه ابنتان."),
    ("The 2 sides met.", "اجتمع الطرفان."),
    ("She studied for two and a half years.", "درست عامين ونصف العام."),
    ("It weighs 3.5 tonnes.", "يزن ثلاثة أطنان ونصف الطن."),
    ("It rose by three and a half.", "ارتفع ثلاثة ونصفا."),
    ("Half of them left.", "غادر 50% منهم."),
    ("Henry VIII ruled.", "حكم هنري الثامن."),
    ("The 2 presidents of the countries met.", "اجتمع رئيسا البلدين."),
    ("Between the two there is no difference.", "لا فرق بينهما."),
    ("The film lasts 30 seconds.", "يدوم الفيلم 30 ثانية."),
    ("They talked for an hour and a half.", "تحدثوا ساعة ونصف الساعة."),
    ("The war began in the 1970s.", "بدأت الحرب في سبعينيات القرن الماضي."),
    ("The school was built in the 19th century.", "بنيت المدرسة في القرن التاسع عشر."),
    ("A custom of the 18th and 19th centuries.", "عادة من القرنين الثامن عشر والتاسع عشر."),
    ("A custom of the 18th and 19th centuries.", "عادة من القرنين الثامن والتاسع عشر."),
    ("They married in the 70s or 80s.", "تزوجا في السبعينيات أو الثمانينيات."),
    ("The meeting is on 12 May 2024.", "الاجتماع في 12 أيار/مايو 2024."),
    ("The meeting is on 12 May 2024.", "الاجتماع في 12/5/2024."),
    ("It began at 10:30 pm.", "بدأ الساعة 22:30."),
    ("It began at 10:30 pm.", "بدأ في العاشرة والنصف مساء."),
    ("It began at five o'clock.", "بدأ عند الخامسة عصرا."),
    ("Between 3 and 5 million left.", "غادر ما بين 3 ملايين و5 ملايين."),
    ("Ten to 15 houses burned.", "احترق من 10 إلى 15 منزلا."),
    ("The 1914-18 war.", "حرب 1914-1918."),
    ("Half of the town left.", "غادر نصف سكان البلدة."),
    ("Two-thirds of the town left.", "غادر ثلثا سكان البلدة."),
    ("A dozen houses burned.", "احترق اثنا عشر منزلا."),
    ("Hundreds of thousands left.", "غادر مئات الآلاف."),
    ("More than a thousand left.", "غادر أكثر من ألف شخص."),
    ("A 20-year-old man died.", "توفي شاب في العشرين من عمره."),
    ("She is in her twenties.", "هي في العشرينيات من عمرها."),
    ("The F-16 crashed.", "تحطمت طائرة إف-16."),
    ("The G7 met.", "اجتمعت مجموعة السبع."),
    ("Both men were hurt.", "أصيب كلا الرجلين."),
    ("One of them left first.", "غادر أحدهم."),
    ("For the first time, they won.", "لأول مرة يفوزون."),
    ("World War II ended.", "انتهت الحرب العالمية الثانية."),
    ("They won 3-1.", "فازوا بثلاثة أهداف مقابل هدف واحد."),
    ("They waited three decades.", "انتظروا ثلاثين عاما."),
    ("It is open 24/7.", "إنه مفتوح على مدار الساعة."),
    ("The third man left.", "غادر الرجل الثالث."),
    ("On Monday they left.", "غادروا يوم الاثنين."),
    ("1,500 men", "500 1 رجل"),
]

# What is wrong, with the kind and the words that are reported on either side.
WRONG = [
    ("They lost 1,300 men.", "خسروا 13,000 رجل.", "changed", "1,300", "13,000"),
    ("They lost 300,000 men.", "خسروا 300 رجل.", "changed", "300,000", "300"),
    ("They lost 27 men.", "خسروا رجالا.", "missing", "27", None),
    ("They lost men.", "خسروا 27 رجلا.", "extra", None, "27"),
    ("They lost five men.", "خسروا ستة رجال.", "changed", "five", "ستة"),
    ("They lost five men.", "خسروا رجالا.", "maybe_missing", "five", None),
    ("They lost many men.", "خسروا خمسة رجال.", "maybe_extra", None, "خمسة"),
    ("They lost 1.5 million men.", "خسروا 1.5 رجل.", "changed", "1.5 million", "1.5"),
    ("It began in the 1870s.", "بدأ في سبعينيات القرن الماضي.", "changed", "1870s", "سبعينيات القرن الماضي"),
    ("It began at 10:30.", "بدأ الساعة 10:45.", "changed", "10:30", "10:45"),
    ("The second man left.", "غادر الرجل الأول.", "changed", "second", "الأول"),
    ("Thousands left.", "غادر الملايين.", "changed", "Thousands", "الملايين"),
    ("It fell on 12 May 2024.", "سقط في 12 أيار 2023.", "changed", "2024", "2023"),
    ("They lost 7-2.", "خسروا 7-3 أمام لاعبين كثيرين.", "changed", "2", "3"),
]


def found(
    source: str, target: str, languages: tuple[str, str] = ("en", "ar")
) -> list[tuple[str, str | None, str | None]]:
    pair = Pair(source, target, *languages)
    return [
        (
            finding.kind,
            finding.source.of(source) if finding.source else None,
            finding.target.of(target) if finding.target else None,
        )
        for finding in numbers.find(pair, LIMITS)
    ]


@pytest.mark.parametrize(("en", "ar"), FAITHFUL)
def test_the_same_numbers_are_left_alone_in_both_directions(en: str, ar: str) -> None:
    assert found(en, ar) == []
    assert found(ar, en, ("ar", "en")) == []


@pytest.mark.parametrize(("en", "ar", "kind", "source", "target"), WRONG)
def test_a_wrong_number_is_reported_where_it_stands(
    en: str, ar: str, kind: str, source: str | None, target: str | None
) -> None:
    assert (kind, source, target) in found(en, ar)
    assert any(
        issue.code == f"numbers.{kind}" for issue in quality.review(Pair(en, ar, "en", "ar"), quality.settings())
    )


@pytest.mark.parametrize(("en", "ar"), FAITHFUL)
def test_every_digit_counts(en: str, ar: str) -> None:
    """No digit of a faithful translation can be changed without a finding."""
    for match in re.finditer(r"[0-9٠-٩]", ar):
        zero = ord("0") if match[0].isascii() else ord("٠")
        other = chr(zero + (ord(match[0]) - zero + 3) % 10)
        assert found(en, ar[: match.start()] + other + ar[match.end() :]), match


@pytest.mark.parametrize("word", ["ثلاثة", "سبعة", "عشرين", "خمسمائة", "مليون", "الثالث"])
def test_a_number_word_that_replaces_another_is_found(word: str) -> None:
    assert found("They took five towns.", f"استولوا على {word} بلدات.")


def test_a_doubtful_number_is_a_warning_and_a_certain_one_an_error() -> None:
    settings = quality.settings()["numbers"].severities
    assert {kind for kind, severity in settings.items() if severity is Severity.ERROR} == {
        "missing",
        "extra",
        "changed",
    }
    assert settings["maybe_missing"] is settings["maybe_extra"] is Severity.WARNING


def test_what_is_said_twice_need_not_be() -> None:
    assert found("Flight 17 left. Flight 17 fell.", "غادرت الرحلة 17 ثم سقطت.") == [("maybe_missing", "17", None)]


def test_a_language_without_a_reader_is_not_judged() -> None:
    assert found("12", "13", ("fr", "ar")) == []


@given(st.integers(3, 10**9), st.integers(3, 10**9))
def test_two_numbers_are_alike_only_if_equal_however_they_are_written(one: int, other: int) -> None:
    en, ar = f"They counted {english(one)} birds.", f"عدوا {arabic(other)} طائر."
    for source, target in ((en, ar), (en, f"عدوا {other:,} طائر."), (f"They counted {one} birds.", ar)):
        assert (found(source, target) == []) is (one == other)


@given(st.integers(3, 10**9))
def test_a_number_is_found_again_however_it_is_written(number: int) -> None:
    eastern = f"{number:,}".translate(str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬"))
    for en in (f"They counted {english(number)} birds.", f"They counted {number:,} birds."):
        for ar in (f"عدوا {arabic(number)} طائر.", f"عدوا {number} طائر.", f"عدوا {eastern} طائر."):
            assert found(en, ar) == []
            assert found(ar, en, ("ar", "en")) == []


@pytest.mark.parametrize("unit", ["9", ",000", "1.", "1/", "million ", "مليون ", "واحد و", "12 "])
def test_a_very_long_row_is_read_without_failing(unit: str) -> None:
    assert len(values("1" + unit * 5000, "en")) + len(values("1" + unit * 5000, "ar")) > 0
    found("1" + unit * 200, "")


def test_a_long_table_of_numbers_is_compared_quickly() -> None:
    table = " ".join(f"{number:,};" for number in range(3, 3000))
    assert found(table, table.replace(",", "٬")) == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_checked_without_failing(source: str, target: str) -> None:
    for finding in numbers.find(Pair(source, target, "en", "ar"), LIMITS):
        assert finding.source is None or finding.source.end <= len(source)
        assert finding.target is None or finding.target.end <= len(target)
