import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.ahead import ahead


@given(st.lists(st.integers(), max_size=20), st.integers(0, 3))
def test_every_item_once_and_in_order(items: list[int], lanes: int) -> None:
    assert list(ahead(lambda item: -item, items, lanes)) == [(item, -item) for item in items]


def test_the_next_items_are_at_work_while_one_is_used() -> None:
    begun = [threading.Event() for _ in range(6)]

    def work(item: int) -> int:
        begun[item].set()
        return item

    results = ahead(work, range(6), 2)
    assert next(results) == (0, 0)
    assert begun[1].wait(10) and begun[2].wait(10)
    time.sleep(0.05)
    assert not any(event.is_set() for event in begun[3:])
    results.close()


@pytest.mark.parametrize("items", [[], [7]])
def test_one_item_takes_no_thread(items: list[int]) -> None:
    here = threading.current_thread()
    assert list(ahead(lambda _: threading.current_thread(), items, 2)) == [(item, here) for item in items]


def test_what_goes_wrong_is_raised_at_its_turn() -> None:
    def work(item: int) -> int:
        if item == 2:
            raise ValueError("two")
        return item

    results = ahead(work, range(5), 2)
    assert [next(results), next(results)] == [(0, 0), (1, 1)]
    with pytest.raises(ValueError, match="two"):
        next(results)


def test_nothing_is_begun_once_nobody_asks() -> None:
    first, rest = threading.Event(), []

    def work(item: int) -> None:
        if item:
            first.wait(10)
            rest.append(item)

    results = ahead(work, range(9), 1)
    next(results)
    results.close()
    first.set()
    time.sleep(0.1)
    assert rest in ([], [1])
