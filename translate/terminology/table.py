"""Reads a glossary from a table: CSV, a line a term."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping

from translate.errors import LanguageError
from translate.languages import normalise
from translate.terminology.term import Entry, Term

COLUMNS = (
    "source",
    "target",
    "source_forms",
    "forms",
    "forbidden",
    "keep",
    "one_way",
    "part_of_speech",
    "note",
    "source_language",
    "target_language",
)
"""The columns that a glossary may have, in any order; it needs `source` and `target`."""
_ALSO_CALLED = {"do_not_translate": "keep", "forbidden_target": "forbidden", "target_forms": "forms"}
_YES_OR_NO = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}
_SEPARATORS = ",;\t"
_SEVERAL = "|"


def read(data: bytes, source_language: str = "en", target_language: str = "ar") -> tuple[list[Entry], list[str]]:
    """The entries of a CSV table and its mistakes, each with its line.

    UTF-8; commas, semicolons or tabs; the first line names the columns (`COLUMNS`; do_not_translate is keep, and
    forbidden_target forbidden). Several forms, or forbidden words, are separated by "|"; `keep` is yes or no, and a
    term to keep needs no target; with `one_way`, yes or no, a line is not for the way back. The languages given here
    are those of lines that name none.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        return [], [f"line {line}: it cannot be read as UTF-8"]
    lines = text.splitlines()
    separator = max(_SEPARATORS, key=lines[0].count) if lines else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [_column(cell) for cell in next(rows, [])]
    mistakes = list(_wrong_columns(header))
    entries: list[Entry] = []
    languages = {"source_language": source_language, "target_language": target_language}
    seen: dict[tuple[str, ...], int] = {}
    for cells in rows if not mistakes else ():
        if not any(cell.strip() for cell in cells):
            continue
        try:
            entries.append(_entry(header, cells, languages, seen, rows.line_num))
        except (ValueError, LanguageError) as exc:
            mistakes.append(f"line {rows.line_num}: {exc}")
    return entries, mistakes


def _column(cell: str) -> str:
    name = "_".join(cell.replace("-", " ").casefold().split())
    return _ALSO_CALLED.get(name, name)


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
    keep, one_way = _yes(row, "keep"), _yes(row, "one_way")
    source, target = row["source"], row["target"]
    forms, forbidden = _several(row.get("forms", "")), _several(row.get("forbidden", ""))
    source_forms = _several(row.get("source_forms", ""))
    term = Term(
        source, target, forms, forbidden, keep, row.get("part_of_speech", ""), row.get("note", ""), source_forms
    )
    if both := set(forbidden) & {target, *forms}:
        raise ValueError(f"{', '.join(sorted(both))} is both wanted and forbidden")
    codes = [normalise(row.get(name) or languages[name]) for name in ("source_language", "target_language")]
    for spelling in term.sources:
        first = seen.setdefault((spelling.casefold(), *codes), line)
        if first != line:
            raise ValueError(f"the term {spelling!r} is already on line {first}")
    return Entry(term, codes[0], codes[1], one_way)


def _yes(row: Mapping[str, str], column: str) -> bool:
    said = row.get(column, "")
    if said.casefold() not in _YES_OR_NO:
        raise ValueError(f"{column} is {said!r}, and must be yes or no")
    return _YES_OR_NO[said.casefold()]


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in cell.split(_SEVERAL)) if part)
