"""Keeps results in memory until they are fetched, and no longer than it must."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from translate.errors import TooLarge


@dataclass(frozen=True)
class Item:
    """A file that waits to be fetched."""

    data: bytes
    name: str
    media_type: str
    owner: str = ""


class Shelf:
    """Files by tokens that nobody guesses, each for `seconds`, all at most `size` bytes: the oldest go first."""

    def __init__(self, seconds: float, size: int) -> None:
        self._seconds = seconds
        self._size = size
        self._lock = threading.Lock()
        self._items: OrderedDict[str, tuple[float, Item]] = OrderedDict()

    def put(self, data: bytes, name: str, media_type: str, owner: str = "") -> str:
        """Keep a file and return its token; `owner` names whose it is. Raises TooLarge for one over the whole size."""
        if len(data) > self._size:
            raise TooLarge(f"{name} has {len(data):,} bytes and cannot be kept: the limit is {self._size:,}")
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._tidy()
            self._items[token] = (time.monotonic(), Item(data, name, media_type, owner))
            while sum(len(item.data) for _, item in self._items.values()) > self._size:
                self._items.popitem(last=False)
        return token

    def get(self, token: str) -> Item | None:
        """The file of a token; None where it was never there or is gone."""
        with self._lock:
            self._tidy()
            found = self._items.get(token)
        return found[1] if found else None

    def drop(self, owner: str) -> None:
        """Forget all that is somebody's."""
        with self._lock:
            for token in [token for token, (_, item) in self._items.items() if item.owner == owner]:
                del self._items[token]

    def __len__(self) -> int:
        with self._lock:
            self._tidy()
            return len(self._items)

    def _tidy(self) -> None:
        oldest = time.monotonic() - self._seconds
        while self._items and next(iter(self._items.values()))[0] < oldest:
            self._items.popitem(last=False)
