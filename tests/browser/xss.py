"""The corpus of markup that must never run, and the watch over pages that show it."""

from __future__ import annotations

import base64
import html
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib
if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request

_CORPUS = Path(__file__).parents[1] / "data" / "xss.toml"
_WRITTEN = {
    "B64": lambda text: base64.b64encode(text.encode("utf-8")).decode("ascii"),
    "ENT": lambda text: "".join(f"&#{ord(sign)};" for sign in text),
    "PCT": lambda text: "".join(f"%{ord(sign):02x}" for sign in text),
}
_ENCODED = re.compile(r"(B64|ENT|PCT)\[(.*?)\](?=[^\]]|$)", re.DOTALL)
# Pages in a tab at a time, and bodies in such a page.
_TOGETHER = 80
_BESIDE = 40
ORIGIN = "http://shown.test/"

# Looks at every document that stands in a frame, then does there all that a reader could do, and more.
_WATCH = """
async ({ pages, pause }) => {
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const deep = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
    [one, ...(one.shadowRoot ? deep(one.shadowRoot) : []), ...(one.localName === "template" ? deep(one.content) : [])]);
  const LINKS = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "cite", "ping",
    "srcset", "code", "manifest", "longdesc", "dynsrc", "lowsrc", "profile", "usemap", "classid", "codebase",
    "imagesrcset", "archive"];
  const NEVER = ["iframe", "frame", "frameset", "object", "embed", "applet", "base", "link", "portal", "fencedframe",
    "meta[http-equiv]", "form[action]", "template", "animate", "set", "use", "foreignObject", "handler", "layer",
    "gradio-app", "script[src]", "script[type]", "plaintext", "math", "noscript", "textarea"].join();
  const FIRST = 300; // elements that are played with even where nothing on them could answer
  const SCHEME = /^(javascript|vbscript|livescript|mocha|data|feed|jar|view-source|blob|filesystem|file):/i;
  const STYLE = /javascript:|expression|url\\s*\\(|-moz-binding|behaviou?r\\s*:|__xss/i;
  // As browsers read a link (https://url.spec.whatwg.org/#concept-basic-url-parser).
  const clean = (link) => link.replace(/^[\\u0000-\\u0020]+|[\\t\\n\\r]/g, "");
  // Asked of the prototype: a form's fields may stand in front of its own properties.
  const attributes = (element) => Element.prototype.getAttributeNames.call(element).map((key) =>
    [key, Element.prototype.getAttribute.call(element, key)]);
  const seen = [];
  function look(name, element) {
    const says = (what) => seen.push(`${name}: ${what} in ${element.outerHTML.slice(0, 160)}`);
    if (Element.prototype.matches.call(element, NEVER)) says("an element that may not be there");
    if (element.localName === "style" && STYLE.test(element.textContent)) says("a style that fetches or runs");
    if (element.localName === "script" && /__xss/.test(element.textContent)) says("a script with the payload");
    for (const [key, value] of attributes(element)) {
      if (/^on/i.test(key)) says(`a handler ${key}`);
      if (LINKS.includes(key.toLowerCase()) && SCHEME.test(clean(value))) says(`a link ${key}=${value.slice(0, 40)}`);
      if (key === "style" && STYLE.test(value)) says("a style that fetches or runs");
    }
  }
  const MOUSE = ["pointerover", "pointerenter", "pointermove", "pointerdown", "mouseover", "mouseenter", "mousemove",
    "mousedown", "mouseup", "dblclick", "auxclick", "contextmenu", "wheel", "focusin", "keydown", "keyup", "input",
    "change", "copy", "cut", "paste", "dragstart", "drop", "toggle", "beforetoggle", "animationend", "transitionend",
    "beforematch", "scroll", "select", "invalid", "load", "error"];
  function poke(element) {
    const tries = [
      () => element.focus?.(),
      () => MOUSE.forEach((kind) => element.dispatchEvent(new Event(kind, { bubbles: kind.startsWith("p") }))),
      () => attributes(element).filter(([key]) => key.startsWith("on")).forEach(([key]) =>
        element.dispatchEvent(new Event(key.slice(2)))),
      () => (element.localName === "details" ? (element.open = !element.open) : 0),
      () => element.showPopover?.(),
      () => (element.localName === "form" ? HTMLFormElement.prototype.requestSubmit.call(element) : 0),
      () => (element.click ? element.click() : element.dispatchEvent(new MouseEvent("click", { bubbles: true }))),
    ];
    for (const one of tries) try { one(); } catch { /* what cannot be done to it does no harm */ }
  }
  const frames = pages.map(({ page }) => {
    const frame = document.createElement("iframe");
    frame.srcdoc = page;
    frame.width = 600;
    document.body.append(frame);
    return frame;
  });
  await Promise.race([wait(10000), Promise.all(frames.map((frame) => new Promise((done) =>
    frame.addEventListener("load", done, { once: true }))))]);
  await wait(pause);
  frames.forEach((frame, number) => {
    const { name, parts, whole, scripts } = pages[number];
    const inside = frame.contentDocument;
    if (!inside || inside.location.protocol !== "about:") {
      seen.push(`${name}: the page went elsewhere`);
      return;
    }
    const elements = deep(inside);
    if (inside.scripts.length !== scripts) seen.push(`${name}: ${inside.scripts.length} scripts`);
    const there = parts ? inside.querySelectorAll(parts).length : 0;
    if (there !== whole) seen.push(`${name}: ${there} of ${whole} parts are where they belong`);
    elements.forEach((element) => look(name, element));
    inside.addEventListener("click", (event) => {
      const link = event.target.closest?.("a, area");
      const to = link && clean(link.getAttribute("href") ?? link.getAttribute("xlink:href") ?? "");
      if (link && !/^(javascript|data):/i.test(to)) event.preventDefault();
    });
    const firing = (element) => attributes(element).some(([key, value]) => /^on/i.test(key) ||
      (LINKS.includes(key) && !/^#/.test(value))) || Element.prototype.matches.call(element,
      "form, button, input, select, details, summary, [popover], [contenteditable], [tabindex]");
    elements.filter((element, number) => number < FIRST || firing(element)).forEach(poke);
  });
  await wait(pause);
  frames.forEach((frame) => frame.remove());
  return seen;
}
"""


