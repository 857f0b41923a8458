"""Fits a glossary's Arabic form into a sentence: clitics, the article, case endings, and when it cannot be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from translate.terminology.function_words import ARABIC, CONJUNCTIONS, GOVERNING, LIKENESS, PREPOSITIONS
from translate.terminology.matching import fold, unvowelled
from translate.terminology.slot import Fit, Refusal, Slot

_ARTICLE = "ال"
_TANWIN = "\u064b"
# Conjunction, preposition and article, which are certain where the article is there; -لل- is ل and ال.
_WITH_ARTICLE = re.compile(r"([وف]?)(?:([بك]?)ال|(ل)ل)(\w{2,})")
# Words of the news whose first letter is no clitic, though the source may have an "and" or a preposition beside them.
_RADICAL = frozenset(
    "وزارة وزير وزراء وكالة وفد ولاية ولايات وقف وحدة وثيقة وسيط وضع وطن ورقة وسائل وساطة واشنطن وجبة وفاة والد والدة"
    " والي وباء ودائع ورشة وعد وقت وقود ولي بلد بلدة بلاد بيان برنامج بعثة بيت بنك بحر بند برلمان بلدية باريس بيروت"
    " بغداد بالغ بالون باليستي بنية بطالة بوابة كتلة كتيبة كيان كارثة كلمة كنيسة كوريا كندا كييف كفاح كيلومتر لجنة"
    " لاجئ لاجئون لاجئين لقاء لواء ليلة لبنان ليبيا لغة لندن لائحة فصيل فلسطين فريق فرع فيلق فترة فيتو فيروس فرنسا"
    " فتح فيضان فوز فرقة فقر فضاء فساد فحص كتاب كلب كرسي كمية كفاءة بيت باب بنت بئر بحث بطاقة بقاء ولد وجه وضع ورم"
    " لون لحم لبن فكرة فصل فندق فتاة فجر فوضى".split()
)
_DEMONSTRATIVES = frozenset("هذا هذه ذلك تلك هذان هذين هاتان هاتين هؤلاء أولئك".split())
# What stands before an indefinite noun; a phrase that is definite by itself cannot follow.
_BEFORE_INDEFINITE = frozenset("لا أي اي أية أول آخر أكبر أطول أسوأ ثاني ثالث رابع".split())
# Before these verbs stand.
_BEFORE_VERBS = frozenset("أن ان لم لن قد لقد سوف لا ما وقد ولم ولن الذي التي الذين حيث".split())
_FEMININE = frozenset("حرب نار أرض شمس سوق يد دار بئر نفس قوى أمم أزمة".split())
_ADJECTIVE = re.compile(r"\w{2,}(?:ي|ية|يه|يون|يين|يات|يا|يًا|ياً)")
# Verbs of the present and the future, as far as their first letters tell them from nouns.
_VERB = re.compile(r"(?:سي|ست|سن|ي)\w*(?<!ة)")
# "it", "in it", "for them"; "that it"
_PRONOUN = re.compile(
    "[وف]?(?:هو|هي|هم|هما|هن|(?:في|من|علي|إلي|عن|ب|ل|مع|بين|عند|لدي|إن|أن|بأن|لأن|لكن|كل|ذلك|منذ)(?:ه|ها|هم|هما|هن))"
)
# From here on two spellings are taken for the same name, and one reading of a word for the best of several.
_NAMES_ALIKE = 0.6
_READING = 0.5
_LETTERS = re.compile(r"[\u0621-\u064a]+")


class State(Enum):
    """What a phrase is by its spelling: with the article, definite without it, or bare."""

    ARTICLE = "article"
    DEFINITE = "definite"
    BARE = "bare"


@dataclass(frozen=True)
class Prefix:
    """What is written together with a word, before it."""

    conjunction: str = ""
    preposition: str = ""
    article: bool = False


def attach(prefix: Prefix, phrase: str) -> str:
    """`phrase` with a conjunction and preposition before its first word; ل swallows the article's ا, and a third ل."""
    if prefix.preposition == "ل" and phrase.startswith(_ARTICLE):
        rest = phrase.removeprefix(_ARTICLE)
        joined = "ل" + rest if rest.startswith("ل") else "لل" + rest
    else:
        joined = prefix.preposition + phrase
    return prefix.conjunction + joined


