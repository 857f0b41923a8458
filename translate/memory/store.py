"""The memory: translations put in, found again, approved and forgotten."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from platformdirs import user_data_path

from translate.document import Translation
from translate.errors import InputError
from translate.memory import similar, upkeep
from translate.memory.database import Database
from translate.memory.entry import Asked, Entry, Match, Origin, Pair, storable
from translate.memory.packing import packed, unpacked

MEMORY_VARIABLE = "DRAGOMAN_MEMORY"

# Entries in a transaction: others who wait for their turn wait a fraction of a second.
_AT_ONCE = 1000
# Texts in a query, two parameters each: SQLite before 3.32 takes 999.
_ASKED_AT_ONCE = 400
_PEOPLE = 0
_COLUMNS = (
    "e.source_language, e.target_language, e.variant, e.source, e.target, e.rest, e.name, e.author, e.created, "
    "e.changed, e.used, e.hits, o.name, o.details"
)
_FROM = "FROM entries e LEFT JOIN origins o ON o.id = e.origin"
_PUT = """
    INSERT INTO entries (key, origin, alternative, source_language, target_language, variant, source, target, rest,
        name, author, created, changed, used, hits)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key, origin, alternative) DO UPDATE SET
        target = excluded.target, rest = excluded.rest, name = excluded.name, author = excluded.author,
        created = min(created, excluded.created), changed = max(changed, excluded.changed),
        used = max(used, excluded.used), hits = max(hits, excluded.hits)
