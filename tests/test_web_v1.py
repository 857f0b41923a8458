"""The API of our own: what it answers, that its answers are as documented, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from web_served import ARABIC, ENGLISH, app, tiny

from translate.serving import Limits
from translate.web import answers, faults


@pytest.fixture
def client(tiny_models: Path) -> Iterator[TestClient]:
    with TestClient(app()) as made:
        yield made


def translated(client: TestClient, **body: Any) -> answers.Translated:
    answer = client.post("/v1/translate", json={"target": "ar", **body})
    assert answer.status_code == 200, answer.text
    return answers.Translated.model_validate(answer.json())


# --- translate --------------------------------------------------------------------------------------------------------


def test_a_text_is_translated_with_all_there_is_to_know(client: TestClient) -> None:
    answer = translated(client, text=f"{ENGLISH} He is 12 years old.")
    (one,) = answer.results
    assert one.translation.startswith(ARABIC)
    assert (one.source, one.target, one.format) == ("en", "ar", "text")
    assert one.detected is not None and one.detected.language == "en"
    (block,) = one.blocks
    first, second = block.sentences
    assert block.source[slice(*second.source_span)] == second.source == "He is 12 years old."
    assert block.target[slice(*first.target_span)] == first.target == ARABIC
    assert first.alignment and first.translated
    (model,) = answer.models
    assert (model.name, model.licence, model.preview) == ("tiny-en-ar", "Apache-2.0", False)


def test_several_texts_come_back_in_their_order_each_from_its_own_language(client: TestClient) -> None:
    answer = client.post("/v1/translate", json={"texts": ["123", ENGLISH, "", "!?"], "target": "ar"}).json()
    assert [one["translation"] for one in answer["results"]] == ["123", ARABIC, "", "!?"]
    assert [one["detected"] is not None for one in answer["results"]] == [False, True, False, False]


@pytest.mark.parametrize(
    ("text", "asked", "found", "whole"),
    [
        (f"<p>{ENGLISH}</p>", "auto", "html", f'<p lang="ar" dir="rtl">{ARABIC}</p>'),
        (f"{ENGLISH}\n\n  {ENGLISH}\n", "auto", "text", f"{ARABIC}\n\n  {ARABIC}\n"),
        (f"# {ENGLISH}\n", "markdown", "markdown", f"# {ARABIC}\n"),
        (ENGLISH, "html", "html", ARABIC),
    ],
)
def test_a_text_keeps_its_format(client: TestClient, text: str, asked: str, found: str, whole: str) -> None:
    (one,) = translated(client, text=text, format=asked, source="English").results
    assert (one.format, one.translation, one.detected) == (found, whole, None)


def test_a_glossary_is_checked(client: TestClient) -> None:
    glossary = [{"source": "Aleppo", "target": "الشهباء"}]
    (one,) = translated(client, text=ENGLISH, glossary=glossary).results
    codes = [issue.code for issue in one.blocks[0].sentences[0].issues]
    assert any(code.startswith("terminology.") for code in codes), codes
    assert sum((one.issues.error, one.issues.warning, one.issues.note)) == len(codes)


def test_without_checks_nothing_is_found(client: TestClient) -> None:
    text = "The price rose from 12.5 to 48.75 in 2019."
    with_checks, without = (translated(client, text=text, qa=qa).results[0].issues for qa in (True, False))
    assert with_checks.error > without.error == 0


def test_strict_keeps_what_is_wrong_in_its_own_language(client: TestClient) -> None:
    text = "The price rose from 12.5 to 48.75 in 2019."
    (one,) = translated(client, text=text, strict=True).results
    assert one.translation == text and not one.blocks[0].sentences[0].translated


# --- the others -------------------------------------------------------------------------------------------------------


def test_a_round_trip_is_measured(client: TestClient) -> None:
    body = {"text": f"{ENGLISH} He is 12 years old.", "target": "ar"}
    answer = answers.RoundTrip.model_validate(client.post("/v1/roundtrip", json=body).json())
    assert [trip.source for trip in answer.documents[0].sentences] == [ENGLISH, "He is 12 years old."]
    headline = answer.scores[0]
    assert 0 <= headline.low <= headline.value <= headline.high <= 100
    assert answer.metrics[0].signature and answer.report is None
    assert [model.name for model in answer.models.back] == ["tiny-ar-en"]


class Tags(HTMLParser):
    """The scripts and handlers of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")]


