"""What both sequence-to-sequence engines do before and after their model: checks, limits, the Translation itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from numpy.typing import ArrayLike

from translate.align.attention import from_attention
from translate.document import Issue, Severity, Translation
from translate.engines.base import Decoding, EngineConfig
from translate.engines.tokenizer import Encoded, Tokenizer
from translate.errors import EngineError

UNFINISHED = "engine.unfinished"


@dataclass(frozen=True)
class Request:
    """A sentence as its model reads it: `length` counts all pieces, `own` the sentence's alone."""

    sentence: str
    encoded: Encoded
    own: int

    @property
    def length(self) -> int:
        """Pieces that the encoder reads, codes and end mark included."""
        return len(self.encoded.pieces)


@contextmanager
def failing(name: str, *others: type[Exception]) -> Iterator[None]:
    """What an engine's library raises, and `others` that are its own, told as an EngineError of the model `name`."""
    known: tuple[type[Exception], ...] = (RuntimeError, ValueError, *others)
    try:
        yield
    except known as exc:
        raise EngineError(f"{name} failed while it translated: {exc}") from exc


@dataclass(frozen=True)
class Hypothesis:
    """What a model wrote: pieces without codes and end mark, and whether it came to an end by itself.

    `attention` has a row a piece (one more for the end mark, where there was one) and a column for each piece read;
    `score` is as in Translation.
    """

    pieces: tuple[str, ...]
    finished: bool
    attention: ArrayLike | None = None
    log_probs: tuple[float, ...] = ()
    score: float | None = None


def read(sentences: Sequence[str], tokenizer: Tokenizer, max_source: int) -> list[Request]:
    """The sentences in pieces; EngineError for one over `max_source`, as a model would silently cut it."""
    requests = []
    for sentence in sentences:
        encoded = tokenizer.encode(sentence)
        own = len(encoded.pieces) - tokenizer.specials
        if own > max_source:
            raise EngineError(
                f"a sentence of {own} pieces is over the model's limit of {max_source}: split it ({sentence[:60]!r} …)"
            )
        requests.append(Request(sentence, encoded, own))
    return requests


def max_target(config: EngineConfig, tokenizer: Tokenizer) -> int:
    """The most pieces of text that a hypothesis may have: the decoder reads a start mark and the codes as well."""
    return config.max_target - len(tokenizer.target_prefix) - 1


def capped(hypothesis: Hypothesis, request: Request, decoding: Decoding, limit: int) -> Hypothesis:
    """The hypothesis cut to what its own source allows it: its batch may have allowed more."""
    cap = decoding.max_target(request.own, limit)
    if len(hypothesis.pieces) <= cap:
        return hypothesis
    return replace(hypothesis, pieces=hypothesis.pieces[:cap], finished=False, log_probs=hypothesis.log_probs[:cap])


def translation(request: Request, hypothesis: Hypothesis, tokenizer: Tokenizer, config: EngineConfig) -> Translation:
    """The text, alignment and issues of a hypothesis."""
    decoded = tokenizer.decode(hypothesis.pieces)
    alignment = None
    if config.attention is not None and hypothesis.attention is not None:
        alignment = from_attention(
            request.sentence,
            request.encoded.spans,
            decoded.text,
            decoded.spans,
            hypothesis.attention,
            shifted=config.attention.shifted,
        )
    first = tokenizer.specials - 1  # codes and prefix stand before, one end mark after
    return Translation(
        decoded.text,
        request.encoded.pieces[first : first + request.own],
        hypothesis.pieces,
        hypothesis.log_probs,
        alignment,
        () if hypothesis.finished else (_unfinished(len(hypothesis.pieces)),),
        score=hypothesis.score,
    )


def texts(hypotheses: Sequence[Hypothesis], tokenizer: Tokenizer) -> list[str]:
    """The different texts of those hypotheses that came to an end."""
    decoded = (tokenizer.decode(hypothesis.pieces).text for hypothesis in hypotheses if hypothesis.finished)
    return [text for text in dict.fromkeys(decoded) if text]


def _unfinished(pieces: int) -> Issue:
    return Issue(
        UNFINISHED,
        Severity.ERROR,
        f"The model came to no end within {pieces} pieces; its translation breaks off.",
        f"لم يبلغ النموذج نهاية الجملة فالترجمة مبتورة (طولها بالوحدات: {pieces}).",
    )
