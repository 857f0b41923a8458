"""Does a batch: one thread reads ahead, lanes translate, one thread puts finished documents in their places."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from translate.api import Translator
from translate.batch import report, tables
from translate.batch.finding import Found, find
from translate.batch.journal import DocumentRecord, Journal, SourceRecord
from translate.batch.placing import Places, hash_bytes
from translate.batch.reading import Opened, Reader, Table, Unchanged, row_job
from translate.batch.shard import translate_shard
from translate.batch.tables import Columns, Row
from translate.batch.types import Job, Outcome, Settings, State
from translate.cache import writing
from translate.errors import DragomanError, InputError, OutputError, UsageError
from translate.translator import lanes as lanes_of

SHARD_SIZE = 200
"""Documents in a shard at most."""

# Code points in a shard at most, but for a document that is longer by itself: some 800 sentences of news, or three of
# the pipeline's windows. It is what a kill can lose, twice: in each lane.
_SHARD_TEXT = 100_000
# Two shards are at work, so that the engine has one to go on with while Python checks and writes the other.
_LANES = 2
# Shards that are read and wait, and finished ones that wait to be written: memory does not grow with the batch.
_AHEAD = 2
# What the reader tells the writer at once.
_NEWS = 1000
# How often a thread that waits looks whether all should end, in seconds.
_LOOK = 0.2
_END = "end"
_REPORTS = ("report.html", "report.json")


@dataclass(frozen=True)
class Asked:
    """What a batch is to do. `identity` names everything that decides outputs: models, settings, versions."""

    inputs: tuple[Path, ...]
    out: Path
    settings: Settings
    identity: str
    columns: tuple[str, ...] = ()
    id_column: str = ""
    shard_size: int = SHARD_SIZE
    fresh: bool = False
    retry: bool = False
    fail_fast: bool = False

    def __post_init__(self) -> None:
        if self.shard_size < 1:
            raise UsageError(f"a shard holds at least one document, not {self.shard_size}")

    @property
    def table(self) -> Columns:
        """The tables' columns."""
        return Columns(self.columns, self.id_column, self.settings.target)

    @property
    def hash(self) -> str:
        """A hash of all that decides outputs, but the inputs."""
        parts = (self.identity, repr(self.settings), repr(self.table))
        return hash_bytes(*(part.encode("utf-8", "surrogatepass") for part in parts))


@dataclass(frozen=True)
class Event:
    """Something that happened: start, unchanged, document, set_aside, shard, table, end; `data` tells more."""

    what: str
    data: Mapping[str, object]


@dataclass
class Totals:
    """What a run did: documents `done`, set `aside`, and `unchanged` since an earlier run.

    `all_aside` counts those that this run or an earlier one set aside; sentences, words and issues are of those done.
    `removed` are files that an earlier run had, `passed_over` counts files of kinds that nothing here reads.
    """

    files: int = 0
    done: int = 0
    aside: int = 0
    all_aside: int = 0
    unchanged: int = 0
    sentences: int = 0
    words: int = 0
    errors: int = 0
    warnings: int = 0
    seconds: float = 0.0
    stopped: bool = False
    removed: list[str] = field(default_factory=list)
    passed_over: int = 0


Tell = Callable[[Event], None]
Load = Callable[[], Translator]


class Lanes(Protocol):
    """Where shards are translated: here (the default), or on a cluster (`translate.batch.cluster`)."""

    @property
    def count(self) -> int:
        """How many threads call `translate`, each with shards of its own."""

    def translate(self, shards: Iterator[list[Job]], settings: Settings) -> Iterator[list[Outcome]]:
        """What became of each shard, in any order. It takes a shard only when it can start on it soon."""


