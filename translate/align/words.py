"""The words that alignments speak of: spans without white space, punctuation by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from translate.document import Alignment, Span

# Arabic vowel signs are combining marks, which `\w` leaves out; they belong to the word that they stand in.
_LETTER = r"[\w\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
# Inner marks join what they stand within: 1,300  3.5  ١٬٣٠٠  10:30  Syria's  north-west  24/7
_WORD = re.compile(rf"{_LETTER}+(?:[.,:'’/\-‐‑٫٬]{_LETTER}+)*|\S")


@lru_cache(maxsize=2048)  # each stage asks again for the words of the same few sentences
def words(text: str) -> tuple[Span, ...]:
    """The words of `text` in order: letters and digits with their inner marks, every other character alone."""
    return tuple(Span(*match.span()) for match in _WORD.finditer(text))


class Aligner(Protocol):
    """Finds alignments for translations whose engine shows no attention."""

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """One alignment over `words` of both texts for each (source, target) pair."""
