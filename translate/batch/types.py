"""The frozen types of a batch: what is asked for, one document's work, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

FORMATS = ("html", "text", "markdown", "json", "docx")
"""What files can be written as; without a format each is written as it came."""


class State(str, Enum):
    """What became of a document."""

    DONE = "done"
    ASIDE = "set aside"


class Shape(str, Enum):
    """What an input file is to a batch."""

    DOCUMENT = "document"
    SUBTITLES = "subtitles"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"

    @property
    def is_table(self) -> bool:
        """Whether it holds a document a row."""
        return self in (Shape.CSV, Shape.JSONL, Shape.PARQUET)


@dataclass(frozen=True)
class Settings:
    """What a shard must know besides its jobs and a translator: normalised codes of the pair, and the files' form."""

    source: str
    target: str
    format: str | None = None


@dataclass(frozen=True)
class Job:
    """One document to translate: a file's bytes, or the texts of a row's columns. It can be pickled.

    `key` is the file's path in the batch, for a row with "#" and its id; `origin` is the path alone. `hash` is that of
    the bytes or texts.
    """

    key: str
    origin: str
    shape: Shape
    hash: str
    data: bytes = field(default=b"", repr=False)
    texts: tuple[str, ...] = field(default=(), repr=False)

    @property
    def size(self) -> int:
        """Bytes or code points to read, at least 1."""
        return max(1, len(self.data) + sum(map(len, self.texts)))


@dataclass(frozen=True)
class Finding:
    """An issue, with the sentence (from 1) that has it."""

    sentence: int
    code: str
    severity: str
    message: str
    message_ar: str
    source: str
    target: str


@dataclass(frozen=True)
class Outcome:
    """What became of a job: `outputs` has the file's bytes, or each column's text in UTF-8.

    `seconds` is the document's share, by length, of its shard's time. A document that was set aside has a `reason`; a
    reason that is not `lasting` may be gone the next time (an engine that failed), so that the document is tried again.
    """

    job: Job
    state: State
    outputs: tuple[bytes, ...] = field(default=(), repr=False)
    sentences: int = 0
    words: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    findings: tuple[Finding, ...] = field(default=(), repr=False)
    seconds: float = 0.0
    reason: str = ""
    lasting: bool = True
