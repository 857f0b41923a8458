"""What a text alone, or beside its source, shows of a translation gone wrong: it is a copy, or it repeats itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import compress

from translate.align.words import words
from translate.document import Span

# Two to twenty letters that come five times or more in a row, one that comes eight times: no word does that.
_STUTTER = re.compile(r"([^\W\d_]{2,20}?)\1{4,}|([^\W\d_])\2{7,}")
_TRANSLATABLE = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@|#)\S*|\S+\.\w{2,}(?:/\S*)?")
_MOST_NAMES = 3

# An output is a loop where its most frequent 4-gram of words comes this much oftener than the source's does (the top
# n-gram count of Guerreiro et al., arXiv 2208.05309). Of 47,024 human translations both ways (FLORES-101 dev,
# NTREX-128, XQuAD, Tatoeba, TICO-19) nine are called loops with what stands below.
GRAM = 4
EXCESS = 2


def same_words(source: str, target: str) -> bool:
    """Whether both texts have the same letters and digits, whatever their case and marks."""
    return _plain(source) == _plain(target)


def must_change(source: str) -> bool:
    """Whether `source` has words that no translation keeps: names, numbers and addresses alone may be copied.

    A name is taken for one by its capital; a script without capitals gives none away, so there all words must change.
    Four names or more are a headline, which must change.
    """
    # A superscript is of the class of letters, and no letter.
    found = [word for word in _TRANSLATABLE.findall(_ADDRESS.sub(" ", source)) if word.isalpha()]
    names = [word for word in found if word[0].isupper()]
    return len(found) > len(names) or len(names) > _MOST_NAMES


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def spoken(text: str, spans: Sequence[Span] | None = None) -> tuple[list[Span], list[str]]:
    """The words of `text` that are no marks, and the same case folded: what repetitions are counted in.

    `spans` are the text's words where the caller has them.
    """
    kept = spans if spans is not None else words(text)
    folded = [span.of(text).casefold() for span in kept]
    # A word is a mark by itself, or begins with a letter, a digit or a vowel sign.
    real = [len(word) > 1 or word.isalnum() for word in folded]
    return list(compress(kept, real)), list(compress(folded, real))


def most_frequent(folded: Sequence[str], gram: int = GRAM) -> tuple[int, tuple[str, ...]]:
    """How often the most frequent n-gram of these words comes, and which it is; 0 and () where they are too few."""
    grams = Counter(zip(*(folded[i:] for i in range(gram)), strict=False))
    best = max(grams, key=grams.__getitem__, default=())
    return grams[best], best


def stutter(source: str, target: str) -> Span | None:
    """Where `target` repeats letters within a word as no word does; None where it does not, or `source` does too."""
    found = _STUTTER.search(target)
    return Span(*found.span()) if found and not _STUTTER.search(source) else None


def loops(source: str, target: str) -> bool:
    """Whether `target` says the same again and again, and its source does not."""
    often, _ = most_frequent(spoken(target)[1])
    if often >= EXCESS and often - most_frequent(spoken(source)[1])[0] >= EXCESS:
        return True
    return stutter(source, target) is not None
