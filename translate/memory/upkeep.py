"""Counts what a memory holds, and removes what is of no more use."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from translate.errors import OutputError, UsageError
from translate.memory.database import Database
from translate.memory.entry import Pair

_DAY = 86_400.0
_ROUNDS = 8
_MACHINE = "origin IN (SELECT id FROM origins WHERE details <> '')"


@dataclass(frozen=True)
class Group:
    """The entries of one language pair and origin.

    `kind` is "approved", "imported" or "machine"; `origin` the name of the models or of the file, "" for what was
    approved; `hits` is how often they were used.
    """

    pair: Pair
    kind: str
    origin: str
    entries: int
    hits: int


@dataclass(frozen=True)
class Stats:
    """A memory's file, its size on disk in bytes, and its entries in groups, the largest first."""

    path: Path
    size: int
    groups: tuple[Group, ...]

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return sum(group.entries for group in self.groups)

    @property
    def approved(self) -> int:
        """How many of them a person approved."""
        return sum(group.entries for group in self.groups if group.kind == "approved")

    @property
    def hits(self) -> int:
        """How often an entry stood in for a model's work."""
        return sum(group.hits for group in self.groups)


@dataclass(frozen=True)
class Pruned:
    """How many entries were removed, and the file's size in bytes before and after."""

    entries: int
    before: int
    after: int


def conditions(pair: Pair | None, origin: str | None) -> tuple[list[str], list[object]]:
    """What a query's WHERE needs for a pair and an origin's name, and its values."""
    where: list[str] = []
    values: list[object] = []
    if pair is not None:
        where += ["e.source_language = ?", "e.target_language = ?"]
        values += pair
    if origin is not None:
        where.append("o.name = ?")
        values.append(origin)
    return where, values


def stats(database: Database) -> Stats:
    """What `Memory.stats` gives."""
    query = """SELECT e.source_language, e.target_language,
            CASE WHEN e.origin = 0 THEN 'approved' WHEN o.details = '' THEN 'imported' ELSE 'machine' END AS kind,
            coalesce(o.name, ''), count(*), sum(e.hits)
        FROM entries e LEFT JOIN origins o ON o.id = e.origin
        GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 2, 3, 4"""
    with database.reading() as db:
        groups = [Group((row[0], row[1]), row[2], row[3], row[4], row[5]) for row in db.execute(query)]
    return Stats(database.path, size(database.path), tuple(groups))


def size(path: Path) -> int:
    """Bytes of a memory's file and of the two that SQLite keeps beside it."""
    files = (path.with_name(path.name + ending) for ending in ("", "-wal", "-shm"))
    return sum(file.stat().st_size for file in files if file.exists())


def prune(
    database: Database,
    *,
    older_than: float | None = None,
    model: str | None = None,
    unused: bool = False,
    max_size: int | None = None,
) -> Pruned:
    """Remove entries that meet every condition given, and give their space back to the disk.

    `older_than`: made, and last used, more than so many days ago; `model`: by these models, or read in from this file
    (the names that `stats` shows); `unused`: never used. Then, over `max_size` bytes, those go whose last use is
    longest ago, until the file fits. What people approved is never removed, and what they read in only by its name.
    Raises UsageError where no condition is given.
    """
    if older_than is None and model is None and not unused and max_size is None:
        raise UsageError("say what to remove: by age, by model, what was never used, or all beyond a size.")
    before = size(database.path)
    removed = 0
    if not (older_than is None and model is None and not unused):
        removed = _remove(database, older_than, model, unused)
    _compact(database)
    if max_size is not None:
        removed += _fit(database, max_size)
    return Pruned(removed, before, size(database.path))


def _remove(database: Database, older_than: float | None, model: str | None, unused: bool) -> int:
    where = ["origin <> 0"]
    values: list[object] = []
    if model is None:
        where.append(_MACHINE)
    else:
        where.append("origin IN (SELECT id FROM origins WHERE name = ?)")
        values.append(model)
    if older_than is not None:
        where.append("max(created, changed, used) < ?")
        values.append(time.time() - older_than * _DAY)
    if unused:
        where.append("hits = 0")
    with database.changing() as db:
        return db.execute(f"DELETE FROM entries WHERE {' AND '.join(where)}", values).rowcount


def _fit(database: Database, most: int) -> int:
    """Remove models' work until the file has at most so many bytes, or there is no more of it."""
    removed = 0
    for _ in range(_ROUNDS):
        now = size(database.path)
        if now <= most:
            break
        with database.changing() as db:
            count = int(db.execute("SELECT count(*) FROM entries").fetchone()[0])
            # A little more than its share, as rows differ: a round costs a rewrite of the file.
            surplus = 1 + int(count * min(1.0, 1.05 * (now - most) / now))
            oldest = f"""SELECT id FROM entries WHERE {_MACHINE} ORDER BY max(created, changed, used), id LIMIT ?"""
            gone = db.execute(f"DELETE FROM entries WHERE id IN ({oldest})", (surplus,)).rowcount
        if not gone:
            break
        removed += gone
        _compact(database)
    return removed


def _compact(database: Database) -> None:
    """Give unused space back, and begin the index of words anew; a file in use elsewhere is left for another time."""
    with database.changing() as db:
        _drop_index(db)
        db.execute("DELETE FROM origins WHERE id NOT IN (SELECT origin FROM entries)")
    try:
        with database.reading() as db:
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except OutputError:
        # What is free within the file is used again.
        return


def _drop_index(db: sqlite3.Connection) -> None:
    db.execute("DROP TABLE IF EXISTS words_of")
    db.execute("DROP TABLE IF EXISTS words")
