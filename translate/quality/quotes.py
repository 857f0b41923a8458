"""Quotations: one that was lost, that came in, or that lost its opening or closing mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

from translate.document import Span
from translate.quality.attribution import attributions
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair
from translate.quality.phrases import words
from translate.quality.transliteration import distance, stems

Side = Literal["open", "close", "either"]

_MARK = re.compile("''|``|[\"“”„‟«»‹›″‘’'`‚]")
_OPENING = frozenset(("“", "„", "‟", "«", "‹", "‘", "‚", "``"))
_CLOSING = frozenset("”»›")
_SINGLE = frozenset("'‘’`‚‹›")
_OPENS_BEHIND = frozenset("([{-–—:/،")
_CLOSES_BEFORE = frozenset(".,;:!?)]}،؛؟…-–—/")
_ENDS_SPEECH = frozenset(".,!?…،؟")
_INTERRUPTION = 80
_CAPITALISED = re.compile(r"\b[A-Z]\w{2,}")


@dataclass(frozen=True)
class Quotation:
    """What quotation marks enclose, without the marks; an end that has none is where the text begins or stops."""

    span: Span
    opened: bool
    closed: bool

    @property
    def whole(self) -> bool:
        """Whether it has both its marks."""
        return self.opened and self.closed


@dataclass(frozen=True)
class _Mark:
    span: Span
    side: Side
    single: bool


@lru_cache(maxsize=64)
def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of `text` in order, none within another: an inner one belongs to the outer.

    Marks of all kinds count, and a pair need not be of one kind; apostrophes and signs of feet and inches do not. A
    mark without its partner makes a quotation that is not `opened` or not `closed`.
    """
    marks = tuple(_marks(text))
    if not marks:
        return ()
    doubles = [one for one in _paired([mark for mark in marks if not mark.single], text) if _is_meant(one, text)]
    singles = [
        one
        for one in _paired([mark for mark in marks if mark.single], text)
        if (one.whole or _is_speech(one, text)) and not any(_meet(double.span, one.span) for double in doubles)
    ]
    return tuple(sorted([*doubles, *singles], key=lambda one: one.span))


def _meet(outer: Span, inner: Span) -> bool:
    """Whether two share text, or an empty one lies in or beside the other."""
    return outer.overlaps(inner) or outer.contains(inner)


def _marks(text: str) -> Iterator[_Mark]:
    for match in _MARK.finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
        single = match[0] in _SINGLE
        # The apostrophes of "don't" and "the '90s".
        if not (single and ((before.isalnum() and after.isalnum()) or after.isdigit())):
            yield _Mark(Span(*match.span()), _side(match[0], before, after), single)


def _side(mark: str, before: str, after: str) -> Side:
    """Which end of a quotation a mark is: its neighbours say so before its shape does, which typists mix up."""
    opens = not before or before.isspace() or before in _OPENS_BEHIND
    closes = not after or after.isspace() or after in _CLOSES_BEFORE
    if opens != closes:
        return "open" if opens else "close"
    if mark in _OPENING:
        return "open"
    return "close" if mark in _CLOSING else "either"


def _is_meant(one: Quotation, text: str) -> bool:
    """Whether a lone double mark is one of quotation, not of inches."""
    return one.whole or one.opened or not text[: one.span.end][-1:].isdigit()


def _is_speech(one: Quotation, text: str) -> bool:
    """Whether a lone single mark begins or ends a speech; in other places it is an apostrophe ("students' books")."""
    if one.closed:
        return text[: one.span.end][-1:] in _ENDS_SPEECH
    lead = text[: one.span.start - 1].rstrip()
    return lead[-1] in ":,،" if lead else one.span.of(text)[:1].isupper()


def _paired(marks: Sequence[_Mark], text: str) -> list[Quotation]:
    """Marks two by two, by the sides on which they open and close; where that fails for an even number, by order."""
    found = list(_by_side(marks, len(text)))
    # Two apostrophes are no quotation, so that single marks must face one another.
    even = len(marks) % 2 == 0 and not any(mark.single for mark in marks)
    crossed = bool(marks) and marks[0].side == "close" and marks[-1].side == "open"
    if even and not crossed and not all(one.whole for one in found):
        pairs = zip(marks[::2], marks[1::2], strict=True)
        return [Quotation(Span(first.span.end, last.span.start), True, True) for first, last in pairs]
    return found


