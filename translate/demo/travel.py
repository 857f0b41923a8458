"""Takes an article there and back with somebody watching, and holds two models against each other on it."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from translate import quality, segment
from translate.api import Result, Translator
from translate.document import (
    Block,
    Document,
    Sentence,
    Span,
    TranslatedBlock,
    TranslatedDocument,
    TranslatedSentence,
)
from translate.errors import ModelError, UsageError
from translate.quality import Settings
from translate.roundtrip import back_model, score
from translate.roundtrip.back_model import Asked, BackChoice
from translate.roundtrip.compare import Entry, WaysBack, compare
from translate.roundtrip.material import Material
from translate.roundtrip.score import How, Travelled
from translate.roundtrip.types import Comparison, RoundTrip
from translate.serving import Models

Pair = tuple[str, str]

# Sentences that go back together: few, so that their number is seen to grow.
_TOGETHER = 16


@dataclass(frozen=True)
class Step:
    """How far a journey is: `done` of `total` sentences on one leg with the named models.

    With leg "measure" all sentences are there, and are being scored.
    """

    leg: Literal["there", "back", "measure"]
    models: str
    done: int
    total: int
    seconds: float


@dataclass(frozen=True)
class Checked:
    """What came of it: a round trip for each model, and the comparison where there are two."""

    trips: tuple[RoundTrip, ...]
    comparison: Comparison | None = None


def check(
    models: Models, document: Document, name: str, pair: Pair, asked: Sequence[str | None], *, similarity: bool
) -> Iterator[Step | Checked]:
    """The article there with each of the models `asked` for (None: the server's own), and back with one and the same.

    Raises UsageError where two of them are the same model, and what `Models.translator` raises for any of them or for
    the way back.
    """
    began = time.monotonic()
    there = [models.translator(*pair, model) for model in asked]
    names = [_name(translator) for translator in there]
    if len(set(names)) < len(names):
        raise UsageError(f"both models are {names[0]}: choose another one to compare it with")
    forward_asked = [Asked(one, None, translator.models) for one, translator in zip(asked, there, strict=True)]
    choice = _way_back(forward_asked, pair)
    again = models.translator(pair[1], pair[0], choice.model)
    returning = Asked(choice.model, None, again.models)
    travelled = []
    for translator, called in zip(there, names, strict=True):
        started = time.monotonic()
        forward = yield from _there(translator, document, called, began)
        back = yield from _back(again, forward, began)
        travelled.append((Travelled(name, forward, back), time.monotonic() - started))
    yield Step("measure", "", 0, 0, time.monotonic() - began)
    how = How(_settings(), similarity)
    trips = tuple(
        score.round_trip(
            [one],
            how,
            back_choice=choice.why,
            same_family=_is_kin(returning, its),
            seconds=seconds,
        )
        for (one, seconds), its in zip(travelled, forward_asked, strict=True)
    )
    if len(trips) < 2:
        yield Checked(trips)
        return
    way = _name(again)
    kin = {called for called, trip in zip(names, trips, strict=True) if trip.same_family}
    ways = WaysBack((way,), choice.why, frozenset((called, way) for called in kin))
    entries = [_entry(called, one, way) for called, (one, _) in zip(names, travelled, strict=True)]
    material = _material(travelled[0][0])
    yield Checked(trips, compare(material, entries, ways, how, seconds=time.monotonic() - began))


def _way_back(forward: Sequence[Asked], pair: Pair) -> BackChoice:
    try:
        return back_model.choose(forward, *pair)
    except ModelError:
        # A folder that the server was started with: models.yaml knows nothing of its kind.
        return BackChoice(None, None, "The server's own model translates back.")


def _is_kin(back: Asked, forward: Asked) -> bool:
    """Whether both may share their mistakes, which is to be feared of models of which nothing is known."""
    try:
        return back_model.shares_family(back, [forward])
    except ModelError:
        return True


def _name(translator: Translator) -> str:
    return " + ".join(use.name for use in translator.models)


@lru_cache(maxsize=1)
def _settings() -> Settings:
    return quality.settings()


# --- the two legs -----------------------------------------------------------------------------------------------------


def _there(
    translator: Translator, document: Document, called: str, began: float
) -> Generator[Step, None, TranslatedDocument]:
    """Translate the document, telling of each sentence."""
    total = sum(len(segment.sentences(block, translator.source)) for block in document.blocks)
    blocks: list[TranslatedBlock] = []
    done = 0
    yield Step("there", called, 0, total, time.monotonic() - began)
    for one in translator.live(document):
        if isinstance(one, TranslatedBlock):
            blocks.append(one)
        else:
            done += 1
            yield Step("there", called, done, total, time.monotonic() - began)
    return TranslatedDocument(document, translator.source, translator.target, tuple(blocks), translator.models)


def _back(
    translator: Translator, forward: TranslatedDocument, began: float
) -> Generator[Step, None, TranslatedDocument]:
    """Translate a translation back a few blocks at a time, telling of each few: a sentence's fate is its own."""
    called = _name(translator)
    total = sum(1 for _ in forward.sentences)
    blocks: list[TranslatedBlock] = []
    done = 0
    yield Step("back", called, 0, total, time.monotonic() - began)
    for few in _few(forward.blocks):
        part = Document(tuple(block.source for block in few), forward.source.kind, forward.source_language)
        blocks += translator.back(Result(replace(forward, source=part, blocks=few))).document.blocks
        done += sum(len(block.sentences) for block in few)
        yield Step("back", called, done, total, time.monotonic() - began)
    targets = iter([block.target for block in forward.blocks])
    parts = tuple(next(targets) if isinstance(part, Block) else part for part in forward.source.parts)
    document = Document(parts, forward.source.kind, forward.target_language)
    return TranslatedDocument(document, translator.source, translator.target, tuple(blocks), translator.models)


def _few(blocks: Sequence[TranslatedBlock]) -> Iterator[tuple[TranslatedBlock, ...]]:
    """The blocks in order, in groups of few sentences, the first ones smaller: the count should move at once."""
    group: list[TranslatedBlock] = []
    most = 1
    for block in blocks:
        group.append(block)
        if sum(len(one.sentences) for one in group) >= most:
            yield tuple(group)
            group, most = [], min(2 * most, _TOGETHER)
    if group:
        yield tuple(group)


# --- the comparison ---------------------------------------------------------------------------------------------------


def _material(travelled: Travelled) -> Material:
    """The sentences that both models translated."""
    forward = travelled.forward
    texts = tuple(sentence.source.text for sentence in forward.sentences)
    return Material((forward.source_language, forward.target_language), texts, (travelled.name,) * len(texts))


def _entry(called: str, travelled: Travelled, way: str) -> Entry:
    """What one model made of the sentences, and what came back of that."""
    sentences = list(travelled.forward.sentences)
    returned: list[str] = []
    for there, again in zip(travelled.forward.blocks, travelled.back.blocks, strict=True):
        # A sentence that came out empty has no way back.
        known = {one.source.span: one.translation.text for one in again.sentences}
        returned += [known.get(sentence.span, "") for sentence in there.sentences]
    return Entry(
        called,
        tuple(sentence.translation.text for sentence in sentences),
        travelled.forward.models,
        tuple(map(_alone, sentences)),
        {way: tuple(returned)},
    )


def _alone(sentence: TranslatedSentence) -> TranslatedBlock:
    """A sentence as a block of its own."""
    source, target = sentence.source.text, sentence.translation.text
    alone = replace(sentence, source=Sentence(source, Span(0, len(source))), span=Span(0, len(target)))
    return TranslatedBlock(Block(source), Block(target), (alone,))
