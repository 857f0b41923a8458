"""Who may ask, how much, and what a browser may do with the answer."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from web_served import ARABIC, ENGLISH, app, port_of

from translate import errors
from translate.serving import Limits
from translate.web.access import Credentials
from translate.web.downloads import disposition
from translate.web.faults import fault_of

USER = ("قارئ", "كلمة: سر")
BODY = {"text": ENGLISH, "target": "ar"}
LIBRE = {"q": ENGLISH, "source": "en", "target": "ar"}


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.fixture
def client(tiny_models: Path) -> Iterator[TestClient]:
    with TestClient(app()) as made:
        yield made


@pytest.fixture
def guarded(tiny_models: Path) -> TestClient:
    return TestClient(app(auth=USER))


def with_a_page(served: FastAPI) -> FastAPI:
    """The app with something mounted where the page would be."""

    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse("<p>page</p>" if request.method == "GET" else str(len(await request.body())))

    served.add_api_route("/page", page, methods=["GET", "POST"])
    return served


# --- user and password ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/v1/models", "/metrics", "/docs", "/openapi.json", "/docs/assets/favicon.png", "/x"])
def test_everything_asks_for_the_password(guarded: TestClient, path: str) -> None:
    refused = guarded.get(path)
    assert refused.status_code == 401 and refused.headers["WWW-Authenticate"].startswith("Basic ")
    assert guarded.get(path, headers=basic(*USER)).status_code == (404 if path == "/x" else 200)


def test_health_does_not(guarded: TestClient) -> None:
    assert guarded.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Basic",
        "Basic !",
        "Basic " + base64.b64encode(b"\xff\xfe").decode(),
        "Bearer x",
        basic("قارئ", "")["Authorization"],
        basic("", "كلمة: سر")["Authorization"],
        basic(*USER)["Authorization"][:-4],
        basic(*USER)["Authorization"].replace("Basic", "Bearer"),
    ],
)
def test_a_wrong_password_is_refused(guarded: TestClient, header: str) -> None:
    assert guarded.post("/v1/translate", json=BODY, headers={"Authorization": header}).status_code == 401


@given(st.text(), st.text())
def test_only_the_right_words_are_the_right_ones(user: str, password: str) -> None:
    known = Credentials(*USER)
    if not re.search("[\ud800-\udfff]", user + password):
        assert known.has(basic(user, password)["Authorization"]) == (f"{user}:{password}" == ":".join(USER))
    assert known.has_key(password) == (password == USER[1])
    assert not known.has_key("\ud800")
    assert USER[1] not in repr(known)


@pytest.mark.parametrize(("key", "status"), [(USER[1], 200), ("guess", 403), ("", 403)])
def test_clients_of_libretranslate_send_the_password_as_key(guarded: TestClient, key: str, status: int) -> None:
    assert guarded.post("/translate", json={**LIBRE, "api_key": key}).status_code == status
    assert guarded.post("/detect", json={"q": ENGLISH, "api_key": key}).status_code == status
    assert guarded.get("/languages", params={"api_key": key}).status_code == status
    assert guarded.get("/frontend/settings", params={"api_key": key}).status_code == status
    assert guarded.post("/translate", json=LIBRE, headers=basic(*USER)).status_code == 200


def test_without_a_password_a_key_is_not_read(client: TestClient) -> None:
    assert client.post("/translate", json={**LIBRE, "api_key": "any"}).json() == {"translatedText": ARABIC}


def test_a_socket_is_refused_without_the_password(guarded: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect) as caught, guarded.websocket_connect("/x"):
        pass
    assert caught.value.code == 1008


# --- other sites ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://other.testserver"}, 403),
        ({"Origin": "https://friend.example", "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_pages_of_other_sites_cannot_post(client: TestClient, headers: dict[str, str], status: int) -> None:
    answer = client.post("/v1/translate", json=BODY, headers=headers)
    assert answer.status_code == status
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_pages_of_friends_can(tiny_models: Path) -> None:
    client = TestClient(app(origins=["https://friend.example/"], auth=USER))
    friend = {"Origin": "https://friend.example", "Sec-Fetch-Site": "cross-site"}
    asking = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,authorization"}
    asked = client.options("/v1/translate", headers={**friend, **asking})
    assert asked.status_code == 200 and asked.headers["Access-Control-Allow-Origin"] == friend["Origin"]
    answer = client.post("/v1/translate", json=BODY, headers={**friend, **basic(*USER)})
    assert answer.status_code == 200 and answer.headers["Access-Control-Allow-Origin"] == friend["Origin"]
    # The friend may read what went wrong, too.
    assert client.post("/v1/translate", json=BODY, headers=friend).headers["Access-Control-Allow-Origin"]
    stranger = {"Origin": "https://evil.example"}
    assert client.options("/v1/translate", headers={**stranger, **asking}).status_code == 400
    assert client.post("/v1/translate", json=BODY, headers={**stranger, **basic(*USER)}).status_code == 403


def test_all_sites_may_be_let_in(tiny_models: Path) -> None:
    client = TestClient(app(origins=["*"]))
    answer = client.post("/translate", json=LIBRE, headers={"Origin": "https://any.example"})
    assert answer.status_code == 200 and answer.headers["Access-Control-Allow-Origin"] == "*"


# --- sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/v1/translate", "/translate", "/translate_file", "/detect"])
@pytest.mark.parametrize("pieces", [1, 50])
def test_a_body_that_is_too_large_is_refused(tiny_models: Path, path: str, pieces: int) -> None:
    client = TestClient(app(Limits(file_bytes=1000)))
    body = b"q=" + b"x" * 100_000
    step = len(body) // pieces
    sent = body if pieces == 1 else (body[at : at + step] for at in range(0, len(body), step))
    answer = client.post(path, content=sent, headers={"Content-Type": "application/x-www-form-urlencoded"})
    # Our own API reads no forms: it may refuse the kind before the size.
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_nobody_waits_for_a_body_that_is_too_large(tiny_models: Path) -> None:
    """By its declared length it is refused before a byte of it is there."""
    import socket

    with port_of(app(Limits(file_bytes=1000))) as port, socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(b"POST /v1/translate HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n")
        assert b" 413 " in line.recv(100)


def test_the_page_has_the_same_limit(tiny_models: Path) -> None:
    client = TestClient(with_a_page(app(Limits(file_bytes=1000))))
    assert client.post("/page", content=b"x" * 1000).text == "1000"
    assert client.post("/page", content=b"x" * 100_000).status_code == 413


# --- headers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/v1/models", "/languages", "/nothing", "/download/x", "/", "/page", "/docs", "/metrics"]
)
def test_every_answer_has_its_headers(tiny_models: Path, path: str) -> None:
    headers = TestClient(with_a_page(app())).get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors" in policy
    # No source is another host, or any.
    assert not re.search(r"https?:|\*| //", policy)
    if path not in ("/", "/page", "/nothing", "/docs"):
        assert "script-src" not in policy and headers["Cache-Control"] == "no-store"


def test_a_frame_is_let_in_only_where_that_is_wanted(tiny_models: Path) -> None:
    shut, open_ = (TestClient(with_a_page(app(frame=frame))).get("/page").headers for frame in (False, True))
    assert "frame-ancestors 'self'" in shut["Content-Security-Policy"] and shut["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors" not in open_["Content-Security-Policy"] and "X-Frame-Options" not in open_


def test_the_documentation_needs_no_other_host(client: TestClient) -> None:
    page = client.get("/docs")
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sources and all(source.startswith("/docs/assets/") for source in sources)
    assert all(client.get(source).status_code == 200 for source in sources)
    assert "'sha256-" in page.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"].partition("script-src")[2].partition(";")[0]


# --- downloads --------------------------------------------------------------------------------------------------------


def test_a_download_is_an_attachment_that_runs_nothing(tiny_models: Path) -> None:
    served = app()
    token = served.state.service.desk.shelf.put(b"<script>evil()</script>", 'تقرير "1".html', "text/html")
    answer = TestClient(served).get(f"/download/{token}")
    assert answer.content == b"<script>evil()</script>"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("token", ["x", "..%2f..%2fetc%2fpasswd", "%00", "%D9%85"])
def test_a_token_that_nobody_gave_opens_nothing(client: TestClient, token: str) -> None:
    answer = client.get(f"/download/{token}")
    assert answer.status_code == 404 and "error" in answer.json()


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("report.html", 'attachment; filename="report.html"'),
        ("مقال.docx", "attachment; filename=\"_.docx\"; filename*=UTF-8''%D9%85%D9%82%D8%A7%D9%84.docx"),
        ('a"b\\c;d\r\n.txt', "attachment; filename=\"a_b_c_d.txt\"; filename*=UTF-8''a%22b%5Cc%3Bd.txt"),
        ("", 'attachment; filename="file"'),
        ("\ud800", 'attachment; filename="file"'),
    ],
)
def test_names_in_any_script(name: str, header: str) -> None:
    assert disposition(name) == header


@given(st.text())
def test_a_name_stays_within_its_header(name: str) -> None:
    header = disposition(name)
    assert header.isascii() and header.isprintable()
    assert re.fullmatch(r"attachment; filename=\"[^\"\\]+\"(; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+)?", header)


# --- faults -----------------------------------------------------------------------------------------------------------


def _all(kind: type[errors.DragomanError]) -> Iterator[type[errors.DragomanError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _all(child)


@pytest.mark.parametrize("kind", sorted(_all(errors.DragomanError), key=lambda kind: kind.__name__))
def test_every_error_of_ours_has_a_status(kind: type[errors.DragomanError]) -> None:
    fault = fault_of(kind("/somewhere/on/this/machine is broken"))
    assert 400 <= fault.status < 600 and fault.code and fault.message
    # What is broken on the machine is told to the one who runs it.
    assert fault.status != 500 or "/somewhere" not in fault.message


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.Busy("a"), 503, "busy"),
        (errors.TimedOut("a"), 504, "timed_out"),
        (errors.TooLarge("a"), 413, "too_large"),
        (errors.LanguageError("a"), 400, "language"),
        (errors.ModelMissing("a"), 404, "model_missing"),
        (errors.ModelBroken("a"), 500, "model_broken"),
    ],
)
def test_the_table(error: errors.DragomanError, status: int, code: str) -> None:
    fault = fault_of(error)
    assert (fault.status, fault.code) == (status, code)
    assert ("Retry-After" in (fault.headers or {})) == (status == 503)
