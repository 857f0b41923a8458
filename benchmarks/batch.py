"""How fast a batch is beside the bare engine, how much memory it takes, and what a second run costs.

    python -m benchmarks.batch [--documents 20000] [--rounds 3] [--speed-documents 1000] [--shard-size 200] [--json]

Two parts. Speed: short documents through a batch and the same sentences through one call of the bare engine, in turns,
with an engine of opus-mt's size (random weights, int8, beam 4, 22 pieces out for each sentence; no guard, which would
retry what random weights say), beside CTranslate2 itself on the same pieces; the ratios hold on a busy machine. Memory
and second runs: short documents through a batch with the tiny model; the process's own memory is read at every shard;
then the same again, and again with 5% of the documents changed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.random_model import build
from tests import batches
from translate import api, batch, segment
from translate.document import Kind, ModelUse
from translate.engines import make, tokenizer
from translate.engines.base import Decoding, EngineConfig
from translate.engines.convert import converted
from translate.engines.ctranslate import available_cores
from translate.extract import document
from translate.quality import settings as rules
from translate.quality.reviewer import Reviewer
from translate.translator import Pipeline

ROOT = Path(__file__).parent.parent
# Target pieces of each sentence, as many as the sources of `_varied` have on average.
_PIECES = 22


def _asked(given: Path, out: Path, shard_size: int = batch.SHARD_SIZE) -> batch.Asked:
    return batch.Asked((given,), out, batch.Settings("en", "ar"), "benchmark", shard_size=shard_size)


def _varied(folder: Path, documents: int) -> Path:
    """Short articles whose sentences hardly ever come twice: a batch must not be faster by remembering."""
    folder.mkdir()
    for number in range(documents):
        said = batches.article(number, 3).replace("\n\n", " ").split(". ")[:6]
        pairs = zip(said[::2], said[1::2], strict=True)
        lines = [f"{one}, and {other[0].lower()}{other[1:]} in year {number}." for one, other in pairs]
        (folder / f"a{number:05}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def speed(folder: Path, documents: int, rounds: int, shard_size: int) -> dict[str, object]:
    """Target tokens a second of bare CTranslate2, of one call of our engine, and of a batch with its checks on."""
    model = build(folder / "model", batches.TINY)
    use = ModelUse("random", "benchmarks/random", "0", "none", "ctranslate")
    config = EngineConfig(model, use, "en", "ar", cache_name="benchmarks--random")
    # Random weights come to no end: every search is as long as it may be, whoever asks.
    engine = make(config, decoding=Decoding(max_ratio=0.0, max_extra=_PIECES))
    given = _varied(folder / "in", documents)
    translator = api.Translator(Pipeline(engine, "en", "ar", reviewer=Reviewer(rules(None))))
    texts = [path.read_text("utf-8") for path in sorted(given.rglob("*.txt"))]
    sentences = [
        sentence.text
        for text in texts
        for block in document(text, Kind.TEXT).blocks
        for sentence in segment.sentences(block, "en")
    ]
    # The batch translates a sentence again that comes again in another window; that is its own loss.
    distinct = list(dict.fromkeys(sentences))
    bare = _bare(config, distinct)
    engine.translate(sentences[:16])
    bare_seconds, engine_seconds, batch_seconds = [], [], []
    for number in range(rounds):
        bare_seconds.append(_timed(bare))
        out = folder / f"out{number}"
        batch_seconds.append(_timed(lambda out=out: batch.run(_asked(given, out, shard_size), lambda: translator)))  # type: ignore[misc]
        engine_seconds.append(_timed(lambda: engine.translate(distinct)))
    pieces = _PIECES * len(distinct)
    to_bare = [one / other for one, other in zip(bare_seconds, batch_seconds, strict=True)]
    to_engine = [one / other for one, other in zip(engine_seconds, batch_seconds, strict=True)]
    return {
        "documents": documents,
        "sentences": len(sentences),
        "distinct": len(distinct),
        "bare_tokens_per_second": round(pieces / statistics.median(bare_seconds), 1),
        "engine_tokens_per_second": round(pieces / statistics.median(engine_seconds), 1),
        "batch_tokens_per_second": round(pieces / statistics.median(batch_seconds), 1),
        "batch_to_bare": round(statistics.median(to_bare), 3),
        "batch_to_engine": round(statistics.median(to_engine), 3),
        "each_to_bare": [round(one, 3) for one in to_bare],
        "each_to_engine": [round(one, 3) for one in to_engine],
    }


def _bare(config: EngineConfig, sentences: Sequence[str]) -> Callable[[], object]:
    """One call of CTranslate2 by itself for the same sentences, already in pieces: the same search, int8, all cores."""
    from ctranslate2 import Translator

    split = tokenizer.load(config)
    read = [split.encode(sentence).pieces for sentence in sentences]
    model = Translator(
        str(converted(config, "int8")), compute_type="int8", inter_threads=available_cores(), intra_threads=1
    )
    return lambda: model.translate_batch(
        read,
        max_batch_size=1024,
        batch_type="tokens",
        beam_size=4,
        max_decoding_length=_PIECES,
        max_input_length=0,
        disable_unk=True,
    )


def _resident() -> float:
    """The memory that this process holds, MB (Linux)."""
    fields = Path("/proc/self/statm").read_text("ascii").split()
    return int(fields[1]) * 4096 / 1e6


def memory(folder: Path, documents: int) -> dict[str, object]:
    """Memory over a batch of short documents, and what it takes to run it again, unchanged and with 5% changed."""
    given = folder / "many"
    for number in range(documents):
        path = given / f"{number // 1000:03}" / f"a{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(batches.article(number, 1), encoding="utf-8")
    translator = batches.tiny()
    seen: list[tuple[float, float]] = []
    began = time.perf_counter()

    def hear(event: batch.Event) -> None:
        if event.what == "shard":
            seen.append((time.perf_counter() - began, _resident()))

    first = batch.run(_asked(given, folder / "done"), lambda: translator, tell=hear)
    again = _timed(lambda: batch.run(_asked(given, folder / "done"), lambda: translator))
    for path in sorted(given.rglob("*.txt"))[::20]:
        path.write_text(path.read_text("utf-8") + "\nGood book.\n", encoding="utf-8")
    changed = batch.run(_asked(given, folder / "done"), lambda: translator)
    later = [size for at, size in seen if at >= min(60.0, seen[-1][0] / 4)]
    return {
        "documents": documents,
        "sentences": first.sentences,
        "seconds": round(first.seconds, 1),
        "documents_per_second": round(documents / first.seconds, 1),
        "memory_mb": [round(seen[i * (len(seen) - 1) // 8][1], 1) for i in range(9)],
        "memory_after_start_mb": [round(min(later), 1), round(max(later), 1)],
        "memory_spread": round(max(later) / min(later) - 1, 3),
        "second_run_seconds": round(again, 2),
        "times_faster": round(first.seconds / again, 1),
        "changed": {"done": changed.done, "unchanged": changed.unchanged, "seconds": round(changed.seconds, 2)},
    }


def main() -> int:
    """Measure and print."""
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("--documents", type=int, default=20_000)
    command.add_argument("--speed-documents", type=int, default=1000)
    command.add_argument("--shard-size", type=int, default=batch.SHARD_SIZE)
    command.add_argument("--rounds", type=int, default=3)
    command.add_argument("--json", action="store_true")
    given = command.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = {
            "speed": speed(Path(folder), given.speed_documents, given.rounds, given.shard_size)
            if given.rounds
            else None,
            "memory": memory(Path(folder), given.documents) if given.documents else None,
        }
    if given.json:
        print(json.dumps(found, indent=1))
        return 0
    for part, figures in found.items():
        for name, figure in (figures or {}).items():
            print(f"{part:7} {name:26} {figure}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
