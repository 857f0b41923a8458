"""`dragoman serve`: the web page and the HTTP API, on this machine alone unless told otherwise."""

from __future__ import annotations

import argparse
import gc
import ipaddress
import logging
import os
import socket
import sys
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from translate.cli import options, progress
from translate.errors import ExtraMissing, UsageError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from translate.serving import Limits

PASSWORD_VARIABLE = "DRAGOMAN_PASSWORD"

_DESCRIPTION = f"""\
Serve the web page, the HTTP API (/docs) and the API of LibreTranslate (/translate). Only this machine can reach it
unless --host says otherwise; then set --user, whose password is read from ${PASSWORD_VARIABLE}."""


def add_parser(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "serve",
        help="the web page and the HTTP API",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    command.add_argument("--port", type=int, default=7860, help="default: 7860; 0 takes any that is free")
    command.add_argument("--model", metavar="NAME|FOLDER", help="a model of `dragoman models list`, or a local folder")
    command.add_argument("--profile", metavar="NAME", help="default, fast, wide or embedded")
    command.add_argument("--device", choices=["auto", "cpu", "cuda"], default="auto", help="default: auto")
    command.add_argument("--beam", type=int, default=4, metavar="N", help="hypotheses kept in the search (default: 4)")
    command.add_argument("--offline", action="store_true", help="ask nothing of the network")
    command.add_argument("--no-page", action="store_true", help="serve the API alone")
    command.add_argument("--user", metavar="NAME", help=f"ask for this name and the password in ${PASSWORD_VARIABLE}")
    command.add_argument(
        "--allow-origin",
        dest="origins",
        action="append",
        default=[],
        metavar="URL",
        help="let pages of this site call the API; may be repeated",
    )
    command.add_argument("--frame", action="store_true", help="let other sites show the page in a frame")
    command.add_argument("--active", type=int, metavar="N", help="requests at work at once (default: 32)")
    command.add_argument("--waiting", type=int, metavar="N", help="requests that may wait (default: 64)")
    command.add_argument("--seconds", type=float, metavar="S", help="time that a request may take (default: 600)")
    command.add_argument("--characters", type=int, metavar="N", help="text in one request (default: 200,000)")
    command.add_argument("--no-batching", action="store_true", help="translate each request by itself, to compare")
    command.add_argument("--quiet", action="store_true", help="say nothing but errors")
    command.set_defaults(handler=handle)


def handle(arguments: argparse.Namespace) -> int:
    """Load the models, then serve until stopped."""
    auth = _auth(arguments.user)
    limits = _limits(arguments)
    try:
        import uvicorn

        from translate.web import app
    except ImportError as exc:
        raise ExtraMissing(f"the server is not installed ({exc.name}): run `pip install 'dragoman[web]'`") from exc
    from translate.resolve import Access
    from translate.serving import Desk, Models

    _log(arguments.debug)
    say = (lambda _: None) if arguments.quiet else _once(set())
    # Taken before the models are loaded: who has the wrong port should not wait to hear of it.
    listening = _listen(arguments.host, arguments.port)
    models = Models(
        profile=arguments.profile,
        model=arguments.model,
        offline=arguments.offline,
        device=arguments.device,
        beam=arguments.beam,
        together=not arguments.no_batching,
        say=say,
    )
    models.prepare(access=Access(arguments.offline, say, progress.download))
    desk = Desk(models, limits)
    served = app.create(
        desk, page=not arguments.no_page, auth=auth, origins=tuple(arguments.origins), frame=arguments.frame
    )
    host, port = listening.getsockname()[:2]
    _tell(arguments, host, port, auth is not None)
    # No Date or Server header that tells what runs here; requests are counted in /metrics, not logged line by line.
    config = uvicorn.Config(served, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=30)
    # A quarter of the time of many small requests went into looking at what was loaded before them, again and again.
    gc.collect()
    gc.freeze()
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        desk.close()
    return 0


def _once(heard: set[str]) -> Callable[[str], None]:
    """Says each thing once: two directions have the same to say of their models."""

    def say(event: str) -> None:
        if event not in heard:
            heard.add(event)
            options.say(event)

    return say


class _Brief(logging.Formatter):
    """A line for each fault, without where it happened."""

    def formatException(self, ei: object) -> str:  # noqa: N802 (logging's name)
        """The exception itself."""
        return "".join(traceback.format_exception_only(*ei[:2])).strip() if isinstance(ei, tuple) else ""


def _log(debug: bool) -> None:
    """Let faults be heard, which other commands tell by themselves; with `debug` with the place where they happened."""
    if not debug:
        heard = logging.StreamHandler()
        heard.setFormatter(_Brief("dragoman: %(message)s"))
        logging.basicConfig(level=logging.ERROR, handlers=[heard], force=True)
        logging.disable(logging.NOTSET)


def _tell(arguments: argparse.Namespace, host: str, port: int, guarded: bool) -> None:
    if not arguments.quiet:
        shown = f"[{host}]" if ":" in host else host
        where = "localhost" if ipaddress.ip_address(host).is_unspecified else shown
        options.say(f"http://{where}:{port} is open{'' if arguments.no_page else ' in any browser'}; Ctrl-C ends it")
    if not ipaddress.ip_address(host).is_loopback and not guarded:
        print(
            f"dragoman: WARNING: whoever can reach this machine at {host} can use it, unasked: set --user",
            file=sys.stderr,
        )


def _auth(user: str | None) -> tuple[str, str] | None:
    """The name and the password to ask for. Raises UsageError where there is only one of them."""
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if user and not password:
        raise UsageError(f"--user needs a password: set ${PASSWORD_VARIABLE}")
    if user and ":" in user:
        raise UsageError("--user must not hold a colon")
    return (user, password) if user else None


def _limits(arguments: argparse.Namespace) -> Limits:
    from translate.serving import Limits  # see `handle`

    given = {name: getattr(arguments, name) for name in ("active", "waiting", "seconds", "characters")}
    try:
        return Limits(**{name: value for name, value in given.items() if value is not None})
    except ValueError as exc:
        raise UsageError(f"--{exc}") from exc


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises UsageError where it cannot, with what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except (OSError, OverflowError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else exc
        raise UsageError(f"cannot listen at {host}, port {port} ({reason}): choose another with --port") from exc
    return listening
