"""Answers that go out piece by piece, and end when their reader leaves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from translate.errors import DragomanError, Stopped
from translate.serving import Waiting
from translate.web.faults import fault_of
from translate.web.service import unless_gone

NDJSON = "application/x-ndjson"
EVENTS = "text/event-stream"

Event = dict[str, Any]


async def answer(request: Request, events: AsyncGenerator[Event | Waiting, None]) -> Response:
    """The events as lines of JSON, or as server-sent events for a client that accepts those.

    Waits for the first, so that an error before it is told with its own status.
    """
    first = await unless_gone(request.receive, anext(events))
    accepted = request.headers.get("accept", "")
    return Live(first, events, EVENTS if EVENTS in accepted else NDJSON)


class Live(Response):
    """An answer whose events are sent as they are made. An error after the first is its last event."""

    def __init__(self, first: Event | Waiting, events: AsyncGenerator[Event | Waiting, None], media_type: str) -> None:
        super().__init__(media_type=media_type)
        # A length is not known, and proxies must not hold events back.
        self.raw_headers = [one for one in self.raw_headers if one[0] != b"content-length"]
        self.raw_headers.append((b"x-accel-buffering", b"no"))
        self._first = first
        self._events = events
        self._write: Callable[[Event], bytes] = _event if media_type == EVENTS else _line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (ASGI's own shape)
        """Send all events, or stop when the client leaves."""
        sending = asyncio.ensure_future(self._send_all(send))
        try:
            # Nobody is left who could be told that the client is gone.
            with suppress(Stopped, OSError):
                await unless_gone(receive, sending)
        finally:
            with suppress(asyncio.CancelledError, OSError):
                await sending
            # Closed, the desk stops the work; at its end already, this changes nothing.
            await self._events.aclose()

    async def _send_all(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for event in self._told():
            await send({"type": "http.response.body", "body": self._write(event), "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _told(self) -> AsyncIterator[Event]:
        yield _shown(self._first)
        try:
            async for event in self._events:
                yield _shown(event)
        except DragomanError as exc:
            fault = fault_of(exc)
            yield {"event": "error", "error": {"code": fault.code, "message": fault.message}}


def _shown(event: Event | Waiting) -> Event:
    return {"event": "waiting", "position": event.position} if isinstance(event, Waiting) else event


def _line(event: Event) -> bytes:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def _event(event: Event) -> bytes:
    # JSON has no bare line break, so one data line holds it all.
    return b"event: %s\ndata: %s\n" % (str(event["event"]).encode(), _line(event))
