"""Parses the command line, calls the command, and turns every error into a sentence and an exit code."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Sequence

from translate import errors
from translate.cli import (
    batch,
    check,
    compare,
    memory,
    models,
    output,
    roundtrip,
    run,
    serve,
    summarize,
    translate_command,
)

_EPILOG = "exit codes:" + (errors.__doc__ or "").split("|---|---|", 1)[1].replace("| ", "  ").replace(" |", "")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; every error is one sentence on stderr unless `--debug` is given."""
    arguments = parser().parse_args(argv)
    debug = arguments.debug
    _quieten(debug)
    # Only the main thread can say what becomes of signals.
    vars(arguments).get("prepare", lambda: None)()
    try:
        return _interruptible(lambda: int(arguments.handler(arguments)))
    except errors.DragomanError as exc:
        return _fail(str(exc), exc.exit_code, debug)
    except KeyboardInterrupt:
        output.discard()
        print("\ndragoman: stopped; nothing half-written is left.", file=sys.stderr)
        sys.stderr.flush()
        # The engine may be deep in a batch on its own thread and cannot be asked to stop.
        os._exit(130)
    except BrokenPipeError:
        # The reader of our output left: not an error, but nothing more may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as exc:  # noqa: BLE001 (the last line of defence: a beginner gets a sentence, not a traceback)
        return _fail(f"a fault of ours: {type(exc).__name__}: {exc}. Please report it; --debug shows where", 1, debug)


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    top = argparse.ArgumentParser(
        prog="dragoman",
        description="Translate news articles between English and Arabic, with their markup, and see what to trust.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    top.add_argument("--debug", action="store_true", help="show tracebacks and the libraries' own messages")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in (translate_command, run, batch, summarize, check, roundtrip, compare, serve, memory, models):
        module.add_parser(commands)
    for command in commands.choices.values():
        command.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return top


class _Version(argparse.Action):
    """Prints the version; looked up only then, because reading installed metadata takes a while."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from translate.version import VERSION  # see above

        print(f"dragoman {VERSION}")
        parser.exit()


def _interruptible(work: Callable[[], int]) -> int:
    """Do the work on another thread, so that Ctrl-C is heard while an engine is inside compiled code."""
    result: list[int] = []
    failure: list[BaseException] = []

    def target() -> None:
        try:
            result.append(work())
        except BaseException as exc:  # noqa: BLE001 (raised again on the main thread)
            failure.append(exc)

    thread = threading.Thread(target=target, name="dragoman", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.1)
    if failure:
        raise failure[0]
    return result[0]


def _fail(message: str, code: int, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    print(f"dragoman: {message}", file=sys.stderr)
    return code


def _quieten(debug: bool) -> None:
    """Keep the libraries' warnings and progress bars off the user's terminal."""
    if debug:
        logging.basicConfig(level=logging.INFO)
        return
    warnings.filterwarnings("ignore")
    logging.disable(logging.ERROR)
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TQDM_DISABLE", "1")
