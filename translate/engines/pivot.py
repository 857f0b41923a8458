"""Two engines in a row, through a language that both know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from translate.align.compose import compose, concatenate, shift
from translate.document import Alignment, Issue, ModelUse, Span, Translation, joint_score
from translate.engines.base import Decoding, Engine, n_best
from translate.errors import EngineError

Split = Callable[[str, Callable[[str], bool]], Sequence[Span]]
"""Cuts a text into parts for which the given function is true (`translate.segment.split_long`, which is above us)."""


@dataclass(frozen=True)
class _Part:
    """A part of a middle sentence, and which sentence it belongs to."""

    sentence: int
    span: Span


class PivotEngine:
    """`first` into the pivot language, `second` out of it.

    A translation's text, target pieces and log-probabilities are those of `second`: they say how sure the second step
    was of a sentence that it took for granted. Its alignment is composed of both. A middle sentence that is too long
    for `second` is cut by `split`; without one it is an EngineError.
    """

    def __init__(self, first: Engine, second: Engine, *, split: Split | None = None) -> None:
        self._first = first
        self._second = second
        self._split = split

    @property
    def uses(self) -> tuple[ModelUse, ...]:
        """The models of both, in the order in which they work."""
        return self._first.uses + self._second.uses

    @property
    def max_source(self) -> int:
        """The most pieces that a sentence may have: the first engine's."""
        return self._first.max_source

    def count(self, sentence: str) -> int:
        """How many pieces the first engine makes of `sentence`."""
        return self._first.count(sentence)

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """One translation for each sentence, in order; `decoding` serves both engines."""
        middle = self._first.translate(sentences, decoding)
        parts = [
            _Part(number, span) for number, step in enumerate(middle) if step.text for span in self._parts(step.text)
        ]
        done = self._second.translate([part.span.of(middle[part.sentence].text) for part in parts], decoding)
        grouped: list[list[tuple[Span, Translation]]] = [[] for _ in middle]
        for part, translation in zip(parts, done, strict=True):
            grouped[part.sentence].append((part.span, translation))
        return [_chained(step, _joined(own)) for step, own in zip(middle, grouped, strict=True)]

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        """What the second engine can make of the first one's best; nothing where that is too long for it."""
        middle = [step.text for step in self._first.translate(sentences, decoding)]
        fitting = [i for i, text in enumerate(middle) if text and self._second.count(text) <= self._second.max_source]
        found = dict(zip(fitting, n_best(self._second, [middle[i] for i in fitting], count, decoding), strict=True))
        return [found.get(i, []) for i in range(len(middle))]

    def _parts(self, text: str) -> Sequence[Span]:
        limit = self._second.max_source
        if self._second.count(text) <= limit:
            return (Span(0, len(text)),)
        if self._split is None:
            raise EngineError(
                f"the first model's sentence of {self._second.count(text)} pieces is over the second's limit of {limit}"
            )
        return self._split(text, lambda part: self._second.count(part) <= limit)


def _chained(first: Translation, second: Translation) -> Translation:
    """What both steps come to, from the first's source to the second's target."""
    alignment = None
    if first.alignment is not None and second.alignment is not None:
        alignment = compose(first.alignment, second.alignment)
    # What an issue says of the middle text points nowhere that a reader can see.
    before = [replace(issue, target=None) for issue in first.issues]
    after = [replace(issue, source=None) for issue in second.issues]
    issues: tuple[Issue, ...] = tuple(dict.fromkeys([*before, *after]))
    return replace(second, source_pieces=first.source_pieces, alignment=alignment, issues=issues)


def _joined(parts: Sequence[tuple[Span, Translation]]) -> Translation:
    """The translations of a text's parts as that of the whole, spaces between them."""
    if len(parts) == 1:
        return parts[0][1]
    text = ""
    alignments: list[Alignment] = []
    issues: list[Issue] = []
    for span, part in parts:
        text += " " if text and part.text else ""
        if part.alignment is not None:
            alignments.append(shift(part.alignment, span.start, len(text)))
        issues += [_moved_issue(issue, span.start, len(text)) for issue in part.issues]
        text += part.text
    return Translation(
        text,
        target_pieces=tuple(piece for _, part in parts for piece in part.target_pieces),
        alignment=concatenate(alignments) if len(alignments) == len(parts) else None,
        issues=tuple(issues),
        score=joint_score([part for _, part in parts]),
    )


def _moved_issue(issue: Issue, source: int, target: int) -> Issue:
    return replace(
        issue,
        source=issue.source.shift(source) if issue.source else None,
        target=issue.target.shift(target) if issue.target else None,
    )
