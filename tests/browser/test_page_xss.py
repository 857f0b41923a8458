"""The corpus in the real page: pasted, opened as files, as their names, and in what is downloaded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from web_served import until

from browser.xss import Payload, Shown, Watch, corpus, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.site import Visit

_WORDS = "Akram lives in Aleppo."
# Everything in the page that could run or call, but for what the page and its frames are made of.
_LOOK = """
() => [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].filter(({ name, value }) =>
    (name.startsWith("on") && /__xss/.test(value)) ||
    (["href", "src", "action", "formaction"].includes(name) && /^[\\0- ]*(javascript|vbscript|data):/i.test(value)
      && one.localName !== "link" && one.localName !== "img"))
    .map(({ name }) => `${name} in ${one.outerHTML.slice(0, 200)}`))
  .concat([...document.scripts].filter((one) => /__xss/.test(one.textContent) && !one.matches("[data-config]")
    && !/gradio_config/.test(one.textContent)).map((one) => one.outerHTML.slice(0, 200)))
"""
# Hovering and clicking on all that came of it.
_POKE = """
(within) => [...document.querySelectorAll(`${within} *`)].slice(0, 8000).forEach((one) => {
  for (const kind of ["pointerover", "mouseover", "focusin", "mouseenter"]) {
    one.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  if (!one.closest("a, button, label, summary, iframe")) one.click?.();
})
"""


@pytest.fixture
def hostile(visit: Callable[..., Visit]) -> Iterator[tuple[Visit, Watch]]:
    """A visit in which payloads are watched for."""
    one, watch = visit("en", alone=True, accept_downloads=True), Watch()
    watch.on(one.page.context)
    one.page.on("dialog", lambda dialog: (watch.alarms.append(dialog.message), dialog.dismiss()))
    one.open()
    yield one, watch
    assert (watch.hits, watch.alarms) == (set(), [])


def parts(kinds: tuple[str, ...] = (), size: int = 470) -> list[tuple[Payload, ...]]:
    """The corpus in a few parts; without what makes the server take a text for binary data."""
    every = [one for one in corpus(*kinds) if one.kind != "bytes" and "\0" not in one.text]
    return [tuple(every[start : start + size]) for start in range(0, len(every), size)]


def done(one: Visit, tab: str, within: str) -> None:
    """Wait until a tab has ended its work, play with what it shows, and look at all of it."""
    one.finished(tab)
    assert one.page.locator(f"#{tab}-status .takes").count() > 0, one.page.locator(f"#{tab}-status").inner_text()
    one.page.evaluate(_POKE, within)
    one.page.wait_for_timeout(200)
    assert one.page.evaluate(_LOOK) == []


# As text each payload stands in the panes; as HTML what is allowed of it does. All at once: a second text takes the
# page many times as long as the first.
@pytest.mark.parametrize(
    ("opening", "between"), [("", "\n\n"), ("<p>Akram lives in Aleppo.</p>", "<p>Akram left.</p>\n")]
)
def test_pasted(hostile: tuple[Visit, Watch], opening: str, between: str) -> None:
    one, _ = hostile
    for some in parts():
        text = opening + between.join(f"{_WORDS} {payload.text}" for payload in some)
        one.go("read", text)
        done(one, "read", "#read-panes")
        assert one.page.locator("#read-panes .target .s").count() > 10
    for number in range(0, one.page.locator("#read-panes .target .s").count(), 9):
        one.page.locator("#read-panes .target .s").nth(number).dispatch_event("click")
    assert one.page.evaluate(_LOOK) == []


def test_checked_and_summarised(hostile: tuple[Visit, Watch]) -> None:
    one, _ = hostile
    some = parts(("breakout", "template", "encoding"), 60)[0]
    for tab in ("check", "summary"):
        one.page.locator(f"#tab-{tab}-button").click()
        one.page.locator(f"#{tab}-go").wait_for()
        one.go(
            tab, "\n\n".join(f"Akram said the harbour opened on Monday {payload.text} in Aleppo." for payload in some)
        )
        one.page.locator(f"#{tab}-report iframe").wait_for()
        done(one, tab, f"#{tab}-status")


def test_files_and_their_names(hostile: tuple[Visit, Watch]) -> None:
    one, _ = hostile
    one.page.locator("#tab-batch-button").click()
    one.page.locator("#batch-go").wait_for()
    names = [payload.text[:80].replace("\0", "") for payload in corpus("name", "breakout")][:40]
    texts = [f"{_WORDS}\n\n" + "\n\n".join(each.text for each in some) for some in parts(size=12)]
    files = [
        {"name": name.replace("/", "_") or "x", "mimeType": "text/html", "buffer": text.encode("utf-8")}
        for name, text in zip(names, texts, strict=False)
    ]
    one.page.locator("#batch-options input[type=file]").set_input_files(files)
    until(lambda: one.page.locator("#batch-options .files li").count() == len(files), 30)
    assert one.page.evaluate(_LOOK) == []
    one.page.locator("#batch-go").click()
    one.page.locator("[data-batch][data-ended]").wait_for(timeout=90_000)
    one.page.evaluate(_POKE, "#batch-status")
    assert one.page.evaluate(_LOOK) == []
    assert one.page.locator(".batch-files li.done").count() > len(files) / 2
    fetched = one.page.request.get(one.site.url + str(one.page.locator("#batch-zip").get_attribute("href")))
    inside = zipfile.ZipFile(io.BytesIO(fetched.body()))
    assert all(".." not in name.split("/") and not name.startswith("/") for name in inside.namelist())
    one.page.goto("about:blank")


def test_downloads(hostile: tuple[Visit, Watch], shown_in: Page, watch: Watch) -> None:
    one, _ = hostile
    some = parts()[0]
    one.go("read", "<p>Akram left.</p>\n".join(f"<p>{_WORDS}</p> {payload.text}" for payload in some))
    done(one, "read", "#read-panes")
    links = one.page.locator("#read-status a[href*='/download/']")
    answers = [
        one.page.request.get(one.site.url + str(links.nth(n).get_attribute("href"))) for n in range(links.count())
    ]
    for answer in answers:
        kind = answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-disposition"].startswith("attachment")
        if kind.startswith("text/html"):
            watch.begin()
            assert shown(shown_in, [Shown("download", answer.text(), "body > article", 1)]) == []
            assert (watch.hits, watch.alarms, watch.requests) == (set(), [], [])
        elif "wordprocessingml" in kind:
            document = zipfile.ZipFile(io.BytesIO(answer.body()))
            targets = b"".join(document.read(name) for name in document.namelist() if name.endswith(".rels"))
            assert b"javascript:" not in targets.lower() and b"file:" not in targets.lower()
        else:
            assert kind.startswith("application/json")
    assert len(answers) == 3