def run(
    asked: Asked,
    load: Load,
    *,
    tell: Tell = lambda _: None,
    stop: threading.Event | None = None,
    lanes: Callable[[Load], Lanes] | None = None,
) -> Totals:
    """Translate what is new or changed; everything else is left as it is.

    `load` is called once, when there is something to translate; other `lanes` than those of this process call it where
    they translate. `tell` hears of everything, on the calling thread.
    Once `stop` is set, the shards at work are finished and noted, and the rest is left for the next run.

    Raises InputError for inputs that are not there (and, with `fail_fast`, for the first document that is set aside),
    UsageError where another run is at work in the same folder, OutputError and DiskFull where the folder or its journal
    cannot be written, and what `load` raises.
    """
    places = Places(asked.out)
    found = find(asked.inputs, asked.out, asked.settings.format)
    with _alone(places):
        places.clear()
        if asked.fresh:
            _forget(places)
        return _Run(asked, found, places, (lanes or _Here)(load), tell, stop or threading.Event()).run()


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Nobody else at work in the same folder. The lock goes with the process, however that ends."""
    with writing(places.out):
        places.own.mkdir(parents=True, exist_ok=True)
    lock = FileLock(places.own / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as exc:
        raise UsageError(f"another run is at work in {places.out}: wait for it, or write to another folder") from exc
    try:
        yield
    finally:
        lock.release()


def _journal_file(places: Places) -> Path:
    return places.own / "journal.sqlite"


def _forget(places: Places) -> None:
    with writing(places.out):
        for ending in ("", "-wal", "-shm"):
            _journal_file(places).with_name(f"journal.sqlite{ending}").unlink(missing_ok=True)


@dataclass(frozen=True)
class _News:
    """What the reader tells the writer."""

    items: Sequence[object]


class _Run:
    """One run of a batch."""

    def __init__(
        self,
        asked: Asked,
        found: Found,
        places: Places,
        lanes: Lanes,
        tell: Tell,
        stop: threading.Event,
    ) -> None:
        self._asked = asked
        self._found = found
        self._places = places
        self._tell = tell
        self._stop = stop
        self._abort = threading.Event()
        self._settings = asked.hash
        self._shards: queue.Queue[Any] = queue.Queue(_AHEAD)
        self._out: queue.Queue[Any] = queue.Queue(_AHEAD + lanes.count)
        self._lanes = lanes
        self._opened: dict[str, Opened] = {}
        self._tables: list[Opened] = []
        self._journal = Journal(_journal_file(places))
        self._totals = Totals(files=len(found.sources), passed_over=len(found.passed_over))

    def run(self) -> Totals:
        """Start the threads and do the writer's part on this one."""
        began = time.monotonic()
        size = sum(_size(source.path) for source in self._found.sources)
        self._tell(Event("start", {"files": len(self._found.sources), "bytes": size}))
        workers: list[Callable[[], None]] = [self._read, *[self._translate] * self._lanes.count]
        for worker in workers:
            threading.Thread(target=self._guarded, args=(worker,), daemon=True).start()
        try:
            self._write(len(workers))
            for opened in () if self._stop.is_set() else self._tables:
                self._assemble(opened)
            self._totals.stopped = self._stop.is_set()
            self._totals.seconds = time.monotonic() - began
            self._report()
        finally:
            self._abort.set()
            self._journal.close()
        return self._totals

    # --- the reader's and the lanes' threads ---

    def _guarded(self, worker: Callable[[], None]) -> None:
        try:
            worker()
        except BaseException as exc:  # noqa: BLE001 (raised again by the writer, on the caller's thread)
            self._put(self._out, exc)
        finally:
            self._put(self._out, _END)

    def _put(self, where: queue.Queue[Any], what: object) -> None:
        while not self._abort.is_set():
            try:
                where.put(what, timeout=_LOOK)
            except queue.Full:
                continue
            return

    def _read(self) -> None:
        journal = Journal(_journal_file(self._places))
        reader = Reader(journal, self._asked.out, self._settings, self._asked.table, retry=self._asked.retry)
        shard: list[Job] = []
        # What needs no engine goes straight to the writer, many at once, and before the shard that came after it.
        news: list[object] = []
        try:
            for item in self._items(reader):
                if not isinstance(item, Job):
                    news.append(item)
                    if len(news) >= _NEWS or (isinstance(item, Outcome) and self._asked.fail_fast):
                        self._put(self._out, _News(news))
                        news = []
                    continue
                shard.append(item)
                if len(shard) >= self._asked.shard_size or sum(job.size for job in shard) >= _SHARD_TEXT:
                    self._put(self._out, _News(news))
                    self._put(self._shards, shard)
                    shard, news = [], []
            self._put(self._out, _News(news))
            if shard:
                self._put(self._shards, shard)
        finally:
            journal.close()
            for _ in range(self._lanes.count):
                self._put(self._shards, None)

    def _items(self, reader: Reader) -> Iterator[object]:
        for item in reader.read(self._found.sources):
            if self._stop.is_set() or self._abort.is_set():
                return
            yield item

    def _translate(self) -> None:
        for outcomes in self._lanes.translate(self._taken(), self._asked.settings):
            self._put(self._out, outcomes)

    def _taken(self) -> Iterator[list[Job]]:
        """The shards that a lane takes, until there are no more or all should end."""
        while not self._abort.is_set():
            try:
                shard = self._shards.get(timeout=_LOOK)
            except queue.Empty:
                continue
            if shard is None:
                return
            if not self._stop.is_set():
                yield shard

    # --- the writer ---

    def _write(self, workers: int) -> None:
        while workers:
            item = self._out.get()
            if item is _END:
                workers -= 1
            elif isinstance(item, BaseException):
                raise item
            elif isinstance(item, _News):
                self._hear(item.items)
            elif isinstance(item, list):
                self._finish(item)

    def _hear(self, news: Sequence[object]) -> None:
        """What the reader found out: files to expect, documents that are unchanged or set aside."""
        for item in news:
            if isinstance(item, Opened):
                self._opened[item.source.key] = item
            elif isinstance(item, Table):
                self._tables.append(item.opened)
        if same := [item for item in news if isinstance(item, Unchanged)]:
            self._unchanged(same)
        if aside := [item for item in news if isinstance(item, Outcome)]:
            self._finish(aside)

    def _unchanged(self, same: Sequence[Unchanged]) -> None:
        refreshed = [one.refreshed for one in same if one.refreshed is not None]
        if refreshed:
            self._journal.record([], refreshed)
        documents = sum(one.documents for one in same)
        self._totals.unchanged += documents
        self._tell(Event("unchanged", {"documents": documents, "bytes": sum(one.bytes for one in same)}))

    def _finish(self, outcomes: Sequence[Outcome]) -> None:
        """Place a shard's files, then note all of it at once."""
        done: list[tuple[Outcome, str]] = []
        sources: list[SourceRecord] = []
        for outcome in outcomes:
            key = outcome.job.key
            if key == outcome.job.origin:
                outcome, record = self._placed(outcome)
                sources += [record] if record is not None else []
            done.append((outcome, self._settings))
        self._journal.record(done, sources)
        for outcome, _ in done:
            self._count(outcome)
        self._tell(Event("shard", {"documents": len(done)}))
        aside = [outcome for outcome, _ in done if outcome.state is State.ASIDE]
        if aside and self._asked.fail_fast:
            raise InputError(f"{aside[0].job.key} was set aside: {aside[0].reason}")

    def _placed(self, outcome: Outcome) -> tuple[Outcome, SourceRecord | None]:
        """What became of a file's document once it was to be put in its place, and the file's record."""
        opened = self._opened.pop(outcome.job.key, None)
        if opened is None:
            return outcome, None
        place, digest = opened.source.output, ""
        if outcome.state is State.DONE:
            try:
                digest = self._places.put(place, lambda file: file.write(outcome.outputs[0]))
            except OutputError as exc:
                outcome = replace(outcome, state=State.ASIDE, reason=str(exc), lasting=False, outputs=())
        record = SourceRecord(
            outcome.job.key,
            opened.stamp,
            opened.hash,
            self._settings,
            place,
            digest,
            outcome.state,
            outcome.lasting,
            1,
        )
        return outcome, record

    def _count(self, outcome: Outcome) -> None:
        totals, data = self._totals, {"key": outcome.job.key, "bytes": outcome.job.size}
        if outcome.state is State.ASIDE:
            totals.aside += 1
            self._tell(Event("set_aside", {**data, "reason": outcome.reason}))
            return
        totals.done += 1
        totals.sentences += outcome.sentences
        totals.words += outcome.words
        totals.errors += outcome.errors
        totals.warnings += outcome.warnings
        counts = {name: getattr(outcome, name) for name in ("sentences", "words", "errors", "warnings", "notes")}
        self._tell(Event("document", {**data, **counts, "seconds": round(outcome.seconds, 3)}))

    # --- tables and the report ---

    def _assemble(self, opened: Opened) -> None:
        """Write a table, all of whose rows are in the journal, with its new columns."""
        source, columns, state = opened.source, self._asked.table, _Rows()
        write = partial(
            tables.write, source.path, source.shape, columns, partial(self._values, opened=opened, state=state)
        )
        try:
            digest = self._places.put(source.output, write)
        except DragomanError as exc:
            job = Job(source.key, source.key, source.shape, "")
            outcome = Outcome(job, State.ASIDE, reason=str(exc), lasting=False)
            self._journal.record([(outcome, self._settings)])
            self._count(outcome)
            return
        worst = State.ASIDE if state.aside else State.DONE
        if self._journal.count(source.key) != state.rows:
            keys = (row_job(source, row).key for row in tables.rows(source.path, source.shape, columns))
            self._journal.prune(source.key, set(keys))
        record = SourceRecord(
            source.key,
            opened.stamp,
            opened.hash,
            self._settings,
            source.output,
            digest,
            worst,
            state.lasting,
            state.rows,
        )
        self._journal.record([], [record])
        self._tell(Event("table", {"key": source.key, "rows": state.rows, "set_aside": state.aside}))

    def _values(self, row: Row, *, opened: Opened, state: _Rows) -> Mapping[str, object]:
        job = row_job(opened.source, row)
        found = self._journal.document(job.key)
        if found is None or (found.hash, found.settings) != (job.hash, self._settings):
            raise InputError(f"{opened.source.key} changed while it was translated: run the same command again")
        state.add(found)
        columns = self._asked.table
        texts = json.loads(found.texts) or [""] * len(columns.texts)
        issues = json.loads(found.issues)
        qa = (
            found.state.value,
            found.sentences,
            found.words,
            found.errors,
            found.warnings,
            found.notes,
            issues,
            found.reason,
        )
        return dict(zip(columns.new, (*texts, *qa), strict=True))

    def _report(self) -> None:
        keys = {source.key for source in self._found.sources}
        self._totals.removed = sorted(self._journal.keys() - keys)
        self._totals.all_aside = sum(count for key, count in self._journal.aside().items() if key in keys)
        if not self._is_reported(of := self._reportable()):
            self._write_report(keys)
            self._journal.reported(of)
        self._tell(Event("end", vars(self._totals)))

    def _reportable(self) -> str:
        """A hash of what a report tells besides what the journal holds: the files that are and that were."""
        placed = (part for source in self._found.sources for part in (source.key, source.output))
        return hash_bytes(*(part.encode("utf-8", "surrogatepass") for part in (*placed, "", *self._totals.removed)))

    def _is_reported(self, of: str) -> bool:
        """Whether this run changed nothing that the report of an earlier one tells: it stands, then."""
        there = all((self._places.out / name).exists() for name in _REPORTS)
        return there and not self._totals.stopped and self._journal.is_reported(of)

    def _write_report(self, keys: set[str]) -> None:
        gathered = report.Gathered({source.key: source.output for source in self._found.sources})
        facts = report.Facts(self._asked.settings.source, self._asked.settings.target, vars(self._totals))
        page, data = _REPORTS
        self._places.put(data, lambda file: report.write_json(file, facts, self._current(keys), gathered))
        self._places.put(page, lambda file: report.write_html(file, facts, gathered))

    def _current(self, keys: set[str]) -> Iterator[DocumentRecord]:
        """The journal's documents that are still among the inputs."""
        return (one for one in self._journal.documents() if one.origin in keys)


@dataclass
class _Rows:
    """What was seen of a table's rows while it was written."""

    rows: int = 0
    aside: int = 0
    lasting: bool = True

    def add(self, found: DocumentRecord) -> None:
        self.rows += 1
        self.aside += found.state is State.ASIDE
        self.lasting = self.lasting and found.lasting


class _Here:
    """Lanes of this process: a translator that is loaded when first needed, and only called as its engine can stand."""

    count = _LANES

    def __init__(self, load: Load) -> None:
        self._load = load
        self._translator: Translator | None = None
        self._loading = threading.Lock()
        self._turns = threading.Lock()

    def translate(self, shards: Iterator[list[Job]], settings: Settings) -> Iterator[list[Outcome]]:
        return (self._translated(shard, settings) for shard in shards)

    def _translated(self, shard: Sequence[Job], settings: Settings) -> list[Outcome]:
        with self._loading:
            if self._translator is None:
                self._translator = self._load()
        if lanes_of(self._translator.models) > 1:
            return translate_shard(shard, settings, self._translator)
        with self._turns:
            return translate_shard(shard, settings, self._translator)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
