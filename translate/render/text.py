"""Writes a translated document as plain text: a paragraph a block, a blank line between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from translate.document import Document, Kind, TranslatedBlock
from translate.render import markup


def document(source: Document, blocks: Iterable[TranslatedBlock], language: str) -> Iterator[str]:
    """The pieces of the text, in order; a plain-text source keeps its own line breaks."""
    if source.kind is Kind.TEXT:
        yield from markup.document(source, blocks, language)
        return
    separator = ""
    for block in blocks:
        yield separator + block.target.text
        separator = "\n\n"
    yield "\n"
