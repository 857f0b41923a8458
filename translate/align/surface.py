"""What two words share on the surface: a number, a Latin spelling, a punctuation mark, or the sound of a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# A cosine is at most 1, so a certain match (1.0 on top) outweighs any other word, and 0.5 against leaves the model's
# word where all candidates are equally unlikely. A name that only sounds alike adds up to `_SOUND`.
_CERTAIN = 1.0
_CLASH = -0.5
_SOUND = 0.3
_SOUND_FLOOR = 0.6

_NUMBER = re.compile(r"(\d+(?:[.,٫٬]\d+)*)(\D{0,8})", re.UNICODE)
_MARKS = {
    **dict.fromkeys("،,", ","),
    **dict.fromkeys("؛;", ";"),
    **dict.fromkeys("؟?", "?"),
    **dict.fromkeys("۔.…", "."),
    **dict.fromkeys('"“”„«»‹›', '"'),
    **dict.fromkeys("'‘’‚`", "'"),
    **dict.fromkeys("-‐‑‒–—―−", "-"),
    **dict.fromkeys("%٪", "%"),
}
_VOWEL_SIGNS = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")

# Our own romanisation, coarse on purpose: one letter for all that are written for one another in newspapers. Vowels,
# hamza and ayn have no letter; "h" comes and goes at the end of names, so it is left out there.
_ARABIC_SOUNDS = {
    **dict.fromkeys("بپ", "b"),
    **dict.fromkeys("تثطة", "t"),
    **dict.fromkeys("جغگ", "g"),
    **dict.fromkeys("حه", "h"),
    **dict.fromkeys("خكقک", "k"),
    **dict.fromkeys("دذض", "d"),
    **dict.fromkeys("رړ", "r"),
    **dict.fromkeys("زظژ", "z"),
    **dict.fromkeys("سص", "s"),
    **dict.fromkeys("شچ", "x"),
    **dict.fromkeys("فڤ", "f"),
    **dict.fromkeys("ل", "l"),
    **dict.fromkeys("م", "m"),
    **dict.fromkeys("ن", "n"),
}
_LATIN_SOUNDS = {
    **dict.fromkeys("bp", "b"),
    **dict.fromkeys("t", "t"),
    **dict.fromkeys("gj", "g"),
    **dict.fromkeys("h", "h"),
    **dict.fromkeys("kqc", "k"),
    **dict.fromkeys("d", "d"),
    **dict.fromkeys("r", "r"),
    **dict.fromkeys("z", "z"),
    **dict.fromkeys("s", "s"),
    **dict.fromkeys("fv", "f"),
    **dict.fromkeys("l", "l"),
    **dict.fromkeys("m", "m"),
    **dict.fromkeys("n", "n"),
    "x": "ks",
}
_LATIN_GROUPS = (
    (re.compile(r"sch|sh|ch|tch"), "X"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"kh"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
)
# Letters that one script's ear swaps for another's: half an edit.
_NEAR = frozenset(
    frozenset(pair) for pair in ("sz", "sx", "dz", "dt", "gk", "kx", "gx", "hk", "gz", "ts", "tz", "fb", "sk", "gd")
)
_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az)[-‐‑](?=\w)", re.IGNORECASE)
_PROCLITICS = re.compile(r"^(?:[وف]?(?:لل|[بلك]?ال|[بلك])|[وف])(?=\w{2})")


def plain(word: str) -> str:
    """`word` in compatibility form, without vowel signs and tatweel, in lower case."""
    return _VOWEL_SIGNS.sub("", unicodedata.normalize("NFKC", word)).casefold()


@lru_cache(maxsize=65536)
def number(word: str) -> str | None:
    """The number that `word` starts with in normal form ("١٬٣٠٠" and "1,300" are "1300"), or None.

    Up to eight other characters may follow it: an ordinal's ending, a unit.
    """
    found = _NUMBER.fullmatch(word)
    if found is None:
        return None
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in found[1])
    digits = re.sub(r"[,٬](?=\d{3}(?!\d))", "", digits).replace("٫", ".").replace(",", ".")
    whole, _, part = digits.partition(".")
    return (whole.lstrip("0") or "0") + (f".{part.rstrip('0')}" if part.strip("0") else "")


@lru_cache(maxsize=65536)
def mark(word: str) -> str | None:
    """The punctuation mark that `word` is, the same in both scripts, or None if it holds a letter or digit."""
    if any(c.isalnum() for c in word):
        return None
    return _MARKS.get(word, word)


def _skeleton(word: str) -> str:
    """The consonants of one word as they sound, neighbours that repeat once."""
    if "ء" <= word[:1] <= "ۿ":
        sounds = "".join(_ARABIC_SOUNDS.get(c, "") for c in word.removesuffix("ة"))
    else:
        word = "".join(c for c in unicodedata.normalize("NFD", word) if c.isalpha())
        for group, sound in _LATIN_GROUPS:
            word = group.sub(sound, word)
        sounds = "".join("x" if c == "X" else _LATIN_SOUNDS.get(c, "") for c in word)
    sounds = re.sub(r"(.)\1+", r"\1", sounds)
    return sounds[:-1] if len(sounds) > 2 and sounds.endswith("h") else sounds


@lru_cache(maxsize=65536)
def skeletons(word: str) -> tuple[str, ...]:
    """How the consonants of a name may sound: the whole word's, and without article and proclitics."""
    text = plain(word)
    bare = _ARTICLE.sub("", text)
    bare = bare.removesuffix("'s").removesuffix("’s")
    forms = {_skeleton(text), _skeleton(bare), _skeleton(_PROCLITICS.sub("", text))}
    return tuple(sorted(form for form in forms if form))


