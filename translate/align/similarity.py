"""Word alignment for engines that show no attention: words that mean the same where they stand are linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from translate.align.runs import best_run, fold, inside, trim
from translate.align.surface import agreement
from translate.align.words import words
from translate.document import Alignment, Span

Floats = NDArray[np.float32]

# All chosen on the development half of tests/data/alignment, where each has a broad plateau around its value.
_CENTRING = 0.7
"""How much of the sentence's mean is taken off its words' vectors: all of it would leave nothing of a single word."""
_TEMPERATURE = 0.06
"""What a cosine is divided by before the softmax that makes it a probability."""
_NEIGHBOURS = 0.15
"""How much the similarity of the words before and of those after counts for two words: phrases move together."""
_DISTANCE = 0.006
"""What each word between a word and its proportional place costs, as a cosine: it decides between two equal words."""
_LINK = 0.3
"""The least geometric mean of both likelihoods for a link, and the least likelihood for one that grows."""
_GROWTH = 3
"""How often links grow by what stands beside them."""
_EVIDENCE = 0.25
"""The least similarity that some word of a run must have: true runs had .30 or more, half of those in other sentences
less than .27."""
_BARRED = np.float32(-1e9)


@dataclass(frozen=True)
class _Comparison:
    """How likely each unit of one text is the translation of each unit of the other.

    A unit is a word with what is folded into it (see `runs.fold`). `source_unit` and `target_unit` give each word's;
    `target_heads` each unit's last word, which stands for it.
    `similarity[i, j]` is their cosine and what `agreement` adds to it, -1.5 to 2. `to_source[i, j]` is the likelihood
    that target unit j renders source unit i (a column sums to 1), `to_target[i, j]` that source unit i is rendered by
    target unit j (a row sums to 1).
    """

    source_unit: NDArray[np.int64]
    target_unit: NDArray[np.int64]
    target_heads: NDArray[np.int64]
    similarity: Floats
    to_source: Floats
    to_target: Floats


class SimilarityAligner:
    """Aligns by the similarity of contextual word vectors, spelling, the sound of names, and position."""

    def __init__(self, threads: int = 1) -> None:
        """Load the word encoder; a sentence is too little work for more than one thread.

        Raises ExtraMissing without the extra `semantic`, ModelBroken where the encoder is damaged.
        """
        # Here, not above: it imports CTranslate2, which a program that only names this class need not wait for.
        from translate.align.encoder import WordEncoder

        self.encoder = WordEncoder(threads)
        # `locate` mostly follows `align` on the same pair.
        self._compare = lru_cache(maxsize=64)(self._comparison)

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """One alignment over `words` of both texts for each (source, target) pair."""
        alignments = []
        for source, target in pairs:
            source_words, target_words = words(source), words(target)
            links: tuple[tuple[int, int], ...] = ()
            if source_words and target_words:
                links = _links(self._compare(source, source_words, target, target_words))
            alignments.append(Alignment(source_words, target_words, links))
        return alignments

    def locate(self, source: str, target: str, spans: Sequence[Span], alignment: Alignment) -> list[Span | None]:
        """Where the translation of each of the `spans` of `source` stands in `target`.

        It looks for the run of target words that most likely renders the span's words, and better than the hull of
        the links: it weighs doubt, and no stray link stretches it. `alignment` says what the words are; its links are
        not used. Spans that are apart get runs that are apart; a span within another gets a run within the other's.
        None where the span holds no word, or nothing in the target speaks for any of its words.
        """
        located: list[Span | None] = [None] * len(spans)
        if not alignment.source_words or not alignment.target_words:
            return located
        comparison = self._compare(source, alignment.source_words, target, alignment.target_words)
        chosen = [inside(alignment.source_words, span) for span in spans]
        weights = [_weights(comparison, indices) for indices in chosen]
        _settle_claims(spans, weights)
        source_words = [word.of(source) for word in alignment.source_words]
        target_words = [word.of(target) for word in alignment.target_words]
        placed: dict[int, tuple[int, int]] = {}
        # The longest first: a span comes before those within it.
        for k in sorted(range(len(spans)), key=lambda k: (-len(chosen[k]), k)):
            free = np.ones(len(target_words), np.bool_)
            for other, (low, high) in placed.items():
                if spans[other].contains(spans[k]):
                    free[:low] = free[high:] = False
                else:
                    free[low:high] = False
            weights[k][~free[comparison.target_heads]] = _BARRED
            if _has_evidence(comparison, chosen[k], weights[k]):
                run = _words_of_run(best_run(weights[k]), comparison, free)
                run = trim(run, target_words, source_words[chosen[k][0]], source_words[chosen[k][-1]], free)
                placed[k] = run
                located[k] = Span(alignment.target_words[run[0]].start, alignment.target_words[run[1] - 1].end)
        return located

    def _comparison(
        self, source: str, source_words: tuple[Span, ...], target: str, target_words: tuple[Span, ...]
    ) -> _Comparison:
        spelled = [[word.of(source) for word in source_words], [word.of(target) for word in target_words]]
        vectors = self.encoder.vectors([(source, source_words), (target, target_words)])
        similarity = _unit(vectors[0]) @ _unit(vectors[1]).T + agreement(spelled[0], spelled[1])
        rows, columns = (fold(side) for side in spelled)
        source_heads, source_unit = np.unique(rows, return_inverse=True)
        target_heads, target_unit = np.unique(columns, return_inverse=True)
        similarity = similarity[np.ix_(source_heads, target_heads)]
        smoothed = _smooth(similarity)
        to_source, to_target = _softmax(smoothed, axis=0), _softmax(smoothed, axis=1)
        return _Comparison(source_unit, target_unit, target_heads, similarity, to_source, to_target)


def _unit(vectors: Floats) -> Floats:
    """The vectors, part of their mean taken off, at length 1: so a common direction does not hide what differs."""
    vectors = vectors - _CENTRING * vectors.mean(axis=0)
    normalised: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return normalised


def _smooth(similarity: Floats) -> Floats:
    """Mix in the similarity of the neighbours on the diagonal, and take off for what is far from its place."""
    padded = np.pad(similarity, 1, mode="edge")
    mixed = similarity + _NEIGHBOURS * (padded[:-2, :-2] + padded[2:, 2:]) / 2.0
    places = [(np.arange(size) + 0.5) / size for size in similarity.shape]
    distance = np.abs(places[0][:, None] - places[1][None, :]) * max(similarity.shape)
    smoothed: Floats = (mixed / (1.0 + _NEIGHBOURS) - _DISTANCE * distance).astype(np.float32)
    return smoothed


def _softmax(similarity: Floats, axis: int) -> Floats:
    powers = np.exp((similarity - similarity.max(axis=axis, keepdims=True)) / _TEMPERATURE)
    probabilities: Floats = powers / powers.sum(axis=axis, keepdims=True)
    return probabilities


def _weights(comparison: _Comparison, chosen: Sequence[int]) -> Floats:
    """For every target unit the odds that it renders one of the `chosen` source words: from -1, never, to 1, surely."""
    units = np.unique(comparison.source_unit[list(chosen)])
    odds: Floats = 2.0 * comparison.to_source[units].sum(axis=0) - 1.0
    return odds


def _has_evidence(comparison: _Comparison, chosen: Sequence[int], weights: Floats) -> bool:
    """Whether there is room for a run, and a word in the best one that is like one of the `chosen`."""
    if not chosen or weights.max() <= _BARRED:
        return False
    low, high = best_run(weights)
    units = np.unique(comparison.source_unit[list(chosen)])
    return bool(comparison.similarity[units, low:high].max() >= _EVIDENCE)


def _settle_claims(spans: Sequence[Span], weights: Sequence[Floats]) -> None:
    """Bar from each span's run what the run of a span apart from it holds with more right."""
    first = [best_run(each) for each in weights]
    odds = [each.copy() for each in weights]
    for k, span in enumerate(spans):
        for other, (low, high) in enumerate(first):
            if not (span.contains(spans[other]) or spans[other].contains(span)):
                weights[k][low:high][odds[other][low:high] > odds[k][low:high]] = _BARRED


