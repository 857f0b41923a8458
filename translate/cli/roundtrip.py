"""`dragoman roundtrip`: articles there and back, and what of them came back."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from translate.cli import measuring, options, progress

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from translate.api import Translator
    from translate.document import Document
    from translate.roundtrip.score import Travelled
    from translate.roundtrip.types import RoundTrip

_DESCRIPTION = """\
Translate articles and translate them back, and measure what came back: chrF2++, chrF2, TER and BLEU with intervals,
sentence similarity, and the checks on both ways, so that a fault is laid at the right door.
The way back is a model of another family where one is at hand."""


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "roundtrip",
        help="articles there and back, and what of them came back",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("articles", metavar="ARTICLE", nargs="+", help="a file, or - for standard input")
    options.add_model_options(command)
    back = command.add_mutually_exclusive_group()
    back.add_argument("--back-model", metavar="NAME|FOLDER", help="the model for the way back")
    back.add_argument("--back-profile", metavar="NAME", help="the profile for the way back")
    measuring.add_options(command)
    command.set_defaults(handler=handle)


def handle(arguments: argparse.Namespace) -> int:
    """Write roundtrip.html, roundtrip.json, roundtrip.sentences.csv and roundtrip.scores.csv into the folder."""
    from translate.roundtrip import back_model, score  # sacrebleu and the checks, which --help need not

    names = measuring.short(arguments.articles)
    documents = dict(zip(names, map(options.read, arguments.articles), strict=True))
    how = measuring.how(arguments)
    pair = options.pair(arguments, next(iter(documents.values())))
    there = options.load(arguments, *pair)
    forward = [back_model.Asked(arguments.model, arguments.profile, there.models)]
    again, why, same = measuring.way_back(arguments, forward, pair, arguments.back_model, arguments.back_profile)
    started = time.monotonic()
    travelled = [travel(name, document, there, again, arguments.quiet) for name, document in documents.items()]
    seconds = time.monotonic() - started
    result = score.round_trip(travelled, how, back_choice=why, same_family=same, seconds=seconds)
    measuring.write(_files(result), arguments)
    if not arguments.quiet:
        _tell(result)
    return 0


def travel(name: str, document: Document, there: Translator, again: Translator, quiet: bool) -> Travelled:
    """A document through both translators, each way with a bar of its own."""
    from translate.roundtrip.score import Travelled  # see `handle`

    with progress.bar(f"{there.source} → {there.target}", document, quiet) as bar:
        forward = there.translate(document, progress=bar)
    with progress.bar(f"{again.source} → {again.target}", document, quiet) as bar:
        back = again.back(forward, progress=bar)
    return Travelled(name, forward.document, back.document)


def _files(result: RoundTrip) -> measuring.Files:
    from translate.render import roundtrip_data  # see `handle`

    return {
        "roundtrip.html": lambda: _page(result),
        "roundtrip.json": lambda: [roundtrip_data.as_json(result)],
        "roundtrip.sentences.csv": lambda: roundtrip_data.sentences_csv(result),
        "roundtrip.scores.csv": lambda: roundtrip_data.scores_csv(result),
    }


def _page(result: RoundTrip) -> Iterable[str]:
    from translate.render import roundtrip_page  # templates and plots, which the other forms need not

    return [roundtrip_page.page(result)]


def _tell(result: RoundTrip) -> None:
    """The scores and what must be known of them, on stderr."""
    for one in result.scores:
        places = one.metric.decimals
        value, low, high = (f"{figure:.{places}f}" for figure in (one.value, one.low, one.high))
        options.say(f"{one.metric.label}: {value} ({low} to {high}) over {one.sentences:,} sentences")
    for note in result.notes:
        options.say(note)
