"""Rendering: verbatim where nothing was translated, right-to-left where it was, safe where it is shown."""

import json

import pytest
from scripted import ScriptedEngine

from translate import extract
from translate.api import Result, write
from translate.document import Document, Kind, TranslatedDocument
from translate.errors import UsageError
from translate.render import markup
from translate.translator import Pipeline

ARTICLE = (
    'The mayor <a href="https://example.org/x?a=1&amp;b=2" target="_blank">left early</a>. <i>The Courier</i> saw it.'
)


def done(source: str, kind: Kind = Kind.FRAGMENT) -> TranslatedDocument:
    return Pipeline(ScriptedEngine(), "en", "ar").translate(extract.document(source, kind))


def same(text: str) -> str:
    return ScriptedEngine().translate([text])[0].text


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<p>", '<p lang="ar" dir="rtl">'),
        ('<p class="a">', '<p lang="ar" dir="rtl" class="a">'),
        ('<p lang="en" dir=ltr id=x>', '<p lang="ar" dir="rtl" id=x>'),
        ("<td LANG='en-GB' hreflang=\"en\">", '<td lang="ar" dir="rtl" hreflang="en">'),
        ("<h1\n dir='auto'>", '<h1 lang="ar" dir="rtl">'),
        ('<p data-lang="en" title="a lang=b">', '<p lang="ar" dir="rtl" data-lang="en" title="a lang=b">'),
    ],
)
def test_a_start_tag_takes_the_target_language(tag: str, expected: str) -> None:
    assert markup.in_language(tag, "ar") == expected


def test_a_fragment_stays_a_fragment() -> None:
    html = Result(done(ARTICLE)).html
    assert html.count('<a href="https://example.org/x?a=1&amp;b=2" target="_blank">') == 1
    assert html.startswith(same("The mayor"))
    assert "<html" not in html


def test_a_page_keeps_every_other_byte() -> None:
    page = (
        "<!DOCTYPE html>\r\n<html lang=en><head><title>Town news</title><style>p{}</style></head>\r\n<body>"
        "<nav><a href=/>Home</a></nav><article><h1>The mayor left</h1><p class='x'>The mayor of the town left the hall "
        "before the vote was held on Monday evening.</p><p>Nobody saw him go, and nobody has heard from him since "
        "then, the clerk said.</p></article><script>if (a<b) {}</script><footer>&copy; Town</footer></body></html>"
    )
    document = extract.document(page, Kind.PAGE)
    html = "".join(markup.document(document, Pipeline(ScriptedEngine(), "en", "ar").translate(document).blocks, "ar"))
    for kept in ("<!DOCTYPE html>\r\n", "<nav><a href=/>Home</a></nav>", "<script>if (a<b) {}</script>", "&copy; Town"):
        assert kept in html
    assert '<p lang="ar" dir="rtl" class=\'x\'>' in html
    assert same("The mayor left") in html


@pytest.mark.parametrize(
    ("source", "kind", "form", "expected"),
    [
        ("One a.\n\nTwo b.", Kind.TEXT, "text", "{One a.}\n\n{Two b.}"),
        ("<p>One <b>a</b>.</p><p>Two &amp; b.</p>", Kind.FRAGMENT, "text", "{One a.}\n\n{Two & b.}\n"),
        ("One a.\n\nTwo b.", Kind.TEXT, "markdown", "{One a.}\n\n{Two b.}"),
        ("# One a\n\nTwo **b**.\n", Kind.MARKDOWN, "markdown", "# {One a}\n\n{Two }**{b}**.\n"),
        ("<h2>One a</h2><p>Two <b>b</b></p>", Kind.FRAGMENT, "markdown", "## {One a}\n\n{Two }**{b}**\n"),
    ],
)
def test_forms(source: str, kind: Kind, form: str, expected: str) -> None:
    document = done(source, kind)
    wanted = "".join(same(part) if i % 2 else part for i, part in enumerate(expected.replace("}", "{").split("{")))
    assert "".join(write(document.source, document.blocks, form, ("en", "ar"), document.models)) == wanted


def test_an_unknown_form_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="html, text, markdown, json"):
        write(Document((), Kind.TEXT), (), "pdf", ("en", "ar"), ())


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.FRAGMENT, Kind.MARKDOWN])
def test_a_whole_page_says_its_language_direction_and_models(kind: Kind) -> None:
    page = Result(done("One two.\n\nThree four.", kind)).page
    assert page.startswith("<!doctype html>")
    assert '<article lang="ar" dir="rtl">' in page
    assert '<meta charset="utf-8">' in page
    assert "tests/scripted" in page


def test_text_in_a_page_is_escaped() -> None:
    page = Result(done("One <b two & three.", Kind.TEXT)).page
    assert "<b " not in page.split("<article", 1)[1]


def test_json_has_what_the_schema_says() -> None:
    result = json.loads(Result(done(ARTICLE)).json)
    assert result["schema_version"] == 1
    assert result["models"][0] == {
        "name": "scripted",
        "hub_id": "tests/scripted",
        "revision": "1",
        "licence": "Apache-2.0",
        "engine": "scripted",
        "preview": False,
        "settings": {},
    }
    (block,) = result["blocks"]
    first, _second = block["sentences"]
    start, end = first["source_span"]
    assert block["source"][start:end] == first["source"]
    start, end = first["target_span"]
    assert block["target"][start:end] == first["target"]
    assert first["alignment"].split()[0] == "0-0"
    assert len(first["source_words"]) == len(first["target_words"]) == 5
    assert first["mean_log_prob"] == -0.1
    assert '<a href="https://example.org/x?a=1&amp;b=2" target="_blank">' in block["target_markup"]


def test_json_without_blocks_is_json() -> None:
    text = "".join(write(Document((), Kind.TEXT), (), "json", ("en", "ar"), ()))
    assert json.loads(text)["blocks"] == []
