"""One engine for many requests: sentences that are waiting at the same moment go through it together."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from translate.document import Translation
from translate.engines.base import Around, Decoding, Engine
from translate.serving.stop import Stop, current

# Sentences in one round: enough for full batches on all cores, few enough that a newcomer soon has its turn.
_ROUND = 64
# A worker without work goes home after so many seconds, so that an engine that nobody uses can be let go.
_IDLE = 5.0
# How often a waiting request looks whether it was stopped, in seconds.
_LOOK = 0.05


@dataclass(eq=False)
class _Job:
    """What one call asked for, and how far it is."""

    sentences: Sequence[str]
    decoding: Decoding | None
    stop: Stop | None
    found: list[Translation] = field(default_factory=list)
    error: Exception | None = None
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def left(self) -> int:
        return len(self.sentences) - len(self.found)

    def fail(self, error: Exception) -> None:
        self.error = error
        self.done.set()


class TextOnly(Around):
    """An engine asked for nothing but text: for whoever shows neither alignment nor confidence."""

    def __init__(self, engine: Engine, decoding: Decoding) -> None:
        super().__init__(engine)
        self._decoding = replace(decoding, text_only=True)

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """One translation for each sentence, in order."""
        return self._engine.translate(sentences, decoding or self._decoding)


class SharedEngine(Around):
    """An engine that several threads call at once.

    While it works through one round, the sentences of all who call gather for the next: nobody waits for company, and
    a crowd is served as fast as one long text. Each caller has its share of a round, so that a book holds nobody up.
    A sentence's translation does not depend on its company (see `translate.engines.batching`).
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._jobs: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._working = False
        self._rounds: Counter[int] = Counter()

    @property
    def rounds(self) -> dict[int, int]:
        """How many rounds there were of each number of sentences."""
        with self._changed:
            return dict(self._rounds)

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """One translation for each sentence, in order.

        Raises what the engine raises, and Stopped or TimedOut where the request that this is for must end.
        """
        if not sentences:
            return []
        job = _Job(sentences, decoding, current())
        with self._changed:
            self._jobs.append(job)
            if not self._working:
                self._working = True
                threading.Thread(target=self._work, name="dragoman-engine", daemon=True).start()
            self._changed.notify()
        while not job.done.wait(_LOOK):
            if job.stop is not None:
                job.stop.check()
        if job.error is not None:
            raise job.error
        return job.found

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        """Up to `count` texts for each sentence, best first, where the engine has any: one call by itself."""
        if (stop := current()) is not None:
            stop.check()
        return super().n_best(sentences, count, decoding)

    def _work(self) -> None:
        while True:
            with self._changed:
                if not self._changed.wait_for(lambda: self._jobs, _IDLE):
                    self._working = False
                    return
                shares = self._next()
            if shares:
                self._run(shares)

    def _next(self) -> list[tuple[_Job, int]]:
        """Whose turn it is, and with how many sentences; jobs that nobody waits for any more are let go."""
        for job in [job for job in self._jobs if job.stop is not None and job.stop.asked]:
            self._jobs.remove(job)
        if not self._jobs:
            return []
        together = [job for job in self._jobs if job.decoding == self._jobs[0].decoding]
        fair = max(1, _ROUND // len(together))
        shares = {job: min(job.left, fair) for job in together[:_ROUND]}
        room = _ROUND - sum(shares.values())
        for job in shares:
            more = min(room, job.left - shares[job])
            shares[job] += more
            room -= more
        for job in [job for job, share in shares.items() if share == job.left]:
            self._jobs.remove(job)
        # Who has more to come stands behind who waits: decodings of another kind have their turn, too.
        for job in [job for job, share in shares.items() if share < job.left]:
            self._jobs.remove(job)
            self._jobs.append(job)
        self._rounds[sum(shares.values())] += 1
        return list(shares.items())

    def _run(self, shares: Sequence[tuple[_Job, int]]) -> None:
        parts = [job.sentences[len(job.found) : len(job.found) + share] for job, share in shares]
        distinct = list(dict.fromkeys(sentence for part in parts for sentence in part))
        try:
            found = dict(zip(distinct, self._engine.translate(distinct, shares[0][0].decoding), strict=True))
        except Exception as exc:  # noqa: BLE001 (it is raised again where the caller waits)
            self._failed(shares, exc)
            return
        for (job, _), part in zip(shares, parts, strict=True):
            job.found.extend(found[sentence] for sentence in part)
            if not job.left:
                job.done.set()

    def _failed(self, shares: Sequence[tuple[_Job, int]], error: Exception) -> None:
        """One request's fault must not be another's: each is tried by itself, and fails by itself."""
        if len(shares) > 1:
            for share in shares:
                self._run([share])
            return
        job, _ = shares[0]
        with self._changed:
            if job in self._jobs:
                self._jobs.remove(job)
        job.fail(error)
