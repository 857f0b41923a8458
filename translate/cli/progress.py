"""Progress bars on stderr for text and downloads; silent where stderr is no terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from translate.document import Document, TranslatedBlock
    from translate.hub import Progress as Download


Item = TypeVar("Item")


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


def each(label: str, items: Iterable[Item], total: int | None, quiet: bool) -> Iterator[Item]:
    """The same items, with a bar over how many have passed."""
    from rich.console import Console  # as in `bar`
    from rich.progress import track

    console = Console(stderr=True)
    hidden = quiet or not console.is_terminal
    yield from track(items, label, total, console=console, transient=True, disable=hidden, show_speed=False)


@contextmanager
def download(label: str) -> Iterator[Download]:
    """A bar over the bytes of a download on stderr, gone when it is done; silent where stderr is no terminal."""
    from rich.console import Console  # as in `bar`
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
