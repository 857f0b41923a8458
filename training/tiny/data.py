"""Reads the parallel text, cleans it, and sets the held-out sentences apart from the training sentences."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rules import make_pairs

TEST_LINES = 500
DEV_LINES = 300
RULE_PAIRS = 5000
SEED = 20261122

# Tanween, short vowels, shadda, sukun, dagger alef; tatweel; then marks of direction, which no reader sees.
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_TO_ASCII_DIGITS = {ord(a): str(i % 10) for i, a in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_TO_ARABIC_DIGITS = {ord(str(i)): a for i, a in enumerate("٠١٢٣٤٥٦٧٨٩")}
_PERSIAN_LETTERS = {ord("ی"): "ي", ord("ک"): "ك"}


@dataclass(frozen=True)
class Pair:
    """One English sentence and its Arabic translation."""

    en: str
    ar: str

    def oriented(self, direction: str) -> tuple[str, str]:
        """(source, target) for `direction` "en-ar" or "ar-en"."""
        return (self.en, self.ar) if direction == "en-ar" else (self.ar, self.en)


@dataclass(frozen=True)
class Corpus:
    """The three parts; no normalised sentence of `test` or `dev` occurs in `train`, in either language."""

    train: tuple[Pair, ...]
    dev: tuple[Pair, ...]
    test: tuple[Pair, ...]


def clean_english(text: str) -> str:
    """NFKC, no invisible marks, single spaces."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def clean_arabic(text: str) -> str:
    """As `clean_english`, and no diacritics, no tatweel, ASCII digits, Arabic punctuation, "و" joined to its word."""
    text = _ARABIC_MARKS.sub("", clean_english(text)).translate(_TO_ASCII_DIGITS | _PERSIAN_LETTERS)
    text = re.sub(r"(?<=[\u0621-\u064a ]),", "،", text).replace("?", "؟").replace(";", "؛")
    text = re.sub(r"\s+([.،؟!؛:])", r"\1", text)
    return " ".join(re.sub(r"(?<= )و (?=[\u0621-\u064a])", "و", text).split())


def _read(folder: Path) -> list[Pair]:
    """The cleaned pairs of en.txt and ar.txt in `folder`, in order, without empty or lopsided ones."""
    sides = [(folder / name).read_text(encoding="utf-8").splitlines() for name in ("en.txt", "ar.txt")]
    pairs = (Pair(clean_english(en), clean_arabic(ar)) for en, ar in zip(*sides, strict=True))
    arabic = re.compile("[\u0621-\u064a]")
    return [p for p in pairs if p.en and arabic.search(p.ar) and 0.2 < len(p.ar) / len(p.en) < 4]


def _key(text: str) -> str:
    """What makes two sentences the same: their letters and digits, whatever the case, spacing or punctuation."""
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _groups(pairs: list[Pair]) -> list[list[Pair]]:
    """Pairs joined whenever they share an English or an Arabic sentence (connected components), in a fixed order."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for pair in pairs:
        parent[root("en " + _key(pair.en))] = root("ar " + _key(pair.ar))
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in dict.fromkeys(pairs):
        groups[root("en " + _key(pair.en))].append(pair)
    return sorted(groups.values(), key=lambda group: (group[0].en, group[0].ar))


def _with_source_digits(pair: Pair, rng: random.Random, direction: str) -> Pair:
    """For Arabic sources, writes some numbers in Arabic digits and some quotation marks in other shapes."""
    if direction == "en-ar":
        return pair
    text = pair.ar.translate(_TO_ARABIC_DIGITS) if rng.random() < 0.2 else pair.ar
    if text.count('"') == 2 and rng.random() < 0.5:
        opening, closing = rng.choice(("«»", "“”"))
        text = text.replace('"', opening, 1).replace('"', closing, 1)
    return Pair(pair.en, text)


def load(folder: Path, direction: str) -> Corpus:
    """Tatoeba (held-out groups set apart), TICO-19 and the rule-made pairs.

    Args:
        folder: holds tatoeba-train/ and tico19-tm/, each with en.txt and ar.txt.
        direction: "en-ar" or "ar-en".

    Raises:
        FileNotFoundError: when one of the four files is missing.
    """
    rng = random.Random(SEED)
    groups = _groups(_read(folder / "tatoeba-train"))
    rng.shuffle(groups)
    held: list[Pair] = []
    train: list[Pair] = []
    for group in groups:
        # One line of each held-out group is used, the rest of the group is dropped: 500 different sentences.
        if len(held) < TEST_LINES + DEV_LINES and len(group) <= 3:
            held.append(group[0])
        else:
            train.extend(group)
    seen = {_key(p.en) for p in held} | {_key(p.ar) for p in held}
    rules = [Pair(en, clean_arabic(ar)) for en, ar in make_pairs(RULE_PAIRS, SEED)]
    train += _read(folder / "tico19-tm") + [_with_source_digits(p, rng, direction) for p in rules]
    train = [p for p in train if _key(p.en) not in seen and _key(p.ar) not in seen]
    return Corpus(tuple(train), tuple(held[TEST_LINES:]), tuple(held[:TEST_LINES]))
