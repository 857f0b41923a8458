"""Fetching from the model hub: sized up first, resumable, whole or not at all, and checked before it is used."""

from __future__ import annotations

import errno
import fnmatch
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import yaml
from filelock import FileLock

from translate import cache
from translate.errors import (
    DiskFull,
    DragomanError,
    ExtraMissing,
    ModelBroken,
    ModelMissing,
    NetworkError,
    OutputError,
    UsageError,
)
from translate.hub import store
from translate.registry import ModelSpec, overlay_path

# huggingface_hub is imported inside functions all through this module: it takes as long to import as the command has
# for its help, and whoever has the models already never needs it.

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes that there will be; often, and from the calling thread."""

_ENDPOINT = "https://huggingface.co"
_TRUE = frozenset({"1", "on", "yes", "true"})
# Seconds that the hub may take to say what a repository holds.
_ANSWER = 15.0
# How often a connection may break without bringing anything, and the seconds between two tries.
_TRIES = 5
_PAUSE = 1.0
# Room, in bytes, that a download leaves for everything else on the disk.
_SPARE = 50_000_000


@dataclass(frozen=True)
class _Remote:
    """A file on the hub: the large ones are known by their SHA-256, the others by the name that git gives them."""

    name: str
    size: int
    sha256: str | None
    git_id: str | None


@dataclass(frozen=True)
class _Listing:
    """What is to be fetched, at one commit."""

    commit: str
    files: tuple[_Remote, ...]


def endpoint() -> str:
    """The address of the model hub: $HF_ENDPOINT, else the public one."""
    return (os.environ.get("HF_ENDPOINT") or _ENDPOINT).rstrip("/")


def forbidden() -> bool:
    """Whether the environment forbids calls to the hub ($HF_HUB_OFFLINE or $TRANSFORMERS_OFFLINE)."""
    return any(os.environ.get(name, "").casefold() in _TRUE for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"))


def reachable(timeout: float = 2.0) -> bool:
    """Whether the hub answers within `timeout` seconds; never takes longer, never raises.

    The question is asked in a thread of its own that is left behind when the time is up, because a name server that
    does not answer holds its caller far longer than any time-out of a connection.
    """
    if forbidden():
        return False
    answered = threading.Event()

    def ask() -> None:
        try:
            from huggingface_hub.utils import get_session

            answer = get_session().head(endpoint(), timeout=timeout)
        except Exception:  # noqa: BLE001 - whatever went wrong, the hub did not answer, and nobody waits to be told more
            return
        if answer.status_code < 500:
            answered.set()

    thread = threading.Thread(target=ask, daemon=True, name="dragoman-hub")
    thread.start()
    # The thread, not the event, is waited for: it ends at once where the connection is refused.
    thread.join(timeout)
    return answered.is_set()


def fetch(spec: ModelSpec, *, offline: bool = False, progress: Progress | None = None) -> Path:
    """The folder with all of a model's files, fetched from the hub if they are not here.

    A large file that broke off goes on where it stopped, also in a later process; a file takes its place only when its
    checksum is right. Processes that fetch the same model at once wait for the first.

    Raises NetworkError where the hub must not be called or does not answer, ModelMissing where it does not have the
    model or not for us, ModelBroken where what came is not what was published, DiskFull and OutputError where there is
    no place for it, ExtraMissing for a model that comes from a package.
    """
    if (folder := store.cached(spec)) is not None:
        return folder
    if spec.package is not None:
        raise ExtraMissing(str(store.missing(spec)))
    if spec.hub is None:
        raise store.missing(spec)
    if offline or forbidden():
        why = "--offline" if offline else "HF_HUB_OFFLINE"
        raise NetworkError(
            f"{spec.name} is not on this machine and {why} forbids to fetch it: run `dragoman models pull {spec.name}` "
            f"where there is a network"
        )
    lock = store.lock_file(spec)
    with cache.writing(lock):
        lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock):
        return store.cached(spec) or _fetch(spec, progress or (lambda _here, _all: None))


def pin(spec: ModelSpec, *, offline: bool = False) -> str:
    """Ask the hub which commit a model's revision means now, and write that into the user's models.yaml.

    Returns the commit; a model that is pinned already is not asked for. Raises UsageError for a model that is not the
    hub's, what `fetch` raises for the hub, OutputError where the file cannot be written.
    """
    if spec.hub is None:
        raise UsageError(f"{spec.name} does not come from the model hub: there is nothing to pin")
    if spec.pinned and spec.revision:
        return spec.revision
    if offline or forbidden():
        raise NetworkError(f"only the model hub knows the commit of {spec.name}, and it must not be asked offline")
    with _hub_errors(spec):
        commit = str(_info(spec).sha)
    _write_pin(spec.name, commit)
    return commit


def _fetch(spec: ModelSpec, progress: Progress) -> Path:
    fresh: set[str] = set()
    with _hub_errors(spec):
        listing = _listing(spec)
        _check_space(spec, listing)
        _sweep(spec, listing)
        total = sum(file.size for file in listing.files)
        before = 0
        for file in listing.files:
            if file.sha256 is not None:
                if _fetch_large(spec, listing.commit, file, partial(_tell, progress, before, total)):
                    fresh.add(file.name)
                before += file.size
                progress(before, total)
        folder = _link(spec, listing)
        progress(total, total)
    stored = {}
    for file in listing.files:
        digest = str(file.sha256) if file.name in fresh else _checked(spec, folder, file)
        stored[file.name] = store.StoredFile((folder / file.name).stat().st_size, digest)
    store.write_manifest(spec, listing.commit, stored)
    if not store.is_complete(spec, folder):
        raise ModelBroken(f"{spec.hub} did not arrive whole: {_again(spec)}")
    return folder


def _tell(progress: Progress, before: int, total: int, here: int) -> None:
    progress(before + here, total)


def _again(spec: ModelSpec) -> str:
    return f"run `dragoman models pull {spec.name}` again"


def _info(spec: ModelSpec) -> Any:
    from huggingface_hub import HfApi

    api = HfApi(endpoint=endpoint(), library_name="dragoman")
    return api.model_info(spec.hub, revision=spec.revision, files_metadata=True, timeout=_ANSWER)


def _listing(spec: ModelSpec) -> _Listing:
    info = _info(spec)
    there = {
        file.rfilename: _Remote(file.rfilename, file.size or 0, file.lfs and file.lfs.sha256, file.blob_id)
        for file in info.siblings or ()
    }
    assert spec.files is not None  # every model of the hub has them: registry.spec.mistakes sees to it
    weights = next((name for name in spec.files.weights if name in there), None)
    absent = [name for name in spec.files.needed if name not in there]
    if absent or weights is None:
        lacks = ", ".join(absent) or " or ".join(spec.files.weights)
        raise ModelBroken(f"{spec.hub} has no {lacks} at revision {spec.revision}: its entry in models.yaml is wrong")
    names = [*spec.files.needed, weights, *(name for name in spec.files.optional if name in there)]
    if weights.endswith(".index.json"):
        stem, _, ending = weights.removesuffix(".index.json").rpartition(".")
        names += fnmatch.filter(there, f"{stem}-*-of-*.{ending}")
    for name in names:
        given = there[name].sha256
        if given is not None and spec.checksums.get(name, given) != given:
            raise ModelBroken(
                f"{spec.hub} offers a {name} that is not the one in models.yaml (SHA-256 {given}): somebody changed it"
            )
    return _Listing(str(info.sha), tuple(there[name] for name in dict.fromkeys(names)))


def _sweep(spec: ModelSpec, listing: _Listing) -> None:
    """Remove files of another length than the hub's, which were cut off; nobody would fetch them again otherwise."""
    folder = store.repository(spec) / "snapshots" / listing.commit
    for file in listing.files:
        places = [folder / file.name]
        if file.sha256 is not None:
            places.append(store.repository(spec) / "blobs" / file.sha256)
        for place in places:
            if place.is_file() and place.stat().st_size != file.size:
                _discard(place)


