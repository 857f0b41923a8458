"""Codes and prefixes arrive where each kind of model wants them, and every piece knows where it stands."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import random_models
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Span
from translate.engines import tokenizer
from translate.engines.base import EngineConfig
from translate.engines.tokenizer import Decoded, Tokenizer, join
from translate.errors import ModelBroken

CODES = {
    "marian": {"prefix": ">>ara<< ", "target_code": ">>ara<<"},
    "m2m100": {"source_code": "en", "target_code": "ar"},
    "nllb": {"source_code": "eng_Latn", "target_code": "arb_Arab"},
    "t5": {"prefix": "<2ar> ", "source_code": "<2en>", "target_code": "<2ar>"},
}


@pytest.fixture(scope="module")
def configs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, EngineConfig]:
    folder = tmp_path_factory.mktemp("models")
    return {
        kind: random_models.config(getattr(random_models, kind)(folder / kind), kind, **codes)
        for kind, codes in CODES.items()
    }


@pytest.fixture(params=CODES)
def loaded(request: pytest.FixtureRequest, configs: dict[str, EngineConfig]) -> Iterator[Tokenizer]:
    yield tokenizer.load(configs[request.param])


@pytest.mark.parametrize(
    ("kind", "before", "after", "prefix"),
    [
        ("marian", (">>ara<<",), ("</s>",), ()),
        ("m2m100", ("__en__",), ("</s>",), ("__ar__",)),
        ("nllb", ("eng_Latn",), ("</s>",), ("arb_Arab",)),
        ("t5", ("<2ar>",), ("</s>",), ()),
    ],
)
def test_codes(configs: dict[str, EngineConfig], kind: str, before: tuple, after: tuple, prefix: tuple) -> None:
    loaded = tokenizer.load(configs[kind])
    encoded = loaded.encode("The talks")
    own = loaded.count("The talks")
    first = len(encoded.pieces) - own - 1
    assert encoded.pieces[: len(before)] == before
    assert encoded.pieces[-1:] == after
    assert loaded.target_prefix == prefix
    assert loaded.specials == len(encoded.pieces) - own
    assert encoded.spans[:first] == (None,) * first
    assert encoded.spans[-1] is None


@pytest.mark.parametrize("kind", ["m2m100", "nllb", "t5"])
def test_the_same_pieces_as_transformers(configs: dict[str, EngineConfig], kind: str) -> None:
    from transformers import AutoTokenizer

    config = configs[kind]
    codes = {"src_lang": config.source_code, "tgt_lang": config.target_code} if kind != "t5" else {}
    theirs = AutoTokenizer.from_pretrained(config.folder, **codes)
    for sentence in random_models.ENGLISH:
        ids = theirs(config.prefix + sentence).input_ids
        assert theirs.convert_tokens_to_ids(list(tokenizer.load(config).encode(sentence).pieces)) == ids


def test_marian_reads_the_same_pieces_as_transformers(configs: dict[str, EngineConfig]) -> None:
    from transformers import AutoTokenizer

    config = configs["marian"]
    theirs, ours = AutoTokenizer.from_pretrained(config.folder), tokenizer.load(config)
    for sentence in random_models.ENGLISH:
        ids = theirs(config.prefix + sentence).input_ids
        assert theirs.convert_tokens_to_ids(list(ours.encode(sentence).pieces)) == ids


@pytest.mark.parametrize("sentence", [*random_models.ENGLISH, "  two  spaces ", "don’t", "a…b", "ﬁne ½ e\u0301lan"])
def test_pieces_stand_where_they_say(loaded: Tokenizer, sentence: str) -> None:
    spans = [span for span in loaded.encode(sentence).spans if span is not None]
    assert spans == sorted(spans)
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert covered >= {at for at, char in enumerate(sentence) if char.isalnum() and char.isascii()}
    assert all(not sentence[span.start].isspace() and not sentence[span.end - 1].isspace() for span in spans)


def test_one_character_that_became_three(configs: dict[str, EngineConfig]) -> None:
    encoded = tokenizer.load(configs["marian"]).encode("so…")
    dots = [span for piece, span in zip(encoded.pieces, encoded.spans, strict=True) if piece == "."]
    assert dots == [Span(2, 3)] * 3


def test_a_mark_that_the_vocabulary_lacks_becomes_one_that_it_has(configs: dict[str, EngineConfig]) -> None:
    loaded = tokenizer.load(configs["marian"])
    assert loaded.encode("“no”").pieces == loaded.encode('"no"').pieces
    assert loaded.encode("“no”").spans == loaded.encode('"no"').spans


@pytest.fixture(scope="module")
def marian(configs: dict[str, EngineConfig]) -> Tokenizer:
    return tokenizer.load(configs["marian"])


@given(text=st.text())
def test_no_text_breaks_a_tokenizer(marian: Tokenizer, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    encoded = marian.encode(text)
    assert len(encoded.pieces) == len(encoded.spans) == marian.count(text) + 2
    assert all(span is None or span.end <= len(text) for span in encoded.spans)


@pytest.mark.parametrize("sentence", [random_models.ENGLISH[0], random_models.ARABIC[0]])
def test_decoding_turns_pieces_back_into_text(configs: dict[str, EngineConfig], sentence: str) -> None:
    for kind in ("m2m100", "nllb", "t5"):
        loaded = tokenizer.load(configs[kind])
        encoded = loaded.encode(sentence)
        first = loaded.specials - 1
        decoded = loaded.decode(encoded.pieces[first:-1])
        assert decoded.text == sentence
        assert decoded.spans == encoded.spans[first:-1]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], Decoded("", ())),
        (["▁قال", "▁ال", "وزير"], Decoded("قال الوزير", (Span(0, 3), Span(4, 6), Span(6, 10)))),
        (["▁", "«", "نعم"], Decoded("«نعم", (None, Span(0, 1), Span(1, 4)))),
        (["▁a", "▁", "▁b", "▁"], Decoded("a   b".replace("   ", "  "), (Span(0, 1), None, Span(3, 4), None))),
        (["▁x", "<0xE2>", "<0x82>", "<0xAC>", "5"], Decoded("x€5", (Span(0, 1), *[Span(1, 2)] * 3, Span(2, 3)))),
        (["<0xE2>", "▁a"], Decoded("a", (None, Span(0, 1)))),
    ],
)
def test_joining(pieces: list[str], expected: Decoded) -> None:
    assert join(pieces) == expected


@pytest.mark.parametrize(("kind", "wrong"), [("marian", {"prefix": ">>fra<< "}), ("t5", {"prefix": "<2fr> "})])
def test_an_unknown_prefix_is_refused(configs: dict[str, EngineConfig], kind: str, wrong: dict) -> None:
    with pytest.raises(ModelBroken, match="is no piece of this model's vocabulary"):
        tokenizer.load(replace(configs[kind], **wrong))


def test_missing_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "marian"}))
    with pytest.raises(ModelBroken, match="vocab"):
        tokenizer.load(random_models.config(tmp_path))
    (tmp_path / "vocab.json").write_text("{}")
    with pytest.raises(ModelBroken, match="spm is missing"):
        tokenizer.load(random_models.config(tmp_path))
    (tmp_path / "source.spm").write_bytes(b"no model")
    with pytest.raises(ModelBroken, match="cannot be loaded"):
        tokenizer.load(random_models.config(tmp_path))
