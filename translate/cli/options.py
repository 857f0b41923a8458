"""The options that several commands share, and what they mean to the library."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import progress
from translate.errors import ISSUES_FOUND, LanguageError

if TYPE_CHECKING:
    from translate.api import Translator
    from translate.document import Block, Document, Severity

# Below this many words the language of a text is a guess.
_ENOUGH_WORDS = 20


def add_model_options(
    command: argparse.ArgumentParser, *, to: str = "the target (default: ar for en, en for ar)"
) -> None:
    """Languages, model, device and search; `to` explains --to."""
    command.add_argument("--from", dest="source", metavar="LANG", help="the source's language (default: found out)")
    command.add_argument("--to", dest="target", metavar="LANG", help=to)
    command.add_argument("--model", metavar="NAME|FOLDER", help="a model of `dragoman models list`, or a local folder")
    command.add_argument("--profile", metavar="NAME", help="default, fast, wide or embedded")
    command.add_argument("--device", choices=["auto", "cpu", "cuda"], default="auto", help="default: auto")
    command.add_argument("--beam", type=int, default=4, metavar="N", help="hypotheses kept in the search (default: 4)")
    command.add_argument("--offline", action="store_true", help="ask nothing of the network")
    command.add_argument("--strict", action="store_true", help="leave sentences with an error untranslated")
    command.add_argument("--quiet", action="store_true", help="say nothing but errors")


def add_memory_option(command: argparse.ArgumentParser) -> None:
    """Whether what is known already is translated again; a command without it has no memory."""
    command.add_argument(
        "--no-memory",
        dest="memory",
        action="store_false",
        help="use and fill no translation memory (`dragoman memory`)",
    )


def add_quality_options(command: argparse.ArgumentParser) -> None:
    """Whether and how translations are checked."""
    command.add_argument(
        "--qa",
        action=argparse.BooleanOptionalAction,
        help="check every sentence and sum up the issues on stderr (default: only where something is wrong)",
    )
    add_check_options(command)
    add_glossary_check_only(command)
    add_fail_on(command, default="never")


def add_check_options(command: argparse.ArgumentParser, *, similarity: bool = True) -> None:
    """What the checks are told; without `similarity` for a command that measures it anyway."""
    command.add_argument("--settings", type=Path, metavar="FILE.toml", help="which checks run, and how strictly")
    command.add_argument(
        "--glossary",
        dest="glossaries",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.csv|FILE.tbx",
        help="terms that must be used; may be given again, the first counts most",
    )
    if similarity:
        command.add_argument("--similarity", action="store_true", help="compare the meaning of both sides, too (slow)")


def add_glossary_check_only(command: argparse.ArgumentParser) -> None:
    """Whether the glossary's terms are put into a translation."""
    command.add_argument(
        "--glossary-check-only",
        action="store_true",
        help="say where a glossary's terms are missing, and put none in",
    )


def add_fail_on(command: argparse.ArgumentParser, default: str) -> None:
    """What makes the command end with a code of its own."""
    command.add_argument(
        "--fail-on",
        choices=["error", "warning", "note", "never"],
        default=default,
        help=f"end with exit code {ISSUES_FOUND} where an issue is as severe (default: {default})",
    )


def fail_on(arguments: argparse.Namespace) -> Severity | None:
    """The least severity that makes the command fail; None for never."""
    from translate.document import Severity  # see `read`

    return None if arguments.fail_on == "never" else Severity(arguments.fail_on)


def read(source: str) -> Document:
    """The document in a file, or on standard input for "-"."""
    from translate import extract  # parsers that --help need not load

    if source == "-":
        return extract.read(sys.stdin.buffer.read(), name="standard input")
    return extract.read_file(Path(source))


def pair(arguments: argparse.Namespace, document: Document) -> tuple[str, str]:
    """The language pair: as asked, else the document's own language and the other of English and Arabic.

    Raises what `language` does.
    """
    from translate import languages  # see `read`

    source = language(arguments, document)
    target = languages.normalise(arguments.target) if arguments.target else {"en": "ar", "ar": "en"}.get(source)
    if target is None:
        raise LanguageError(f"say which language to translate {languages.name(source)} to: --to LANG")
    return source, target


def language(arguments: argparse.Namespace, document: Document) -> str:
    """The document's language: as said, else as found.

    Raises LanguageError where it cannot be told, or the text is not in the script of the language that was said.
    """
    from translate import languages  # see `read`

    sample = " ".join(block.text for block in _head(document))
    found = languages.identify(sample, languages.NEWS)
    source = languages.normalise(arguments.source) if arguments.source else found
    if source is None:
        raise LanguageError("the text's language cannot be told: say --from LANG")
    if not languages.in_script(sample, source):
        raise LanguageError(f"the text does not look like {languages.name(source)}: check --from")
    if found not in (source, None) and len(sample.split()) >= _ENOUGH_WORDS and not arguments.quiet:
        looks, taken = languages.name(found or source), languages.name(source)
        say(f"the text looks like {looks}; it is read as {taken}, as asked")
    return source


def load(arguments: argparse.Namespace, source: str, target: str) -> Translator:
    """The translator that the options ask for; a command without quality options checks as it is shipped."""
    from translate.api import load as load_translator  # pulls in the engines

    options = vars(arguments)
    return load_translator(
        source,
        target,
        profile=arguments.profile,
        model=arguments.model,
        device=arguments.device,
        beam=arguments.beam,
        threads=options.get("threads"),
        offline=arguments.offline,
        strict=arguments.strict,
        qa=options.get("qa") is not False,
        settings=options.get("settings"),
        glossaries=options.get("glossaries") or (),
        enforce=not options.get("glossary_check_only"),
        similarity=options.get("similarity") is True,
        memory=options.get("memory") is True,
        on_event=(lambda _: None) if arguments.quiet else say,
        on_download=progress.download,
    )


def say_remembered(translator: Translator) -> None:
    """A line on how much came from the memory, where something did."""
    memory = translator.memory
    if memory is not None and memory.found:
        say(f"{memory.found:,} of {memory.asked:,} sentences came from the memory")


def say(event: str) -> None:
    """A line for the user, on stderr."""
    print(f"dragoman: {event}", file=sys.stderr)


def _head(document: Document) -> list[Block]:
    """The first blocks of a document, some thousand characters: enough to know its language by."""
    head: list[Block] = []
    size = 0
    for block in document.blocks:
        head.append(block)
        size += len(block.text)
        if size > 4000:
            break
    return head
