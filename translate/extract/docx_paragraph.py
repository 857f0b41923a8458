"""Takes a Word paragraph apart into blocks whose inlines are HTML, each with the number of what it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TypeAlias

from lxml import etree

from translate.document import Role
from translate.extract.builder import BlockBuilder, Built
from translate.extract.docx_runs import Group, Item, Key, Point, Text, dominant

Numbered: TypeAlias = "Point | Group | Text"
"""What a number in a paragraph's markup stands for; a Text stands for its formatting."""

_WORD = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Chunk:
    """A paragraph's content between two tabs or line breaks; `items` are what it is made of."""

    items: tuple[Item, ...]
    built: Built


@dataclass(frozen=True)
class Paragraph:
    """A paragraph taken apart: chunks with the break before each but the first.

    In markup, `data-run="N"` marks what stands for `numbered[N]`; text outside has the formatting of `plain`. `around`
    are the HTML elements that all of it stands in.
    """

    element: etree._Element
    chunks: tuple[Chunk, ...]
    breaks: tuple[Point, ...]
    numbered: tuple[Numbered, ...]
    plain: Text | None
    around: tuple[str, ...]


def take_apart(
    element: etree._Element, found: Sequence[Item], role: Role, tags: Callable[[etree._Element | None], frozenset[str]]
) -> Paragraph:
    """The paragraph of what `docx_runs.items` found in it; `tags` names the HTML elements of a run's formatting."""
    texts = [item for item in found if isinstance(item, Text)]
    plain = dominant(texts)
    visible = [tags(text.rpr) for text in texts if text.text.strip()]
    around = frozenset.intersection(*visible) if visible else frozenset()
    writer = _Writer(tags)
    pieces, breaks = _split(found)
    chunks = tuple(Chunk(piece, writer.built(piece, plain, around, role)) for piece in pieces)
    return Paragraph(element, chunks, breaks, tuple(writer.numbered), plain, tuple(sorted(around)))


def _split(found: Sequence[Item]) -> tuple[list[tuple[Item, ...]], tuple[Point, ...]]:
    """The items between breaks, and the breaks."""
    pieces: list[list[Item]] = [[]]
    breaks: list[Point] = []
    for item in found:
        if isinstance(item, Point) and item.is_break:
            breaks.append(item)
            pieces.append([])
        else:
            pieces[-1].append(item)
    return [tuple(piece) for piece in pieces], tuple(breaks)


class _Writer:
    """Feeds a paragraph's items to block builders and numbers what is not plain text."""

    def __init__(self, tags: Callable[[etree._Element | None], frozenset[str]]) -> None:
        self.numbered: list[Numbered] = []
        self._tags = tags

    def built(self, found: Sequence[Item], plain: Text | None, around: frozenset[str], role: Role) -> Built:
        """One chunk as a block."""
        builder = BlockBuilder()
        self._feed(builder, found, plain.key if plain else (), around)
        return builder.finish(role)

    def _feed(self, builder: BlockBuilder, found: Sequence[Item], plain: Key, shown: frozenset[str]) -> None:
        for stretch, key in _stretches(found):
            if key is None or key == plain:
                self._inside(builder, stretch, shown)
                continue
            first = next(item for item in stretch if isinstance(item, Text))
            names = sorted(self._tags(first.rpr) - shown)
            closing = self._open(builder, first, names)
            self._inside(builder, stretch, shown)
            builder.close(closing)

    def _inside(self, builder: BlockBuilder, stretch: Sequence[Item], shown: frozenset[str]) -> None:
        for item in stretch:
            if isinstance(item, Text):
                _write(builder, item.text)
            elif isinstance(item, Group) and any(text.text.strip() for text in item.texts):
                self._group(builder, item, shown)
            else:
                raw = f'<span data-run="{self._number(item)}"></span>'
                if isinstance(item, Point):
                    builder.point(raw, visible=item.visible, is_break=item.is_break)
                else:
                    builder.point(raw, visible=True)

    def _group(self, builder: BlockBuilder, group: Group, shown: frozenset[str]) -> None:
        own = dominant(group.texts)
        names = sorted(self._tags(own.rpr if own else None) - shown)
        if group.href:
            # A link's line under it is the reader's own affair.
            names = [name for name in names if name != "u"]
        closing = self._open(builder, group, names, group.href or "", group.protected)
        self._feed(builder, group.items, own.key if own else (), shown.union(names))
        builder.close(closing)

    def _open(
        self, builder: BlockBuilder, item: Numbered, names: Sequence[str], href: str = "", protected: bool = False
    ) -> str:
        """Opens one inline, of whose HTML elements the first has the number; returns what closes it."""
        named = ["a", *names] if href else list(names) or ["span"]
        attributes = f' data-run="{self._number(item)}"' + (f' href="{escape(href)}"' if href else "")
        builder.open(f"<{named[0]}{attributes}>" + "".join(f"<{name}>" for name in named[1:]), protected=protected)
        return "".join(f"</{name}>" for name in reversed(named))

    def _number(self, item: Numbered) -> int:
        self.numbered.append(item)
        return len(self.numbered) - 1


def _write(builder: BlockBuilder, text: str) -> None:
    for atom in _WORD.findall(text):
        if atom.isspace():
            builder.space(" ")
        else:
            builder.word(escape(atom, quote=False), atom)


def _stretches(found: Sequence[Item]) -> Iterator[tuple[list[Item], Key | None]]:
    """Neighbours of one formatting, with its key; None for what has no formatting of its own.

    Points and white space go with a stretch that stands on both their sides; Word cuts runs at every such place.
    """
    keys = [item.key if isinstance(item, Text) and item.text.strip() else None for item in found]
    last: int | None = None
    for index, item in enumerate(found):
        if isinstance(item, Group):
            last = None
        elif keys[index] is not None:
            if last is not None and keys[last] == keys[index]:
                keys[last:index] = [keys[index]] * (index - last)
            last = index
    for key, members in groupby(zip(keys, found, strict=True), key=lambda pair: pair[0]):
        yield [item for _, item in members], key
