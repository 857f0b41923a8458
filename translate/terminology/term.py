"""One entry of a glossary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """What a source term must become: `target`, or one of its `forms`, and none of `forbidden`.

    A term with `keep` stays as it is in the source.
    """

    source: str
    target: str
    forms: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    keep: bool = False
    part_of_speech: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise ValueError("a term needs a source")
        if not self.keep and not self.target.strip():
            raise ValueError(f"the term {self.source!r} needs a target, or to be kept")
