"""Batches hold every sentence once, in classes that change nothing about it, within the budget."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines.batching import Batch, bound, plan

LENGTHS = st.lists(st.integers(1, 300), max_size=80)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (1, 8),
        (3, 3),
        (4, 8),
        (5, 5),
        (8, 8),
        (9, 11),
        (12, 15),
        (16, 24),
        (25, 31),
        (31, 31),
        (32, 40),
        (41, 56),
        (57, 63),
        (64, 72),
        (95, 95),
        (96, 96),
        (511, 511),
    ],
)
def test_length_classes(length: int, expected: int) -> None:
    assert bound(length) == expected


def test_longest_first_and_classes_apart() -> None:
    assert plan([3, 42, 20, 47, 3], 1000) == [Batch((3, 1), 56), Batch((2,), 24), Batch((0, 4), 3)]


def test_a_batch_padded_to_its_longest_keeps_the_budget() -> None:
    assert plan([26, 30, 30, 30], 60) == [Batch((1, 2), 31), Batch((3, 0), 31)]


def test_one_sentence_may_be_over_the_budget() -> None:
    assert plan([500, 500], 100) == [Batch((0,), 500), Batch((1,), 500)]


def test_little_work_is_shared_among_workers() -> None:
    assert len(plan([20] * 8, 1000)) == 1
    assert [len(batch.indices) for batch in plan([20] * 8, 1000, workers=2)] == [4, 4]


def test_keys_are_kept_apart() -> None:
    assert plan([5, 5, 5], 100, keys=["a", "b", "a"]) == [Batch((0, 2), 5), Batch((1,), 5)]


def test_nothing_to_do() -> None:
    assert plan([], 100, workers=2) == []


@given(LENGTHS, st.integers(1, 500), st.integers(1, 8))
def test_every_sentence_once_within_class_and_budget(lengths: list[int], budget: int, workers: int) -> None:
    batches = plan(lengths, budget, workers=workers)
    assert sorted(index for batch in batches for index in batch.indices) == list(range(len(lengths)))
    for batch in batches:
        own = [lengths[index] for index in batch.indices]
        assert {bound(length) for length in own} == {batch.bound}
        assert own == sorted(own, reverse=True)
        assert len(own) == 1 or len(own) * own[0] <= budget


@given(LENGTHS, LENGTHS)
def test_the_class_of_a_sentence_does_not_depend_on_others(some: list[int], others: list[int]) -> None:
    def classes(lengths: list[int]) -> list[int]:
        found = {index: batch.bound for batch in plan(lengths, 200) for index in batch.indices}
        return [found[index] for index in range(len(some))]

    assert classes(some) == classes(some + others)
