"""`dragoman run`: the main job, an article there and back with everything an editor wants to see."""

from __future__ import annotations

import argparse
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import options, output, progress
from translate.errors import UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "run",
        help="an article there and back, with a side-by-side report",
        description="Translate an article, translate it back, and write both with a side-by-side report.",
    )
    command.add_argument("article", metavar="ARTICLE", help="a file, or - for standard input")
    command.add_argument("-o", "--output", type=Path, metavar="FOLDER", default=Path("out"), help="default: out")
    options.add_model_options(command)
    command.add_argument(
        "--back-model", metavar="NAME|FOLDER", help="the model for the way back (default: the same, or its counterpart)"
    )
    command.set_defaults(handler=handle)


def handle(arguments: argparse.Namespace) -> int:
    """Write NAME.TARGET.html, NAME.TARGET.json, NAME.back.SOURCE.html and NAME.report.html into the folder."""
    from translate.render import page, report  # pulls in the templates, which --help need not

    document = options.read(arguments.article)
    source, target = options.pair(arguments, document)
    there = options.load(arguments, source, target)
    again = options.load(_returning(arguments, source, target), target, source)
    started = time.monotonic()
    with progress.bar(f"{source} → {target}", document, arguments.quiet) as bar:
        forward = there.translate(document, progress=bar)
    with progress.bar(f"{target} → {source}", document, arguments.quiet) as bar:
        back = again.back(forward, progress=bar)
    seconds = time.monotonic() - started
    name = "article" if arguments.article == "-" else Path(arguments.article).stem
    title = page.title(next(forward.document.source.blocks).text)
    review = report.document(forward.document, back.document, title=title, seconds=seconds, made=datetime.now())
    files = {
        f"{name}.{target}.html": forward.page,
        f"{name}.{target}.json": forward.json,
        f"{name}.back.{source}.html": back.page,
        f"{name}.report.html": review,
    }
    for file, text in files.items():
        output.write([text], arguments.output / file)
    if not arguments.quiet:
        options.say(f"{seconds:.0f} s there and back; open {arguments.output / f'{name}.report.html'}")
    return 0


def _returning(arguments: argparse.Namespace, source: str, target: str) -> argparse.Namespace:
    """The options for the way back, without a word: what there is to say was said on the way there."""
    model, profile = arguments.back_model, arguments.profile
    if model is not None:
        profile = None
    elif arguments.model is not None:
        model, profile = _counterpart(arguments.model, source, target)
    return argparse.Namespace(**{**vars(arguments), "quiet": True, "model": model, "profile": profile})


def _counterpart(name: str, source: str, target: str) -> tuple[str | None, str | None]:
    """The model, or else the profile, that goes back where the model `name` came from."""
    from translate.registry import registry  # reads models.yaml

    spec = registry().model(name)
    if (target, source) in spec.served or (not spec.served and spec.architecture != "marian"):
        return name, None
    if not spec.served:
        raise UsageError(f"{name} goes one way only: say --back-model for the way from {target} to {source}")
    return None, next((key for key, profile in registry().profiles.items() if spec.name in profile.models), None)
