"""Batches go on without a watcher, set aside what cannot be done, are stopped, packed safely, and forgotten."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.document import Document, Kind
from translate.errors import Busy, InputError, LanguageError, TooLarge
from translate.serving import Desk, Limits, Models
from translate.serving.archive import read, safe
from translate.serving.batches import Batch, Batches, Given, State

ENGLISH = "The man is old. The woman has a house.\n\nThe car is red.\n"
PAGE = (
    "<!doctype html><html><head><title>t</title></head><body><article><p>The man is <b>old</b>. The car is red.</p>"
    '<script>alert(1)</script><p onclick="alert(2)">The house is big.</p></article></body></html>'
)
FRAGMENT = 'The man is <a href="https://example.org/a">old</a>. <i>The car is red.</i>'
MARKDOWN = "# The man\n\nThe car is **red**.\n\n<script>alert(3)</script>\n\n- The house is big.\n"


@pytest.fixture
def desk(models: Models, tiny_models: Path) -> Iterator[Desk]:
    made = Desk(models, Limits(active=1, waiting=2, seconds=60, files=8, kept_seconds=60))
    yield made
    made.close()


def explain(error: BaseException) -> tuple[str, str]:
    return str(error), "خطأ"


def from_english(document: Document) -> tuple[str, str]:
    if any("سيارة" in block.text for block in document.blocks):
        raise LanguageError("that is Arabic")
    return "en", "ar"


def files(*given: tuple[str, str | bytes]) -> list[Given]:
    return [Given(name, data if isinstance(data, bytes) else data.encode()) for name, data in given]


async def until(test: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not test():
        assert time.monotonic() < end, "it took too long"
        await asyncio.sleep(0.01)


def run(desk: Desk, given: list[Given], model: str | None = None) -> tuple[Batch, dict[str, bytes]]:
    """A batch to its end, and what is in its zip."""

    async def scene() -> Batch:
        batch = Batches(desk, explain).start(given, from_english, model)
        await until(lambda: batch.ended)
        return batch

    batch = asyncio.run(scene())
    item = desk.shelf.get(batch.token)
    if item is None:
        return batch, {}
    assert (item.name, item.media_type) == ("dragoman.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(item.data)) as packed:
        assert packed.testzip() is None
        return batch, {name: packed.read(name) for name in packed.namelist()}


def test_each_file_keeps_its_form(desk: Desk) -> None:
    batch, packed = run(
        desk,
        files(("a.txt", ENGLISH), ("page.html", PAGE), ("b.html", FRAGMENT), ("c.txt", FRAGMENT), ("d.md", MARKDOWN)),
    )
    assert [file.state for file in batch.files] == [State.DONE] * 5
    assert [file.done for file in batch.files] == [file.total for file in batch.files]
    translations = [name for name in packed if not name.startswith("report")]
    assert translations == ["a.ar.txt", "page.ar.html", "b.ar.html", "c.ar.txt", "d.ar.md"]
    assert packed["page.ar.html"].startswith(b"<!doctype html>") and b'dir="rtl"' in packed["page.ar.html"]
    assert b'<a href="https://example.org/a"' in packed["b.ar.html"] and b"<html" not in packed["b.ar.html"]
    assert packed["d.ar.md"].startswith(b"# ") and b"**" in packed["d.ar.md"]
    assert not any(b"alert(" in packed[name] for name in packed)
    assert batch.share == 1 and batch.left is None and batch.position == 0


def test_reports(desk: Desk) -> None:
    batch, packed = run(desk, files(("مقال.txt", ENGLISH), ("empty.txt", ""), ("other.txt", "سيارة حمراء.")))
    assert [file.state for file in batch.files] == [State.DONE, State.ASIDE, State.ASIDE]
    assert batch.files[2].why == ("that is Arabic", "خطأ")
    assert "مقال.ar.txt" in packed and "reports/مقال.ar.html" in packed
    told = json.loads(packed["report.json"])["files"]
    assert [one["state"] for one in told] == ["done", "set aside", "set aside"]
    assert told[0]["report"] in packed and told[0]["translation"] in packed and told[2]["why_ar"] == "خطأ"
    assert told[0]["errors"] == batch.files[0].errors == sum(i["severity"] == "error" for i in told[0]["issues"])
    table = list(csv.DictReader(io.StringIO(packed["report.csv"].decode("utf-8-sig"))))
    assert {row["file"] for row in table} == {"مقال.txt", "empty.txt", "other.txt"}
    page = packed["report.html"].decode()
    assert 'href="reports/%D9%85%D9%82%D8%A7%D9%84.ar.html"' in page and "that is Arabic" in page
    assert "report.json" in page


def test_names_stay_apart_and_inside(desk: Desk) -> None:
    _, packed = run(desk, files(("../../x/A.txt", ENGLISH), ("a.txt", ENGLISH), ("C:\\b\\a.html", "<p>The car.</p>")))
    assert [name for name in packed if not name.startswith("report")] == ["A.ar.txt", "a.ar (2).txt", "a.ar.html"]
    assert not any(".." in name or name.startswith("/") or "\\" in name for name in packed)


def test_a_word_file_stays_one(desk: Desk) -> None:
    given = docx.Document()
    given.add_paragraph("The man is old.")
    data = io.BytesIO()
    given.save(data)
    batch, packed = run(desk, files(("letter.docx", data.getvalue())))
    assert batch.files[0].state is State.DONE
    made = docx.Document(io.BytesIO(packed["letter.ar.docx"]))
    assert re.search("[\u0621-\u064a]", " ".join(one.text for one in made.paragraphs))


def test_a_named_model(desk: Desk) -> None:
    batch, _ = run(desk, files(("a.txt", ENGLISH)), "tiny-en-ar")
    assert batch.files[0].state is State.DONE
    batch, packed = run(desk, files(("a.txt", ENGLISH)), "../tiny-en-ar")
    assert batch.files[0].state is State.ASIDE and not packed and batch.token == "" and batch.ended


def test_stop_keeps_what_is_done(desk: Desk) -> None:
    long = "The man is old. The woman has a red car. " * 200

    async def scene() -> Batch:
        batch = Batches(desk, explain).start(
            files(("a.txt", ENGLISH), ("b.txt", long), ("c.txt", ENGLISH)), from_english
        )
        await until(lambda: batch.files[1].done)
        assert 0 < batch.share < 1
        batch.stop()
        await until(lambda: batch.ended)
        return batch

    batch = asyncio.run(scene())
    assert [file.state for file in batch.files] == [State.DONE, State.LEFT, State.LEFT]
    item = desk.shelf.get(batch.token)
    assert item is not None
    with zipfile.ZipFile(io.BytesIO(item.data)) as packed:
        assert "a.ar.txt" in packed.namelist() and "b.ar.txt" not in packed.namelist()
        assert [one["state"] for one in json.loads(packed.read("report.json"))["files"]] == ["done", "left", "left"]


def test_forgotten_by_hand_and_by_time(models: Models, tiny_models: Path) -> None:
    desk = Desk(models, Limits(kept_seconds=1))

    async def scene() -> None:
        batches = Batches(desk, explain)
        batch = batches.start(files(("a.txt", ENGLISH)), from_english)
        assert batches.get(batch.key) is batch and batch.forgotten_in is None
        await until(lambda: batch.ended)
        assert 0 < (batch.forgotten_in or 0) <= 1 and len(desk.shelf) == 1
        batches.forget(batch.key)
        assert batches.get(batch.key) is None and len(desk.shelf) == 0
        batches.forget(batch.key)
        again = batches.start(files(("a.txt", ENGLISH)), from_english)
        await until(lambda: again.ended)
        await until(lambda: batches.get(again.key) is None, 5)
        assert len(batches) == 0 and len(desk.shelf) == 0
        busy = batches.start(files(("a.txt", "The man is old. " * 500)), from_english)
        await until(lambda: busy.files[0].done)
        batches.forget(busy.key)
        await until(lambda: desk.status().active == 0)

    asyncio.run(scene())
    desk.close()


def test_readers_have_their_turn(desk: Desk) -> None:
    async def scene() -> None:
        batches = Batches(desk, explain)
        batch = batches.start(files(*((f"{n}.txt", ENGLISH * 20) for n in range(6))), from_english)
        await until(lambda: batch.files[0].state is not State.WAITING)
        await desk.run(lambda: None)
        assert not batch.ended
        await until(lambda: batch.ended)

    asyncio.run(scene())


def test_a_full_desk_is_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.serving.batches._PATIENCE", 0.05)

    async def scene() -> None:
        held = [asyncio.create_task(desk.run(lambda: time.sleep(0.2))) for _ in range(3)]
        await asyncio.sleep(0.05)
        batch = Batches(desk, explain).start(files(("a.txt", ENGLISH)), from_english)
        await until(lambda: batch.position)
        await asyncio.gather(*held)
        await until(lambda: batch.ended)
        assert batch.files[0].state is State.DONE

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ([], InputError),
        ([("a.txt", "x")] * 9, TooLarge),
    ],
)
def test_limits(desk: Desk, given: list[tuple[str, str]], error: type[Exception]) -> None:
    async def scene() -> None:
        Batches(desk, explain).start(files(*given), from_english)

    with pytest.raises(error):
        asyncio.run(scene())


def test_batches_are_as_many_as_the_desk_takes(desk: Desk) -> None:
    async def scene() -> None:
        batches = Batches(desk, explain)
        made = [batches.start(files(("a.txt", ENGLISH)), from_english) for _ in range(3)]
        with pytest.raises(Busy):
            batches.start(files(("a.txt", ENGLISH)), from_english)
        for batch in made:
            batches.forget(batch.key)

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "a.txt"),
        ("خبر اليوم.html", "خبر اليوم.html"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.md", "y.md"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("..", "file"),
        ("", "file"),
        ("con.txt", "_con.txt"),
        ("a:b?.txt", "ab.txt"),
    ],
)
def test_safe(name: str, expected: str) -> None:
    assert safe(name) == expected


@settings(deadline=None)
@given(st.text(max_size=300))
def test_a_safe_name_is_safe(name: str) -> None:
    found = safe(name)
    assert found and len(found.encode("utf-8")) <= 181 and not set(found) & set('/\\:*?"<>|\0\n')
    assert found not in (".", "..") and safe(found) == found


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.txt", ENGLISH, Kind.TEXT),
        ("a.md", MARKDOWN, Kind.MARKDOWN),
        ("a.html", PAGE, Kind.PAGE),
        ("a.txt", FRAGMENT, Kind.FRAGMENT),
    ],
)
def test_read_knows_what_it_was(name: str, text: str, kind: Kind) -> None:
    found = read(text.encode(), name, Limits())
    assert found.kind is kind and found.document.kind in (Kind.TEXT, Kind.FRAGMENT)
