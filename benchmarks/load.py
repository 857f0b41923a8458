"""How a server holds up: many users for minutes, and many small requests with and without batching.

    python -m benchmarks.load [--users 50] [--seconds 120] [--small 10] [--json] [-- SERVE OPTIONS]

Starts `dragoman serve` on this machine and calls nothing but 127.0.0.1. Without options of its own the server runs the
tiny models of the tests, so the figures are about the server, not about a model. Clients are threads of this process,
which shares the cores with the server.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
_TINY = """models:
  tiny-en-ar: &tiny {{folder: "{data}/tiny-en-ar", licence: {{name: Apache-2.0, commercial: true}}, engine: ctranslate,
    architecture: marian, pairs: [[en, ar]], max_source: 128, max_target: 128,
    attention: {{layer: -1, heads: 1, shifted: false}}}}
  tiny-ar-en: {{<<: *tiny, folder: "{data}/tiny-ar-en", pairs: [[ar, en]]}}
profiles:
  tiny: {{description: the tiny models of the tests, models: [tiny-en-ar, tiny-ar-en]}}
"""
_WORDS = (
    (
        "The minister",
        "My brother",
        "Our teacher",
        "The old man",
        "A young woman",
        "The driver",
        "Her friend",
        "The doctor",
    ),
    ("bought", "found", "saw", "lost", "wanted", "liked", "sold", "read"),
    ("a book", "the car", "this house", "two dogs", "a letter", "the key", "some bread", "an old map"),
    ("yesterday", "last week", "this morning", "in the summer", "on Monday", "at school", "near the sea", "again"),
)
_LONGEST_WAIT = 300.0


@dataclass
class Seen:
    """What the clients saw, from all threads."""

    answers: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str, status: int, seconds: float, body: bytes) -> None:
        """One answer: 200 is served, 503 an honest "busy", anything else an error."""
        kind = {200: "served", 503: "busy", 0: "left early"}.get(status, "error")
        with self.lock:
            self.answers[kind] += 1
            self.seconds.setdefault(f"{what} {kind}", []).append(seconds)
            if kind == "error" and len(self.wrong) < 5:
                self.wrong.append(f"{what}: {status} {body[:200]!r}")


@contextlib.contextmanager
def serving(options: Sequence[str], *limits: str) -> Iterator[tuple[int, int]]:
    """A server of our own, with the user's options or the tiny models: its port and its process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ)
        if not options:
            models = Path(folder) / "models.yaml"
            models.write_text(_TINY.format(data=DATA), encoding="utf-8")
            environment["DRAGOMAN_MODELS"] = str(models)
            options = ["--profile", "tiny", "--offline"]
        command = [sys.executable, "-m", "translate.cli", "serve", "--port", str(port), "--quiet", *options, *limits]
        process = subprocess.Popen(command, env=environment)
        try:
            _ready(port, process)
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def _ready(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _LONGEST_WAIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"the server ended with {process.returncode}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ask(port, "GET", "/healthz")[0] == 200:
                return
        time.sleep(0.2)
    sys.exit("the server does not answer")


def ask(port: int, method: str, path: str, body: object = None, leave_after: int | None = None) -> tuple[int, bytes]:
    """One request on a connection of its own: status and body; 0 where we left after so many bytes of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LONGEST_WAIT)
    try:
        data = None if body is None else json.dumps(body).encode()
        connection.request(method, path, data, {"Content-Type": "application/json"} if data else {})
        answer = connection.getresponse()
        if leave_after is not None and answer.status == 200:
            answer.read(leave_after)
            return 0, b""
        return answer.status, answer.read()
    finally:
        connection.close()


def crowd(port: int, pid: int, users: int, seconds: float) -> dict[str, object]:
    """`users` at once for `seconds`: they read the page, translate texts of all lengths, and some leave half-way."""
    article = (ROOT / "seeds" / "live-report.txt").read_text(encoding="utf-8")
    short = (ROOT / "seeds" / "short.txt").read_text(encoding="utf-8")
    ends = time.monotonic() + seconds
    seen = Seen()

    def user(number: int) -> None:
        chance = random.Random(number)
        while time.monotonic() < ends:
            started = time.monotonic()
            what, method, path, body, leave = _errand(chance, article, short)
            try:
                status, answer = ask(port, method, path, body, leave)
            except (OSError, http.client.HTTPException) as exc:
                status, answer = -1, repr(exc).encode()
            seen.add(what, status, time.monotonic() - started, answer)
            time.sleep(chance.uniform(0.2, 1.5) if status != 503 else chance.uniform(1, 3))

    memory = [_resident(pid)]
    threads = [threading.Thread(target=user, args=(number,), daemon=True) for number in range(users)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(1)
        memory.append(_resident(pid))
    time.sleep(2)
    half = len(memory) // 2
    return {
        "users": users,
        "seconds": seconds,
        "answers": dict(seen.answers),
        "wrong": seen.wrong,
        "latency_s": {what: _quantiles(its) for what, its in sorted(seen.seconds.items())},
        "queue_wait_s": _waits(port),
        "memory_mb": {"start": memory[0], "half": memory[half], "end": memory[-1], "most": max(memory)},
        "left_at_work": _gauge(port, "dragoman_desk_active"),
    }


def _errand(chance: random.Random, article: str, short: str) -> tuple[str, str, str, object, int | None]:
    """What a user does next."""
    body = {"source": "en", "target": "ar"}
    step = chance.random()
    if step < 0.15:
        return "page", "GET", "/", None, None
    if step < 0.5:
        return "short", "POST", "/v1/translate", {**body, "text": f"{chance.random()} {short}"}, None
    if step < 0.65:
        return "libretranslate", "POST", "/translate", {**body, "q": _sentence(chance)}, None
    if step < 0.75:
        return "article", "POST", "/v1/translate", {**body, "text": f"<p>{chance.random()}</p>{article}"}, None
    if step < 0.9:
        return "stream", "POST", "/v1/translate", {**body, "text": article, "stream": True}, None
    return "stream, left early", "POST", "/v1/translate", {**body, "text": article, "stream": True}, 500


def _sentence(chance: random.Random) -> str:
    """One of 4,096 sentences of six or seven words, so that hardly ever two clients ask for the same."""
    return " ".join(chance.choice(words) for words in _WORDS) + "."


def small(port: int, seconds: float, connections: int) -> float:
    """Small requests a second, over `connections` that are kept open."""
    ends = time.monotonic() + seconds
    done: list[int] = []

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        chance = random.Random(number)
        count = 0
        while time.monotonic() < ends:
            body = json.dumps({"q": _sentence(chance), "source": "en", "target": "ar"}).encode()
            connection.request("POST", "/translate", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"a small request was answered with {answer.status}")
            count += 1
        done.append(count)

    started = time.monotonic()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.monotonic() - started)


def batching(options: Sequence[str], seconds: float, connections: int, rounds: int = 3) -> dict[str, object]:
    """Small requests a second with batching on and off, in turns, and the ratio."""
    limits = ["--active", str(connections), "--no-page"]
    with serving(options, *limits) as (on, _), serving(options, *limits, "--no-batching") as (off, _):
        for port in (on, off):
            small(port, 2, connections)
        pairs = [(small(on, seconds, connections), small(off, seconds, connections)) for _ in range(rounds)]
    return {
        "connections": connections,
        "on_per_s": round(statistics.median(first for first, _ in pairs), 1),
        "off_per_s": round(statistics.median(second for _, second in pairs), 1),
        "ratio": round(statistics.median(first / second for first, second in pairs), 2),
        "ratios": [round(first / second, 2) for first, second in pairs],
    }


def _resident(pid: int) -> int:
    """Megabytes of memory that a process has."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    return int(found[1]) // 1024 if found else 0


def _quantiles(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    at: Callable[[float], float] = lambda share: round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)  # noqa: E731
    return {"count": len(ordered), "median": at(0.5), "p95": at(0.95), "most": round(ordered[-1], 3)}


def _metrics(port: int) -> str:
    return ask(port, "GET", "/metrics")[1].decode()


def _gauge(port: int, name: str) -> float | None:
    found = re.search(rf"^{name}(?:{{[^}}]*}})? ([0-9.e+-]+)$", _metrics(port), re.MULTILINE)
    return float(found[1]) if found else None


def _waits(port: int) -> dict[str, float]:
    """The quantiles of the last waits in the queue, as the server tells them."""
    lines = re.findall(r'^dragoman_\w*wait\w*{quantile="([0-9.]+)"} ([0-9.e+-]+)$', _metrics(port), re.MULTILINE)
    return {f"p{float(share) * 100:g}": round(float(value), 4) for share, value in lines}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and fail where a user saw an error."""
    given = list(sys.argv[1:] if argv is None else argv)
    options = given[given.index("--") + 1 :] if "--" in given else []
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--small", type=float, default=10, help="seconds of small requests, three times each way")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(given[: given.index("--")] if "--" in given else given)
    found: dict[str, object] = {}
    if arguments.users:
        with serving(options) as (port, pid):
            found["crowd"] = crowd(port, pid, arguments.users, arguments.seconds)
    if arguments.small:
        found["batching"] = batching(options, arguments.small, arguments.connections)
    print(json.dumps(found, indent=None if arguments.json else 2))
    return 1 if isinstance(seen := found.get("crowd"), dict) and seen["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
