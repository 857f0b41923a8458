"""How good the models at hand are on a parallel split: chrF2 and BLEU with intervals, beside what others published.

    python -m benchmarks.quality FOLDER [--json] [--quick] [--model NAME|FOLDER]... [--pair en-ar|ar-en]
                                        [--lines 200] [--skip 0]

FOLDER holds en.txt and ar.txt, line by line. Without --model: every model of models.yaml whose files are on this
machine, and the tiny test models. Intervals are of 1,000 resamples of the lines (95%). Published figures are chrF on
FLORES-200 devtest, from models.yaml: another split, so near them is all that can be expected.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import ground
from translate import api, hub
from translate.document import Block, Document, Kind
from translate.errors import DragomanError
from translate.registry import registry
from translate.roundtrip import bootstrap
from translate.roundtrip.metrics import statistics

_TINY = {("en", "ar"): "tiny-en-ar", ("ar", "en"): "tiny-ar-en"}
_METRICS = ("chrf", "bleu")


def at_hand() -> Iterator[tuple[str, tuple[str, str]]]:
    """Every model on this machine with each of our pairs that it serves."""
    for name, spec in registry().models.items():
        for pair in _TINY:
            if hub.cached(spec) is not None and pair in {tuple(one) for one in spec.pairs}:
                yield name, pair
    for pair, folder in _TINY.items():
        yield str(ground.ROOT / "tests" / "data" / folder), pair


def measure(name: str, pair: tuple[str, str], sources: Sequence[str], references: Sequence[str]) -> dict[str, object]:
    """The model's scores, and lines a second; the reason where it cannot be had."""
    row: dict[str, object] = {"model": Path(name).name, "pair": "-".join(pair)}
    try:
        translator = api.load(*pair, model=name, offline=True, qa=False, on_event=lambda _: None)
        document = Document(tuple(Block(line) for line in sources), Kind.TEXT, pair[0])
        began = time.perf_counter()
        done = translator.translate(document)
        seconds = time.perf_counter() - began
    except DragomanError as exc:
        return {**row, "failed": str(exc)}
    hypotheses = [block.target.text for block in done.document.blocks]
    (found,) = statistics([hypotheses], references, pair[1])
    for one in found:
        if one.metric.key in _METRICS:
            score = bootstrap.sample(one).score
            row[one.metric.key] = {
                "value": round(score.value, 1),
                "low": round(score.low, 1),
                "high": round(score.high, 1),
                "signature": one.metric.signature,
            }
    published = registry().models[name].flores_chrf.get("-".join(pair)) if name in registry().models else None
    return {**row, "published_chrf": published, "lines_per_second": round(len(sources) / seconds, 1)}


def main() -> None:
    """Measure and print."""
    given = ground.arguments(
        __doc__,
        ("folder", {"type": Path}),
        ("--model", {"action": "append", "default": [], "metavar": "NAME|FOLDER"}),
        ("--pair", {"choices": ["-".join(pair) for pair in _TINY], "help": "of the models named: only this direction"}),
        ("--lines", {"type": int, "default": 200}),
        ("--skip", {"type": int, "default": 0}),
    )
    count = 50 if given.quick else given.lines
    texts = {
        code: (given.folder / f"{code}.txt").read_text("utf-8").splitlines()[given.skip :][:count]
        for code in ("en", "ar")
    }
    pairs = [pair for pair in _TINY if given.pair in (None, "-".join(pair))]
    chosen = [(name, pair) for name in given.model for pair in pairs] or list(at_hand())
    rows = [measure(name, pair, texts[pair[0]], texts[pair[1]]) for name, pair in chosen]
    ground.show({"split": given.folder.name, "lines": len(texts["en"]), "models": rows}, given.json)


if __name__ == "__main__":
    main()
