"""Summarisers in transformers, on a tiny random BART: it says nothing, but limits, batches and settings are real."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sentencepiece
import torch
import transformers
from random_models import ARABIC, ENGLISH, train
from tokenizers import ByteLevelBPETokenizer

from translate.engines.summarizer import Summarizer, Writing, load
from translate.errors import EngineError, ModelBroken, UsageError
from translate.registry import Generation, Licence, ModelSpec
from translate.summarize.abstractive import summarize
from translate.summarize.understand import understand


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BART as its makers publish it: two files of vocabulary, and its way of writing in config.json."""
    folder = tmp_path_factory.mktemp("bart")
    vocabulary = ByteLevelBPETokenizer()
    marks = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    vocabulary.train_from_iterator(ENGLISH, vocab_size=400, special_tokens=marks, show_progress=False)
    vocabulary.save_model(str(folder))
    torch.manual_seed(1)
    sizes = {f"{side}_{what}": size for side in ("encoder", "decoder") for what, size in _SIDE.items()}
    settings = transformers.BartConfig(
        vocab_size=vocabulary.get_vocab_size(), d_model=64, max_position_embeddings=128, init_std=0.3, **sizes
    )
    transformers.utils.logging.disable_progress_bar()
    transformers.BartForConditionalGeneration(settings).eval().save_pretrained(folder)
    (folder / "generation_config.json").unlink()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    own = {"forced_bos_token_id": 0, "num_beams": 6, "min_length": 50, "max_length": 60}
    (folder / "config.json").write_text(json.dumps({**config, **own}), encoding="utf-8")
    return folder


_SIDE = {"layers": 2, "attention_heads": 4, "ffn_dim": 128}


def spec(folder: Path, **changes: Any) -> ModelSpec:
    fields: dict[str, Any] = {
        "name": "tiny-bart",
        "folder": folder,
        "revision": "0",
        "licence": Licence(name="Apache-2.0"),
        "task": "summarize",
        "engine": "transformers",
        "architecture": "bart",
        "languages": ("en",),
        "max_source": 128,
        "max_target": 20,
        "generation": Generation(beam=2, min_target=5, no_repeat_ngram=3),
    }
    return ModelSpec(**{**fields, **changes})


@pytest.fixture(scope="module")
def model(folder: Path) -> Summarizer:
    return load(spec(folder), folder, device="cpu", threads=1)


def test_a_model_writes_as_models_yaml_says(model: Summarizer) -> None:
    assert model.writing == Writing(beam=2, least=5, most=20, no_repeat_ngram=3)
    assert (model.use.name, model.use.licence, model.use.settings["device"]) == ("tiny-bart", "Apache-2.0", "cpu")
    assert model.max_source == 126


def test_one_summary_a_text_in_order_whatever_the_company(model: Summarizer) -> None:
    together = model.generate(ENGLISH[:5])
    assert together == [model.generate([text])[0] for text in ENGLISH[:5]]
    assert len(set(together)) == 5
    assert all(together)
    assert all(summary == " ".join(summary.split()) for summary in together)


def test_length_limits_hold(model: Summarizer) -> None:
    long = model.generate(ENGLISH[:3], Writing(beam=1, least=15, most=15, no_repeat_ngram=0))
    short = model.generate(ENGLISH[:3], Writing(beam=1, least=0, most=4, no_repeat_ngram=0))
    assert all(0 < len(one) < len(other) for one, other in zip(short, long, strict=True))


def test_texts_without_words_and_no_texts(model: Summarizer) -> None:
    assert model.generate(["", " "]) == ["", ""]
    assert model.generate([]) == []


def test_a_text_that_is_too_long_is_never_cut(model: Summarizer) -> None:
    text = " ".join(ENGLISH)
    assert model.count(text) > model.max_source
    with pytest.raises(EngineError, match="over the model's limit of 126: split it"):
        model.generate([text])


def test_nonsense_of_a_model_never_reaches_the_summary(model: Summarizer) -> None:
    article = understand(ENGLISH, "en")
    found = summarize(article, model)
    assert found.refusals or found.method == "extractive"
    texts = {claim.text for claim in article.claims}
    assert all(sentence.refused or sentence.text in texts for sentence in found.sentences)


def test_an_mt5_with_nothing_but_a_sentencepiece_model(tmp_path: Path) -> None:
    marks = {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1}
    pieces = train(ENGLISH + ARABIC, **marks)
    (tmp_path / "spiece.model").write_bytes(pieces)
    size = sentencepiece.SentencePieceProcessor(model_proto=pieces).get_piece_size()
    torch.manual_seed(1)
    settings = transformers.MT5Config(
        vocab_size=size, d_model=64, d_kv=16, d_ff=128, num_layers=2, num_heads=4, decoder_start_token_id=0
    )
    transformers.MT5ForConditionalGeneration(settings).eval().save_pretrained(tmp_path)
    model = load(spec(tmp_path, architecture="t5", languages=("ar",)), tmp_path, device="cpu", threads=1)
    assert model.max_source == 127
    assert model.count(ARABIC[0]) > 5
    written = model.generate(ARABIC[:3])
    assert all(written)
    assert written == [model.generate([text])[0] for text in ARABIC[:3]]


def test_a_folder_without_a_model_is_broken(tmp_path: Path) -> None:
    with pytest.raises(ModelBroken, match="cannot be loaded"):
        load(spec(tmp_path), tmp_path, device="cpu")


@pytest.mark.parametrize(
    ("device", "message"),
    [("tpu", "must be auto, cpu or cuda"), *([] if torch.cuda.is_available() else [("cuda", "no CUDA GPU")])],
)
def test_a_device_that_is_not_there(device: str, message: str, folder: Path) -> None:
    with pytest.raises(UsageError, match=message):
        load(spec(folder), folder, device=device)


def test_a_translator_writes_no_summaries(folder: Path) -> None:
    with pytest.raises(UsageError, match="translates and writes no summaries"):
        load(spec(folder, task="translate", languages=(), generation=None), folder)


@pytest.mark.parametrize("wrong", [{"beam": 0}, {"least": 9, "most": 8}, {"most": 0}, {"least": -1}])
def test_impossible_ways_of_writing(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"beam|range"):
        Writing(**wrong)
