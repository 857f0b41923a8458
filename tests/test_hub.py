"""Models on this machine and on a hub that runs beside it: real calls, real files, and every way of failing."""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import fake_hub
import pytest
import yaml
from fake_hub import COMMIT, HUB_ID, REPOSITORY, WEIGHTS, Hub, spec

from translate import cache, hub
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
from translate.hub import download, store
from translate.registry import Files, Package, load, local, overlay_path, registry

WANTED = {"config.json", "source.spm", "target.spm", "vocab.json", "pytorch_model.bin"}
OTHER = "f" * 40


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own for each test: nothing cached, nothing configured, and no hub but one on this machine."""
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "DRAGOMAN_MODELS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    # What huggingface_hub read from the environment when it was imported, perhaps by another test.
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    return tmp_path


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """The hub, up and reachable."""
    with fake_hub.serving() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.address)
        yield running


def lay(files: dict[str, bytes], commit: str = COMMIT, ref: str | None = "main") -> Path:
    """A snapshot in the shared cache as huggingface_hub lays it: blobs, and links to them."""
    repository = store.hub_cache() / f"models--{HUB_ID.replace('/', '--')}"
    snapshot = repository / "snapshots" / commit
    snapshot.mkdir(parents=True)
    (repository / "blobs").mkdir(exist_ok=True)
    for name, content in files.items():
        blob = repository / "blobs" / fake_hub.hashlib.sha256(content).hexdigest()
        blob.write_bytes(content)
        (snapshot / name).symlink_to(os.path.relpath(blob, snapshot))
    if ref is not None:
        (repository / "refs" / ref).parent.mkdir(parents=True, exist_ok=True)
        (repository / "refs" / ref).write_text(commit)
    return snapshot


def present(*, without: str | None = None) -> dict[str, bytes]:
    return {name: content for name, content in REPOSITORY.items() if name in WANTED - {without}}


# Found on this machine


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"HF_HUB_CACHE": "/a", "HF_HOME": "/b"}, "/a"),
        ({"HUGGINGFACE_HUB_CACHE": "/a", "HF_HOME": "/b"}, "/a"),
        ({"HF_HOME": "/b"}, "/b/hub"),
        ({"HF_HOME": "", "XDG_CACHE_HOME": "/c"}, "/c/huggingface/hub"),
        ({"HF_HOME": "", "XDG_CACHE_HOME": ""}, "~/.cache/huggingface/hub"),
    ],
)
def test_the_shared_cache_is_where_huggingface_hub_has_it(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert store.hub_cache() == Path(expected).expanduser()


@pytest.mark.parametrize(("revision", "ref"), [("main", "main"), ("refs/pr/7", "refs/pr/7"), (COMMIT, None)])
def test_what_others_fetched_is_found(revision: str, ref: str | None) -> None:
    assert hub.cached(spec(revision=revision)) is None
    snapshot = lay(present(), ref=ref)
    found = hub.cached(spec(revision=revision))
    assert found == snapshot == hub.path(spec(revision=revision))
    assert hub.revision(spec(revision=revision), found) == COMMIT


def test_another_revision_is_not_taken_for_the_one_that_is_asked() -> None:
    lay(present(), commit=OTHER, ref="main")
    assert hub.cached(spec(revision=COMMIT)) is None
    assert hub.cached(spec(revision="v2")) is None


@pytest.mark.parametrize("name", sorted(WANTED))
def test_a_snapshot_that_lacks_a_file_is_not_a_model(name: str) -> None:
    lay(present(without=name))
    assert hub.cached(spec()) is None


def test_a_link_to_nothing_is_not_a_file() -> None:
    snapshot = lay(present())
    (snapshot / "pytorch_model.bin").resolve().unlink()
    assert hub.cached(spec()) is None


def test_weights_in_parts_are_whole_when_all_parts_are_here() -> None:
    whole = spec(files=Files(needed=("config.json",), weights=("model.safetensors.index.json",)))
    index = json.dumps({"weight_map": {"a": "model-1-of-2.safetensors", "b": "model-2-of-2.safetensors"}}).encode()
    parts = {"config.json": b"{}", "model.safetensors.index.json": index, "model-1-of-2.safetensors": b"1"}
    snapshot = lay(parts)
    assert hub.cached(whole) is None
    (snapshot / "model-2-of-2.safetensors").write_bytes(b"2")
    assert hub.cached(whole) == snapshot
    (snapshot / "model.safetensors.index.json").unlink()
    (snapshot / "model.safetensors.index.json").write_text("[]")
    assert hub.cached(whole) is None


def test_a_folder_is_itself(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "marian"}')
    mine = local(tmp_path)
    assert hub.cached(mine) == hub.path(mine) == hub.fetch(mine, offline=True) == tmp_path
    assert hub.revision(mine, tmp_path) == mine.revision
    (tmp_path / "config.json").unlink()
    assert hub.cached(mine) is None
    with pytest.raises(ModelMissing, match="there is no model in"):
        hub.fetch(mine)


def test_a_missing_model_names_the_command_that_helps() -> None:
    with pytest.raises(ModelMissing, match="run `dragoman models pull tiny`"):
        hub.path(spec())


def packaged(**changes: str) -> Package:
    fields = {
        "distribution": "hypothesis",
        "module": "hypothesis",
        "version": "",
        "sha256": "0" * 64,
        "extra": "embedded",
    }
    return Package(**{**fields, "version": store.metadata.version("hypothesis"), **changes})


@pytest.mark.parametrize(
    "changes", [{"version": "0.0"}, {"distribution": "no-such-thing"}, {"module": "no_such_thing"}]
)
def test_a_package_that_is_not_there_names_the_extra(changes: dict[str, str]) -> None:
    missing = spec(hub=None, package=packaged(**changes), engine="embedded")
    assert hub.cached(missing) is None
    with pytest.raises(ExtraMissing, match=r"pip install 'dragoman\[embedded\]'"):
        hub.fetch(missing)


def test_an_installed_package_is_its_folder() -> None:
    there = spec(hub=None, package=packaged(), revision="1", engine="embedded")
    folder = hub.cached(there)
    assert folder is not None
    assert folder.name == "hypothesis"
    assert hub.revision(there, folder) == "1"


# Fetched


def test_a_model_is_fetched_once_with_what_it_needs_and_nothing_else(far: Hub) -> None:
    seen: list[tuple[int, int]] = []
    folder = hub.fetch(spec(), progress=lambda here, total: seen.append((here, total)))
    assert {path.name for path in folder.iterdir()} == WANTED
    assert all((folder / name).read_bytes() == REPOSITORY[name] for name in WANTED)
    assert hub.cached(spec()) == folder
    assert hub.revision(spec(), folder) == COMMIT
    total = sum(len(REPOSITORY[name]) for name in WANTED)
    assert seen[-1] == (total, total)
    assert [here for here, _ in seen] == sorted(here for here, _ in seen)
    asked = len(far.requests)
    assert hub.fetch(spec()) == folder
    assert len(far.requests) == asked


def test_safetensors_are_preferred(far: Hub) -> None:
    far.files["model.safetensors"] = b"safe" * 1000
    names = {path.name for path in hub.fetch(spec()).iterdir()}
    assert "model.safetensors" in names
    assert "pytorch_model.bin" not in names


def test_an_index_brings_its_parts(far: Hub) -> None:
    parts = {f"model-0000{part}-of-00002.safetensors": b"x" * part for part in (1, 2)}
    index = json.dumps({"weight_map": dict(enumerate(parts))}).encode()
    far.files |= {**parts, "model.safetensors.index.json": index, "model-extra.safetensors": b"no"}
    wanted = spec(files=Files(needed=("config.json",), weights=("model.safetensors.index.json",)))
    names = {path.name for path in hub.fetch(wanted).iterdir()}
    assert names == {"config.json", "model.safetensors.index.json", *parts}


def test_optional_files_come_where_there_are_any(far: Hub) -> None:
    far.files["generation_config.json"] = b"{}"
    assert (hub.fetch(spec()) / "generation_config.json").exists()


def test_another_program_finds_what_was_fetched(far: Hub) -> None:
    from huggingface_hub import snapshot_download

    folder = hub.fetch(spec())
    found = snapshot_download(
        HUB_ID, revision=COMMIT, cache_dir=store.hub_cache(), local_files_only=True, allow_patterns="*.spm"
    )
    assert Path(found) == folder


def test_a_branch_that_is_no_branch_of_the_hubs_own(far: Hub) -> None:
    folder = hub.fetch(spec(revision="refs/pr/7"))
    assert hub.cached(spec(revision="refs/pr/7")) == folder
    assert hub.cached(spec(revision=COMMIT)) == folder
    assert hub.cached(spec(revision="main")) is None


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause between two tries."""
    monkeypatch.setattr(download, "_PAUSE", 0.0)


