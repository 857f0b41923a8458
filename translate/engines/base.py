"""What every engine offers: sentences of one language in, translations in the same order out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from translate.document import ModelUse, Translation


@dataclass(frozen=True)
class Decoding:
    """How a hypothesis is searched for.

    `beam` 1 is greedy search. `length_penalty` is the exponent of the length that scores are divided by.
    `no_repeat_ngram` forbids a target n-gram of that many pieces to come twice (0: off); `repetition_penalty` divides
    the score of pieces that stand already (1: off). A hypothesis has at most `max_ratio` times its source's pieces plus
    `max_extra`: a search without an end is a loop.
    """

    beam: int = 4
    length_penalty: float = 1.0
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0
    max_ratio: float = 3.0
    max_extra: int = 16

    def __post_init__(self) -> None:
        if self.beam < 1:
            raise ValueError(f"a beam holds at least one hypothesis, not {self.beam}")

    def max_target(self, source_pieces: int, limit: int) -> int:
        """How many target pieces a source of `source_pieces` may have, at most the model's `limit`."""
        return min(limit, int(source_pieces * self.max_ratio) + self.max_extra)


@dataclass(frozen=True)
class AttentionSource:
    """Where a model's word alignment stands in its cross-attention.

    `layer` counts decoder layers from 0, or from the last with -1; `heads` is how many of its first heads are averaged
    (0: all). `shifted` takes target token t from the row where t is the decoder's input (Shift-Att, arXiv 2004.14837)
    rather than the row that predicts t (models trained with guided alignment).
    """

    layer: int = -1
    heads: int = 1
    shifted: bool = False


@dataclass(frozen=True)
class EngineConfig:
    """Everything an engine needs to know of a model: verified files in `folder`, and how to talk to it.

    `source` and `target` are BCP-47 codes; `source_code` and `target_code` the model's own where it has any
    ("eng_Latn", "<2ar>"); `prefix` stands before every source sentence (">>ara<< "). `max_source` and `max_target` are
    counted in pieces. `cache_name` names the converted model in the cache: hub id and revision, made safe for a path.
    """

    folder: Path
    use: ModelUse
    source: str
    target: str
    source_code: str | None = None
    target_code: str | None = None
    prefix: str = ""
    max_source: int = 512
    max_target: int = 512
    attention: AttentionSource | None = AttentionSource()
    cache_name: str = ""


class Engine(Protocol):
    """A model at work; the language pair is fixed when it is made.

    Sentences hold no markup and no line breaks. What comes out does not depend on what else is in the same call.
    """

    @property
    def uses(self) -> tuple[ModelUse, ...]:
        """The models behind this engine, in the order in which they work, for reports."""

    @property
    def max_source(self) -> int:
        """The most pieces that a sentence may have, as `count` counts them."""

    def count(self, sentence: str) -> int:
        """How many pieces of the model's vocabulary `sentence` has, without the end mark or any prefix."""

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """One translation for each sentence, in order; `decoding` in place of the engine's own for this call.

        Raises EngineError where the model fails; never cuts a sentence: one over `max_source` is an EngineError.
        """
