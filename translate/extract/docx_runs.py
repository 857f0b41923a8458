"""What the runs of a Word paragraph hold: text with its formatting, points, and links and fields around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from translate.extract.docx_package import MC, R, W

Key: TypeAlias = tuple[bytes, ...]
"""A run's formatting, so that runs that look alike have equal keys."""

_HREF = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_FIELD_LINK = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
# Wrappers whose content counts as if they were not there; what is deleted or moved away does not count at all.
_TRANSPARENT = {f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo")}
_GONE = {f"{W}{name}" for name in ("del", "moveFrom", "proofErr", "pPr", "rPr", "smartTagPr", "customXmlPr")}
_GONE_IN_RUN = {f"{W}{name}" for name in ("rPr", "lastRenderedPageBreak", "softHyphen", "delText", "delInstrText")}
_BREAKS = {f"{W}{name}" for name in ("br", "cr", "tab", "ptab")}
_CHARACTERS = {f"{W}noBreakHyphen": "\u2011"}
# A field in the code of a field in a table of contents is three deep.
_NESTED_FIELDS = 8
# Controls whose text is chosen, not written.
_CHOSEN = ("dropDownList", "comboBox", "date")
# Properties that do not show, or that follow from the language.
_UNSEEN = {f"{W}{name}" for name in ("lang", "noProof", "rtl", "cs", "rPrChange", "webHidden", "ins", "moveTo")}
# The properties of complex scripts (Arabic among them), and what they are for all others.
COMPLEX = {f"{W}bCs": f"{W}b", f"{W}iCs": f"{W}i", f"{W}szCs": f"{W}sz"}


@dataclass(frozen=True)
class Text:
    """Text of a run that has the properties `rpr` (None: no properties)."""

    text: str
    rpr: etree._Element | None
    key: Key


@dataclass(frozen=True)
class Point:
    """Something without text: a picture, a note's mark, a bookmark. `run` is the run that it stood in, if any."""

    node: etree._Element
    run: etree._Element | None = None
    is_break: bool = False
    visible: bool = False


@dataclass(frozen=True)
class Group:
    """A link, a field or a content control around `items`; a field has no wrapper but its code `before` and `after`."""

    wrapper: etree._Element | None
    items: tuple[Item, ...]
    before: tuple[Item, ...] = ()
    after: tuple[Item, ...] = ()
    protected: bool = False
    href: str | None = None

    @property
    def texts(self) -> Iterator[Text]:
        """All text in it, in order."""
        for item in self.items:
            if isinstance(item, Text):
                yield item
            elif isinstance(item, Group):
                yield from item.texts


Item: TypeAlias = "Text | Point | Group"


def items(paragraph: etree._Element, links: dict[str, str]) -> tuple[Item, ...]:
    """What a paragraph (or a wrapper in it) holds, in order. `links` are addresses by their relationship's id."""
    found: list[Item] = []
    for child in paragraph:
        tag = child.tag
        if tag in _GONE or not isinstance(tag, str):
            continue
        if tag == f"{W}r":
            found += _run(child)
        elif tag in _TRANSPARENT:
            found += items(child, links)
        elif tag == f"{W}hyperlink":
            address = links.get(child.get(f"{R}id", ""), "")
            found.append(Group(child, items(child, links), href=address if _HREF.fullmatch(address) else None))
        elif tag == f"{W}fldSimple":
            found.append(Group(child, items(child, links), protected=True))
        elif tag == f"{W}sdt":
            found.append(_control(child, links))
        else:
            found.append(Point(child, visible=tag.endswith("}oMath")))
    return tuple(_fields(found))


def dominant(texts: Iterable[Text]) -> Text | None:
    """The first text of the formatting that most characters have; None without text."""
    first: dict[Key, Text] = {}
    weight: dict[Key, int] = {}
    for text in texts:
        first.setdefault(text.key, text)
        weight[text.key] = weight.get(text.key, 0) + len("".join(text.text.split()))
    return first[max(weight, key=lambda key: weight[key])] if weight else None


def is_complex(rpr: etree._Element | None) -> bool:
    """Whether a run has the formatting of complex scripts, as Arabic runs do."""
    return rpr is not None and any(is_on(rpr.find(f"{W}{name}")) for name in ("rtl", "cs"))


def is_on(toggle: etree._Element | None) -> bool:
    """Whether an on-off property is there and on."""
    return toggle is not None and toggle.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _run(run: etree._Element) -> Iterator[Item]:
    rpr = run.find(f"{W}rPr")
    key = _key(rpr)
    for child in run:
        tag = child.tag
        if tag in _GONE_IN_RUN or not isinstance(tag, str):
            continue
        if tag == f"{W}t":
            if child.text:
                yield Text(child.text, rpr, key)
        elif tag in _CHARACTERS:
            yield Text(_CHARACTERS[tag], rpr, key)
        else:
            visible = tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sym", f"{MC}AlternateContent")
            yield Point(child, run, tag in _BREAKS, visible)


def _key(rpr: etree._Element | None) -> Key:
    """A run's visible properties; of the two sets that Word keeps, those that hold for the run's script."""
    if rpr is None:
        return ()
    complex_script = is_complex(rpr)
    found = []
    for child in rpr:
        if not isinstance(child.tag, str) or child.tag in _UNSEEN:
            continue
        tag = child.tag
        if tag in (COMPLEX.values() if complex_script else COMPLEX):
            continue
        attributes = sorted((name, value) for name, value in child.items() if name != f"{W}hint")
        if tag == f"{W}rFonts" and not attributes:
            continue
        found.append(repr((COMPLEX.get(tag, tag), attributes)).encode())
    return tuple(sorted(found))


def _control(sdt: etree._Element, links: dict[str, str]) -> Item:
    content = sdt.find(f"{W}sdtContent")
    properties = sdt.find(f"{W}sdtPr")
    if content is None:
        return Point(sdt)
    chosen = properties is not None and any(
        properties.find(f"{W}{name}") is not None or str(child.tag).endswith("}checkbox")
        for name in _CHOSEN
        for child in properties
    )
    return Group(sdt, items(content, links), protected=chosen)


def _fields(found: Sequence[Item], depth: int = 0) -> Iterator[Item]:
    """The same, with each field from its begin to its end as a group; a field that ends elsewhere stays points."""
    ends = _field_ends(found) if depth < _NESTED_FIELDS else {}
    index = 0
    while index < len(found):
        end = ends.get(index)
        yield found[index] if end is None else _field(found[index : end + 1], depth)
        index = (index if end is None else end) + 1


def _field_ends(found: Sequence[Item]) -> dict[int, int]:
    """Where each field begins -> where it ends."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    for index, item in enumerate(found):
        mark = _mark(item)
        if mark == "begin":
            begun.append(index)
        elif mark == "end" and begun:
            ends[begun.pop()] = index
    return ends


def _field(found: Sequence[Item], depth: int) -> Group:
    """A whole field; only what it shows counts as text, and of that only a link's is translated."""
    inside = 0
    split = len(found) - 1
    for index, item in enumerate(found):
        mark = _mark(item)
        inside += {"begin": 1, "end": -1}.get(mark or "", 0)
        if inside == 1 and mark == "separate":
            split = index
            break
    nodes = (item.node for item in found[:split] if isinstance(item, Point))
    code = "".join(node.text or "" for node in nodes if node.tag == f"{W}instrText")
    link = _FIELD_LINK.match(code)
    return Group(
        None,
        tuple(_fields(found[split + 1 : -1], depth + 1)),
        before=tuple(found[: split + 1]),
        after=tuple(found[-1:]) if split < len(found) - 1 else (),
        protected=re.match(r"\s*HYPERLINK\b", code, re.IGNORECASE) is None,
        href=link[1] if link and _HREF.fullmatch(link[1]) else None,
    )


def _mark(item: Item) -> str | None:
    """Of a point that bounds a part of a field, which bound it is."""
    if isinstance(item, Point) and item.node.tag == f"{W}fldChar":
        return str(item.node.get(f"{W}fldCharType"))
    return None
