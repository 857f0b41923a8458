"""Turns a document's round trip into the rows of the report: one sentence each, as safe HTML with its issues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from translate.document import Alignment, Issue, Span
from translate.render import cells
from translate.roundtrip.types import Copy, DocumentTrip, Leg, Metric, Trip


@dataclass(frozen=True)
class Remark:
    """An issue as it stands beneath its sentence; `number` counts the sentence's issues from 1.

    `arrived` is True where a fault of the translation shows in what came back, too.
    """

    number: int
    issue: Issue
    leg: Leg
    arrived: bool = False

    @property
    def check(self) -> str:
        """The name of the check that found it."""
        return self.issue.code.partition(".")[0]

    @property
    def sign(self) -> str:
        """The sign of its severity."""
        return cells.SIGNS[self.issue.severity]


@dataclass(frozen=True)
class Row:
    """One sentence on its way; `back` is empty where nothing came back, `changed` where every word did.

    `there` and `again` are the alignments of source and forward and of forward and back, "0-0 1-1", over the words
    that the cells number. `untranslated` is True where the source stands in place of a translation.
    """

    number: int
    source: Markup
    forward: Markup
    back: Markup
    changed: Markup
    there: str
    again: str
    remarks: tuple[Remark, ...]
    scores: tuple[tuple[Metric, float], ...]
    mean_log_prob: float | None
    untranslated: bool
    starts_block: bool


def rows(document: DocumentTrip, metrics: Sequence[Metric]) -> Iterator[Row]:
    """A row for each sentence of the document, in reading order, with its score on each of `metrics` that it has."""
    trips = iter(document.trips)
    cell = partial(cells.sentence, kind=document.forward.source.kind)
    for there, again in zip(document.forward.blocks, document.back.blocks, strict=True):
        # A sentence that came out empty has no way back.
        returned = {sentence.source.span: sentence for sentence in again.sentences}
        for sentence in there.sentences:
            trip = next(trips)
            words = _words(trip)
            returning = returned.get(sentence.span)
            yield Row(
                number=trip.number,
                source=cell(there.source, sentence.source.span, words=words.source, marks=_marks(trip, _IN_SOURCE)),
                forward=cell(there.target, sentence.span, words=words.forward, marks=_marks(trip, _IN_FORWARD)),
                back=cell(again.target, returning.span, words=words.back, marks=_marks(trip, _IN_BACK))
                if returning
                else Markup(""),
                changed=cells.changes(trip.source, trip.back, trip.changes)
                if trip.back and trip.changes
                else Markup(""),
                there=words.there,
                again=words.again,
                remarks=tuple(
                    Remark(number, one.issue, one.leg, one.leg is Leg.FORWARD and one.arrives is True)
                    for number, one in enumerate(trip.issues, 1)
                ),
                scores=tuple((metric, trip.scores[metric.key]) for metric in metrics if metric.key in trip.scores),
                mean_log_prob=sentence.translation.mean_log_prob,
                untranslated=trip.copied is Copy.FORWARD,
                starts_block=sentence is there.sentences[0],
            )


# Which side of an issue stands in which text, by the leg that the issue is of.
_IN_SOURCE = {Leg.FORWARD: "source", Leg.WHOLE: "source"}
_IN_FORWARD = {Leg.FORWARD: "target", Leg.BACK: "source"}
_IN_BACK = {Leg.BACK: "target", Leg.WHOLE: "target"}


def _marks(trip: Trip, sides: dict[Leg, str]) -> list[cells.Mark]:
    """The trip's issues that have a place in one of its texts, numbered as their remarks are."""
    marks = []
    for number, one in enumerate(trip.issues, 1):
        side = sides.get(one.leg)
        span = one.issue.source if side == "source" else one.issue.target if side == "target" else None
        if span is not None:
            marks.append(cells.Mark(span, number, one.issue.severity))
    return marks


@dataclass(frozen=True)
class _Words:
    """The words of the three texts, and the links between them."""

    source: tuple[Span, ...] = ()
    forward: tuple[Span, ...] = ()
    back: tuple[Span, ...] = ()
    there: str = ""
    again: str = ""


def _words(trip: Trip) -> _Words:
    """Words and links of both legs, in which the forward text has one set of words: those of the way there."""
    there, again = trip.forward_alignment, trip.back_alignment
    if there is None or again is None:
        return _Words(
            there.source_words if there else (),
            there.target_words if there else again.source_words if again else (),
            again.target_words if again else (),
            str(there or ""),
            str(again or ""),
        )
    if there.target_words != again.source_words:
        links = {
            (number, target)
            for source, target in again.links
            for number, word in enumerate(there.target_words)
            if word.overlaps(again.source_words[source])
        }
        again = Alignment(there.target_words, again.target_words, tuple(sorted(links)))
    return _Words(there.source_words, there.target_words, again.target_words, str(there), str(again))
