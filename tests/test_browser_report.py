"""The report in a real browser: words light up, filters filter, the language switches, and nothing is fetched."""

import base64
import json
import os
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from summarised import summarized
from trips import comparison, spoilt

from translate.render import compare_page, summary_page
from translate.render.roundtrip_page import page

# What a reader would do, step by step, and what the page shows then.
_PROBE = """
const seen = { hasFocus: document.hasFocus() };
const text = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
const word = (side, number) => document.querySelector(`#s1 .${side} [data-w="${number}"]`);
const mouse = { bubbles: true, pointerType: "mouse" };
const point = (target) => target.dispatchEvent(new PointerEvent("pointerover", mouse));
const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
const box = (selector) => document.querySelector(`.filters ${selector}`);
const visible = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length;
const rows = () => visible("tbody.row");

seen.start = { rows: rows(), notes: visible("tbody .notes li"), output: box("output").textContent };
point(word("source", 1)); seen.fromSource = text(".rows .lit");
point(word("forward", 2)); seen.fromForward = text(".rows .lit");
point(word("back", 3)); seen.fromBack = text(".rows .lit");
point(document.querySelector("#s2 .source")); seen.fromNothing = text(".rows .lit");
word("forward", 0).click(); seen.tapped = text(".rows .lit");
point(document.querySelector("#s2 .source")); seen.tappedStays = text(".rows .lit");
document.querySelector("#s2 .source").click(); seen.tappedElsewhere = text(".rows .lit");

const issue = document.querySelector("#s2 .forward [data-i]");
point(issue); seen.tooltip = issue.title; seen.litNotes = text(".notes li.lit").length;
point(document.getElementById("s2i1")); seen.placesOfNote = text("#s2 td > .lit");

seen.tabStops = document.querySelectorAll(".rows [data-w][tabindex='0']").length;
word("source", 0).focus(); seen.focused = text(".rows .lit");
press("ArrowRight"); seen.right = document.activeElement.textContent;
press("ArrowDown"); seen.down = document.activeElement.closest("tr").id + document.activeElement.textContent;
press("ArrowUp"); press("ArrowLeft"); seen.outOfTheRow = document.activeElement.textContent;
word("forward", 0).click(); word("forward", 0).focus();
press("ArrowLeft"); seen.leftInArabic = document.activeElement === word("forward", 1);
press("Escape"); seen.escaped = text(".rows .lit");
issue.click(); seen.described = issue.getAttribute("aria-describedby");

box("[name=only]").click(); seen.only = { rows: rows(), output: box("output").textContent };
box("[name=leg][value=back]").click(); seen.noWayBack = { notes: visible("tbody .notes li"), rows: rows(),
  off: text(".off") };
for (const name of ["error", "warning", "note"]) box(`[name=severity][value=${name}]`).click();
seen.none = { rows: rows(), empty: visible(".empty") };
for (const name of ["error", "warning", "note"]) box(`[name=severity][value=${name}]`).click();
box(".flip").click(); seen.noCheck = rows();
box("[name=check][value=negation]").click(); seen.oneCheck = { rows: rows(), notes: visible("tbody .notes li") };
box("[type=reset]").click();
box("[name=changes]").click(); seen.changes = text(".measures details[open]").length;
box("[name=leg][value=back]").click(); seen.changesStay = text(".measures details[open]").length;
box("[type=reset]").click();
document.getElementById("language").click();
seen.arabic = [document.documentElement.lang, document.documentElement.dir, document.querySelector("h2").innerText,
  document.getElementById("language").textContent];
point(issue); seen.arabicTooltip = issue.title;
document.getElementById("language").click(); seen.english = document.querySelector("h2").innerText;
seen.fetched = performance.getEntriesByType("resource").map((one) => one.name);
box("[name=only]").click(); seen.hidden = rows();
window.addEventListener("hashchange", () => setTimeout(() => {
  seen.reset = { rows: rows(), output: box("output").textContent };
  document.documentElement.innerHTML = `<pre>${btoa(unescape(encodeURIComponent(JSON.stringify(seen))))}</pre>`;
}));
location.hash = "#s1"; // which the filters hide
"""


