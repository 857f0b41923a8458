"""The corpus and the watch themselves: markup that nobody cleaned runs, and is seen; text is left in peace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from browser.xss import Payload, Shown, Watch, attribute, bare, corpus, escaped, in_script, shown, side_by_side

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _careless(payload: Payload) -> str:
    """A page that shows Markdown with all its markup and links."""
    parser = MarkdownIt("commonmark")
    parser.validateLink = lambda _: True  # type: ignore[method-assign]
    return bare(parser.render(payload.text))


def test_the_corpus_is_large_and_has_nothing_twice() -> None:
    payloads = corpus()
    assert len(payloads) >= 450 and len({one.data for one in payloads}) == len(payloads)


# The floors lie below what Chromium 156 runs of every fourth payload, or of all where there are few. What a browser no
# longer runs is still seen as markup.
@pytest.mark.parametrize(
    ("careless", "kinds", "step", "least", "least_seen"),
    [
        (lambda payload: bare(payload.text), (), 4, 60, 78),
        (attribute, ("breakout", "name"), 1, 5, 6),
        (in_script, ("breakout",), 1, 5, 0),
        (_careless, ("markdown",), 1, 30, 34),
    ],
)
def test_what_nobody_cleaned_runs(
    shown_in: Page,
    watch: Watch,
    careless: Callable[[Payload], str],
    kinds: tuple[str, ...],
    step: int,
    least: int,
    least_seen: int,
) -> None:
    watch.begin()
    pages = [Shown(str(one), careless(one)) for one in corpus(*kinds)[::step]]
    seen = {one.split(":")[0] for one in shown(shown_in, pages, pause=400)}
    assert len(watch.hits) >= least and len(seen) >= least_seen


def test_text_is_left_in_peace(shown_in: Page, watch: Watch) -> None:
    watch.begin()
    assert shown(shown_in, side_by_side([escaped(one) for one in corpus()], "text")) == []
    assert not watch.hits and not watch.alarms and not watch.requests


def test_a_body_that_swallows_the_next_is_seen(shown_in: Page, watch: Watch) -> None:
    for body in ("<!--", "<svg><title>", "<textarea>", "<p title='"):
        assert shown(shown_in, side_by_side(["a", body, "c"], "bodies")), body
