"""The memory's file: what goes in comes out, for many threads and processes, and no file is harmed."""

import itertools
import multiprocessing
import pickle
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.document import Alignment, Issue, Severity, Span, Translation
from translate.errors import DiskFull, InputError, OutputError, UsageError
from translate.memory import Asked, Entry, Memory, Origin
from translate.memory.packing import packed, unpacked

PAIR = ("en", "ar")
MODEL = Origin("a-model", '{"beam": 4}')
OTHER = Origin("another-model", '{"beam": 4}')
FILE = Origin("from-outside.tmx")

NASTY = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip)


@st.composite
def translations(draw: st.DrawFn, source: str) -> Translation:
    """A translation of `source` with all that one can have."""
    text = draw(NASTY)

    def spans(of: str) -> tuple[Span, ...]:
        ends = draw(st.lists(st.integers(0, len(of)), max_size=6))
        return tuple(Span(min(a, b), max(a, b)) for a, b in itertools.pairwise(ends))

    alignment = None
    if draw(st.booleans()):
        sides = spans(source), spans(text)
        every = [(i, j) for i in range(len(sides[0])) for j in range(len(sides[1]))]
        links = draw(st.lists(st.sampled_from(every), unique=True)) if every else []
        alignment = Alignment(*sides, tuple(sorted(links)))
    pieces = tuple(draw(st.lists(st.text(), max_size=4)))
    scores = draw(st.one_of(st.just(()), st.tuples(*[st.floats(allow_nan=False, max_value=0)] * len(pieces))))
    message = st.text(max_size=10)
    issues = draw(
        st.lists(
            st.builds(
                Issue,
                message,
                st.sampled_from(Severity),
                message,
                message,
                st.sampled_from([None, *spans(source)]),
                st.sampled_from([None, *spans(text)]),
            ),
            max_size=2,
        )
    )
    return Translation(text, tuple(draw(st.lists(st.text(), max_size=4))), pieces, scores, alignment, tuple(issues))


@pytest.fixture
def memory(own_memory: Path) -> Memory:
    return Memory()


def known(memory: Memory, text: str, origin: Origin = MODEL, variant: str = "", written: str = "") -> str | None:
    asked = Asked(text, variant, written)
    found = memory.find([asked], PAIR, origin).get(asked)
    return None if found is None else found.translation.text


def put(memory: Memory, source: str, target: str, origin: Origin | None = MODEL, **more: object) -> None:
    memory.put([Entry(source, Translation(target), PAIR, origin, **more)])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_is_packed_comes_out_as_it_was(data: st.DataObject) -> None:
    source = data.draw(NASTY)
    translation = data.draw(translations(source))
    assert unpacked(source, translation.text, packed(translation)) == translation


@pytest.mark.parametrize(
    "rest",
    [
        b"{}x",
        b"x\x9cnope",
        b'{"alignment":[[0,99],[],[]]}',
        b'{"alignment":[[0],[],[]]}',
        b'{"source":[1]}',
        b"[]",
        b'{"scores":"q"}',
        b'{"scores":"fAAAA"}',
        b'{"issues":[[1]]}',
        b'{"alignment":{}}',
        b"\xff",
    ],
)
def test_what_is_damaged_is_a_value_error(rest: bytes) -> None:
    with pytest.raises(ValueError):
        unpacked("text", "نص", rest)


def test_a_model_finds_its_own_work_and_nobody_elses(memory: Memory) -> None:
    put(memory, "One.", "واحد.")
    put(memory, "One.", "فرد.", OTHER)
    put(memory, "Read.", "مقروء.", FILE)
    assert known(memory, "One.") == "واحد."
    assert known(memory, "One.", OTHER) == "فرد."
    assert known(memory, "One.", Origin("a-model", '{"beam": 1}')) is None
    assert known(memory, "Read.") is None
    assert known(memory, "one.") is None
    assert memory.find([Asked("One.")], ("ar", "en"), MODEL) == {}


def test_another_variant_is_another_text(memory: Memory) -> None:
    put(memory, "See x.", "انظر س.", variant="4-5")
    assert known(memory, "See x.") is None
    assert known(memory, "See x.", variant="4-5") == "انظر س."


