"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from translate.cache import writing
from translate.errors import OutputError

# Temporary files still being written; `discard` empties it when the command is stopped.
_partial: set[Path] = set()


def write(pieces: Iterable[str], path: Path | None) -> None:
    """Write pieces to a file as they come, or to standard output where `path` is None.

    A file takes its name only when the last piece is written; until then what stood there stands.
    Raises OutputError where it cannot be written, DiskFull where there is no space.
    """
    if path is None:
        _print(pieces)
        return
    if path.is_dir():
        raise OutputError(f"cannot write {path}: it is a folder")
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".partial")
    partial = Path(name)
    _partial.add(partial)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            for piece in pieces:
                with writing(path):
                    out.write(piece)
            with writing(path):
                out.flush()
        with writing(path):
            partial.chmod(0o666 & ~_umask())
            partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
        _partial.discard(partial)


def discard() -> None:
    """Remove what is half written; for when the command is stopped."""
    for partial in tuple(_partial):
        partial.unlink(missing_ok=True)


def _print(pieces: Iterable[str]) -> None:
    # Arabic must come out whatever the terminal's locale claims.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for piece in pieces:
        with writing(Path("standard output")):
            sys.stdout.write(piece)
    with writing(Path("standard output")):
        sys.stdout.flush()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
