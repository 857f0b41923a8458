"""Writes a round trip as JSON with a versioned schema, and as CSV tables of its sentences and its scores.

Schema 1: an object with `schema_version`, `dragoman` (version), `kind` ("round-trip"), `source_language`,
`target_language`, `can_say` and `cannot_say` (what a round trip shows and what not), `back_choice` (why these models
translate back), `same_family`, `models` (`forward` and `back`, each model as in `translate.render.json`), `metrics`
(each `key`, `label`, `signature`, `higher_is_better`), `bootstrap` (`seed`, `resamples`, `level`), `seconds`, `notes`,
`sentences` and `copied` (how many), `scores` (over all sentences) and `documents`. A score has `metric` (a key),
`value`, `low`, `high` (bounds at `level`) and `sentences`. A document has `name`, `scores` and `sentences`. A sentence
has `number` (from 1), `block`, `source`, `forward`, `back`, `scores` (by metric key), `copied` ("none", "forward":
scored as if nothing had come back, "back"), `kept_words` (0 to 1), `cosine_back` and `cosine_forward` (as measured;
null where not), `issues` (as in `translate.render.json`, and `leg`: "forward", "back" or "whole", which says in which
two texts the spans stand, and `arrives`: true, false, or null where that cannot be told) and `changes` (each `kind`:
"replaced", "deleted" or "inserted", and `source_span` and `back_span`).

The CSV of sentences has a row a sentence, with a column for each metric; that of scores a row a document and metric,
the rows of all documents together with an empty document name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from translate.render.json import issue as issue_data
from translate.render.json import model as model_data
from translate.render.score_data import figure, metric, score, table
from translate.roundtrip.bootstrap import ALPHA
from translate.roundtrip.types import (
    CAN_SAY,
    CANNOT_SAY,
    Change,
    Copy,
    DocumentTrip,
    RoundTrip,
    Score,
    Trip,
    TripIssue,
)
from translate.version import VERSION

SCHEMA_VERSION = 1
SCORE_COLUMNS = ("document", "metric", "value", "low", "high", "sentences", "signature")


def as_json(result: RoundTrip) -> str:
    """The whole result as JSON text."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "dragoman": VERSION,
        "kind": "round-trip",
        "source_language": result.source_language,
        "target_language": result.target_language,
        "can_say": CAN_SAY,
        "cannot_say": CANNOT_SAY,
        "back_choice": result.back_choice,
        "same_family": result.same_family,
        "models": {
            "forward": [model_data(use) for use in result.forward_models],
            "back": [model_data(use) for use in result.back_models],
        },
        "metrics": [metric(one.metric) for one in result.scores],
        "bootstrap": {"seed": result.seed, "resamples": result.resamples, "level": 1 - ALPHA},
        "seconds": round(result.seconds, 1),
        "notes": list(result.notes),
        "sentences": sum(1 for _ in result.trips),
        "copied": result.copied(),
        "scores": [score(one) for one in result.scores],
        "documents": [_document(document) for document in result.documents],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def sentences_csv(result: RoundTrip) -> Iterator[str]:
    """The lines of the table of sentences."""
    keys = [one.metric.key for one in result.scores]
    columns = ("document", "number", *keys, "copied", "kept_words", "issues", "source", "forward", "back")
    return table(columns, (_row(document, trip, keys) for document in result.documents for trip in document.trips))


def scores_csv(result: RoundTrip) -> Iterator[str]:
    """The lines of the table of scores."""
    rows = [*_score_rows("", result.scores)]
    for document in result.documents:
        rows += _score_rows(document.name, document.scores)
    return table(SCORE_COLUMNS, rows)


def _document(document: DocumentTrip) -> dict[str, object]:
    return {
        "name": document.name,
        "scores": [score(one) for one in document.scores],
        "sentences": [_sentence(trip) for trip in document.trips],
    }


def _sentence(trip: Trip) -> dict[str, object]:
    return {
        "number": trip.number,
        "block": trip.block,
        "source": trip.source,
        "forward": trip.forward,
        "back": trip.back,
        "scores": {key: figure(value) for key, value in trip.scores.items()},
        "copied": trip.copied.value,
        "kept_words": figure(trip.kept_words),
        "cosine_back": None if trip.cosine_back is None else figure(trip.cosine_back),
        "cosine_forward": None if trip.cosine_forward is None else figure(trip.cosine_forward),
        "issues": [_issue(one) for one in trip.issues],
        "changes": [_change(one) for one in trip.changes],
    }


def _issue(one: TripIssue) -> dict[str, object]:
    return {**issue_data(one.issue), "leg": one.leg.value, "arrives": one.arrives}


def _change(one: Change) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "source_span": [one.source.start, one.source.end],
        "back_span": [one.back.start, one.back.end],
    }


def _row(document: DocumentTrip, trip: Trip, keys: Sequence[str]) -> Sequence[object]:
    found = " ".join(f"{one.leg.value}:{one.issue.code}" for one in trip.issues)
    copied = "" if trip.copied is Copy.NONE else trip.copied.value
    scores = [figure(trip.scores[key]) for key in keys]
    texts = (trip.source, trip.forward, trip.back)
    return (document.name, trip.number, *scores, copied, figure(trip.kept_words), found, *texts)


def _score_rows(name: str, scores: Sequence[Score]) -> Iterator[Sequence[object]]:
    for one in scores:
        figures = (figure(one.value), figure(one.low), figure(one.high))
        yield (name, one.metric.key, *figures, one.sentences, one.metric.signature)
