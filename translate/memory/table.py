"""Writes a memory as CSV for people and spreadsheets, and reads such a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from typing import BinaryIO

from translate import languages
from translate.document import Translation
from translate.errors import InputError, LanguageError
from translate.memory.entry import Entry, Origin

COLUMNS = ("source", "target", "approved", "origin", "created", "source_language", "target_language")
"""The columns that are written, in this order; reading needs the first two."""
_YES = ("yes", "true", "1")


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a CSV file (UTF-8, commas). U+0000, which no table can hold, becomes U+FFFD."""
    yield _line(COLUMNS)
    for entry in entries:
        approved = "yes" if entry.approved else "no"
        name = "" if entry.origin is None else entry.origin.name
        texts = (entry.source.replace("\0", "\ufffd"), entry.target.replace("\0", "\ufffd"))
        yield _line((*texts, approved, name, _written_date(entry.created), *entry.pair))


def is_ours(file: BinaryIO) -> bool:
    """Whether a table's first line has the columns "source", "target" and "approved"."""
    file.seek(0)
    first = file.readline(10_000).decode("utf-8-sig", "replace")
    file.seek(0)
    names = [cell.strip().casefold() for row in csv.reader([first.strip()]) for cell in row]
    return set(COLUMNS[:3]) <= set(names)


def read(
    file: BinaryIO, name: str, pair: tuple[str | None, str | None], *, approved: bool, origin: Origin
) -> Iterator[Entry | None]:
    """The rows of a table with `COLUMNS`, in any order; None for a row without both texts, or of another `pair`.

    A row is approved where it says so, or all are with `approved`; what is not is from the file, `origin`: a table
    keeps the texts of models' work and not all that remembering it takes. `pair` is for rows that name no languages.
    Raises InputError, with the line, for what cannot be read.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    rows = csv.DictReader(text)
    try:
        rows.fieldnames = [cell.strip().casefold() for cell in rows.fieldnames or ()]
        for row in rows:
            yield _entry(row, pair, approved, origin)
    except UnicodeDecodeError as exc:
        raise InputError(f"{name} is not UTF-8: save it as UTF-8 and try again.") from exc
    except (csv.Error, LanguageError, ValueError) as exc:
        raise InputError(f"{name}, line {rows.line_num:,}: {exc}.") from exc
    finally:
        text.detach()


def _entry(
    row: Mapping[str | None, str | None], pair: tuple[str | None, str | None], approved: bool, origin: Origin
) -> Entry | None:
    source, target = row.get("source") or "", row.get("target") or ""
    if not (source.strip() and target.strip()):
        return None
    named = row.get("source_language") or pair[0], row.get("target_language") or pair[1]
    if not (named[0] and named[1]):
        raise ValueError("the row names no languages: say --from and --to")
    codes = languages.normalise(named[0]), languages.normalise(named[1])
    if any(asked not in (None, code) for asked, code in zip(pair, codes, strict=True)):
        return None
    by_person = approved or (row.get("approved") or "").strip().casefold() in _YES
    return Entry(
        source, Translation(target), codes, None if by_person else origin, created=_date(row.get("created") or "")
    )


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _written_date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds else ""


def _date(text: str) -> int:
    """Seconds since 1970; 0 for nothing. Raises ValueError for what is no date."""
    if not text.strip():
        return 0
    found = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    return max(0, int((found if found.tzinfo else found.replace(tzinfo=timezone.utc)).timestamp()))
