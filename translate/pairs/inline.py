"""Takes the text of a segment of XLIFF or TMX apart from its inline codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from translate.document import Issue, Severity
from translate.errors import InputError
from translate.pairs.unit import Unit
from translate.pairs.xml import Element, local

# XLIFF 1.2 (2.3 inline elements), XLIFF 2.1 (4.7 inline content) and TMX 1.4b (content markup).
_AROUND_TEXT = frozenset({"g", "pc"})
_NO_CODE = frozenset({"mrk", "hi"})
_ONLY_CODE = frozenset({"x", "bx", "ex", "bpt", "ept", "ph", "it", "ut", "sc", "ec"})
_BREAK = "lb"
CHARACTER = "x-character"
"""The type of a <ph> in Dragoman's TMX that stands for one character, by its hexadecimal number."""
_UNKNOWN = "\ufffd"


@dataclass(frozen=True)
class Content:
    """The text of a segment without its codes, and the codes in order, each as "name id"."""

    text: str = ""
    codes: tuple[str, ...] = ()


def content(element: Element | None, name: str) -> Content:
    """What an element like <source>, <target> or <seg> holds; nothing where there is none.

    Raises InputError where it holds an entity that is not one of XML's own.
    """
    if element is None:
        return Content()
    codes: list[str] = []
    return Content("".join(_texts(element, codes, name)), tuple(codes))


def issues(unit: Unit, severity: Severity = Severity.ERROR) -> tuple[Issue, ...]:
    """What a translation has lost of its source's inline codes, and what others it has; nothing where there is none."""
    if not unit.target.strip():
        return ()
    source, target = Counter(unit.source_codes), Counter(unit.target_codes)
    found = []
    for codes, english, arabic in (
        (source - target, "Inline codes are missing from the translation: {}.", "رموز مفقودة من الترجمة: {}."),
        (
            target - source,
            "The translation has inline codes that its source has not: {}.",
            "رموز زائدة في الترجمة: {}.",
        ),
    ):
        if codes:
            named = ", ".join(f"<{code}>" for code in codes.elements())
            found.append(Issue("markup.tags", severity, english.format(named), arabic.format(named)))
    return tuple(found)


def _texts(element: Element, codes: list[str], name: str) -> Iterator[str]:
    yield element.text or ""
    for one in element:
        kind = local(one)
        if not kind:
            raise InputError(f"{name} uses the entity {one.text}, which is not read: write the character instead.")
        if kind == "cp" or _is_character(one):
            yield _character(one.get("hex") or one.text or "")
            yield one.tail or ""
            continue
        if kind in _AROUND_TEXT or kind in _ONLY_CODE:
            codes.append(_named(one, kind))
        if kind in _AROUND_TEXT or kind in _NO_CODE:
            yield from _texts(one, codes, name)
        elif _is_break(one):
            yield " "
        yield one.tail or ""


def _named(element: Element, kind: str) -> str:
    # TMX pairs the codes of two languages by x; its i counts within one segment.
    identity = element.get("x") or element.get("id") or element.get("startRef") or ""
    return f"{kind} {identity}".strip()


def _is_character(element: Element) -> bool:
    return local(element) == "ph" and element.get("type") == CHARACTER


def _character(number: str) -> str:
    """The character that XML itself cannot hold: XLIFF 2 writes <cp hex="001A"/>, and Dragoman's TMX a <ph>."""
    try:
        character = chr(int(number, 16))
    except (ValueError, OverflowError):
        return _UNKNOWN
    return _UNKNOWN if "\ud800" <= character <= "\udfff" else character


def _is_break(element: Element) -> bool:
    return any((element.get(key) or "").endswith(_BREAK) for key in ("ctype", "type", "subType"))
