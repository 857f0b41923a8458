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

    from translate.api import Translator
    from translate.document import Document, Severity
    from translate.roundtrip.types import RoundTrip
    from translate.summarize.bilingual import Summarized


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "run",
        help="an article there and back, with a side-by-side report",
        description="Translate an article, check it, translate it back, summarise it, and write it all with a report.",
    )
    command.add_argument("article", metavar="ARTICLE", help="a file, or - for standard input")
    command.add_argument("-o", "--output", type=Path, metavar="FOLDER", default=Path("out"), help="default: out")
    options.add_model_options(command)
    options.add_memory_option(command)
    command.add_argument(
        "--back-model", metavar="NAME|FOLDER", help="the model for the way back (default: of another family)"
    )
    command.add_argument("--no-summary", action="store_true", help="make no summary of the article")
    options.add_check_options(command, similarity=False)
    options.add_glossary_check_only(command)
    options.add_fail_on(command, default="never")
    command.set_defaults(handler=handle)


def handle(arguments: argparse.Namespace) -> int:
    """Write NAME.TARGET.html, NAME.TARGET.json, NAME.back.SOURCE.html and NAME.report.html into the folder.

    From a Word document also NAME.TARGET.docx.
    """
    from translate import quality  # the checks, the engines and the templates, which --help need not
    from translate.api import Result
    from translate.document import Kind
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
    summarized = None if arguments.no_summary else _summarized(document, there, arguments.quiet)
    forward, back = Result(travelled.forward, summarized), Result(travelled.back)
    files: dict[str, str | bytes] = {
        f"{name}.{target}.html": forward.page,
        f"{name}.{target}.json": forward.json,
        f"{name}.back.{source}.html": back.page,
        f"{name}.report.html": roundtrip_page.page(result, summarized),
    }
    if document.kind is Kind.DOCX:
        files[f"{name}.{target}.docx"] = forward.docx
    for file, content in files.items():
        output.write([content], arguments.output / file)
    if not arguments.quiet:
        options.say_remembered(there)
        options.say(f"{seconds:.0f} s there and back; open {arguments.output / f'{name}.report.html'}")
    return ISSUES_FOUND if _fails(result, options.fail_on(arguments)) else 0


def _summarized(document: Document, there: Translator, quiet: bool) -> Summarized | None:
    """The article's summaries in both languages; None, and a line on stderr, where there can be none."""
    from translate import api  # see `handle`

    try:
        pair = there.source, there.target
        return api.summarize(document, pair, source=there.source, translator=lambda *_: there).summarized
    except Exception as exc:  # noqa: BLE001 (minutes of translating must not be lost to a summary)
        if not quiet:
            options.say(f"no summary: {exc}")
        return None


def _fails(result: RoundTrip, least: Severity | None) -> bool:
    """Whether the translation has an issue as severe as `least`; the way back is only a means."""
    from translate.roundtrip.types import Leg  # see `handle`

    severities = {one.issue.severity for trip in result.trips for one in trip.issues if one.leg is Leg.FORWARD}
    return least is not None and any(severity.rank <= least.rank for severity in severities)
