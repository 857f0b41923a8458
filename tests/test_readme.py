"""What the README and the samples' page say is what there is."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from benchmarks.readme import README, TABLES
from translate.errors import DragomanError

SEEDS = README.parent / "seeds"


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_say_what_they_speak_of(name: str) -> None:
    path, table = TABLES[name]
    assert table() in path.read_text("utf-8"), "run `python -m benchmarks.readme`"


def test_every_exit_code_is_in_the_readme() -> None:
    text = README.read_text("utf-8")
    codes = {DragomanError.exit_code, *(error.exit_code for error in _all(DragomanError))}
    listed = text.split("Exit codes:", 1)[1].split("\n\n", 1)[0]
    assert codes <= {int(code) for code in re.findall(r"\b\d+\b", listed)}


def _all(error: type[DragomanError]) -> set[type[DragomanError]]:
    return {error, *(deeper for child in error.__subclasses__() for deeper in _all(child))}


class Counter(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)
        self.text += "" if tag in ("a", "i") else " "

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(("name", "links", "italics"), [("live-report", 11, 9), ("figures", 3, 2), ("short", 2, 1)])
def test_the_samples_are_as_their_page_says(name: str, links: int, italics: int) -> None:
    counter = Counter()
    counter.feed((SEEDS / f"{name}.txt").read_text("utf-8"))
    assert (counter.tags.count("a"), counter.tags.count("i")) == (links, italics)
    row = next(line for line in (SEEDS / "README.md").read_text("utf-8").splitlines() if f"{name}.txt" in line)
    words = len(counter.text.split())
    assert f"{words:,}" in row or str(words) in row


def test_files_named_in_the_readme_are_there() -> None:
    text = README.read_text("utf-8")
    for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
        assert (Path(README.parent) / path).exists()
