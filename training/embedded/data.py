"""The parallel text that the adapter learns from: read, cleaned, cut to sentences; and a record of what it was."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rules import make_pairs
from sentencex import segment

from translate.engines.embedded_pieces import BEGIN, NEWLINE, Pieces
from translate.quality import decency

# Marks of direction and width that no reader sees; tatweel, which only stretches a word.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u0640]")
_VOWELS = re.compile("[\u064b-\u0652\u0670]")
_SPACED = re.compile(" ([،؟؛])")
# What UTF-8 looks like after it was taken for Windows-1252; a few lines of XQuAD's Arabic have it.
_GARBLED = re.compile("â€|Ã.")
_ARABIC = re.compile("[\u0621-\u064a]")
_NAMES = {"en": "English", "ar": "Arabic"}


@dataclass(frozen=True)
class Pair:
    """One English text and its Arabic translation."""

    en: str
    ar: str


@dataclass(frozen=True)
class Corpus:
    """A folder of parallel text, and its licence."""

    name: str
    licence: str


@dataclass(frozen=True)
class Example:
    """What the model reads and learns: `ids` are the prompt's pieces and the answer's, which begins at `start`."""

    ids: tuple[int, ...]
    start: int


# FLORES is not here: it is what the adapter is chosen and measured by.
CORPORA = (
    Corpus("ntrex-dev", "CC BY-SA 4.0"),
    Corpus("tico19-tm", "CC0"),
    Corpus("xquad", "CC BY-SA 4.0"),
    Corpus("tatoeba-train", "CC BY 2.0 FR"),
    Corpus("debian-handbook", "CC BY-SA 3.0"),  # see handbook.py
)
TIMES = {
    "ntrex-dev": 1.0,
    "tico19-tm": 1.0,
    "xquad": 1.0,
    "debian-handbook": 0.25,
    "tatoeba-train": 0.5,
    "tatoeba-short": 0.12,
    "rules": 1.0,
}
"""How many times a pass over the data goes through each part of it; 0.5: through half of it, another half each time."""
RULE_PAIRS = 4000
SEED = 20261122
# Pairs of Tatoeba whose English is shorter than this are everyday phrases ("I'm tired."), a part of their own.
_SHORT = 40


def clean(text: str) -> str:
    """NFC, nothing invisible, single spaces; Arabic with most vowels written loses them, as the news writes none."""
    text = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())
    text = _SPACED.sub(r"\1", text)
    if len(_VOWELS.findall(text)) > 0.15 * len(_ARABIC.findall(text)):
        text = _VOWELS.sub("", text)
    return text


def read(folder: Path) -> list[Pair]:
    """The cleaned pairs of en.txt and ar.txt in `folder`, without repeated, empty, lopsided or obscene ones."""
    sides = [(folder / name).read_text(encoding="utf-8").splitlines() for name in ("en.txt", "ar.txt")]
    pairs = (Pair(clean(en), clean(ar)) for en, ar in zip(*sides, strict=True))
    return [pair for pair in dict.fromkeys(pairs) if _is_sound(pair)]


def _is_sound(pair: Pair) -> bool:
    if not pair.en or not _ARABIC.search(pair.ar) or _GARBLED.search(pair.ar):
        return False
    printable = decency.is_printable(pair.en, "en") and decency.is_printable(pair.ar, "ar")
    return printable and 0.3 < len(pair.ar) / len(pair.en) < 2.5


def sentences(pair: Pair) -> list[Pair]:
    """A paragraph's sentences, where both sides fall into as many of like length; the paragraph itself otherwise."""
    english, arabic = _split("en", pair.en), _split("ar", pair.ar)
    if len(english) != len(arabic):
        return [pair]
    parts = [Pair(en, ar) for en, ar in zip(english, arabic, strict=True)]
    alike = all(0.4 < len(part.ar) / len(part.en) < 1.8 for part in parts)
    return parts if alike else [pair]


def _split(language: str, text: str) -> list[str]:
    return [sentence.strip() for sentence in segment(language, text) if sentence.strip()]


def load(folder: Path) -> dict[str, list[Pair]]:
    """The pairs by their part of the mixture (the names of `TIMES`). FileNotFoundError where a corpus is missing."""
    parts = {corpus.name: read(folder / corpus.name) for corpus in CORPORA}
    for name in ("xquad", "debian-handbook"):
        parts[name] = [part for pair in parts[name] for part in sentences(pair)]
    tatoeba = parts["tatoeba-train"]
    parts["tatoeba-train"] = [pair for pair in tatoeba if len(pair.en) >= _SHORT]
    parts["tatoeba-short"] = [pair for pair in tatoeba if len(pair.en) < _SHORT]
    parts["rules"] = [Pair(en, ar) for en, ar in make_pairs(RULE_PAIRS, SEED)]
    return parts


def record(folder: Path) -> list[dict[str, str]]:
    """What the data was: name, licence, and the SHA-256 of both files, for each corpus."""
    rows = []
    for corpus in CORPORA:
        files = {file: (folder / corpus.name / file).read_bytes() for file in ("en.txt", "ar.txt")}
        hashes = {file: hashlib.sha256(content).hexdigest() for file, content in files.items()}
        rows.append({"name": corpus.name, "licence": corpus.licence, **hashes})
    return rows


def examples(pairs: Sequence[Pair], pieces: Pieces, index: dict[str, int], longest: int) -> list[Example]:
    """Both directions of each pair, in the engine's prompt; those with more than `longest` pieces are left out."""
    made = []
    for pair in pairs:
        sides = {"en": pair.en, "ar": pair.ar}
        for source, target in (("en", "ar"), ("ar", "en")):
            prompt = pieces.encode(f"{_NAMES[source]}: {sides[source]}\n{_NAMES[target]}:")
            answer = [*pieces.encode(" " + sides[target]), NEWLINE]
            if 1 + len(prompt) + len(answer) <= longest:
                ids = tuple(index[piece] for piece in (BEGIN, *prompt, *answer))
                made.append(Example(ids, 1 + len(prompt)))
    return made
