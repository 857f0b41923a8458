"""`dragoman memory`: what is remembered, brought in, written out, approved, forgotten and cleared away."""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import options, output
from translate.errors import InputError, LanguageError

if TYPE_CHECKING:
    from translate.memory import Memory, Pair, Stats

# The memory (SQLite, lxml) is imported in the handlers: `--help` need not wait for it.

_DESCRIPTION = """\
The translation memory: what a model translated once is not translated again, and what a person approved always wins.
It is one file, in the user's data folder or where $DRAGOMAN_MEMORY says."""
_FORMATS = ("tmx", "csv")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `memory` and its commands; each sets `handler`, which takes the arguments and returns the exit code."""
    memory = subparsers.add_parser(
        "memory",
        help="what was translated before",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = memory.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_exchange(commands)

    command = commands.add_parser("stats", help="how much is remembered, and what it was good for")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(handler=run_stats)

    command = commands.add_parser("prune", help="remove models' work; nothing that a person approved")
    command.add_argument("--older-than", type=float, metavar="DAYS", help="made, and last used, so long ago")
    command.add_argument("--model", metavar="NAME", help="of these models, or from this file (names as in stats)")
    command.add_argument("--unused", action="store_true", help="never used again")
    command.add_argument("--max-size", type=float, metavar="MB", help="the longest unused, until the file fits")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(handler=run_prune)

    command = commands.add_parser("approve", help="make a translation the one that is always used for its text")
    command.add_argument("source", metavar="SOURCE", help="the sentence, exactly as articles have it")
    command.add_argument("translation", metavar="TRANSLATION", nargs="?", help="default: the remembered one")
    _add_languages(command)
    command.set_defaults(handler=run_approve)

    command = commands.add_parser("forget", help="remove all that is remembered of a sentence, approved or not")
    command.add_argument("source", metavar="SOURCE", help="the sentence, exactly as articles have it")
    _add_languages(command)
    command.set_defaults(handler=run_forget)


def _add_exchange(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("import", help="bring in TMX, CSV, TSV or XLIFF")
    command.add_argument("file", metavar="FILE", help="a file, or - for TMX on standard input")
    _add_languages(command)
    command.add_argument("--approved", action="store_true", help="all of it was approved by a person: it always wins")
    command.add_argument("--both-ways", action="store_true", help="use people's work for the other direction, too")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(handler=run_import)

    command = commands.add_parser("export", help="write TMX (all there is) or CSV (texts)")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    command.add_argument("--format", choices=_FORMATS, help="default: what the output's name says, else tmx")
    _add_languages(command)
    command.add_argument("--approved", action="store_true", help="only what a person approved")
    command.set_defaults(handler=run_export)


def _add_languages(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="from_language", metavar="LANG", help="the source's language")
    command.add_argument("--to", dest="to_language", metavar="LANG", help="the translation's language")


def run_import(args: argparse.Namespace) -> int:
    """Bring a file in, and say what came of it."""
    from translate import memory

    found = memory.bring_in(
        memory.Memory(),
        args.file,
        source_language=args.from_language,
        target_language=args.to_language,
        approved=args.approved,
        both_ways=args.both_ways,
    )
    if args.json:
        print(json.dumps(dataclasses.asdict(found)))
        return 0
    options.say(f"{found.entries:,} remembered, {found.approved:,} of them approved by a person")
    if found.skipped:
        options.say(f"{found.skipped:,} left out: a side is empty, or in another language")
    if found.offered:
        options.say(f"{found.offered:,} are only shown where a sentence is like them; --approved puts them to use")
    return 0


def run_export(args: argparse.Namespace) -> int:
    """Write what is remembered."""
    from translate import memory

    form = args.format or ("csv" if args.output and args.output.suffix.lower() == ".csv" else "tmx")
    output.write(memory.write(memory.Memory(), form, _pair(args), approved=args.approved), args.output)
    return 0


def run_stats(args: argparse.Namespace) -> int:
    """A table of pairs and origins, or JSON."""
    from translate.memory import Memory

    found = Memory().stats()
    if args.json:
        print(json.dumps(_facts(found), indent=2, ensure_ascii=False))
        return 0
    print(f"{found.path}: {_megabytes(found.size)}, entries: {found.entries:,}, hits: {found.hits:,}")
    rows = [("pair", "kind", "from", "entries", "hits")]
    rows += [("-".join(one.pair), one.kind, one.origin, f"{one.entries:,}", f"{one.hits:,}") for one in found.groups]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows if found.groups else ():
        left = "  ".join(f"{cell:<{width}}" for cell, width in zip(row[:3], widths[:3], strict=True))
        print(f"{left}  {row[3]:>{widths[3]}}  {row[4]:>{widths[4]}}")
    return 0


def run_prune(args: argparse.Namespace) -> int:
    """Remove what was asked for, and say what that freed."""
    from translate.memory import Memory

    most = None if args.max_size is None else int(args.max_size * 1e6)
    done = Memory().prune(older_than=args.older_than, model=args.model, unused=args.unused, max_size=most)
    if args.json:
        print(json.dumps(dataclasses.asdict(done)))
        return 0
    options.say(f"{done.entries:,} removed; {_megabytes(done.before)} became {_megabytes(done.after)}")
    if most is not None and done.after > most:
        options.say("what people approved or brought in is left, and takes more than that")
    return 0


def run_approve(args: argparse.Namespace) -> int:
    """Approve a translation, and show the two texts."""
    from translate.memory import Memory

    memory = Memory()
    pair = _pair(args) or _known_pair(memory, args.source, args.translation)
    entry = memory.approve(args.source, pair, args.translation)
    options.say(f"approved, {pair[0]} to {pair[1]}: “{entry.source}” → “{entry.target}”")
    return 0


def run_forget(args: argparse.Namespace) -> int:
    """Forget a sentence; InputError where nothing is remembered of it."""
    from translate.memory import Memory

    count = Memory().forget(args.source, _pair(args))
    if not count:
        raise InputError("nothing is remembered of that text: it must be exactly as articles have it.")
    options.say(f"{count:,} forgotten")
    return 0


def _pair(args: argparse.Namespace) -> Pair | None:
    """The languages asked for; LanguageError where only one is."""
    from translate import languages

    if args.from_language is None and args.to_language is None:
        return None
    if args.from_language is None or args.to_language is None:
        raise LanguageError("say both languages, --from and --to, or neither.")
    return languages.normalise(args.from_language), languages.normalise(args.to_language)


def _known_pair(memory: Memory, source: str, translation: str | None) -> Pair:
    """The one pair in which a text is remembered, else English and Arabic, as their scripts say."""
    from translate import languages

    known = list(dict.fromkeys(entry.pair for entry in memory.of(source)))
    if len(known) == 1:
        return known[0]
    if not known and translation is None:
        raise InputError("nothing is remembered of that text: give its translation, too.")
    texts = (source, translation or "")
    found = [languages.identify(text, ("en", "ar")) for text in texts]
    if found[0] is None or found[1] is None or found[0] == found[1]:
        raise LanguageError("the languages cannot be told: say --from and --to.")
    return found[0], found[1]


def _facts(stats: Stats) -> dict[str, object]:
    facts = {"path": str(stats.path), "size": stats.size, "entries": stats.entries, "approved": stats.approved}
    return {**facts, "hits": stats.hits, "groups": [dataclasses.asdict(group) for group in stats.groups]}


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
