"""Folders that are built once, whole or not at all, and found again by name."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_cache_path

from translate.errors import DiskFull, OutputError

CACHE_VARIABLE = "DRAGOMAN_CACHE"
_DONE = ".complete"
_FULL = (errno.ENOSPC, errno.EDQUOT)


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

    Raises DiskFull or OutputError where the folder cannot be written; what `build` raises passes, except that a full
    disk becomes DiskFull.
    """
    if (done := find(name)) is not None:
        return done
    from filelock import FileLock  # a tenth of the time that --help takes

    folder = root() / name
    partial = folder.with_name(folder.name + ".partial")
    with writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(folder) + ".lock")
        lock.acquire()
    try:
        if (done := find(name)) is not None:
            return done
        with writing(folder):
            for leftover in (partial, folder):
                shutil.rmtree(leftover, ignore_errors=True)
            partial.mkdir()
        _fill(partial, folder, build)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        lock.release()
    return folder


def _fill(partial: Path, folder: Path, build: Callable[[Path], None]) -> None:
    try:
        build(partial)
    except OSError as exc:
        # Of what can go wrong while a model is made, only this is about the folder and not about the model.
        if exc.errno in _FULL:
            raise _disk_full(folder) from exc
        raise
    with writing(folder):
        (partial / _DONE).touch()
        partial.rename(folder)


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
    except BrokenPipeError:
        # Whoever read our output has read enough; that is no error of writing.
        raise
    except OSError as exc:
        if exc.errno in _FULL:
            raise _disk_full(path) from exc
        raise OutputError(f"cannot write {path}: {exc.strerror or exc}") from exc


def _disk_full(path: Path) -> DiskFull:
    return DiskFull(f"no space left to write {path}: free some or set {CACHE_VARIABLE} to another disk")
