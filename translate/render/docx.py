"""Writes a translated document as a Word file: into the file that it came in, or as a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from translate.document import Block, Document, Inline, Kind, TranslatedBlock
from translate.errors import InputError
from translate.extract.docx import Opened, open_docx
from translate.extract.docx_package import MC, W
from translate.extract.docx_paragraph import Paragraph
from translate.extract.docx_runs import Group, Item, Point, Text, dominant
from translate.render import docx_new
from translate.render.docx_marks import SPACE, Marks

_NUMBER = re.compile(r'data-run="(\d+)"')
_MARKUP = re.compile(r'data-run="(\d+)"|(?<=>)\s+(?=<|$)|^\s+')
# What has an end that must not come before its beginning.
_PAIRS = tuple(
    (f"{W}{name}Start", f"{W}{name}End")
    for name in ("bookmark", "commentRange", "perm", "moveToRange", "moveFromRange")
)


def document(source: Document, blocks: Iterable[TranslatedBlock], pair: tuple[str, str]) -> bytes:
    """The file's bytes. A Word document stays the file it was but for its text and direction; any other makes a plain
    new one. `pair` are the source's and the target's language.
    """
    if source.kind is Kind.DOCX and source.package is not None:
        return _into(source.package, [block.target for block in blocks], Marks(*pair))
    return docx_new.document(source, blocks, pair[1])


def _into(package: bytes, targets: list[Block], marks: Marks) -> bytes:
    """The file with its blocks replaced, in order. Raises InputError where the blocks are not the file's own."""
    opened = open_docx(package)
    originals = list(opened.document.blocks)
    if len(originals) != len(targets):
        raise InputError(f"the Word file has {len(originals)} blocks of text, and the translation has {len(targets)}")
    if targets == originals and not marks.turns:
        return package
    _fill(opened, iter(targets), marks)
    for root in opened.roots.values():
        _settle(root)
        if marks.turns:
            marks.frame(root)
            for paragraph in root.iter(f"{W}p"):
                if not (marks.right_to_left and _is_only_a_box(paragraph)):
                    marks.paragraph(paragraph, by_style=opened.styles.is_right_to_left(paragraph))
    changes = {name: _written(root) for name, root in opened.roots.items()}
    if marks.turns and "word/styles.xml" in opened.package:
        styles = opened.package.xml("word/styles.xml")
        marks.styles(styles)
        changes["word/styles.xml"] = _written(styles)
    return opened.package.replaced(changes)


def _fill(opened: Opened, targets: Iterator[Block], marks: Marks) -> None:
    """Rebuilds each paragraph whose text has changed; the others keep their runs as they were."""
    for paragraph in opened.paragraphs:
        originals = [chunk.built.block for chunk in paragraph.chunks if chunk.built.block is not None]
        its = [next(targets) for _ in originals]
        if its != originals:
            rebuild(paragraph, its, marks)


def rebuild(paragraph: Paragraph, targets: Iterable[Block], marks: Marks) -> None:
    """Fills a paragraph's element anew: `targets` in place of its blocks, every point, link and field kept."""
    element = paragraph.element
    for child in list(element):
        if child.tag != f"{W}pPr":
            element.remove(child)
    writer = _Writer(paragraph, marks)
    blocks = iter(targets)
    for number, chunk in enumerate(paragraph.chunks):
        if number:
            writer.item(paragraph.breaks[number - 1])
        if chunk.built.block is None:
            for item in chunk.items:
                writer.item(item)
        else:
            writer.markup(chunk.built.before)
            writer.block(next(blocks))
            writer.markup(chunk.built.after)
    _order(element)