def test_a_broken_connection_is_taken_up_where_it_broke(far: Hub, hasty: None) -> None:
    far.breaks["pytorch_model.bin"] = 100_000
    folder = hub.fetch(spec())
    assert (folder / "pytorch_model.bin").read_bytes() == WEIGHTS
    first, second = far.fetched("pytorch_model.bin")
    assert first is None
    assert second == "bytes=100000-"


def test_a_connection_that_brings_nothing_is_given_up_and_what_came_is_kept(far: Hub, hasty: None) -> None:
    far.always_breaks["pytorch_model.bin"] = 100_000
    failing(lambda: hub.fetch(spec()), NetworkError, "did not answer, or broke off .* goes on where it stopped")
    (partial,) = (store.repository(spec()) / "blobs").glob("*.incomplete")
    assert partial.read_bytes() == WEIGHTS[:100_000]
    far.always_breaks.clear()
    assert (hub.fetch(spec()) / "pytorch_model.bin").read_bytes() == WEIGHTS
    assert far.fetched("pytorch_model.bin")[-1] == "bytes=100000-"


def test_a_server_that_knows_no_ranges_sends_all_of_it(far: Hub) -> None:
    far.knows_ranges = False
    begun(b"x" * 1000)
    assert (hub.fetch(spec()) / "pytorch_model.bin").read_bytes() == WEIGHTS