@lru_cache(maxsize=65536)
def _edits(one: str, other: str) -> float:
    """Edit distance in which letters that sound near one another cost half, and so does an "h"."""
    row = [0.0]
    for letter in other:
        row.append(row[-1] + (0.5 if letter == "h" else 1.0))
    for first in one:
        gone = 0.5 if first == "h" else 1.0
        last, row = row, [row[0] + gone]
        for j, second in enumerate(other):
            swap = 0.0 if first == second else 0.5 if frozenset((first, second)) in _NEAR else 1.0
            row.append(min(last[j] + swap, last[j + 1] + gone, row[j] + (0.5 if second == "h" else 1.0)))
    return row[-1]


@lru_cache(maxsize=65536)
def sound(one: str, other: str) -> float:
    """How alike two names sound, 0 to 1: 1 for "Akram" and "أكرم"; 0 where one has under two consonants."""
    best = 0.0
    for left in skeletons(one):
        for right in skeletons(other):
            longest = max(len(left), len(right))
            if min(len(left), len(right)) >= 2 and 2 * abs(len(left) - len(right)) <= longest:
                best = max(best, 1.0 - _edits(left, right) / longest)
    return best


@lru_cache(maxsize=65536)
def _spelling(word: str) -> str:
    """What two words must share to count as spelled the same, whatever their digits' script."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain(word))


def _is_name(word: str) -> bool:
    return word[:1].isupper()


def _is_arabic(word: str) -> bool:
    return "ء" <= word[:1] <= "ۿ" and word[:1].isalpha()


def agreement(source: Sequence[str], target: Sequence[str]) -> NDArray[np.float32]:
    """What to add to the cosine of every source and target word, from -0.5 to 1; shape (source, target)."""
    score = np.zeros((len(source), len(target)), np.float32)
    for names, others, view in ((source, target, score), (target, source, score.T)):
        sounding = [j for j, word in enumerate(others) if _is_arabic(word)]
        for i, word in enumerate(names):
            if _is_name(word):
                for j in sounding:
                    likeness = sound(word, others[j])
                    view[i, j] = _SOUND * likeness if likeness >= _SOUND_FLOOR else 0.0
    _compare_classes(score, [mark(word) for word in source], [mark(word) for word in target], clash_with_none=True)
    _compare_classes(score, [number(word) for word in source], [number(word) for word in target])
    spellings = [_spelling(word) for word in source], [_spelling(word) for word in target]
    score[np.equal.outer(np.array(spellings[0], object), np.array(spellings[1], object))] = _CERTAIN
    return score


def _compare_classes(
    score: NDArray[np.float32],
    source: Sequence[str | None],
    target: Sequence[str | None],
    clash_with_none: bool = False,
) -> None:
    """Set the score of what has a class (a mark, a number): certain for the same, a clash for another."""
    here = [i for i, value in enumerate(source) if value is not None]
    there = [j for j, value in enumerate(target) if value is not None]
    if clash_with_none:
        score[here, :] = _CLASH
        score[:, there] = _CLASH
    for i in here:
        score[i, there] = [_CERTAIN if source[i] == target[j] else _CLASH for j in there]
