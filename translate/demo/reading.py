"""Turns a translation that is being made into the two panes of the Read tab, as they are at any moment."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from markupsafe import Markup

from translate import languages, segment
from translate.demo.templates import render
from translate.document import (
    Document,
    Issue,
    Role,
    Span,
    TranslatedBlock,
    TranslatedSentence,
)
from translate.render import cells
from translate.serving.stop import current

# The panes are sent anew at most so often, in seconds, and so many of their characters a second: a browser keeps up.
_EVERY = 0.3
_CHARACTERS = 400_000
# So many sentences stand in one line of the panes where a paragraph is more than twice as long.
_LINE = 4
# An article of more blocks is laid out by the browser as it is scrolled through.
_LONG = 200
SLOTS = 12
"""How many parts the panes are in: a browser parses anew only those that changed, so a long text is no burden."""

_TAGS: Mapping[Role, str] = {Role.HEADING: "h2", Role.PARAGRAPH: "p", Role.ITEM: "p", Role.CELL: "p"}


@dataclass(frozen=True)
class Snapshot:
    """The panes as they are now, in SLOTS parts of which None are as they were.

    `total` sentences are expected, `seconds` have gone since the work began.
    """

    panes: tuple[Markup | None, ...]
    done: int
    total: int
    seconds: float


@dataclass
class Reading:
    """A document's two panes while it is translated. Each block is written again only when something in it changed."""

    document: Document
    source: str
    target: str
    blocks: list[TranslatedBlock] = field(default_factory=list)
    done: int = 0

    def __post_init__(self) -> None:
        self._sources = list(self.document.blocks)
        self._spans = [[one.span for one in segment.sentences(block, self.source)] for block in self._sources]
        self._first = [0]
        for spans in self._spans:
            self._first.append(self._first[-1] + len(spans))
        self._growing: list[TranslatedSentence] = []
        self._bare = [self._source(n, spans, [()] * len(spans)) for n, spans in enumerate(self._spans)]
        # Written when they are asked for, which is less often than something is made.
        self._rows: list[Markup | None] = [None] * len(self._sources)
        self._slots = _slots([len(block.text) for block in self._sources])
        self._changed = set(range(SLOTS))

    @property
    def total(self) -> int:
        """How many sentences there are."""
        return self._first[-1]

    def add(self, made: TranslatedSentence | TranslatedBlock) -> None:
        """Take in what was made next: a sentence of the block at work, or that block when it is whole."""
        number = len(self.blocks)
        self._changed.add(self._slots[number])
        self._rows[number] = None
        if isinstance(made, TranslatedBlock):
            self._growing.clear()
            self.blocks.append(made)
        else:
            self._growing.append(made)
            self.done += 1

    def panes(self) -> tuple[Markup | None, ...]:
        """Those parts of both panes that changed since they were last asked for, as HTML; None for the others.

        Sentence n is `data-s=n` in either pane, its issues are the list `n<n>`.
        """
        parts = tuple(self._part(slot) if slot in self._changed else None for slot in range(SLOTS))
        self._changed.clear()
        return parts

    def _part(self, slot: int) -> Markup:
        rows = [self._written(number) for number, its in enumerate(self._slots) if its == slot]
        if not rows:
            return Markup("")
        return render(
            "panes.html.j2",
            rows=rows,
            first=not slot,
            long=len(self._rows) > _LONG,
            source=_side(self.source),
            target=_side(self.target),
        )

    def _written(self, number: int) -> Markup:
        row = self._rows[number]
        if row is None:
            if number < len(self.blocks):
                row = self._whole(number, self.blocks[number])
            elif number == len(self.blocks) and self._growing:
                row = self._partly(number)
            else:
                row = self._row(number, self._bare[number], (), ())
            self._rows[number] = row
        return row

    def _partly(self, number: int) -> Markup:
        """A block with some of its sentences: their text alone, for the markup is placed when all are there."""
        first = self._first[number]
        made = [
            _marked(first + n, Markup.escape(one.translation.text), one.issues) + " "
            for n, one in enumerate(self._growing)
        ]
        lines = _lines(len(self._spans[number]))
        target = [Markup("").join(made[line.start : line.stop]) for line in lines if line.start < len(made)]
        return self._row(number, self._bare[number], target, self._growing)

    def _whole(self, number: int, made: TranslatedBlock) -> Markup:
        first = self._first[number]
        marks = [_marks(one.issues, "source") for one in made.sentences]
        source = self._source(number, [one.source.span for one in made.sentences], marks)
        pieces, at = [], 0
        for n, one in enumerate(made.sentences):
            inside = cells.sentence(made.target, one.span, self.document.kind, (), _marks(one.issues, "target"))
            between = Markup.escape(made.target.text[at : one.span.start])
            pieces.append(between + _marked(first + n, inside, one.issues, kept=not one.translated))
            at = one.span.end
        target = _joined(pieces, made.target.text[at:])
        return self._row(number, source, target, made.sentences)

    def _source(self, number: int, spans: Sequence[Span], marks: Sequence[Sequence[cells.Mark]]) -> list[Markup]:
        block, first = self._sources[number], self._first[number]
        pieces, at = [], 0
        for n, (span, its) in enumerate(zip(spans, marks, strict=True)):
            inside = cells.sentence(block, span, self.document.kind, (), its)
            between = Markup.escape(block.text[at : span.start])
            pieces.append(between + Markup('<span class="s" data-s="{}">{}</span>').format(first + n, inside))
            at = span.end
        return _joined(pieces, block.text[at:])

    def _row(
        self,
        number: int,
        source: Sequence[Markup],
        target: Sequence[Markup],
        sentences: Sequence[TranslatedSentence],
    ) -> Markup:
        """A block's lines; those that have no translation yet await it."""
        block = self._sources[number]
        return render(
            "row.html.j2",
            tag=_TAGS[block.role],
            role=block.role.value,
            lines=list(zip_longest(source, target)),
            sides=(_side(self.source), _side(self.target)),
            issues=[(self._first[number] + n, one.issues) for n, one in enumerate(sentences) if one.issues],
            signs=cells.SIGNS,
        )


