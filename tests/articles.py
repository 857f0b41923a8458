"""Builds understood articles by hand: a sentence and what is known of it, its spans given by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from translate.document import Role, Span
from translate.quality.numbers import values
from translate.quality.quotes import quotations
from translate.summarize.hedges import hedges
from translate.summarize.lexicon import loaded_words
from translate.summarize.types import Article, Claim, Dependence, Figure, Found, Harm, Quoted, Speaker


@dataclass(frozen=True)
class Line:
    """One sentence; `mention`, `verb` and `quotation` are words of it, `killed` what its first number counts."""

    text: str
    speaker: Speaker | None = None
    mention: str = ""
    verb: str = ""
    found: Found | None = None
    quoted: Quoted = Quoted.NONE
    quotation: str = ""
    dependence: Dependence | None = None
    harm: Harm | None = None
    role: Role = Role.PARAGRAPH


def article(language: str, lines: Sequence[Line], media: tuple[str, ...] = ()) -> Article:
    """The article of these sentences, in one block."""
    block = " ".join(line.text for line in lines)
    claims, at = [], 0
    for number, line in enumerate(lines, 1):
        claims.append(_claim(number, line, at, language))
        at += len(line.text) + 1
    return Article(language, tuple(claims), (block,), media)


def _claim(number: int, line: Line, at: int, language: str) -> Claim:
    quoted = tuple(one.span for one in quotations(line.text))
    if line.quotation:
        quoted = (_span(line.text, line.quotation),)
    numbers = values(line.text, language)[:1] if line.harm else ()
    found = line.found or (Found.EXPLICIT if line.speaker else None)
    return Claim(
        number,
        line.text,
        0,
        Span(at, at + len(line.text)),
        line.role,
        line.speaker,
        found if line.speaker else None,
        (),
        _span(line.text, line.mention) if line.mention else None,
        _span(line.text, line.verb) if line.verb else None,
        line.quoted,
        quoted,
        hedges(line.text, language, quoted),
        tuple(Figure(value, value.span, "people", harm=line.harm) for value in numbers),
        loaded_words(line.text, language, quoted),
        line.dependence,
    )


def _span(text: str, words: str) -> Span:
    """Where some words stand; whole ones, not a part of another."""
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    assert match is not None, f"{words!r} is not in {text!r}"
    return Span(*match.span())
