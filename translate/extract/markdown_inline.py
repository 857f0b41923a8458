"""Reads Markdown's inline markup with the place of every token, which the parser itself does not tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from translate.document import Role
from translate.extract import tokens as html
from translate.extract.blocks import is_protected
from translate.extract.builder import BlockBuilder, Built
from translate.extract.elements import OPAQUE, VISIBLE_POINTS, VOID
from translate.extract.markdown_source import Located

Environment = MutableMapping[str, Any]

_ATOM = re.compile(r"\s+|\S+")
_SPACES = re.compile(r"\s+")
# The key under which a token's `meta` holds its [start, end) in the content.
_PLACE = "place"
_OPENING = frozenset(("em_open", "strong_open", "s_open", "link_open"))
_CLOSING = frozenset(("em_close", "strong_close", "s_close", "link_close"))


@dataclass(frozen=True)
class Placed:
    """A token of a known kind and its place in the content, [start, end)."""

    type: str
    start: int
    end: int
    token: Token


def parser_with_places() -> MarkdownIt:
    """CommonMark with tables and strikethrough, whose inline tokens come to know their places.

    It parses blocks only: `read_inline` parses their content.
    """
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Texts that are joined lose their places.
    parser.core.ruler.disable(["inline", "text_join"])
    parser.inline.ruler2.disable("fragments_join")
    rules = zip(parser.inline.ruler.get_active_rules(), parser.inline.ruler.getRules(""), strict=True)
    for name, rule in list(rules):
        parser.inline.ruler.at(name, _recording(rule))
    return parser


def _recording(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """An inline rule that also notes where the tokens that it makes begin and end."""

    def recording(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > count:
            _note(state, state.tokens[count:], start)
        return True

    return recording


def _note(state: StateInline, made: Sequence[Token], start: int) -> None:
    """Notes the places of the tokens that a rule has made of src[start:pos]; text that waited before it stays bare."""
    last = made[-1]
    if last.type == "text":
        # Marks of emphasis or strikethrough, each a token, which a later pass may turn into opening and closing ones.
        end = state.pos
        for token in reversed(made):
            if end > start:
                token.meta[_PLACE] = (end - len(token.content), end)
                end -= len(token.content)
    elif last.type == "link_close":
        opening = next(token for token in made if token.type == "link_open" and _PLACE not in token.meta)
        opening.meta[_PLACE] = (start, start + 1)
        last.meta[_PLACE] = (_label_end(state, start), state.pos)
    else:
        if last.type == "hardbreak":
            # The spaces that make a line's end a hard break belong to it.
            while start > 0 and state.src[start - 1] == " ":
                start -= 1
        last.meta[_PLACE] = (start, state.pos)


def _label_end(state: StateInline, start: int) -> int:
    """Where the closing part of a link that begins at `start` begins: at its "]", or an automatic link's ">"."""
    if state.src[start] == "<":
        return state.pos - 1
    end = state.pos
    try:
        state.pos = start
        return int(state.md.helpers.parseLinkLabel(state, start, True))
    finally:
        state.pos = end


def read_inline(parser: MarkdownIt, environment: Environment, content: str) -> list[Placed]:
    """The tokens of `content`, in order and without a gap."""
    tokens = parser.inline.parse(content, parser, environment, [])
    _straighten(tokens)
    starts = [len(content)]
    for token in reversed(tokens):
        starts.append(token.meta[_PLACE][0] if _PLACE in token.meta else starts[-1])
    following = starts[-2::-1]
    placed: list[Placed] = []
    at = 0
    for index, token in enumerate(tokens):
        start, end = token.meta.get(_PLACE, (at, following[index]))
        if token.type == "strong_open":
            start = tokens[index - 1].meta[_PLACE][0]
        elif token.type == "strong_close":
            end = tokens[index + 1].meta[_PLACE][1]
        elif token.type == "text" and not token.content:
            # The other half of a strong mark.
            continue
        if start > at:
            placed.append(Placed("text", at, start, token))
        placed.append(Placed(token.type, start, end, token))
        at = end
    if at < len(content):
        placed.append(Placed("text", at, len(content), Token("text", "", 0)))
    return placed


def _straighten(tokens: Sequence[Token]) -> None:
    """Puts places in order again where the parser has swapped the marks of a run such as "~~~"."""
    index = 0
    while index < len(tokens):
        stop = index
        while (
            stop < len(tokens)
            and _PLACE in tokens[stop].meta
            and (tokens[stop].markup or tokens[stop].content)[:1] == "~"
        ):
            stop += 1
        run = tokens[index:stop]
        at = min((token.meta[_PLACE][0] for token in run), default=0)
        for token in run:
            start, end = token.meta[_PLACE]
            token.meta[_PLACE] = (at, at + end - start)
            at += end - start
        index = max(stop, index + 1)


