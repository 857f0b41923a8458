"""The form that an article comes in through: pasted, dropped or an example, with its direction and its model."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component

from translate import languages
from translate.demo.context import Example, PageContext
from translate.demo.templates import render
from translate.demo.words import both, t
from translate.document import Document
from translate.errors import InputError, LanguageError
from translate.serving import uploads

AUTO = "auto"
# The longest text that is looked at to find out its language, in code points.
_SAMPLE = 4000

_HIDDEN: Mapping[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True)
class Asked:
    """What the reader wants done. `file` is the token of a dropped file, empty without one; `model` None is the best.

    `session` is the page's: what is made for it is forgotten when the page is closed.
    """

    text: str
    direction: str
    file: str
    model: str | None
    session: str

    def document(self, page: PageContext) -> Document:
        """The article, safe to show, from the file if there is one. Takes a while: call it in the work, on its thread.

        Raises InputError where it cannot be read, TooLarge over the limits.
        """
        if not self.file:
            if not self.text.strip():
                raise InputError("there is nothing here yet: paste an article, open a file or try an example")
            return uploads.pasted(self.text, page.desk.limits)
        item = page.desk.shelf.get(self.file)
        if item is None:
            raise InputError("the file is not here any more: open it again")
        return uploads.uploaded(item.data, item.name, page.desk.limits)

    def name(self, page: PageContext) -> str:
        """What to call the files made of it, without an ending."""
        item = page.desk.shelf.get(self.file) if self.file else None
        return uploads.stem(item.name) if item else "article"

    def pair(self, page: PageContext, document: Document) -> tuple[str, str]:
        """(source, target) as asked for or as the document's text says. Raises LanguageError where it does not."""
        pairs = page.desk.models.pairs()
        if self.direction != AUTO:
            source, _, target = self.direction.partition("-")
            if (source, target) not in pairs:
                raise LanguageError(f"this server does not translate {self.direction}")
            return source, target
        sample = " ".join(block.text for block in document.blocks)[:_SAMPLE]
        found = languages.identify(sample, languages.NEWS)
        for source, target in pairs:
            if source == found:
                return source, target
        raise LanguageError(
            "the text is in no language that this server translates from: choose the direction yourself"
        )


Handler = Callable[..., AsyncGenerator[Any, None]]


@dataclass(frozen=True)
class ArticleForm:
    """The form of one tab. `text` and `go` are its box and its button; the rest is HTML that page.js looks after."""

    tab: str
    text: gr.Textbox
    go: gr.Button
    options: gr.JSON
    examples: tuple[tuple[Example, gr.Button], ...]

    def on_go(self, handler: Handler, outputs: Component | Sequence[Component], more: Sequence[Component] = ()) -> None:
        """Let `handler` answer when the form is sent, a file is dropped or an example is chosen.

        It is an async generator function of an `Asked` and the values of the components in `more`; it yields values of
        `outputs`.
        """

        async def answer(request: gr.Request, text: str | None, options: object, *rest: Any) -> AsyncIterator[Any]:
            # Closed with this one, so that the work of a page that is closed ends at once.
            async with aclosing(handler(_asked(text, options, request.session_hash), *rest)) as answers:
                async for one in answers:
                    yield one

        # What is chosen in HTML of our own the browser is asked for when the form is sent.
        js = f"(text, options, ...more) => [text, dragoman.options('{self.tab}', text), ...more]"
        inputs = [self.text, self.options, *more]
        self.go.click(answer, inputs, outputs, js=js, concurrency_limit=None, **_HIDDEN)
        for example, button in self.examples:
            chosen = button.click(
                _giving(example.text),
                None,
                self.text,
                js=f"() => dragoman.forget('{self.tab}')",
                queue=False,
                **_HIDDEN,
            )
            chosen.then(answer, inputs, outputs, js=js, concurrency_limit=None, **_HIDDEN)


def build(page: PageContext, tab: str, go: str) -> ArticleForm:
    """The form of the tab, built where it is called; `go` is the key of what its button says.

    The button Stop shows while anything with `data-working` is in the tab, and stops the tab's work.
    """
    with gr.Column(elem_classes=["article-form"], elem_id=f"{tab}-form"):
        text = gr.Textbox(
            label=t("article"),
            placeholder=t("article_hint"),
            lines=6,
            max_lines=16,
            elem_id=f"{tab}-text",
            elem_classes=["article-text"],
        )
        gr.HTML(options_html(page, tab), elem_id=f"{tab}-options", apply_default_css=False)
        options = gr.JSON(visible=False)
        with gr.Row(elem_classes=["actions"]):
            button = gr.Button(t(go), variant="primary", elem_id=f"{tab}-go", elem_classes=["go"], scale=0)
            stop = gr.Button(t("stop"), variant="stop", elem_id=f"{tab}-stop", elem_classes=["stop"], scale=0)
        examples = _examples(page, tab)
    stop.click(_stopping(page, tab), None, None, queue=False, **_HIDDEN)
    return ArticleForm(tab, text, button, options, examples)


def _asked(text: str | None, options: object, session: str | None) -> Asked:
    """What a browser sent; it may be anything, and what is not as our page sends it counts as not said."""
    said = options if isinstance(options, dict) else {}

    def word(key: str) -> str:
        return said[key] if isinstance(said.get(key), str) else ""

    return Asked(text or "", word("direction") or AUTO, word("file"), word("model") or None, session or "")


def options_html(page: PageContext, tab: str, *, many: bool = False) -> str:
    """The drop zone (for one file, or `many`), the directions and the models, as they are now."""
    models = page.desk.models
    return render(
        "options.html.j2",
        tab=tab,
        many=many,
        pairs={pair: models.choices(*pair) for pair in models.pairs()},
        named=_named,
    )


def _named(pair: tuple[str, str]) -> str:
    """What a direction is called, in both languages as HTML."""
    source, target = pair
    english = f"{languages.name(source, 'en')} → {languages.name(target, 'en')}"
    return both(english, f"من {languages.name(source, 'ar')} إلى {languages.name(target, 'ar')}")


def _examples(page: PageContext, tab: str) -> tuple[tuple[Example, gr.Button], ...]:
    if not page.examples:
        return ()
    with gr.Row(elem_classes=["examples"]):
        gr.HTML(render("examples.html.j2"), apply_default_css=False)
        return tuple(
            (
                example,
                gr.Button(t(f"example_{example.name}"), size="sm", scale=0, elem_id=f"{tab}-example-{example.name}"),
            )
            for example in page.examples
        )


def _giving(text: str) -> Callable[[], str]:
    return lambda: text


def _stopping(page: PageContext, tab: str) -> Callable[[gr.Request], None]:
    def stop(request: gr.Request) -> None:
        page.sessions.stop(request.session_hash or "", tab)

    return stop