def _discard(place: Path) -> None:
    """Remove a file and, where it is a link into the shared cache, what it points at."""
    place.resolve().unlink()
    place.unlink(missing_ok=True)


def _check_space(spec: ModelSpec, listing: _Listing) -> None:
    blobs = store.repository(spec) / "blobs"
    wanted = 0
    for file in listing.files:
        if file.sha256 is None or not (blobs / file.sha256).exists():
            begun = blobs / f"{file.sha256}.incomplete"
            wanted += file.size - (begun.stat().st_size if begun.exists() else 0)
    place = next(folder for folder in (blobs, *blobs.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    if wanted + _SPARE > free:
        raise DiskFull(
            f"{spec.name} needs {(wanted + _SPARE) / 1e6:,.0f} MB in {store.hub_cache()}, and {free / 1e6:,.0f} MB are "
            f"free: free some, or set HF_HUB_CACHE to a folder on another disk"
        )


def _fetch_large(spec: ModelSpec, commit: str, file: _Remote, tell: Callable[[int], None]) -> bool:
    """Fetch one of the hub's large files into the shared cache, under the name by which the cache knows it.

    False where it was there already, unchecked. `tell` gets the bytes of it that are here.

    huggingface_hub itself (2.4) throws away what a stopped process had, and the last 10 MB of a broken connection; that
    is dear for gigabytes on a bad line, so the part that is here is kept, under the name that older versions gave it.
    """
    blob = store.repository(spec) / "blobs" / str(file.sha256)
    if blob.exists():
        return False
    blob.parent.mkdir(parents=True, exist_ok=True)
    begun = blob.with_name(f"{blob.name}.incomplete")
    with begun.open("r+b" if begun.exists() else "w+b") as content:
        if content.seek(0, os.SEEK_END) > file.size:
            content.seek(0)
            content.truncate()
        _stream(spec, commit, file, content, tell)
    if (found := store.sha256(begun)) != file.sha256:
        begun.unlink()
        raise ModelBroken(
            f"{file.name} of {spec.hub} arrived damaged (SHA-256 {found} in place of {file.sha256}): {_again(spec)}"
        )
    begun.replace(blob)
    return True


def _stream(spec: ModelSpec, commit: str, file: _Remote, content: BinaryIO, tell: Callable[[int], None]) -> None:
    """Append what is missing of a file; a connection that breaks is taken up again while it still brings something."""
    from huggingface_hub import hf_hub_url
    from huggingface_hub.errors import HfHubHTTPError, HTTPError
    from huggingface_hub.utils import build_hf_headers

    address = hf_hub_url(str(spec.hub), file.name, revision=commit, endpoint=endpoint())
    # Compressed, a range would be one of other bytes.
    headers = {**build_hf_headers(library_name="dragoman"), "Accept-Encoding": "identity"}
    vain = 0
    while (start := content.tell()) < file.size:
        try:
            _append(address, headers, content, tell)
            # All that was sent: if it is not all that was promised, the checksum tells.
            return
        except HfHubHTTPError:
            raise
        except HTTPError:
            vain = 0 if content.tell() > start else vain + 1
            if vain >= _TRIES:
                raise
            time.sleep(_PAUSE)


def _append(address: str, headers: dict[str, str], content: BinaryIO, tell: Callable[[int], None]) -> None:
    from huggingface_hub.utils import get_session, hf_raise_for_status

    start = content.tell()
    wanted = {**headers, "Range": f"bytes={start}-"} if start else headers
    with get_session().stream("GET", address, headers=wanted, timeout=_ANSWER) as answer:
        hf_raise_for_status(answer)
        if start and answer.status_code != 206:
            # The server sends the whole file, whatever part was asked for.
            content.seek(0)
            content.truncate()
        # As it comes: chunks of a set size would lose what is in one when the connection breaks.
        for chunk in answer.iter_bytes():
            content.write(chunk)
            tell(content.tell())


def _link(spec: ModelSpec, listing: _Listing) -> Path:
    """Let huggingface_hub fetch the small files and lay the snapshot's links, as every user of the cache expects."""
    from huggingface_hub import snapshot_download

    with _silent():
        folder = snapshot_download(
            spec.hub,
            revision=listing.commit,
            cache_dir=store.hub_cache(),
            endpoint=endpoint(),
            allow_patterns=[file.name for file in listing.files],
            library_name="dragoman",
        )
    for file in listing.files:
        if not (Path(folder) / file.name).is_file():
            # Without an answer from the hub, snapshot_download is content with what there is.
            raise NetworkError(f"{file.name} of {spec.hub} did not arrive: {_again(spec)}")
    return Path(folder)


def _checked(spec: ModelSpec, folder: Path, file: _Remote) -> str:
    """The SHA-256 of a file in a snapshot; a damaged one is removed and is a ModelBroken."""
    place = folder / file.name
    found = store.sha256(place)
    right = all(known in (None, found) for known in (file.sha256, spec.checksums.get(file.name)))
    if right and file.sha256 is None and file.git_id is not None:
        right = store.git_id(place) == file.git_id
    if not right:
        _discard(place)
        raise ModelBroken(f"{file.name} of {spec.hub} was damaged (SHA-256 {found}) and is removed: {_again(spec)}")
    return found


def _write_pin(name: str, commit: str) -> None:
    file = overlay_path()
    # It was read as part of the registry a moment ago, so it is known to be a mapping of mappings.
    content = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else None
    content = content or {}
    models = content["models"] = content.get("models") or {}
    models.setdefault(name, {})["revision"] = commit
    store.write_atomically(file, yaml.safe_dump(content, allow_unicode=True, sort_keys=False))


@contextmanager
def _silent() -> Iterator[None]:
    """Keep huggingface_hub's progress bars away: the caller shows its own."""
    from huggingface_hub import utils

    were_off = utils.are_progress_bars_disabled()
    utils.disable_progress_bars()
    try:
        yield
    finally:
        if not were_off:
            utils.enable_progress_bars()


@contextmanager
def _hub_errors(spec: ModelSpec) -> Iterator[None]:
    """Turn everything that huggingface_hub and what is under it raise into ours."""
    # HTTPError is the base of what the HTTP client raises, whichever client this version of huggingface_hub uses.
    from huggingface_hub.errors import EntryNotFoundError, HTTPError

    try:
        yield
    except (HTTPError, EntryNotFoundError, OSError, ValueError) as exc:
        raise _ours(spec, exc) from exc


def _ours(spec: ModelSpec, exc: BaseException) -> DragomanError:
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError, RevisionNotFoundError

    # huggingface_hub wraps a refusal into "not in the local cache": the cause says what it was.
    causes = list(_causes(exc))
    first = next((cause for cause in causes if isinstance(cause, HfHubHTTPError)), exc)
    status = getattr(getattr(first, "response", None), "status_code", None)
    page = f"{endpoint()}/{spec.hub}"
    if isinstance(first, GatedRepoError) or status == 403:
        return ModelMissing(f"{spec.hub} is for those who agreed to its terms: do so at {page}, then `hf auth login`")
    if isinstance(first, RevisionNotFoundError):
        return ModelMissing(f"{spec.hub} has no revision {spec.revision}: see {page}/commits/main, or pin it anew")
    if isinstance(first, RepositoryNotFoundError) or status in (401, 404):
        return ModelMissing(f"{page} does not exist, or is private: check the name, or `hf auth login` and try again")
    if status is not None:
        return NetworkError(f"{endpoint()} answered with status {status} for {spec.hub}: try again later")
    if isinstance(exc, OSError) and exc.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"no space left in {store.hub_cache()}: free some, or set HF_HUB_CACHE to another disk")
    if isinstance(exc, (PermissionError, NotADirectoryError, IsADirectoryError)):
        return OutputError(f"cannot write to {store.hub_cache()}: {exc.strerror or exc}")
    if isinstance(exc, ValueError):
        return NetworkError(f"what answers at {endpoint()} is no model hub: is a proxy or a log-in page in the way?")
    return NetworkError(
        f"{endpoint()} did not answer, or broke off ({type(causes[-1]).__name__}): check the network and run "
        f"`dragoman models pull {spec.name}`, which goes on where it stopped"
    )


def _causes(exc: BaseException | None) -> Iterator[BaseException]:
    while exc is not None:
        yield exc
        exc = exc.__cause__
