"""Reads what systems are compared on: articles or lines, their human translation, and ready outputs line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from translate import segment
from translate.document import Block, Document
from translate.errors import InputError
from translate.markup import clip
from translate.pairs import lines as _lines


@dataclass(frozen=True)
class Material:
    """The sentences to compare on, the file that each is from, and their human translations where there are any.

    `languages` are those of the sentences and of their translations.
    """

    languages: tuple[str, str]
    sources: tuple[str, ...]
    files: tuple[str, ...]
    references: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if not self.sources:
            raise InputError("there is nothing to compare on: no sentence was given")
        if len(self.files) != len(self.sources):
            raise ValueError(f"{len(self.files)} file names for {len(self.sources)} sentences")
        if self.references is not None and len(self.references) != len(self.sources):
            raise InputError(
                f"the reference has {len(self.references):,} lines for {len(self.sources):,} sentences: they must "
                "match line by line (--lines takes each line of a file as one sentence)"
            )


def aligned(files: Sequence[str]) -> list[tuple[str, ...]]:
    """The lines of files that match line by line (source, reference, outputs), without those blank in the source.

    Raises InputError where a file cannot be read, has more or fewer lines than the first, or is blank where the source
    is not (the reference only: a system may have come up with nothing), and where the first has no text.
    """
    read = [lines(file) for file in files]
    for file, its in zip(files, read, strict=True):
        if len(its) != len(read[0]):
            raise InputError(
                f"{file} has {len(its):,} lines and {files[0]} has {len(read[0]):,}: they must match line by line"
            )
    kept = [number for number, line in enumerate(read[0]) if line]
    if not kept:
        raise InputError(f"{files[0]} is empty: there is nothing to compare on")
    blank = next((number for number in kept if not read[1][number]), None)
    if blank is not None:
        raise InputError(f"line {blank + 1:,} of {files[1]} is blank, but that of {files[0]} is not")
    return [tuple(its[number] for number in kept) for its in read]


def lines(file: str) -> list[str]:
    """The lines of a text file ("-" for standard input), stripped. Raises InputError where it cannot be read."""
    return [line.strip() for line in _lines.lines(file)]


def sentences(documents: Mapping[str, Document], language: str) -> tuple[list[Block], tuple[str, ...]]:
    """Every sentence of documents by name, with its markup, and the name of the document that each is from."""
    found = [
        (name, clip(block, sentence.span))
        for name, document in documents.items()
        for block in document.blocks
        for sentence in segment.sentences(block, language)
    ]
    return [block for _, block in found], tuple(name for name, _ in found)


def matched(
    languages: tuple[str, str], blocks: Sequence[Block], files: Sequence[str], references: Sequence[str] | None
) -> tuple[Material, list[Block]]:
    """Sentences with their references, without blank ones. Raises InputError where they do not match line by line."""
    sources = tuple(block.text for block in blocks)
    whole = Material(languages, sources, tuple(files), None if references is None else tuple(references))
    kept = [number for number, block in enumerate(blocks) if block.text]
    if whole.references is not None:
        blank = next((number for number in kept if not whole.references[number]), None)
        if blank is not None:
            raise InputError(f"line {blank + 1:,} of the reference is blank, but its sentence is not")
    material = Material(
        languages,
        tuple(whole.sources[number] for number in kept),
        tuple(whole.files[number] for number in kept),
        None if whole.references is None else tuple(whole.references[number] for number in kept),
    )
    return material, [blocks[number] for number in kept]
