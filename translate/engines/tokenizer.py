"""Text to the pieces of a model's vocabulary and back, knowing where each piece stands in the text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from translate.document import Span
from translate.engines.base import EngineConfig
from translate.errors import ModelBroken

END = "</s>"
SPACE = "▁"
"""What sentencepiece writes for the space before a word."""
_BYTE = re.compile(r"<0x([0-9A-Fa-f]{2})>")
_PREFIXED = ("t5", "mt5", "umt5")
# The files that a kind of model is read with, the first that is there.
_FILES = {
    "m2m_100": ("sentencepiece.bpe.model", "tokenizer.json"),
    **dict.fromkeys(_PREFIXED, ("tokenizer.json", "spiece.model")),
}
# What a vocabulary that lacks the first may have: every stand-in is as long, so that no offset moves.
_STAND_INS = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‹": "'", "›": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "•": "-", "،": ",", "؛": ";", "؟": "?", "٪": "%", "ـ": "-",
}  # fmt: skip


@dataclass(frozen=True)
class Encoded:
    """A sentence in pieces, with the codes and marks that its model wants around them.

    `spans` says where in the sentence each piece stands: None for codes, marks, and pieces of nothing but white space.
    """

    pieces: tuple[str, ...]
    spans: tuple[Span | None, ...]


@dataclass(frozen=True)
class Decoded:
    """The text of a hypothesis, and where in it each piece stands (None: nowhere)."""

    text: str
    spans: tuple[Span | None, ...]


class Tokenizer(Protocol):
    """How one model reads and writes."""

    @property
    def target_prefix(self) -> tuple[str, ...]:
        """The pieces that every hypothesis begins with (the target's language code), which are no text."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Pieces that the model's vocabulary must have: with an unknown code it would translate into anything."""

    @property
    def specials(self) -> int:
        """How many pieces `encode` adds to those that `count` counts."""

    def count(self, sentence: str) -> int:
        """How many pieces the sentence itself has."""

    def encode(self, sentence: str) -> Encoded:
        """The pieces that the model is to read."""

    def decode(self, pieces: Sequence[str]) -> Decoded:
        """The text of a hypothesis, without white space at its ends."""


def load(config: EngineConfig) -> Tokenizer:
    """The tokenizer of the model in `config.folder`; ModelBroken where its files are missing or make no sense.

    Marian, M2M100 and NLLB models run on sentencepiece alone, which loads in a tenth of a second; T5 models on their
    tokenizer.json, as the two disagree there on what stands before a language code; transformers itself is imported
    for unknown architectures only.
    """
    folder = config.folder
    try:
        kind = str(json.loads((folder / "config.json").read_text(encoding="utf-8")).get("model_type"))
        if kind == "marian":
            return _marian(config)
        # A T5 model knows no source language, and learns the target from the prefix.
        marks = _Marks() if kind in _PREFIXED else _Marks(_codes(config.source_code), _codes(config.target_code))
        for file in (folder / name for name in _FILES.get(kind, ())):
            if file.is_file():
                return (
                    _fast(file, marks, config.prefix) if file.suffix == ".json" else _slow(file, marks, config.prefix)
                )
        return _unknown(config)
    except ModelBroken:
        raise
    except Exception as exc:  # sentencepiece and tokenizers raise whatever they like
        raise ModelBroken(f"{config.use.name}: its tokenizer in {folder} cannot be loaded: {exc}") from exc


@dataclass(frozen=True)
class _Marks:
    """Language codes as pieces: before the source, and before the target."""

    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()


def _marian(config: EngineConfig) -> Tokenizer:
    vocabulary = json.loads((config.folder / "vocab.json").read_text(encoding="utf-8"))
    code = config.prefix.strip()
    _check_prefix(code, code in vocabulary)
    marks = _Marks((code,) if code else ())
    return SentencePieceTokenizer(_processor(config.folder / "source.spm"), marks, known=vocabulary.__contains__)


def _slow(file: Path, marks: _Marks, prefix: str) -> Tokenizer:
    processor = _processor(file)
    known = lambda piece: not processor.is_unknown(processor.piece_to_id(piece))  # noqa: E731
    return SentencePieceTokenizer(processor, marks, prefix=prefix, known=known)


def _fast(file: Path, marks: _Marks, prefix: str) -> Tokenizer:
    from tokenizers import Tokenizer as Backend  # only models that do without sentencepiece need it

    return FastTokenizer(Backend.from_file(str(file)), marks, prefix=prefix)


def _unknown(config: EngineConfig) -> Tokenizer:
    from transformers import AutoTokenizer  # seconds to import

    languages = {"src_lang": config.source_code} if config.source_code else {}
    auto = AutoTokenizer.from_pretrained(str(config.folder), local_files_only=True, **languages)
    if not auto.is_fast:
        raise ModelBroken(f"{config.use.name}: no tokenizer that says where pieces stand comes with {config.folder}")
    marks = _Marks(target=_codes(config.target_code))
    return FastTokenizer(auto.backend_tokenizer, marks, prefix=config.prefix, own_marks=True)


def _codes(code: str | None) -> tuple[str, ...]:
    """A language code as a piece: M2M100 writes its bare codes ("ar") with underscores."""
    if not code:
        return ()
    return (f"__{code}__" if re.fullmatch(r"[a-z]{2,3}", code) else code,)


def _processor(path: Path) -> Any:
    import sentencepiece  # shared by the two kinds of tokenizer; not needed for tokenizer.json

    if not path.is_file():
        raise ModelBroken(f"the tokenizer file {path} is missing: fetch the model again")
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


class SentencePieceTokenizer:
    """A sentencepiece model without what transformers puts around it.

    `marks` stand before every sentence as pieces, `prefix` before the source as text; `known` says whether the model
    has an embedding for a piece. Writing takes no model: the pieces of a hypothesis only need joining.
    """

    def __init__(self, processor: Any, marks: _Marks, *, prefix: str = "", known: Callable[[str], bool]) -> None:
        prefix_pieces = processor.encode(prefix, out_type=str)
        _check_prefix(prefix, prefix.strip() in prefix_pieces)
        self._processor = processor
        self._before = marks.source
        self._prefix = prefix
        self._stand_ins = str.maketrans(
            {
                char: other
                for char, other in _STAND_INS.items()
                if self._has(other, known) and not self._has(char, known)
            }
        )
        self.target_prefix = marks.target
        self.codes = marks.source + marks.target
        self.specials = len(marks.source) + len(prefix_pieces) + 1

    def _has(self, char: str, known: Callable[[str], bool]) -> bool:
        return all(piece == SPACE or known(piece) for piece in self._processor.encode(char, out_type=str))

    def count(self, sentence: str) -> int:
        """See Tokenizer."""
        return len(self._processor.encode(sentence.translate(self._stand_ins)))

    def encode(self, sentence: str) -> Encoded:
        """See Tokenizer."""
        text = self._prefix + sentence.translate(self._stand_ins)
        pieces = tuple(self._processor.encode(text, out_type=str))
        normalised, offsets = self._processor.normalize(text, with_offsets=True)
        spans = _spans_in_source(pieces, normalised, offsets)
        shifted = tuple(_after_prefix(span, len(self._prefix)) for span in spans)
        return Encoded((*self._before, *pieces, END), (*[None] * len(self._before), *shifted, None))

    def decode(self, pieces: Sequence[str]) -> Decoded:
        """See Tokenizer."""
        return join(pieces)


class FastTokenizer:
    """A tokenizer.json; `own_marks` leaves codes and end marks around the source to what that file says."""

    def __init__(self, backend: Any, marks: _Marks, *, prefix: str = "", own_marks: bool = False) -> None:
        _check_prefix(prefix, backend.token_to_id(prefix.strip()) is not None)
        backend.no_truncation()
        backend.no_padding()
        self._backend = backend
        self._before = marks.source
        self._prefix = prefix
        self._own_marks = own_marks
        self.target_prefix = marks.target
        self.codes = marks.source + marks.target
        self.specials = len(self.encode("a").pieces) - self.count("a")

    def count(self, sentence: str) -> int:
        """See Tokenizer."""
        return len(self._backend.encode(sentence, add_special_tokens=False).ids)

    def encode(self, sentence: str) -> Encoded:
        """See Tokenizer."""
        text = self._prefix + sentence
        encoding = self._backend.encode(text, add_special_tokens=self._own_marks)
        marks = encoding.special_tokens_mask if self._own_marks else [0] * len(encoding.tokens)
        # A lone ▁ is said to stand on the letter after it.
        spans = [
            None if mark or token == SPACE else _after_prefix(_without_space(text, *offsets), len(self._prefix))
            for token, offsets, mark in zip(encoding.tokens, encoding.offsets, marks, strict=True)
        ]
        if self._own_marks:
            return Encoded(tuple(encoding.tokens), tuple(spans))
        before = [None] * len(self._before)
        return Encoded((*self._before, *encoding.tokens, END), (*before, *spans, None))

    def decode(self, pieces: Sequence[str]) -> Decoded:
        """See Tokenizer."""
        ids: list[int] = []
        text = ""
        spans: list[Span | None] = []
        for piece in pieces:
            piece_id = self._backend.token_to_id(piece)
            ids += [] if piece_id is None else [piece_id]
            # The text grows piece by piece; what a piece adds is where it stands. Half a character adds nothing yet.
            longer = self._backend.decode(ids).rstrip("\ufffd")
            spans.append(_without_space(longer, len(text), len(longer)))
            text = longer
        return _stripped(text, spans)


def _check_prefix(prefix: str, known: bool) -> None:
    """A prefix that the model does not know would be read as text, and the target left to chance."""
    if prefix.strip() and not known:
        raise ModelBroken(f"the prefix {prefix.strip()!r} is no piece of this model's vocabulary: correct it")


def join(pieces: Iterable[str]) -> Decoded:
    """The text of sentencepiece pieces: joined, ▁ made spaces, bytes made characters; white space stripped."""
    text = ""
    spans: list[Span | None] = []
    pending: list[int] = []  # places of the byte pieces of a character that is not whole yet
    data = b""
    for piece in pieces:
        byte = _BYTE.fullmatch(piece)
        if byte:
            data += bytes([int(byte[1], 16)])
            pending.append(len(spans))
            spans.append(None)
            char = data.decode("utf-8", "ignore")
            if char:
                for place in pending:
                    spans[place] = Span(len(text), len(text) + len(char))
                text, pending, data = text + char, [], b""
            continue
        pending, data = [], b""
        surface = piece.replace(SPACE, " ")
        start = len(text) + len(surface) - len(surface.lstrip())
        text += surface
        spans.append(Span(start, len(text.rstrip())) if start < len(text.rstrip()) else None)
    return _stripped(text, spans)


def _stripped(text: str, spans: Sequence[Span | None]) -> Decoded:
    lead = len(text) - len(text.lstrip())
    clean = text.strip()
    moved = [
        None if span is None or span.end <= lead else Span(max(0, span.start - lead), min(len(clean), span.end - lead))
        for span in spans
    ]
    return Decoded(clean, tuple(moved))


def _spans_in_source(pieces: Sequence[str], normalised: str, offsets: Sequence[int]) -> list[Span | None]:
    """Where pieces stand in a text, given its normalised form and where each of that form's characters comes from."""
    spans: list[Span | None] = []
    at, data = 0, b""
    for piece in pieces:
        byte = _BYTE.fullmatch(piece)
        if byte and not normalised.startswith(piece, at):
            data += bytes([int(byte[1], 16)])
            spans.append(_span(offsets, at, at + 1))
            if data.decode("utf-8", "ignore"):
                at, data = at + 1, b""
            continue
        start = at + len(piece) - len(piece.lstrip(SPACE))
        at += len(piece)
        spans.append(_span(offsets, start, at))
    return spans


def _span(offsets: Sequence[int], start: int, end: int) -> Span | None:
    """The part of the text that normalised characters [start, end) come from; one character may become several."""
    if start >= end or end >= len(offsets):
        return None
    first, last = offsets[start], offsets[end]
    # "…" became three stops that all begin where it does: each of them stands for the whole of it.
    following = next((offset for offset in offsets[end:] if offset > first), first)
    return Span(first, max(last, following)) if following > first else None


def _after_prefix(span: Span | None, length: int) -> Span | None:
    if span is None or span.start < length:
        return None
    return span.shift(-length)


def _without_space(text: str, start: int, end: int) -> Span | None:
    """[start, end) without white space at its ends, None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
