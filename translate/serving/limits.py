"""How much one request may ask for, and how many requests there may be."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Limits:
    """What a server takes on. All are at least 1, but `waiting` may be 0.

    `characters` are the code points of all text to translate in one request; `file_bytes` is the size of one file or
    pasted text with its markup; `files` those of one batch; `segments` the texts of one call of the API. A request may
    work for `seconds`, its time in the queue not counted. `active` requests are at work at once, `waiting` may stand in
    the queue: the next one hears that the server is busy. What waits to be fetched is kept for `kept_seconds`, and of
    all that no more than `kept_bytes`.
    """

    characters: int = 200_000
    file_bytes: int = 10_000_000
    files: int = 50
    segments: int = 256
    seconds: float = 600
    active: int = 32
    waiting: int = 64
    kept_seconds: float = 1800
    kept_bytes: int = 200_000_000

    def __post_init__(self) -> None:
        for field in fields(self):
            if not getattr(self, field.name) >= (0 if field.name == "waiting" else 1):
                raise ValueError(f"{field.name} is too small: {getattr(self, field.name)}")
