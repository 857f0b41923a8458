"""Gives a sentence the name of its speaker in a pronoun's place, where it is sure enough whose words they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from translate.document import Role, Span
from translate.quality.attribution import attributions
from translate.quality.phrases import lists, words
from translate.summarize.edits import Replacement
from translate.summarize.lexicon import verbs
from translate.summarize.summary import Change, Edit
from translate.summarize.types import Article, Claim, Found, Gender, Group, Quoted, Speaker
from translate.summarize.wording import arabic_verb

_CLOSERS = '"”»'
_GENDERS = {"he": (Gender.MALE,), "she": (Gender.FEMALE,), "it": (Gender.BODY,)}
_BODIES = frozenset({Group.MEDIA, Group.MONITOR, Group.INTERNATIONAL})
# What an error in finding a speaker looks like: a name that begins with a verb, or holds a pronoun.
_NO_NAME = re.compile(r"[a-z]+(?:ed|ing)\b|.*\b(?:he|she|they|it|who)\b")
# "و" before a verb of the present, or before the article: hardly a word begins like that itself but "ويل" and "والد".
_JOINED = re.compile(r"و(?:ي(?!ل|كي)\w{3}|ال(?!د|ي\b|يا\b)\w{3})")
_PLURAL_ENDINGS = ("وا", "ون")


def named(claim: Claim, language: str) -> Iterator[Replacement]:
    """The speaker's name, where the sentence has only a pronoun or a part of the name for them."""
    speaker, mention = claim.speaker, claim.mention
    if speaker is None:
        return
    if mention is not None and mention != claim.verb:
        words_there = mention.of(claim.text)
        if _stands_for(words_there, speaker, claim.found):
            yield Replacement(mention, speaker.name, Edit(Change.RESOLVED, words_there, speaker.name))
    elif language == "ar" and claim.verb is not None and claim.found is Found.PRONOUN:
        verb = claim.verb.of(claim.text)
        plain = _singular(verb, speaker)
        if plain is not None and claim.verb.start == 0 and is_joined(plain):
            plain = plain[1:]
        if plain is not None:
            yield Replacement(
                claim.verb, f"{plain} {speaker.name}", Edit(Change.RESOLVED, verb, f"{plain} {speaker.name}")
            )


def _stands_for(mention: str, speaker: Speaker, found: Found | None) -> bool:
    """Whether a mention says less than the speaker's name: a pronoun, "the man", a family name."""
    own, full = [word.form for word in words(mention)], [word.form for word in words(speaker.name)]
    if own == full or not own:
        return False
    if found is Found.PRONOUN or _is_later(mention, speaker):
        return True
    # Its head or a family name, not whatever word of it: "the municipality" is not "the head of the municipality".
    own, full = [[word.removeprefix("ال") for word in words_ if word != "the"] for words_ in (own, full)]
    return 0 < len(own) < len(full) and own in (full[: len(own)], full[-len(own) :])


def _is_later(mention: str, speaker: Speaker) -> bool:
    """Whether a mention is "the man" of somebody whom the article first called otherwise."""
    small = mention.lower()
    return small.startswith("the ") and not any(small in name.lower() for name in (speaker.mention, speaker.name))


def _singular(verb: str, speaker: Speaker) -> str | None:
    """An Arabic verb as it stands before its subject, which it follows in gender only; None where that is not known."""
    if " " in verb:
        return None
    if not verb.endswith(_PLURAL_ENDINGS):
        return verb
    stem = verb[:-2]
    return stem if speaker.gender is Gender.SEVERAL and _reports(stem.removeprefix("و")) else None


def resolved(changes: Sequence[Replacement]) -> list[Span]:
    """Where a name has taken a pronoun's place."""
    return [change.span for change in changes if change.edit and change.edit.change is Change.RESOLVED]


def has_sure_speaker(claim: Claim, language: str) -> bool:
    """Whether nothing speaks against the speaker that the sentence was found to have."""
    return not (_is_nobodys(claim) or _is_anothers(claim, language) or _is_held_unsafely(claim, language))


