"""Reads numbers in digits, of any of three scripts and with any usual separators, and splits a text for the readers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import NamedTuple

from translate.document import Span
from translate.quality.values import Kind, Value, whole

# One code point for one, so that places stay: digits to ASCII, and what Arabic keyboards write for the same letter.
_FOLD = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹أإآٱىٰ٪‐‑‒–—−⁄", "01234567890123456789" + "ااااي" + "\u064e" + "%" + "------/"
)
_VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}
_SPACES = " \u00a0\u202f\u2009"
_LETTERS = r"[A-Za-z\u00c0-\u024f\u0621-\u065f\u0670-\u06d3]+"
# In this order: words; 1,300 and 1.300.000,5 and 10 000; 500 1 for 1 500; 10:30; 2 3/4; 3/4; 1.5; 2½; a row of digits.
# All are bounded, since Python refuses to make a number of thousands of digits.
_TOKEN = re.compile(
    rf"(?P<word>{_LETTERS})"
    rf"|(?P<grouped>(?<![\d.,])[1-9]\d{{0,2}}(?P<by>[,٬،.’'{_SPACES}])\d{{3}}(?:(?P=by)\d{{3}}){{0,9}}(?!\d)(?:[.,٫]\d{{1,99}})?"
    rf"(?![.,:/]?\d))"
    rf"|(?P<turned>(?<![\d.,/:-])\d{{3}}(?:[{_SPACES}]\d{{3}}){{0,9}}[{_SPACES}][1-9]\d{{0,2}}(?![.,:/-]?\d))"
    r"|(?P<time>(?<![\d:])\d{1,2}:[0-5]\d(?::[0-5]\d)?(?![:\d]))"
    r"|(?P<mixed>(?<![\d.,:/])\d{1,99}[ -]\d/\d{1,2}(?![\d/]))"
    r"|(?P<ratio>(?<![\d/])\d{1,2}/\d{1,2}(?![\d/]))"
    r"|(?P<decimal>(?<!\d[.,:/])\d{1,99}[.,٫]\d{1,99}(?![.,٫:/]?\d))"
    r"|(?P<vulgar>(?<![A-Za-z\u00c0-\u024f])\d{0,99}[½⅓⅔¼¾⅕⅛])"
    r"|(?P<row>\d{1,99})",
)
_ROW = re.compile(r"\d+")
_NUMERAL = re.compile(r"[\d½⅓⅔¼¾⅕⅛]")
_WORD = re.compile(_LETTERS)
VOWEL_SIGNS = re.compile(r"[\u0640\u064b-\u065f]")
"""What a word may be written with or without: vowel signs, and the tatweel that stretches it."""


class Token(NamedTuple):
    """A word in its plain form (no vowel signs, one alef), or a number in digits; [start, end) in the text.

    A tuple, since every word of every checked sentence becomes one: a frozen dataclass takes three times as long.
    """

    start: int
    end: int
    word: str
    value: Value | None = None


def fold(text: str) -> str:
    """`text` with ASCII digits, one alef and one dash; every code point stays in its place."""
    return text.translate(_FOLD)


def may_hold_number(folded: str, words: Collection[str]) -> bool:
    """Whether a folded text holds a digit or one of `words` at all: far faster than to read it."""
    if _NUMERAL.search(folded) is not None:
        return True
    return any(map(words.__contains__, _WORD.findall(VOWEL_SIGNS.sub("", folded))))


def tokens(folded: str) -> Iterator[Token]:
    """The words and digit numbers of a folded text, in order."""
    marked = VOWEL_SIGNS.search(folded) is not None
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        if match.lastgroup == "word":
            word = match[0]
            yield Token(start, end, VOWEL_SIGNS.sub("", word) if marked else word)
        else:
            yield Token(start, end, "", _value(match))


def _value(match: re.Match[str]) -> Value:
    text, span = match[0], Span(*match.span())
    if match.lastgroup == "row":
        return Value(span, int(text), digits=True)
    if match.lastgroup == "vulgar":
        above, below = _VULGAR[text[-1]]
        return Value(span, int(text[:-1] or 0) + Fraction(above, below), Kind.FRACTION, digits=True)
    if match.lastgroup == "time":
        return _time(text, span)
    if match.lastgroup in ("ratio", "mixed"):
        *units, above, below = (int(row) for row in _ROW.findall(text))
        amount = Fraction(above, below or 1) + sum(units)
        return Value(span, whole(amount), Kind.FRACTION, digits=True, parts=_parts(text, span))
    if match.lastgroup == "decimal":
        return _decimal(text, span)
    if match.lastgroup == "turned":
        return _turned(text, span)
    return _grouped(text, span, match["by"])


def _time(text: str, span: Span) -> Value:
    hour, minute, *_ = (int(part) for part in text.split(":"))
    amount = whole(Fraction(hour * 60 + minute, 60))
    other = amount - 12 if amount >= 12 else amount + 12
    # As "10:30" is 10 1/2 hours, it may be written 1030.
    return Value(span, amount, Kind.TIME, digits=True, others=(other, hour * 100 + minute), parts=_parts(text, span))


def _decimal(text: str, span: Span) -> Value:
    """1.5, ١٫٥ or 12,5; with a comma it may be a list (3,4) and with a full stop a time (10.30)."""
    units, mark, rest = re.split(r"([.,٫])", text)
    amount = whole(Fraction(int(units + rest), 10 ** len(rest)))
    value = Value(span, amount, digits=True, parts=_parts(text, span))
    if mark == "." and len(rest) == 2 and len(units) <= 2 and int(rest) < 60:
        return value.also(whole(Fraction(int(units) * 60 + int(rest), 60)))
    return value


def _grouped(text: str, span: Span, by: str) -> Value:
    head, _, tail = text.rpartition(by)
    rest = re.search(r"[.,٫](\d+)$", tail)
    digits = _join(text[: len(text) - len(rest[0])] if rest else text)
    amount = whole(Fraction(int(digits + (rest[1] if rest else "")), 10 ** (len(rest[1]) if rest else 0)))
    decimal = whole(Fraction(int(digits), 1000))
    # "1.300" and "1,300" may be a number with three decimals, but nobody writes "300.000" for 300.
    ambiguous = by in ".," and by not in head and not rest and not isinstance(decimal, int)
    if by == "." and ambiguous:
        return Value(span, decimal, digits=True, others=(amount,))
    others = (decimal,) if ambiguous else ()
    parts = _parts(text, span) if by in _SPACES or by == "،" else ()
    value = Value(span, amount, digits=True, others=others, parts=parts)
    return value.also(_turned(text, span).amount) if by in _SPACES and tail[0] != "0" else value


def _turned(text: str, span: Span) -> Value:
    """Groups of thousands that were typed in the order in which a right-to-left line shows them: "500 1" is 1 500."""
    groups = _ROW.findall(text)
    return Value(span, int("".join(reversed(groups))), digits=True, parts=_parts(text, span))


def _join(text: str) -> str:
    return "".join(_ROW.findall(text))


def _parts(text: str, span: Span) -> tuple[Value, ...]:
    return tuple(
        Value(Span(span.start + row.start(), span.start + row.end()), int(row[0]), digits=True)
        for row in _ROW.finditer(text)
    )
