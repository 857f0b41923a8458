"""Chooses the sentences of a summary: the dead as each source counts them, every side, then what matters most (MMR)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from translate.summarize.rank import Matrix, Ranking
from translate.summarize.standalone import Standing, Version
from translate.summarize.summary import Budget, Change, Form, Party, laid_out, word_count
from translate.summarize.tolls import Tolls, obliged
from translate.summarize.types import Article, Doubt, Found, Gender, Group
from translate.summarize.wording import joined

RELEVANCE = 0.7
"""The weight of a sentence's own score against its likeness to what is chosen (Carbonell & Goldstein 1998: lambda)."""
# The most of a budget that casualty counts may take, so that there is room for somebody's side of the story.
_MOST_FOR_TOLLS = 0.7
# The parties of a story; the others watch it.
_INVOLVED = frozenset({Group.RESIDENT, Group.OFFICIAL, Group.ARMED_GROUP})
# A sentence of more words than this counts for less, since it takes the room of another.
_LONG = 35
_SAME_GROUP = 2
# A lone sentence stands for all of the article: rather the reporter's own account, or a body's, than one person's or
# what may be so.
_BODY_SAYS, _PERSON_SAYS, _RUMOURED = 0.7, 0.2, 0.4
_RUMOURS = frozenset({Doubt.HEARSAY, Doubt.POSSIBLE})
# What makes a sentence less fit, as factors of its score: all of them only order what is fit to be printed at all.
_QUOTATION, _EMOTIVE, _LOADED, _REPLACED, _NEEDY, _QUESTION = 0.5, 0.6, 0.05, 0.6, 0.5, 0.3
# How sure it is that the speaker is the right one.
_SURE = {Found.EXPLICIT: 1.0, Found.QUOTATION: 0.9, Found.PRONOUN: 0.8, Found.CARRIED: 0.7}


@dataclass(frozen=True)
class Choice:
    """What was chosen: article sentences with their wording, ascending, of which `merged` become one sentence.

    `over_budget` tells that nothing fits the budget and the one sentence chosen comes nearest to it.
    """

    versions: Mapping[int, Version]
    merged: tuple[int, ...] = ()
    over_budget: bool = False


@dataclass(frozen=True)
class _Task:
    """Everything that the choice is made from."""

    article: Article
    standing: Mapping[int, Standing]
    values: Mapping[int, float]
    similarity: Matrix
    tolls: tuple[Tolls, ...]
    budget: Budget
    form: Form

    def bundle(self, number: int) -> frozenset[int] | None:
        """A sentence with all that it must not be told without; None where some of that cannot be told."""
        wanted, open_ = {number}, [number]
        while open_:
            one = self.standing.get(open_.pop())
            if one is None:
                return None
            toll = obliged(one.claim, self.tolls, self.article)
            remark = toll is not None and toll.remark == one.claim.number
            # What a remark on the counts points back at are the counts.
            needs = {*(toll.numbers if toll else ()), *(() if remark else one.needs)}
            open_ += sorted(needs - wanted)
            wanted |= needs
        return frozenset(wanted)

    def merging(self, numbers: frozenset[int]) -> tuple[int, ...]:
        """Which casualty counts of a set must share a sentence for the set to keep to the number of sentences."""
        over = len(numbers) - (self.budget.sentences or len(numbers))
        if over <= 0:
            return ()
        together = max((tuple(n for n in toll.numbers if n in numbers) for toll in self.tolls), key=len, default=())
        return together[: over + 1]

    def fits(self, numbers: frozenset[int], whole: frozenset[int] = frozenset()) -> bool:
        """Whether a set of sentences keeps to the budget, those of `whole` in full, the others as short as they go."""
        sentences = self.sentences(numbers, whole)
        text = laid_out(sentences, self.form)
        return (
            len(sentences) <= (self.budget.sentences or len(sentences))
            and word_count(text) <= (self.budget.words or word_count(text))
            and len(text) <= (self.budget.characters or len(text))
        )

    def sentences(self, numbers: frozenset[int], whole: frozenset[int]) -> list[str]:
        """The texts of a set in order."""
        merged = self.merging(numbers)
        texts = {n: (self.standing[n].whole if n in whole else self.standing[n].short).text for n in sorted(numbers)}
        if len(merged) < 2:
            return list(texts.values())
        one = joined([texts[n] for n in merged], self.article.language, self.article.media)
        return [one if n == merged[0] else text for n, text in texts.items() if n not in merged[1:]]


