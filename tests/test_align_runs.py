"""Runs begin and end where phrases do."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.align.runs import best_run, fold, inside, trim
from translate.align.words import words
from translate.document import Span


@given(st.lists(st.integers(-8, 8), min_size=1, max_size=12))
def test_the_best_run_has_the_greatest_sum(weights: list[int]) -> None:
    low, high = best_run(np.array(weights, np.float32))
    sums = [sum(weights[a:b]) for a, b in itertools.combinations(range(len(weights) + 1), 2)]
    assert sum(weights[low:high]) == max(sums)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("the old bridge", [1, 1, 2]),
        ("bread and the fuel", [0, 3, 3, 3]),
        ("Al Jazeera said", [1, 1, 2]),
        ("al jazeera", [0, 1]),
        ("vitamin A , and", [0, 1, 2, 3]),
        ("The", [0]),
        ("و قال", [1, 1]),
    ],
)
def test_what_arabic_writes_into_a_word_goes_with_it(text: str, stands: list[int]) -> None:
    assert fold(text.split()).tolist() == stands


@pytest.mark.parametrize(
    ("target", "run", "first", "last", "expected"),
    [
        ("it said , and women fled", (2, 5), "والنساء", "والنساء", "women"),
        ("women and men fled", (0, 3), "النساء", "والرجال", "women and men"),
        ("men of the north", (0, 3), "رجال", "رجال", "men"),
        ("they asked for it", (1, 3), "دعوا", "إلى", "asked for"),
        ("نهبوا المخبز في الليل", (0, 3), "looted", "bakery", "نهبوا المخبز"),
        ("قضى على المحصول", (0, 2), "wiped", "out", "قضى على"),
        ("نقلوا في أنحاء الخليج", (2, 4), "across", "Gulf", "في أنحاء الخليج"),
        ("قال : « سمعت » .", (2, 5), '"', '"', "« سمعت »"),
        ("قال : « سمعت » .", (1, 4), '"', ",", "« سمعت"),
        (", ،", (0, 2), "word", "word", "،"),
    ],
)
def test_ends_are_moved_to_where_a_phrase_can_end(
    target: str, run: tuple[int, int], first: str, last: str, expected: str
) -> None:
    low, high = trim(run, target.split(), first, last)
    assert " ".join(target.split()[low:high]) == expected


@given(st.lists(st.sampled_from(["the", "and", ",", "في", '"', "»", "x", "و"]), min_size=1, max_size=7), st.data())
def test_trimming_keeps_a_word(target: list[str], data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(target) - 1))
    high = data.draw(st.integers(low + 1, len(target)))
    first, last = data.draw(st.tuples(*[st.sampled_from(["the", "in", '"', ",", "word"])] * 2))
    new_low, new_high = trim((low, high), target, first, last)
    assert 0 <= new_low < new_high <= len(target)


def test_trimming_takes_in_only_what_is_free() -> None:
    target = ["إلى", "القاهرة", "»"]
    assert trim((1, 2), target, "in", '"') == (0, 3)
    assert trim((1, 2), target, "in", '"', np.array([True, True, False])) == (0, 2)
    assert trim((1, 2), target, "in", '"', np.array([False, True, True])) == (1, 3)


def test_a_word_is_inside_where_a_part_of_it_is() -> None:
    assert inside(words("in Cairo"), Span(3, 4)) == [1]
    assert inside(words("in Cairo"), Span(2, 3)) == []
