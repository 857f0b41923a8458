"""Length: a translation that is empty, cut off, or too short or long for what its source says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice

from translate.align.surface import number, sound
from translate.document import Alignment, Span
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import LONGEST, Pair

# Characters of Arabic for one of English, a little over the median (.87 in FLORES-101 dev, .92 in NTREX-128): Arabic is
# much longer than usual more often than it is much shorter, and so both directions are called short equally often.
_ARABIC_OF_ENGLISH = 0.91
_EXPECTED = {("en", "ar"): _ARABIC_OF_ENGLISH, ("ar", "en"): 1 / _ARABIC_OF_ENGLISH}
# Gale and Church (1993) take the variance of a length difference for proportional to the length. Of the logarithm of
# the ratio that leaves a part that shrinks with the length and, in our data, one that does not.
_VARIANCE_OF_ONE = 1.7
_VARIANCE_ALWAYS = 0.006
_ENDS = frozenset(".!?؟…۔")
_CLOSING = "\"'”’»)] \u200f\u200e"
_PAUSES = ".!?؟…۔,،;؛:-–— "
_PAIRED = ('"“”«»', "()")
_SOUNDS = 0.7
# Words that hardly a sentence ends with, questions apart. Arabic ones come with "and" and "so" before them, too.
_LEADS_ON = {
    "en": frozenset(
        "the a an and or but of to in on at for with by from as into about than which whose while because if was were "
        "be has had its their his my our your very against during under through".split()
    ),
    "ar": frozenset(
        head + word
        for head in ("", "و", "ف")
        for word in (
            "في من على إلى عن مع أن إن بأن لأن التي الذي الذين أو ثم لم لن قد كان كانت بين حتى عند لكن كما منذ ضد لدى "
            "تحت نحو عبر خلال حول بشأن دون إذا حيث بعض كل أي غير جميع إلا سوى بسبب أثناء وفقا تم يتم مثل".split()
        )
    ),
}
_FUNCTION_WORD = 3
"""Words of so few letters mostly say little by themselves, and many have no link of their own."""
_SHORTEST_NAME = 4
_ENOUGH_NAMES = 2


def deviation(pair: Pair) -> float | None:
    """How many standard deviations the target is longer (above 0) or shorter than its source lets expect.

    None where a side is empty or nothing is known of the pair's languages.
    """
    expected = _EXPECTED.get((pair.source_language, pair.target_language))
    here, there = len(pair.source.strip()), len(pair.target.strip())
    if expected is None or not here or not there:
        return None
    middle = (here * expected + there) / 2
    return math.log(there / (here * expected)) / math.sqrt(_VARIANCE_ALWAYS + _VARIANCE_OF_ONE / middle)


def find(pair: Pair, limits: Limits) -> Iterator[Finding]:
    """Nothing at all, a cut, or an unlikely length; then, where words are aligned, runs of them without a link."""
    if not any(map(str.isalnum, pair.target)):
        if any(map(str.isalpha, pair.source)):
            yield Finding("empty", Span(0, len(pair.source)))
        return
    if pair.size > LONGEST:
        yield Finding("unchecked", None, None, {"characters": f"{pair.size:,}"})
    away = deviation(pair)
    if away is not None:
        yield from _unlikely(pair, away, limits)
    if pair.alignment is not None:
        yield from _unlinked(pair, pair.alignment, int(limits["run"]))


def _unlikely(pair: Pair, away: float, limits: Limits) -> Iterator[Finding]:
    values = {"percent": f"{100 * len(pair.target.strip()) / len(pair.source.strip()):.0f}"}
    if away > limits["long"]:
        yield Finding("long", None, None, values)
    if away > limits["doubt"]:
        return
    if _dangles(pair):
        yield Finding("truncated", None, None, values)
        return
    away += limits["lost"] * (_lost_its_end(pair) + _lost_a_number(pair) + _left_open(pair))
    if away < limits["short"]:
        away += limits["name"] * _names_of_the_second_half(pair)
    if away < limits["short"]:
        yield Finding("truncated" if away < limits["truncated"] else "short", None, None, values)


def _dangles(pair: Pair) -> bool:
    """Whether the target ends with a word that only leads on to another, and the source does not."""
    return _ends_on(pair.target, pair.target_language) and not _ends_on(pair.source, pair.source_language)


def _ends_on(text: str, language: str) -> bool:
    bare = text.rstrip(_CLOSING)
    last = bare.rstrip(_PAUSES).rsplit(None, 1)[-1:]
    return bool(last) and last[0] in _LEADS_ON[language] and bare[-1] not in "?؟"


def _left_open(pair: Pair) -> bool:
    """Whether a quotation or bracket of the target is not closed, and those of the source are."""
    return any(_odd(pair.target, marks) and not _odd(pair.source, marks) for marks in _PAIRED)


def _odd(text: str, marks: str) -> bool:
    return sum(map(text.count, marks)) % 2 == 1


def _lost_its_end(pair: Pair) -> bool:
    """Whether the source ends with a mark, as a sentence does, and the target without one."""
    return pair.source.rstrip(_CLOSING)[-1:] in _ENDS and pair.target.rstrip(_CLOSING)[-1:] not in _ENDS


def _lost_a_number(pair: Pair) -> bool:
    """Whether the source has a number in digits that the target has not."""
    values = {number(word.of(pair.source)) for word in pair.source_words}
    return not values <= {number(word.of(pair.target)) for word in pair.target_words} | {None}


def _names_of_the_second_half(pair: Pair) -> int:
    """How many names and numbers, two at most, of the source's second half are in the target: a cut one has none."""
    source = [word.of(pair.source) for word in pair.source_words[len(pair.source_words) // 2 :]]
    target = [word.of(pair.target) for word in pair.target_words]
    into_arabic = pair.source_language == "en"
    english, arabic = (source, target) if into_arabic else (target, source)
    found = (
        word for word in dict.fromkeys(english) if _may_be_a_name(word) and any(_agree(word, other) for other in arabic)
    )
    return sum(1 for _ in islice(found, _ENOUGH_NAMES))


def _may_be_a_name(word: str) -> bool:
    return word[0].isdigit() or (word[0].isupper() and len(word) >= _SHORTEST_NAME)


def _agree(english: str, arabic: str) -> bool:
    value = number(english)
    return value == number(arabic) if value else english == arabic or sound(english, arabic) >= _SOUNDS


def _unlinked(pair: Pair, alignment: Alignment, run: int) -> Iterator[Finding]:
    """Runs with so many words of content or more that no link touches."""
    sources = {source for source, _ in alignment.links}
    targets = {target for _, target in alignment.links}
    for span in _runs(pair.source, alignment.source_words, sources, run):
        yield Finding("uncovered", span, None, {"words": span.of(pair.source)})
    for span in _runs(pair.target, alignment.target_words, targets, run):
        yield Finding("unsupported", None, span, {"words": span.of(pair.target)})


def _runs(text: str, words: Sequence[Span], linked: set[int], least: int) -> Iterator[Span]:
    first: int | None = None
    count = 0
    for i, word in enumerate((*words, None)):
        if word is not None and i not in linked:
            first = i if first is None else first
            count += len(word) > _FUNCTION_WORD or word.of(text)[0].isdigit()
            continue
        if first is not None and count >= least:
            yield Span(words[first].start, words[i - 1].end)
        first, count = None, 0


CHECK = Check(
    "length",
    find,
    {
        "empty": Message("There is no translation.", "لا توجد ترجمة."),
        "truncated": Message(
            "The translation seems to break off: it is {percent}% as long as the source.",
            "تبدو الترجمة مبتورة: طولها {percent}٪ من طول الأصل.",
        ),
        "short": Message(
            "The translation is {percent}% as long as the source: something may be left out.",
            "طول الترجمة {percent}٪ من طول الأصل: قد يكون سقط منها شيء.",
        ),
        "long": Message(
            "The translation is {percent}% as long as the source: something may be added.",
            "طول الترجمة {percent}٪ من طول الأصل: قد يكون أضيف إليها شيء.",
        ),
        "unchecked": Message(
            "With {characters} characters this is no sentence: only its length was checked.",
            "عدد حروف هذا النص {characters} فليس جملة؛ ولم يُفحص إلا طوله.",
        ),
        "uncovered": Message(
            "Nothing in the translation renders “{words}”.",
            "لا يقابل «{words}» شيء في الترجمة.",
        ),
        "unsupported": Message(
            "Nothing in the source says “{words}”.",
            "لا يقابل «{words}» شيء في الأصل.",
        ),
    },
    ("short", "truncated", "long", "doubt", "lost", "name", "run"),
)
