"""Makes a block of a run of HTML tokens: references decoded, bad nesting repaired."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape

from translate.document import Role, Span
from translate.extract.builder import BlockBuilder, Built
from translate.extract.elements import CODE, FOREIGN, VISIBLE_POINTS, VOID
from translate.extract.tokens import Token, TokenKind, attributes, unclosed
from translate.extract.tree import NO_PARTNER, Tree

# Character references as html.unescape takes them, but never over white space.
_ATOM = re.compile(r"\s+|&(?:nbsp;?|#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\s<&#;]{1,32};?)|[^\s&]+|&")

_TAG = re.compile(r"<[A-Za-z/]")


def build(tokens: Sequence[Token], tree: Tree, opaque: Mapping[int, int], run: Span, role: Role) -> Built:
    """The block that the tokens in `run` make, if they hold a letter that may be translated.

    `opaque` maps the first token of what passes through whole to its last one. An inline element that is not closed
    in the run is closed where its parent or the run ends, and an end tag without a start is dropped.
    """
    run_builder = _RunBuilder(tokens, tree)
    index = run.start
    while index < run.end:
        run_builder.close_ended(index)
        last = opaque.get(index, index)
        if index in opaque:
            run_builder.opaque(index, last)
        else:
            run_builder.token(index)
        index = last + 1
    run_builder.close_all()
    return run_builder.builder.finish(role)


def is_protected(tag: str, name: str) -> bool:
    """Whether a start tag says that what it holds must not be translated.

    `translate="no"` and `class="notranslate"` hold for all that is inside: a `translate="yes"` further in does not
    lift them.
    """
    if name in CODE:
        return True
    if "translate" not in tag.lower():
        return False
    found = attributes(tag)
    return found.get("translate", "").strip().lower() == "no" or "notranslate" in found.get("class", "").lower().split()


class _RunBuilder:
    """Feeds tokens to a block builder, and closes for it what the source does not."""

    def __init__(self, tokens: Sequence[Token], tree: Tree) -> None:
        self.builder = BlockBuilder()
        self._tokens = tokens
        self._tree = tree
        self._open: list[int] = []

    def token(self, index: int) -> None:
        """Adds the token at `index`."""
        token = self._tokens[index]
        if token.kind in (TokenKind.TEXT, TokenKind.RAW):
            # A tag that runs to the text's end would swallow the end tags that are put after it.
            is_tag = self._open and _TAG.match(token.raw)
            self._text(token.raw.replace("<", "&lt;") if is_tag else token.raw)
        elif token.kind is TokenKind.END and token.name != "br":
            if self._tree.partner[index] != NO_PARTNER:
                self._open.pop()
                self.builder.close(token.raw)
        elif token.kind is TokenKind.HIDDEN:
            # So would a comment.
            self._point(token.raw + (unclosed(token) if self._open else ""), token.name)
        elif token.name == "br" or self._is_empty(index):
            self._point(token.raw, token.name)
        else:
            self._open.append(index)
            self.builder.open(token.raw, protected=is_protected(token.raw, token.name))

    def opaque(self, first: int, last: int) -> None:
        """Adds the tokens from `first` to `last` as one point, closed if they are not."""
        name = self._tokens[first].name
        raw = "".join(token.raw for token in self._tokens[first : last + 1])
        is_closed = (
            self._tree.partner[first] != NO_PARTNER or name in VOID or (name in FOREIGN and self._tokens[first].empty)
        )
        self._point(raw if is_closed else f"{raw}</{name}>", name)

    def close_ended(self, index: int) -> None:
        """Closes the elements that end before token `index` without an end tag of their own."""
        while self._open and self._tree.end[self._open[-1]] <= index != self._tree.partner[self._open[-1]]:
            self._close_last()

    def close_all(self) -> None:
        """Closes what the run leaves open."""
        while self._open:
            self._close_last()

    def _close_last(self) -> None:
        self.builder.close(f"</{self._tokens[self._open.pop()].name}>")

    def _is_empty(self, index: int) -> bool:
        """Whether a start tag stands alone. To HTML the slash in `<a id="x"/>` is nothing: an end tag is believed."""
        token = self._tokens[index]
        return token.name in VOID or (token.empty and self._tree.partner[index] == NO_PARTNER)

    def _point(self, raw: str, name: str) -> None:
        self.builder.point(raw, visible=name in VISIBLE_POINTS, is_break=name == "br")

    def _text(self, raw: str) -> None:
        for atom in _ATOM.findall(raw):
            decoded = unescape(atom) if atom[0] == "&" else atom
            if not decoded:
                self.builder.nothing(atom)
            elif decoded.isspace():
                self.builder.space(atom)
            else:
                self.builder.word(atom, decoded)
