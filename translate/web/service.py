"""What every route works with: the desk, the counters and the key, and how a request's work is run and watched."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive

from translate.errors import InputError, Stopped
from translate.serving import Desk, Waiting
from translate.web.access import Credentials
from translate.web.metrics import Counters

T = TypeVar("T")


@dataclass(frozen=True)
class Service:
    """The server behind an app. `credentials` are what its user must know, None where anybody may ask."""

    desk: Desk
    counters: Counters
    credentials: Credentials | None = None

    async def run(self, request: Request, work: Callable[[], T]) -> T:
        """What `work` returns, once it had its turn; a client that leaves stops it and frees its slot.

        Raises what `Desk.run` raises.
        """
        return await unless_gone(request.receive, self.desk.run(self._timed(work)))

    async def answer(self, request: Request, work: Callable[[], Mapping[str, Any]]) -> Response:
        """What `work` returns as JSON, which is written on the work's own thread."""
        return Response(await self.run(request, lambda: _json(work())), media_type="application/json")

    def stream(self, work: Callable[[], Iterable[T]]) -> AsyncGenerator[T | Waiting, None]:
        """What `Desk.stream` yields."""

        def timed() -> Iterator[T]:
            with _shallow():
                yield from self._timed(work)()

        return cast("AsyncGenerator[T | Waiting, None]", self.desk.stream(timed))

    def _timed(self, work: Callable[[], T]) -> Callable[[], T]:
        """The same work, which first tells how long it has waited."""
        asked = time.perf_counter()

        def timed() -> T:
            self.counters.waited.observe(time.perf_counter() - asked)
            with _shallow():
                return work()

        return timed


def of(request: Request) -> Service:
    """The service of the app that a request came to."""
    return cast(Service, request.app.state.service)


@contextmanager
def _shallow() -> Iterator[None]:
    """Tell markup that is nested a thousand deep, which nobody writes, as the fault of the one who sent it."""
    try:
        yield
    except RecursionError as exc:
        raise InputError("the markup is nested too deeply: send the text without it") from exc


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


async def unless_gone(receive: Receive, doing: Awaitable[T]) -> T:
    """What `doing` returns. Raises Stopped, and cancels it, where the client leaves before."""
    task = asyncio.ensure_future(doing)
    leaving = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({task, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise Stopped("the client left before its answer was ready")
    finally:
        leaving.cancel()
        # Cancelled, the desk stops the work; done already, this changes nothing.
        task.cancel()


async def _gone(receive: Receive) -> None:
    """Returns when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
