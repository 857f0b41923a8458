"""Finds who says what: reporting verbs and phrases with their speakers, in English and Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from translate.document import Span
from translate.quality.phrases import Phrase, Phrases, Worded, lists, words

Kind = Literal["said", "source", "quoted"]


@dataclass(frozen=True)
class Attribution:
    """That somebody says something.

    `verb` is where the reporting words stand and `speaker` where the one who speaks is named or described (a pronoun
    too); None where the sentence does not tell (a passive, a verb that holds its "he"). Kind "said" has a verb,
    "source" a phrase such as "according to", and "quoted" somebody whom another quotes ("was quoted as saying").
    """

    verb: Span
    speaker: Span | None
    kind: Kind


_MANY = 12
_QUOTES = "\"“”„«»‹›‘’'"
_BEHIND_QUOTE = re.compile(rf"[{_QUOTES}]\s*$")
_HOLDS_QUOTE = re.compile(rf"[:{_QUOTES}]")
_STOP = re.compile(r"[.,:;!?()\[\]–—\"“”„«»‹›،؛؟]|\s-+\s|\s-\s*$")
_TITLES = frozenset("mr mrs ms dr gen rev det sgt lt col maj capt sen gov prof st rep jr sr no".split())
_BE = frozenset("is are was were be been being".split())
_BESIDE_VERB = _BE | frozenset(
    "has have had also later then further already often again recently previously now".split()
)
_RELATIVES = frozenset(("who", "which", "whose"))
_CLAUSE = frozenset(
    "that when while after before but because if where whether since as although though what how why so".split()
)
_BEHIND_NAME = frozenset(
    "in on at after during when who which that as to about before while and but was is were are has had have from"
    " they he she it we yesterday today monday tuesday wednesday thursday friday saturday sunday last this".split()
)
_ARABIC_THAT = ("أن", "إن", "بأن", "أنه", "أنها")
_ARABIC_CLAUSE = frozenset(
    "إن أن إنه أنه إنها أنها إنهم أنهم بأن بأنه بأنها بأنهم إنهما أنهما أنني إنني إننا أننا أني إني بأننا بأنني لأن"
    " أنهن ولكن لكن ولكنه لكنه ولكنها لكنها التي الذي الذين ذلك كما حيث بينما عندما حين منذ كان كانت قد لقد وقد".split()
)
_ARABIC_BEHIND_NAME = _ARABIC_CLAUSE | frozenset(
    "أيضا في خلال يوم أمس اليوم عن على إلى بعد قبل حول أثناء عبر ضمن مساء صباح هذا هذه سابقا مؤخرا هناك لا لم لن ليس ما"
    " كيف هل لذلك وذلك وهو وهي".split()
)


def attributions(text: str, language: str) -> tuple[Attribution, ...]:
    """The attributions of a sentence in English ("en") or Arabic ("ar") in order; none for other languages.

    Takes "Akram said", "said Akram", "Akram told Salem", "according to Akram", "was quoted as saying"; in Arabic the
    verb before its speaker, the speaker before its verb, and "وفقا لـ", "بحسب", "نقلا عن".
    """
    if language not in ("en", "ar"):
        return ()
    sentence = _Sentence(text, words(text))
    make = _english if language == "en" else _arabic
    return tuple(one for phrase in reporting(text, language) for one in make(sentence, phrase))


@lru_cache(maxsize=64)
def reporting(text: str, language: str) -> tuple[Phrase, ...]:
    """The words of `text` ("en" or "ar") that speak of what somebody says, by the labels of reporting.toml."""
    return tuple(phrase for phrase in _phrases(language).find(words(text)) if phrase.label != "none")


@lru_cache(maxsize=2)
def _phrases(language: str) -> Phrases:
    read = lists("reporting.toml")[language]
    if language == "en":
        return Phrases(read, arabic=False)
    return Phrases({label: tuple(_forms(label, read[label])) for label in read}, arabic=True)


def _forms(label: str, entries: tuple[str, ...]) -> Iterator[str]:
    """The entries of a list, verbs in the persons that newspapers use."""
    for entry in entries:
        if label not in ("says", "may", "told"):
            yield entry
            continue
        past, present = entry.split()
        stem = past[:-1] if past.endswith(("ى", "ا")) else past
        yield from (past, *(stem + ending for ending in ("ت", "وا", "ه", "ته", "ها", "هم", "تا", "ني", "وني")))
        yield from (present, "ت" + present[1:], present.removesuffix("ى").removesuffix("ي") + "ون")


@dataclass(frozen=True)
class _Sentence(Worded):
    def stops(self, index: int) -> bool:
        """Whether a mark parts the word at `index` from the one before; the point of "Mr." and "U.S." does not."""
        gap = self.gap(index)
        if gap in (" ", "-", ".") or not _STOP.search(gap):
            return False
        before = self.form(index - 1)
        return not (gap.strip() == "." and index < len(self.words) and (len(before) == 1 or before in _TITLES))

    def run(self, first: int, last: int) -> Span | None:
        """Where the words [first, last] stand; None where there are none."""
        return self.span(first, last) if first <= last else None

    def ahead(self, first: int, ends: frozenset[str]) -> Span | None:
        """The words from `first` up to a mark or one of the words that cannot belong to a name."""
        last = first - 1
        while last + 1 < min(len(self.words), first + _MANY):
            if (last >= first and self.stops(last + 1)) or self.form(last + 1) in ends:
                break
            last += 1
        return self.run(first, last)


def _english(sentence: _Sentence, phrase: Phrase) -> Iterator[Attribution]:
    first, behind = phrase.first, phrase.last + 1
    verb = Span(sentence.words[first].start, sentence.words[phrase.last].end)
    if phrase.label == "sources":
        yield Attribution(verb, sentence.ahead(behind, _BEHIND_NAME), "source")
    elif phrase.label == "says" or (phrase.label == "may" and _reports(sentence, phrase, "that")):
        before = sentence.form(first - 1)
        if before == "as" and sentence.form(first - 2) == "quoted":
            yield Attribution(verb, _subject(sentence, first - 3), "quoted")
        elif before in _BE or sentence.form(first).endswith("ing"):
            yield Attribution(verb, None, "said")
        elif _BEHIND_QUOTE.search(sentence.gap(first)):
            inverted = bool(sentence.form(behind)) and not sentence.stops(behind) and sentence.form(behind) != "that"
            yield Attribution(verb, sentence.ahead(behind, _BEHIND_NAME) if inverted else None, "said")
        else:
            yield Attribution(verb, _subject(sentence, first - 1), "said")


def _reports(sentence: _Sentence, phrase: Phrase, *joiners: str) -> bool:
    """Whether a verb that has other uses reports here: "that", a colon or a quotation stands by it."""
    first = sentence.words[phrase.first]
    if first.form in ("states", "reports") and first.span.of(sentence.text)[0].isupper():
        return False
    if _BEHIND_QUOTE.search(sentence.gap(phrase.first)):
        return True
    for index in range(phrase.last + 1, min(phrase.last + _MANY, len(sentence.words)) + 1):
        if sentence.form(index) in joiners:
            return True
        if index <= phrase.last + _MANY // 2 and _HOLDS_QUOTE.search(sentence.gap(index)):
            return True
        if sentence.stops(index):
            return False
    return False


def _subject(sentence: _Sentence, last: int) -> Span | None:
    """The subject that ends at `last`, with the name before its apposition: "Akram, head of the council, said"."""
    set_off = sentence.stops(last + 1)
    if set_off and "," not in sentence.gap(last + 1):
        return None
    while last >= 0 and (sentence.form(last) in _BESIDE_VERB or sentence.form(last).endswith("ly")):
        last -= 1
    if last < 0 or sentence.form(last) in ("and", "but", "or", "who", "which", "that"):
        return None
    first = last
    while first > 0 and last - first < 2 * _MANY:
        if sentence.stops(first):
            name = _name_before(sentence, first) if "," in sentence.gap(first) else first
            if name == first:
                break
            first, set_off = name, False
        elif sentence.form(first - 1) in _CLAUSE:
            break
        else:
            first -= 1
    return None if set_off else sentence.run(first, last)


def _name_before(sentence: _Sentence, first: int) -> int:
    """The first word of the name that ends before the comma at `first`; `first` where what ends there is no name."""
    start = first - 1
    while start > 0 and first - start < _MANY // 2 and not sentence.stops(start):
        start -= 1
    name = [word.span.of(sentence.text)[0] for word in sentence.words[start:first]]
    gap = sentence.gap(start)
    opens = start == 0 or (sentence.stops(start) and ("," not in gap or bool(_HOLDS_QUOTE.search(gap))))
    relative = sentence.form(first) in _RELATIVES
    return start if relative or (opens and all(char.isupper() or char.isdigit() for char in name)) else first


def _arabic(sentence: _Sentence, phrase: Phrase) -> Iterator[Attribution]:
    first, behind = phrase.first, phrase.last + 1
    verb = Span(sentence.words[first].start, sentence.words[phrase.last].end)
    if phrase.label == "sources":
        yield Attribution(verb, sentence.ahead(behind, _ARABIC_BEHIND_NAME), "source")
    elif phrase.label == "says" or (
        phrase.label == "may" and _reports(sentence, phrase, "أن", "إن", "بأن", "أنه", "أنها")
    ):
        speaker = None
        if not sentence.stops(behind):
            speaker = sentence.ahead(behind, _ARABIC_BEHIND_NAME)
        if speaker is None and sentence.form(first)[:1] not in ("و", "ف"):
            speaker = _before_verb(sentence, first)
        yield Attribution(verb, speaker, "said")


def _before_verb(sentence: _Sentence, verb: int) -> Span | None:
    """The words between the last conjunction or mark and a verb that its subject stands before."""
    first = verb
    while first > 0 and verb - first < _MANY and not sentence.stops(first):
        if sentence.form(first - 1) in _ARABIC_CLAUSE:
            break
        first -= 1
    return sentence.run(first, verb - 1)
