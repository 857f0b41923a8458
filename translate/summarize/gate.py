"""Decides whether a sentence that a model wrote may stand in a summary, and gives every reason where it may not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from translate.document import Span
from translate.quality.attribution import attributions
from translate.quality.numbers import values
from translate.quality.phrases import words
from translate.quality.values import Kind, Value, likeness
from translate.summarize.denial import unanswered
from translate.summarize.grounding import Cosines, Grounds, Index, is_empty, stem
from translate.summarize.naming import NameRun, Passage, name_runs
from translate.summarize.summary import Fault, Reason
from translate.summarize.types import Article, Bound, Claim, Dependence, Figure, Hedge, Speaker
from translate.summarize.whose import attributed, is_of, key, same, speakers_named, speaks

# The least share of a sentence's weight that its grounds must hold. On tests/data/summaries 113 of 114 faithful
# paraphrases have .5 or more, sentences of other stories .13 or less, with a speaker of this one .43 or less.
GROUNDED = 0.45
# A hedge is asked for where the sentence has so much of what it leaves open.
_COVERED = 0.5
# A name and its verb with more words from one to the other have more than an apposition between them.
_APPOSITION = 14
_CLAUSE = re.compile(r"[,;:()–—،؛]|\s-\s|\b(?:but|while|although|though|and)\b|(?<=\s)(?:لكن|ولكن|بينما|فيما)(?=\s)")
_QUOTE_MARKS = re.compile(r"[\"“”„«»‹›‘’']")
_SPACE = re.compile(r"\s+")
_ENDS = ".,;:!?…،؛؟ "


@dataclass(frozen=True)
class Verdict:
    """What the gate says of a sentence: its grounds, and every reason to refuse it, none where it may stand."""

    claim: Claim
    grounds: Grounds
    reasons: tuple[Reason, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it may stand."""
        return not self.reasons


