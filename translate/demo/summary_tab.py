"""The tab Summary: an article in a few sentences, in both languages, with what they rest on."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr
from markupsafe import Markup

from translate import api, languages
from translate.demo import article, parts, settings, summarisers
from translate.demo.article import AUTO, Asked
from translate.demo.context import Notice, PageContext
from translate.demo.summarisers import Summarisers
from translate.demo.templates import render
from translate.demo.words import t, trouble
from translate.document import Document
from translate.errors import LanguageError, ModelError
from translate.summarize.bilingual import gathered, translated
from translate.summarize.summary import Budget, Form

_TAB = "summary"
# The longest text that is looked at to find out its language, in code points.
_SAMPLE = 4000
_MOST = 12
_FORMS = (Form.PARAGRAPH, Form.BULLETS, Form.HEADLINE)
_BOTH = ("en", "ar")


@dataclass(frozen=True)
class Wanted:
    """What kind of summary is wanted; `method` is "extractive" or a summariser's name."""

    sentences: int
    form: Form
    method: str

    @property
    def budget(self) -> Budget | None:
        """How long it may be; a headline knows by itself."""
        return None if self.form is Form.HEADLINE else Budget(sentences=self.sentences)


@dataclass(frozen=True)
class Stage:
    """What is being done: a key of the texts."""

    key: str


@dataclass(frozen=True)
class Shown:
    """What the tab shows once all is done."""

    status: Markup
    report: Markup


def build(page: PageContext) -> None:
    """Build the tab where it is called."""
    loaded = Summarisers()
    gr.HTML(render("about.html.j2", key="summary_about"), apply_default_css=False)
    form = article.build(page, _TAB, go="summary_go")
    with settings.beside(form, "summary-settings"):
        length = gr.Slider(1, _MOST, value=5, step=1, label=t("summary_length"), elem_id="summary-length")
        shape = gr.Radio(
            [(t(f"summary_{one.value}"), one.value) for one in _FORMS],
            value=Form.PARAGRAPH.value,
            label=t("summary_form"),
            elem_id="summary-form-of",
        )
        method = _methods()
    status = gr.HTML(elem_id="summary-status", apply_default_css=False)
    report = gr.HTML(elem_id="summary-report", apply_default_css=False)

    async def answer(
        asked: Asked, length: float, shape: str, method: str | None = None
    ) -> AsyncGenerator[tuple[Any, Any], None]:
        wanted = Wanted(max(1, min(_MOST, int(length))), Form(shape), method or api.EXTRACTIVE)
        async with aclosing(page.watch(asked.session, _TAB, lambda: _work(page, asked, wanted, loaded))) as watching:
            async for one in watching:
                if isinstance(one, Stage):
                    yield render("summary_stage.html.j2", key=one.key), gr.skip()
                elif isinstance(one, Shown):
                    yield one.status, one.report
                elif isinstance(one, Notice):
                    yield one.__html__(), gr.skip()

    form.on_go(answer, [status, report], more=[length, shape, *([method] if method else [])])
    # A summary that is on the page follows its settings: the browser presses the button again.
    again = "() => dragoman.summariseAgain()"
    for event in (length.change, shape.change, *([method.change] if method else [])):
        event(None, None, None, js=again, api_visibility="private", show_progress="hidden")


def _methods() -> gr.Radio | None:
    """The choice of a method where there are several, and what else could be had."""
    every = summarisers.choices()
    here = [one.name for one in every if one.here]
    made = None
    if here:
        made = gr.Radio(
            [(t("summary_extractive"), api.EXTRACTIVE), *((name, name) for name in here)],
            value=api.EXTRACTIVE,
            label=t("summary_method"),
            elem_id="summary-method",
        )
    away = [one for one in every if not one.here]
    gr.HTML(render("summary_methods.html.j2", away=away, alone=not here), apply_default_css=False)
    return made


def _work(page: PageContext, asked: Asked, wanted: Wanted, loaded: Summarisers) -> Iterator[Stage | Shown]:
    """The summary, on a thread of the desk."""
    document = asked.document(page)
    source = _language(asked, document)
    yield Stage("summary_choosing" if wanted.method == api.EXTRACTIVE else "summary_writing")
    method = api.EXTRACTIVE if wanted.method == api.EXTRACTIVE else loaded.get(wanted.method, source)
    result = api.summarize(document, source=source, form=wanted.form, budget=wanted.budget, method=method)
    made = result.summarized
    target = next(code for code in _BOTH if code != source)
    missing = Markup("")
    if (source, target) not in page.desk.models.pairs():
        missing = render(
            "summary_missing.html.j2",
            fields={f"language_{code}": languages.name(target, code) for code in _BOTH},
            command="dragoman models pull default",
        )
    else:
        yield Stage("summary_translating")
        try:
            there = page.desk.models.translator(source, target, asked.model)
        except (ModelError, LanguageError) as exc:
            missing = Notice("error", trouble(exc)).__html__()
        else:
            other = translated(made.own, target, there.stream)
            uses = (*made.models, *(use for use in there.models if use not in made.models))
            result = api.SummaryResult(gathered(made.article, made.own, (made.own, other), uses))
    yield Shown(_status(page, asked, result, missing), parts.iframe(result.html, "summary_report", height="90vh"))


def _language(asked: Asked, document: Document) -> str:
    """The language of the article, as the direction says or its text. Raises LanguageError where neither does."""
    if asked.direction != AUTO:
        return asked.direction.partition("-")[0]
    found = languages.identify(" ".join(block.text for block in document.blocks)[:_SAMPLE], _BOTH)
    if found is None:
        raise LanguageError("the text is neither English nor Arabic, as far as can be told: choose the direction")
    return found


def _status(page: PageContext, asked: Asked, result: api.SummaryResult, missing: Markup) -> Markup:
    name = f"{asked.name(page)}.summary"
    files = (
        (result.text, f"{name}.txt", "text/plain; charset=utf-8", "TXT"),
        (result.html, f"{name}.html", "text/html; charset=utf-8", "HTML"),
        (result.json, f"{name}.json", "application/json", "JSON"),
    )
    links = [
        parts.download_link(page.desk, text.encode("utf-8", "replace"), file, kind, asked.session, label)
        for text, file, kind, label in files
    ]
    return render("summary_status.html.j2", missing=missing, links=links)
