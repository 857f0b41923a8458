"""Opens what a user named, so that it can be read twice: a file, a pipe, or standard input."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from translate.cache import writing
from translate.errors import InputError

STDIN = "-"


def opened(source: str) -> BinaryIO:
    """The file of that name, or standard input for "-"; what cannot be rewound is copied to a temporary file.

    Raises InputError where it cannot be opened, DiskFull where there is no room for the copy.
    """
    if source == STDIN:
        return _copied(sys.stdin.buffer)
    path = Path(source)
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a file in it.")
    try:
        file = path.open("rb")
    except FileNotFoundError as exc:
        raise InputError(f"{path} does not exist: check the name.") from exc
    except OSError as exc:
        raise InputError(f"{path} cannot be read ({exc.strerror or exc}).") from exc

    if file.seekable():
        return file
    with file:
        return _copied(file)


def called(source: str) -> str:
    """What messages call it."""
    return "standard input" if source == STDIN else source


def _copied(file: BinaryIO) -> BinaryIO:
    with writing(Path(tempfile.gettempdir())):
        copy = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 (its reader closes it)
        shutil.copyfileobj(file, copy)
    copy.seek(0)
    return copy