def fit(slot: Slot) -> Fit | Refusal:
    """The glossary's form as it must be written in the slot; a Refusal where that is not known for certain."""
    if slot.inflected or slot.term.part_of_speech.casefold() in ("adjective", "verb", "adverb"):
        return Refusal.INFLECTED
    form = slot.term.target
    if not _LETTERS.fullmatch(unvowelled(form).replace(" ", "").replace("-", "")):
        return Refusal.INFLECTED
    if _PRONOUN.fullmatch(unvowelled(slot.old[0])):
        return Refusal.RECAST
    prefix = _prefix(slot)
    if prefix is None:
        return Refusal.CLITIC
    if _is_recast(slot, prefix):
        return Refusal.RECAST
    phrase = _phrase(slot, prefix)
    if isinstance(phrase, Refusal):
        return phrase
    return Fit(attach(prefix, phrase))


def _prefix(slot: Slot) -> Prefix | None:
    """The clitics of the slot's first word; None where it cannot be told whether its first letter is one."""
    word = unvowelled(slot.old[0])
    known = {unvowelled(form.split()[0]) for form in (*slot.term.targets, *slot.term.forbidden)}
    if word in _RADICAL or word in known or word.removesuffix("ا") in _RADICAL:
        return Prefix(article=word.startswith(_ARTICLE))
    if match := _WITH_ARTICLE.fullmatch(word):
        if "ل" + match[4] in _RADICAL and match[3] and not slot.term.is_name:
            # "to a committee" and "to the committee" are written alike.
            return Prefix(match[1], "ل", True) if "the" in slot.helpers else None
        return Prefix(match[1], match[2] or match[3] or "", True)
    if not re.match("[وفبكل]", word):
        return Prefix()
    options = [Prefix()] + [
        Prefix(c, p)
        for c in ("", "و", "ف")
        for p in ("", "ب", "ك", "ل")
        if c + p and word.startswith(c + p) and len(word) - len(c + p) > 1
    ]
    for option in options:
        rest = word[len(option.conjunction + option.preposition) :]
        if rest in known or (rest in _RADICAL and _is_explained(option, slot.helpers)):
            return option
    if slot.term.is_name:
        return _most_alike(word, options, slot)
    return next((option for option in reversed(options[1:]) if _is_explained(option, slot.helpers)), None)


def _is_explained(prefix: Prefix, helpers: frozenset[str]) -> bool:
    """Whether the source has words for the clitics."""
    conjunction = not prefix.conjunction or bool(helpers & CONJUNCTIONS)
    asked = LIKENESS if prefix.preposition == "ك" else PREPOSITIONS
    return conjunction and (not prefix.preposition or bool(helpers & asked))


def _most_alike(word: str, options: list[Prefix], slot: Slot) -> Prefix | None:
    """Of a name the reading that is most like the name wanted; None where none is like it."""
    others = slot.old[1:]
    scored = [
        (_likeness(" ".join((word[len(option.conjunction + option.preposition) :], *others)), slot.term.target), option)
        for option in options
        if option == Prefix() or _is_explained(option, slot.helpers) or not slot.helpers
    ]
    best, option = max(scored, key=lambda one: one[0])
    return option if best >= _READING else None


def _likeness(one: str, other: str) -> float:
    """How alike two phrases are without the article, 0 to 1."""
    return SequenceMatcher(None, fold(one).removeprefix(_ARTICLE), fold(other).removeprefix(_ARTICLE)).ratio()


