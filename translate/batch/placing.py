"""Puts files in their places whole or not at all, and tells whether one has changed since."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from translate.cache import writing

# A file that changed within so many nanoseconds before it was read may change again within one tick of its clock, and
# nothing but its content would tell: FAT has ticks of two seconds.
_TICK = 2_000_000_000
_CHUNK = 2**20


class Places:
    """A batch's output folder; what is half written lies in a folder of its own, which is emptied at the start."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.own = out / ".dragoman"
        self._partial = self.own / "partial"

    def clear(self) -> None:
        """Make the folders, and remove what an earlier run left half written. Raises OutputError, DiskFull."""
        with writing(self.out):
            shutil.rmtree(self._partial, ignore_errors=True)
            self._partial.mkdir(parents=True)

    def put(self, place: str, write: Callable[[BinaryIO], object]) -> str:
        """Write a file and give it its place once all of it is on the disk; its content's hash.

        Raises OutputError where it cannot be written, DiskFull where there is no space; what stood there stands then.
        """
        path, partial = self.out / place, self._partial / uuid.uuid4().hex
        try:
            with writing(path):
                with partial.open("wb") as file:
                    write(file)
                    file.flush()
                    os.fsync(file.fileno())
                found = hash_file(partial)
                path.parent.mkdir(parents=True, exist_ok=True)
                partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return found


def hash_bytes(*parts: bytes) -> str:
    """A hash of the parts and their bounds."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()


def hash_file(path: Path) -> str:
    """What `hash_bytes` gives for a file's content. Raises OSError."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        digest.update(os.fstat(file.fileno()).st_size.to_bytes(8, "little"))
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def stamp(found: os.stat_result) -> str:
    """A file's size and times of change; while it is the same, so is the content. "" where that cannot be trusted.

    The time of the last change of its inode is in it, which no program can set: a file that keeps its size and has an
    old time of change put on it (cp -p, rsync -t, touch -d) still shows.
    """
    if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < _TICK:
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"
