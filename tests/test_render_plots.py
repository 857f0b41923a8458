"""Plots: their figures are right, their text is text, and nothing in them runs or loads."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.document import Severity
from translate.render import plots
from translate.render.plots import Plot
from translate.render.summary import Counts

MATRIX = {("a", "a"): 61.25, ("a", "b"): 40.0, ("b", "a"): 50.0}
PLOTS = {
    "distribution": plots.distribution("chrF2++", [1.0, 12.0, 19.9, 100.0], width=10, decimals=0),
    "cosines": plots.distribution("cosine", [0.91, 0.95], width=0.02, decimals=2),
    "checks": plots.by_check(
        "checks",
        [
            Counts("numbers", {Severity.ERROR: 2, Severity.WARNING: 0, Severity.NOTE: 1}, 4),
            Counts("names", {Severity.ERROR: 0, Severity.WARNING: 0, Severity.NOTE: 0}, 4),
        ],
    ),
    "intervals": plots.intervals("chrF2++", {"a": (61.25, 60.0, 62.5), "b": (50.0, 48.0, 52.0)}, decimals=1),
    "matrix": plots.heat_map("chrF2++", MATRIX, rows=("a", "b"), columns=("a", "b"), decimals=1),
}


@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [
        (
            "distribution",
            ("chrF2++", "sentences"),
            [("0 to 10", "1"), ("10 to 20", "2")]
            + [(f"{n} to {n + 10}", "0") for n in range(20, 90, 10)]
            + [("90 to 100", "1")],
        ),
        ("cosines", ("cosine", "sentences"), [("0.90 to 0.92", "1"), ("0.92 to 0.94", "0"), ("0.94 to 0.96", "1")]),
        ("checks", ("check", "error", "warning", "note"), [("numbers", "2", "0", "1")]),
        ("intervals", ("", "chrF2++", "low", "high"), [("a", "61.2", "60.0", "62.5"), ("b", "50.0", "48.0", "52.0")]),
        ("matrix", ("", "a", "b"), [("a", "61.2", "40.0"), ("b", "50.0", "")]),
    ],
)
def test_a_plot_is_a_table_too(name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    assert PLOTS[name].columns == columns
    assert list(PLOTS[name].rows) == rows


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_a_picture_is_a_picture(plot: Plot) -> None:
    assert plot.svg.startswith("<svg role=") and f'aria-label="{plot.title}"' in plot.svg
    assert re.search(r"<text[^>]*>[^<]*\w", plot.svg), "text must be text"
    assert "<script" not in plot.svg and "<image" not in plot.svg and "@import" not in plot.svg
    # Colours are the page's, so that they follow it into the dark.
    assert set(re.findall(r'(?:fill|stroke)="(#[^"]+)"', plot.svg)) == set()


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        (0, [0]),
        (1, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6, [0, 2, 4, 6]),
        (23, [0, 5, 10, 15, 20, 25]),
        (101, [0, 50, 100, 150]),
    ],
)
def test_counts_are_marked_at_whole_numbers(most: int, marks: list[int]) -> None:
    channel = plots._counting("count", "sentences", most)
    assert channel["axis"]["values"][: len(marks)] == marks


def test_names_in_a_picture_are_escaped() -> None:
    name = '<script>"&'
    plot = plots.heat_map(name, {(name, name): 1.0}, rows=(name,), columns=(name,), decimals=1)
    assert "<script" not in plot.svg and "&lt;script&gt;" in plot.svg


@pytest.mark.parametrize("name", ["a\u2028b", "a\fb", "a\0b", "a\ud800b", 'a"b\\', "a\nb", ""])
def test_any_name_can_be_drawn(name: str) -> None:
    assert plots.intervals("chrF", {name: (1.0, 0.0, 2.0)}, decimals=1).svg
    assert plots.heat_map("chrF", {(name, "x"): 1.0}, rows=(name,), columns=("x",), decimals=1).svg


@settings(deadline=None)
@given(st.lists(st.floats(-40, 40), min_size=1, max_size=30), st.sampled_from([10.0, 0.05, 0.02]))
def test_every_value_is_in_one_bar(places: list[float], width: float) -> None:
    values = [place * width for place in places]
    bars = plots.histogram(values, width)
    assert sum(bar.count for bar in bars) == len(values)
    assert bars[0].low <= min(values) + 1e-6 and max(values) <= bars[-1].high + 1e-6
    for bar, following in pairwise(bars):
        assert abs(bar.high - following.low) < 1e-9
    for bar in bars:
        inside = sum(bar.low + 1e-6 <= value < bar.high - 1e-6 for value in values)
        assert inside <= bar.count
