"""Compares what two sentences of one language deny."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from translate.document import Span
from translate.quality.phrases import Phrases, lists, words
from translate.summarize.grounding import is_empty, stem

# The labels of translate/data/negation.toml: words that deny, and words that hold a denial in them.
_DENY = frozenset(("denies", "again", "adjoined"))
_HOLD = frozenset(("affixed", "kindred", "idioms"))
_AFFIXED = re.compile(r"un(?!der|i[tqvoclf]|til|less|cles?$|to$|anim)[a-z]{4,}|non[a-z]{4,}|irr(?!ig|it)[a-z]{4,}")
# "None of its men had been taken": what is denied are about the three words of weight behind, up to the clause's end.
_SCOPE = 3
_CLAUSE = re.compile(r"[.;:!?؟؛]")
_BESIDE = 2
_SURE = 2


@dataclass(frozen=True)
class Denial:
    """Words that deny, or that hold a denial where `strong` is False; `scope` are the stems of what they deny."""

    span: Span
    strong: bool
    scope: tuple[str, ...]
    beside: tuple[str, ...]


@lru_cache(maxsize=2)
def _phrases(language: str) -> Phrases:
    return Phrases(lists("negation.toml")[language], arabic=language == "ar")


@lru_cache(maxsize=1024)
def denials(text: str, language: str) -> tuple[Denial, ...]:
    """The denials of a sentence in English ("en") or Arabic ("ar"), in order."""
    found = words(text)
    labelled: dict[int, tuple[int, str]] = {}
    for phrase in _phrases(language).find(found):
        labelled[phrase.first] = (phrase.last, phrase.label)
    if language == "en":
        covered = {index for first, (last, _) in labelled.items() for index in range(first, last + 1)}
        for index, word in enumerate(found):
            if index not in covered and word.form.endswith("n't"):
                labelled[index] = (index, "denies")
            elif index not in covered and _AFFIXED.fullmatch(word.form):
                labelled[index] = (index, "affixed")
    return tuple(
        Denial(
            Span(found[first].start, found[last].end),
            label in _DENY,
            tuple(_behind(text, language, last + 1)),
            tuple(_before(text, language, first - 1)),
        )
        for first, (last, label) in sorted(labelled.items())
        if label in _DENY | _HOLD
    )


def _behind(text: str, language: str, index: int) -> Iterator[str]:
    """The stems of the words of weight from `index` on, a few, within the clause."""
    found = words(text)
    count = 0
    while index < len(found) and count < _SCOPE:
        if count and _CLAUSE.search(text, found[index - 1].end, found[index].start):
            return
        if not is_empty(found[index].form, language):
            yield stem(found[index].form, language)
            count += 1
        index += 1


def _before(text: str, language: str, index: int) -> Iterator[str]:
    found = words(text)
    count = 0
    while index >= 0 and count < _BESIDE:
        if _CLAUSE.search(text, found[index].end, found[index + 1].start):
            return
        if not is_empty(found[index].form, language):
            yield stem(found[index].form, language)
            count += 1
        index -= 1


def unanswered(here: str, there: str, language: str) -> Denial | None:
    """The first denial of one text that another speaks of and does not deny.

    A text speaks of what is denied where it has half or more of the words that the denial covers (two at least, and all
    but one of them, where a word such as "refuse" only holds a denial). It denies it where a denial of its own, which
    answers no other one, covers or stands by one of the same words.
    """
    asking = denials(here, language)
    answers = denials(there, language)
    answered = _answered(asking, answers)
    held = {stem(word.form, language) for word in words(there) if not is_empty(word.form, language)}
    for index, denial in enumerate(asking):
        if index in answered or not denial.scope:
            continue
        common = sum(term in held for term in denial.scope)
        if denial.strong and 2 * common >= len(denial.scope):
            return denial
        if not denial.strong and not answers and common >= max(_SURE, len(denial.scope) - 1):
            return denial
    return None


def _answered(asking: Sequence[Denial], answers: Sequence[Denial]) -> frozenset[int]:
    """The places of the denials that have one that speaks of the same, one with one, the most alike first."""
    alike = sorted(
        (-len({*one.scope, *one.beside}.intersection((*other.scope, *other.beside))), i, j)
        for i, one in enumerate(asking)
        for j, other in enumerate(answers)
    )
    mine: set[int] = set()
    theirs: set[int] = set()
    for common, i, j in alike:
        if common and i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
    return frozenset(mine)
