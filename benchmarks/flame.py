"""Folded stacks of a profiler → a flame graph as a small SVG, widest calls first, that names every frame."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import escape
from itertools import dropwhile

Stack = tuple[str, ...]
_THREAD = ("Thread._bootstrap (", "_bootstrap (")
_FRAME = re.compile(r"^(?P<name>.+) \((?P<file>[^()]*?)(?::\d+)?\)$")
_WIDTH, _ROW, _LEAST = 1000, 17, 2.0
# Letters that fit in a pixel, about, in the size below.
_LETTER = 6.2
_COLOURS = ("#e4a672", "#e8bd7f", "#dd9a6a", "#ecca96")


def stacks(folded: str, root: str) -> Counter[Stack]:
    """How often each stack was seen, from below the function `root` on, without line numbers and folders of the host.

    `folded` has a line for each stack: frames from the outermost on, with `;` between them, and a count. Of other
    threads, which `root` is not on, the stacks count from our own first frame on.
    """
    found: Counter[Stack] = Counter()
    for line in folded.splitlines():
        path, _, count = line.rpartition(" ")
        frames = [_short(frame) for frame in path.split(";")]
        if frames[0].startswith(_THREAD):
            below = list(dropwhile(lambda frame: "(translate/" not in frame, frames))
        else:
            below = list(dropwhile(lambda frame: not frame.startswith(f"{root} ("), frames))[1:]
        if below:
            found[tuple(below)] += int(count)
    return found


def svg(found: Mapping[Stack, int], title: str) -> str:
    """The flame graph, callers above what they call; frames under two pixels are left out."""
    total = sum(found.values()) or 1
    boxes: list[str] = []
    deepest = _boxes(found, 0.0, 0, _WIDTH / total, boxes)
    height = (deepest + 2) * _ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="11">\n'
        f'<text x="2" y="12" fill="currentColor">{escape(title)}</text>\n' + "\n".join(boxes) + "\n</svg>\n"
    )


def _boxes(found: Mapping[Stack, int], left: float, depth: int, scale: float, boxes: list[str]) -> int:
    """Draw the frames at this depth and all below; how deep it goes."""
    below: dict[str, Counter[Stack]] = {}
    for stack, count in found.items():
        if len(stack) > depth:
            below.setdefault(stack[depth], Counter())[stack] += count
    deepest = depth
    for frame, its in sorted(below.items(), key=lambda item: -sum(item[1].values())):
        width = sum(its.values()) * scale
        if width < _LEAST:
            continue
        boxes.append(_box(frame, left, (depth + 1) * _ROW, width))
        deepest = max(deepest, _boxes(its, left, depth + 1, scale, boxes))
        left += width
    return deepest


def _box(frame: str, left: float, top: int, width: float) -> str:
    room = int((width - 4) / _LETTER)
    name = frame if len(frame) <= room else f"{frame[: room - 1]}…" if room > 3 else ""
    colour = _COLOURS[sum(map(ord, frame)) % len(_COLOURS)]
    label = f'<text x="{left + 2:.1f}" y="{top + 12}" fill="#222">{escape(name)}</text>' if name else ""
    return (
        f'<g><title>{escape(frame)}: {width / _WIDTH:.1%}</title><rect x="{left:.1f}" y="{top}" '
        f'width="{width:.1f}" height="{_ROW - 1}" rx="1" fill="{colour}"/>{label}</g>'
    )


def _short(frame: str) -> str:
    match = _FRAME.match(frame)
    if match is None:
        return frame
    file = match["file"].replace("\\", "/")
    for mark in ("site-packages/", "/translate/"):
        if mark in file:
            file = file[file.index(mark) + (len(mark) if mark == "site-packages/" else 1) :]
    if file.startswith(("/", "<")) or ":" in file:
        file = file.rpartition("/")[2]
    return f"{match['name']} ({file})"
