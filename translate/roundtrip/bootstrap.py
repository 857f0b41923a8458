"""Bootstrap resampling: how sure a score is, whether two systems differ, and how many sentences it takes to tell.

Resampling corpora for translation scores, and the paired test, are after Koehn (2004), "Statistical significance tests
for machine translation evaluation", EMNLP, https://aclanthology.org/W04-3250. It takes sentences as independent; those
of one article are not quite, so that intervals over few articles are a little too narrow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from translate.errors import UsageError
from translate.roundtrip.metrics import Statistics
from translate.roundtrip.types import Score, Test

RESAMPLES = 1000
SEED = 20261122
ALPHA = 0.05
POWER = 0.8
# Simulated, 6% of equal systems are called different with so many sentences, 9% with 10, where it should be 5%.
FEWEST = 30

Draws: TypeAlias = NDArray[np.float64]
"""Scores of resampled corpora, in the order of the resamples."""


@dataclass(frozen=True)
class Sampled:
    """A system's statistics and its scores on resampled corpora.

    Two systems with the same number of sentences, seed and resamples were drawn the same sentences: what one resample
    says of both may be compared (this is what makes the test a paired one).
    """

    statistics: Statistics
    value: float
    draws: Draws
    seed: int

    @property
    def score(self) -> Score:
        """The corpus score with its percentile interval (95%)."""
        low, high = _bounds(self.draws)
        return Score(self.statistics.metric, self.value, low, high, len(self.statistics))


def sample(statistics: Statistics, *, seed: int = SEED, resamples: int = RESAMPLES) -> Sampled:
    """The system's score on `resamples` corpora drawn with replacement from its sentences."""
    if resamples < 1:
        raise UsageError(f"at least one resample is needed, not {resamples}")
    size = len(statistics)
    random = np.random.default_rng(seed)
    draws = np.empty(resamples)
    for number in range(resamples):
        times_drawn = np.bincount(random.integers(0, size, size), minlength=size)
        draws[number] = statistics.total((times_drawn @ statistics.rows).tolist())
    return Sampled(statistics, statistics.corpus(), draws, seed)


def paired(first: Sampled, second: Sampled) -> Test:
    """Whether two systems differ on the same sentences.

    The p-value is Koehn's share of resamples that do not agree on who is ahead, with one added to both counts so that
    it is never 0 (Davison and Hinkley 1997, section 4.2), and doubled, because who should be ahead was not said
    beforehand. Under `FEWEST` sentences no difference counts as significant. Raises ValueError for systems that were
    not drawn the same sentences.
    """
    if (len(first.statistics), first.seed, len(first.draws)) != (
        len(second.statistics),
        second.seed,
        len(second.draws),
    ):
        raise ValueError("a paired test needs the same resamples for both systems")
    difference = first.value - second.value
    draws = first.draws - second.draws
    low, high = _bounds(draws)
    contrary = int(np.sum(draws <= 0 if difference > 0 else draws >= 0))
    p_value = 1.0 if difference == 0 else min(1.0, 2 * (contrary + 1) / (len(draws) + 1))
    size = len(first.statistics)
    return Test(
        first.statistics.metric,
        difference,
        low,
        high,
        p_value,
        p_value < ALPHA and size >= FEWEST,
        needed_sentences(difference, float(draws.std()), size),
    )


def needed_sentences(difference: float, deviation: float, size: int) -> int | None:
    """About how many sentences a difference needs to be found (power 0.8) by a two-sided test at alpha 0.05.

    n = ((z(1 - alpha/2) + z(power)) * sigma / difference)², the standard formula for paired samples (Lachin 1981,
    "Introduction to sample size determination and power analysis for clinical trials", Controlled Clinical Trials 2;
    for our field Card et al. 2020, "With little power comes great responsibility", EMNLP). It is a normal
    approximation: sigma, the deviation per sentence, is `deviation`, that of the difference over resamples of `size`
    sentences, times √size, so that it holds for corpus scores which are no means. None where there is no difference.
    """
    if difference == 0:
        return None
    reach = NormalDist().inv_cdf(1 - ALPHA / 2) + NormalDist().inv_cdf(POWER)
    return max(FEWEST, math.ceil((reach * deviation * math.sqrt(size) / difference) ** 2))


def _bounds(draws: Draws) -> tuple[float, float]:
    low, high = np.percentile(draws, [100 * ALPHA / 2, 100 * (1 - ALPHA / 2)])
    return float(low), float(high)
