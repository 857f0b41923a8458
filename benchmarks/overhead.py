"""What everything but the engine costs: extraction, segmentation, alignment, markup and rendering, against the engine.

    python -m benchmarks.overhead [--json] [--article FILE] [--rounds N]

One engine of opus-mt's size with random weights, int8, beam 4, output as long as the source. Its time and the time of
the whole translation are taken in the same run, so the ratio holds on a busy machine too. The guard is left out:
random weights loop, and its retries would count as the engine's.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.random_model import build
from translate import extract
from translate.api import Result
from translate.document import ModelUse, Translation
from translate.engines import make
from translate.engines.base import Decoding, Engine, EngineConfig
from translate.translator import Pipeline

ROOT = Path(__file__).parent.parent


class Timed:
    """An engine that adds up the seconds spent in it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.seconds = 0.0
        self.uses = engine.uses
        self.max_source = engine.max_source

    def count(self, sentence: str) -> int:
        """As the engine counts; not timed, because only the pipeline asks."""
        return self._engine.count(sentence)

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """As the engine translates, timed."""
        started = time.perf_counter()
        try:
            return self._engine.translate(sentences, decoding)
        finally:
            self.seconds += time.perf_counter() - started


def measure(article: Path, rounds: int) -> dict[str, object]:
    """Seconds of the engine and of the rest, and their ratio, over `rounds` translations of the article."""
    with tempfile.TemporaryDirectory() as folder:
        model = build(Path(folder) / "model", ROOT / "tests" / "data" / "tiny-en-ar")
        use = ModelUse("random", "benchmarks/random", "0", "none", "ctranslate")
        config = EngineConfig(model, use, "en", "ar", cache_name="benchmarks--random")
        engine = make(config, decoding=Decoding(max_ratio=1.0, max_extra=0))
        ratios, inside, outside = [], [], []
        for round_ in range(rounds + 1):
            timed = Timed(engine)
            started = time.perf_counter()
            document = extract.read_file(article)
            result = Result(Pipeline(timed, "en", "ar").translate(document))
            size = len(result.page) + len(result.json)
            rest = time.perf_counter() - started - timed.seconds
            if round_:  # the first one warms up
                ratios.append(rest / timed.seconds)
                inside.append(timed.seconds)
                outside.append(rest)
    return {
        "article": article.name,
        "sentences": len(result.sentences),
        "characters_out": size,
        "engine_s": round(statistics.median(inside), 3),
        "rest_s": round(statistics.median(outside), 3),
        "overhead": round(statistics.median(ratios), 4),
        "overhead_range": [round(min(ratios), 4), round(max(ratios), 4)],
    }


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--article", type=Path, default=ROOT / "seeds" / "live-report.txt")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    found = measure(arguments.article, arguments.rounds)
    if arguments.json:
        print(json.dumps(found, indent=2))
        return
    for name, value in found.items():
        print(f"{name:<16}{value}")


if __name__ == "__main__":
    main()
