"""Tells of the words that name a speaker what group, side and gender they are, and what a summary would call them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from translate.quality.name_tables import KINDS, Entry, is_given_name, is_plain, is_title, phrases, table
from translate.quality.phrases import Word, words
from translate.quality.transliteration import letters
from translate.summarize.lexicon import folded, label_lists, labelled, stems, word_set
from translate.summarize.types import Gender, Group

# Of several in one description the first says most: "a UN official", "a rights group's spokesman".
_RANK = (
    Group.INTERNATIONAL,
    Group.MONITOR,
    Group.ARMED_GROUP,
    Group.MEDIA,
    Group.EXPERT,
    Group.OFFICIAL,
    Group.RESIDENT,
)
_LABELS = tuple(group.value for group in _RANK)
_ROLE = "speaks_for"
_BODIES = (Group.INTERNATIONAL, Group.MONITOR, Group.OFFICIAL, Group.MEDIA)
_SIDED = (Group.OFFICIAL, Group.ARMED_GROUP, Group.RESIDENT, Group.UNKNOWN)
_CORE_ENDS: Mapping[str, frozenset[str]] = {
    "en": frozenset("of from in for with at by who which whose that on near".split()),
    "ar": frozenset("من في لدى عن على باسم الذي التي وهو وهي".split()),
}
_APPOSITION = re.compile(r"[,،–—(]|\s-\s")
_DETERMINERS = frozenset(
    "the a an one some another many most several two three four both other his her their its".split()
)
_ACRONYM = 4
# What may follow the stem of an adjective of nation, in `transliteration.letters`.
_NISBA = frozenset(("", "ي", "يا", "يه", "ية", "ين", "ون", "يين", "يون", "ات", "يات", "ا", "ان", "ه", "ة"))
# "farmers, police officers and aid workers"
_LISTED = re.compile(r"[\w -]*s(?:, [\w -]+)+,? and [\w -]+")


@dataclass(frozen=True)
class Description:
    """What the words that name a speaker say: their name for a summary, group, side and gender."""

    name: str
    group: Group
    side: str
    gender: Gender | None
    named: bool


def describe(mention: str, whole: str, language: str) -> Description:
    """Describe a speaker by the words that name them and those with all that is said beside them."""
    name = _name(mention, language)
    if language == "en" and is_place(name):
        return Description(name, Group.OFFICIAL, name, Gender.BODY, True)
    group = group_of(mention, whole, language)
    named = is_named(mention, language)
    if group is Group.UNKNOWN and named and len(words(name)) == 1 and language in ("en", "ar"):
        group = Group.RESIDENT if _is_single_name(mention, language) else group
    side = _side(whole, language) if group in _SIDED else ""
    return Description(name, group, side, gender_of(mention, language, group), named)


def is_place(name: str) -> bool:
    """Whether an English name is a country's or a city's, which stands for its government where it speaks."""
    bare = name.removeprefix("the ")
    found = [form for form, entry in phrases().get(bare.split(" ")[0], ()) if entry.kind in ("countries", "cities")]
    return any(" ".join(form) == bare for form in found)


def group_of(mention: str, whole: str, language: str) -> Group:
    """The group that the description of a speaker tells, by its noun first, then by what follows it."""
    head, *asides = _APPOSITION.split(whole if mention in whole else mention)
    for part in (head, *asides):
        found = words(part)
        ends = _CORE_ENDS[language]
        core = next((index for index, word in enumerate(found) if word.form in ends and index), len(found))
        roles = False
        for stretch in (found[:core], found[core:]):
            labels = _labels(part, stretch, language)
            group = next((group for group in _RANK if group.value in labels), None)
            if group is not None:
                return group
            roles = roles or _ROLE in labels
        if roles:
            return Group.OFFICIAL
    return Group.UNKNOWN


def _labels(text: str, stretch: Sequence[Word], language: str) -> frozenset[str]:
    matcher = labelled("groups", language, _ROLE, *reversed(_LABELS))
    found = set()
    for match in matcher.find(stretch):
        word = stretch[match.first].span.of(text)
        short = match.first == match.last and language == "en" and len(word) <= _ACRONYM
        # "UN", "EU", "AP" are read by their capitals.
        if not (short and match.value in (Group.INTERNATIONAL, Group.MEDIA) and not word.isupper()):
            found.add(match.value)
    return frozenset(found)


def may_speak(mention: str, language: str) -> bool:
    """Whether a noun phrase names somebody who can speak: a person, a body, a group of people."""
    found = words(mention)
    if not found:
        return False
    if language == "en":
        if found[-1].form in ("he", "she", "they") or (len(found) == 1 and found[0].form == "it"):
            return True
        if found[0].form in ("it", "that", "this", "there", "i", "we", "you"):
            return False
    core = [word for word in found if word.form not in _DETERMINERS]
    if _is_no_person(core, language):
        return False
    if _labels(mention, found, language) or _is_writing(found, language):
        return True
    return is_named(mention, language)


def _is_no_person(core: Sequence[Word], language: str) -> bool:
    nouns = labelled("groups", language, "not_person")
    ends = _CORE_ENDS[language]
    head = [word for index, word in enumerate(core) if not any(one.form in ends for one in core[: index + 1])]
    match = next(nouns.find(head[-1:] if language == "en" else head[:1]), None)
    return match is not None


def _is_writing(found: Sequence[Word], language: str) -> bool:
    return next(labelled("groups", language, "writing").find(found[:4]), None) is not None


def is_writing(mention: str, language: str) -> bool:
    """Whether what speaks is something written: a statement, a report."""
    found = words(mention)
    return _is_writing(found, language) and not (_labels(mention, found[:3], language) - {_ROLE})


def is_named(mention: str, language: str) -> bool:
    """Whether a mention is a proper name, not a description of somebody."""
    if language == "ar":
        return next(_arabic_names(words(mention)), None) is not None or _known_arabic(mention) is not None
    found = words(mention)
    if found and found[0].form in ("a", "an", "one", "some", "another", "many"):
        return False
    for index, word in enumerate(found):
        text = word.span.of(mention)
        if not text[0].isupper() or word.form in _DETERMINERS:
            continue
        if index or text.isupper() or is_given_name(text) or is_title(text) or not is_plain(text):
            return True
    return False


def _arabic_names(found: Sequence[Word]) -> Iterator[Word]:
    names = word_set("groups", "ar", "man") | word_set("groups", "ar", "woman")
    for index, word in enumerate(found):
        kunya = index > 0 and found[index - 1].form in ("أبو", "أبا", "أبي", "أم")
        if kunya or folded(word.form) in names:
            yield word


@lru_cache(maxsize=1)
def _arabic_entries() -> Mapping[str, Entry]:
    """The entries of countries and of religions and peoples by their Arabic forms, in `transliteration.letters`."""
    found: dict[str, Entry] = {}
    for kind in KINDS:
        if kind in ("countries", "words"):
            for entry in table(kind):
                found.update((form, entry) for form in (*entry.whole, *entry.begun) if len(form) > 2)
    return found


def _known_arabic(mention: str) -> Entry | None:
    """The people or religion that an Arabic description names by an adjective ("السورية", "علوي")."""
    entries = _arabic_entries()
    for word in words(mention):
        form = letters(word.form).removeprefix("ال").removeprefix("ا")
        for end in range(len(form), 2, -1):
            if form[end:] in _NISBA and (entry := entries.get(form[:end])) is not None:
                return entry
    return None


def _side(whole: str, language: str) -> str:
    """The country, people or religion of a description by its first English form ("Syria", "Alawite"); "" for none."""
    if language == "ar":
        entry = _known_arabic(_APPOSITION.split(whole)[0])
        return entry.english[0] if entry is not None and entry.kind == "countries" else ""
    for part in _APPOSITION.split(whole)[:2]:
        found = words(part)
        for word in found:
            text = word.span.of(part)
            for form, entry in phrases().get(text, ()):
                if form == (text,) and _is_side(entry, word.form):
                    return entry.english[0]
    return ""


def _is_side(entry: Entry, form: str) -> bool:
    titles = label_lists("groups", "en")["male"]
    return entry.kind in ("countries", "words") and form not in titles and not is_title(form.capitalize())


def gender_of(mention: str, language: str, group: Group) -> Gender | None:
    """The gender that the words of a mention tell; an institution's is BODY."""
    found = words(mention)
    forms = [word.form for word in found]
    core_end = next((i for i, form in enumerate(forms) if form in _CORE_ENDS[language] and i), len(forms))
    # The first word of an Arabic noun phrase is its noun: "one of the residents" is not several.
    core = found[: core_end if language == "en" else 1]
    for label, gender in (("several", Gender.SEVERAL), ("female", Gender.FEMALE), ("male", Gender.MALE)):
        listed = {folded(form) for form in label_lists("groups", language)[label]}
        if any(_bare(word.form, language) & listed for word in core):
            return gender
    women, men = word_set("groups", language, "woman"), word_set("groups", language, "man")
    first_name = next((form for word in found[:3] if (form := folded(word.form)) in women | men), None)
    if first_name is not None:
        return Gender.FEMALE if first_name in women else Gender.MALE
    if language == "en" and core and _is_plural(core):
        last = core[-1].span.of(mention)
        if last.islower() or (len(found) == 1 and is_plain(last)):
            return Gender.SEVERAL
    return Gender.BODY if group in _BODIES and _is_body(core) else None


