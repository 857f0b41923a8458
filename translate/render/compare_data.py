"""Writes a comparison as JSON with a versioned schema, and as CSV tables of its systems, pairs and sentences.

Schema 1: an object with `schema_version`, `dragoman` (version), `kind` ("comparison"), `source_language`,
`target_language`, `can_say` and `cannot_say` (what a round trip shows and what not), `back_choice` (why this model
translates back; empty for ready outputs), `bootstrap` (`seed`, `resamples`, `level`), `seconds`, `notes`, `metrics`
(each `basis`, `key`, `label`, `signature`, `higher_is_better`), `systems`, `rankings` (headline first), `matrix` and
`sentences`. A system has `name`, `models` (as in `translate.render.json`), `sentences`, `copied` (left untranslated),
`kept_words` (mean share, 0 to 1, of source words left unchanged), `sentences_with_errors`, `severities` and `issues`
(counts). A ranking has `basis` ("round-trip" or "reference"), `metric` (the headline's key), `back_system`, `standings`
(each `rank`, `system`, `tied_with_next`, `scores`) and `pairs` (each `first`, which is ahead, `second`, `wins`, `ties`,
`losses`, `verdict`, `verdict_ar` and `tests`: `metric`, `difference`, `low`, `high`, `p_value`, `significant`,
`needed`, a count of sentences or null). A score has `metric`, `value`, `low`, `high` and `sentences`. A cell of the
matrix has `forward`, `back`, `same_family`, `headline` and `scores`. A sentence has `number` (from 1), `file`,
`source`, `reference` (or null), `spread` and `outputs` (each `system`, `text`, `back` or null, `scores` by basis,
`copied`, `issues` as in `translate.render.json`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from translate.document import Severity
from translate.render.json import issue as issue_data
from translate.render.json import model as model_data
from translate.render.score_data import figure, metric, score, table
from translate.roundtrip.bootstrap import ALPHA
from translate.roundtrip.types import (
    CAN_SAY,
    CANNOT_SAY,
    Cell,
    ComparedSentence,
    Comparison,
    Duel,
    Output,
    Ranking,
    Standing,
    System,
    Test,
)
from translate.version import VERSION

SCHEMA_VERSION = 1
SYSTEM_COLUMNS = (
    "basis",
    "back_system",
    "rank",
    "system",
    "metric",
    "value",
    "low",
    "high",
    "sentences",
    "copied",
    "sentences_with_errors",
    "signature",
)
PAIR_COLUMNS = (
    "basis",
    "first",
    "second",
    "metric",
    "difference",
    "low",
    "high",
    "p_value",
    "significant",
    "needed",
    "wins",
    "ties",
    "losses",
    "verdict",
)
# 1,000 resamples cannot tell p-values closer than this.
_P_DIGITS = 4


def as_json(result: Comparison) -> str:
    """The whole result as JSON text."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "dragoman": VERSION,
        "kind": "comparison",
        "source_language": result.source_language,
        "target_language": result.target_language,
        "can_say": CAN_SAY,
        "cannot_say": CANNOT_SAY,
        "back_choice": result.back_choice,
        "bootstrap": {"seed": result.seed, "resamples": result.resamples, "level": 1 - ALPHA},
        "seconds": round(result.seconds, 1),
        "notes": list(result.notes),
        "metrics": [
            {"basis": ranking.basis.value, **metric(one.metric)}
            for ranking in result.rankings
            for one in ranking.standings[0].scores
        ],
        "systems": [_system(system) for system in result.systems],
        "rankings": [_ranking(ranking) for ranking in result.rankings],
        "matrix": [_cell(cell) for cell in result.matrix],
        "sentences": [_sentence(sentence) for sentence in result.sentences],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def systems_csv(result: Comparison) -> Iterator[str]:
    """The lines of the table of systems: a row for each ranking, system and metric."""
    return table(
        SYSTEM_COLUMNS,
        (
            (
                ranking.basis.value,
                ranking.back_system,
                standing.rank,
                standing.system,
                one.metric.key,
                figure(one.value),
                figure(one.low),
                figure(one.high),
                one.sentences,
                result.system(standing.system).copied,
                result.system(standing.system).sentences_with_errors,
                one.metric.signature,
            )
            for ranking in result.rankings
            for standing in ranking.standings
            for one in standing.scores
        ),
    )


