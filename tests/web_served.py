"""Servers for the tests of the web: apps over the tiny models, in this process or on a port of their own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import uvicorn
from fastapi import FastAPI

from translate.serving import Desk, Limits, Models
from translate.web import create

ENGLISH = "Akram lives in Aleppo."
ARABIC = "يعيش أكرم في حلب."


@lru_cache(maxsize=1)
def tiny() -> Models:
    """The tiny models, loaded once for all tests; the fixture `tiny_models` must be in force."""
    models = Models(profile="tiny", offline=True)
    models.prepare()
    return models


def app(limits: Limits | None = None, **how: Any) -> FastAPI:
    """The API over the tiny models, without the page."""
    return create(Desk(tiny(), limits), page=False, **how)


@contextmanager
def port_of(served: Callable[..., Any]) -> Iterator[int]:
    """The port on which an ASGI app is served, by uvicorn on a thread."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(served, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        until(lambda: server.started)
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.01)