def begun(content: bytes) -> Path:
    partial = store.repository(spec()) / "blobs" / f"{fake_hub.hashlib.sha256(WEIGHTS).hexdigest()}.incomplete"
    partial.parent.mkdir(parents=True)
    partial.write_bytes(content)
    return partial


def test_a_later_process_goes_on_where_an_earlier_one_stopped(far: Hub) -> None:
    partial = begun(WEIGHTS[:250_000])
    seen: list[int] = []
    folder = hub.fetch(spec(), progress=lambda here, _: seen.append(here))
    assert (folder / "pytorch_model.bin").read_bytes() == WEIGHTS
    assert far.fetched("pytorch_model.bin") == ["bytes=250000-"]
    assert min(seen) > 250_000
    assert not partial.exists()


def test_a_whole_file_that_was_never_named_is_not_fetched_again(far: Hub) -> None:
    begun(WEIGHTS)
    assert (hub.fetch(spec()) / "pytorch_model.bin").read_bytes() == WEIGHTS
    assert far.fetched("pytorch_model.bin") == []


def test_a_beginning_that_is_longer_than_the_whole_is_thrown_away(far: Hub) -> None:
    begun(WEIGHTS + b"more")
    assert (hub.fetch(spec()) / "pytorch_model.bin").read_bytes() == WEIGHTS
    assert far.fetched("pytorch_model.bin") == [None]


