"""Copies, loops and stutters show in the text alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.align.faults import loops, most_frequent, must_change, same_words, spoken, stutter
from translate.align.words import words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Good morning.", "good MORNING", True),
        ("«نعم»", "نعم!", True),
        ("12:30", "1230", True),
        ("No.", "Now.", False),
        ("", "...", True),
    ],
)
def test_same_words(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("Good morning.", True),
        ("BBC News", False),
        ("Paris London Rome Cairo", True),
        ("12:30", False),
        ("https://news.example/a", False),
        ("desk@news.example", False),
        ("صباح الخير", True),
        ("²¹", False),
        ("", False),
    ],
)
def test_must_change(text: str, must: bool) -> None:
    assert must_change(text) is must


def test_spoken_words_are_no_marks() -> None:
    text = "Well, «HE» left: ٣٠ km."
    spans, folded = spoken(text)
    assert folded == ["well", "he", "left", "٣٠", "km"]
    assert [span.of(text).casefold() for span in spans] == folded
    assert spoken(text, words(text)) == (spans, folded)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b c", (0, ())),
        ("a b c d e", (1, ("a", "b", "c", "d"))),
        ("a b a b a b a", (2, ("a", "b", "a", "b"))),
    ],
)
def test_most_frequent(text: str, expected: tuple[int, tuple[str, ...]]) -> None:
    assert most_frequent(text.split()) == expected


@pytest.mark.parametrize(
    ("source", "target", "looping"),
    [
        ("Go on.", "so so so so so so so", True),
        ("no no no no no no no", "so so so so so so so", False),
        ("Go on.", "hahahahahahaha", True),
        ("hahahahahaha", "hahahahahahaha", False),
        ("Go on.", "go and go and go", False),
    ],
)
def test_loops(source: str, target: str, looping: bool) -> None:
    assert loops(source, target) is looping


@given(st.text(max_size=60))
def test_nothing_is_worse_than_itself(text: str) -> None:
    assert same_words(text, text) and not loops(text, text) and stutter(text, text) is None
