"""How near Arabic words are to English names by sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.quality.transliteration import FAR, distance, letters, stems

NEAR, APART = 0.15, 0.22


def nearest(name: str, word: str) -> float:
    return min(distance(name, stem) for stem in stems(word))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Akram", "أكرم"),
        ("Bashar", "بشار"),
        ("Assad", "الأسد"),
        ("Sharaa", "الشرع"),
        ("Sweida", "والسويداء"),
        ("Suwayda", "السويداء"),
        ("Ghraib", "غريب"),
        ("Qamishli", "القامشلي"),
        ("Saeed", "سعيد"),
        ("Omar", "عمر"),
        ("Hussein", "حسين"),
        ("Mohammed", "محمد"),
        ("Khalil", "لخليل"),
        ("Washington", "واشنطن"),
        ("Gordon", "غوردون"),
        ("Gordon", "جوردون"),
        ("Peter", "بيتر"),
        ("Vincent", "فنسنت"),
        ("Charles", "تشارلز"),
        ("Schumacher", "شوماخر"),
        ("Thomas", "توماس"),
        ("Xavier", "زافير"),
        ("Max", "ماكس"),
        ("Djokovic", "دجوكوفيتش"),
        ("Jacques", "جاك"),
        ("Schwarzenegger", "شوارزنيجر"),
        ("Wright", "رايت"),
        ("Utah", "يوتا"),
        ("Jiménez", "خيمينيز"),
        ("Łódź", "لودز"),
    ],
)
def test_a_name_is_near_its_arabic(name: str, word: str) -> None:
    assert nearest(name, word) <= NEAR


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Akram", "عامر"),
        ("Bashar", "بيتر"),
        ("Hendricks", "كوستيلو"),
        ("Lavrov", "بوتين"),
        ("Damascus", "درعا"),
        ("Thomas", "جيمس"),
        ("Fisher", "بتروف"),
        ("Kowalski", "مبيكي"),
    ],
)
def test_another_name_is_far(name: str, word: str) -> None:
    assert nearest(name, word) > APART


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("وَالأَسَد", ("والاسد", "اسد", "الاسد")),
        ("للبنان", ("للبنان", "بنان", "لبنان")),
        ("بدمشق", ("بدمشق", "دمشق")),
        ("جون", ("جون",)),
    ],
)
def test_stems_drop_what_a_word_may_begin_with(word: str, expected: tuple[str, ...]) -> None:
    assert stems(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"), [("إدلب", "ادلب"), ("مدينة", "مدينا"), ("مُحَمَّد", "محمد"), ("مصطفى", "مصطفي")]
)
def test_letters_are_one_where_spelling_varies(word: str, expected: str) -> None:
    assert letters(word) == expected


@given(st.text(max_size=12), st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", max_size=12))
def test_a_distance_is_a_share_and_never_raises(name: str, stem: str) -> None:
    assert 0 <= distance(name, stem) <= FAR
