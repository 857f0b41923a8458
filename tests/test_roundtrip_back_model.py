"""The way back: another family where one is at hand, else the counterpart, and the reader is told which."""

from pathlib import Path

import pytest
import yaml

from translate import hub
from translate.document import ModelUse
from translate.errors import UsageError
from translate.registry import MODELS_VARIABLE, registry
from translate.roundtrip.back_model import Asked, at_hand, choose, counterpart, families, reason, shares_family

TINY = Path(__file__).parent / "data"


def use(name: str) -> ModelUse:
    return ModelUse(name, name, "1", "Apache-2.0", "ctranslate")


def asked(model: str | None = None, profile: str | None = None, *names: str) -> Asked:
    return Asked(model, profile, tuple(use(name) for name in names or filter(None, [model])))


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders on this machine, in a models.yaml of the user's own; one of them must not be used commercially."""

    def entry(architecture: str, pair: list[str], chrf: float, commercial: bool = True) -> dict[str, object]:
        return {
            "folder": str(TINY / f"tiny-{pair[0]}-{pair[1]}"),
            "licence": {"name": "some licence", "commercial": commercial},
            "engine": "ctranslate",
            "architecture": architecture,
            "pairs": [pair],
            "prefix": "",
            "max_source": 100,
            "max_target": 100,
            "flores_chrf": {"-".join(pair): chrf},
        }

    own = {
        "models": {
            "there": entry("marian", ["en", "ar"], 50),
            "back": entry("marian", ["ar", "en"], 60),
            "stranger": entry("t5", ["ar", "en"], 40),
            "better-stranger": entry("t5", ["ar", "en"], 45),
            "forbidden": entry("seq2seq", ["ar", "en"], 70, commercial=False),
        },
        "profiles": {"own": {"description": "Both ways.", "models": ["there", "back"]}},
    }
    path = tmp_path / "models.yaml"
    path.write_text(yaml.safe_dump(own))
    monkeypatch.setenv(MODELS_VARIABLE, str(path))


@pytest.mark.usefixtures("models")
def test_the_best_model_of_another_family_goes_back() -> None:
    choice = choose([asked("there")], "en", "ar")
    assert choice.model == "better-stranger"
    assert "another family (t5)" in choice.why and "marian" in choice.why


@pytest.mark.usefixtures("models")
def test_a_strangers_family_is_strange_to_all_that_are_compared() -> None:
    choice = choose([asked("there"), asked("madlad400-3b-mt")], "en", "ar")
    assert (choice.model, choice.profile) == (None, "own")
    assert "no model of another family" in choice.why


def test_without_one_the_counterpart_goes_back_and_the_reader_is_told() -> None:
    choice = choose([asked("opus-mt-en-ar")], "en", "ar")
    assert (choice.model, choice.profile) == (None, "fast")
    assert "no model of another family" in choice.why and "share their mistakes" in choice.why


@pytest.mark.parametrize(
    ("forward", "model", "profile"),
    [
        (asked("nllb-200-distilled-600M"), "nllb-200-distilled-600M", None),
        (asked("opus-mt-tc-big-en-ar"), None, "default"),
        (asked(None, "wide", "m2m100_418M"), None, "wide"),
        (asked(None, None, "opus-mt-tc-big-en-ar"), None, None),
    ],
)
def test_counterparts(forward: Asked, model: str | None, profile: str | None) -> None:
    choice = counterpart(forward, "en", "ar")
    assert choice is not None and (choice.model, choice.profile) == (model, profile)


def test_a_folder_that_goes_one_way_has_no_counterpart(tiny_en_ar_model: Path) -> None:
    folder = asked(str(tiny_en_ar_model), None, "tiny-en-ar")
    assert counterpart(folder, "en", "ar") is None
    assert families(folder) == {"marian"}


def test_where_nothing_goes_back_the_user_is_asked_to_name_one(tiny_en_ar_model: Path) -> None:
    with pytest.raises(UsageError, match="--back-model"):
        choose([asked(str(tiny_en_ar_model), None, "tiny-en-ar")], "en", "fr")


def test_a_preview_goes_back_only_where_nothing_else_does(tiny_en_ar_model: Path) -> None:
    preview = registry().model("gemma-3-270m-dragoman")
    if hub.cached(preview) is None:
        pytest.skip("the embedded model is not installed")
    choice = choose([asked(str(tiny_en_ar_model), None, "tiny-en-ar")], "en", "ar")
    assert choice.model == preview.name and "no other model at hand" in choice.why


@pytest.mark.usefixtures("models")
def test_what_the_user_names_is_used_and_judged() -> None:
    forward = [asked("there")]
    assert shares_family(asked("back"), forward) and "same family" in reason(asked("back"), forward)
    assert not shares_family(asked("stranger"), forward) and "another family" in reason(asked("stranger"), forward)


@pytest.mark.usefixtures("models")
def test_at_hand() -> None:
    own = counterpart(asked("there"), "en", "ar")
    assert own is not None and at_hand(own, "ar", "en")
    elsewhere = counterpart(asked("m2m100_418M"), "en", "ar")
    assert elsewhere is not None and not at_hand(elsewhere, "ar", "en")
