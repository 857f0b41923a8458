"""Holds the results of a run against their floors: what a change must not make slower, as ratios of one run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FLOORS = Path(__file__).with_name("floors.yaml")
_STEP = re.compile(r"(?P<key>[^.\[\]]+)(?:\[(?P<choice>[^\]]+)\])?(?:\.|$)")


@dataclass(frozen=True)
class Floor:
    """A figure's way in the results, what we want of it, and what it must not pass."""

    name: str
    figure: str
    goal: float
    why: str
    floor: float | None = None
    ceiling: float | None = None

    def __post_init__(self) -> None:
        if (self.floor is None) == (self.ceiling is None):
            raise ValueError(f"{self.name}: a floor or a ceiling, and not both")

    def holds(self, value: float) -> bool:
        """Whether the value is on the right side of the bound."""
        return value >= self.floor if self.floor is not None else value <= (self.ceiling or 0.0)

    def reaches(self, value: float) -> bool:
        """Whether the value is as good as we want it."""
        return value >= self.goal if self.floor is not None else value <= self.goal


@dataclass(frozen=True)
class Verdict:
    """A floor with what was measured; `value` is None where the run had no such figure."""

    floor: Floor
    value: float | None

    @property
    def failed(self) -> bool:
        """Whether the gate must shut."""
        return self.value is not None and not self.floor.holds(self.value)

    def __str__(self) -> str:
        bound, side = (
            (self.floor.floor, "below its floor")
            if self.floor.floor is not None
            else (self.floor.ceiling, "above its ceiling")
        )
        return f"{self.floor.name}: {self.value:g} is {side} of {bound:g}"


def read(path: Path = FLOORS) -> tuple[Floor, ...]:
    """The floors in their file. Raises ValueError or TypeError where one makes no sense."""
    return tuple(Floor(**entry) for entry in yaml.safe_load(path.read_text("utf-8")))


def judged(results: Mapping[str, Any], floors: Sequence[Floor]) -> tuple[Verdict, ...]:
    """Each floor with its figure in `results`."""
    return tuple(Verdict(floor, find(results, floor.figure)) for floor in floors)


def find(results: Any, way: str) -> float | None:
    """The figure at the end of a way like `a.rows[name=x].b`, or `a.table[x]`; None where any of it is missing."""
    at = results
    for step in _STEP.finditer(way):
        at = at.get(step["key"]) if isinstance(at, Mapping) else None
        if at is not None and step["choice"]:
            at = _chosen(at, step["choice"])
        if at is None:
            return None
    return float(at) if isinstance(at, (int, float)) else None


def _chosen(at: Any, choice: str) -> Any:
    if isinstance(at, Mapping):
        return at.get(choice)
    key, _, value = choice.partition("=")
    return next((row for row in at if str(row.get(key)) == value), None)
