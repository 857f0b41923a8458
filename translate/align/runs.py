"""The run of target words that translates a span of source words, and where such a run may begin and end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from translate.align.surface import mark
from translate.document import Span

Floats = NDArray[np.float32]

_FOLDED = frozenset({"a", "an", "and", "the", "و"})
_NAME_ARTICLES = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "az"})
_PREPOSITIONS = frozenset(
    """
    about across after against along around as at away back before behind between by down during for from in inside into
    near of off on out outside over since through to under until up with within without
    إلى الى بعد بين تحت حتى حول خلال دون ضد عبر على عن عند فوق في قبل قرب لدى مع من منذ نحو
    وإلى وبعد وبين وحتى وعلى وعن وفي ومع ومن ومنذ
    """.split()
)
# Words that open what follows them, so nothing ends with one (a preposition may, if the source does too).
_OPENERS = frozenset(
    """
    a an and at by for from in of on or that the to who which with
    أن أو إلا إلى إن الى التي الذي الذين على عن في مع من و
    """.split()
)


def best_run(weights: Floats) -> tuple[int, int]:
    """The half-open run of at least one word with the greatest sum (Kadane); the first and shortest of equals."""
    best, best_sum = (0, 1), -np.inf
    start, running = 0, 0.0
    for index, weight in enumerate(weights.tolist()):
        if running <= 0.0:
            start, running = index, 0.0
        running += weight
        if running > best_sum:
            best, best_sum = (start, index + 1), running
    return best


def fold(words: Sequence[str]) -> NDArray[np.int64]:
    """For every word the index of the word that stands for it; most stand for themselves.

    What English writes apart and Arabic as part of a word goes with the word that it opens: an article, "and", and the
    article that some Arabic names keep in English ("Al Jazeera").
    """
    stands = np.arange(len(words))
    for index in range(len(words) - 2, -1, -1):
        word, following = words[index], words[index + 1]
        opens = word.lower() in _FOLDED and following[0].isalnum()
        if opens or (word[0].isupper() and word.lower() in _NAME_ARTICLES and following[0].isupper()):
            stands[index] = stands[index + 1]
    return stands


def trim(
    run: tuple[int, int], target: Sequence[str], first: str, last: str, free: NDArray[np.bool_] | None = None
) -> tuple[int, int]:
    """Move the ends of a half-open run in the `target` words to where a phrase can begin and end.

    `first` and `last` are the words that the source span begins and ends with. Marks and "and" go from the ends unless
    the source has one there; so does an article or preposition from the right end. A source that begins with a
    preposition takes in the one before the run, one that begins or ends with a mark takes in the same mark. The run
    keeps at least one word and takes in none that is not `free` (None: all are).
    """
    low, high = run
    words = [word.lower() for word in target]
    first, last = first.lower(), last.lower()
    # An Arabic "and" is part of its word, which is why the span of "والنساء" would begin with "and".
    while high - low > 1 and (_loose_mark(words[low], first) or (words[low] == "and" and first not in ("and", "و"))):
        low += 1
    while high - low > 1 and (
        _loose_mark(words[high - 1], last) or (words[high - 1] in _OPENERS and last not in _PREPOSITIONS)
    ):
        high -= 1
    outer_low, outer_high = (0, len(words)) if free is None else _room(run, free)
    if low > outer_low and first in _PREPOSITIONS and words[low - 1] in _PREPOSITIONS and not _opens_itself(words[low]):
        low -= 1
    low = max(outer_low, _meet_mark(words, low, first, (0, 1, -1, -2)))
    high = min(outer_high, _meet_mark(words, high - 1, last, (0, -1, 1, 2)) + 1)
    return low, max(high, low + 1)


def _room(run: tuple[int, int], free: NDArray[np.bool_]) -> tuple[int, int]:
    """How far a run could grow without touching a word that is not free."""
    low, high = run
    while low > 0 and free[low - 1]:
        low -= 1
    while high < len(free) and free[high]:
        high += 1
    return low, high


def _meet_mark(words: Sequence[str], end: int, counterpart: str, steps: Sequence[int]) -> int:
    """Move an end of a run over a few marks to the one that the source's `counterpart` is, where it is one."""
    wanted = mark(counterpart)
    for step in steps if wanted is not None else ():
        place = end + step
        between = words[min(place, end) : max(place, end) + 1]
        if 0 <= place < len(words) and mark(words[place]) == wanted and all(mark(w) is not None for w in between[1:-1]):
            return place
    return end


def _loose_mark(word: str, counterpart: str) -> bool:
    return mark(word) is not None and mark(counterpart) is None


def _opens_itself(word: str) -> bool:
    """Whether a word is, or (in Arabic) may begin with, a preposition."""
    return word in _PREPOSITIONS or word[0] in "بل"


def inside(words: Sequence[Span], span: Span) -> list[int]:
    """The indices of the words that `span` has a part of."""
    return [index for index, word in enumerate(words) if word.overlaps(span)]
