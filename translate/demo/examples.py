"""The articles that a reader can try with one click."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from translate.demo import words
from translate.demo.context import Example

# Beside the package in a checkout; an installed package has none of them.
_SEEDS = Path(__file__).parents[2] / "seeds"
_NAMES = ("short", "live-report", "figures")


def found() -> tuple[Example, ...]:
    """The sample articles that are here: the package's own Arabic one, and the English ones of a checkout."""
    seeds = [(name, _SEEDS / f"{name}.txt") for name in _NAMES]
    english = [_example(name, path.read_text(encoding="utf-8")) for name, path in seeds if path.is_file()]
    arabic = (resources.files("translate.demo") / "samples" / "arabic.txt").read_text(encoding="utf-8")
    return (*english, _example("arabic", arabic))


def _example(name: str, text: str) -> Example:
    return Example(name, words.TEXTS[f"example_{name}"], text.strip())