def live(reading: Reading, made: Iterable[TranslatedSentence | TranslatedBlock]) -> Iterator[Snapshot]:
    """Snapshots of the reading as `made` comes in, not more often than a browser can show them, and one at the end.

    Raises Stopped or TimedOut where the request that this is for must end.
    """
    began = shown = time.monotonic()
    pause = 0.0

    def snapshot() -> Snapshot:
        nonlocal shown, pause
        panes = reading.panes()
        shown = time.monotonic()
        pause = max(_EVERY, sum(len(part or "") for part in panes) / _CHARACTERS)
        return Snapshot(panes, reading.done, reading.total, shown - began)

    yield snapshot()
    stop = current()
    for one in made:
        if stop is not None:
            stop.check()
        reading.add(one)
        first = reading.done == 1 and isinstance(one, TranslatedSentence)
        if first or time.monotonic() - shown >= pause:
            yield snapshot()
    yield snapshot()


def _lines(count: int) -> list[range]:
    """A block's sentences by the lines of the panes that they stand in, so that both sides of a long paragraph keep
    beside each other.
    """
    lines = max(1, round(count / _LINE)) if count > 2 * _LINE else 1
    return [range(count * n // lines, count * (n + 1) // lines) for n in range(lines)]


def _joined(pieces: Sequence[Markup], end: str) -> list[Markup]:
    """The block's lines, of a piece for each sentence; `end` is what stands after the last."""
    lines = [Markup("").join(pieces[line.start : line.stop]) for line in _lines(len(pieces))]
    lines[-1] += end
    return lines


def _slots(lengths: Sequence[int]) -> list[int]:
    """Which part each block stands in: as many characters in each, in order."""
    total, before, slots = sum(lengths), 0, []
    for length in lengths:
        slots.append(before * SLOTS // max(1, total))
        before += length
    return slots


def _marked(number: int, inside: Markup, issues: Sequence[Issue], *, kept: bool = False) -> Markup:
    """A sentence of the translation, which can be reached and says how grave its worst issue is."""
    worst = min(issues, key=lambda issue: issue.severity.rank).severity.value if issues else ""
    classes = " ".join(filter(None, ("s", worst and f"has-{worst}", "kept" if kept else "")))
    described = Markup(' aria-describedby="n{}"').format(number) if issues else ""
    return Markup('<span class="{}" data-s="{}" id="t{}" tabindex="-1"{}>{}</span>').format(
        classes, number, number, described, inside
    )


def _marks(issues: Sequence[Issue], side: str) -> list[cells.Mark]:
    spans = [(number, issue, getattr(issue, side)) for number, issue in enumerate(issues, 1)]
    return [cells.Mark(span, number, issue.severity) for number, issue, span in spans if span is not None]


def _side(language: str) -> Mapping[str, str]:
    return {
        "language": language,
        "direction": languages.direction(language),
        "name": languages.name(language, "en"),
        "name_ar": languages.name(language, "ar"),
    }