@dataclass(frozen=True)
class Payload:
    """Markup that would run if a page showed it as markup; `data` is what a file with it holds."""

    number: int
    kind: str
    name: str
    text: str
    data: bytes

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}"


@lru_cache
def corpus(*kinds: str) -> tuple[Payload, ...]:
    """The payloads, numbered from 1 in the file's order; of these kinds only, if any are named."""
    found = []
    number = 0
    for kind, payloads in tomllib.loads(_CORPUS.read_text("utf-8")).items():
        for name, pattern in payloads.items():
            number += 1
            text = pattern.replace("HIT", f"__xss({number})").replace("#N#", str(number))
            text = _ENCODED.sub(lambda match: _WRITTEN[match[1]](match[2]), text)
            data = text.encode("latin-1" if kind == "bytes" else "utf-8")
            found.append(Payload(number, kind, name, text, data))
    return tuple(one for one in found if not kinds or one.kind in kinds)


@dataclass
class Watch:
    """Everything of one browser that must not happen: payloads that ran, dialogs, requests to anywhere."""

    hits: set[int] = field(default_factory=set)
    alarms: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Forget all that was seen."""
        self.hits.clear()
        self.alarms.clear()
        self.requests.clear()

    def on(self, context: BrowserContext) -> None:
        """Watch every page and frame of this context."""
        context.expose_binding("__xss", lambda _, number=0: self.hits.add(number))
        context.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("dialog", lambda dialog: (self.alarms.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda message: self._said(message.text))
        page.on("pageerror", lambda error: self._said(str(error)))

    def _said(self, message: str) -> None:
        """A payload that was stopped by a policy, or that broke, was markup all the same."""
        if "__xss" in message or "Content Security Policy" in message:
            self.alarms.append(message)

    def request(self, request: Request) -> None:
        """Note a request that was refused."""
        self.requests.append(request.url)


@dataclass(frozen=True)
class Shown:
    """A page to look at: it has so many `scripts` of its own, and `whole` elements that match the selector `parts`."""

    name: str
    page: str
    parts: str = ""
    whole: int = 0
    scripts: int = 0


def shown(page: Page, pages: Sequence[Shown], *, pause: int = 150) -> list[str]:
    """What is wrong in these pages, each loaded in a frame of `page` and played with.

    `pause` is how long, in milliseconds, payloads get to run before and after.
    """
    found: list[str] = []
    for start in range(0, len(pages), _TOGETHER):
        page.goto(ORIGIN)
        batch = [asdict(one) for one in pages[start : start + _TOGETHER]]
        found += page.evaluate(_WATCH, {"pages": batch, "pause": pause})
    return found


def side_by_side(bodies: Sequence[str], name: str) -> list[Shown]:
    """Pages of several bodies each, with a mark after each that must stay where it is, whatever the body holds."""
    made = []
    for start in range(0, len(bodies), _BESIDE):
        some = bodies[start : start + _BESIDE]
        text = "".join(f"<div>{body}</div><hr data-end={number}>" for number, body in enumerate(some))
        made.append(Shown(f"{name} from {start}", bare(text), "body > div + hr[data-end]", len(some)))
    return made


def bare(body: str) -> str:
    """A page that holds this markup and nothing else."""
    return f"<!doctype html><meta charset=utf-8><title>x</title>{body}"


def attribute(payload: Payload) -> str:
    """A page that forgot to escape an attribute's value."""
    return bare(f"<p title=\"{payload.text}\">x</p><p title='{payload.text}'>y</p>")


def in_script(payload: Payload) -> str:
    """A page that forgot to escape what stands in a script."""
    return bare(f'<script>const one = "{payload.text}";</script>')


def escaped(payload: Payload) -> str:
    """A page that shows the payload as the text that it is."""
    return bare(f"<p>{html.escape(payload.text)}</p>")
