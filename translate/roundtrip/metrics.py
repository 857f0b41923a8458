"""Scores texts against references by sacrebleu, from statistics that are counted once a sentence and then only added.

A corpus score of chrF, TER and BLEU is a function of sums over sentences, so that a resample of the corpus costs an
addition and no counting. The counting and the functions are sacrebleu's own (its `_compute_segment_statistics` and
`_compute_score_from_stats`, which its own significance tests stand on); tests hold us to its `corpus_score` exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics.base import Metric as SacreMetric
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from translate.errors import InputError
from translate.roundtrip.types import Metric

Rows: TypeAlias = NDArray[np.float64]
"""Statistics, sentences × counts."""

_CHARACTER_ORDERS = 6
_COUNTS_AN_ORDER = 3

# Vowel signs and Quranic marks (Unicode's Arabic blocks), and tatweel.
_DIACRITICS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
_FOLDED = str.maketrans("أإآٱىة", "اااايه")
# Behind sacrebleu's own signature, so that nobody takes the one for the other.
_NORMALISED = "|arabic:stripped+folded.1"
_NORM = "-norm"


@dataclass(frozen=True)
class Statistics:
    """What a metric needs of each sentence of one system: `rows`, and how a score comes of their sum.

    `total` turns the sum of any number of rows into a score; `single` does so for one sentence (it differs for BLEU,
    which sacrebleu computes with effective order there).
    """

    metric: Metric
    rows: Rows
    total: Callable[[list[float]], float]
    single: Callable[[list[float]], float]

    def __len__(self) -> int:
        return len(self.rows)

    def corpus(self) -> float:
        """The score over all sentences."""
        return self.total(self.rows.sum(axis=0).tolist())

    def sentences(self) -> tuple[float, ...]:
        """The score of each sentence."""
        return tuple(self.single(row) for row in self.rows.tolist())

    def part(self, indices: Sequence[int]) -> Statistics:
        """The same of some of the sentences."""
        return replace(self, rows=self.rows[list(indices)])


@dataclass(frozen=True)
class _Measure:
    """A metric as sacrebleu has it; it reads the first `columns` of the counts that `counter` makes."""

    key: str
    label: str
    counter: str
    scorer: SacreMetric
    single: SacreMetric
    columns: int | None = None
    higher_is_better: bool = True

    def metric(self) -> Metric:
        self.scorer.num_refs = 1
        return Metric(self.key, self.label, str(self.scorer.get_signature()), self.higher_is_better)


_COUNTERS: Mapping[str, SacreMetric] = {
    "chrf": CHRF(word_order=2),
    "ter": TER(),
    "bleu": BLEU(tokenize="intl"),
}
_PLAIN_CHRF = CHRF()
# chrF2 counts what chrF2++ counts, but for the words, which come last: both are read from the same rows.
_MEASURES = (
    _Measure("chrf++", "chrF2++", "chrf", _COUNTERS["chrf"], _COUNTERS["chrf"]),
    _Measure("chrf", "chrF2", "chrf", _PLAIN_CHRF, _PLAIN_CHRF, _CHARACTER_ORDERS * _COUNTS_AN_ORDER),
    _Measure("ter", "TER", "ter", _COUNTERS["ter"], _COUNTERS["ter"], higher_is_better=False),
    # 13a, the default, splits ASCII punctuation only and leaves ، ؟ « glued to their words.
    _Measure("bleu", "BLEU", "bleu", _COUNTERS["bleu"], BLEU(tokenize="intl", effective_order=True)),
)


def normalise_arabic(text: str) -> str:
    """Arabic without what writers leave out at will: diacritics and tatweel gone, alef, ya and ta marbuta folded.

    أ إ آ ٱ become ا, ى becomes ي, ة becomes ه: the folding of Larkey et al. (SIGIR 2002), which retrieval and
    translation scores commonly use.
    """
    return strip_arabic(text).translate(_FOLDED)


def strip_arabic(text: str) -> str:
    """Arabic without diacritics and tatweel."""
    return _DIACRITICS.sub("", text)


def statistics(systems: Sequence[Sequence[str]], references: Sequence[str], language: str) -> list[list[Statistics]]:
    """For each system (its sentences, in the order of the references) the statistics of every metric, chrF2++ first.

    Where `language` is Arabic, every metric comes a second time over normalised text, its key ending in "-norm".
    Raises InputError where a system has more or fewer sentences than there are references, or there are none.
    """
    if not references:
        raise InputError("there is nothing to score: no sentence was given")
    for system in systems:
        if len(system) != len(references):
            raise InputError(f"{len(system):,} sentences cannot be scored against {len(references):,} references")
    found = _measured(systems, references, _MEASURES)
    if language == "ar":
        folded = [[normalise_arabic(text) for text in system] for system in systems]
        plain = [normalise_arabic(text) for text in references]
        for known, more in zip(found, _measured(folded, plain, _MEASURES), strict=True):
            known += [replace(one, metric=_normalised(one.metric)) for one in more]
    return found


def mean(metric: Metric, values: Sequence[float]) -> Statistics:
    """Statistics of a metric whose corpus score is the mean of its sentences' (a cosine)."""
    rows = np.array([[value, 1.0] for value in values], dtype=np.float64).reshape(-1, 2)
    return Statistics(metric, rows, _mean, _mean)


def _mean(row: list[float]) -> float:
    return row[0] / row[1] if row[1] else 0.0


def _normalised(metric: Metric) -> Metric:
    return replace(
        metric, key=metric.key + _NORM, label=f"{metric.label} normalised", signature=metric.signature + _NORMALISED
    )


def _measured(
    systems: Sequence[Sequence[str]], references: Sequence[str], measures: Sequence[_Measure]
) -> list[list[Statistics]]:
    counted = {name: _count(counter, systems, references) for name, counter in _COUNTERS.items()}
    return [
        [
            Statistics(
                measure.metric(),
                counted[measure.counter][number][:, : measure.columns],
                _scoring(measure.scorer),
                _scoring(measure.single),
            )
            for measure in measures
        ]
        for number in range(len(systems))
    ]


def _count(counter: SacreMetric, systems: Sequence[Sequence[str]], references: Sequence[str]) -> list[Rows]:
    """The rows of each system. A reference's n-grams are counted once for all systems and then forgotten: all of them
    at once would take some 100 KB a sentence.
    """
    rows: list[list[list[float]]] = [[] for _ in systems]
    for number, reference in enumerate(references):
        known = counter._extract_reference_info([counter._preprocess_segment(reference)])
        for system, its in zip(systems, rows, strict=True):
            its.append(counter._compute_segment_statistics(counter._preprocess_segment(system[number]), known))
    return [np.array(its, dtype=np.float64) for its in rows]


def _scoring(metric: SacreMetric) -> Callable[[list[float]], float]:
    return lambda row: float(metric._compute_score_from_stats(row).score)
