"""Tables of documents: rows are read one at a time, and written back with new columns and all that they had."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TextIO, TypeAlias

from translate.batch.types import Shape
from translate.errors import ExtraMissing, InputError
from translate.extract.decode import decode

QA = ("qa_state", "qa_sentences", "qa_words", "qa_errors", "qa_warnings", "qa_notes", "qa_issues", "qa_reason")
"""The columns that say what became of a row: after those with its translations."""

# A row longer than this, in code points, is one whose quotation mark nobody closed.
_LONGEST_FIELD = 16 * 2**20
_HEAD = 2**20
_DELIMITERS = ",;\t|"
_BAD_BYTES = re.compile("[\udc80-\udcff]")
_LEGACY = ("cp1256", "iso8859-6", "cp1252")


@dataclass(frozen=True)
class Columns:
    """Which columns hold texts, which one an id ("" for none), and the language of the new ones."""

    texts: tuple[str, ...]
    key: str
    target: str

    @property
    def new(self) -> tuple[str, ...]:
        """The columns that a translated table has more, in order."""
        return (*(f"{name}_{self.target}" for name in self.texts), *QA)


@dataclass(frozen=True)
class Row:
    """A row: `key` is unique in its table; `fault` says why it cannot be used; `raw` is for who writes it back."""

    key: str
    texts: tuple[str, ...]
    fault: str = ""
    raw: Any = field(default=None, repr=False)


Values: TypeAlias = "Callable[[Row], Mapping[str, object]]"
"""Gives the new columns' values of a row; `qa_issues` is a list, the other figures numbers, all else text."""


def rows(path: Path, shape: Shape, columns: Columns) -> Iterator[Row]:
    """The rows of a table. Raises InputError where there is no such column, or where it is no table at all."""
    if not columns.texts:
        raise InputError(f"{path.name} is a table: say which column holds the text (--column NAME)")
    yield from _unique(_READERS[shape](path, columns))


def write(path: Path, shape: Shape, columns: Columns, values: Values, out: BinaryIO) -> None:
    """Write the table at `path` with its new columns to `out`."""
    _WRITERS[shape](path, columns, values, out)


# --- CSV and TSV -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Dialect:
    """How a table is written: its encoding, mark, delimiter, line end, and whether every field is quoted."""

    encoding: str
    mark: bool
    delimiter: str
    ending: str
    quoted: bool

    @property
    def reading(self) -> dict[str, Any]:
        return {"delimiter": self.delimiter, "strict": True, "doublequote": True}


class _Lines:
    """The lines of a file, of which some can be given back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._file)
        self.taken.append(line)
        self.number += 1
        return line

    def keep_first(self) -> str:
        """Give back all that was taken but the first line, which is the answer."""
        first, rest = self.taken[0], self.taken[1:]
        self._back.extendleft(reversed(rest))
        self.number -= len(rest)
        self.taken = []
        return first


def _dialect(path: Path) -> _Dialect:
    """How the table is written, by its first line. Raises InputError where that is no text."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if len(head) == _HEAD:
        head = head[: head.rfind(b"\n") + 1] or head
    text = _text(head, path.name)
    encoding, mark = _encoding(head, text)
    first = re.match(r"[^\r\n]*", text)
    line = first[0] if first else ""
    bare = re.sub(r'"[^"]*"', '""', line)
    delimiter = "\t" if path.suffix.lower() in (".tsv", ".tab") else max(_DELIMITERS, key=bare.count)
    ending = "\r\n" if "\r\n" in text[: len(line) + 2] else "\n"
    fields = bare.split(delimiter)
    return _Dialect(encoding, mark, delimiter, ending, bool(line) and all(one.strip() == '""' for one in fields))


def _text(head: bytes, name: str) -> str:
    """The beginning of a table. Raises InputError where it is no text; a few rows in another encoding do not matter."""
    try:
        return decode(head, name)
    except InputError:
        # What is no text at all is refused once more.
        return decode(head.decode("utf-8", "replace").encode(), name)


