"""Reads what there is to do: every document that is new, changed, or was made with other settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from translate import extract
from translate.batch import tables
from translate.batch.finding import Source
from translate.batch.journal import Journal, SourceRecord
from translate.batch.placing import hash_bytes, hash_file, stamp
from translate.batch.tables import Columns, Row
from translate.batch.types import Job, Outcome, State
from translate.errors import DragomanError, InputError, OutputError


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

    def read(self, source: Source) -> Iterator[Unchanged | Job | Outcome | Opened | Table]:
        """What is to be done of a source: Opened first, where there is anything; Table last, of a table."""
        try:
            if not source.path.is_file():
                raise InputError(f"{source.key} cannot be read: it is no file, or a link to none")
            yield from self._table(source) if source.shape.is_table else self._file(source)
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

    def _file(self, source: Source) -> Iterator[Unchanged | Job | Outcome | Opened]:
        record, now = self._reusable(source), stamp(source.path)
        if record is not None and now and now == record.stamp:
            yield Unchanged(1, source.path.stat().st_size)
            return
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

    def _table(self, source: Source) -> Iterator[Unchanged | Job | Outcome | Opened | Table]:
        record, now = self._reusable(source), stamp(source.path)
        if record is not None and now and now == record.stamp:
            yield Unchanged(record.documents, source.path.stat().st_size)
            return
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

    def _reusable(self, source: Source) -> SourceRecord | None:
        """What the journal has of a source, if that still holds where the source has not changed."""
        record = self._journal.source(source.key)
        if record is None or (record.settings, record.output) != (self._settings, source.output):
            return None
        if not record.lasting or (self._retry and record.state is State.ASIDE):
            return None
        return record if not record.output_hash or (self._out / record.output).exists() else None

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
