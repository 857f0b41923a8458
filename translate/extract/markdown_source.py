"""Finds in a Markdown file the characters that the parser has put together as a paragraph's or cell's content."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"([^\r\n]*)(\r\n?|\n|$)")
# CommonMark's white space, as the parser trims it.
_TRIMMED = " \t\n\x0b\x0c\r"
# Marks of quotations and lists that a table's line may begin with.
_CONTAINERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")


@dataclass(frozen=True)
class Located:
    """Content for the inline parser, and where each of its characters begins in the file; `offsets` has one more."""

    text: str
    content: str
    offsets: tuple[int, ...]

    def raw(self, start: int, end: int) -> str:
        """The source of content[start:end], with the marks of structure that begin its later lines."""
        return self.text[self.offsets[start] : self.offsets[end]]


class Source:
    """A Markdown file from `start` on, line by line as the parser counts them."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        # The parser reads a null character as the replacement character; the places stay the same.
        self.plain = text.replace("\x00", "\ufffd")
        self.body = self.plain[start:]
        self._lines = [(start + match.start(1), start + match.end(1)) for match in _LINE.finditer(self.body)]

    def paragraph(self, content: str, first_line: int) -> Located | None:
        """A paragraph's or heading's content, which ends each of its lines but for trailing white space."""
        offsets: list[int] = []
        for number, line in enumerate(content.split("\n")):
            start, end = self._line(first_line + number)
            stripped = line.strip(_TRIMMED)
            at = start + len(self.plain[start:end].rstrip(_TRIMMED)) - len(stripped)
            if at < start or not self.plain.startswith(stripped, at):
                return None
            lead = len(line) - len(line.lstrip(_TRIMMED))
            # White space that the parser made of a tab may count more characters than the file has.
            offsets += [min(max(at + place - lead, start), end) for place in range(len(line) + 1)]
        return Located(self.text, content, tuple(offsets))

    def heading(self, content: str, line: int, mark: str) -> Located | None:
        """The content of a heading that begins with `mark` ("##")."""
        start, end = self._line(line)
        at = self.plain.find(content, self.plain.find(mark, start, end) + len(mark), end)
        if at < 0:
            return None
        return Located(self.text, content, tuple(range(at, at + len(content) + 1)))

    def cells(self, line: int) -> list[Located]:
        """The cells of a table's row, split as the parser does: at each "|" but those after a backslash."""
        start, end = self._line(line)
        match = _CONTAINERS.match(self.text, start, end)
        start = match.end() if match else start
        while end > start and self.plain[end - 1] in _TRIMMED:
            end -= 1
        cells: list[list[tuple[str, int]]] = [[]]
        for at in range(start, end):
            char = self.plain[at]
            if char == "|" and at > start and self.plain[at - 1] == "\\":
                cells[-1][-1] = ("|", at - 1)
            elif char == "|":
                cells.append([])
            else:
                cells[-1].append((char, at))
        if not cells[0]:
            cells.pop(0)
        return [self._cell(cell) for cell in cells]

    def _cell(self, cell: list[tuple[str, int]]) -> Located:
        while cell and cell[-1][0] in _TRIMMED:
            cell.pop()
        lead = 0
        while lead < len(cell) and cell[lead][0] in _TRIMMED:
            lead += 1
        cell = cell[lead:]
        offsets = [at for _, at in cell]
        if cell:
            last = offsets[-1]
            offsets.append(last + (2 if cell[-1][0] == "|" else 1))
        return Located(self.text, "".join(char for char, _ in cell), tuple(offsets or [0]))

    def _line(self, number: int) -> tuple[int, int]:
        return self._lines[number] if number < len(self._lines) else (len(self.text), len(self.text))
