"""Takes plain text apart into paragraphs, headings and list items; all white space between them is verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from translate.document import Block, Document, Kind, Part, Role

# A text that is hard-wrapped (at 72 or 80 columns, as mail and Gutenberg have it) has no line beyond this; lines that
# are longer were ended where a paragraph ended, blank line or not.
_WRAPPED_AT_MOST = 120
# A line of its own with no more than this, and nothing that ends a sentence, is a heading.
_HEADING_WORDS = 14
_HEADING_CHARACTERS = 100

_LINE = re.compile(r"([^\r\n\x0b\x0c\x85\u2028\u2029]*)(\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]|$)")
_WORD_GAP = re.compile(r"\s+")
_MARKER = re.compile(r"(?:[-*+•‣◦▪●·–—]|\(?\d{1,3}[.)-]|\(?[a-z]\)|#{1,6})\s+(?=\S)")
_ENDS_SENTENCE = re.compile(r"[.!?؟…۔:;؛,،][\"'”’»)\]]*$")


@dataclass(frozen=True)
class _Line:
    """A line's place in the text, [start, end) without its white space and its end."""

    start: int
    end: int
    text: str

    @property
    def marker(self) -> str:
        """The list marker or heading mark that it begins with, white space included."""
        match = _MARKER.match(self.text)
        return match.group() if match else ""

    @property
    def is_prose(self) -> bool:
        """Whether it has letters, and so something to translate."""
        return any(map(str.isalpha, self.text))

    @property
    def is_capitals(self) -> bool:
        """Whether it is a headline in capitals, of two words or more."""
        return self.text.isupper() and " " in self.text and len(self.text) <= _HEADING_CHARACTERS


def read_text(text: str) -> Document:
    """A document of the paragraphs in `text`. A line break within one is a space in its block.

    Blank lines part paragraphs. So does every line end where lines are too long to have been wrapped. List items, lines
    in capitals above a paragraph and lines without a letter stand alone; list markers stay out of the blocks.
    """
    parts: list[Part] = []
    at = 0
    for group, role in _blocks(text):
        start = group[0].start + len(group[0].marker)
        end = group[-1].end
        if start > at:
            parts.append(text[at:start])
        parts.append(Block(_WORD_GAP.sub(" ", text[start:end]), (), role))
        at = end
    if at < len(text):
        parts.append(text[at:])
    return Document(tuple(parts), Kind.TEXT)


def _blocks(text: str) -> Iterator[tuple[Sequence[_Line], Role]]:
    paragraphs = list(_paragraphs(text))
    for number, paragraph in enumerate(paragraphs):
        groups = [group for group in _groups(paragraph) if group[0].is_prose or any(line.is_prose for line in group)]
        for place, group in enumerate(groups):
            is_last = number + 1 == len(paragraphs) and place + 1 == len(groups)
            yield group, _role(group, is_last)


def _role(group: Sequence[_Line], is_last: bool) -> Role:
    marker = group[0].marker
    if marker.startswith("#"):
        return Role.HEADING
    if marker:
        return Role.ITEM
    if all(line.is_capitals for line in group):
        return Role.HEADING
    line = group[0].text
    is_short = len(group) == 1 and len(line) <= _HEADING_CHARACTERS and len(line.split()) <= _HEADING_WORDS
    return Role.HEADING if is_short and not is_last and not _ENDS_SENTENCE.search(line) else Role.PARAGRAPH


def _paragraphs(text: str) -> Iterator[list[_Line]]:
    """Runs of lines that are not blank; one line each where lines are paragraphs."""
    run: list[_Line] = []
    for match in _LINE.finditer(text):
        stripped = match[1].strip()
        if stripped:
            start = match.start() + match[1].index(stripped)
            run.append(_Line(start, start + len(stripped), stripped))
        elif run:
            yield from _unwrapped(run)
            run = []
    if run:
        yield from _unwrapped(run)


def _unwrapped(run: list[_Line]) -> list[list[_Line]]:
    if median(len(line.text) for line in run) > _WRAPPED_AT_MOST:
        return [[line] for line in run]
    return [run]


def _groups(paragraph: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines of a paragraph that belong to one block each."""
    group: list[_Line] = []
    for number, line in enumerate(paragraph):
        if group and _stands_alone(paragraph, number, group):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _stands_alone(paragraph: Sequence[_Line], number: int, group: Sequence[_Line]) -> bool:
    """Whether a new block begins with this line of the paragraph, rather than `group` going on."""
    line, previous = paragraph[number], paragraph[number - 1]
    if not line.is_prose or not previous.is_prose:
        # "1,250" may well be the start of a wrapped line; a rule of dashes is not.
        return not any(map(str.isalnum, line.text)) or not any(map(str.isalnum, previous.text))
    if line.marker:
        # A wrapped line may begin with a dash or "12." too: one marker makes no list.
        following = paragraph[number + 1 : number + 2]
        return bool(group[0].marker) or previous.text.endswith(":") or any(other.marker for other in following)
    return previous.is_capitals and not line.is_capitals and all(other.is_capitals for other in group)