def _is_recast(slot: Slot, prefix: Prefix) -> bool:
    """Whether the old words are likely an adjective ("الأممية" for "UN") or a verb, whose place no noun can take."""
    word = unvowelled(slot.old[0])
    stem = word[len(prefix.conjunction + prefix.preposition) :]
    is_adjective = len(slot.old) == 1 and _ADJECTIVE.fullmatch(word)
    if is_adjective and not _ADJECTIVE.fullmatch(slot.term.target.split()[-1]):
        return True
    if prefix.article and slot.beside and _has_article(slot.before) and not prefix.preposition:
        return True
    if prefix.article or slot.term.is_name or stem in _known_stems(slot):
        return False
    is_first = not slot.before or not slot.before[0].isalnum()
    if prefix == Prefix() and (_is_one(slot.before, _BEFORE_VERBS) or (is_first and not _is_neutral(slot.after))):
        return True
    return bool(_VERB.fullmatch(stem)) and len(slot.old) == 1


def _known_stems(slot: Slot) -> set[str]:
    return {unvowelled(form).split()[0] for form in slot.term.forbidden}


def _phrase(slot: Slot, prefix: Prefix) -> str | Refusal:
    """The form with the article, or case ending, that the old words' place asks for."""
    form, old = slot.term.target, _state(slot, prefix)
    if not _agrees(slot, prefix):
        return Refusal.AGREEMENT
    if old is State.BARE and not _is_neutral(slot.after) and not _may_be_followed(slot):
        return Refusal.CONSTRUCT
    if _is_one(slot.before, _DEMONSTRATIVES) and (slot.term.is_name or _is_set(form) or old is not State.ARTICLE):
        return Refusal.CONSTRUCT
    if _is_one(slot.before, _BEFORE_INDEFINITE) and (slot.term.is_name or _is_set(form)):
        return Refusal.CONSTRUCT
    if slot.term.is_name or (_is_set(form) and not _has_article(form)):
        return form
    if old is State.BARE:
        return Refusal.INFLECTED if _has_article(form) else _indefinite(slot, prefix)
    return form if _has_article(form) else _definite(slot, prefix)


def _state(slot: Slot, prefix: Prefix) -> State:
    if prefix.article:
        return State.ARTICLE
    is_definite = any(_has_article(word) for word in slot.old[1:])
    return State.DEFINITE if is_definite or _is_alike(slot) else State.BARE


def _is_alike(slot: Slot) -> bool:
    """Whether the old words are but another spelling of a name, as a whole and in their first word."""
    pairs = ((" ".join(slot.old), slot.term.target), (slot.old[0], slot.term.target.split()[0]))
    return slot.term.is_name and all(_likeness(*pair) >= _NAMES_ALIKE for pair in pairs)


def _may_be_followed(slot: Slot) -> bool:
    """Whether a bare noun may give way to the form, though what follows may be its genitive or its adjective."""
    return len(slot.old) == 1 and " " not in slot.term.target and not slot.term.is_name


def _is_set(form: str) -> bool:
    """Whether a phrase is definite by its second part ("وقف إطلاق النار"): then its first takes no article."""
    first, *others = form.split()
    return not _has_article(first) and any(_has_article(word) for word in others)


def _agrees(slot: Slot, prefix: Prefix) -> bool:
    """Whether the form has the old words' gender, or stands where nothing can agree with it."""
    if _is_alike(slot):
        return True
    feminine = _is_feminine(slot.term.target.split(), indefinite=True)
    old = [unvowelled(slot.old[0])[len(prefix.conjunction + prefix.preposition) :], *slot.old[1:]]
    if feminine == _is_feminine(old) and (feminine or not _is_taken_for_feminine(slot)):
        return True
    return _is_governed(slot, prefix) and _is_neutral(slot.after)


def _is_feminine(words: Sequence[str], *, indefinite: bool = False) -> bool:
    """Whether a phrase is feminine by its spelling: by its head, or by the adjective after a head with the article.

    With `indefinite` a second word without the article counts as an adjective, too, if it has the form of one.
    """
    head = unvowelled(words[0]).removeprefix(_ARTICLE)
    if head.endswith(("ة", "ات")) or head in _FEMININE:
        return True
    if len(words) < 2 or not unvowelled(words[1]).endswith(("ة", "اء")):
        return False
    # "الأمم المتحدة": the adjective shows what the noun does not.
    both = _has_article(words[0]) and _has_article(words[1])
    return both or (indefinite and not _has_article(words[0]) and words[1].endswith("ية") and len(words) == 2)


