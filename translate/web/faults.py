"""What can go wrong, in one table: the HTTP status and the code of each error, and how an answer tells it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from translate import errors

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fault:
    """An answer that tells what went wrong: `code` is for programs and stable, `message` one sentence for people."""

    status: int
    code: str
    message: str
    headers: Mapping[str, str] | None = None


_TABLE: Mapping[type[errors.DragomanError], tuple[int, str]] = {
    errors.Busy: (503, "busy"),
    errors.TimedOut: (504, "timed_out"),
    # Nobody reads it: the client has left. nginx's number for that.
    errors.Stopped: (499, "stopped"),
    errors.TooLarge: (413, "too_large"),
    errors.LanguageError: (400, "language"),
    errors.InputError: (400, "input"),
    errors.UsageError: (400, "usage"),
    errors.ModelMissing: (404, "model_missing"),
    errors.ModelBroken: (500, "model_broken"),
    errors.RegistryError: (500, "registry"),
    errors.EngineError: (500, "engine"),
    errors.ModelError: (404, "model_unknown"),
    errors.ExtraMissing: (400, "not_installed"),
    errors.NetworkError: (503, "network"),
    errors.DragomanError: (500, "internal"),
}
"""Status and code of each of our errors; one that is not here has its parent's."""

_OURS = Fault(500, "internal", "Something went wrong on the server, and its log says what.")
_RETRY_AFTER = {"Retry-After": "5"}
_CODES = {400: "invalid", 413: "too_large"}
# As many mistakes as somebody can mend at once.
_MISTAKES_TOLD = 10

LIBRE_PATHS = frozenset(("/translate", "/detect", "/languages", "/translate_file", "/suggest", "/frontend/settings"))
"""Where clients of LibreTranslate ask, and expect its form of errors."""


def path_of(scope: Scope) -> str:
    """A request's path within the app, wherever a proxy has put that."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def first_part(path: str) -> str:
    """The first part of a path: "v1" of "/v1/models"."""
    return path.lstrip("/").partition("/")[0]


def fault_of(error: errors.DragomanError) -> Fault:
    """How one of our errors is told. What concerns only the one who runs the server stays in its log."""
    status, code = next(_TABLE[kind] for kind in type(error).__mro__ if kind in _TABLE)
    if status == 500:
        log.error("%s: %s", code, error, exc_info=error)
        return Fault(status, code, _OURS.message)
    return Fault(status, code, _sentence(str(error)), _RETRY_AFTER if status == 503 else None)


def answer(fault: Fault, path: str) -> Response:
    """The fault as the surface that `path` belongs to tells it."""
    told: object = fault.message if path in LIBRE_PATHS else {"code": fault.code, "message": fault.message}
    return JSONResponse({"error": told}, fault.status, headers=fault.headers)


async def refuse(fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request with a fault before any route sees it."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": fault.message})
        return
    await answer(fault, path_of(scope))(scope, receive, send)


async def refuse_crash(error: Exception, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request that a fault of ours ended; the log has the traceback, the client has one sentence."""
    log.error("a fault of ours at %s", path_of(scope), exc_info=error)
    await refuse(_OURS, scope, receive, send)


def install(app: FastAPI) -> None:
    """Let an app tell all errors as the table says."""

    async def ours(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, errors.DragomanError)
        fault, path = fault_of(exc), path_of(request.scope)
        # LibreTranslate has one status for all that it cannot do for a client.
        return answer(replace(fault, status=400) if path in LIBRE_PATHS and fault.status < 499 else fault, path)

    async def invalid(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, RequestValidationError)
        return answer(Fault(422, "invalid", mistakes(exc.errors())), path_of(request.scope))

    async def http(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, HTTPException)
        return answer(_of_status(exc), path_of(request.scope))

    app.add_exception_handler(errors.DragomanError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def mistakes(found: Iterable[Any]) -> str:
    """Every mistake in a request with its place, in one sentence; nothing that was sent is repeated."""
    told = [f"{_place(one['loc'])}: {_plain(one['msg'])}" for one in found]
    more = f"; and {len(told) - _MISTAKES_TOLD} more" if len(told) > _MISTAKES_TOLD else ""
    return f"The request is not right: {'; '.join(told[:_MISTAKES_TOLD])}{more}."


def _of_status(error: HTTPException) -> Fault:
    code = _CODES.get(error.status_code) or HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    return Fault(error.status_code, code, _sentence(str(error.detail)), error.headers)


def _place(where: Sequence[object]) -> str:
    parts = [str(part) for part in where if part not in ("body", "query", "path")]
    return ".".join(parts)[:80] or "the body"


def _plain(message: str) -> str:
    """What pydantic says, without its preamble for errors that validators raise."""
    text = message.removeprefix("Value error, ").rstrip(".")
    return text[:1].lower() + text[1:]


def _sentence(message: str) -> str:
    return message if message.endswith((".", "!", "?", "…")) else f"{message}."
