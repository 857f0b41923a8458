"""What one sentence costs, what longer documents cost, what starting costs, and how much memory it takes.

    python -m benchmarks.latency [--json] [--quick] [--size opus-mt|tc-big|small] [--rounds 25]

One short sentence, everything warm: bare CTranslate2, our engine and the whole library take turns; what the library
adds is the median of the differences. Documents of 1 to 300 sentences: seconds a sentence. Starting: new processes,
beside an interpreter that does nothing. Memory: this process's own, from before the library is imported.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from benchmarks import corpus, ground, model, throughput

_SHORT = "The minister denied that prices had risen."
_LENGTHS = (1, 3, 10, 30, 100, 300)
_HEAVY = ("torch", "transformers", "ctranslate2", "gradio", "pyarrow", "numpy")
_STARTS = {
    "python": ["-c", "pass"],
    "import translate": ["-c", "import translate"],
    "dragoman --help": ["-m", "translate.cli", "--help"],
}


def sentence(size: str, rounds: int) -> dict[str, object]:
    """Milliseconds for one short sentence of each layer, by the clock and of the processor, and what the library adds.

    Processor time is that of all cores, which is what stays comparable where others use them, too.
    """
    folder = ground.model_folder(size)
    translator = ground.translator(folder)
    engine = translator._pipeline.engine
    bare = throughput.Bare(folder)
    setting = throughput.Setting(1, ground.cores(), "examples", 1)
    (pieces,) = throughput.pieces(folder, [_SHORT])
    layers: dict[str, Callable[[], object]] = {
        "bare CTranslate2": lambda: bare.run([pieces], setting),
        "our engine": lambda: engine.translate([_SHORT]),
        "library": lambda: translator.translate(_SHORT).text,
    }
    wall: dict[str, list[float]] = {name: [] for name in layers}
    cpu: dict[str, list[float]] = {name: [] for name in layers}
    for number in range(rounds + 3):
        for name, work in layers.items():
            began = time.process_time()
            seconds = ground.timed(work)
            if number >= 3:  # the first ones warm up
                wall[name].append(1000 * seconds)
                cpu[name].append(1000 * (time.process_time() - began))
    pairs = list(zip(cpu["library"], cpu["our engine"], strict=True))
    return {
        "size": size,
        "pieces": len(pieces) - 1,
        "wall_ms": {name: ground.spread(its, 2) for name, its in wall.items()},
        "cpu_ms": {name: ground.spread(its, 2) for name, its in cpu.items()},
        "library_adds_cpu_ms": ground.spread([one - other for one, other in pairs], 2),
        "library_to_engine": ground.spread([one / other for one, other in pairs]),
    }


def lengths(size: str, most: int) -> list[dict[str, object]]:
    """Milliseconds a sentence in documents of different length; the sentences are the same."""
    translator = ground.translator(ground.model_folder(size))
    rows: list[dict[str, object]] = []
    for count in _LENGTHS:
        if count > most:
            break
        repeats = max(1, 12 // count)
        articles = [corpus.article(count, seed=number) for number in range(repeats)]
        seconds = ground.timed(lambda articles=articles: [translator.translate(one).text for one in articles])
        rows.append({"sentences": count, "ms_a_sentence": round(1000 * seconds / (repeats * count), 1)})
    return rows


def start(rounds: int) -> dict[str, object]:
    """Seconds to start, in turns, their ratio to the bare interpreter's, and what of the heavy libraries was loaded."""
    environment = {**os.environ, "PYTHONPATH": str(ground.ROOT)}

    def once(arguments: Sequence[str]) -> float:
        line = [sys.executable, *arguments]
        return ground.timed(lambda: subprocess.run(line, env=environment, capture_output=True, check=True))

    spent: dict[str, list[float]] = {name: [] for name in _STARTS}
    for _ in range(rounds):
        for name, line in _STARTS.items():
            spent[name].append(once(line))
    code = (
        "import sys, translate.cli\n"
        "try: translate.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {_HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    ).stderr
    return {
        "seconds": {name: ground.spread(its) for name, its in spent.items()},
        "times_python": {
            name: round(statistics.median(a / b for a, b in zip(its, spent["python"], strict=True)), 1)
            for name, its in spent.items()
        },
        "heavy_libraries_loaded": loaded.strip(),
    }


def memory(size: str, before: float) -> dict[str, object]:
    """MB of this process: before, with the model loaded, after work, and at its highest."""
    translator = ground.translator(ground.model_folder(size))
    loaded = ground.resident()
    translator.translate(corpus.article(30)).text  # noqa: B018 (making it is the work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return {
        "before_mb": round(before),
        "loaded_mb": round(loaded),
        "after_30_sentences_mb": round(ground.resident()),
        "peak_mb": round(peak),
    }


def main() -> None:
    """Measure and print."""
    given = ground.arguments(
        __doc__,
        ("--size", {"choices": tuple(model.SIZES), "default": "opus-mt"}),
        ("--rounds", {"type": int, "default": 25}),
    )
    before = ground.resident()
    rounds = 7 if given.quick else given.rounds
    ground.model_folder(given.size)
    found = {
        "size": given.size,
        "memory": memory(given.size, before),
        "sentence": sentence(given.size, rounds),
        # What the library adds does not depend on the model's size, and is seen best beside a small one.
        "added": sentence("small", 4 * rounds),
        "lengths": lengths(given.size, 30 if given.quick else 300),
        "start": start(5 if given.quick else 11),
    }
    ground.show(found, given.json)


if __name__ == "__main__":
    main()
