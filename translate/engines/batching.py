"""Which sentences go through a model together, so that nothing depends on which they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

# On a CPU the arithmetic of a row changes in its last bits where the padded length crosses a width or a block of the
# matrix kernels, and int8 quantisation makes that a different word in up to 7% of sentences. Measured with CTranslate2
# 4.8.5, int8, heads of 48 and 64. On a CPU with AVX-512, with oneDNN the bounds are at 16, near 100 and at 192; with
# MKL at 12 and 192, lengths of 3 and 5 bear no padding at all, nor do those above 192. On one with AVX2 alone they are
# at 9 and every 16 from there: with classes for AVX-512 alone 2 to 5 of 1,102 sentences changed with their company,
# with these none. Company of the same length changes nothing anywhere. Classes cost time where there is little to do.
_BEAR_NO_PADDING = (3, 5)
_BOUNDS = (8, 11, 15, 24, 31, 40, 56, 63, 72, 88, 95)


@dataclass(frozen=True)
class Batch:
    """Sentences by their index, longest first, and the upper bound of the length class that they share."""

    indices: tuple[int, ...]
    bound: int


def bound(length: int) -> int:
    """The upper bound, in pieces, of the length class that a sentence of `length` pieces is in."""
    if length in _BEAR_NO_PADDING:
        return length
    return next((most for most in _BOUNDS if length <= most), length)


def plan(lengths: Sequence[int], budget: int, *, workers: int = 1, keys: Sequence[Hashable] = ()) -> list[Batch]:
    """Batches that cover every sentence once, longest first, each within one length class (and one key).

    A batch padded to its longest has at most `budget` pieces, or one sentence. Where there is little to do, batches are
    made smaller so that each of `workers` gets some.
    """
    budget = max(1, min(budget, -(-sum(lengths) // workers)))
    classes: defaultdict[tuple[int, Hashable], list[int]] = defaultdict(list)
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        classes[bound(lengths[index]), keys[index] if keys else None].append(index)
    batches = []
    for (most, _), indices in classes.items():
        start = 0
        while start < len(indices):
            size = max(1, budget // max(1, lengths[indices[start]]))
            batches.append(Batch(tuple(indices[start : start + size]), most))
            start += size
    return batches
