"""Finds the casualty counts of an article that must be told together, and the remark that nobody could confirm them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from translate.quality.phrases import lists
from translate.quality.values import Kind
from translate.summarize.rank import terms
from translate.summarize.types import Article, Claim, Dependence, Doubt, Group, Harm

_COUNTERS = frozenset(Group) - {Group.RESIDENT}
"""Who counts the dead of an event; what a resident saw or lost is their own story, with them for its source."""
# Counts further apart than this many sentences are of other events: the history that a report ends with.
_NEAR = 8
# How many sentences behind the last count a remark on all of them may stand; before the first, one.
_BEHIND = 3


@dataclass(frozen=True)
class Tolls:
    """Article sentences that count the same harm, ascending, and the one that leaves them open, if there is one."""

    counts: tuple[int, ...]
    remark: int | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """All of them, ascending."""
        return tuple(sorted({*self.counts, *((self.remark,) if self.remark is not None else ())}))


def tolls(article: Article) -> tuple[Tolls, ...]:
    """The counts of an article by event, in order: those of the same harm that stand near one another."""
    groups: list[list[Claim]] = []
    for claim in (claim for claim in article.claims if _counts(claim)):
        near = next((group for group in groups if _same_event(group, claim)), None)
        if near is None:
            groups.append([claim])
        else:
            near.append(claim)
    return tuple(Tolls(tuple(claim.number for claim in group), _remark(article, group)) for group in groups)


def obliged(claim: Claim, known: Sequence[Tolls], article: Article) -> Tolls | None:
    """The counts that a claim must not be told without: its own, or those that say what its "hundreds" are."""
    for toll in known:
        if claim.number in toll.numbers:
            return toll
    harms = _harms(claim)
    if not harms or not claim.own_voice:
        return None
    return next((toll for toll in known if any(harms & _harms(article.claim(n)) for n in toll.counts)), None)


def _harms(claim: Claim) -> frozenset[Harm]:
    return frozenset(figure.harm for figure in claim.casualties if figure.harm is not None)


def _counts(claim: Claim) -> bool:
    """Whether a sentence gives a count of an event: of one who counts, or the reporter's own where it is exact."""
    if claim.speaker is None:
        return any(figure.value.kind is Kind.CARDINAL and not figure.value.weak for figure in claim.casualties)
    return bool(claim.casualties) and claim.speaker.group in _COUNTERS


def _same_event(group: Sequence[Claim], claim: Claim) -> bool:
    return claim.number - group[-1].number <= _NEAR and any(_harms(claim) & _harms(other) for other in group)


def _remark(article: Article, counts: Sequence[Claim]) -> int | None:
    """Where the reporter says that the counts are not confirmed: rather behind them than before."""
    first, last = counts[0].number, counts[-1].number
    behind = range(last + 1, min(last + _BEHIND, len(article.claims)) + 1)
    within = [number for one, other in pairwise(counts) for number in range(one.number + 1, other.number)]
    before = [first - 1] if first > 1 else []
    return next((number for number in (*behind, *within, *before) if _leaves_open(article, number)), None)


def _leaves_open(article: Article, number: int) -> bool:
    claim = article.claim(number)
    voice = claim.speaker is None or claim.speaker.group is Group.MEDIA
    open_ = any(hedge.doubt is Doubt.UNVERIFIED and not hedge.quoted for hedge in claim.hedges)
    about = claim.dependence is Dependence.POINTER or not _count_words(article.language).isdisjoint(
        terms(claim.text, article.language)
    )
    return voice and open_ and about


@lru_cache(maxsize=2)
def _count_words(language: str) -> frozenset[str]:
    return frozenset(term for word in lists("summary.toml")[language]["counts"] for term in terms(word, language))
