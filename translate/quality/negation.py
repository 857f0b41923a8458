"""Negation: a denial that was lost in translation, or that came in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from translate.document import Span
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair
from translate.quality.phrases import Phrases, Word, lists, run_together, words

_AFFIXED = re.compile(
    r"un(?!der|i[tqvoclf]|til|less|cles?$|to$|anim)[a-z]{4,}|non[a-z]{4,}|irr(?!ig|it)[a-z]{4,}|[a-z]{3,}less(?:ly|ness)?"
)
_TAG = re.compile(r"\w+n['’]t (?:I|you|he|she|it|we|they|there)\s?\?", re.IGNORECASE)
_EXCEPT = frozenset(("إلا", "الا", "سوى"))
_LABELS = ("denies", "adjoined", "affixed", "idioms", "kindred", "none")
_SHADDA = "\u0651"


@dataclass(frozen=True)
class _Place:
    """A word that denies or answers a denial, and where it stands as a share of its sentence's length, 0 to 1."""

    span: Span
    share: float


_Places: TypeAlias = "tuple[_Place, ...]"


@dataclass(frozen=True)
class _Denials:
    """What denies in one sentence, by the labels of negation.toml."""

    length: int
    denies: _Places
    adjoined: _Places
    affixed: _Places
    idioms: _Places
    kindred: _Places


def find(pair: Pair, limits: Limits) -> Iterator[Finding]:
    """A finding where one side denies what the other has no answer to."""
    if {pair.source_language, pair.target_language} != {"en", "ar"}:
        return
    source = _denials(pair.source, pair.source_language)
    target = _denials(pair.target, pair.target_language)
    if not (source.denies or target.denies) or run_together(pair.source) or run_together(pair.target):
        return
    # An answer stands about as far on in its sentence; a short sentence has all its words near one another.
    reach = max(limits["reach"], limits["near"] / max(1, min(source.length, target.length)))
    lost, added = _unanswered(source, target, reach), _unanswered(target, source, reach)
    if lost:
        yield Finding("lost", source=lost[0].span, values={"word": lost[0].span.of(pair.source)})
    elif added:
        yield Finding("added", target=added[0].span, values={"word": added[0].span.of(pair.target)})


def _unanswered(here: _Denials, there: _Denials, reach: float) -> _Places:
    """The denials of `here` that neither a denial over `there` answers nor a free word there within reach."""
    left = _alone(here.denies, there.denies)
    if not left:
        return ()
    free = _alone(there.adjoined, here.affixed) + _alone(there.affixed, here.adjoined)
    return _alone(left, there.idioms + free + _alone(there.kindred, here.kindred), reach)


def _alone(places: _Places, others: _Places, reach: float = 1.0) -> _Places:
    """The places that have no partner among the others; the nearest pair up first, one with one."""
    if not places or not others:
        return places
    pairs = sorted(
        (abs(place.share - other.share), i, j) for i, place in enumerate(places) for j, other in enumerate(others)
    )
    mine: set[int] = set()
    theirs: set[int] = set()
    for apart, i, j in pairs:
        if apart <= reach and i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
    return tuple(place for i, place in enumerate(places) if i not in mine)


@lru_cache(maxsize=2)
def _phrases(language: str) -> Phrases:
    return Phrases(lists("negation.toml")[language], arabic=language == "ar")


@lru_cache(maxsize=64)
def _denials(text: str, language: str) -> _Denials:
    found = words(text)
    spans: dict[str, list[Span]] = {label: [] for label in _LABELS}
    covered: set[int] = set()
    for phrase in _phrases(language).find(found):
        covered.update(range(phrase.first, phrase.last + 1))
        span = Span(found[phrase.first].start, found[phrase.last].end)
        label = phrase.label
        if label == "again":
            label = "idioms" if spans["denies"] else "denies"
        # With a doubled letter they are other words: "غيّر" (changed), "لمّ" (gathering).
        if _SHADDA in span.of(text) and found[phrase.last].form != "ألا":
            label = "none"
        spans[label].append(span)
    if language == "en":
        rest = [word for index, word in enumerate(found) if index not in covered]
        spans["denies"] += [word.span for word in rest if word.form.endswith("n't")]
        spans["denies"] = [span for span in sorted(spans["denies"]) if not _TAG.match(text, span.start)]
        spans["affixed"] += [word.span for word in rest if _AFFIXED.fullmatch(word.form)]
    else:
        _take_back(spans, found)
    size = max(1, len(text))
    places = (tuple(_Place(span, span.start / size) for span in spans[label]) for label in _LABELS[:-1])
    return _Denials(len(text), *places)


def _take_back(spans: dict[str, list[Span]], found: tuple[Word, ...]) -> None:
    """Move denials that an exception takes back to the idioms: "لا … إلا" says "only"."""
    for index, word in enumerate(found):
        if word.form in _EXCEPT and not (index + 1 < len(found) and found[index + 1].form.startswith("أن")):
            before = [span for span in spans["denies"] if span.end < word.start]
            if before:
                spans["denies"].remove(before[-1])
                spans["idioms"].append(before[-1])


CHECK = Check(
    "negation",
    find,
    {
        "lost": Message(
            "“{word}” denies something in the source, and nothing in the translation does.",
            "في الأصل نفي («{word}») لا يقابله نفي في الترجمة.",
        ),
        "added": Message(
            "“{word}” denies something in the translation, and nothing in the source does.",
            "في الترجمة نفي («{word}») لا يقابله نفي في الأصل.",
        ),
    },
    ("reach", "near"),
)
