"""`dragoman check`: any translation, human or machine, checked sentence by sentence."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import options, output, progress
from translate.errors import ISSUES_FOUND

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from translate.document import Severity
    from translate.pairs import Checked, Unit
    from translate.terminology.compliance import Compliance
    from translate.terminology.enforce import Enforcer

_DESCRIPTION = """\
Check a translation against its source: numbers, dates, names, negation, quotations, omissions, wrong language and more.
SOURCE and TARGET are plain text with one sentence a line, line N of the one for line N of the other; or documents
(--documents). One file alone is XLIFF, TMX, or a table named .csv or .tsv with a column for each side."""


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "check",
        help="check any translation sentence by sentence",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("source", metavar="SOURCE", help="a file, or - for standard input")
    command.add_argument("target", metavar="TARGET", nargs="?", help="its translation (none: SOURCE holds both)")
    command.add_argument("--from", dest="source_language", metavar="LANG", help="default: the file's own, or found out")
    command.add_argument("--to", dest="target_language", metavar="LANG", help="default: the file's own, or found out")
    command.add_argument("--documents", action="store_true", help="match the two block by block, not line by line")
    command.add_argument("--format", choices=["text", "json", "csv", "junit"], default="text", help="default: text")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    command.add_argument(
        "--least",
        choices=["error", "warning", "note"],
        default="note",
        help="show no issues that matter less (default: note, so all)",
    )
    options.add_fail_on(command, default="error")
    options.add_check_options(command)
    command.add_argument("--quiet", action="store_true", help="say nothing but errors")
    command.set_defaults(handler=handle)


def handle(arguments: argparse.Namespace) -> int:
    """Check pair by pair and write what was found as it is found."""
    from translate import checking, pairs  # pull in every check, which --help need not
    from translate.document import Severity
    from translate.pairs.opening import called
    from translate.render import check as render
    from translate.terminology.compliance import Compliance
    from translate.terminology.enforce import Enforcer

    parallel = pairs.read(
        arguments.source,
        arguments.target,
        source_language=arguments.source_language,
        target_language=arguments.target_language,
        documents=arguments.documents,
    )
    languages = parallel.source_language, parallel.target_language
    fail_on = options.fail_on(arguments)
    checks = checking.reviewer(languages, arguments.settings, arguments.glossaries, similarity=arguments.similarity)
    tally = render.Tally()
    # A bar would come between the lines of a terminal that shows the output.
    units = progress.each("checking", parallel.units, parallel.total, arguments.quiet or _shown(arguments))
    compliance = Compliance()
    units = _counted(units, Enforcer(checks.terms, *languages, check_only=True), compliance)
    checked = _least(tally.counted(checking.check_units(units, languages, checks)), Severity(arguments.least))
    name = called(arguments.target or arguments.source)
    setting = render.Setting(languages, name, fail_on, _coloured(arguments))
    output.write(render.document(checked, arguments.format, setting), arguments.output)
    if not arguments.quiet and (arguments.format != "text" or arguments.output is not None):
        options.say(tally.summary())
    if checks.terms and not arguments.quiet:
        options.say(compliance.summary())
    return ISSUES_FOUND if tally.fails(fail_on) else 0


def _counted(units: Iterable[Unit], glossary: Enforcer, compliance: Compliance) -> Iterator[Unit]:
    """The same pairs, their glossary terms counted as they pass."""
    from translate.document import Translation  # see `handle`

    for unit in units:
        compliance.add(glossary.enforce(unit.source, Translation(unit.target)).terms)
        yield unit


def _least(checked: Iterable[Checked], least: Severity) -> Iterator[Checked]:
    """The same pairs without issues that matter less than `least`."""
    for one in checked:
        yield replace(one, issues=tuple(issue for issue in one.issues if issue.severity.rank <= least.rank))


def _shown(arguments: argparse.Namespace) -> bool:
    """Whether the output goes to a terminal."""
    return arguments.output is None and sys.stdout.isatty()


def _coloured(arguments: argparse.Namespace) -> bool:
    # https://no-color.org
    return _shown(arguments) and not os.environ.get("NO_COLOR")
