"""Batches of files: each file is translated in its turn, whoever is watching, and all is forgotten after a while."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from enum import Enum

from translate import api, segment
from translate.document import Document, Severity, TranslatedBlock, TranslatedDocument
from translate.errors import Busy, DragomanError, InputError, Stopped, TooLarge
from translate.render.batch_data import Outcome
from translate.serving.archive import Archive, read, safe
from translate.serving.desk import Desk, Waiting
from translate.serving.stop import Stop

Pair = tuple[str, str]
Direction = Callable[[Document], Pair]
"""Finds the (source, target) that a document is to be translated between; raises LanguageError where it cannot."""
Explain = Callable[[BaseException], tuple[str, str]]
"""Tells an error in a sentence each of English and Arabic."""

# How often a batch that heard "busy" asks again, in seconds: it has time, and readers go first.
_PATIENCE = 2.0
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Given:
    """A file that somebody sent."""

    name: str
    data: bytes


class State(str, Enum):
    """How far a file is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    ASIDE = "aside"
    """It was set aside: it cannot be read or translated."""
    LEFT = "left"
    """The batch was stopped before it was done."""


@dataclass(frozen=True)
class File:
    """A file of a batch as it stands now: `done` of `total` sentences; `why` tells, in both languages, what failed."""

    name: str
    size: int
    state: State = State.WAITING
    done: int = 0
    total: int = 0
    languages: Pair | None = None
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    why: tuple[str, str] | None = None

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        if self.state in (State.WAITING, State.WORKING):
            return self.done / self.total if self.total else 0.0
        return 1.0


@dataclass(frozen=True)
class _Counted:
    """What work on a file tells while it goes on."""

    done: int
    total: int
    languages: Pair


@dataclass
class Batch:
    """A batch, which changes while it is at work; to be read on the event loop that it works on.

    `key` is how its owner finds it again, and nobody else can guess it. `position` is its place in the queue, 0 for
    none. `version` grows with every change. Once `ended`, the zip has `token` on the desk's shelf until it is
    forgotten, `kept` seconds after its end; `token` is "" where there is no zip, for the reason `why`.
    """

    key: str
    files: list[File]
    kept: float
    position: int = 0
    ended: bool = False
    stopped: bool = False
    token: str = ""
    why: tuple[str, str] | None = None
    version: int = 0
    size: int = 0
    _began: float = field(default_factory=time.monotonic)
    _over: float | None = None
    _stop: Stop | None = None

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1, by the files' sizes."""
        whole = sum(max(1, file.size) for file in self.files)
        return sum(max(1, file.size) * file.share for file in self.files) / whole

    @property
    def seconds(self) -> float:
        """How long it has been at work, its waits in the queue counted."""
        return (self._over or time.monotonic()) - self._began

    @property
    def left(self) -> float | None:
        """About how many seconds it will take yet; None where it is too early to say."""
        share = self.share
        if self.ended or share < 0.02 or self.seconds < 1:
            return None
        return self.seconds * (1 - share) / share

    @property
    def forgotten_in(self) -> float | None:
        """In how many seconds all of it is forgotten; None while it is at work."""
        return None if self._over is None else max(0.0, self._over + self.kept - time.monotonic())

    def stop(self) -> None:
        """End early: what is done is kept, the rest is left."""
        self.stopped = True
        if self._stop is not None:
            self._stop.set()

    def begin(self) -> Stop:
        """The Stop of the file that comes next."""
        self._stop = Stop()
        if self.stopped:
            self._stop.set()
        return self._stop

    def change(self, number: int, **values: object) -> None:
        """Note what is new of a file."""
        self.files[number] = replace(self.files[number], **values)  # type: ignore[arg-type]
        self.version += 1

    def move(self, position: int) -> None:
        """Note a new place in the queue."""
        if position != self.position:
            self.position = position
            self.version += 1

    def end(self) -> None:
        """Note that it is over."""
        self._over = time.monotonic()
        self.ended = True
        self.position = 0
        self.version += 1