def build_lines(
    parser: MarkdownIt, environment: Environment, located: Located, role: Role
) -> Iterator[tuple[int, int, Built]]:
    """The blocks of a content, with their [start, end) in the file: one, or more where hard breaks part it."""
    tokens = read_inline(parser, environment, located.content)
    partners = _html_pairs(tokens)
    first = depth = 0
    for index, placed in enumerate(tokens):
        if placed.type in _OPENING or partners.get(index, -1) > index:
            depth += 1
        elif placed.type in _CLOSING or index in partners:
            depth -= 1
        elif placed.type == "hardbreak" and depth == 0:
            if index > first:
                yield _build(located, tokens, partners, range(first, index), role)
            first = index + 1
    if first < len(tokens):
        yield _build(located, tokens, partners, range(first, len(tokens)), role)


def _html_pairs(tokens: Sequence[Placed]) -> dict[int, int]:
    """The tags of inline HTML that pair within the same Markdown element, each with the other's number."""
    pairs: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for index, placed in enumerate(tokens):
        if placed.type in _OPENING:
            stack.append(("", index))
        elif placed.type in _CLOSING:
            while stack and stack.pop()[0]:
                pass
        elif placed.type == "html_inline":
            tag = _tag(placed)
            if tag.kind is html.TokenKind.START and tag.name not in VOID:
                stack.append((tag.name, index))
            elif tag.kind is html.TokenKind.END:
                place = len(stack) - 1
                while place >= 0 and stack[place][0] not in ("", tag.name):
                    place -= 1
                if place >= 0 and stack[place][0]:
                    pairs[index], pairs[stack[place][1]] = stack[place][1], index
                    del stack[place:]
    return pairs


def _tag(placed: Placed) -> html.Token:
    return next(html.tokenize(placed.token.content))


def _build(
    located: Located, tokens: Sequence[Placed], partners: dict[int, int], numbers: range, role: Role
) -> tuple[int, int, Built]:
    feeder = _Feeder(located)
    for number in numbers:
        feeder.add(tokens[number], partners.get(number, number) - number)
    start, end = tokens[numbers[0]].start, tokens[numbers[-1]].end
    return located.offsets[start], located.offsets[end], feeder.builder.finish(role)


class _Feeder:
    """Feeds placed tokens to a block builder."""

    def __init__(self, located: Located) -> None:
        self.builder = BlockBuilder()
        self._located = located
        self._labels: list[int] = []

    def add(self, placed: Placed, partner: int) -> None:
        """Adds a token; `partner` is how much further on a tag of inline HTML has its partner, 0 for none."""
        raw = self._located.raw(placed.start, placed.end)
        if placed.type in _OPENING:
            self._labels.append(placed.end)
            self.builder.open(raw, protected=placed.token.info == "auto")
        elif placed.type in _CLOSING:
            label = self._labels.pop()
            self.builder.close(self._reference(raw, label, placed.start) if placed.type == "link_close" else raw)
        elif placed.type == "code_inline":
            self._code(placed, raw)
        elif placed.type == "html_inline":
            self._html(placed, raw, partner)
        elif placed.type == "image":
            self.builder.point(raw, visible=True)
        elif placed.type == "hardbreak":
            self.builder.point(raw, is_break=True)
        elif placed.type == "text_special" and not self.builder.protected:
            self._special(raw, placed.token.content)
        else:
            self._text(placed.start, placed.end)

    def _text(self, start: int, end: int) -> None:
        for match in _ATOM.finditer(self._located.content, start, end):
            raw = self._located.raw(match.start(), match.end())
            if match.group().isspace():
                self.builder.space(raw)
            else:
                self.builder.word(raw, match.group())

    def _special(self, raw: str, text: str) -> None:
        """Adds an escape or a character reference as what it stands for."""
        for number, atom in enumerate(_ATOM.findall(text)):
            source = "" if number else raw
            if atom.isspace():
                self.builder.space(source)
            else:
                self.builder.word(source, atom)

    def _code(self, placed: Placed, raw: str) -> None:
        content = self._located.content
        marks = len(placed.token.markup)
        start, end = placed.start + marks, placed.end - marks
        inner = content[start:end]
        if inner.isspace():
            self.builder.point(raw, visible=True)
            return
        # Spaces may keep a backtick in the code from those around it.
        start += len(inner) - len(inner.lstrip())
        end -= len(inner) - len(inner.rstrip())
        self.builder.open(self._located.raw(placed.start, start), protected=True)
        self._text(start, end)
        self.builder.close(self._located.raw(end, placed.end))

    def _html(self, placed: Placed, raw: str, partner: int) -> None:
        tag = _tag(placed)
        if partner > 0:
            self.builder.open(raw, protected=tag.name in OPAQUE or is_protected(tag.raw, tag.name))
        elif partner < 0:
            self.builder.close(raw)
        else:
            self.builder.point(raw, visible=tag.name in VISIBLE_POINTS, is_break=tag.name == "br")

    def _reference(self, raw: str, start: int, end: int) -> str:
        """The closing part of a link. One that is its own reference gets a name that the translation keeps."""
        if raw not in ("]", "][]"):
            return raw
        label = self._located.raw(start, end)
        if "\n" in label or "\r" in label:
            label = _SPACES.sub(" ", self._located.content[start:end])
        return f"][{label}]"
