"""`dragoman check`: what it writes, what it says, and the code it ends with."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

from translate.cli import main

LOOP = "قال الوزير إن قال الوزير إن قال الوزير إن قال الوزير إن قال الوزير إن قال."
SOURCE = "The minister spoke.\n\nThe talks went on.\nHe left.\n"
TARGET = f"تحدث الوزير.\n\n{LOOP}\nغادر.\n"
COMMAND = [sys.executable, "-m", "translate.cli", "check"]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "s.txt").write_text(SOURCE, "utf-8")
    (tmp_path / "t.txt").write_text(TARGET, "utf-8")
    return [str(tmp_path / "s.txt"), str(tmp_path / "t.txt"), "--from", "en", "--to", "ar"]


@pytest.fixture
def sound(tmp_path: Path) -> list[str]:
    (tmp_path / "a.txt").write_text("The minister spoke.\n", "utf-8")
    (tmp_path / "b.txt").write_text("تحدث الوزير.\n", "utf-8")
    return [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]


def test_json_has_a_line_for_every_pair(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *files, "--format", "json"]) == 8
    said = capsys.readouterr()
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [line["line"] for line in lines] == [1, 3, 4]
    assert [bool(line["issues"]) for line in lines] == [False, True, False]
    for issue in lines[1]["issues"]:
        assert set(issue) == {"code", "severity", "message", "message_ar", "source_span", "target_span"}
        for span, text in ((issue["source_span"], SOURCE.split("\n")[2]), (issue["target_span"], LOOP)):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)
    assert any(issue["code"].startswith("repetition.") for issue in lines[1]["issues"])
    assert said.err.startswith("dragoman: 3 pairs: 1 with errors")


def test_text_ends_with_a_summary(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *files]) == 8
    said = capsys.readouterr()
    assert said.out.startswith("line 3\n  error ")
    assert "\n3 pairs: 1 with errors" in said.out
    assert said.err == ""


def test_csv_and_junit_are_what_they_say(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *files, "--format", "csv", "-o", str(tmp_path / "o.csv"), "--quiet"]) == 8
    assert main(["check", *files, "--format", "junit", "-o", str(tmp_path / "o.xml"), "--quiet"]) == 8
    assert capsys.readouterr() == ("", "")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "o.csv").read_text("utf-8"), newline="")))
    assert {row["line"] for row in rows} == {"3"}
    (suite,) = etree.parse(str(tmp_path / "o.xml")).getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")


@pytest.mark.parametrize(
    ("fail_on", "broken", "fine"), [("error", 8, 0), ("warning", 8, 0), ("note", 8, 0), ("never", 0, 0)]
)
def test_the_code_says_whether_issues_were_found(
    files: list[str], sound: list[str], fail_on: str, broken: int, fine: int
) -> None:
    assert main(["check", *files, "--fail-on", fail_on]) == broken
    assert main(["check", *sound, "--fail-on", fail_on]) == fine


def test_issues_that_matter_less_can_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "s").write_text("The minister paid 500 pounds.\n")
    (tmp_path / "t").write_text("دفع الوزير 500 جنيه\n", "utf-8")
    (tmp_path / "own.toml").write_text('[length]\nenabled = false\n[punctuation]\nseverities = {end = "note"}\n')
    names = [str(tmp_path / name) for name in ("s", "t")]
    names += ["--settings", str(tmp_path / "own.toml"), "--format", "json", "--fail-on", "note"]
    assert main(["check", *names]) == 8
    assert "punctuation.end" in capsys.readouterr().out
    # Not shown, but still what the exit code was asked about.
    assert main(["check", *names, "--least", "warning"]) == 8
    assert json.loads(capsys.readouterr().out)["issues"] == []


def test_own_settings_switch_a_check_off(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[repetition]\nenabled = false\n")
    main(["check", *files, "--format", "json", "--settings", str(own)])
    assert "repetition." not in capsys.readouterr().out
    own = tmp_path / "wrong.toml"
    own.write_text("[repetitions]\nenabled = false\n")
    assert main(["check", *files, "--settings", str(own)]) == 2
    assert "repetitions" in capsys.readouterr().err


def test_one_file_with_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en" '
        'target-language="ar" original="a"><body><trans-unit id="u7"><source>He <g id="1">left</g>.</source>'
        "<target>غادر.</target></trans-unit></body></file></xliff>",
        "utf-8",
    )
    assert main(["check", str(path), "--format", "json"]) == 8
    line = json.loads(capsys.readouterr().out)
    assert (line["line"], line["id"]) == (1, "u7")
    assert [issue["severity"] for issue in line["issues"] if issue["code"] == "markup.tags"] == ["error"]
    own = tmp_path / "own.toml"
    own.write_text('[markup]\nseverities = {tags = "off"}\n')
    main(["check", str(path), "--format", "json", "--settings", str(own)])
    assert "markup.tags" not in capsys.readouterr().out


def test_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "s.html").write_text("<p>The minister spoke. He left.</p>")
    (tmp_path / "t.html").write_text(f"<p>{LOOP} غادر.</p>", "utf-8")
    names = [str(tmp_path / "s.html"), str(tmp_path / "t.html")]
    assert main(["check", *names, "--documents", "--format", "json"]) == 8
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == ["1.1", "1.2"]


@pytest.mark.parametrize(
    ("source", "target", "code", "words"),
    [
        (b"One.\nTwo.\n", "واحد.\n".encode(), 3, "2 line.* 1"),
        (b"", b"", 3, "empty"),
        (b"One.\n", b"\xff\xfe\xfa", 3, "UTF-16"),
        (b"One.\n", b"a\xff\n", 3, "UTF-8"),
        (b"%PDF-1.4", b"x", 3, "PDF"),
        (b"One.\n", b"Two.\n", 3, "both en"),
    ],
)
def test_bad_input_gets_one_sentence_and_its_code(
    tmp_path: Path, source: bytes, target: bytes, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s").write_bytes(source)
    (tmp_path / "t").write_bytes(target)
    out = tmp_path / "o.json"
    assert main(["check", str(tmp_path / "s"), str(tmp_path / "t"), "-o", str(out)]) == code
    said = capsys.readouterr().err
    assert said.startswith("dragoman: ") and said.count("\n") == 1 and "Traceback" not in said
    assert re.search(words, said)
    assert not out.exists()


def test_a_reader_that_leaves_is_no_error(files: list[str]) -> None:
    process = subprocess.Popen([*COMMAND, *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


def test_standard_input_is_one_side(files: list[str]) -> None:
    done = subprocess.run(
        [*COMMAND, files[0], "-", "--format", "json"],
        input=TARGET.encode(),
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 8
    assert len(done.stdout.decode("utf-8").splitlines()) == 3


def heeding() -> None:
    """In a new process: Ctrl-C is heard, whatever started the tests (a shell's background jobs ignore it)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_leaves_whole_lines(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("The minister spoke of the talks, and left.\n" * 200_000)
    (tmp_path / "t").write_text("تحدث الوزير عن المحادثات ثم غادر.\n" * 200_000, "utf-8")
    with (tmp_path / "out").open("wb") as out:
        process = subprocess.Popen(
            [*COMMAND, str(tmp_path / "s"), str(tmp_path / "t"), "--format", "json"],
            stdout=out,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=heeding,
        )
        deadline = time.monotonic() + 60
        while (tmp_path / "out").stat().st_size < 10_000 and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"stopped" in said and b"Traceback" not in said
    text = (tmp_path / "out").read_text("utf-8")
    assert text.endswith("\n")
    assert [json.loads(line)["line"] for line in text.splitlines()] == list(range(1, text.count("\n") + 1))


def test_help_says_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    said = capsys.readouterr().out
    assert all(word in said for word in ("--documents", "--fail-on", "junit", "XLIFF", "TMX"))
