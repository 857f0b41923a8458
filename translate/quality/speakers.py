"""Speakers: who said it was lost in translation, came in, or became another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from translate.document import Span
from translate.quality.attribution import Attribution, attributions, reporting
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair
from translate.quality.phrases import run_together, words
from translate.quality.transliteration import FAR, distance, stems

_NAME = re.compile(r"(?<!\w)[A-Z]\w+(?:['’-](?!s\b)\w+)*")
_NO_NAMES = frozenset("The This That Mr Mrs Ms Dr He She They It We One An In At On But And".split())


def find(pair: Pair, limits: Limits) -> Iterator[Finding]:
    """Attributions that one side has and the other has no words for, and speakers who are another on the other side."""
    if {pair.source_language, pair.target_language} != {"en", "ar"}:
        return
    source = reporting(pair.source, pair.source_language)
    target = reporting(pair.target, pair.target_language)
    if not (source or target) or run_together(pair.source) or run_together(pair.target):
        return
    said = attributions(pair.source, pair.source_language)
    repeated = attributions(pair.target, pair.target_language)
    asking = _asking(said, pair.source, pair.source_language)
    new = _asking(repeated, pair.target, pair.target_language)
    if len(asking) > len(target) or (asking and not repeated and _is_silent(asking, pair, limits)):
        yield Finding("lost", source=asking[0].verb, values={"words": asking[0].verb.of(pair.source)})
    elif new and not source:
        yield Finding("added", target=new[0].verb, values={"words": new[0].verb.of(pair.target)})
    elif said and repeated:
        yield from _changed(pair, said, repeated, limits)


def _asking(found: Sequence[Attribution], text: str, language: str) -> list[Attribution]:
    """The attributions that must have an answer: English passives name nobody, and Arabic "حسب" has other uses."""
    if language == "en":
        return [one for one in found if one.speaker is not None]
    return [
        one for one in found if one.kind != "source" or (one.speaker is not None and "حسب" not in one.verb.of(text))
    ]


def _is_silent(asking: Sequence[Attribution], pair: Pair, limits: Limits) -> bool:
    """Whether the speakers of an English source have names, and none of them is in the target."""
    if pair.source_language != "en":
        return False
    names = {name for one in asking if one.speaker is not None for name in _NAME.findall(one.speaker.of(pair.source))}
    names -= _NO_NAMES
    return bool(names) and not _is_named(names, pair.target, limits)


def _changed(
    pair: Pair, said: Sequence[Attribution], repeated: Sequence[Attribution], limits: Limits
) -> Iterator[Finding]:
    """A speaker in whose place the other language has somebody else whom the sentence names."""
    if pair.source_language == "en":
        english, arabic, reports, theirs = pair.source, pair.target, said, repeated
    else:
        english, arabic, reports, theirs = pair.target, pair.source, repeated, said
    speakers = [one.speaker for one in reports if one.speaker is not None]
    names = [Span(*match.span()) for match in _NAME.finditer(english)]
    mine = {name.of(english) for name in names if any(speaker.contains(name) for speaker in speakers)} - _NO_NAMES
    others = {name.of(english) for name in names} - mine - _NO_NAMES
    if not others or not _is_named(mine, arabic, limits):
        return
    for one in theirs:
        first = _first_named(one.speaker.of(arabic), mine, others, limits) if one.speaker else None
        if first in mine:
            return
        if first is not None and one.speaker is not None:
            here, there = (speakers[0], one.speaker) if english is pair.source else (one.speaker, speakers[0])
            yield Finding("changed", here, there, {"source": here.of(pair.source), "target": there.of(pair.target)})
            return


def _is_named(names: Set[str], arabic: str, limits: Limits) -> bool:
    return any(_distance(name, word.form) <= limits["unlike"] for word in words(arabic) for name in names)


def _first_named(speaker: str, mine: Set[str], others: Set[str], limits: Limits) -> str | None:
    """Which English name the first of an Arabic speaker's words that writes one of them writes."""
    for word in words(speaker):
        own, name = min((_distance(name, word.form), name) for name in mine)
        other, stranger = min((_distance(name, word.form), name) for name in others)
        if other <= limits["alike"] and other < own:
            return stranger
        if own <= limits["unlike"]:
            return name
    return None


def _distance(name: str, word: str) -> float:
    """How far an Arabic word is from writing a name, 0 to 1, whatever clitics it has."""
    return min((distance(name, stem) for stem in stems(word)), default=FAR)


CHECK = Check(
    "speakers",
    find,
    {
        "lost": Message(
            "The source says that somebody says so (“{words}”), and the translation does not.",
            "ينسب الأصل الكلام إلى قائله («{words}») ولا تنسبه الترجمة.",
        ),
        "added": Message(
            "The translation says that somebody says so (“{words}”), and the source does not.",
            "تنسب الترجمة الكلام إلى قائل («{words}») ولا ينسبه الأصل.",
        ),
        "changed": Message(
            "In the source “{source}” speaks, and in the translation “{target}”.",
            "القائل في الأصل «{source}» وفي الترجمة «{target}».",
        ),
    },
    ("alike", "unlike"),
)