def pairs_csv(result: Comparison) -> Iterator[str]:
    """The lines of the table of pairs: a row for each ranking, pair and metric."""
    return table(
        PAIR_COLUMNS,
        (
            (
                ranking.basis.value,
                duel.first,
                duel.second,
                test.metric.key,
                figure(test.difference),
                figure(test.low),
                figure(test.high),
                round(test.p_value, _P_DIGITS),
                test.significant,
                "" if test.needed is None else test.needed,
                duel.wins,
                duel.ties,
                duel.losses,
                duel.verdict if test is duel.tests[0] else "",
            )
            for ranking in result.rankings
            for duel in ranking.duels
            for test in duel.tests
        ),
    )


def sentences_csv(result: Comparison) -> Iterator[str]:
    """The lines of the table of sentences: a row for each sentence and system."""
    bases = [ranking.basis for ranking in result.rankings]
    columns = ("number", "file", "system", *(f"score_{basis.value}" for basis in bases))
    return table(
        (*columns, "spread", "copied", "errors", "issues", "source", "reference", "text", "back"),
        (
            (
                sentence.number,
                sentence.file,
                output.system,
                *(figure(output.scores[basis]) for basis in bases),
                figure(sentence.spread),
                output.copied,
                sum(issue.severity is Severity.ERROR for issue in output.issues),
                " ".join(issue.code for issue in output.issues),
                sentence.source,
                sentence.reference or "",
                output.text,
                output.back or "",
            )
            for sentence in result.sentences
            for output in sentence.outputs
        ),
    )


def _system(system: System) -> dict[str, object]:
    return {
        "name": system.name,
        "models": [model_data(use) for use in system.models],
        "sentences": system.sentences,
        "copied": system.copied,
        "kept_words": figure(system.kept_words),
        "sentences_with_errors": system.sentences_with_errors,
        "severities": {severity.value: system.severities.get(severity, 0) for severity in Severity},
        "issues": dict(system.issues),
    }


def _ranking(ranking: Ranking) -> dict[str, object]:
    return {
        "basis": ranking.basis.value,
        "metric": ranking.metric.key,
        "back_system": ranking.back_system,
        "standings": [_standing(standing) for standing in ranking.standings],
        "pairs": [_duel(duel) for duel in ranking.duels],
    }


def _standing(standing: Standing) -> dict[str, object]:
    return {
        "rank": standing.rank,
        "system": standing.system,
        "tied_with_next": standing.tied_with_next,
        "scores": [score(one) for one in standing.scores],
    }


def _duel(duel: Duel) -> dict[str, object]:
    return {
        "first": duel.first,
        "second": duel.second,
        "wins": duel.wins,
        "ties": duel.ties,
        "losses": duel.losses,
        "verdict": duel.verdict,
        "verdict_ar": duel.verdict_ar,
        "tests": [_test(test) for test in duel.tests],
    }


def _test(test: Test) -> dict[str, object]:
    return {
        "metric": test.metric.key,
        "difference": figure(test.difference),
        "low": figure(test.low),
        "high": figure(test.high),
        "p_value": round(test.p_value, _P_DIGITS),
        "significant": test.significant,
        "needed": test.needed,
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "forward": cell.forward,
        "back": cell.back,
        "same_family": cell.same,
        "headline": cell.headline,
        "scores": [score(one) for one in cell.scores],
    }


def _sentence(sentence: ComparedSentence) -> dict[str, object]:
    return {
        "number": sentence.number,
        "file": sentence.file,
        "source": sentence.source,
        "reference": sentence.reference,
        "spread": figure(sentence.spread),
        "outputs": [_output(output) for output in sentence.outputs],
    }


def _output(output: Output) -> dict[str, object]:
    return {
        "system": output.system,
        "text": output.text,
        "back": output.back,
        "scores": {basis.value: figure(value) for basis, value in output.scores.items()},
        "copied": output.copied,
        "issues": [issue_data(issue) for issue in output.issues],
    }
