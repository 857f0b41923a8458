"""Requests share engines, queue honestly, are stopped, and never fetch or open what they name."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.document import Kind, TranslatedBlock, TranslatedSentence, Translation
from translate.engines.base import Decoding
from translate.errors import Busy, InputError, LanguageError, ModelError, ModelMissing, Stopped, TimedOut, TooLarge
from translate.serving import Desk, Limits, Models, Shelf, Stop, Waiting, uploads
from translate.serving.gate import Gate
from translate.serving.shared import SharedEngine
from translate.serving.stop import obeying

LIMITS = Limits()
ARTICLE = (
    "<p>The minister spoke in <b>Cairo</b>. He said that two people died. They were brothers.</p><p>It rained.</p>"
)


class Upper:
    """An engine that shouts, and remembers in what company."""

    uses = ()
    max_source = 100

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.calls: list[list[str]] = []

    def count(self, sentence: str) -> int:
        return len(sentence)

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        self.calls.append(list(sentences))
        time.sleep(self.seconds)
        if any("bad" in sentence for sentence in sentences):
            raise ValueError("bad sentence")
        return [Translation(sentence.upper() + (f" {decoding.beam}" if decoding else "")) for sentence in sentences]


@pytest.fixture
def desk(models: Models, tiny_models: Path) -> Iterator[Desk]:
    made = Desk(models, Limits(active=2, waiting=1, seconds=20))
    yield made
    made.close()


def together(*calls: Callable[[], Any]) -> list[Any]:
    """What the calls return or raise, each made on a thread of its own at the same time."""
    found: list[Any] = [None] * len(calls)

    def call(number: int) -> None:
        try:
            found[number] = calls[number]()
        except Exception as exc:  # noqa: BLE001
            found[number] = exc

    threads = [threading.Thread(target=call, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return found


def texts(translations: Sequence[Translation]) -> list[str]:
    return [translation.text for translation in translations]


def test_sentences_that_wait_go_together() -> None:
    engine = Upper(0.05)
    shared = SharedEngine(engine)
    found = together(*(lambda n=n: texts(shared.translate([f"a{n}", "same"])) for n in range(20)))
    assert found == [[f"A{n}", "SAME"] for n in range(20)]
    assert len(engine.calls) <= 4
    assert all(len(set(call)) == len(call) for call in engine.calls)
    assert sum(size * count for size, count in shared.rounds.items()) == 40


def test_a_book_holds_nobody_up() -> None:
    engine = Upper(0.02)
    shared = SharedEngine(engine)
    order: list[str] = []

    def book() -> None:
        shared.translate([f"b{n}" for n in range(1000)])
        order.append("book")

    def note() -> None:
        time.sleep(0.05)
        shared.translate(["note"])
        order.append("note")

    together(book, note)
    assert order == ["note", "book"]


def test_one_fault_is_not_anothers() -> None:
    engine = Upper(0.05)
    shared = SharedEngine(engine)
    first, bad, good = together(
        lambda: texts(shared.translate(["first"])),
        lambda: shared.translate(["bad"]),
        lambda: texts(shared.translate(["good"])),
    )
    assert first == ["FIRST"] and good == ["GOOD"] and isinstance(bad, ValueError)


def test_settings_keep_apart() -> None:
    shared = SharedEngine(Upper(0.02))
    calls = [lambda b=b: texts(shared.translate(["x"], Decoding(beam=b))) for b in (1, 2, 1, 3)]
    assert together(*calls) == [["X 1"], ["X 2"], ["X 1"], ["X 3"]]


def test_a_stopped_request_leaves_the_queue() -> None:
    engine = Upper(0.2)
    shared = SharedEngine(engine)
    stop = Stop()

    def stopped() -> list[Translation]:
        with obeying(stop):
            time.sleep(0.02)
            return shared.translate(["never"])

    def stopper() -> None:
        time.sleep(0.1)
        stop.set()

    busy, gone, _ = together(lambda: texts(shared.translate(["long"])), stopped, stopper)
    assert busy == ["LONG"] and isinstance(gone, Stopped)
    assert texts(shared.translate(["next"])) == ["NEXT"] and ["never"] not in engine.calls


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.text("abc", min_size=1, max_size=3), max_size=5), min_size=1, max_size=6))
def test_everybody_gets_their_own_in_order(asked: list[list[str]]) -> None:
    shared = SharedEngine(Upper(0.001))
    found = together(*(lambda its=its: texts(shared.translate(its)) for its in asked))
    assert found == [[sentence.upper() for sentence in its] for its in asked]


def test_gate() -> None:
    gate = Gate(2, 2)
    tickets = [gate.enter() for _ in range(4)]
    assert [ticket.admitted.done() for ticket in tickets] == [True, True, False, False]
    assert [gate.position(ticket) for ticket in tickets] == [0, 0, 1, 2]
    with pytest.raises(Busy, match="2 requests are at work and 2 are waiting"):
        gate.enter()
    gate.leave(tickets[2])
    gate.leave(tickets[0])
    gate.leave(tickets[0])
    assert tickets[3].admitted.done() and (gate.active, gate.waiting) == (2, 0)
    assert len(gate.waits) == 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=40))
def test_a_gate_never_loses_a_place(steps: list[int]) -> None:
    gate = Gate(2, 3)
    held = []
    for step in steps:
        if step and held:
            gate.leave(held.pop(step % len(held)))
        else:
            try:
                held.append(gate.enter())
            except Busy:
                assert gate.active == 2 and gate.waiting == 3
        assert gate.active == min(2, len(held)) and gate.active + gate.waiting == len(held)
        assert sum(ticket.admitted.done() for ticket in held) == gate.active


def test_a_desk_runs_queues_and_says_when_it_is_full(desk: Desk) -> None:
    open_up = threading.Event()

    async def scene() -> list[Any]:
        held = [asyncio.create_task(desk.run(lambda: open_up.wait(10))) for _ in range(2)]
        await asyncio.sleep(0.05)
        third = desk.stream(lambda: iter([1, 2]))
        seen = [await anext(third)]
        with pytest.raises(Busy):
            await desk.run(lambda: 0)
        assert desk.status().waiting == 1
        open_up.set()
        seen += [one async for one in third]
        await asyncio.gather(*held)
        return seen

    assert asyncio.run(scene()) == [Waiting(1), 1, 2]
    assert (desk.status().active, desk.status().waiting) == (0, 0)
    assert max(desk.status().waits) > 0


def test_who_leaves_the_queue_makes_room(desk: Desk) -> None:
    open_up = threading.Event()

    async def scene() -> None:
        held = [asyncio.create_task(desk.run(lambda: open_up.wait(10))) for _ in range(2)]
        await asyncio.sleep(0.05)
        gone = desk.stream(lambda: iter([1]))
        await anext(gone)
        await gone.aclose()
        assert desk.status().waiting == 0
        open_up.set()
        await asyncio.gather(*held)

    asyncio.run(scene())


@pytest.mark.parametrize("how", ["close", "stop", "cancel"])
def test_what_nobody_wants_any_more_ends(desk: Desk, how: str) -> None:
    steps = []
    stop = Stop()

    def work() -> Iterator[int]:
        for number in range(1000):
            steps.append(number)
            time.sleep(0.01)
            yield number

    async def scene() -> None:
        stream = desk.stream(work, stop=stop)
        await anext(stream)
        if how == "close":
            await stream.aclose()
        elif how == "stop":
            stop.set()
            with pytest.raises(Stopped):
                async for _ in stream:
                    pass
        else:
            task = asyncio.create_task(anext(stream))
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await stream.aclose()
        for _ in range(100):
            if not desk.status().active:
                break
            await asyncio.sleep(0.02)

    asyncio.run(scene())
    assert desk.status().active == 0 and len(steps) < 100


def test_time_runs_out(models: Models) -> None:
    desk = Desk(models, Limits(seconds=1))

    def work() -> Iterator[int]:
        for number in range(400):
            time.sleep(0.01)
            yield number

    async def scene() -> None:
        async for _ in desk.stream(work):
            pass

    with pytest.raises(TimedOut, match="longer than 1 seconds"):
        asyncio.run(scene())
    desk.close()


def test_work_that_fails_says_so_and_frees_its_slot(desk: Desk) -> None:
    def work() -> Iterator[int]:
        yield 1
        raise InputError("nothing there")

    async def scene() -> list[int]:
        with pytest.raises(InputError):
            await desk.run(lambda: list(work()))
        seen = []
        with pytest.raises(InputError):
            async for one in desk.stream(work):
                seen.append(one)
        return seen

    assert asyncio.run(scene()) == [1]
    assert desk.status().active == 0


def test_live_gives_each_sentence_and_then_its_block(models: Models, tiny_models: Path) -> None:
    translator = models.translator("en", "ar", qa=False)
    document = uploads.pasted(ARTICLE, LIMITS)
    seen = list(translator.live(document))
    assert [type(one) for one in seen] == [
        *[TranslatedSentence] * 3,
        TranslatedBlock,
        TranslatedSentence,
        TranslatedBlock,
    ]
    whole = translator.translate(document).document
    assert tuple(one for one in seen if isinstance(one, TranslatedBlock)) == whole.blocks
    for sentence in seen[:3]:
        assert isinstance(sentence, TranslatedSentence)
        assert sentence.span.of(whole.blocks[0].target.text) == sentence.translation.text


def test_models_are_loaded_once(models: Models, tiny_models: Path) -> None:
    engines = together(*(lambda: models.translator("en", "ar", "tiny-en-ar")._pipeline.engine for _ in range(6)))
    assert len({id(engine) for engine in engines}) == 1


def test_what_can_be_served(models: Models, tiny_models: Path) -> None:
    assert {("en", "ar"), ("ar", "en")} <= set(models.pairs()) and {"en", "ar"} <= set(models.languages())
    choices = models.choices("en", "ar")
    assert [choice.here for choice in choices] == sorted((choice.here for choice in choices), reverse=True)
    by_name = {choice.name: choice for choice in choices}
    assert by_name["tiny-en-ar"].here and "tiny-ar-en" not in by_name
    absent = by_name["nllb-200-distilled-600M"]
    assert not absent.here and absent.commercial is False and absent.size_mb and "models pull" in absent.command


@pytest.mark.parametrize(
    ("model", "error"),
    [
        ("../../etc/passwd", ModelError),
        ("/tmp", ModelError),
        ("Helsinki-NLP/opus-mt-en-ar", ModelError),
        ("tiny", ModelError),
        ("", ModelError),
        ("opus-mt-en-ar", ModelMissing),
        ("tiny-ar-en", LanguageError),
    ],
)
def test_a_request_opens_nothing_that_it_names(models: Models, tiny_models: Path, model: str, error: type) -> None:
    with pytest.raises(error):
        models.translator("en", "ar", model)


def test_a_pair_that_nobody_serves(models: Models, tiny_models: Path) -> None:
    with pytest.raises(LanguageError):
        models.translator("en", "fr")


def test_shelf() -> None:
    shelf = Shelf(0.2, 10)
    first = shelf.put(b"12345", "a.txt", "text/plain", "me")
    second = shelf.put(b"12345", "b.txt", "text/plain", "you")
    assert shelf.get(first) is not None and len({first, second}) == 2
    third = shelf.put(b"1", "c.txt", "text/plain", "me")
    assert shelf.get(first) is None and shelf.get(second) is not None
    shelf.drop("me")
    assert shelf.get(third) is None and len(shelf) == 1
    with pytest.raises(TooLarge):
        shelf.put(b"12345678901", "d", "text/plain")
    time.sleep(0.25)
    assert shelf.get(second) is None and len(shelf) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A plain text.\n\nWith two paragraphs & a <sign>.", None),
        ("<p onclick=x()>Go <a href='javascript:x()'>on</a>.</p>", "<p>Go <a"),
        ("<p>One.</p><script>alert(1)</script><img src=x onerror=x()>", "<p>One.</p>"),
        ("<p translate='no'>Dragoman</p><p>Two.</p>", '<p translate="no">'),
        (
            "<p>See <a href='https://a.example/?q=1&amp;r=2' title='t'>this</a>.</p>",
            '<p>See <a href="https://a.example/',
        ),
    ],
)
def test_pasted_text_is_safe(text: str, expected: str | None) -> None:
    document = uploads.pasted(text, LIMITS)
    source = uploads.source(document)
    assert (source == text and document.kind is Kind.TEXT) if expected is None else source.startswith(expected)
    assert "script" not in source and "onclick" not in source and "<img" not in source


def test_a_page_becomes_its_article() -> None:
    page = (
        "<!doctype html><html><head><title>T</title><script>x()</script></head><body><nav><a href=/>Home</a></nav>"
        "<article><h1>The bridge opens</h1><p>The bridge over the river opened on Monday, the mayor said.</p>"
        "<p>It had been closed for two years <b>because</b> of the floods.</p></article></body></html>"
    )
    document = uploads.uploaded(page.encode(), "page.html", LIMITS)
    source = uploads.source(document)
    assert document.kind is Kind.FRAGMENT and "<b>because</b>" in source and "Home" not in source


def test_markdown_becomes_safe_markup() -> None:
    document = uploads.uploaded(
        b"# Title\n\nSee [this](javascript:x()) <img src=x onerror=x()> **now**.", "a.md", LIMITS
    )
    source = uploads.source(document)
    assert source.startswith("<h1>Title</h1>") and "<strong>now</strong>" in source and "<img" not in source
    assert "href" not in source


@pytest.mark.parametrize(
    ("data", "limits", "error"),
    [
        (b"x" * 2000, Limits(file_bytes=1000), TooLarge),
        (b"word " * 300, Limits(characters=1000), TooLarge),
        (b"", LIMITS, InputError),
        (b"<script>only()</script>", LIMITS, InputError),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), LIMITS, InputError),
    ],
)
def test_what_is_refused(data: bytes, limits: Limits, error: type) -> None:
    with pytest.raises(error):
        uploads.uploaded(data, "file", limits)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.txt", "a"), ("../../b.tar.gz", "b.tar"), ("C:\\x\\c.docx", "c"), ("مقال.html", "مقال"), ("", "article")],
)
def test_stem(name: str, expected: str) -> None:
    assert uploads.stem(name) == expected


@pytest.mark.parametrize("wrong", [{"active": 0}, {"seconds": 0}, {"waiting": -1}])
def test_limits_are_checked(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="too small"):
        Limits(**wrong)
