"""Resampling: the same every time, wide where it should be, and right about who differs."""

import numpy as np
import pytest

from translate.errors import UsageError
from translate.roundtrip import bootstrap
from translate.roundtrip.bootstrap import needed_sentences, paired, sample
from translate.roundtrip.metrics import Statistics, mean, statistics
from translate.roundtrip.types import Metric

METRIC = Metric("cosine-back", "cosine", "cosine")


def values(size: int, centre: float, seed: int, spread: float = 1.0) -> Statistics:
    return mean(METRIC, np.random.default_rng(seed).normal(centre, spread, size).tolist())


def test_the_same_seed_gives_the_same_resamples_and_another_does_not() -> None:
    one = values(50, 0, seed=1)
    assert np.array_equal(sample(one).draws, sample(one).draws)
    assert not np.array_equal(sample(one).draws, sample(one, seed=1).draws)


def test_the_interval_is_that_of_the_normal_law_where_that_holds() -> None:
    score = sample(values(1000, 5, seed=2)).score
    assert score.low < score.value < score.high
    assert score.sentences == 1000
    # 1.96 standard errors to each side of a mean.
    assert score.high - score.low == pytest.approx(2 * 1.96 / 1000**0.5, rel=0.1)


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    scores = [sample(values(100, 5, seed=seed), resamples=200).score for seed in range(200)]
    assert 0.90 <= sum(score.low <= 5 <= score.high for score in scores) / 200 <= 0.99


def test_identical_systems_do_not_differ() -> None:
    one = sample(values(100, 0, seed=3))
    test = paired(one, one)
    assert (test.difference, test.p_value, test.significant, test.needed) == (0, 1, False, None)


def test_a_clearly_better_system_is_told_either_way_round() -> None:
    common = np.random.default_rng(4).normal(0, 1, 200)
    better, worse = (sample(mean(METRIC, (common + shift).tolist())) for shift in (0.5, 0.0))
    ahead, behind = paired(better, worse), paired(worse, better)
    assert ahead.significant and ahead.p_value < 0.01 and ahead.low > 0
    assert behind.significant and behind.p_value == ahead.p_value and behind.difference == -ahead.difference


def test_equal_systems_are_seldom_called_different() -> None:
    tests = [
        paired(sample(values(60, 0, seed), resamples=200), sample(values(60, 0, seed + 1000), resamples=200))
        for seed in range(200)
    ]
    assert sum(test.significant for test in tests) / 200 <= 0.1
    # A p-value below a half should be as frequent as one above, where there is nothing to find.
    assert 0.35 <= sum(test.p_value < 0.5 for test in tests) / 200 <= 0.65


def test_a_handful_of_sentences_decides_nothing() -> None:
    few = bootstrap.FEWEST - 1
    better, worse = sample(mean(METRIC, [1.0] * few)), sample(mean(METRIC, [0.0] * few))
    assert paired(better, worse).p_value < 0.05
    assert not paired(better, worse).significant


def test_the_needed_sentences_are_the_textbooks() -> None:
    # Two-sided, alpha 0.05, power 0.8: (1.96 + 0.8416)² = 7.85 times (sigma / difference)².
    assert needed_sentences(1.0, 10 / 100**0.5, 100) == 785
    assert needed_sentences(-1.0, 10 / 400**0.5, 400) == 785
    assert needed_sentences(0.0, 1.0, 100) is None
    assert needed_sentences(50.0, 0.1, 100) == bootstrap.FEWEST


def test_with_the_needed_sentences_the_difference_is_found_four_times_in_five() -> None:
    needed = needed_sentences(0.3, 1 / 10, 100)
    assert needed is not None
    nothing = mean(METRIC, [0.0] * needed)
    found = [
        paired(sample(values(needed, 0.3, seed), resamples=200), sample(nothing, resamples=200)).significant
        for seed in range(200)
    ]
    assert 0.7 <= sum(found) / 200 <= 0.9


def test_corpus_scores_are_resampled_not_sentence_scores() -> None:
    systems = [["the cat sat on the mat", "a"] * 20, ["the cat sat on a mat", "a b c"] * 20]
    references = ["the cat sat on the mat", "a b c"] * 20
    for measured in statistics(systems, references, "en"):
        for one in measured:
            score = sample(one, resamples=100).score
            assert score.low <= score.value <= score.high


def test_systems_that_were_drawn_other_sentences_are_not_compared() -> None:
    one = values(40, 0, seed=1)
    with pytest.raises(ValueError, match="same resamples"):
        paired(sample(one), sample(one, seed=1))
    with pytest.raises(ValueError, match="same resamples"):
        paired(sample(one), sample(values(41, 0, seed=1)))
    with pytest.raises(UsageError):
        sample(one, resamples=0)
