"""Turns Word markup to another language: direction of paragraphs, tables and sections, script and language of runs.

In a paragraph that runs from right to left (`w:bidi`), Word takes "left" in alignment, indents and tab stops for the
side where lines begin, so none of these is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from translate.extract.docx_package import W
from translate.extract.docx_runs import COMPLEX, is_complex
from translate.languages import direction

# The order that the schema asks for (ISO/IEC 29500-1, 17.3.1.26, 17.3.2.28, 17.4.60, 17.6.17); Word refuses another.
_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi"
).split()
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
).split()
_TABLE = "tblStyle tblpPr tblOverlap bidiVisual".split()
_SECTION_AFTER = tuple(f"{W}{name}" for name in ("rtlGutter", "docGrid", "printerSettings", "sectPrChange"))
# What Word calls a language without a country; these are the codes that its own default templates have.
_REGIONS = {"ar": "ar-SA", "en": "en-US"}
# Latin words in a text from right to left, with what stands between and in them.
_LATIN = re.compile(r"[A-Za-zÀ-ɏ](?:[!-~À-ɏ]*[A-Za-z0-9À-ɏ])?(?: [A-Za-zÀ-ɏ](?:[!-~À-ɏ]*[A-Za-z0-9À-ɏ])?)*")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
"""The attribute that keeps white space at a text's ends."""


@dataclass(frozen=True)
class Marks:
    """What has to be marked in a document that goes from one language to another."""

    source: str
    target: str

    @property
    def right_to_left(self) -> bool:
        """Whether the target runs from right to left."""
        return direction(self.target) == "rtl"

    @property
    def turns(self) -> bool:
        """Whether the two run in different directions."""
        return direction(self.source) != direction(self.target)

    def runs(self, text: str, properties: etree._Element | None) -> Iterator[etree._Element]:
        """Runs of `text` with a run's properties; in a text from right to left, Latin words have runs of their own."""
        text = without_controls(text)
        latin = [match.span() for match in _LATIN.finditer(text)] if self.right_to_left else []
        cuts = [0, *(bound for span in latin for bound in span), len(text)]
        for number, (start, end) in enumerate(pairwise(cuts)):
            if start < end:
                run = etree.Element(f"{W}r")
                run.append(self._properties(properties, is_latin=number % 2 == 1))
                content = etree.SubElement(run, f"{W}t")
                content.text = text[start:end]
                content.set(SPACE, "preserve")
                if not len(run[0]):
                    run.remove(run[0])
                yield run

    def paragraph(self, element: etree._Element, *, by_style: bool = False) -> None:
        """Gives a paragraph the target's direction; `by_style` says that its style has it run from right to left."""
        properties = element.find(f"{W}pPr")
        if properties is None:
            if not (self.right_to_left or by_style):
                return
            properties = etree.Element(f"{W}pPr")
            element.insert(0, properties)
        _drop(properties, "bidi")
        if self.right_to_left:
            _put(properties, "bidi", _PARAGRAPH)
        elif by_style:
            _put(properties, "bidi", _PARAGRAPH).set(f"{W}val", "0")

    def frame(self, root: etree._Element) -> None:
        """Gives every table and section in a part the target's direction."""
        for table in root.iter(f"{W}tblPr"):
            _drop(table, "bidiVisual")
            if self.right_to_left:
                _put(table, "bidiVisual", _TABLE)
        for section in root.iter(f"{W}sectPr"):
            _drop(section, "bidi")
            if self.right_to_left:
                place = next((i for i, child in enumerate(section) if child.tag in _SECTION_AFTER), len(section))
                section.insert(place, etree.Element(f"{W}bidi"))

    def styles(self, root: etree._Element) -> None:
        """Where styles have a size or weight for one kind of script only, gives it to the other."""
        for properties in root.iter(f"{W}rPr"):
            for complex_tag, tag in COMPLEX.items():
                old, new = (tag, complex_tag) if self.right_to_left else (complex_tag, tag)
                if properties.find(new) is None:
                    _copy(properties, old, new)

    def _properties(self, original: etree._Element | None, *, is_latin: bool) -> etree._Element:
        """A run's properties for a text in the target, or for Latin words in it."""
        properties = etree.Element(f"{W}rPr") if original is None else deepcopy(original)
        was_complex = is_complex(properties)
        _drop(properties, "rtl", "cs", "rPrChange")
        if self.right_to_left and not is_latin:
            if not was_complex:
                _move(properties, to_complex=True)
            _put(properties, "rtl", _RUN)
            self._language(properties, "bidi")
        else:
            if was_complex:
                _move(properties, to_complex=False)
                _drop_hint(properties)
            if not is_latin:
                self._language(properties, "val")
        return properties

    def _language(self, properties: etree._Element, attribute: str) -> None:
        language = properties.find(f"{W}lang")
        if language is None:
            language = _put(properties, "lang", _RUN)
        language.set(f"{W}{attribute}", _REGIONS.get(self.target, self.target))


def without_controls(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _move(properties: etree._Element, *, to_complex: bool) -> None:
    """Carries weight, slant and size from the properties of one kind of script to those of the other."""
    for complex_tag, tag in COMPLEX.items():
        old, new = (tag, complex_tag) if to_complex else (complex_tag, tag)
        _drop(properties, new.removeprefix(W))
        _copy(properties, old, new)


def _copy(properties: etree._Element, old: str, new: str) -> None:
    found = properties.find(old)
    if found is not None:
        made = _put(properties, new.removeprefix(W), _RUN)
        for name, value in found.items():
            made.set(name, value)


def _put(parent: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """A new property in its place: after the last of those that the schema has before it."""
    before = {f"{W}{one}" for one in order[: order.index(name)]}
    place = max((i + 1 for i, child in enumerate(parent) if child.tag in before), default=0)
    made = etree.Element(f"{W}{name}")
    parent.insert(place, made)
    return made


def _drop(parent: etree._Element, *names: str) -> None:
    for name in names:
        for child in parent.findall(f"{W}{name}"):
            parent.remove(child)


def _drop_hint(properties: etree._Element) -> None:
    fonts = properties.find(f"{W}rFonts")
    if fonts is not None:
        fonts.attrib.pop(f"{W}hint", None)
