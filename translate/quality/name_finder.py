"""Finds the names of an English text: what the tables know, and what is capitalised and no plain word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from translate.document import Span
from translate.quality.name_tables import (
    Entry,
    is_also_name,
    is_given_name,
    is_place,
    is_plain,
    is_title,
    phrases,
    tokens,
)

_JOINS = re.compile(r"[ \u00a0]|[-‐‑]")
_POSSESSIVE = re.compile(r"['’]s?$")
_CONTRACTION = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))$")
# One capitalised word with small letters; a second capital only after what some names begin with.
_ONE_WORD = re.compile(r"(?:Mc|Mac|De|Di|La|Le|Fitz|[A-Z]['’])?[^\W\d_a-z][^\W\d_A-Z'’]+")
_SHORTEST = 3
# What may part the words of a form: "Bosnia & Herzegovina", "St. Petersburg".
_WIDEST = 3
_OPENING = "'\"“„«‘(["
_ENDS = ".!?:;…”»•"


@dataclass(frozen=True)
class Name:
    """A name and its place; `entry` where a table knows it. `run` numbers the names that stand side by side.

    Without an entry it is one capitalised word, without possessive ending.
    """

    span: Span
    text: str
    run: int
    entry: Entry | None = None


@lru_cache(maxsize=1024)
def names(text: str) -> tuple[Name, ...]:
    """The names of an English text in order: of people, places, bodies, peoples, religions, brands.

    Acronyms and words that English writes in small letters, too, are found only where a table, their place in the
    sentence or a first name or title before them says that they are names. A text in capitals or of one word has none.
    """
    if text.isupper():
        return ()
    words = list(tokens(text))
    if len(words) < 2:
        return ()
    return tuple(_found(text, words, _is_headline(words)))


def _is_headline(words: Sequence[re.Match[str]]) -> bool:
    """Whether most of the longer plain words have a capital, which then says nothing."""
    longer = [match[0] for match in words if len(match[0]) > _SHORTEST and is_plain(match[0])]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > len(longer) / 2


def _begins(text: str, at: int) -> bool:
    """Whether a sentence, a quotation or a title may begin at `at`, where a capital says nothing."""
    before = text[:at].rstrip(" \u00a0")
    return before.rstrip(_OPENING) != before or not before or before[-1] in _ENDS


def _joined(text: str, before: re.Match[str], word: re.Match[str]) -> bool:
    """Whether nothing but a space or hyphen parts two words, or the stop of a title ("Mr. Reid")."""
    between = text[before.end() : word.start()]
    return _JOINS.fullmatch(between) is not None or (between == ". " and is_title(before[0]))


def _found(text: str, words: Sequence[re.Match[str]], headline: bool) -> Iterator[Name]:
    run, i = 0, 0
    person = False
    while i < len(words):
        if i and not _joined(text, words[i - 1], words[i]):
            run, person = run + 1, False
        size, entry = _known(words, i)
        start, word = words[i].start(), _POSSESSIVE.sub("", words[i][0])
        if entry is not None:
            last = words[i + size - 1]
            stop = last.start() + len(_POSSESSIVE.sub("", last[0]))
            if entry.known:
                yield Name(Span(start, stop), text[start:stop], run, entry)
            person = is_given_name(word) or is_title(word)
        elif not word[0].isupper():
            run, person = run + 1, False
        elif _may_be_name(word) and (
            not is_plain(_CONTRACTION.sub("", words[i][0]))
            or (person and not is_place(word))
            or (is_also_name(word) and not headline and not _begins(text, start))
        ):
            yield Name(Span(start, start + len(word)), word, run)
            person = is_given_name(word)
        else:
            person = is_title(word)
        i += size


def _may_be_name(word: str) -> bool:
    """Whether a capitalised word is long enough, and not an acronym or a code."""
    return len(word) >= _SHORTEST and _ONE_WORD.fullmatch(word) is not None


def _known(words: Sequence[re.Match[str]], at: int) -> tuple[int, Entry | None]:
    """How many words from `at` on are a form of the tables, and whose; (1, None) for none."""
    for form, entry in phrases().get(_POSSESSIVE.sub("", words[at][0]), ()):
        here = words[at : at + len(form)]
        if (
            len(here) == len(form)
            and all(after.start() - before.end() <= _WIDEST for before, after in pairwise(here))
            and all(part in (match[0], _POSSESSIVE.sub("", match[0])) for match, part in zip(here, form, strict=True))
        ):
            return len(form), entry
    return 1, None
