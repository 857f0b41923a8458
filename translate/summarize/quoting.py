"""Finds which part of each sentence is quoted, and which quotations are one speech over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from translate.document import Sentence, Span
from translate.quality.quotes import Quotation, quotations

_MARKS = "\"“”„‟«»‹›‘’'`‚"
_MARK_OR_SPACE = frozenset(_MARKS + " \u00a0")
_OPENS = re.compile(rf"\s*[{_MARKS}]")


@dataclass(frozen=True)
class Part:
    """The part of a sentence that lies in a quotation, without marks; parts of one speech share its number."""

    span: Span
    speech: int


def quoted_parts(blocks: Sequence[tuple[str, Sequence[Sentence]]]) -> tuple[tuple[Part, ...], ...]:
    """The quoted parts of every sentence, in the order of all sentences; `blocks` are texts with their sentences.

    A speech goes on in the next block where the last quotation of one is left open and the next begins with a mark, as
    newspapers do. A mark that lacks its partner otherwise quotes no more than its own sentence.
    """
    found: list[tuple[Part, ...]] = []
    speech, goes_on = 0, False
    for index, (text, sentences) in enumerate(blocks):
        spans: list[tuple[Span, int]] = []
        quoted = quotations(text)
        following = blocks[index + 1][0] if index + 1 < len(blocks) else ""
        for one in quoted:
            continues = goes_on and one is quoted[0] and not text[: one.span.start].strip(_MARKS + " ")
            speech += not continues
            left_open = one is quoted[-1] and not one.closed and _OPENS.match(following) is not None
            spans.append((one.span if continues or left_open else _bounded(one, sentences), speech))
        goes_on = bool(quoted) and not quoted[-1].closed and _OPENS.match(following) is not None
        found += [_parts(text, sentence.span, spans) for sentence in sentences]
    return tuple(found)


def _bounded(one: Quotation, sentences: Sequence[Sentence]) -> Span:
    """The quotation, cut to the sentence of its one mark where the other is missing."""
    if one.whole:
        return one.span
    at = one.span.start if one.opened else max(one.span.end - 1, 0)
    home = next((sentence.span for sentence in sentences if sentence.span.start <= at < sentence.span.end), one.span)
    return Span(max(one.span.start, home.start), min(one.span.end, home.end))


def _parts(text: str, sentence: Span, spans: Sequence[tuple[Span, int]]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for span, speech in spans:
        start, end = max(span.start, sentence.start), min(span.end, sentence.end)
        # A paragraph's mark opens a speech again that is open already.
        while start < end and text[start] in _MARK_OR_SPACE:
            start += 1
        while start < end and text[end - 1] in _MARK_OR_SPACE:
            end -= 1
        if start < end:
            parts.append(Part(Span(start, end).shift(-sentence.start), speech))
    return tuple(parts)


def rest(text: str, parts: Sequence[Part]) -> str:
    """The sentence with blanks in place of what is quoted, so that every other character keeps its place."""
    for part in parts:
        text = text[: part.span.start] + " " * len(part.span) + text[part.span.end :]
    return text
