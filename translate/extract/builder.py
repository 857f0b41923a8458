"""Builds one block from a run of words, white space and markup, and keeps what frames it apart."""

from __future__ import annotations

from dataclasses import dataclass

from translate.document import Block, Inline, Role, Span


@dataclass(frozen=True)
class Built:
    """A run as a block with the source around it; without a block, `before` holds the whole run."""

    before: str
    block: Block | None = None
    after: str = ""


@dataclass
class _Element:
    """An inline element or point as it is built; pieces are counted in the builder's list."""

    start: int
    end: int
    first_piece: int
    open: str
    depth: int
    protected: bool
    close: str = ""
    empty_until: int = 0
    space_after: str = ""


class BlockBuilder:
    """Takes a run in source order and keeps it in two forms: as source, cut small, and as text with its inlines.

    White space is folded to single spaces, the space going to whatever was open where it began. An element without
    text becomes a point that holds all its markup. Markup and white space at the run's ends, outside any element with
    text, stays out of the block.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._is_markup: list[bool] = []
        self._text: list[str] = []
        self._length = 0
        self._last = " "
        # Where in _elements those begin that came after a visible point with no text since; None without one.
        self._glued: int | None = None
        self._broken = False
        self._prose = False
        self._first_text: int | None = None
        self._content_end = 0
        self._elements: list[_Element] = []
        self._open: list[_Element] = []

    @property
    def protected(self) -> bool:
        """Whether what comes next must not be translated."""
        return bool(self._open) and self._open[-1].protected

    def word(self, raw: str, text: str) -> None:
        """Adds text without white space at its ends; `raw` is how the source has it."""
        glues_words = self._last.isalnum() and text[0].isalnum()
        if self._glued is not None and self._last != " " and (glues_words or self._broken):
            self._append(" ")
            for element in self._elements[self._glued :]:
                element.start = element.end = self._length
        self._glued, self._broken = None, False
        self._append(text)
        if self._first_text is None:
            self._first_text = len(self._pieces)
        self._prose = self._prose or (not self.protected and any(map(str.isalpha, text)))
        self._piece(raw, is_markup=False)
        self._content_end = len(self._pieces)

    def space(self, raw: str) -> None:
        """Adds white space. Between two spaces a visible point keeps the second, which the text has no place for."""
        if self._last != " ":
            self._append(" ")
        elif self._glued is not None and not self._broken and self._elements:
            last = self._elements[-1]
            if not last.close and max(last.first_piece + 1, last.empty_until) == len(self._pieces):
                last.space_after = " "
        self._piece(raw, is_markup=False)

    def nothing(self, raw: str) -> None:
        """Adds source that stands for no text at all."""
        self._piece(raw, is_markup=False)

    def point(self, raw: str, *, visible: bool = False, is_break: bool = False) -> None:
        """Adds markup without text. A `visible` one keeps letters on both its sides apart, a break all text."""
        self._elements.append(self._element(raw, False))
        if visible or is_break:
            self._glued = len(self._elements)
            self._broken = self._broken or is_break
        self._piece(raw)

    def open(self, raw: str, *, protected: bool = False) -> None:
        """Opens an inline element; what stands in a protected one is protected too."""
        element = self._element(raw, protected)
        self._elements.append(element)
        self._open.append(element)
        self._piece(raw)

    def close(self, raw: str) -> None:
        """Closes the innermost open element."""
        element = self._open.pop()
        self._piece(raw)
        element.end = self._length
        if self._content_end > element.first_piece:
            element.close = raw
            self._content_end = len(self._pieces)
        else:
            while self._elements[-1] is not element:
                self._elements.pop()
            element.start = self._length
            # Its markup is joined in finish, once: joined here, deep nesting would take quadratic time.
            element.empty_until = len(self._pieces)
        if self._glued is not None:
            self._glued = len(self._elements)

    def finish(self, role: Role) -> Built:
        """The block, if it has a letter that may be translated. Every element must have been closed."""
        if not self._prose or self._first_text is None:
            return Built("".join(self._pieces))
        text = "".join(self._text).rstrip(" ")
        around = (element.first_piece for element in self._elements if element.close)
        first = min(next(around, self._first_text), self._first_text)
        inlines = tuple(
            self._inline(element, len(text))
            for element in self._elements
            if first <= element.first_piece < self._content_end
        )
        after = "".join(self._pieces[self._content_end :])
        return Built("".join(self._pieces[:first]), Block(text, inlines, role), after)

    def _inline(self, element: _Element, length: int) -> Inline:
        markup = element.open
        if element.empty_until:
            places = range(element.first_piece, element.empty_until)
            markup = "".join(self._pieces[place] for place in places if self._is_markup[place])
        span = Span(min(element.start, length), min(element.end, length))
        return Inline(span, markup + element.space_after, element.close, element.depth, element.protected)

    def _element(self, raw: str, protected: bool) -> _Element:
        place = len(self._pieces)
        return _Element(self._length, self._length, place, raw, len(self._open), protected or self.protected)

    def _append(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)
        self._last = text[-1]

    def _piece(self, raw: str, is_markup: bool = True) -> None:
        self._pieces.append(raw)
        self._is_markup.append(is_markup)
