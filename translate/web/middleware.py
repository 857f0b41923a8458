"""What every request passes through: it is counted, never crashes the server, and may not be endless."""

from __future__ import annotations

import time

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from translate.web.faults import Fault, refuse, refuse_crash
from translate.web.metrics import Counters

_ELSEWHERE = "elsewhere"
# What is still to come of a body that is too large is not read.
_CLOSE = {"Connection": "close"}


class Observed:
    """Counts every answer, and answers where a fault of ours leaves a request without one."""

    def __init__(self, app: ASGIApp, counters: Counters) -> None:
        self._app = app
        self._counters = counters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and see how it ends."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            pass  # It left while its body was read: nobody is there to be answered.
        except Exception as exc:
            if status:
                raise  # Half an answer is out: the connection must break, so that nobody takes it for whole.
            await refuse_crash(exc, scope, receive, watched)
        finally:
            self._counters.answered(_route(scope), status or 499, time.perf_counter() - began)


class BodyLimit:
    """Refuses bodies of more than `limit` bytes: by their declared length before the first byte, else at the
    byte that is too many.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with a body that counts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit
        declared = Headers(scope=scope).get("content-length", "")
        message = f"The request is too large: this server reads {limit:,} bytes at most here."
        if declared.isdecimal() and int(declared[:20]) > limit:
            await refuse(Fault(413, "too_large", message, _CLOSE), scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            part = await receive()
            if part["type"] == "http.request":
                read += len(part.get("body", b""))
                if read > limit:
                    # The frameworks above and below us hand this on, and tell it as they tell a 404.
                    raise HTTPException(413, message, _CLOSE)
            return part

        await self._app(scope, counted, send)


def _route(scope: Scope) -> str:
    """The path as the app declares it; one name for all else, which the page and strangers ask for."""
    path = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) and path else _ELSEWHERE
