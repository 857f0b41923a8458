"""Where requests queue, work and are stopped: it carries synchronous work from an event loop to threads and back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from translate.errors import TimedOut
from translate.serving.gate import Gate, Ticket
from translate.serving.limits import Limits
from translate.serving.models import Models
from translate.serving.shelf import Shelf
from translate.serving.stop import Stop, obeying

T = TypeVar("T")

# How often a request that waits looks for its place in the queue and whether it was stopped, in seconds.
_LOOK = 0.25
# Work that forgets to check its time is given up this many seconds after it; its slot stays taken until it ends.
_GRACE = 5.0


@dataclass(frozen=True)
class Waiting:
    """A request's place in the queue; 1 is next."""

    position: int


@dataclass(frozen=True)
class Status:
    """How busy a server is. `waits` are the seconds that the last requests stood in the queue, the latest last."""

    active: int
    waiting: int
    slots: int
    queue: int
    waits: tuple[float, ...]


@dataclass(frozen=True)
class _End:
    """The last thing that work hands over: how it ended."""

    error: BaseException | None = None


class Desk:
    """What every door of a server leads to. `models` are the models, `shelf` keeps what waits to be fetched."""

    def __init__(self, models: Models, limits: Limits | None = None) -> None:
        self.models = models
        self.limits = limits or Limits()
        self.shelf = Shelf(self.limits.kept_seconds, self.limits.kept_bytes)
        self._gate = Gate(self.limits.active, self.limits.waiting)
        self._threads = ThreadPoolExecutor(self.limits.active, thread_name_prefix="dragoman-desk")

    def status(self) -> Status:
        """How busy it is now."""
        gate = self._gate
        return Status(gate.active, gate.waiting, gate.slots, gate.queue, gate.waits)

    async def run(self, work: Callable[[], T], *, stop: Stop | None = None) -> T:
        """What `work` returns, once it had its turn on a thread of its own.

        Raises Busy where the queue is full, TimedOut where it takes too long, Stopped where `stop` was set, and what
        the work raises. Cancelled, it stops the work.
        """
        stop = stop or Stop()
        with self._place(stop) as ticket:
            while not await self._is_in(ticket, stop):
                pass
            future = self._start(ticket, stop, work)
            try:
                return await asyncio.wait_for(asyncio.shield(future), self.limits.seconds + _GRACE)
            except asyncio.TimeoutError as exc:
                raise TimedOut(f"this took longer than {self.limits.seconds:.0f} seconds and was given up") from exc

    async def stream(
        self, work: Callable[[], Iterable[T]], *, stop: Stop | None = None
    ) -> AsyncGenerator[T | Waiting, None]:
        """What `work` yields, as it is made, after its place in the queue each time that it changes.

        Raises what `run` raises. Closed early, it stops the work and frees its slot.
        """
        stop = stop or Stop()
        with self._place(stop) as ticket:
            last = 0
            while not await self._is_in(ticket, stop):
                position = self._gate.position(ticket)
                if position not in (0, last):
                    yield Waiting(position)
                last = position
            loop = asyncio.get_running_loop()
            made: asyncio.Queue[T | _End] = asyncio.Queue()

            def hand_over() -> None:
                error: BaseException | None = None
                try:
                    for one in work():
                        stop.check()
                        loop.call_soon_threadsafe(made.put_nowait, one)
                except BaseException as exc:  # noqa: BLE001 (raised again where the reader is)
                    error = exc
                loop.call_soon_threadsafe(made.put_nowait, _End(error))

            self._start(ticket, stop, hand_over)
            while not isinstance(one := await made.get(), _End):
                yield one
            if one.error is not None:
                raise one.error

    def close(self) -> None:
        """Take no more work, and do not wait for what is at work."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    @contextmanager
    def _place(self, stop: Stop) -> Iterator[Ticket]:
        """A place at the gate. Whoever leaves early stops the work, which frees the place itself when it ends."""
        ticket = self._gate.enter()
        try:
            yield ticket
        finally:
            stop.set()
            if not ticket.started:
                self._gate.leave(ticket)

    async def _is_in(self, ticket: Ticket, stop: Stop) -> bool:
        """Whether the request may begin; answers when it may, and else after a while."""
        stop.check()
        if not ticket.admitted.done():
            await asyncio.wait([asyncio.wrap_future(ticket.admitted)], timeout=_LOOK)
        return ticket.admitted.done()

    def _start(self, ticket: Ticket, stop: Stop, work: Callable[[], T]) -> asyncio.Future[T]:
        def obedient() -> T:
            try:
                with obeying(stop):
                    return work()
            finally:
                self._gate.leave(ticket)

        stop.begin(self.limits.seconds)
        ticket.started = True
        return asyncio.get_running_loop().run_in_executor(self._threads, obedient)
