import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

from translate import demo
from translate.demo import frame
from translate.serving import Desk, Limits, Models


@pytest.fixture(scope="module")
def desk(tiny_en_ar_model, tiny_ar_en_model):
    made = Models(model=tiny_en_ar_model, offline=True)
    made.prepare([("en", "ar")])
    desk = Desk(made, Limits(file_bytes=1000))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def client(desk):
    app = FastAPI()

    @app.get("/v1/models")
    def models() -> str:
        return "ours"

    demo.mount(app, desk)
    with TestClient(app) as client:
        yield client


def test_the_page_has_our_head_before_anything_else(client):
    answer = client.get("/", headers={"accept-encoding": "br, gzip"})
    page = html.document_fromstring(answer.text)
    assert int(answer.headers["content-length"]) == len(answer.content)
    first = page.xpath("//head//script")[0]
    assert first.get("src").startswith("/page/static/first.js") and first.get("defer") is None
    assert answer.text.index("charset") < 1024
    assert page.xpath("//header//*[@id='language']") and page.xpath("//footer")
    assert page.find(".//h1").text_content() == "Dragomanترجمان"


def test_nothing_is_asked_of_another_host(client):
    page = html.document_fromstring(client.get("/").text)
    links = [value for element in page.xpath("//head//*") for value in (element.get("src"), element.get("href"))]
    assert not [link for link in filter(None, links) if "//" in link]
    assert not page.xpath("//meta[starts-with(@property, 'og:') or starts-with(@name, 'twitter:')]")
    css = "".join(path.read_text(encoding="utf-8") for path in frame.STATIC.glob("*.css"))
    assert not re.search(r"url\([\"']?(https?:)?//|@import", css)
    assert "googleapis" not in client.get("/theme.css").text


def test_every_font_that_the_styles_name_is_there_and_small(client):
    css = (frame.STATIC / "page.css").read_text(encoding="utf-8")
    named = re.findall(r'url\("(fonts/[^"]+)"\)', css)
    assert named and all(client.get(f"/page/static/{name}").status_code == 200 for name in named)
    assert sum((frame.STATIC / name).stat().st_size for name in named) < 400_000
    assert len(list((frame.STATIC / "fonts").glob("*.OFL.txt"))) == 3


def test_routes_of_the_app_go_first(client):
    assert client.get("/v1/models").json() == "ours"


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/upload_progress", "/gradio_api/proxy=https://example.org/x"]
)
def test_gradios_ways_for_files_are_shut(client, path):
    assert client.post(path).status_code == client.get(path).status_code == 404


def test_no_handler_is_a_public_endpoint(client):
    config = client.get("/config").json()
    assert config["dependencies"]
    assert {one["api_visibility"] for one in config["dependencies"] if one["targets"][0][1] != "unload"} == {"private"}
    info = client.get("/gradio_api/info").json()
    assert info["named_endpoints"] == {} and info["unnamed_endpoints"] == {}
    assert config["analytics_enabled"] is False and config["footer_links"] == []


def test_a_file_comes_in_by_memory(client, desk):
    answer = client.post(
        "/page/files", content=b"hello", headers={"x-session": "s", "x-name": "..%2F%D8%AE%D8%A8%D8%B1.txt"}
    )
    said = answer.json()
    assert (said["name"], said["size"]) == ("خبر.txt", 5)
    assert desk.shelf.get(said["token"]).data == b"hello"
    desk.shelf.drop("s")
    assert desk.shelf.get(said["token"]) is None


def test_a_file_that_is_too_large_is_refused_in_both_languages(client):
    answer = client.post("/page/files", content=b"x" * 1001, headers={"x-session": "s", "x-name": "a.txt"})
    assert answer.status_code == 413
    assert answer.json()["en"].startswith("a.txt is larger") and "أكبر" in answer.json()["ar"]


def test_a_file_of_nobody_is_refused(client):
    assert client.post("/page/files", content=b"x").status_code == 400
