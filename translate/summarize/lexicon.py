"""Reads the word lists of translate/data/lexicons and finds their entries in a text, in whatever form they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Generic, TypeVar

from translate.document import Span
from translate.quality.phrases import Word, lists, words
from translate.summarize.types import Loaded, LoadedEntry

T = TypeVar("T")

_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي"})
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")
_ARTICLE = "ال"
_PRONOUNS = ("ه", "ها", "هم", "هن", "هما", "نا", "ي", "ك", "كم")
_SHORTEST = 2


@dataclass(frozen=True)
class Match(Generic[T]):
    """An entry that was found: the words [first, last] that it covers, and what the list says of it."""

    first: int
    last: int
    value: T


class Matcher(Generic[T]):
    """Phrases of one language with a value each, found by whole words; Arabic ones behind clitics and article, too."""

    def __init__(self, language: str) -> None:
        self._arabic = language == "ar"
        self._by_first: dict[str, dict[tuple[str, ...], T]] = {}

    def add(self, phrase: str, value: T) -> None:
        """Let `phrase` mean `value`."""
        first, *rest = (folded(word.form) for word in words(phrase))
        self._by_first.setdefault(first, {})[tuple(rest)] = value

    def derive(self, forms: Iterable[str], value: T) -> None:
        """Let forms made by rule, folded, mean `value`, too; one that is there already keeps its own."""
        for form in forms:
            # Arabic forms are single words; taking them apart would be most of the time that loading takes.
            first, *rest = (form,) if self._arabic else (word.form for word in words(form))
            self._by_first.setdefault(first, {}).setdefault(tuple(rest), value)

    def find(self, text: Sequence[Word]) -> Iterator[Match[T]]:
        """The entries among the words of a text, in order, none within another; the longest where several begin."""
        forms = [folded(word.form) for word in text]
        free = 0
        for index, form in enumerate(forms):
            if index < free:
                continue
            found = self._longest(forms, index, form)
            if found is not None:
                yield found
                free = found.last + 1

    def _longest(self, forms: Sequence[str], index: int, form: str) -> Match[T] | None:
        best: Match[T] | None = None
        for stem in stems(form) if self._arabic else (form,):
            for rest, value in self._by_first.get(stem, {}).items():
                last = index + len(rest)
                if (best is None or last > best.last) and tuple(forms[index + 1 : last + 1]) == rest:
                    best = Match(index, last, value)
        return best


def folded(form: str) -> str:
    """A word's form with the letters that Arabic writers use for one another made one."""
    return form.translate(_ALIKE)


@lru_cache(maxsize=65536)
def stems(form: str) -> tuple[str, ...]:
    """An Arabic word as it stands and without each of the clitics that it may begin with, the article last."""
    found = [form]
    for conjunction in _CONJUNCTIONS:
        if not form.startswith(conjunction):
            continue
        bare = form[len(conjunction) :]
        for preposition in _PREPOSITIONS:
            if bare.startswith(preposition):
                stem = bare[len(preposition) :]
                # "لل" is "ل" before the article, whose alef is not written.
                whole = _ARTICLE + stem[1:] if preposition == "ل" and stem.startswith("ل") else stem
                found += [whole, whole.removeprefix(_ARTICLE)]
    return tuple(dict.fromkeys(stem for stem in found if len(stem) >= _SHORTEST))


@lru_cache(maxsize=32)
def labelled(name: str, language: str, *labels: str) -> Matcher[str]:
    """The phrases of lexicons/`name`.`language`.toml under `labels`, each with its label for a value.

    Of labels that share a phrase the later one has it. English phrases are found in the plural too, and Arabic words
    with the endings of nouns.
    """
    read = label_lists(name, language)
    matcher: Matcher[str] = Matcher(language)
    for label in labels:
        for phrase in read[label]:
            matcher.add(phrase, label)
    for label in labels:
        for phrase in read[label]:
            matcher.derive(noun_forms(phrase, language), label)
    return matcher


@lru_cache(maxsize=32)
def exact(name: str, language: str, *labels: str) -> Matcher[str]:
    """The same, of the phrases just as they are listed."""
    matcher: Matcher[str] = Matcher(language)
    for label in labels:
        for phrase in label_lists(name, language)[label]:
            matcher.add(phrase, label)
    return matcher


@lru_cache(maxsize=32)
def verbs(language: str, label: str) -> Matcher[str]:
    """The reporting verbs of speech.`language`.toml under `label`, in the persons that newspapers use."""
    matcher: Matcher[str] = Matcher(language)
    for entry in label_lists("speech", language)[label]:
        if language == "ar":
            matcher.derive(verb_forms(entry, language), label)
        else:
            matcher.add(entry, label)
    return matcher


