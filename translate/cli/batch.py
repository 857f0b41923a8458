"""`dragoman batch`: folders, tables and subtitles, translated with nobody watching."""

from __future__ import annotations

import argparse
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

from translate.cli import lanes, options
from translate.errors import ISSUES_FOUND, UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

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
    _add_engine_options(command)
    options.add_model_options(command)
    options.add_check_options(command, similarity=False)
    options.add_glossary_check_only(command)
    options.add_memory_option(command)
    command.set_defaults(handler=handle, prepare=listen)


def _add_engine_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--engine",
        choices=["local", "ray"],
        default="local",
        help="translate in this process, or in workers of a Ray cluster (docs/scale.md; default: local)",
    )
    command.add_argument(
        "--ray-address",
        metavar="HOST:PORT",
        help="the cluster; auto for the one of this machine (default: a Ray of this machine alone)",
    )
    command.add_argument("--workers", type=int, metavar="N", help="processes of Ray (default: as many as fit)")
    command.add_argument(
        "--threads", type=int, metavar="N", help="CPU cores to use (default: all; with Ray: 1 for each worker)"
    )


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
    work = lanes.work(arguments, source, target)
    asked = batch.Asked(
        tuple(arguments.inputs),
        arguments.output,
        batch.Settings(source, target, arguments.format),
        lanes.identity(arguments, source, target),
        tuple(arguments.columns),
        arguments.id,
        shard_size=arguments.shard_size,
        fresh=arguments.fresh,
        retry=arguments.retry_failed,
        fail_fast=arguments.fail_fast,
    )
    with _telling(arguments, work) as tell:
        totals = batch.run(asked, work.load, tell=tell, stop=_stop, lanes=work.lanes)
    if not arguments.quiet and not arguments.log_json:
        _sum_up(totals, arguments.output, work)
    if totals.stopped:
        return _INTERRUPTED
    return ISSUES_FOUND if totals.all_aside else 0


@contextmanager
def _telling(arguments: argparse.Namespace, work: lanes.Here | lanes.OnRay) -> Iterator[Callable[[Event], None]]:
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
        yield _Live(bar.update, bar.add_task("", total=None), work).hear


class _Live:
    """The live line: documents, sentences and words a second, what came from memory, issues."""

    def __init__(self, update: Callable[..., None], task: object, work: lanes.Here | lanes.OnRay) -> None:
        self._update = update
        self._task = task
        self._work = work
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
        return (
            f"{counts['documents']:,} documents, {counts['sentences'] / seconds:,.1f} sentences/s, "
            f"{counts['words'] / seconds:,.0f} words/s"
            + (f", {self._work.found:,} from memory" if self._work.found else "")
            + f", {counts['errors']:,} errors, {counts['warnings']:,} warnings, {counts['aside']:,} set aside"
        )


def _sum_up(totals: Totals, out: Path, work: lanes.Here | lanes.OnRay) -> None:
    told = [f"{totals.done:,} translated ({totals.sentences:,} sentences) in {totals.seconds:,.0f} s"]
    told += [f"{totals.unchanged:,} unchanged"] if totals.unchanged else []
    told += [f"{work.found:,} sentences from the memory"] if work.found else []
    told += [f"{totals.all_aside:,} set aside"] if totals.all_aside else []
    told += [f"{totals.passed_over:,} files passed over"] if totals.passed_over else []
    told += [f"{totals.errors:,} errors and {totals.warnings:,} warnings found"]
    options.say(f"{', '.join(told)}: see {out / 'report.html'}")
    if totals.stopped:
        options.say("stopped before the end: the same command goes on with it")
