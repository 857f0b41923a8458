"""The embedded model's cost and quality: first use, start, speed, memory, and chrF on a set of sentence pairs.

    python -m benchmarks.embedded                      on the sentences of seeds/live-report.txt, English to Arabic
    python -m benchmarks.embedded --pairs FOLDER       with chrF, both ways, on FOLDER/en.txt and FOLDER/ar.txt
    python -m benchmarks.embedded --first-use          also what converting the model costs, and what its cut changes

Times are of the wall and of the processor (all cores); the load average before and after says who else was at work.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from translate import cache
from translate.document import Translation
from translate.engines import embedded, embedded_pieces
from translate.engines.base import Decoding, EngineConfig
from translate.engines.config import engine_config
from translate.engines.embedded import EmbeddedEngine
from translate.extract import read_file
from translate.registry import registry
from translate.segment import sentences

ARTICLE = Path(__file__).parent.parent / "seeds" / "live-report.txt"
_PREPARE = 'import sys; from translate.engines.embedded import prepare; prepare(sys.argv[1], "ar")'


@dataclass(frozen=True)
class Clock:
    """A moment, on the wall and on this process's processor time; both in seconds."""

    wall: float
    processor: float

    @classmethod
    def now(cls) -> Clock:
        return cls(time.perf_counter(), time.process_time())

    def since(self) -> Clock:
        now = Clock.now()
        return Clock(now.wall - self.wall, now.processor - self.processor)

    def __str__(self) -> str:
        return f"{self.wall:.1f} s wall, {self.processor:.1f} s processor"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, metavar="FOLDER", help="a folder with en.txt and ar.txt, line by line")
    parser.add_argument("--lines", type=int, default=100, metavar="N", help="how many lines of it (100)")
    parser.add_argument("--skip", type=int, default=0, metavar="N", help="how many lines to leave out before them (0)")
    parser.add_argument("--beam", type=int, nargs="+", default=[1, 4], metavar="N", help="beam sizes (1 4)")
    parser.add_argument("--first-use", action="store_true", help="convert the model anew, in a folder of its own")
    arguments = parser.parse_args()
    print(f"load average {_load_average()}")
    if arguments.first_use:
        first_use(arguments.pairs)
    texts = read(arguments.pairs, arguments.skip, arguments.lines)
    for source, target in (("en", "ar"), ("ar", "en")):
        if source in texts:
            measure(source, target, texts, arguments.beam)
    print(f"peak memory {_peak(resource.RUSAGE_SELF):,} MiB, load average {_load_average()}")


def read(folder: Path | None, skip: int, count: int) -> dict[str, list[str]]:
    """The sentences by language: the article's without a folder."""
    if folder is None:
        document = read_file(ARTICLE)
        return {"en": [sentence.text for block in document.blocks for sentence in sentences(block, "en")]}
    texts = {}
    for language in ("en", "ar"):
        with (folder / f"{language}.txt").open(encoding="utf-8") as lines:
            texts[language] = [line.strip() for line in islice(lines, skip, skip + count)]
    return texts


def measure(source: str, target: str, texts: dict[str, list[str]], beams: Sequence[int]) -> None:
    """Print what starting the engine and translating the texts takes, and chrF where there are references."""
    clock = Clock.now()
    engine = EmbeddedEngine(configuration(source, target))
    print(f"\n{source}-{target}: start {clock.since()}")
    engine.translate(texts[source][:2])  # the first batch finds memory cold
    for beam in beams:
        clock = Clock.now()
        done = engine.translate(texts[source], Decoding(beam=beam))
        taken = clock.since()
        pieces = sum(len(translation.target_pieces) for translation in done)
        unfinished = sum(bool(translation.issues) for translation in done)
        print(
            f"  beam {beam}: {len(done)} sentences, {pieces} pieces, {unfinished} without an end; {taken}; "
            f"{pieces / taken.wall:.0f} pieces/s wall, {pieces / taken.processor:.0f} a processor second"
        )
        if target in texts:
            print(f"  beam {beam}: {_chrf(done, texts[target])}")


def configuration(source: str, target: str) -> EngineConfig:
    (leg,) = registry().route(source, target, "embedded").legs
    return engine_config(leg, Path())


def first_use(pairs: Path | None) -> None:
    """Print what the first use takes, how small the model gets, and how many lines the cut vocabulary splits otherwise.

    It runs in a process and a cache of its own, so that its memory is its own.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, cache.CACHE_VARIABLE: folder}
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", _PREPARE, "benchmark"], check=True, env=environment)
        taken = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"first use: {taken:.1f} s wall, {used.ru_utime + used.ru_stime:.1f} s processor, "
            f"peak memory {_peak(resource.RUSAGE_CHILDREN):,} MiB, {cache.size(Path(folder)) / 1e6:.0f} MB on disk"
        )
        if pairs is not None:
            compare_pieces(Path(folder), pairs)


def compare_pieces(folder: Path, pairs: Path) -> None:
    """Print how many lines the cut vocabulary and the whole one split alike."""
    from translate.engines import embedded_build  # torch and transformers

    embedded_build.base.assemble(folder / "base.gguf")
    whole = embedded_build.read(folder / "base.gguf").pieces
    # Markup and runs of white space have pieces of their own in the whole vocabulary, but not in a sentence.
    embedded_pieces.write(
        [piece for piece in whole if piece.text.strip() or piece.text == "\n"], folder / "whole.model"
    )
    full = embedded_pieces.Pieces(folder / "whole.model")
    cut = embedded_pieces.Pieces(embedded.prepare(configuration("en", "ar").cache_name, "ar") / embedded_pieces.FILE)
    print(f"vocabulary: {len(cut):,} of {len(whole):,} pieces")
    for language in ("en", "ar"):
        lines = [" ".join(line.split()) for line in (pairs / f"{language}.txt").open(encoding="utf-8")]
        same = sum(full.encode(line) == cut.encode(line) for line in lines)
        print(f"  {language}: {same} of {len(lines)} lines in the same pieces")


def _chrf(done: Sequence[Translation], references: Sequence[str]) -> str:
    from sacrebleu.metrics import CHRF

    metric = CHRF()
    score = metric.corpus_score([translation.text for translation in done], [list(references)])
    return f"chrF2 {score.score:.1f} ({metric.get_signature()})"


def _peak(whose: int) -> int:
    """Peak resident memory in MiB; the system counts in KiB, macOS in bytes."""
    return int(resource.getrusage(whose).ru_maxrss) >> (20 if sys.platform == "darwin" else 10)


def _load_average() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


if __name__ == "__main__":
    main()
