"""Gemma 3 for training on a CPU: frozen bfloat16 weights and a LoRA adapter that is folded in anew at every step.

The usual LoRA layer multiplies every activation by two thin matrices more, which a CPU does slowly. Here the thin
matrices are multiplied with each other, W + B A, before the batch goes through, and autograd takes the gradient of B
and A from that of the sum: the batch costs what full fine-tuning costs, the optimiser what LoRA costs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import Gemma3TextConfig

PREFIX = "base_model.model.model.layers"
"""What the adapter's tensors are called, as peft calls them: PREFIX.LAYER.MODULE.lora_A.weight."""
# The projections that read the same input are one matrix here: one wide product is faster than three narrow ones.
GROUPS = {
    "qkv": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "out": ("self_attn.o_proj",),
    "gate_up": ("mlp.gate_proj", "mlp.up_proj"),
    "down": ("mlp.down_proj",),
}
NORMS = (
    "input_layernorm", "post_attention_layernorm", "pre_feedforward_layernorm", "post_feedforward_layernorm",
    "self_attn.q_norm", "self_attn.k_norm",
)  # fmt: skip


Weights = dict[tuple[int, str], Tensor]
"""The projections, by layer and group."""


class RMSNorm(torch.autograd.Function):
    """x / rms(x) * factor over the last dimension (arXiv 1910.07467), in few passes; `factor` gets no gradient."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, factor: Tensor, eps: float) -> Tensor:
        norm = torch.linalg.vector_norm(x, dim=-1, keepdim=True, dtype=torch.float32)
        inverse = (norm.square() / x.shape[-1] + eps).rsqrt().to(x.dtype)
        unit = x * inverse
        ctx.save_for_backward(unit, inverse, factor)
        return unit * factor

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, None, None]:  # type: ignore[override]
        unit, inverse, factor = ctx.saved_tensors
        grad = grad * factor
        along = (grad * unit).mean(-1, keepdim=True)
        return torch.addcmul(grad, unit, along, value=-1).mul_(inverse), None, None


@dataclass(frozen=True)
class Rotation:
    """The cosines and sines that turn queries and keys by their positions; each (positions, head size)."""

    cosine: Tensor
    sine: Tensor

    @classmethod
    def make(cls, positions: int, size: int, base: float, dtype: torch.dtype) -> Rotation:
        speed = base ** (-torch.arange(0, size, 2, dtype=torch.float64) / size)
        angle = torch.arange(positions, dtype=torch.float64)[:, None] * speed
        angle = torch.cat((angle, angle), -1)
        sine = angle.sin()
        sine[:, : size // 2].neg_()  # the sign of the half that is turned, kept here to save a pass
        return cls(angle.cos().to(dtype), sine.to(dtype))

    def __call__(self, x: Tensor) -> Tensor:
        """`x` (..., positions, head size), turned (arXiv 2104.09864)."""
        length, half = x.shape[-2], x.shape[-1] // 2
        return x * self.cosine[:length] + x.roll(half, -1) * self.sine[:length]


class Adapter(nn.Module):
    """The thin matrices: for each layer and projection, A (rank, inputs) and B (outputs, rank), in float32."""

    def __init__(self, shapes: dict[str, tuple[int, int]], rank: int) -> None:
        super().__init__()
        self.rank = rank
        self.down, self.up = nn.ParameterDict(), nn.ParameterDict()
        for name, (outputs, inputs) in shapes.items():
            self.down[_key(name)] = nn.Parameter(torch.randn(rank, inputs) / inputs**0.5)
            self.up[_key(name)] = nn.Parameter(torch.zeros(outputs, rank))

    def delta(self, name: str) -> Tensor:
        """What is added to the weight called `name`."""
        return self.up[_key(name)].to(torch.bfloat16) @ self.down[_key(name)].to(torch.bfloat16)

    def load(self, folder: Path) -> None:
        """Take the values of an adapter as `save` writes it; its scale goes into B. KeyError where it lacks one."""
        settings = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
        scale = settings["lora_alpha"] / settings["r"]
        tensors = load_file(folder / "adapter_model.safetensors")
        with torch.no_grad():
            for key in self.down:
                name = f"{PREFIX}.{key.replace('/', '.')}"
                self.down[key].copy_(tensors[f"{name}.lora_A.weight"])
                self.up[key].copy_(tensors[f"{name}.lora_B.weight"] * scale)

    def save(self, folder: Path) -> None:
        """Write it in peft's form, in bfloat16."""
        folder.mkdir(parents=True, exist_ok=True)
        tensors = {}
        for key in self.down:
            name = f"{PREFIX}.{key.replace('/', '.')}"
            tensors[f"{name}.lora_A.weight"] = self.down[key].detach().bfloat16().contiguous()
            tensors[f"{name}.lora_B.weight"] = self.up[key].detach().bfloat16().contiguous()
        save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})
        config = {
            "peft_type": "LORA",
            "task_type": "CAUSAL_LM",
            "base_model_name_or_path": "google/gemma-3-270m",
            "r": self.rank,
            "lora_alpha": self.rank,
            "lora_dropout": 0.0,
            "bias": "none",
            "inference_mode": True,
            "target_modules": sorted({key.rsplit("/", 1)[1] for key in self.down}),
        }
        (folder / "adapter_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def _key(name: str) -> str:
    return name.replace(".", "/")  # a ParameterDict takes no dots


class Gemma(nn.Module):
    """The base model, frozen, in bfloat16, and the adapter, which learns.

    `weights` are those of transformers' Gemma3ForCausalLM, by its names.
    """

    def __init__(self, config: Gemma3TextConfig, weights: dict[str, Tensor], rank: int, positions: int = 640) -> None:
        super().__init__()
        self.config = config
        self.names = {
            (layer, group): tuple(f"{layer}.{module}" for module in modules)
            for layer in range(config.num_hidden_layers)
            for group, modules in GROUPS.items()
        }
        half = {name: weight.detach().to(torch.bfloat16) for name, weight in weights.items()}
        layers = "model.layers"
        self.frozen = {
            key: torch.cat([half[f"{layers}.{name}.weight"] for name in names]) for key, names in self.names.items()
        }
        self.factors = {
            (layer, norm): half[f"{layers}.{layer}.{norm}.weight"] + 1
            for layer in range(config.num_hidden_layers)
            for norm in NORMS
        }
        self.embeddings = half["model.embed_tokens.weight"]
        self.last_factor = half["model.norm.weight"] + 1
        shapes = {name: tuple(half[f"{layers}.{name}.weight"].shape) for names in self.names.values() for name in names}
        self.adapter = Adapter(shapes, rank)
        bases = config.rope_parameters
        self.rotations = {
            kind: Rotation.make(positions, config.head_dim, bases[kind]["rope_theta"], torch.bfloat16)
            for kind in ("sliding_attention", "full_attention")
        }

    def weights(self) -> Weights:
        """Every projection with the adapter folded in; to be made once a step, for all of its parts."""
        return {key: self._weight(*key) for key in self.names}

    def forward(self, ids: Tensor, weights: Weights) -> Tensor:
        """The last hidden states (rows, length, hidden size) for piece ids (rows, length), padded on the right.

        Each position sees those before it only, so what is padded needs no mask. Rows must be shorter than the sliding
        window.
        """
        x = functional.embedding(ids, self.embeddings) * self.config.hidden_size**0.5
        for layer in range(self.config.num_hidden_layers):
            x = x + self._norm(layer, "post_attention_layernorm", self._attend(layer, x, weights))
            x = x + self._norm(layer, "post_feedforward_layernorm", self._feed(layer, x, weights))
        return RMSNorm.apply(x, self.last_factor, self.config.rms_norm_eps)

    def _weight(self, layer: int, group: str) -> Tensor:
        deltas = [self.adapter.delta(name) for name in self.names[layer, group]]
        return self.frozen[layer, group] + (torch.cat(deltas) if len(deltas) > 1 else deltas[0])

    def _norm(self, layer: int, name: str, x: Tensor) -> Tensor:
        normed: Tensor = RMSNorm.apply(x, self.factors[layer, name], self.config.rms_norm_eps)
        return normed

    def _attend(self, layer: int, x: Tensor, weights: Weights) -> Tensor:
        rows, length, _ = x.shape
        heads, size = self.config.num_attention_heads, self.config.head_dim
        mixed = functional.linear(self._norm(layer, "input_layernorm", x), weights[layer, "qkv"])
        mixed = mixed.view(rows, length, heads + 2, size)  # one key and one value head
        rotate = self.rotations[self.config.layer_types[layer]]
        query = rotate(self._norm(layer, "self_attn.q_norm", mixed[:, :, :heads].transpose(1, 2)))
        key = rotate(self._norm(layer, "self_attn.k_norm", mixed[:, :, heads : heads + 1].transpose(1, 2)))
        value = mixed[:, :, heads + 1 :].transpose(1, 2)
        seen = functional.scaled_dot_product_attention(
            query,
            key.expand(-1, heads, -1, -1),
            value.expand(-1, heads, -1, -1),
            is_causal=True,
            scale=self.config.query_pre_attn_scalar**-0.5,
        )
        return functional.linear(seen.transpose(1, 2).flatten(2), weights[layer, "out"])

    def _feed(self, layer: int, x: Tensor, weights: Weights) -> Tensor:
        mixed = functional.linear(self._norm(layer, "pre_feedforward_layernorm", x), weights[layer, "gate_up"])
        gate, up = mixed.chunk(2, -1)
        return functional.linear(functional.gelu(gate, approximate="tanh") * up, weights[layer, "down"])
