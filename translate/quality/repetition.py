"""Repetition: a translation that says again and again what its source says once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.align.faults import most_frequent, spoken, stutter
from translate.document import Span
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair

_SHOWN = 20
_LONGEST = 12
"""How many words apart a repetition in place is looked for."""
_PARTICLE = 2
"""Words of so few letters are doubled by right: لم لم ("why did not"), لا لا, and the letters of بي بي سي."""
_DOUBLES = frozenset({"had", "that", "very"})
"""Longer English words that grammar or emphasis doubles."""
# A new sentence may begin with the one or two words that the last one ended with, and with more in another case. Arabic
# writes a name once more in brackets where English has its acronym, in eleven of 23,512 human translations.
_PHRASE = 3
_NO_PAUSE = re.compile(r"[^.!?؟…:؛;()\[\]«»“”\"–—]*")


def find(pair: Pair, limits: Limits) -> Iterator[Finding]:
    """A loop (one n-gram of words far oftener than in the source, or letters), else a phrase or word said twice."""
    spans, folded = spoken(pair.target, pair.target_words)
    if (stuck := stutter(pair.source, pair.target)) is not None:
        yield Finding("stutter", None, stuck, {"letters": stuck.of(pair.target)[:_SHOWN]})
        return
    if len(set(folded)) == len(folded):
        return
    _, source = spoken(pair.source, pair.source_words)
    gram, excess = int(limits["gram"]), int(limits["excess"])
    count, words = most_frequent(folded, gram)
    if count >= excess and count - most_frequent(source, gram)[0] >= excess:
        places = [i for i in range(len(folded)) if tuple(folded[i : i + gram]) == words]
        span = Span(spans[places[0]].start, spans[places[-1] + gram - 1].end)
        yield Finding("loop", None, span, {"words": " ".join(words), "count": str(count)})
        return
    longest = max((length for _, length in _repeated(source)), default=0)
    for start, length in _repeated(folded):
        again = Span(spans[start].start, spans[start + length - 1].end)
        before = Span(spans[start - length].start, spans[start - 1].end)
        if length > longest and _by_mistake(pair.target, before, again, length):
            yield Finding("phrase" if length > 1 else "word", None, again, {"words": again.of(pair.target)})


def _by_mistake(text: str, before: Span, again: Span, length: int) -> bool:
    """Whether the same words twice in a row, `length` of them, are more likely a slip than meant."""
    said, between = again.of(text), text[before.end : again.start]
    if length == 1 and (len(said) <= _PARTICLE or not said.isalpha() or said.casefold() in _DOUBLES):
        return False
    if length < _PHRASE:
        return _NO_PAUSE.fullmatch(between) is not None
    return said == before.of(text) and not ("(" in between and text[again.end : again.end + 1] == ")")


def _repeated(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of words that stand where they stood just before: (index of the second run's first word, length)."""
    last: dict[str, int] = {}
    distances = set()
    for i, word in enumerate(words):
        distances.add(i - last.get(word, -_LONGEST))
        last[word] = i
    taken = 0
    for distance in sorted((d for d in distances if d <= _LONGEST), reverse=True):
        run = 0
        for i in range(distance, len(words)):
            run = run + 1 if words[i] == words[i - distance] else 0
            if run == distance and i - run >= taken:
                taken = i
                yield i - run + 1, run


CHECK = Check(
    "repetition",
    find,
    {
        "loop": Message(
            "“{words}” comes {count} times in the translation, and not in the source.",
            "تتكرر عبارة «{words}» {count} مرات في الترجمة دون الأصل.",
        ),
        "stutter": Message(
            "“{letters}…” repeats the same letters, and the source does not.",
            "تتكرر الحروف نفسها في «{letters}…» دون الأصل.",
        ),
        "phrase": Message(
            "“{words}” is said twice in a row, and not in the source.",
            "وردت عبارة «{words}» مرتين متتاليتين دون الأصل.",
        ),
        "word": Message(
            "The word “{words}” is doubled, and not in the source.",
            "الكلمة «{words}» مكررة دون الأصل.",
        ),
    },
    ("gram", "excess"),
)
