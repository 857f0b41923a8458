"""Reads parallel text: two plain texts or documents, a table, XLIFF, or TMX."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from translate import languages
from translate.errors import InputError, LanguageError, UsageError
from translate.pairs import documents as _documents
from translate.pairs import lines as _lines
from translate.pairs import table as _table
from translate.pairs import tmx as _tmx
from translate.pairs import xliff as _xliff
from translate.pairs import xml as _xml
from translate.pairs.opening import STDIN, called, opened
from translate.pairs.unit import Checked, Parallel, Unit

__all__ = ["Checked", "Parallel", "Unit", "read"]

_BOTH_SIDES = (".xlf", ".xliff", ".mqxliff", ".sdlxliff", ".tmx")


def read(
    source: str,
    target: str | None = None,
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    documents: bool = False,
) -> Parallel:
    """The units of two texts, or of one file that holds both sides: XLIFF, TMX, CSV or TSV.

    `source` and `target` are file names, one of them perhaps "-" for standard input. Two texts are read line by line,
    or with `documents` block by block and sentence by sentence. Languages that are not given are the file's own, or
    found out from the script. Raises InputError where a file cannot be read or the two do not match, LanguageError
    where a language is not known, and UsageError for what makes no sense.
    """
    asked = _normalised(source_language), _normalised(target_language)
    if target is None:
        if documents:
            raise UsageError("--documents compares two documents: name both.")
        return _from_one(source, *asked)
    twofold = next((name for name in (source, target) if PurePath(name).suffix.lower() in _BOTH_SIDES), None)
    if twofold is not None:
        raise UsageError(f"{twofold} holds a source and its translation: name it alone.")
    if source == target == STDIN:
        raise UsageError("only one of the two can come from standard input.")
    if documents:
        one, other = _documents.read(source, target)
        pair = _pair(asked, (_documents.sample(one), _documents.sample(other)))
        return Parallel(*pair, _documents.units(one, other, pair))
    texts = _lines.read(source, target)
    return Parallel(*_pair(asked, (texts[0].sample(), texts[1].sample())), _lines.units(*texts), texts[0].count)


def _from_one(source: str, source_language: str | None, target_language: str | None) -> Parallel:
    name = called(source)
    if PurePath(name).suffix.lower() in _table.SUFFIXES:
        return _table.read(source, source_language, target_language)
    file = opened(source)
    kind = _xml.root(file)
    if kind == "xliff":
        pair = _xliff.choose(_xliff.languages(file, name), source_language, target_language, name)
        return Parallel(*_checked(pair), _closing(file, _xliff.units(file, name, pair)))
    if kind == "tmx":
        pair = _tmx.languages(file, name, source_language, target_language)
        return Parallel(*_checked(pair), _closing(file, _tmx.units(file, name, pair)))
    raise InputError(
        f"{name} is not a file that holds both sides (XLIFF, TMX, or a table named .csv or .tsv): name the source "
        "and the translation."
    )


def _closing(file: BinaryIO, units: Iterator[Unit]) -> Iterator[Unit]:
    with file:
        yield from units


def _pair(asked: tuple[str | None, str | None], samples: tuple[str, str]) -> tuple[str, str]:
    """The languages asked for; where one was not, that of its side, if it is English or Arabic."""
    found = [given or languages.identify(sample, ("en", "ar")) for given, sample in zip(asked, samples, strict=True)]
    if found[0] is None or found[1] is None:
        raise LanguageError("the languages cannot be told: say --from and --to.")
    return _checked((found[0], found[1]))


def _checked(pair: tuple[str, str]) -> tuple[str, str]:
    one, other = _normalised(pair[0]), _normalised(pair[1])
    if one == other:
        raise LanguageError(f"source and target are both {one}: say --from and --to.")
    return pair


def _normalised(language: str | None) -> str | None:
    return languages.normalise(language) if language else None
