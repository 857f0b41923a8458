"""The command: what it writes, what it says, and the code it ends with."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from translate.cli import main

SEEDS = Path(__file__).parent.parent / "seeds"
SHORT = SEEDS / "short.txt"


@pytest.fixture
def model(tiny_en_ar_model: Path) -> list[str]:
    return ["--model", str(tiny_en_ar_model), "--offline"]


def dragoman(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "translate.cli", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.html", "<!doctype html>"),
        ("a.txt", ""),
        ("a.md", ""),
        ("a.json", '{\n "schema_version": 1,'),
    ],
)
def test_the_outputs_name_says_its_form(model: list[str], tmp_path: Path, name: str, start: str) -> None:
    assert main(["translate", str(SHORT), "--to", "ar", "-o", str(tmp_path / name), *model]) == 0
    text = (tmp_path / name).read_text("utf-8")
    assert text.startswith(start)
    assert len(re.findall("[\u0621-\u064a]{2,}", text)) > 30
    if name.endswith("json"):
        json.loads(text)
    if name.endswith("html"):
        assert text.count("<a href=") == 2 and text.count("<i>") == 1


def test_standard_input_to_standard_output(model: list[str]) -> None:
    done = dragoman("translate", "-", "--format", "text", *model, stdin=b"I like cats.", PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and done.stderr == b""
    assert re.search("[\u0621-\u064a]{2,}", done.stdout.decode("utf-8"))


def test_a_reader_that_leaves_is_no_error(model: list[str]) -> None:
    command = [sys.executable, "-m", "translate.cli", "translate", str(SHORT), "--format", "text", *model]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.7 \xff\xfe", "PDF"),
        (b"PK\x03\x04" + bytes(40), "zip|archive|Word|DOCX"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG|image"),
        (b"<p>1,300</p>", "no words"),
        ("هذا نص عربي عن الطقس في المدينة اليوم.".encode(), "does not look like English"),
    ],
)
def test_bad_input_gets_one_sentence_and_code_3(
    model: list[str], tmp_path: Path, data: bytes, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes(data)
    assert main(["translate", str(path), "--from", "en", "--to", "ar", "-o", str(tmp_path / "out.txt"), *model]) == 3
    said = capsys.readouterr().err
    assert re.search(words, said) and said.startswith("dragoman: ") and said.count("\n") == 1
    assert "Traceback" not in said
    assert not (tmp_path / "out.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["translate", "nowhere.txt"], 3, "nowhere.txt"),
        (["translate", str(SEEDS)], 3, "folder|directory"),
        (["translate", str(SHORT), "--to", "en"], 2, "both en"),
        (["translate", str(SHORT), "--model", "no-such-model"], 4, "no-such-model"),
        (["translate", str(SHORT), "--profile", "fast", "--offline"], 5, "models pull"),
        (["translate", str(SHORT), "--device", "cuda"], 2, "cuda|CUDA"),
    ],
)
def test_errors_have_their_codes(
    arguments: list[str], code: int, words: str, model: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    if not {"--model", "--profile"} & set(arguments):
        arguments = [*arguments, *model]
    assert main(arguments) == code
    said = capsys.readouterr().err
    assert re.search(words, said) and "Traceback" not in said


def test_a_full_disk_is_said_to_be_full(model: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", str(SHORT), "--format", "text", "-o", "/dev/full", *model]) == 6
    assert "no space left" in capsys.readouterr().err


def test_debug_shows_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", "nowhere.txt", "--debug"]) == 3
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code"),
    [([], 0), (["--fail-on", "error"], 8), (["--fail-on", "never"], 0), (["--strict", "--fail-on", "error"], 8)],
)
def test_run_takes_an_article_there_and_back(
    tiny_ar_en_model: Path, model: list[str], tmp_path: Path, options: list[str], code: int
) -> None:
    back = ["--back-model", str(tiny_ar_en_model)]
    assert main(["run", str(SHORT), "-o", str(tmp_path), *model, *back, *options]) == code
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"short.ar.html", "short.ar.json", "short.back.en.html", "short.report.html"}
    report = (tmp_path / "short.report.html").read_text("utf-8")
    assert report.count('<tr id="s') == 6 and "3 / 3" in report
    assert (tmp_path / "short.back.en.html").read_text("utf-8").count("<a href=") == 2


def test_run_needs_a_way_back(
    model: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("translate.hub.cached", lambda spec: None)
    assert main(["run", str(SHORT), "-o", str(tmp_path / "out"), *model]) == 2
    assert "--back-model" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ([], 0, r"dragoman: 6 sentences: \d with errors.* \(.*numbers\.\w+ \d"),
        (["--qa"], 0, r"dragoman: 6 sentences: \d with errors"),
        (["--no-qa"], 0, "^$"),
        (["--quiet"], 0, "^$"),
        (["--fail-on", "error"], 8, "6 sentences"),
        (["--fail-on", "error", "--quiet"], 8, "^$"),
    ],
)
def test_translations_are_checked_as_they_are_made(
    model: list[str], tmp_path: Path, options: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.json"
    assert main(["translate", str(SHORT), "--to", "ar", "-o", str(out), *model, *options]) == code
    assert re.search(said, capsys.readouterr().err)
    sentences = [sentence for block in json.loads(out.read_text("utf-8"))["blocks"] for sentence in block["sentences"]]
    codes = {issue["code"].partition(".")[0] for sentence in sentences for issue in sentence["issues"]}
    assert ("numbers" in codes) == ("--no-qa" not in options)


def test_checks_do_not_change_the_translation(model: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for options in ([], ["--no-qa"]):
        main(["translate", str(SHORT), "--to", "ar", *model, *options])
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]


def test_strict_keeps_sentences_with_an_error_in_their_language(
    model: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["translate", str(SHORT), "--to", "ar", "--format", "text", *model, "--strict"]) == 0
    assert "About 60 children were waiting on the quay" in capsys.readouterr().out


def heeding() -> None:
    """In a new process: Ctrl-C is heard, whatever started the tests (a shell's background jobs ignore it)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_leaves_nothing_half_written(model: list[str], tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text("\n\n".join(f"This is paragraph {n} of a long book about the sea." for n in range(20000)))
    command = [sys.executable, "-m", "translate.cli", "translate", str(book), "-o", str(tmp_path / "out" / "b.txt")]
    process = subprocess.Popen([*command, *model], stderr=subprocess.PIPE, start_new_session=True, preexec_fn=heeding)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("out/.dragoman-*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"stopped" in said and b"Traceback" not in said
    assert list((tmp_path / "out").iterdir()) == []


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["--help"])
    assert exit_.value.code == 0
    said = capsys.readouterr().out
    assert all(command in said for command in ("translate", "run", "check", "models", "exit codes", "  8 ", "130"))


def test_a_wrong_command_line_is_code_2() -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["translate"])
    assert exit_.value.code == 2
