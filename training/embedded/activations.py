"""Notes how large the inputs of an adapter's products get, so that the conversion to 8 bits can even them out.

    python training/embedded/activations.py --adapter RUN/adapter --data DATA

Writes `activations.safetensors` into the adapter's folder, from sentences of NTREX-128 in both directions.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import data
import torch
from model import Gemma, Weights
from safetensors.torch import save_file
from torch import Tensor
from train import prepare

from translate.engines.embedded import ACTIVATIONS

SENTENCES = 30
"""Of 8-bit arithmetic's loss on 25 pairs of FLORES-101 dev (0.043 nats a piece) these take away more than half."""


class Recorder(Gemma):
    """The model, noting the largest absolute value of each element at the input of each product."""

    def __init__(self, *arguments: object, **settings: object) -> None:
        super().__init__(*arguments, **settings)  # type: ignore[arg-type]
        self.largest: dict[str, Tensor] = {}

    def note(self, name: str, x: Tensor) -> None:
        """Take in a batch of one row; its begin mark, whose activations are like no other's, is left out."""
        most = x[0, 1:].abs().amax(0)
        self.largest[name] = torch.maximum(self.largest.get(name, most), most)

    def _project(self, layer: int, group: str, x: Tensor, weights: Weights) -> Tensor:
        self.note(f"{layer}.{group}", x)
        return super()._project(layer, group, x, weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adapter", type=Path, required=True, help="the adapter's folder")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    arguments = parser.parse_args()
    pairs = data.read(arguments.data / "ntrex-dev")
    chosen = pairs[:: len(pairs) // SENTENCES]
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        config, state, pieces, index = prepare(Path(folder), arguments.adapter)
        model = Recorder(config, state, 1)
        weights = model.weights()
        for example in data.examples(chosen, pieces, index, 512):
            model.note("last", model(torch.tensor([example.ids]), weights))
    largest = {name: most.bfloat16().contiguous() for name, most in model.largest.items()}
    save_file(largest, arguments.adapter / ACTIVATIONS)


if __name__ == "__main__":
    main()
