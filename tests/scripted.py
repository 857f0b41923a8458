"""A scripted engine for tests of the pipeline: exact, instant, and as naughty as a test asks it to be."""

from collections.abc import Callable, Sequence

from translate.align.words import words
from translate.document import Alignment, ModelUse, Translation
from translate.engines.base import Decoding

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنه"
_TO_ARABIC = str.maketrans(_LATIN + _LATIN.upper() + "?,;", _ARABIC + _ARABIC + "؟،؛")
_TO_LATIN = str.maketrans(_ARABIC + "؟،؛", _LATIN + "?,;")


class ScriptedEngine:
    """Writes each letter in the other script and keeps words, marks and their order: easy to check by eye.

    `spoil` gets what would come out and returns what does; `aligned` False hides the alignment.
    """

    max_source = 40

    def __init__(
        self,
        to: str = "ar",
        *,
        aligned: bool = True,
        reverse: bool = False,
        spoil: Callable[[str], str] = lambda text: text,
    ) -> None:
        self.table = _TO_ARABIC if to == "ar" else _TO_LATIN
        self.aligned = aligned
        self.reverse = reverse
        self.spoil = spoil
        self.seen: list[str] = []

    @property
    def uses(self) -> tuple[ModelUse, ...]:
        return (ModelUse("scripted", "tests/scripted", "1", "Apache-2.0", "scripted"),)

    def count(self, sentence: str) -> int:
        return len(sentence.split())

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        self.seen += sentences
        return [self._one(sentence) for sentence in sentences]

    def _one(self, sentence: str) -> Translation:
        assert self.count(sentence) <= self.max_source
        parts = sentence.split(" ")
        text = self.spoil(" ".join(reversed(parts) if self.reverse else parts).translate(self.table))
        a, b = words(sentence), words(text)
        order = range(len(b) - 1, -1, -1) if self.reverse else range(len(b))
        links = tuple(sorted(zip(range(len(a)), order, strict=False))) if len(a) == len(b) else ()
        pieces = tuple(text.split())
        alignment = Alignment(a, b, links) if self.aligned and len(a) == len(b) else None
        return Translation(text, tuple(parts), pieces, (-0.1,) * len(pieces), alignment)
