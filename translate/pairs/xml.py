"""Reads XML of any size element by element, and trusts none of it: no entities, no network, no outside files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, BinaryIO, TypeAlias

from lxml import etree

from translate import languages
from translate.errors import InputError, LanguageError

Element: TypeAlias = Any
"""An lxml element; lxml has no type hints."""


def events(file: BinaryIO, name: str, tags: tuple[str, ...]) -> Iterator[tuple[str, Element]]:
    """The ("start" or "end", element) events of the elements with these local names, in document order.

    An element is whole at its end and is emptied before the next event, so memory stays flat. Raises InputError where
    the file is not well-formed XML or declares entities.
    """
    file.seek(0)
    names = tuple(f"{{*}}{tag}" for tag in tags)
    try:
        parser = etree.iterparse(
            file,
            events=("start", "end"),
            tag=names,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        safe = False
        for event, element in parser:
            if not safe:
                _refuse_entities(element, name)
                safe = True
            yield event, element
            if event == "end":
                _forget(element)
    except etree.XMLSyntaxError as exc:
        raise InputError(f"{name} is not well-formed XML: {exc.msg}.") from exc


def root(file: BinaryIO) -> str | None:
    """The local name of the outermost element; None for what does not begin as XML does."""
    file.seek(0)
    try:
        parser = etree.iterparse(file, events=("start",), resolve_entities=False, load_dtd=False, no_network=True)
        for _, element in parser:
            return local(element)
    except etree.XMLSyntaxError:
        return None
    finally:
        file.seek(0)
    return None


def local(element: Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Element, name: str) -> Element | None:
    """The first child with this local name."""
    return next((one for one in element if local(one) == name), None)


def language_of(element: Element) -> str:
    """xml:lang, or TMX 1.1's lang; "" where there is none."""
    return str(element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("lang") or "")


@lru_cache(maxsize=1024)
def base(code: str) -> str:
    """A file's language code as Dragoman writes it, without region; one that CLDR does not know in small letters."""
    try:
        return languages.normalise(code)
    except LanguageError:
        return code.casefold()


def _refuse_entities(element: Element, name: str) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise InputError(f"{name} declares entities of its own, which are not read: write the characters instead.")


def _forget(element: Element) -> None:
    """Empty an element and drop what stands before it and before all that it stands in."""
    element.clear(keep_tail=True)
    while element is not None and element.getparent() is not None:
        while element.getprevious() is not None:
            del element.getparent()[0]
        element = element.getparent()
