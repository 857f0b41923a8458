"""Does the work for some items while the results of those before are still being used."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Generic, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def ahead(work: Callable[[_Item], _Result], items: Iterable[_Item], lanes: int) -> Iterator[tuple[_Item, _Result]]:
    """Each item with what `work` makes of it, in order; up to `lanes` items are at work beyond the one that is shown.

    A single item, or no lanes, takes no thread. Items are taken on the caller's thread, `work` runs on others, which
    never keep the process alive. What `work` raises is raised when it is its item's turn; where the caller asks no
    more, nothing more is begun.
    """
    items = iter(items)
    first = list(islice(items, 2))
    if len(first) < 2 or lanes < 1:
        yield from ((item, work(item)) for item in chain(first, items))
        return
    waiting: deque[_Task[_Item, _Result]] = deque()
    line: queue.SimpleQueue[_Task[_Item, _Result] | None] = queue.SimpleQueue()
    try:
        for _ in range(lanes):
            threading.Thread(target=_serve, args=(work, line), daemon=True).start()
        for item in chain(first, items):
            task: _Task[_Item, _Result] = _Task(item)
            waiting.append(task)
            line.put(task)
            if len(waiting) > lanes:
                yield waiting[0].item, waiting.popleft().result()
        while waiting:
            yield waiting[0].item, waiting.popleft().result()
    finally:
        for task in waiting:
            task.unwanted = True
        for _ in range(lanes):
            line.put(None)


class _Task(Generic[_Item, _Result]):
    """One item, and what became of it."""

    def __init__(self, item: _Item) -> None:
        self.item = item
        self.unwanted = False
        self._done = threading.Event()
        self._result: list[_Result] = []
        self._error: BaseException | None = None

    def do(self, work: Callable[[_Item], _Result]) -> None:
        try:
            if not self.unwanted:
                self._result.append(work(self.item))
        except BaseException as exc:  # noqa: BLE001 (raised again by `result`, on the thread that asks for it)
            self._error = exc
        finally:
            self._done.set()

    def result(self) -> _Result:
        self._done.wait()
        if self._error is not None:
            raise self._error
        return self._result[0]


def _serve(work: Callable[[_Item], _Result], line: queue.SimpleQueue[_Task[_Item, _Result] | None]) -> None:
    while (task := line.get()) is not None:
        task.do(work)
