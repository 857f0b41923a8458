"""What the readers give: pairs of texts that should say the same, and what was found in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from translate.document import Issue


@dataclass(frozen=True)
class Unit:
    """A text and its translation as a file holds them; the translation may be empty.

    `line` counts from 1: the line of a plain text or table, else the pair's number in its file. `name` is what the
    file itself calls a pair ("" where it has no word for it), None for a line. `source_codes` and `target_codes` are
    the inline codes (tags, placeholders) that stood in the texts, which hold none of them.
    """

    line: int
    source: str
    target: str
    name: str | None = None
    source_codes: tuple[str, ...] = ()
    target_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parallel:
    """Parallel text: its languages (normalised codes), its units in order, to be read once, and how many, if known."""

    source_language: str
    target_language: str
    units: Iterator[Unit]
    total: int | None = None


@dataclass(frozen=True)
class Checked:
    """A unit and its issues, errors first."""

    unit: Unit
    issues: tuple[Issue, ...]
