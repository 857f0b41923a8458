"""`dragoman translate`: one document in, its translation out, streamed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import options, output, progress

if TYPE_CHECKING:
    from argparse import _SubParsersAction


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
    command.set_defaults(handler=handle)


def handle(arguments: argparse.Namespace) -> int:
    """Translate and write, a window of sentences at a time."""
    from translate import api  # pulls in every stage, which --help need not

    document = options.read(arguments.document)
    pair = options.pair(arguments, document)
    form = arguments.format or _form(arguments.output, document.kind.value)
    translator = options.load(arguments, *pair)
    with progress.bar(f"{pair[0]} → {pair[1]}", document, arguments.quiet) as bar:
        blocks = progress.counted(translator.stream(document), bar)
        output.write(api.write(document, blocks, form, pair, translator.models), arguments.output)
    return 0


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
