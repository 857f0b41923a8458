"""The tab Check: an article there and back, what came back and how surely, and two models held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr
from markupsafe import Markup

from translate import languages
from translate.demo import article, parts, settings, travel
from translate.demo.article import Asked
from translate.demo.context import Notice, PageContext
from translate.demo.templates import render
from translate.demo.travel import Checked, Step
from translate.demo.words import both, say, t
from translate.document import Severity
from translate.render import compare_data, compare_page, roundtrip_data, roundtrip_page
from translate.roundtrip.types import CAN_SAY, CAN_SAY_AR, CANNOT_SAY, CANNOT_SAY_AR, Leg, RoundTrip, Score

_TAB = "check"
# A rule of thumb for readers, not a measure: the chrF2++ from which on so much of the wording came back.
_BANDS = ((75.0, "high"), (55.0, "good"), (35.0, "some"), (0.0, "low"))
# Under so many sentences a score says little: 100 of them have intervals of about ±3 chrF2++.
_MANY = 100
_CSV, _HTML, _JSON = "text/csv; charset=utf-8", "text/html; charset=utf-8", "application/json"


@dataclass(frozen=True)
class Shown:
    """What the tab shows once all is done."""

    scores: Markup
    reports: Markup


@dataclass(frozen=True)
class _Figure:
    """A score as it is shown; `bar` is where on a scale of 100 its interval begins and ends, and where it is."""

    label: str
    value: str
    low: str
    high: str
    bar: tuple[str, str, str] | None


def build(page: PageContext) -> None:
    """Build the tab where it is called."""
    gr.HTML(render("about.html.j2", key="check_about"), apply_default_css=False)
    form = article.build(page, _TAB, go="check_go")
    with settings.beside(form, "check-settings"):
        second = _second(page)
        meaning = gr.Checkbox(label=t("check_meaning"), value=False, elem_id="check-meaning")
    status = gr.HTML(elem_id="check-status", apply_default_css=False)
    reports = gr.HTML(elem_id="check-report", apply_default_css=False)

    async def answer(asked: Asked, meaning: bool, second: str | None = None) -> AsyncGenerator[tuple[Any, Any], None]:
        legs: list[Step] = []
        shown = Markup("")
        async with aclosing(page.watch(asked.session, _TAB, lambda: _work(page, asked, second, meaning))) as watching:
            async for one in watching:
                if isinstance(one, Step):
                    if legs and (legs[-1].leg, legs[-1].models) == (one.leg, one.models):
                        legs.pop()
                    legs.append(one)
                    yield render("check_progress.html.j2", steps=legs), gr.skip()
                elif isinstance(one, Shown):
                    yield one.scores, one.reports
                elif isinstance(one, Notice):
                    yield one.__html__(), gr.skip() if one.ended or legs else shown

    form.on_go(answer, [status, reports], more=[meaning, *([second] if second else [])])


def _second(page: PageContext) -> gr.Radio | None:
    """The choice of a second model, where there is one to choose."""
    models = page.desk.models
    pairs: dict[str, list[str]] = {}
    for source, target in models.pairs():
        for choice in models.choices(source, target):
            if choice.here:
                pairs.setdefault(choice.name, []).append(f"{source} → {target}")
    if len(pairs) < 2:
        gr.HTML(render("check_only.html.j2", command="dragoman models pull default"), apply_default_css=False)
        return None
    everywhere = max(map(len, pairs.values()))
    named = [(name if len(its) == everywhere else f"{name} ({', '.join(its)})", name) for name, its in pairs.items()]
    return gr.Radio(
        choices=[(t("check_alone"), ""), *named],
        value="",
        label=t("check_second"),
        elem_id="check-second",
    )


def _work(page: PageContext, asked: Asked, second: str | None, meaning: bool) -> Iterator[Step | Shown | Notice]:
    """The journey, on a thread of the desk."""
    document = asked.document(page)
    pair = asked.pair(page, document)
    models = [asked.model, *([second] if second else [])]
    if (problem := _problem(page, pair, models)) is not None:
        yield problem
        return
    for one in travel.check(page.desk.models, document, asked.name(page), pair, models, similarity=meaning):
        yield one if isinstance(one, Step) else Shown(_scores(page, asked, one), _reports(one))


def _problem(page: PageContext, pair: tuple[str, str], models: Sequence[str | None]) -> Notice | None:
    """Why this journey cannot be made, where that can be said better than an error says it."""
    if (pair[1], pair[0]) not in page.desk.models.pairs():
        target, source = (both(languages.name(code, "en"), languages.name(code, "ar")) for code in reversed(pair))
        return Notice("error", say("check_no_way_back", target=target, source=source))
    names = [" + ".join(use.name for use in page.desk.models.uses(*pair, model)) for model in models]
    if len(set(names)) < len(names):
        return Notice("error", say("check_same", model=names[0]))
    return None


def _name(trip: RoundTrip) -> str:
    return " + ".join(model.name for model in trip.forward_models)


def _reports(checked: Checked) -> Markup:
    found = [("check_trip", _name(one), _frame(roundtrip_page.page(one), "check_report")) for one in checked.trips]
    if checked.comparison is not None:
        frame = _frame(compare_page.page(checked.comparison), "check_comparison")
        found.insert(0, ("check_comparison", "", frame))
    return render("check_reports.html.j2", reports=found)


def _frame(html: str, title: str) -> Markup:
    return parts.iframe(html, title, height="85vh")


def _scores(page: PageContext, asked: Asked, checked: Checked) -> Markup:
    trips = checked.trips
    duel = checked.comparison.rankings[0].duels[0] if checked.comparison else None
    models = [model for trip in trips for model in (*trip.forward_models, *trip.back_models)]
    return render(
        "check_scores.html.j2",
        preview=any(model.preview for model in models),
        verdict=(duel.verdict, duel.verdict_ar) if duel else None,
        trips=[_trip(trip) for trip in trips],
        few=sum(1 for _ in trips[0].trips) < _MANY,
        way_back=", ".join(dict.fromkeys(f"{model.name} ({model.licence})" for model in trips[0].back_models)),
        can_say=(CAN_SAY, CAN_SAY_AR),
        cannot_say=(CANNOT_SAY, CANNOT_SAY_AR),
        links=list(_links(page, asked, checked)),
    )


def _trip(trip: RoundTrip) -> dict[str, object]:
    headline = trip.scores[0]
    own = Counter(one.issue.severity for its in trip.trips for one in its.issues if one.leg is Leg.FORWARD)
    shown = [headline, *(score for score in trip.scores if score.metric.key.startswith("cosine"))]
    return {
        "name": _name(trip),
        "scores": [_figure(score) for score in shown],
        "band": next(name for least, name in _BANDS if headline.value >= least),
        "sentences": sum(1 for _ in trip.trips),
        "found": [(severity.value, own[severity]) for severity in (Severity.ERROR, Severity.WARNING)],
        "family": trip.same_family,
    }


def _figure(score: Score) -> _Figure:
    places = score.metric.decimals
    value, low, high = (f"{figure:.{places}f}" for figure in (score.value, score.low, score.high))
    bar = None if score.metric.key.startswith("cosine") else (low, high, value)
    return _Figure(score.metric.label, value, low, high, bar)


def _links(page: PageContext, asked: Asked, checked: Checked) -> Iterator[tuple[Markup, list[Markup]]]:
    """What can be fetched, by what it is of: the comparison, and each model's journey."""

    def three(stem: str, html: str, data: str, table: Iterable[str]) -> list[Markup]:
        # Excel takes a CSV file for UTF-8 by its mark only.
        files = ((html, "html", _HTML), (data, "json", _JSON), ("\ufeff" + "".join(table), "csv", _CSV))
        return [
            parts.download_link(
                page.desk,
                text.encode("utf-8", "replace"),
                f"{asked.name(page)}.{stem}.{ending}",
                kind,
                asked.session,
                ending.upper(),
            )
            for text, ending, kind in files
        ]

    if (result := checked.comparison) is not None:
        made = compare_page.page(result), compare_data.as_json(result), compare_data.sentences_csv(result)
        yield say("check_comparison"), three("compare", *made)
    for number, trip in enumerate(checked.trips, 1):
        several = len(checked.trips) > 1
        label = Markup('<bdi dir="ltr">{}</bdi>').format(_name(trip)) if several else say("tabs_download")
        made = roundtrip_page.page(trip), roundtrip_data.as_json(trip), roundtrip_data.sentences_csv(trip)
        yield label, three(f"roundtrip{number if several else ''}", *made)
