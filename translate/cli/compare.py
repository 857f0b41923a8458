"""`dragoman compare`: models, or ready translations, held against each other on the same sentences."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import measuring, options, progress
from translate.errors import LanguageError, UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from translate.document import Block
    from translate.roundtrip.compare import Entry, WaysBack
    from translate.roundtrip.material import Material
    from translate.roundtrip.types import Comparison

_DESCRIPTION = """\
Compare models by round trip: each translates the same sentences, and the same model translates back.
  dragoman compare --models A B C --via ar FILES... [--reference FILE]
Or compare translations that are there already, line by line, with a human one:
  dragoman compare --outputs NAME=FILE NAME=FILE... --source FILE --reference FILE
Scores come with intervals, differences with p-values and the number of sentences needed to tell them from noise."""
# So many sentences tell a text's language.
_SAMPLE = 50


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "compare",
        help="models or ready translations held against each other",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    systems = command.add_mutually_exclusive_group(required=True)
    systems.add_argument(
        "--models", metavar="NAME|FOLDER", nargs="+", help="models or profiles of `dragoman models list`, or folders"
    )
    systems.add_argument("--outputs", metavar="NAME=FILE", nargs="+", help="ready translations, one sentence a line")
    command.add_argument("files", metavar="FILE", nargs="*", help="with --models: articles to translate")
    command.add_argument("--lines", action="store_true", help="each FILE has one sentence a line")
    command.add_argument("--source", dest="source_file", metavar="FILE", help="with --outputs: what they translate")
    command.add_argument("--reference", metavar="FILE", help="a human translation, line by line")
    command.add_argument(
        "--back-model",
        metavar="NAME|FOLDER",
        nargs="+",
        default=[],
        help="the model for the way back; further ones are only shown (default: another family, if at hand)",
    )
    command.add_argument("--from", dest="source", metavar="LANG", help="the source's language (default: found out)")
    command.add_argument("--via", "--to", dest="target", metavar="LANG", help="default: ar for en, en for ar")
    command.add_argument("--device", choices=["auto", "cpu", "cuda"], default="auto", help="default: auto")
    command.add_argument("--beam", type=int, default=4, metavar="N", help="hypotheses kept in the search (default: 4)")
    command.add_argument("--offline", action="store_true", help="ask nothing of the network")
    command.add_argument("--quiet", action="store_true", help="say nothing but errors")
    measuring.add_options(command)
    command.set_defaults(handler=handle, strict=False)


def handle(arguments: argparse.Namespace) -> int:
    """Write compare.html, compare.json and three tables into the folder; say the verdicts."""
    from translate.roundtrip.compare import compare  # sacrebleu and the checks, which --help need not

    how = measuring.how(arguments)
    started = time.monotonic()
    material, entries, ways = _outputs(arguments) if arguments.outputs else _models(arguments)
    result = compare(material, entries, ways, how, seconds=time.monotonic() - started)
    measuring.write(_files(result), arguments)
    if not arguments.quiet:
        _tell(result)
    return 0


def _files(result: Comparison) -> measuring.Files:
    from translate.render import compare_data  # see `handle`

    return {
        "compare.html": lambda: _page(result),
        "compare.json": lambda: [compare_data.as_json(result)],
        "compare.systems.csv": lambda: compare_data.systems_csv(result),
        "compare.pairs.csv": lambda: compare_data.pairs_csv(result),
        "compare.sentences.csv": lambda: compare_data.sentences_csv(result),
    }


def _page(result: Comparison) -> Iterable[str]:
    from translate.render import compare_page  # templates and plots, which the other forms need not

    return [compare_page.page(result)]


def _tell(result: Comparison) -> None:
    """Ranks and verdicts, on stderr."""
    for ranking in result.rankings:
        basis = f"round trip through {ranking.back_system}" if ranking.back_system else "against the reference"
        for standing in ranking.standings:
            one, system = standing.scores[0], result.system(standing.system)
            options.say(
                f"{basis}: {standing.rank}. {standing.system}, {one.metric.label} {one.value:.1f} ({one.low:.1f} to "
                f"{one.high:.1f}), errors in {system.sentences_with_errors:,} of {system.sentences:,} sentences"
            )
        for duel in ranking.duels:
            options.say(duel.verdict)
    for note in result.notes:
        options.say(note)


# --- ready translations -----------------------------------------------------------------------------------------------


def _outputs(arguments: argparse.Namespace) -> tuple[Material, list[Entry], WaysBack]:
    from translate.roundtrip.compare import Entry, WaysBack  # see `handle`
    from translate.roundtrip.material import Material, aligned

    if arguments.files or arguments.back_model:
        what = "files to translate" if arguments.files else "--back-model"
        raise UsageError(f"--outputs compares translations that are there already and takes no {what}")
    if not (arguments.source_file and arguments.reference):
        raise UsageError(
            "--outputs needs --source FILE, what was translated, and --reference FILE, a human translation"
        )
    named = dict(_named(arguments.outputs))
    texts = aligned([arguments.source_file, arguments.reference, *named.values()])
    sources, references = texts[0], texts[1]
    languages = _languages(arguments, sources, references)
    files = (measuring.short([arguments.source_file])[0],) * len(sources)
    entries = [Entry(name, lines) for name, lines in zip(named, texts[2:], strict=True)]
    return Material(languages, sources, files, references), entries, WaysBack()


def _named(outputs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The name and the file of each output; UsageError for what names no file, and for a name or file given twice."""
    seen: set[str] = set()
    for given in outputs:
        name, sign, file = given.partition("=")
        if not (name and sign and file):
            raise UsageError(f"--outputs takes NAME=FILE, not {given!r}")
        for part in (name, file):
            if part in seen:
                raise UsageError(f"{part} is given twice in --outputs")
            seen.add(part)
        yield name, file


