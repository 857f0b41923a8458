"""A browser for the tests here, cut off from every host but this one, and a server for it to visit."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.xss import ORIGIN, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from browser.site import Site, Visit

# Chromium's own calls home would count as the page's.
_OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --force-color-profile=srgb"
).split()
_NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
# A new page knows nothing of what an earlier one of its visitor kept.
_FORGET = """
if (window === top && location.protocol === "http:" && !sessionStorage.begun) {
  localStorage.clear();
  sessionStorage.begun = 1;
}
"""
_LOCALES = {"en": "en-GB", "ar": "ar-EG"}
_PATIENCE = 20_000  # ms; a busy machine is slow, a fault is for ever


def _missing(reason: str) -> None:
    """Skip; CI must have all that these tests need."""
    if os.environ.get("CI"):
        pytest.fail(f"CI needs the browser for these tests: {reason}")
    pytest.skip(reason)


# Of the package, not of the session: while Playwright runs, no later test could start an event loop in this thread.
@pytest.fixture(scope="package")
def chromium() -> Iterator["Browser"]:
    """A running Chromium."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("no playwright on this machine: pip install playwright")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        _missing("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*_OPTIONS, _NOWHERE])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def watch() -> Watch:
    """What must not happen in any page that `shown_in` shows."""
    return Watch()


@pytest.fixture(scope="package")
def watched(chromium: "Browser", watch: Watch) -> Iterator["BrowserContext"]:
    """Watched pages; nothing but the one that frames the others can be fetched."""
    context = chromium.new_context()
    watch.on(context)

    def answer(route: "Route") -> None:
        if route.request.url == ORIGIN:
            route.fulfill(body="<!doctype html><title>shown</title>", content_type="text/html")
            return
        watch.request(route.request)
        route.abort()

    context.route("**/*", answer)
    yield context
    context.close()


@pytest.fixture
def shown_in(watched: "BrowserContext") -> Iterator["Page"]:
    """A watched page in which other pages are shown."""
    page = watched.new_page()
    yield page
    page.close()


@pytest.fixture(scope="package")
def site(tiny_models_file: Path) -> Iterator["Site"]:
    """The server with its page over the tiny models."""
    pytest.importorskip("gradio", reason="the page needs the extra web: pip install 'dragoman[web]'")
    from browser.site import served  # loads the web's libraries, which not every machine has

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRAGOMAN_MODELS", str(tiny_models_file))
        with served() as made:
            yield made


@pytest.fixture(scope="package")
def visitor(chromium: "Browser", site: "Site") -> Iterator[Callable[..., "Visit"]]:
    """Makes visits to the site: by somebody whose language is "en" or "ar", with a screen of some size, at night…

    Visits of one kind share what the browser has fetched, unless they are to be `alone`.
    """
    from browser.site import Visit  # as above

    contexts: list[BrowserContext] = []
    known: dict[tuple[str, ...], BrowserContext] = {}

    def context(language: str, how: dict[str, object]) -> "BrowserContext":
        made = chromium.new_context(**{"locale": _LOCALES[language], "viewport": {"width": 1280, "height": 900}, **how})
        made.set_default_timeout(_PATIENCE)
        made.add_init_script(_FORGET)
        contexts.append(made)
        return made

    def visit(language: str = "en", *, alone: bool = False, **how: object) -> Visit:
        key = (language, *sorted(map(str, how.items())))
        if not alone and key not in known:
            known[key] = context(language, how)
        made = Visit(site, (context(language, how) if alone else known[key]).new_page())
        made.watch()
        return made

    yield visit
    for one in contexts:
        one.close()


@pytest.fixture
def visit(visitor: Callable[..., "Visit"]) -> Iterator[Callable[..., "Visit"]]:
    """As `visitor`, for one test; in the end nothing may have gone wrong that a reader does not see."""
    made: list[Visit] = []

    def one(language: str = "en", **how: object) -> "Visit":
        made.append(visitor(language, **how))
        return made[-1]

    yield one
    for each in made:
        each.page.close()
        assert (each.errors, each.foreign) == ([], [])
