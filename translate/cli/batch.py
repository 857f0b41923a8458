"""`dragoman batch`: folders, tables and subtitles, translated with nobody watching."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from translate.cli import options, progress
from translate.errors import ISSUES_FOUND, InputError, UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from translate.api import Translator
    from translate.batch import Event, Totals

_DESCRIPTION = """\
Translate folders (txt, html, md, docx; srt and vtt subtitles keep their timing), tables (CSV, TSV, Parquet, with
--column) and JSON lines. The same shape is written to the output folder, with report.html and report.json. The same
command again goes on where it was stopped, and does only what is new or changed."""

_INTERRUPTED = 130
_stop = threading.Event()


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "batch",
        help="folders and tables, through the night",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="files and folders")
    command.add_argument("-o", "--output", type=Path, metavar="FOLDER", required=True, help="where translations go")
    command.add_argument(
        "--format",
        choices=["html", "text", "markdown", "json", "docx"],
        help="what documents are written as (default: each as it came)",
    )
    command.add_argument(
        "--column",
        dest="columns",
        action="append",
        default=[],
        metavar="NAME",
        help="the column or field of a table that is translated; may be given again",
    )
    command.add_argument("--id", default="", metavar="NAME", help="the column that names a row (default: its number)")
    command.add_argument("--fail-fast", action="store_true", help="end at the first document that is set aside")
    command.add_argument("--retry-failed", action="store_true", help="try again what was set aside")
    command.add_argument("--fresh", action="store_true", help="forget what is finished, and do all of it again")
    command.add_argument("--shard-size", type=int, default=200, metavar="N", help="documents at a time (default: 200)")
    command.add_argument("--log-json", action="store_true", help="tell what happens on stderr, a JSON object a line")
    options.add_model_options(command)
    options.add_check_options(command, similarity=False)
    options.add_glossary_check_only(command)
    options.add_memory_option(command)
    command.set_defaults(handler=handle, prepare=listen)


def listen() -> None:
    """Hear Ctrl-C and SIGTERM; on the main thread. The first asks for an orderly end, the second ends at once."""
    _stop.clear()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _asked_to_stop)


def _asked_to_stop(_number: int, _frame: FrameType | None) -> None:
    if _stop.is_set():
        # What is half written has no name yet, and is removed by the next run.
        os._exit(_INTERRUPTED)
    _stop.set()
    options.say("finishing what is at work; once more ends at once")


def handle(arguments: argparse.Namespace) -> int:
    """Do the batch; then say how it went."""
    from translate import batch, languages  # pulls in stages that --help need not

    if arguments.source is None:
        raise UsageError("say which language the documents are in: --from LANG")
    source = languages.normalise(arguments.source)
    target = languages.normalise(arguments.target) if arguments.target else {"en": "ar", "ar": "en"}.get(source)
    if target is None:
        raise UsageError(f"say which language to translate {languages.name(source)} to: --to LANG")
    asked = batch.Asked(
        tuple(arguments.inputs),
        arguments.output,
        batch.Settings(source, target, arguments.format),
        _identity(arguments, source, target),
        tuple(arguments.columns),
        arguments.id,
        shard_size=arguments.shard_size,
        fresh=arguments.fresh,
        retry=arguments.retry_failed,
        fail_fast=arguments.fail_fast,
    )
    loaded: list[Translator] = []

    def load() -> Translator:
        loaded.append(options.load(arguments, source, target))
        return loaded[0]

    with _telling(arguments, loaded) as tell:
        totals = batch.run(asked, load, tell=tell, stop=_stop)
    if not arguments.quiet and not arguments.log_json:
        _sum_up(totals, arguments.output, loaded)
    if totals.stopped:
        return _INTERRUPTED
    return ISSUES_FOUND if totals.all_aside else 0


def _identity(arguments: argparse.Namespace, source: str, target: str) -> str:
    """Everything that decides what a document becomes, but the document, found out without loading a model."""
    from translate.memory import PIPELINE
    from translate.resolve import Access, resolve
    from translate.version import VERSION

    # What there is to say of the models is said where they are loaded, if they are.
    configs = resolve(
        source,
        target,
        Access(arguments.offline, lambda _: None, progress.download),
        profile=arguments.profile,
        model=arguments.model,
    )
    files = [path for path in (arguments.settings, *arguments.glossaries) if path is not None]
    found = {
        "version": VERSION,
        "pipeline": PIPELINE,
        "models": [[one.use.name, one.use.hub_id, one.use.revision, one.use.engine] for one in configs],
        "device": arguments.device,
        "beam": arguments.beam,
        "strict": arguments.strict,
        "glossary_check_only": arguments.glossary_check_only,
        "files": [hashlib.sha256(_content(path)).hexdigest() for path in files],
    }
    return json.dumps(found, sort_keys=True)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise InputError(f"{path} cannot be read ({exc.strerror or exc})") from exc


@contextmanager
def _telling(arguments: argparse.Namespace, loaded: list[Translator]) -> Iterator[Callable[[Event], None]]:
    """What hears of the batch's events: a log, a live line on a terminal, or nothing."""
    if arguments.log_json:
        yield lambda event: print(
            json.dumps({"event": event.what, "time": round(time.time(), 3), **event.data}, ensure_ascii=False),
            file=sys.stderr,
            flush=True,
        )
        return
    from rich.console import Console  # as in `progress`
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    hidden = arguments.quiet or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        yield _Live(bar.update, bar.add_task("", total=None), loaded).hear


