"""Reads a glossary from TBX-Basic (ISO 30042:2019, styles DCA and DCT; and its forerunner, martif of 2008)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any, TypeAlias

from lxml import etree

from translate.errors import LanguageError
from translate.languages import normalise
from translate.terminology.term import Entry, Term

_Element: TypeAlias = Any
"""An lxml element; lxml has no type hints."""

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# The element names of TBX version 3 and of martif.
_CONCEPT, _SECTION, _TERM = ("conceptEntry", "termEntry"), ("langSec", "langSet"), ("termSec", "tig", "ntig")
_REJECTED = ("deprecated", "superseded", "notrecommended", "obsolete")
_SHORT = ("acronym", "abbreviation", "shortform", "symbol", "variant", "initialism")


@dataclass(frozen=True)
class _Wording:
    """One term of one language: how good its administrative status is, and whether it is a short form of another."""

    text: str
    status: str
    kind: str
    part_of_speech: str
    line: int

    @property
    def is_rejected(self) -> bool:
        return self.status.casefold().startswith(_REJECTED)

    @property
    def order(self) -> tuple[bool, bool]:
        """Preferred terms first, and full forms before short ones."""
        return not self.status.casefold().startswith("preferred"), self.kind.casefold().startswith(_SHORT)


def read(data: bytes) -> tuple[list[Entry], list[str]]:
    """The entries of a TBX file, for every direction between its languages, and its mistakes, each with its line.

    A language's preferred term, else its first, is the source or target; what else is admitted are its forms; what is
    deprecated or superseded is forbidden. A term that two languages write in the same way is one to keep. Entities are
    not resolved and no outside file is read.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as exc:
        return [], [f"line {exc.lineno}: it is not well-formed XML: {exc.msg}"]
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        return [], ["line 1: it declares entities, which are not allowed in a glossary"]
    if _name(root) not in ("tbx", "martif"):
        return [], [f"line {root.sourceline}: its outermost element is {_name(root)}, not tbx or martif"]
    entries: list[Entry] = []
    mistakes: list[str] = []
    concepts = list(_descendants(root, *_CONCEPT))
    for concept in concepts:
        sections = dict(_sections(concept, mistakes))
        entries += _entries(sections, concept, mistakes)
    if not concepts:
        mistakes.append(f"line {root.sourceline}: there is no {_CONCEPT[0]} in it")
    return entries, mistakes


def _sections(concept: _Element, mistakes: list[str]) -> Iterator[tuple[str, list[_Wording]]]:
    """A concept's languages with their terms."""
    found: dict[str, list[_Wording]] = {}
    for section in _descendants(concept, *_SECTION):
        code = section.get(_LANGUAGE) or section.get("lang") or ""
        try:
            language = normalise(code)
        except LanguageError as exc:
            mistakes.append(f"line {section.sourceline}: {exc}")
            continue
        wordings = list(_wordings(section))
        mistakes += [f"line {one.line}: there is no text in the term" for one in wordings if not one.text]
        if not wordings:
            mistakes.append(f"line {section.sourceline}: the language {code} has no term")
        found.setdefault(language, []).extend(one for one in wordings if one.text)
    yield from found.items()


def _wordings(section: _Element) -> Iterator[_Wording]:
    for group in _descendants(section, *_TERM):
        term = next(_descendants(group, "term"), None)
        text = "" if term is None else "".join(term.itertext())
        yield _Wording(
            " ".join(unicodedata.normalize("NFC", text).split()),
            _property(group, "administrativeStatus") or _property(group, "normativeAuthorization"),
            _property(group, "termType"),
            _property(group, "partOfSpeech"),
            group.sourceline or 0,
        )


def _entries(sections: dict[str, list[_Wording]], concept: _Element, mistakes: list[str]) -> Iterator[Entry]:
    """An entry for every ordered pair of the concept's languages that have a term to use."""
    for source_language, target_language in permutations(sections, 2):
        sources, targets = sections[source_language], sections[target_language]
        wanted = sorted((one for one in sources if not one.is_rejected), key=lambda one: one.order)
        allowed = sorted((one for one in targets if not one.is_rejected), key=lambda one: one.order)
        if not wanted or not allowed:
            continue
        first, best = wanted[0], allowed[0]
        forbidden = dict.fromkeys(one.text for one in targets if one.is_rejected)
        if both := [one.text for one in allowed if one.text in forbidden]:
            mistake = f"line {concept.sourceline}: {', '.join(both)} is both wanted and forbidden"
            if mistake not in mistakes:
                mistakes.append(mistake)
            continue
        term = Term(
            first.text,
            best.text,
            tuple(dict.fromkeys(one.text for one in allowed[1:])),
            tuple(forbidden),
            first.text == best.text,
            first.part_of_speech or best.part_of_speech,
            _property(concept, "note"),
            tuple(dict.fromkeys(one.text for one in wanted[1:])),
        )
        yield Entry(term, source_language, target_language)


def _property(element: _Element, name: str) -> str:
    """The text of a data category: in style DCT an element of that name, in style DCA one whose type says so."""
    for child in element.iter():
        if isinstance(child.tag, str) and (child.get("type") or _name(child)) == name:
            return " ".join("".join(child.itertext()).split())
    return ""


def _descendants(element: _Element, *names: str) -> Iterator[_Element]:
    return (child for child in element.iter() if isinstance(child.tag, str) and _name(child) in names)


def _name(element: _Element) -> str:
    return str(etree.QName(element).localname)
