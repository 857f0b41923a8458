"""Pairs the start and end tags of a token stream, as far as they pair, in linear time and without recursion."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from translate.extract.elements import (
    BLOCK,
    FOREIGN,
    IMPLIED_END,
    OPAQUE,
    OPAQUE_INLINE,
    RAW_TEXT,
    SCOPE,
    TABLE_PARTS,
    VOID,
)
from translate.extract.tokens import Token, TokenKind

NO_PARTNER = -1


@dataclass(frozen=True)
class Tree:
    """Where elements end, by token index.

    `partner[i]` is the end tag of the start tag at i, or the other way round, or NO_PARTNER. For a start tag, `end[i]`
    is the token at which its element ends: its end tag, or whatever closes it by implication, or the number of
    tokens. Elements are nested or apart, never crossed. For any other token, `end[i]` is i.
    """

    partner: Sequence[int]
    end: Sequence[int]

    def last(self, start: int) -> int:
        """The last token that belongs to the element whose start tag is at `start`."""
        return self.end[start] if self.partner[start] != NO_PARTNER else max(start, self.end[start] - 1)


def is_inline(name: str) -> bool:
    """Whether tags of this name may stand in running text; so may those of names that HTML does not know."""
    return name not in BLOCK and name not in OPAQUE


def pair(tokens: Sequence[Token]) -> Tree:
    """The tree of any tokens. An end tag that closes nothing has no partner.

    The end tag of an inline element reaches back only to the block-level element around it; that of a block-level
    element to the table cell around it. What stands open between the two ends there, without a partner. A button, an
    image in SVG or the like that is never closed ends where it begins: it would take the text after it along.
    """
    first = _pair(tokens, frozenset())
    unclosed = frozenset(
        index
        for index, token in enumerate(tokens)
        if token.name in OPAQUE_INLINE - RAW_TEXT and first.partner[index] == NO_PARTNER
    )
    return _pair(tokens, unclosed) if unclosed else first


def _pair(tokens: Sequence[Token], empty: Collection[int]) -> Tree:
    """The tree in which the start tags of `empty` have no content."""
    pairing = _Pairing(tokens)
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.START and index not in empty:
            pairing.start(index, token)
        elif token.kind is TokenKind.END:
            pairing.close(index, token.name)
    return Tree(pairing.partner, pairing.end)


class _Pairing:
    """The stack of open elements, with the places in it by name, so that no lookup walks it."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.partner = [NO_PARTNER] * len(tokens)
        self.end = list(range(len(tokens)))
        self._tokens = tokens
        self._stack: list[int] = []
        self._by_name: dict[str, list[int]] = {}
        self._walls: list[int] = []
        self._scopes: list[int] = []

    def start(self, index: int, token: Token) -> None:
        """Takes in the start tag at `index`."""
        name = token.name
        if name in VOID or (name in FOREIGN and token.empty):
            return
        closed = IMPLIED_END.get(name, ())
        while self._stack and self._tokens[self._stack[-1]].name in closed:
            self._pop(index)
        if name == "a" and self._place("a") > _last(self._walls):
            # A link does not nest: browsers close the first where the second begins.
            self._pop_to(self._place("a"), index)
        place = len(self._stack)
        self._stack.append(index)
        self.end[index] = len(self._tokens)
        self._by_name.setdefault(name, []).append(place)
        if not is_inline(name):
            self._walls.append(place)
        if name in SCOPE:
            self._scopes.append(place)

    def close(self, index: int, name: str) -> None:
        """Takes in the end tag at `index`."""
        place = self._place(name)
        if place <= self._barrier(name):
            return
        self._pop_to(place + 1, index)
        self.partner[index] = self._stack[-1]
        self.partner[self._stack[-1]] = index
        self._pop(index)

    def _barrier(self, name: str) -> int:
        """The place on the stack that an end tag of this name does not reach beyond."""
        if is_inline(name):
            return _last(self._walls)
        if name in TABLE_PARTS:
            return self._place("table")
        return -1 if name in SCOPE or name in ("body", "html") else _last(self._scopes)

    def _place(self, name: str) -> int:
        return _last(self._by_name.get(name, ()))

    def _pop_to(self, height: int, index: int) -> None:
        while len(self._stack) > height:
            self._pop(index)

    def _pop(self, index: int) -> None:
        """Ends the innermost open element at token `index`."""
        start = self._stack.pop()
        place = len(self._stack)
        self.end[start] = index
        self._by_name[self._tokens[start].name].pop()
        for places in (self._walls, self._scopes):
            if places and places[-1] == place:
                places.pop()


def _last(places: Sequence[int]) -> int:
    return places[-1] if places else -1
