"""The models and profiles that there are, asked by name or by pair of languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from translate.errors import LanguageError, ModelError, UsageError
from translate.registry.folder import address, local
from translate.registry.spec import ModelSpec, Profile

DEFAULT_PROFILE = "default"
PIVOT = "en"


@dataclass(frozen=True)
class Leg:
    """One model on one pair: its own codes for the languages, and what stands before every source sentence."""

    spec: ModelSpec
    source: str
    target: str
    source_code: str | None = None
    target_code: str | None = None
    prefix: str = ""


@dataclass(frozen=True)
class Route:
    """The way between two languages: one leg, or two with English between them, in the order in which they work."""

    legs: tuple[Leg, ...]

    def __post_init__(self) -> None:
        ends = [end for one in self.legs for end in (one.source, one.target)]
        if not ends or ends[1:-1:2] != ends[2:-1:2]:
            raise ValueError(f"the legs of a route must follow on from each other: {ends}")

    def __iter__(self) -> Iterator[Leg]:
        return iter(self.legs)

    def __len__(self) -> int:
        return len(self.legs)


@dataclass(frozen=True)
class Registry:
    """Every known model and profile; `path` is the user's own file, whether there is one or not."""

    models: Mapping[str, ModelSpec]
    profiles: Mapping[str, Profile]
    path: Path

    def model(self, name: str) -> ModelSpec:
        """The model of that name: a key of models.yaml, the hub id of one, or a folder that holds a model.

        Raises ModelError for an unknown name, ModelBroken for a folder that holds no model.
        """
        if (known := self.models.get(name)) is not None:
            return known
        for spec in self.models.values():
            if spec.hub == name:
                return spec
        folder = Path(name).expanduser()
        if folder.is_dir():
            return local(folder)
        names = [*self.models, *(spec.hub for spec in self.models.values() if spec.hub)]
        raise ModelError(
            f"{name!r} is neither a known model nor a folder{near(name, names)}; `dragoman models list` shows all, "
            f"and {self.path} is where you can describe your own"
        )

    def profile(self, name: str) -> tuple[ModelSpec, ...]:
        """The models of a profile; ModelError where there is none of that name."""
        if name not in self.profiles:
            known = ", ".join(self.profiles)
            raise ModelError(f"there is no profile {name!r}{near(name, self.profiles)}; known: {known}")
        return tuple(self.models[model] for model in self.profiles[name].models)

    def choose(self, name: str) -> tuple[ModelSpec, ...]:
        """The models of the profile `name`, or else the one model of that name."""
        return self.profile(name) if name in self.profiles else (self.model(name),)

    def route(self, source: str, target: str, profile: str = DEFAULT_PROFILE) -> Route:
        """The way from `source` to `target` with a profile's models: direct where one serves it, else through English.

        Raises LanguageError where there is no way, naming the pairs that there are; ModelError for an unknown profile;
        UsageError where the two languages are one.
        """
        return _route(self.profile(profile), source, target, f"profile {profile!r}")

    def route_with(self, model: str, source: str, target: str) -> Route:
        """The way from `source` to `target` with the one model that `model` names (as for the method `model`).

        Raises what `route` raises, and ModelBroken for a folder that holds no model.
        """
        return _route((self.model(model),), source, target, f"model {model!r}")

    def summariser(self, name: str, language: str) -> ModelSpec:
        """The summariser of that name (as for the method `model`), which must know `language`.

        Raises ModelError for an unknown name or a model that translates, LanguageError for a language that it does not
        summarise.
        """
        spec = self.model(name)
        if spec.task != "summarize":
            known = ", ".join(self.summarisers(language)) or "none"
            raise ModelError(f"{spec.name} translates and writes no summaries; for {language} there are: {known}")
        if language not in spec.languages:
            raise LanguageError(f"{spec.name} summarises {', '.join(spec.languages)}, not {language}")
        return spec

    def summarisers(self, language: str) -> tuple[str, ...]:
        """The names of the models that summarise texts in `language`, in the order of models.yaml."""
        return tuple(name for name, spec in self.models.items() if language in spec.languages)


def leg(spec: ModelSpec, source: str, target: str) -> Leg | None:
    """The model at work from `source` to `target`, or None where it does not translate that pair."""
    if (source, target) in spec.served:
        source_code, target_code = spec.codes.get(source), spec.codes.get(target)
        prefix = (spec.prefix or "").replace("{target}", target_code or "")
        return Leg(spec, source, target, source_code, target_code, prefix)
    if spec.folder is not None and not spec.served and spec.task == "translate":
        return Leg(spec, source, target, *address(spec, spec.folder, source, target))
    return None


def near(name: str, known: Iterable[str]) -> str:
    """The question whether `name` is a slip of a known one, to put behind it; empty where none is close."""
    by_folded = {other.casefold(): other for other in known}
    close = difflib.get_close_matches(name.casefold(), by_folded, n=3, cutoff=0.6)
    return f" (did you mean {' or '.join(by_folded[other] for other in close)}?)" if close else ""


def _route(specs: tuple[ModelSpec, ...], source: str, target: str, what: str) -> Route:
    if source == target:
        raise UsageError(f"the source and the target language are both {source!r}: there is nothing to translate")
    if (direct := _first(specs, source, target)) is not None:
        return Route((direct,))
    if PIVOT not in (source, target):
        there, on = _first(specs, source, PIVOT), _first(specs, PIVOT, target)
        if there is not None and on is not None:
            return Route((there, on))
    pairs = ", ".join("-".join(pair) for spec in specs for pair in spec.served)
    does = f"it translates {pairs}" if pairs else "it writes summaries and translates nothing"
    raise LanguageError(f"{what} knows no way from {source} to {target}: {does}")


def _first(specs: Iterable[ModelSpec], source: str, target: str) -> Leg | None:
    return next((found for spec in specs if (found := leg(spec, source, target)) is not None), None)
