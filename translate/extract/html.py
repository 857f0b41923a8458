"""Takes HTML apart into verbatim markup and runs of text, whatever state it is in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from translate.document import Block, Document, Kind, Opening, Part, Role, Span
from translate.extract.blocks import build, is_protected
from translate.extract.builder import Built
from translate.extract.elements import (
    BLOCK,
    CARRIES_LANGUAGE,
    OPAQUE,
    ROLE_NEUTRAL,
    ROLES,
    VOID,
    WORDLESS,
)
from translate.extract.tokens import Token, TokenKind, attributes, tokenize
from translate.extract.tree import NO_PARTNER, Tree, is_inline, pair

# A table cell with more text than this stands in a table that lays out a page.
_CELL_AT_MOST = 200


@dataclass(frozen=True)
class Piece:
    """Consecutive tokens: markup that passes through verbatim, or a run of text with its block.

    `wordy` where it holds words of the page that are never translated, such as a code listing.
    """

    tokens: Span
    built: Built | None = None
    wordy: bool = False

    @property
    def block(self) -> Block | None:
        """The text to translate, if there is any."""
        return self.built.block if self.built else None


@dataclass(frozen=True)
class Layout:
    """A document's tokens, how they pair, and the pieces that they fall into."""

    tokens: Sequence[Token]
    tree: Tree
    pieces: Sequence[Piece]

    def raw(self, span: Span) -> str:
        """The source of the tokens in `span`."""
        return "".join(token.raw for token in self.tokens[span.start : span.end])


def read_fragment(text: str) -> Document:
    """A document of all the text blocks in `text`."""
    laid_out = layout(text)
    every = {number for number, piece in enumerate(laid_out.pieces) if piece.block}
    return Document(tuple(assemble(laid_out, every)), Kind.FRAGMENT)


def layout(text: str) -> Layout:
    """The pieces of any text read as HTML; never raises."""
    tokens = tuple(tokenize(text))
    tree = pair(tokens)
    return Layout(tokens, tree, tuple(_Splitter(tokens, tree).pieces()))


def assemble(laid_out: Layout, keep: Collection[int]) -> Iterator[Part]:
    """The document's parts, with the blocks of the pieces whose numbers are in `keep`; the rest is verbatim source."""
    openings = _openings(laid_out, keep)
    verbatim: list[str] = []
    for part in _parts(laid_out, keep, openings):
        if isinstance(part, str):
            verbatim.append(part)
            continue
        if any(verbatim):
            yield "".join(verbatim)
        verbatim.clear()
        yield part
    if any(verbatim):
        yield "".join(verbatim)


def _parts(laid_out: Layout, keep: Collection[int], openings: Collection[int]) -> Iterator[Part]:
    # Where only some pieces are kept, the others are somebody else's: not even their bad nesting is touched.
    repair_all = len(keep) == sum(1 for piece in laid_out.pieces if piece.block)
    for number, piece in enumerate(laid_out.pieces):
        built = piece.built
        if piece.tokens.start in openings:
            yield Opening(laid_out.raw(piece.tokens))
        elif built is None or not (number in keep or (repair_all and built.block is None)):
            yield laid_out.raw(piece.tokens)
        else:
            yield built.before
            if built.block:
                yield built.block
            yield built.after


def _openings(laid_out: Layout, keep: Collection[int]) -> frozenset[int]:
    """The start tags of the block-level elements that hold translated text and no other."""
    kept = [0] * (len(laid_out.tokens) + 1)
    missed = [0] * (len(laid_out.tokens) + 1)
    for number, piece in enumerate(laid_out.pieces):
        kept[piece.tokens.start + 1] += number in keep
        missed[piece.tokens.start + 1] += piece.wordy or (piece.block is not None and number not in keep)
    kept_before, missed_before = list(accumulate(kept)), list(accumulate(missed))
    found = set()
    for piece in laid_out.pieces:
        index = piece.tokens.start
        token = laid_out.tokens[index]
        if piece.built is None and token.kind is TokenKind.START and token.name in CARRIES_LANGUAGE:
            stop = laid_out.tree.end[index]
            if kept_before[stop] > kept_before[index] and missed_before[stop] == missed_before[index]:
                found.add(index)
    return frozenset(found)


