"""What became of a sentence's words: kept untranslated, copied whole, or changed by the time they are back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from translate.align.faults import must_change, same_words, spoken
from translate.align.words import words
from translate.document import Span
from translate.languages import in_script, wrong_language
from translate.roundtrip.metrics import strip_arabic
from translate.roundtrip.types import Change, ChangeKind

# A text with half of its words untranslated would win them all back for nothing; in fewer words than a clause has,
# half may be a name. Of 4,400 human translations each way (FLORES-101 dev, NTREX-128, TICO-19, XQuAD) none is a copy.
_COPIED = 0.5
_CLAUSE = 5
_KINDS = {"replace": ChangeKind.REPLACED, "delete": ChangeKind.DELETED, "insert": ChangeKind.INSERTED}


def kept_words(source: str, target: str) -> float:
    """The share, 0 to 1, of the source's words (with letters, case aside) that stand unchanged in the target."""
    before, after = _lettered(source), _lettered(target)
    return sum((before & after).values()) / sum(before.values()) if before else 0.0


def is_copy(source: str, target: str, source_language: str, target_language: str) -> bool:
    """Whether `target` was left in the source's language in place of a translation.

    So it is with the same words (names, numbers and addresses alone may stay), with half of five words or more
    unchanged, and with a text that is mostly in the wrong script and no mere name.
    """
    if same_words(source, target):
        return must_change(source)
    if sum(_lettered(source).values()) >= _CLAUSE and kept_words(source, target) >= _COPIED:
        return True
    return not in_script(target, target_language) and wrong_language(target, target_language, source_language)


def changes(source: str, back: str) -> tuple[Change, ...]:
    """The runs of words that differ, in order; case, Arabic diacritics and tatweel are no difference."""
    before, after = words(source), words(back)
    matcher = SequenceMatcher(None, _compared(source, before), _compared(back, after), autojunk=False)
    return tuple(_changes(matcher, before, after))


def _changes(matcher: SequenceMatcher[str], before: Sequence[Span], after: Sequence[Span]) -> Iterator[Change]:
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            yield Change(_KINDS[tag], _hull(before, first, last), _hull(after, start, end))


def _hull(spans: Sequence[Span], first: int, last: int) -> Span:
    """From the first word to the end of the one before `last`; where there is none, the end of the word before."""
    if first < last:
        return Span(spans[first].start, spans[last - 1].end)
    at = spans[first - 1].end if first else 0
    return Span(at, at)


def _compared(text: str, spans: Sequence[Span]) -> list[str]:
    return [strip_arabic(span.of(text)).casefold() for span in spans]


def _lettered(text: str) -> Counter[str]:
    return Counter(word for word in spoken(text)[1] if any(char.isalpha() for char in word))
