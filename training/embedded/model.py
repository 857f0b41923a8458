"""Gemma 3 for training on a CPU: frozen weights and a LoRA adapter that is folded in anew at every step.

The usual LoRA layer multiplies every activation by two thin matrices more, there and back. Here the thin matrices are
multiplied with each other, W + B A, before the batch goes through, so that only the way back has thin products, and
no gradient of a whole W is ever formed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import Gemma3TextConfig

from translate.engines import embedded_build

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
"""The projections with the adapter folded in, by layer and group."""


class Projection(torch.autograd.Function):
    """x W^T, where W = frozen + B A, with gradients for x, and for each A and B of the projections that W is made of.

    `thin` is all the A, (rank, inputs) each, and then all the B, (outputs, rank) each; W's rows are theirs in order.
    With g the gradient of x W^T: that of B is g^T (x A^T), that of A is (g B)^T x.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, *thin: Tensor) -> Tensor:
        ctx.save_for_backward(x, weight, *thin)
        return functional.linear(x, weight)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, ...]:  # type: ignore[override]
        x, weight, *thin = ctx.saved_tensors
        downs, ups = thin[: len(thin) // 2], thin[len(thin) // 2 :]
        flat, read = grad.flatten(0, -2), x.flatten(0, -2)
        low = functional.linear(read, torch.cat(downs).to(x.dtype)).split([len(down) for down in downs], -1)
        parts = flat.split([len(up) for up in ups], -1)
        up_grads = [(part.T @ one).to(up.dtype) for part, one, up in zip(parts, low, ups, strict=True)]
        back = torch.cat([part @ up.to(x.dtype) for part, up in zip(parts, ups, strict=True)], -1)
        down_grads = (back.T @ read).to(downs[0].dtype).split([len(down) for down in downs])
        return (grad @ weight, None, *down_grads, *up_grads)


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
    """The thin matrices: for each layer and projection, A (rank, inputs) and B (outputs, rank), in float32.

    `earlier` is the folder of an adapter that is folded into the frozen weights already, if there is one: what is saved
    is both, with the sum of their ranks.
    """

    def __init__(self, shapes: dict[str, tuple[int, int]], rank: int, earlier: Path | None = None) -> None:
        super().__init__()
        self.rank = rank
        self.earlier = earlier
        self.down, self.up = nn.ParameterDict(), nn.ParameterDict()
        for name, (outputs, inputs) in shapes.items():
            self.down[_key(name)] = nn.Parameter(torch.randn(rank, inputs) / inputs**0.5)
            self.up[_key(name)] = nn.Parameter(torch.zeros(outputs, rank))

    def thin(self, names: Sequence[str]) -> tuple[Tensor, ...]:
        """All the A of some projections, then all their B."""
        return (*(self.down[_key(name)] for name in names), *(self.up[_key(name)] for name in names))

    def delta(self, name: str) -> Tensor:
        """What is added to the weight called `name`."""
        return self.up[_key(name)].detach() @ self.down[_key(name)].detach()

    def save(self, folder: Path) -> None:
        """Write it, and the earlier one with it, in peft's form, in bfloat16."""
        folder.mkdir(parents=True, exist_ok=True)
        before, scale = embedded_build.lora(self.earlier) if self.earlier else ({}, 1.0)
        rank = self.rank
        tensors = {}
        for key in self.down:
            name = f"{PREFIX}.{key.replace('/', '.')}"
            down, up = self.down[key].detach(), self.up[key].detach()
            if before:
                first = before[f"{name}.lora_A.weight"].float()
                down = torch.cat((first, down))
                up = torch.cat((scale * before[f"{name}.lora_B.weight"].float(), up), 1)
                rank = self.rank + len(first)
            tensors[f"{name}.lora_A.weight"] = down.bfloat16().contiguous()
            tensors[f"{name}.lora_B.weight"] = up.bfloat16().contiguous()
        save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})
        config = {
            "peft_type": "LORA",
            "task_type": "CAUSAL_LM",
            "base_model_name_or_path": "google/gemma-3-270m",
            "r": rank,
            "lora_alpha": rank,
            "lora_dropout": 0.0,
            "bias": "none",
            "inference_mode": True,
            "target_modules": sorted({key.rsplit("/", 1)[1] for key in self.down}),
        }
        (folder / "adapter_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def _key(name: str) -> str:
    return name.replace(".", "/")  # a ParameterDict takes no dots


class Gemma(nn.Module):
    """The base model, frozen, in `dtype`, and the adapter of rank `rank`, which learns.

    `weights` are those of transformers' Gemma3ForCausalLM, by its names, with the adapter `earlier` folded in.
    """

    def __init__(
        self,
        config: Gemma3TextConfig,
        weights: dict[str, Tensor],
        rank: int,
        *,
        dtype: torch.dtype = torch.float32,
        earlier: Path | None = None,
        positions: int = 640,
    ) -> None:
        super().__init__()
        self.config, self.dtype = config, dtype
        self.names = {
            (layer, group): tuple(f"{layer}.{module}" for module in modules)
            for layer in range(config.num_hidden_layers)
            for group, modules in GROUPS.items()
        }
        cast = {name: weight.detach().to(dtype) for name, weight in weights.items()}
        layers = "model.layers"
        self.frozen = {
            key: torch.cat([cast[f"{layers}.{name}.weight"] for name in names]) for key, names in self.names.items()
        }
        self.factors = {
            (layer, norm): cast[f"{layers}.{layer}.{norm}.weight"] + 1
            for layer in range(config.num_hidden_layers)
            for norm in NORMS
        }
        self.embeddings = cast["model.embed_tokens.weight"]
        self.last_factor = cast["model.norm.weight"] + 1
        shapes = {name: tuple(cast[f"{layers}.{name}.weight"].shape) for names in self.names.values() for name in names}
        self.adapter = Adapter(shapes, rank, earlier)
        bases = config.rope_parameters
        self.rotations = {
            kind: Rotation.make(positions, config.head_dim, bases[kind]["rope_theta"], dtype)
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
        deltas = torch.cat([self.adapter.delta(name) for name in self.names[layer, group]])
        return self.frozen[layer, group] + deltas.to(self.dtype)

    def _project(self, layer: int, group: str, x: Tensor, weights: Weights) -> Tensor:
        thin = self.adapter.thin(self.names[layer, group])
        projected: Tensor = Projection.apply(x, weights[layer, group], *thin)
        return projected

    def _norm(self, layer: int, name: str, x: Tensor) -> Tensor:
        normed: Tensor = RMSNorm.apply(x, self.factors[layer, name], self.config.rms_norm_eps)
        return normed

    def _attend(self, layer: int, x: Tensor, weights: Weights) -> Tensor:
        rows, length, _ = x.shape
        heads, size = self.config.num_attention_heads, self.config.head_dim
        mixed = self._project(layer, "qkv", self._norm(layer, "input_layernorm", x), weights)
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
        return self._project(layer, "out", seen.transpose(1, 2).flatten(2), weights)

    def _feed(self, layer: int, x: Tensor, weights: Weights) -> Tensor:
        mixed = self._project(layer, "gate_up", self._norm(layer, "pre_feedforward_layernorm", x), weights)
        gate, up = mixed.chunk(2, -1)
        return self._project(layer, "down", functional.gelu(gate, approximate="tanh") * up, weights)
