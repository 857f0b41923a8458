"""Counts how far a translation keeps to a glossary, term by term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from translate.document import TermOutcome, TermUse

# The terms that a line of text names.
_NAMED = 3


@dataclass(frozen=True)
class TermCount:
    """A term's places in the source by what became of them; `forbidden` of them had a forbidden word first."""

    term: str
    wanted: str
    used: int = 0
    replaced: int = 0
    not_enforced: int = 0
    missing: int = 0
    forbidden: int = 0

    @property
    def occurrences(self) -> int:
        """All of its places."""
        return self.used + self.replaced + self.not_enforced + self.missing

    @property
    def kept_to(self) -> int:
        """The places that have the house's form in the end."""
        return self.used + self.replaced


class Compliance:
    """The counts of all terms; terms are added sentence by sentence."""

    def __init__(self, uses: Iterable[TermUse] = ()) -> None:
        self._outcomes: Counter[tuple[str, str, TermOutcome]] = Counter()
        self._forbidden: Counter[tuple[str, str]] = Counter()
        self.add(uses)

    def add(self, uses: Iterable[TermUse]) -> None:
        """What became of the terms of a sentence."""
        for use in uses:
            self._outcomes[use.term, use.wanted, use.outcome] += 1
            if use.forbidden:
                self._forbidden[use.term, use.wanted] += 1

    @property
    def counts(self) -> tuple[TermCount, ...]:
        """A count a term: those first that most often lack the house's form, then the most frequent."""
        terms = dict.fromkeys((term, wanted) for term, wanted, _ in self._outcomes)
        found = [self._count(term, wanted) for term, wanted in terms]
        return tuple(sorted(found, key=lambda one: (one.kept_to - one.occurrences, -one.occurrences, one.term)))

    @property
    def total(self) -> TermCount:
        """All terms together."""
        counts = self.counts
        return TermCount(
            "",
            "",
            sum(one.used for one in counts),
            sum(one.replaced for one in counts),
            sum(one.not_enforced for one in counts),
            sum(one.missing for one in counts),
            sum(one.forbidden for one in counts),
        )

    def _count(self, term: str, wanted: str) -> TermCount:
        def of(outcome: TermOutcome) -> int:
            return self._outcomes[term, wanted, outcome]

        return TermCount(
            term,
            wanted,
            of(TermOutcome.USED),
            of(TermOutcome.REPLACED),
            of(TermOutcome.NOT_ENFORCED),
            of(TermOutcome.MISSING),
            self._forbidden[term, wanted],
        )

    def summary(self) -> str:
        """One line: how many places have the house's form, and the terms that lack it most often."""
        total = self.total
        line = f"glossary: {total.kept_to} of {total.occurrences} places have the house's form"
        if total.replaced:
            line += f" ({total.replaced} put in)"
        lacking = [one for one in self.counts if one.kept_to < one.occurrences]
        named = ", ".join(f"{one.term} {one.kept_to} of {one.occurrences}" for one in lacking[:_NAMED])
        more = f" and {len(lacking) - _NAMED} more terms" if len(lacking) > _NAMED else ""
        return f"{line}; lacking: {named}{more}" if lacking else line
