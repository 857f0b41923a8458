"""Sums up a report's issues: what to fix first, and what each check found how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from translate.document import Severity
from translate.render.rows import Remark, Row
from translate.roundtrip.types import Leg


@dataclass(frozen=True)
class Urgent:
    """A sentence whose translation has errors, worst first."""

    number: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Tally:
    """Issues of one code and severity: how many there are, and the sentences that have them."""

    code: str
    severity: Severity
    count: int
    sentences: tuple[int, ...]
    example: Remark


@dataclass(frozen=True)
class Counts:
    """What one check found: how many issues of each severity in the translation, and how many elsewhere."""

    check: str
    severities: Mapping[Severity, int]
    elsewhere: int

    @property
    def own(self) -> int:
        """How many of the translation's own."""
        return sum(self.severities.values())

    @property
    def total(self) -> int:
        """All of them."""
        return self.own + self.elsewhere


def urgent(rows: Iterable[Row]) -> tuple[Urgent, ...]:
    """The sentences with errors in their translation, those with most errors first.

    What came in on the way back is no fault of the translation: there is nothing to fix.
    """
    found = []
    for row in rows:
        errors = tuple(one for one in _own(row) if one.issue.severity is Severity.ERROR)
        if errors:
            found.append(Urgent(row.number, errors))
    return tuple(sorted(found, key=lambda one: (-len(one.remarks), one.number)))


def tallies(rows: Iterable[Row], severity: Severity) -> tuple[Tally, ...]:
    """The translation's issues of one severity by code, the most frequent first."""
    found: dict[str, list[tuple[int, Remark]]] = {}
    for row in rows:
        for remark in _own(row):
            if remark.issue.severity is severity:
                found.setdefault(remark.issue.code, []).append((row.number, remark))
    by_code = (
        Tally(code, severity, len(each), tuple(dict.fromkeys(number for number, _ in each)), each[0][1])
        for code, each in found.items()
    )
    return tuple(sorted(by_code, key=lambda one: (-one.count, one.code)))


def unexplained(rows: Iterable[Row]) -> tuple[int, ...]:
    """The sentences that came back with a fault which no check saw on either leg."""
    return tuple(row.number for row in rows if any(one.leg is Leg.WHOLE for one in row.remarks))


def counts(rows: Iterable[Row]) -> tuple[Counts, ...]:
    """What each check found, the most first."""
    found: dict[str, list[Remark]] = {}
    for row in rows:
        for remark in row.remarks:
            found.setdefault(remark.check, []).append(remark)
    by_check = (_count(check, remarks) for check, remarks in found.items())
    return tuple(sorted(by_check, key=lambda one: (-one.total, one.check)))


def _count(check: str, remarks: Sequence[Remark]) -> Counts:
    own = [remark for remark in remarks if remark.leg is Leg.FORWARD]
    severities = {one: sum(remark.issue.severity is one for remark in own) for one in Severity}
    return Counts(check, severities, len(remarks) - len(own))


def _own(row: Row) -> Iterable[Remark]:
    return (remark for remark in row.remarks if remark.leg is Leg.FORWARD)