def _words_of_run(run: tuple[int, int], comparison: _Comparison, free: NDArray[np.bool_]) -> tuple[int, int]:
    """The half-open run of words that make up a run of units, without folded words before it that are not free."""
    head = int(comparison.target_heads[run[0]])
    low = int(np.searchsorted(comparison.target_unit, run[0]))
    taken = np.flatnonzero(~free[low:head])
    return (low + int(taken[-1]) + 1 if len(taken) else low), int(comparison.target_heads[run[1] - 1]) + 1


def _links(comparison: _Comparison) -> tuple[tuple[int, int], ...]:
    """Links between words whose units are likely translations of one another, grown by what stands beside them.

    Growing links a word that has no link with the word it most likely belongs to, if a word beside the one is linked
    with the other or a word beside it ("grow-diag", Koehn, Och and Marcu 2003, with likelihoods for candidates).
    """
    to_source, to_target = comparison.to_source, comparison.to_target
    linked = np.sqrt(to_source * to_target) >= _LINK
    wanted_by_target = (to_source >= _LINK) & (to_source == to_source.max(axis=0, keepdims=True))
    wanted_by_source = (to_target >= _LINK) & (to_target == to_target.max(axis=1, keepdims=True))
    for _ in range(_GROWTH):
        lone = wanted_by_target & ~linked.any(axis=0, keepdims=True)
        lone |= wanted_by_source & ~linked.any(axis=1, keepdims=True)
        linked |= lone & _beside(linked)
    by_word = linked[np.ix_(comparison.source_unit, comparison.target_unit)]
    return tuple((int(i), int(j)) for i, j in zip(*np.nonzero(by_word), strict=True))


def _beside(linked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where one of the eight neighbours is linked."""
    rows, columns = linked.shape
    padded = np.pad(linked, 1)
    shifted = [padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    neighbours: NDArray[np.bool_] = np.logical_or.reduce(shifted)
    return neighbours
