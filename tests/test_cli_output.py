"""Output: a file appears whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from translate.cli import output
from translate.errors import DiskFull, OutputError


def test_a_file_holds_the_pieces_in_order(tmp_path: Path) -> None:
    output.write(["سلام ", "peace\n"], tmp_path / "new" / "a.txt")
    assert (tmp_path / "new" / "a.txt").read_text("utf-8") == "سلام peace\n"


def test_a_failure_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def pieces() -> Iterator[str]:
        yield "half"
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        output.write(pieces(), path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_discard_removes_what_is_half_written(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "half"
        assert len(list(tmp_path.iterdir())) == 1
        output.discard()
        assert not list(tmp_path.iterdir())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        output.write(pieces(), tmp_path / "a.txt")


def test_a_full_disk_is_said_to_be_full() -> None:
    with pytest.raises(DiskFull, match="no space left"):
        output.write(["x" * 100_000], Path("/dev/full"))
    assert Path("/dev/full").is_char_device()


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="folder"):
        output.write(["x"], tmp_path)


def test_a_link_keeps_its_target(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    output.write(["new"], tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_the_longest_name_a_folder_takes(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250 + ".txt")
    output.write(["x"], path)
    assert path.read_text() == "x"
