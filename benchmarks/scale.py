"""What sizing a cluster needs to know: sentences a second here and on Ray, and how much one driver can bear.

    python -m benchmarks.scale [--documents 400] [--long] [--workers 2] [--engine tiny|opus-mt] [--driver-documents N]

Speed: short documents (with --long, articles) through a batch of this process (two lanes, all cores) and through a
Ray of this machine (workers of one thread each), from the first finished shard to the last, so that neither start
counts; starts stand beside them. The engine is the tests' tiny model, or one of opus-mt's size (random weights, int8,
beam 4, output as long as the source). Driver: articles of 21 sentences through lanes that give each back as it came,
as files and as one table: what is left is reading, hashing, the journal and writing, which one process does for a
whole cluster.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.random_model import build
from tests import batches
from translate import api, batch
from translate.batch import Finding, Job, Outcome, Settings, State
from translate.batch.cluster import Cluster, RayLanes
from translate.document import ModelUse
from translate.engines import make
from translate.engines.base import Decoding, EngineConfig
from translate.quality import settings as rules
from translate.quality.reviewer import Reviewer
from translate.translator import Pipeline

_SENTENCES = 21
_FINDING = Finding(
    3, "numbers.missing", "warning", "The number “12” is not in the translation.", "العدد «12» ليس في الترجمة.", "", ""
)


@dataclass(frozen=True)
class Load:
    """Loads an engine with so many threads (None: all cores); it can be pickled."""

    model: Path | None
    threads: int | None

    def __call__(self) -> api.Translator:
        if self.model is None:
            return api.load("en", "ar", model=batches.TINY, threads=self.threads, on_event=lambda _: None)
        use = ModelUse("random", "benchmarks/random", "0", "none", "ctranslate")
        config = EngineConfig(self.model, use, "en", "ar", cache_name="benchmarks--random")
        engine = make(config, decoding=Decoding(max_ratio=1.0, max_extra=0), threads=self.threads)
        return api.Translator(Pipeline(engine, "en", "ar", reviewer=Reviewer(rules(None))))


class _Watch:
    """Notes when shards were finished, how many sentences they had, and the memory of processes then."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.shards: list[tuple[float, float, int]] = []
        self.memory: list[float] = []
        self.sentences = 0
        self.workers: list[float] = []

    def hear(self, event: batch.Event) -> None:
        if event.what == "document":
            self.sentences += int(str(event.data["sentences"]))
        elif event.what == "shard":
            self.shards.append((time.perf_counter() - self.began, time.process_time(), self.sentences))
            self.memory.append(_held("/proc/self"))
            if len(self.shards) == 5:
                self.workers = _workers()

    def figures(self, documents: int) -> dict[str, object]:
        (first, cpu, early), (last, cpu_last, late) = self.shards[0], self.shards[-1]
        part = documents * (late - early) / late
        return {
            "sentences": late,
            "seconds_to_first_shard": round(first, 1),
            "sentences_per_second": round((late - early) / (last - first), 1),
            "cpu_ms_per_document_here": round(1000 * (cpu_last - cpu) / part, 2),
            "memory_here_mb": [self.memory[i * (len(self.memory) - 1) // 4] for i in range(5)],
            "worker_memory_mb": self.workers,
        }


def _held(process: str | Path) -> float:
    """The memory that a process holds, what it shares with others counted by its share, MB (Linux)."""
    text = Path(process, "smaps_rollup").read_text("ascii")
    return round(int(text.split("Pss:")[1].split()[0]) / 1000, 1)


def _workers() -> list[float]:
    """The same of each of Ray's workers."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if b"ray::MapWorker" in (process / "cmdline").read_bytes():
                found.append(_held(process))
        except OSError:
            continue
    return found


def _article(number: int) -> str:
    """Twenty sentences that hardly ever come twice."""
    said = batches.article(number, 20).replace("\n\n", " ").split(". ")[:40]
    pairs = zip(said[::2], said[1::2], strict=True)
    return "\n\n".join(f"{one}, and {other[0].lower()}{other[1:]} in year {number}." for one, other in pairs) + "\n"


def speed(folder: Path, documents: int, workers: int, engine: str, shard_size: int, is_long: bool) -> dict[str, object]:
    """A batch here and on Ray."""
    model = build(folder / "model", batches.TINY) if engine == "opus-mt" else None
    given = folder / "in"
    given.mkdir()
    for number in range(documents):
        (given / f"a{number:04}.txt").write_text(
            _article(number) if is_long else batches.article(number), encoding="utf-8"
        )
    found: dict[str, object] = {"documents": documents, "engine": engine, "shard_size": shard_size}
    for name in ("here", "ray"):
        watch = _Watch()
        asked = replace(batches.asked(given, folder / name), shard_size=shard_size)
        if name == "here":
            batch.run(asked, Load(model, None), tell=watch.hear)
        else:
            cluster = Cluster(workers=workers)
            batch.run(asked, Load(model, 1), tell=watch.hear, lanes=lambda load, at=cluster: RayLanes(load, at, print))  # type: ignore[misc]
        found[name] = watch.figures(documents)
    return found


class _Echo:
    """Lanes that give each document back as it came, with two issues."""

    count = 1

    def translate(self, shards: Iterator[list[Job]], _: Settings) -> Iterator[list[Outcome]]:
        for shard in shards:
            yield [
                Outcome(
                    job,
                    State.DONE,
                    tuple(text.encode() for text in job.texts) or (job.data,),
                    _SENTENCES,
                    200,
                    warnings=2,
                    findings=(_FINDING, _FINDING),
                )
                for job in shard
            ]


def driver(folder: Path, documents: int) -> dict[str, object]:
    """Documents a second of one driver, and what it leaves on the disk."""
    given = folder / "many"
    for number in range(documents):
        path = given / f"{number // 1000:03}" / f"a{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(batches.article(number, _SENTENCES // 2), encoding="utf-8")
    table = folder / "table" / "many.jsonl"
    table.parent.mkdir()
    with table.open("w", encoding="utf-8") as file:
        for number in range(documents):
            print(json.dumps({"id": number, "body": batches.article(number, _SENTENCES // 2)}), file=file)
    size = table.stat().st_size / documents
    found: dict[str, object] = {"documents": documents, "bytes_per_document": round(size)}
    for name, source in (("files", given), ("table", table.parent)):
        out = folder / f"{name}-out"
        asked = replace(batches.asked(source, out), columns=("body",), id_column="id")
        before, held = _held("/proc/self"), [0.0]
        work = partial(batch.run, asked, batches.tiny, lanes=lambda _: _Echo())
        seconds = _timed(partial(work, tell=partial(_note, held)))
        again = _timed(work)
        journal = sum(path.stat().st_size for path in (out / ".dragoman").glob("journal.sqlite*"))
        report = sum((out / name).stat().st_size for name in ("report.json", "report.html"))
        found[name] = {
            "documents_per_second": round(documents / seconds, 1),
            "second_run_documents_per_second": round(documents / again, 1),
            "memory_bytes_per_document": round(1e6 * (max(held) - before) / documents),
            "journal_bytes_per_document": round(journal / documents),
            "report_bytes_per_document": round(report / documents),
        }
    return found


def _note(held: list[float], event: batch.Event) -> None:
    if event.what in ("shard", "table", "end"):
        held.append(_held("/proc/self"))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> int:
    """Measure and print."""
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("--documents", type=int, default=400)
    command.add_argument("--long", action="store_true", help="articles of 20 sentences of some 16 words")
    command.add_argument("--workers", type=int, default=2)
    command.add_argument("--engine", choices=["tiny", "opus-mt"], default="tiny")
    command.add_argument("--shard-size", type=int, default=10)
    command.add_argument("--driver-documents", type=int, default=20_000)
    command.add_argument("--json", action="store_true")
    given = command.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = {
            "speed": speed(Path(folder), given.documents, given.workers, given.engine, given.shard_size, given.long)
            if given.documents
            else {},
            "driver": driver(Path(folder), given.driver_documents) if given.driver_documents else {},
        }
    if given.json:
        print(json.dumps(found, indent=1))
        return 0
    for part, figures in found.items():
        for name, figure in figures.items():
            print(f"{part:7} {name:20} {figure}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