def _encoding(head: bytes, text: str) -> tuple[str, bool]:
    """The encoding that gives this text, and whether the file begins with a mark of it."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16")):
        if head.startswith(mark):
            return encoding, True
    if head.startswith(b"\xfe\xff"):
        return "utf-16", True
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        # A row or two that are no UTF-8 are those rows' fault; a table full of them is in another encoding.
        for encoding in _LEGACY:
            if head.decode(encoding, "replace") == text:
                return encoding, False
    return "utf-8", False


@contextmanager
def _opened(path: Path, dialect: _Dialect) -> Iterator[_Lines]:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    with path.open(encoding=dialect.encoding, errors="surrogateescape", newline="") as file:
        yield _Lines(file)


def _header(lines: _Lines, dialect: _Dialect, columns: Columns, name: str) -> list[str]:
    try:
        header = next(csv.reader(lines, **dialect.reading))
    except (StopIteration, csv.Error) as exc:
        raise InputError(f"{name} has no line that names its columns") from exc
    _check_columns(header, columns, name)
    lines.taken = []
    return header


def _check_columns(header: Sequence[str], columns: Columns, name: str) -> None:
    """InputError where a column is missing, or one that is to be made stands there already."""
    missing = [one for one in (*columns.texts, *([columns.key] if columns.key else [])) if one not in header]
    if missing:
        raise InputError(f"{name} has no column {', '.join(missing)}; it has {', '.join(header)}")
    taken = [one for one in columns.new if one in header]
    if taken:
        raise InputError(f"{name} has a column {', '.join(taken)} already: rename it")


def _csv_records(lines: _Lines, dialect: _Dialect, width: int) -> Iterator[tuple[int, list[str], str]]:
    """(line, fields, fault) of every row after the header; empty lines are no rows.

    A row that cannot be read is its first line alone: the next line begins a row again.
    """
    reader = csv.reader(lines, **dialect.reading)
    while True:
        number = lines.number + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            raw = lines.keep_first().rstrip("\r\n")
            reader = csv.reader(lines, **dialect.reading)
            yield number, [raw], f"line {number} is no row: {exc}"
            continue
        lines.taken = []
        if not fields:
            continue
        fault = ""
        if len(fields) != width:
            surplus = f"; left out: {dialect.delimiter.join(fields[width:])[:200]}" if len(fields) > width else ""
            fault = f"line {number} has {len(fields)} fields, and the header {width}{surplus}"
        elif any(_BAD_BYTES.search(one) for one in fields):
            fault = f"line {number} is not valid {dialect.encoding.upper()}"
        yield number, fields, fault


def _csv_rows(path: Path, columns: Columns) -> Iterator[Row]:
    dialect = _dialect(path)
    with _opened(path, dialect) as lines:
        header = _header(lines, dialect, columns, path.name)
        texts = [header.index(name) for name in columns.texts]
        key = header.index(columns.key) if columns.key else None
        for number, (_, fields, fault) in enumerate(_csv_records(lines, dialect, len(header)), 1):
            if fault:
                yield Row(f"row {number}", (), _readable(fault), fields)
            else:
                name = fields[key] if key is not None else f"row {number}"
                yield Row(name, tuple(fields[i] for i in texts), "", fields)


def _readable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _write_csv(path: Path, columns: Columns, values: Values, out: BinaryIO) -> None:
    dialect = _dialect(path)
    own = dialect.encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")
    # Old encodings of one alphabet cannot hold the other: those tables come back as UTF-8, with the mark Excel needs.
    sink = _Encoded(out, dialect.encoding if own else "utf-8-sig")
    found = _csv_rows(path, columns)
    with _opened(path, dialect) as lines:
        header = _header(lines, dialect, columns, path.name)
    sink.write(_line([*header, *columns.new], dialect))
    for row in _unique(found):
        new = values(row)
        fields = (row.raw + [""] * len(header))[: len(header)]
        sink.write(_line([*fields, *(_cell(new[name]) for name in columns.new)], dialect))


def _line(fields: Sequence[str], dialect: _Dialect) -> str:
    """A row as it is written. Python quotes only what its own line ends need: others must be quoted, too."""
    row = io.StringIO(newline="")
    form: dict[str, Any] = {"quoting": csv.QUOTE_ALL if dialect.quoted else csv.QUOTE_MINIMAL}
    csv.writer(row, delimiter=dialect.delimiter, lineterminator="\r\n", **form).writerow(fields)
    return row.getvalue()[:-2] + dialect.ending


def _unique(found: Iterator[Row]) -> Iterator[Row]:
    """The rows, an id that was there before with a number after it."""
    seen: Counter[str] = Counter()
    for row in found:
        seen[row.key] += 1
        times = seen[row.key]
        yield row if times == 1 else Row(f"{row.key} ({times})", row.texts, row.fault, row.raw)


def _cell(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)


class _Encoded:
    """Text into bytes, with one mark at the beginning; bytes that were no text come out as they were."""

    def __init__(self, out: BinaryIO, encoding: str) -> None:
        self._out = out
        self._encoding = encoding
        self._begun = False

    def write(self, text: str) -> None:
        encoding = self._encoding
        if self._begun:
            encoding = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(encoding, encoding)
        elif encoding in ("utf-16", "utf-32"):
            # Python's own mark follows the machine; ours does not.
            text, encoding = "\ufeff" + text, f"{encoding}-le"
        self._begun = True
        self._out.write(text.encode(encoding, "surrogateescape" if "utf-8" in encoding else "replace"))


# --- JSON lines ------------------------------------------------------------------------------------------------------


def _jsonl_rows(path: Path, columns: Columns) -> Iterator[Row]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _jsonl_row(line.removeprefix(b"\xef\xbb\xbf"), number, columns)


def _jsonl_row(line: bytes, number: int, columns: Columns) -> Row:
    name = f"row {number}"
    try:
        found = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as exc:
        return Row(name, (), f"line {number} is no JSON: {exc}", line)
    if not isinstance(found, dict):
        return Row(name, (), f"line {number} is no JSON object", line)
    taken = [one for one in columns.new if one in found]
    if taken:
        return Row(name, (), f"line {number} has a field {', '.join(taken)} already", line)
    if columns.key:
        if columns.key not in found:
            return Row(name, (), f"line {number} has no field {columns.key}", found)
        name = str(found[columns.key])
    texts = [found.get(one) for one in columns.texts]
    for one, text in zip(columns.texts, texts, strict=True):
        if text is not None and not isinstance(text, str):
            return Row(name, (), f"line {number}: {one} is no text", found)
        if one not in found:
            return Row(name, (), f"line {number} has no field {one}", found)
    return Row(name, tuple(text or "" for text in texts if text is None or isinstance(text, str)), "", found)


def _write_jsonl(path: Path, columns: Columns, values: Values, out: BinaryIO) -> None:
    for row in _unique(_jsonl_rows(path, columns)):
        # What is no object comes back as one, with the line as it was.
        own = row.raw if isinstance(row.raw, dict) else {"line": row.raw.decode("utf-8", "replace").rstrip("\r\n")}
        text = json.dumps({**own, **values(row)}, ensure_ascii=False)
        out.write(text.encode("utf-8", "surrogatepass") + b"\n")


# --- Parquet ---------------------------------------------------------------------------------------------------------

_AT_ONCE = 1000


def _parquet(path: Path) -> Any:
    try:
        import pyarrow as arrow  # an extra
        import pyarrow.parquet as parquet
    except ImportError as exc:
        raise ExtraMissing("Parquet needs a part that is not installed: run `pip install 'dragoman[parquet]'`") from exc
    try:
        return parquet.ParquetFile(path)
    except (arrow.ArrowInvalid, OSError) as exc:
        raise InputError(f"{path.name} is no Parquet file: {exc}") from exc


def _parquet_rows(path: Path, columns: Columns) -> Iterator[Row]:
    file = _parquet(path)
    _check_columns(file.schema_arrow.names, columns, path.name)
    wanted = [*columns.texts, *([columns.key] if columns.key else [])]
    number = 0
    for batch in file.iter_batches(batch_size=_AT_ONCE, columns=wanted):
        for record in batch.to_pylist():
            number += 1
            name = str(record[columns.key]) if columns.key else f"row {number}"
            texts = [record[one] for one in columns.texts]
            if any(text is not None and not isinstance(text, str) for text in texts):
                yield Row(name, (), f"row {number} holds something else than text")
            else:
                yield Row(name, tuple(text or "" for text in texts))


def _write_parquet(path: Path, columns: Columns, values: Values, out: BinaryIO) -> None:
    file = _parquet(path)
    import pyarrow as arrow  # it is there: the file is open
    import pyarrow.parquet as parquet

    whole = {"qa_sentences", "qa_words", "qa_errors", "qa_warnings", "qa_notes"}
    types = {name: arrow.int64() if name in whole else arrow.string() for name in columns.new}
    schema = file.schema_arrow
    for name, kind in types.items():
        schema = schema.append(arrow.field(name, kind))
    found = _unique(_parquet_rows(path, columns))
    with parquet.ParquetWriter(out, schema) as writer:
        for batch in file.iter_batches(batch_size=_AT_ONCE):
            made = [values(next(found)) for _ in range(batch.num_rows)]
            arrays = [
                arrow.array([one[name] if name in whole else _cell(one[name]) for one in made], kind)
                for name, kind in types.items()
            ]
            writer.write_batch(arrow.RecordBatch.from_arrays([*batch.columns, *arrays], schema=schema))


_READERS = {Shape.CSV: _csv_rows, Shape.JSONL: _jsonl_rows, Shape.PARQUET: _parquet_rows}
_WRITERS = {Shape.CSV: _write_csv, Shape.JSONL: _write_jsonl, Shape.PARQUET: _write_parquet}
