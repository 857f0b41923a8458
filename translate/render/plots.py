"""Draws the report's plots as SVG that takes the page's colours and fonts; each comes with its figures as a table."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import vl_convert
from markupsafe import Markup

from translate.document import Severity
from translate.render.summary import Counts


@dataclass(frozen=True)
class Bar:
    """One bar of a histogram: how many values lie in [low, high), the last bar's high included."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Plot:
    """A picture, and the same as a table: the names of the columns, and the rows, as text."""

    title: str
    svg: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# Colours are the page's own (reading.css), so that one picture serves light, dark and print.
_AXIS: Mapping[str, object] = {
    "labelColor": "var(--ink)",
    "titleColor": "var(--ink)",
    "labelFontSize": 12,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
    "gridColor": "var(--line)",
    "domainColor": "var(--quiet)",
    "tickColor": "var(--quiet)",
    "labelLimit": 240,
}
_CONFIG: Mapping[str, object] = {
    "font": "system-ui, 'Noto Sans', sans-serif",
    # The page names each picture and gives its figures as a table, so its parts need no names of their own.
    "aria": False,
    "view": {"stroke": None},
    "axis": _AXIS,
    "legend": {"labelColor": "var(--ink)", "labelFontSize": 12, "title": None, "orient": "bottom"},
}
_SEVERITY_COLOURS = {Severity.ERROR: "var(--bad)", Severity.WARNING: "var(--warn)", Severity.NOTE: "var(--quiet)"}
# The steps between the marks of an axis that counts, and how many marks it has at most.
_STEPS = [step * 10**power for power in range(7) for step in (1, 2, 5)]
_MARKS = 5
# https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def distribution(title: str, values: Sequence[float], *, width: float, decimals: int) -> Plot:
    """How many sentences have which score: a histogram of at least one value, with bars `width` wide."""
    bars = histogram(values, width)
    drawn = draw(
        {
            "width": 320,
            "height": 130,
            "data": {"values": [{"low": bar.low, "high": bar.high, "count": bar.count} for bar in bars]},
            "mark": {"type": "bar", "color": "var(--link)"},
            "encoding": {
                "x": {"field": "low", "bin": {"binned": True, "step": width}, "title": title, "type": "quantitative"},
                "x2": {"field": "high"},
                "y": _counting("count", "sentences", max(bar.count for bar in bars)),
            },
        },
        title,
    )
    table = tuple((f"{bar.low:.{decimals}f} to {bar.high:.{decimals}f}", str(bar.count)) for bar in bars)
    return Plot(title, drawn, (title, "sentences"), table)


def histogram(values: Sequence[float], width: float) -> tuple[Bar, ...]:
    """The bars of a histogram of at least one value: of one width, from a multiple of it to a multiple of it."""
    # What 0.15 / 0.05 leaves below 3 is no part of the score.
    places = [round(value / width, 9) for value in values]
    first = math.floor(min(places))
    last = max(first + 1, math.ceil(max(places)))
    counts = [0] * (last - first)
    for place in places:
        counts[min(math.floor(place) - first, len(counts) - 1)] += 1
    return tuple(Bar((first + i) * width, (first + i + 1) * width, n) for i, n in enumerate(counts))


def by_check(title: str, found: Sequence[Counts]) -> Plot:
    """How many issues each check found in the translation, by severity: a bar a check, the longest first."""
    own = sorted((counts for counts in found if counts.own), key=lambda counts: -counts.own)
    values = [
        {"check": counts.check, "severity": severity.value, "rank": severity.rank, "count": counts.severities[severity]}
        for counts in own
        for severity in Severity
    ]
    drawn = draw(
        {
            "width": 280,
            "height": {"step": 22},
            "data": {"values": values},
            "mark": "bar",
            "encoding": {
                "y": {"field": "check", "type": "nominal", "title": None, "sort": [counts.check for counts in own]},
                "x": _counting("count", "issues", max((counts.own for counts in own), default=0)),
                "color": {
                    "field": "severity",
                    "type": "nominal",
                    "scale": {
                        "domain": [severity.value for severity in Severity],
                        "range": [_SEVERITY_COLOURS[severity] for severity in Severity],
                    },
                },
                "order": {"field": "rank", "type": "quantitative"},
            },
        },
        title,
    )
    table = tuple((counts.check, *(str(counts.severities[severity]) for severity in Severity)) for counts in own)
    return Plot(title, drawn, ("check", *(severity.value for severity in Severity)), table)


