"""Takes a Word document apart: its paragraphs as blocks in plain HTML, and the file itself kept beside.

The HTML is only what there is to see and translate. `translate.render.docx` opens the file a second time, finds the
same paragraphs in the same order, and puts the translation into them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from translate.document import Block, Document, Kind, Opening, Part, Role
from translate.errors import InputError
from translate.extract.builder import Built
from translate.extract.docx_package import MC, Package, W, open_package
from translate.extract.docx_paragraph import Chunk, Paragraph, take_apart
from translate.extract.docx_runs import items
from translate.extract.docx_styles import Styles

# A cell with more is prose.
_CELL_AT_MOST = 200
# Word has no limit; deeper tables or controls than this are no reader's.
_NESTING = 100
_CONTAINERS = {
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "body", "footnote", "endnote")
}
# Notes that hold the line above all notes, and such.
_NO_NOTES = ("separator", "continuationSeparator", "continuationNotice")


@dataclass(frozen=True)
class Opened:
    """A Word file taken apart: its document, and the paragraphs and trees that the document's blocks came from."""

    document: Document
    package: Package
    roots: dict[str, etree._Element]
    paragraphs: tuple[Paragraph, ...]
    styles: Styles


def read_docx(data: bytes, name: str = "the document") -> Document:
    """The document in a Word file's bytes. Raises InputError where they are none, or not a safe one."""
    return open_docx(data, name).document


def open_docx(data: bytes, name: str = "the document") -> Opened:
    """The same with what it was made from, for writing."""
    package = open_package(data, name)
    styles = Styles(package)
    roots: dict[str, etree._Element] = {}
    parts: list[Part] = []
    paragraphs: list[Paragraph] = []
    for part in package.texts:
        roots[part] = package.xml(part)
        reader = _Reader(dict(package.links(part)), styles, name)
        if parts:
            parts.append("<hr>\n")
        reader.read(roots[part])
        parts += reader.parts
        paragraphs += reader.paragraphs
    return Opened(Document(tuple(parts), Kind.DOCX, package=data), package, roots, tuple(paragraphs), styles)


class _Reader:
    """Walks one part and writes its paragraphs as HTML."""

    def __init__(self, links: dict[str, str], styles: Styles, name: str) -> None:
        self.parts: list[Part] = []
        self.paragraphs: list[Paragraph] = []
        self._links = links
        self._styles = styles
        self._name = name
        self._list: str | None = None

    def read(self, root: etree._Element) -> None:
        """Adds everything in a part."""
        self._content(root, Role.PARAGRAPH, 0)

    def _content(self, container: etree._Element, role: Role, depth: int) -> None:
        if depth > _NESTING:
            raise InputError(f"{self._name} has tables or text boxes that stand in each other too deep to be read.")
        for child in container:
            if child.tag == f"{W}p":
                self._paragraph(child, role, depth)
            elif child.tag == f"{W}tbl":
                self._leave_list()
                self._table(child, depth)
            elif child.tag in _CONTAINERS and child.get(f"{W}type") not in _NO_NOTES:
                self._content(child, role, depth + 1)
        self._leave_list()

    def _table(self, table: etree._Element, depth: int) -> None:
        self.parts.append(Opening("<table>"))
        for row in _members(table, f"{W}tr"):
            self.parts.append("<tr>")
            for cell in _members(row, f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                width = span.get(f"{W}val", "") if span is not None else ""
                self.parts.append(f'<td colspan="{width}">' if width.isdecimal() else "<td>")
                self._content(cell, Role.CELL, depth + 1)
                self.parts.append("</td>")
            self.parts.append("</tr>\n")
        self.parts.append("</table>\n")

    def _paragraph(self, element: etree._Element, within: Role, depth: int) -> None:
        level = self._styles.heading(element)
        kind = None if level else self._styles.numbering(element)
        role = Role.HEADING if level else Role.ITEM if kind else within
        apart = take_apart(element, items(element, self._links), role, self._styles.tags)
        if within is Role.CELL and role is Role.CELL:
            apart = replace(apart, chunks=tuple(map(_cell, apart.chunks)))
        self._enter_list(kind)
        self._write(apart, f"h{level}" if level else "li" if kind else "p")
        self.paragraphs.append(apart)
        for box in _text_boxes(element):
            self._leave_list()
            self._content(box, Role.PARAGRAPH, depth + 1)

    def _write(self, paragraph: Paragraph, tag: str) -> None:
        """A paragraph as HTML; one with nothing to show is left out."""
        shown = [part for number, chunk in enumerate(paragraph.chunks) for part in _chunk(chunk, number)]
        if all(isinstance(part, str) and not _has_text(part) for part in shown):
            return
        is_prose = any(isinstance(part, Block) for part in shown)
        self.parts.append(Opening(f"<{tag}>") if is_prose else f"<{tag}>")
        self.parts += [f"<{name}>" for name in paragraph.around]
        self.parts += shown
        self.parts.append("".join(f"</{name}>" for name in reversed(paragraph.around)) + f"</{tag}>\n")

    def _enter_list(self, kind: str | None) -> None:
        if kind == self._list:
            return
        self._leave_list()
        if kind:
            self.parts.append(Opening(f"<{kind}>"))
            self._list = kind

    def _leave_list(self) -> None:
        if self._list:
            self.parts.append(f"</{self._list}>\n")
            self._list = None


def _chunk(chunk: Chunk, number: int) -> Iterator[Part]:
    """A chunk's parts, after a line break for all but a paragraph's first."""
    built = chunk.built
    before = ("<br>" if number else "") + built.before
    if before:
        yield before
    if built.block is not None:
        yield built.block
        if built.after:
            yield built.after


def _cell(chunk: Chunk) -> Chunk:
    block = chunk.built.block
    if block is None or len(block.text) <= _CELL_AT_MOST:
        return chunk
    return replace(chunk, built=Built(chunk.built.before, replace(block, role=Role.PARAGRAPH), chunk.built.after))


def _has_text(markup: str) -> bool:
    """Whether markup of our own writing shows a reader anything."""
    inside = False
    for char in markup:
        if char == "<":
            inside = True
        elif char == ">":
            inside = False
        elif not inside and not char.isspace():
            return True
    return False


def _members(container: etree._Element, tag: str) -> Iterator[etree._Element]:
    """A table's rows or a row's cells, also those that stand in content controls."""
    pending = list(reversed(container))
    while pending:
        child = pending.pop()
        if child.tag == tag:
            yield child
        elif child.tag in _CONTAINERS:
            pending.extend(reversed(child))


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes in a paragraph, but not those in boxes in boxes, nor the copies for old Words."""
    pending = list(reversed(paragraph))
    while pending:
        child = pending.pop()
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in (f"{MC}Fallback", f"{W}del", f"{W}moveFrom"):
            pending.extend(reversed(child))
