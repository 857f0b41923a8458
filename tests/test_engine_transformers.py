"""transformers on the same models: it must write what CTranslate2 writes, and see what it sees."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import random_models
from conftest import DATA

from translate import cache
from translate.document import Translation
from translate.engines import make
from translate.engines.base import AttentionSource, Decoding, EngineConfig
from translate.engines.ctranslate import CTranslateEngine
from translate.engines.transformers import TransformersEngine
from translate.errors import EngineError, ModelBroken, UsageError

GREEDY = Decoding(beam=1, max_ratio=1.5, max_extra=8)
EVERYDAY = ["Akram lives in Aleppo.", "I don't know what to say.", "Where is the station?", "She bought three apples."]
EVERYDAY_ARABIC = ["يعيش أكرم في حلب.", "لا أعرف ماذا أقول.", "أين المحطة؟", "اشترت ثلاث تفاحات."]


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


def agree(config: EngineConfig, sentences: list[str], decoding: Decoding) -> list[Translation]:
    ours = CTranslateEngine(config, device="cpu", compute_type="float32").translate(sentences, decoding)
    theirs = TransformersEngine(config, device="cpu").translate(sentences, decoding)
    for one, other in zip(ours, theirs, strict=True):
        assert one.text == other.text
        assert (one.source_pieces, one.target_pieces) == (other.source_pieces, other.target_pieces)
        # A search that is cut off had more pieces in its score than are kept.
        assert one.score == pytest.approx(other.score, abs=2e-3 if not one.issues else 0.2)
        assert one.alignment == other.alignment
        assert one.issues == other.issues
    return theirs


@pytest.mark.parametrize("attention", [AttentionSource(), AttentionSource(0, 0, True), AttentionSource(-2, 2), None])
def test_both_engines_agree_on_the_tiny_model(attention: AttentionSource | None) -> None:
    config = random_models.config(DATA / "tiny-en-ar", "tiny-en-ar", attention=attention)
    done = agree(config, [*EVERYDAY, *random_models.ENGLISH], GREEDY)
    assert done[0].text == "يعيش أكرم في حلب."
    assert (done[0].alignment is None) == (attention is None)


def test_both_engines_agree_on_the_way_back() -> None:
    config = random_models.config(DATA / "tiny-ar-en", "tiny-ar-en")
    assert agree(config, [*EVERYDAY_ARABIC, *random_models.ARABIC], GREEDY)[0].text


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("marian", {"prefix": ">>ara<< "}),
        ("m2m100", {"source_code": "en", "target_code": "ar"}),
        ("nllb", {"source_code": "eng_Latn", "target_code": "arb_Arab"}),
        ("t5", {"prefix": "<2ar> "}),
    ],
)
def test_both_engines_agree_on_every_architecture(tmp_path: Path, kind: str, codes: dict) -> None:
    config = random_models.config(getattr(random_models, kind)(tmp_path), kind, **codes)
    done = agree(config, random_models.ENGLISH[:5], GREEDY)
    assert any(translation.text for translation in done)


def test_beams_see_the_same_after_a_prefix(tmp_path: Path) -> None:
    folder = random_models.nllb(tmp_path)
    config = random_models.config(folder, "nllb-beam", source_code="eng_Latn", target_code="arb_Arab")
    sentences = random_models.ENGLISH
    ours = CTranslateEngine(config, device="cpu", compute_type="float32").translate(sentences, Decoding(beam=3))
    theirs = TransformersEngine(config, device="cpu").translate(sentences, Decoding(beam=3))
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a.target_pieces == b.target_pieces]
    assert pairs
    assert all(a.alignment == b.alignment for a, b in pairs)


def test_beam_search_and_penalties_run(tmp_path: Path) -> None:
    config = random_models.config(random_models.marian(tmp_path), "random", prefix=">>ara<< ")
    engine = TransformersEngine(config, device="cpu", decoding=GREEDY, threads=1)
    penalised = Decoding(beam=3, no_repeat_ngram=2, repetition_penalty=1.2, max_ratio=1, max_extra=4)
    for done in engine.translate(random_models.ENGLISH[:3], penalised):
        grams = list(zip(done.target_pieces, done.target_pieces[1:], strict=False))
        assert len(grams) == len(set(grams))
    assert engine.uses[0].settings == {"device": "cpu", "compute_type": "float32", "beam": 1}


def test_order_empty_sentences_and_company() -> None:
    config = random_models.config(DATA / "tiny-en-ar", "tiny-en-ar")
    engine = TransformersEngine(config, device="cpu", decoding=GREEDY)
    together = engine.translate(["", *EVERYDAY, " "])
    assert [done.text for done in together] == ["", *(engine.translate([each])[0].text for each in EVERYDAY), ""]


def test_a_sentence_over_the_limit_is_refused() -> None:
    config = random_models.config(DATA / "tiny-en-ar", "tiny-en-ar", max_source=8)
    with pytest.raises(EngineError, match="over the model's limit of 7"):
        TransformersEngine(config, device="cpu").translate(["This is a sentence of far more than seven pieces."])


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    folder = random_models.marian(tmp_path)
    (folder / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelBroken, match="cannot be loaded"):
        TransformersEngine(random_models.config(folder), device="cpu")


@pytest.mark.parametrize(("kind", "code"), [("m2m100", "xx"), ("nllb", "ara_Arab")])
def test_a_wrong_code_is_refused(tmp_path: Path, kind: str, code: str) -> None:
    folder = getattr(random_models, kind)(tmp_path)
    with pytest.raises(ModelBroken, match="does not know the language code"):
        TransformersEngine(random_models.config(folder, kind, target_code=code), device="cpu")


def test_devices(tmp_path: Path) -> None:
    import torch

    config = random_models.config(random_models.marian(tmp_path), "random")
    with pytest.raises(UsageError, match="device must be"):
        TransformersEngine(config, device="tpu")
    if not torch.cuda.is_available():
        with pytest.raises(UsageError, match="no CUDA GPU"):
            TransformersEngine(config, device="cuda")


def test_make(tmp_path: Path) -> None:
    config = random_models.config(random_models.marian(tmp_path), "random")
    use = config.use.__class__("random", "tests/random", "0", "Apache-2.0", "transformers")
    made = make(config.__class__(config.folder, use, "en", "ar"), device="cpu", threads=1)
    assert isinstance(made, TransformersEngine)


def test_both_engines_agree_on_the_n_best() -> None:
    config = random_models.config(DATA / "tiny-en-ar", "tiny-en-ar")
    sentences = [*EVERYDAY, ""]
    theirs = TransformersEngine(config, device="cpu").n_best(sentences, 3)
    assert theirs == CTranslateEngine(config, device="cpu", compute_type="float32").n_best(sentences, 3)
    assert theirs[0] == ["يعيش أكرم في حلب.", "تعيش أكرم في حلب.", "يعيش أكرم في حلب"]


def test_the_beam_is_as_wide_as_the_n_best() -> None:
    engine = TransformersEngine(random_models.config(DATA / "tiny-en-ar", "tiny-en-ar"), device="cpu")
    (texts,) = engine.n_best(["Where is the station?"], 3, Decoding(beam=1))
    assert len(set(texts)) == 3
    assert engine.n_best(["Where is the station?"], 1, Decoding(beam=1)) == [
        [engine.translate(["Where is the station?"], Decoding(beam=1))[0].text]
    ]
