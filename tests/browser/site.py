"""The whole server over the tiny models for a browser to visit, and what a visit must never see."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from web_served import tiny, until

from translate.serving import Desk, Limits
from translate.web import create

if TYPE_CHECKING:
    from playwright.sync_api import Page

OUTPUT = Path(__file__).parents[1] / "output"
ENGLISH = "Akram lives in Aleppo. His brother has 3 boats. They left the harbour on Monday."
ARABIC = "يعيش أكرم في حلب. لأخيه ثلاثة قوارب. غادروا الميناء يوم الاثنين."
# More than the tiny models translate in a moment.
LONG = "\n\n".join(
    f"Akram has {number} boats in the harbour, and his brother left for Aleppo." for number in range(1500)
)


@dataclass(frozen=True)
class Site:
    """A server: where it is, and the desk behind it."""

    url: str
    desk: Desk

    def idle(self) -> bool:
        """Whether nothing is at work and nothing waits."""
        status = self.desk.status()
        return not (status.active or status.waiting)


@contextmanager
def served(limits: Limits | None = None) -> Iterator[Site]:
    """The server with its page, on a port of its own; the fixture `tiny_models` must be in force."""
    desk = Desk(tiny(), limits)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create(desk), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        until(lambda: server.started, 60)
        yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", desk)
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@dataclass
class Visit:
    """A page of the site in a browser, and what went wrong in it: errors of scripts, requests to other hosts."""

    site: Site
    page: Page
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note errors, and what is asked of other hosts, which the browser cannot find."""
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.site.url, "data:", "blob:")):
            self.foreign.append(url)

    def open(self, tab: str = "read") -> None:
        """Load the page and open one of its tabs."""
        self.page.goto(self.site.url)
        self.page.locator("#read-go").wait_for()
        if tab != "read":
            self.page.locator(f"#tab-{tab}-button").click()
            self.page.locator(f"#{tab}-go").wait_for()

    def paste(self, tab: str, text: str) -> None:
        """Put a text into a tab's box all at once, as a paste does; the driver's own way is an event a line."""
        self.page.locator(f"#{tab}-text textarea").evaluate(
            """(box, text) => {
              Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
              box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
            }""",
            text,
        )

    def go(self, tab: str, text: str) -> None:
        """Paste a text and have the tab work on it."""
        self.paste(tab, text)
        self.page.locator(f"#{tab}-go").click()

    def finished(self, tab: str) -> None:
        """Wait until the tab's work, which was just begun, has ended."""
        from playwright.sync_api import TimeoutError as TooSlow  # tests are skipped without it, not broken

        working = self.page.locator(f"#{tab}-status [data-working]").first
        with suppress(TooSlow):  # it may have ended already
            working.wait_for(timeout=2000)
        working.wait_for(state="detached", timeout=60_000)

    def shoot(self, name: str, *, whole: bool = True) -> None:
        """Keep a picture of the whole page, or of what is on the screen, where somebody may look at it."""
        if os.environ.get("CI"):
            return
        OUTPUT.mkdir(exist_ok=True)
        self.page.screenshot(path=OUTPUT / f"{name}.png", full_page=whole, animations="disabled")

    def box(self, selector: str) -> dict[str, float]:
        """Where the first such element stands: x, y, width, height in CSS pixels."""
        found = self.page.locator(selector).first.bounding_box()
        assert found is not None, f"{selector} is not to be seen"
        return dict(found)


def hugs(page: Page, selector: str) -> str:
    """The edge, "left" or "right", of its box that each line of the first such element's text begins at.

    A line counts by where its letters are drawn, not by what any attribute says.
    """
    gaps: list[list[float]] = page.evaluate(
        """(selector) => {
          const element = document.querySelector(selector), text = document.createRange();
          const box = element.getBoundingClientRect(), style = getComputedStyle(element);
          const left = box.left + parseFloat(style.paddingLeft), right = box.right - parseFloat(style.paddingRight);
          const lines = new Map();
          text.selectNodeContents(element);
          for (const part of text.getClientRects()) {
            if (part.width < 1) continue;
            const middle = Math.round((part.top + part.bottom) / 40);
            const line = lines.get(middle) ?? [Infinity, -Infinity];
            lines.set(middle, [Math.min(line[0], part.left), Math.max(line[1], part.right)]);
          }
          return [...lines.values()].map(([start, end]) => [start - left, right - end]);
        }""",
        selector,
    )
    assert gaps, f"{selector} has no text"
    left, right = (max(gap[side] for gap in gaps) for side in (0, 1))
    assert min(left, right) < 4 < max(left, right), f"{selector} hugs neither edge: {gaps}"
    return "left" if left < right else "right"
