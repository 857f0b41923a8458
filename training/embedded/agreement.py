"""Arabic number agreement: a number and a noun, in digits or words, in the case that the sentence calls for.

The rules are those of Modern Standard Arabic as the news writes it, without final vowels (Ryding, A Reference Grammar
of Modern Standard Arabic, chapter 15): 3 to 10 take the other gender's form and a plural, 11 to 99 an accusative
singular, hundreds and thousands a singular, and two of something is a dual.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Case(Enum):
    """The grammatical case of a noun phrase, as far as unvowelled spelling shows it."""

    NOMINATIVE = "nominative"
    OBLIQUE = "oblique"  # accusative and genitive, which the dual, the tens and the sound plural spell alike


@dataclass(frozen=True)
class Noun:
    """Something that is counted: its English forms, and the three Arabic ones from which all others follow."""

    one: str
    many: str
    singular: str
    plural: str  # as it stands after 3 to 10
    feminine: bool = False

    @property
    def accusative(self) -> str:
        """The indefinite accusative singular: an alif more, but none after ة, ى, ا, اء or و (as in "euro")."""
        bare = self.singular.endswith(("ة", "ى", "ا", "اء", "و"))
        return self.singular if bare else self.singular + "ا"

    def dual(self, case: Case) -> str:
        """Two of it."""
        stem = self.singular
        if stem.endswith("ة"):
            stem = stem[:-1] + "ت"
        elif stem.endswith("ى"):
            stem = stem[:-1] + "ي"
        return stem + ("ان" if case is Case.NOMINATIVE else "ين")


# From 1 on: beside a masculine noun, beside a feminine one.
_UNITS = (
    ("واحد", "واحدة"), ("اثنان", "اثنتان"), ("ثلاثة", "ثلاث"), ("أربعة", "أربع"), ("خمسة", "خمس"), ("ستة", "ست"),
    ("سبعة", "سبع"), ("ثمانية", "ثماني"), ("تسعة", "تسع"), ("عشرة", "عشر"),
)  # fmt: skip
_TENS = ("عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")
_SCALES = {"thousand": ("ألف", "آلاف"), "million": ("مليون", "ملايين"), "billion": ("مليار", "مليارات")}
_ENGLISH = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def numeral(number: int, noun: Noun, case: Case = Case.NOMINATIVE) -> str:
    """The word for `number`, from 3 to 99, as it stands before `noun`."""
    gender = int(noun.feminine)
    if 3 <= number <= 10:
        return _UNITS[number - 1][gender]
    ten, unit = divmod(number, 10)
    if ten == 1:
        return _teen(unit, noun.feminine, case)
    tens = _TENS[ten - 2] + ("ون" if case is Case.NOMINATIVE else "ين")
    if unit == 0:
        return tens
    if unit == 1:
        return f"{('واحد', 'إحدى')[gender]} و{tens}"
    if unit == 2:
        return f"{_two(noun.feminine, case)}ن و{tens}"
    word = "ثمان" if unit == 8 and noun.feminine else _UNITS[unit - 1][gender]
    return f"{word} و{tens}"


def _teen(unit: int, feminine: bool, case: Case) -> str:
    """11 to 19; their "ten" has the noun's own gender, their unit from 3 on the other."""
    ten = "عشرة" if feminine else "عشر"
    if unit == 1:
        return f"{'إحدى' if feminine else 'أحد'} {ten}"
    if unit == 2:
        return f"{_two(feminine, case)} {ten}"
    return f"{_UNITS[unit - 1][int(feminine)]} {ten}"


def _two(feminine: bool, case: Case) -> str:
    return ("اثنت" if feminine else "اثن") + ("ا" if case is Case.NOMINATIVE else "ي")


def counted(number: int, noun: Noun, case: Case = Case.NOMINATIVE, *, words: bool = False) -> str:
    """`number` (1 or more) of `noun`: in words from 3 to 99 if so wanted, in digits otherwise.

    One and two are always words; from a thousand on, digits are grouped by commas.
    """
    if number == 1:
        return f"{noun.singular} {_UNITS[0][int(noun.feminine)]}"
    if number == 2:
        return noun.dual(case)
    figure = numeral(number, noun, case) if words and number <= 99 else f"{number:,}"
    tail = number % 100
    if 3 <= tail <= 10:
        return f"{figure} {noun.plural}"
    return f"{figure} {noun.accusative if tail >= 11 else noun.singular}"


def scaled(amount: str, scale: str, noun: Noun, case: Case = Case.NOMINATIVE) -> str:
    """So many millions or billions of `noun`, as "3", "2.5" or "12" and "million": before these a noun is singular.

    3 to 10 take the scale's plural, 2 its dual without ن, 11 and up and fractions its singular.
    """
    singular, plural = {"million": ("مليون", "ملايين"), "billion": ("مليار", "مليارات"), "thousand": ("ألف", "آلاف")}[
        scale
    ]
    if amount == "1":
        return f"{singular} {noun.singular}"
    if amount == "2":
        return f"{singular}{'ا' if case is Case.NOMINATIVE else 'ي'} {noun.singular}"
    few = amount.isdigit() and 3 <= int(amount) <= 10
    return f"{amount} {plural if few else singular} {noun.singular}"


def english(number: int, noun: Noun, *, words: bool = False) -> str:
    """The same in English: `words` from 1 to 99, digits otherwise."""
    return f"{_english(number) if words and number <= 99 else f'{number:,}'} {noun.one if number == 1 else noun.many}"


def _english(number: int) -> str:
    if number < 20:
        return _ENGLISH[number - 1]
    ten, unit = divmod(number, 10)
    return _ENGLISH_TENS[ten - 2] + (f"-{_ENGLISH[unit - 1]}" if unit else "")
