"""Streams shards through Ray Data: a feed hands them out, a read task takes them, a pool of actors translates them.

A shard is handed out only while fewer than two a worker are on their way, so that neither memory nor what a crash costs
grows with the batch. Ray starts dead actors again and repeats what they had not finished.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import ray
from ray.data import ActorPoolStrategy, DataContext, Datasource, read_datasource
from ray.data.block import BlockMetadata
from ray.data.datasource import ReadTask
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from translate.api import Translator
from translate.batch.types import Job, Settings
from translate.batch.worker import Answer, Feed, Worker
from translate.errors import DragomanError, EngineError

# For each worker one shard at work, and one that waits so that the worker does not.
_AHEAD = 2
_SHARDS = pa.schema([("number", pa.int64()), ("shard", pa.large_binary())])
_ANSWERS = pa.schema([("number", pa.int64()), ("answer", pa.large_binary())])


@dataclass(frozen=True)
class Places:
    """The actors to ask Ray for: `workers` of them, with so many `cpus` and `gpus` each."""

    workers: int
    cpus: int
    gpus: int


def answers(
    shards: Iterator[list[Job]], load: Callable[[], Translator], settings: Settings, places: Places
) -> Iterator[Answer]:
    """The answer to each shard, once, in the order in which they come.

    Raises EngineError where Ray fails, and why a worker can translate nothing.
    """
    stream = _Stream(shards, _AHEAD * places.workers)
    try:
        yield from stream.run(lambda: _dataset(stream.feed, load, settings, places))
    except DragomanError:
        raise
    except Exception as exc:
        raise EngineError(f"Ray failed ({type(exc).__name__}: {exc}); the same command goes on") from exc
    finally:
        stream.close()


def _dataset(feed: Any, load: Callable[[], Translator], settings: Settings, places: Places) -> Any:
    """From the feed's shards to pickled answers, a row each."""
    rows = read_datasource(_Source(feed), override_num_blocks=1, num_cpus=0)
    return rows.map_batches(
        _Actor,
        batch_size=1,
        batch_format="pyarrow",
        zero_copy_batch=True,
        compute=ActorPoolStrategy(size=places.workers, max_tasks_in_flight_per_actor=_AHEAD),
        fn_constructor_args=(feed, load, settings),
        num_cpus=places.cpus,
        num_gpus=places.gpus,
    )


def _context() -> Any:
    """Ray Data's settings: a block for each shard, so that none waits for others; and no chatter."""
    context = DataContext.get_current().copy()
    context.target_max_block_size = 1
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.memory_usage_poll_interval_s = None
    return context


class _Stream:
    """The shards on their way: others are handed to the feed as they come back."""

    def __init__(self, shards: Iterator[list[Job]], most: int) -> None:
        self._shards = shards
        self._room = threading.Semaphore(most)
        self._away: set[int] = set()
        self._closed = threading.Event()
        self._failure: BaseException | None = None
        # It is of no use without this process, so it is kept on the same machine; it needs hardly any CPU.
        here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
        self.feed = ray.remote(Feed).options(num_cpus=0, scheduling_strategy=here).remote()

    def run(self, dataset: Callable[[], Any]) -> Iterator[Answer]:
        """Hand out and collect until there are no more."""
        feeding = threading.Thread(target=self._hand_out, daemon=True)
        feeding.start()
        with DataContext.current(_context()):
            found = dataset().iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0)
        for row in (row for batch in found for row in batch.to_pylist()):
            # Where a machine dies, Ray may do again what has come back already.
            if row["number"] not in self._away:
                continue
            self._away.remove(row["number"])
            answer: Answer = pickle.loads(row["answer"])
            if answer.failure is not None:
                raise answer.failure
            self.feed.done.remote(row["number"])
            yield answer
            self._room.release()
        feeding.join()
        if self._failure is not None:
            raise self._failure
        if self._away:
            raise EngineError(f"Ray lost {len(self._away)} shards; the same command goes on")

    def _hand_out(self) -> None:
        try:
            number = 0
            while self._room.acquire() and not self._closed.is_set():
                shard = next(self._shards, None)
                if shard is None:
                    break
                self._away.add(number)
                ray.get(self.feed.put.remote(pickle.dumps(shard)))
                number += 1
        except BaseException as exc:  # noqa: BLE001 (raised again where the answers are read)
            self._failure = exc
        finally:
            if not self._closed.is_set():
                self.feed.end.remote()

    def close(self) -> None:
        """Hand out no more."""
        self._closed.set()
        self._room.release()
        ray.kill(self.feed)


class _Source(Datasource):  # type: ignore[misc]
    """The feed as Ray Data reads it: one task, which goes on until the feed ends."""

    def __init__(self, feed: Any) -> None:
        super().__init__()
        self._feed = feed

    def estimate_inmemory_data_size(self) -> int | None:
        return None

    def get_read_tasks(self, parallelism: int, **_: Any) -> list[Any]:  # noqa: ARG002 (Ray names it)
        feed = self._feed

        def read() -> Iterator[Any]:
            number = 0
            while True:
                is_there, shard = ray.get(feed.take.remote(number))
                if not is_there:
                    return
                yield pa.table({"number": [number], "shard": [shard]}, schema=_SHARDS)
                number += 1

        return [ReadTask(read, BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None))]


class _Actor:
    """A worker as Ray Data calls it, with a table of one shard."""

    def __init__(self, feed: Any, load: Callable[[], Translator], settings: Settings) -> None:
        self._feed = feed
        self._worker = Worker(load, settings)

    def __call__(self, batch: Any) -> Any:
        """A table with the shard's number and its pickled answer; None for one that was done before."""
        number, shard = batch["number"][0].as_py(), batch["shard"][0].as_py()
        answer = None
        if shard is not None:
            tries = ray.get(self._feed.begin.remote(number))
            answer = pickle.dumps(self._worker.translate(shard, tries))
        return pa.table({"number": [number], "answer": [answer]}, schema=_ANSWERS)
