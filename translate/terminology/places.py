"""Where the terms of a glossary stand in a source sentence: each place belongs to one term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from translate.document import Span
from translate.terminology.matching import fold, may_occur, occurrences
from translate.terminology.term import Term

_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True)
class Place:
    """A term, where it stands, and the spelling of it that was found there."""

    term: Term
    span: Span
    spelling: str


def find(terms: Sequence[Term], text: str, language: str) -> list[Place]:
    """The places of all terms in `text`, from left to right.

    The longest spelling is looked for first, so that "Security Council" is no "council"; of terms with the same
    spelling the first of `terms` has the place. A name has no plural: "Hamas" are not several Hamas.
    """
    if not terms:
        return []
    folded = fold(text)
    spellings = [(term, spelling) for term in terms for spelling in term.sources if may_occur(spelling, folded)]
    taken: list[Place] = []
    for term, spelling in sorted(spellings, key=lambda one: -len(one[1])):
        for span in occurrences(spelling, text, language, exact=True):
            if term.is_name and language.partition("-")[0] == "en" and not is_uninflected(span.of(text), spelling):
                continue
            if not any(span.overlaps(other.span) for other in taken):
                taken.append(Place(term, span, spelling))
    return sorted(taken, key=lambda place: place.span)


def is_uninflected(english: str, spelling: str) -> bool:
    """Whether English words are a term as the glossary spells it, but for case, hyphens and a possessive."""
    return _joined(_POSSESSIVE.sub("", english)) == _joined(spelling)


def _joined(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def by_term(places: Iterable[Place]) -> dict[Term, list[Span]]:
    """The places of each term, in order."""
    found: dict[Term, list[Span]] = {}
    for place in places:
        found.setdefault(place.term, []).append(place.span)
    return found


def kept(terms: Sequence[Term], text: str, language: str) -> tuple[Span, ...]:
    """Where `text` has terms that must not be translated, from left to right."""
    return tuple(place.span for place in find(terms, text, language) if place.term.keep)
