"""What runs on a cluster: a feed that hands out shards, and workers that translate them. Neither knows of Ray."""

from __future__ import annotations

import asyncio
import pickle
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from translate.api import Translator
from translate.batch.shard import translate_shard
from translate.batch.types import Job, Outcome, Settings, State
from translate.errors import DragomanError, EngineError

TRIES = 3
"""How often a shard is begun: what its worker has died of so often is set aside."""


class Feed:
    """Shards by number, from 0, each there until it is done. Whoever asks for one too early waits.

    A reader that starts again from 0 (its machine died) gets the same shards in the same order, those that are done
    as None: whatever Ray does twice stays in step.
    """

    def __init__(self) -> None:
        self._shards: dict[int, bytes] = {}
        self._begun: Counter[int] = Counter()
        self._count = 0
        self._ended = False
        self._changed = asyncio.Condition()

    async def put(self, shard: bytes) -> None:
        """Add the next shard."""
        async with self._changed:
            self._shards[self._count] = shard
            self._count += 1
            self._changed.notify_all()

    async def end(self) -> None:
        """There are no more shards."""
        async with self._changed:
            self._ended = True
            self._changed.notify_all()

    async def take(self, number: int) -> tuple[bool, bytes | None]:
        """Whether there is such a shard, once that is known, and the shard, if it is not done."""
        async with self._changed:
            await self._changed.wait_for(lambda: number < self._count or self._ended)
            return number < self._count, self._shards.get(number)

    async def begin(self, number: int) -> int:
        """A worker begins with a shard; the how-manieth time that is."""
        self._begun[number] += 1
        return self._begun[number]

    async def done(self, number: int) -> None:
        """A shard has come back, and is not needed any more."""
        self._shards.pop(number, None)
        self._begun.pop(number, None)


@dataclass(frozen=True)
class Answer:
    """What became of a shard that was begun for the `tries`-th time; it can be pickled.

    `found` sentences came from the translation memory. A `failure` is why this worker can translate nothing.
    """

    outcomes: tuple[Outcome, ...]
    tries: int = 1
    found: int = 0
    failure: DragomanError | None = None


class Worker:
    """One process's translator, loaded with its first shard."""

    def __init__(self, load: Callable[[], Translator], settings: Settings) -> None:
        self._load = load
        self._settings = settings
        self._translator: Translator | None = None

    def translate(self, shard: bytes, tries: int) -> Answer:
        """Translate a pickled list of jobs; never raises."""
        jobs: list[Job] = pickle.loads(shard)
        if tries > TRIES:
            reason = f"each of {TRIES} workers died while it translated this document or one of its shard"
            return Answer(tuple(Outcome(job, State.ASIDE, reason=reason, lasting=False) for job in jobs), tries)
        try:
            if self._translator is None:
                self._translator = self._load()
        except DragomanError as exc:
            return Answer((), tries, failure=exc)
        except Exception as exc:  # noqa: BLE001 (whatever it is, the user hears of it and not of Ray)
            return Answer(
                (), tries, failure=EngineError(f"a worker cannot load the model: {type(exc).__name__}: {exc}")
            )
        before = self._found
        outcomes = translate_shard(jobs, self._settings, self._translator)
        return Answer(tuple(outcomes), tries, self._found - before)

    @property
    def _found(self) -> int:
        memory = self._translator.memory if self._translator is not None else None
        return memory.found if memory is not None else 0
