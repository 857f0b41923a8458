"""Reads what there is to do: every document that is new, changed, or was made with other settings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG
from typing import TypeAlias

from translate import extract
from translate.batch import tables
from translate.batch.finding import Source
from translate.batch.journal import Journal, SourceRecord
from translate.batch.placing import hash_bytes, hash_file, stamp
from translate.batch.tables import Columns, Row
from translate.batch.types import Job, Outcome, State
from translate.errors import DragomanError, InputError, OutputError

# Sources whose records are looked up at once.
_AT_ONCE = 500


@dataclass(frozen=True)
class Opened:
    """An input file that is being worked on: what it looked like before it was read."""

    source: Source
    stamp: str
    hash: str


@dataclass(frozen=True)
class Unchanged:
    """Documents that were finished before, of so many bytes.

    `refreshed` is the file's record where its times of change moved.
    """

    documents: int
    bytes: int
    refreshed: SourceRecord | None = None


@dataclass(frozen=True)
class Table:
    """A table all of whose rows have been read."""

    opened: Opened


Item: TypeAlias = Unchanged | Job | Outcome | Opened | Table
"""What a reader tells."""


class Reader:
    """Goes through sources and compares them with the journal; `settings` is the hash of all that decides outputs.

    With `retry` documents that were set aside are tried again.
    """

    def __init__(self, journal: Journal, out: Path, settings: str, columns: Columns, *, retry: bool) -> None:
        self._journal = journal
        self._out = out
        self._settings = settings
        self._columns = columns
        self._retry = retry

    def read(self, sources: Sequence[Source]) -> Iterator[Item]:
        """What is to be done of each source: Opened first, where there is anything; Table last, of a table."""
        for start in range(0, len(sources), _AT_ONCE):
            part = sources[start : start + _AT_ONCE]
            records = self._journal.sources([source.key for source in part])
            for source in part:
                yield from self._read(source, records.get(source.key))

    def _read(self, source: Source, record: SourceRecord | None) -> Iterator[Item]:
        try:
            found = source.path.stat()
            if not S_ISREG(found.st_mode):
                raise InputError(f"{source.key} cannot be read: it is no file")
            if record is not None and not self._is_reusable(source, record):
                record = None
            now = stamp(found)
            if record is not None and now and now == record.stamp:
                yield Unchanged(record.documents, found.st_size)
                return
            read = self._table if source.shape.is_table else self._file
            yield from read(source, record, now)
        except OSError as exc:
            yield self._aside(source, InputError(f"{source.key} cannot be read ({exc.strerror or exc})"), False)
        except DragomanError as exc:
            yield self._aside(source, exc, source.path.exists())

    def is_row_done(self, job: Job) -> bool:
        """Whether the journal has this row's result."""
        found = self._journal.document(job.key)
        return (
            found is not None
            and (found.hash, found.settings) == (job.hash, self._settings)
            and found.lasting
            and not (self._retry and found.state is State.ASIDE)
        )

    def _file(self, source: Source, record: SourceRecord | None, now: str) -> Iterator[Item]:
        with source.path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > extract.MAX_BYTES:
                yield Opened(source, now, "")
                yield self._aside(source, InputError(_too_large(source.key, size)), True)
                return
            data = file.read()
        found = hash_bytes(data)
        if record is not None and found == record.hash:
            yield Unchanged(1, size, replace(record, stamp=now))
            return
        yield Opened(source, now, found)
        yield Job(source.key, source.key, source.shape, found, data)

    def _table(self, source: Source, record: SourceRecord | None, now: str) -> Iterator[Item]:
        found = hash_file(source.path)
        if record is not None and found == record.hash:
            yield Unchanged(record.documents, source.path.stat().st_size, replace(record, stamp=now))
            return
        opened = Opened(source, now, found)
        yield opened
        for row in tables.rows(source.path, source.shape, self._columns):
            job = row_job(source, row)
            if self.is_row_done(job):
                yield Unchanged(1, job.size)
            elif row.fault:
                yield Outcome(job, State.ASIDE, reason=row.fault)
            else:
                yield job
        yield Table(opened)

    def _is_reusable(self, source: Source, record: SourceRecord) -> bool:
        """Whether what the journal has of a source holds where the source has not changed."""
        if (record.settings, record.output) != (self._settings, source.output):
            return False
        if not record.lasting or (self._retry and record.state is State.ASIDE):
            return False
        return not record.output_hash or os.path.exists(f"{self._out}/{record.output}")  # noqa: PTH110 (twice as fast)

    def _aside(self, source: Source, exc: DragomanError, lasting: bool) -> Outcome:
        job = Job(source.key, source.key, source.shape, "")
        return Outcome(job, State.ASIDE, reason=str(exc), lasting=lasting and not isinstance(exc, OutputError))


def row_job(source: Source, row: Row) -> Job:
    """The job that a row is."""
    key = f"{source.key}#{row.key}".encode("utf-8", "backslashreplace").decode("utf-8")
    texts = [text.encode("utf-8", "surrogatepass") for text in row.texts]
    return Job(key, source.key, source.shape, hash_bytes(row.fault.encode("utf-8", "replace"), *texts), b"", row.texts)


def _too_large(name: str, size: int) -> str:
    return f"{name} has {size / 2**20:,.0f} MiB, and the limit is {extract.MAX_BYTES / 2**20:,.0f} MiB: split it."
