"""Clients of LibreTranslate work unchanged: their own library, forms, JSON, HTML byte for byte, files, errors."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import docx
import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from libretranslatepy import LibreTranslateAPI
from starlette.testclient import TestClient
from web_served import ARABIC, ENGLISH, app, port_of

from translate.serving import Limits

_TAG = re.compile(r"<[^>]*>")


@pytest.fixture
def client(tiny_models: Path) -> Iterator[TestClient]:
    with TestClient(app()) as made:
        yield made


def test_its_own_client_works_unchanged(tiny_models: Path) -> None:
    with port_of(app(auth=("somebody", "sécret"))) as port:
        libre = LibreTranslateAPI(f"http://127.0.0.1:{port}", api_key="sécret")
        assert libre.translate(ENGLISH, "en", "ar") == ARABIC
        assert libre.translate(ENGLISH, "auto", "ar") == ARABIC
        assert libre.translate(ARABIC, "ar", "en") != ARABIC
        first = libre.detect("The minister said that the council would meet in the morning.")[0]
        assert first["language"] == "en" and first["confidence"] > 80
        assert {one["code"]: one["targets"] for one in libre.languages()} == {"en": ["ar"], "ar": ["en"]}
        with pytest.raises(HTTPError) as caught:
            LibreTranslateAPI(f"http://127.0.0.1:{port}", api_key="guess").translate(ENGLISH, "en", "ar")
        assert caught.value.code == 403 and json.load(caught.value) == {"error": "Invalid API key."}


@pytest.mark.parametrize("how", ["json", "data", "files", "params"])
def test_fields_come_as_json_form_multipart_or_in_the_address(client: TestClient, how: str) -> None:
    fields: dict[str, Any] = {"q": ENGLISH, "source": "en", "target": "ar"}
    if how == "files":
        fields = {name: (None, value) for name, value in fields.items()}
    assert client.post("/translate", **{how: fields}).json() == {"translatedText": ARABIC}


def test_several_texts_are_answered_as_lists(client: TestClient) -> None:
    body = {"q": [ENGLISH, ARABIC, "123"], "source": "auto", "target": "ar", "alternatives": 2}
    answer = client.post("/translate", json=body).json()
    assert answer["translatedText"] == [ARABIC, ARABIC, "123"]
    assert [one["language"] for one in answer["detectedLanguage"][:2]] == ["en", "ar"]
    assert len(answer["alternatives"]) == 3
    form = client.post("/translate", data={**body, "q": [ENGLISH, "123"]}).json()
    assert form["translatedText"] == [ARABIC, "123"]


def test_a_single_text_is_answered_alone(client: TestClient) -> None:
    answer = client.post("/translate", json={"q": ENGLISH, "source": "auto", "target": "ar", "alternatives": 3}).json()
    assert answer["translatedText"] == ARABIC
    assert answer["detectedLanguage"]["language"] == "en"
    assert ARABIC not in answer["alternatives"] and len(answer["alternatives"]) <= 3


def test_line_breaks_stay_and_a_forms_are_plain_again(client: TestClient) -> None:
    body = {"q": f"{ENGLISH}\r\n\r\n{ENGLISH}\r\n", "source": "en", "target": "ar"}
    assert client.post("/translate", data=body).json()["translatedText"] == f"{ARABIC}\n\n{ARABIC}\n"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.sampled_from([ENGLISH, " ", "<br/>", "<!-- x -->", "<img\nsrc=x >"]),
        lambda inside: st.tuples(
            st.sampled_from([("<b\tid=1>", "</B>"), ("<i  >", "</i >"), ("<a href='?a=1&amp;b'>", "</a>")]),
            st.lists(inside, max_size=3),
        ).map(lambda of: "".join((of[0][0], *of[1], of[0][1]))),
        max_leaves=6,
    ).map(lambda html: f"<P lang=en>{html}</p >\n")
)
@example(f"<div class='x'><p lang=en>{ENGLISH[:-7]}<b\n id=a>Aleppo</B>.</p><!-- c -->\n<br/></div>")
@example(f"<!DOCTYPE html>\n<html lang='en'><head><title>{ENGLISH}</title></head><body>{ENGLISH}</body></html>\n")
def test_html_keeps_its_tags_byte_for_byte(client: TestClient, html: str) -> None:
    answer = client.post("/translate", json={"q": html, "source": "en", "target": "ar", "format": "html"})
    assert sorted(_TAG.findall(answer.json()["translatedText"])) == sorted(_TAG.findall(html))


@pytest.mark.parametrize(
    ("name", "content", "made", "translated", "kind"),
    [
        ("مقال جميل.txt", f"{ENGLISH}\n", "مقال جميل_ar.txt", f"{ARABIC}\n", "text/plain"),
        ("a.md", f"# {ENGLISH}\n", "a_ar.md", f"# {ARABIC}\n", "text/markdown"),
        ("../../x.html", f"<p>{ENGLISH}</p>", "x_ar.html", f'<p lang="ar" dir="rtl">{ARABIC}</p>', "text/html"),
    ],
)
def test_a_file_is_translated_and_waits_to_be_fetched(
    tiny_models: Path, name: str, content: str, made: str, translated: str, kind: str
) -> None:
    with port_of(app()) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        sent = {"data": {"source": "en", "target": "ar"}, "files": {"file": (name, content.encode())}}
        url = client.post("/translate_file", **sent).json()["translatedFileUrl"]
        assert url.startswith(f"http://127.0.0.1:{port}/download/")
        fetched = client.get(url)
    assert fetched.content.decode() == translated and fetched.headers["Content-Type"].startswith(kind)
    assert httpx.QueryParams("name=" + fetched.headers["Content-Disposition"].rpartition("''")[2])["name"] == made or (
        fetched.headers["Content-Disposition"] == f'attachment; filename="{made}"'
    )


def test_a_word_document_comes_back_as_one(client: TestClient) -> None:
    written = docx.Document()
    written.add_paragraph("Akram lives in ").add_run("Aleppo").bold = True
    written.paragraphs[0].add_run(".")
    file = io.BytesIO()
    written.save(file)
    sent = {"data": {"source": "auto", "target": "ar"}, "files": {"file": ("خبر.docx", file.getvalue())}}
    url = client.post("/translate_file", **sent).json()["translatedFileUrl"]
    fetched = client.get(url)
    assert fetched.headers["Content-Type"].endswith("wordprocessingml.document")
    assert "%D8%AE%D8%A8%D8%B1_ar.docx" in fetched.headers["Content-Disposition"]
    (paragraph,) = docx.Document(io.BytesIO(fetched.content)).paragraphs
    assert paragraph.text == ARABIC and any(run.bold and run.text == "حلب" for run in paragraph.runs)


def test_the_address_of_a_file_is_made_of_a_decent_host_only(client: TestClient) -> None:
    sent: dict[str, Any] = {"data": {"source": "en", "target": "ar"}, "files": {"file": ("a.txt", ENGLISH.encode())}}
    for host, begins in (("news.example:8443", "http://news.example:8443/download/"), ('x"><script>', "/download/")):
        answer = client.post("/translate_file", headers={"Host": host}, **sent)
        assert answer.json()["translatedFileUrl"].startswith(begins)


def test_the_small_routes(client: TestClient) -> None:
    assert client.get("/languages").json()[0] == {"code": "en", "name": "English", "targets": ["ar"]}
    told = client.get("/frontend/settings").json()
    assert told["charLimit"] == Limits().characters and not told["suggestions"] and not told["keyRequired"]
    assert client.post("/detect", json={"q": "12345"}).json() == [{"language": "en", "confidence": 0.0}]
    refused = client.post("/suggest", json={"q": "a", "s": "b", "source": "en", "target": "ar"})
    assert (refused.status_code, refused.json()) == (403, {"error": "Suggestions are off on this server."})


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/translate", {"json": {"source": "en", "target": "ar"}}),
        ("/translate", {"json": {"q": "", "source": "en", "target": "ar"}}),
        ("/translate", {"json": {"q": [], "source": "en", "target": "ar"}}),
        ("/translate", {"json": {"q": [["a"]], "source": "en", "target": "ar"}}),
        ("/translate", {"json": {"q": ENGLISH, "source": "xx", "target": "ar"}}),
        ("/translate", {"json": {"q": ENGLISH, "source": "en", "target": "fr"}}),
        ("/translate", {"json": {"q": "你好", "source": "auto", "target": "ar"}}),
        ("/translate", {"json": {"q": ENGLISH, "source": "en", "target": "ar", "format": "pdf"}}),
        ("/translate", {"json": {"q": ENGLISH, "source": "en", "target": "ar", "alternatives": -1}}),
        ("/translate", {"json": {"q": "a " * 100_001, "source": "en", "target": "ar"}}),
        ("/translate", {"json": {"q": ["a"] * 257, "source": "en", "target": "ar"}}),
        ("/translate", {"json": [1]}),
        ("/translate", {"content": b"{", "headers": {"Content-Type": "application/json"}}),
        ("/translate", {"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}}),
        ("/translate", {"content": b'{"q": "\\ud800"}', "headers": {"Content-Type": "application/json"}}),
        ("/translate", {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}),
        ("/translate", {"content": b"--a", "headers": {"Content-Type": "multipart/form-data; boundary=a"}}),
        ("/translate", {"files": {"q": ("q.txt", b"x")}, "data": {"source": "en", "target": "ar"}}),
        ("/detect", {"json": {}}),
        ("/translate_file", {"data": {"source": "en", "target": "ar"}}),
        ("/translate_file", {"files": {"file": ("a.txt", b"x")}}),
        ("/translate_file", {"files": {"file": ("a.txt", b"")}, "data": {"source": "en", "target": "ar"}}),
        ("/translate_file", {"files": {"file": ("a.txt", b"\x00\xff" * 99)}, "data": {"source": "en", "target": "ar"}}),
    ],
)
def test_a_request_that_is_wrong_is_told_in_its_own_way(client: TestClient, path: str, sent: dict[str, Any]) -> None:
    answer = client.post(path, **sent)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"} and isinstance(answer.json()["error"], str)