class Gate:
    """Judges sentences against one article."""

    def __init__(self, article: Article, cosines: Cosines | None = None) -> None:
        """`cosines` lets likeness of meaning help to find a sentence's grounds (see `Index.ground`).

        Raises ValueError for an article without sentences.
        """
        self.article = article
        self.index = Index(article)
        self._cosines = cosines
        self._whole = Passage(" ".join(claim.text for claim in article.claims), article.language)
        self._flat = _plain(self._whole.text)

    def judge(self, claim: Claim) -> Verdict:
        """The verdict on a sentence that has been understood as the article was, by `understand`."""
        grounds = self.index.ground(claim.text, _aside(claim, self.article.language), self._cosines)
        claims = tuple(self.article.claim(number) for number in grounds.numbers)
        reasons = [*self._grounded(claim, grounds)]
        if not reasons:
            reasons += self._names(claim, claims)
            reasons += self._numbers(claim, claims)
            reasons += _speakers(claim, claims, self.article.language)
            reasons += self._hedges(claim, claims)
            reasons += _denied(claim, claims, self.article.language)
        reasons += [Reason(Fault.LOADED, loaded.span.of(claim.text)) for loaded in claim.loaded_outside]
        reasons += self._quotations(claim)
        return Verdict(claim, grounds, tuple(dict.fromkeys(reasons)))

    def _grounded(self, claim: Claim, grounds: Grounds) -> Iterator[Reason]:
        """A sentence that nothing supports gets this reason only: what it changed cannot be said."""
        if grounds.support < GROUNDED:
            yield Reason(Fault.UNGROUNDED, claim.text)

    def _names(self, claim: Claim, claims: Sequence[Claim]) -> Iterator[Reason]:
        """Names that the grounds lack; who speaks there and whom a pronoun stands for count as named."""
        passage = Passage(" ".join(self._context(claims)), self.article.language)
        for run in name_runs(claim.text, self.article.language, self.index.names):
            missing = [part for part in run.parts if not passage.has(part)]
            # "Samir Haddad" may stand for "Haddad" where the article says that this is his whole name.
            if missing and not (len(missing) < len(run.parts) and self._completes(run)):
                yield Reason(Fault.NEW_NAME, " ".join(missing))

    def _completes(self, run: NameRun) -> bool:
        return self._whole.says(run)

    def _context(self, claims: Sequence[Claim]) -> Iterator[str]:
        """The grounds' own texts, their speakers, and the sentence before where it says whom theirs is about."""
        for claim in claims:
            yield claim.text
            for speaker in (claim.speaker, *claim.others):
                if speaker is not None:
                    yield f"{speaker.name} {speaker.mention}"
            if claim.dependence in (Dependence.PRONOUN, Dependence.POINTER) and claim.number > 1:
                yield self.article.claim(claim.number - 1).text

    def _numbers(self, claim: Claim, claims: Sequence[Claim]) -> Iterator[Reason]:
        """Numbers that the grounds lack, that count there what another number counts, or are limited the other way."""
        language = self.article.language
        there = [value for one in claims for value in values(one.text, language)]
        for value in values(claim.text, language):
            if not _asks(value) or any(likeness(value, other) for other in there):
                continue
            yield Reason(Fault.NEW_NUMBER, value.span.of(claim.text))
        for value in exchanged(claim.text, [one.text for one in claims], language):
            yield Reason(Fault.NEW_NUMBER, value.span.of(claim.text))
        figures = [figure for one in claims for figure in one.figures]
        for figure in claim.figures:
            if _turned(figure, [other for other in figures if likeness(figure.value, other.value)]):
                yield Reason(Fault.NEW_NUMBER, figure.span.of(claim.text))

    def _hedges(self, claim: Claim, claims: Sequence[Claim]) -> Iterator[Reason]:
        """Hedges of the grounds that leave open what the sentence says, where the sentence has none."""
        if not claim.hedged:
            for one in claims:
                for hedge in at_stake(one, claim.text, self.index):
                    yield Reason(Fault.LOST_HEDGE, hedge.span.of(one.text))

    def _quotations(self, claim: Claim) -> Iterator[Reason]:
        """Quoted words that the article does not have just so."""
        for span in claim.quotations:
            quoted = span.of(claim.text)
            if _plain(quoted).strip(_ENDS) not in self._flat:
                yield Reason(Fault.NOT_QUOTED, quoted)


def at_stake(ground: Claim, text: str, index: Index) -> tuple[Hedge, ...]:
    """The hedges of a ground that leave open what `text` says: it has half of the weight of what is in their clause."""
    language = index.article.language
    held = {stem(word.form, language) for word in words(text)}
    scopes = [(hedge, _scope(ground, hedge, language)) for hedge in ground.hedges]
    return tuple(hedge for hedge, scope in scopes if index.weight(scope & held) >= _COVERED * index.weight(scope))


def _scope(claim: Claim, hedge: Hedge, language: str) -> frozenset[str]:
    """The stems of the words of weight in a hedge's clause, its own left out."""
    start = max((match.end() for match in _CLAUSE.finditer(claim.text, 0, hedge.span.start)), default=0)
    following = _CLAUSE.search(claim.text, hedge.span.end)
    end = following.start() if following else len(claim.text)
    return frozenset(
        stem(word.form, language)
        for word in words(claim.text)
        if start <= word.start < end and not word.span.overlaps(hedge.span) and not is_empty(word.form, language)
    )


def _aside(claim: Claim, language: str) -> Span | None:
    """Where a sentence says who speaks: from the name to the verb, with what stands between them in apposition."""
    if claim.mention is None:
        return None
    said = (one.speaker for one in attributions(claim.text, language) if one.speaker is not None)
    spans = [claim.mention, *(span for span in said if span.overlaps(claim.mention))]
    spans += [claim.verb] if claim.verb is not None else []
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    return whole if len(words(whole.of(claim.text))) <= _APPOSITION else claim.mention


