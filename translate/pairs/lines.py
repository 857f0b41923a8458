"""Reads two plain texts with one sentence a line: line N of the one is the translation of line N of the other."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from translate.errors import InputError
from translate.extract.decode import decode
from translate.pairs.opening import called, opened
from translate.pairs.unit import Unit

_CHUNK = 1 << 20
_HEAD = 1 << 16
_SAMPLE = 50
# UTF-32 begins like UTF-16 where its bytes go from low to high.
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True)
class Lines:
    """A text's lines without their ends, `count` of them; each iteration reads them anew.

    A line ends with a line feed, or a carriage return and a line feed; nothing else ends one. They are read from
    `file` as they are needed; `decoded` holds them where it is not in UTF-8.
    """

    file: BinaryIO
    count: int
    decoded: tuple[str, ...] | None = None

    def __iter__(self) -> Iterator[str]:
        if self.decoded is not None:
            yield from self.decoded
            return
        self.file.seek(0)
        encoding = "utf-8-sig"
        for line in self.file:
            yield _bare(line.decode(encoding))
            encoding = "utf-8"

    def sample(self) -> str:
        """The first lines: enough to know the text's language by."""
        return " ".join(islice(self, _SAMPLE))


def lines(source: str) -> Lines:
    """The lines of a file, or of standard input for "-": UTF-8, or UTF-16 or UTF-32 with a byte order mark.

    Raises InputError where it cannot be opened, or is anything else: here another encoding is not guessed, because a
    wrong guess would be reported as faults of the translation. Memory does not grow with a text in UTF-8.
    """
    file, name = opened(source), called(source)
    head = file.read(4)
    file.seek(0)
    if not head.startswith(_WIDE):
        return Lines(file, _count(file, name))
    split = decode(file.read(), name).split("\n")
    if not split[-1]:
        split.pop()
    return Lines(file, len(split), tuple(map(_bare, split)))


def read(source: str, target: str) -> tuple[Lines, Lines]:
    """The lines of two texts; InputError where one has more of them than the other, or both have none."""
    both = lines(source), lines(target)
    counts = [each.count for each in both]
    if counts[0] != counts[1]:
        raise InputError(
            f"{called(source)} has {counts[0]:,} line(s) and {called(target)} has {counts[1]:,}: they cannot be "
            "matched line by line; --documents matches documents block by block."
        )
    if counts[0] == 0:
        raise InputError(f"{called(source)} and {called(target)} are empty: there is nothing to check.")
    return both


def units(source: Lines, target: Lines) -> Iterator[Unit]:
    """One unit for each line that is not blank in both; the files are closed after the last."""
    with source.file, target.file:
        for number, (one, other) in enumerate(zip(source, target, strict=True), 1):
            if one.strip() or other.strip():
                yield Unit(number, one, other)


def _count(file: BinaryIO, name: str) -> int:
    """How many lines a text in UTF-8 has; InputError for what is not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    count, last = 0, b"\n"
    try:
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk)
            if count == 0:
                # Text so far, but perhaps that of a PDF or with zeros in it; `decode` says what it is.
                decode(text[:_HEAD].encode(), name)
            count += chunk.count(b"\n")
            last = chunk[-1:]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as exc:
        if count == 0:
            decode(exc.object, name)
        line = count + exc.object.count(b"\n", 0, exc.start) + 1
        raise InputError(f"{name}, line {line:,}, is not UTF-8: save the file as UTF-8 and try again.") from exc
    return count + (last != b"\n")


def _bare(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")
