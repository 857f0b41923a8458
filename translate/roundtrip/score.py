"""Scores documents that went there and back: sentence by sentence, document by document, and all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from translate.document import TranslatedDocument, TranslatedSentence
from translate.errors import InputError
from translate.quality import Settings
from translate.roundtrip import bootstrap, semantic
from translate.roundtrip.findings import on_leg, on_trip, within_a_language
from translate.roundtrip.metrics import Statistics, mean, statistics
from translate.roundtrip.semantic import Cosines
from translate.roundtrip.types import Copy, DocumentTrip, RoundTrip, Score, Trip
from translate.roundtrip.words import changes, is_copy, kept_words

# 997 sentences of FLORES-101 dev give intervals of ±0.9 chrF2++, 100 of them about ±3.
_MANY = 100


@dataclass(frozen=True)
class Travelled:
    """A document on both legs: `back` is `forward` translated sentence for sentence."""

    name: str
    forward: TranslatedDocument
    back: TranslatedDocument


@dataclass(frozen=True)
class How:
    """How a round trip is measured. Without `similarity` no cosine is computed."""

    rules: Settings
    similarity: bool = True
    seed: int = bootstrap.SEED
    resamples: int = bootstrap.RESAMPLES


@dataclass(frozen=True)
class _Sentence:
    """A sentence on both legs, as it stands in its document; `back` is None where nothing went back."""

    block: int
    forward: TranslatedSentence
    back: TranslatedSentence | None
    copied: Copy
    source_language: str
    target_language: str

    @property
    def source_text(self) -> str:
        return self.forward.source.text

    @property
    def forward_text(self) -> str:
        return self.forward.translation.text

    @property
    def back_text(self) -> str:
        return self.back.translation.text if self.back else ""

    @property
    def scored_text(self) -> str:
        """What the metrics see: nothing where nobody translated (`Copy` says why)."""
        return "" if self.copied is Copy.FORWARD else self.back_text


def round_trip(
    documents: Sequence[Travelled], how: How, *, back_choice: str, same_family: bool, seconds: float
) -> RoundTrip:
    """Score documents that went there and back with the same models; see `RoundTrip` for what the words mean.

    Raises InputError where they hold no sentence.
    """
    parts = [_sentences(document) for document in documents]
    every = [sentence for part in parts for sentence in part]
    if not every:
        raise InputError("there is nothing to score: no sentence was translated")
    first = documents[0].forward
    (measured,) = statistics(
        [[sentence.scored_text for sentence in every]],
        [sentence.source_text for sentence in every],
        first.source_language,
    )
    cosines = _cosines(every, how)
    measured += _as_metrics(every, *cosines)
    trips = _trips(every, measured, cosines, how.rules)
    scored, at = [], 0
    for document, part in zip(documents, parts, strict=True):
        where = range(at, at + len(part))
        scores = _scores([one.part(where) for one in measured], how) if part else ()
        own = tuple(trips[at : at + len(part)])
        scored.append(DocumentTrip(document.name, own, scores, document.forward, document.back))
        at += len(part)
    return RoundTrip(
        first.source_language,
        first.target_language,
        tuple(scored),
        _scores(measured, how),
        first.models,
        documents[0].back.models,
        back_choice,
        same_family,
        how.seed,
        how.resamples,
        seconds,
        tuple(_notes(every, cosines[0])),
    )


def _sentences(document: Travelled) -> list[_Sentence]:
    source, target = document.forward.source_language, document.forward.target_language
    found = []
    for number, (there, again) in enumerate(zip(document.forward.blocks, document.back.blocks, strict=True)):
        # A sentence that came out empty has no way back.
        returned = {sentence.source.span: sentence for sentence in again.sentences}
        for sentence in there.sentences:
            back = returned.get(sentence.span)
            found.append(_Sentence(number, sentence, back, _copy(sentence, back, source, target), source, target))
    return found


def _copy(there: TranslatedSentence, back: TranslatedSentence | None, source: str, target: str) -> Copy:
    if not there.translated or is_copy(there.source.text, there.translation.text, source, target):
        return Copy.FORWARD
    if back is not None and is_copy(there.translation.text, back.translation.text, target, source):
        return Copy.BACK
    return Copy.NONE


def _cosines(every: Sequence[_Sentence], how: How) -> tuple[Cosines, Cosines]:
    """Of source and back, and of source and forward text."""
    if not how.similarity:
        return semantic.SWITCHED_OFF, semantic.SWITCHED_OFF
    sources = [sentence.source_text for sentence in every]
    back = semantic.cosines(sources, [sentence.back_text for sentence in every])
    return back, semantic.cosines(sources, [sentence.forward_text for sentence in every])


def _as_metrics(every: Sequence[_Sentence], back: Cosines, forward: Cosines) -> list[Statistics]:
    """The cosines as they count: 0 for a copy."""
    return [
        mean(metric, [0.0 if s.copied is Copy.FORWARD else v for s, v in zip(every, found.values, strict=True)])
        for metric, found in ((semantic.BACK, back), (semantic.FORWARD, forward))
        if found.values is not None
    ]


def _trips(
    every: Sequence[_Sentence], measured: Sequence[Statistics], cosines: tuple[Cosines, Cosines], rules: Settings
) -> list[Trip]:
    columns: Mapping[str, tuple[float, ...]] = {one.metric.key: one.sentences() for one in measured}
    back, forward = (found.values or (None,) * len(every) for found in cosines)
    within = within_a_language(rules)
    trips = []
    for number, sentence in enumerate(every):
        source, target = sentence.source_language, sentence.target_language
        there = on_leg(sentence.forward, source, target, forward[number], rules)
        again = on_leg(sentence.back, target, source, None, rules) if sentence.back else ()
        text = sentence.source_text
        trips.append(
            Trip(
                number + 1,
                sentence.block,
                text,
                sentence.forward_text,
                sentence.back_text,
                {key: column[number] for key, column in columns.items()},
                sentence.copied,
                kept_words(text, sentence.forward_text),
                back[number],
                forward[number],
                on_trip(text, sentence.back_text, source, there, again, within),
                changes(text, sentence.back_text),
                sentence.forward.translation.alignment,
                sentence.back.translation.alignment if sentence.back else None,
            )
        )
    return trips


def _scores(measured: Sequence[Statistics], how: How) -> tuple[Score, ...]:
    return tuple(bootstrap.sample(one, seed=how.seed, resamples=how.resamples).score for one in measured)


def _notes(every: Sequence[_Sentence], cosines: Cosines) -> list[str]:
    copied = sum(sentence.copied is Copy.FORWARD for sentence in every)
    notes = [cosines.note] if cosines.note else []
    if copied:
        notes.append(
            f"{copied:,} of {len(every):,} sentences were left untranslated on the way there and are scored as if "
            "nothing had come back."
        )
    if len(every) < _MANY:
        notes.append(f"{len(every):,} sentences are few: the intervals are wide, and models cannot be ranked by them.")
    return notes
