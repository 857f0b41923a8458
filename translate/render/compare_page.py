"""Writes the report of a comparison: who is ahead, how surely, and where the systems differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from translate.document import Block, Kind, Span
from translate.render import cells, frame, plots
from translate.render.plots import Plot
from translate.render.rows import Remark
from translate.roundtrip.types import (
    Basis,
    ComparedSentence,
    Comparison,
    Leg,
    Output,
    Ranking,
    System,
)

_MOST_DIFFERENT = 20


@dataclass(frozen=True)
class _Output:
    """What one system made of a sentence, as safe HTML with its issues marked."""

    system: str
    text: Markup
    back: str | None
    scores: tuple[float | None, ...]
    copied: bool
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class _Sentence:
    """A sentence on which the systems differ."""

    sentence: ComparedSentence
    outputs: tuple[_Output, ...]


def page(result: Comparison, *, made: datetime | None = None) -> str:
    """The report as one HTML page that needs nothing else; `made` (default: now) is the time that it shows."""
    different = result.most_different(_MOST_DIFFERENT)
    models = {(system.name, model.name): (system.name, model) for system in result.systems for model in system.models}
    return frame.render(
        "compare.html.j2",
        made=made,
        result=result,
        source=frame.side(result.source_language),
        target=frame.side(result.target_language),
        rankings=[(ranking, _intervals(ranking)) for ranking in result.rankings],
        round_trip=any(ranking.basis is Basis.ROUND_TRIP for ranking in result.rankings),
        metrics=tuple(dict.fromkeys(score.metric for each in result.rankings for score in each.standings[0].scores)),
        matrix=_matrix(result),
        codes=_codes(result.systems),
        different=[_Sentence(one, tuple(_output(each, result.rankings) for each in one.outputs)) for one in different],
        models=tuple(models.values()),
        shows_preview=any(model.preview for _, model in models.values()),
    )


def _intervals(ranking: Ranking) -> Plot:
    """The headline scores of a ranking, best first."""
    scores = {one.system: (one.scores[0].value, one.scores[0].low, one.scores[0].high) for one in ranking.standings}
    return plots.intervals(ranking.metric.label, scores, decimals=ranking.metric.decimals)


def _matrix(result: Comparison) -> Plot | None:
    """The headline score of every model there with every model back."""
    if not result.matrix:
        return None
    metric = result.matrix[0].scores[0].metric
    return plots.heat_map(
        metric.label,
        {(cell.forward, cell.back): cell.scores[0].value for cell in result.matrix},
        rows=tuple(dict.fromkeys(cell.forward for cell in result.matrix)),
        columns=tuple(dict.fromkeys(cell.back for cell in result.matrix)),
        decimals=metric.decimals,
    )


def _codes(systems: Sequence[System]) -> list[str]:
    """The issues that any system has, those that are most frequent over all first."""
    codes = {code for system in systems for code in system.issues}
    return sorted(codes, key=lambda code: (-sum(system.issues.get(code, 0) for system in systems), code))


def _output(output: Output, rankings: Sequence[Ranking]) -> _Output:
    remarks = tuple(Remark(number, issue, Leg.FORWARD) for number, issue in enumerate(output.issues, 1))
    marks = [cells.Mark(one.issue.target, one.number, one.issue.severity) for one in remarks if one.issue.target]
    whole = Span(0, len(output.text))
    return _Output(
        output.system,
        cells.sentence(Block(output.text), whole, Kind.TEXT, (), marks),
        output.back,
        tuple(output.scores.get(ranking.basis) for ranking in rankings),
        output.copied,
        remarks,
    )