class _Splitter:
    """Walks the tokens once and cuts them into pieces."""

    def __init__(self, tokens: Sequence[Token], tree: Tree) -> None:
        self._tokens = tokens
        self._tree = tree
        self._opaque = _opaque(tokens, tree)
        self._breaks = _double_breaks(tokens, tree)
        self._boundaries = _boundaries(tokens, self._opaque, self._breaks)
        self._roles: list[tuple[int, Role]] = []
        self._inline_ends: list[int] = []

    def pieces(self) -> Iterator[Piece]:
        """The pieces, in order; together they cover every token."""
        index = run_start = 0
        while index < len(self._tokens):
            last = self._boundary(index)
            if last is None:
                index = self._opaque.get(index, index) + 1
                continue
            if run_start < index:
                yield self._run(Span(run_start, index))
            self._enter(index)
            span = Span(index, last + 1)
            yield Piece(span, wordy=last > index and self._has_words(span))
            index = run_start = last + 1
        if run_start < index:
            yield self._run(Span(run_start, index))

    def _boundary(self, index: int) -> int | None:
        """The last token of the markup that ends the run at `index`; None where the run goes on."""
        token = self._tokens[index]
        while self._inline_ends and self._inline_ends[-1] <= index:
            self._inline_ends.pop()
        if index in self._opaque:
            return self._opaque[index] if token.name in BLOCK else None
        if token.kind not in (TokenKind.START, TokenKind.END):
            return None
        if token.name in BLOCK or index in self._breaks:
            return index
        if token.name == "br":
            return None if self._inline_ends else index
        if self._is_structural(index):
            if token.kind is TokenKind.START and is_protected(token.raw, token.name):
                return self._tree.partner[index]
            return index
        if token.kind is TokenKind.START:
            self._inline_ends.append(self._tree.end[index])
        return None

    def _is_structural(self, index: int) -> bool:
        """Whether the tag at `index` belongs to an inline element that holds block-level markup."""
        partner = self._tree.partner[index]
        if partner == NO_PARTNER:
            return False
        start, end = min(index, partner), max(index, partner)
        return self._boundaries[end] > self._boundaries[start + 1]

    def _enter(self, index: int) -> None:
        """Notes what a block-level start tag at `index` makes of the text in it."""
        self._inline_ends.clear()
        token = self._tokens[index]
        if token.kind is TokenKind.START and token.name in BLOCK and token.name not in ROLE_NEUTRAL:
            self._role(index)
            self._roles.append((self._tree.end[index], ROLES.get(token.name, Role.PARAGRAPH)))

    def _role(self, index: int) -> Role:
        while self._roles and self._roles[-1][0] <= index:
            self._roles.pop()
        return self._roles[-1][1] if self._roles else Role.PARAGRAPH

    def _run(self, span: Span) -> Piece:
        role = self._role(span.start)
        built = build(self._tokens, self._tree, self._opaque, span, role)
        if built.block and role is Role.CELL and len(built.block.text) > _CELL_AT_MOST:
            built = replace(built, block=replace(built.block, role=Role.PARAGRAPH))
        holds_opaque = any(index in self._opaque for index in range(span.start, span.end))
        return Piece(span, built, holds_opaque and self._has_opaque_words(span))

    def _has_opaque_words(self, span: Span) -> bool:
        return any(
            self._has_words(Span(index, self._opaque[index] + 1))
            for index in range(span.start, span.end)
            if index in self._opaque
        )

    def _has_words(self, span: Span) -> bool:
        """Whether an opaque element shows a reader words."""
        first = self._tokens[span.start]
        if first.name in WORDLESS or "hidden" in attributes(first.raw):
            return False
        return any(
            token.kind in (TokenKind.TEXT, TokenKind.RAW) and any(map(str.isalpha, token.raw))
            for token in self._tokens[span.start : span.end]
        )


def _opaque(tokens: Sequence[Token], tree: Tree) -> dict[int, int]:
    """First token -> last token of everything that passes through whole, save inline elements with block markup."""
    found: dict[int, int] = {}
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind is TokenKind.START and _is_opaque(token, tree.partner[index] != NO_PARTNER):
            found[index] = tree.last(index)
            index = found[index]
        index += 1
    return found


def _is_opaque(token: Token, is_closed: bool) -> bool:
    if token.name in OPAQUE:
        return True
    if token.name in VOID or token.name in ("html", "body", "head"):
        # A page that asks for no translation as a whole was still given to be translated.
        return False
    if "hidden" in token.raw.lower() and "hidden" in attributes(token.raw):
        return is_closed or not is_inline(token.name)
    return not is_inline(token.name) and is_protected(token.raw, token.name)


def _boundaries(tokens: Sequence[Token], opaque: Mapping[int, int], breaks: Collection[int]) -> list[int]:
    """For each token index, how many boundaries of running text stand before it; inside an opaque element none do."""
    counts = [0]
    hidden_until = -1
    for index, token in enumerate(tokens):
        is_boundary = index > hidden_until and (
            (token.name in BLOCK and token.kind in (TokenKind.START, TokenKind.END)) or index in breaks
        )
        counts.append(counts[-1] + is_boundary)
        hidden_until = max(hidden_until, opaque.get(index, -1))
    return counts


def _double_breaks(tokens: Sequence[Token], tree: Tree) -> frozenset[int]:
    """The `<br>` (or `</br>`) tags, two or more in a row, that part paragraphs even inside an inline element."""
    found: set[int] = set()
    previous: int | None = None
    for index, token in enumerate(tokens):
        if token.name == "br":
            if previous is not None:
                found.update((previous, index))
            previous = index
        elif token.kind is TokenKind.END:
            # An end tag that closes nothing will be gone.
            previous = previous if tree.partner[index] == NO_PARTNER and token.name not in BLOCK else None
        elif token.kind is not TokenKind.TEXT or not token.raw.isspace():
            previous = None
    return frozenset(found)
