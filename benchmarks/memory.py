"""The translation memory: TMX out and in, exact and similar finds, and what a second translation costs.

    python -m benchmarks.memory [--json] [--units N]

100,000 made-up units, with words as unevenly spread as a language's. Goal: TMX out and in without loss in under 30
seconds and 300 MB. CPU seconds hold on a busy machine, seconds by the clock do not; each part runs in a process of its
own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from translate import api, extract
from translate.document import Translation
from translate.memory import Asked, Entry, Memory, Origin, bring_in, write

ROOT = Path(__file__).parent.parent
PAIR = ("en", "ar")
ORIGIN = Origin("made up", "{}")
_LETTERS = "etaoinshrdlucmfwyp"
_WORDS = 20_000
_ASKED = 200


def sentences(count: int) -> Iterator[str]:
    """`count` different sentences of 18 words on average, always the same."""
    chance = random.Random(20)
    words = ["".join(chance.choices(_LETTERS, k=chance.randint(2, 9))) for _ in range(_WORDS)]
    weights = list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))
    for number in range(count):
        length = max(3, round(chance.gauss(18, 8)))
        yield " ".join(chance.choices(words, cum_weights=weights, k=length)) + f" {number}."


def fill(folder: Path, count: int) -> dict[str, object]:
    """Approved entries put into a memory."""
    memory = Memory(folder / "one.sqlite")
    memory.put(Entry(text, Translation(text[::-1]), PAIR) for text in sentences(count))
    return {"entries": memory.stats().entries, "file_mb": round(memory.stats().size / 1e6, 1)}


def leave(folder: Path, _: int) -> dict[str, object]:
    """All of it written as TMX."""
    file = folder / "all.tmx"
    with file.open("w", encoding="utf-8", newline="") as out:
        out.writelines(write(Memory(folder / "one.sqlite"), "tmx"))
    return {"file_mb": round(file.stat().st_size / 1e6, 1)}


def enter(folder: Path, _: int) -> dict[str, object]:
    """The TMX read into an empty memory."""
    other = Memory(folder / "other.sqlite")
    return {"entries": bring_in(other, str(folder / "all.tmx")).entries}


def compare(folder: Path, _: int) -> dict[str, object]:
    """Both memories, entry for entry."""
    one, other = (Memory(folder / name).entries() for name in ("one.sqlite", "other.sqlite"))
    return {"lost": sum(a != b for a, b in zip(one, other, strict=True))}


def find(folder: Path, count: int) -> dict[str, object]:
    """Every text looked for, a window of sentences at a time, as the pipeline does."""
    memory = Memory(folder / "other.sqlite")
    asked = [Asked(text) for text in sentences(count)]
    found = sum(len(memory.find(asked[at : at + 256], PAIR, ORIGIN)) for at in range(0, count, 256))
    return {"found": found}


def similar(folder: Path, count: int) -> dict[str, object]:
    """Sentences with one word in six changed, against all; and how many matches only comparing with all finds."""
    memory = Memory(folder / "other.sqlite")
    chance = random.Random(3)
    texts = chance.sample(list(sentences(count)), min(_ASKED, count))
    memory.similar(texts[0], PAIR)  # fills the index
    spent, missed, wanted = [], 0, 0
    for number, text in enumerate(texts):
        words = text.split()
        for place in chance.sample(range(len(words)), max(1, len(words) // 6)):
            words[place] = "".join(chance.choices(_LETTERS, k=6))
        started = time.process_time()
        matches = {match.entry.source for match in memory.similar(" ".join(words), PAIR)}
        spent.append(1000 * (time.process_time() - started))
        if number < _ASKED // 8:
            every = {match.entry.source for match in memory.similar(" ".join(words), PAIR, everything=True)}
            missed, wanted = missed + len(every - matches), wanted + len(every)
    return {
        "median_ms": round(statistics.median(spent), 1),
        "p95_ms": round(statistics.quantiles(spent, n=20)[-1], 1),
        "missed": f"{missed} of {wanted}",
    }


def again(folder: Path, _: int) -> dict[str, object]:
    """An article with the tiny model, unchecked, the first time and the second."""
    model = ROOT / "tests" / "data" / "tiny-en-ar"
    article = extract.read_file(ROOT / "seeds" / "live-report.txt")
    seconds = []
    for _ in range(2):
        translator = api.load(*PAIR, model=model, offline=True, qa=False, memory=folder / "article.sqlite")
        started = time.perf_counter()
        translator.translate(article)
        seconds.append(time.perf_counter() - started)
    return {
        "first_s": round(seconds[0], 3),
        "second_s": round(seconds[1], 3),
        "times": round(seconds[0] / seconds[1], 1),
    }


PARTS: tuple[Callable[[Path, int], dict[str, object]], ...] = (fill, leave, enter, compare, find, similar, again)


def _measured(number: int, folder: Path, count: int, results: multiprocessing.Queue[dict[str, object]]) -> None:
    clock, cpu = time.perf_counter(), time.process_time()
    found = PARTS[number](folder, count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    spent = {"seconds": round(time.perf_counter() - clock, 2), "cpu_s": round(time.process_time() - cpu, 2)}
    results.put({"part": PARTS[number].__name__, **spent, "peak_mb": round(peak), **found})


def measure(count: int) -> list[dict[str, object]]:
    """What each part took, in order; a part stands on those before."""
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[dict[str, object]] = context.Queue()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(len(PARTS)):
            process = context.Process(target=_measured, args=(number, Path(folder), count, results))
            process.start()
            rows.append(results.get(timeout=600))
            process.join()
    return rows


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--units", type=int, default=100_000)
    arguments = parser.parse_args()
    rows = measure(arguments.units)
    if arguments.json:
        print(json.dumps(rows, indent=2))
        return
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
