"""Makes a plain Word document of a translation whose source was none: headings, lists, tables, links, bold."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timezone

import docx
import nh3
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import html

from translate.document import Document, Kind, TranslatedBlock
from translate.languages import direction
from translate.markup import serialize
from translate.render import page
from translate.render.docx_marks import Marks, without_controls

_HEADINGS = {f"h{level}": f"Heading {level}" for level in range(1, 7)}
_LISTS = {"ul": "List Bullet", "ol": "List Number"}
_BOLD, _ITALIC = frozenset(("b", "strong", "th")), frozenset(("i", "em", "cite"))
_INLINE = frozenset("a b strong i em cite u ins s del strike sub sup code span".split())
_BLOCK = frozenset("p div blockquote pre li dt dd figcaption caption td th tr table ul ol dl hr br".split())
_ELEMENTS = {*_HEADINGS, *_INLINE, *_BLOCK}
_DROPPED = {"script", "style", "title", "template", "iframe", "svg", "math", "textarea", "select", "noscript"}
_SPACE = re.compile(r"\s+")
# Word has no table with more columns.
_COLUMNS = 63
_LINK_COLOUR = RGBColor(0x05, 0x63, 0xC1)


def document(source: Document, blocks: Iterable[TranslatedBlock], language: str) -> bytes:
    """The new file's bytes; `language` is the target, which decides its direction."""
    its = tuple(blocks)
    word = docx.Document()
    _prepare(word, page.title(its[0].target.text if its else ""), language)
    clean = nh3.clean(
        without_controls(_html(source, its, language)),
        tags=_ELEMENTS,
        clean_content_tags=_DROPPED,
        attributes={"a": {"href"}, "td": {"colspan"}, "th": {"colspan"}},
        url_schemes={"http", "https", "mailto"},
        # A relative address would lead to a file beside the reader's own, and Word may read it otherwise than we do.
        url_relative="deny",
        link_rel=None,
    )
    _Writer(word).flow(html.fragment_fromstring(clean, create_parent="div"))
    _turn(word, language)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _html(source: Document, blocks: tuple[TranslatedBlock, ...], language: str) -> str:
    """What there is to write; of a page, its article."""
    if source.kind is Kind.PAGE:
        return "".join(
            f"<{page.ELEMENT[one.source.role]}>{serialize(one.target, source.kind)}</{page.ELEMENT[one.source.role]}>"
            for one in blocks
        )
    return "".join(page.body(source, blocks, language))


