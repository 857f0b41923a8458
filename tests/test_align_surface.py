"""Numbers, marks and names are recognised across the two scripts."""

from __future__ import annotations

import numpy as np
import pytest

from translate.align.surface import agreement, mark, number, sound


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("1,300", "1300"),
        ("١٬٣٠٠", "1300"),
        ("۱۳۰۰", "1300"),
        ("1,234,567", "1234567"),
        ("12.5", "12.5"),
        ("١٢٫٥", "12.5"),
        ("12,5", "12.5"),
        ("12.00", "12"),
        ("007", "7"),
        ("0", "0"),
        ("131st", "131"),
        ("15km", "15"),
        ("Nato", None),
        ("G20", None),
        ("10:30", None),
        ("²", None),
        ("", None),
    ],
)
def test_numbers_have_one_form(word: str, expected: str | None) -> None:
    assert number(word) == expected


@pytest.mark.parametrize(
    ("one", "other"), [(",", "،"), (";", "؛"), ("?", "؟"), ('"', "«"), ("”", "»"), ("-", "–"), ("%", "٪"), ("!", "!")]
)
def test_marks_are_the_same_in_both_scripts(one: str, other: str) -> None:
    assert mark(one) == mark(other) is not None


def test_words_are_no_marks() -> None:
    assert mark("a") is mark("ب") is mark("7") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Akram", "أكرم"),
        ("Latakia", "اللاذقية"),
        ("Baniyas", "وبانياس"),
        ("Al-Shara", "الشرع"),
        ("Guterres", "غوتيريش"),
        ("Reuters", "لرويترز"),
        ("Syria's", "سوريا"),
        ("Tchaikovsky", "تشايكوفسكي"),
        ("Khartoum", "بالخرطوم"),
        ("Peshawar", "بيشاور"),
        ("Qamishli", "القامشلي"),
        ("Philippe", "فيليب"),
        ("Jazeera", "الجزيرة"),
    ],
)
def test_names_sound_alike(one: str, other: str) -> None:
    assert sound(one, other) == sound(other, one) >= 0.65


@pytest.mark.parametrize(
    ("one", "other"), [("Akram", "عامر"), ("Latakia", "حلب"), ("Beirut", "دمشق"), ("Oman", "مسقط"), ("I", "أنا")]
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert sound(one, other) < 0.6


def test_agreement_tells_certain_likely_and_impossible() -> None:
    source = ["Akram", "paid", "24", "dollars", ",", "NASA"]
    target = ["دفع", "أكرم", "٢٤", "٢٥", "،", "nasa"]
    score = agreement(source, target)
    assert score.shape == (6, 6) and score.dtype == np.float32
    assert score[2].tolist() == [0.0, 0.0, 1.0, -0.5, -0.5, 0.0]
    assert score[4].tolist() == [-0.5, -0.5, -0.5, -0.5, 1.0, -0.5]
    assert score[5, 5] == 1.0
    assert 0.0 < score[0, 1] < 0.5
    assert score[1].tolist() == [0.0, 0.0, 0.0, 0.0, -0.5, 0.0]
    assert np.array_equal(agreement(target, source), score.T)


def test_agreement_of_nothing_is_empty() -> None:
    assert agreement([], ["a"]).shape == (0, 1)
