"""Finds the figures of a sentence: numbers with their limits, what they count, and what befell those they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from translate.document import Span
from translate.quality import numbers
from translate.quality.phrases import Word, words
from translate.quality.values import Kind, Value
from translate.summarize.lexicon import exact, folded, labelled, stems, word_set
from translate.summarize.types import Bound, Figure, Harm

_HARMS = tuple(harm.value for harm in Harm)
_BOUNDS = ("at_least", "at_most", "about")
_COUNTING = (Kind.CARDINAL, Kind.VAGUE, Kind.DUAL, Kind.FRACTION)
# How many words what is counted may have, and how far from it the words may be that say what befell them.
_LONGEST = 5
_REACH = 7
_STOP = re.compile(r"[.,;:!?()–—\"“”«»،؛؟]")
_UNIT = re.compile(r"\s?(?:%|per ?cent\b|percent\b|[a-zA-Z°]{1,3}\b(?<!of))|[-–]\w")
_DATE_BEFORE = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|aged|age|of age|chapter"
    r"|page|section|article|resolution|number|no)\.?\s*$",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"(?:^|\W)(?:in|since|by|until|of|from|عام|سنة|منذ|في|العام|قبل عام)\s*$", re.IGNORECASE)
_MONTH_AFTER = re.compile(
    r"\s+(?:january|february|march|april|may|june|july|august|september|october|november|december|يناير|فبراير|مارس"
    r"|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين)\b",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(r"[\s-]+(?:years?|months?|days?|weeks?)[\s-]+old\b|\s+or\s+\S+\s+years\s+old\b", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"(?:البالغ|البالغة|يبلغ|تبلغ|عمره|عمرها|عن عمر)(?:\s+من العمر)?\s*$")
_YEARS = range(1900, 2101)
_PERCENT = re.compile(r"\s?(?:%|٪|per ?cent\b|في المئة|في المائة|بالمئة|بالمائة)", re.IGNORECASE)
_PART = re.compile(r"\s+(?:of (?:them|whom|those|these)|منهم|من بينهم|بينهم|منهن)\b")
# "a beekeeper of 57"
_AGE = re.compile(r"\w (?:of|aged|who (?:is|was))\s*$")
_AGE_SET_OFF = re.compile(r"\w, \S+,")
_AGE_IN_BRACKETS = re.compile(r"\(\S+(?: (?:عاما|سنة|سنوات|أعوام))?\)")
_UNITS_OF_TIME = frozenset(
    "year years month months week weeks day days hour hours minute minutes decades عام عاما أعوام سنة سنوات شهر شهرا"
    " أشهر أسبوع أسبوعا أسابيع يوم يوما أيام ساعة ساعات دقيقة دقائق".split()
)
_INCLUDING = frozenset(("including", "بينهم", "بينها"))
_AMONG = re.compile(r"(?:among (?:them|whom)|including|بينهم|بينها|منهم)\s+$")
# "ستة أشخاص على الأقل"
_AT_LEAST_BEHIND = re.compile(r"\s+(?:على الأقل|or more\b|at least\b)")
# What is counted does not begin or end with these.
_LINKS = frozenset("and of the a an his her their its them whom those these و".split())


@dataclass(frozen=True)
class _Sentence:
    text: str
    language: str
    words: tuple[Word, ...]

    def at(self, position: int) -> int:
        """The index of the first word that begins at `position` or behind it."""
        return next((i for i, word in enumerate(self.words) if word.span.start >= position), len(self.words))

    def stops(self, index: int) -> bool:
        """Whether a mark parts the word at `index` from the one before it, or there is none."""
        if not 0 < index < len(self.words):
            return True
        return _STOP.search(self.text, self.words[index - 1].span.end, self.words[index].span.start) is not None


def figures(text: str, language: str) -> tuple[Figure, ...]:
    """The figures of a sentence in English ("en") or Arabic ("ar"), in order; none for other languages."""
    read = numbers.values(text, language)
    if not read:
        return ()
    sentence = _Sentence(text, language, words(text))
    found: list[Figure] = []
    for index, value in enumerate(read):
        free = read[index + 1].span.start if index + 1 < len(read) else len(text)
        figure = _figure(sentence, value, free) if _counts(value, text) else None
        if figure is None:
            continue
        among = _AMONG.search(text[: figure.span.start])
        if found and figure.harm is None and (_PART.match(text, value.span.end) or (among and figure.counted)):
            figure = replace(figure, harm=found[-1].harm)
        found.append(figure)
    return tuple(found)


def continued(figure: Figure, text: str, language: str, harm: Harm | None) -> Figure:
    """The figure as counting what the last casualty figure counted, where its sentence says only "the toll is 58"."""
    if figure.harm is not None or figure.counted or harm is None:
        return figure
    before = [word.form for word in words(text[: figure.span.start])][-_REACH:]
    tolls = word_set("figures", language, "toll")
    told = any(not tolls.isdisjoint(stems(folded(form)) if language == "ar" else (form,)) for form in before)
    return replace(figure, harm=harm) if told else figure


def _counts(value: Value, text: str) -> bool:
    """Whether a number counts or measures: no date, year, age, time, rank; no "one" that may stand for "a"."""
    if value.kind not in _COUNTING or (value.weak and value.kind not in (Kind.VAGUE, Kind.DUAL)):
        return False
    before, after = text[: value.span.start], text[value.span.end :]
    if value.amount == 1 and not value.digits:
        return False
    if _AGE_SET_OFF.match(text, max(0, value.span.start - 3)) or _AGE_IN_BRACKETS.match(
        text, max(0, value.span.start - 1)
    ):
        return False
    if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before) or _MONTH_AFTER.match(after):
        return False
    if value.digits and value.amount in _YEARS and "," not in value.span.of(text):
        return not (_YEAR_BEFORE.search(before) or re.match(r"\s*[.,)]|$", after))
    return not (value.digits and _DATE_BEFORE.search(before))


def _figure(sentence: _Sentence, value: Value, free: int) -> Figure | None:
    first, behind = sentence.at(value.span.start), sentence.at(value.span.end)
    start, bound = _limit(sentence, first)
    if value.kind is Kind.VAGUE and bound is Bound.EXACT:
        bound = Bound.ABOUT
    percent = _PERCENT.match(sentence.text, value.span.end)
    if value.kind is Kind.DUAL:
        counted: Span | None = value.span
    elif percent:
        counted = Span(percent.end() - len(percent[0].strip()), percent.end())
    else:
        counted = _counted(sentence, behind, sentence.at(free))
        if _is_name(sentence, value, counted) or (counted is None and _AGE.search(sentence.text[: value.span.start])):
            return None
    harm = _harm(sentence, start, behind)
    if bound is Bound.EXACT and _AT_LEAST_BEHIND.match(sentence.text, (counted or value.span).end):
        bound = Bound.AT_LEAST
    if value.kind is Kind.DUAL and harm is None:
        return None
    if harm is not None and counted is not None and not _is_people(sentence, counted):
        harm = None
    left = sentence.words[start].span.start if start < first else value.span.start
    right = max(value.span.end, counted.end) if counted is not None else value.span.end
    return Figure(value, Span(left, right), counted.of(sentence.text) if counted is not None else "", bound, harm)


def _limit(sentence: _Sentence, first: int) -> tuple[int, Bound]:
    """The first word of a number with its limit, and the limit; in Arabic it may also stand behind."""
    listed = exact("figures", sentence.language, *_BOUNDS)
    if first > 0 and sentence.words[first - 1].form == "a":
        first -= 1
    for size in (4, 3, 2, 1):
        start = first - size
        if start >= 0 and not any(sentence.stops(index) for index in range(start + 1, first + 1)):
            match = next(listed.find(sentence.words[start:first]), None)
            if match is not None and (match.first, match.last) == (0, size - 1):
                return start, Bound(match.value)
    return first, Bound.EXACT


def _is_name(sentence: _Sentence, value: Value, counted: Span | None) -> bool:
    """Whether a number in words is part of a name: "Two Banks Monitor"."""
    if counted is None or value.digits or not value.span.of(sentence.text)[0].isupper():
        return False
    inside = [word.span.of(sentence.text) for word in sentence.words if counted.contains(word.span)][:2]
    return len(inside) > 1 and all(word[0].isupper() for word in inside)


def _counted(sentence: _Sentence, behind: int, free: int) -> Span | None:
    """What a number counts: the words after it, before the word `free`, up to a mark or what cannot belong to it."""
    if behind >= min(free, len(sentence.words)) or sentence.stops(behind):
        return None
    gap_start = sentence.words[behind - 1].span.end if behind else 0
    if _UNIT.match(sentence.text, gap_start) and not sentence.text[gap_start : gap_start + 1].isspace():
        return None
    ends = word_set("figures", sentence.language, "ends")
    longest = _LONGEST if sentence.language == "en" else 2
    first = behind
    # "19 of his relatives", "19 من أقاربه", "nine of them police officers"
    if sentence.words[first].form in ("of", "من"):
        first += 1
    if first > behind and first < len(sentence.words) and sentence.words[first].form in _LINKS:
        first += 1
    last = first - 1
    while last + 1 < min(free, len(sentence.words)) and last + 1 - first < longest:
        form = folded(sentence.words[last + 1].form)
        # A verb: "valleys announced".
        if form.endswith("ed") and last >= first and sentence.words[last].form.endswith("s"):
            break
        if last >= first and sentence.words[last].form in _UNITS_OF_TIME:
            break
        if form in ends or (last >= first and sentence.stops(last + 1)) or form.isdigit():
            break
        last += 1
    while last >= first and sentence.words[last].form in _LINKS:
        last -= 1
    if last < first or sentence.words[first].form in ("and", "و"):
        return None
    return Span(sentence.words[first].span.start, sentence.words[last].span.end)


def _harm(sentence: _Sentence, first: int, behind: int) -> Harm | None:
    """What befell those whom the number between the words `first` and `behind` counts: the nearest word for it."""
    listed = exact("figures", sentence.language, *_HARMS, "lost")
    found: list[tuple[int, int, str]] = []
    end = behind
    while end < min(len(sentence.words), behind + _REACH) and (end == behind or not sentence.stops(end)):
        end += 1
    if behind < len(sentence.words) and not (sentence.stops(behind) and _closes(sentence, behind)):
        found += [
            (match.first, 1, match.value) for match in listed.find(sentence.words[behind:end]) if match.value != "lost"
        ]
    start = first
    # "many executed, including dozens of his friends"
    included = sentence.words[first - 1].form in _INCLUDING if first > 0 else False
    while start > max(0, first - _REACH) and (not sentence.stops(start) or (included and start == first - 1)):
        start -= 1
    before = sentence.words[start:first]
    # English says "killed 12 people", but "were killed, 12 …" and "were killed by 12 men" are not of the twelve.
    for match in listed.find(before):
        if sentence.language == "ar" or not any(word.form in ("by", "after", "who") for word in before[match.last :]):
            found.append((len(before) - 1 - match.last, 0, match.value))
    if not found:
        return None
    nearest = min(found)[2]
    return Harm.KILLED if nearest == "lost" else Harm(nearest)


def _closes(sentence: _Sentence, index: int) -> bool:
    """Whether the mark before the word at `index` ends a clause."""
    gap = sentence.text[sentence.words[index - 1].span.end : sentence.words[index].span.start]
    return bool(re.search(r"[.,;:!?،؛؟]", gap))


def _is_people(sentence: _Sentence, counted: Span) -> bool:
    """Whether what is counted are people, or says itself that they are dead or missing."""
    inside = [word for word in sentence.words if counted.contains(word.span)]
    lists = labelled("figures", sentence.language, "people", *_HARMS)
    return next(lists.find(inside), None) is not None or any(
        word.span.of(sentence.text)[0].isupper() for word in inside
    )


def harmed(found: Sequence[Figure]) -> Iterator[Harm]:
    """What befell those whom the figures count, in order, where it befell them bodily."""
    return (figure.harm for figure in found if figure.harm is not None and figure.casualties)
