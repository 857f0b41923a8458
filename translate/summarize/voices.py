"""Gives every sentence of an article its speaker: from its own words, from pronouns, from the quotation it lies in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import ModuleType

from translate.document import Sentence, Span
from translate.quality.phrases import words
from translate.summarize import arabic, english
from translate.summarize.groups import is_named, is_writing, may_speak
from translate.summarize.quoting import Part
from translate.summarize.sayings import Saying
from translate.summarize.speakers import People, Person
from translate.summarize.types import Found, Gender

_READERS: Mapping[str, ModuleType] = {"en": english, "ar": arabic}
_NAME = r"(The(?:\s[A-Z][\w'’-]+)+)"
_MEDIA = {
    "en": (
        re.compile(
            r"\b(?i:told|tells|(?:spoke|speaks|spoken|talked|talking|speaking|said|sent|notes|relayed|testimony) to)\s"
            + _NAME
        ),
        re.compile(_NAME + r"\s(?:(?:has|have|had|could|was|is)\b[^.]*?\b(?:confirm|verif|establish|seen)|spoke\b)"),
    ),
    "ar": (
        re.compile(r"\bل(?:صحيفة|وكالة|قناة|موقع|مجلة|إذاعة|ـ|)\s?[«\"“]([^»\"”]{2,40})[»\"”]"),
        re.compile(r"\b(?:تتمكن|يتمكن|تستطع|يتسن ل?)\s?(?:صحيفة\s)?ل?ـ?[«\"“]([^»\"”]{2,40})[»\"”]"),
    ),
}
# "A report published in June by the Marsh and Field Institute" speaks for the institute.
_ISSUER = re.compile(r"\b(?:by|from|of)\s((?:the\s)?[A-Z].*)$")
# "According to her"
_OBJECTS = {"him": "he", "her": "she", "them": "they"}
# "Another resident, Hala Mansour, said"
_NAMED_ASIDE = re.compile(r", ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,3})(?:,|$)")
_PAPER = {"en": ("newspaper", "paper"), "ar": ("الصحيفة", "للصحيفة", "صحيفة")}


@dataclass
class Draft:
    """A sentence on its way to becoming a claim: `outside` is its text with what is quoted blanked out."""

    block: int
    sentence: Sentence
    parts: tuple[Part, ...]
    outside: str
    person: Person | None = None
    found: Found | None = None
    others: list[Person] = field(default_factory=list)
    saying: Saying | None = None
    points_back: bool = False

    @property
    def wholly_quoted(self) -> bool:
        """Whether nothing but a quotation stands in it."""
        return bool(self.parts) and not any(char.isalnum() for char in self.outside)


def media(text: str, language: str) -> tuple[str, ...]:
    """What an article calls the paper that it was written for: people tell it things, and it could not confirm them."""
    found = (match for pattern in _MEDIA[language] for match in pattern.finditer(text))
    return tuple(dict.fromkeys(match[1] for match in sorted(found, key=lambda match: match.start(1))))


def find_voices(drafts: Sequence[Draft], language: str, papers: Sequence[str]) -> None:
    """Fill in who speaks in each of the sentences of an article, in order."""
    people = People(language)
    for draft in drafts:
        if draft.wholly_quoted:
            continue
        people.begin()
        _introduce(draft, people, language, papers)
        _attribute(draft, people, language, papers)
    _attribute_quotations(drafts)


def _introduce(draft: Draft, people: People, language: str, papers: Sequence[str]) -> None:
    """Note whom a sentence names, the one that it speaks of last, so that "he" in the next one means them."""
    text = draft.outside
    for person in people.named_in(text):
        people.touch(person)
    if language == "en":
        _explained(draft, people, papers)
    subject = _READERS[language].subject(text, partial(may_speak, language=language))
    if subject is None:
        return
    mention, whole = subject
    name = mention.of(text)
    if name.lower() in english.PRONOUNS and language == "en":
        # "It" may stand for anything, or nothing.
        if name.lower() != "it":
            people.touch(people.pronoun(name.lower()))
    elif not _is_paper(name, papers, language) and not is_writing(name, language):
        _note(people, text, mention, whole)


def _explained(draft: Draft, people: People, papers: Sequence[str]) -> None:
    """Note the people of an English sentence whom it explains: "Abu Nadim, a beekeeper"."""
    text = draft.outside
    verbs = [saying.verb for saying in english.sayings(text, partial(may_speak, language="en"))]
    for mention, whole in english.introduced(text):
        name = mention.of(text)
        person = may_speak(name, "en") and is_named(name, "en") and may_speak(whole.of(text)[len(name) :], "en")
        if person and not _is_paper(name, papers, "en") and not any(verb.overlaps(whole) for verb in verbs):
            _note(people, text, mention, whole)


def _note(people: People, text: str, mention: Span, whole: Span) -> None:
    person = people.meant(mention.of(text), whole.of(text))
    people.tell_gender(person, text[mention.end :])
    people.touch(person)


def _attribute(draft: Draft, people: People, language: str, papers: Sequence[str]) -> None:
    """Find the speaker of a sentence that says who speaks in it, and others whom it names."""
    text = draft.outside
    for saying in _READERS[language].sayings(text, partial(may_speak, language=language)):
        name = saying.mention.of(text) if saying.mention else ""
        if name and _is_paper(name, papers, language):
            continue
        if _is_shared(draft.saying, saying):
            continue
        person, found = _person(people, saying, text)
        if draft.person is None:
            draft.person, draft.found, draft.saying = person, found, saying
            draft.points_back = _points_back(name, person)
        elif person is not draft.person and person not in draft.others:
            draft.others.append(person)
    if draft.person is not None:
        people.touch(draft.person)


def _is_shared(first: Saying | None, saying: Saying) -> bool:
    """Whether a verb has the subject of the one before it: "The ministry denied it and said"."""
    if first is None or first.mention is None:
        return first is not None
    return saying.mention is None or saying.mention.start == first.mention.start


def _person(people: People, saying: Saying, text: str) -> tuple[Person, Found]:
    if saying.mention is None:
        return people.hidden(saying.hidden or Gender.MALE), Found.PRONOUN
    name = saying.mention.of(text)
    issuer = _ISSUER.search((saying.whole or saying.mention).of(text).split(",")[0])
    if issuer is not None and is_writing(name, "en"):
        return people.meant(issuer[1], issuer[1]), Found.EXPLICIT
    pronoun = _OBJECTS.get(name.lower(), name.lower())
    if pronoun in english.PRONOUNS:
        return people.pronoun(pronoun), Found.PRONOUN
    whole = (saying.whole or saying.mention).of(text)
    named = _NAMED_ASIDE.match(whole[len(name) :]) if whole.startswith(name) and not is_named(name, "en") else None
    person = people.meant(named[1] if named else name, whole)
    people.tell_gender(person, text[saying.mention.end :])
    carried = not person.forms or (person.mention != name and _is_written(name, person, people.language))
    return person, Found.CARRIED if carried else Found.EXPLICIT


def _is_written(name: str, person: Person, language: str) -> bool:
    """Whether "the statement" was taken to be of somebody named before."""
    return is_writing(name, language) and not is_writing(person.mention, language)


def _points_back(name: str, person: Person) -> bool:
    """Whether a description means somebody by a word of what was said of them before: "the man", "the ministry"."""
    return (
        bool(name) and not person.mention.lower().startswith(name.lower()) and name.lower().startswith(("the ", "ال"))
    )


def _is_paper(name: str, papers: Sequence[str], language: str) -> bool:
    """Whether a mention is the paper itself, perhaps by a part of its name: "The Courier" is The Levant Courier."""
    forms = {word.form for word in words(name)} - {"the"}
    if forms and forms <= set(_PAPER[language]):
        return True
    return bool(forms) and any(forms <= {word.form for word in words(paper)} for paper in papers)


def _attribute_quotations(drafts: Sequence[Draft]) -> None:
    """Give each sentence that is all quotation the speaker of its speech, else of the sentences beside it.

    A quotation belongs to whom a sentence of the same speech names; without one, to the speaker of the sentence before,
    whose words go on, and at last to that of the next.
    """
    owners: dict[int, Person] = {}
    for draft in drafts:
        if draft.person is not None:
            for part in draft.parts:
                owners.setdefault(part.speech, draft.person)
    for index, draft in enumerate(drafts):
        if draft.person is not None or not draft.wholly_quoted:
            continue
        before = drafts[index - 1].person if index else None
        draft.person = owners.get(draft.parts[0].speech) or before or _next_owner(drafts, index)
        if draft.person is not None:
            draft.found = Found.QUOTATION
            owners.setdefault(draft.parts[0].speech, draft.person)


def _next_owner(drafts: Sequence[Draft], index: int) -> Person | None:
    """The speaker of the first sentence behind `index` that says who speaks, while quotations follow one another."""
    for draft in drafts[index + 1 :]:
        if draft.person is not None and draft.parts:
            return draft.person
        if not draft.wholly_quoted:
            return None
    return None