@pytest.fixture(scope="session")
def browser() -> str:
    """Chromium's command. CI must have it; elsewhere these tests are skipped without it."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("CI needs Chromium for the tests of the report: apt-get install chromium")
    if found is None:
        pytest.skip("no Chromium on this machine: the report was not tried in a browser")
    return found


def opened(browser: str, path: Path, *options: str) -> str:
    """The page's HTML after its scripts have run."""
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command += ["--no-first-run", f"--user-data-dir={path.parent / 'profile'}", "--virtual-time-budget=20000", *options]
    done = subprocess.run([*command, "--dump-dom", path.as_uri()], capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")


def probed(browser: str, path: Path, probe: str, *options: str) -> dict:
    """What a probe at the end of a page saw.

    A busy machine may run it before the page has the focus, and then no element can get it: the page is opened anew.
    """
    copy = path.with_name(f"probed{len(options)}.html")
    copy.write_text(path.read_text("utf-8").replace("</body>", f"<script>{probe}</script></body>"), "utf-8")
    for _ in range(5):
        answer = re.search("<pre>([^<]*)</pre>", opened(browser, copy, *options))
        assert answer, "the page's script or the probe stopped halfway"
        seen: dict = json.loads(base64.b64decode(answer[1]))
        if seen["hasFocus"]:
            break
    return seen


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of an article of three sentences, the second of which has an error on each way."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page(spoilt(), made=datetime(2026, 1, 2)), "utf-8")
    return path


@pytest.fixture(scope="session")
def seen(browser: str, report: Path) -> dict:
    """What the probe saw."""
    return probed(browser, report, _PROBE)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("start", {"rows": 3, "notes": 5, "output": "3 / 3"}),
        # Words light up with what translates them on both ways, from whichever text.
        ("fromSource", ["mayor", "شانضع", "mayor"]),
        ("fromForward", ["left", "سجحف", "left"]),
        ("fromBack", ["early", "جاعسن", "early"]),
        ("fromNothing", []),
        ("tapped", ["The", "فدج", "the"]),
        ("tappedStays", ["The", "فدج", "the"]),
        ("tappedElsewhere", []),
        # Issues and their places.
        ("tooltip", "numbers.changed is wrong\nnumbers.changed is wrong"),
        ("litNotes", 2),
        ("placesOfNote", ["17", "19"]),
        # One tab stop; arrow keys go on from there, the left one forward in Arabic.
        ("tabStops", 1),
        ("focused", ["The", "فدج", "the"]),
        ("right", "mayor"),
        ("down", "s2The"),
        ("outOfTheRow", "The"),
        ("leftInArabic", True),
        ("escaped", []),
        ("described", "s2i1 s2i2"),
        # Filters.
        ("only", {"rows": 2, "output": "2 / 3"}),
        ("noWayBack", {"rows": 2, "notes": 4, "off": ["21"]}),
        ("none", {"rows": 0, "empty": 1}),
        ("noCheck", 0),
        ("oneCheck", {"rows": 1, "notes": 1}),
        ("hidden", 2),
        ("reset", {"rows": 3, "output": "3 / 3"}),
        ("changes", 1),
        ("changesStay", 1),
        # The page's language.
        ("arabic", ["ar", "rtl", "ما ينبغي إصلاحه أولًا", "English"]),
        ("arabicTooltip", "numbers.changed خطأ\nnumbers.changed خطأ"),
        ("english", "What to fix first"),
        ("fetched", []),
    ],
)
def test_what_a_reader_does(seen: dict, step: str, expected: object) -> None:
    assert seen[step] == expected


def test_without_scripts_all_is_there_to_read(browser: str, report: Path, tmp_path: Path) -> None:
    # The scripts' doing would show in what is dumped.
    still = tmp_path / "still.html"
    still.write_text(re.sub("<script>.*?</script>", "", report.read_text("utf-8"), flags=re.DOTALL), "utf-8")
    html = opened(browser, still)
    assert html.count('<tr id="s') == 3 and html.count("negation.lost is wrong") == 2
    assert (
        '<form class="filters" aria-label="filters" hidden' in html
        and '<button type="button" id="language" lang="ar" hidden' in html
    )


