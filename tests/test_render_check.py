"""What the checks found, in every form: readable, exact, and valid."""

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from translate.document import Issue, Severity, Span
from translate.errors import UsageError
from translate.pairs import Checked, Unit
from translate.render.check import COLUMNS, Setting, Tally, document, marked

ERROR = Issue("numbers.missing", Severity.ERROR, "“12” is missing.", "«12» مفقود.", Span(5, 7), None)
WARNING = Issue("names.missing", Severity.WARNING, "“Sami” is missing.", "«Sami» مفقود.", Span(0, 4), Span(0, 3))
NOTE = Issue("confidence.low", Severity.NOTE, "The model was not sure.", "لم يكن النموذج واثقًا.")
PAIRS = (
    Checked(Unit(1, "Sami 12 <b>&", "جاء سامي"), (ERROR, WARNING)),
    Checked(Unit(2, "Yes.", "نعم."), ()),
    Checked(Unit(4, "So, it is.", "كذلك", "u.4"), (NOTE,)),
    Checked(Unit(5, "No.", ""), (WARNING,)),
)


def written(form: str, *pairs: Checked, **named: object) -> str:
    return "".join(document(pairs or PAIRS, form, Setting(("en", "ar"), "a.txt", **named)))  # type: ignore[arg-type]


def test_json_has_a_line_for_every_pair() -> None:
    lines = [json.loads(line) for line in written("json").splitlines()]
    assert [(line["line"], line["id"], len(line["issues"])) for line in lines] == [
        (1, None, 2),
        (2, None, 0),
        (4, "u.4", 1),
        (5, None, 1),
    ]
    assert lines[0]["issues"][0] == {
        "code": "numbers.missing",
        "severity": "error",
        "message": "“12” is missing.",
        "message_ar": "«12» مفقود.",
        "source_span": [5, 7],
        "target_span": None,
    }
    assert [list(line) for line in lines] == [["line", "id", "issues"]] * 4


def test_json_pieces_are_whole_lines() -> None:
    assert all(
        piece.endswith("\n") and piece.count("\n") == 1 for piece in document(PAIRS, "json", Setting(("en", "ar"), "a"))
    )


def test_csv_has_a_row_for_every_issue() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["line"], row["id"], row["code"]) for row in rows] == [
        ("1", "", "numbers.missing"),
        ("1", "", "names.missing"),
        ("4", "u.4", "confidence.low"),
        ("5", "", "names.missing"),
    ]
    first = rows[0]
    assert (first["source_start"], first["source_end"], first["target_start"]) == ("5", "7", "")
    assert (first["source"], first["target"]) == ("Sami 12 <b>&", "جاء سامي")


def test_text_is_for_an_editor() -> None:
    assert written("text") == (
        "line 1\n"
        "  error   numbers.missing: “12” is missing.\n"
        "  warning names.missing: “Sami” is missing.\n"
        "  en: ⟦Sami⟧ ⟦12⟧ <b>&\n"
        "  ar: \u2067⟦جاء⟧ سامي\u2069\n"
        "\n"
        "pair 4 (u.4)\n"
        "  note    confidence.low: The model was not sure.\n"
        "  en: So, it is.\n"
        "  ar: \u2067كذلك\u2069\n"
        "\n"
        "line 5\n"
        "  warning names.missing: “Sami” is missing.\n"
        "  en: ⟦No.⟧\n"
        "  ar: (empty)\n"
        "\n"
        "4 pairs: 1 with errors, 1 with warnings at most, 1 with notes only\n"
        "  error   numbers.missing                      1\n"
        "  warning names.missing                        2\n"
        "  note    confidence.low                       1\n"
    )


def test_colour_only_adds_to_the_text() -> None:
    coloured = written("text", colour=True)
    assert "\x1b[31merror" in coloured
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == written("text")


