"""Fits a glossary's English form into a sentence: articles, plural, possessive; and tells when it cannot be done."""

from __future__ import annotations

import re

from translate.terminology.slot import Fit, Refusal, Slot

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_PLURAL = re.compile(r"\w{2,}[^siu'’]s$|\w+ies$|\w+(?:s|x|ch|sh)es$")
_IRREGULAR = frozenset({"people", "men", "women", "children", "police", "troops"})
_NOT_PLURAL = frozenset({"news", "hamas", "isis", "series", "species", "headquarters"})
_ONE = frozenset({"a", "an", "this", "that", "every", "each", "another", "one"})
_MANY = frozenset({"these", "those", "many", "few", "several", "both", "two", "three", "four", "five", "ten"})
_VERB_OF_ONE = frozenset({"is", "was", "has", "does"})
_VERB_OF_MANY = frozenset({"are", "were", "have", "do"})
_BEFORE_VERBS = frozenset("i we you they he she it who will would can could may might must should shall not".split())
# Pronouns and adverbs, which a noun cannot take the place of: "they went home".
_NO_NOUNS = frozenset(
    "it its they them their he him his she her this that these those which who one home here there now then".split()
)
_FUNCTION = frozenset(
    "in at by with to for of on through from into and or but so that which who as than is was are were has have had"
    " will would during after before since until over under against between near".split()
)
_DEMONYM = re.compile(r"\w+(?:an|ese|ish|i|ite|ic|al)s?", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\w{2,}(?:ed|ing)", re.IGNORECASE)
# Words that do not begin as they are spelled.
_SOUNDS_OPEN = re.compile(r"[aeiou]|hour|honest|honou?r|heir", re.IGNORECASE)
_SOUNDS_SHUT = re.compile(r"uni(?![dmn])|us[aeu]|eu|ur(?:an|in)|one\b|once\b", re.IGNORECASE)
_LETTER_OPEN = frozenset("AEFHILMNORSX")
# Names of bodies and states that are made of common nouns have the article.
_TAKES_THE = frozenset(
    "nations states kingdom emirates council army forces strip bank ministry organization organisation agency fund"
    " union league authority movement party committee court office programme program republic parliament senate"
    " government heights sea gulf brigades front cabinet mission alliance coalition secretary-general".split()
)


def fit(slot: Slot) -> Fit | Refusal:
    """The glossary's form as it must be written in the slot; a Refusal where that is not known for certain."""
    old = slot.old[-1]
    if slot.term.part_of_speech.casefold() == "verb":
        return Refusal.INFLECTED
    suffix = _POSSESSIVE.search(old)
    stem = old[: suffix.start()] if suffix else old
    if _is_recast(slot, stem):
        return Refusal.RECAST
    numbered = _numbered(slot, stem)
    if isinstance(numbered, Refusal):
        return numbered
    end = ("'" if numbered.endswith("s") and not slot.term.is_name else "'s") if suffix else ""
    return _with_article(slot, numbered + end)


def _is_recast(slot: Slot, stem: str) -> bool:
    """Whether the old word is likely an adjective ("Syrian" for "Syria") or a verb, whose place no noun can take."""
    form = slot.term.target.split()[-1]
    if slot.before.casefold() in _BEFORE_VERBS or slot.old[0].casefold() in _NO_NOUNS:
        return True
    if len(slot.old) > 1 or slot.term.part_of_speech.casefold() == "adjective":
        return False
    if _PARTICIPLE.fullmatch(stem) and not _PARTICIPLE.fullmatch(form):
        return True
    is_adjective = slot.term.is_name and _DEMONYM.fullmatch(stem) and not _DEMONYM.fullmatch(form)
    return bool(is_adjective) and _is_content(slot.after)


def _numbered(slot: Slot, stem: str) -> str | Refusal:
    """The form in the number that the sentence needs."""
    form = slot.term.target
    head = form.partition(" of ")[0].split()[-1]
    was_many, is_many = _is_plural(stem), _is_plural(head)
    if slot.term.is_name:
        return Refusal.INFLECTED if slot.inflected else form
    if slot.inflected and not is_many:
        if not was_many or " of " in form:
            return Refusal.INFLECTED
        return _plural(form)
    before, after = slot.before.casefold(), slot.after.casefold()
    if is_many and not was_many and (before in _ONE or after in _VERB_OF_ONE):
        return Refusal.AGREEMENT
    counts_many = before in _MANY or before[:1].isdigit() or after in _VERB_OF_MANY
    return Refusal.AGREEMENT if was_many and not is_many and counts_many else form


def _is_plural(word: str) -> bool:
    small = word.casefold()
    return small in _IRREGULAR or (small not in _NOT_PLURAL and bool(_PLURAL.fullmatch(small)))


def _plural(form: str) -> str:
    if re.search(r"[^aeiou]y$", form):
        return form[:-1] + "ies"
    return form + ("es" if re.search(r"(?:s|x|z|ch|sh)$", form) else "s")


def _with_article(slot: Slot, text: str) -> Fit | Refusal:
    """The text with the article before it put right: "a truce" becomes "an armistice"."""
    before = slot.before.casefold()
    if before in ("a", "an"):
        if slot.term.is_name and not _is_content(slot.after):
            return Refusal.CONSTRUCT
        right = article(text)
        return Fit(_like(slot.before, right) + " " + text, True) if right != before else Fit(text)
    if not slot.term.is_name:
        return Fit(text)
    needed = text.split()[-1].casefold() in _TAKES_THE
    if before == "the" and not needed and not _is_content(slot.after) and " " not in text and not text.isupper():
        return Fit(text, True)
    if needed and before != "the" and not _is_content(slot.after):
        if before.endswith(("'s", "’s")):
            return Refusal.CONSTRUCT
        return Fit("the " + text)
    return Fit(text)


def _is_content(word: str) -> bool:
    """Whether the word after may be a noun that the words before it describe."""
    return word[:1].isalnum() and word.casefold() not in _FUNCTION


def article(phrase: str) -> str:
    """The indefinite article that is said before the phrase; of capitals the letters' names are said."""
    word = phrase.split()[0]
    if word.isupper() and len(word) > 1 and not re.search("[AEIOU]", word[1:]):
        return "an" if word[0] in _LETTER_OPEN else "a"
    return "an" if _SOUNDS_OPEN.match(word) and not _SOUNDS_SHUT.match(word) else "a"


def _like(old: str, new: str) -> str:
    """`new` with a capital where `old` has one."""
    return new.capitalize() if old[:1].isupper() else new
