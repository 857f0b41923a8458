"""Finds the sentences of an article that a sentence of a summary rests on."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from translate.document import Span
from translate.quality.numbers import values
from translate.quality.phrases import Word, words
from translate.quality.transliteration import letters
from translate.quality.values import Kind
from translate.summarize.lexicon import label_lists
from translate.summarize.naming import name_runs, name_words
from translate.summarize.types import Article

Cosines = Callable[[Sequence[str], Sequence[str]], Sequence[float]]
"""How alike in meaning each text is to the other at its place, -1 to 1: `translate.quality.similarity.cosine`."""

MOST = 3
"""The most sentences that one sentence of a summary may rest on; a sentence that fuses more says nothing of any."""
# A name or a number tells more of what a sentence is about than another word as rare.
_HEAVY = 2.0
# A further ground must bring so many words that are neither names nor numbers, and so much of the whole weight: else a
# swapped name would bring the sentence that it was taken from.
_NEW_WORDS = 2
_NEW_SHARE = 0.15
# Grounds that share nearly as much as the best are told apart by the speaker whom the sentence names.
_AS_MUCH = 0.9
# Sentences that the encoder compares: those behind the fifth by words share too little to be meant.
_RESCORED = 5
# What two sentences that have nothing to do with one another have (translate.quality.similarity).
_UNRELATED = 0.74

_ENDINGS = re.compile(r"(?:ations?|ings?|edly|ied|ed|ies|es|s|ly|er|e|y)$")
_DOUBLED = re.compile(r"([^aeiou])\1$")
_SHORTEST = 3
# light10 of Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007), and the letters
# of person that they leave on verbs.
_PREFIX = re.compile(r"^(?:و?(?:بال|كال|فال|لل|ال|ل)|و|ف|ب|س)(?=\w{3})")
_PERSON = re.compile(r"^[يتن](?=\w{3})")
_SUFFIX = re.compile(r"(?<=\w{2})(?:ها|ان|ات|ون|ين|وا|هم|يه|يا|ه|ا|ي|ت)$")


@dataclass(frozen=True)
class Terms:
    """What a sentence is about, each once: stems of its words, "#" before its numbers; `heavy` are names and numbers.

    `stems` has them in the order of the text, with their places, for whoever must know what stands by what.
    """

    all: frozenset[str]
    heavy: frozenset[str]
    stems: tuple[tuple[str, int], ...]

    def without(self, span: Span) -> Terms:
        """The same without the words within `span` that stand nowhere else; numbers stay."""
        kept = frozenset(term for term, start in self.stems if not span.start <= start < span.end)
        gone = frozenset(term for term, _ in self.stems) - kept
        return Terms(self.all - gone, self.heavy - gone, tuple(one for one in self.stems if one[0] in kept))

    @property
    def light(self) -> frozenset[str]:
        """Words that are neither names nor numbers."""
        return self.all - self.heavy


@dataclass(frozen=True)
class Grounds:
    """The sentences that a text rests on.

    `numbers` are article sentences, ascending, at most `MOST`; `best` is the one of them that supports it most, which
    there is even where nothing does. `support` is the share of the text's weight (terms, each times how rare it is in
    the article) that they hold together, 0 to 1.
    """

    numbers: tuple[int, ...]
    best: int
    support: float


class Index:
    """An article's sentences, ready to be asked what they support."""

    def __init__(self, article: Article) -> None:
        """Raises ValueError for an article without sentences."""
        if not article.claims:
            raise ValueError("an article without sentences supports nothing")
        self.article = article
        self.names = frozenset(
            word for speaker in article.speakers if speaker.named for word in name_words(speaker.name, article.language)
        )
        self._terms = {claim.number: terms(claim.text, article.language, self.names) for claim in article.claims}
        counts = Counter(term for found in self._terms.values() for term in found.all)
        self._rarity: Mapping[str, float] = {
            term: math.log(1 + len(self._terms) / count) for term, count in counts.items()
        }
        self._unknown = math.log(1 + len(self._terms))

    def terms(self, number: int) -> Terms:
        """The terms of sentence `number`."""
        return self._terms[number]

    def weight(self, found: frozenset[str], heavy: frozenset[str] = frozenset()) -> float:
        """What terms weigh together: each ln(1 + sentences / sentences with it), names and numbers twice that."""
        return sum(self._rarity.get(term, self._unknown) * (_HEAVY if term in heavy else 1.0) for term in found)

    def share(self, wanted: Terms, held: frozenset[str]) -> float:
        """The share of the wanted terms' weight that is held, 0 to 1; 0 where nothing is wanted."""
        whole = self.weight(wanted.all, wanted.heavy)
        return self.weight(wanted.all & held, wanted.heavy) / whole if whole else 0.0

    def ground(self, text: str, aside: Span | None = None, cosines: Cosines | None = None) -> Grounds:
        """What a sentence in the article's language rests on.

        The first ground shares most with it; each further one must bring words of its own that it shares. `aside` is
        where the sentence names its speaker: that only decides between grounds that share as much of the rest, else a
        speaker put in another's place would bring a sentence of theirs. With `cosines` the first ground is chosen by
        likeness of meaning as well, half and half, among those that share most.
        """
        full = terms(text, self.article.language, self.names)
        wanted = full.without(aside) if aside is not None else full
        scores = {number: self.share(wanted, found.all) for number, found in self._terms.items()}
        if cosines is not None:
            scores = self._meant(text, scores, cosines)
        close = [number for number, score in scores.items() if score >= _AS_MUCH * max(scores.values())]
        best = max(close, key=lambda number: (self.share(full, self._terms[number].all), *self._like(full, number)))
        chosen, held = [best], self._terms[best].all
        while len(chosen) < MOST:
            gain, number = max((self._gain(wanted, held, number), -number) for number in self._terms)
            if gain < _NEW_SHARE:
                break
            chosen.append(-number)
            held |= self._terms[-number].all
        return Grounds(tuple(sorted(chosen)), best, self.share(wanted, held))

    def _like(self, found: Terms, number: int) -> tuple[float, int]:
        """How much of a sentence the text has in turn; the earlier sentence where that is the same."""
        return self.share(self._terms[number], found.all), -number

    def _gain(self, wanted: Terms, held: frozenset[str], number: int) -> float:
        """The share that a sentence would add; 0 where it brings too few words that are no names."""
        new = (wanted.light & self._terms[number].all) - held
        return (
            self.share(wanted, held | self._terms[number].all) - self.share(wanted, held)
            if (len(new) >= _NEW_WORDS)
            else 0.0
        )

    def _meant(self, text: str, scores: Mapping[int, float], cosines: Cosines) -> dict[int, float]:
        """The scores of the likeliest sentences with likeness of meaning added, from 0 where there is none."""
        likely = sorted(scores, key=lambda number: (-scores[number], number))[:_RESCORED]
        alike = cosines([text] * len(likely), [self.article.claim(number).text for number in likely])
        return {
            number: scores[number] + max(0.0, (cosine - _UNRELATED) / (1 - _UNRELATED))
            for number, cosine in zip(likely, alike, strict=True)
        }