class Batches:
    """The batches of a desk. Use it on one event loop; the work itself is done on the desk's threads.

    A batch takes one place at the desk at a time, file by file, so that readers have their turn between its files.
    """

    def __init__(self, desk: Desk, explain: Explain) -> None:
        self._desk = desk
        self._explain = explain
        self._batches: dict[str, Batch] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def start(self, files: Sequence[Given], direction: Direction, model: str | None = None) -> Batch:
        """Begin to translate the files, in order, with the named model or the server's own.

        Raises InputError for none, TooLarge for more than the limits allow, Busy where as many batches wait already
        as this server takes on.
        """
        limits = self._desk.limits
        if not files:
            raise InputError("there are no files yet: open or drop some")
        if len(files) > limits.files:
            raise TooLarge(f"{len(files):,} files are too many at once: the limit is {limits.files:,}")
        size = sum(len(file.data) for file in files)
        if size > limits.kept_bytes:
            raise TooLarge(f"the files have {size / 1e6:,.0f} MB together: the limit is {limits.kept_bytes / 1e6:,.0f}")
        at_work = [batch for batch in self._batches.values() if not batch.ended]
        held = sum(batch.size for batch in at_work)
        if len(at_work) >= limits.active + limits.waiting or held + size > limits.kept_bytes:
            raise Busy(f"busy: {len(at_work):,} other batches are at work or waiting; try again in a while")
        batch = Batch(
            secrets.token_urlsafe(24),
            [File(safe(file.name), len(file.data)) for file in files],
            limits.kept_seconds,
            size=size,
        )
        self._batches[batch.key] = batch
        self._tasks[batch.key] = asyncio.create_task(self._live(batch, list(files), direction, model))
        return batch

    def get(self, key: str) -> Batch | None:
        """The batch of that key; None where there never was one, or it is forgotten."""
        return self._batches.get(key)

    def forget(self, key: str) -> None:
        """Stop the batch and forget it with all that was made of it; nothing where it is forgotten already."""
        batch, task = self._batches.pop(key, None), self._tasks.pop(key, None)
        if batch is not None:
            batch.stop()
        if task is not None:
            task.cancel()
        self._desk.shelf.drop(key)

    def __len__(self) -> int:
        return len(self._batches)

    async def _live(self, batch: Batch, files: list[Given], direction: Direction, model: str | None) -> None:
        archive = Archive()
        outcomes = []
        for number in range(len(batch.files)):
            # What was read is let go at once: a batch may be large.
            given, files[number] = files[number], Given("", b"")
            outcomes.append(await self._one(batch, number, given, archive, direction, model))
        await self._pack(batch, archive, outcomes)
        await asyncio.sleep(batch.kept)
        self._tasks.pop(batch.key, None)
        self.forget(batch.key)

    async def _one(
        self, batch: Batch, number: int, given: Given, archive: Archive, direction: Direction, model: str | None
    ) -> Outcome:
        name = batch.files[number].name
        try:
            outcome = await self._translated(batch, number, lambda: self._work(given, archive, direction, model))
        except Stopped:
            batch.change(number, state=State.LEFT)
            return Outcome(name, left=True)
        except Exception as exc:  # noqa: BLE001 (one file's fault must not be another's; the reader is told)
            if not isinstance(exc, DragomanError):
                _LOG.exception("a file of a batch failed")
            why = self._explain(exc)
            batch.change(number, state=State.ASIDE, why=why)
            return Outcome(name, why=why)
        counts = {severity: outcome.count(severity) for severity in Severity}
        batch.change(
            number,
            state=State.DONE,
            done=outcome.sentences,
            total=outcome.sentences,
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notes=counts[Severity.NOTE],
        )
        return outcome

    async def _translated(self, batch: Batch, number: int, work: Callable[[], Iterator[_Counted | Outcome]]) -> Outcome:
        """What becomes of a file once it had its turn; raises what its work raises, and Stopped."""
        while True:
            stop = batch.begin()
            stop.check()
            try:
                async with aclosing(self._desk.stream(work, stop=stop)) as stream:
                    async for one in stream:
                        if isinstance(one, Outcome):
                            return one
                        if isinstance(one, Waiting):
                            batch.move(one.position)
                            continue
                        batch.move(0)
                        batch.change(
                            number, state=State.WORKING, done=one.done, total=one.total, languages=one.languages
                        )
            except Busy:
                batch.move(self._desk.limits.waiting + 1)
                await asyncio.sleep(_PATIENCE)

    def _work(
        self, given: Given, archive: Archive, direction: Direction, model: str | None
    ) -> Iterator[_Counted | Outcome]:
        """Translate one file, on a thread of the desk."""
        began = time.monotonic()
        source = read(given.data, given.name, self._desk.limits)
        pair = direction(source.document)
        translator = self._desk.models.translator(*pair, model)
        total = sum(len(segment.sentences(block, pair[0])) for block in source.document.blocks)
        yield _Counted(0, total, pair)
        blocks: list[TranslatedBlock] = []
        done = 0
        for one in translator.live(source.document):
            if isinstance(one, TranslatedBlock):
                blocks.append(one)
            else:
                done += 1
                yield _Counted(done, total, pair)
        made = TranslatedDocument(source.document, *pair, tuple(blocks), translator.models)
        yield archive.add(safe(given.name), source.kind, api.Result(made), time.monotonic() - began)

    async def _pack(self, batch: Batch, archive: Archive, outcomes: Sequence[Outcome]) -> None:
        if any(one.state == "done" for one in outcomes):
            try:
                data = await asyncio.to_thread(archive.pack, outcomes)
                batch.token = self._desk.shelf.put(data, "dragoman.zip", "application/zip", owner=batch.key)
            except TooLarge as exc:
                batch.why = self._explain(exc)
        batch.end()