@pytest.mark.parametrize(("path", "key"), [("/v1/roundtrip", "report"), ("/v1/summarize", "page")])
def test_nothing_that_was_sent_runs_in_a_report(client: TestClient, path: str, key: str) -> None:
    text = (
        f'<p onclick="evil()">{ENGLISH} <a href="javascript:evil()">He is 12 years old.</a>'
        '<img src=x onerror="evil()"></p><script>evil()</script>'
    )
    aim = {"target": "ar"} if path == "/v1/roundtrip" else {"to": ["en"]}
    answer = client.post(path, json={"text": text, "report": True, **aim}).json()
    assert answer[key].lstrip().lower().startswith("<!doctype html>")
    assert "evil()" not in "".join(Tags(answer[key]).found) and "<script>evil" not in answer[key]


def test_a_summary_in_both_languages_has_grounds(client: TestClient) -> None:
    text = "The council met on Monday in Aleppo. It voted for the plan, the mayor said. The plan costs 12 million."
    answer = client.post("/v1/summarize", json={"text": text, "to": ["en", "ar"], "sentences": 1}).json()
    english, arabic = answers.Summaries.model_validate(answer).summaries
    assert (english.lang, arabic.lang) == ("en", "ar")
    assert english.sentences[0].grounds == arabic.sentences[0].grounds


def test_pairs_are_checked_and_told_apart(client: TestClient) -> None:
    pairs = [{"source": ENGLISH, "target": ARABIC}, {"source": "He has 12 cars.", "target": "لديه 21 سيارة."}]
    answer = client.post("/v1/check", json={"pairs": pairs, "target": "ar"}).json()
    good, bad = answers.Checked.model_validate(answer).pairs
    assert not good.issues
    assert [issue.code for issue in bad.issues] == ["numbers.changed"] and answer["issues"]["error"] == 1


def test_models_are_told_with_licence_and_whether_they_are_here(client: TestClient) -> None:
    answer = answers.Models.model_validate(client.get("/v1/models").json())
    (pair,) = [pair for pair in answer.pairs if (pair.source, pair.target) == ("en", "ar")]
    by_name = {model.name: model for model in pair.models}
    assert pair.served and by_name["tiny-en-ar"].here and by_name["tiny-en-ar"].licence == "Apache-2.0"
    elsewhere = by_name["opus-mt-tc-big-en-ar"]
    assert not elsewhere.here and elsewhere.command.endswith(elsewhere.name)
    assert answer.limits.characters == Limits().characters


