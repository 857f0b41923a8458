"""Lets so many requests in at once, keeps so many waiting in order, and turns the rest away."""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import Future

from translate.errors import Busy

# Enough waits for a 95th percentile that moves with the load.
_REMEMBERED = 1000


class Ticket:
    """A request's place: `admitted` is done when it may begin, `started` is True when it has."""

    def __init__(self) -> None:
        self.admitted: Future[None] = Future()
        self.started = False
        self.since = time.monotonic()


class Gate:
    """`slots` requests are in at once, and at most `queue` wait. Any thread may use it."""

    def __init__(self, slots: int, queue: int) -> None:
        self.slots = slots
        self.queue = queue
        self._lock = threading.Lock()
        self._inside: set[Ticket] = set()
        self._waiting: deque[Ticket] = deque()
        self._waits: deque[float] = deque(maxlen=_REMEMBERED)

    def enter(self) -> Ticket:
        """A place inside or in the queue; whoever has it must `leave`. Raises Busy where the queue is full."""
        ticket = Ticket()
        with self._lock:
            if len(self._inside) < self.slots:
                self._admit(ticket)
            elif len(self._waiting) < self.queue:
                self._waiting.append(ticket)
            else:
                raise Busy(
                    f"busy: {self.slots:,} requests are at work and {self.queue:,} are waiting; try again in a while"
                )
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give the place back, inside or in the queue, and let the next one in. More than once is as good as once."""
        with self._lock:
            if ticket in self._inside:
                self._inside.remove(ticket)
            elif ticket in self._waiting:
                self._waiting.remove(ticket)
            while self._waiting and len(self._inside) < self.slots:
                self._admit(self._waiting.popleft())

    def position(self, ticket: Ticket) -> int:
        """How many requests go before this one, itself counted; 0 for one that is inside or has left."""
        with self._lock:
            return self._waiting.index(ticket) + 1 if ticket in self._waiting else 0

    @property
    def active(self) -> int:
        """How many requests are inside."""
        return len(self._inside)

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return len(self._waiting)

    @property
    def waits(self) -> tuple[float, ...]:
        """How many seconds each of the last requests waited, the latest last."""
        with self._lock:
            return tuple(self._waits)

    def _admit(self, ticket: Ticket) -> None:
        self._inside.add(ticket)
        self._waits.append(time.monotonic() - ticket.since)
        if ticket.admitted.set_running_or_notify_cancel():
            ticket.admitted.set_result(None)