@pytest.mark.parametrize("wrong", [b"x" * len(WEIGHTS), WEIGHTS[::-1]])
def test_a_file_that_is_not_what_was_promised_never_takes_its_place(wrong: bytes, far: Hub) -> None:
    far.forged["pytorch_model.bin"] = wrong
    with pytest.raises(ModelBroken, match=r"arrived damaged .* run `dragoman models pull tiny` again"):
        hub.fetch(spec())
    assert hub.cached(spec()) is None
    assert [path for path in store.repository(spec()).rglob("*") if path.is_file()] == []
    far.forged.clear()
    assert (hub.fetch(spec()) / "pytorch_model.bin").read_bytes() == WEIGHTS


@pytest.mark.parametrize("wrong", [WEIGHTS[:-5], WEIGHTS + b"more"])
def test_a_file_of_another_length_is_not_the_one_that_was_listed(wrong: bytes, far: Hub) -> None:
    far.forged["pytorch_model.bin"] = wrong
    with pytest.raises(ModelBroken, match="arrived damaged"):
        hub.fetch(spec())
    assert hub.cached(spec()) is None
    far.forged.clear()
    assert (hub.fetch(spec()) / "pytorch_model.bin").read_bytes() == WEIGHTS


def test_a_damaged_beginning_is_found_out(far: Hub) -> None:
    begun(b"x" * 1000)
    with pytest.raises(ModelBroken, match="arrived damaged"):
        hub.fetch(spec())
    assert (hub.fetch(spec()) / "pytorch_model.bin").read_bytes() == WEIGHTS


def test_a_damaged_file_that_was_here_already_is_found_out(far: Hub) -> None:
    lay({"pytorch_model.bin": WEIGHTS})
    blob = store.repository(spec()) / "blobs" / far.sha256("pytorch_model.bin")
    blob.write_bytes(b"x" * len(WEIGHTS))
    with pytest.raises(ModelBroken, match=r"was damaged .* and is removed"):
        hub.fetch(spec())
    assert (hub.fetch(spec()) / "pytorch_model.bin").read_bytes() == WEIGHTS


@pytest.mark.parametrize("name", ["vocab.json", "pytorch_model.bin"])
def test_a_file_that_was_cut_off_is_fetched_again(name: str, far: Hub) -> None:
    folder = hub.fetch(spec())
    (folder / name).resolve().write_bytes(b"cut")
    assert hub.cached(spec()) is None
    assert hub.present(spec()) == folder
    assert (hub.fetch(spec()) / name).read_bytes() == REPOSITORY[name]
    assert hub.verify(spec()) == []


def test_a_small_file_is_held_against_its_git_name(far: Hub) -> None:
    lay({"vocab.json": b'{"<sx>": 0}'})
    with pytest.raises(ModelBroken, match=r"vocab\.json of org/tiny was damaged"):
        hub.fetch(spec())
    assert (hub.fetch(spec()) / "vocab.json").read_bytes() == REPOSITORY["vocab.json"]


def test_checksums_of_the_registry_stand_above_those_of_the_hub(far: Hub) -> None:
    good = spec(checksums={"pytorch_model.bin": far.sha256("pytorch_model.bin")})
    bad = spec(checksums={"pytorch_model.bin": "0" * 64})
    small = spec(checksums={"vocab.json": "0" * 64})
    with pytest.raises(ModelBroken, match=r"offers a pytorch_model.bin that is not the one in models.yaml"):
        hub.fetch(bad)
    assert far.fetched("pytorch_model.bin") == []
    with pytest.raises(ModelBroken, match=r"vocab.json of org/tiny was damaged"):
        hub.fetch(small)
    assert hub.fetch(good).is_dir()


