"""Finds the article in a whole HTML page; every byte outside it passes through untouched."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from translate.document import Document, Kind
from translate.extract.elements import BLOCK
from translate.extract.html import Layout, assemble, layout
from translate.extract.tokens import Token, TokenKind, attributes

# Page furniture, except where a header or footer is the article's own.
_FURNITURE = frozenset(("nav", "header", "footer", "aside", "form", "dialog", "menu"))
_FURNITURE_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "dialog"))
_ARTICLE = frozenset(("article", "main"))
_CAPTION = frozenset(("figcaption", "caption"))

# Words from which a text is too long to stand in the article by chance, as "Share this" or "Read more" may.
_LONG = 6
# Words compared at a time, and the share of them that must be found: what trafilatura gives back may lack a footnote
# mark, a button or a crossed-out word that the page has.
_SHINGLE = 4
_SAME = 0.6
# Below this share of the words outside the furniture, what was found is not the article but a part of it.
_ENOUGH = 0.25
# The article's element is the smallest that holds this share of the article's words.
_NEARLY_ALL = 0.9

_WORD = re.compile(r"\w+")

Words = tuple[str, ...]


@dataclass(frozen=True)
class _Candidate:
    """A block of the page: its piece's number, its first token, and its words without case or punctuation."""

    number: int
    token: int
    words: Words

    @property
    def is_long(self) -> bool:
        """Whether it can be recognised by its words alone."""
        return len(self.words) >= _LONG


@dataclass(frozen=True)
class _Found:
    """The article as trafilatura has it: the words of its headline and of its lines, and all runs of _SHINGLE words."""

    title: Words
    lines: frozenset[Words]
    shingles: frozenset[Words]

    def holds(self, words: Words) -> bool:
        """Whether the article has this text, nearly word for word."""
        if words in self.lines:
            return True
        runs = list(_shingles(words))
        return bool(runs) and sum(run in self.shingles for run in runs) >= _SAME * len(runs)


def read_page(text: str) -> Document:
    """A document whose blocks are the article's, its headline, its captions and the page's title among them.

    The article is what trafilatura finds; where it finds nothing, or only a small part of the page's text, it is all
    the text outside navigation, headers, footers, asides and forms.
    """
    laid_out = layout(text)
    candidates = tuple(_candidates(laid_out))
    furniture = _inside(laid_out, _is_furniture(laid_out))
    outside = [candidate for candidate in candidates if not furniture[candidate.token]]
    chosen = _article(laid_out, text, candidates, outside) or outside
    titles = _inside(laid_out, lambda _, token: token.name == "title")
    keep = {candidate.number for candidate in chosen}
    keep |= {candidate.number for candidate in candidates if titles[candidate.token]}
    return Document(tuple(assemble(laid_out, keep)), Kind.PAGE)


def _article(
    laid_out: Layout, text: str, candidates: Sequence[_Candidate], outside: Sequence[_Candidate]
) -> list[_Candidate]:
    """The blocks of the article that trafilatura finds, at its second and more generous try if need be."""
    for generous in (False, True):
        found = _find(text, generous)
        if found is None:
            continue
        matching = _matching(laid_out, outside, found)
        if matching and _length(matching) >= _ENOUGH * _length(outside):
            return [*matching, *_headline(laid_out, candidates, matching, found.title)]
    return []


def _words(text: str) -> Words:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _shingles(words: Words) -> Iterator[Words]:
    return (words[at : at + _SHINGLE] for at in range(len(words) - _SHINGLE + 1))


def _length(candidates: Iterable[_Candidate]) -> int:
    return sum(len(candidate.words) for candidate in candidates if candidate.is_long)


def _candidates(laid_out: Layout) -> Iterator[_Candidate]:
    for number, piece in enumerate(laid_out.pieces):
        if piece.block:
            yield _Candidate(number, piece.tokens.start, _words(piece.block.text))