def choose(
    article: Article,
    standing: Mapping[int, Standing],
    ranking: Ranking,
    tolls: tuple[Tolls, ...],
    budget: Budget,
    form: Form,
) -> Choice:
    """The sentences of a summary within `budget`; none where `standing` is empty.

    In this order, each only where it fits with all that it must not be told without: the casualty counts, each with
    its source, and the remark on them; a sentence of each party of the story (residents, officials, armed groups;
    the most quoted first, but one of each kind and side before a second); the most central sentence; a sentence of
    each other party; one in the reporter's own voice; then by maximal marginal relevance. Sentences that quote loaded
    words are taken only for a party that has no others, and those with loaded words outside quotation marks not at all.
    Where one sentence is all that is asked for, it is the one that best stands for the article.
    """
    alone = budget.sentences == 1
    values: Mapping[int, float] = {
        n: _value(one, float(ranking.scores[n - 1]), alone=alone) for n, one in standing.items()
    }
    if alone:
        values = _by_place(values)
    task = _Task(article, standing, values, ranking.similarity, tolls, budget, form)
    chosen: frozenset[int] = frozenset()
    if not alone:
        chosen = _tolls(task)
        chosen = _parties(task, chosen, involved=True)
        chosen = _central(task, chosen)
        chosen = _parties(task, chosen, involved=False)
        chosen = _account(task, chosen)
    chosen = _filled(task, chosen)
    if not chosen:
        return _nearest(task)
    whole = _widened(task, chosen)
    versions = {n: standing[n].whole if n in whole else standing[n].short for n in sorted(chosen)}
    return Choice(versions, task.merging(chosen))


def heard(article: Article, numbers: Sequence[int]) -> frozenset[Party]:
    """The parties who speak in some of an article's sentences."""
    claims = (article.claim(number) for number in numbers)
    return frozenset(claim.speaker.party for claim in claims if claim.speaker is not None)


def unheard(article: Article, numbers: Sequence[int]) -> tuple[Party, ...]:
    """The parties that an article gives voice to and some of its sentences do not, the most quoted first.

    Those of whom the article tells no side are heard where anybody of their group is.
    """
    known = heard(article, numbers)
    groups = {(group, "") for group, _ in known}
    return tuple(party for party in parties(article) if party not in known | groups)


def parties(article: Article) -> tuple[Party, ...]:
    """The parties that an article gives voice to, the most quoted first; newspapers and agencies are none."""
    counts: dict[Party, int] = {}
    for claim in article.claims:
        if claim.speaker is not None and claim.speaker.group is not Group.MEDIA:
            counts[claim.speaker.party] = counts.get(claim.speaker.party, 0) + 1
    return tuple(sorted(counts, key=lambda party: -counts[party]))


def _value(one: Standing, score: float, *, alone: bool) -> float:
    """How much a sentence is wanted: its score, less for what makes it a doubtful choice, `alone` or among others."""
    claim = one.claim
    value = score * min(1.0, _LONG / word_count(one.short.text)) * (_SURE[claim.found] if claim.found else 1.0)
    if sum(len(quotation) for quotation in claim.quotations) * 2 > len(claim.text):
        value *= _QUOTATION
    doubts = (
        (bool(one.loaded), _LOADED),
        (_is_emotive(one), _EMOTIVE),
        (any(edit.change is Change.REPLACED for edit in one.short.edits), _REPLACED),
        (bool(one.needs), _NEEDY),
        ("?" in claim.text or "؟" in claim.text, _QUESTION),
    )
    for applies, factor in doubts:
        value *= factor if applies else 1.0
    if alone and any(hedge.doubt in _RUMOURS for hedge in claim.hedges):
        value *= _RUMOURED
    if alone and claim.speaker is not None:
        value *= _BODY_SAYS if claim.speaker.gender is Gender.BODY else _PERSON_SAYS
    return value


def _is_emotive(one: Standing) -> bool:
    """Whether it quotes words that move the reader."""
    return any(loaded.quoted for loaded in one.claim.loaded) or (bool(one.claim.quotations) and "!" in one.claim.text)


def _clean(task: _Task) -> list[int]:
    """The sentences without loaded words, be it in quotation marks or not."""
    return [n for n, one in task.standing.items() if not one.loaded and not _is_emotive(one)]


def _tolls(task: _Task) -> frozenset[int]:
    """The counts of the event with the most of them, where they leave room for more."""
    budget = task.budget
    share = Budget(
        max(1, budget.sentences - 1) if budget.sentences else None,
        max(1, int(budget.words * _MOST_FOR_TOLLS)) if budget.words else None,
        max(1, int(budget.characters * _MOST_FOR_TOLLS)) if budget.characters else None,
    )
    within = replace(task, budget=share)
    # What only the reporter counts has no source to name, and may be of another time: it comes in as any sentence does.
    sourced = [toll for toll in task.tolls if any(task.article.claim(n).speaker for n in toll.counts)]
    for toll in sorted(sourced, key=lambda toll: -len(toll.counts)):
        bundle = task.bundle(toll.counts[0])
        if bundle is not None and within.fits(bundle):
            return bundle
    return frozenset()


