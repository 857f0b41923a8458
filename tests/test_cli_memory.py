"""`dragoman memory`, and what `translate` and `run` do with it."""

import json
from pathlib import Path

import pytest

from translate.cli import main
from translate.memory import Entry, Memory

TEXT = "I like cats.\n\nTom is in the house.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def model(tiny_en_ar_model: Path) -> list[str]:
    return ["--to", "ar", "--model", str(tiny_en_ar_model), "--offline"]


def entries() -> list[Entry]:
    return list(Memory().entries())


def test_translating_twice(article: Path, model: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", str(article), "--format", "json", *model]) == 0
    first = capsys.readouterr()
    assert "memory" not in first.err and len(entries()) == 2
    assert main(["translate", str(article), "--format", "json", *model]) == 0
    second = capsys.readouterr()
    assert second.out == first.out
    assert "2 of 2 sentences came from the memory" in second.err
    assert main(["translate", str(article), "--format", "json", "--quiet", *model]) == 0
    assert "memory" not in capsys.readouterr().err


def test_without_memory(article: Path, model: list[str], own_memory: Path) -> None:
    assert main(["translate", str(article), "--no-memory", *model]) == 0
    assert not own_memory.exists()


def test_the_way_back_of_run_has_no_memory(
    article: Path, tiny_models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--to", "ar", "--profile", "tiny", "--offline", "-o"]
    assert main(["translate", str(article), *options, str(tmp_path / "a.html")]) == 0
    assert main(["run", str(article), "--back-model", "tiny-ar-en", "--no-summary", *options, str(tmp_path)]) == 0
    assert {entry.pair for entry in entries()} == {("en", "ar")}
    assert "2 of 2 sentences came from the memory" in capsys.readouterr().err


def test_approve_and_translate(article: Path, model: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["memory", "approve", "I like cats.", "أحب القطط كثيرًا."]) == 0
    assert "approved, en to ar" in capsys.readouterr().err
    assert main(["translate", str(article), "--format", "text", *model]) == 0
    assert "أحب القطط كثيرًا." in capsys.readouterr().out
    assert main(["memory", "approve", "Tom is in the house."]) == 0
    assert sum(entry.approved for entry in entries()) == 2


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        (["approve", "Unknown."], 3, "give its translation"),
        (["approve", "123", "456"], 3, "--from and --to"),
        (["approve", "One.", "واحد.", "--from", "en"], 3, "both languages"),
        (["forget", "Unknown."], 3, "nothing is remembered"),
        (["prune"], 2, "say what to remove"),
        (["import", "nowhere.tmx"], 3, "does not exist"),
        (["export", "-o", "/proc/nowhere/x.tmx"], 6, "cannot write"),
    ],
)
def test_errors_are_a_sentence_and_a_code(
    command: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["memory", *command]) == code
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1


def test_a_broken_memory_is_a_sentence_and_a_code(
    article: Path, model: list[str], own_memory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_memory.write_text("no database " * 100)
    assert main(["translate", str(article), *model]) == 3
    assert "--no-memory" in capsys.readouterr().err
    assert own_memory.read_text().startswith("no database")


def test_a_memory_that_cannot_be_made_stops_nothing(
    article: Path, model: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DRAGOMAN_MEMORY", str(article / "memory.sqlite"))
    assert main(["translate", str(article), "--format", "text", *model]) == 0
    assert "translating without memory" in capsys.readouterr().err


def test_export_and_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["memory", "approve", "One.", "واحد."])
    for name in ("a.tmx", "a.csv"):
        assert main(["memory", "export", "-o", str(tmp_path / name)]) == 0
        assert main(["memory", "forget", "One."]) == 0
        capsys.readouterr()
        assert main(["memory", "import", str(tmp_path / name)]) == 0
        assert "1 remembered, 1 of them approved" in capsys.readouterr().err
        assert [(entry.source, entry.target, entry.approved) for entry in entries()] == [("One.", "واحد.", True)]
    assert main(["memory", "export", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("source,target,approved")


def test_what_is_only_offered_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "theirs.csv"
    file.write_text("en,ar\nOne.,واحد.\nTwo.,\n", encoding="utf-8")
    assert main(["memory", "import", str(file)]) == 0
    said = capsys.readouterr().err
    assert "1 are only shown" in said and "1 left out" in said
    assert main(["memory", "import", str(file), "--approved", "--both-ways", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"entries": 1, "approved": 1, "offered": 0, "skipped": 1}
    assert {entry.pair for entry in entries() if entry.approved} == {("en", "ar"), ("ar", "en")}


def test_stats_and_prune(article: Path, model: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["memory", "stats"]) == 0
    assert "entries: 0" in capsys.readouterr().out
    main(["translate", str(article), "--quiet", *model])
    main(["memory", "approve", "One.", "واحد."])
    capsys.readouterr()
    assert main(["memory", "stats"]) == 0
    table = capsys.readouterr().out
    assert "en-ar  machine   tiny-en-ar" in table and "en-ar  approved" in table
    assert main(["memory", "stats", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["entries"], facts["approved"], facts["hits"]) == (3, 1, 0)
    assert main(["memory", "prune", "--model", "tiny-en-ar", "--unused", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == 2
    assert main(["memory", "prune", "--max-size", "0"]) == 0
    assert "what people approved" in capsys.readouterr().err
    assert [entry.source for entry in entries()] == ["One."]
