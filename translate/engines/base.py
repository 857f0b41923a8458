"""What every engine offers: sentences of one language in, translations in the same order out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, runtime_checkable

from translate.document import ModelUse, Translation


@dataclass(frozen=True)
class Decoding:
    """How a hypothesis is searched for.

    `beam` 1 is greedy search. `length_penalty` is the exponent of the length that scores are divided by.
    `no_repeat_ngram` forbids a target n-gram of that many pieces to come twice (0: off); `repetition_penalty` divides
    the score of pieces that stand already (1: off). A hypothesis has at most `max_ratio` times its source's pieces plus
    `max_extra`: a search without an end is a loop. `text_only` leaves out alignment and log-probabilities where that
    saves an engine time.
    """

    beam: int = 4
    length_penalty: float = 1.0
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0
    max_ratio: float = 3.0
    max_extra: int = 16
    text_only: bool = False

    def __post_init__(self) -> None:
        if self.beam < 1:
            raise ValueError(f"a beam holds at least one hypothesis, not {self.beam}")

    def wide_enough(self, count: int) -> Decoding:
        """The same, with a beam that holds at least `count` hypotheses."""
        return replace(self, beam=max(self.beam, count))

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


@runtime_checkable
class NBest(Protocol):
    """An engine that can also show what else it would have said; not every engine can."""

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        """Up to `count` different translations of each sentence, best first, in order of the sentences.

        The best is among them, but as the beam is made as wide as `count`, it may be another than `translate` gives.
        A hypothesis that came to no end is left out, so there may be fewer, or none. Raises what `translate` raises.
        """


def n_best(engine: Engine, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
    """What `NBest.n_best` says, with nothing for each sentence where the engine cannot do it."""
    if not sentences or count < 1 or not isinstance(engine, NBest):
        return [[] for _ in sentences]
    return engine.n_best(sentences, count, decoding)


@runtime_checkable
class Continues(Protocol):
    """An engine that can go on from the beginning of a translation; not every engine can."""

    def continued(
        self, sentence: str, beginnings: Sequence[str], without: str = "", decoding: Decoding | None = None
    ) -> list[Translation]:
        """The best translation of `sentence` that begins with each of `beginnings`, as far as there is one, unordered.

        A beginning ends with a whole word; "" leaves the engine free. None says `without` after its beginning. Raises
        what `translate` raises.
        """


def continued(
    engine: Engine, sentence: str, beginnings: Sequence[str], without: str = "", decoding: Decoding | None = None
) -> list[Translation]:
    """What `Continues.continued` says, and nothing where the engine cannot do it."""
    if not beginnings or not isinstance(engine, Continues):
        return []
    return engine.continued(sentence, beginnings, without, decoding)


class Around:
    """What an engine that works through another leaves to it: all but `translate`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def uses(self) -> tuple[ModelUse, ...]:
        """The engine's models."""
        return self._engine.uses

    @property
    def max_source(self) -> int:
        """The engine's limit."""
        return self._engine.max_source

    def count(self, sentence: str) -> int:
        """How many pieces the engine makes of `sentence`."""
        return self._engine.count(sentence)

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        """What the engine shows: see `NBest`."""
        return n_best(self._engine, sentences, count, decoding)

    def continued(
        self, sentence: str, beginnings: Sequence[str], without: str = "", decoding: Decoding | None = None
    ) -> list[Translation]:
        """How the engine goes on: see `Continues`."""
        return continued(self._engine, sentence, beginnings, without, decoding)
