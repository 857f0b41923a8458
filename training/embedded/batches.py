"""Examples into batches of like length, and the shortlist of pieces that the output layer is cut to."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from data import TIMES, Example
from torch import Tensor

IGNORE = -100
"""The label of a position where nothing is learnt."""


@dataclass(frozen=True)
class Batch:
    """Padded piece ids and labels (row in the shortlist, IGNORE where nothing is learnt); both (rows, length)."""

    ids: Tensor
    labels: Tensor


@dataclass(frozen=True)
class Shortlist:
    """The pieces that occur: `row` (vocabulary,) says where a piece stands in `embeddings` (occurring, hidden size)."""

    row: Tensor
    embeddings: Tensor

    @classmethod
    def of(cls, corpora: Sequence[Sequence[Example]], embeddings: Tensor) -> Shortlist:
        """Of all pieces in some examples; a piece that is in none gets row 0, where nobody looks for it."""
        occurring = sorted({piece for examples in corpora for example in examples for piece in example.ids})
        row = torch.zeros(len(embeddings), dtype=torch.long)
        row[occurring] = torch.arange(len(occurring))
        return cls(row, embeddings[occurring])


def epoch(corpora: dict[str, list[Example]], size: int, seed: str) -> list[list[Example]]:
    """The batches of one pass, in random order: examples of about one length, at most `size` pieces with padding."""
    rng = random.Random(seed)
    chosen: list[Example] = []
    for name, examples in sorted(corpora.items()):
        chosen += rng.sample(examples, round(len(examples) * TIMES[name]))
    # Sorting by length and a little chance keeps padding at a few per cent, and neighbours change with each pass.
    chosen.sort(key=lambda example: len(example.ids) * rng.uniform(0.95, 1.05))
    batches = list(_grouped(chosen, size))
    rng.shuffle(batches)
    return batches


def _grouped(examples: Sequence[Example], size: int) -> Iterator[list[Example]]:
    group: list[Example] = []
    longest = 0
    for example in examples:
        longest = max(longest, len(example.ids))
        if group and (len(group) + 1) * longest > size:
            yield group
            group, longest = [], len(example.ids)
        group.append(example)
    if group:
        yield group


def collate(examples: Sequence[Example], row: Tensor) -> Batch:
    """One batch; `row` as in `Shortlist`."""
    width = max(len(example.ids) for example in examples)
    ids = torch.zeros(len(examples), width, dtype=torch.long)
    labels = torch.full((len(examples), width), IGNORE)
    for i, example in enumerate(examples):
        sequence = torch.tensor(example.ids)
        ids[i, : len(sequence)] = sequence
        # Position t foretells piece t + 1, so the answer's first piece is the last of the prompt's to say.
        labels[i, example.start - 1 : len(sequence) - 1] = row[sequence[example.start :]]
    return Batch(ids, labels)
