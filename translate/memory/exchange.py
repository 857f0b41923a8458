"""Brings translation memories of any kind into a memory, and writes a memory out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from translate import languages, pairs
from translate.document import Translation
from translate.errors import InputError, LanguageError, UsageError
from translate.memory import table, tmx
from translate.memory.entry import Entry, Origin, Pair
from translate.memory.store import Memory
from translate.pairs import xml
from translate.pairs.opening import STDIN, called, opened

FORMATS = ("tmx", "csv")


@dataclass
class Imported:
    """What reading a file came to: entries remembered, and how many of them are approved.

    `offered` are those that are neither approved nor the work of models that Dragoman knows, and so are only shown;
    `skipped` are units left out because they had no text on a side, or none in the languages asked for.
    """

    entries: int = 0
    approved: int = 0
    offered: int = 0
    skipped: int = 0


def bring_in(
    memory: Memory,
    source: str,
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    approved: bool = False,
    both_ways: bool = False,
) -> Imported:
    """Remember all of a file, by its name or "-" for standard input: TMX, CSV, TSV or XLIFF.

    What Dragoman exported as TMX comes back as it was. Of anything else, and of a table, what is not said to be
    approved, there or by `approved`, is only offered where a sentence is like it. With `both_ways` approved entries,
    and those of other programs, serve the other direction as well. Languages are codes or names; those not given are
    the file's. Raises InputError where the file cannot be read; what stood before the fault is remembered then.
    LanguageError where it has nothing in the languages asked for, or they cannot be told.
    """
    asked = _normalised(source_language), _normalised(target_language)
    if asked[0] is not None and asked[0] == asked[1]:
        raise UsageError(f"source and target are both {asked[0]}.")
    imported = Imported()
    units = _read(source, asked, approved, Origin(PurePath(called(source)).name))
    memory.put(_counted(units, imported, both_ways))
    if imported.skipped and not imported.entries:
        raise LanguageError(f"{called(source)} has no translation in the languages asked for: check --from and --to.")
    return imported


def write(memory: Memory, form: str, pair: Pair | None = None, *, approved: bool = False) -> Iterator[str]:
    """The pieces of a file in one of `FORMATS` with what is remembered, of one pair or approved entries only."""
    entries = memory.entries(pair, approved=approved)
    if form == "csv":
        return table.write(entries)
    if form == "tmx":
        sources = {group.pair[0] for group in memory.stats().groups} if pair is None else {pair[0]}
        return tmx.write(entries, sources.pop() if len(sources) == 1 else None)
    raise UsageError(f"format must be one of {', '.join(FORMATS)}, not {form!r}")


def _read(source: str, asked: tuple[str | None, str | None], approved: bool, origin: Origin) -> Iterator[Entry | None]:
    with opened(source) as file:
        if xml.root(file) == "tmx":
            yield from tmx.read(file, called(source), asked, approved=approved, origin=origin)
            return
        if table.is_ours(file):
            yield from table.read(file, called(source), asked, approved=approved, origin=origin)
            return
    if source == STDIN:
        raise InputError(f"standard input is neither TMX nor a table with the columns {', '.join(table.COLUMNS[:3])}.")
    parallel = pairs.read(source, source_language=asked[0], target_language=asked[1])
    pair = parallel.source_language, parallel.target_language
    for unit in parallel.units:
        texts = unit.source.strip(), unit.target.strip()
        yield Entry(texts[0], Translation(texts[1]), pair, None if approved else origin) if all(texts) else None


def _counted(units: Iterable[Entry | None], imported: Imported, both_ways: bool) -> Iterator[Entry]:
    for entry in units:
        if entry is None:
            imported.skipped += 1
            continue
        imported.entries += 1
        by_machine = entry.origin is not None and entry.origin.machine
        imported.approved += entry.approved
        imported.offered += not (entry.approved or by_machine)
        yield entry
        if both_ways and not by_machine:
            yield _turned(entry)


def _turned(entry: Entry) -> Entry:
    """The same for the other direction, as a person's work can be read both ways; a model's cannot."""
    return replace(
        entry,
        source=entry.target,
        translation=Translation(entry.source),
        pair=(entry.pair[1], entry.pair[0]),
        hits=0,
        used=0,
    )


def _normalised(language: str | None) -> str | None:
    return languages.normalise(language) if language else None
