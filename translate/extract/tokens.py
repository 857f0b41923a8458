"""Cuts HTML into tokens that are verbatim source: joined, they are the input again, whatever it was.

A small scanner of our own after https://html.spec.whatwg.org/multipage/parsing.html#tokenization, because the standard
library's html.parser cannot promise that: it drops `</>`, raises on some marked sections, needs quadratic time for
unclosed markup, and cuts scripts, comments and bad end tags differently from one patch release of Python to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from html import unescape

from translate.extract.elements import FOREIGN, RAW_TEXT


class TokenKind(Enum):
    """What a token is; HIDDEN is markup without a name: a comment, a doctype, a processing instruction."""

    TEXT = "text"
    START = "start tag"
    END = "end tag"
    HIDDEN = "hidden"
    RAW = "raw text"


@dataclass(frozen=True)
class Token:
    """A piece of source; `name` (tags only) is in lower case; `empty` where a start tag ends in "/>"."""

    kind: TokenKind
    raw: str
    name: str = ""
    empty: bool = False


# White space in markup is ASCII only; a no-break space may be part of an unquoted value.
_NAME = re.compile(r"[A-Za-z][^\t\n\f\r />]*")
_GAP = re.compile(r"[\t\n\f\r /]*")
_SPACE = re.compile(r"[\t\n\f\r ]*")
_ATTRIBUTE = re.compile(r"=?[^\t\n\f\r />=]*")
_UNQUOTED = re.compile(r"[^\t\n\f\r >]*")
_COMMENT_END = re.compile(r"--!?>")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_ASCII_LETTER = re.compile(r"[A-Za-z]")


class _Source:
    """The text with a memory of what it does not hold any more, so that no search runs to its end twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._absent: dict[str, int] = {}

    def find(self, what: str, start: int) -> int:
        """Like str.find from `start`, but constant time once it has failed."""
        if start >= self._absent.get(what, len(self.text) + 1):
            return -1
        found = self.text.find(what, start)
        if found < 0:
            self._absent[what] = start
        return found

    def search(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """Like re.search from `start`, but constant time once it has failed."""
        if start >= self._absent.get(pattern.pattern, len(self.text) + 1):
            return None
        found = pattern.search(self.text, start)
        if found is None:
            self._absent[pattern.pattern] = start
        return found


@dataclass(frozen=True)
class _Tag:
    """Where a tag ends, and its attributes' names and raw values; not `closed` where the text ends first."""

    end: int
    closed: bool
    attributes: tuple[tuple[str, str], ...] = ()


def _scan_tag(source: _Source, start: int) -> _Tag:
    """The tag whose attributes begin at `start`. If it is never closed, `end` is where what stays open began."""
    text = source.text
    found: list[tuple[str, str]] = []
    at = start
    while True:
        at = _end(_GAP, text, at)
        if at >= len(text):
            return _Tag(len(text), False)
        if text[at] == ">":
            return _Tag(at + 1, True, tuple(found))
        name_end = _end(_ATTRIBUTE, text, at)
        name, at = text[at:name_end], name_end
        equals = _end(_SPACE, text, at)
        value = ""
        if equals < len(text) and text[equals] == "=":
            at = _end(_SPACE, text, equals + 1)
            if text[at : at + 1] in ('"', "'"):
                close = source.find(text[at], at + 1)
                if close < 0:
                    return _Tag(at, False)
                value, at = text[at + 1 : close], close + 1
            else:
                value_end = _end(_UNQUOTED, text, at)
                value, at = text[at:value_end], value_end
        found.append((name, value))


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where a match of a pattern that always matches ends."""
    match = pattern.match(text, start)
    return match.end() if match else start


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag's source, names in lower case, values decoded; the first of two counts."""
    found: dict[str, str] = {}
    scanned = _scan_tag(_Source(tag), _end(_NAME, tag, 1))
    for name, value in scanned.attributes:
        found.setdefault(name.lower(), unescape(value))
    return found


def unclosed(hidden: Token) -> str:
    """What a hidden token lacks to be closed: nothing, unless it runs to the end of its text."""
    if hidden.raw.startswith("<!--"):
        return "" if re.fullmatch(r"<!--(?:-?>|.*--!?>)", hidden.raw, re.DOTALL) else "-->"
    return "" if hidden.raw.endswith(">") else ">"


def tokenize(text: str) -> Iterator[Token]:
    """The tokens of any text at all, in linear time; their `raw` joined is the text."""
    source = _Source(text)
    at = 0
    foreign = 0
    while at < len(text):
        markup = source.search(_MARKUP, at)
        stop = markup.start() if markup else len(text)
        if stop > at:
            yield Token(TokenKind.TEXT, text[at:stop])
            at = stop
            continue
        token = _markup(source, at, foreign > 0)
        yield token
        at += len(token.raw)
        if token.name in FOREIGN and not token.empty:
            foreign = foreign + 1 if token.kind is TokenKind.START else max(foreign - 1, 0)
        elif token.kind is TokenKind.START and token.name in RAW_TEXT and not (foreign and token.empty):
            stop = _raw_end(source, at, token.name)
            if stop > at:
                yield Token(TokenKind.RAW, text[at:stop])
            at = stop
        elif token.kind is TokenKind.START and token.name == "plaintext":
            if at < len(text):
                yield Token(TokenKind.RAW, text[at:])
            return


def _markup(source: _Source, at: int, foreign: bool) -> Token:
    """The token that begins with the "<" at `at`: a tag, something hidden, or text after all."""
    text = source.text
    following = text[at + 1]
    if following == "/":
        if _ASCII_LETTER.match(text, at + 2):
            return _tag(source, at, at + 2, TokenKind.END)
        return _hidden(source, at, ">") if at + 2 < len(text) else Token(TokenKind.TEXT, text[at:])
    if following == "?":
        return _hidden(source, at, ">")
    if following == "!":
        if text.startswith("--", at + 2):
            return _comment(source, at)
        return _hidden(source, at, "]]>" if foreign and text.startswith("[CDATA[", at + 2) else ">")
    return _tag(source, at, at + 1, TokenKind.START)


def _tag(source: _Source, at: int, name_start: int, kind: TokenKind) -> Token:
    name_end = _end(_NAME, source.text, name_start)
    tag = _scan_tag(source, name_end)
    raw = source.text[at : tag.end]
    if not tag.closed:
        # A browser would drop all that follows; to a reader it is text.
        return Token(TokenKind.TEXT, raw)
    return Token(kind, raw, source.text[name_start:name_end].lower(), raw.endswith("/>"))


def _hidden(source: _Source, at: int, end: str) -> Token:
    found = source.find(end, at + 2)
    if found < 0:
        return Token(TokenKind.HIDDEN, source.text[at:])
    return Token(TokenKind.HIDDEN, source.text[at : found + len(end)])


def _comment(source: _Source, at: int) -> Token:
    text = source.text
    for empty in ("<!-->", "<!--->"):
        if text.startswith(empty, at):
            return Token(TokenKind.HIDDEN, empty)
    match = source.search(_COMMENT_END, at + 4)
    return Token(TokenKind.HIDDEN, text[at : match.end() if match else len(text)])


# One pattern a name, and so one memory of absence in _Source.
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE) for name in RAW_TEXT}


def _raw_end(source: _Source, at: int, name: str) -> int:
    """Where the content that began at `at` ends: at its end tag, else at the text's end.

    A title that is never closed would swallow the whole page; as markup it costs only itself.
    """
    match = source.search(_RAW_ENDS[name], at)
    if match:
        return match.start()
    return at if name == "title" else len(source.text)