def terms(text: str, language: str, known: frozenset[str] = frozenset()) -> Terms:
    """What a sentence in English ("en") or Arabic ("ar") is about: no function words, no words of saying.

    `known` are words of names that the article has, as `naming.name_words` gives them.
    """
    numbers = [value for value in values(text, language) if value.kind is not Kind.DUAL]
    spans = [value.span for value in numbers]
    runs = name_runs(text, language, known)
    found: list[tuple[str, int]] = []
    named: set[str] = set()
    for word in words(text):
        if any(span.contains(word.span) for span in spans) or not weighs(word, text, language):
            continue
        term = stem(word.form, language)
        found.append((term, word.start))
        if any(run.span.contains(word.span) for run in runs):
            named.add(term)
    amounts = frozenset(f"#{value.amount}" for value in numbers if not value.weak)
    return Terms(frozenset(term for term, _ in found) | amounts, amounts | named, tuple(found))


@lru_cache(maxsize=65536)
def stem(form: str, language: str) -> str:
    """What forms of one word share, by light stemming; far from always the same for words of one root."""
    if language == "ar":
        bare = _PREFIX.sub("", letters(form))
        return _SUFFIX.sub("", _PERSON.sub("", bare))
    short = _ENDINGS.sub("", form)
    if len(short) < _SHORTEST:
        return form
    return _DOUBLED.sub(r"\1", _ENDINGS.sub("", short) if short.endswith(("e", "y")) else short)


def weighs(word: Word, text: str, language: str) -> bool:
    """Whether a word of `text` says something by itself: no function word, no word of saying; "UN" does, "un" not."""
    return not is_empty(word.form, language) or (len(word.form) > 1 and word.span.of(text).isupper())


def is_empty(form: str, language: str) -> bool:
    """Whether a word says nothing by itself: a function word, a word of saying."""
    return is_function(form, language) or _listed(form, language, "saying")


@lru_cache(maxsize=65536)
def is_function(form: str, language: str) -> bool:
    """Whether a word only serves others: an article, a pronoun, a preposition; in English also one or two letters."""
    short = language == "en" and len(form) < _SHORTEST and not form.isdigit()
    return short or _listed(form, language, "function")


@lru_cache(maxsize=65536)
def _listed(form: str, language: str, label: str) -> bool:
    listed = _empty(language, label)
    return form in listed or (language == "ar" and form[:1] in "وف" and form[1:] in listed)


@lru_cache(maxsize=4)
def _empty(language: str, label: str) -> frozenset[str]:
    return frozenset(label_lists("empty", language)[label])
