"""Where a batch is translated, as the options say: in this process, or by the workers of a Ray cluster."""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from translate.cli import options, progress
from translate.errors import InputError, ModelMissing, UsageError

if TYPE_CHECKING:
    from translate.api import Translator
    from translate.batch.cluster import RayLanes

# What the options of a batch hold that a worker needs not, and that cannot be sent.
_NOT_SENT = ("handler", "prepare", "inputs", "output")


def identity(arguments: argparse.Namespace, source: str, target: str) -> str:
    """Everything that decides what a document becomes, but the document, found out without loading a model."""
    from translate.memory import PIPELINE  # pulls in stages that --help need not
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
    found = {
        "version": VERSION,
        "pipeline": PIPELINE,
        "models": [[one.use.name, one.use.hub_id, one.use.revision, one.use.engine] for one in configs],
        "device": arguments.device,
        "beam": arguments.beam,
        "strict": arguments.strict,
        "glossary_check_only": arguments.glossary_check_only,
        "files": [hashlib.sha256(_content(path)).hexdigest() for path in _files(arguments)],
    }
    return json.dumps(found, sort_keys=True)


def _files(arguments: argparse.Namespace) -> list[Path]:
    return [path for path in (arguments.settings, *arguments.glossaries) if path is not None]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise InputError(f"{path} cannot be read ({exc.strerror or exc})") from exc


class Here:
    """The translator that the options ask for, in the process itself."""

    lanes = None

    def __init__(self, arguments: argparse.Namespace, source: str, target: str) -> None:
        self._load = partial(options.load, arguments, source, target)
        self._loaded: Translator | None = None

    def load(self) -> Translator:
        """The translator."""
        self._loaded = self._load()
        return self._loaded

    @property
    def found(self) -> int:
        """Sentences that came from the memory so far."""
        memory = self._loaded.memory if self._loaded is not None else None
        return memory.found if memory is not None else 0


class OnRay:
    """The workers of a Ray cluster."""

    def __init__(self, arguments: argparse.Namespace, source: str, target: str) -> None:
        """Raises UsageError for a cluster that makes no sense, InputError for a file that cannot be read."""
        from translate.batch.cluster import Cluster  # as in `identity`

        self._say: Callable[[str], None] = (lambda _: None) if arguments.quiet else options.say
        threads = 1 if arguments.threads is None else arguments.threads
        self._cluster = Cluster(arguments.ray_address, arguments.workers, threads, gpu=arguments.device == "cuda")
        self._lanes: RayLanes | None = None
        self.load = _Sent.of(arguments, source, target, threads)
        if arguments.memory and arguments.ray_address:
            self._say("the translation memory is a file of this machine: a cluster does without it")

    def lanes(self, load: Callable[[], Translator]) -> RayLanes:
        """The batch's lane."""
        from translate.batch.cluster import RayLanes  # as in `identity`

        self._lanes = RayLanes(load, self._cluster, self._say)
        return self._lanes

    @property
    def found(self) -> int:
        """Sentences that came from the workers' memory so far."""
        return self._lanes.found if self._lanes is not None else 0


def work(arguments: argparse.Namespace, source: str, target: str) -> Here | OnRay:
    """As `--engine` says; raises what OnRay does."""
    if arguments.engine == "ray":
        return OnRay(arguments, source, target)
    if arguments.ray_address is not None or arguments.workers is not None:
        raise UsageError("--ray-address and --workers are for --engine ray")
    return Here(arguments, source, target)


@dataclass(frozen=True)
class _Sent:
    """All that a worker on whatever machine needs to load the same translator; it can be pickled.

    `files` are the settings and glossaries, by the options' order, with their names and content.
    """

    arguments: argparse.Namespace
    source: str
    target: str
    identity: str
    files: tuple[tuple[str, bytes], ...]

    @classmethod
    def of(cls, arguments: argparse.Namespace, source: str, target: str, threads: int) -> _Sent:
        """What the options say, with the content of the files that they name.

        Raises InputError and UsageError for what is wrong in them, rather than leave that to a worker.
        """
        from translate.checking import reviewer  # as in `identity`

        reviewer((source, target), arguments.settings, arguments.glossaries)
        sent = argparse.Namespace(**{name: value for name, value in vars(arguments).items() if name not in _NOT_SENT})
        if sent.model is not None and Path(sent.model).is_dir():
            sent.model = str(Path(sent.model).resolve())
        # The workers have the GPUs that they asked for, and "auto" asks for none.
        sent.device = "cpu" if sent.device == "auto" else sent.device
        sent.threads = threads
        # One file is safe with several processes, but only on one machine.
        sent.memory = sent.memory and not sent.ray_address
        files = tuple((path.name, _content(path)) for path in _files(arguments))
        return cls(sent, source, target, identity(sent, source, target), files)

    def __call__(self) -> Translator:
        """Load it; raises ModelMissing where this machine has other models or another version, and what `load` does."""
        with tempfile.TemporaryDirectory() as folder:
            mine = argparse.Namespace(**vars(self.arguments))
            paths = [self._unpacked(Path(folder, str(number)), *file) for number, file in enumerate(self.files)]
            mine.settings = paths.pop(0) if mine.settings is not None else None
            mine.glossaries = paths
            self._check(json.loads(identity(mine, self.source, self.target)))
            return options.load(mine, self.source, self.target)

    @staticmethod
    def _unpacked(folder: Path, name: str, content: bytes) -> Path:
        folder.mkdir()
        path = folder / name
        path.write_bytes(content)
        return path

    def _check(self, mine: dict[str, object]) -> None:
        """A worker that would translate otherwise than the journal says must not."""
        asked = json.loads(self.identity)
        if differing := [name for name in asked if asked[name] != mine[name]]:
            told = "; ".join(f"{name} {mine[name]}, not {asked[name]}" for name in differing)
            raise ModelMissing(f"a worker would not translate as this machine does ({told}): install the same on both")
