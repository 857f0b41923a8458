"""The journal of a batch: what is finished, of which content and with which settings, in SQLite.

A document is noted only after its output stands in its place, so that whenever the process ends, what the journal calls
finished is there, whole. What was placed and not yet noted is made again, the same, and replaces itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from translate.batch.types import Outcome, State
from translate.errors import DiskFull, OutputError

_SCHEMA = 1
_TABLES = """
    CREATE TABLE IF NOT EXISTS sources (
        key TEXT PRIMARY KEY, stamp TEXT NOT NULL, hash TEXT NOT NULL, settings TEXT NOT NULL, output TEXT NOT NULL,
        output_hash TEXT NOT NULL, state TEXT NOT NULL, lasting INTEGER NOT NULL, documents INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS documents (
        key TEXT PRIMARY KEY, origin TEXT NOT NULL, hash TEXT NOT NULL, settings TEXT NOT NULL, state TEXT NOT NULL,
        lasting INTEGER NOT NULL, reason TEXT NOT NULL, sentences INTEGER NOT NULL, words INTEGER NOT NULL,
        errors INTEGER NOT NULL, warnings INTEGER NOT NULL, notes INTEGER NOT NULL, seconds REAL NOT NULL,
        issues TEXT NOT NULL, texts TEXT NOT NULL, finished TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    CREATE INDEX IF NOT EXISTS by_origin ON documents (origin);
    CREATE TABLE IF NOT EXISTS reported (of TEXT NOT NULL);
"""
_COLUMNS = (
    "key, origin, hash, settings, state, lasting, reason, sentences, words, errors, warnings, notes, seconds, issues, "
    "texts"
)


@dataclass(frozen=True)
class SourceRecord:
    """An input file that was finished: `stamp` and `hash` of what was read, and what was made of it."""

    key: str
    stamp: str
    hash: str
    settings: str
    output: str
    output_hash: str
    state: State
    lasting: bool
    documents: int


@dataclass(frozen=True)
class DocumentRecord:
    """A document that was finished; `issues` and `texts` are JSON, `texts` only of a row."""

    key: str
    origin: str
    hash: str
    settings: str
    state: State
    lasting: bool
    reason: str
    sentences: int
    words: int
    errors: int
    warnings: int
    notes: int
    seconds: float
    issues: str
    texts: str


class Journal:
    """One connection to a journal; each thread has its own. Raises OutputError and DiskFull where it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._trouble():
            self._base = sqlite3.connect(path, timeout=60, check_same_thread=False)
            self._base.execute("PRAGMA journal_mode = WAL")
            # A commit is on the disk when it returns: power may fail, too.
            self._base.execute("PRAGMA synchronous = FULL")
            version = self._base.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, _SCHEMA):
                raise OutputError(f"{path} was written by another version of Dragoman: --fresh begins anew")
            self._base.executescript(_TABLES)
            self._base.execute(f"PRAGMA user_version = {_SCHEMA}")

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def sources(self, keys: Sequence[str]) -> dict[str, SourceRecord]:
        """What is known of input files, by their keys; some hundreds of them at a time are found fastest."""
        marks = ", ".join("?" * len(keys))
        with self._trouble():
            rows = self._base.execute(f"SELECT * FROM sources WHERE key IN ({marks})", keys).fetchall()
        return {row[0]: _source(row) for row in rows}

    def document(self, key: str) -> DocumentRecord | None:
        """What is known of a document."""
        with self._trouble():
            row = self._base.execute(f"SELECT {_COLUMNS} FROM documents WHERE key = ?", (key,)).fetchone()
        return None if row is None else _document(row)

    def keys(self) -> set[str]:
        """The keys of all input files that are known."""
        with self._trouble():
            return {key for (key,) in self._base.execute("SELECT key FROM sources")}

    def documents(self) -> Iterator[DocumentRecord]:
        """All documents: those set aside first, then those with most errors and warnings."""
        query = f"SELECT {_COLUMNS} FROM documents ORDER BY state DESC, errors DESC, warnings DESC, key"
        with self._trouble():
            yield from map(_document, self._base.execute(query))

    def record(self, outcomes: Iterable[tuple[Outcome, str]], sources: Sequence[SourceRecord] = ()) -> None:
        """Note documents, with the hash of the settings that they were made with, and files, all or none of them."""
        rows = [_row(outcome, settings) for outcome, settings in outcomes]
        marks = ", ".join("?" * 15)
        with self._trouble(), self._base:
            if rows:
                self._base.execute("DELETE FROM reported")
            self._base.executemany(f"INSERT OR REPLACE INTO documents ({_COLUMNS}) VALUES ({marks})", rows)
            self._base.executemany(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        one.key,
                        one.stamp,
                        one.hash,
                        one.settings,
                        one.output,
                        one.output_hash,
                        one.state.value,
                        int(one.lasting),
                        one.documents,
                    )
                    for one in sources
                ],
            )

    def is_reported(self, of: str) -> bool:
        """Whether a report of this was written, and nothing was noted since."""
        with self._trouble():
            return self._base.execute("SELECT 1 FROM reported WHERE of = ?", (of,)).fetchone() is not None

    def reported(self, of: str) -> None:
        """Note that a report stands in its place; `of` is a hash of what it tells of, besides the journal."""
        with self._trouble(), self._base:
            self._base.execute("DELETE FROM reported")
            self._base.execute("INSERT INTO reported VALUES (?)", (of,))

    def count(self, origin: str) -> int:
        """How many documents of an input file are known."""
        with self._trouble():
            found = self._base.execute("SELECT count(*) FROM documents WHERE origin = ?", (origin,)).fetchone()
        return int(found[0])

    def aside(self) -> dict[str, int]:
        """How many documents of each input file are set aside, where any is."""
        query = "SELECT origin, count(*) FROM documents WHERE state = ? GROUP BY origin"
        with self._trouble():
            return dict(self._base.execute(query, (State.ASIDE.value,)).fetchall())

    def prune(self, origin: str, keys: set[str]) -> None:
        """Forget a table's rows but these: they are not in it any more."""
        with self._trouble(), self._base:
            self._base.execute("DELETE FROM reported")
            known = [key for (key,) in self._base.execute("SELECT key FROM documents WHERE origin = ?", (origin,))]
            self._base.executemany("DELETE FROM documents WHERE key = ?", [(key,) for key in known if key not in keys])

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as exc:
            if "full" in str(exc):
                raise DiskFull(
                    f"no space left to write {self._path}: free some, then run the same command again"
                ) from exc
            raise OutputError(f"the journal {self._path} cannot be used: {exc}; --fresh begins a new one") from exc


def _row(outcome: Outcome, settings: str) -> tuple[object, ...]:
    job = outcome.job
    texts = [output.decode("utf-8", "surrogatepass") for output in outcome.outputs] if job.shape.is_table else []
    return (
        job.key,
        job.origin,
        job.hash,
        settings,
        outcome.state.value,
        int(outcome.lasting),
        _storable(outcome.reason),
        outcome.sentences,
        outcome.words,
        outcome.errors,
        outcome.warnings,
        outcome.notes,
        outcome.seconds,
        # Half a surrogate pair is kept as an escape, which SQLite can hold.
        _json([asdict(finding) for finding in outcome.findings]),
        _json(texts),
    )


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if _storable(text) == text else json.dumps(value)


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _source(row: Sequence[Any]) -> SourceRecord:
    *facts, state, lasting, documents = row
    key, seen, digest, settings, output, output_hash = facts
    return SourceRecord(key, seen, digest, settings, output, output_hash, State(state), bool(lasting), documents)


def _document(row: Sequence[object]) -> DocumentRecord:
    key, origin, digest, settings, state, lasting, *rest = row
    return DocumentRecord(key, origin, digest, settings, State(state), bool(lasting), *rest)  # type: ignore[arg-type]
