"""Checks translations that were made anywhere: a sentence, or files of parallel text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from translate import languages, pairs
from translate.document import Issue
from translate.pairs import Checked, Unit, inline
from translate.quality import Pair
from translate.quality import settings as read_settings
from translate.quality.reviewer import Reviewer
from translate.terminology import terms

# Enough pairs to compare the meaning of at once; without that each is checked as it is read.
_BATCH = 64


def check(
    source: str,
    target: str,
    source_language: str,
    target_language: str,
    *,
    settings: str | Path | None = None,
    glossaries: Sequence[str | Path] = (),
    similarity: bool = False,
) -> tuple[Issue, ...]:
    """The issues of one sentence and its translation, human or machine: errors first, then warnings and notes.

    Languages are BCP-47 codes or English names; `settings` is a TOML file that changes which checks run and how
    strictly; `glossaries` are CSV or TBX files as `translate.terminology` reads them, the first the most important;
    `similarity` compares the meaning of both sides, too. Raises LanguageError for a language that is not known,
    InputError and UsageError for settings or glossaries that are not right, ExtraMissing where `similarity` is not
    installed.
    """
    pair = languages.normalise(source_language), languages.normalise(target_language)
    checks = reviewer(pair, settings, glossaries, similarity=similarity)
    return next(check_units([Unit(1, source, target)], pair, checks)).issues


def check_files(
    source: str | Path,
    target: str | Path | None = None,
    source_language: str | None = None,
    target_language: str | None = None,
    *,
    documents: bool = False,
    settings: str | Path | None = None,
    glossaries: Sequence[str | Path] = (),
    similarity: bool = False,
) -> Iterator[Checked]:
    """Every pair of two texts, or of one file with both sides (XLIFF, TMX, CSV, TSV), with its issues, as it is read.

    Texts have one sentence a line; with `documents` they are articles, matched block by block. Languages that are not
    given are the file's own, or found out. Raises what `check` raises, and InputError where a file cannot be read or
    the two do not match.
    """
    parallel = pairs.read(
        str(source),
        None if target is None else str(target),
        source_language=source_language,
        target_language=target_language,
        documents=documents,
    )
    pair = parallel.source_language, parallel.target_language
    return check_units(parallel.units, pair, reviewer(pair, settings, glossaries, similarity=similarity))


def reviewer(
    pair: tuple[str, str],
    settings: str | Path | None = None,
    glossaries: Sequence[str | Path] = (),
    *,
    similarity: bool = False,
) -> Reviewer:
    """What checks sentences from one language to another (normalised codes).

    Raises InputError and UsageError where the settings or a glossary are not right.
    """
    rules = read_settings(None if settings is None else Path(settings))
    return Reviewer(rules, terms([Path(path) for path in glossaries], *pair), similarity)


def check_units(units: Iterable[Unit], pair: tuple[str, str], checks: Reviewer) -> Iterator[Checked]:
    """Units of parallel text with their issues, in order; languages are normalised codes."""
    waiting = iter(units)
    size = _BATCH if checks.similarity else 1
    while batch := list(islice(waiting, size)):
        yield from _checked(batch, pair, checks)


def _checked(units: Sequence[Unit], pair: tuple[str, str], checks: Reviewer) -> Iterator[Checked]:
    rule = checks.settings["markup"]
    severity = rule.severities["tags"] if rule.enabled else None
    found = checks.review([Pair(unit.source, unit.target, *pair) for unit in units])
    for unit, issues in zip(units, found, strict=True):
        codes = inline.issues(unit, severity) if severity else ()
        yield Checked(unit, tuple(sorted((*codes, *issues), key=lambda issue: issue.severity.rank)))
