"""The tabs Check, Summary and Batch, as their users go through them, in both languages of the page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from web_served import until

from browser.site import ARABIC, ENGLISH, LONG

if TYPE_CHECKING:
    from browser.site import Visit

# Enough for a summary to be chosen from.
STORY = (Path(__file__).parents[1] / "data" / "summaries" / "strike.en.txt").read_text("utf-8")


def a_file(name: str, text: str) -> dict[str, Any]:
    """A file as a browser's dialogue gives it."""
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode("utf-8")}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_check(visit: Callable[..., Visit], language: str) -> None:
    one = visit(language)
    one.open("check")
    one.go("check", ENGLISH)
    page = one.page
    page.locator("#check-status .checked").wait_for()
    assert float(page.locator("#check-status .figure .value").first.inner_text()) > 0
    report = page.frame_locator("#check-report iframe")
    report.locator("tbody.row").first.wait_for()
    assert report.locator("tbody.row").count() == 3
    until(lambda: report.locator("html").get_attribute("lang") == language)
    # The three texts stand side by side in the order that the page runs in.
    cells = [report.locator(f"tr.text td.{side}").first.bounding_box() for side in ("source", "forward", "back")]
    places = [cell["x"] for cell in cells if cell]
    assert places == sorted(places, reverse=language == "ar")
    links = page.locator("#check-status a[href*='/download/']")
    kinds = {
        page.request.get(one.site.url + str(links.nth(number).get_attribute("href"))).headers["content-type"]
        for number in range(links.count())
    }
    assert {kind.split(";")[0] for kind in kinds} == {"text/html", "application/json", "text/csv"}
    page.locator("#check-report iframe").scroll_into_view_if_needed()
    one.shoot(f"check-{language}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_summary(visit: Callable[..., Visit], language: str) -> None:
    one = visit(language)
    one.open("summary")
    one.go("summary", STORY)
    page = one.page
    report = page.frame_locator("#summary-report iframe")
    report.locator(".told").first.wait_for()
    told = report.locator(".told")
    assert {told.nth(number).get_attribute("lang") for number in range(told.count())} == {"en", "ar"}
    until(lambda: report.locator("html").get_attribute("lang") == language)
    # A sentence leads to what it rests on.
    grounds = str(told.first.get_attribute("data-grounds")).split()
    told.first.click()
    assert grounds and all("lit" in str(report.locator(f"#{one_of}").get_attribute("class")) for one_of in grounds)
    told.nth(1).locator("a").first.click()
    assert "lit" in str(told.nth(1).get_attribute("class")), "a number leads into the article, not out of the report"
    before = told.count()
    slider = page.locator("#summary-length input[type=number]").first
    slider.fill("2")
    slider.press("Enter")
    slider.blur()
    page.locator("#summary-go").click()
    until(lambda: page.locator("#summary-stop").is_hidden(), 20)
    until(lambda: 0 < report.locator(".told").count() <= min(before, 4), 20)
    one.shoot(f"summary-{language}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_batch(visit: Callable[..., Visit], language: str) -> None:
    one = visit(language)
    one.open("batch")
    page = one.page
    page.locator("#batch-options input[type=file]").set_input_files(
        [a_file("english.txt", ENGLISH), a_file("عربي.txt", ARABIC), a_file("empty.txt", "17")]
    )
    until(lambda: page.locator("#batch-options .files li").count() == 3)
    page.locator("#batch-go").click()
    page.locator("#batch-zip").wait_for()
    assert page.locator(".batch-files li.done").count() == 2 and page.locator(".batch-files li.aside").count() == 1
    fetched = page.request.get(one.site.url + str(page.locator("#batch-zip").get_attribute("href")))
    names = zipfile.ZipFile(io.BytesIO(fetched.body())).namelist()
    assert any("english" in name for name in names) and any("عربي" in name for name in names), names
    assert any(name.endswith(".html") for name in names), "there is a report"
    one.shoot(f"batch-{language}")


def test_a_batch_outlives_its_page(visit: Callable[..., Visit]) -> None:
    one = visit("ar")
    one.open("batch")
    page = one.page
    # The first keeps the tiny models busy for some seconds.
    long = [a_file(f"{number}.txt", LONG) for number in range(2)]
    page.locator("#batch-options input[type=file]").set_input_files([*long, a_file("last.txt", ENGLISH)])
    until(lambda: page.locator("#batch-options .files li").count() == 3)
    page.locator("#batch-go").click()
    page.locator(".batch-files li.working").first.wait_for()
    page.reload()
    one.errors.clear()  # of what the page was being told as it went
    page.locator("#tab-batch-button").click()
    page.locator(".batch-files li.working").first.wait_for()
    assert page.locator(".batch-files li").count() == 3
    one.shoot("batch-reloaded-ar")
    page.locator("#batch-stop").click()
    page.locator("[data-batch][data-ended]").wait_for()
    until(one.site.idle, 20)
    page.locator("#batch-forget").click()
    page.locator("[data-batch]").wait_for(state="detached")