"""

_Rows: TypeAlias = "dict[bytes, list[tuple[int, int, str, str, str, bytes | None]]]"
"""By key: id, origin, variant, source, target and the rest of entries, those that were changed last first."""


def default_path() -> Path:
    """The user's memory: $DRAGOMAN_MEMORY, else memory.sqlite in the user's data folder."""
    named = os.environ.get(MEMORY_VARIABLE)
    return Path(named).expanduser() if named else user_data_path("dragoman") / "memory.sqlite"


@dataclass(frozen=True)
class Found:
    """A remembered translation that stands in for a model's work; `approved` by a person or else a model's own."""

    number: int
    translation: Translation
    approved: bool


class Memory:
    """What was translated, in one SQLite file that many threads and processes may use at once.

    Everything raises InputError where the file is no memory or is damaged, DiskFull or OutputError where it cannot be
    written or is in use for long.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        """Open the memory, `default_path` without a path; it is made where there is none."""
        self.path = default_path() if path is None else Path(path)
        self._database = Database(self.path)
        self._similar = similar.Search(self._database)

    def __reduce__(self) -> tuple[type[Memory], tuple[Path]]:
        """Another process opens the same file anew."""
        return Memory, (self.path,)

    def find(self, asked: Iterable[Asked], pair: Pair, origin: Origin) -> dict[Asked, Found]:
        """What a person approved for these texts, else what `origin` itself said of them; what is unknown is left out.

        An approved entry needs only the same text, as written; a model's own must have the same variant, too. Of
        several approved translations the one that was changed last counts.
        """
        wanted = list(dict.fromkeys(asked))
        found: dict[Asked, Found] = {}
        with self._database.reading() as db:
            own = _origin_id(db, origin)
            for start in range(0, len(wanted), _ASKED_AT_ONCE):
                part = wanted[start : start + _ASKED_AT_ONCE]
                rows = _rows(db, part, pair, own)
                chosen = {one: _chosen(rows, one, pair) for one in part}
                found.update({one: its for one, its in chosen.items() if its is not None})
        return found

    def count(self, found: Iterable[Found]) -> None:
        """Note that these translations were used, now: `stats` and `prune` go by it."""
        now = int(time.time())
        with self._database.changing() as db:
            db.executemany(
                "UPDATE entries SET hits = hits + 1, used = ? WHERE id = ?", [(now, one.number) for one in found]
            )

    def put(self, entries: Iterable[Entry]) -> int:
        """Remember these entries, and return how many there were; an entry that is known already is brought up to date.

        A text has one translation of each model; people's, and a file's, stand side by side. Entries with half a
        surrogate pair are left out: no file of text can hold them. Work is committed a thousand entries at a time.
        """
        waiting = (entry for entry in entries if storable(entry.source, entry.target, entry.variant))
        count = 0
        while part := list(islice(waiting, _AT_ONCE)):
            with self._database.changing() as db:
                origins: dict[Origin | None, int] = {None: _PEOPLE}
                for entry in part:
                    if entry.origin not in origins and entry.origin is not None:
                        origins[entry.origin] = _made_origin(db, entry.origin)
                now = int(time.time())
                db.executemany(_PUT, [_row(entry, origins[entry.origin], now) for entry in part])
            count += len(part)
        return count

    def entries(
        self, pair: Pair | None = None, *, approved: bool = False, origin: str | None = None
    ) -> Iterator[Entry]:
        """Every entry in the order in which they came: of a pair, of a model or file by name, or approved ones only."""
        where, values = upkeep.conditions(pair, origin)
        if approved:
            where.append(f"e.origin = {_PEOPLE}")
        query = f"SELECT {_COLUMNS} {_FROM} WHERE {' AND '.join(where) or 1} ORDER BY e.id"
        with self._database.reading() as db, closing(db.execute(query, values)) as rows:
            for row in rows:
                yield _entry(row)

    def of(self, source: str, pair: Pair | None = None) -> tuple[Entry, ...]:
        """All that is remembered of a text: approved entries first, then the newest."""
        where, values = upkeep.conditions(pair, None)
        where.append("e.source = ?")
        query = f"""SELECT {_COLUMNS} {_FROM} WHERE {" AND ".join(where)}
            ORDER BY e.origin <> {_PEOPLE}, max(e.created, e.changed) DESC, e.id DESC"""
        with self._database.reading() as db:
            return tuple(_entry(row) for row in db.execute(query, [*values, source]))

    def similar(
        self, text: str, pair: Pair, cutoff: float = 75, most: int = 3, *, everything: bool = False
    ) -> tuple[Match, ...]:
        """The entries whose sources are most like a text, best first: at most `most`, each of a score of `cutoff` or
        more, 0 to 100 (twice the longest common subsequence by both lengths: rapidfuzz's `ratio`).

        What people approved or read in; with `everything` models' work as well, which is slower.
        """
        found = self._similar.find(text, pair, cutoff, most, everything=everything)
        with self._database.reading() as db:
            query = f"SELECT {_COLUMNS} {_FROM} WHERE e.id = ?"
            rows = [(db.execute(query, (number,)).fetchone(), score) for number, score in found]
        # What another process has removed since is no match.
        return tuple(Match(_entry(row), score) for row, score in rows if row is not None)

    def approve(self, source: str, pair: Pair, target: str | None = None) -> Entry:
        """Make `target`, or the one translation that is remembered, the approved one of a text: the only one.

        Raises InputError where there is nothing to approve, or a choice.
        """
        known = self.of(source, pair)
        chosen = [entry for entry in known if target in (None, entry.target)]
        texts = list(dict.fromkeys(entry.target for entry in chosen))
        if target is None and not texts:
            raise InputError("nothing is remembered of that text: give its translation, too.")
        if target is None and len(texts) > 1:
            listed = "; ".join(f"“{text}”" for text in texts)
            raise InputError(f"that text has {len(texts)} translations; give the one to approve: {listed}")
        text = texts[0] if target is None else target
        if not (source.strip() and text.strip() and storable(source, text)):
            raise InputError("a text and its translation cannot be empty.")
        # What the model knew of its words is kept; how sure it was says nothing of a person's choice.
        alignment = next((entry.translation.alignment for entry in chosen), None)
        now = int(time.time())
        entry = Entry(source, Translation(text, alignment=alignment), pair, created=now, changed=now)
        with self._database.changing() as db:
            _forget(db, source, pair, approved=True)
            db.execute(_PUT, _row(entry, _PEOPLE, now))
        return entry

    def forget(self, source: str, pair: Pair | None = None) -> int:
        """Remove everything that is remembered of a text, and return how many entries that were."""
        with self._database.changing() as db:
            return _forget(db, source, pair)

    def stats(self) -> upkeep.Stats:
        """How much is remembered, of what, and what it was good for."""
        return upkeep.stats(self._database)

    def prune(
        self,
        *,
        older_than: float | None = None,
        model: str | None = None,
        unused: bool = False,
        max_size: int | None = None,
    ) -> upkeep.Pruned:
        """Remove models' work that meets every condition given; see `upkeep.prune`."""
        return upkeep.prune(self._database, older_than=older_than, model=model, unused=unused, max_size=max_size)

    def close(self) -> None:
        """Close the file's connections; using the memory again opens it anew."""
        self._database.close()


