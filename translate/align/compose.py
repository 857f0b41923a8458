"""Alignments put together: one after the other through a text between, or side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from translate.document import Alignment, Span


def compose(first: Alignment, second: Alignment) -> Alignment:
    """Source words of `first` with the target words of `second` that they reach through the text in the middle.

    Both speak of the same middle text: `first` as its target, `second` as its source. Where they cut it into different
    words, words that overlap count as one.
    """
    onward: defaultdict[int, list[int]] = defaultdict(list)
    for middle, target in second.links:
        onward[middle].append(target)
    same = _overlaps(first.target_words, second.source_words)
    links = {(source, target) for source, middle in first.links for other in same[middle] for target in onward[other]}
    return Alignment(first.source_words, second.target_words, tuple(sorted(links)))


def shift(alignment: Alignment, source: int, target: int) -> Alignment:
    """The same links, of words that stand `source` and `target` code points further on in their texts."""
    return replace(
        alignment,
        source_words=tuple(word.shift(source) for word in alignment.source_words),
        target_words=tuple(word.shift(target) for word in alignment.target_words),
    )


def concatenate(alignments: Sequence[Alignment]) -> Alignment:
    """The alignment of a text from those of its parts, each already shifted to where its part stands."""
    source: list[Span] = []
    target: list[Span] = []
    links: list[tuple[int, int]] = []
    for alignment in alignments:
        links += [(len(source) + i, len(target) + j) for i, j in alignment.links]
        source += alignment.source_words
        target += alignment.target_words
    return Alignment(tuple(source), tuple(target), tuple(links))


def _overlaps(words: Sequence[Span], others: Sequence[Span]) -> list[list[int]]:
    """For each word the indices of the others that share text with it."""
    if tuple(words) == tuple(others):
        return [[i] for i in range(len(words))]
    return [[i for i, other in enumerate(others) if word.overlaps(other)] for word in words]
