"""Decency: a word that no newspaper prints, where the source has nothing of the kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from translate.document import Span
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair

_UNPRINTED: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:(?:mother)?fuck\w*|(?:bull)?shit\w*|whores?|bitch(?:es)?|bastards?|cunts?|sluts?|nigg(?:er|a)s?|fagg?ots?"
        r"|assholes?)\b",
        re.IGNORECASE,
    ),
    "ar": re.compile(
        r"(?<!\w)[وف]?(?:[بك]?(?:ال)?|لل?)"
        r"(?:(?:عاهر|شرموط|قحب|طيز|منيوك|لوطي)[^\W\d_]*|عواهر|شراميط|قحاب|زب|عرص)(?!\w)"
    ),
}
# What an honest translator may have such a word for.
_LICENCE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:prostitut|brothel|harlot|hooker|pimp|sodom|homosexual|gays?\b|queer|damn|sex work|rascal|swear)",
        re.IGNORECASE,
    ),
    "ar": re.compile(
        "دعارة|مومس|بغايا|بغاء|زاني|مثلي|شاذ|شواذ|زنجي|زنوج|تبا |اللعنة|لعين|لقيط|لقطاء|ابن حرام|سفاح|سافل"
        "|كلبة|حقير|وغد|أوغاد|شتم|شتائم"
    ),
}


def find(pair: Pair, _limits: Limits) -> Iterator[Finding]:
    """The first such word of a target whose source has none, nor anything that such a word could stand for."""
    unprinted = _UNPRINTED.get(pair.target_language)
    if unprinted is None or (match := unprinted.search(pair.target)) is None:
        return
    for patterns in (_UNPRINTED, _LICENCE):
        known = patterns.get(pair.source_language)
        if known is None or known.search(pair.source):
            return
    yield Finding("added", target=Span(*match.span()), values={"word": match[0]})


def is_printable(text: str, language: str) -> bool:
    """Whether a text in "en" or "ar" has none of the words that no newspaper prints."""
    return _UNPRINTED[language].search(text) is None


CHECK = Check(
    "decency",
    find,
    {
        "added": Message(
            "No newspaper prints “{word}”, and the source has no such word.",
            "لا تنشر الصحف كلمة «{word}»، وليس في الأصل ما يشبهها.",
        ),
    },
)
