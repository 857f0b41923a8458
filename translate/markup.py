"""Projects inline markup from a source block onto its translation, through the word alignment.

Each inline gets one contiguous window of target words: the run that gathers the most text linked to what the inline
holds and the least that is linked to anything else (a maximum-sum run, so one stray link does not stretch it). Windows
of siblings never overlap, children stay within their parents, and no inline is ever lost or doubled.
"""

from __future__ import annotations

import bisect
import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from translate.align import runs
from translate.align.words import words
from translate.document import Alignment, Block, Inline, Issue, Kind, Role, Severity, Span

# A target word without any link neither belongs nor disturbs; a little below nothing keeps it off a window's edges.
_UNLINKED = -0.05
_PUNCTUATION_WEIGHT = 0.3
# Words that the other language writes into their neighbour (the, and, to → ال و ل) or leaves out: a link of theirs
# says little about where a phrase ends.
_FUNCTION_WEIGHT = 0.3
_FUNCTION_WORDS = frozenset(
    "a an the of and or to in on at by for with from as is was were are be been has have had that which who it its his "
    "her their he she they this these not في من على إلى عن مع أن أنّ إن ما لا قد كان كانت هو هي هم التي الذي الذين "
    "هذا هذه ذلك تلك أو ثم".split()
)


@dataclass(frozen=True)
class Piece:
    """A translated sentence within its block: where it stands in both texts, and its alignment in its own offsets."""

    source: Span
    target: Span
    alignment: Alignment | None


@dataclass(frozen=True)
class Projection:
    """The target block, and the issues of each sentence by its index."""

    block: Block
    issues: dict[int, tuple[Issue, ...]]


@dataclass
class _Node:
    """An inline in its tree, and the target words [first, last] or the point that it gets."""

    inline: Inline
    children: list[_Node] = field(default_factory=list)
    window: tuple[int, int] | None = None
    point: int = 0


def project(source: Block, target_text: str, pieces: Sequence[Piece]) -> Projection:
    """The block that holds `target_text` and every inline of `source`, each once, around what translates its text.

    `pieces` are the block's sentences in order. Where nothing tells what translates an inline's text, it goes around
    the words at the same relative place and an issue "markup.unaligned" says so.
    """
    projector = _Projector(source, target_text, pieces)
    roots = _forest(source.inlines)
    everywhere = [(0, len(projector.target) - 1)] if projector.target else []
    projector.place(roots, everywhere)
    inlines = tuple(_flatten(roots, projector, Span(0, len(target_text)), 0))
    _assert_conserved(source.inlines, inlines)
    return Projection(Block(target_text, inlines, source.role), {k: tuple(v) for k, v in projector.issues.items()})


def serialize(block: Block, kind: Kind) -> str:
    """The block as markup of this kind: text escaped, inlines verbatim in their places."""
    out: list[str] = []
    enclosing: list[Inline] = []
    at = 0

    def text_until(end: int) -> None:
        nonlocal at
        # What a protected Markdown inline holds (code, an automatic link) knows no escapes.
        verbatim = kind is Kind.MARKDOWN and any(inline.protected for inline in enclosing)
        text = block.text[at:end] if verbatim else escape(block.text[at:end], kind)
        # In a table's cell, a bar ends the cell even inside code.
        out.append(text.replace("|", "\\|") if kind is Kind.MARKDOWN and block.role is Role.CELL else text)
        at = end

    def close_until(depth: int) -> None:
        while len(enclosing) > depth:
            text_until(enclosing[-1].span.end)
            out.append(enclosing.pop().close)

    for inline in block.inlines:
        close_until(inline.depth)
        text_until(inline.span.start)
        if kind is Kind.MARKDOWN and inline.open.startswith("[") and out and out[-1].endswith("!"):
            # Or the link would become an image.
            out[-1] = out[-1][:-1] + "\\!"
        out.append(inline.open)
        enclosing.append(inline)
    close_until(0)
    text_until(len(block.text))
    return "".join(out)