def test_a_sentence_of_several_lines_stays_on_one() -> None:
    text = written("text", Checked(Unit(1, "Sami\r\n12.", "سامي\n", ""), (WARNING,)))
    assert text.startswith("pair 1\n") and "\n  en: ⟦Sami⟧↵ 12.\n" in text and "↵ \u2069\n" in text


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "abcdef"),
        ([(0, 6)], "⟦abcdef⟧"),
        ([(1, 2), (4, 5)], "a⟦b⟧cd⟦e⟧f"),
        ([(4, 5), (1, 3), (2, 4)], "a⟦bcde⟧f"),
        ([(1, 5), (2, 3)], "a⟦bcde⟧f"),
        ([(6, 6)], "abcdef⟦⟧"),
        ([(5, 9)], "abcde⟦f⟧"),
    ],
)
def test_marks(spans: list[tuple[int, int]], expected: str) -> None:
    assert marked("abcdef", [Span(*span) for span in spans]) == expected


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted), max_size=5))
def test_marks_only_add(text: str, spans: list[list[int]]) -> None:
    out = marked(text.replace("⟦", "").replace("⟧", ""), [Span(*span) for span in spans])
    assert out.replace("⟦", "").replace("⟧", "") == text.replace("⟦", "").replace("⟧", "")
    assert out.count("⟦") == out.count("⟧")


@pytest.mark.parametrize(
    ("fail_on", "failed"),
    [(Severity.ERROR, ["line 1"]), (Severity.WARNING, ["line 1", "line 5"]), (None, [])],
)
def test_junit_fails_where_asked(fail_on: Severity | None, failed: list[str]) -> None:
    root = etree.fromstring(written("junit", fail_on=fail_on).encode())
    (suite,) = root
    cases = list(suite)
    assert root.tag == "testsuites" and suite.tag == "testsuite" and {case.tag for case in cases} == {"testcase"}
    assert suite.get("name") == "a.txt en-ar"
    assert [suite.get(key) for key in ("tests", "failures", "errors")] == ["4", str(len(failed)), "0"]
    assert [case.get("name") for case in cases] == ["line 1", "line 2", "pair 4 (u.4)", "line 5"]
    assert all(case.get("classname") == "a.txt" and case.get("time") == "0" for case in cases)
    assert [case.get("name") for case in cases if case.find("failure") is not None] == failed
    assert len(cases[1]) == 0
    if failed:
        failure = cases[0].find("failure")
        assert failure.get("type") == "numbers.missing" and "“12” is missing." in failure.get("message")
        assert "⟦12⟧ <b>&" in failure.text


@given(st.text(max_size=30), st.text(max_size=30))
def test_junit_is_well_formed_whatever_the_text(source: str, message: str) -> None:
    issue = Issue("a.b", Severity.ERROR, message, message)
    text = written("junit", Checked(Unit(1, source, message, message), (issue,)))
    assert len(etree.fromstring(text.encode("utf-8", "surrogatepass"))) == 1


def test_an_unknown_form_is_said_so() -> None:
    with pytest.raises(UsageError, match="text, json, csv, junit"):
        written("yaml")


@pytest.mark.parametrize(
    ("severities", "summary", "fails"),
    [
        ([[]], "1 pair: no issues", (False, False, False)),
        ([[], [Severity.NOTE]], "2 pairs: 1 with notes only", (False, False, True)),
        ([[Severity.NOTE, Severity.WARNING]], "1 pair: 1 with warnings at most", (False, True, True)),
        ([[Severity.WARNING, Severity.ERROR], [Severity.ERROR]], "2 pairs: 2 with errors", (True, True, True)),
    ],
)
def test_the_tally(severities: list[list[Severity]], summary: str, fails: tuple[bool, ...]) -> None:
    tally = Tally()
    for each in severities:
        tally.add([Issue("a.b", severity, "", "") for severity in each])
    assert tally.summary() == summary
    assert tuple(tally.fails(severity) for severity in Severity) == fails
    assert not tally.fails(None)
