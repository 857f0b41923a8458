"""Compares systems on the same sentences: by what comes back through one model, and against a human translation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from translate.document import Block, Document, Issue, Kind, ModelUse, Severity, TranslatedBlock, TranslatedDocument
from translate.errors import InputError, UsageError
from translate.quality import Pair, review
from translate.roundtrip import bootstrap, semantic
from translate.roundtrip.bootstrap import Sampled
from translate.roundtrip.findings import on_leg
from translate.roundtrip.material import Material
from translate.roundtrip.metrics import Statistics, mean, statistics
from translate.roundtrip.ranking import rank
from translate.roundtrip.score import How
from translate.roundtrip.semantic import Cosines
from translate.roundtrip.types import Basis, Cell, ComparedSentence, Comparison, Output, Ranking, System
from translate.roundtrip.words import is_copy, kept_words


@dataclass(frozen=True)
class Entry:
    """What one system made of the sentences; `backs` is what came of that on each way back, by the way's name.

    `blocks` holds the translations themselves where a model made them just now; ready outputs have texts only.
    """

    name: str
    texts: tuple[str, ...]
    models: tuple[ModelUse, ...] = ()
    blocks: tuple[TranslatedBlock, ...] | None = None
    backs: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class WaysBack:
    """The ways back by name, the fixed one first; `same` has the (system, way) pairs of one family."""

    names: tuple[str, ...] = ()
    why: str = ""
    same: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class _Judged:
    """An entry with what is known of each of its sentences."""

    entry: Entry
    copied: tuple[bool, ...]
    kept: tuple[float, ...]
    issues: tuple[tuple[Issue, ...], ...]
    cosines: Cosines

    def scored(self, texts: Sequence[str]) -> list[str]:
        """Texts as the metrics see them: nothing where nobody translated."""
        return ["" if copied else text for text, copied in zip(texts, self.copied, strict=True)]


def compare(material: Material, entries: Sequence[Entry], ways: WaysBack, how: How, *, seconds: float) -> Comparison:
    """Rank the entries by the fixed way back, and against the references where there are any.

    Raises UsageError for fewer than two entries, two of one name, or neither ways back nor references; InputError for
    an entry that has not one text for each sentence.
    """
    _check(material, entries, ways)
    judged = [_judge(material, entry, ways, how) for entry in entries]
    cells = _cells(material, judged, ways, how)
    rankings: list[Ranking] = []
    if ways.names:
        fixed = {one.name: cells[one.name, ways.names[0]] for one in entries}
        rankings.append(rank(Basis.ROUND_TRIP, fixed, ways.names[0]))
    if material.references is not None:
        rankings.append(rank(Basis.REFERENCE, _against_reference(material, judged, how)))
    return Comparison(
        *material.languages,
        tuple(_system(one) for one in judged),
        tuple(rankings),
        tuple(
            Cell(
                one.name,
                way,
                tuple(sampled.score for sampled in cells[one.name, way]),
                same=(one.name, way) in ways.same,
                headline=way == ways.names[0],
            )
            for one in entries
            for way in ways.names
        ),
        _sentences(material, judged, ways, rankings),
        how.seed,
        how.resamples,
        seconds,
        ways.why,
        tuple(_notes(material, judged, ways, rankings)),
    )


def together(blocks: Iterable[Block], language: str) -> Document:
    """Blocks as one document in which each distinct one stands once, so that a model translates it once."""
    return Document(tuple(dict.fromkeys(block for block in blocks if block.text)), Kind.TEXT, language)


def looked_up(blocks: Iterable[Block], translated: TranslatedDocument) -> tuple[TranslatedBlock, ...]:
    """The translation of each block, from that of the document that `together` made of them."""
    known = {block.source: block for block in translated.blocks}
    return tuple(known.get(block) or TranslatedBlock(block, block, ()) for block in blocks)


def _check(material: Material, entries: Sequence[Entry], ways: WaysBack) -> None:
    if len(entries) < 2:
        raise UsageError("a comparison needs at least two systems")
    names = [entry.name for entry in entries]
    if len(set(names)) < len(names):
        raise UsageError(f"two systems are called {max(names, key=names.count)}")
    if not ways.names and material.references is None:
        raise UsageError("systems are compared by a way back or against a reference: give one of them")
    for entry in entries:
        if len(entry.texts) != len(material.sources):
            raise InputError(
                f"{entry.name} has {len(entry.texts):,} lines for {len(material.sources):,} sentences: they must match "
                "line by line"
            )


def _judge(material: Material, entry: Entry, ways: WaysBack, how: How) -> _Judged:
    source, target = material.languages
    pairs = list(zip(material.sources, entry.texts, strict=True))
    copied = [is_copy(one, other, source, target) for one, other in pairs]
    found = Cosines(None)
    if ways.names:
        found = semantic.cosines(material.sources, entry.texts) if how.similarity else semantic.SWITCHED_OFF
    blocks = entry.blocks or (None,) * len(pairs)
    similarity = found.values or (None,) * len(pairs)
    issues = [
        _issues(*texts, material.languages, block, value, how)
        for texts, block, value in zip(pairs, blocks, similarity, strict=True)
    ]
    if entry.blocks is not None:
        kept_source = [any(not sentence.translated for sentence in block.sentences) for block in entry.blocks]
        copied = [one or other for one, other in zip(copied, kept_source, strict=True)]
    return _Judged(entry, tuple(copied), tuple(kept_words(*texts) for texts in pairs), tuple(issues), found)


def _issues(
    source: str,
    text: str,
    languages: tuple[str, str],
    block: TranslatedBlock | None,
    similarity: float | None,
    how: How,
) -> tuple[Issue, ...]:
    """What the checks find, and the translator where it was a model of ours."""
    if block is not None and len(block.sentences) == 1:
        return on_leg(block.sentences[0], *languages, similarity, how.rules)
    own = (issue for sentence in block.sentences for issue in sentence.issues) if block is not None else ()
    # The spans of a part of the text are none of the whole.
    placeless = dict.fromkeys(replace(issue, source=None, target=None) for issue in own)
    return (*placeless, *review(Pair(source, text, *languages, similarity=similarity), how.rules))


def _cells(
    material: Material, judged: Sequence[_Judged], ways: WaysBack, how: How
) -> dict[tuple[str, str], list[Sampled]]:
    """Every system on every way back, sampled on every metric."""
    keys = [(one, way) for one in judged for way in ways.names]
    texts = [one.scored(one.entry.backs[way]) for one, way in keys]
    measured = statistics(texts, material.sources, material.languages[0]) if keys else []
    cells = {}
    for (one, way), its in zip(keys, measured, strict=True):
        its += _cosines(material, one, one.entry.backs[way])
        cells[one.entry.name, way] = _sampled(its, how)
    return cells


def _cosines(material: Material, one: _Judged, backs: Sequence[str]) -> list[Statistics]:
    """The cosines of source and back and of source and forward, 0 for copies; none where they are not measured."""
    if one.cosines.values is None:
        return []
    back = semantic.cosines(material.sources, backs)
    return [
        mean(metric, [0.0 if copied else value for value, copied in zip(values, one.copied, strict=True)])
        for metric, values in ((semantic.BACK, back.values), (semantic.FORWARD, one.cosines.values))
        if values is not None
    ]


def _against_reference(material: Material, judged: Sequence[_Judged], how: How) -> dict[str, list[Sampled]]:
    """Every system sampled against the human translation. A copy needs no guard here: it matches nothing."""
    references = material.references or ()
    measured = statistics([one.entry.texts for one in judged], references, material.languages[1])
    return {one.entry.name: _sampled(its, how) for one, its in zip(judged, measured, strict=True)}


def _sampled(measured: Iterable[Statistics], how: How) -> list[Sampled]:
    return [bootstrap.sample(one, seed=how.seed, resamples=how.resamples) for one in measured]


def _system(one: _Judged) -> System:
    issues = [issue for found in one.issues for issue in found]
    return System(
        one.entry.name,
        len(one.copied),
        one.entry.models,
        sum(one.copied),
        sum(one.kept) / len(one.kept),
        dict(Counter(issue.code for issue in issues).most_common()),
        dict(Counter(issue.severity for issue in issues)),
        sum(any(issue.severity is Severity.ERROR for issue in found) for found in one.issues),
    )


def _sentences(
    material: Material, judged: Sequence[_Judged], ways: WaysBack, rankings: Sequence[Ranking]
) -> tuple[ComparedSentence, ...]:
    columns = {
        (standing.system, ranking.basis): standing.sentence_scores
        for ranking in rankings
        for standing in ranking.standings
    }
    compared = []
    for number, (source, file) in enumerate(zip(material.sources, material.files, strict=True)):
        outputs = tuple(
            Output(
                one.entry.name,
                one.entry.texts[number],
                one.entry.backs[ways.names[0]][number] if ways.names else None,
                {ranking.basis: columns[one.entry.name, ranking.basis][number] for ranking in rankings},
                one.copied[number],
                one.issues[number],
            )
            for one in judged
        )
        scores = [output.scores[rankings[0].basis] for output in outputs]
        reference = material.references[number] if material.references is not None else None
        compared.append(ComparedSentence(number + 1, file, source, reference, outputs, max(scores) - min(scores)))
    return tuple(compared)


def _notes(material: Material, judged: Sequence[_Judged], ways: WaysBack, rankings: Sequence[Ranking]) -> list[str]:
    notes = list(dict.fromkeys(one.cosines.note for one in judged if one.cosines.note))
    if len(material.sources) < bootstrap.FEWEST:
        notes.append(
            f"{len(material.sources):,} sentences are too few to tell systems apart; at least {bootstrap.FEWEST} are "
            "needed, and for small differences hundreds."
        )
    kin = [one.entry.name for one in judged if (one.entry.name, *ways.names[:1]) in ways.same]
    if 0 < len(kin) < len(judged):
        favoured = ", ".join(kin)
        notes.append(f"{ways.names[0]} translates back and is of the same family as {favoured}, which it may favour.")
    if len({tuple(standing.system for standing in ranking.standings) for ranking in rankings}) > 1:
        notes.append(
            "The round trip and the human reference do not put the systems in the same order: trust the reference."
        )
    if (pairs := len(judged) * (len(judged) - 1) // 2) > 1:
        notes.append(
            f"{pairs} pairs are tested at p < {bootstrap.ALPHA} each, so that one may be called different by chance; "
            f"what has p < {bootstrap.ALPHA / pairs:.3f} holds for all of them together (Bonferroni)."
        )
    penalty = "; on the round trip they are scored as if nothing had come back" if ways.names else ""
    notes += [
        f"{one.entry.name} left {sum(one.copied):,} of {len(one.copied):,} sentences untranslated{penalty}."
        for one in judged
        if any(one.copied)
    ]
    return notes
