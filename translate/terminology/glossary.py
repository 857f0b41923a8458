"""A glossary: the terms of a house, for both directions, read from CSV or TBX files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from translate.errors import InputError
from translate.languages import normalise
from translate.terminology import table
from translate.terminology.term import Entry, Term

_XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


@dataclass(frozen=True)
class Glossary:
    """A glossary's entries in the order of its lines."""

    entries: tuple[Entry, ...]

    def terms(self, source_language: str, target_language: str) -> tuple[Term, ...]:
        """The terms for one direction; what is written for the other one is turned round and comes last.

        Turned round, a target asks for the source; its forms, which may be looser, and what is forbidden ask nothing.
        Of two terms with the same source the first is meant. Raises LanguageError for a language that is not known.
        """
        wanted = normalise(source_language), normalise(target_language)
        ahead = [e.term for e in self.entries if (e.source_language, e.target_language) == wanted]
        back = [e.term for e in self.entries if (e.target_language, e.source_language) == wanted and not e.one_way]
        return _first_of_each((*ahead, *_turned(back)))


def read(path: Path, source_language: str = "en", target_language: str = "ar") -> Glossary:
    """The glossary in a file: TBX (see `translate.terminology.tbx`) if it is XML, else CSV (see `.table`).

    The languages are those of entries that name none. Raises InputError where the file cannot be read or has mistakes:
    all of them, each with its line.
    """
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise InputError(f"the glossary {path} cannot be read: {exc}") from exc
    if data.lstrip().startswith(_XML):
        from translate.terminology import tbx  # loads lxml, which a CSV file does not need

        entries, mistakes = tbx.read(data)
    else:
        entries, mistakes = table.read(data, source_language, target_language)
    if mistakes:
        raise InputError(f"the glossary {path} has {len(mistakes)} mistake(s): " + "; ".join(mistakes))
    return Glossary(tuple(entries))


def terms(paths: Sequence[Path], source_language: str, target_language: str) -> tuple[Term, ...]:
    """The terms of several glossaries for one direction; of two for the same source the one that stands first counts.

    Raises LanguageError for a language that is not known, and what `read` raises.
    """
    # A glossary that names no languages is one from English to Arabic, and serves both directions.
    pair = normalise(source_language), normalise(target_language)
    unsaid = ("en", "ar") if set(pair) == {"en", "ar"} else pair
    return _first_of_each(term for path in paths for term in read(path, *unsaid).terms(*pair))


def _first_of_each(given: Iterable[Term]) -> tuple[Term, ...]:
    found: dict[str, Term] = {}
    for term in given:
        found.setdefault(term.source.casefold(), term)
    return tuple(found.values())


def _turned(given: Iterable[Term]) -> Iterator[Term]:
    """The terms of the other direction: where several have one target, their sources are forms of the first."""
    same: dict[str, list[Term]] = {}
    for term in given:
        if term.keep:
            yield term
        else:
            same.setdefault(term.target, []).append(term)
    for target, (first, *others) in same.items():
        forms = dict.fromkeys((*first.source_forms, *(form for other in others for form in other.sources)))
        yield replace(first, source=target, target=first.source, forms=tuple(forms), source_forms=(), forbidden=())
