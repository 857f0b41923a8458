"""Files that appear whole or not at all."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterable
from pathlib import Path

from translate.cache import writing
from translate.errors import OutputError

# Temporary files still being written; `discard` empties it when the command is stopped.
_partial: set[Path] = set()


def write(pieces: Iterable[str | bytes], path: Path | None) -> None:
    """Write pieces of text or bytes to a file as they come, or to standard output where `path` is None.

    A file takes its name only when the last piece is written; until then what stood there stands.
    Raises OutputError where it cannot be written, DiskFull where there is no space.
    """
    if path is None:
        _print(pieces)
        return
    if path.is_dir():
        raise OutputError(f"cannot write {path}: it is a folder")
    if path.exists() and not path.is_file():
        _pour(pieces, path)
        return
    # A link keeps pointing where it does; what it points at is what changes.
    path = path.resolve()
    # Not a name made from the file's own, which may be as long as a name can be.
    partial = path.with_name(f".dragoman-{uuid.uuid4().hex}.partial")
    _partial.add(partial)
    try:
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        _pour(pieces, partial)
        with writing(path):
            partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
        _partial.discard(partial)


def discard() -> None:
    """Remove what is half written; for when the command is stopped."""
    for partial in tuple(_partial):
        partial.unlink(missing_ok=True)


def _pour(pieces: Iterable[str | bytes], path: Path) -> None:
    """Write pieces into a file as they come; only writing is guarded, what makes the pieces has errors of its own."""
    with writing(path):
        out = path.open("wb")
    try:
        for piece in pieces:
            with writing(path):
                out.write(_bytes(piece))
    finally:
        with writing(path):
            out.close()


def _print(pieces: Iterable[str | bytes]) -> None:
    # Bytes, so that Arabic comes out whatever the terminal's locale claims.
    sys.stdout.flush()
    for piece in pieces:
        with writing(Path("standard output")):
            sys.stdout.buffer.write(_bytes(piece))
            # Piece by piece: Ctrl-C then leaves whole ones, and a program that reads along need not wait.
            sys.stdout.buffer.flush()


def _bytes(piece: str | bytes) -> bytes:
    return piece if isinstance(piece, bytes) else piece.encode("utf-8")