def test_what_a_person_approved_wins_for_every_model_and_variant(memory: Memory) -> None:
    put(memory, "ONE", "واحد")
    put(memory, "ONE", "المعتمد", None)
    for origin in (MODEL, OTHER):
        assert known(memory, "One", origin, "0-1", written="ONE") == "المعتمد"
    assert known(memory, "One") is None


def test_of_several_approved_translations_the_last_changed_counts(memory: Memory) -> None:
    put(memory, "Yes.", "نعم.", None, created=100, changed=300)
    put(memory, "Yes.", "أجل.", None, created=200)
    assert known(memory, "Yes.") == "نعم."
    assert [entry.target for entry in memory.of("Yes.")] == ["نعم.", "أجل."]


def test_a_models_new_work_takes_the_place_of_its_old(memory: Memory) -> None:
    put(memory, "One.", "قديم")
    put(memory, "One.", "جديد")
    assert [entry.target for entry in memory.entries()] == ["جديد"]


def test_approving(memory: Memory) -> None:
    put(memory, "One.", "واحد.")
    assert memory.approve("One.", PAIR).approved
    put(memory, "Two.", "اثنان.")
    put(memory, "Two.", "إثنين.", OTHER)
    with pytest.raises(InputError, match="2 translations"):
        memory.approve("Two.", PAIR)
    with pytest.raises(InputError, match="nothing is remembered"):
        memory.approve("Three.", PAIR)
    memory.approve("Two.", PAIR, "إثنين.")
    memory.approve("Two.", PAIR, "اثنان هنا.")
    assert next((e.target, e.approved) for e in memory.of("Two.")) == ("اثنان هنا.", True)
    assert sum(entry.approved for entry in memory.of("Two.")) == 1
    assert known(memory, "One.", OTHER) == "واحد."


def test_approving_keeps_the_alignment_and_not_the_models_doubts(memory: Memory) -> None:
    alignment = Alignment((Span(0, 3),), (Span(0, 4),), ((0, 0),))
    memory.put([Entry("One", Translation("واحد", ("One",), ("واحد",), (-2.0,), alignment), PAIR, MODEL)])
    assert memory.approve("One", PAIR).translation == Translation("واحد", alignment=alignment)


def test_forgetting(memory: Memory) -> None:
    put(memory, "One.", "واحد.")
    put(memory, "One.", "فرد.", None)
    put(memory, "Two.", "اثنان.")
    assert memory.forget("One.", ("ar", "en")) == 0
    assert memory.forget("One.") == 2
    assert [entry.source for entry in memory.entries()] == ["Two."]


def test_half_a_surrogate_pair_is_not_remembered(memory: Memory) -> None:
    assert memory.put([Entry("a\ud800", Translation("ب"), PAIR, MODEL), Entry("c", Translation("ت"), PAIR, MODEL)]) == 1
    assert known(memory, "a\ud800") is None


def test_stats_and_hits(memory: Memory) -> None:
    put(memory, "One.", "واحد.")
    put(memory, "Two.", "اثنان.", None)
    put(memory, "Three.", "ثلاثة.", FILE)
    memory.count(memory.find([Asked("One.")], PAIR, MODEL).values())
    found = memory.stats()
    assert {(group.kind, group.origin, group.entries, group.hits) for group in found.groups} == {
        ("machine", "a-model", 1, 1),
        ("approved", "", 1, 0),
        ("imported", "from-outside.tmx", 1, 0),
    }
    assert (found.entries, found.approved, found.hits) == (3, 1, 1)
    assert found.size >= memory.path.stat().st_size > 0


@pytest.mark.parametrize(
    ("conditions", "left"),
    [
        ({"older_than": 10}, {"new", "used", "approved", "imported"}),
        ({"unused": True}, {"used", "approved", "imported"}),
        ({"model": "a-model", "unused": True}, {"used", "other", "approved", "imported"}),
        ({"model": "from-outside.tmx"}, {"old", "new", "used", "other", "approved"}),
        ({"max_size": 0}, {"approved", "imported"}),
    ],
)
def test_pruning(memory: Memory, conditions: dict, left: set[str]) -> None:
    now = int(time.time())
    put(memory, "old", "ق", created=now - 2_000_000)
    put(memory, "new", "ج")
    put(memory, "used", "م", created=now - 2_000_000, used=now, hits=3)
    put(memory, "other", "غ", OTHER, created=now - 2_000_000)
    put(memory, "approved", "ع", None, created=1)
    put(memory, "imported", "و", FILE, created=1)
    done = memory.prune(**conditions)
    assert {entry.source for entry in memory.entries()} == left
    assert done.entries == 6 - len(left)


