"""Summarisers in models.yaml: known by name and language, and never taken for translators."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from translate import registry as r
from translate.errors import LanguageError, ModelError, RegistryError

NAMES = ("distilbart-cnn-12-6", "bart-large-cnn", "mT5_multilingual_XLSum", "AraBART-summ")
pytestmark = pytest.mark.usefixtures("own_file")


def entry(**changes: Any) -> dict[str, Any]:
    """A complete summariser that ships nowhere."""
    whole = {
        "task": "summarize",
        "hub": "org/own",
        "revision": "main",
        "licence": {"name": "MIT", "commercial": True},
        "engine": "transformers",
        "architecture": "bart",
        "download": 1000,
        "languages": ["en"],
        "max_source": 1024,
        "max_target": 142,
        "files": {"needed": ["config.json"], "weights": ["model.safetensors"]},
    }
    return {key: value for key, value in {**whole, **changes}.items() if value is not ...}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("distilbart-cnn-12-6", "bart-large-cnn", "mT5_multilingual_XLSum")),
        ("ar", ("mT5_multilingual_XLSum", "AraBART-summ")),
        ("fr", ()),
    ],
)
def test_summarisers_are_known_by_language(language: str, names: tuple[str, ...]) -> None:
    assert r.load().summarisers(language) == names


@pytest.mark.parametrize("name", NAMES)
def test_a_summariser_is_pinned_and_never_translates(name: str) -> None:
    known = r.load()
    spec = known.summariser(name, known.model(name).languages[0])
    assert spec.pinned
    assert spec.served == ()
    assert not any(name in profile.models for profile in known.profiles.values())
    assert r.leg(spec, "en", "ar") is None
    with pytest.raises(LanguageError, match="it writes summaries and translates nothing"):
        known.route_with(name, "en", "ar")


def test_models_trained_on_data_that_forbid_commerce_say_so() -> None:
    known = r.load()
    forbidden = [name for name in NAMES if known.model(name).licence.commercial is False]
    assert forbidden == ["mT5_multilingual_XLSum", "AraBART-summ"]


def test_a_translator_is_no_summariser() -> None:
    with pytest.raises(ModelError, match=r"opus-mt-en-ar translates .* for en there are: distilbart-cnn-12-6"):
        r.load().summariser("opus-mt-en-ar", "en")


def test_a_language_that_a_summariser_does_not_know() -> None:
    with pytest.raises(LanguageError, match="distilbart-cnn-12-6 summarises en, not ar"):
        r.load().summariser("distilbart-cnn-12-6", "ar")


def test_a_summariser_of_ones_own(own_file: Path) -> None:
    own_file.write_text(yaml.safe_dump({"models": {"own": entry(generation={"min_target": 10})}}), encoding="utf-8")
    spec = r.load().summariser("own", "en")
    assert spec.generation == r.Generation(beam=4, min_target=10)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"languages": ...}, "models.own.languages: is missing: say which languages it summarises"),
        ({"languages": ["english"]}, "models.own.languages.0: 'english' must be written 'en'"),
        ({"pairs": [["en", "ar"]]}, "models.own.pairs: is for translating"),
        ({"codes": {"en": "a"}}, "models.own.codes: is for translating"),
        ({"engine": "ctranslate"}, "models.own.engine: summarisers run with transformers, not ctranslate"),
        ({"task": "summarise"}, "models.own.task: input should be 'translate' or 'summarize'"),
        ({"task": ...}, "models.own.languages: is for summarisers"),
        ({"generation": {"beam": 0}}, "models.own.generation.beam: input should be greater than 0"),
        ({"generation": {"beems": 4}}, "models.own.generation.beems: there is no such key (did you mean beam?)"),
    ],
)
def test_a_mistake_is_told_with_its_path(changes: dict[str, Any], expected: str, own_file: Path) -> None:
    own_file.write_text(yaml.safe_dump({"models": {"own": entry(**changes)}}), encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        r.load()
    assert expected in str(caught.value)


def test_a_profile_is_for_translating(own_file: Path) -> None:
    profile = {"description": "d", "models": ["bart-large-cnn"]}
    own_file.write_text(yaml.safe_dump({"profiles": {"p": profile}}), encoding="utf-8")
    with pytest.raises(RegistryError, match="bart-large-cnn writes summaries, and profiles are for translating"):
        r.load()
