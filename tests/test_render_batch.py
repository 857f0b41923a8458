"""The reports of a batch: an index, a page for each file, and tables."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import pytest

from translate import extract
from translate.document import (
    Issue,
    Kind,
    ModelUse,
    Sentence,
    Severity,
    Span,
    TranslatedBlock,
    TranslatedDocument,
    TranslatedSentence,
    Translation,
)
from translate.markup import clip
from translate.render import batch_data, batch_page, translated_page
from translate.render.batch_data import Outcome

MADE = datetime(2026, 11, 22, 12, 0)
MODEL = ModelUse("tiny", "hub/tiny", "1", "Apache-2.0", "ctranslate", preview=True)
EVIL = "<img src=x onerror=alert(1)>"


def translated(
    markup: str = f"He paid <b>5</b> dinars. {EVIL}", severity: Severity = Severity.ERROR
) -> TranslatedDocument:
    """A document of one sentence that stands for itself, with an issue of its number."""
    document = extract.document(markup, Kind.FRAGMENT)
    (block,) = document.blocks
    whole = Span(0, len(block.text))
    issue = Issue("numbers.changed", severity, f"The number changed. {EVIL}", "تغيّر العدد.", Span(8, 9), Span(8, 9))
    sentence = TranslatedSentence(Sentence(block.text, whole), whole, Translation(block.text), (issue,))
    return TranslatedDocument(
        document, "en", "ar", (TranslatedBlock(block, clip(block, whole), (sentence,)),), (MODEL,)
    )


def outcomes() -> list[Outcome]:
    document = translated()
    return [
        Outcome(
            "خبر.txt", "خبر.ar.txt", "reports/خبر.ar.html", ("en", "ar"), (MODEL,), 1, batch_data.flaws(document), 2.0
        ),
        Outcome(f"{EVIL}.txt", why=("it is empty", "هو فارغ")),
        Outcome("c.txt", left=True),
    ]


def test_a_files_page() -> None:
    page = translated_page.page(translated(), EVIL, made=MADE)
    assert page.count('<tbody class="row') == 1 and "numbers.changed" in page and "تغيّر العدد." in page
    assert 'data-i="1"' in page and "2026-11-22 12:00" in page and "Preview, not for publishing" in page
    assert "<img" not in page and 'dir="rtl"' in page


@pytest.mark.parametrize(
    ("severity", "clean"), [(Severity.ERROR, False), (Severity.WARNING, True), (Severity.NOTE, True)]
)
def test_only_errors_must_be_fixed_first(severity: Severity, clean: bool) -> None:
    page = translated_page.page(translated(severity=severity), made=MADE)
    assert ("The checks found no errors" in page) == clean


def test_the_index() -> None:
    page = batch_page.page(outcomes(), made=MADE)
    assert 'href="reports/%D8%AE%D8%A8%D8%B1.ar.html"' in page and "<img" not in page
    assert "it is empty" in page and "هو فارغ" in page and "left when the batch was stopped" in page
    assert "1 / 3" in page


def test_states_and_counts() -> None:
    done, aside, left = outcomes()
    assert (done.state, aside.state, left.state) == ("done", "set aside", "left")
    assert [done.count(severity) for severity in Severity] == [1, 0, 0]


def test_tables() -> None:
    told = json.loads(batch_data.as_json(outcomes()))
    assert told["schema_version"] == batch_data.SCHEMA_VERSION
    first, second, third = told["files"]
    assert first["issues"][0]["sentence"] == 1 and first["issues"][0]["source_span"] == [8, 9] and first["errors"] == 1
    assert (second["why"], second["translation"], third["why"]) == ("it is empty", None, None)
    rows = list(csv.DictReader(io.StringIO("".join(batch_data.as_csv(outcomes())))))
    assert tuple(rows[0]) == batch_data.COLUMNS and [row["state"] for row in rows] == ["done", "set aside", "left"]
    assert rows[0]["code"] == "numbers.changed" and rows[1]["message"] == "it is empty"
