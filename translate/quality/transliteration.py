"""How well an Arabic word writes an English name by its sound: "Akram" is أكرم, and not عامر."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import inf

FAR = 1.0
"""The distance of what does not sound alike at all."""

_VOWEL_SIGNS = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_SAME_ARABIC = str.maketrans("أإآٱىئؤةگکپڤچژۀہی", "ااااييواغكبفجزههي", "ء")
# An Arabic word may begin with "and", "so", "by", "for", "as" and the article, in this order.
_CLITICS = re.compile(r"(?:[وف]?(?:لل|[بكل]?ال|[بكل])|[وف])(?=\w{2})")
_LATIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "e", "œ": "e", "þ": "th"})

# Letters of a name as they sound, longest first; vowels that stand together are one unit.
_UNITS = re.compile(r"tsch|cqu|sch|tch|tsh|sh|ch|th|ph|kh|gh|dh|zh|ts|tz|ck|qu|wh|ng|dj|[aeiouy]+|[b-z]")
_SAME_UNIT = {"tsch": "ch", "sch": "sh", "tch": "ch", "tsh": "sh", "tz": "ts", "ck": "k", "qu": "q", "cqu": "k"}
_VOWELS = frozenset("aeiouy")

# What each unit may be in Arabic letters and at what cost: 0 is usual, 1 is another sound altogether. Written from how
# Arabic newspapers spell, whose countries differ (g is غ, ج, ق or ك).
_COSTS: Mapping[str, Mapping[str, float]] = {
    "b": {"ب": 0},
    "c": {"ك": 0, "س": 0, "ق": 0.1, "ش": 0.3, "ص": 0.2, "ج": 0.4, "ت": 0.3, "خ": 0.5},
    "d": {"د": 0, "ض": 0, "ذ": 0.1, "ظ": 0.2, "ط": 0.4, "ت": 0.4},
    "f": {"ف": 0},
    "g": {"ج": 0, "غ": 0, "ق": 0.1, "ك": 0.1, "خ": 0.3, "ش": 0.5, "ي": 0.4},
    "h": {"ه": 0, "ح": 0, "خ": 0.2, "ع": 0.6},
    "j": {"ج": 0, "ي": 0.1, "خ": 0.1, "د": 0.3, "غ": 0.3, "ش": 0.5, "ه": 0.4, "ز": 0.4},
    "k": {"ك": 0, "ق": 0, "خ": 0.2, "غ": 0.5, "ج": 0.5},
    "l": {"ل": 0},
    "m": {"م": 0},
    "n": {"ن": 0, "م": 0.6},
    "p": {"ب": 0, "ف": 0.7},
    "q": {"ق": 0, "ك": 0, "غ": 0.4, "ش": 0.4, "ج": 0.4},
    "r": {"ر": 0},
    "s": {"س": 0, "ص": 0, "ز": 0.1, "ش": 0.2, "ث": 0.3},
    "t": {"ت": 0, "ط": 0, "ث": 0.3, "د": 0.4, "ش": 0.5},
    "v": {"ف": 0, "ب": 0.1, "و": 0.3},
    "w": {"و": 0, "ف": 0.1},
    "x": {"ك": 0, "ز": 0.2, "س": 0.2, "خ": 0.2, "ش": 0.3, "ق": 0.4},
    "z": {"ز": 0, "ظ": 0, "س": 0.2, "ذ": 0.2, "ت": 0.2, "ض": 0.2, "ص": 0.3, "ش": 0.5},
    "sh": {"ش": 0, "س": 0.4},
    "ch": {"ش": 0, "خ": 0, "ك": 0, "ت": 0.1, "ج": 0.3},
    "th": {"ث": 0, "ذ": 0, "ت": 0, "ط": 0.1, "د": 0.3, "ز": 0.4, "س": 0.4},
    "ph": {"ف": 0, "ب": 0.5},
    "kh": {"خ": 0, "ك": 0.1, "ح": 0.2},
    "gh": {"غ": 0, "ج": 0.1, "ق": 0.2, "ك": 0.3, "ف": 0.2},
    "dh": {"ذ": 0, "ض": 0, "ظ": 0, "د": 0},
    "zh": {"ج": 0, "ز": 0, "ش": 0.1},
    "ts": {"ت": 0, "س": 0.1, "ز": 0.2, "ش": 0.4},
    "wh": {"و": 0},
    "ng": {"ن": 0},
    "dj": {"ج": 0, "د": 0.1},
}
_VOWEL_COSTS: Mapping[str, Mapping[str, float]] = {
    "a": {"ا": 0, "ي": 0.3, "و": 0.3, "ه": 0.1, "ع": 0.05},
    "e": {"ي": 0, "ا": 0.1, "و": 0.4, "ه": 0.2, "ع": 0.3},
    "i": {"ي": 0, "ا": 0.15, "و": 0.6, "ع": 0.2},
    "o": {"و": 0, "ا": 0.1, "ي": 0.5, "ه": 0.3, "ع": 0.1},
    "u": {"و": 0, "ا": 0.1, "ي": 0.3, "ع": 0.2},
    "y": {"ي": 0, "ا": 0.1, "و": 0.6},
}
# Letters that may follow the unit's own: تش for "ch", كس for "x", نج for "ng", تس for "ts".
_TAILS: Mapping[str, str] = {
    "c": "شس",
    "ch": "ش",
    "d": "ه",
    "dj": "ج",
    "g": "ي",
    "j": "ج",
    "ng": "جغكق",
    "q": "و",
    "sh": "ت",
    "t": "ش",
    "u": "و",
    "ts": "سزش",
    "wh": "ه",
    "x": "س",
    "z": "سز",
}
# Consonants that are written and not always said, and the cost of leaving them out.
_SILENT: Mapping[str, float] = {"h": 0.15, "gh": 0.15, "w": 0.35, "r": 0.5, "t": 0.5, "s": 0.5, "x": 0.5, "d": 0.6}
_SILENT_LAST: Mapping[str, float] = {**_SILENT, "h": 0.0, "t": 0.3, "s": 0.3, "x": 0.3, "l": 0.4, "n": 0.6, "gh": 0.0}
_EXTRA: Mapping[str, float] = {"ا": 0.2, "و": 0.25, "ي": 0.2, "ه": 0.3, "ع": 0.25}
_FIRST_VOWEL, _INNER_VOWEL, _LAST_VOWEL, _SILENT_E = 0.6, 0.1, 0.3, 0.0
# Classes of Arabic consonants, a bit each, for a quick look at what two words share.
_BITS = {
    letter: 1 << i for i, group in enumerate(("بف", "تطثدضذظ", "زسصش", "جغقكخ", "ر", "ل", "م", "ن")) for letter in group
}


@dataclass(frozen=True)
class _Sounds:
    """A name's units with what each costs as a letter and left out, and the classes that it surely has or may have."""

    costs: tuple[Mapping[str, float], ...]
    left_out: tuple[float, ...]
    tails: tuple[str, ...]
    sure: int
    possible: int


