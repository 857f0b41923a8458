"""How many pieces a second Dragoman writes, beside bare CTranslate2 and transformers, on the same weights.

    python -m benchmarks.throughput [--json] [--quick] [--size opus-mt|tc-big] [--sentences 1000] [--rounds 2]
                                    [--lines FILE]

Everybody gets the same sentences, the same weights (benchmarks/model.py: output is as long as the source) and beam 4.
Bare CTranslate2 gets ready-made pieces, sorts and batches by itself, and does nothing but search; the best of a sweep
over threads, workers and batches counts. Dragoman gets text and makes checked documents with alignments and
log-probabilities. The systems take turns; ratios are of one round, and the median of the rounds counts. The ratio of
processor time is what a busy machine disturbs least; it does not see cores that stand idle. Slow systems
and the command line get a sample, every n-th sentence.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import corpus, ground, model
from benchmarks.ground import Turn

BEAM = 4
_LONGEST = 256
# What bare CTranslate2 is tried with: (batch type, batch size), with every way to share the cores.
_BATCHES = (("tokens", 512), ("tokens", 1024), ("tokens", 2048), ("tokens", 4096), ("examples", 16), ("examples", 32))
_TRANSFORMERS_BATCHES = (1, 16, 32)


@dataclass(frozen=True)
class Setting:
    """How bare CTranslate2 is run."""

    workers: int
    threads: int
    type: str
    size: int

    def __str__(self) -> str:
        return f"{self.workers} workers of {self.threads} threads, batches of {self.size} {self.type}"


class Bare:
    """CTranslate2 alone: pieces to pieces."""

    def __init__(self, folder: Path) -> None:
        self._converted = str(ground.converted(folder))
        self._loaded: dict[tuple[int, int], Any] = {}

    def run(self, pieces: Sequence[Sequence[str]], setting: Setting) -> Turn:
        """Search for all of them in one call."""
        import ctranslate2

        shape = (setting.workers, setting.threads)
        if shape not in self._loaded:
            self._loaded = {
                shape: ctranslate2.Translator(
                    self._converted, compute_type="int8", inter_threads=setting.workers, intra_threads=setting.threads
                )
            }
        results: list[Any] = []
        seconds, cpu = ground.spent(
            lambda: results.extend(
                self._loaded[shape].translate_batch(
                    pieces,
                    beam_size=BEAM,
                    max_batch_size=setting.size,
                    batch_type=setting.type,
                    max_decoding_length=_LONGEST,
                )
            )
        )
        written = [result.hypotheses[0] for result in results]
        texts = tuple("".join(its).replace("▁", " ").strip() for its in written)
        return Turn(seconds, cpu, sum(map(len, written)), texts)

    def best(self, pieces: Sequence[Sequence[str]], rounds: int) -> tuple[Setting, list[dict[str, object]]]:
        """The fastest setting, and what every one of them did."""
        cores = ground.cores()
        shares = [(cores, 1), (1, cores)] if cores > 1 else [(1, 1)]
        if cores > 3:
            shares.append((cores // 2, 2))
        found: dict[Setting, list[float]] = {}
        # The settings of one share follow each other, as the model is loaded anew for each share.
        for _ in range(rounds):
            for workers, threads in shares:
                for kind, size in _BATCHES:
                    setting = Setting(workers, threads, kind, size)
                    found.setdefault(setting, []).append(self.run(pieces, setting).speed)
        medians = {setting: statistics.median(speeds) for setting, speeds in found.items()}
        rows: list[dict[str, object]] = [
            {"setting": str(setting), "pieces_per_second": round(speed, 1)} for setting, speed in medians.items()
        ]
        return max(medians, key=medians.__getitem__), rows


class Plain:
    """A loop over transformers' `generate`, as its documentation shows it, in float32."""

    def __init__(self, folder: Path) -> None:
        import torch
        import transformers

        transformers.utils.logging.disable_progress_bar()
        torch.set_num_threads(ground.cores())
        self._torch = torch
        self._tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model = transformers.AutoModelForSeq2SeqLM.from_pretrained(folder, local_files_only=True).eval()

    def run(self, sentences: Sequence[str], size: int) -> Turn:
        """All of them, in batches of `size`, the longest first."""
        ordered = sorted(sentences, key=len, reverse=True)
        texts: dict[str, str] = {}
        pieces = 0

        def loop() -> None:
            nonlocal pieces
            for at in range(0, len(ordered), size):
                batch = ordered[at : at + size]
                read = self._tokenizer(batch, return_tensors="pt", padding=True)
                with self._torch.inference_mode():
                    written = self._model.generate(**read, num_beams=BEAM)
                made = self._tokenizer.batch_decode(written, skip_special_tokens=True)
                texts.update(zip(batch, made, strict=True))
                marks = {self._tokenizer.pad_token_id, self._tokenizer.eos_token_id}
                pieces += sum(piece not in marks for row in written.tolist() for piece in row)

        seconds, cpu = ground.spent(loop)
        return Turn(seconds, cpu, pieces, tuple(texts[sentence] for sentence in sentences))


def library(translator: Any, sentences: Sequence[str]) -> Turn:
    """Dragoman's library: one text in, a checked document out, rendered to text."""
    article = "\n\n".join(sentences) + "\n"
    made: list[Any] = []

    def work() -> None:
        result = translator.translate(article)
        made.append((result, result.text))

    seconds, cpu = ground.spent(work)
    pieces = sum(len(one.translation.target_pieces) for one in made[0][0].sentences)
    return Turn(seconds, cpu, pieces, tuple(block.target.text for block in made[0][0].document.blocks))


