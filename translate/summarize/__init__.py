"""Understands a news article and summarises it so that every claim keeps its speaker.

The package is called as the function `translate.api.summarize`: importing a module from it binds the name
`translate.summarize` to the package, whatever `translate` exports under that name.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    """A module that is called as the function of its name."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """What `translate.api.summarize` returns."""
        return import_module("translate.api").summarize(*arguments, **named)


sys.modules[__name__].__class__ = _Callable