def _prepare(word: WordDocument, title: str, language: str) -> None:
    """An A4 page, readable type, and properties that name nobody."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    word.styles["Normal"].font.size = Pt(12)
    properties = word.core_properties
    properties.title, properties.language = without_controls(title), language
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime.now(timezone.utc)


def _turn(word: WordDocument, language: str) -> None:
    """Marks every paragraph and run as of the target language."""
    marks = Marks("ar" if direction(language) == "ltr" else "en", language)
    root = word.element
    marks.frame(root)
    for paragraph in list(root.iter(qn("w:p"))):
        marks.paragraph(paragraph)
    for run in list(root.iter(qn("w:r"))):
        content = run.find(qn("w:t"))
        if content is not None:
            for made in marks.runs(content.text or "", run.find(qn("w:rPr"))):
                run.addprevious(made)
            run.getparent().remove(run)
    if marks.right_to_left:
        marks.styles(word.styles.element)


@dataclass(frozen=True)
class _Look:
    """How text looks where the writer stands."""

    tags: frozenset[str] = frozenset()
    href: str | None = None


class _Writer:
    """Walks clean HTML and writes paragraphs into a document or a table's cell."""

    def __init__(self, word: WordDocument, place: WordDocument | _Cell | None = None) -> None:
        self._word = word
        self._place = place or word
        self._first = place.paragraphs[0] if isinstance(place, _Cell) else None
        self._paragraph: Paragraph | None = None
        self._style = "Normal"
        self._number: int | None = None
        self._blank = True
        self._space = False

    def flow(self, element: html.HtmlElement, look: _Look | None = None) -> None:
        """Writes what an element holds."""
        look = look or _Look()
        self._text(element.text or "", look)
        for child in element:
            self._element(child, look)
            self._text(child.tail or "", look)

    def _element(self, child: html.HtmlElement, look: _Look) -> None:
        tag = child.tag
        if tag in _INLINE:
            href = child.get("href") if tag == "a" else None
            self.flow(child, replace(look, tags=look.tags | {tag}, href=href or look.href))
        elif tag == "br":
            if self._paragraph is not None:
                self._paragraph.add_run().add_break()
                self._blank, self._space = True, False
        elif tag == "table":
            self._end()
            self._table(child)
        elif tag in _LISTS:
            self._end()
            self._list(child, look)
        else:
            self._end()
            self._within(child, look, self._style_of(child), self._number)

    def _style_of(self, element: html.HtmlElement) -> str:
        if element.tag == "li" and not self._style.startswith("List"):
            return "List Bullet"
        return "Quote" if element.tag == "blockquote" else _HEADINGS.get(element.tag, self._style)

    def _within(self, child: html.HtmlElement, look: _Look, style: str, number: int | None) -> None:
        outer = self._style, self._number
        self._style, self._number = style, number
        self.flow(child, look)
        self._end()
        self._style, self._number = outer

    def _list(self, element: html.HtmlElement, look: _Look) -> None:
        """A list's items; a list in a list is indented, as far as Word has styles for it."""
        kind = _LISTS[element.tag]
        depth = sum(1 for one in element.iterancestors() if one.tag in _LISTS)
        style = kind if depth == 0 else f"{kind} {min(depth + 1, 3)}"
        number = self._numbering(style) if element.tag == "ol" else None
        self._within(element, look, style, number)

    def _numbering(self, style: str) -> int:
        """A numbering of its own for a list, so that it counts from 1."""
        numbering = self._word.part.numbering_part.element
        used = self._word.styles[style].element.pPr.numPr.numId.val
        made = numbering.add_num(numbering.num_having_numId(used).abstractNumId.val)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)

    def _table(self, element: html.HtmlElement) -> None:
        rows = [
            [(cell, _span(cell)) for cell in row if cell.tag in ("td", "th")]
            for row in element.iter("tr")
            if next(row.iterancestors("table")) is element
        ]
        columns = max((sum(span for _, span in row) for row in rows), default=0)
        if not 0 < columns <= _COLUMNS:
            self._within(element, _Look(), self._style, None)
            return
        table = self._place.add_table(len(rows), columns) if self._place is self._word else None
        if table is None:
            # A table in a cell would need a width of its own; its text is enough.
            self._within(element, _Look(), self._style, None)
            return
        table.style = "Table Grid"
        for made, row in zip(table.rows, rows, strict=True):
            cells, at = made.cells, 0
            for cell, span in row:
                target = cells[at].merge(cells[at + span - 1]) if span > 1 else cells[at]
                _Writer(self._word, target).flow(cell, _Look(frozenset((cell.tag,)) & _BOLD))
                at += span

    def _text(self, text: str, look: _Look) -> None:
        words = " ".join(_SPACE.split(text.strip()))
        self._space = not self._blank and (self._space or text[:1].isspace())
        if words:
            if self._space and look != _Look():
                # A link's line begins with its first word.
                self._run(" ", _Look())
                self._space = False
            self._run((" " if self._space else "") + words, look)
            self._blank, self._space = False, text[-1].isspace()

    def _run(self, text: str, look: _Look) -> None:
        paragraph = self._begin()
        run = paragraph.add_run(text)
        run.bold = True if look.tags & _BOLD else None
        run.italic = True if look.tags & _ITALIC else None
        run.underline = True if look.tags & {"u", "ins"} else None
        run.font.strike = True if look.tags & {"s", "del", "strike"} else None
        run.font.superscript = True if "sup" in look.tags else None
        run.font.subscript = True if "sub" in look.tags else None
        if "code" in look.tags:
            run.font.name = "Courier New"
        if look.href:
            run.underline, run.font.color.rgb = True, _LINK_COLOUR
            self._link(paragraph, run._r, look.href)

    def _link(self, paragraph: Paragraph, run: object, href: str) -> None:
        """Puts a run into a link: the one before it where that goes to the same place."""
        last = paragraph._p[-2] if len(paragraph._p) > 1 else None
        identity = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        if last is None or last.tag != qn("w:hyperlink") or last.get(qn("r:id")) != identity:
            last = OxmlElement("w:hyperlink")
            last.set(qn("r:id"), identity)
            paragraph._p.append(last)
        last.append(run)

    def _begin(self) -> Paragraph:
        """The paragraph that is being written, begun if none is."""
        if self._paragraph is None:
            # A cell comes with a paragraph, and the first text goes there.
            self._paragraph = self._first or self._place.add_paragraph()
            self._first = None
            self._paragraph.style = self._word.styles[self._style]
            if self._number is not None:
                numbered = self._paragraph._p.get_or_add_pPr().get_or_add_numPr()
                numbered.get_or_add_numId().val = self._number
                numbered.get_or_add_ilvl().val = 0
        return self._paragraph

    def _end(self) -> None:
        self._paragraph, self._blank, self._space = None, True, False


def _span(cell: html.HtmlElement) -> int:
    width = cell.get("colspan", "1")
    return max(1, int(width)) if width.isdecimal() and len(width) < 4 else 1
