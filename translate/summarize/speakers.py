"""Keeps account of who is named in an article, and tells whom a mention, a pronoun or a verb's hidden "he" means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from translate.quality.phrases import words
from translate.summarize import arabic
from translate.summarize.groups import Description, describe, is_writing
from translate.summarize.lexicon import folded
from translate.summarize.types import Gender, Group, Speaker

_IGNORED = frozenset("the a an of for and in mr mrs ms dr his her their its".split())
# Descriptions that may mean anybody of the sex they tell.
_ANYBODY = {
    "person": (Gender.MALE, Gender.FEMALE, None),
    "speaker": (Gender.MALE, Gender.FEMALE, None),
    "interviewee": (Gender.MALE, Gender.FEMALE, None),
    "source": (Gender.MALE, Gender.FEMALE, None),
    "man": (Gender.MALE, None),
    "woman": (Gender.FEMALE, None),
    "رجل": (Gender.MALE, None),
    "امراة": (Gender.FEMALE, None),
    "مراة": (Gender.FEMALE, None),
    "سيدة": (Gender.FEMALE, None),
    "شخص": (Gender.MALE, Gender.FEMALE, None),
}
_PRONOUNS = {"he": Gender.MALE, "she": Gender.FEMALE, "they": Gender.SEVERAL, "it": Gender.BODY}
_HIS = {"he": Gender.MALE, "his": Gender.MALE, "him": Gender.MALE, "himself": Gender.MALE}
_HERS = {"she": Gender.FEMALE, "her": Gender.FEMALE, "herself": Gender.FEMALE, "hers": Gender.FEMALE}
_UNNAMED = {"en": "an unnamed speaker", "ar": "متحدث لم يذكر اسمه"}


@dataclass
class Person:
    """Somebody named so far: how, in which words, what is known of them, and when last."""

    mention: str
    whole: str
    forms: frozenset[str]
    described: Description
    feminine: bool
    last: int = 0

    @property
    def gender(self) -> Gender | None:
        """Their gender, as far as it is known so far."""
        return self.described.gender


class People:
    """Those whom an article names, in the order of its sentences; the last one named is the first to be meant."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._people: list[Person] = []
        self._clock = 0
        self._here: dict[str, Person] = {}

    def begin(self) -> None:
        """Say that another sentence begins: within one, the same words mean the same person."""
        self._here.clear()

    def touch(self, person: Person) -> None:
        """Say that somebody is named here."""
        self._clock += 1
        person.last = self._clock

    def meant(self, mention: str, whole: str) -> Person:
        """Whom a mention means: somebody named before, or else somebody new."""
        found = self._here.get(mention) or self._known(mention)
        if found is None:
            found = self._here[mention] = self._new(mention, whole)
            return found
        forms = self._forms(mention)
        if found.described.named and found.forms < forms and self._here.get(mention) is None:
            self._rename(found, mention, whole, forms)
        if found.described.group is Group.UNKNOWN or (whole != mention and found.described.side == ""):
            told = describe(mention, whole, self.language)
            group = told.group if found.described.group is Group.UNKNOWN else found.described.group
            gender = found.gender or told.gender
            found.described = replace(
                found.described, group=group, side=found.described.side or told.side, gender=gender
            )
        return found

    def _rename(self, person: Person, mention: str, whole: str, forms: frozenset[str]) -> None:
        """Call somebody by the longer of two names."""
        told = describe(mention, whole, self.language)
        side, gender = person.described.side or told.side, person.gender or told.gender
        person.described = replace(told, side=side, gender=gender)
        person.mention, person.whole, person.forms = mention, whole, forms

    def pronoun(self, form: str) -> Person:
        """Whom "he", "she", "it" or "they" means; somebody unnamed where nobody fits."""
        gender = _PRONOUNS[form]
        if gender is Gender.SEVERAL:
            # Newspapers say "they" of a person whose sex they keep to themselves.
            fits = self._last(lambda person: person.gender in (Gender.SEVERAL, None))
            return fits or self._last(lambda person: person.gender is Gender.BODY) or self._unnamed(gender)
        if gender is Gender.BODY:
            return self._last(lambda person: person.gender is gender) or self._unnamed(gender)
        fits = self._last(lambda person: person.gender is gender or person.gender is None)
        if fits is None:
            return self._unnamed(gender)
        if fits.gender is None:
            fits.described = replace(fits.described, gender=gender)
        return fits

    def hidden(self, gender: Gender) -> Person:
        """Whom an Arabic verb means that holds its speaker."""
        if gender is Gender.SEVERAL:
            return self._last(lambda person: person.gender is Gender.SEVERAL) or self._unnamed(gender)
        female = gender is Gender.FEMALE
        fits = self._last(lambda person: person.feminine is female and person.gender is not Gender.SEVERAL)
        return fits or self._unnamed(gender)

    def last(self) -> Person | None:
        """The person named last."""
        return self._last(lambda person: person.gender is not Gender.BODY)

    def named_in(self, text: str) -> Iterator[Person]:
        """Those with a proper name that `text` has, the first named in it last."""
        forms = [self._form(word.form) for word in words(text)]
        places = [
            (min(forms.index(form) for form in person.forms if form in forms), person)
            for person in self._people
            if person.described.named and not person.forms.isdisjoint(forms)
        ]
        yield from (person for _, person in sorted(places, key=lambda place: -place[0]))

    def tell_gender(self, person: Person, following: str) -> None:
        """Learn somebody's gender from the first "his" or "her" that stands behind their name in a sentence."""
        if person.gender is not None or self.language != "en":
            return
        told = next((word.form for word in words(following) if word.form in (*_HIS, *_HERS)), None)
        if told is not None:
            person.described = replace(person.described, gender=_HIS.get(told) or _HERS.get(told))

    def _last(self, fits: Callable[[Person], bool]) -> Person | None:
        return max((person for person in self._people if fits(person)), key=lambda person: person.last, default=None)

    def _known(self, mention: str) -> Person | None:
        if is_writing(mention, self.language) and self._is_definite(mention):
            return self._last(lambda person: person.gender is Gender.BODY) or self.last()
        forms = self._forms(mention)
        described = describe(mention, mention, self.language)
        definite = self._is_definite(mention)
        if described.named:
            return self._last(lambda person: person.described.named and self._same_name(person, forms))
        if not definite:
            return self._last(
                lambda person: person.mention.lower() == mention.lower() and described.gender is Gender.SEVERAL
            )
        if len(forms) == 1 and (genders := _ANYBODY.get(min(forms))) is not None:
            exact = self._last(lambda person: forms <= self._forms(person.whole) and person.gender in genders)
            unnamed = self._last(lambda person: not person.described.named and person.gender in genders)
            return exact or unnamed or self._last(lambda person: person.gender in genders)
        return self._last(lambda person: bool(forms) and forms <= self._forms(person.whole))

    def _same_name(self, person: Person, forms: frozenset[str]) -> bool:
        return bool(forms) and bool(person.forms) and (forms <= person.forms or person.forms <= forms)

    def _is_definite(self, mention: str) -> bool:
        first = words(mention)[0].form
        return first in ("the", "this", "that") if self.language == "en" else first.startswith(("ال", "لل"))

    def _forms(self, text: str) -> frozenset[str]:
        return frozenset(self._form(word.form) for word in words(text)) - _IGNORED

    def _form(self, form: str) -> str:
        if self.language != "ar":
            return form
        bare = folded(form)
        return bare.removeprefix("لل").removeprefix("ال") if len(bare) > 3 else bare

    def _new(self, mention: str, whole: str) -> Person:
        feminine = self.language == "ar" and arabic.feminine(mention)
        person = Person(mention, whole, self._forms(mention), describe(mention, whole, self.language), feminine)
        self._people.append(person)
        return person

    def _unnamed(self, gender: Gender) -> Person:
        name = _UNNAMED[self.language]
        described = Description(name, Group.UNKNOWN, "", gender, False)
        person = Person(name, name, frozenset(), described, gender is Gender.FEMALE)
        self._people.append(person)
        return person


def speaker(person: Person) -> Speaker:
    """The person as claims have them."""
    told = person.described
    return Speaker(told.name, person.whole.strip(" ,،"), told.group, told.side, told.gender, told.named)
