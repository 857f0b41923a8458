"""Makes the report page of a run's results: one HTML file with its plots, in the form that all our reports have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from markdown_it import MarkdownIt
from markupsafe import Markup

from benchmarks import floors
from translate.render.plots import Plot, draw, intervals
from translate.render.templates import environment
from translate.version import VERSION

_TITLES = {
    "alignment": "Where links land, without attention",
    "gate": "The gate before written summaries",
    "summaries": "Neutral summaries",
    "calibrate": "The checks' false alarms and recall",
}


@dataclass(frozen=True)
class Table:
    """The names of columns, and rows of text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading, a sentence, and what stands under them."""

    name: str
    title: str
    says: str
    plots: tuple[Plot, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Markup, ...] = ()
    text: Markup | None = None
    failed: str = ""


def page(found: Mapping[str, Any]) -> str:
    """The page of a run, as `python -m benchmarks` writes its results."""
    templates = environment().overlay(
        loader=jinja2.ChoiceLoader(
            [jinja2.FileSystemLoader(Path(__file__).parent), jinja2.PackageLoader("translate.render", "templates")]
        )
    )
    return templates.get_template("report.html.j2").render(
        found=found,
        verdicts=floors.judged(found["results"], floors.read()),
        sections=[section(name, its) for name, its in found["results"].items()],
        made=found["date"],
        version=VERSION,
    )


def section(name: str, its: Mapping[str, Any]) -> Section:
    """What the page says of one benchmark."""
    kind = name.partition(" ")[0]
    for end in ("failed", "skipped"):
        if end in its:
            return Section(name, _TITLES.get(kind, kind.capitalize()), "", failed=f"{end.capitalize()}: {its[end]}.")
    if kind in _MAKERS:
        return _MAKERS[kind](name, its)
    # Tables in Markdown; the renderer lets no raw HTML through.
    text = MarkdownIt("js-default").render(its["text"])
    return Section(name, _TITLES.get(kind, kind), "", text=Markup(text))


def _throughput(name: str, its: Mapping[str, Any]) -> Section:
    speeds = {row["system"]: row["pieces_per_second"] for row in its["systems"]}
    ratios = {row["system"]: _range(row["dragoman_is_faster"]) for row in its["systems"] if row["system"] in speeds}
    says = (
        f"{its['sentences']:,} sentences, {its['pieces']:,} pieces, weights of {its['size']}'s size, "
        f"beam {its['beam']}, {its['cores']} cores. Bare CTranslate2 ran with {its['bare_setting']}."
    )
    columns = (
        "system",
        "sentences",
        "pieces a second",
        "Dragoman's library is faster",
        "processor time a piece, to the library's",
        "output as it should be",
    )
    rows = (
        (
            row["system"],
            f"{row['sentences']:,}",
            f"{row['pieces_per_second']:,.0f}",
            _times(row["dragoman_is_faster"]),
            f"{row['cpu_to_dragoman']['median']:.2f}",
            f"{row['as_enciphered']:.0%}",
        )
        for row in its["systems"]
    )
    plots = (_bars("pieces a second", speeds), intervals("times as fast as the system named", ratios, decimals=2))
    return Section(name, "Throughput", says, plots, (Table(columns, tuple(rows)), _table(its["sweep"])))


def _rivals(name: str, its: Mapping[str, Any]) -> Section:
    rows = [row for row in its["rivals"] if "failed" not in row]
    ratios = {row["rival"]: _range(row["dragoman_is_faster"]) for row in rows}
    cells = tuple(
        (
            row["rival"],
            row["note"],
            _times(row["dragoman_is_faster"]) if row in rows else f"did not run: {row['failed']}",
        )
        for row in its["rivals"]
    )
    plots = (intervals("times as fast as the rival", ratios, decimals=1),) if ratios else ()
    says = f"{its['sentences']} sentences, the same weights, beam 4, in turns."
    return Section(
        name, "Rivals", says, plots, (Table(("rival", "how it ran", "Dragoman's library is faster"), cells),)
    )


def _latency(name: str, its: Mapping[str, Any]) -> Section:
    one = its["sentence"]
    waits = tuple(
        (layer, _spread(one["wall_ms"][layer], "ms"), _spread(one["cpu_ms"][layer], "ms")) for layer in one["wall_ms"]
    )
    over = (("the library adds, to a small engine", "", _spread(its["added"]["library_adds_cpu_ms"], "ms")),)
    start = tuple(
        (what, _spread(value, "s"), f"{its['start']['times_python'][what]:.1f}")
        for what, value in its["start"]["seconds"].items()
    )
    lengths = {f"{row['sentences']:,} sentences": row["ms_a_sentence"] for row in its["lengths"]}
    tables = (
        Table((f"one sentence of {one['pieces']} pieces, warm", "by the clock", "of the processor"), waits + over),
        Table(("start", "median (least to most)", "times Python alone"), start),
        Table(("memory", "MB"), tuple((key.removesuffix("_mb"), f"{mb:,}") for key, mb in its["memory"].items())),
    )
    says = f"Heavy libraries that --help loads: {its['start']['heavy_libraries_loaded']}."
    return Section(name, "Latency, start and memory", says, (_bars("ms a sentence in a document of", lengths),), tables)


def _scaling(name: str, its: Mapping[str, Any]) -> Section:
    costs = {f"{row['documents']:,}": row["cpu_ms_each"] for row in its["documents"]["rows"]}
    memory = {f"{row['documents']:,}": row["memory_mb"] for row in its["documents"]["rows"]}
    card = its["gpu"]
    says = f"GPU: {card['gpu'] or card['why']}."
    plots = (_bars("ms of a core a document, by documents", costs), _bars("MB, by documents", memory))
    tables = [_table(its["documents"]["rows"]), _table(its["cores"])]
    if card.get("rows"):
        tables.append(_table(card["rows"]))
    return Section(name, "Scaling", says, plots, tuple(tables))


def _overhead(name: str, its: Mapping[str, Any]) -> Section:
    share = its["share"]
    says = (
        f"Outside the engine: {share['overhead']['median']:.1%} of the time in it ({share['overhead']['low']:.1%} to "
        f"{share['overhead']['high']:.1%}), {share['sentences']} sentences."
    )
    profile = its["profile"]
    if "failed" in profile:
        return Section(name, "Overhead", f"{says} No profile: {profile['failed']}.")
    parts = {row["part"]: row["ms_a_sentence"] for row in profile["parts"]}
    pictures = (Markup(profile["flame"]),)  # our own, in which every name is escaped
    return Section(
        name, "Overhead", says, (_bars("ms of Python a sentence", parts),), (_table(profile["top"]),), pictures
    )


def _quality(name: str, its: Mapping[str, Any]) -> Section:
    rows = [row for row in its["models"] if "failed" not in row]
    scores = {f"{row['model']} {row['pair']}": _range(row["chrf"], "value") for row in rows}
    columns = ("model", "pair", "chrF2", "BLEU", "chrF published (FLORES-200 devtest)", "lines a second")
    cells = tuple(
        (
            row["model"],
            row["pair"],
            *(f"{row[key]['value']} ({row[key]['low']} to {row[key]['high']})" for key in ("chrf", "bleu")),
            str(row["published_chrf"] or ""),
            str(row["lines_per_second"]),
        )
        for row in rows
    )
    signed = ", ".join(dict.fromkeys(row[key]["signature"] for row in rows for key in ("chrf", "bleu")))
    failed = "".join(f" {row['model']}: {row['failed']}." for row in its["models"] if "failed" in row)
    says = f"{its['lines']} lines of {its['split']}; {signed}.{failed}"
    plots = (intervals("chrF2", scores, decimals=1),) if scores else ()
    return Section(name, f"Quality: {its['split']}", says, plots, (Table(columns, cells),))


_MAKERS = {
    "throughput": _throughput,
    "rivals": _rivals,
    "latency": _latency,
    "scaling": _scaling,
    "overhead": _overhead,
    "quality": _quality,
}


def _bars(title: str, values: Mapping[str, float]) -> Plot:
    """A bar a name, in their own order."""
    rows = [{"name": name, "place": place, "value": value} for place, (name, value) in enumerate(values.items())]
    drawn = draw(
        {
            "width": 320,
            "height": {"step": 24},
            "data": {"values": rows},
            "mark": {"type": "bar", "color": "var(--link)"},
            "encoding": {
                "y": {"field": "name", "type": "nominal", "title": None, "sort": {"field": "place", "op": "min"}},
                "x": {"field": "value", "type": "quantitative", "title": title},
            },
        },
        title,
    )
    return Plot(title, drawn, ("", title), tuple((name, f"{value:g}") for name, value in values.items()))


def _table(rows: Sequence[Mapping[str, object]]) -> Table:
    columns = tuple(dict.fromkeys(key for row in rows for key in row))
    return Table(
        tuple(column.replace("_", " ") for column in columns),
        tuple(tuple(_cell(row.get(column)) for column in columns) for row in rows),
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def _range(value: Mapping[str, float], middle: str = "median") -> tuple[float, float, float]:
    return value[middle], value["low"], value["high"]


def _times(value: Mapping[str, float]) -> str:
    return f"{value['median']:.2f} times ({value['low']:.2f} to {value['high']:.2f})"


def _spread(value: Mapping[str, float], unit: str) -> str:
    return f"{value['median']:g} {unit} ({value['low']:g} to {value['high']:g})"
