"""The tab Batch: several files at once, which go on in the server, and come back in one zip."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

import gradio as gr
from babel import Locale
from gradio.context import Context
from markupsafe import Markup

from translate.demo import article, words
from translate.demo.article import Asked
from translate.demo.context import Notice, PageContext
from translate.demo.templates import render
from translate.demo.words import t
from translate.errors import DragomanError, InputError
from translate.serving.batches import Batch, Batches, Given, State

_TAB = "batch"
# How often a page that shows a batch looks how far it is, in seconds.
_LOOK = 0.4
_HIDDEN: Mapping[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
# What stands behind "for" and "about" in Arabic, where a noun is in the genitive.
_MINUTES = {"one": "دقيقة", "two": "دقيقتين", "few": "{:,} دقائق"}


def build(page: PageContext) -> None:
    """Build the tab where it is called."""
    batches = Batches(page.desk, words.sentences)
    about = render("about.html.j2", key="batch_about", fields={"files": page.desk.limits.files})
    gr.HTML(about, apply_default_css=False)
    with gr.Column(elem_classes=["batch-form"], elem_id="batch-form"):
        gr.HTML(article.options_html(page, _TAB, many=True), elem_id="batch-options", apply_default_css=False)
        asked = gr.JSON(visible=False)
        with gr.Row(elem_classes=["actions"]):
            go = gr.Button(t("batch_go"), variant="primary", elem_id="batch-go", elem_classes=["go"], scale=0)
            stop = gr.Button(t("stop"), variant="stop", elem_id="batch-stop", elem_classes=["stop"], scale=0)
            forget = gr.Button(t("batch_forget"), elem_id="batch-forget", elem_classes=["forget"], scale=0)
    status = gr.HTML(elem_id="batch-status", apply_default_css=False)

    async def start(request: gr.Request, options: dict[str, Any] | None) -> AsyncGenerator[Any, None]:
        try:
            batch = _start(page, batches, options or {}, request.session_hash or "")
        except DragomanError as exc:
            yield Notice("error", words.trouble(exc)).__html__()
            return
        async for one in _watched(page, batch):
            yield one

    async def find(key: str | None) -> AsyncGenerator[Any, None]:
        batch = batches.get(key) if key else None
        if batch is None:
            yield render("batch_gone.html.j2") if key else gr.skip()
            return
        async for one in _watched(page, batch):
            yield one

    def end(key: str | None) -> None:
        if key and (batch := batches.get(key)) is not None:
            batch.stop()

    async def drop(key: str | None) -> str:
        if key:
            batches.forget(key)
        return ""

    key = gr.Textbox(visible=False)
    here = "() => [dragoman.batch()]"
    go.click(start, asked, status, js="() => [dragoman.options('batch')]", concurrency_limit=None, **_HIDDEN)
    stop.click(end, key, None, js=here, queue=False, **_HIDDEN)
    forget.click(drop, key, status, js=here, queue=False, **_HIDDEN)
    if Context.root_block is not None:
        Context.root_block.load(
            find, key, status, js="() => [dragoman.remembered()]", concurrency_limit=None, **_HIDDEN
        )


def _start(page: PageContext, batches: Batches, options: Mapping[str, Any], session: str) -> Batch:
    """Begin what the form asks for. Raises what `Batches.start` does, InputError for files that are gone."""
    found = _given(page, options.get("files") or [])
    asked = Asked(
        "", str(options.get("direction") or article.AUTO), "", str(options.get("model") or "") or None, session
    )
    return batches.start(found, lambda document: asked.pair(page, document), asked.model)


def _given(page: PageContext, listed: Sequence[Mapping[str, Any]]) -> list[Given]:
    """The files that were sent, from the shelf."""
    found = []
    for one in listed:
        item = page.desk.shelf.get(str(one.get("token") or ""))
        if item is None:
            raise InputError("a file is not here any more: open the files again")
        found.append(Given(item.name, item.data))
    return found


async def _watched(page: PageContext, batch: Batch) -> AsyncGenerator[Markup, None]:
    """The batch as it stands, each time that it changed, until it has ended."""
    seen = -1
    while True:
        ended = batch.ended
        if batch.version != seen:
            seen = batch.version
            yield shown(page, batch)
        if ended:
            return
        await asyncio.sleep(_LOOK)


def shown(page: PageContext, batch: Batch) -> Markup:
    """The batch as HTML, in both languages."""
    states = Counter(file.state for file in batch.files)
    return render(
        "batch_status.html.j2",
        batch=batch,
        translated=states[State.DONE],
        aside=states[State.ASIDE],
        fetchable=page.desk.shelf.get(batch.token) is not None,
        left=minutes(batch.left) if batch.left is not None else None,
        kept=minutes(batch.forgotten_in if batch.forgotten_in is not None else batch.kept),
    )


def minutes(seconds: float) -> tuple[str, str]:
    """A time in whole minutes, in English and in Arabic (in the genitive)."""
    number = max(1, math.ceil(seconds / 60))
    arabic = _MINUTES.get(str(Locale("ar").plural_form(number)), "{:,} دقيقة").format(number)
    return f"{number:,} minute{'' if number == 1 else 's'}", arabic
