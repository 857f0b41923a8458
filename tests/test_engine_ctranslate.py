"""CTranslate2 on the tiny models and on random ones: the same result alone and in company, limits kept, codes heard."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import random_models
from conftest import DATA

from translate import cache
from translate.document import Alignment, Severity, Translation
from translate.engines import convert, make
from translate.engines.assemble import UNFINISHED
from translate.engines.base import AttentionSource, Decoding, EngineConfig
from translate.engines.ctranslate import CTranslateEngine
from translate.errors import EngineError, ModelBroken, UsageError

SENTENCES = [
    *random_models.ENGLISH,
    "Akram lives in Aleppo.",
    "I don't know what to say.",
    "No.",
    "Tom said that he would wait for us at the station until noon.",
    "At least 12 people were killed in Syria on Monday, the UN said.",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
    "Why?",
    "She bought bread, milk, and three apples for her sister.",
]
SHORT = Decoding(max_ratio=1.5, max_extra=8)
BEAMS = [Decoding(beam=1), Decoding(), Decoding(no_repeat_ngram=3, repetition_penalty=1.2)]


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def tiny() -> EngineConfig:
    return random_models.config(DATA / "tiny-en-ar", "tiny-en-ar")


@pytest.fixture(scope="module")
def engine(tiny: EngineConfig) -> CTranslateEngine:
    return CTranslateEngine(tiny, device="cpu", threads=2)


def same(some: list[Translation], others: list[Translation]) -> None:
    for one, other in zip(some, others, strict=True):
        assert replace(one, log_probs=(), score=None) == replace(other, log_probs=(), score=None)
        assert one.log_probs == pytest.approx(other.log_probs, abs=1e-4)
        assert one.score == pytest.approx(other.score, abs=1e-4)


@pytest.mark.parametrize("decoding", BEAMS, ids=["greedy", "beam 4", "penalised"])
def test_company_changes_nothing(engine: CTranslateEngine, decoding: Decoding) -> None:
    alone = [engine.translate([sentence], decoding)[0] for sentence in SENTENCES]
    same(engine.translate(SENTENCES, decoding), alone)
    order = list(range(len(SENTENCES)))
    random.Random(3).shuffle(order)
    same(engine.translate([SENTENCES[i] for i in order], decoding), [alone[i] for i in order])
    same(engine.translate(SENTENCES * 3, decoding), alone * 3)


def test_threads_change_nothing(tiny: EngineConfig, engine: CTranslateEngine) -> None:
    same(CTranslateEngine(tiny, device="cpu", threads=1).translate(SENTENCES), engine.translate(SENTENCES))


def test_what_a_translation_holds(engine: CTranslateEngine) -> None:
    (done,) = engine.translate(["Akram lives in Aleppo."])
    assert done.text == "يعيش أكرم في حلب."
    assert "".join(done.source_pieces).replace("▁", " ").strip() == "Akram lives in Aleppo."
    assert "".join(done.target_pieces).replace("▁", " ").strip() == done.text
    assert len(done.source_pieces) == engine.count("Akram lives in Aleppo.")
    assert done.score is not None and done.score < 0
    assert done.issues == ()
    assert isinstance(done.alignment, Alignment)
    assert {"0-1", "1-0", "3-3", "4-4"} <= set(str(done.alignment).split())


@pytest.mark.parametrize("empty", ["", " ", "\u200b"])
def test_nothing_to_translate(engine: CTranslateEngine, empty: str) -> None:
    done = engine.translate([empty, "Akram lives in Aleppo.", empty])
    assert [translation.text for translation in done] == ["", "يعيش أكرم في حلب.", ""]
    assert engine.translate([]) == []


def test_a_sentence_over_the_limit_is_refused_not_cut(tiny: EngineConfig, engine: CTranslateEngine) -> None:
    assert engine.max_source == tiny.max_source - 1
    longest = " ".join(["no"] * (engine.max_source // engine.count("no")))
    assert engine.count(longest) <= engine.max_source
    (done,) = engine.translate([longest], Decoding(beam=1, max_ratio=0, max_extra=3))
    assert len(done.source_pieces) == engine.count(longest)
    with pytest.raises(EngineError, match="over the model's limit of 511: split it"):
        engine.translate(["Fine.", longest + " no" * 10])


def test_each_hypothesis_has_its_own_cap(engine: CTranslateEngine) -> None:
    decoding = Decoding(beam=1, max_ratio=0.25, max_extra=1)
    for done in engine.translate(SENTENCES, decoding):
        cap = decoding.max_target(len(done.source_pieces), 512)
        assert len(done.target_pieces) <= cap
        cut = [issue for issue in done.issues if issue.code == UNFINISHED]
        assert [issue.severity for issue in cut] == [Severity.ERROR] * (len(done.target_pieces) == cap)


def test_a_loop_ends_at_the_models_limit(engine: CTranslateEngine) -> None:
    (done,) = engine.translate(["a " * 60], Decoding(beam=1, max_ratio=100))
    assert len(done.target_pieces) <= 511
    assert done.mean_log_prob is not None


def test_the_same_alignment_alone_and_in_a_batch(tiny: EngineConfig) -> None:
    """CTranslate2's beam search mixes up the first rows of attention in a batch."""
    engine = CTranslateEngine(tiny, device="cpu", compute_type="float32")
    sentences = [f"{name} lives in {town}." for name in ("Tom", "Mary", "Sami", "Layla") for town in ("Cairo", "Paris")]
    for done, sentence in zip(engine.translate(sentences), sentences, strict=True):
        assert done.alignment == engine.translate([sentence])[0].alignment


