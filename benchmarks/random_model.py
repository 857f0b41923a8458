"""A model of opus-mt's size with random weights: speed does not depend on what the weights say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

# Helsinki-NLP/opus-mt-en-ar: 77 million parameters.
SIZE = {
    "d_model": 512,
    "encoder_layers": 6,
    "decoder_layers": 6,
    "encoder_attention_heads": 8,
    "decoder_attention_heads": 8,
    "encoder_ffn_dim": 2048,
    "decoder_ffn_dim": 2048,
}
VOCABULARY = 62834


def build(folder: Path, tokenizer: Path) -> Path:
    """A Marian model in `folder` with the sentencepiece files of the one in `tokenizer`, its vocabulary filled up."""
    import torch
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    for name in ("source.spm", "target.spm"):
        shutil.copy(tokenizer / name, folder / name)
    # Not the copy's own: that one nails special tokens to places that are other pieces' here.
    settings = {"tokenizer_class": "MarianTokenizer", "separate_vocabs": False}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    pieces = [piece for piece in json.loads((tokenizer / "vocab.json").read_text("utf-8")) if piece != "<pad>"]
    pieces += [f"▁filler{number}" for number in range(VOCABULARY - len(pieces) - 1)] + ["<pad>"]
    (folder / "vocab.json").write_text(json.dumps({piece: i for i, piece in enumerate(pieces)}), "utf-8")
    pad = len(pieces) - 1
    torch.manual_seed(20261122)
    config = transformers.MarianConfig(
        vocab_size=len(pieces),
        pad_token_id=pad,
        eos_token_id=0,
        decoder_start_token_id=pad,
        forced_eos_token_id=0,
        activation_function="swish",
        scale_embedding=True,
        **SIZE,
    )
    transformers.MarianMTModel(config).save_pretrained(folder)
    return folder
