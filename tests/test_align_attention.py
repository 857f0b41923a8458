"""Attention over pieces becomes links between words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.align.attention import from_attention
from translate.align.words import words
from translate.document import Span

ENGLISH = "the red house"
ARABIC = "البيت الأحمر"
# the | red | hou | se | </s>        Arabic: ال | بيت | الأحمر
SOURCE = [Span(0, 3), Span(4, 7), Span(8, 11), Span(11, 13), None]
TARGET = [Span(0, 2), Span(2, 5), Span(6, 12)]
ROWS = [
    [0.60, 0.05, 0.10, 0.15, 0.10],
    [0.05, 0.05, 0.40, 0.40, 0.10],
    [0.02, 0.86, 0.02, 0.05, 0.05],
]


def test_pieces_become_words() -> None:
    alignment = from_attention(ENGLISH, SOURCE, ARABIC, TARGET, ROWS)
    assert str(alignment) == "0-0 1-1 2-0"
    assert (alignment.source_words, alignment.target_words) == (words(ENGLISH), words(ARABIC))


def test_what_looks_at_the_end_mark_is_read_from_what_is_left() -> None:
    rows = [[0.008, 0.001, 0.001, 0.0, 0.99], [0.0, 0.0, 0.5, 0.5, 0.0], [0.0, 0.01, 0.0, 0.0, 0.99]]
    assert str(from_attention(ENGLISH, SOURCE, ARABIC, TARGET, rows)) == "0-0 1-1 2-0"


def test_a_language_code_before_the_source_is_left_out() -> None:
    rows = [[0.9, *row] for row in ROWS]
    assert str(from_attention(ENGLISH, [None, *SOURCE], ARABIC, TARGET, rows)) == "0-0 1-1 2-0"


def test_the_row_of_the_end_mark_is_not_read() -> None:
    rows = [*ROWS, [0.0, 0.0, 0.0, 1.0, 0.0]]
    assert str(from_attention(ENGLISH, SOURCE, ARABIC, TARGET, rows)) == "0-0 1-1 2-0"


def test_shifted_reads_a_piece_where_it_is_the_decoders_input() -> None:
    rows = [[1.0, 0.0, 0.0, 0.0, 0.0], *ROWS]
    assert str(from_attention(ENGLISH, SOURCE, ARABIC, TARGET, rows, shifted=True)) == "0-0 1-1 2-0"


def test_shifted_without_an_end_mark_keeps_the_last_row() -> None:
    alignment = from_attention(
        "a b", [Span(0, 1), Span(2, 3)], "x y", [Span(0, 1), Span(2, 3)], np.eye(2), shifted=True
    )
    assert str(alignment) == "1-0 1-1"


def test_one_word_carries_two() -> None:
    """A clitic: "and wrote" is one Arabic word."""
    alignment = from_attention("and wrote", [Span(0, 3), Span(4, 9)], "وكتب", [Span(0, 4)], [[0.4, 0.6]])
    assert str(alignment) == "0-0 1-0"


@pytest.mark.parametrize(("share", "links"), [(0.12, "0-0 1-1 2-1"), (0.005, "0-0 1-1")])
def test_a_word_that_nothing_chose_joins_what_looks_at_it_enough(share: float, links: str) -> None:
    spans = [Span(0, 1), Span(2, 3), Span(4, 5)]
    rows = [[1.0, 0.0, 0.0], [0.0, 1 - share, share]]
    assert str(from_attention("a b c", spans, "x y", [Span(0, 1), Span(2, 3)], rows)) == links


def test_a_piece_over_several_words_is_shared_by_its_letters() -> None:
    alignment = from_attention("...", [Span(0, 3)], "x", [Span(0, 1)], [[1.0]])
    assert str(alignment) == "0-0 1-0 2-0"


@pytest.mark.parametrize(("source", "target"), [("", "x"), ("x", ""), ("", "")])
def test_no_words(source: str, target: str) -> None:
    assert from_attention(source, [None], target, [None], [[1.0]]).links == ()


def test_pieces_that_stand_nowhere_link_nothing() -> None:
    assert from_attention("a", [None, None], "x", [None], [[0.5, 0.5]]).links == ()


@st.composite
def hypotheses(draw: st.DrawFn) -> tuple[str, list[Span | None], str, list[Span | None], list[list[float]]]:
    def side() -> tuple[str, list[Span | None]]:
        found = draw(st.lists(st.text("abcابت", min_size=1, max_size=6), max_size=6))
        text, spans, at = " ".join(found), [], 0
        for word in found:
            cut = draw(st.integers(0, len(word)))
            spans += [Span(at, at + cut) if cut else None, Span(at + cut, at + len(word)) if cut < len(word) else None]
            at += len(word) + 1
        return text, spans

    source, source_spans = side()
    target, target_spans = side()
    row = st.lists(st.floats(0, 1), min_size=len(source_spans), max_size=len(source_spans))
    rows = draw(st.lists(row, min_size=len(target_spans) + 1, max_size=len(target_spans) + 1))
    return source, source_spans, target, target_spans, rows


@given(hypotheses(), st.booleans())
def test_any_attention_gives_a_sound_alignment(
    case: tuple[str, list[Span | None], str, list[Span | None], list[list[float]]], shifted: bool
) -> None:
    source, source_spans, target, target_spans, rows = case
    alignment = from_attention(source, source_spans, target, target_spans, rows, shifted=shifted)
    assert (alignment.source_words, alignment.target_words) == (words(source), words(target))
    assert alignment.links == tuple(sorted(set(alignment.links)))
