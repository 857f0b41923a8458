"""Writes a translated document in its source's own form: markup verbatim, text translated, lang and dir set."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from translate.document import Block, Document, Kind, Opening, TranslatedBlock
from translate.languages import direction
from translate.markup import serialize

# One attribute with its value, so that what a value holds is never taken for another attribute.
_ATTRIBUTE = re.compile(r"""\s+([^\s=>/"'][^\s=>/]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")
_TAG_NAME = re.compile(r"<[^\s/>]+")
# What says in a Word document's HTML which run an element stands for; see `translate.extract.docx_paragraph`.
_POINT = re.compile(r'<span data-run="\d+"></span>')
_RUN = re.compile(r'(<[a-z]+) data-run="\d+"')


def document(source: Document, blocks: Iterable[TranslatedBlock], language: str) -> Iterator[str]:
    """The pieces of the translated document, in order; `blocks` may be a stream and is read as pieces are asked for.

    Everything that is not text comes through byte for byte, except lang and dir on what was translated.
    """
    translated = iter(blocks)
    bare = source.kind is Kind.PAGE
    inside_opening = False
    for part in source.parts:
        if isinstance(part, Opening):
            inside_opening = True
            yield in_language(part.markup, language)
        elif isinstance(part, Block):
            text = inner(next(translated).target, source.kind)
            loose = bare and not inside_opening
            yield f'<span lang="{language}" dir="{direction(language)}">{text}</span>' if loose else text
        else:
            # Any end tag may end the element that carries the language, so a page's later text is loose again.
            inside_opening = inside_opening and "</" not in part
            yield _bare(part) if source.kind is Kind.DOCX else part


def inner(block: Block, kind: Kind) -> str:
    """A block as markup for a reader: of a Word document, without what only its writer needs."""
    markup = serialize(block, kind)
    return _bare(markup) if kind is Kind.DOCX else markup


def _bare(markup: str) -> str:
    return _RUN.sub(r"\1", _POINT.sub("", markup))


def in_language(start_tag: str, language: str) -> str:
    """An HTML start tag with lang and dir set for `language`, otherwise as it was."""
    bare = _ATTRIBUTE.sub(lambda match: "" if match[1].lower() in ("lang", "dir") else match[0], start_tag)
    attributes = f' lang="{html.escape(language)}" dir="{direction(language)}"'
    return _TAG_NAME.sub(lambda match: match[0] + attributes, bare, count=1)
