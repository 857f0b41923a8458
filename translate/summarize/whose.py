"""Tells whether a sentence of a summary lets a speaker of its article speak, by whatever name."""

from __future__ import annotations

from functools import lru_cache

from translate.quality.attribution import attributions, reporting
from translate.quality.name_tables import is_title
from translate.quality.phrases import words
from translate.summarize.grounding import is_function, stem, weighs
from translate.summarize.lexicon import exact
from translate.summarize.types import Claim, Group, Speaker

# Words of saying from which so few words go on to the end, or before which so few stand, speak of the whole sentence.
_AT_AN_END = 8


def speaks(speaker: Speaker, claim: Claim, language: str) -> bool:
    """Whether a sentence in the article's language lets one of the article's speakers speak.

    They are a speaker of the sentence, or it names them and has a word of saying, which is as sure as it gets where two
    speak in one sentence.
    """
    if any(same(one, speaker, language) for one in (claim.speaker, *claim.others) if one is not None):
        return True
    return bool(key(speaker.name, language) & key(claim.text, language)) and bool(reporting(claim.text, language))


def same(mine: Speaker, theirs: Speaker, language: str) -> bool:
    """Whether a summary's speaker is the article's: by a word of the name, or by a description of somebody named."""
    if is_of(mine.name, theirs, language):
        return True
    return theirs.named and not mine.named and mine.group is theirs.group and mine.group is not Group.UNKNOWN


def is_of(name: str, speaker: Speaker, language: str) -> bool:
    """Whether a name shares a word with what the article calls a speaker."""
    return bool(key(name, language) & key(f"{speaker.name} {speaker.mention}", language))


def speakers_named(claim: Claim, language: str) -> tuple[str, ...]:
    """The names or descriptions of all who speak in a sentence; of those whom only a pronoun names, nothing."""
    found = [speaker.name for speaker in (claim.speaker, *claim.others) if speaker is not None]
    here = key(claim.text, language)
    said = [one.speaker.of(claim.text) for one in attributions(claim.text, language) if one.speaker is not None]
    # "according to her own words" names nobody.
    told = [name for name in said if any(weighs(word, name, language) for word in words(name))]
    return tuple(dict.fromkeys([*(name for name in found if key(name, language) & here), *told]))


def attributed(text: str, language: str) -> str:
    """Who says the whole of a sentence, by the words of saying at its beginning or end; "" where nobody does.

    For sentences of an article whose speaker was not recognised: a summary must not assert what they report.
    """
    found = words(text)
    for one in attributions(text, language):
        if one.speaker is None or not key(one.speaker.of(text), language):
            continue
        start, end = min(one.speaker.start, one.verb.start), max(one.speaker.end, one.verb.end)
        before = sum(word.end <= start for word in found)
        behind = sum(word.start >= end for word in found)
        if before == 0 or (behind == 0 and len(found) - before <= _AT_AN_END):
            return one.speaker.of(text)
    return ""


@lru_cache(maxsize=4096)
def key(text: str, language: str) -> frozenset[str]:
    """What two ways of naming somebody share: the stems of the words of weight, titles left out.

    Where there is none ("a spokesman"), the words that are no function words.
    """
    found = words(text)
    titles = {match.last for match in exact("naming", "ar", "title").find(found)} if language == "ar" else set()
    named = [word for index, word in enumerate(found) if index not in titles and not is_title(word.span.of(text))]
    heavy = frozenset(stem(word.form, language) for word in named if weighs(word, text, language))
    return heavy or frozenset(stem(word.form, language) for word in named if not is_function(word.form, language))
