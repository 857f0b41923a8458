"""One entry of a glossary."""

from __future__ import annotations

from dataclasses import dataclass

# As CSV files and TBX write it: "proper noun", "properNoun"; "name" is what most people say.
_NAMES = frozenset({"name", "propernoun"})


@dataclass(frozen=True)
class Term:
    """What a source term must become: `target`, or one of its `forms`, and none of `forbidden`.

    `source_forms` are other ways to write the source ("UN" of "United Nations"). A term with `keep` stays as it is in
    the source.
    """

    source: str
    target: str
    forms: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    keep: bool = False
    part_of_speech: str = ""
    note: str = ""
    source_forms: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise ValueError("a term needs a source")
        if not self.keep and not self.target.strip():
            raise ValueError(f"the term {self.source!r} needs a target, or to be kept")

    @property
    def sources(self) -> tuple[str, ...]:
        """Every way to write the source, the glossary's own first."""
        return (self.source, *self.source_forms)

    @property
    def targets(self) -> tuple[str, ...]:
        """Every form that the glossary allows, the one that it wants first."""
        return tuple(form for form in (self.target, *self.forms) if form)

    @property
    def is_name(self) -> bool:
        """Whether the part of speech says that the term is a proper noun."""
        return "".join(self.part_of_speech.split()).replace("-", "").casefold() in _NAMES


@dataclass(frozen=True)
class Entry:
    """A term and the two languages that it is for (normalised codes); with `one_way` it is not for the way back.

    "Al Jazeera" is الجزيرة, but most الجزيرة are islands.
    """

    term: Term
    source_language: str
    target_language: str
    one_way: bool = False
