"""Writes a memory as TMX 1.4b and reads any, entry by entry: https://www.gala-global.org/tmx-14b."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from translate.document import Translation
from translate.errors import InputError
from translate.memory.entry import Entry, Origin, Pair
from translate.memory.packing import described, restored
from translate.pairs.inline import CHARACTER, content
from translate.pairs.xml import Element, base, child, events, language_of, local
from translate.version import VERSION

# What only Dragoman can use stands in a property of its own, as JSON; others pass over it.
_OURS = "x-dragoman"
_ANY = "*all*"
_DATE = "%Y%m%dT%H%M%SZ"
# Characters that XML cannot hold, and the one that its readers turn into a line feed.
_NOT_PLAIN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="dragoman" creationtoolversion={version} segtype="sentence" o-tmf="dragoman" adminlang="en"\
 srclang={language} datatype="plaintext"/>
<body>
"""
_FOOT = "</body>\n</tmx>\n"


def write(entries: Iterable[Entry], source_language: str | None = None) -> Iterator[str]:
    """The pieces of a TMX file; `source_language` where all entries have the same.

    A character that XML cannot hold (U+0000 to U+001F without tab and line feed, U+FFFE, U+FFFF) stands as an inline
    code, <ph type="x-character">001F</ph>; reading it gives the character again. Alignment, pieces, probabilities and
    issues of models' work stand in a property.
    """
    yield _HEAD.format(version=quoteattr(VERSION), language=quoteattr(source_language or _ANY))
    for entry in entries:
        yield _unit(entry, named=source_language is None)
    yield _FOOT


def read(
    file: BinaryIO, name: str, pair: tuple[str | None, str | None], *, approved: bool, origin: Origin
) -> Iterator[Entry | None]:
    """The entries of a TMX file in order, one for each translation of its source language; None for a unit with none.

    `pair` limits them to a source or target language, and names the source where the file does not. What Dragoman
    wrote is read as it was; for what another program did, `origin` says where it is from, and the ends of its texts
    lose their white space. With `approved` every entry is a person's. Raises InputError where the file is no
    well-formed XML.
    """
    header = ""
    for event, element in events(file, name, ("header", "tu")):
        if local(element) == "header":
            header = header or element.get("srclang") or ""
        elif event == "end":
            yield from _entries(element, name, pair, header, approved, origin)


def _unit(entry: Entry, *, named: bool) -> str:
    source, target = entry.pair
    attributes = {
        "tuid": entry.name,
        "creationid": entry.author,
        "creationdate": _written_date(entry.created),
        "changedate": _written_date(entry.changed),
        "lastusagedate": _written_date(entry.used),
        "usagecount": str(entry.hits or ""),
        "srclang": source if named else "",
    }
    listed = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value)
    ours = json.dumps(_ours(entry), separators=(",", ":"))
    return (
        f'<tu{listed}>\n<prop type="{_OURS}">{escape(ours)}</prop>\n'
        f"<tuv xml:lang={quoteattr(source)}><seg>{_text(entry.source)}</seg></tuv>\n"
        f"<tuv xml:lang={quoteattr(target)}><seg>{_text(entry.target)}</seg></tuv>\n</tu>\n"
    )


def _ours(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {"approved": entry.approved}
    if entry.origin is not None:
        found["origin"] = [entry.origin.name, entry.origin.details]
    if entry.variant:
        found["variant"] = entry.variant
    if rest := described(entry.translation):
        found["translation"] = rest
    return found


def _text(text: str) -> str:
    if _NOT_PLAIN.search(text) is None:
        return escape(text)
    return "".join(_character(part) for part in re.split(f"({_NOT_PLAIN.pattern})", text))


def _character(part: str) -> str:
    if len(part) != 1 or _NOT_PLAIN.match(part) is None:
        return escape(part)
    return "&#13;" if part == "\r" else f'<ph type="{CHARACTER}">{ord(part):04X}</ph>'


def _entries(
    unit: Element, name: str, pair: tuple[str | None, str | None], header: str, approved: bool, origin: Origin
) -> Iterator[Entry | None]:
    sides: dict[str, Element] = {}
    for variant in unit:
        if local(variant) == "tuv":
            sides.setdefault(base(language_of(variant)), variant)
    said = unit.get("srclang") or header
    source = pair[0] or ("" if said in ("", _ANY) else base(said))
    if source in ("", pair[1]):
        # Where nothing says which of two languages is the source, the first stands for it.
        source = next((code for code in sides if code != pair[1]), "")
    targets = [code for code in sides if code != source and pair[1] in (None, code)]
    ours = _property(unit, name)
    found = False
    for target in targets if source in sides else ():
        texts = [content(child(sides[code], "seg"), name).text for code in (source, target)]
        if ours is None:
            texts = [text.strip() for text in texts]
        if all(text.strip() for text in texts):
            found = True
            yield _entry(unit, sides[target], (source, target), texts, ours, None if approved else origin)
    if not found:
        yield None


def _entry(
    unit: Element, variant: Element, pair: Pair, texts: list[str], ours: dict[str, Any] | None, origin: Origin | None
) -> Entry:
    source, target = texts
    translation = Translation(target)
    kind = ""
    if ours is not None and origin is not None:
        origin, kind, translation = _restored(ours, source, target, origin)

    def said(attribute: str) -> str:
        return unit.get(attribute) or variant.get(attribute) or ""

    return Entry(
        source,
        translation,
        pair,
        origin,
        kind,
        said("tuid"),
        said("creationid"),
        _date(said("creationdate")),
        _date(said("changedate")),
        _date(said("lastusagedate")),
        int(said("usagecount")) if said("usagecount").isascii() and said("usagecount").isdigit() else 0,
    )


def _restored(ours: dict[str, Any], source: str, target: str, origin: Origin) -> tuple[Origin | None, str, Translation]:
    """What our property says; a property that somebody changed is passed over, and so is all it said."""
    try:
        translation = restored(source, target, ours.get("translation", {}))
        if ours.get("approved") is True:
            return None, "", translation
        name, details = ours["origin"]
        return Origin(str(name), str(details)), str(ours.get("variant", "")), translation
    except (ValueError, TypeError, KeyError):
        return origin, "", Translation(target)


def _property(unit: Element, name: str) -> dict[str, Any] | None:
    for one in unit:
        if local(one) == "prop" and one.get("type") == _OURS:
            try:
                found = json.loads(content(one, name).text)
            except (ValueError, InputError, RecursionError):
                return None
            return found if isinstance(found, dict) else None
    return None


@lru_cache(maxsize=1024)
def _written_date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime(_DATE) if seconds else ""


@lru_cache(maxsize=1024)
def _date(text: str) -> int:
    """Seconds since 1970; 0 for what is no date of TMX's form."""
    try:
        return max(0, int(datetime.strptime(text, _DATE).replace(tzinfo=timezone.utc).timestamp()))
    except ValueError:
        return 0
