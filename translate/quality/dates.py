"""Dates: the weekdays and months that one side names must be those that the other names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from translate.document import Span
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.digits import VOWEL_SIGNS, Token, fold, tokens
from translate.quality.number_words_ar import MONTHS as ARABIC_MONTHS
from translate.quality.number_words_ar import TWO_WORD_MONTHS
from translate.quality.number_words_en import MONTHS as ENGLISH_MONTHS
from translate.quality.pair import Pair
from translate.quality.phrases import run_together


class Family(Enum):
    """What is named: days are counted from 0, Monday, as `datetime.date.weekday` does it, and months from 1."""

    DAY = "day"
    MONTH = "month"


Named: TypeAlias = "tuple[Family, int]"


class Name(NamedTuple):
    """A weekday or month that a text names, without what is written as one with it; `sure` where it is nothing else."""

    named: Named
    span: Span
    sure: bool


_WRITTEN: Mapping[str, Mapping[Family, Sequence[str]]] = {
    "en": {
        Family.DAY: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
        Family.MONTH: ("January February March April May June July August September October November December".split()),
    },
    "ar": {
        Family.DAY: "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split(),
        Family.MONTH: "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    },
}
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_ENGLISH: Mapping[str, Named] = {
    **{day.lower(): (Family.DAY, number) for number, day in enumerate(_WRITTEN["en"][Family.DAY])},
    **{f"{day.lower()}s": (Family.DAY, number) for number, day in enumerate(_WRITTEN["en"][Family.DAY])},
    **{day: (Family.DAY, number) for day, number in _SHORT_DAYS.items()},
    **{month: (Family.MONTH, number) for month, number in ENGLISH_MONTHS.items()},
}
_ARABIC: Mapping[str, Named] = {
    **{fold(day): (Family.DAY, number) for number, day in enumerate(_WRITTEN["ar"][Family.DAY])},
    **{month: (Family.MONTH, number) for month, number in ARABIC_MONTHS.items()},
}
# May I, a long march, June Brown, an april shower of a name: months only where something says so.
_OTHER_WORDS = frozenset("march april may june august".split())
_BEFORE_MONTHS = frozenset("in since until till early late mid last next this during from through before".split())
# Newspapers and programmes, which Arabic writes by their sound.
_TITLES = re.compile(r" (?:Times|Telegraph|Mirror|Mail|Express|Post|Herald|Night|Morning|Live)\b")
_WORD = re.compile(r"[A-Za-z]+")
_FORMS = {form for word in _ENGLISH for form in (word.capitalize(), word.upper())}
_NAME = re.compile(rf"\b(?:{'|'.join(sorted(_FORMS, key=len, reverse=True))})\b")
_DATED = re.compile(r"^\.?,? ?(?:the )?\d|\d(?:st|nd|rd|th)?(?: of)? ?$")
# "He practised" or MERS, Joan, Theresa May, a father, a car.
_OTHER_WORDS_AR = frozenset("مارس جوان ماي اب اوت نيسان".split())
_BEFORE_MONTHS_AR = frozenset("شهر وشهر بشهر لشهر في منذ حتي مطلع اوائل اواخر نهاية بداية منتصف اول".split())
# "The two" are Monday where it is a day's name or its time.
_BEFORE_DAYS = frozenset("يوم يومي ليوم بيوم ويوم ايام صباح مساء ظهر فجر عصر نهار منذ".split())
# "Every Saturday" has no article; "an assembly" and "anyone" are written like days without one.
_BARE = {fold(day).removeprefix("ال"): number for number, day in enumerate(_WRITTEN["ar"][Family.DAY])}
_BEFORE_BARE = frozenset("كل يوم ايام".split())
_NIGHT = frozenset("ليلة ليل".split())  # the night of Sunday is the one before it
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول")
_ARABIC_WORD = re.compile("[\u0621-\u064a]+")
_NUMERIC = re.compile(r"(?<!\d)\d{1,4}([/.-])\d{1,2}(?:\1\d{1,4})?(?!\d)")
_ROW = re.compile(r"\d+")
_RELATIVE = {
    "en": re.compile(r"\b(?:today|yesterday|tomorrow|tonight)\b", re.IGNORECASE),
    "ar": re.compile(r"\b[وفل]?(?:امس|اليوم|غدا|الليلة|البارحة)\b"),
}


def find(pair: Pair, _limits: Limits) -> Iterator[Finding]:
    """Report the weekdays and months that only one side names; of a kind, two that lack one another have changed."""
    if {pair.source_language, pair.target_language} != {"en", "ar"}:
        return
    sources, targets = names(pair.source, pair.source_language), names(pair.target, pair.target_language)
    if not (sources or targets) or run_together(pair.source) or run_together(pair.target):
        return
    lost, new = _alone(sources, targets), _alone(targets, sources)
    for family in Family:
        gone = [name for name in lost if name.named[0] is family]
        come = [name for name in new if name.named[0] is family]
        changed = min(len(gone), len(come))
        for one, other in zip(gone, come, strict=False):
            if one.sure or other.sure:
                values = {"source": one.span.of(pair.source), "target": other.span.of(pair.target)}
                yield Finding("changed", one.span, other.span, values)
        for name in _unanswered(gone[changed:], pair.source_language, pair.source, pair.target):
            yield Finding("missing", source=name.span, values={"source": name.span.of(pair.source)})
        for name in _unanswered(come[changed:], pair.target_language, pair.target, pair.source):
            yield Finding("added", target=name.span, values={"target": name.span.of(pair.target)})


# Every sentence is read once for an engine that keeps dates and once for the check.
@lru_cache(maxsize=4096)
def names(text: str, language: str) -> tuple[Name, ...]:
    """The weekdays and months that a sentence in "en" or "ar" names, in order."""
    return tuple(_english(text) if language == "en" else _arabic(text))


def written(named: Named, language: str) -> str:
    """A weekday or month as the news of a language ("en" or "ar") writes it."""
    family, number = named
    return _WRITTEN[language][family][number - (family is Family.MONTH)]


def _english(text: str) -> Iterator[Name]:
    for match in _NAME.finditer(text):
        word = match[0].lower()
        named = _ENGLISH[word]
        yield Name(named, Span(*match.span()), _is_sure(word, named, text, match))


def _is_sure(word: str, named: Named, text: str, match: re.Match[str]) -> bool:
    """Whether an English name is that of a day or month, and written in full."""
    if written(named, "en").lower() != word.removesuffix("s"):
        return False
    if named[0] is Family.DAY:
        return _TITLES.match(text, match.end()) is None
    if word not in _OTHER_WORDS:
        return True
    before = _WORD.findall(text[max(0, match.start() - 12) : match.start()])
    dated = any(_DATED.search(part) for part in (text[match.end() :][:8], text[: match.start()][-8:]))
    return dated or (bool(before) and before[-1].lower() in _BEFORE_MONTHS)


def _spellings() -> Iterator[tuple[str, tuple[str, int]]]:
    """Every word that a name may begin with: the name, and how many letters before it are not its own."""
    for name in (*_ARABIC, *_BARE, *(first for first, _ in TWO_WORD_MONTHS)):
        proclitics = _PROCLITICS if len(name) > 3 else ("",)
        yield from ((proclitic + name, (name, len(proclitic))) for proclitic in proclitics)
        if name.startswith("ال"):  # "for the" is written without its alef
            yield from ((f"{also}لل{name[2:]}", (name, len(also) + 1)) for also in ("", "و", "ف"))


_SPELLINGS: Mapping[str, tuple[str, int]] = dict(_spellings())


def _arabic(text: str) -> Iterator[Name]:
    folded = fold(text)
    # Far faster than to read what names nothing.
    if not any(map(_SPELLINGS.__contains__, _ARABIC_WORD.findall(VOWEL_SIGNS.sub("", folded)))):
        return
    read = list(tokens(folded))
    for at in range(len(read)):
        if (found := _named(read, at)) is None:
            continue
        named, start, end = found
        sure = _is_sure_ar(named[0], read, at) and not folded.startswith("-", end)
        yield Name(named, Span(start, end), sure)


def _named(read: Sequence[Token], at: int) -> tuple[Named, int, int] | None:
    """What the word at an index names, and from where to where; None for any other word."""
    token = read[at]
    if token.word not in _SPELLINGS:
        return None
    name, others = _SPELLINGS[token.word]
    start = token.start + others
    if name in _ARABIC:
        return _ARABIC[name], start, token.end
    if name in _BARE:
        is_day = at > 0 and read[at - 1].word in _BEFORE_BARE
        return ((Family.DAY, _BARE[name]), start, token.end) if is_day else None
    month = _two_words(name, read[at + 1].word) if at + 1 < len(read) else None
    return ((Family.MONTH, month), start, read[at + 1].end) if month is not None else None


def _two_words(first: str, second: str) -> int | None:
    """The month that Syria and its neighbours call by a name and "first" or "second"."""
    order = {"اول": 1, "الاول": 1, "ثان": 2, "ثاني": 2, "الثاني": 2}.get(second)
    return TWO_WORD_MONTHS.get((first, order)) if order is not None else None


def _is_sure_ar(family: Family, read: Sequence[Token], at: int) -> bool:
    """Whether the Arabic name that begins at an index is that of a day or month and of that one."""
    name, _ = _SPELLINGS[read[at].word]
    before = read[at - 1].word if at else ""
    if family is Family.DAY:
        return before in _BEFORE_DAYS or (before not in _NIGHT and not name.endswith("اثنين"))
    near = read[max(0, at - 1) : at + 2]
    is_dated = before in _BEFORE_MONTHS_AR or any(token.value is not None for token in near)
    return is_dated or name not in _OTHER_WORDS_AR


def _alone(names_here: Sequence[Name], names_there: Sequence[Name]) -> list[Name]:
    """The names of one side that the other does not name, once each; a sure one rather than another."""
    there = {name.named for name in names_there}
    found: dict[Named, Name] = {}
    for name in names_here:
        if name.named not in there and not (name.named in found and found[name.named].sure):
            found[name.named] = name
    return list(found.values())


def _unanswered(names_here: Sequence[Name], language: str, here: str, there: str) -> list[Name]:
    """Those that are surely named and that the other side does not say in another way either."""
    return [name for name in names_here if name.sure and not _is_answered(name, language, here, there)]


def _is_answered(name: Name, language: str, here: str, there: str) -> bool:
    """Whether the other side says a day or month in another way: "yesterday", 5/12."""
    family, number = name.named
    folded = fold(there)
    if family is Family.MONTH:
        return any(number == int(row) for match in _NUMERIC.finditer(folded) for row in _ROW.findall(match[0]))
    other = "ar" if language == "en" else "en"
    return bool(_RELATIVE[other].search(folded)) and not _RELATIVE[language].search(fold(here))


CHECK = Check(
    "dates",
    find,
    {
        "missing": Message(
            "The source names “{source}”, and the translation does not.",
            "في الأصل «{source}» ولا يقابله شيء في الترجمة.",
        ),
        "added": Message(
            "The translation names “{target}”, and the source does not.",
            "في الترجمة «{target}» ولا يقابله شيء في الأصل.",
        ),
        "changed": Message(
            "“{source}” became “{target}”.",
            "صار «{source}» في الترجمة «{target}».",
        ),
    },
)