def clip(block: Block, span: Span) -> Block:
    """The part of a block that `span` covers, as a block: inlines that reach beyond it are cut to it.

    For showing a sentence by itself; points at the span's edges stay, so a point between two sentences is in both.
    """
    inlines: list[Inline] = []
    path: list[tuple[int, bool]] = []
    for inline in block.inlines:
        while path and path[-1][0] >= inline.depth:
            path.pop()
        touches = inline.span.overlaps(span) or (not len(inline.span) and span.contains(inline.span))
        if touches:
            start, end = max(inline.span.start, span.start), min(inline.span.end, span.end)
            depth = sum(kept for _, kept in path)
            inlines.append(replace(inline, span=Span(start - span.start, end - span.start), depth=depth))
        path.append((inline.depth, touches))
    return Block(span.of(block.text), tuple(inlines), block.role)


_MARKDOWN_SPECIAL = re.compile(r"([\\`*\[\]<]|(?<!\w)_|_(?!\w)|~~|&(?=#?\w+;))")
_MARKDOWN_START = re.compile(r"^(?=[#>+\-=|])|^(\d+)(?=[.)]\s)")


def escape(text: str, kind: Kind) -> str:
    """`text` so written that a reader of this kind of document sees it as it is."""
    if kind is Kind.TEXT:
        return text
    if kind is Kind.MARKDOWN:
        escaped = _MARKDOWN_SPECIAL.sub(r"\\\1", text)
        return _MARKDOWN_START.sub(lambda match: f"{match[1]}\\" if match[1] else "\\", escaped)
    return html.escape(text, quote=False)