def test_a_comparison_switches_its_language(browser: str, tmp_path: Path) -> None:
    path = tmp_path / "comparison.html"
    press = '<script>document.getElementById("language").click()</script></body>'
    path.write_text(compare_page.page(comparison()).replace("</body>", press), "utf-8")
    html = opened(browser, path)
    assert '<html lang="ar" dir="rtl">' in html and 'lang="en">English</button>' in html


def test_it_prints(browser: str, report: Path, tmp_path: Path) -> None:
    made = tmp_path / "report.pdf"
    opened(browser, report, f"--print-to-pdf={made}")
    assert made.read_bytes().startswith(b"%PDF")


# As above, on the grounded view of a summary.
_SUMMARY_PROBE = """
const seen = { hasFocus: document.hasFocus() };
const ids = (selector) => [...document.querySelectorAll(selector)].map((one) => one.id);
const told = (id) => document.getElementById(id);
const key = (name) => document.dispatchEvent(new KeyboardEvent("keydown", { key: name }));
const box = (id) => document.getElementById(id).getBoundingClientRect();
const inView = (id) => box(id).top >= 0 && box(id).bottom <= innerHeight;
const far = document.createElement("div");
far.style.height = "9000px";
document.querySelector(".article").prepend(far);
seen.start = ids(".lit");
seen.farAway = inView("a3");
told("t-en-2").click(); seen.clicked = ids(".lit");
seen.scrolled = inView("a3"); seen.address = location.hash;
told("t-ar-1").click(); seen.other = ids(".lit");
key("Escape"); seen.escaped = ids(".lit");
told("t-ar-2").querySelector("a").focus(); seen.focused = ids(".lit");
seen.tabs = [...document.querySelectorAll(".told a")].length;
document.getElementById("language").click();
seen.arabic = [document.documentElement.dir, document.querySelector("h2").innerText,
  getComputedStyle(told("t-en-1")).direction, getComputedStyle(told("t-ar-1")).direction];
seen.definitions = [...document.querySelectorAll(".measures-of tbody tr")].filter((row) =>
  /[\u0621-\u064a]/.test(row.lastElementChild.innerText)).length;
seen.wide = document.documentElement.scrollWidth <= innerWidth;
seen.fetched = performance.getEntriesByType("resource").map((one) => one.name);
document.documentElement.innerHTML = `<pre>${btoa(unescape(encodeURIComponent(JSON.stringify(seen))))}</pre>`;
"""


@pytest.fixture(scope="session")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a summary in two languages."""
    path = tmp_path_factory.mktemp("summary") / "summary.html"
    path.write_text(summary_page.page(summarized(), made=datetime(2026, 1, 2)), "utf-8")
    return path


@pytest.fixture(scope="session", params=["1200,900", "400,800"])
def seen_summary(browser: str, summary: Path, request: pytest.FixtureRequest) -> dict:
    """What the probe saw, on a desk and on a phone."""
    return probed(browser, summary, _SUMMARY_PROBE, f"--window-size={request.param}")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("start", []),
        ("farAway", False),
        ("clicked", ["t-en-2", "a3", "a4"]),
        ("scrolled", True),
        ("address", "#a3"),
        ("other", ["t-ar-1", "a2"]),
        ("escaped", []),
        ("focused", ["t-ar-2", "a3", "a4"]),
        ("tabs", 6),
        ("arabic", ["rtl", "الملخص", "ltr", "rtl"]),
        ("definitions", 8),
        ("wide", True),
        ("fetched", []),
    ],
)
def test_what_a_reader_of_a_summary_does(seen_summary: dict, step: str, expected: object) -> None:
    assert seen_summary[step] == expected


def test_a_summary_is_whole_without_scripts_and_prints(browser: str, summary: Path, tmp_path: Path) -> None:
    still = tmp_path / "still.html"
    still.write_text(re.sub("<script>.*?</script>", "", summary.read_text("utf-8"), flags=re.DOTALL), "utf-8")
    html = opened(browser, still)
    assert html.count('class="told"') == 4 and html.count('class="line"') == 6 and 'href="#a3"' in html
    opened(browser, summary, f"--print-to-pdf={tmp_path / 'summary.pdf'}")
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")