def test_health_and_metrics(client: TestClient) -> None:
    translated(client, text=ENGLISH)
    health = answers.Health.model_validate(client.get("/healthz").json())
    assert answers.LanguagePair(source="en", target="ar") in health.pairs
    client.get("/some/thing/else")
    found = client.get("/metrics").text
    for line in (
        'dragoman_http_requests_total{route="/v1/translate",status="200"} 1.0',
        'dragoman_http_requests_total{route="elsewhere",status="404"} 1.0',
        'dragoman_sentences_total{source="en",target="ar"} 1.0',
        "dragoman_queue_wait_seconds_count 1.0",
        "dragoman_desk_active 0.0",
    ):
        assert line in found
    assert 'dragoman_batch_sentences_bucket{le="64.0"}' in found


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "invalid"),
        ({"text": "a", "texts": ["b"]}, 422, "invalid"),
        ({"texts": []}, 422, "invalid"),
        ({"text": "a", "colour": "red"}, 422, "invalid"),
        ({"text": 5}, 422, "invalid"),
        ({"texts": ["a"], "stream": True}, 422, "invalid"),
        ({"text": "a", "glossary": [{"source": "a"}]}, 422, "invalid"),
        ({"text": "a", "qa": False, "glossary": [{"source": "a", "keep": True}]}, 422, "invalid"),
        ({"text": ENGLISH, "target": "Klingonese"}, 400, "language"),
        ({"text": ENGLISH, "target": "fr"}, 400, "language"),
        ({"text": ENGLISH, "target": "en"}, 400, "usage"),
        ({"text": "你好"}, 400, "language"),
        ({"text": ENGLISH, "model": "../../etc"}, 404, "model_unknown"),
        ({"text": ENGLISH, "model": "Helsinki-NLP/opus-mt-en-ar"}, 404, "model_unknown"),
        ({"text": ENGLISH, "model": "opus-mt-en-ar"}, 404, "model_missing"),
        ({"text": "a " * 100_001}, 413, "too_large"),
        ({"texts": ["a"] * 257}, 413, "too_large"),
    ],
)
def test_what_cannot_be_served_is_said(client: TestClient, body: dict[str, Any], status: int, code: str) -> None:
    answer = client.post("/v1/translate", json={"target": "ar", **body})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert str(Path(__file__).parents[1]) not in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"text": "\\ud800", "target": "ar"}', 422),
        (b'{"texts": ["a", "\\udfff"], "target": "ar"}', 422),
        (b'{"text": "a", "target": "\\ud800\\ud800"}', 422),
        (b'{"text": "a", "target": "ar", "model": "\\ud800"}', 422),
        (b'{"text": "a", "target": "ar", "glossary": [{"source": "a", "target": "\\ud800"}]}', 422),
        (b'{"text": "a", "target": "ar", "\\ud800": 1}', 422),
        (b'{"text": "\\ud83d\\ude00", "target": "ar", "source": "en"}', 200),
        (b'{"text": "a\\u0000b", "target": "ar", "source": "en"}', 200),
        (b"[" * 100_000, 400),
        (b'{"text": "a"', 422),
        (b'"\xff"', 400),
        (b"", 422),
        (b"null", 422),
        (b'{"text": "a", "target": "ar", "stream": NaN}', 422),
    ],
)
def test_odd_bodies_are_answered(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post("/v1/translate", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert json.loads(answer.content)


@pytest.mark.parametrize("stream", [False, True])
def test_markup_that_is_nested_too_deeply_is_refused(client: TestClient, stream: bool) -> None:
    body = {"text": "<b>" * 3000 + "x", "target": "ar", "source": "en", "format": "html", "stream": stream}
    answer = client.post("/v1/translate", json=body)
    last = json.loads(answer.text.splitlines()[-1])
    assert last["error"]["code"] == "input" and "nested" in last["error"]["message"]


def test_a_form_is_no_json(client: TestClient) -> None:
    """Another site's page can make a browser send a form, or text, without asking first; JSON it cannot."""
    body = json.dumps({"text": ENGLISH, "target": "ar"})
    assert client.post("/v1/translate", content=body, headers={"Content-Type": "text/plain"}).status_code == 422
    assert client.post("/v1/translate", content=body).status_code == 422


def test_limits_are_the_desks(tiny_models: Path) -> None:
    client = TestClient(app(Limits(characters=30, segments=2)))
    for path, body in (
        ("/v1/translate", {"text": ENGLISH * 2, "target": "ar"}),
        ("/v1/translate", {"texts": ["a", "b", "c"], "target": "ar"}),
        ("/v1/roundtrip", {"text": ENGLISH * 2, "target": "ar"}),
        ("/v1/summarize", {"text": ENGLISH * 2}),
        ("/v1/check", {"pairs": [{"source": ENGLISH, "target": ARABIC}], "target": "ar"}),
        ("/v1/check", {"pairs": [{"source": "a", "target": "ب"}] * 3, "target": "ar"}),
    ):
        answer = client.post(path, json=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_a_fault_of_ours_is_one_sentence_and_a_line_in_the_log(
    tiny_models: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tiny(), "translator", lambda *_, **__: 1 / 0)
    answer = TestClient(app()).post("/v1/translate", json={"text": ENGLISH, "target": "ar"})
    assert answer.status_code == 500 and answer.json()["error"]["code"] == "internal"
    assert "ZeroDivision" not in answer.text and "ZeroDivisionError" in caplog.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_guide_names_every_route_and_code(client: TestClient) -> None:
    guide = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
    paths = client.get("/openapi.json").json()["paths"]
    routes = [f"{method.upper()} {path}" for path, its in paths.items() for method in its]
    assert [route for route in routes if f"`{route}`" not in guide] == []
    # Nobody reads what is told a client that has left.
    assert [code for _, code in faults._TABLE.values() if f"`{code}`" not in guide and code != "stopped"] == []
