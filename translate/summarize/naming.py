"""Finds the names in a sentence of a summary, and tells whether a passage of its article has them too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

from translate.document import Span
from translate.quality.name_finder import names
from translate.quality.name_tables import Entry, arabic_words, is_title, table, tokens
from translate.quality.phrases import words
from translate.quality.transliteration import letters, stems
from translate.summarize.lexicon import exact

_ARABIC_WORD = re.compile(r"[\u0621-\u065f\u066e-\u06d3]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENS = re.compile(r"(?:^|[.!?:;…“”\"«»(\[•]|[-–—]\s)\s*[\"“«'‘(\[]*$")
_JOINED = re.compile(r"[ \u00a0]|\.? |[-‐‑]")
_WITH_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)")
# Words that English writes with a capital and that name nobody.
_NO_NAMES = frozenset(("I", "I'm", "I've", "I'd", "I'll"))
# Shorter beginnings of table entries begin too many other Arabic words.
_SURE = 4
_PLACES = ("countries", "cities", "bodies")


@dataclass(frozen=True)
class NameRun:
    """Names that stand side by side, "Samir Haddad": where, and the parts of it."""

    span: Span
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """Sentences of an article in which names are looked up."""

    text: str
    language: str

    @cached_property
    def forms(self) -> frozenset[str]:
        """All of its words, as `_key` makes them alike."""
        return frozenset(form for word in _words(self.text, self.language) for form in _keys(word, self.language))

    @cached_property
    def entries(self) -> frozenset[int]:
        """The entries of the tables that it names, by identity: "Syria" and "Syrian" are one."""
        if self.language == "en":
            return frozenset(id(name.entry) for name in names(self.text) if name.entry is not None)
        return frozenset(id(entry) for word in _words(self.text, self.language) if (entry := _arabic_entry(word)))

    @cached_property
    def flat(self) -> str:
        """Its words in a row, each with a space before and behind it."""
        return f" {' '.join(_key(word, self.language) for word in _words(self.text, self.language))} "

    @cached_property
    def initials(self) -> str:
        """The first letters of its words with capitals, in order, so that acronyms can be found."""
        return "".join(word[0] for word in _words(self.text, self.language) if word[0].isupper())

    def has(self, part: str) -> bool:
        """Whether it has a word, or another form of the same entry of the tables, or what an acronym stands for."""
        if not self.forms.isdisjoint(_keys(part, self.language)):
            return True
        entry = _entry(part, self.language)
        if entry is not None and id(entry) in self.entries:
            return True
        letters_only = part.replace(".", "")
        return len(letters_only) > 2 and letters_only.isupper() and letters_only in self.initials

    def says(self, run: NameRun) -> bool:
        """Whether it has all parts of a name in that order, side by side."""
        return f" {' '.join(_key(part, self.language) for part in run.parts)} " in self.flat


def name_runs(text: str, language: str, known: Iterable[str] = ()) -> tuple[NameRun, ...]:
    """The names of a sentence in English ("en") or Arabic ("ar"), those side by side as one, in order.

    English has them by table, by capital and as words that are no plain ones; also days, months and offices, as all of
    them have capitals. Arabic has them by table, by a list of people's names, by what stands before them (a name, a
    title, a kind of place), and where a word is one of `known`: names of this article.
    """
    spans = _english(text) if language == "en" else _arabic(text, frozenset(known)) if language == "ar" else []
    runs: list[list[Span]] = []
    for span in spans:
        if runs and _JOINED.fullmatch(text[runs[-1][-1].end : span.start]):
            runs[-1].append(span)
        else:
            runs.append([span])
    return tuple(NameRun(Span(run[0].start, run[-1].end), tuple(span.of(text) for span in run)) for run in runs)


def name_words(text: str, language: str) -> frozenset[str]:
    """The words of a name as `name_runs` takes them for `known`; no Arabic ones that are frequent ("المحافظ")."""
    found = (word for word in _words(text, language) if language != "ar" or _is_rare(word))
    return frozenset(_key(word, language) for word in found)


def _english(text: str) -> list[Span]:
    """Names by table or by being no plain word, and whatever has a capital where no sentence begins."""
    found = [name.span for name in names(text)]
    for match in tokens(text):
        word = _POSSESSIVE.sub("", match[0])
        span = Span(match.start(), match.start() + len(word))
        capital = word[:1].isupper() and word not in _NO_NAMES and not is_title(word)
        if capital and not _OPENS.search(text[: span.start]) and not any(span.overlaps(other) for other in found):
            found.append(span)
    return sorted(_split(text, found))


def _split(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Each word of names of several words by itself; small words within them name nobody."""
    for span in spans:
        for match in tokens(span.of(text)):
            if match[0][0].isupper():
                yield Span(span.start + match.start(), span.start + match.start() + len(_POSSESSIVE.sub("", match[0])))


