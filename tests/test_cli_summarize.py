"""`dragoman summarize`: what it writes, where, and the code it ends with."""

import json
import re
from pathlib import Path

import pytest

from translate.cli import main

SEEDS = Path(__file__).parent.parent / "seeds"
SHORT = SEEDS / "short.txt"
LIVE = SEEDS / "live-report.txt"


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model can be loaded."""
    monkeypatch.setattr("translate.api.resolve", None)


@pytest.fixture
def model(tiny_en_ar_model: Path) -> list[str]:
    return ["--model", str(tiny_en_ar_model), "--offline"]


def summarize(*arguments: object) -> int:
    return main(["summarize", *map(str, arguments)])


@pytest.mark.parametrize("form", ["headline", "bullets", "paragraph"])
def test_an_article_in_its_own_language_needs_no_model(
    no_model: None, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert summarize(LIVE, "--to", "en", "--form", form) == 0
    said = capsys.readouterr()
    assert said.err == "" and said.out.startswith("English:\n") and "\nNeutrality: speakers kept" in said.out
    assert len(re.findall(r"\[\d+(?:, \d+)*\]", said.out)) == (1 if form == "headline" else 5)
    assert ("\n• " in said.out) is (form == "bullets")


@pytest.mark.parametrize(
    ("options", "most"), [(["--sentences", "2"], 2), (["--words", "40"], 3), (["--characters", "200"], 3)]
)
def test_it_keeps_to_the_budget(
    no_model: None, capsys: pytest.CaptureFixture[str], options: list[str], most: int
) -> None:
    assert summarize(LIVE, "--format", "json", *options) == 0
    (summary,) = json.loads(capsys.readouterr().out)["summaries"]
    assert 1 <= len(summary["sentences"]) <= most
    assert "--words" not in options or len(summary["text"].split()) <= 40
    assert "--characters" not in options or len(summary["text"]) <= 200


def test_both_languages_go_into_a_folder(model: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarize(SHORT, "--to", "ar,en", "-o", tmp_path, *model) == 0
    assert {path.name for path in tmp_path.iterdir()} == {f"short.summary.{end}" for end in ("txt", "json", "html")}
    assert "wrote " in capsys.readouterr().err
    arabic, english = json.loads((tmp_path / "short.summary.json").read_text("utf-8"))["summaries"]
    assert (arabic["lang"], english["lang"]) == ("ar", "en")
    pairs = list(zip(arabic["sentences"], english["sentences"], strict=True))
    assert all(one["grounds"] == other["grounds"] and one["original"] == other["text"] for one, other in pairs)
    text = (tmp_path / "short.summary.txt").read_text("utf-8")
    assert text.startswith("العربية:\n") and "\nEnglish:\n" in text


@pytest.mark.parametrize(
    ("name", "options", "start"),
    [
        ("a.html", [], "<!doctype html>"),
        ("a.json", [], "{\n"),
        ("a.txt", [], "English:"),
        ("a.txt", ["--format", "json"], "{\n"),
    ],
)
def test_the_outputs_name_says_its_form(tmp_path: Path, name: str, options: list[str], start: str) -> None:
    assert summarize(SHORT, "-o", tmp_path / name, "--quiet", *options) == 0
    assert (tmp_path / name).read_text("utf-8").startswith(start)


def test_a_name_without_a_suffix_is_a_folder(tmp_path: Path) -> None:
    assert summarize(SHORT, "-o", tmp_path / "new", "--quiet") == 0
    assert {path.suffix for path in (tmp_path / "new").iterdir()} == {".txt", ".json", ".html"}


def test_a_folder_takes_the_one_form_that_is_asked(tmp_path: Path) -> None:
    assert summarize(SHORT, "-o", tmp_path, "--format", "html", "--quiet") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["short.summary.html"]


def test_an_arabic_article_gets_the_same(no_model: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "خبر.txt"
    path.write_text("قالت وزارة الصحة إن 12 شخصا أصيبوا في حريق قرب الميناء. ولم يتسن التحقق من سبب الحريق.", "utf-8")
    assert summarize(path) == 0
    assert re.match(r"العربية:\n.*وزارة الصحة.*\[1\]", capsys.readouterr().out)


def test_a_budget_that_nothing_fits_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert summarize(SHORT, "--words", "2") == 0
    said = capsys.readouterr()
    assert "as short as asked" in said.err and "[" in said.out


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        ("", [], 3, "empty"),
        ("12 34", [], 3, "no words"),
        (
            "Le maire a dit mardi que le pont serait fermé, car les travaux ont pris du retard.",
            [],
            3,
            "not one in French",
        ),
        ("The mayor left the town.", ["--from", "ar"], 3, "does not look like Arabic"),
        ("The mayor left the town.", ["--to", "en,nonsense"], 3, "nonsense"),
        ("The mayor left the town.", ["--words", "0"], 2, "--words must be at least 1"),
        ("The mayor left the town.", ["--method", "no-such-model"], 4, "no-such-model"),
        ("The mayor left the town.", ["--to", "ar", "--model", "no-such-model"], 4, "no-such-model"),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_a_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], code: int, said: str
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(text, "utf-8")
    assert summarize(path, "--offline", *options) == code
    err = capsys.readouterr().err
    assert err.startswith("dragoman: ") and said in err and err.count("\n") == 1


@pytest.mark.parametrize(("least", "code"), [("note", 8), ("never", 0)])
def test_issues_of_the_translation_count(model: list[str], least: str, code: int) -> None:
    assert summarize(SHORT, "--to", "ar", "--fail-on", least, "--quiet", *model) == code


def test_run_has_the_summary_of_both_languages(
    tiny_ar_en_model: Path, model: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["run", str(SHORT), *model, "--back-model", str(tiny_ar_en_model)]
    assert main([*run, "-o", str(tmp_path / "with")]) == 0
    data = json.loads((tmp_path / "with/short.ar.json").read_text("utf-8"))
    assert [one["lang"] for one in data["summaries"]] == ["en", "ar"] and data["report"]["measures"]
    report = (tmp_path / "with/short.report.html").read_text("utf-8")
    sentences = [one["text"] for one in data["summaries"][0]["sentences"]]
    grounds = [number for one in data["summaries"][0]["sentences"] for number in one["grounds"]]
    assert report.count('class="told"') == 2 * len(sentences)
    assert all(f'<a href="#s{number}" aria-label' in report and f'<tr id="s{number}"' in report for number in grounds)
    assert main([*run, "-o", str(tmp_path / "without"), "--no-summary"]) == 0
    assert "summaries" not in json.loads((tmp_path / "without/short.ar.json").read_text("utf-8"))
    assert 'class="told"' not in (tmp_path / "without/short.report.html").read_text("utf-8")


def test_a_summary_that_fails_costs_run_nothing_else(
    tiny_ar_en_model: Path,
    model: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*arguments: object, **named: object) -> None:
        raise IndexError("it broke")

    monkeypatch.setattr("translate.summarize.extractive.summarize", broken)
    run = ["run", str(SHORT), *model, "--back-model", str(tiny_ar_en_model), "-o", str(tmp_path)]
    assert main(run) == 0
    assert "no summary: it broke" in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 4