def letters(word: str) -> str:
    """An Arabic word without vowel signs and with one letter for all that are written for one another (أ, إ and ا)."""
    return _VOWEL_SIGNS.sub("", word).translate(_SAME_ARABIC)


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """The `letters` of an Arabic word: all of them, and without the clitics that it may begin with."""
    whole = letters(word)
    found = [whole]
    clitic = _CLITICS.match(whole)
    if clitic:
        found.append(whole[clitic.end() :])
        if clitic.end() > 1 and whole[0] in "وفبكل":
            found.append(whole[1:])
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65536)
def _classes(stem: str) -> int:
    bits = 0
    for letter in stem:
        bits |= _BITS.get(letter, 0)
    return bits


@lru_cache(maxsize=1024)
def _unit_costs(unit: str) -> Mapping[str, float]:
    if unit[0] not in _VOWELS:
        return _COSTS[unit]
    costs: dict[str, float] = {}
    for vowel in unit:
        for letter, cost in _VOWEL_COSTS[vowel].items():
            costs[letter] = min(cost, costs.get(letter, FAR))
    return costs


def _units(name: str) -> list[str]:
    text = unicodedata.normalize("NFD", name.casefold().translate(_LATIN_LETTERS))
    text = re.sub(r"([^aeiou])\1+", r"\1", "".join(c for c in text if "a" <= c <= "z"))
    return [_SAME_UNIT.get(unit, unit) for unit in _UNITS.findall(text)]


@lru_cache(maxsize=65536)
def _sounds(name: str) -> _Sounds:
    units = _units(name)
    sure = possible = 0
    left_out = []
    for i, unit in enumerate(units):
        if unit[0] in _VOWELS:
            last = _SILENT_E if unit == "e" else _LAST_VOWEL
            left_out.append(_FIRST_VOWEL if i == 0 else last if i == len(units) - 1 else _INNER_VOWEL)
            continue
        left_out.append(_SILENT_LAST.get(unit, FAR) if i == len(units) - 1 else _SILENT.get(unit, FAR))
        bits = _classes("".join(letter for letter, cost in _COSTS[unit].items() if cost <= 0.4))
        possible |= bits | _classes(_TAILS.get(unit, ""))
        if bits & (bits - 1) == 0 and unit not in _SILENT:
            sure |= bits
    tails = tuple("اويه" if len(unit) > 1 and unit[0] in _VOWELS else _TAILS.get(unit, "") for unit in units)
    return _Sounds(tuple(map(_unit_costs, units)), tuple(left_out), tails, sure, possible)


def distance(name: str, stem: str, bound: float = 0.5) -> float:
    """How far `stem` (of `stems`) is from writing `name` (Latin letters), a cost a letter from 0 to `FAR`.

    `FAR` for all beyond `bound`: an edit distance in which letters cost what the tables above say.
    """
    return _distance(_sounds(name), stem, bound)


def writes(name: str, candidates: Iterable[str], bound: float) -> bool:
    """Whether one of `candidates` (of `stems`) is no further than `bound` from writing `name`."""
    sounds = _sounds(name)
    return any(_distance(sounds, stem, bound) <= bound for stem in candidates)


def _distance(sounds: _Sounds, stem: str, bound: float) -> float:
    bits = _classes(stem)
    if ((sounds.sure & ~bits) | (bits & ~sounds.possible)).bit_count() > 1:
        return FAR
    size = max(len(sounds.costs), len(stem))
    if not size or abs(len(sounds.costs) - len(stem)) > size / 2 + 1:
        return FAR
    found = _edits(sounds, stem, bound * size) / size
    return found if found <= bound else FAR


def _edits(sounds: _Sounds, stem: str, limit: float) -> float:
    row = [0.0]
    for letter in stem:
        row.append(row[-1] + _EXTRA.get(letter, FAR))
    for costs, left_out, tail in zip(sounds.costs, sounds.left_out, sounds.tails, strict=True):
        before = row[0]
        value = before + left_out
        row[0] = least = value
        for j, letter in enumerate(stem, 1):
            extra = 0.05 if letter in tail else _EXTRA.get(letter, FAR)
            above = row[j]
            value = min(before + costs.get(letter, FAR), above + left_out, value + extra)
            before, row[j] = above, value
            if value < least:
                least = value
        if least > limit:
            return inf
    return row[-1]