def intervals(title: str, scores: Mapping[str, tuple[float, float, float]], *, decimals: int) -> Plot:
    """Each name's value between its bounds (value, low, high), so that one sees which of them overlap."""
    values = [
        {"name": _drawable(name), "place": place, "value": value, "low": low, "high": high}
        for place, (name, (value, low, high)) in enumerate(scores.items())
    ]
    name = {"field": "name", "type": "nominal", "title": None, "sort": _by("place")}
    low = {"field": "low", "type": "quantitative", "title": title, "scale": {"zero": False, "padding": 12}}
    drawn = draw(
        {
            "width": 320,
            "height": {"step": 28},
            "data": {"values": values},
            "encoding": {"y": name},
            "layer": [
                {
                    "mark": {"type": "rule", "color": "var(--link)", "strokeWidth": 2},
                    "encoding": {"x": low, "x2": {"field": "high"}},
                },
                {
                    "mark": {"type": "point", "color": "var(--link)", "fill": "var(--link)", "opacity": 1, "size": 60},
                    "encoding": {"x": {"field": "value", "type": "quantitative"}},
                },
            ],
        },
        title,
    )
    table = tuple((one, *(f"{figure:.{decimals}f}" for figure in figures)) for one, figures in scores.items())
    return Plot(title, drawn, ("", title, "low", "high"), table)


def heat_map(
    title: str, cells: Mapping[tuple[str, str], float], *, rows: Sequence[str], columns: Sequence[str], decimals: int
) -> Plot:
    """A score for every pair of row and column that `cells` has: the darker the higher, with the figure in it."""
    values = [
        {
            "row": _drawable(row),
            "row_place": rows.index(row),
            "column": _drawable(column),
            "column_place": columns.index(column),
            "score": score,
            "label": f"{score:.{decimals}f}",
        }
        for (row, column), score in cells.items()
    ]
    place = {
        "x": {"field": "column", "type": "nominal", "title": None, "sort": _by("column_place")},
        "y": {"field": "row", "type": "nominal", "title": None, "sort": _by("row_place")},
    }
    # Never so dark that the figure could not be read on it.
    shade = {"field": "score", "type": "quantitative", "legend": None, "scale": {"range": [0.06, 0.42], "zero": False}}
    drawn = draw(
        {
            "width": {"step": 96},
            "height": {"step": 40},
            "data": {"values": values},
            "encoding": {**place, "x": {**place["x"], "axis": {"labelAngle": -20, "orient": "top"}}},
            "layer": [
                {"mark": {"type": "rect", "color": "var(--link)"}, "encoding": {"fillOpacity": shade}},
                {
                    "mark": {"type": "text", "fontSize": 13, "color": "var(--ink)"},
                    "encoding": {"text": {"field": "label"}},
                },
            ],
        },
        title,
    )
    table = tuple(
        (row, *(f"{cells[row, column]:.{decimals}f}" if (row, column) in cells else "" for column in columns))
        for row in rows
    )
    return Plot(title, drawn, ("", *columns), table)


def _counting(field: str, title: str, most: int) -> dict[str, object]:
    """The channel of a count up to `most`: marked at whole numbers only."""
    step = next((step for step in _STEPS if most <= step * _MARKS), _STEPS[-1])
    axis = {"values": list(range(0, most + step, step)), "format": ",d"}
    return {"field": field, "type": "quantitative", "title": title, "axis": axis}


def _drawable(name: str) -> str:
    """A name without what no XML may hold: vl-convert aborts the whole process over a form feed in a text."""
    return _NOT_XML.sub("\ufffd", name)


def _by(field: str) -> dict[str, str]:
    """The order of names by a number beside them: a list of names would go into code, where not every sign may stand.

    U+2028 in a name ended the picture with a syntax error.
    """
    return {"field": field, "op": "min"}


def draw(spec: Mapping[str, Any], title: str) -> Markup:
    """A Vega-Lite specification as SVG with a name; nothing is fetched for it."""
    whole = {"background": None, "padding": 2, "config": _CONFIG, **spec}
    picture = vl_convert.vegalite_to_svg(whole, vl_version="5.20", allowed_base_urls=[])
    return Markup(picture.replace("<svg ", f'<svg role="img" aria-label="{Markup.escape(title)}" ', 1))
