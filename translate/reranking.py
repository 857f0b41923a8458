"""Where a translation has a wrong number or date, or an obscene word, takes another one that the engine has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from translate.align.words import words
from translate.document import Issue, Severity, Span, Translation
from translate.engines.base import Around, Decoding, Engine, continued, n_best
from translate.quality import Pair, dates, decency, digits, numbers
from translate.quality.check import Finding

NUMBERS = "engine.numbers"
"""The code of the note on a translation that is not the engine's first."""
FIGURE = "engine.figure"
"""The code of the warning on a translation that a figure was put into."""

_BEAM = 8
# The findings of each check that are errors; the others are only warnings.
_CHECKS = (
    (numbers.find, ("missing", "extra", "changed")),
    (dates.find, ("changed",)),
    (decency.find, ("added",)),
)
_ROUNDS = 3
"""So many wrong numbers of a sentence are put right, one after the other; with more, little of it can be saved."""
_AROUND = 1
"""How many words before and after the place that a lost figure would have by its share of the sentence are tried."""
_DIGITS = re.compile(r"\d+(?:[.,:/٫٬]\d+)*")
_POINTS = str.maketrans("٫٬", ".,")
_NOTE = Issue(
    NUMBERS,
    Severity.NOTE,
    "The model's first translation had a wrong number or date, or an obscene word;"
    " this is another of its translations.",
    "في ترجمة النموذج الأولى عدد أو تاريخ خاطئ أو كلمة نابية؛ وهذه ترجمة أخرى من ترجماته.",
)
_WARNING = Issue(
    FIGURE,
    Severity.WARNING,
    "The model had a number or date wrong, or wrote an obscene word, and was set right there; what stands around"
    " it may be wrong as well.",
    "أخطأ النموذج في عدد أو تاريخ أو كتب كلمة نابية فصُحّح ذلك؛ وقد يكون ما حوله خطأ أيضا.",
)


class NumbersKept(Around):
    """An engine whose translations with wrong numbers or dates, or obscene words, give way to others with fewer.

    `source` and `target` are the language codes of what goes in and comes out. Only sentences in which the check of
    numbers, dates or decency sees an error are searched again, with a beam of 8: from an engine without alignment come
    its eight best hypotheses, from one with alignment its best, which has an alignment. The one with the fewest errors
    stands, the likelier of two; where none has fewer than the first, the first. What came in the first's place has a
    note (`NUMBERS`).

    Where errors remain, an engine that `Continues` is held to the source's: its translation up to the wrong number,
    then the right one, then whatever it says next; a number that the source lacks is forbidden with the word before it,
    and so is an obscene word. Such a sentence has a warning (`FIGURE`), for what stands around it may be as wrong as
    before. Each sentence is judged by itself.
    """

    def __init__(self, engine: Engine, source: str, target: str) -> None:
        super().__init__(engine)
        self._pair = source, target

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """One translation for each sentence, in order. Raises what the engine raises."""
        done = self._engine.translate(sentences, decoding)
        wrong = [i for i, sentence in enumerate(sentences) if self._faults(sentence, done[i].text)]
        for i, others in self._others(sentences, done, wrong, decoding).items():
            best = min((done[i], *others), key=lambda one: len(self._faults(sentences[i], one.text)))
            if best is not done[i]:
                done[i] = replace(best, issues=(*best.issues, _NOTE))
            if best.alignment is None:
                done[i] = self._held(sentences[i], done[i], decoding)
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

    def _held(self, sentence: str, translation: Translation, decoding: Decoding | None) -> Translation:
        """The translation with its wrong numbers put right one after the other, as far as the engine can."""
        best = translation
        for _ in range(_ROUNDS):
            faults = self._faults(sentence, best.text)
            made = [
                (len(self._faults(sentence, one.text)), -(one.score or 0.0), one)
                for fault in faults
                for one in self._righted(sentence, best.text, fault, decoding)
            ]
            left, _, likeliest = min(made, key=lambda one: one[:2], default=(len(faults), 0.0, best))
            if left >= len(faults):
                break
            best = likeliest
        return best if best is translation else replace(best, issues=(*best.issues, _WARNING))

    def _righted(self, sentence: str, text: str, fault: Finding, decoding: Decoding | None) -> Sequence[Translation]:
        """Other translations with the figure of `fault` where it belongs, or without it where it does not."""
        starts = [word.start for word in words(text)]
        if fault.source is not None:
            figure = self._figure(sentence, fault.source)
            places = [fault.target.start] if fault.target else _near(starts, fault.source.start / len(sentence))
            beginnings = [text[:place] + figure for place in places] if figure else []
            return continued(self._engine, sentence, beginnings, decoding=decoding)
        if fault.target is None:
            return []
        # A number comes with its word ("the year 2022"), which would only bring another: both are forbidden.
        last = fault.target.start - (fault.kind == "extra")
        before = [start for start in starts if start <= last][-2:] or [0]
        end = fault.target.start if text[fault.target.start].isdigit() else fault.target.end
        cut = [text[:start].rstrip() for start in before]
        return continued(self._engine, sentence, cut, text[before[-1] : end], decoding)

    def _figure(self, sentence: str, span: Span) -> str | None:
        """The source's number in digits, weekday or month as the target's readers write it; None if they do not."""
        if name := next((name for name in dates.names(sentence, self._pair[0]) if name.span == span), None):
            return dates.written(name.named, self._pair[1])
        if written := _DIGITS.search(span.of(sentence)):
            return digits.fold(written[0]).translate(_POINTS)
        found = (value for value in numbers.values(sentence, self._pair[0]) if value.span == span)
        return next((str(value.amount) for value in found if isinstance(value.amount, int)), None)

    def _faults(self, sentence: str, text: str) -> list[Finding]:
        pair = Pair(sentence, text, *self._pair)
        return [finding for find, sure in _CHECKS for finding in find(pair, {}) if finding.kind in sure]


def _near(starts: Sequence[int], share: float) -> Sequence[int]:
    """Where the words begin that stand about `share` of the way into a text."""
    place = round(len(starts) * share)
    return starts[max(0, place - _AROUND) : place + _AROUND + 1]
