"""`dragoman translate`: one document in, its translation out, streamed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import options, output, progress
from translate.errors import ISSUES_FOUND

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from translate.document import TranslatedBlock
    from translate.render.check import Tally


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "translate",
        help="translate one document",
        description="Translate plain text, an HTML fragment or page, or Markdown. Markup stays; text is translated.",
    )
    command.add_argument("document", metavar="SOURCE", help="a file, or - for standard input")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    command.add_argument(
        "--format",
        choices=["html", "text", "markdown", "json"],
        help="default: what the output's name says, else the source's own form",
    )
    options.add_model_options(command)
    options.add_quality_options(command)
    command.set_defaults(handler=handle)


def handle(arguments: argparse.Namespace) -> int:
    """Translate and write, a window of sentences at a time; then say what the checks found."""
    from translate import api  # pulls in every stage, which --help need not
    from translate.render.check import Tally

    document = options.read(arguments.document)
    pair = options.pair(arguments, document)
    form = arguments.format or _form(arguments.output, document.kind.value)
    translator = options.load(arguments, *pair)
    fail_on = options.fail_on(arguments)
    tally = Tally()
    with progress.bar(f"{pair[0]} → {pair[1]}", document, arguments.quiet) as bar:
        blocks = _tallied(progress.counted(translator.stream(document), bar), tally)
        output.write(api.write(document, blocks, form, pair, translator.models), arguments.output)
    if not arguments.quiet:
        _sum_up(tally, arguments)
    return ISSUES_FOUND if tally.fails(fail_on) else 0


def _tallied(blocks: Iterable[TranslatedBlock], tally: Tally) -> Iterator[TranslatedBlock]:
    """The same blocks, their sentences counted as they pass."""
    for block in blocks:
        for sentence in block.sentences:
            tally.add(sentence.issues)
        yield block


def _sum_up(tally: Tally, arguments: argparse.Namespace) -> None:
    """A line on what was found: where it was asked for, and where there is more than notes."""
    from translate.document import Severity  # see `handle`

    if arguments.qa is False or not (arguments.qa or tally.fails(Severity.WARNING)):
        return
    codes = ", ".join(f"{code} {count}" for severity, code, count in tally.by_code if severity is not Severity.NOTE)
    options.say(tally.summary("sentence") + (f" ({codes}); --format json says where" if codes else ""))


_BY_SUFFIX = {
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
}
_BY_KIND = {"text": "text", "markdown": "markdown", "html-fragment": "html", "html-page": "html"}


def _form(path: Path | None, kind: str) -> str:
    by_suffix = _BY_SUFFIX.get(path.suffix.lower()) if path else None
    return by_suffix or _BY_KIND[kind]