def _arabic(text: str, known: frozenset[str]) -> list[Span]:
    """Names by table, list or `known`, and rare words right behind a person's name or a noun that introduces one."""
    found: list[Span] = []
    introduced = _introduced(text)
    before: re.Match[str] | None = None
    for match in _ARABIC_WORD.finditer(text):
        word = match[0]
        beside = before is not None and text[before.end() : match.start()] == " "
        follows = beside and before is not None and _is_listed(before[0], known)
        likely = (follows or match.start() in introduced) and _is_rare(word)
        if likely or _is_listed(word, known) or _arabic_entry(word) is not None:
            found.append(Span(*match.span()))
        before = match
    return found


def _is_listed(word: str, known: frozenset[str]) -> bool:
    """Whether a word is a person's name, by the list or by the article."""
    return _key(word, "ar") in known or not _people().isdisjoint(stems(word))


def _introduced(text: str) -> frozenset[int]:
    """Where words begin that stand right behind a title or a kind of place ("مدينة", not "المدينة")."""
    found = words(text)
    matches = exact("naming", "ar", "place", "title").find(found)
    ends = [one.last + 1 for one in matches if one.value == "title" or not _WITH_ARTICLE.match(found[one.last].form)]
    return frozenset(
        found[index].start
        for index in ends
        if index < len(found) and text[found[index - 1].end : found[index].start] == " "
    )


def _is_rare(word: str) -> bool:
    return arabic_words().isdisjoint(stems(word))


@lru_cache(maxsize=65536)
def _arabic_entry(word: str) -> Entry | None:
    """The entry of the tables of places and bodies that an Arabic word surely names, if it is one."""
    if not _is_rare(word):
        return None
    whole, begun = _places()
    for stem in stems(word):
        if len(stem) >= _SURE and stem in whole:
            return whole[stem]
        for size in range(len(stem), _SURE - 1, -1):
            if stem[:size] in begun:
                return begun[stem[:size]]
    return None


def _entry(part: str, language: str) -> Entry | None:
    if language == "ar":
        return _arabic_entry(part)
    # A text of one word has no names, so it gets company.
    return next((name.entry for name in names(f"in {part}") if name.entry is not None), None)


@lru_cache(maxsize=1)
def _places() -> tuple[dict[str, Entry], dict[str, Entry]]:
    """The Arabic words of the tables, whole ones and beginnings, with their entries."""
    entries = [entry for kind in _PLACES for entry in table(kind)]
    return (
        {form: entry for entry in entries for form in entry.whole},
        {form: entry for entry in entries for form in entry.begun},
    )


@lru_cache(maxsize=1)
def _people() -> frozenset[str]:
    text = (resources.files("translate") / "data" / "names" / "arabic_people.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(letters(word) for line in lines for word in line.split()) - arabic_words()


def _words(text: str, language: str) -> list[str]:
    if language == "ar":
        return [match[0] for match in _ARABIC_WORD.finditer(text)]
    return [_POSSESSIVE.sub("", match[0]) for match in tokens(text)]


def _key(word: str, language: str) -> str:
    """A word so that all of its spellings are one."""
    return min(stems(word), key=len) if language == "ar" else _POSSESSIVE.sub("", word).replace(".", "").casefold()


def _keys(word: str, language: str) -> frozenset[str]:
    """What a word may be alike by: its Arabic stems; in English itself and its singular."""
    if language == "ar":
        return frozenset(stem.removesuffix("ا").removesuffix("ي") for stem in stems(word))
    key = _key(word, language)
    return frozenset((key, key.removesuffix("s")))
