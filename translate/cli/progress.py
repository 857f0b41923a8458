"""A progress bar on stderr for translated text; silent where stderr is no terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from translate.document import Document, TranslatedBlock


class Bar(Protocol):
    """Hears of each translated block."""

    def __call__(self, block: TranslatedBlock) -> None:
        """One more block is done."""


@contextmanager
def bar(label: str, document: Document, quiet: bool) -> Iterator[Bar]:
    """A bar over the document's characters, gone when the work is done."""
    from rich.console import Console  # only now: a quarter of the time that --help takes
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    total = sum(len(block.text) for block in document.blocks)
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task(label, total=total)
        yield lambda block: progress.advance(task, len(block.source.text))


def counted(blocks: Iterable[TranslatedBlock], bar: Bar) -> Iterator[TranslatedBlock]:
    """The same blocks, each told to the bar as it passes."""
    for block in blocks:
        bar(block)
        yield block
