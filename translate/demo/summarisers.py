"""The summarisers of models.yaml: which are here, what gets the others, and one of them loaded for all who ask."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate import api, hub
from translate.errors import ModelError, ModelMissing
from translate.registry import registry

if TYPE_CHECKING:
    from translate.engines.summarizer import Summarizer


@dataclass(frozen=True)
class Choice:
    """A summariser; `commercial` is None where its licence says nothing of that, `command` gets it."""

    name: str
    languages: tuple[str, ...]
    licence: str
    commercial: bool | None
    size_mb: int
    here: bool
    command: str


def choices() -> tuple[Choice, ...]:
    """Every summariser of models.yaml, in its order."""
    return tuple(
        Choice(
            spec.name,
            tuple(spec.languages),
            spec.licence.name,
            spec.licence.commercial,
            spec.size_mb,
            hub.cached(spec) is not None,
            f"dragoman models pull {spec.name}",
        )
        for spec in registry().models.values()
        if spec.task == "summarize"
    )


class Summarisers:
    """Loads a summariser when it is first asked for; it stays until another one is. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._name = ""
        self._loaded: Summarizer | None = None

    def get(self, name: str, language: str) -> Summarizer:
        """The summariser of that name, for texts in `language`; nothing is fetched for it.

        Raises ModelError for a name that is none's, ModelMissing for one that is not here, LanguageError where it does
        not know the language.
        """
        known = {choice.name: choice for choice in choices()}
        if name not in known:
            # Not even looked at as a path or a hub's id: it may come from anybody.
            raise ModelError("there is no summariser of that name here")
        if not known[name].here:
            raise ModelMissing(f"{name} is not on this machine; whoever runs it can get it: {known[name].command}")
        registry().summariser(name, language)
        with self._lock:
            if self._loaded is None or self._name != name:
                self._loaded = None
                self._loaded = api.load_summarizer(name, language, offline=True, on_event=lambda _: None)
                self._name = name
            return self._loaded
