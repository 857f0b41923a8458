"""Asks running work to end early: because its reader left, said so, or has no more time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from translate.errors import Stopped, TimedOut

_CURRENT: ContextVar[Stop | None] = ContextVar("dragoman_stop", default=None)


class Stop:
    """A request's way to end its work; safe to use from any thread. The work has to `check` it now and then."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._deadline: float | None = None
        self._seconds = 0.0

    def set(self) -> None:
        """Ask the work to end."""
        self._asked.set()

    def begin(self, seconds: float) -> None:
        """Let the work end by itself `seconds` from now."""
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds

    @property
    def asked(self) -> bool:
        """Whether somebody asked the work to end."""
        return self._asked.is_set()

    def check(self) -> None:
        """Raises Stopped where the work was asked to end, TimedOut where its time is over."""
        if self._asked.is_set():
            raise Stopped("stopped, as asked")
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise TimedOut(f"this took longer than {self._seconds:.0f} seconds and was given up: send less at once")


def current() -> Stop | None:
    """The Stop of the request that the calling code works for; None outside of one."""
    return _CURRENT.get()


@contextmanager
def obeying(stop: Stop) -> Iterator[None]:
    """Let all that is called inside work for this request."""
    token = _CURRENT.set(stop)
    try:
        yield
    finally:
        _CURRENT.reset(token)
