"""Reviews pairs many at a time, with what all of them share: settings, glossary, whether to compare their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from translate.document import Issue, Span
from translate.quality import length, similarity
from translate.quality.checks import review
from translate.quality.pair import Pair
from translate.quality.settings import Settings
from translate.terminology import Term

_EMPTY = "length.empty"


@dataclass(frozen=True)
class Reviewer:
    """Reviews pairs of one language pair and direction.

    `terms` are those of the glossaries for it, in order of priority. With `similarity` the meaning of both sides is
    compared, which takes a hundred times as long as all the rest, and less for many pairs at once.
    """

    settings: Settings
    terms: tuple[Term, ...] = ()
    similarity: bool = False

    def review(self, pairs: Sequence[Pair]) -> list[tuple[Issue, ...]]:
        """The issues of each pair, errors first. Raises ExtraMissing where similarity needs what is not installed."""
        if self.terms:
            pairs = [replace(pair, terms=self.terms) for pair in pairs]
        if self.similarity:
            pairs = similarity.score(pairs)
        return [self._reviewed(pair) for pair in pairs]

    def _reviewed(self, pair: Pair) -> tuple[Issue, ...]:
        if pair.source.strip() and pair.target.strip():
            return review(pair, self.settings)
        # What a text has lost with one of its sides need not be told number by number and name by name.
        rule = self.settings[length.CHECK.name]
        severity = rule.severities["empty"] if rule.enabled else None
        if severity is None or not (pair.source.strip() or pair.target.strip()):
            return ()
        if pair.source.strip():
            message = length.CHECK.messages["empty"]
            return (Issue(_EMPTY, severity, message.english, message.arabic, source=Span(0, len(pair.source))),)
        whole = Span(0, len(pair.target))
        return (Issue(_EMPTY, severity, "The translation has no source.", "لا أصل لهذه الترجمة.", target=whole),)
