"""Reads XLIFF 1.2 and 2.x: https://docs.oasis-open.org/xliff/."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from translate.errors import LanguageError
from translate.pairs.inline import Content, content
from translate.pairs.unit import Unit
from translate.pairs.xml import Element, base, child, events, local

_Languages = tuple[str, str]
_TAGS = ("xliff", "file", "trans-unit", "unit")


def languages(file: BinaryIO, name: str) -> list[_Languages]:
    """The language pairs of the file's parts, each once; "" for a target language that the file does not say."""
    found: dict[_Languages, None] = {}
    root: Element = None
    for event, element in events(file, name, _TAGS):
        if event == "start":
            root = element if local(element) == "xliff" else root
            if local(element) == "file":
                found[_pair(root, element)] = None
    return list(found)


def choose(found: list[_Languages], source: str | None, target: str | None, name: str) -> _Languages:
    """The one pair of those that suits what was asked for; LanguageError where there is none, or more than one."""
    fitting = {
        (one, other or target or "")
        for one, other in found
        if source in (None, one) and (target in (None, other) or not other)
    }
    listed = ", ".join(f"{one}→{other or '?'}" for one, other in found) or "nothing"
    if not fitting:
        raise LanguageError(f"{name} holds {listed}, not {source or '?'}→{target or '?'}.")
    if len(fitting) > 1:
        raise LanguageError(f"{name} holds {listed}: say which with --from and --to.")
    (pair,) = fitting
    if not pair[0] or not pair[1]:
        raise LanguageError(f"{name} does not say what language it is in: say --from and --to.")
    return pair


def units(file: BinaryIO, name: str, pair: _Languages) -> Iterator[Unit]:
    """The segments of the parts in these languages; what is marked as not to be translated is left out."""
    root: Element = None
    wanted = True
    line = 0
    for event, element in events(file, name, _TAGS):
        kind = local(element)
        if event == "start":
            root = element if kind == "xliff" else root
            if kind == "file":
                one, other = _pair(root, element)
                wanted = one == pair[0] and other in ("", pair[1])
        elif kind in ("trans-unit", "unit") and wanted and element.get("translate") != "no":
            read = _trans_unit if kind == "trans-unit" else _unit
            for called, source, target in read(element, name):
                line += 1
                if source.text.strip() or target.text.strip():
                    yield Unit(line, source.text, target.text, called, source.codes, target.codes)


_Segment = tuple[str, Content, Content]


def _pair(root: Element, file: Element) -> _Languages:
    """The languages of a <file>: its own in 1.2, those of <xliff> in 2.x."""
    one = file.get("source-language") or (root.get("srcLang") if root is not None else None)
    other = file.get("target-language") or (root.get("trgLang") if root is not None else None)
    return base(one or ""), base(other or "")


def _trans_unit(element: Element, name: str) -> Iterator[_Segment]:
    """The segments of XLIFF 1.2's <trans-unit>: those that <seg-source> marks, else all of it."""
    called = element.get("id") or ""
    source, target = child(element, "source"), child(element, "target")
    divided = child(element, "seg-source")
    sources = _marked(divided if divided is not None else source, name)
    targets = _marked(target, name)
    if not sources or not targets:
        yield called, content(source, name), content(target, name)
        return
    for number, segment in sources.items():
        yield f"{called}.{number}", segment, targets.get(number, Content())


def _marked(element: Element | None, name: str) -> dict[str, Content]:
    if element is None:
        return {}
    marks = (one for one in element.iter("{*}mrk") if one.get("mtype") == "seg")
    return {one.get("mid") or "": content(one, name) for one in marks}


def _unit(element: Element, name: str) -> Iterator[_Segment]:
    """The segments of XLIFF 2's <unit>."""
    called = element.get("id") or ""
    segments = [one for one in element if local(one) == "segment"]
    for number, segment in enumerate(segments, 1):
        its = called if len(segments) == 1 else f"{called}.{segment.get('id') or number}"
        yield its, content(child(segment, "source"), name), content(child(segment, "target"), name)