class _Projector:
    """The words of both sides of one block, the links between them, and where each inline goes."""

    def __init__(self, source: Block, target_text: str, pieces: Sequence[Piece]) -> None:
        self.source_block = source
        self.target_text = target_text
        self.pieces = pieces
        self.source: list[Span] = []
        self.target: list[Span] = []
        self.piece_of_target: list[int] = []
        self.links_of_target: list[list[int]] = []
        self.links_of_source: list[list[int]] = []
        self.issues: dict[int, list[Issue]] = {}
        for number, piece in enumerate(pieces):
            self._add(number, piece)

    def _add(self, number: int, piece: Piece) -> None:
        alignment = piece.alignment or Alignment(
            words(piece.source.of(self.source_block.text)), words(piece.target.of(self.target_text)), ()
        )
        first_source, first_target = len(self.source), len(self.target)
        self.source += [word.shift(piece.source.start) for word in alignment.source_words]
        self.target += [word.shift(piece.target.start) for word in alignment.target_words]
        self.piece_of_target += [number] * len(alignment.target_words)
        self.links_of_target += [[] for _ in alignment.target_words]
        self.links_of_source += [[] for _ in alignment.source_words]
        for i, j in alignment.links:
            self.links_of_target[first_target + j].append(first_source + i)
            self.links_of_source[first_source + i].append(first_target + j)

    def place(self, nodes: list[_Node], free: list[tuple[int, int]]) -> None:
        """Give every node its window or point within the target words of `free`, then its children theirs."""
        around = [node for node in nodes if len(node.inline.span)]
        # The shortest first: a long phrase has room to spare where two want the same word.
        for node in sorted(around, key=lambda node: len(node.inline.span)):
            node.window = self._window(node.inline, free)
            if node.window is not None:
                free = _without(free, node.window)
        for node in nodes:
            if node.window is None:
                node.point = self._point(node.inline.span.start)
            self.place(node.children, [node.window] if node.window is not None else [])

    def _window(self, inline: Inline, free: list[tuple[int, int]]) -> tuple[int, int] | None:
        if not free:
            self._report(inline, "markup.empty", Severity.ERROR)
            return None
        nearby = self._nearby(inline.span, free)
        if inline.protected and (exact := self._verbatim(inline, nearby)) is not None:
            return exact
        found = [(_best_run([self._score(inline, j) for j in range(a, b + 1)], a), (a, b)) for a, b in nearby]
        (total, *best), room = max(found, key=lambda run: run[0][0], default=((0.0, 0, 0), (0, 0)))
        if total > self._least(inline.span):
            return self._trimmed(inline, (best[0], best[1]), room)
        self._report(inline, "markup.unaligned", Severity.WARNING)
        return self._proportional(inline.span, nearby or free)

    def _least(self, span: Span) -> float:
        """What a window must weigh more than: a particle alone is no translation of a phrase with a content word."""
        inside = (self.source[i].of(self.source_block.text) for i in self._inside(span))
        return _FUNCTION_WEIGHT if any(self._weight(word) > _FUNCTION_WEIGHT for word in inside) else 0.0

    def _inside(self, span: Span) -> range:
        """The source words that a span touches, by their index."""
        first = bisect.bisect_right(self.source, span.start, key=lambda word: word.end)
        return range(first, bisect.bisect_left(self.source, span.end, key=lambda word: word.start))

    def _trimmed(self, inline: Inline, run: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
        """The run with its ends where a phrase can begin and end, within the free words of `room`."""
        if not (inside := self._inside(inline.span)):
            return run
        opening, closing = (self.source[i].of(self.source_block.text) for i in (inside[0], inside[-1]))
        target = [word.of(self.target_text) for word in self.target[room[0] : room[1] + 1]]
        low, high = runs.trim((run[0] - room[0], run[1] - room[0] + 1), target, opening, closing)
        return low + room[0], high + room[0] - 1

    def _nearby(self, span: Span, free: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The free target words of the sentences that a source span touches."""
        touched = [number for number, piece in enumerate(self.pieces) if piece.source.overlaps(span)]
        if not touched:
            return []
        first = bisect.bisect_left(self.piece_of_target, touched[0])
        last = bisect.bisect_right(self.piece_of_target, touched[-1]) - 1
        return [(max(a, first), min(b, last)) for a, b in free if max(a, first) <= min(b, last)]

    def _score(self, inline: Inline, j: int) -> float:
        """What target word `j` adds to a window for this inline: its weight, signed by where its links lead."""
        weight = self._weight(self.target[j].of(self.target_text))
        if inline.span.contains(self.pieces[self.piece_of_target[j]].source):
            return weight
        if not (links := self.links_of_target[j]):
            return _UNLINKED
        weights = [self._weight(self.source[i].of(self.source_block.text)) for i in links]
        within = sum(w for i, w in zip(links, weights, strict=True) if self.source[i].overlaps(inline.span))
        return weight * (2 * within / sum(weights) - 1)

    @staticmethod
    def _weight(word: str) -> float:
        """Long words carry what a phrase means; particles and marks are what aligners err on."""
        if word.lower() in _FUNCTION_WORDS:
            return _FUNCTION_WEIGHT
        return len(word) ** 0.5 if any(char.isalnum() for char in word) else _PUNCTUATION_WEIGHT

    def _verbatim(self, inline: Inline, free: list[tuple[int, int]]) -> tuple[int, int] | None:
        """The free target words that hold exactly what a protected inline holds, nearest to where it stood."""
        text = inline.span.of(self.source_block.text).strip()
        here = self._point(inline.span.start)
        starts = [match.start() for match in re.finditer(re.escape(text), self.target_text)] if text else []
        for start in sorted(starts, key=lambda start: abs(start - here)):
            span = Span(start, start + len(text))
            held = [j for j, word in enumerate(self.target) if word.overlaps(span)]
            if held and all(span.contains(self.target[j]) for j in held):
                for first, last in free:
                    if first <= held[0] and held[-1] <= last:
                        return held[0], held[-1]
        return None

    def _proportional(self, span: Span, free: list[tuple[int, int]]) -> tuple[int, int]:
        """As large a share of the free target words as the span has of its sentence's source words, at its place."""
        position = self._position(span.start)
        within = [j for first, last in free for j in range(first, last + 1)]
        # A link that begins or ends with a comma looks like a mistake even where its place is a guess.
        candidates = [j for j in within if self._is_word(j)] or within
        first = min(candidates, key=lambda j: abs(self.target[j].start - position))
        last_free = next(last for low, last in free if low <= first <= last)
        wanted = max(1, len(self._inside(span)))
        last = min(last_free, first + wanted - 1)
        while last > first and not self._is_word(last):
            last -= 1
        return first, last

    def _is_word(self, j: int) -> bool:
        return any(char.isalnum() for char in self.target[j].of(self.target_text))

    def _position(self, offset: int) -> int:
        """Where a source offset falls in the target text if both ran evenly through their sentence."""
        for piece in self.pieces:
            if offset <= piece.source.end:
                share = max(0, offset - piece.source.start) / max(1, len(piece.source))
                return piece.target.start + round(share * len(piece.target))
        return len(self.target_text)

    def _point(self, offset: int) -> int:
        """The target offset for a point: the same sentence edge, or the far edge of the word before it."""
        for piece in self.pieces:
            if offset <= piece.source.start:
                return piece.target.start
            if offset == piece.source.end:
                return piece.target.end
        inside = next((piece for piece in self.pieces if offset < piece.source.end), None)
        before = bisect.bisect_right(self.source, offset, key=lambda word: word.end) - 1
        while inside and before >= 0 and self.source[before].start >= inside.source.start:
            if self.links_of_source[before]:
                at = self.target[max(self.links_of_source[before])].end
                break
            before -= 1
        else:
            at = self._position(offset)
        if self.source_block.text[offset - 1 : offset + 1].strip() == self.source_block.text[offset - 1 : offset + 1]:
            return at
        # It stood between words, so it stands between words, not before a full stop.
        gap = self.target_text.find(" ", at)
        return gap if gap >= 0 else len(self.target_text)

    def _report(self, inline: Inline, code: str, severity: Severity) -> None:
        texts = {
            "markup.unaligned": (
                "It is not known which words translate what this markup holds; it stands at the same relative place.",
                "لا يُعرف أي الكلمات تقابل ما بداخل هذا الوسم، فوُضع في الموضع النسبي نفسه.",
            ),
            "markup.empty": (
                "No word was left for this markup to stand around.",
                "لم تبق كلمة يوضع حولها هذا الوسم.",
            ),
        }
        for number, piece in enumerate(self.pieces):
            if inline.span.start < piece.source.end:
                start = max(0, inline.span.start - piece.source.start)
                end = min(inline.span.end, piece.source.end) - piece.source.start
                where = Span(start, max(start, end))
                self.issues.setdefault(number, []).append(Issue(code, severity, *texts[code], source=where))
                return


def _best_run(scores: list[float], first: int) -> tuple[float, int, int]:
    """The sum and the ends of the contiguous run of `scores` with the largest sum (Kadane), counted from `first`."""
    best = (float("-inf"), first, first)
    total, start = 0.0, first
    for j, score in enumerate(scores, first):
        if total <= 0:
            total, start = 0.0, j
        total += score
        if total > best[0]:
            best = (total, start, j)
    return best


def _without(free: list[tuple[int, int]], taken: tuple[int, int]) -> list[tuple[int, int]]:
    """`free` intervals less the `taken` one, which lies within one of them."""
    left = []
    for first, last in free:
        if first <= taken[0] and taken[1] <= last:
            left += [(first, taken[0] - 1), (taken[1] + 1, last)]
        else:
            left.append((first, last))
    return [(first, last) for first, last in left if first <= last]


def _forest(inlines: Sequence[Inline]) -> list[_Node]:
    """The inlines as trees, by their depths."""
    roots: list[_Node] = []
    path: list[_Node] = []
    for inline in inlines:
        del path[inline.depth :]
        node = _Node(inline)
        (path[-1].children if path else roots).append(node)
        path.append(node)
    return roots


def _flatten(nodes: list[_Node], projector: _Projector, room: Span, depth: int) -> Iterator[Inline]:
    """The placed nodes as inlines in the target's order; points move out of siblings and into their parent's room."""
    spans: list[tuple[Span, int, _Node]] = []
    taken: list[Span] = []
    for number, node in enumerate(nodes):
        if node.window is not None:
            first, last = node.window
            span = Span(projector.target[first].start, projector.target[last].end)
            taken.append(span)
            spans.append((span, number, node))
    for number, node in enumerate(nodes):
        if node.window is None:
            at = min(max(node.point, room.start), room.end)
            for other in taken:
                if other.start < at < other.end:
                    at = other.end
            spans.append((Span(at, at), number, node))
    for span, _, node in sorted(spans, key=lambda placed: (placed[0], placed[1])):
        yield replace(node.inline, span=span, depth=depth)
        yield from _flatten(node.children, projector, span, depth + 1)


def _assert_conserved(source: Sequence[Inline], target: Sequence[Inline]) -> None:
    """No tag lost, none doubled, whatever the alignment said; a breach is a fault of this module."""
    before = Counter((inline.open, inline.close, inline.protected) for inline in source)
    after = Counter((inline.open, inline.close, inline.protected) for inline in target)
    if before != after:
        raise AssertionError(f"markup not conserved: {before - after} lost, {after - before} gained")