def _parties(task: _Task, chosen: frozenset[int], *, involved: bool) -> frozenset[int]:
    """`chosen` with the best sentence of each party that is not in it, as far as they fit."""
    clean = frozenset(_clean(task))
    waiting = [party for party in parties(task.article) if (party[0] in _INVOLVED) is involved]
    while waiting:
        known = heard(task.article, sorted(chosen))
        missing = unheard(task.article, sorted(chosen))
        waiting = [party for party in waiting if party in missing]
        if not waiting:
            break
        party = min(waiting, key=lambda party: _nearness(party, known))
        waiting.remove(party)
        own = [n for n, one in task.standing.items() if one.claim.speaker and one.claim.speaker.party == party]
        own = [n for n in own if n in clean] or [n for n in own if not task.standing[n].loaded]
        # Counts share a sentence to let one more side be heard, not for one whose side may have been heard already.
        new = _nearness(party, known) < _SAME_GROUP or (party[0], "") not in known
        chosen = chosen | next(_fitting(task, chosen, own, merging=new), frozenset())
    return chosen


def _nearness(party: Party, known: frozenset[Party]) -> int:
    """How much of a party has been heard: 2 its kind, 1 its side; 0 where nothing of it has."""
    group = any(group is party[0] for group, _ in known)
    return _SAME_GROUP * group + any(side and side == party[1] for _, side in known)


def _central(task: _Task, chosen: frozenset[int]) -> frozenset[int]:
    """`chosen` with the sentence that matters most of all, whoever says it."""
    best = max(_clean(task), key=lambda n: task.values[n], default=None)
    if best is None or best in chosen:
        return chosen
    return chosen | next(_fitting(task, chosen, [best]), frozenset())


def _account(task: _Task, chosen: frozenset[int]) -> frozenset[int]:
    """`chosen` with a sentence in the reporter's own voice, where it has none but remarks on counts."""
    remarks = {toll.remark for toll in task.tolls}
    own = [n for n in _clean(task) if task.standing[n].claim.own_voice and n not in remarks]
    if chosen & set(own):
        return chosen
    early = replace(task, values=_by_place(task.values))
    return chosen | next(_fitting(early, chosen, own), frozenset())


def _by_place(values: Mapping[int, float]) -> Mapping[int, float]:
    """Values by which an early sentence wins: it is there that news says what happened."""
    return {n: value / math.sqrt(n) for n, value in values.items()}


def _filled(task: _Task, chosen: frozenset[int]) -> frozenset[int]:
    """`chosen` with further sentences by maximal marginal relevance, until none fits."""
    waiting = _clean(task)
    # Counts share a sentence to make room for a side of the story, not for one sentence more.
    while (added := next(_fitting(task, chosen, waiting, merging=False), None)) is not None:
        chosen |= added
    return chosen


def _fitting(
    task: _Task, chosen: frozenset[int], numbers: Sequence[int], *, merging: bool = True
) -> Iterator[frozenset[int]]:
    """The bundles of some sentences that fit beside what is chosen, the best first."""

    def marginal(number: int) -> float:
        alike = max((float(task.similarity[number - 1, other - 1]) for other in chosen), default=0.0)
        return RELEVANCE * task.values[number] - (1 - RELEVANCE) * alike

    for number in sorted(set(numbers) - chosen, key=marginal, reverse=True):
        bundle = task.bundle(number)
        if bundle is None or not task.fits(chosen | bundle):
            continue
        if merging or len(task.merging(chosen | bundle)) <= len(task.merging(chosen)):
            yield bundle


def _nearest(task: _Task) -> Choice:
    """The sentence to give where none fits, or none is without loaded words: short, central, in need of no other."""
    alone = [n for n in task.standing if task.bundle(n) == frozenset((n,))] or list(task.standing)
    if not alone:
        return Choice({})
    best = max(alone, key=lambda n: task.values[n] / word_count(task.standing[n].short.text))
    return Choice({best: task.standing[best].short}, over_budget=not task.fits(frozenset((best,))))


def _widened(task: _Task, chosen: frozenset[int]) -> frozenset[int]:
    """Which of the chosen can have their full wording, the most wanted first."""
    whole: frozenset[int] = frozenset()
    for number in sorted(chosen, key=lambda n: -task.values[n]):
        if task.fits(chosen, whole | {number}):
            whole |= {number}
    return whole
