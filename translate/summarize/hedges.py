"""Finds the words that leave a claim open: "reportedly", "could not confirm", "may", "estimates"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from translate.document import Span
from translate.quality.phrases import Word, words
from translate.summarize.lexicon import Match, exact, folded
from translate.summarize.types import Doubt, Hedge

_DOUBTS = tuple(doubt.value for doubt in Doubt)
# "could not, as of Monday evening, independently confirm"
_REACH = 7
_STOP = re.compile(r"[.;:!?؟؛]")
_MAY = "may"
_QAD = "قد"
# Before "قد" they make a past of it: "he had already".
_PAST = frozenset({"كان", "كانت", "كانوا", "وكان", "وكانت", "يكون", "تكون", "لقد"})
# Verbs of the past that begin as the present does.
_PASTS_WITH_TA = re.compile(
    "(?:ت[مرف]|تمت|تر[كت]ت?|توفي|توفيت|تعرض|تمكن|تلقي|توصل|تعهد|تقدم|تسبب|تحول|تجاوز|تبين|تاكد)"
)
_PRESENT = re.compile("[يت]\\w{2,}")


def hedges(text: str, language: str, quotations: Iterable[Span] = ()) -> tuple[Hedge, ...]:
    """The hedges of a sentence in English ("en") or Arabic ("ar"), in order and disjoint; none for other languages."""
    if language not in ("en", "ar"):
        return ()
    found = words(text)
    within = tuple(quotations)
    spans = [*_unverified(text, found, language), *_listed(text, found, language)]
    if language == "ar":
        spans += _may_be(found)
    taken: list[tuple[Span, Doubt]] = []
    for span, doubt in sorted(spans, key=lambda one: -len(one[0])):
        if not any(span.overlaps(other) for other, _ in taken):
            taken.append((span, doubt))
    return tuple(
        Hedge(
            span, " ".join(word.form for word in words(span.of(text))), doubt, any(one.contains(span) for one in within)
        )
        for span, doubt in sorted(taken)
    )


def _listed(text: str, found: Sequence[Word], language: str) -> Iterator[tuple[Span, Doubt]]:
    for match in exact("hedges", language, *_DOUBTS, "none").find(found):
        span = _span(found, match)
        if match.value != "none" and not _is_month(text, found, match):
            yield span, Doubt(match.value)


def _is_month(text: str, found: Sequence[Word], match: Match[str]) -> bool:
    """Whether a "May" is the month: it has a capital within a sentence, or stands by a number."""
    word = found[match.first]
    if match.first != match.last or word.form != _MAY:
        return False
    capital = word.span.of(text)[0].isupper()
    beside = found[max(0, match.first - 1) : match.first + 2]
    return capital and (match.first > 0 or any(one.form.isdigit() for one in beside))


def _unverified(text: str, found: Sequence[Word], language: str) -> Iterator[tuple[Span, Doubt]]:
    """Words of failing ("could not") with what was not established ("confirm") behind them in the same clause."""
    establish = {match.first: match.last for match in exact("hedges", language, "establish").find(found)}
    for match in exact("hedges", language, "failing").find(found):
        for index in range(match.last + 1, min(match.last + 1 + _REACH, len(found))):
            if _STOP.search(text, found[index - 1].span.end, found[index].span.start):
                break
            if index in establish:
                yield Span(found[match.first].span.start, found[establish[index]].span.end), Doubt.UNVERIFIED
                break


def _may_be(found: Sequence[Word]) -> Iterator[tuple[Span, Doubt]]:
    """Each "قد" before a verb of the present: before one of the past it says that something has happened."""
    for index, word in enumerate(found[:-1]):
        form = word.form.removeprefix("و") if word.form != _QAD else word.form
        following = folded(found[index + 1].form)
        past = index > 0 and found[index - 1].form in _PAST
        if form == _QAD and not past and _PRESENT.fullmatch(following) and not _PASTS_WITH_TA.fullmatch(following):
            yield word.span, Doubt.POSSIBLE


def _span(found: Sequence[Word], match: Match[str]) -> Span:
    return Span(found[match.first].span.start, found[match.last].span.end)
