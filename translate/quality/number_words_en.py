"""The English words for numbers, by what they do in a number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from translate.quality.values import Amount


def _counted(words: str, first: int, step: int = 1) -> dict[str, int]:
    """The words in order, worth `first`, `first + step` and so on."""
    return {word: first + step * index for index, word in enumerate(words.split())}


UNITS: Mapping[str, int] = _counted("one two three four five six seven eight nine", 1)
_TEENS = _counted("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
_TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
SMALL: Mapping[str, int] = {**UNITS, **_TEENS, **_TENS}
"""1 to 90, in one word."""
SCALES: Mapping[str, int] = {
    "dozen": 12,
    "thousand": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
LETTER_SCALES: Mapping[str, int] = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
"""Glued to digits: 40k. A letter may stand for a unit as well (5m, 3b)."""

UNIT_ORDINALS: Mapping[str, int] = _counted("first second third fourth fifth sixth seventh eighth ninth", 1)
GREAT_ORDINALS: Mapping[str, int] = {"hundredth": 100, "thousandth": 10**3, "millionth": 10**6, "billionth": 10**9}
ORDINALS: Mapping[str, int] = {
    **UNIT_ORDINALS,
    **_counted(
        "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth", 10
    ),
    **_counted("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10),
    **GREAT_ORDINALS,
}
DECADES: Mapping[str, int] = _counted("twenties thirties forties fifties sixties seventies eighties nineties", 20, 10)
PARTS: Mapping[str, int] = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
    **{f"{word}s": below for word, below in ORDINALS.items() if below > 2},
}
"""What is counted in fractions, by its denominator."""

_LOOSE_WORDS: Mapping[tuple[Amount, ...], str] = {
    (0,): "zero nil",
    (1,): "once single",
    (2,): "twice both couple pair pairs double doubled doubles doubling dual twin twins either duo duet brace twosome"
    " twofold bilateral",
    (3,): "thrice threesome threefold trilogy triplets trilateral tripartite trimester trimesters triad trio triple"
    " tripled triples tripling treble trebled",
    (4,): "foursome foursomes fourball fourballs fourfold quadruple quadrupled quartet",
    (5,): "fivefold quintet",
    (6,): "sixfold",
    (10,): "tenfold decade",
    (12,): "noon midday",
    (100,): "century centenary",
    (1000,): "millennium millennia",
    (2, 14): "fortnight",
    (12, 0, 24): "midnight",
}
LOOSE: Mapping[str, tuple[Amount, ...]] = {
    word: amounts for amounts, words in _LOOSE_WORDS.items() for word in words.split()
}
"""What may say a number and may not, or may come without one in the other language."""
VAGUE: Mapping[str, int] = {
    "tens": 10,
    "dozens": 10,
    "hundreds": 100,
    "thousands": 10**3,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
}
MULTIPLES: Mapping[str, int] = {"decades": 10, "centuries": 100, "millennia": 1000, "weeks": 7}
"""What a counted unit holds of the next smaller one that is counted in."""
MONTHS: Mapping[str, int] = {
    **_counted("january february march april may june july august september october november december", 1),
    **_counted("jan feb mar apr may jun jul aug sep oct nov dec", 1),
    "sept": 9,
}

STARTS = frozenset({*SMALL, *SCALES, "hundred"})
"""What a cardinal begins with."""
KNOWN = frozenset({*STARTS, *ORDINALS, *DECADES, *PARTS, *LOOSE, *VAGUE})
"""Every number word."""

ROMAN = re.compile(r"\b(?:[IVXL]{2,}|V)(?:th)?\b")
"""What may be a Roman numeral; "I" and "X" by themselves are not."""
_ROMAN_NUMBER = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}


def roman(word: str) -> int:
    """The number of a Roman numeral from II to LXXXIX, with or without "th"; 0 for any other word."""
    if ROMAN.fullmatch(word) is None:
        return 0
    numeral = word.removesuffix("th")
    if _ROMAN_NUMBER.fullmatch(numeral) is None:
        return 0
    digits = [_ROMAN_DIGITS[letter] for letter in numeral]
    return sum(-one if one < two else one for one, two in zip(digits, [*digits[1:], 0], strict=True))
