"""Reads a glossary: the terms of a house as a table, for both directions."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from translate.errors import InputError, LanguageError
from translate.languages import normalise
from translate.terminology.term import Term

COLUMNS = (
    "source",
    "target",
    "forms",
    "forbidden",
    "keep",
    "part_of_speech",
    "note",
    "source_language",
    "target_language",
)
"""The columns that a glossary may have, in any order; it needs `source` and `target`."""
_YES_OR_NO = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}
_SEPARATORS = ",;\t"
_SEVERAL = "|"


@dataclass(frozen=True)
class Entry:
    """A term and the two languages that it is for (normalised codes)."""

    term: Term
    source_language: str
    target_language: str


@dataclass(frozen=True)
class Glossary:
    """A glossary's entries in the order of its lines."""

    entries: tuple[Entry, ...]

    def terms(self, source_language: str, target_language: str) -> tuple[Term, ...]:
        """The terms for one direction; what is written for the other one is turned round and comes last.

        Turned round, a target asks for the source; its forms, which may be looser, and what is forbidden ask nothing.
        Of two terms with the same source the first is meant. Raises LanguageError for a language that is not known.
        """
        wanted = normalise(source_language), normalise(target_language)
        ahead = [e.term for e in self.entries if (e.source_language, e.target_language) == wanted]
        back = [e.term for e in self.entries if (e.target_language, e.source_language) == wanted]
        found: dict[str, Term] = {}
        for term in (*ahead, *_turned(back)):
            found.setdefault(term.source.casefold(), term)
        return tuple(found.values())


def _turned(terms: Iterable[Term]) -> Iterator[Term]:
    """The terms of the other direction: where several have one target, their sources are forms of the first."""
    same: dict[str, list[Term]] = {}
    for term in terms:
        if term.keep:
            yield term
        else:
            same.setdefault(term.target, []).append(term)
    for target, (first, *others) in same.items():
        forms = tuple(dict.fromkeys(other.source for other in others))
        yield Term(target, first.source, forms, part_of_speech=first.part_of_speech, note=first.note)


def read(path: Path, source_language: str = "en", target_language: str = "ar") -> Glossary:
    """The glossary in a CSV file (UTF-8; commas, semicolons or tabs) whose first line names its columns.

    Columns: see `COLUMNS`. Several forms, or forbidden words, are separated by "|"; `keep` is yes or no, and a term to
    keep needs no target. The languages given here are those of lines that name none. Raises InputError where the file
    cannot be read or has mistakes: all of them, each with its line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"the glossary {path} cannot be read: {exc}") from exc
    lines = text.splitlines()
    separator = max(_SEPARATORS, key=lines[0].count) if lines else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [cell.strip().casefold() for cell in next(rows, [])]
    mistakes = list(_wrong_columns(header))
    entries: list[Entry] = []
    if not mistakes:
        languages = {"source_language": source_language, "target_language": target_language}
        seen: dict[tuple[str, ...], int] = {}
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            try:
                entries.append(_entry(header, cells, languages, seen, rows.line_num))
            except (ValueError, LanguageError) as exc:
                mistakes.append(f"line {rows.line_num}: {exc}")
    if mistakes:
        raise InputError(f"the glossary {path} has {len(mistakes)} mistake(s): " + "; ".join(mistakes))
    return Glossary(tuple(entries))


def _wrong_columns(header: list[str]) -> Iterator[str]:
    for name in dict.fromkeys(header):
        if name not in COLUMNS:
            yield f"line 1: there is no column {name!r} (there are {', '.join(COLUMNS)})"
        elif header.count(name) > 1:
            yield f"line 1: the column {name} comes {header.count(name)} times"
    yield from (f"line 1: the column {name} is missing" for name in ("source", "target") if name not in header)


def _entry(
    header: list[str], cells: list[str], languages: Mapping[str, str], seen: dict[tuple[str, ...], int], line: int
) -> Entry:
    """One line's entry; ValueError or LanguageError says what is wrong with it."""
    if len(cells) != len(header):
        raise ValueError(f"it has {len(cells)} cells, and the first line {len(header)}")
    row = {name: " ".join(unicodedata.normalize("NFC", cell).split()) for name, cell in zip(header, cells, strict=True)}
    keep = _YES_OR_NO.get(row.get("keep", "").casefold())
    if keep is None:
        raise ValueError(f"keep is {row['keep']!r}, and must be yes or no")
    source, target = row["source"], row["target"]
    forms, forbidden = _several(row.get("forms", "")), _several(row.get("forbidden", ""))
    term = Term(source, target, forms, forbidden, keep, row.get("part_of_speech", ""), row.get("note", ""))
    if both := set(forbidden) & {target, *forms}:
        raise ValueError(f"{', '.join(sorted(both))} is both wanted and forbidden")
    codes = [normalise(row.get(name) or languages[name]) for name in ("source_language", "target_language")]
    first = seen.setdefault((source.casefold(), *codes), line)
    if first != line:
        raise ValueError(f"the term {source!r} is already on line {first}")
    return Entry(term, *codes)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in cell.split(_SEVERAL)) if part)
