"""Checks a translation sentence by sentence: what is wrong, how much it matters, and where."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from translate.quality.checks import CHECKS, review, weight
from translate.quality.pair import Pair
from translate.quality.settings import Settings
from translate.quality.settings import read as _read

__all__ = ["CHECKS", "Pair", "Settings", "review", "settings", "weight"]


@lru_cache(maxsize=8)
def settings(path: Path | None = None) -> Settings:
    """The settings that Dragoman comes with, changed by the TOML file at `path` where one is given.

    Raises InputError or UsageError where that file is not right.
    """
    return _read(CHECKS, path)
