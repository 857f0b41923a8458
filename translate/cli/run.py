"""`dragoman run`: the main job, an article there and back with everything an editor wants to see."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import measuring, options, output, roundtrip
from translate.errors import ISSUES_FOUND

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from translate.document import Severity
    from translate.roundtrip.types import RoundTrip


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "run",
        help="an article there and back, with a side-by-side report",
        description="Translate an article, check it, translate it back, and write all of it with a report to read.",
    )
    command.add_argument("article", metavar="ARTICLE", help="a file, or - for standard input")
    command.add_argument("-o", "--output", type=Path, metavar="FOLDER", default=Path("out"), help="default: out")
    options.add_model_options(command)
    command.add_argument(
        "--back-model", metavar="NAME|FOLDER", help="the model for the way back (default: of another family)"
    )
    options.add_check_options(command, similarity=False)
    options.add_fail_on(command, default="never")
    command.set_defaults(handler=handle)


def handle(arguments: argparse.Namespace) -> int:
    """Write NAME.TARGET.html, NAME.TARGET.json, NAME.back.SOURCE.html and NAME.report.html into the folder."""
    from translate import quality  # the checks, the engines and the templates, which --help need not
    from translate.api import Result
    from translate.render import roundtrip_page
    from translate.roundtrip import back_model, score

    document = options.read(arguments.article)
    source, target = options.pair(arguments, document)
    rules = quality.settings(arguments.settings)
    there = options.load(arguments, source, target)
    asked = back_model.Asked(arguments.model, arguments.profile, there.models)
    again, why, same = measuring.way_back(arguments, [asked], (source, target), arguments.back_model)
    name = "article" if arguments.article == "-" else Path(arguments.article).stem
    started = time.monotonic()
    travelled = roundtrip.travel(name, document, there, again, arguments.quiet)
    seconds = time.monotonic() - started
    result = score.round_trip([travelled], score.How(rules), back_choice=why, same_family=same, seconds=seconds)
    forward, back = Result(travelled.forward), Result(travelled.back)
    files = {
        f"{name}.{target}.html": forward.page,
        f"{name}.{target}.json": forward.json,
        f"{name}.back.{source}.html": back.page,
        f"{name}.report.html": roundtrip_page.page(result),
    }
    for file, text in files.items():
        output.write([text], arguments.output / file)
    if not arguments.quiet:
        options.say(f"{seconds:.0f} s there and back; open {arguments.output / f'{name}.report.html'}")
    return ISSUES_FOUND if _fails(result, options.fail_on(arguments)) else 0


def _fails(result: RoundTrip, least: Severity | None) -> bool:
    """Whether the translation has an issue as severe as `least`; the way back is only a means."""
    from translate.roundtrip.types import Leg  # see `handle`

    severities = {one.issue.severity for trip in result.trips for one in trip.issues if one.leg is Leg.FORWARD}
    return least is not None and any(severity.rank <= least.rank for severity in severities)
