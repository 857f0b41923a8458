"""Reads translation memories in TMX 1.4b: https://www.gala-global.org/tmx-14b."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from translate.errors import LanguageError
from translate.pairs.inline import content
from translate.pairs.unit import Unit
from translate.pairs.xml import Element, base, child, events, language_of, local

_ANY = "*all*"


def languages(file: BinaryIO, name: str, source: str | None, target: str | None) -> tuple[str, str]:
    """The languages asked for; what was not asked for is the header's source language, and the one other there is.

    Raises LanguageError where that leaves a choice, or none.
    """
    if source and target:
        return source, target
    header, held = _survey(file, name)
    listed = ", ".join(held) or "no language"
    source = source or (header if header in held else None)
    others = [code for code in held if code not in (source, target)]
    if source is None and len(others) == 1:
        source = others.pop()
    if target is None and len(others) == 1:
        target = others.pop()
    if source is None or target is None:
        raise LanguageError(f"{name} holds {listed}: say which with --from and --to.")
    return source, target


def units(file: BinaryIO, name: str, pair: tuple[str, str]) -> Iterator[Unit]:
    """The entries that have both languages, the first variant of each; regions (en-US) make no difference.

    Raises LanguageError where there is no such entry.
    """
    line, found = 0, False
    for event, element in events(file, name, ("tu",)):
        if event == "start":
            continue
        line += 1
        sides = [_segment(element, language) for language in pair]
        if any(side is None for side in sides):
            continue
        found = True
        source, target = (content(side, name) for side in sides)
        if source.text.strip() or target.text.strip():
            yield Unit(line, source.text, target.text, element.get("tuid") or "", source.codes, target.codes)
    if not found:
        raise LanguageError(f"{name} has no entry with both {pair[0]} and {pair[1]}: check --from and --to.")


def _segment(entry: Element, language: str) -> Element | None:
    for variant in entry:
        if local(variant) == "tuv" and base(language_of(variant)) == language:
            return child(variant, "seg")
    return None


def _survey(file: BinaryIO, name: str) -> tuple[str, list[str]]:
    """The header's source language ("" for any) and all languages, in the order in which they first come."""
    header = ""
    held: dict[str, None] = {}
    for event, element in events(file, name, ("header", "tuv")):
        if event == "start" and local(element) == "header":
            said = element.get("srclang") or _ANY
            header = "" if said == _ANY else base(said)
        elif event == "start":
            held[base(language_of(element))] = None
    return header, list(held)
