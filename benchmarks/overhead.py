"""Where time goes outside the engine: its share, what of it is whose, the ten costliest functions, a flame graph.

    python -m benchmarks.overhead [--json] [--quick] [--sentences 300] [--flame FILE.svg]

The share is of one run with the enciphering model of opus-mt's size, the guard and the checks on, so it holds on a
busy machine too. The profile (py-spy: pip install 'dragoman[bench]') is of threads that hold the interpreter, which
leaves out what CTranslate2 does on its own; the model is small there, as Python's part does not depend on its size.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpus, flame, ground, profiled
from translate import api
from translate.document import Translation
from translate.engines.base import Around, Decoding, Engine
from translate.translator import Pipeline

# The first of these that a stack passes through, from the innermost frame out, is what the time is counted for.
_PARTS = {
    "translate/quality/": "checks",
    "translate/align/": "alignment",
    "translate/engines/tokenizer": "pieces",
    "translate/engines/guard": "guard",
    "translate/engines/": "engine, its Python",
    "translate/segment": "segmentation",
    "translate/casing": "casing",
    "translate/protect": "protection",
    "translate/markup": "markup",
    "translate/render/": "rendering",
    "translate/extract/": "extraction",
}
_TOP = 10


class Timed(Around):
    """An engine that adds up the seconds spent in it."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.seconds = 0.0

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """As the engine translates, timed."""
        started = time.perf_counter()
        try:
            return self._engine.translate(sentences, decoding)
        finally:
            self.seconds += time.perf_counter() - started


def share(sentences: int, rounds: int) -> dict[str, object]:
    """Seconds inside and outside the engine, their ratio, and this thread's own work in milliseconds a sentence."""
    loaded = ground.translator(ground.model_folder())._pipeline
    article = corpus.article(sentences)
    ratios, inside, outside, own = [], [], [], []
    for number in range(rounds + 1):
        timed = Timed(loaded.engine)
        translator = api.Translator(Pipeline(timed, *ground.PAIR, reviewer=loaded.reviewer))
        began, at_work = time.perf_counter(), time.thread_time()
        translator.translate(article).page  # noqa: B018 (making it is the work)
        rest = time.perf_counter() - began - timed.seconds
        if number:  # the first one warms up
            ratios.append(rest / timed.seconds)
            inside.append(timed.seconds)
            outside.append(rest)
            own.append(1000 * (time.thread_time() - at_work) / sentences)
    return {
        "sentences": sentences,
        "engine_s": round(statistics.median(inside), 3),
        "rest_s": round(statistics.median(outside), 3),
        "overhead": ground.spread(ratios, 4),
        "main_thread_ms_a_sentence": ground.spread(own, 2),
    }


def profile(sentences: int, drawn: Path | None) -> dict[str, object]:
    """Milliseconds of Python a sentence by part and by function; the flame graph goes to `drawn`."""
    if shutil.which("py-spy", path=str(Path(sys.executable).parent)) is None:
        return {"failed": "there is no py-spy: pip install 'dragoman[bench]'"}
    ground.model_folder("small")
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "stacks"
        work = [sys.executable, "-m", "benchmarks.profiled", str(sentences)]
        spy = [str(Path(sys.executable).parent / "py-spy"), "record", "--gil", "--rate", "200", "--format", "raw"]
        done = subprocess.run([*spy, "--output", str(raw), "--", *work], capture_output=True, text=True, check=False)
        if done.returncode or not raw.exists():
            said = (done.stderr.strip() or "no word why").splitlines()[-1]
            return {"failed": f"py-spy could not watch: {said}"}
        stacks = flame.stacks(raw.read_text("utf-8"), profiled.WORK)
    samples = sum(stacks.values())
    each = 1000 / 200 / sentences
    graph = flame.svg(stacks, f"Python outside the search, {sentences} sentences")
    if drawn is not None:
        drawn.write_text(graph, encoding="utf-8")
    functions = Counter[str]()
    parts = Counter[str]()
    for stack, count in stacks.items():
        functions[stack[-1]] += count
        parts[part(stack)] += count
    return {
        "sentences": sentences,
        "samples": samples,
        "parts": [{"part": name, "ms_a_sentence": round(n * each, 2)} for name, n in parts.most_common()],
        "top": [
            {"function": name, "ms_a_sentence": round(n * each, 3), "share": round(n / samples, 3)}
            for name, n in functions.most_common(_TOP)
        ],
        "flame": graph,
    }


def part(stack: Sequence[str]) -> str:
    """What a stack of frames, the outermost first, is counted for."""
    for frame in reversed(stack):
        for place, name in _PARTS.items():
            if f"({place}" in frame:
                return name
    return "the rest"


def main() -> None:
    """Measure and print."""
    given = ground.arguments(
        __doc__,
        ("--sentences", {"type": int, "default": 300}),
        ("--flame", {"type": Path, "metavar": "FILE.svg", "help": "where to draw the flame graph"}),
    )
    found = {
        "share": share(24, 1) if given.quick else share(60, 3),
        "profile": profile(given.sentences, given.flame),
    }
    if not given.json:
        found["profile"].pop("flame", None)
    ground.show(found, given.json)


if __name__ == "__main__":
    main()
