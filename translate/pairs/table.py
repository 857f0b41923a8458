"""Reads a table, .csv or .tsv, with a source and its translation in each row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from translate import languages
from translate.errors import InputError, LanguageError
from translate.pairs.lines import lines
from translate.pairs.opening import called
from translate.pairs.unit import Parallel, Unit

_COMMAS = ".csv"
SUFFIXES = (_COMMAS, ".tsv", ".tab")
_SOURCE, _TARGET = "source", "target"


def read(name: str, source_language: str | None, target_language: str | None) -> Parallel:
    """The rows of a table: the columns that its first row calls "source" and "target" or by their languages.

    Without such a row, the first two columns. Raises LanguageError where neither the caller nor the first row says the
    languages, InputError where the file cannot be read or a row has too few columns.
    """
    rows = _rows(name)
    first = next(rows, None)
    if first is None:
        raise InputError(f"{called(name)} is empty: there is nothing to check.")
    head = _head(first, source_language, target_language)
    columns = head or (0, 1)
    if head is not None:
        source_language = source_language or _language(first[head[0]])
        target_language = target_language or _language(first[head[1]])
    if source_language is None or target_language is None:
        raise LanguageError("the table's languages are not said: say --from and --to.")
    return Parallel(source_language, target_language, _units(_rows(name), columns, head is not None, called(name)))


def _rows(name: str) -> Iterator[list[str]]:
    text = lines(name)
    ended = (line + "\n" for line in text)
    try:
        with text.file:
            if PurePath(name).suffix.lower() == _COMMAS:
                yield from csv.reader(ended)
            else:
                # A quotation mark means nothing here: no cell can hold a tab or a line's end anyway.
                yield from csv.reader(ended, delimiter="\t", quoting=csv.QUOTE_NONE)
    except csv.Error as exc:
        raise InputError(f"{called(name)} cannot be read as a table: {exc}.") from exc


def _units(rows: Iterator[list[str]], columns: tuple[int, int], headed: bool, name: str) -> Iterator[Unit]:
    for number, row in enumerate(rows, 1):
        if (number == 1 and headed) or not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(columns):
            raise InputError(f"{name}, row {number:,}, has {len(row)} column(s), and {max(columns) + 1} are needed.")
        source, target = (row[column] for column in columns)
        if source.strip() or target.strip():
            yield Unit(number, source, target)


def _head(row: Sequence[str], source_language: str | None, target_language: str | None) -> tuple[int, int] | None:
    """The places of both columns, if the first row names them."""
    names = [cell.strip().casefold() for cell in row]
    if _SOURCE in names and _TARGET in names:
        return names.index(_SOURCE), names.index(_TARGET)
    codes = [_language(cell) for cell in names]
    if source_language in codes and target_language in codes and source_language and target_language:
        return codes.index(source_language), codes.index(target_language)
    if len(codes) == 2 and all(codes):
        return 0, 1
    return None


def _language(cell: str) -> str | None:
    # A first row of text has long cells; no name of a language is longer than this.
    if len(cell) > 30:
        return None
    try:
        return languages.normalise(cell.strip())
    except LanguageError:
        return None
