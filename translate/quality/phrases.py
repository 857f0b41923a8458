"""Finds the phrases of a word list in a text: whole words, the longest first, Arabic ones with their proclitics."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from translate.document import Span

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_SIGNS = "\u0640\u064b-\u065f\u0670"
_WORD = re.compile(rf"\w[\w{_SIGNS}]*(?:['’][a-zA-Z]+)?")
# Arabic words with all their clitics have at most 17 letters in FLORES-101 dev, TICO-19, XQuAD and Tatoeba (22,512
# sentences).
_RUN_TOGETHER = re.compile("[\u0621-\u063a\u0641-\u064a]{18,}")
_SIGN = re.compile(f"[{_SIGNS}]")
_PROCLITICS = ("", "و", "ف")


class Word(NamedTuple):
    """A word [start, end) of a text; `form` is as lists have it: lower case, no "'s", no vowel signs and no tatweel.

    A named tuple, since it is made for every word of every sentence and costs a third of a frozen dataclass.
    """

    form: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the word stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Phrase:
    """A phrase that was found: the label of its list and the words [first, last] that it covers."""

    label: str
    first: int
    last: int


@lru_cache(maxsize=64)
def words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order, marks left out; "n't" stays with its verb."""
    return tuple(Word(_form(match[0]), match.start(), match.end()) for match in _WORD.finditer(text))


@dataclass(frozen=True)
class Worded:
    """A text and its words: what stands at, before and over them."""

    text: str
    words: tuple[Word, ...]

    def form(self, index: int) -> str:
        """The word at `index` as lists have it; "" beyond the ends."""
        return self.words[index].form if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """What stands between the word before `index` and the one at it; at either end, up to the text's own."""
        start = self.words[index - 1].span.end if index > 0 else 0
        return self.text[start : self.words[index].span.start if index < len(self.words) else len(self.text)]

    def span(self, first: int, last: int) -> Span:
        """Where the words [first, last] stand."""
        return Span(self.words[first].span.start, self.words[last].span.end)


def run_together(text: str) -> Span | None:
    """The first Arabic words of `text` that lost the spaces between them; their parts cannot be found one by one."""
    match = _RUN_TOGETHER.search(text)
    return Span(*match.span()) if match else None


@lru_cache(maxsize=16384)
def _form(word: str) -> str:
    return _SIGN.sub("", word).replace("’", "'").lower().removesuffix("'s")


class Phrases:
    """Labelled phrases of one language, ready to be found."""

    def __init__(self, lists: Mapping[str, Iterable[str]], *, arabic: bool) -> None:
        """`lists` holds the phrases of each label; `arabic` lets "و" and "ف" stand before a phrase.

        A phrase of two lists belongs to the later one.
        """
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for label, phrases in lists.items():
            for phrase in phrases:
                first, *rest = (word.form for word in words(phrase))
                for proclitic in _PROCLITICS if arabic else ("",):
                    entries = self._by_first.setdefault(proclitic + first, [])
                    entries[:] = [entry for entry in entries if entry[0] != tuple(rest)]
                    entries.append((tuple(rest), label))
                    entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: tuple[Word, ...]) -> Iterator[Phrase]:
        """The phrases among the words of a text, in order, none within another; the longest where several begin."""
        free = 0
        for index, word in enumerate(text):
            entries = self._by_first.get(word.form)
            if entries is None or index < free:
                continue
            for rest, label in entries:
                free = index + 1 + len(rest)
                if not rest or tuple(word.form for word in text[index + 1 : free]) == rest:
                    yield Phrase(label, index, free - 1)
                    break
            else:
                free = index


@lru_cache(maxsize=8)
def lists(name: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The word lists of translate/data/`name` by language and label; a phrase ends at ";" or at the end of its line."""
    read = tomllib.loads((resources.files("translate") / "data" / name).read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            language: MappingProxyType(
                {
                    label: tuple(part for raw in re.split(r"[;\n]", text) if (part := raw.strip()))
                    for label, text in labels.items()
                }
            )
            for language, labels in read.items()
        }
    )