def _inside(laid_out: Layout, wanted: Callable[[int, Token], bool]) -> list[bool]:
    """For each token, whether it stands in an element whose start tag is wanted."""
    depth = [0] * (len(laid_out.tokens) + 1)
    for index, token in enumerate(laid_out.tokens):
        if token.kind is TokenKind.START and wanted(index, token):
            depth[index] += 1
            depth[laid_out.tree.end[index]] -= 1
    return [count > 0 for count in accumulate(depth)]


def _is_furniture(laid_out: Layout) -> Callable[[int, Token], bool]:
    in_article = _inside(laid_out, lambda _, token: token.name in _ARTICLE)

    def is_furniture(index: int, token: Token) -> bool:
        if token.name in ("header", "footer"):
            return not in_article[index]
        role = attributes(token.raw).get("role", "") if "role" in token.raw else ""
        return token.name in _FURNITURE or role.lower() in _FURNITURE_ROLES

    return is_furniture


def _find(text: str, generous: bool) -> _Found | None:
    """The article's text, or None where trafilatura finds none or fails on the page."""
    import trafilatura  # takes half a second to load, which only pages need spend
    from lxml.etree import LxmlError

    # It reports as an error that it found nothing, which is no error here.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    try:
        found = trafilatura.bare_extraction(
            text, include_comments=False, include_tables=True, favor_recall=generous, with_metadata=True
        )
    except (LxmlError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        return None
    if found is None or not found.text:
        return None
    lines = frozenset(_words(line) for line in re.split(r"[\n|]", found.text))
    return _Found(_words(found.title or ""), lines, frozenset(_shingles(_words(found.text))))


def _matching(laid_out: Layout, candidates: Iterable[_Candidate], found: _Found) -> list[_Candidate]:
    """Those that the article has. Short ones, and captions, which trafilatura leaves out, only in its own element."""
    present = [candidate for candidate in candidates if found.holds(candidate.words)]
    anchors = [candidate for candidate in present if candidate.is_long]
    if not anchors:
        return present
    start, end = _element_around(laid_out, anchors)
    captions = _inside(laid_out, lambda _, token: token.name in _CAPTION)
    numbers = {candidate.number for candidate in present}
    return [
        candidate
        for candidate in candidates
        if (candidate.number in numbers and candidate.is_long)
        or (start <= candidate.token < end and (candidate.number in numbers or captions[candidate.token]))
    ]


def _element_around(laid_out: Layout, anchors: Sequence[_Candidate]) -> tuple[int, int]:
    """The tokens [start, end) of the smallest block-level element that holds nearly all of the anchors' words."""
    weights = [0] * (len(laid_out.tokens) + 1)
    for anchor in anchors:
        weights[anchor.token + 1] = len(anchor.words)
    before = list(accumulate(weights))
    elements = [
        (index, laid_out.tree.end[index])
        for index, token in enumerate(laid_out.tokens)
        if token.kind is TokenKind.START and token.name in BLOCK
    ]
    holding = [(s, e) for s, e in elements if before[e] - before[s] >= _NEARLY_ALL * before[-1]]
    return min(holding, key=lambda element: element[1] - element[0], default=(0, len(laid_out.tokens)))


def _headline(
    laid_out: Layout, candidates: Sequence[_Candidate], chosen: Sequence[_Candidate], title: Words
) -> list[_Candidate]:
    """The article's `<h1>`, wherever it stands: the one that the page's title names, else the last before the article.

    A site's name is often an `<h1>` too, but then the article has one of its own, or the title names it.
    """
    in_heading = _inside(laid_out, lambda _, token: token.name == "h1")
    headings = [candidate for candidate in candidates if in_heading[candidate.token] and candidate.words]
    named = [heading for heading in headings if _is_part(heading.words, title) or _is_part(title, heading.words)]
    if named:
        # "Vote to stay | The Courier" may name the site's heading too; the article's is the longer one.
        return [max(named, key=lambda heading: len(heading.words))]
    first = min(candidate.token for candidate in chosen)
    return [heading for heading in headings if heading.token < first][-1:]


def _is_part(part: Words, whole: Words) -> bool:
    return bool(part) and any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))