def command(folder: Path, sentences: Sequence[str], pieces: int) -> Turn:
    """The command line from start to end: interpreter, imports and loading included."""
    with tempfile.TemporaryDirectory() as place:
        given, out = Path(place) / "in.txt", Path(place) / "out.txt"
        given.write_text("\n\n".join(sentences) + "\n", encoding="utf-8")
        pair = ["--from", ground.PAIR[0], "--to", ground.PAIR[1], "--model", str(folder), "--no-memory", "--offline"]
        line = [sys.executable, "-m", "translate.cli", "translate", str(given), "-o", str(out), *pair]
        environment = {**os.environ, "PYTHONPATH": str(ground.ROOT)}
        seconds, cpu = ground.spent(
            lambda: subprocess.run(line, check=True, env=environment, stderr=subprocess.DEVNULL)
        )
        texts = out.read_text("utf-8").split("\n\n")
    return Turn(seconds, cpu, pieces, tuple(text.strip() for text in texts))


def measure(size: str, sentences: Sequence[str], rounds: int, *, sample: int, sweep: int) -> dict[str, object]:
    """Pieces a second of every system, their ratios to Dragoman's library, and how far they agree on the output."""
    folder = ground.model_folder(size)
    ground.tell(f"{len(sentences)} sentences, {size}'s size, {ground.cores()} cores")
    translator = ground.translator(folder)
    read = pieces(folder, sentences)
    written = sum(map(len, read)) - len(read)
    bare = Bare(folder)
    best, swept = bare.best(_every(read, sweep), 1)
    ground.tell(f"bare CTranslate2 is fastest with {best}")
    plain = Plain(folder)
    few, some = _every(sentences, sample), _every(sentences, 4 * sample)
    many = _every(sentences, 400)
    library(translator, few)  # the first run loads what the checks need
    systems: dict[str, Callable[[], Turn]] = {
        "bare CTranslate2": lambda: bare.run(read, best),
        "Dragoman, library": lambda: library(translator, sentences),
        "Dragoman, command line": lambda: command(folder, many, sum(map(len, pieces(folder, many))) - len(many)),
        **{
            f"transformers, {f'batches of {size}' if size > 1 else 'one at a time'}": (
                lambda size=size: plain.run(few if size == 1 else some, size)  # type: ignore[misc]
            )
            for size in _TRANSFORMERS_BATCHES
        },
    }
    return {
        "size": size,
        "beam": BEAM,
        "cores": ground.cores(),
        "sentences": len(sentences),
        "pieces": written,
        "bare_setting": str(best),
        "sweep": swept,
        "systems": taken_turns(systems, rounds, sentences),
    }


def taken_turns(
    systems: dict[str, Callable[[], Turn]], rounds: int, sentences: Sequence[str]
) -> list[dict[str, object]]:
    """The systems in turns, `rounds` times; a row for each, with ratios of the library's speed to its own."""
    turns: dict[str, list[Turn]] = {name: [] for name in systems}
    for number in range(rounds):
        for name, run in systems.items():
            turns[name].append(run())
            ground.tell(f"round {number + 1}: {name}, {turns[name][-1].speed:.0f} pieces/s")
    ours = turns["Dragoman, library"]
    wanted = {model.encipher(sentence) for sentence in sentences}
    rows: list[dict[str, object]] = []
    for name, its in turns.items():
        ratios = [own.speed / turn.speed for own, turn in zip(ours, its, strict=True)]
        costs = [turn.cpu / turn.pieces * own.pieces / own.cpu for own, turn in zip(ours, its, strict=True)]
        right = sum(text in wanted for text in its[0].texts)
        rows.append(
            {
                "system": name,
                "sentences": len(its[0].texts),
                "pieces_per_second": round(statistics.median(turn.speed for turn in its), 1),
                "dragoman_is_faster": ground.spread(ratios),
                "cpu_to_dragoman": ground.spread(costs),
                "as_enciphered": round(right / max(1, len(its[0].texts)), 3),
            }
        )
    return rows


def pieces(folder: Path, sentences: Sequence[str]) -> list[list[str]]:
    """The sentences as bare CTranslate2 reads them, end mark included."""
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    return [[*its, "</s>"] for its in processor.encode(list(sentences), out_type=str)]


def _every(things: Sequence[Any], count: int) -> list[Any]:
    """So many of them, evenly spread."""
    step = max(1, len(things) // count)
    return list(things[::step][:count])


def main() -> None:
    """Measure and print."""
    given = ground.arguments(
        __doc__,
        ("--size", {"choices": tuple(model.SIZES), "default": "opus-mt"}),
        ("--sentences", {"type": int, "default": 1000}),
        ("--rounds", {"type": int, "default": 2}),
        ("--lines", {"type": Path, "help": "a file with a sentence a line, in place of the made-up ones"}),
    )
    count, rounds = (64, 1) if given.quick else (given.sentences, given.rounds)
    lines = given.lines.read_text("utf-8").splitlines()[:count] if given.lines else corpus.sentences(count)
    sample, sweep = (6, 32) if given.quick else (24, 96)
    ground.show(measure(given.size, lines, rounds, sample=sample, sweep=sweep), given.json)


if __name__ == "__main__":
    main()
