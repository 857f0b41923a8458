"""Where a translation lost or changed a number, takes the engine's best other hypothesis that did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from translate.document import Issue, Severity, Translation
from translate.engines.base import Around, Decoding, Engine, n_best
from translate.quality import Pair, numbers

NUMBERS = "engine.numbers"
"""The code of the note on a translation that is not the engine's first."""

_BEAM = 8
# The findings of the numbers check that are errors; "maybe_missing" and "maybe_extra" are only warnings.
_SURE = frozenset(("missing", "extra", "changed"))
_NOTE = Issue(
    NUMBERS,
    Severity.NOTE,
    "The model's first translation had a wrong number; this is another of its translations.",
    "في ترجمة النموذج الأولى عدد خاطئ؛ وهذه ترجمة أخرى من ترجماته.",
)


class NumbersKept(Around):
    """An engine whose translations with a wrong number give way to hypotheses with fewer, where it has any.

    `source` and `target` are the language codes of what goes in and comes out. Only sentences in which the numbers
    check sees an error are searched again, with a beam of 8: from an engine without alignment come its eight best
    hypotheses, from one with alignment its best, which has an alignment. The one with the fewest errors stands, the
    likelier of two; where none has fewer than the first, the first. What came in the first's place has a note
    (`NUMBERS`). Each sentence is judged by itself.
    """

    def __init__(self, engine: Engine, source: str, target: str) -> None:
        super().__init__(engine)
        self._pair = source, target

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """One translation for each sentence, in order. Raises what the engine raises."""
        done = self._engine.translate(sentences, decoding)
        faults = {
            i: found
            for i, (sentence, translation) in enumerate(zip(sentences, done, strict=True))
            if (found := self._faults(sentence, translation.text))
        }
        for i, others in self._others(sentences, done, list(faults), decoding).items():
            best = min(others, key=lambda other: self._faults(sentences[i], other.text), default=done[i])
            if self._faults(sentences[i], best.text) < faults[i]:
                done[i] = replace(best, issues=(*best.issues, _NOTE))
        return done

    def _others(
        self, sentences: Sequence[str], done: Sequence[Translation], wrong: Sequence[int], decoding: Decoding | None
    ) -> Mapping[int, Sequence[Translation]]:
        """Other translations of the sentences with the numbers `wrong`, each one's likeliest first."""
        own = getattr(self._engine, "decoding", None)
        wide = (decoding or (own if isinstance(own, Decoding) else Decoding())).wide_enough(_BEAM)
        aligned = [i for i in wrong if done[i].alignment is not None]
        bare = [i for i in wrong if done[i].alignment is None]
        found: dict[int, Sequence[Translation]] = {}
        if aligned:
            again = self._engine.translate([sentences[i] for i in aligned], wide)
            found |= {i: [translation] for i, translation in zip(aligned, again, strict=True)}
        for i, texts in zip(bare, n_best(self._engine, [sentences[i] for i in bare], _BEAM, wide), strict=True):
            found[i] = [Translation(text, done[i].source_pieces) for text in texts]
        return found

    def _faults(self, sentence: str, text: str) -> int:
        pair = Pair(sentence, text, *self._pair)
        return sum(finding.kind in _SURE for finding in numbers.find(pair, {}))