def test_pruning_to_a_size_keeps_what_was_used_last(memory: Memory) -> None:
    text = "و" * 500
    memory.put(
        Entry(f"{number}", Translation(f"{text}{number}"), PAIR, MODEL, created=number) for number in range(1, 2001)
    )
    done = memory.prune(max_size=1_000_000)
    assert done.after <= 1_000_000 < done.before
    kept = [int(entry.source) for entry in memory.entries()]
    assert len(kept) > 300 and kept == list(range(kept[0], 2001))


def test_pruning_wants_to_know_what(memory: Memory) -> None:
    with pytest.raises(UsageError):
        memory.prune()


def _write(path: Path, number: int) -> None:
    memory = Memory(path)
    for i in range(30):
        memory.put(
            [Entry(f"{number} {i}", Translation("ن"), PAIR, MODEL), Entry("same", Translation("ن"), PAIR, MODEL)]
        )
        memory.count(memory.find([Asked("same")], PAIR, MODEL).values())


def test_many_processes_at_once(own_memory: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(own_memory, number)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    found = Memory(own_memory).stats()
    assert (found.entries, found.hits) == (4 * 30 + 1, 4 * 30)


def test_many_threads_at_once(memory: Memory) -> None:
    threads = [threading.Thread(target=lambda n=n: [put(memory, f"{n} {i}", "ن") for i in range(30)]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory.stats().entries == 240


def test_another_process_opens_it_anew(memory: Memory) -> None:
    put(memory, "One.", "واحد.")
    assert known(pickle.loads(pickle.dumps(memory)), "One.") == "واحد."


def test_reading_goes_on_while_another_writes(memory: Memory) -> None:
    put(memory, "One.", "واحد.")
    other = sqlite3.connect(memory.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM entries")
    assert known(memory, "One.") == "واحد."
    other.execute("ROLLBACK")
    other.close()


def _text(path: Path) -> None:
    path.write_text("a diary, and no database " * 100, encoding="utf-8")


def _foreign(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.commit()
    db.close()


def _newer(path: Path) -> None:
    Memory(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()


def _damaged(path: Path) -> None:
    memory = Memory(path)
    memory.put(Entry(f"{i}", Translation("ن" * 100), PAIR, MODEL) for i in range(1000))
    memory.prune(older_than=99)
    memory.close()
    data = bytearray(path.read_bytes())
    data[100 : len(data)] = b"\xff" * (len(data) - 100)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_text, "no memory of Dragoman"),
        (_foreign, "another program"),
        (_newer, "newer Dragoman"),
        (_damaged, "damaged"),
    ],
)
def test_a_file_that_is_no_memory_is_left_alone(own_memory: Path, spoil: object, words: str) -> None:
    spoil(own_memory)
    before = own_memory.read_bytes()
    with pytest.raises(InputError, match=words) as caught:
        Memory().stats()
    assert "\n" not in str(caught.value) and str(own_memory) in str(caught.value)
    assert own_memory.read_bytes() == before


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        Memory(tmp_path / "file" / "memory.sqlite")
    with pytest.raises(OutputError):
        Memory(tmp_path)


def test_a_full_disk(memory: Memory) -> None:
    put(memory, "One.", "واحد.")
    fill(memory)
    with pytest.raises(DiskFull, match="no space left"):
        memory.put(Entry(f"{i}", Translation("ن" * 1000), PAIR, MODEL) for i in range(1000))
    assert known(memory, "One.") == "واحد."


def fill(memory: Memory) -> None:
    """Let SQLite find no room for another page."""
    with memory._database.reading() as db:
        db.execute("PRAGMA max_page_count = 1")


def test_nothing_is_made_before_it_is_asked_for(own_memory: Path) -> None:
    import translate.memory  # noqa: F401

    assert not own_memory.exists()