def _asks(value: Value) -> bool:
    """Whether a number must be in the grounds: what may come and go ("one", "first", a dual) need not."""
    return not value.weak and value.kind is not Kind.DUAL


def exchanged(text: str, others: Sequence[str], language: str) -> tuple[Value, ...]:
    """The first two numbers of `text` that stand in each other's places: by the words next to them in the `others`."""
    mine = [value for value in values(text, language) if _asks(value)]
    theirs = [(value, _beside(value, other)) for other in others for value in values(other, language)]
    for one, two in combinations(mine, 2):
        if likeness(one, two):
            continue
        first = [beside for value, beside in theirs if likeness(value, one)]
        second = [beside for value, beside in theirs if likeness(value, two)]
        here, there = _beside(one, text), _beside(two, text)
        straight = _common(here, first, language) + _common(there, second, language)
        if _common(here, second, language) + _common(there, first, language) > straight:
            return one, two
    return ()


def _beside(value: Value, text: str) -> frozenset[tuple[str, str]]:
    """The two words before a number and the two behind it, each with the side that it stands on."""
    before = [word.form for word in words(text[: value.span.start])][-2:]
    behind = [word.form for word in words(text[value.span.end :])[:2]]
    return frozenset((*(("before", form) for form in before), *(("behind", form) for form in behind)))


def _common(mine: frozenset[tuple[str, str]], theirs: Sequence[frozenset[tuple[str, str]]], language: str) -> int:
    """How much two places share, at most; a word of weight counts as two that have none."""
    shared = ([form for _, form in mine & one] for one in theirs)
    return max((sum(1 if is_empty(form, language) else 2 for form in forms) for forms in shared), default=0)


def _turned(figure: Figure, same: Sequence[Figure]) -> bool:
    """Whether "more than" became "fewer than", or the other way round."""
    limits = {Bound.AT_LEAST: Bound.AT_MOST, Bound.AT_MOST: Bound.AT_LEAST}
    return bool(same) and figure.bound in limits and all(other.bound is limits[figure.bound] for other in same)


def _speakers(claim: Claim, claims: Sequence[Claim], language: str) -> Iterator[Reason]:
    """Speakers of the grounds whom the sentence does not let speak, and its own whom the grounds do not have."""
    theirs = [one.speaker for one in claims if one.speaker is not None]
    lost = [speaker.name for speaker in theirs if not speaks(speaker, claim, language)]
    speaking = speakers_named(claim, language)
    if not speaking:
        lost += [name for one in claims if one.speaker is None and (name := attributed(one.text, language))]
    if lost:
        yield from (Reason(Fault.LOST_SPEAKER, name) for name in lost)
        return
    theirs += [speaker for one in claims for speaker in one.others]
    there: frozenset[str] = frozenset().union(*(key(one.text, language) for one in claims))
    for name in speaking:
        described = any(name == own.name and same(own, one, language) for own in _own(claim) for one in theirs)
        if not (described or key(name, language) & there or any(is_of(name, one, language) for one in theirs)):
            yield Reason(Fault.LOST_SPEAKER, name)


def _own(claim: Claim) -> list[Speaker]:
    return [speaker for speaker in (claim.speaker, *claim.others) if speaker is not None]


def _denied(claim: Claim, claims: Sequence[Claim], language: str) -> Iterator[Reason]:
    """What the grounds deny and the sentence asserts, or the other way round."""
    for one in claims:
        lost = unanswered(one.text, claim.text, language)
        if lost is not None:
            yield Reason(Fault.CONTRADICTION, lost.span.of(one.text))
    added = unanswered(claim.text, " ".join(one.text for one in claims), language)
    if added is not None:
        yield Reason(Fault.CONTRADICTION, added.span.of(claim.text))


def _plain(text: str) -> str:
    """A text without quotation marks, in small letters, with single spaces."""
    return _SPACE.sub(" ", _QUOTE_MARKS.sub("", text)).casefold().strip()
