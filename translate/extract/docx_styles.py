"""What a Word file's styles and numbering say of a paragraph: heading, list item, direction, bold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from translate.extract.docx_package import Package, W
from translate.extract.docx_runs import COMPLEX, is_complex, is_on

_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_TAGS = (("b", "b"), ("i", "i"), ("strike", "s"), ("dstrike", "s"))
_VERTICAL = {"superscript": "sup", "subscript": "sub"}
_SHORT = {full: short for short, full in COMPLEX.items()}


class Styles:
    """A file's styles by their ids, each with those that it is based on; a file without styles has none."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._formats: dict[tuple[str, str], str] = {}
        self._default: str | None = None
        self._defaults: etree._Element | None = None
        if "word/styles.xml" in package:
            self._read_styles(package.xml("word/styles.xml"))
        if "word/numbering.xml" in package:
            self._read_numbering(package.xml("word/numbering.xml"))

    def heading(self, paragraph: etree._Element) -> int | None:
        """The level of a heading, 1 to 6 and 1 for a title; None for any other paragraph."""
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        for style in self._chain(_style_of(paragraph)):
            name = _value(style.find(f"{W}name")) or ""
            if name.lower() == "title":
                return 1
            if match := _HEADING.match(name):
                return min(int(match[1]), 6)
            outline = style.find(f"{W}pPr/{W}outlineLvl") if outline is None else outline
        level = _value(outline)
        return min(int(level) + 1, 6) if level and level.isdigit() and int(level) < 9 else None

    def numbering(self, paragraph: etree._Element) -> str | None:
        """A list item's kind, "ul" or "ol"; None for a paragraph that is no list item."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        for style in self._chain(_style_of(paragraph)):
            found = style.find(f"{W}pPr/{W}numPr") if found is None else found
        if found is None:
            return None
        number = _value(found.find(f"{W}numId"))
        if number in (None, "0"):
            return None
        level = _value(found.find(f"{W}ilvl")) or "0"
        return "ul" if self._formats.get((number or "", level), "bullet") in ("bullet", "none") else "ol"

    def tags(self, rpr: etree._Element | None) -> frozenset[str]:
        """The HTML elements that show a run's formatting, its character style's included."""
        if rpr is None:
            return frozenset()
        complex_script = is_complex(rpr)
        sets = [
            rpr,
            *(one for style in self._chain(_value(rpr.find(f"{W}rStyle"))) for one in style.findall(f"{W}rPr")),
        ]
        found = {tag for name, tag in _TAGS if is_on(_first(sets, name, complex_script))}
        underline = _value(_first(sets, "u", complex_script))
        if underline not in (None, "none"):
            found.add("u")
        vertical = _VERTICAL.get(_value(_first(sets, "vertAlign", complex_script)) or "")
        return frozenset({*found, vertical} if vertical else found)

    def is_right_to_left(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph's style, or the file's default, makes it run from right to left."""
        for style in self._chain(_style_of(paragraph) or self._default):
            found = style.find(f"{W}pPr/{W}bidi")
            if found is not None:
                return is_on(found)
        return self._defaults is not None and is_on(self._defaults.find(f"{W}pPrDefault/{W}pPr/{W}bidi"))

    def _read_styles(self, root: etree._Element) -> None:
        self._defaults = root.find(f"{W}docDefaults")
        for style in root.findall(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._styles.setdefault(name, style)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default = name

    def _read_numbering(self, root: etree._Element) -> None:
        abstract = {
            one.get(f"{W}abstractNumId"): {
                level.get(f"{W}ilvl", ""): _value(level.find(f"{W}numFmt")) or "" for level in one.findall(f"{W}lvl")
            }
            for one in root.findall(f"{W}abstractNum")
        }
        for number in root.findall(f"{W}num"):
            levels = abstract.get(_value(number.find(f"{W}abstractNumId")), {})
            for level, form in levels.items():
                self._formats[number.get(f"{W}numId", ""), level] = form

    def _chain(self, name: str | None) -> Iterator[etree._Element]:
        """A style and those that it is based on, nearest first."""
        seen: set[str] = set()
        while name is not None and name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name].find(f"{W}basedOn"))


def _first(sets: list[etree._Element], name: str, complex_script: bool) -> etree._Element | None:
    """The nearest of some sets of properties to say something of one property."""
    tag = _SHORT.get(f"{W}{name}", f"{W}{name}") if complex_script else f"{W}{name}"
    return next((found for one in sets if (found := one.find(tag)) is not None), None)


def _style_of(paragraph: etree._Element) -> str | None:
    return _value(paragraph.find(f"{W}pPr/{W}pStyle"))


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")