def _by_side(marks: Sequence[_Mark], end: int) -> Iterator[Quotation]:
    opened: _Mark | None = None
    free = 0
    for mark in marks:
        if opened is not None and mark.side != "open":
            yield Quotation(Span(opened.span.end, mark.span.start), True, True)
            opened = None
        elif opened is None and mark.side == "close":
            yield Quotation(Span(free, mark.span.start), False, True)
        elif opened is None:
            opened = mark
        free = mark.span.end
    if opened is not None:
        yield Quotation(Span(opened.span.end, end), True, False)


def find(pair: Pair, limits: Limits) -> Iterator[Finding]:
    """Quotations that the source has and the target has not, that the target adds, and those that lost a mark.

    Arabic marks names and titles that English does not, so that the short quotations of an Arabic source are another
    kind ("term"), names among them need no answer, and short ones that an Arabic target adds are not told.
    """
    source, target = quotations(pair.source), quotations(pair.target)
    if not source and not target:
        return
    broken = [one for one in target if not one.whole]
    if broken and all(one.whole for one in source):
        yield Finding("unbalanced", target=broken[0].span)
        return
    needed = list(_joined(pair.source, pair.source_language, source))
    terms: list[Quotation] = []
    if pair.source_language == "ar":
        terms = [one for one in needed if _length(one, pair.source) < limits["speech"]]
        needed = [one for one in needed if one not in terms]
        terms = [one for one in terms if not _is_name(one.span.of(pair.source), pair.target, limits)]
    whole = [one for one in needed if one.whole]
    values = {"source": str(len(needed)), "target": str(len(target))}
    if len(target) < len(whole):
        yield Finding("lost", source=whole[0].span, values=values)
    elif len(target) < len(needed):
        yield Finding("mark", source=needed[0].span, values=values)
    elif len(target) < len(needed) + len(terms):
        yield Finding("term", source=terms[0].span, values={"words": terms[0].span.of(pair.source)})
    elif len(target) > len(source):
        longest = max(target, key=lambda one: _length(one, pair.target))
        if not source and _length(longest, pair.target) >= limits["speech"]:
            yield Finding("added", target=longest.span)


def _joined(text: str, language: str, found: Sequence[Quotation]) -> Iterator[Quotation]:
    """The quotations, the halves of a speech that its speaker parts ("…," he said, "…") as one."""
    verbs = [one.verb for one in attributions(text, language)] if len(found) > 1 else []
    start: Quotation | None = None
    for one, following in zip_longest(found, found[1:]):
        start = start or one
        between = Span(one.span.end, following.span.start) if following else None
        if between is None or len(between) > _INTERRUPTION or not any(between.contains(verb) for verb in verbs):
            yield Quotation(Span(start.span.start, one.span.end), start.opened, one.closed)
            start = None


def _is_name(quoted: str, english: str, limits: Limits) -> bool:
    """Whether one of the quoted Arabic words writes a capitalised one of the English text."""
    names = _CAPITALISED.findall(english)
    return any(
        distance(name, stem) <= limits["name"] for word in words(quoted) for stem in stems(word.form) for name in names
    )


def _length(one: Quotation, text: str) -> int:
    """How many words a quotation has."""
    return len(one.span.of(text).split())


CHECK = Check(
    "quotes",
    find,
    {
        "lost": Message(
            "The source has {source} quotation(s), and the translation {target}.",
            "في الأصل {source} من الاقتباسات، وفي الترجمة {target}.",
        ),
        "mark": Message(
            "The source opens or closes a quotation here, and the translation does not.",
            "يفتح الأصل هنا اقتباسا أو يغلقه، ولا تفعل الترجمة.",
        ),
        "term": Message(
            "The source puts “{words}” in quotation marks, and the translation does not.",
            "يضع الأصل «{words}» بين علامتي اقتباس، ولا تفعل الترجمة.",
        ),
        "unbalanced": Message(
            "A quotation in the translation lacks its opening or its closing mark.",
            "في الترجمة اقتباس تنقصه علامة الفتح أو الإغلاق.",
        ),
        "added": Message(
            "The translation quotes what the source does not.",
            "في الترجمة اقتباس ليس في الأصل.",
        ),
    },
    ("speech", "name"),
)
