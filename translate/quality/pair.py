"""What a check sees: a source sentence, its translation, and what is known of how it was made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from translate.align.words import words
from translate.document import Alignment, Span
from translate.terminology import Term

LONGEST = 20_000
"""More characters than any sentence has. A book on one line has more, and checks that hold every number of one side
against every one of the other would take hours for it."""


@dataclass(frozen=True)
class Pair:
    """A sentence in both languages (normalised codes: "en", "ar").

    What is None or empty is not known, and checks that need it say nothing: `alignment` of source and target words,
    `mean_log_prob` (natural, of a target piece, at most 0), `similarity` (cosine of the two sentences' embeddings, -1
    to 1), `terms` (of the glossaries for this direction, in order of priority).
    """

    source: str
    target: str
    source_language: str
    target_language: str
    alignment: Alignment | None = None
    mean_log_prob: float | None = None
    similarity: float | None = None
    terms: tuple[Term, ...] = ()

    @property
    def size(self) -> int:
        """The characters of the longer side."""
        return max(len(self.source), len(self.target))

    @cached_property
    def source_words(self) -> tuple[Span, ...]:
        """The source's words in order, marks by themselves."""
        return words(self.source)

    @cached_property
    def target_words(self) -> tuple[Span, ...]:
        """The target's words in order, marks by themselves."""
        return words(self.target)

    def text_in(self, language: str) -> str | None:
        """The side that is in `language`; None where neither is."""
        if self.source_language == language:
            return self.source
        return self.target if self.target_language == language else None
