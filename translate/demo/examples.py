"""The articles that a reader can try with one click."""

from __future__ import annotations

from pathlib import Path

from translate.demo import words
from translate.demo.context import Example

# A wheel has all samples in the package; in a checkout the English ones are the seeds, beside it.
_PLACES = (Path(__file__).parent / "samples", Path(__file__).parents[2] / "seeds")
_NAMES = ("short", "live-report", "figures", "arabic")


def found() -> tuple[Example, ...]:
    """The sample articles that are here."""
    files = [(name, place / f"{name}.txt") for name in _NAMES for place in _PLACES]
    return tuple(_example(name, file.read_text(encoding="utf-8")) for name, file in files if file.is_file())


def _example(name: str, text: str) -> Example:
    return Example(name, words.TEXTS[f"example_{name}"], text.strip())