def test_use_tells_the_settings(engine: CTranslateEngine) -> None:
    (use,) = engine.uses
    assert use.settings == {"device": "cpu", "compute_type": "int8_float32", "beam": 4}


def test_a_model_is_converted_once(tiny: EngineConfig) -> None:
    folder = convert.converted(tiny, "int8")
    written = (folder / "model.bin").stat().st_mtime_ns
    assert convert.converted(tiny, "int8") == folder
    assert (folder / "model.bin").stat().st_mtime_ns == written


def test_every_choice_has_its_own_conversion(tiny: EngineConfig) -> None:
    choices = [tiny, replace(tiny, attention=AttentionSource(0, 0)), replace(tiny, cache_name="tests--other")]
    names = {convert.cache_name(config, kind) for config in choices for kind in ("int8", "float16")}
    assert len(names) == 6


def test_a_folder_without_a_name_is_known_by_its_files(tiny: EngineConfig, tmp_path: Path) -> None:
    unnamed = replace(tiny, cache_name="", folder=tmp_path)
    (tmp_path / "config.json").write_text("{}")
    before = convert.cache_name(unnamed, "int8")
    assert before == convert.cache_name(unnamed, "int8")
    (tmp_path / "config.json").write_text("{ }")
    assert convert.cache_name(unnamed, "int8") != before


def test_running_takes_neither_torch_nor_transformers(tiny: EngineConfig, engine: CTranslateEngine) -> None:
    """Importing them takes seconds, which every start would pay."""
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from translate.document import ModelUse\n"
        "from translate.engines import make\n"
        "from translate.engines.base import EngineConfig\n"
        "use = ModelUse('tiny', 'tests/tiny', '0', 'Apache-2.0', 'ctranslate')\n"
        f"config = EngineConfig(Path({str(tiny.folder)!r}), use, 'en', 'ar', cache_name={tiny.cache_name!r})\n"
        "print(make(config, device='cpu').translate(['Akram lives in Aleppo.'])[0].text)\n"
        "print([name for name in ('torch', 'transformers', 'tokenizers') if name in sys.modules])\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
    output = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert output.stdout.decode().splitlines() == ["يعيش أكرم في حلب.", "[]"]
    assert output.stderr == b""


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("m2m100", {"source_code": "en", "target_code": "ar"}, {"target_code": "xx"}),
        ("nllb", {"source_code": "eng_Latn", "target_code": "arb_Arab"}, {"target_code": "ara_Arab"}),
        ("t5", {"prefix": "<2ar> "}, {"prefix": "<2xx> "}),
        ("marian", {"prefix": ">>ara<< "}, {"prefix": ">>xxx<< "}),
    ],
)
def test_codes_reach_the_model_and_wrong_ones_are_refused(tmp_path: Path, kind: str, right: dict, wrong: dict) -> None:
    config = random_models.config(getattr(random_models, kind)(tmp_path), kind, **right)
    with pytest.raises(ModelBroken):
        CTranslateEngine(replace(config, **wrong), device="cpu")
    engine = CTranslateEngine(config, device="cpu", compute_type="float32")
    for done in engine.translate(SENTENCES, SHORT):
        assert done.target_pieces[:1] not in (("__ar__",), ("arb_Arab",))
        assert done.mean_log_prob is not None


