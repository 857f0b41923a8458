"""Alignments through a middle text, and of texts in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.align.compose import compose, concatenate, shift
from translate.align.words import words
from translate.document import Alignment, Span


def aligned(source: str, target: str, links: str) -> Alignment:
    pairs = [link.split("-") for link in links.split()]
    return Alignment(words(source), words(target), tuple((int(a), int(b)) for a, b in pairs))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("0-0 1-1", "0-0 1-1", "0-0 1-1"),
        ("0-1 1-0", "0-1 1-0", "0-0 1-1"),
        ("0-0 0-1", "0-0 1-1", "0-0 0-1"),
        ("0-0 1-0", "0-0", "0-0 1-0"),
        ("0-0", "1-1", ""),
        ("", "0-0", ""),
    ],
)
def test_links_go_through_the_middle(first: str, second: str, expected: str) -> None:
    composed = compose(aligned("a b", "x y", first), aligned("x y", "p q", second))
    assert str(composed) == expected
    assert (composed.source_words, composed.target_words) == (words("a b"), words("p q"))


def test_middle_words_that_are_cut_differently_meet_where_they_overlap() -> None:
    first = Alignment((Span(0, 1), Span(2, 3)), (Span(0, 3), Span(4, 7)), ((0, 0), (1, 1)))
    second = Alignment((Span(0, 1), Span(2, 3), Span(4, 7)), (Span(0, 1), Span(2, 3), Span(4, 5)), ((1, 0), (2, 2)))
    assert str(compose(first, second)) == "0-0 1-2"


def test_a_text_of_two_parts() -> None:
    left, right = aligned("a b", "x y", "0-1"), aligned("c", "z", "0-0")
    whole = concatenate([left, shift(right, 4, 4)])
    assert whole == aligned("a b c", "x y z", "0-1 2-2")


LINKS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), unique=True).map(sorted)


@given(LINKS, LINKS)
def test_a_link_is_there_exactly_where_a_middle_word_joins_it(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    five = words("a b c d e")
    links = compose(Alignment(five, five, tuple(first)), Alignment(five, five, tuple(second))).links
    assert set(links) == {(s, t) for s, m in first for n, t in second if m == n}
