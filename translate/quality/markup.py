"""Markup: addresses, handles, tags and placeholders that must reach the target once and unchanged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate import protect
from translate.document import Span
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair

# What all that `protect.find` finds holds; most sentences hold none of it, and the full search costs ten times more.
_HINT = re.compile(r"[A-Za-z0-9]\.[A-Za-z]|[@#]|://|[A-Z]-[0-9]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>")
_PLACEHOLDER = re.compile(
    r"\{\{\s*[\w.]+\s*\}\}|\$?\{[A-Za-z_]?[\w.]*\}|%\([A-Za-z_]\w*\)[sdif]|%[0-9]\$[sd@]|(?<![\w٪%])%[sdif@](?![\w%])"
)
_NUMBERED = re.compile(r"\$[1-9](?![\d.,]*\d)(?!\s?(?:thousand|million|billion|trillion|bn|m)\b)")


def find(pair: Pair, _limits: Limits) -> Iterator[Finding]:
    """A finding for each address, handle, tag or placeholder of the source that the target lacks or has changed."""
    source = list(_unchangeable(pair.source))
    if not source:
        return
    target = Counter(span.of(pair.target) for _, span in _unchangeable(pair.target))
    for kind, span in source:
        text = span.of(pair.source)
        if target[text]:
            target[text] -= 1
        else:
            yield Finding(kind, source=span, values={"text": text})


def _unchangeable(text: str) -> Iterator[tuple[str, Span]]:
    """What must reach the target unchanged, each with its kind."""
    if _HINT.search(text):
        for span in protect.find(text):
            yield _kind(span.of(text)), span
    if "<" in text:
        yield from (("tags", Span(*match.span())) for match in _TAG.finditer(text))
    if "{" in text or "%" in text:
        yield from (("placeholders", Span(*match.span())) for match in _PLACEHOLDER.finditer(text))
    if "$" in text:
        yield from _numbered(text)


def _kind(text: str) -> str:
    if text[0] in "@#":
        return "handles"
    if "://" in text or text[:4].lower() == "www.":
        return "urls"
    if "@" in text:
        return "emails"
    return "domains" if "." in text else "codes"


def _numbered(text: str) -> Iterator[tuple[str, Span]]:
    """Placeholders such as "$1": in news "$1" alone is money, so only a row of them from "$1" on counts."""
    found = list(_NUMBERED.finditer(text))
    if len(found) > 1 and {match[0][1:] for match in found} == {str(1 + i) for i in range(len(found))}:
        yield from (("placeholders", Span(*match.span())) for match in found)


CHECK = Check(
    "markup",
    find,
    {
        "urls": Message("The address {text} is not in the translation.", "العنوان {text} غائب عن الترجمة."),
        "domains": Message(
            "The address {text} is not in the translation as the source has it.",
            "العنوان {text} لم يرد في الترجمة كما هو في الأصل.",
        ),
        "emails": Message("The e-mail address {text} is not in the translation.", "البريد {text} غائب عن الترجمة."),
        "handles": Message("{text} is not in the translation.", "{text} غائب عن الترجمة."),
        "codes": Message("The code {text} is not in the translation.", "الرمز {text} غائب عن الترجمة."),
        "tags": Message("The tag {text} is not in the translation.", "الوسم {text} غائب عن الترجمة."),
        "placeholders": Message("The placeholder {text} is not in the translation.", "المتغير {text} غائب عن الترجمة."),
    },
)
