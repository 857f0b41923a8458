"""`dragoman summarize`: a neutral summary of an article in one or more languages, with the sentences it rests on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import options, output, progress
from translate.errors import ISSUES_FOUND, UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from translate.api import SummaryResult
    from translate.engines.summarizer import Summarizer
    from translate.summarize.summary import Budget

FORMATS = ("text", "json", "html")
_SUFFIXES = {"text": ".txt", "json": ".json", "html": ".html"}
_DESCRIPTION = """\
Summarise an English or Arabic article without taking sides: every claim keeps its speaker and its hedges, and every
sentence says which sentences of the article it rests on. The summary is chosen in the article's own language, which
needs no model, then translated and checked."""


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "summarize",
        help="a neutral summary of an article, grounded in its sentences",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("article", metavar="ARTICLE", help="a file, or - for standard input")
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE|FOLDER",
        help="default: standard output; no suffix: a folder",
    )
    command.add_argument(
        "--format", choices=FORMATS, help="default: what the output's name says; all in a folder; else text"
    )
    command.add_argument("--form", choices=["headline", "bullets", "paragraph"], default="paragraph")
    command.add_argument("--sentences", type=int, metavar="N", help="at most so many (default: 5 within 120 words)")
    command.add_argument("--words", type=int, metavar="N", help="at most so many, in the article's language")
    command.add_argument("--characters", type=int, metavar="N", help="at most so many, in the article's language")
    command.add_argument(
        "--method", metavar="NAME", default="extractive", help="extractive (default), or a summariser of models.yaml"
    )
    command.add_argument("--embeddings", action="store_true", help="compare sentences by meaning (slow)")
    options.add_model_options(command, to="languages, as in ar,en (default: the article's own)")
    options.add_check_options(command)
    options.add_glossary_check_only(command)
    options.add_fail_on(command, default="never")
    command.set_defaults(handler=handle)


def handle(arguments: argparse.Namespace) -> int:
    """Write the summaries in the forms asked for."""
    from translate import api  # pulls in every stage, which --help need not

    budget = _budget(arguments)
    document = options.read(arguments.article)
    language = options.language(arguments, document)
    files = _files(arguments)
    result = api.summarize(
        document,
        [one.strip() for one in (arguments.target or language).split(",") if one.strip()],
        source=language,
        form=arguments.form,
        budget=budget,
        method=_method(arguments, language),
        embeddings=arguments.embeddings,
        translator=lambda source, target: options.load(arguments, source, target),
    )
    for path, form in files:
        output.write([_written(result, form)], path)
    if not arguments.quiet:
        _tell(result, files)
    return ISSUES_FOUND if _fails(result, arguments) else 0


def _budget(arguments: argparse.Namespace) -> Budget | None:
    """The limits that are given; None for the form's own."""
    from translate.summarize.summary import Budget  # see `handle`

    limits = {name: getattr(arguments, name) for name in ("sentences", "words", "characters")}
    given = {name: limit for name, limit in limits.items() if limit is not None}
    for name, limit in given.items():
        if limit < 1:
            raise UsageError(f"--{name} must be at least 1, not {limit}")
    return Budget(**given) if given else None


def _method(arguments: argparse.Namespace, language: str) -> str | Summarizer:
    """The summariser that is named, with its files on this machine; "extractive" needs none."""
    from translate import api  # see `handle`

    if arguments.method == api.EXTRACTIVE:
        return api.EXTRACTIVE
    return api.load_summarizer(
        arguments.method,
        language,
        device=arguments.device,
        offline=arguments.offline,
        on_event=(lambda _: None) if arguments.quiet else options.say,
        on_download=progress.download,
    )


def _files(arguments: argparse.Namespace) -> list[tuple[Path | None, str]]:
    """Where to write which form: a folder, there or not, takes every form."""
    out, form = arguments.output, arguments.format
    if out is None:
        return [(None, form or "text")]
    if out.is_dir() or not (out.suffix or out.exists()):
        name = "article" if arguments.article == "-" else Path(arguments.article).stem
        return [(out / f"{name}.summary{_SUFFIXES[one]}", one) for one in ([form] if form else FORMATS)]
    by_suffix = {suffix: one for one, suffix in _SUFFIXES.items()} | {".htm": "html"}
    return [(out, form or by_suffix.get(out.suffix.lower(), "text"))]


def _written(result: SummaryResult, form: str) -> str:
    return {"text": lambda: result.text, "json": lambda: result.json, "html": lambda: result.html}[form]()


def _tell(result: SummaryResult, files: list[tuple[Path | None, str]]) -> None:
    """What must be known of the summary, and where it is, on stderr."""
    own = result.summarized.own
    if own.over_budget:
        options.say(f"no sentence that can stand alone is as short as asked: this one has {own.words} words")
    written = [str(path) for path, _ in files if path is not None]
    if written:
        options.say(f"wrote {', '.join(written)}")


def _fails(result: SummaryResult, arguments: argparse.Namespace) -> bool:
    least = options.fail_on(arguments)
    return least is not None and any(issue.severity.rank <= least.rank for issue in result.summarized.issues)
