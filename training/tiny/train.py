"""Trains a tiny Marian model with guided alignment and writes it as a Hugging Face MarianMT folder.

    python training/tiny/train.py --data DIR --direction en-ar --out DIR

The loss is label-smoothed cross-entropy plus, for the first cross-attention head of the last decoder layer, the
cross-entropy of its attention against word alignments (guided alignment: Chen et al. 2016; Marian's
`--guided-alignment`, which made opus-mt's "transformer-align" models). A run that was stopped goes on with --resume.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import vocabulary
from data import SEED, load
from torch.nn import functional
from transformers import GenerationConfig, MarianConfig, MarianMTModel, MarianTokenizer
from vocabulary import EOS, PAD, Example, Vocabulary

IGNORE = -100


@dataclass(frozen=True)
class Settings:
    """What the run is made of; `steps` may grow between two runs as long as the decay has not begun."""

    steps: int = 6000
    batch_tokens: int = 800  # target pieces a batch, padding included
    peak_rate: float = 1.5e-3
    warmup: int = 400  # steps of linear warm-up
    decay: float = 0.5  # last share of the steps, in which the rate falls linearly to 0
    smoothing: float = 0.1
    alignment_weight: float = 0.5
    dropout: float = 0.15
    check_every: int = 250
    bf16: bool = False  # bfloat16 matrix products: a third faster on CPUs that have avx512_bf16


@dataclass(frozen=True)
class Batch:
    """Padded tensors: source (B, S), decoder input and labels (B, T), alignment rows (B, T, S) with sum 1 or 0."""

    source: torch.Tensor
    mask: torch.Tensor
    decoder_input: torch.Tensor
    labels: torch.Tensor
    alignment: torch.Tensor


def make_config(size: int, eos: int, pad: int, dropout: float) -> MarianConfig:
    """The model's shape, with every field that transformers and CTranslate2 read from opus-mt's config.json."""
    return MarianConfig(
        vocab_size=size, decoder_vocab_size=size, d_model=192,
        encoder_layers=3, encoder_attention_heads=4, encoder_ffn_dim=512,
        decoder_layers=2, decoder_attention_heads=4, decoder_ffn_dim=512,
        max_position_embeddings=512, activation_function="swish", dropout=dropout,
        scale_embedding=True, static_position_embeddings=True, normalize_before=False, normalize_embedding=False,
        add_final_layer_norm=False, add_bias_logits=False, share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True, eos_token_id=eos, forced_eos_token_id=eos, pad_token_id=pad,
        decoder_start_token_id=pad, init_std=192**-0.5,
    )  # fmt: skip


def make_model(vocab: Vocabulary, dropout: float) -> MarianMTModel:
    """A fresh model: Glorot for the matrices, unit-variance scaled embeddings, and a zero row for "<pad>"."""
    config = make_config(len(vocab.ids), vocab.ids[EOS], vocab.ids[PAD], dropout)
    config._attn_implementation = "eager"  # the only one that returns attention weights
    model = MarianMTModel(config)
    for module in model.modules():
        if isinstance(module, torch.nn.Linear) and module is not model.lm_head:
            torch.nn.init.xavier_uniform_(module.weight)
    zero_pad(model)
    return model


def zero_pad(model: MarianMTModel) -> None:
    """Keeps the embedding of "<pad>" zero: Marian starts decoding from a zero vector, and so does CTranslate2."""
    with torch.no_grad():
        model.model.shared.weight[model.config.pad_token_id].zero_()


def collate(examples: Sequence[Example], pad: int) -> Batch:
    """Pads examples into one batch."""
    count, longest = len(examples), max(len(e.target) for e in examples)
    source = torch.full((count, max(len(e.source) for e in examples)), pad)
    decoder_input, labels = torch.full((count, longest), pad), torch.full((count, longest), IGNORE)
    alignment = torch.zeros(count, longest, source.shape[1])
    for row, example in enumerate(examples):
        source[row, : len(example.source)] = torch.tensor(example.source)
        labels[row, : len(example.target)] = torch.tensor(example.target)
        decoder_input[row, 1 : len(example.target)] = torch.tensor(example.target[:-1])
        if example.links:
            i, j = torch.tensor(example.links).T
            alignment[row, j, i] = 1.0
    alignment /= alignment.sum(-1, keepdim=True).clamp(min=1.0)
    return Batch(source, (source != pad).long(), decoder_input, labels, alignment)


def batches(examples: Sequence[Example], budget: int, rng: random.Random | None) -> Iterator[list[Example]]:
    """Groups of similar length whose padded target side holds at most `budget` pieces; shuffled when `rng` is given."""
    noise = rng.random if rng else lambda: 0.0
    order = sorted(examples, key=lambda e: (len(e.target) + noise() * 2, len(e.source)))
    groups: list[list[Example]] = [[]]
    for example in order:
        if groups[-1] and (len(groups[-1]) + 1) * max(len(example.target), len(groups[-1][-1].target)) > budget:
            groups.append([])
        groups[-1].append(example)
    if rng:
        rng.shuffle(groups)
    yield from groups


def losses(model: MarianMTModel, batch: Batch, smoothing: float) -> tuple[torch.Tensor, torch.Tensor]:
    """(cross-entropy a target piece, alignment cross-entropy an aligned target piece)."""
    output = model(
        input_ids=batch.source, attention_mask=batch.mask, decoder_input_ids=batch.decoder_input,
        output_attentions=True, use_cache=False,
    )  # fmt: skip
    logits = output.logits.float()
    loss = functional.cross_entropy(
        logits.flatten(0, 1), batch.labels.flatten(), ignore_index=IGNORE, label_smoothing=smoothing
    )
    head = output.cross_attentions[-1][:, 0].float()
    rows = batch.alignment.sum().clamp(min=1.0)
    return loss, -(batch.alignment * head.clamp(min=1e-6).log()).sum() / rows


def rate(step: int, settings: Settings) -> float:
    """The learning rate: linear warm-up, flat, linear decay to 0."""
    left = (settings.steps - step) / max(1.0, settings.steps * settings.decay)
    return settings.peak_rate * max(0.0, min(1.0, (step + 1) / settings.warmup, left))


@torch.no_grad()
def dev_loss(model: MarianMTModel, examples: Sequence[Example], pad: int) -> float:
    """Cross-entropy a target piece, in nats, without smoothing."""
    model.eval()
    total, count = 0.0, 0
    for group in batches(examples, 2000, None):
        batch = collate(group, pad)
        pieces = int((batch.labels != IGNORE).sum())
        total += float(losses(model, batch, 0.0)[0]) * pieces
        count += pieces
    model.train()
    return total / count


class Run:
    """The state of one training run, kept in `folder` so that it can go on after a stop."""

    def __init__(self, model: MarianMTModel, settings: Settings, folder: Path) -> None:
        self.model, self.settings, self.folder = model, settings, folder
        decayed = [p for p in model.parameters() if p.requires_grad and p.dim() > 1]
        others = [p for p in model.parameters() if p.requires_grad and p.dim() == 1]
        groups = [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        self.step, self.epoch, self.best = 0, 0, math.inf

    def save(self) -> None:
        """Writes the state; never leaves half of it under the final name."""
        state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(),
                 "step": self.step, "epoch": self.epoch, "best": self.best}  # fmt: skip
        torch.save(state, self.folder / "state.tmp")
        (self.folder / "state.tmp").replace(self.folder / "state.pt")

    def restore(self) -> None:
        """Takes the state back up, at the start of the epoch that was cut short."""
        state: dict[str, Any] = torch.load(self.folder / "state.pt", weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.epoch, self.best = state["step"], state["epoch"], state["best"]

    def update(self, group: Sequence[Example]) -> tuple[float, float]:
        """One optimiser step; returns both losses."""
        for part in self.optimizer.param_groups:
            part["lr"] = rate(self.step, self.settings)
        batch = collate(group, self.model.config.pad_token_id)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.settings.bf16):
            loss, alignment = losses(self.model, batch, self.settings.smoothing)
        (loss + self.settings.alignment_weight * alignment).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        zero_pad(self.model)
        self.step += 1
        return float(loss.detach()), float(alignment.detach())

    def check(self, dev: Sequence[Example], note: str) -> None:
        """Measures the development loss, keeps the best weights, saves the state."""
        loss = dev_loss(self.model, dev, self.model.config.pad_token_id)
        print(f"step {self.step} epoch {self.epoch} dev {loss:.4f} {note}", flush=True)
        if loss < self.best:
            self.best = loss
            torch.save(self.model.state_dict(), self.folder / "best.pt")
        self.save()

    def fit(self, examples: Sequence[Example], dev: Sequence[Example]) -> None:
        """Trains until `settings.steps` steps are done."""
        start, recent = time.monotonic(), [(0.0, 0.0)]
        while self.step < self.settings.steps:
            for group in batches(examples, self.settings.batch_tokens, random.Random(SEED + self.epoch)):
                recent = [*recent[-99:], self.update(group)]
                if self.step % self.settings.check_every == 0 or self.step == self.settings.steps:
                    text, heads = (sum(part) / len(recent) for part in zip(*recent, strict=True))
                    self.check(dev, f"train {text:.3f} alignment {heads:.3f} {time.monotonic() - start:.0f} s")
                if self.step >= self.settings.steps:
                    return
            self.epoch += 1


def export(model: MarianMTModel, work: Path, direction: str, out: Path) -> None:
    """Writes the folder that `from_pretrained` and CTranslate2's converter load: float16 weights, float32 in use."""
    out.mkdir(parents=True, exist_ok=True)
    source_lang, target_lang = direction.split("-")
    spm = {"source_spm": str(work / "source.spm"), "target_spm": str(work / "target.spm")}
    tokenizer = MarianTokenizer(
        **spm, vocab=str(work / "vocab.json"), source_lang=source_lang, target_lang=target_lang, model_max_length=512
    )
    tokenizer.save_pretrained(out)
    (out / "vocab.json").write_bytes((work / "vocab.json").read_bytes())
    config = model.config
    model.generation_config = GenerationConfig(
        bad_words_ids=[[config.pad_token_id]], decoder_start_token_id=config.pad_token_id,
        eos_token_id=config.eos_token_id, forced_eos_token_id=config.eos_token_id, pad_token_id=config.pad_token_id,
        max_length=512, num_beams=4,
    )  # fmt: skip
    config.dropout = 0.1
    model.half().save_pretrained(out)
    # Float16 is only how the weights are stored: CPUs compute in float32, so that is the type to load them as.
    settings = json.loads((out / "config.json").read_text(encoding="utf-8"))
    settings["dtype"] = "float32"
    (out / "config.json").write_text(json.dumps(settings, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Parses the options, trains, exports the weights with the lowest development loss."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with tatoeba-train/ and tico19-tm/")
    parser.add_argument("--direction", choices=("en-ar", "ar-en"), required=True)
    parser.add_argument("--out", type=Path, required=True, help="where the model goes")
    parser.add_argument("--work", type=Path, help="vocabulary and checkpoints (default: OUT with -work added)")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in the work folder")
    parser.add_argument("--steps", type=int, default=Settings.steps)
    parser.add_argument("--batch-tokens", type=int, default=Settings.batch_tokens, help="target pieces a batch")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16 (needs avx512_bf16 to be faster)")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    work = options.work or options.out.with_name(options.out.name + "-work")
    settings = Settings(steps=options.steps, batch_tokens=options.batch_tokens, bf16=options.bf16)

    corpus = load(options.data, options.direction)
    pairs = [p.oriented(options.direction) for p in corpus.train]
    vocab = Vocabulary.open(work) if options.resume else vocabulary.train(pairs, options.direction, work)
    examples = vocab.examples(pairs, aligned=True)
    dev = vocab.examples([p.oriented(options.direction) for p in corpus.dev], aligned=False)
    run = Run(make_model(vocab, settings.dropout), settings, work)
    if options.resume:
        run.restore()
    size = sum(p.numel() for p in run.model.parameters() if p.requires_grad)
    print(f"{len(examples)} examples, {len(vocab.ids)} pieces, {size} parameters, step {run.step}", flush=True)
    run.model.train()
    run.fit(examples, dev)
    run.model.load_state_dict(torch.load(work / "best.pt", weights_only=True))
    export(run.model, work, options.direction, options.out)


if __name__ == "__main__":
    main()
