"""The tab Read: an article beside its translation as it is made, each sentence with what there is to know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr
from markupsafe import Markup

from translate.api import Result
from translate.demo import article, parts, reading
from translate.demo.article import Asked
from translate.demo.context import Notice, PageContext
from translate.demo.reading import Reading, Snapshot
from translate.demo.templates import render
from translate.document import ModelUse, Severity, TranslatedDocument

_TAB = "read"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Finished:
    """A translation that is whole: what is said of it above its panes."""

    status: Markup


def build(page: PageContext) -> None:
    """Build the tab where it is called."""
    form = article.build(page, _TAB, go="read_go")
    status = gr.HTML(elem_id="read-status", apply_default_css=False)
    with gr.Row(elem_id="read-view"):
        with gr.Column(elem_id="read-panes"):
            panes = [gr.HTML(apply_default_css=False) for _ in range(reading.SLOTS)]
        gr.HTML(render("panel.html.j2"), elem_id="read-panel", apply_default_css=False)

    cleared, unchanged = [Markup("")] * reading.SLOTS, [gr.skip()] * reading.SLOTS

    async def answer(asked: Asked) -> AsyncGenerator[list[Any], None]:
        first = True
        last: Snapshot | None = None
        async with aclosing(page.watch(asked.session, _TAB, lambda: _work(page, asked))) as watching:
            async for one in watching:
                if isinstance(one, Snapshot):
                    last = one
                    shown = [gr.skip() if part is None else part for part in one.panes]
                    yield [parts.progress(one.done, one.total, "sentence", one.seconds), *shown]
                elif isinstance(one, Finished):
                    yield [one.status, *unchanged]
                else:
                    yield [_told(one, last), *(cleared if first else unchanged)]
                first = False

    form.on_go(answer, [status, *panes])


def _work(page: PageContext, asked: Asked) -> Iterator[Snapshot | Finished]:
    """The translation, on a thread of the desk."""
    document = asked.document(page)
    source, target = asked.pair(page, document)
    translator = page.desk.models.translator(source, target, asked.model)
    view = Reading(document, source, target)
    seconds = 0.0
    for snapshot in reading.live(view, translator.live(document)):
        seconds = snapshot.seconds
        yield snapshot
    result = Result(TranslatedDocument(document, source, target, tuple(view.blocks), translator.models))
    yield Finished(_status(page, asked, result, seconds))


def _told(notice: Notice, last: Snapshot | None) -> Markup:
    """A notice; of work that ended early, with how far it came."""
    made = (last.done, last.total) if last and notice.ended else None
    return render("read_notice.html.j2", notice=notice, made=made)


def _status(page: PageContext, asked: Asked, result: Result, seconds: float) -> Markup:
    name = f"{asked.name(page)}.{result.document.target_language}"
    found = Counter(issue.severity for issue in result.issues)
    files = (
        (result.page.encode(), f"{name}.html", "text/html; charset=utf-8", "HTML"),
        (result.docx, f"{name}.docx", _DOCX, "Word"),
        (result.json.encode(), f"{name}.json", "application/json", "JSON"),
    )
    return render(
        "read_status.html.j2",
        sentences=len(result.sentences),
        found=[(severity.value, found[severity]) for severity in Severity],
        seconds=seconds,
        models=_distinct(result.models),
        preview=any(model.preview for model in result.models),
        links=[
            parts.download_link(page.desk, data, file, kind, asked.session, label) for data, file, kind, label in files
        ],
    )


def _distinct(models: tuple[ModelUse, ...]) -> list[ModelUse]:
    return list({model.name: model for model in models}.values())
