"""TMX and CSV in and out: nothing is lost, whatever stands in it."""

import csv
import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from test_memory import NASTY, translations

from translate import pairs
from translate.document import Translation
from translate.errors import InputError, LanguageError, UsageError
from translate.memory import Entry, Memory, Origin, bring_in, write

MODEL = Origin("a-model", '{"beam": 4}')
FILE = Origin("from-outside.tmx")
SECONDS = st.integers(0, 4_000_000_000)
XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="{srclang}" datatype="plaintext"/><body>
<tu tuid="u1" creationid="Mariam" creationdate="20240102T030405Z" changedate="20240203T040506Z" usagecount="7">
 <note>a note</note>
 <tuv xml:lang="en-US"><seg> The <bpt i="1">&lt;b></bpt>river<ept i="1">&lt;/b></ept> rose<ph
 x="1"/> &amp; <hi>fell</hi>. </seg></tuv>
 <tuv xml:lang="ar-LB"><seg>ارتفع <it pos="begin">x</it>النهر<sub>y</sub> ثم انخفض.</seg></tuv>
 <tuv xml:lang="fr"><seg>Le fleuve monta.</seg></tuv>
</tu>
<tu><tuv xml:lang="en"><seg>Only English.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg> </seg></tuv><tuv xml:lang="ar"><seg>فارغ</seg></tuv></tu>
</body></tmx>
"""


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    source = draw(NASTY)
    origin = draw(st.sampled_from([None, MODEL, FILE]))
    return Entry(
        source,
        draw(translations(source)),
        draw(st.sampled_from([("en", "ar"), ("ar", "en"), ("fr", "ar")])),
        origin,
        "" if origin is None else draw(st.sampled_from(["", "0-1"])),
        draw(XML_TEXT),
        draw(XML_TEXT),
        draw(SECONDS.filter(bool)),
        draw(SECONDS),
        draw(SECONDS),
        draw(st.integers(0, 10**6)),
    )


def held(memory: Memory) -> list[Entry]:
    return sorted(memory.entries(), key=repr)


@settings(max_examples=100, deadline=None)
@given(st.lists(entries(), max_size=4))
def test_tmx_out_and_in_is_the_same_memory(
    tmp_path_factory: pytest.TempPathFactory, given_entries: list[Entry]
) -> None:
    folder = tmp_path_factory.mktemp("tmx")
    one, other = Memory(folder / "one.sqlite"), Memory(folder / "other.sqlite")
    one.put(given_entries)
    file = folder / "all.tmx"
    file.write_text("".join(write(one, "tmx")), encoding="utf-8", newline="")
    etree.parse(file, etree.XMLParser(load_dtd=False, no_network=True))
    found = bring_in(other, str(file))
    assert held(other) == held(one)
    assert found.entries == len(held(one)) and found.skipped == 0
    bring_in(other, str(file))
    assert held(other) == held(one)
    one.close()
    other.close()


@settings(max_examples=50, deadline=None)
@given(st.lists(entries(), max_size=4))
def test_csv_out_and_in_keeps_what_people_made(
    tmp_path_factory: pytest.TempPathFactory, given_entries: list[Entry]
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    one, other = Memory(folder / "one.sqlite"), Memory(folder / "other.sqlite")
    one.put(entry for entry in given_entries if "\0" not in entry.source + entry.target)
    file = folder / "all.csv"
    file.write_text("".join(write(one, "csv")), encoding="utf-8", newline="")
    bring_in(other, str(file))

    def core(memory: Memory) -> set[tuple]:
        return {(e.source, e.target, e.pair, e.created) for e in memory.entries(approved=True)}

    assert core(other) == core(one)
    one.close()
    other.close()


def test_a_foreign_tmx(own_memory: Path, tmp_path: Path) -> None:
    file = tmp_path / "theirs.tmx"
    file.write_text(TMX.format(srclang="en-US"), encoding="utf-8")
    found = bring_in(Memory(), str(file))
    assert (found.entries, found.approved, found.offered, found.skipped) == (2, 0, 2, 2)
    entry = next(Memory().entries(("en", "ar")))
    assert (entry.source, entry.target) == ("The river rose & fell.", "ارتفع النهر ثم انخفض.")
    assert (entry.name, entry.author, entry.hits, entry.origin) == ("u1", "Mariam", 7, Origin("theirs.tmx"))
    assert time.gmtime(entry.created)[:6] == (2024, 1, 2, 3, 4, 5) and time.gmtime(entry.changed)[:3] == (2024, 2, 3)


@pytest.mark.parametrize(
    ("srclang", "options", "expected"),
    [
        ("en", {}, {("en", "ar"), ("en", "fr")}),
        ("*all*", {}, {("en", "ar"), ("en", "fr")}),
        ("en", {"target_language": "ar"}, {("en", "ar")}),
        ("en", {"source_language": "ar"}, {("ar", "en"), ("ar", "fr")}),
        ("en", {"source_language": "Arabic", "target_language": "en"}, {("ar", "en")}),
        ("en", {"target_language": "en"}, {("ar", "en")}),
        ("en", {"target_language": "ar", "both_ways": True}, {("en", "ar"), ("ar", "en")}),
    ],
)
def test_languages_of_a_tmx(
    own_memory: Path, tmp_path: Path, srclang: str, options: dict, expected: set[tuple[str, str]]
) -> None:
    file = tmp_path / "theirs.tmx"
    file.write_text(TMX.format(srclang=srclang), encoding="utf-8")
    bring_in(Memory(), str(file), approved=True, **options)
    assert {group.pair for group in Memory().stats().groups} == expected
    assert all(entry.approved for entry in Memory().entries())


def test_what_we_write_another_reads(own_memory: Path, tmp_path: Path) -> None:
    Memory().put([Entry("A <tag> & \x1f a\rb", Translation("وسم"), ("en", "ar"))])
    file = tmp_path / "ours.tmx"
    file.write_text("".join(write(Memory(), "tmx")), encoding="utf-8", newline="")
    parallel = pairs.read(str(file))
    assert (parallel.source_language, parallel.target_language) == ("en", "ar")
    assert [unit.source for unit in parallel.units] == ["A <tag> & \x1f a\rb"]
    assert '<ph type="x-character">001F</ph>' in file.read_text("utf-8")


@pytest.mark.parametrize(
    "ours",
    [
        "no json",
        "[]",
        "{}",
        '{"approved": "yes"}',
        '{"origin": 5}',
        '{"origin": ["m", "{}"], "translation": {"source": 1}}',
        '{"approved":true,"translation":{"alignment":[[0,999],[],[]]}}',
        "[" * 100000,
    ],
)
def test_a_property_that_somebody_changed_is_passed_over(own_memory: Path, tmp_path: Path, ours: str) -> None:
    unit = f'<tu><prop type="x-dragoman">{ours}</prop><tuv xml:lang="en"><seg>One.</seg></tuv>'
    unit += '<tuv xml:lang="ar"><seg>واحد.</seg></tuv></tu>'
    file = tmp_path / "changed.tmx"
    file.write_text(f'<tmx version="1.4"><header srclang="en"/><body>{unit}</body></tmx>', encoding="utf-8")
    bring_in(Memory(), str(file))
    entry = next(Memory().entries())
    assert (entry.translation, entry.origin) == (Translation("واحد."), Origin("changed.tmx"))


@pytest.mark.parametrize(
    ("name", "text", "error", "words"),
    [
        ("a.tmx", "<tmx><body><tu>", InputError, "well-formed"),
        ("a.tmx", TMX.format(srclang="en").replace("en", "de", 0), None, ""),
        ("a.txt", "just text", InputError, "both sides"),
        ("a.csv", "source,target,approved\nOne,واحد,yes\n", InputError, "line 2.*--from"),
        (
            "a.csv",
            "source,target,approved,created,source_language,target_language\na,b,no,never,en,ar\n",
            InputError,
            "2",
        ),
        (
            "a.csv",
            "source,target,approved,source_language,target_language\na,b,no,en,klingonish\n",
            InputError,
            "line 2",
        ),
        ("a.csv", "One,واحد\n", LanguageError, "--from"),
        ("missing.tmx", None, InputError, "does not exist"),
    ],
)
def test_what_cannot_be_read(
    own_memory: Path, tmp_path: Path, name: str, text: str | None, error: type[Exception] | None, words: str
) -> None:
    file = tmp_path / name
    if text is not None:
        file.write_text(text, encoding="utf-8")
    if error is None:
        bring_in(Memory(), str(file))
        return
    with pytest.raises(error, match=words):
        bring_in(Memory(), str(file))


def test_languages_that_are_not_there(own_memory: Path, tmp_path: Path) -> None:
    file = tmp_path / "theirs.tmx"
    file.write_text(TMX.format(srclang="en"), encoding="utf-8")
    with pytest.raises(LanguageError, match="--from and --to"):
        bring_in(Memory(), str(file), source_language="de")
    with pytest.raises(UsageError):
        bring_in(Memory(), str(file), source_language="en", target_language="English")


def test_tables_of_people(own_memory: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_text("en,ar\nOne.,واحد.\nTwo.,\n", encoding="utf-8")
    assert bring_in(Memory(), str(plain), approved=True).skipped == 1
    full = tmp_path / "full.csv"
    full.write_text("Target,Source,Approved\nثلاثة.,Three.,YES\nأربعة.,Four.,no\n", encoding="utf-8-sig")
    found = bring_in(Memory(), str(full), source_language="en", target_language="ar")
    assert (found.approved, found.offered) == (1, 1)
    rows = list(csv.DictReader(io.StringIO("".join(write(Memory(), "csv", approved=True)), newline="")))
    assert [(row["source"], row["approved"]) for row in rows] == [("One.", "yes"), ("Three.", "yes")]


def test_an_unknown_format(own_memory: Path) -> None:
    with pytest.raises(UsageError):
        write(Memory(), "docx")


def test_a_large_memory_goes_out_and_in_with_little_time_and_room(own_memory: Path, tmp_path: Path) -> None:
    """A tenth of what `benchmarks/memory.py` measures, in CPU time: 100,000 units have 30 seconds and 300 MB."""
    import tracemalloc

    count = 10_000
    memory, other = Memory(), Memory(tmp_path / "other.sqlite")
    memory.put(Entry(f"Sentence {i} of the report.", Translation(f"الجملة {i}."), ("en", "ar")) for i in range(count))
    file = tmp_path / "large.tmx"
    started = time.process_time()
    with file.open("w", encoding="utf-8", newline="") as out:
        out.writelines(write(memory, "tmx"))
    assert bring_in(other, str(file)).entries == count
    assert time.process_time() - started < 3
    tracemalloc.start()
    bring_in(other, str(file))
    assert tracemalloc.get_traced_memory()[1] < 30e6
    tracemalloc.stop()
    assert json.dumps([e.target for e in other.entries()]) == json.dumps([e.target for e in memory.entries()])