def _is_nobodys(claim: Claim) -> bool:
    """Whether it is all quotation and nothing says whose."""
    return claim.quoted is Quoted.WHOLLY and claim.speaker is None


def _is_anothers(claim: Claim, language: str) -> bool:
    """Whether a pronoun, or a verb that holds its subject, follows words that name somebody else as speaking."""
    place = claim.mention or claim.verb
    if claim.found is not Found.PRONOUN or place is None:
        return False
    return any(
        one.speaker is not None and one.verb.start < place.start and one.speaker.end <= place.start
        for one in attributions(claim.text, language)
    )


def _is_held_unsafely(claim: Claim, language: str) -> bool:
    """Whether an Arabic verb seems to hold its speaker, but may be another's, whose name follows or gender differs.

    Only a verb at the beginning, or behind a quotation, is trusted: before any other its subject may stand.
    """
    if language != "ar" or claim.found is not Found.PRONOUN or claim.verb is None or claim.speaker is None:
        return False
    if claim.mention not in (None, claim.verb):
        return False
    before, behind = claim.text[: claim.verb.start].strip(), claim.text[claim.verb.end :]
    listed = lists("summary.toml")[language]
    if before.rstrip("،") in (*listed["links"], *listed["links_and"]):
        before = ""
    if (before and before[-1] not in f"{_CLOSERS}،") or not _agrees(claim.verb.of(claim.text), claim.speaker):
        return True
    following = next(iter(words(behind)), None)
    if following is None or behind[: following.start].strip():
        return False
    return following.form not in _behind_verb() and not following.form.startswith("ل")


def _agrees(verb: str, speaker: Speaker) -> bool:
    """Whether an Arabic verb has the gender of its speaker, as far as that is known."""
    wanted = arabic_verb(speaker)
    form = words(verb)[0].form.removeprefix("و").removeprefix("ف")
    feminine = form.endswith("ت") or form.startswith("ت")
    return wanted is None or feminine is (wanted == "قالت")


@lru_cache(maxsize=1)
def _behind_verb() -> frozenset[str]:
    return frozenset(word.form for entry in lists("summary.toml")["ar"]["behind"] for word in words(entry))


def is_nameable(article: Article, claim: Claim, changes: Sequence[Replacement]) -> bool:
    """Whether the article itself has the name that the sentence would be given."""
    if claim.speaker is None or (claim.mention is not None and not resolved(changes)):
        return True
    mention = claim.mention.of(claim.text).lower() if claim.mention is not None else ""
    if not _may_be(mention, claim.speaker) or (article.language == "en" and _NO_NAME.match(claim.speaker.name)):
        return False
    name = re.sub("^(?:an?|the) ", "", claim.speaker.name).casefold()
    # Headlines give people no names that a text could be without: what only they have is a name misread.
    return any(name in other.text.casefold() for other in article.claims if other.role is not Role.HEADING)


def _may_be(mention: str, speaker: Speaker) -> bool:
    """Whether an English pronoun can stand for somebody; what is no pronoun can for anybody."""
    if speaker.gender is not None:
        return speaker.gender in _GENDERS.get(mention, Gender)
    return mention not in ("he", "she") or speaker.group not in _BODIES


def is_joined(word: str) -> bool:
    """Whether a word is "و" and another: many begin with that letter themselves."""
    rest = word[1:]
    known = _reports(rest) or (len(rest) > 1 and rest in _stop_words() and rest != "قد")
    return word.startswith("و") and (known or _JOINED.match(word) is not None)


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(word.form for entry in lists("summary.toml")["ar"]["stop"] for word in words(entry))


def _reports(word: str) -> bool:
    """Whether an Arabic word is a verb of saying."""
    return any(match.first == 0 for match in verbs("ar", "reports").find(words(word))) and not word.startswith("و")
