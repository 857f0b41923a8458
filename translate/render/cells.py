"""Writes a sentence as safe HTML: its own markup, its words by number, its issues marked where they are."""

from __future__ import annotations

import bisect
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import nh3
from markupsafe import Markup

from translate.document import Block, Inline, Kind, Severity, Span
from translate.markup import clip, serialize
from translate.roundtrip.types import Change

# What of an article's markup may stand in a cell; scripts, styles, forms, event handlers and odd link schemes may not.
_TAGS = set("a abbr b bdi bdo br cite code em i mark q s small span strong sub sup u".split())
# What nh3 lets an element have, but for the address of a quotation's source, which it does not look at.
_ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "q": set()}
# Stands where an element's text goes while its tags are cleaned.
_HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"

SIGNS = {Severity.ERROR: "×", Severity.WARNING: "!", Severity.NOTE: "i"}
"""The sign of each severity, so that no reader depends on colour."""


@dataclass(frozen=True)
class Mark:
    """An issue's place in one text of a sentence; `number` counts the sentence's issues from 1."""

    span: Span
    number: int
    severity: Severity


def sentence(block: Block, span: Span, kind: Kind, words: Sequence[Span], marks: Sequence[Mark]) -> Markup:
    """The part of `block` that `span` covers, as HTML that is safe to show whatever the article holds.

    `words` and `marks` are in the offsets of that part; words are in order and do not overlap. A run of text in word n
    stands in `<span data-w=n>`; one with issues has the worst one's severity as its class, their numbers in `data-i`,
    and where an issue's span ends, its label in `data-k`. Runs are cut so that they nest within the article's markup.
    An issue of the whole text has its label only, at the end: underlined as a whole, it would hide the others.
    """
    part = clip(block, span)
    html = kind in (Kind.FRAGMENT, Kind.PAGE, Kind.DOCX)
    safe = [_cleaned(inline) for inline in part.inlines] if html else []
    inside = [replace(mark, span=_within(mark.span, len(part.text))) for mark in marks]
    runs = _runs(len(part.text), safe, words, inside)
    # A run comes after every inline that begins before it or with it, which is what their order by start gives.
    merged = heapq.merge(safe, runs, key=lambda inline: inline.span.start)
    return Markup(serialize(Block(part.text, tuple(merged)), Kind.FRAGMENT))


def changes(source: str, back: str, found: Sequence[Change]) -> Markup:
    """What came back, with the words that the way there and back took out and put in."""
    out = Markup("")
    at = 0
    for change in found:
        out += Markup.escape(back[at : change.back.start])
        if change.source:
            out += Markup("<del>{}</del>").format(change.source.of(source))
        if change.source and change.back:
            out += " "
        if change.back:
            out += Markup("<ins>{}</ins>").format(change.back.of(back))
        elif change.back.start and not back[change.back.start - 1].isspace():
            out += " "
        at = change.back.end
    return out + Markup.escape(back[at:])


def _cleaned(inline: Inline) -> Inline:
    opening, closing = _safe(inline.open, inline.close)
    return replace(inline, open=opening, close=closing)


@lru_cache(maxsize=4096)
def _safe(opening: str, closing: str) -> tuple[str, str]:
    """An element's tags with nothing in them that could run or load; both empty where it may not stand here at all."""
    cleaned = nh3.clean(
        opening + _HOLE + closing,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        link_rel="noopener noreferrer",
        # A report that is being read must not be lost to a click.
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    before, hole, after = cleaned.rpartition(_HOLE)
    return (before, after) if hole else ("", "")


def _within(span: Span, length: int) -> Span:
    """The part of a span that lies in a text of this length; of a span over all of it, the end."""
    start, end = min(span.start, length), min(span.end, length)
    return Span(end, end) if end - start == length else Span(start, end)


def _runs(length: int, inlines: Sequence[Inline], words: Sequence[Span], marks: Sequence[Mark]) -> Iterator[Inline]:
    """A span element for each run of text that is in a word or has an issue, cut at every bound of anything."""
    spans = [*words, *(mark.span for mark in marks), *(inline.span for inline in inlines)]
    cuts = sorted({0, length, *(span.start for span in spans), *(span.end for span in spans)})
    starts = [word.start for word in words]
    points = [mark for mark in marks if not mark.span]
    for start, end in pairwise([*cuts, length]):
        for point in points:
            if point.span.start == start:
                yield _run(Span(start, start), None, [point], inlines)
        covering = [mark for mark in marks if mark.span.start <= start < mark.span.end]
        near = bisect.bisect_right(starts, start) - 1
        word = near if near >= 0 and start < words[near].end else None
        if start < end and (covering or word is not None):
            yield _run(Span(start, end), word, covering, inlines)


def _run(span: Span, word: int | None, marks: Sequence[Mark], inlines: Sequence[Inline]) -> Inline:
    attributes = [] if word is None else [f"data-w={word}"]
    if marks:
        worst = min(marks, key=lambda mark: mark.severity.rank)
        numbers = " ".join(str(mark.number) for mark in marks)
        ending = " ".join(f"{SIGNS[mark.severity]}{mark.number}" for mark in marks if mark.span.end == span.end)
        attributes += [f"class={worst.severity.value}", f'data-i="{numbers}"']
        attributes += [f'data-k="{ending}"'] if ending else []
    around = [inline.span for inline in inlines if inline.span.contains(span) and span.start < inline.span.end]
    return Inline(span, f"<span {' '.join(attributes)}>", "</span>", len(around))