def _bare(form: str, language: str) -> frozenset[str]:
    return frozenset(stems(folded(form))) if language == "ar" else frozenset((form,))


def _is_plural(core: Sequence[Word]) -> bool:
    last = core[-1].form
    plain = last.endswith("s") and not last.endswith(("ss", "us", "is")) and last != "united nations"
    return plain and len(core) <= 4 and last not in ("rights", "nations", "affairs", "times", "news")


_PERSONS = frozenset(
    "official officer minister president governor mayor judge prosecutor activist campaigner worker volunteer source"
    " spokesperson lawmaker senator ambassador deputy lawyer envoy commissioner"
    " journalist reporter correspondent photographer editor columnist"
    " مراسل صحفي صحافي مصور مسؤول ناشط وزير متطوع مبعوث ضابط".split()
)


def _is_body(core: Sequence[Word]) -> bool:
    return not any(word.form in _PERSONS for word in core)


def _is_single_name(mention: str, language: str) -> bool:
    """Whether a mention is one first name, as civilians are called."""
    if language == "ar":
        return len(words(mention)) == 1
    found = [word for word in words(mention) if word.form not in _DETERMINERS]
    return len(found) == 1 and not mention.isupper() and not mention.lower().startswith("the ")


def _name(mention: str, language: str) -> str:
    """A mention as it stands within a sentence, without what is said beside the name."""
    listed = _LISTED.fullmatch(mention)
    text = (mention if listed else _APPOSITION.split(mention)[0]).strip(" \"'“”«»")
    if language == "ar":
        return text
    text = re.split(r"\s(?:who|which|whose)\s", text)[0]
    found = words(text)
    if not found:
        return text
    first = found[0].span.of(text)
    following = found[1].span.of(text) if len(found) > 1 else ""
    plain = first.lower() in _DETERMINERS or (is_plain(first) and not is_given_name(first) and not is_title(first))
    if (plain and first[:1].isupper() and not first.isupper()) or first in ("A", "An"):
        within_name = following[:1].isupper() and first.lower() not in ("the", "a", "an", "one", "some", "his", "her")
        if not within_name and (following or first.lower() in _DETERMINERS or is_plain(first)):
            text = text[: found[0].span.start] + first.lower() + text[found[0].span.end :]
    return text