def label_lists(name: str, language: str) -> Mapping[str, tuple[str, ...]]:
    """The phrases of lexicons/`name`.`language`.toml by label."""
    return lists(f"lexicons/{name}.{language}.toml")[language]


@lru_cache(maxsize=32)
def word_set(name: str, language: str, label: str) -> frozenset[str]:
    """The single words of a list, folded."""
    return frozenset(folded(word.form) for phrase in label_lists(name, language)[label] for word in words(phrase))


def noun_forms(term: str, language: str) -> Iterator[str]:
    """Further forms of a noun or adjective, by rule; some of them are no words."""
    if language == "ar":
        if " " not in term:
            yield from _arabic_noun(folded(term))
    elif term.endswith(("s", "sh", "ch", "x", "z")):
        yield term + "es"
    elif term.endswith("y") and term[-2:-1] not in "aeiou":
        yield term[:-1] + "ies"
    else:
        yield term + "s"


def _arabic_noun(term: str) -> Iterator[str]:
    if term.endswith("ة"):
        stem = term[:-1]
        yield from (stem + ending for ending in ("ات", "تان", "تين", "تا", *("ت" + pronoun for pronoun in _PRONOUNS)))
    else:
        yield from (term + ending for ending in ("ة", "ا", "ات", "ان", "ين", "ون", "و", "تان", "تين", *_PRONOUNS))
        yield from (term + "ات" + pronoun for pronoun in _PRONOUNS)


def verb_forms(term: str, language: str) -> Iterator[str]:
    """The forms of a verb, by rule: an English infinitive's, and those of an Arabic "past present"."""
    if language == "ar":
        yield from _arabic_verb(*folded(term).split())
        return
    yield term
    yield from noun_forms(term, language)
    if term.endswith("e"):
        yield from (term + "d", term[:-1] + "ing")
        return
    stem = term
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", term):
        stem += term[-1]
    yield from ((term[:-1] + "ied") if term.endswith("y") else stem + "ed", stem + "ing")


def _arabic_verb(past: str, present: str) -> Iterator[str]:
    weak = past.endswith(("ي", "ا"))
    stem = past[:-1] if weak else past
    objects = ("", "ه", "ها", "هم", "نا", "ني")
    yield from (past if not ending else stem + ending for ending in ("", *objects[1:]))
    yield from (stem + ending + thing for ending in ("ت", "نا", "تا", "ن") for thing in objects)
    yield from (stem + ending for ending in ("وا", "وه", "وها", "وهم", "ونا", "وني"))
    bare = present[1:]
    short = bare[:-1] if bare.endswith(("ي", "ا")) else bare
    for person in ("ي", "ت", "ن", "ا", "سي", "ست"):
        yield from (person + bare + thing for thing in objects)
        yield from (person + short + ending for ending in ("ون", "وا", "ان", "ين"))


@dataclass(frozen=True)
class LoadedLine:
    """A line of a lexicon of loaded words: its forms as listed, its class, and its entry."""

    listed: tuple[str, ...]
    word_class: str
    entry: LoadedEntry


@lru_cache(maxsize=4)
def loaded_lines(language: str) -> tuple[LoadedLine, ...]:
    """The lines of loaded.`language`.tsv in order, those that only look loaded (class "none") among them."""
    name = f"loaded.{language}.tsv"
    text = (resources.files("translate") / "data" / "lexicons" / name).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(
        LoadedLine(tuple(term.split("|")), kind, LoadedEntry(term.split("|")[0], reason, alternative))
        for term, kind, reason, alternative in rows
    )


@lru_cache(maxsize=4)
def _loaded_matcher(language: str) -> Matcher[LoadedLine]:
    matcher: Matcher[LoadedLine] = Matcher(language)
    lines = loaded_lines(language)
    for line in lines:
        for term in line.listed:
            if line.word_class == "verb":
                matcher.derive(verb_forms(term, language), line)
            else:
                matcher.add(term, line)
    for line in lines:
        if line.word_class == "noun":
            for term in line.listed:
                matcher.derive(noun_forms(term, language), line)
    return matcher


def loaded_words(text: str, language: str, quotations: Iterable[Span] = ()) -> tuple[Loaded, ...]:
    """The loaded words of a sentence in English ("en") or Arabic ("ar"), in order; none for other languages.

    A word counts as quoted where it lies within one of `quotations`.
    """
    if language not in ("en", "ar"):
        return ()
    found = words(text)
    within = tuple(quotations)
    return tuple(
        Loaded(span, match.value.entry, any(quotation.contains(span) for quotation in within))
        for match in _loaded_matcher(language).find(found)
        if match.value.word_class != "none"
        for span in (Span(found[match.first].span.start, found[match.last].span.end),)
    )
