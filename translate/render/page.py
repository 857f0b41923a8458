"""Writes a translated document as a whole HTML page that any browser shows as it should be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt

from translate.document import Document, Kind, ModelUse, Role, TranslatedBlock
from translate.languages import direction
from translate.markup import serialize
from translate.render import markup
from translate.render.templates import environment
from translate.version import VERSION

ELEMENT = {Role.PARAGRAPH: "p", Role.HEADING: "h2", Role.ITEM: "li", Role.CELL: "p"}


def document(
    source: Document, blocks: Iterable[TranslatedBlock], language: str, models: Sequence[ModelUse]
) -> Iterator[str]:
    """The pieces of the page, in order. A source that is a page stays that page; any other gets a plain one."""
    if source.kind is Kind.PAGE:
        yield from markup.document(source, blocks, language)
        return
    first = next(source.blocks, None)
    template = environment().get_template("page.html.j2")
    yield from template.generate(
        body=body(source, blocks, language),
        title=title(first.text if first else ""),
        language=language,
        direction=direction(language),
        models=models,
        version=VERSION,
    )


def body(source: Document, blocks: Iterable[TranslatedBlock], language: str) -> Iterator[str]:
    """What stands inside the page's article element."""
    if source.kind is Kind.TEXT:
        for block in blocks:
            tag = ELEMENT[block.source.role]
            yield f"<{tag}>{serialize(block.target, Kind.FRAGMENT)}</{tag}>\n"
    elif source.kind is Kind.MARKDOWN:
        # Markdown is one text to its parser: links may be defined at its end.
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        yield parser.render("".join(markup.document(source, blocks, language)))
    else:
        yield from markup.document(source, blocks, language)


def title(text: str) -> str:
    """The first words of a text, at most 80 code points, to name a page by."""
    return text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + "…"
