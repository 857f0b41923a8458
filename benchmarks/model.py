"""A model of a real one's size that enciphers: it writes each piece of its source in Arabic letters, and then ends.

Speed does not depend on what weights say, only on how much is written; and weights that mean nothing come to no end.
Forcing a length instead is not something that every translator lets its caller do, and sets off the guard of ours.
So most of these weights are noise, and a few are set by hand: the last layer's cross-attention looks at the source
piece in its own place, and passes it on. Every translator makes the same of it, which shows that all did the same work.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import corpus

_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Letters of Arabic, and of languages that are written with it: small letters and capitals must stay apart, so that the
# text is cut into the same pieces before and after.
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنه" + "آأؤإئءةىيوپچژڤگکیےہڭڨڥڧڪۆۋ"
_CIPHER = str.maketrans(_LATIN + _LATIN.upper(), _ARABIC)
_TRAINING = 4000
# Not the corpus's own seed: some names there are to be new.
_SEED = 99


@dataclass(frozen=True)
class Size:
    """The measures of a Marian model: `width` of its layers, `vocabulary` with all its marks."""

    width: int
    heads: int
    inner: int
    layers: int
    vocabulary: int


SIZES = {
    # Helsinki-NLP/opus-mt-en-ar: 77 million parameters.
    "opus-mt": Size(512, 8, 2048, 6, 62834),
    # Helsinki-NLP/opus-mt-tc-big-en-ar: 240 million.
    "tc-big": Size(1024, 16, 4096, 6, 61000),
    "small": Size(256, 4, 512, 3, 12000),
}


def build(folder: Path, size: str = "opus-mt") -> Path:
    """The model in `folder`, as transformers saves a Marian model."""
    import torch
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    measures = SIZES[size]
    vocabulary, writable, twins = _vocabulary(folder, measures.vocabulary)
    _write(folder / "vocab.json", {piece: i for i, piece in enumerate(vocabulary)})
    # "separate_vocabs" is not in the files that older versions wrote, and all of them read this.
    settings = {"tokenizer_class": "MarianTokenizer", "source_lang": "en", "target_lang": "ar", "model_max_length": 512}
    _write(folder / "tokenizer_config.json", settings)
    pad = len(vocabulary) - 1
    torch.manual_seed(20261122)
    config = transformers.MarianConfig(
        vocab_size=len(vocabulary),
        **_shape(measures),
        activation_function="swish",
        scale_embedding=True,
        max_position_embeddings=512,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
    )
    model = transformers.MarianMTModel(config).eval()
    with torch.no_grad():
        _set(model, measures, writable, twins)
    model.generation_config.max_length = 512  # as real ones have it; without it, 20
    transformers.utils.logging.disable_progress_bar()
    model.save_pretrained(folder)
    return folder


def _shape(measures: Size) -> dict[str, int]:
    """What both architectures call the measures."""
    return {
        "d_model": measures.width,
        **{f"{side}_layers": measures.layers for side in ("encoder", "decoder")},
        **{f"{side}_attention_heads": measures.heads for side in ("encoder", "decoder")},
        **{f"{side}_ffn_dim": measures.inner for side in ("encoder", "decoder")},
    }


def build_m2m100(folder: Path, size: str = "opus-mt") -> Path:
    """An M2M100 model of that size whose weights mean nothing, for what knows no Marian models."""
    import torch
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    measures = SIZES[size]
    pieces = _pieces(folder / "sentencepiece.bpe.model", corpus.sentences(_TRAINING, _SEED))
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *pieces]
    # 100 language codes and 8 made-up words stand behind it.
    vocabulary += [f"▁filler{number}" for number in range(measures.vocabulary - len(vocabulary) - 108)]
    _write(folder / "vocab.json", {piece: i for i, piece in enumerate(vocabulary)})
    _write(folder / "tokenizer_config.json", {"tokenizer_class": "M2M100Tokenizer"})
    torch.manual_seed(20261122)
    config = transformers.M2M100Config(
        vocab_size=measures.vocabulary,
        **_shape(measures),
        max_position_embeddings=512,
        decoder_start_token_id=2,
    )
    transformers.utils.logging.disable_progress_bar()
    transformers.M2M100ForConditionalGeneration(config).eval().save_pretrained(folder)
    return folder


def encipher(text: str) -> str:
    """What the model makes of a text whose pieces it all knows."""
    return text.translate(_CIPHER)


def _vocabulary(folder: Path, size: int) -> tuple[list[str], list[int], dict[int, int]]:
    """All pieces; which of them may be written; and for each piece that is read, the one that is written for it."""
    text = corpus.sentences(_TRAINING, _SEED)
    source = _pieces(folder / "source.spm", text)
    target = _pieces(folder / "target.spm", map(encipher, text))
    pieces = list(dict.fromkeys(["</s>", "<unk>", *target, *source]))
    pieces += [f"▁filler{number}" for number in range(size - len(pieces) - 1)] + ["<pad>"]
    number = {piece: i for i, piece in enumerate(pieces)}
    writable = [0, *(number[piece] for piece in target)]
    allowed = set(target)
    inner = [piece for piece in target if piece.isalpha()]
    twins = {}
    for place, piece in enumerate(source):
        twin = encipher(piece)
        if twin not in allowed:  # the two sentencepiece models cut a few words differently
            twin = "▁" * piece.startswith("▁") + inner[place % len(inner)]
            twin = twin if twin in allowed else inner[place % len(inner)]
        twins[number[piece]] = number[twin]
    return pieces, writable, twins


def _pieces(path: Path, text: Iterable[str]) -> list[str]:
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text),
        model_writer=model,
        model_type="bpe",
        vocab_size=2000,
        hard_vocab_limit=False,
        split_digits=True,
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(i) for i in range(3, processor.get_piece_size())]


def _set(model: Any, size: Size, writable: list[int], twins: dict[int, int]) -> None:
    """The weights: noise that changes next to nothing, and the few that copy."""
    import torch

    half, head = size.width // 2, size.width // size.heads
    for name, weight in model.named_parameters():
        if name.endswith(("out_proj.weight", "fc2.weight")):
            weight.mul_(0.1)
    # Where positions hardly change from nought, there is room for what a piece is, in signs of which half are negative.
    room = list(range(half // 2 + half // 8, half))
    meaning = torch.zeros(model.config.vocab_size, size.width)
    signs = torch.randn(model.config.vocab_size, len(room)).argsort(1).remainder(2) * 2.0 - 1
    meaning[:, room] = 2 / size.width**0.5 * signs
    for read, written in twins.items():
        meaning[read] = meaning[written]
    meaning[-1] = 0  # padding
    model.get_input_embeddings().weight.copy_(meaning)
    model.final_logits_bias.fill_(-60)
    model.final_logits_bias[0, writable] = 0
    # Word alignment is read in the middle, at the row after a piece's own (models.yaml), or in the last layer.
    _look(model.model.decoder.layers[size.layers // 2].encoder_attn, size, room, back=1)
    copying = model.model.decoder.layers[-1].encoder_attn
    _look(copying, size, room)
    for projection in (copying.v_proj, copying.out_proj):
        projection.weight.mul_(0.1)
    each = -(-len(room) // size.heads)
    for number in range(size.heads):
        for i, place in enumerate(room[number * each : (number + 1) * each]):
            copying.v_proj.weight[number * head + i, place] = 1
            copying.out_proj.weight[place, number * head + i] = 6


def _look(attention: Any, size: Size, room: list[int], back: int = 0) -> None:
    """Make all heads look at the source piece in the own place, or so many `back`.

    Positions are sines of falling frequency in the first half, cosines in the second. Between frequencies 1 and 0.1
    they tell neighbours apart. The mean that the layer normalisation took is read where it should be nought.
    """
    half, head = size.width // 2, size.width // size.heads
    for number in range(size.heads):
        own = range(number * head, (number + 1) * head)
        for projection, turned in ((attention.q_proj, back), (attention.k_proj, 0)):
            projection.weight[own] *= 0.1
            for i in range(head // 2):
                place = half // 4 * i // (head // 2)
                angle = turned * 10000 ** (-place / half)
                sine, cosine = own[2 * i], own[2 * i + 1]
                projection.weight[sine, [place, half + place]] = _tensor(6 * math.cos(angle), -6 * math.sin(angle))
                projection.weight[cosine, [place, half + place]] = _tensor(6 * math.sin(angle), 6 * math.cos(angle))
                projection.weight[[sine], room] -= 6 * (math.cos(angle) - math.sin(angle)) / len(room)
                projection.weight[[cosine], room] -= 6 * (math.cos(angle) + math.sin(angle)) / len(room)


def _tensor(*values: float) -> Any:
    import torch

    return torch.tensor(values)


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")