class _Live:
    """The live line: documents, sentences and words a second, what came from memory, issues."""

    def __init__(self, update: Callable[..., None], task: object, loaded: list[Translator]) -> None:
        self._update = update
        self._task = task
        self._loaded = loaded
        self._began = time.monotonic()
        self._counts = dict.fromkeys(("documents", "sentences", "words", "errors", "warnings", "aside"), 0)

    def hear(self, event: Event) -> None:
        """Count one more event, and show it."""
        data, counts = event.data, self._counts
        if event.what == "start":
            self._update(self._task, total=data["bytes"])
        elif event.what == "unchanged":
            self._update(self._task, advance=data["bytes"])
        elif event.what in ("document", "set_aside"):
            counts["documents"] += 1
            counts["aside"] += event.what == "set_aside"
            for name in ("sentences", "words", "errors", "warnings"):
                counts[name] += int(str(data.get(name, 0)))
            self._update(self._task, advance=data["bytes"])
        elif event.what == "shard":
            self._update(self._task, description=self._line())

    def _line(self) -> str:
        counts, seconds = self._counts, max(0.001, time.monotonic() - self._began)
        memory = self._loaded[0].memory if self._loaded else None
        return (
            f"{counts['documents']:,} documents, {counts['sentences'] / seconds:,.1f} sentences/s, "
            f"{counts['words'] / seconds:,.0f} words/s"
            + (f", {memory.found:,} from memory" if memory is not None else "")
            + f", {counts['errors']:,} errors, {counts['warnings']:,} warnings, {counts['aside']:,} set aside"
        )


def _sum_up(totals: Totals, out: Path, loaded: list[Translator]) -> None:
    told = [f"{totals.done:,} translated ({totals.sentences:,} sentences) in {totals.seconds:,.0f} s"]
    told += [f"{totals.unchanged:,} unchanged"] if totals.unchanged else []
    memory = loaded[0].memory if loaded else None
    told += [f"{memory.found:,} sentences from the memory"] if memory is not None and memory.found else []
    told += [f"{totals.all_aside:,} set aside"] if totals.all_aside else []
    told += [f"{totals.passed_over:,} files passed over"] if totals.passed_over else []
    told += [f"{totals.errors:,} errors and {totals.warnings:,} warnings found"]
    options.say(f"{', '.join(told)}: see {out / 'report.html'}")
    if totals.stopped:
        options.say("stopped before the end: the same command goes on with it")
