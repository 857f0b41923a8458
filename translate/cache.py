"""Folders that are built once, whole or not at all, and found again by name."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from translate.errors import DiskFull, OutputError

CACHE_VARIABLE = "DRAGOMAN_CACHE"
_DONE = ".complete"


def root() -> Path:
    """The folder for everything that can be made again: $DRAGOMAN_CACHE, else the user's cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named).expanduser() if named else user_cache_path("dragoman")


def find(name: str) -> Path | None:
    """The folder that `build_once` finished under this name, or None."""
    folder = root() / name
    return folder if (folder / _DONE).exists() else None


def build_once(name: str, build: Callable[[Path], None]) -> Path:
    """The finished folder `name` in the cache; where there is none, `build` fills it.

    `build` gets an empty folder beside the final one, which takes its name only when `build` returns: a crash, a full
    disk or Ctrl-C leaves nothing that could be taken for the real thing. Processes that ask at once wait for the first.

    Raises DiskFull or OutputError where the folder cannot be written.
    """
    if (done := find(name)) is not None:
        return done
    folder = root() / name
    partial = folder.with_name(folder.name + ".partial")
    with writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(str(folder) + ".lock"):
            if (done := find(name)) is not None:
                return done
            for leftover in (partial, folder):
                shutil.rmtree(leftover, ignore_errors=True)
            partial.mkdir()
            try:
                build(partial)
                (partial / _DONE).touch()
                partial.rename(folder)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
    return folder


def remove(name: str) -> int:
    """Remove the folder `name` and say how many bytes that freed; 0 where there was none."""
    folder = root() / name
    if not folder.exists():
        return 0
    freed = size(folder)
    shutil.rmtree(folder)
    Path(str(folder) + ".lock").unlink(missing_ok=True)
    return freed


def size(folder: Path) -> int:
    """Bytes in all files of a folder, links counted as what they are."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the operating system's complaints about writing `path` into ours."""
    try:
        yield
    except OSError as exc:
        if exc.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"no space left to write {path}: free some or set {CACHE_VARIABLE} to another disk") from exc
        raise OutputError(f"cannot write {path}: {exc.strerror or exc}") from exc