def _is_taken_for_feminine(slot: Slot) -> bool:
    """Whether the word before may be a feminine verb, or the one after a feminine adjective, whatever the noun is."""
    before, after = unvowelled(slot.before), unvowelled(slot.after)
    return before.endswith("ت") or before.startswith(("ت", "ست")) or (_has_article(after) and after.endswith("ة"))


def _is_governed(slot: Slot, prefix: Prefix) -> bool:
    return bool(prefix.preposition) or _is_one(slot.before, GOVERNING)


def _is_neutral(word: str) -> bool:
    """Whether the word after, if any, can be neither an adjective nor a genitive nor the verb of what it follows."""
    return not word or not word[0].isalnum() or unvowelled(word) in ARABIC


def _definite(slot: Slot, prefix: Prefix) -> str | Refusal:
    words = slot.term.target.split()
    if len(words) == 1:
        return _cased_plural(slot, prefix, _ARTICLE + words[0])
    listed = next((form for form in slot.term.forms if _bare(form) == words and form.split() != words), None)
    if listed is not None:
        return listed
    if all(_ADJECTIVE.fullmatch(word) and _ends_alike(words[0], word) for word in words[1:]):
        return " ".join(_ARTICLE + word for word in words)
    return Refusal.INFLECTED


def _bare(form: str) -> list[str]:
    return [word.removeprefix(_ARTICLE) for word in form.split()]


def _ends_alike(noun: str, adjective: str) -> bool:
    return noun.endswith("ة") == adjective.endswith("ة")


def _indefinite(slot: Slot, prefix: Prefix) -> str | Refusal:
    """The form without the article; what an accusative would add to it must be known."""
    form, last = slot.term.target, slot.old[-1]
    if _is_plural(slot):
        return _cased_plural(slot, prefix, form) if _is_neutral(slot.after) else Refusal.CONSTRUCT
    if _is_governed(slot, prefix) or not _shows_case(form):
        return form
    if _TANWIN in last:
        return form + _TANWIN + "ا" if " " not in form else Refusal.INFLECTED
    return form if _shows_case(last) else Refusal.INFLECTED


def _shows_case(phrase: str) -> bool:
    """Whether the accusative of an indefinite phrase would be written with another ending."""
    return not unvowelled(phrase.split()[-1]).endswith(("ة", "اء", "ى", "ا", "ات"))


def _is_plural(slot: Slot) -> bool:
    """Whether the form is a plural in -ون; "قانون" is none, as its source is none."""
    source = slot.term.source.casefold()
    people = source.endswith(("s", "people", "police", "men", "children")) and not source.endswith(("ss", "us"))
    return people and slot.term.target.endswith("ون")


def _cased_plural(slot: Slot, prefix: Prefix, form: str) -> str | Refusal:
    """A plural in -ون or, where the old words show or a preposition asks it, -ين; anything else as it is."""
    if not _is_plural(slot):
        return form
    old = unvowelled(slot.old[-1])
    if _is_governed(slot, prefix) or old.endswith("ين"):
        return form.removesuffix("ون") + "ين"
    return form if old.endswith("ون") else Refusal.INFLECTED


def _is_one(word: str, of: frozenset[str]) -> bool:
    """Whether a word, with or without "and" before it, is one of these."""
    bare = unvowelled(word)
    return bare in of or (bare[:1] in ("و", "ف") and bare[1:] in of)


def _has_article(word: str) -> bool:
    """Whether a word has the article, with or without clitics."""
    bare = unvowelled(word.split()[0]) if word else ""
    return bare not in _RADICAL and bool(_WITH_ARTICLE.fullmatch(bare))