@pytest.mark.parametrize(("kind", "other"), [("m2m100", "fr"), ("nllb", "fra_Latn")])
def test_another_target_code_gives_another_text(tmp_path: Path, kind: str, other: str) -> None:
    codes = {"m2m100": ("en", "ar"), "nllb": ("eng_Latn", "arb_Arab")}[kind]
    folder = getattr(random_models, kind)(tmp_path)
    config = random_models.config(folder, f"{kind}-other", source_code=codes[0], target_code=codes[1])
    texts = [
        [done.text for done in CTranslateEngine(each, device="cpu", compute_type="float32").translate(SENTENCES, SHORT)]
        for each in (config, replace(config, target_code=other), replace(config, source_code=other))
    ]
    assert texts[0] != texts[1]
    assert texts[0] != texts[2]


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    folder = random_models.marian(tmp_path / "broken")
    (folder / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelBroken, match="broken: the model in"):
        CTranslateEngine(random_models.config(folder, "broken"), device="cpu")
    assert cache.find(convert.cache_name(random_models.config(folder, "broken"), "int8")) is None


def test_a_broken_conversion_is_named(tiny: EngineConfig) -> None:
    config = replace(tiny, cache_name="tests--spoilt")
    folder = convert.converted(config, "int8")
    (folder / "model.bin").write_bytes(b"nothing")
    with pytest.raises(ModelBroken, match="remove it to convert again"):
        CTranslateEngine(config, device="cpu")


@pytest.mark.parametrize("settings", [{"device": "tpu"}, {"threads": 0}])
def test_settings_that_make_no_sense(tiny: EngineConfig, settings: dict) -> None:
    with pytest.raises(UsageError):
        CTranslateEngine(tiny, **settings)


def test_no_gpu_is_said_in_a_sentence(tiny: EngineConfig) -> None:
    import ctranslate2

    if ctranslate2.get_cuda_device_count():
        pytest.skip("this machine has a GPU")
    with pytest.raises(UsageError, match="no CUDA GPU"):
        make(tiny, device="cuda")


def test_make_knows_its_engines(tiny: EngineConfig) -> None:
    assert isinstance(make(tiny, device="auto", threads=1), CTranslateEngine)
    with pytest.raises(ModelBroken, match="names the engine 'moses'"):
        make(replace(tiny, use=replace(tiny.use, engine="moses")))


def test_n_best_company_changes_nothing(engine: CTranslateEngine) -> None:
    alone = [engine.n_best([sentence], 3)[0] for sentence in SENTENCES]
    assert engine.n_best(SENTENCES, 3) == alone
    assert engine.n_best(SENTENCES[::-1], 3) == alone[::-1]


@pytest.mark.parametrize("count", [1, 2, 4, 7])
def test_n_best_are_so_many_different_texts(engine: CTranslateEngine, count: int) -> None:
    found = engine.n_best(SENTENCES, count)
    assert all(0 < len(texts) <= count and len(set(texts)) == len(texts) for texts in found)
    assert any(len(texts) == count for texts in found)


def test_the_best_of_one_is_the_translation(engine: CTranslateEngine) -> None:
    done = engine.translate(SENTENCES)
    finished = [not translation.issues for translation in done]
    best = [[translation.text] if own else [] for translation, own in zip(done, finished, strict=True)]
    assert engine.n_best(SENTENCES, 1) == best


def test_n_best_of_nothing_and_of_too_much(engine: CTranslateEngine) -> None:
    assert engine.n_best([], 3) == []
    assert engine.n_best(["", "Akram lives in Aleppo."], 2) == [[], ["يعيش أكرم في حلب.", "تعيش أكرم في حلب."]]
    with pytest.raises(EngineError, match="split it"):
        engine.n_best(["no " * engine.max_source * 2], 2)


def test_hypotheses_without_an_end_are_not_among_the_n_best(engine: CTranslateEngine) -> None:
    assert engine.n_best(["Akram lives in Aleppo."], 3, Decoding(max_ratio=0, max_extra=2)) == [[]]


def test_n_best_leave_the_language_code_out(tmp_path: Path) -> None:
    folder = random_models.nllb(tmp_path)
    config = random_models.config(folder, "nllb-n-best", source_code="eng_Latn", target_code="arb_Arab")
    engine = CTranslateEngine(config, device="cpu", decoding=SHORT)
    found = [text for texts in engine.n_best(SENTENCES, 3) for text in texts]
    assert not any("arb_Arab" in text for text in found)
