"""Has every compared model translate the same sentences, and every way back translate what came of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from translate.document import Block, Document, ModelUse, TranslatedBlock, TranslatedDocument
from translate.errors import UsageError
from translate.registry import DEFAULT_PROFILE, Route, registry
from translate.roundtrip import back_model
from translate.roundtrip.back_model import Asked
from translate.roundtrip.compare import Entry, WaysBack, looked_up, together
from translate.translator import Progress

Pair: TypeAlias = tuple[str, str]


class Translated(Protocol):
    """What a translator gives."""

    @property
    def document(self) -> TranslatedDocument:
        """The translated document."""


class Translator(Protocol):
    """What a comparison needs of a translator; `translate.api.Translator` is one."""

    @property
    def models(self) -> tuple[ModelUse, ...]:
        """The models at work."""

    def translate(self, article: Document, /, *, progress: Progress | None = None) -> Translated:
        """Translate a document."""


@dataclass(frozen=True)
class Means:
    """How models are had and watched: `load` makes the translator of a pair for a model or profile, `watch` makes, for
    a label and a document, a context manager that hears of each block; `say` gets a sentence for the user.
    """

    load: Callable[[Pair, str | None, str | None], Translator]
    watch: Callable[[str, Document], AbstractContextManager[Progress]]
    say: Callable[[str], None]


@dataclass(frozen=True)
class _Forward:
    """What one system made of the sentences."""

    asked: Asked
    uses: tuple[ModelUse, ...]
    blocks: tuple[TranslatedBlock, ...]


def hold(
    systems: Sequence[str], back_models: Sequence[str], sentences: Sequence[Block], pair: Pair, means: Means
) -> tuple[list[Entry], WaysBack]:
    """Every system's translations, and what comes of them on every way back, the fixed one first.

    `systems` are models, folders or profiles. The ways back are `back_models`, or else the one that `back_model.choose`
    finds; and besides, each system's own where it is on this machine. Each model is loaded once for a direction, alone
    in memory, and translates each distinct sentence once. Raises UsageError for fewer than two systems or a model named
    twice, ModelError for unknown names, and what loading and translating raise.
    """
    asked = _distinct(systems, pair)
    ways, why = _ways(asked, back_models, pair)
    means.say(why)
    document = together(sentences, pair[0])
    forward: dict[str, _Forward] = {}
    for given, one in zip(systems, asked, strict=True):
        made = _translate(given, one, document, sentences, pair, means)
        forward[_name(made.uses, given, forward)] = made
    backs: dict[str, dict[str, tuple[str, ...]]] = {}
    same: set[tuple[str, str]] = set()
    for way in ways:
        uses, texts = _return(way, forward, pair, means)
        name = _name(uses, way.model or way.profile or "", backs)
        backs[name] = texts
        same |= {(system, name) for system, one in forward.items() if back_model.shares_family(way, [one.asked])}
    entries = [
        Entry(
            system,
            tuple(block.target.text for block in one.blocks),
            one.uses,
            one.blocks,
            {name: texts[system] for name, texts in backs.items()},
        )
        for system, one in forward.items()
    ]
    return entries, WaysBack(tuple(backs), why, frozenset(same))


def _name(uses: Sequence[ModelUse], given: str, taken: Container[str]) -> str:
    """What reports call a translator: its models' names, or what the user called it where another has the same."""
    name = " + ".join(use.name for use in uses)
    return given if name in taken else name


def _distinct(systems: Sequence[str], pair: Pair) -> list[Asked]:
    """What each name asks for; UsageError where two of them are the same model, or there is one only."""
    if len(systems) < 2:
        raise UsageError("a comparison needs at least two models")
    names: dict[tuple[str, ...], str] = {}
    found = []
    for name in systems:
        one = _named(name, pair)
        models = _models(one, pair)
        if models in names:
            other = names[models]
            twice = f"{name} is given twice" if other == name else f"{other} and {name} are the same model"
            raise UsageError(f"{twice}: name it once")
        names[models] = name
        found.append(one)
    return found


def _ways(forward: Sequence[Asked], back_models: Sequence[str], pair: Pair) -> tuple[list[Asked], str]:
    """The ways back in order, each once, and why the first is what it is."""
    back = (pair[1], pair[0])
    if back_models:
        ways = [_named(name, back) for name in back_models]
        why = back_model.reason(ways[0], forward)
    else:
        choice = back_model.choose(forward, *pair)
        ways, why = [_asked(choice.model, choice.profile, back)], choice.why
    for one in forward:
        own = back_model.counterpart(one, *pair)
        if own is not None and back_model.at_hand(own, *back):
            ways.append(_asked(own.model, own.profile, back))
    distinct: dict[tuple[str, ...], Asked] = {}
    for way in ways:
        distinct.setdefault(_models(way, back), way)
    return list(distinct.values()), why


def _named(name: str, pair: Pair) -> Asked:
    return _asked(None, name, pair) if name in registry().profiles else _asked(name, None, pair)


def _asked(model: str | None, profile: str | None, pair: Pair) -> Asked:
    """What is asked for, with the models that it will come to; unknown names are found out before any work."""
    specs = [leg.spec for leg in _route(model, profile, pair)]
    return Asked(
        model,
        profile,
        tuple(ModelUse(spec.name, spec.origin, spec.revision or "", spec.licence.name, spec.engine) for spec in specs),
    )


def _models(asked: Asked, pair: Pair) -> tuple[str, ...]:
    """What tells a translator's models from all others: their folders or their names."""
    route = _route(asked.model, asked.profile, pair)
    return tuple(str(leg.spec.folder or leg.spec.name) for leg in route)


def _route(model: str | None, profile: str | None, pair: Pair) -> Route:
    if model is not None:
        return registry().route_with(model, *pair)
    return registry().route(*pair, profile or DEFAULT_PROFILE)


def _translate(
    given: str, asked: Asked, document: Document, sentences: Sequence[Block], pair: Pair, means: Means
) -> _Forward:
    translator = means.load(pair, asked.model, asked.profile)
    with means.watch(f"{given}: {pair[0]} → {pair[1]}", document) as progress:
        translated = translator.translate(document, progress=progress).document
    return _Forward(asked, translator.models, looked_up(sentences, translated))


def _return(
    way: Asked, forward: Mapping[str, _Forward], pair: Pair, means: Means
) -> tuple[tuple[ModelUse, ...], dict[str, tuple[str, ...]]]:
    """The models of a way back, and for each system the texts that came back."""
    translator = means.load((pair[1], pair[0]), way.model, way.profile)
    targets = {system: [block.target for block in one.blocks] for system, one in forward.items()}
    made = together(itertools.chain(*targets.values()), pair[1])
    with means.watch(f"{way.model or way.profile}: {pair[1]} → {pair[0]}", made) as progress:
        translated = translator.translate(made, progress=progress).document
    texts = {
        system: tuple(block.target.text for block in looked_up(blocks, translated))
        for system, blocks in targets.items()
    }
    return translator.models, texts
