"""The embedded model's vocabulary: which of Gemma's pieces English and Arabic use, and text to pieces and back.

Gemma has 262,144 pieces for all the world's scripts. A piece stays where all of its characters are ones that the two
languages use. As that rule holds for every part of a piece too, text in such characters falls into the very pieces that
the whole vocabulary would give it; any other character is spelt in bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from sentencepiece import SentencePieceProcessor

BEGIN, END, UNKNOWN, NEWLINE = "<bos>", "<eos>", "<unk>", "\n"
FILE = "pieces.model"
"""The vocabulary's file in a converted model's folder."""
_SPACE = "▁"


class Kind(IntEnum):
    """What a piece is, as GGUF files and SentencePiece models number it."""

    NORMAL = 1
    UNKNOWN = 2
    CONTROL = 3
    USER_DEFINED = 4
    BYTE = 6


@dataclass(frozen=True)
class Piece:
    """An entry of a vocabulary: `index` is its row in the embedding matrix."""

    index: int
    text: str
    kind: Kind


def _characters(*ranges: tuple[int, int]) -> frozenset[str]:
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))


# What words of the two languages are written with: ASCII and Latin-1; punctuation, currency, letter-like and
# mathematical signs; the letters, marks and digits of Arabic itself.
_COMMON = frozenset(_SPACE) | _characters(
    (0x21, 0x7E),
    (0xA1, 0xFF),
    (0x2000, 0x206F),
    (0x20A0, 0x20BF),
    (0x2100, 0x218F),
    (0x2190, 0x22FF),
    (0x060C, 0x060C),
    (0x061B, 0x061B),
    (0x061F, 0x061F),
    (0x0621, 0x063A),
    (0x0640, 0x0655),
    (0x0660, 0x066D),
    (0x0670, 0x0670),
)
# What foreign names and quotations bring, letter by letter: the rest of Latin, of the Arabic script, and its ligatures.
_FOREIGN = _characters((0x0100, 0x024F), (0x0600, 0x06FF), (0x0750, 0x077F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))
_LETTERS = _characters((0x0600, 0x06FF))
# Of the Arabic of FLORES-101 dev, NTREX-128, TICO-19, Tatoeba and XQuAD, 0.04% to 0.38% of pieces are others: words in
# Latin letters, which are then spelt in shorter ones.
_RANK = 10_000


def kept(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces that English and Arabic text needs, in their order.

    All bytes stay, so any text at all can be written; of the control pieces and of those that stand for markup or for
    runs of white space only the begin, end, unknown and newline marks do.
    """
    return [piece for piece in pieces if _is_kept(piece)]


def answering_first(pieces: Sequence[Piece], target: str) -> tuple[list[Piece], int]:
    """The pieces with those that an answer in `target` ("en", "ar") may have before all others, and their number.

    Arabic needs one piece in ten: all that hold a letter of its script, every single character and byte, and of longer
    pieces the first in rank, for figures, addresses and Latin names. English needs nearly all.
    """
    if target != "ar":
        return list(pieces), len(pieces)
    able = [_is_for_arabic(piece, rank) for rank, piece in enumerate(pieces)]
    ordered = sorted(range(len(pieces)), key=lambda rank: (not able[rank], rank))
    return [pieces[rank] for rank in ordered], sum(able)


def _is_for_arabic(piece: Piece, rank: int) -> bool:
    return piece.kind is not Kind.NORMAL or len(piece.text) == 1 or rank < _RANK or not _LETTERS.isdisjoint(piece.text)


def _is_kept(piece: Piece) -> bool:
    if piece.kind is Kind.BYTE or piece.text in (BEGIN, END, UNKNOWN, NEWLINE):
        return True
    if piece.kind is not Kind.NORMAL:
        return False
    return _COMMON.issuperset(piece.text) or (len(piece.text) == 1 and piece.text in _FOREIGN)


def write(pieces: Sequence[Piece], path: Path) -> None:
    """Write a SentencePiece model with these pieces; their order is their rank in merging, as in Gemma's own.

    The package that would write the format for us needs protobuf, which nothing else here does: a handful of fields is
    all there is to it (sentencepiece_model.proto, field numbers as there).
    """
    model = bytearray()
    for rank, piece in enumerate(pieces):
        kind = Kind.UNKNOWN if piece.text == UNKNOWN else piece.kind
        model += _message(1, _message(1, piece.text.encode()) + b"\x15" + struct.pack("<f", -rank) + _number(3, kind))
    index = {piece.text: rank for rank, piece in enumerate(pieces)}
    trainer = _number(3, 2) + _number(35, 1)  # model_type BPE, byte_fallback
    trainer += _number(40, index[UNKNOWN]) + _number(41, index[BEGIN]) + _number(42, index[END])
    # Nothing is normalised: no dummy prefix, white space is not trimmed, but stands as the mark of a space.
    normalizer = _message(1, b"identity") + _number(3, 0) + _number(4, 0) + _number(5, 1)
    path.write_bytes(bytes(model) + _message(2, trainer) + _message(3, normalizer))


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    digits = bytearray()
    while value > 0x7F:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(digits) + bytes([value])


class Pieces:
    """Text to pieces and back; what `encode` gives, `decode` turns into the same text, whatever the text."""

    def __init__(self, path: Path) -> None:
        self._model: Any = SentencePieceProcessor(model_file=str(path))

    def __len__(self) -> int:
        return int(self._model.vocab_size())

    def encode(self, text: str) -> list[str]:
        """The pieces of a text (lone surrogates, which no encoding knows, become U+FFFD)."""
        pieces: list[str] = []
        # A space is written with this sign, so the sign itself is spelt in bytes.
        for i, part in enumerate(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").split(_SPACE)):
            if i:
                pieces += [f"<0x{byte:02X}>" for byte in _SPACE.encode()]
            pieces += self._model.encode(part, out_type=str)
        return pieces

    def decode(self, pieces: Sequence[str]) -> str:
        """The text of some pieces; bytes that are no UTF-8 become U+FFFD, control pieces nothing."""
        return str(self._model.decode_pieces(list(pieces)))