def test_two_that_ask_at_once_fetch_once(far: Hub) -> None:
    folders: list[Path] = []
    threads = [threading.Thread(target=lambda: folders.append(hub.fetch(spec()))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(folders) == 3
    assert len(set(folders)) == 1
    assert far.fetched("pytorch_model.bin") == [None]


# Not fetched


def failing(call: Callable[[], object], expected: type[DragomanError], words: str) -> DragomanError:
    with pytest.raises(expected, match=words) as caught:
        call()
    assert type(caught.value) is expected
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("prefix", "refusal", "expected", "words"),
    [
        ("/api/", (404, "RepoNotFound"), ModelMissing, "/org/tiny does not exist, or is private"),
        ("/api/", (401, ""), ModelMissing, "/org/tiny does not exist, or is private"),
        ("/api/", (404, "RevisionNotFound"), ModelMissing, "has no revision main"),
        ("/api/", (401, "GatedRepo"), ModelMissing, "agreed to its terms: do so at .*/org/tiny, then `hf auth login`"),
        ("/api/", (403, ""), ModelMissing, "agreed to its terms"),
        ("/api/", (500, ""), NetworkError, "answered with status 500 for org/tiny: try again later"),
        ("/api/", (429, ""), NetworkError, "answered with status 429"),
        ("/org/tiny/resolve", (403, "GatedRepo"), ModelMissing, "agreed to its terms"),
        ("/org/tiny/resolve", (401, "GatedRepo"), ModelMissing, "agreed to its terms"),
        ("/org/tiny/resolve", (403, ""), ModelMissing, "agreed to its terms"),
        ("/org/tiny/resolve", (404, "EntryNotFound"), ModelMissing, "does not exist"),
        ("/org/tiny/resolve", (500, ""), NetworkError, "status 500"),
    ],
)
def test_a_refusal_becomes_a_sentence(
    prefix: str, refusal: tuple[int, str], expected: type[DragomanError], words: str, far: Hub
) -> None:
    far.refusals[prefix] = refusal
    failing(lambda: hub.fetch(spec()), expected, words)
    assert hub.cached(spec()) is None


def test_a_small_file_that_is_refused(far: Hub) -> None:
    far.refusals[f"/org/tiny/resolve/{COMMIT}/vocab.json"] = (403, "GatedRepo")
    failing(lambda: hub.fetch(spec()), ModelMissing, "agreed to its terms")
    far.refusals.clear()
    assert hub.fetch(spec()).is_dir()
    assert far.fetched("pytorch_model.bin") == [None]


@pytest.mark.parametrize("name", ["vocab.json", "pytorch_model.bin"])
def test_a_repository_without_what_the_registry_asks(name: str, far: Hub) -> None:
    del far.files[name]
    failing(lambda: hub.fetch(spec()), ModelBroken, "its entry in models.yaml is wrong")
    assert far.fetched("config.json") == []


def test_a_page_in_between_is_no_hub(far: Hub) -> None:
    far.garbage = b"<html>Welcome to our hotel</html>"
    failing(lambda: hub.fetch(spec()), NetworkError, "is no model hub: is a proxy or a log-in page in the way")


def test_a_hub_that_is_not_there() -> None:
    failing(lambda: hub.fetch(spec()), NetworkError, "http://127.0.0.1:1 did not answer, or broke off")


@pytest.mark.parametrize("variable", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_offline_means_no_call(variable: str, far: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(lambda: hub.fetch(spec(), offline=True), NetworkError, "--offline forbids .* `dragoman models pull tiny`")
    failing(lambda: hub.pin(spec(), offline=True), NetworkError, "must not be asked offline")
    monkeypatch.setenv(variable, "1")
    failing(lambda: hub.fetch(spec()), NetworkError, "HF_HUB_OFFLINE forbids")
    failing(lambda: hub.pin(spec()), NetworkError, "must not be asked offline")
    assert not hub.reachable()
    assert far.requests == []


def test_a_full_disk_is_told_before_anything_is_fetched(far: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil._ntuple_diskusage(total=10**12, used=10**12 - 20_000_000, free=20_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    error = failing(lambda: hub.fetch(spec()), DiskFull, r"tiny needs 50 MB in .*hub, and 20 MB are free: free some")
    assert "HF_HUB_CACHE" in str(error)
    assert far.fetched("pytorch_model.bin") == []
    begun(WEIGHTS)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=50_000_200))
    assert hub.fetch(spec()).is_dir()


@pytest.mark.parametrize(("number", "expected"), [(errno.ENOSPC, DiskFull), (errno.EACCES, OutputError)])
def test_a_disk_that_refuses_halfway(
    number: int, expected: type[DragomanError], far: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(expected):
        hub.fetch(spec())


def test_a_cache_that_is_a_file(machine: Path, far: Hub) -> None:
    (machine / "hf").write_text("in the way")
    with pytest.raises(OutputError, match="cannot write to"):
        hub.fetch(spec())


# Reachable


def test_a_hub_that_answers_is_reachable(far: Hub) -> None:
    assert hub.reachable()
    far.refusals["/"] = (404, "")
    assert hub.reachable()
    far.refusals["/"] = (503, "")
    assert not hub.reachable()


def test_a_refused_connection_is_told_at_once() -> None:
    hub.reachable(0.5)  # the first call imports the HTTP client
    started = time.monotonic()
    assert not hub.reachable(10)
    assert time.monotonic() - started < 5


def test_a_hub_that_takes_its_time_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        started = time.monotonic()
        assert not hub.reachable(0.3)
        assert time.monotonic() - started < 1.5


def test_a_name_server_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    hub.reachable(0.5)
    released = threading.Event()
    asked = threading.Event()

    def hang(*_: object, **__: object) -> None:
        asked.set()
        released.wait(30)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.invalid")
    started = time.monotonic()
    assert not hub.reachable(0.3)
    assert time.monotonic() - started < 1.5
    assert asked.is_set()
    released.set()


# Verified


def test_what_was_fetched_is_as_published_until_it_changes(far: Hub) -> None:
    folder = hub.fetch(spec())
    assert hub.verify(spec()) == []
    blob = (folder / "pytorch_model.bin").resolve()
    blob.write_bytes(b"y" + WEIGHTS[1:])
    (line,) = hub.verify(spec())
    assert line.startswith("pytorch_model.bin has SHA-256 ")
    assert line.endswith(f" in place of {far.sha256('pytorch_model.bin')}")
    blob.write_bytes(WEIGHTS[:-1])
    assert hub.cached(spec()) is None, "its size is known, so a short file is not a model"


def test_a_small_file_is_verified_too(far: Hub) -> None:
    folder = hub.fetch(spec())
    (folder / "vocab.json").resolve().write_bytes(b'{"</s>": 1}')
    assert [line.split()[0] for line in hub.verify(spec())] == ["vocab.json"]


def test_what_others_fetched_is_verified_by_the_names_of_its_blobs() -> None:
    snapshot = lay(present())
    assert hub.verify(spec()) == []
    (snapshot / "pytorch_model.bin").resolve().write_bytes(b"x")
    assert [line.split()[0] for line in hub.verify(spec())] == ["pytorch_model.bin"]


def test_checksums_of_the_registry_are_verified() -> None:
    lay(present())
    wrong = spec(checksums={"vocab.json": "0" * 64, "model.safetensors": "1" * 64})
    assert hub.verify(wrong) == [
        f"vocab.json has SHA-256 {fake_hub.hashlib.sha256(REPOSITORY['vocab.json']).hexdigest()} in place of {'0' * 64}"
    ]


def test_what_cannot_be_verified(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        hub.verify(spec())
    (tmp_path / "config.json").write_text('{"model_type": "marian"}')
    with pytest.raises(UsageError, match="no checksums"):
        hub.verify(local(tmp_path))


def test_what_is_missing_is_told(far: Hub) -> None:
    folder = hub.fetch(spec())
    (folder / "pytorch_model.bin").unlink()
    (folder / "vocab.json").unlink()
    assert hub.verify(spec()) == ["pytorch_model.bin is missing", "vocab.json is missing"]


def test_what_is_missing_of_another_programs_download_is_told() -> None:
    lay({"config.json": b"{}"})
    assert hub.verify(spec()) == [
        "source.spm is missing",
        "target.spm is missing",
        "vocab.json is missing",
        "model.safetensors or pytorch_model.bin is missing",
    ]


def test_a_broken_note_is_as_none(far: Hub) -> None:
    folder = hub.fetch(spec())
    for note in (cache.root() / "manifests").glob("*.json"):
        note.write_text("{")
    assert hub.cached(spec()) == folder
    assert hub.verify(spec()) == []


# Pinned


def test_a_pin_is_written_and_used_from_then_on(far: Hub) -> None:
    file = overlay_path()
    file.parent.mkdir(parents=True)
    mine = {"models": {"tiny": {**json.loads(spec().model_dump_json(exclude_defaults=True, exclude={"name"}))}}}
    file.write_text(yaml.safe_dump(mine))
    loose = registry().model("tiny")
    folder = hub.fetch(loose)
    assert hub.pin(loose) == COMMIT
    nailed = load().model("tiny")
    assert nailed.revision == COMMIT
    assert nailed.pinned
    assert hub.cached(nailed) == folder
    far.commit = OTHER
    assert hub.pin(nailed) == COMMIT


def test_a_pin_of_a_shipped_model_makes_the_file(far: Hub) -> None:
    shipped = load().model("opus-mt-en-ar").model_copy(update={"hub": HUB_ID})
    assert hub.pin(shipped) == COMMIT
    assert yaml.safe_load(overlay_path().read_text()) == {"models": {"opus-mt-en-ar": {"revision": COMMIT}}}
    assert load().model("opus-mt-en-ar").revision == COMMIT


def test_a_pin_keeps_what_else_the_file_says(far: Hub) -> None:
    file = overlay_path()
    file.parent.mkdir(parents=True)
    file.write_text(
        "models:\n  opus-mt-en-ar: {notes: عربي}\nprofiles:\n  p: {description: d, models: [opus-mt-en-ar]}\n"
    )
    hub.pin(load().model("opus-mt-en-ar").model_copy(update={"hub": HUB_ID}))
    known = load()
    assert known.model("opus-mt-en-ar").notes == "عربي"
    assert known.model("opus-mt-en-ar").revision == COMMIT
    assert "p" in known.profiles


def test_only_the_hubs_models_can_be_pinned(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "marian"}')
    with pytest.raises(UsageError, match="nothing to pin"):
        hub.pin(local(tmp_path))


def test_a_pin_that_cannot_be_asked_for(far: Hub) -> None:
    far.refusals["/api/"] = (404, "RepoNotFound")
    failing(lambda: hub.pin(spec()), ModelMissing, "does not exist")
    assert not overlay_path().exists()


# Removed


def test_removing_frees_the_download_and_what_was_made_of_it(far: Hub) -> None:
    hub.fetch(spec())
    made = cache.build_once(
        f"ctranslate/{spec().cache_name(COMMIT)}-int8", lambda at: (at / "b").write_bytes(bytes(500))
    )
    other = cache.build_once("ctranslate/other@main", lambda at: (at / "b").write_bytes(bytes(500)))
    freed = hub.remove(spec())
    assert freed == 500 + sum(len(REPOSITORY[name]) for name in WANTED)
    assert hub.cached(spec()) is None
    assert not made.exists()
    assert other.exists()
    assert not store.repository(spec()).exists()
    assert list((cache.root() / "manifests").iterdir()) == []
    assert hub.remove(spec()) == 0


def test_removing_one_revision_keeps_the_others() -> None:
    lay(present())
    kept = lay({**present(), "vocab.json": b"another"}, commit=OTHER, ref=None)
    assert hub.remove(spec()) == len(REPOSITORY["vocab.json"])
    assert hub.cached(spec()) is None
    assert hub.cached(spec(revision=OTHER)) == kept


def test_removing_what_broke_off() -> None:
    partial = begun(b"x" * 100)
    assert hub.remove(spec()) == 100
    assert not partial.exists()


def test_a_folder_of_the_users_own_is_not_removed(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "marian"}')
    mine = local(folder)
    cache.build_once(mine.cache_name(str(mine.revision)), lambda at: (at / "b").write_bytes(bytes(70)))
    assert hub.remove(mine) == 70
    assert (folder / "config.json").exists()
