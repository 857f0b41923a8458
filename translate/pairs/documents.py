"""Reads two documents block by block, and sentence by sentence where a block has as many of them on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate import extract, segment
from translate.document import Block, Document, Opening
from translate.errors import InputError
from translate.pairs.opening import called, opened
from translate.pairs.unit import Unit

_SAMPLE = 10


def read(source: str, target: str) -> tuple[Sequence[Block], Sequence[Block]]:
    """The blocks of two documents (text, HTML, Markdown), or "-" for one on standard input; as many of the one as of
    the other.

    A page's title is left out where the other side has none. Raises InputError where a document cannot be read or has
    more blocks than the other.
    """
    documents = _document(source), _document(target)
    one, other = (list(document.blocks) for document in documents)
    if len(one) != len(other):
        one, other = (list(_without_title(document)) for document in documents)
    if len(one) != len(other):
        raise InputError(
            f"{called(source)} has {len(one):,} block(s) of text (paragraphs, headings) and {called(target)} has "
            f"{len(other):,}: they cannot be matched; split or join blocks where they differ."
        )
    return one, other


def units(source: Sequence[Block], target: Sequence[Block], languages: tuple[str, str]) -> Iterator[Unit]:
    """A unit a sentence where a block has as many on both sides, else a unit a block; named "block.sentence"."""
    line = 0
    for number, (one, other) in enumerate(zip(source, target, strict=True), 1):
        sides = [_sentences(block, language) for block, language in zip((one, other), languages, strict=True)]
        if len(sides[0]) != len(sides[1]):
            line += 1
            yield Unit(line, one.text, other.text, str(number))
            continue
        for place, (sentence, translation) in enumerate(zip(*sides, strict=True), 1):
            line += 1
            yield Unit(line, sentence, translation, f"{number}.{place}")


def sample(blocks: Sequence[Block]) -> str:
    """The first text of a document: enough to know its language by."""
    return " ".join(block.text for block in blocks[:_SAMPLE])


def _document(source: str) -> Document:
    with opened(source) as file:
        return extract.read(file.read(extract.MAX_BYTES + 1), name=called(source))


def _without_title(document: Document) -> Iterator[Block]:
    before = None
    for part in document.parts:
        if isinstance(part, Block) and not (isinstance(before, Opening) and before.markup.startswith("<title")):
            yield part
        before = part


def _sentences(block: Block, language: str) -> list[str]:
    return [sentence.text for sentence in segment.sentences(block, language)]
