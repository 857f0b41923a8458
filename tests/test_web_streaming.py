"""Answers that come piece by piece, clients that leave, and a server that is full."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from web_served import ARABIC, ENGLISH, app, port_of, until

from translate import api
from translate.document import Document, TranslatedBlock, TranslatedSentence
from translate.errors import TimedOut
from translate.serving import Desk, Limits
from translate.serving.stop import current
from translate.web import answers

TEXT = f"{ENGLISH} He is 12 years old.\n\nIt rained."


class Held:
    """A desk's models that hold every request's work until they are let go, or the request is stopped."""

    def __init__(self, desk: Desk) -> None:
        self._models = desk.models
        self.free = threading.Event()
        self.stopped = threading.Event()
        desk.models = self  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._models, name)

    def translator(self, *asked: Any, **how: Any) -> Any:
        stop = current()
        assert stop is not None
        while not self.free.wait(0.01):
            if stop.asked:
                self.stopped.set()
            stop.check()
        return self._models.translator(*asked, **how)


@pytest.fixture
def full(tiny_models: Path) -> Iterator[tuple[FastAPI, Held]]:
    """A server with one slot and one place to wait, whose work is held."""
    served = app(Limits(active=1, waiting=1))
    held = Held(served.state.service.desk)
    yield served, held
    held.free.set()


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_sentences_come_as_they_are_made(tiny_models: Path) -> None:
    with TestClient(app()) as client:
        body = {"text": TEXT, "target": "ar", "stream": True}
        answer = client.post("/v1/translate", json=body)
        whole = client.post("/v1/translate", json={**body, "stream": False}).json()["results"][0]
    assert answer.headers["Content-Type"] == "application/x-ndjson" and "Content-Length" not in answer.headers
    events = lines(answer.text)
    assert [event["event"] for event in events] == ["start", *["sentence"] * 2, "block", "sentence", "block", "done"]
    assert events[0]["models"][0]["name"] == "tiny-en-ar"
    assert events[1]["target"] == ARABIC
    blocks = [event for event in events if event["event"] == "block"]
    for event in events:
        if event["event"] == "sentence":
            assert blocks[event["block"] - 1]["target"][slice(*event["target_span"])] == event["target"]
    result = answers.Translation.model_validate(events[-1]["result"])
    assert [block.source for block in result.blocks] == [block["source"] for block in blocks]
    assert result.translation.count("\n\n") == 1 and whole["translation"].count("\n\n") == 1


def test_a_client_may_ask_for_server_sent_events(tiny_models: Path) -> None:
    body = {"text": ENGLISH, "target": "ar", "stream": True}
    answer = TestClient(app()).post("/v1/translate", json=body, headers={"Accept": "text/event-stream"})
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    events = [dict(line.split(": ", 1) for line in one.split("\n")) for one in answer.text.strip().split("\n\n")]
    assert [one["event"] for one in events] == ["start", "sentence", "block", "done"]
    assert json.loads(events[1]["data"])["target"] == ARABIC


def test_an_error_before_the_first_event_has_its_own_status(tiny_models: Path) -> None:
    body = {"text": ENGLISH, "target": "ar", "stream": True, "model": "../../etc"}
    answer = TestClient(app()).post("/v1/translate", json=body)
    assert answer.status_code == 404 and answer.json()["error"]["code"] == "model_unknown"


def test_an_error_after_that_is_the_last_event(tiny_models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = api.Translator.live

    def broken(self: api.Translator, document: Document) -> Iterator[TranslatedSentence | TranslatedBlock]:
        yield next(whole(self, document))
        raise TimedOut("this took too long")

    monkeypatch.setattr(api.Translator, "live", broken)
    answer = TestClient(app()).post("/v1/translate", json={"text": TEXT, "target": "ar", "stream": True})
    *_, sentence, error = lines(answer.text)
    assert answer.status_code == 200 and sentence["target"] == ARABIC
    assert error == {"event": "error", "error": {"code": "timed_out", "message": "this took too long."}}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/translate", {"text": TEXT, "target": "ar"}),
        ("/v1/translate", {"text": TEXT, "target": "ar", "stream": True}),
        ("/v1/roundtrip", {"text": TEXT, "target": "ar"}),
        ("/translate", {"q": TEXT, "source": "en", "target": "ar"}),
    ],
)
def test_a_client_that_leaves_frees_its_slot(full: tuple[FastAPI, Held], path: str, body: dict[str, Any]) -> None:
    served, held = full
    desk = served.state.service.desk
    data = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    with port_of(served) as port:
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(head.encode() + data)
            until(lambda: desk.status().active == 1)
        assert held.stopped.wait(5)
        until(lambda: desk.status().active == 0)
        held.free.set()
        assert httpx.post(f"http://127.0.0.1:{port}{path}", json=body, timeout=30).status_code == 200


def test_a_client_that_leaves_in_the_middle_frees_its_slot(
    tiny_models: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = api.Translator.live
    ended = threading.Event()

    def endless(self: api.Translator, document: Document) -> Iterator[TranslatedSentence | TranslatedBlock]:
        stop = current()
        assert stop is not None
        try:
            while True:
                yield next(whole(self, document))
                stop.check()
        finally:
            ended.set()

    monkeypatch.setattr(api.Translator, "live", endless)
    served = app(Limits(active=1))
    body = {"text": TEXT, "target": "ar", "stream": True}
    with port_of(served) as port:
        with httpx.stream("POST", f"http://127.0.0.1:{port}/v1/translate", json=body, timeout=30) as answer:
            events = answer.iter_lines()
            assert [json.loads(next(events))["event"] for _ in range(3)] == ["start", "sentence", "sentence"]
        assert ended.wait(5)
        until(lambda: served.state.service.desk.status().active == 0)
    assert not caplog.records


@pytest.mark.parametrize("path", ["/translate", "/v1/translate", "/translate_file"])
def test_a_client_that_leaves_while_it_sends_is_no_fault(
    tiny_models: Path, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    served = app()
    with port_of(served) as port, socket.create_connection(("127.0.0.1", port)) as line:
        kind = "multipart/form-data; boundary=a" if path == "/translate_file" else "application/json"
        line.sendall(
            f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: 99\r\n\r\n{{".encode()
        )
        time.sleep(0.2)
        line.close()
        counted = f'route="{path}"'
        until(lambda: counted in served.state.service.counters.text().decode())
    assert not [record for record in caplog.records if record.name.startswith("translate")]


def test_a_client_that_leaves_the_queue_frees_its_place(full: tuple[FastAPI, Held]) -> None:
    served, held = full
    desk = served.state.service.desk
    data = json.dumps({"q": TEXT, "source": "en", "target": "ar"}).encode()
    request = b"POST /translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
    with port_of(served) as port, socket.create_connection(("127.0.0.1", port)) as first:
        first.sendall(request % (len(data), data))
        until(lambda: desk.status().active == 1)
        with socket.create_connection(("127.0.0.1", port)) as second:
            second.sendall(request % (len(data), data))
            until(lambda: desk.status().waiting == 1)
        until(lambda: desk.status().waiting == 0)
        held.free.set()
        assert b" 200 " in first.recv(100)


def test_a_full_server_says_so(full: tuple[FastAPI, Held]) -> None:
    served, held = full
    desk = served.state.service.desk
    body = {"text": ENGLISH, "target": "ar"}
    with port_of(served) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        found: list[int] = []
        others = [
            threading.Thread(target=lambda: found.append(client.post("/v1/translate", json=body).status_code))
            for _ in range(2)
        ]
        for other in others:
            other.start()
        until(lambda: desk.status().waiting == 1)
        refused = client.post("/v1/translate", json=body)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "busy")
        assert int(refused.headers["Retry-After"]) > 0
        assert client.post("/v1/translate", json={**body, "stream": True}).status_code == 503
        libre = client.post("/translate", json={"q": ENGLISH, "source": "en", "target": "ar"})
        assert libre.status_code == 503 and libre.json()["error"].startswith("busy")
        # It is not dead: whoever watches over it, and what needs no engine, has an answer.
        assert client.get("/healthz").json()["waiting"] == 1
        assert "dragoman_desk_waiting 1.0" in client.get("/metrics").text
        held.free.set()
        for other in others:
            other.join(20)
    assert found == [200, 200]