def _key(pair: Pair, source: str, variant: str) -> bytes:
    # Half a surrogate pair is never stored, but it may be asked for.
    text = "\0".join((*pair, variant, source)).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=16).digest()


def _alternative(entry: Entry) -> int:
    """0 for a model's work, which is one a text; else a number by which translations of a text stand side by side."""
    if entry.origin is not None and entry.origin.machine:
        return 0
    digest = blake2b(entry.target.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _origin_id(db: sqlite3.Connection, origin: Origin) -> int | None:
    query = "SELECT id FROM origins WHERE name = ? AND details = ?"
    row = db.execute(query, (origin.name, origin.details)).fetchone()
    return None if row is None else int(row[0])


def _made_origin(db: sqlite3.Connection, origin: Origin) -> int:
    known = _origin_id(db, origin)
    if known is not None:
        return known
    added = db.execute("INSERT INTO origins (name, details) VALUES (?, ?)", (origin.name, origin.details))
    return int(added.lastrowid or 0)


def _rows(db: sqlite3.Connection, asked: Sequence[Asked], pair: Pair, own: int | None) -> _Rows:
    keys = {_key(pair, one.as_written, "") for one in asked} | {_key(pair, one.text, one.variant) for one in asked}
    query = f"""SELECT key, id, origin, variant, source, target, rest FROM entries
        WHERE key IN ({",".join("?" * len(keys))}) AND origin IN ({_PEOPLE}, ?)
        ORDER BY max(created, changed) DESC, id DESC"""
    found: _Rows = {}
    for key, *row in db.execute(query, [*keys, own]):
        found.setdefault(key, []).append(tuple(row))
    return found


def _chosen(rows: _Rows, one: Asked, pair: Pair) -> Found | None:
    """The best row for a text, if there is one: the texts are compared, too, and not only their digests."""
    approved = [
        row for row in rows.get(_key(pair, one.as_written, ""), ()) if row[1] == _PEOPLE and row[3] == one.as_written
    ]
    own = [
        row
        for row in rows.get(_key(pair, one.text, one.variant), ())
        if row[1] != _PEOPLE and (row[3], row[2]) == (one.text, one.variant)
    ]
    for number, origin, _, source, target, rest in (*approved, *own):
        try:
            return Found(number, unpacked(source, target, rest), origin == _PEOPLE)
        except ValueError:
            continue  # it is made anew, and takes the damaged one's place
    return None


def _row(entry: Entry, origin: int, now: int) -> tuple[object, ...]:
    return (
        _key(entry.pair, entry.source, entry.variant),
        origin,
        _alternative(entry),
        *entry.pair,
        entry.variant,
        entry.source,
        entry.target,
        packed(entry.translation),
        entry.name,
        entry.author,
        entry.created or now,
        entry.changed,
        entry.used,
        entry.hits,
    )


def _entry(row: sqlite3.Row) -> Entry:
    source_language, target_language, variant, source, target, rest, *others, origin, details = row
    try:
        translation = unpacked(source, target, rest)
    except ValueError:
        translation = Translation(target)
    name, author, created, changed, used, hits = others
    return Entry(
        source,
        translation,
        (source_language, target_language),
        None if origin is None else Origin(origin, details),
        variant,
        name,
        author,
        created,
        changed,
        used,
        hits,
    )


def _forget(db: sqlite3.Connection, source: str, pair: Pair | None, *, approved: bool = False) -> int:
    where, values = upkeep.conditions(pair, None)
    where.append("e.source = ?")
    if approved:
        where.append(f"e.origin = {_PEOPLE}")
    ids = f"SELECT e.id {_FROM} WHERE {' AND '.join(where)}"
    return db.execute(f"DELETE FROM entries WHERE id IN ({ids})", [*values, source]).rowcount
