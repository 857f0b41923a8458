"""Chooses the model for the way back: of another family than the forward one where such a model is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translate import hub
from translate.document import ModelUse
from translate.errors import UsageError
from translate.registry import DEFAULT_PROFILE, ModelSpec, registry


@dataclass(frozen=True)
class Asked:
    """What a forward translator was asked for by name (neither: the best at hand), and the models that it came to."""

    model: str | None
    profile: str | None
    uses: tuple[ModelUse, ...]


@dataclass(frozen=True)
class BackChoice:
    """What to load for the way back (`model`, else `profile`, else the best at hand), and in one sentence why."""

    model: str | None
    profile: str | None
    why: str


def families(asked: Asked) -> frozenset[str]:
    """The families of a translator's models: their architectures (marian, nllb, m2m100, …).

    Models of one family were mostly built by the same people from the same data, and share their mistakes.
    """
    known = registry()
    specs = [known.models.get(use.name) or known.model(asked.model or use.name) for use in asked.uses]
    return frozenset(spec.architecture for spec in specs)


def choose(forward: Sequence[Asked], source: str, target: str) -> BackChoice:
    """The way back from `target` to `source` for forward translators that are to be held against one another.

    Models that are on this machine, no preview and free for any use come first, those of a family that no forward
    model is of before others, the better (FLORES-200 devtest chrF) before the worse; then the counterpart of the first
    forward model; then any model at hand. Raises UsageError where nothing goes back.
    """
    taken = frozenset[str]().union(*map(families, forward))
    at_hand = _at_hand(target, source)
    proper = [spec for spec in at_hand if not spec.preview and spec.licence.commercial is not False]
    if stranger := next((spec for spec in proper if spec.architecture not in taken), None):
        why = (
            f"{stranger.name} translates back: the best model at hand of another family ({stranger.architecture}) than "
            f"the forward one ({', '.join(sorted(taken))})."
        )
        return BackChoice(stranger.name, None, why)
    if (partner := counterpart(forward[0], source, target)) is not None:
        return partner
    if at_hand:
        return BackChoice(at_hand[0].name, None, f"{at_hand[0].name} translates back: no other model at hand does.")
    raise UsageError(
        f"no model at hand translates from {target} back to {source}: name one with --back-model, or fetch one with "
        "`dragoman models pull default`"
    )


def counterpart(asked: Asked, source: str, target: str) -> BackChoice | None:
    """The same model, or its profile's, the other way; None for a folder that goes one way only."""
    note = "no model of another family is on this machine, so that both ways may share their mistakes."
    if asked.model is None:
        name = f"profile {asked.profile}" if asked.profile else "the same choice of models"
        return BackChoice(None, asked.profile, f"For the way back {name} is used too: {note}")
    spec = registry().model(asked.model)
    if (target, source) in spec.served or (not spec.served and spec.architecture != "marian"):
        return BackChoice(asked.model, None, f"{spec.name} translates back too: {note}")
    profiles = registry().profiles
    profile = next((key for key, its in profiles.items() if spec.name in its.models), None)
    if not spec.served or profile is None:
        return None
    partner = f"its counterpart of profile {profile}" if profile != DEFAULT_PROFILE else "its counterpart"
    return BackChoice(None, profile, f"{spec.name} goes one way, and {partner} translates back: {note}")


def at_hand(choice: BackChoice, source: str, target: str) -> bool:
    """Whether the models of a choice are on this machine, so that the way from `source` to `target` costs no fetching.

    `choice` must name a model or a profile.
    """
    if choice.model is not None:
        route = registry().route_with(choice.model, source, target)
    else:
        route = registry().route(source, target, choice.profile or DEFAULT_PROFILE)
    return all(hub.cached(leg.spec) is not None for leg in route)


def reason(back: Asked, forward: Sequence[Asked]) -> str:
    """Why a way back that the user named is right or wrong for these forward translators, in one sentence."""
    name = " + ".join(use.name for use in back.uses)
    if shares_family(back, forward):
        return f"{name} translates back, as asked; a forward model is of the same family and may share its mistakes."
    return f"{name} translates back, as asked; it is of another family than what translates forward."


def shares_family(back: Asked, forward: Sequence[Asked]) -> bool:
    """Whether the way back is of a family that a forward translator is of too."""
    return any(families(back) & families(one) for one in forward)


def _at_hand(source: str, target: str) -> list[ModelSpec]:
    """The models on this machine that translate the pair, the best first, previews last."""
    pair = f"{source}-{target}"
    serving = [spec for spec in registry().models.values() if (source, target) in spec.served]
    here = [spec for spec in serving if hub.cached(spec) is not None]
    return sorted(here, key=lambda spec: (spec.preview, -spec.flores_chrf.get(pair, 0.0)))
