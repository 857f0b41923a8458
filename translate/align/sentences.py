"""A vector for a whole sentence, in much the same place for every language, and how near two of them are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from translate.align.e5_file import Floats
from translate.align.encoder import WIDTH, WordEncoder
from translate.align.words import words
from translate.document import Span

_ALL_LAYERS = 12
_PREFIX = "passage: "
"""E5 was trained with it (arXiv 2402.05672)."""


class SentenceEncoder:
    """Gives sentences their vectors; the same sentence in the same call always gets the same one."""

    def __init__(self, threads: int = 1) -> None:
        """Load the encoder, or build it first; `threads` work on one call.

        Raises ExtraMissing without the extra `semantic`, ModelBroken where the encoder is damaged.
        """
        self._encoder = WordEncoder(threads, layers=_ALL_LAYERS)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One vector of length 1 for each text, shape (texts, 384)."""
        prefixed = [_PREFIX + text for text in texts]
        spans = [words(text) for text in prefixed]
        vectors = self._encoder.vectors(list(zip(prefixed, spans, strict=True)))
        means = [_mean(text, own, vector) for text, own, vector in zip(prefixed, spans, vectors, strict=True)]
        return np.array(means, np.float32).reshape(len(texts), WIDTH)

    def cosines(self, ones: Sequence[str], others: Sequence[str]) -> list[float]:
        """How alike each text is to the other at its place, -1 to 1; texts that are equal are encoded once."""
        distinct = list(dict.fromkeys((*ones, *others)))
        place = {text: i for i, text in enumerate(distinct)}
        vectors = self.vectors(distinct)
        return [float(vectors[place[a]] @ vectors[place[b]]) for a, b in zip(ones, others, strict=True)]


def _mean(text: str, spans: Sequence[Span], vectors: Floats) -> Floats:
    """The mean of a text's words, each counted by its letters, which stand in for its pieces; marks do not count.."""
    weights = np.array([len(span) * any(map(str.isalnum, span.of(text))) for span in spans], np.float32)
    total = weights @ vectors
    mean: Floats = total / np.linalg.norm(total)
    return mean
