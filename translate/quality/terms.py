"""Terminology: a translation that does not use the house's own words, or uses what the house forbids."""

from __future__ import annotations

from collections.abc import Iterator

from translate.document import Span
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair
from translate.terminology.matching import occurrences
from translate.terminology.places import by_term
from translate.terminology.places import find as find_places
from translate.terminology.term import Term


def find(pair: Pair, _: Limits) -> Iterator[Finding]:
    """What each of the pair's terms that stands in the source asks of the target and does not get."""
    places = find_places(pair.terms, pair.source, pair.source_language)
    for term, spans in by_term(places).items():
        if term.keep:
            yield from _changed(pair, spans)
        else:
            yield from _unlike(pair, term, spans[0])


def _changed(pair: Pair, places: list[Span]) -> Iterator[Finding]:
    """A place whose words the target does not have as they are, or not as often."""
    for index, place in enumerate(places):
        words = place.of(pair.source)
        if pair.target.count(words) < 1 + sum(other.of(pair.source) == words for other in places[:index]):
            yield Finding("changed", place, None, {"term": words})


def _unlike(pair: Pair, term: Term, place: Span) -> Iterator[Finding]:
    wanted = [span for form in term.targets for span in occurrences(form, pair.target, pair.target_language)]
    values = {"term": place.of(pair.source), "wanted": term.target}
    banned = False
    for word in term.forbidden:
        for span in occurrences(word, pair.target, pair.target_language):
            # "غزة" may be forbidden where "قطاع غزة" is wanted.
            if not any(other.contains(span) for other in wanted):
                banned = True
                yield Finding("forbidden", place, span, {**values, "word": span.of(pair.target)})
    if not wanted and not banned:
        yield Finding("missing", place, None, values)


CHECK = Check(
    "terminology",
    find,
    {
        "missing": Message(
            "The glossary wants “{wanted}” for “{term}”, which the translation does not have.",
            "يطلب المسرد «{wanted}» مقابل «{term}»، ولا يرد ذلك في الترجمة.",
        ),
        "forbidden": Message(
            "The glossary forbids “{word}” for “{term}”; it wants “{wanted}”.",
            "يمنع المسرد «{word}» مقابل «{term}»، ويطلب «{wanted}».",
        ),
        "changed": Message(
            "“{term}” must stay as it is, and the translation does not have it.",
            "يجب أن يبقى «{term}» كما هو، ولا يرد كذلك في الترجمة.",
        ),
    },
)
