"""The tab Read, as a reader, an editor and somebody without a mouse use it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from web_served import until

from browser.site import ARABIC, ENGLISH, LONG, hugs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from browser.site import Visit

# What somebody who reads in one language has: an article in the other.
WAYS = [("en", ARABIC, "en"), ("ar", ENGLISH, "ar")]


def read(one: Visit, text: str) -> None:
    """Have a text translated, and wait for the end."""
    one.open()
    one.go("read", text)
    one.page.locator("#read-status .takes").wait_for()


@pytest.mark.parametrize(("language", "text", "target"), WAYS, ids=["en", "ar"])
def test_an_article_is_read(visit: Callable[..., Visit], language: str, text: str, target: str) -> None:
    one = visit(language)
    read(one, text)
    page = one.page
    sentences = page.locator("#read-panes .target .s")
    assert sentences.count() == 3
    # Each sentence has its source beside it, lit with it, and in the panel with what was found.
    for number in range(3):
        sentences.nth(number).hover()
        lit = page.locator("#read-panes .s.lit")
        assert lit.count() == 2
        assert page.locator("#read-panel .said").inner_text() == page.locator(".source .s.lit").inner_text()
    sentences.nth(1).click()
    page.mouse.move(5, 5)
    assert page.locator("#read-panes .target .s.lit").count() == 1, "what was clicked stays"
    assert page.locator("#read-panel li:visible").count() + page.locator("#read-panel .fine:visible").count() >= 1
    one.shoot(f"read-{language}")


@pytest.mark.parametrize(("language", "text", "target"), WAYS, ids=["en", "ar"])
def test_texts_run_as_their_languages_do(visit: Callable[..., Visit], language: str, text: str, target: str) -> None:
    one = visit(language)
    read(one, text)
    edges = {"en": "left", "ar": "right"}
    source = {"en": "ar", "ar": "en"}[target]
    assert hugs(one.page, "#read-panes .target p") == edges[target]
    assert hugs(one.page, "#read-panes .source p") == edges[source]
    # The translation comes first, in the direction in which the page runs.
    translation, original = (one.box(f"#read-panes .row:not(.heads) .{pane}") for pane in ("target", "source"))
    assert (translation["x"] < original["x"]) is (language == "en")
    assert abs(translation["y"] - original["y"]) < 2


def test_what_is_downloaded(visit: Callable[..., Visit]) -> None:
    one = visit("en")
    read(one, f'<p>Akram lives <a href="https://example.org/a">in Aleppo</a>.</p><p>{ENGLISH}</p>')
    links = one.page.locator("#read-status a[href*='/download/']")
    answers = {
        link: one.page.request.get(one.site.url + link)
        for link in (links.nth(number).get_attribute("href") for number in range(links.count()))
    }
    kinds = {answer.headers["content-type"].split(";")[0]: answer for answer in answers.values()}
    assert len(kinds) == 3 and all(answer.status == 200 for answer in kinds.values())
    for answer in kinds.values():
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-disposition"].startswith("attachment")
    told = json.loads(kinds["application/json"].text())
    assert told["languages"]["target"] == "ar" if "languages" in told else True
    assert 'dir="rtl"' in kinds["text/html"].text()
    docx = next(answer for kind, answer in kinds.items() if "wordprocessingml" in kind)
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(docx.body())).namelist()


def test_a_file_is_opened(visit: Callable[..., Visit]) -> None:
    one = visit("en")
    one.open()
    chosen = {"name": "news.md", "mimeType": "text/markdown", "buffer": b"# Harbour\n\nAkram lives in *Aleppo*.\n"}
    one.page.locator("#read-options input[type=file]").set_input_files([chosen])
    one.page.locator("#read-status .takes").wait_for()
    assert one.page.locator("#read-panes .target .s").count() == 2
    assert one.page.locator("#read-options .files").inner_text().startswith("news.md")


def test_a_file_of_another_kind_is_refused_in_a_sentence(visit: Callable[..., Visit]) -> None:
    one = visit("ar")
    one.open()
    chosen = {"name": "news.txt", "mimeType": "text/plain", "buffer": b"%PDF-1.7\n\0\0"}
    one.page.locator("#read-options input[type=file]").set_input_files([chosen])
    problem = one.page.locator(".notice.error:visible, .drop .problem:visible, #read-status [role=alert]:visible").first
    problem.wait_for()
    assert len(problem.inner_text()) > 20
    one.shoot("read-refused-ar")
    one.errors.clear()  # the browser's own word on an answer that is no 200


def test_stop_stops(visit: Callable[..., Visit]) -> None:
    one = visit("en")
    one.open()
    page = one.page
    one.go("read", LONG)
    page.locator("#read-panes .target .s").first.wait_for()
    assert page.locator("#read-stop").is_visible() and not one.site.idle()
    one.shoot("read-working-en", whole=False)
    page.locator("#read-stop").click()
    page.locator("#read-stop").wait_for(state="hidden")
    until(one.site.idle)
    made = page.locator("#read-panes .target .s").count()
    assert 0 < made < 1500, "what was made stays, and no more comes"
    page.wait_for_timeout(500)
    assert page.locator("#read-panes .target .s").count() == made
    one.shoot("read-stopped-en", whole=False)


def test_a_closed_page_frees_its_place(visit: Callable[..., Visit]) -> None:
    one = visit("en")
    one.open()
    one.go("read", LONG)
    one.page.locator("#read-panes .target .s").first.wait_for()
    assert not one.site.idle()
    one.page.close()
    until(one.site.idle, 15)


def _longest_task(trace: bytes) -> float:
    """The most processor time that a page's main thread spent on one task, in ms.

    Not the time that went by, which on a busy machine says more of the machine than of the page.
    """
    events = json.loads(trace)["traceEvents"]
    names = [one for one in events if one["name"] == "thread_name"]
    pages = {(one["pid"], one["tid"]) for one in names if one["args"]["name"] == "CrRendererMain"}
    tasks = [one for one in events if one["name"].endswith("RunTask") and (one["pid"], one["tid"]) in pages]
    spent = [one["tdur"] for one in tasks if "tdur" in one]
    assert len(spent) > 100, "the browser's trace is no longer what it was"
    return max(spent) / 1000


def test_the_page_is_alive_while_it_works(visit: Callable[..., Visit], chromium: Browser) -> None:
    one = visit("en")
    one.open()
    page = one.page
    chromium.start_tracing(page=page, categories=["toplevel"])
    one.go("read", LONG)
    page.locator("#read-panes .target .s").nth(40).wait_for()
    page.wait_for_timeout(1500)
    assert _longest_task(chromium.stop_tracing()) < 500, "ms without an answer to anything"
    page.locator("#read-stop").click()
    until(one.site.idle)


def test_the_interface_turns_round_while_a_text_is_read(visit: Callable[..., Visit]) -> None:
    one = visit("en")
    read(one, ENGLISH)
    page = one.page
    said = page.locator("#read-panes .target").first.inner_text()
    page.locator("#language").click()
    page.wait_for_function("document.documentElement.dir === 'rtl'")
    page.wait_for_timeout(300)
    assert page.locator("#read-panes .target").first.inner_text() == said
    assert page.locator("#tab-read-button").inner_text().strip() == "قراءة"
    translation, original = (one.box(f"#read-panes .row:not(.heads) .{pane}") for pane in ("target", "source"))
    assert translation["x"] > original["x"]
    page.reload()
    page.locator("#read-go").wait_for()
    assert page.evaluate("document.documentElement.lang") == "ar", "the choice is remembered"


def _tab_to(one: Visit, selector: str, most: int = 40) -> None:
    """Press Tab until the focus is there."""
    for _ in range(most):
        one.page.keyboard.press("Tab")
        if one.page.evaluate(f"document.activeElement?.matches({json.dumps(selector)})"):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def test_with_the_keyboard_alone(visit: Callable[..., Visit]) -> None:
    one = visit("en")
    one.open()
    page, keys = one.page, one.page.keyboard
    _tab_to(one, "#read-text textarea")
    keys.insert_text(ENGLISH)
    _tab_to(one, "#read-go, #read-go *")
    keys.press("Enter")
    page.locator("#read-status .takes").wait_for()
    _tab_to(one, "#read-panes .target .s")
    assert page.evaluate("document.activeElement.dataset.s") == "0"
    keys.press("ArrowLeft")  # onward, in Arabic
    assert page.evaluate("document.activeElement.dataset.s") == "1"
    assert page.locator("#read-panel li:visible").count() >= 1, "the issues of the sentence are told"
    keys.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.s") == "0"
    keys.press("End")
    assert page.evaluate("document.activeElement.dataset.s") == "2"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "where the focus is can be seen"
    keys.press("Escape")
    assert page.locator("#read-panel .about").is_hidden()


def test_stopped_with_the_keyboard(visit: Callable[..., Visit]) -> None:
    one = visit("en")
    one.open()
    _tab_to(one, "#read-text textarea")
    one.paste("read", LONG)
    _tab_to(one, "#read-go, #read-go *")
    one.page.keyboard.press("Enter")
    one.page.locator("#read-panes .target .s").first.wait_for()
    _tab_to(one, "#read-stop, #read-stop *")
    one.page.keyboard.press("Enter")
    until(one.site.idle)
