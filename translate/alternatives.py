"""Other translations of a short text: the next best hypotheses of its engine, as far as nothing is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from translate import casing, protect
from translate.align.faults import same_words
from translate.document import Block, Kind, Severity, Span, TranslatedBlock, TranslatedDocument
from translate.engines.base import n_best
from translate.errors import UsageError
from translate.quality import Pair
from translate.translator import Pipeline

MOST = 10
"""So many alternatives may be asked for: the beam must be wider still, and what it finds last is hardly of use."""

# Hypotheses beyond those asked for: the best itself, and some that differ from others in marks alone.
_SPARE = 3

_Others = Mapping[str, Sequence[str]]
"""The alternatives of each source sentence, best first."""


@dataclass(frozen=True)
class _Asked:
    """A sentence as the engine is to see it, what stands for it already, and what must come through unchanged."""

    sentence: str
    best: str
    recased: str | None
    protected: tuple[Span, ...]


def find(pipeline: Pipeline, done: TranslatedDocument, count: int) -> tuple[str, ...]:
    """Up to `count` other translations, best first, of a plain text that this pipeline has translated.

    The k-th is made of the k-th alternatives of its sentences, and of what stands in `done` for a sentence that has
    fewer. Each differs from `done` and from the others by more than marks and case, holds what is protected as it is,
    and has no fault that the engine's guard or, where there is one, the pipeline's reviewer calls an error. There may
    be none: from an engine that shows no other hypotheses, or for a document that is not plain text.

    Raises UsageError where `count` is not 0 to `MOST`, and EngineError where the engine fails.
    """
    if not 0 <= count <= MOST:
        raise UsageError(f"0 to {MOST} alternatives can be asked for, not {count}")
    if count == 0 or done.source.kind is not Kind.TEXT:
        return ()
    others = _others(pipeline, _asked(done), count)
    most = max((len(texts) for texts in others.values()), default=0)
    found = dict.fromkeys(_joined(done, others, k) for k in range(most))
    found.pop(_joined(done, {}, 0), None)
    return tuple(found)


def _asked(done: TranslatedDocument) -> list[_Asked]:
    """Each different sentence with words, once."""
    known = casing.learn(block.source.text for block in done.blocks)
    asked = {}
    for sentence in done.sentences:
        text = sentence.source.text
        if text not in asked and any(map(str.isalpha, text)):
            protected = protect.find(text)
            recased = casing.recase(text, known, protected)
            asked[text] = _Asked(text, sentence.translation.text, recased, protected)
    return list(asked.values())


def _others(pipeline: Pipeline, asked: Sequence[_Asked], count: int) -> _Others:
    """Up to `count` sound alternatives for each sentence; there may be none."""
    found: dict[str, list[str]] = {}
    pending = list(asked)
    for form in protect.FORMS:
        for one, texts in zip(pending, _hypotheses(pipeline, pending, form, count + _SPARE), strict=True):
            if new := _new(one.best, texts):
                found[one.sentence] = new
        # Where a model has lost what was hidden, it may keep another form of it.
        pending = [one for one in pending if one.protected and one.sentence not in found]
    return {sentence: _sound(pipeline, sentence, texts)[:count] for sentence, texts in found.items()}


def _hypotheses(pipeline: Pipeline, asked: Sequence[_Asked], form: protect.Form, count: int) -> list[list[str]]:
    """The engine's best hypotheses for each sentence that is not too long for it, with what was hidden put back."""
    engine = pipeline.engine
    masks = [protect.mask(one.recased or one.sentence, one.protected, form) for one in asked]
    fitting = [i for i, mask in enumerate(masks) if engine.count(mask.text) <= engine.max_source]
    found: list[list[str]] = [[] for _ in asked]
    for i, texts in zip(fitting, n_best(engine, [masks[i].text for i in fitting], count), strict=True):
        restored = [protect.unmask(text, masks[i]) for text in texts]
        found[i] = [_as_loud(asked[i], one.text) for one in restored if one is not None]
    return found


def _as_loud(asked: _Asked, text: str) -> str:
    """In capitals, where its source was."""
    return text if asked.recased is None else casing.raise_case(text, protect.find(text))


def _new(best: str, texts: Sequence[str]) -> list[str]:
    """The texts that say it in other words than the best, and than those before them."""
    new: list[str] = []
    for text in texts:
        if not any(same_words(text, other) for other in (best, *new)):
            new.append(text)
    return new


def _sound(pipeline: Pipeline, sentence: str, texts: Sequence[str]) -> list[str]:
    """The texts in which the pipeline's reviewer, if it has one, sees no error."""
    if pipeline.reviewer is None:
        return list(texts)
    pairs = [Pair(sentence, text, pipeline.source, pipeline.target) for text in texts]
    reviews = pipeline.reviewer.review(pairs)
    return [
        text
        for text, issues in zip(texts, reviews, strict=True)
        if not any(issue.severity is Severity.ERROR for issue in issues)
    ]


def _joined(done: TranslatedDocument, others: _Others, k: int) -> str:
    """The document with the k-th alternative of each sentence that has so many."""
    blocks = iter(done.blocks)
    parts = (_block(next(blocks), others, k) if isinstance(part, Block) else str(part) for part in done.source.parts)
    return "".join(parts)


def _block(block: TranslatedBlock, others: _Others, k: int) -> str:
    text, at = "", 0
    for sentence in block.sentences:
        own = others.get(sentence.source.text, ())
        text += block.target.text[at : sentence.span.start]
        text += own[k] if k < len(own) else sentence.span.of(block.target.text)
        at = sentence.span.end
    return text + block.target.text[at:]
