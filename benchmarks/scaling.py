"""Whether cost grows with the number of documents and no faster, what a second core brings, and what a GPU does.

    python -m benchmarks.scaling [--json] [--quick] [--documents 10000]

Documents: short ones through a batch with the tiny model, its checks on; seconds by the clock and of all cores' time,
and memory, for 1 to 10,000 documents. A hundred are run again before and after the others, as a machine changes while
it works. The clock counts: a hundred documents are one shard, whose parts follow each other; with more, reading,
search, checks and writing go on at once, and two cores that share a cache (or are one core's two threads) then take
more processor time for the same work.
Cores: the enciphering model of opus-mt's size on one core and on two. GPU: float16 and bfloat16, pieces a second and
how busy the card was.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from benchmarks import corpus, ground
from tests import batches
from translate import api, batch

_COUNTS = (1, 10, 100, 1000, 10_000)
_GPU_SENTENCES = 1000


def documents(folder: Path, most: int) -> dict[str, object]:
    """For each number of documents: seconds by the clock and of the processor a document, and memory at the end."""
    translator = batches.tiny()
    _batch(folder, 100, translator)  # loads what the checks need
    # The smallest batches last a moment, and a moment is easily disturbed.
    plan = [100, *(count for count in _COUNTS if count <= most for _ in range(3 if count <= 100 else 1)), 100]
    found: dict[int, list[dict[str, float]]] = {}
    for count in plan:
        found.setdefault(count, []).append(_batch(folder, count, translator))
        ground.tell(f"{count} documents: {1000 * found[count][-1]['cpu']:.1f} ms of a core each")
    rows = [
        {
            "documents": count,
            "ms_each": round(1000 * statistics.median(one["wall"] for one in its), 2),
            "cpu_ms_each": round(1000 * statistics.median(one["cpu"] for one in its), 2),
            "memory_mb": round(max(one["memory"] for one in its)),
        }
        for count, its in sorted(found.items())
    ]
    hundred = next(row for row in rows if row["documents"] == 100)
    last = rows[-1]
    return {
        "rows": rows,
        "most_to_100": round(last["ms_each"] / hundred["ms_each"], 3),
        "cpu_most_to_100": round(last["cpu_ms_each"] / hundred["cpu_ms_each"], 3),
        "memory_most_to_100": round(last["memory_mb"] / hundred["memory_mb"], 3),
    }


def _batch(folder: Path, count: int, translator: api.Translator) -> dict[str, float]:
    given, out = folder / "in", folder / "out"
    for number in range(count):
        path = given / f"{number // 1000:03}" / f"a{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(batches.article(number, 1), encoding="utf-8")
    asked = batch.Asked((given,), out, batch.Settings("en", "ar"), "benchmark")
    cpu, wall = time.process_time(), time.perf_counter()
    done = batch.run(asked, lambda: translator)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert done.done == count, done
    for path in (given, out):
        shutil.rmtree(path)
    return {"wall": wall / count, "cpu": cpu / count, "memory": ground.resident()}


def cores(sentences: int, rounds: int) -> list[dict[str, object]]:
    """Pieces a second of the library on 1, 2, … cores, if there are so many, and how many times one core's it is."""
    counts = [count for count in (1, 2, 4, 8, 16) if count <= ground.cores()]
    if not hasattr(os, "sched_setaffinity"):
        counts = counts[-1:]
    context = multiprocessing.get_context("spawn")
    speeds: dict[int, list[float]] = {count: [] for count in counts}
    for _ in range(rounds):
        for count in counts:
            results: multiprocessing.Queue[float] = context.Queue()
            process = context.Process(target=_on_cores, args=(count, sentences, results))
            process.start()
            speeds[count].append(results.get(timeout=600))
            process.join()
    one = statistics.median(speeds[counts[0]])
    return [
        {
            "cores": count,
            "pieces_per_second": round(statistics.median(its), 1),
            "times_one_core": round(statistics.median(its) / one, 2),
        }
        for count, its in speeds.items()
    ]


def _on_cores(count: int, sentences: int, results: multiprocessing.Queue[float]) -> None:
    from benchmarks.throughput import library

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])
    translator = ground.translator(ground.model_folder())
    lines = corpus.sentences(sentences)
    library(translator, lines[:4])
    results.put(library(translator, lines).speed)


def gpu() -> dict[str, object]:
    """The card's name, and pieces a second and share of time at work in float16 and bfloat16; or that there is none."""
    import ctranslate2

    if not ctranslate2.get_cuda_device_count():
        return {"gpu": None, "why": "no GPU on this machine"}
    from translate.engines.config import engine_config
    from translate.engines.ctranslate import CTranslateEngine
    from translate.registry import registry

    folder = ground.model_folder()
    (leg,) = registry().route_with(str(folder), *ground.PAIR).legs
    lines = corpus.sentences(_GPU_SENTENCES)
    rows: list[dict[str, object]] = []
    for kind in ("float16", "bfloat16", "int8_float16"):
        engine = CTranslateEngine(engine_config(leg, folder), device="cuda", compute_type=kind)
        engine.translate(lines[:64])
        with _Watched() as watched:
            began = time.perf_counter()
            done = engine.translate(lines)
            seconds = time.perf_counter() - began
        pieces = sum(len(one.target_pieces) for one in done)
        rows.append({"type": kind, "pieces_per_second": round(pieces / seconds), "busy_percent": watched.busy()})
    return {"gpu": _smi("name"), "rows": rows}


class _Watched:
    """Asks the driver five times a second how busy the card is."""

    def __enter__(self) -> _Watched:
        self._seen: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def busy(self) -> float | None:
        """The mean share of time with something running on the card, in per cent; None where nobody can say."""
        return round(statistics.mean(self._seen), 1) if self._seen else None

    def _watch(self) -> None:
        while not self._stop.wait(0.2):
            said = _smi("utilization.gpu")
            if said and said.isdigit():
                self._seen.append(float(said))


def _smi(field: str) -> str | None:
    line = ["nvidia-smi", f"--query-gpu={field}", "--format=csv,noheader,nounits", "--id=0"]
    try:
        return subprocess.run(line, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def main() -> None:
    """Measure and print."""
    given = ground.arguments(__doc__, ("--documents", {"type": int, "default": 10_000}))
    most = min(given.documents, 1000) if given.quick else given.documents
    with tempfile.TemporaryDirectory() as folder:
        found = {
            "documents": documents(Path(folder), most),
            "cores": cores(16, 1) if given.quick else cores(96, 2),
            "gpu": gpu(),
        }
    ground.show(found, given.json)


if __name__ == "__main__":
    main()
