"""Puts a neutral word in a loaded one's place, where the grammar of the sentence cannot suffer from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import Span
from translate.summarize.edits import Replacement
from translate.summarize.lexicon import loaded_lines
from translate.summarize.summary import Change, Edit
from translate.summarize.types import Claim, Loaded

_LEAVE_OUT = {"en": "leave out", "ar": "تحذف"}
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_DETERMINERS = frozenset("the a an this that these those its his her their our some any no such of".split())
_NO_NOUN = frozenset("and or but than as to of in on at by for from with is are was were".split())
_VOWELS = "aeiou"
# Verbs among the alternatives whose past is no "-ed".
_IRREGULAR = frozenset("steal say speak shoot teach take leave make".split())
_DEFINITE = "ال"


def replacements(claim: Claim, language: str) -> Iterator[Replacement]:
    """A replacement for each loaded word outside quotation marks that has a safe one.

    In English a verb in "-ed" becomes another in "-ed", a singular noun another singular noun that takes the same
    article, and an adjective between article and noun, or an adverb before its verb, goes where the lexicon says that
    it may be left out. In Arabic, where a noun's gender governs its verb, only an adjective with the article goes that
    follows a noun with the article.
    """
    for loaded in claim.loaded_outside:
        safe = _english(claim.text, loaded) if language == "en" else _arabic(claim.text, loaded)
        if safe is not None:
            yield safe


def _english(text: str, loaded: Loaded) -> Replacement | None:
    word = loaded.span.of(text)
    if not _WORD.fullmatch(word):
        return None
    options = [option.strip() for option in loaded.entry.alternative.split(";")]
    if _LEAVE_OUT["en"] in options:
        return _left_out(text, loaded.span)
    plain = next((option for option in options if _WORD.fullmatch(option)), None)
    if plain is None:
        return None
    if _is_verb(loaded):
        inflected = _past(plain) if word.endswith("ed") and word != loaded.entry.term else None
        return _swapped(text, loaded.span, inflected) if inflected else None
    singular = word == loaded.entry.term and not plain.endswith("s")
    before = text[: loaded.span.start].rsplit(maxsplit=1)[-1:]
    determined = bool(before) and before[0].lower() in _DETERMINERS
    return _swapped(text, loaded.span, plain) if singular and determined else None


def _is_verb(loaded: Loaded) -> bool:
    return any(line.entry == loaded.entry and line.word_class == "verb" for line in loaded_lines("en"))


def _past(verb: str) -> str | None:
    """The past of a regular verb; None for one that is not."""
    if verb in _IRREGULAR:
        return None
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in _VOWELS else verb + "ed"


def _swapped(text: str, span: Span, other: str) -> Replacement | None:
    """The other word in its place; None where "a" would have to become "an"."""
    before = text[: span.start].rsplit(maxsplit=1)[-1:]
    if before and before[0].lower() in ("a", "an") and (text[span.start] in _VOWELS) is not (other[0] in _VOWELS):
        return None
    return Replacement(span, other, Edit(Change.REPLACED, span.of(text), other))


def _left_out(text: str, span: Span) -> Replacement | None:
    """Nothing in place of an adjective between a determiner and its noun, or of an adverb before a verb."""
    before = text[: span.start].rsplit(maxsplit=1)[-1:]
    following = re.match(r" ([a-z]+)", text[span.end :])
    if not before or following is None or following[1] in _NO_NOUN:
        return None
    word, article = span.of(text), before[0].lower()
    if not (word.endswith("ly") or article in _DETERMINERS):
        return None
    if article in ("a", "an") and (word[0] in _VOWELS) is not (following[1][0] in _VOWELS):
        return None
    return Replacement(Span(span.start, span.end + 1), "", Edit(Change.REPLACED, word))


def _arabic(text: str, loaded: Loaded) -> Replacement | None:
    word = loaded.span.of(text)
    options = [option.strip() for option in loaded.entry.alternative.split(";")]
    before = text[: loaded.span.start].rsplit(maxsplit=1)[-1:]
    if _LEAVE_OUT["ar"] not in options or not before or " " in word:
        return None
    definite = word.startswith(_DEFINITE) and re.search("^[وفبكل]?(?:ال|لل)", before[0].lstrip('"“«(')) is not None
    if not definite or before[0].endswith(("،", ".", ":", "؛")):
        return None
    return Replacement(Span(loaded.span.start, loaded.span.end), "", Edit(Change.REPLACED, word))
