"""A batch's lanes on a Ray cluster: where it is, how many workers fit on it, and starting it where there is none."""

from __future__ import annotations

import importlib
import logging
import os
import re
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from translate.api import Translator
from translate.batch.types import Job, Outcome, Settings
from translate.engines.ctranslate import available_cores
from translate.errors import EngineError, ExtraMissing, NetworkError, UsageError

# Objects in the memory of a Ray of our own, bytes: shards are small, and what does not fit goes to the disk.
_STORE = 512 * 2**20
# How long the machine of a cluster may take to answer, seconds.
_ANSWER = 10.0
# Ray reads these when it is imported. It shall not report to its makers; its C++ part shall leave SIGTERM to us, and
# write to its own logs.
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DISABLE_FAILURE_SIGNAL_HANDLER": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
}
# Without clusters, which are off by default only where the first name says, Ray listens on 127.0.0.1 alone. With a
# token nobody else on the machine can give it work; one in the environment is not written to the user's home.
_PRIVATE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token"}


@dataclass(frozen=True)
class Cluster:
    """Where to translate: `workers` processes (None: as many as fit) of `threads` CPU cores each, and a GPU if `gpu`.

    `address` is a running cluster's HOST:PORT, or "auto" for the one that this machine belongs to. Without one a Ray is
    started on this machine, for this process alone, and ended with its work.
    """

    address: str | None = None
    workers: int | None = None
    threads: int = 1
    gpu: bool = False

    def __post_init__(self) -> None:
        for name, number in (("workers", self.workers), ("threads", self.threads)):
            if number is not None and number < 1:
                raise UsageError(f"{name} must be at least 1, not {number}")
        if self.address not in (None, "auto") and not re.fullmatch(r"[^/]+:\d{1,5}", self.address or ""):
            raise UsageError(
                f"{self.address} is not the address of a cluster: start the command on one of its machines, and give "
                "HOST:PORT, or auto"
            )

    def fitting(self, nodes: Sequence[Mapping[str, float]]) -> int:
        """How many workers to start on machines that have so many "CPU" and "GPU" each.

        Raises UsageError where fewer fit than were asked for, or none.
        """
        room = sum(self._on(node) for node in nodes)
        if room >= (self.workers or 1):
            return self.workers or room
        wanted = f"{self.workers or 1} with {self.threads} CPU and {int(self.gpu)} GPU each"
        there = "; ".join(f"{node.get('CPU', 0):g} CPU and {node.get('GPU', 0):g} GPU" for node in nodes)
        raise UsageError(
            f"the workers do not fit on the cluster: {wanted}, on machines with {there or 'nothing'}. Ask for fewer "
            "--workers or --threads"
        )

    def _on(self, node: Mapping[str, float]) -> int:
        room = node.get("CPU", 0) // self.threads
        return int(min(room, node.get("GPU", 0)) if self.gpu else room)


class RayLanes:
    """One lane of a batch, and behind it a cluster. A Ray of our own lives from the first shard to the last."""

    count = 1

    def __init__(self, load: Callable[[], Translator], cluster: Cluster, say: Callable[[str], None]) -> None:
        """`load` is pickled, and called once by each worker; `say` hears of what the user may want to know."""
        self._load = load
        self._cluster = cluster
        self._say = say
        self.found = 0
        """How many sentences came from the workers' translation memory."""

    def translate(self, shards: Iterator[list[Job]], settings: Settings) -> Iterator[list[Outcome]]:
        """What became of each shard, in the order in which they are finished.

        Raises ExtraMissing without Ray, NetworkError where the cluster does not answer, UsageError where the workers do
        not fit on it, EngineError where Ray fails, and what `load` raises.
        """
        first = next(shards, None)
        if first is None:
            return
        with _ray(self._cluster) as ray:
            from translate.batch import streaming  # imports Ray

            workers = self._cluster.fitting([node["Resources"] for node in ray.nodes() if node["Alive"]])
            if ray.available_resources().get("CPU", 0) < self._cluster.threads:
                self._say("the cluster is busy: waiting for its CPUs")
            places = streaming.Places(workers, self._cluster.threads, int(self._cluster.gpu))
            for answer in streaming.answers(chain([first], shards), self._load, settings, places):
                if answer.tries > 1:
                    self._say(f"a worker died: its {len(answer.outcomes)} documents went to another")
                self.found += answer.found
                yield list(answer.outcomes)


@contextmanager
def _ray(cluster: Cluster) -> Iterator[Any]:
    """Ray, connected or started; one that the caller's process has connected already is used as it is."""
    if cluster.address not in (None, "auto"):
        _check_answer(cluster.address or "")
    if "ray" not in sys.modules:
        _set(_QUIET if cluster.address else {**_QUIET, **_PRIVATE, "RAY_AUTH_TOKEN": secrets.token_hex(32)})
    try:
        ray = importlib.import_module("ray")
        importlib.import_module("ray.data")
    except ImportError as exc:
        raise ExtraMissing(f"Ray is not installed ({exc.name}): run `pip install 'dragoman[ray]'`") from exc
    if ray.is_initialized():
        yield ray
        return
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    # It tells of dead workers on stdout, at length; we say so ourselves.
    ray._private.worker._worker_logs_enabled = False
    with _joined(ray, cluster.address) if cluster.address else _started(ray):
        yield ray


def _check_answer(address: str) -> None:
    """NetworkError where nobody answers; Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), _ANSWER).close()
    except (OSError, OverflowError) as exc:
        raise NetworkError(f"the Ray cluster {address} does not answer ({exc})") from exc


def _set(variables: Mapping[str, str]) -> None:
    for name, value in variables.items():
        os.environ.setdefault(name, value)


def _init(ray: Any, **options: Any) -> None:
    with _hushed():
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **options)


@contextmanager
def _hushed() -> Iterator[None]:
    """What compiled code writes to stderr goes nowhere, as Ray tells of its log level; what Python writes arrives."""
    python, kept = sys.stderr, os.dup(2)
    if python is sys.__stderr__:
        # Never closed by us: another thread may be in the middle of a line.
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        sys.stderr = python


@contextmanager
def _joined(ray: Any, address: str) -> Iterator[None]:
    try:
        _init(ray, address=address)
    except Exception as exc:
        raise NetworkError(f"the Ray cluster {address} cannot be joined ({exc})") from exc
    try:
        yield
    finally:
        ray.shutdown()


@contextmanager
def _started(ray: Any) -> Iterator[None]:
    # Sockets lie in it, whose names may not be long: not in any $TMPDIR.
    folder = tempfile.mkdtemp(prefix="dragoman-ray-", dir="/tmp" if os.name == "posix" else None)
    options = {"num_cpus": available_cores(), "object_store_memory": _STORE, "include_dashboard": False}
    try:
        try:
            _init(ray, address="local", _temp_dir=folder, **options)
        except Exception as exc:
            raise EngineError(f"Ray cannot be started ({exc})") from exc
        yield
    finally:
        ray.shutdown()
        shutil.rmtree(folder, ignore_errors=True)
