"""The words of a translation that an alignment gives for a term, if they may be replaced at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translate.document import Alignment, Span
from translate.terminology import function_words
from translate.terminology.slot import Refusal


@dataclass(frozen=True)
class Sides:
    """A sentence and its translation, with their languages and the words that the alignment speaks of."""

    source: str
    target: str
    source_language: str
    target_language: str
    alignment: Alignment

    def source_word(self, index: int) -> str:
        """A word of the source, in lower case."""
        return self.alignment.source_words[index].of(self.source).casefold()

    def target_word(self, index: int) -> str:
        """A word of the target, "" beyond its ends."""
        words = self.alignment.target_words
        return words[index].of(self.target) if 0 <= index < len(words) else ""

    def sources_of(self, index: int) -> set[int]:
        """The source words that a target word is linked to."""
        return {i for i, j in self.alignment.links if j == index}

    def is_light(self, index: int) -> bool:
        """Whether a target word is a mark or a function word."""
        word = self.target_word(index).casefold()
        return not any(map(str.isalnum, word)) or word in function_words.of(self.target_language)

    def is_helper(self, index: int) -> bool:
        """Whether a source word is a mark or a function word."""
        word = self.source_word(index)
        return not any(map(str.isalnum, word)) or word in function_words.of(self.source_language)


@dataclass(frozen=True)
class Hull:
    """Target words `first` to `last`, which translate the source words `own`, and `helpers` beside them."""

    first: int
    last: int
    own: frozenset[int]
    helpers: frozenset[int]

    @property
    def words(self) -> range:
        """The indices of the hull's words."""
        return range(self.first, self.last + 1)


def find(place: Span, sides: Sides, known: Sequence[Span] = ()) -> Hull | Refusal:
    """The target words for a place of the source; `known` are spans of the target that surely translate it.

    Function words at the ends of what is aligned stay outside: they are the sentence's. A hull has no word of another
    part of the sentence in it, and no unaligned word beside it that might belong to it; nor may the word of meaning
    before or after the place be aligned to nothing, as its translation might then be in the hull.
    """
    words = sides.alignment.source_words
    own = frozenset(i for i, word in enumerate(words) if word.overlaps(place))
    if any(not place.contains(words[i]) for i in own):
        return Refusal.SHARED
    linked = [j for j in sorted({j for i, j in sides.alignment.links if i in own}) if not sides.is_light(j)]
    sure = [j for span in known for j, word in enumerate(sides.alignment.target_words) if span.contains(word)]
    if sure and set(linked) <= set(sure):
        linked = sure
    if not own or not linked:
        return Refusal.UNALIGNED
    if not sure and any(not _is_linked(i, sides) for i in _neighbours(own, sides)):
        return Refusal.UNALIGNED
    found = Hull(linked[0], linked[-1], own, frozenset())
    if any(j not in linked and not sides.is_light(j) for j in found.words):
        return Refusal.SCATTERED
    others = {i for j in found.words for i in sides.sources_of(j)} - own
    if any(not sides.is_helper(i) for i in others):
        return Refusal.SHARED
    if any(_is_loose(j, sides) for j in (found.first - 1, found.last + 1)) and not sure:
        return Refusal.SCATTERED
    return Hull(found.first, found.last, own, frozenset(others | set(_unlinked_before(own, sides))))


def in_longer_name(own: frozenset[int], sides: Sides) -> bool:
    """Whether an English name has another capitalised word right beside it, as "Jordan" in "Jordan Smith".

    Capitals at the head of a sentence, of a date and of a whole text in capitals say nothing.
    """
    words = sides.alignment.source_words
    if sides.source_language.partition("-")[0] != "en" or sides.source.isupper():
        return False
    if words[max(own)].of(sides.source).endswith(("'s", "’s")):
        return False
    return any(_is_capitalised(i, sides) for i in (min(own) - 1, max(own) + 1) if 0 < i < len(words))


def _is_capitalised(index: int, sides: Sides) -> bool:
    word = sides.alignment.source_words[index].of(sides.source)
    return word[:1].isupper() and word.casefold() not in function_words.DATES and not sides.is_helper(index)


def _neighbours(own: frozenset[int], sides: Sides) -> list[int]:
    """The nearest source words with a meaning of their own before and after a place."""
    count = len(sides.alignment.source_words)
    before = next((i for i in range(min(own) - 1, -1, -1) if not sides.is_helper(i)), None)
    after = next((i for i in range(max(own) + 1, count) if not sides.is_helper(i)), None)
    return [i for i in (before, after) if i is not None]


def _is_linked(index: int, sides: Sides) -> bool:
    """Whether a source word is aligned to a word, not to marks alone."""
    return any(i == index and any(map(str.isalnum, sides.target_word(j))) for i, j in sides.alignment.links)


def _is_loose(index: int, sides: Sides) -> bool:
    """Whether a target word exists, has a meaning, and translates nothing."""
    return bool(sides.target_word(index)) and not sides.is_light(index) and not sides.sources_of(index)


def _unlinked_before(own: frozenset[int], sides: Sides) -> list[int]:
    """Function words right before a term that no word of the target is linked to: a clitic may stand for them."""
    linked = {i for i, _ in sides.alignment.links}
    found = []
    at = min(own, default=0) - 1
    while at >= 0 and sides.is_helper(at) and any(map(str.isalnum, sides.source_word(at))):
        if at not in linked:
            found.append(at)
        at -= 1
    return found
