"""Takes Markdown (CommonMark with tables and strikethrough) apart; all but the text itself stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from translate.document import Document, Kind, Part, Role
from translate.extract.markdown_inline import Environment, build_lines, parser_with_places
from translate.extract.markdown_source import Located, Source

# YAML between two rules; the key keeps a document that begins with a rule from being taken for it.
_FRONT_MATTER = re.compile(
    r"---[ \t]*(?:\r\n?|\n)(?=[\w\"'#][^\r\n]*:|#)(?:[^\r\n]*(?:\r\n?|\n))*?(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|$)"
)
_CONTAINER_ROLES = {"list_item": Role.ITEM, "blockquote": Role.PARAGRAPH, "heading": Role.HEADING}


def read_markdown(text: str) -> Document:
    """A document of the paragraphs, headings, items and table cells in `text`.

    Front matter, code, HTML blocks, link definitions and all marks of structure are verbatim. Line ends in a paragraph
    are spaces in its block; a hard break parts two blocks, unless it stands inside inline markup.
    """
    matter = _FRONT_MATTER.match(text)
    source = Source(text, matter.end() if matter else 0)
    parser = parser_with_places()
    environment: Environment = {}
    parts: list[Part] = []
    at = 0
    for located, role in _texts(parser.parse(source.body, environment), source):
        for start, end, built in build_lines(parser, environment, located, role):
            if built.block is not None:
                parts += [text[at:start] + built.before, built.block]
                at = end - len(built.after)
    parts.append(text[at:])
    return Document(tuple(part for part in parts if part != ""), Kind.MARKDOWN)


def _texts(tokens: Sequence[Token], source: Source) -> Iterator[tuple[Located, Role]]:
    """The inline content of a file's block tokens, as far as it is found in the file, with the role that it plays."""
    roles = [Role.PARAGRAPH]
    cells: list[Located] = []
    column = 0
    for number, token in enumerate(tokens):
        kind = token.type.rpartition("_")[0]
        if kind in _CONTAINER_ROLES:
            roles = [*roles, _CONTAINER_ROLES[kind]] if token.nesting > 0 else roles[:-1]
        elif token.type == "tr_open" and token.map:
            cells, column = source.cells(token.map[0]), 0
        elif token.type == "inline" and token.map and token.content:
            holder = tokens[number - 1]
            if holder.type in ("th_open", "td_open"):
                located = cells[column] if column < len(cells) else None
                if located and located.content == token.content:
                    yield located, Role.CELL
                continue
            is_marked = holder.type == "heading_open" and holder.markup.startswith("#")
            located = (
                source.heading(token.content, token.map[0], holder.markup)
                if is_marked
                else source.paragraph(token.content, token.map[0])
            )
            if located:
                yield located, roles[-1]
        elif token.type in ("th_close", "td_close"):
            column += 1
