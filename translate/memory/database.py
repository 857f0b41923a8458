"""The SQLite file: opened safely by many processes and threads, its schema kept up to date, its errors made ours."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from translate.cache import writing
from translate.errors import DiskFull, DragomanError, InputError, OutputError

# "Drgm": says in the file whose it is.
_APPLICATION = 0x4472676D
# Seconds to wait for another process to finish writing; each writes for a fraction of one.
_PATIENCE = 30.0

# One step of statements a version; a step that was released never changes, another is added.
_STEPS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE origins (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            details TEXT NOT NULL,  -- "" for a file that was read in
            UNIQUE (name, details)
        )
        """,
        # AUTOINCREMENT: an id is never used again, so the word index may keep those of entries that are gone.
        """
        CREATE TABLE entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key BLOB NOT NULL,  -- a digest of languages, variant and source
            origin INTEGER NOT NULL,  -- 0: approved by a person
            alternative INTEGER NOT NULL,  -- a digest of the target where several may stand side by side, else 0
            source_language TEXT NOT NULL,
            target_language TEXT NOT NULL,
            variant TEXT NOT NULL,
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            rest BLOB,
            name TEXT NOT NULL,
            author TEXT NOT NULL,
            created INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            used INTEGER NOT NULL,
            hits INTEGER NOT NULL,
            UNIQUE (key, origin, alternative)
        )
        """,
        "CREATE INDEX entries_by_origin ON entries (origin, source_language, target_language)",
    ),
)


class Database:
    """Connections to one memory file; each is used by one thread at a time, and none by two processes.

    Opening makes the file where there is none. Raises InputError for a file that is no memory, or a newer one than
    this program knows; DiskFull or OutputError where it cannot be made. Such a file is never changed or removed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._free: list[sqlite3.Connection] = []
        self._parents: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._process = os.getpid()
        with writing(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
        with self._ours():
            self._give_back(_prepared(self._opened(), path))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from."""
        with self._ours():
            db = self._taken()
            try:
                yield db
            finally:
                self._give_back(db)

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction that is committed at the end, or undone where something fails."""
        with self.reading() as db, _transaction(db):
            yield db

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            free, self._free = self._free, []
        for db in free:
            db.close()

    @contextmanager
    def _ours(self) -> Iterator[None]:
        """Turn SQLite's complaints into ours."""
        try:
            yield
        except sqlite3.DatabaseError as exc:
            # Its other kinds are mistakes of ours, not of the file.
            if isinstance(exc, sqlite3.OperationalError) or type(exc) is sqlite3.DatabaseError:
                raise _error(self.path, exc) from exc
            raise

    def _taken(self) -> sqlite3.Connection:
        with self._lock:
            if self._process != os.getpid():
                # After a fork the parent's connections must be left alone, not even closed.
                self._parents, self._free, self._process = self._free, [], os.getpid()
            if self._free:
                return self._free.pop()
        return self._opened()

    def _give_back(self, db: sqlite3.Connection) -> None:
        with self._lock:
            self._free.append(db)

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        # With WAL, what was committed may be lost in a power cut, but the file is never damaged.
        db.execute("PRAGMA synchronous = NORMAL")
        return db


def _prepared(db: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """The connection, once its file is known to be a memory of this version; an empty file becomes one."""
    try:
        version = _version(db, path)
        if version < len(_STEPS):
            db.execute("PRAGMA journal_mode = WAL")
            with _transaction(db):
                # Another process may have been here first.
                for number in range(_version(db, path), len(_STEPS)):
                    for statement in _STEPS[number]:
                        db.execute(statement)
                db.execute(f"PRAGMA application_id = {_APPLICATION}")
                db.execute(f"PRAGMA user_version = {len(_STEPS)}")
    except BaseException:
        db.close()
        raise
    return db


def _version(db: sqlite3.Connection, path: Path) -> int:
    """How many steps the file's schema is made of."""
    application, version, tables = (
        int(db.execute(query).fetchone()[0])
        for query in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
    )
    if application != _APPLICATION and (application or version or tables):
        raise InputError(f"{path} is no memory of Dragoman, but another program's database: {_ELSEWHERE}")
    if version > len(_STEPS):
        raise InputError(f"{path} was made by a newer Dragoman: update this one, or {_ELSEWHERE}")
    return version


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    # IMMEDIATE waits for its turn; a transaction that began by reading would fail instead.
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


_ELSEWHERE = "set DRAGOMAN_MEMORY to another file, or translate without memory (--no-memory)."
# SQLite's own words: Python 3.10 does not tell its error codes.
_FULL = "full"
_BUSY = ("locked", "busy")


def _error(path: Path, exc: sqlite3.DatabaseError) -> DragomanError:
    words = str(exc)
    if _FULL in words:
        return DiskFull(f"no space left for the memory {path}: free some, or set DRAGOMAN_MEMORY to another disk")
    if any(word in words for word in _BUSY):
        return OutputError(f"the memory {path} is in use by another program: try again when that is done")
    if isinstance(exc, sqlite3.OperationalError):
        return OutputError(f"the memory {path} cannot be used ({words}): {_ELSEWHERE}")
    return InputError(f"{path} is no memory of Dragoman, or a damaged one ({words}): move it away, {_ELSEWHERE}")
