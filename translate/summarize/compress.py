"""Shortens a sentence by asides that grammar lets it do without; what a claim rests on never goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from translate.document import Span
from translate.quality.attribution import reporting
from translate.quality.phrases import Phrases, lists, words
from translate.summarize.types import Claim

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_DASH = re.compile(r"\s[–—-]\s")
# A clause between commas says more of the noun before it, where it begins with one of these; without a comma it would
# say which one is meant, and must stay.
_RELATIVE = {
    "en": re.compile(r",\s(?=(?:who|which|whose|where)\s)"),
    "ar": re.compile(r"،\s?(?=(?:الذي|التي|الذين|وهو|وهي|وهم)\s)"),
}
# A comma before one of these ends such a clause: the sentence goes on with its verb. (Arabic: with what is said.)
_VERBS = "is are was were has had have will would can could may might must do does did".split()
_ENDS = {
    "en": re.compile(rf",(?=\s(?:{'|'.join(_VERBS)})\s)"),
    "ar": re.compile(r"،(?=\s?(?:إن|إنه|إنها|إنهم|أن|أنه|أنها|أنهم|بأن|بأنه|بأنها)\s|\s?[\"“«])"),
}
_COMMA = re.compile("[,،]")
_DAY = {
    "en": re.compile(r"On (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night))?, "),
    "ar": re.compile(r"يوم (?:الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)، ?"),
}
_SECOND = {
    "en": re.compile(r", (?:and|after|following|leaving) "),
    "ar": re.compile(r"، ?(?:و(?!هو\b|هي\b|هم\b)\w{3}|بعد |عقب |إثر )"),
}
_FEWEST_WORDS = 5
_BEFORE_SPEECH = re.compile(r"(?=:\s?[\"“«])")
_LAST = re.compile(r"[.!?؟…]?\s*$")
_CLOSERS = "\"“”„«»‹›‘’'"


def asides(claim: Claim, language: str) -> tuple[Span, ...]:
    """What a sentence in "en" or "ar" can do without, in order and disjoint.

    Taken are brackets, what stands between two dashes, and clauses that a comma parts from their noun ("…, who lives
    there, said", "…، وهي معلمة، إن") where it is plain how far they reach. None of them touches a quotation, the name
    of the speaker, the verb of saying, a hedge, a figure, a denial, or reports what somebody says.
    """
    kept = tuple(_kept(claim, language))
    found: list[Span] = []
    for span in sorted({*_bracketed(claim.text), *_dashed(claim.text), *_relative(claim, language)}):
        clear = not any(span.overlaps(other) for other in kept) and not any(span.overlaps(other) for other in found)
        if clear and not reporting(span.of(claim.text), language):
            found.append(span)
    return tuple(found)


def for_headline(claim: Claim, language: str) -> tuple[Span, ...]:
    """What a headline can do without, besides asides: the day before a first comma, and a clause behind the only comma.

    The clause goes on with "and" ("…, and burnt the mill"), or tells what went before or came of it (", after",
    ", leaving"); what stands against the first clause ("but") stays. Like `asides` it takes nothing a claim rests on.
    """
    found = [Span(*match.span()) for match in [_DAY[language].match(claim.text)] if match]
    start = found[0].end if found else 0
    commas = [match.start() for match in _COMMA.finditer(claim.text, start)]
    clause = _SECOND[language].match(claim.text, commas[0]) if len(commas) == 1 else None
    if clause and len(words(claim.text[start : clause.start()])) >= _FEWEST_WORDS:
        last = _LAST.search(claim.text, clause.end())
        found.append(Span(clause.start(), last.start() if last else len(claim.text)))
    kept = tuple(_kept(claim, language))
    return tuple(span for span in found if not any(span.overlaps(other) for other in kept))


def without(text: str, spans: tuple[Span, ...]) -> str:
    """`text` without some disjoint parts of it."""
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + text[span.end :]
    return text


def _kept(claim: Claim, language: str) -> Iterator[Span]:
    """What no aside may touch."""
    for quotation in claim.quotations:
        yield Span(max(0, quotation.start - 1), min(len(claim.text), quotation.end + 1))
    yield from (hedge.span for hedge in claim.hedges)
    yield from (figure.span for figure in claim.figures)
    if claim.verb is not None:
        yield claim.verb
    if claim.mention is not None:
        # Its first word: what it says of the speaker behind a comma may be an aside.
        yield Span(claim.mention.start, claim.mention.start + 1)
    found = words(claim.text)
    for phrase in _denials(language).find(found):
        yield Span(found[phrase.first].start, found[phrase.last].end)
    yield from (word.span for word in found if word.form.endswith("n't"))


@lru_cache(maxsize=2)
def _denials(language: str) -> Phrases:
    read = lists("negation.toml")[language]
    return Phrases({label: read[label] for label in ("denies", "again") if label in read}, arabic=language == "ar")


def _bracketed(text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in _BRACKETS.finditer(text) if match.start() > 0)


def _dashed(text: str) -> Iterator[Span]:
    """What stands between two dashes, where the sentence has just these two: of more, any two might be a pair.

    Behind a comma the second dash may stand for another comma, too ("Hana, from Ras – a village – said").
    """
    dashes = list(_DASH.finditer(text))
    if len(dashes) == 2 and not _COMMA.search(text, 0, dashes[0].start()):
        # The white space before the second dash goes with it; that behind it parts the words that meet.
        yield Span(dashes[0].start(), dashes[1].end() - 1)


def _relative(claim: Claim, language: str) -> Iterator[Span]:
    text = claim.text
    for match in _RELATIVE[language].finditer(text):
        end = _end_of_clause(claim, language, match.end())
        if end is not None:
            yield Span(match.start(), end)


def _end_of_clause(claim: Claim, language: str, start: int) -> int | None:
    """Where a clause behind a comma ends: behind the comma before its sentence's verb, before the colon of a
    quotation, or at the sentence's end.

    A comma before anything else may belong to a list within the clause, or begin another: then nobody can tell.
    """
    text = claim.text
    commas = [match.start() for match in _COMMA.finditer(text, start)]
    if not commas and not any(mark in text[start:] for mark in f"{_CLOSERS}:;؛"):
        last = _LAST.search(text, start)
        return last.start() if last else None
    ends = {match.start() for match in _ENDS[language].finditer(text, start)}
    if claim.verb is not None:
        ends |= {comma for comma in commas if text[comma + 1 : claim.verb.start].strip() == ""}
    closing = min(ends & set(commas), default=None)
    colon = _BEFORE_SPEECH.search(text, start)
    if colon is not None and not (commas and commas[0] < colon.start()):
        return colon.start()
    return closing + 1 if closing is not None else None