class _Writer:
    """Appends to a paragraph; what is open holds where to append, and with which properties."""

    def __init__(self, paragraph: Paragraph, marks: Marks) -> None:
        self._numbered = paragraph.numbered
        self._marks = marks
        plain = paragraph.plain.rpr if paragraph.plain else None
        self._open: list[tuple[etree._Element, etree._Element | None]] = [(paragraph.element, plain)]

    def markup(self, markup: str) -> None:
        """Appends the points and white space of markup that stands around a block."""
        for match in _MARKUP.finditer(markup):
            if match[1] is None:
                self._text(" ")
            else:
                self.item(self._numbered[int(match[1])])

    def block(self, block: Block) -> None:
        """Appends a block's text, with its inlines in their places."""
        enclosing: list[tuple[int, Group | Text]] = []
        at = 0
        kept_depth: int | None = None

        def text_until(end: int) -> None:
            nonlocal at
            self._text(block.text[at:end])
            at = end

        def close_until(depth: int) -> None:
            while len(enclosing) > depth:
                end, item = enclosing.pop()
                text_until(end)
                self._leave(item)

        for inline in block.inlines:
            if kept_depth is not None and inline.depth > kept_depth:
                continue
            kept_depth = None
            close_until(inline.depth)
            text_until(inline.span.start)
            item = self._item_of(inline)
            if isinstance(item, Group) and item.protected and inline.close:
                self._kept(item, inline.span.of(block.text))
                at, kept_depth = inline.span.end, inline.depth
            elif inline.close and not isinstance(item, Point):
                self._enter(item)
                enclosing.append((inline.span.end, item))
            else:
                self.item(item)
                if inline.open.endswith(" "):
                    self._text(" ")
        close_until(0)
        text_until(len(block.text))

    def item(self, item: Item) -> None:
        """Appends something as it was."""
        container = self._open[-1][0]
        if isinstance(item, Text):
            container.extend(_verbatim(item))
        elif isinstance(item, Point):
            container.append(item.node if item.run is None else _run(item))
        elif item.wrapper is not None:
            container.append(item.wrapper)
        else:
            for one in (*item.before, *item.items, *item.after):
                self.item(one)

    def _item_of(self, inline: Inline) -> Item:
        match = _NUMBER.search(inline.open)
        if match is None or int(match[1]) >= len(self._numbered):
            raise InputError("the translation has markup that is not the Word file's own")
        return self._numbered[int(match[1])]

    def _kept(self, group: Group, text: str) -> None:
        """Appends a field or a choice with what it held, and around it what else of `text` was put into it.

        Word would throw away anything else in it when it next fills it in.
        """
        shown = " ".join("".join(one.text for one in group.texts).split())
        before, found, after = text.partition(shown)
        # Not found, a number may have been changed on its way (other digits, say); words and marks are somebody else's.
        both = any(map(str.isdigit, shown)) and any(map(str.isdigit, text))
        changed = not found and both and not any(map(str.isalpha, text))
        self._text("" if changed else before)
        self.item(group)
        self._text(after)

    def _enter(self, item: Group | Text) -> None:
        container, _ = self._open[-1]
        if isinstance(item, Text):
            self._open.append((container, item.rpr))
            return
        for one in item.before:
            self.item(one)
        own = dominant(item.texts)
        if item.wrapper is not None:
            container.append(item.wrapper)
            container = _emptied(item.wrapper)
        self._open.append((container, own.rpr if own else None))

    def _leave(self, item: Group | Text) -> None:
        self._open.pop()
        if isinstance(item, Group):
            for one in item.after:
                self.item(one)

    def _text(self, text: str) -> None:
        container, properties = self._open[-1]
        container.extend(self._marks.runs(text, properties))


def _run(point: Point) -> etree._Element:
    """A run of a point alone, with the properties of the run that it stood in."""
    run = etree.Element(f"{W}r")
    properties = point.run.find(f"{W}rPr") if point.run is not None else None
    if properties is not None:
        run.append(deepcopy(properties))
    run.append(point.node)
    return run


def _verbatim(text: Text) -> Iterator[etree._Element]:
    """A run of a text as it was."""
    run = etree.Element(f"{W}r")
    if text.rpr is not None:
        run.append(deepcopy(text.rpr))
    content = etree.SubElement(run, f"{W}t")
    content.text = text.text
    content.set(SPACE, "preserve")
    yield run


def _emptied(wrapper: etree._Element) -> etree._Element:
    """The element in a link or control that holds what it is around, with nothing in it."""
    container = wrapper.find(f"{W}sdtContent") if wrapper.tag == f"{W}sdt" else wrapper
    for child in list(container):
        container.remove(child)
    return container


def _order(paragraph: etree._Element) -> None:
    """Moves each end that came before its beginning behind it: a bookmark of nothing is one, an inverted one is not."""
    for start_tag, end_tag in _PAIRS:
        starts = {start.get(f"{W}id"): start for start in paragraph.iter(start_tag)}
        seen: set[str | None] = set()
        for mark in list(paragraph.iter(start_tag, end_tag)):
            name = mark.get(f"{W}id")
            if mark.tag == start_tag:
                seen.add(name)
            elif name in starts and name not in seen:
                starts[name].addnext(mark)


def _is_only_a_box(paragraph: etree._Element) -> bool:
    """Whether a text box is all that a paragraph shows: turned, LibreOffice 7.4 draws the box's text off the page."""
    has_text = next(paragraph.iterfind(f"{W}r/{W}t"), None) is not None
    return not has_text and next(paragraph.iter(f"{W}txbxContent"), None) is not None


def _settle(root: etree._Element) -> None:
    """Takes out what would bring the source's text back: deletions, old Words' copies, data behind controls."""
    gone = [
        *(one for one in root.iter(f"{W}del", f"{W}moveFrom") if len(one)),
        *(one for one in root.iter(f"{MC}Fallback") if one.find(f".//{W}txbxContent") is not None),
        *root.iter(f"{W}dataBinding"),
    ]
    for one in gone:
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True))
