"""Metrics, scores and tables as JSON and CSV have them, for round trips and comparisons alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from translate.roundtrip.types import Metric, Score

# Scores are printed with one decimal; four let anyone recompute a difference.
_DIGITS = 4


def metric(one: Metric) -> dict[str, object]:
    """A metric as the schemas have it: `key`, `label`, `signature`, `higher_is_better`."""
    return {
        "key": one.key,
        "label": one.label,
        "signature": one.signature,
        "higher_is_better": one.higher_is_better,
    }


def score(one: Score) -> dict[str, object]:
    """A score as the schemas have it: `metric` (its key), `value`, `low` and `high` (95%), `sentences`."""
    return {
        "metric": one.metric.key,
        "value": figure(one.value),
        "low": figure(one.low),
        "high": figure(one.high),
        "sentences": one.sentences,
    }


def figure(value: float) -> float:
    """A figure with as many digits as are written."""
    return round(value, _DIGITS)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180): the columns' names, then the rows."""
    for cells in (columns, *rows):
        line = io.StringIO()
        csv.writer(line).writerow(cells)
        yield line.getvalue()
