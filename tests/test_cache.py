"""Folders in the cache are whole or not there, whatever happens while they are built."""

from __future__ import annotations

import errno
import multiprocessing
import os
import time
from pathlib import Path

import pytest

from translate import cache
from translate.errors import DiskFull, OutputError


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_the_root_is_the_named_folder_or_the_users_own(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.root() == root
    monkeypatch.setenv(cache.CACHE_VARIABLE, "~/elsewhere")
    assert cache.root() == Path.home() / "elsewhere"
    monkeypatch.delenv(cache.CACHE_VARIABLE)
    assert cache.root().name == "dragoman"


def test_asking_for_the_root_makes_no_folder(root: Path) -> None:
    cache.root()
    assert cache.find("nothing") is None
    assert not root.exists()


def test_a_folder_is_built_once_and_found_again(root: Path) -> None:
    calls = []

    def build(folder: Path) -> None:
        calls.append(folder)
        assert list(folder.iterdir()) == []
        (folder / "model.bin").write_bytes(b"12345")

    first = cache.build_once("kind/a", build)
    assert first == root / "kind" / "a" == cache.find("kind/a")
    assert cache.build_once("kind/a", build) == first
    assert len(calls) == 1
    assert calls[0] != first
    assert (first / "model.bin").read_bytes() == b"12345"


@pytest.mark.parametrize("failure", [RuntimeError("no"), KeyboardInterrupt()])
def test_a_failed_build_leaves_nothing_and_can_be_repeated(failure: BaseException, root: Path) -> None:
    def breaks(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise failure

    with pytest.raises(type(failure)):
        cache.build_once("a", breaks)
    assert cache.find("a") is None
    assert [path.name for path in root.iterdir() if path.is_dir()] == []
    assert cache.build_once("a", lambda folder: (folder / "whole").touch()) == root / "a"


@pytest.mark.parametrize("leftover", ["a", "a.partial"])
def test_what_a_killed_process_left_is_not_taken_for_the_real_thing(leftover: str, root: Path) -> None:
    (root / leftover).mkdir(parents=True)
    (root / leftover / "half").write_text("half")
    assert cache.find("a") is None
    built = cache.build_once("a", lambda folder: (folder / "whole").touch())
    assert sorted(path.name for path in built.iterdir()) == [".complete", "whole"]
    assert not (root / "a.partial").exists()


def _build_slowly(root: str, log: str) -> None:
    os.environ[cache.CACHE_VARIABLE] = root

    def build(folder: Path) -> None:
        with Path(log).open("a") as file:
            file.write("built\n")
        time.sleep(0.2)
        (folder / "whole").touch()

    assert (cache.build_once("a", build) / "whole").exists()


def test_processes_that_ask_at_once_build_once(root: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_build_slowly, args=(str(root), str(log))) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert log.read_text() == "built\n"


def test_removing_says_what_it_freed(root: Path) -> None:
    cache.build_once("a", lambda folder: (folder / "model.bin").write_bytes(bytes(1000)))
    assert cache.remove("a") == 1000
    assert cache.find("a") is None
    assert list(root.iterdir()) == []
    assert cache.remove("a") == 0


def test_the_size_of_a_folder_counts_links_as_links(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "file").write_bytes(bytes(5000))
    (tmp_path / "link").symlink_to(tmp_path / "sub" / "file")
    assert 5000 <= cache.size(tmp_path) < 10000


@pytest.mark.parametrize(
    ("number", "expected", "words"),
    [
        (errno.ENOSPC, DiskFull, "no space left"),
        (errno.EDQUOT, DiskFull, "no space left"),
        (errno.EACCES, OutputError, "cannot write"),
        (errno.EROFS, OutputError, "cannot write"),
    ],
)
def test_the_systems_complaints_become_ours(number: int, expected: type[Exception], words: str, tmp_path: Path) -> None:
    with pytest.raises(expected, match=words) as caught, cache.writing(tmp_path / "file"):
        raise OSError(number, os.strerror(number))
    assert str(tmp_path / "file") in str(caught.value)
    assert isinstance(caught.value.__cause__, OSError)


def test_a_file_in_the_way_is_an_output_error(root: Path) -> None:
    root.write_text("not a folder")
    with pytest.raises(OutputError, match="cannot write"):
        cache.build_once("a", lambda folder: None)
