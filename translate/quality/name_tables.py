"""Reads the tables of names whose Arabic is known (countries, cities, bodies and others), and of plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from translate.quality.transliteration import letters

KINDS = ("countries", "cities", "bodies", "words")
"""The tables, each a file of translate/data/names."""

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_ARTICLE = re.compile(r"^ال(?=\w{3})")
_DOUBLED = re.compile(r"(.)\1$")


@dataclass(frozen=True)
class Entry:
    """A thing with names in both languages: what English says, and what Arabic may say of it.

    `whole` are Arabic words as they stand, `begun` what an Arabic word may begin with, `phrases` several words; all in
    `transliteration.letters`, without article. With none of the three nothing can be said of its Arabic.
    """

    kind: str
    english: tuple[str, ...]
    whole: frozenset[str]
    begun: tuple[str, ...]
    phrases: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether anything is known of its Arabic."""
        return bool(self.whole or self.begun or self.phrases)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The words of an English text, initials with their stops ("U.N.") as one."""
    return _TOKEN.finditer(text)


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    """For the first token of every English form in the tables: the whole forms, longest first, with their entries."""
    found: dict[str, dict[tuple[str, ...], Entry]] = {}
    for kind in KINDS:
        for entry in table(kind):
            for form in entry.english:
                words = tuple(match[0] for match in tokens(form))
                forms = found.setdefault(words[0], {})
                forms[words] = _both(forms[words], entry) if words in forms else entry
    return {first: tuple(sorted(forms.items(), key=lambda item: -len(item[0]))) for first, forms in found.items()}


@lru_cache(maxsize=len(KINDS))
def table(kind: str) -> tuple[Entry, ...]:
    """The entries of one of `KINDS`."""
    return tuple(_entry(kind, *line.split("\t")) for line in _lines(f"{kind}.tsv"))


@lru_cache(maxsize=65536)
def is_plain(word: str) -> bool:
    """Whether English writes `word`, or a word that it is made from, in small letters too."""
    small = word.casefold()
    prefix = _PREFIX.match(small)
    forms = {small, small[prefix.end() :]} if prefix else {small}
    for _ in range(_STEPS):
        if not forms.isdisjoint(_plain_words()):
            return True
        forms = {lemma for form in forms for lemma in lemmas(form)}
    return False


def is_given_name(word: str) -> bool:
    """Whether `word` is a first name, after which another capitalised word is a name."""
    return word in _given_names()


def is_also_name(word: str) -> bool:
    """Whether `word`, though a plain word, is a name where it has a capital within a sentence."""
    return word in _also_names()


def is_title(word: str) -> bool:
    """Whether `word` says that a capitalised word after it is somebody's name."""
    return word.rstrip(".") in _TITLES


def is_place(word: str) -> bool:
    """Whether `word` says what kind of place or body a name before it names ("Victoria Falls")."""
    return word in _PLACES


def lemmas(word: str) -> tuple[str, ...]:
    """What a small-letter English word may be a form of, by its ending; far from all of them are words."""
    found: list[str] = []
    for ending, stands_for in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: -len(ending)]
            found.extend(stem + other for other in stands_for)
            if ending in ("ed", "ing", "er", "est") and _DOUBLED.search(stem):
                found.append(stem[:-1])
    return tuple(lemma for lemma in found if len(lemma) > 2)


# "Organisers" is two steps from "organize".
_STEPS = 6
_PREFIX = re.compile(
    r"(?:anti|auto|bio|counter|cyber|dis|eco|electro|geo|hyper|inter|micro|mid|mini|mis|mono|multi|nano|neo|neuro|non|out"
    r"|over|photo|physio|poly|post|pre|pro|pseudo|psycho|re|retro|semi|socio|sub|super|tele|thermo|trans|ultra|un|under|uni"
    r"|up)(?=\w{4})"
)
_ENDINGS = (
    ("s", ("",)),
    ("es", ("",)),
    ("ies", ("y",)),
    ("ed", ("", "e")),
    ("ied", ("y",)),
    ("ing", ("", "e")),
    ("ly", ("",)),
    ("er", ("", "e")),
    ("est", ("", "e")),
    ("ness", ("",)),
    ("ism", ("", "e", "y")),
    ("ist", ("", "e", "y", "ism", "ology")),
    ("ity", ("", "e")),
    ("ally", ("al", "")),
    ("ily", ("y",)),
    ("able", ("", "e")),
    ("al", ("", "e", "y")),
    ("ic", ("", "e", "y", "ics")),
    ("ical", ("y", "ic")),
    ("ization", ("ize",)),
    ("ize", ("", "e", "y")),
    ("less", ("",)),
    ("ment", ("",)),
    ("ous", ("", "e", "y")),
    ("tion", ("t", "te")),
    ("man", ("",)),
    ("men", ("man",)),
    ("ship", ("",)),
    ("hood", ("",)),
    ("our", ("or",)),
    ("ours", ("or",)),
    ("tre", ("ter",)),
    ("tres", ("ter",)),
    ("isation", ("ization",)),
    ("isations", ("ization",)),
    ("ise", ("ize",)),
    ("ised", ("ize",)),
    ("ising", ("ize",)),
)


_TITLES = frozenset("Mr Mrs Ms Miss Dr Sir Lord Judge Justice Capt Captain Sgt Sergeant Rev".split())

_PLACES = frozenset(
    "Academy Airport Avenue Bay Beach Bridge Castle Cathedral Center Centre Church Clinic College Company "
    "County Court Creek Day Desert District Falls Foundation Gallery Garden Gardens Group Hall Hospital "
    "Hotel House Hurricane Island Islands Institute Lake Library Memorial Mountain Mountains Museum "
    "Palace Park Prison Prize River Road School Square Stadium Station Storm Street Temple Theater "
    "Theatre Tower Trophy University Valley Village".split()
)


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(_lines("given.txt"))


@lru_cache(maxsize=1)
def arabic_words() -> frozenset[str]:
    """Frequent Arabic words that are no names, in `transliteration.letters`, mostly without clitics."""
    return frozenset(_lines("arabic.txt"))


@lru_cache(maxsize=1)
def _also_names() -> frozenset[str]:
    return frozenset((*_lines("also.txt"), *_given_names()))


@lru_cache(maxsize=1)
def _plain_words() -> set[str]:
    # Imported here: unpacking its quarter of a million words takes a while. Its names have capitals and do no harm.
    from english_words import get_english_words_set

    listed: set[str] = get_english_words_set(["web2"])
    return listed.union(_lines("modern.txt"))


def _lines(name: str) -> Iterator[str]:
    text = (resources.files("translate") / "data" / "names" / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _entry(kind: str, english: str, arabic: str) -> Entry:
    forms = [letters(_ARTICLE.sub("", form)) for form in arabic.split("|") if form]
    words = [form for form in forms if " " not in form]
    return Entry(
        kind,
        tuple(english.split("|")),
        frozenset(form for form in words if not form.endswith("*")),
        tuple(form[:-1] for form in words if form.endswith("*")),
        tuple(form.rstrip("*") for form in forms if " " in form),
    )


def _both(one: Entry, other: Entry) -> Entry:
    """What two lines say of one form: its Arabic is what either says."""
    return Entry(one.kind, one.english, one.whole | other.whole, one.begun + other.begun, one.phrases + other.phrases)
