"""Writes the report of a round trip: what an editor reads before trusting a translation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from translate.document import Severity
from translate.render import frame, plots, summary, summary_page
from translate.render.page import title
from translate.render.plots import Plot
from translate.render.rows import Row, rows
from translate.roundtrip.types import Copy, DocumentTrip, Leg, Metric, RoundTrip, Score
from translate.summarize.bilingual import Summarized
from translate.terminology.compliance import Compliance, TermCount

# Widths of the histograms' bars: points of chrF, and of a cosine, whose values lie close together.
_POINTS = 10.0
_COSINE = 0.02
# The sentences with errors that are listed with their messages; the others are named.
_MOST_URGENT = 12


@dataclass(frozen=True)
class _Fact:
    """A figure of the report's head."""

    label: str
    label_ar: str
    value: str


@dataclass(frozen=True)
class _Section:
    """A document of the round trip."""

    name: str
    rows: tuple[Row, ...]
    scores: tuple[Score, ...]


# What the ids of the rows begin with.
_ROW = "s"


def page(result: RoundTrip, summarized: Summarized | None = None, *, made: datetime | None = None) -> str:
    """The report as one HTML page that needs nothing else; `made` (default: now) is the time that it shows.

    `summarized` are the summaries of the only document, which stand above all, each with links to the rows it rests on.
    """
    shown = [result.headline, *(score.metric for score in result.scores if score.metric.key.startswith("cosine"))]
    sections = [_section(document, shown) for document in result.documents]
    every = [row for section in sections for row in section.rows]
    found = summary.counts(every)
    models = [("→", model) for model in result.forward_models] + [("←", model) for model in result.back_models]
    return frame.render(
        "roundtrip.html.j2",
        made=made,
        result=result,
        view=summary_page.view(summarized, _ROW) if summarized else None,
        title=_title(result),
        source=frame.side(result.source_language),
        target=frame.side(result.target_language),
        sections=sections,
        facts=_facts(result, every),
        urgent=summary.urgent(every),
        most=_MOST_URGENT,
        warnings=summary.tallies(every, Severity.WARNING),
        unexplained=summary.unexplained(every),
        distributions=_distributions(result, shown),
        checks=plots.by_check("What the checks found", found) if any(one.own for one in found) else None,
        copied=[trip.number for trip in result.trips if trip.copied is Copy.FORWARD],
        models=models,
        shows_preview=any(model.preview for _, model in models),
        choices=_choices(every, found),
        terms=_terms(result),
    )


def _section(document: DocumentTrip, shown: Sequence[Metric]) -> _Section:
    scores = tuple(score for score in document.scores if score.metric in shown)
    return _Section(document.name, tuple(rows(document, shown)), scores)


def _title(result: RoundTrip) -> str:
    """The headline of a single document; of several, how many there are."""
    if len(result.documents) > 1:
        return f"{len(result.documents)} documents"
    first = next((block for document in result.documents for block in document.forward.source.blocks), None)
    return title(first.text) if first else ""


def _facts(result: RoundTrip, every: Sequence[Row]) -> list[_Fact]:
    words = sum(len(trip.source.split()) for trip in result.trips)
    blocks = [block for document in result.documents for block in document.forward.blocks]
    tags = sum(len(block.source.inlines) for block in blocks)
    carried = sum(len(block.target.inlines) for block in blocks)
    own = Counter(one.issue.severity for row in every for one in row.remarks if one.leg is Leg.FORWARD)
    return [
        _Fact("words", "الكلمات", f"{words:,}"),
        _Fact("sentences", "الجمل", f"{len(every):,}"),
        _Fact("there and back", "ذهابًا وإيابًا", f"{result.seconds:.0f} s"),
        _Fact("links and other markup carried over", "روابط وتنسيق منقولة", f"{carried:,} / {tags:,}"),
        _Fact("errors", "الأخطاء", f"{own[Severity.ERROR]:,}"),
        _Fact("warnings", "التحذيرات", f"{own[Severity.WARNING]:,}"),
    ]


def _terms(result: RoundTrip) -> tuple[TermCount, ...]:
    """How far the translation keeps to the glossaries; nothing without them."""
    sentences = (sentence for document in result.documents for sentence in document.forward.sentences)
    return Compliance(use for sentence in sentences for use in sentence.translation.terms).counts


def _distributions(result: RoundTrip, shown: Sequence[Metric]) -> list[Plot]:
    """How the sentences' scores lie; what was handed on untranslated counts 0, which says nothing of the others."""
    translated = [trip for trip in result.trips if trip.copied is not Copy.FORWARD]
    drawn = []
    for metric in shown:
        values = [trip.scores[metric.key] for trip in translated if metric.key in trip.scores]
        width = _COSINE if metric.key.startswith("cosine") else _POINTS
        if values:
            drawn.append(plots.distribution(metric.label, values, width=width, decimals=2 if width < 1 else 0))
    return drawn


def _choices(every: Sequence[Row], found: Sequence[summary.Counts]) -> dict[str, list[tuple[str, int]]]:
    """What the filters offer, each with how many issues it stands for; nothing that no issue has."""
    remarks = [remark for row in every for remark in row.remarks]
    severities = Counter(remark.issue.severity for remark in remarks)
    legs = Counter(remark.leg for remark in remarks)
    return {
        "severity": [(one.value, severities[one]) for one in Severity if severities[one]],
        "check": [(one.check, one.total) for one in found],
        "leg": [(one.value, legs[one]) for one in Leg if legs[one]],
    }