def _languages(arguments: argparse.Namespace, sources: Sequence[str], references: Sequence[str]) -> tuple[str, str]:
    from translate import languages  # see `options.read`

    found = []
    for option, given, lines in (("--from", arguments.source, sources), ("--via", arguments.target, references)):
        code = languages.normalise(given) if given else languages.identify(" ".join(lines[:_SAMPLE]), ("en", "ar"))
        if code is None:
            raise LanguageError(f"a language cannot be told: say {option} LANG")
        found.append(code)
    if found[0] == found[1]:
        raise LanguageError(f"source and reference are both {found[0]}: check the files, or say --from and --via")
    return found[0], found[1]


# --- models -----------------------------------------------------------------------------------------------------------


def _models(arguments: argparse.Namespace) -> tuple[Material, list[Entry], WaysBack]:
    from translate.roundtrip import contest  # see `handle`

    if arguments.source_file:
        raise UsageError("--source goes with --outputs; with --models, name the files to translate")
    for name in (*arguments.models, *arguments.back_model):
        if Path(name).is_file():
            raise UsageError(f"{name} is a file, not a model: name the files before the models")
    if not arguments.files:
        raise UsageError("name the files to translate")
    material, sentences = _material(arguments)
    means = contest.Means(
        load=lambda pair, model, profile: measuring.load(arguments, pair, model, profile),
        watch=lambda label, document: progress.bar(label, document, arguments.quiet),
        say=(lambda _: None) if arguments.quiet else options.say,
    )
    entries, ways = contest.hold(arguments.models, arguments.back_model, sentences, material.languages, means)
    return material, entries, ways


def _material(arguments: argparse.Namespace) -> tuple[Material, list[Block]]:
    """The sentences of all files in order, as text and as blocks that hold their markup."""
    from translate.document import Block, Document, Kind  # see `handle`
    from translate.roundtrip import material

    names = arguments.files
    if arguments.lines:
        read = {name: tuple(map(Block, material.lines(name))) for name in names}
        blocks = [block for its in read.values() for block in its]
        files = tuple(name for name, its in zip(measuring.short(names), read.values(), strict=True) for _ in its)
        pair = options.pair(arguments, Document(tuple(blocks), Kind.TEXT))
    else:
        documents = dict(zip(measuring.short(names), map(options.read, names), strict=True))
        pair = options.pair(arguments, next(iter(documents.values())))
        blocks, files = material.sentences(documents, pair[0])
    references = material.lines(arguments.reference) if arguments.reference else None
    return material.matched(pair, blocks, files, references)
