"""Nothing that Dragoman shows can run, whoever wrote it: the author, the models, or who named the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from browser import hostile
from browser.xss import Shown, Watch, corpus, shown, side_by_side
from translate import extract
from translate.document import Kind

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def harmless(shown_in: Page, watch: Watch) -> Callable[[list[Shown]], None]:
    """Asserts that nothing in pages runs, that nothing is fetched, and that nothing is there that could."""

    def assert_harmless(pages: list[Shown]) -> None:
        watch.begin()
        found = shown(shown_in, pages)
        assert not found, "\n".join(found)
        assert (watch.hits, watch.alarms, watch.requests) == (set(), [], [])

    return assert_harmless


# A report shows two kinds of text: with markup of its own, and without.
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.FRAGMENT])
def test_reports_of_what_authors_wrote(harmless: Callable[[list[Shown]], None], kind: Kind) -> None:
    page = hostile.report(kind)
    assert hostile.told(page, corpus()) > 440
    harmless([Shown("report", page, "tr.document, tbody.row", page.count('<tr id="s'), 1)])


def test_a_report_of_what_models_said_with_a_summary(harmless: Callable[[list[Shown]], None]) -> None:
    page = hostile.report_of_boats(Kind.FRAGMENT)
    assert hostile.told(page, corpus()) > 440
    harmless([Shown("report", page, "tbody.row", 2 * len(corpus()), 1)])


def test_a_comparison(harmless: Callable[[list[Shown]], None]) -> None:
    page = hostile.comparison()
    assert hostile.told(page, corpus()) > 440
    harmless([Shown("comparison", page, "article.different", 20, 1)])


def test_a_summary(harmless: Callable[[list[Shown]], None]) -> None:
    page = hostile.summary()
    assert hostile.told(page, corpus()) > 440
    harmless([Shown("summary", page, ".told", 2 * len(corpus()), 1)])


@pytest.mark.parametrize("name", ["x.html", "x.md", "x.txt"])
def test_what_was_uploaded(harmless: Callable[[list[Shown]], None], name: str) -> None:
    made = list(hostile.uploads(name))
    assert len(made) > 440
    harmless(side_by_side([result.html for _, result in made], name))


def test_whole_pages_of_what_was_uploaded(harmless: Callable[[list[Shown]], None]) -> None:
    kinds = ("breakout", "mutation", "encoding")
    harmless(
        [
            Shown(str(one), result.page, "body > article", 1)
            for one, result in hostile.uploads("x.txt")
            if one.kind in kinds
        ]
    )


def test_markdown_of_what_was_uploaded(harmless: Callable[[list[Shown]], None]) -> None:
    parser = MarkdownIt("commonmark")
    made = [result.markdown for name in ("x.html", "x.txt") for _, result in hostile.uploads(name)]
    harmless(side_by_side([parser.render(one) for one in made], "Markdown"))


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_what_models_said(harmless: Callable[[list[Shown]], None], kind: Kind) -> None:
    result = hostile.translated(extract.document(hostile.of_boats(kind), kind))
    assert hostile.told(result.page, corpus()) > 440
    harmless([Shown(kind.value, result.page, "body > article", 1)])


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_markdown_of_what_models_said(harmless: Callable[[list[Shown]], None], kind: Kind) -> None:
    result = hostile.translated(extract.document(hostile.of_boats(kind), kind))
    rendered = MarkdownIt("commonmark").render(result.markdown)
    assert hostile.told(rendered, corpus()) > 440
    harmless(side_by_side([rendered], "Markdown"))
