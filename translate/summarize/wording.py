"""The words with which a summary names a speaker: quotation after a colon, "according to", in English and Arabic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.summarize.types import Article, Gender, Speaker

_MARKS = (("“", "”"), ("«", "»"), ('"', '"'))
_ANY_MARK = '"“”„«»'
_FULL_STOP = re.compile(rf"[.]?([{_ANY_MARK}]?)[.]?\s*$")
_ASKS = re.compile(rf"[!?؟…:;؛][{_ANY_MARK}]?\s*$")
# Arabic nouns with these endings take a verb in the feminine.
_FEMININE = ("ة", "ات")
# They have another ending after "according to" than the article may have given them.
_NOMINATIVE = re.compile(r"^أبو |^ذو |^أخو |ون(?: |$)|وان(?: |$)")

_SMALL = frozenset("The A An On In At About Some More According".split())


def marks(article: Article) -> tuple[str, str]:
    """The quotation marks that the article uses most, opening and closing; straight ones where it has none."""
    text = "".join(article.blocks)
    return max(reversed(_MARKS), key=lambda pair: text.count(pair[0]) + text.count(pair[1]) * (pair[0] != pair[1]))


def said(speaker: Speaker, words: str, language: str, quotes: tuple[str, str]) -> str | None:
    """Somebody's words in quotation marks after their name; None where `words` hold quotation marks themselves."""
    bare = words.strip()
    if any(mark in bare for mark in _ANY_MARK):
        return None
    bare = re.sub(r"[,،]$", ".", bare)
    # English newspapers have the full stop of a whole sentence within the marks, Arabic ones behind them.
    within, behind = (bare[:-1], ".") if language == "ar" and bare.endswith(".") else (bare, "")
    return f"{_opening(speaker, language)}: {quotes[0]}{within}{quotes[1]}{behind}"


def _opening(speaker: Speaker, language: str) -> str:
    if language != "ar":
        return f"{capitalised(speaker.name)} said"
    verb = arabic_verb(speaker)
    return f"{verb} {speaker.name}" if verb else f"بحسب {speaker.name}"


def according_to(speaker: Speaker, sentence: str, language: str) -> str | None:
    """A sentence with its speaker named behind it; None where it ends in a question or in something left open."""
    if _ASKS.search(sentence):
        return None
    body = _FULL_STOP.sub(r"\1", sentence, count=1)
    if language != "ar":
        return f"{body}, according to {speaker.name}."
    verb = arabic_verb(speaker)
    return f"{body}، كما {verb} {speaker.name}." if verb else f"{body}، بحسب {speaker.name}."


def arabic_verb(speaker: Speaker) -> str | None:
    """The verb that says "said" before its subject, in the speaker's gender; None where nothing tells that."""
    if speaker.gender is Gender.FEMALE:
        return "قالت"
    if speaker.gender in (Gender.MALE, Gender.SEVERAL) or _NOMINATIVE.search(speaker.name):
        return "قال"
    return "قالت" if speaker.gender is Gender.BODY and speaker.name.split()[0].endswith(_FEMININE) else None


def joined(sentences: Sequence[str], language: str, names: Sequence[str] = ()) -> str:
    """Statements as one sentence, with semicolons: right for any statements, as none depends on the other's grammar.

    `names` begin with a capital wherever they stand ("The National").
    """
    mark = "؛" if language == "ar" else ";"
    first, *rest = (re.sub(r"\.\s*$", "", sentence) for sentence in sentences)
    return f"{mark} ".join([first, *(_continued(one, language, names) for one in rest)]) + "."


def _continued(sentence: str, language: str, names: Sequence[str]) -> str:
    """A sentence that goes on from another: an English article or preposition loses its capital, nothing else does."""
    small = sentence.split(" ", 1)[0] in _SMALL and not sentence.startswith(tuple(names))
    return sentence[0].lower() + sentence[1:] if language == "en" and small else sentence


def capitalised(text: str) -> str:
    """`text` with its first letter as a sentence has it; a quotation mark before it stays."""
    for index, character in enumerate(text):
        if character.isalnum():
            return text[:index] + character.upper() + text[index + 1 :]
    return text
