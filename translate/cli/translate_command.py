"""`dragoman translate`: one document in, its translation out, streamed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import options, output, progress
from translate.errors import ISSUES_FOUND, UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from translate.document import Document, ModelUse, TranslatedBlock
    from translate.render.check import Tally
    from translate.terminology.compliance import Compliance


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "translate",
        help="translate one document",
        description="Translate plain text, an HTML fragment or page, Markdown or Word (DOCX). Markup stays; "
        "text is translated.",
    )
    command.add_argument("document", metavar="SOURCE", help="a file, or - for standard input")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    command.add_argument(
        "--format",
        choices=["html", "text", "markdown", "json", "docx"],
        help="default: what the output's name says, else the source's own form",
    )
    options.add_model_options(command)
    options.add_memory_option(command)
    options.add_quality_options(command)
    command.set_defaults(handler=handle)


def handle(arguments: argparse.Namespace) -> int:
    """Translate and write, a window of sentences at a time; then say what the checks found."""
    from translate.render.check import Tally  # pulls in stages that --help need not
    from translate.terminology.compliance import Compliance

    document = options.read(arguments.document)
    pair = options.pair(arguments, document)
    form = arguments.format or _form(arguments.output, document.kind.value)
    if form == "docx" and arguments.output is None and sys.stdout.isatty():
        raise UsageError("a Word document cannot be shown in a terminal: name a file (-o FILE.docx) or a --format")
    translator = options.load(arguments, *pair)
    fail_on = options.fail_on(arguments)
    tally, compliance = Tally(), Compliance()
    with progress.bar(f"{pair[0]} → {pair[1]}", document, arguments.quiet) as bar:
        blocks = _tallied(progress.counted(translator.stream(document), bar), tally, compliance)
        output.write(_written(document, blocks, form, pair, translator.models), arguments.output)
    if not arguments.quiet:
        _sum_up(tally, arguments)
        options.say_remembered(translator)
        if compliance.counts:
            options.say(compliance.summary())
    return ISSUES_FOUND if tally.fails(fail_on) else 0


def _written(
    document: Document,
    blocks: Iterator[TranslatedBlock],
    form: str,
    pair: tuple[str, str],
    models: tuple[ModelUse, ...],
) -> Iterator[str | bytes]:
    """The pieces of the output; of a Word file, which is packed as a whole, there is one."""
    from translate import api  # see `handle`

    if form == "docx":
        yield api.write_docx(document, blocks, pair)
    else:
        yield from api.write(document, blocks, form, pair, models)


def _tallied(blocks: Iterable[TranslatedBlock], tally: Tally, compliance: Compliance) -> Iterator[TranslatedBlock]:
    """The same blocks, their sentences and terms counted as they pass."""
    for block in blocks:
        for sentence in block.sentences:
            tally.add(sentence.issues)
            compliance.add(sentence.translation.terms)
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
    ".docx": "docx",
}
_BY_KIND = {"text": "text", "markdown": "markdown", "html-fragment": "html", "html-page": "html", "docx": "docx"}


def _form(path: Path | None, kind: str) -> str:
    by_suffix = _BY_SUFFIX.get(path.suffix.lower()) if path else None
    return by_suffix or _BY_KIND[kind]
