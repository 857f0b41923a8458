"""Parallel text as files hold it: what is written is read back the same, and what is broken is said to be."""

import io
import sys
import tracemalloc
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import pairs
from translate.document import Severity
from translate.errors import InputError, LanguageError, UsageError
from translate.pairs import Unit, inline

XLIFF_12 = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">{}</xliff>'
XLIFF_20 = '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en-GB" trgLang="ar">{}</xliff>'
FILE_12 = '<file source-language="en-US" target-language="ar-EG" original="a"><body>{}</body></file>'
FILE_20 = '<file id="f">{}</file>'
TMX = '<tmx version="1.4"><header srclang="en" datatype="plaintext"/><body>{}</body></tmx>'


@pytest.fixture
def write(tmp_path: Path):
    def _write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return _write


def units(*sources: str, **named: object) -> list[Unit]:
    return list(pairs.read(*sources, **named).units)


def texts(*sources: str, **named: object) -> list[tuple[int, str, str]]:
    return [(unit.line, unit.source, unit.target) for unit in units(*sources, **named)]


# --- one sentence a line


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("One.\nTwo.\n", "واحد.\nاثنان.\n", [(1, "One.", "واحد."), (2, "Two.", "اثنان.")]),
        ("One.\nTwo.", "واحد.\nاثنان.\n", [(1, "One.", "واحد."), (2, "Two.", "اثنان.")]),
        ("One.\r\nTwo.\r\n", "واحد.\nاثنان.\n", [(1, "One.", "واحد."), (2, "Two.", "اثنان.")]),
        ("\ufeffOne.\n", "\ufeffواحد.\n", [(1, "One.", "واحد.")]),
        ("One.\n\n\nTwo.\n", "واحد.\n \n\t\nاثنان.\n", [(1, "One.", "واحد."), (4, "Two.", "اثنان.")]),
        ("One.\nTwo.\n", "\nاثنان.\n", [(1, "One.", ""), (2, "Two.", "اثنان.")]),
        ("\nTwo.\n", "واحد.\nاثنان.\n", [(1, "", "واحد."), (2, "Two.", "اثنان.")]),
        ("A\u2028b\x0bc\x85d\re\n", "و\n", [(1, "A\u2028b\x0bc\x85d\re", "و")]),
        (" One. \n", "واحد.\t\n", [(1, " One. ", "واحد.\t")]),
        ("One.\n".encode("utf-16"), "واحد.\r\n".encode("utf-16"), [(1, "One.", "واحد.")]),
    ],
)
def test_line_by_line(write, source: str, target: str, expected: list) -> None:
    assert texts(write("s", source), write("t", target), source_language="en", target_language="ar") == expected


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\0\ufeff"))))
@settings(max_examples=50, deadline=None)
def test_lines_are_read_as_they_were_written(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.txt"
    path.write_text("start\n" + "".join(line + "\n" for line in lines), "utf-8", newline="")
    read = texts(str(path), str(path), source_language="en", target_language="ar")
    assert read == [(i, line, line) for i, line in enumerate(["start", *lines], 1) if line.strip()]


def test_languages_are_found_out(write) -> None:
    parallel = pairs.read(write("s", "واحد.\n"), write("t", "One.\n"))
    assert (parallel.source_language, parallel.target_language, parallel.total) == ("ar", "en", 1)


@pytest.mark.parametrize("name", ["-", "pipe"])
def test_what_cannot_be_rewound_is_read_too(write, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    stdin = io.TextIOWrapper(
        Pipe("واحد.\nاثنان.\n".encode()) if name == "pipe" else io.BytesIO("واحد.\nاثنان.\n".encode())
    )
    monkeypatch.setattr(sys, "stdin", stdin)
    expected = [(1, "One.", "واحد."), (2, "Two.", "اثنان.")]
    assert texts(write("s", "One.\nTwo.\n"), "-") == expected


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("One.\nTwo.\n", "واحد.\n", "2 line.*1"),
        ("", "", "empty"),
        ("One.\n", "%PDF-1.7\n", "PDF"),
        ("One.\n", b"\x00\x01\x02", "binary"),
        ("One.\nTwo.\n", b"ok\n\xe9t\xe9\n", "line 2, is not UTF-8"),
        ("One.\nTwo.\n", "واحد.\nاثنان".encode()[:-1], "line 2, is not UTF-8"),
        ("x" * 3_000_000 + "\nTwo.\n", b"y" * 3_000_000 + b"\n\xff\n", "line 2, is not UTF-8"),
        ("One.\n", "واحد.\n".encode("cp1256"), "is not UTF-8|valid UTF-8"),
    ],
)
def test_texts_that_cannot_be_matched_are_said_to_be(write, source: str, target: str | bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        units(write("s", source), write("t", target), source_language="en", target_language="ar")


@pytest.mark.parametrize(
    ("sources", "named", "error", "words"),
    [
        (["nowhere.txt", "nowhere.txt"], {}, InputError, "does not exist"),
        (["/", "/"], {}, InputError, "folder"),
        (["-", "-"], {}, UsageError, "standard input"),
        (["a.html"], {"documents": True}, UsageError, "both"),
        (["a.xlf", "b.XLF"], {}, UsageError, "a.xlf holds"),
        (["a.txt", "b.tmx"], {}, UsageError, "b.tmx holds"),
        (["{text}"], {}, InputError, "XLIFF, TMX"),
        (["{text}", "{text}"], {"source_language": "Elvish!"}, LanguageError, "Elvish"),
        (["{text}", "{text}"], {"source_language": "en", "target_language": "en"}, LanguageError, "both en"),
        (["{text}", "{text}"], {}, LanguageError, "both en"),
        (["{digits}", "{digits}"], {}, LanguageError, "--from"),
    ],
)
def test_what_makes_no_sense_is_said_so(write, sources: list[str], named: dict, error: type, words: str) -> None:
    files = {"text": write("text", "One.\n"), "digits": write("digits", "12\n")}
    with pytest.raises(error, match=words):
        units(*(source.format(**files) for source in sources), **named)


def test_memory_stays_flat(write) -> None:
    text = write("s", "This is one more sentence of a very long text.\n" * 100_000)
    tracemalloc.start()
    try:
        for _ in pairs.read(text, text, source_language="en", target_language="ar").units:
            pass
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
    finally:
        tracemalloc.stop()


# --- documents


def test_documents_go_sentence_by_sentence_where_counts_agree(write) -> None:
    source = write("s.html", "<h1>News</h1><p>One <b>came</b>. Two went.</p><p>Three left. Four stayed.</p>")
    target = write("t.html", "<h1>أخبار</h1><p>جاء <b>واحد</b>. ذهب اثنان.</p><p>غادر ثلاثة وبقي أربعة.</p>")
    assert [(u.line, u.name, u.source, u.target) for u in units(source, target, documents=True)] == [
        (1, "1.1", "News", "أخبار"),
        (2, "2.1", "One came.", "جاء واحد."),
        (3, "2.2", "Two went.", "ذهب اثنان."),
        (4, "3", "Three left. Four stayed.", "غادر ثلاثة وبقي أربعة."),
    ]


def test_documents_must_have_as_many_blocks(write) -> None:
    with pytest.raises(InputError, match=r"2 block.* 1"):
        units(write("s.txt", "One.\n\nTwo.\n"), write("t.txt", "واحد.\n"), documents=True)


def test_a_page_may_have_a_title_that_the_other_side_lacks(write) -> None:
    page = "<html><head><title>{}</title></head><body><p>{}</p></body></html>"
    fragment, with_title = write("s.txt", "One came.\n"), write("t.html", page.format("أخبار", "جاء واحد."))
    assert [unit.source for unit in units(fragment, with_title, documents=True)] == ["One came."]
    titles = write("s.html", page.format("News", "One came.")), with_title
    assert [unit.target for unit in units(*titles, documents=True)] == ["أخبار", "جاء واحد."]


# --- tables


@pytest.mark.parametrize(
    ("name", "content", "named", "expected"),
    [
        ("a.csv", "source,target\nOne.,واحد.\n", {"source_language": "en", "target_language": "ar"}, [2]),
        ("a.csv", "id,target,source\n7,واحد.,One.\n", {"source_language": "en", "target_language": "ar"}, [2]),
        ("a.csv", "en,ar\n\nOne.,واحد.\n", {}, [3]),
        ("a.csv", "Arabic,English\nواحد.,One.\n", {"source_language": "en", "target_language": "ar"}, [2]),
        ("a.tsv", "One.\tواحد.\n", {"source_language": "en", "target_language": "ar"}, [1]),
        ("a.csv", '"One.","واحد."\n', {"source_language": "en", "target_language": "ar"}, [1]),
    ],
)
def test_tables(write, name: str, content: str, named: dict, expected: list[int]) -> None:
    assert texts(write(name, content), **named) == [(line, "One.", "واحد.") for line in expected]


def test_quotation_marks_mean_something_in_csv_only(write) -> None:
    named = {"source_language": "en", "target_language": "ar"}
    assert texts(write("a.csv", '"He said ""no"",\nand left.",قال لا وغادر.\n'), **named) == [
        (1, 'He said "no",\nand left.', "قال لا وغادر.")
    ]
    assert texts(write("a.tsv", '"No" was said.\tقيل "لا".\n'), **named) == [(1, '"No" was said.', 'قيل "لا".')]


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [("", InputError, "empty"), ("One.\n", InputError, "row 1.* 2 are"), ("One.,واحد.\n", LanguageError, "--from")],
)
def test_tables_that_cannot_be_read(write, content: str, error: type, words: str) -> None:
    named = {} if error is LanguageError else {"source_language": "en", "target_language": "ar"}
    with pytest.raises(error, match=words):
        units(write("a.csv", content), **named)


# --- XLIFF and TMX: what a small writer writes is read back the same

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff"), max_size=30)
ROWS = st.lists(st.tuples(TEXT.filter(str.strip), TEXT), min_size=1, max_size=8)


def as_xliff_12(rows: list[tuple[str, str]]) -> str:
    return XLIFF_12.format(
        FILE_12.format(
            "".join(
                f'<trans-unit id="{i}"><source>{escape(source)}</source><target>{escape(target)}</target></trans-unit>'
                for i, (source, target) in enumerate(rows, 1)
            )
        )
    )


def as_xliff_20(rows: list[tuple[str, str]]) -> str:
    return XLIFF_20.format(
        FILE_20.format(
            "".join(
                f'<unit id="{i}"><segment><source>{escape(source)}</source>'
                f"<target>{escape(target)}</target></segment></unit>"
                for i, (source, target) in enumerate(rows, 1)
            )
        )
    )


def as_tmx(rows: list[tuple[str, str]]) -> str:
    return TMX.format(
        "".join(
            f'<tu tuid="{i}"><tuv xml:lang="en-US"><seg>{escape(source)}</seg></tuv>'
            f'<tuv xml:lang="AR"><seg>{escape(target)}</seg></tuv></tu>'
            for i, (source, target) in enumerate(rows, 1)
        )
    )


@pytest.mark.parametrize("writer", [as_xliff_12, as_xliff_20, as_tmx])
@given(rows=ROWS)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back(writer, tmp_path_factory: pytest.TempPathFactory, rows: list) -> None:
    path = tmp_path_factory.mktemp("xml") / "a.xml"
    path.write_text(writer(rows), "utf-8", newline="")
    parallel = pairs.read(str(path))
    assert (parallel.source_language, parallel.target_language) == ("en", "ar")
    assert [(u.line, u.name, u.source, u.target) for u in parallel.units] == [
        (i, str(i), source, target) for i, (source, target) in enumerate(rows, 1)
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<trans-unit id="a"><source>One.</source></trans-unit>', [("a", "One.", "")]),
        ('<trans-unit id="a" translate="no"><source>X</source></trans-unit>', []),
        (
            '<group><trans-unit id="a"><source>One.</source><target>واحد.</target><alt-trans><source>No.</source>'
            "<target>لا.</target></alt-trans></trans-unit></group>",
            [("a", "One.", "واحد.")],
        ),
        (
            '<trans-unit id="a"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="0">One.</mrk> '
            '<mrk mtype="seg" mid="1">Two.</mrk></seg-source><target><mrk mtype="seg" mid="0">واحد.</mrk> '
            '<mrk mtype="seg" mid="1">اثنان.</mrk></target></trans-unit>',
            [("a.0", "One.", "واحد."), ("a.1", "Two.", "اثنان.")],
        ),
        (
            '<trans-unit id="a"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="0">One.</mrk> '
            '<mrk mtype="seg" mid="1">Two.</mrk></seg-source><target>واحد. اثنان.</target></trans-unit>',
            [("a", "One. Two.", "واحد. اثنان.")],
        ),
        (
            '<trans-unit id="a"><source>The <g id="1">old</g> <mrk mtype="term">man</mrk><x id="2"/>!</source>'
            '<target>الرجل <g id="1">العجوز</g><ph id="2">&lt;br/></ph>!</target></trans-unit>',
            [("a", "The old man!", "الرجل العجوز!")],
        ),
        (
            '<trans-unit id="a"><source>One<x id="1" ctype="lb"/>two<bpt id="2">{b}</bpt>.<ept id="2">{/b}</ept>'
            "</source><target/></trans-unit>",
            [("a", "One two.", "")],
        ),
        ("<trans-unit id='a'><!-- said --><source>On<!-- e -->e.</source></trans-unit>", [("a", "One.", "")]),
    ],
)
def test_xliff_12(write, body: str, expected: list) -> None:
    read = units(write("a.xlf", XLIFF_12.format(FILE_12.format(body))))
    assert [(unit.name, unit.source, unit.target) for unit in read] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<unit id="a"><segment><source>One.</source></segment></unit>', [("a", "One.", "")]),
        (
            '<unit id="a"><segment id="s"><source>One.</source><target>واحد.</target></segment><ignorable>'
            "<source> </source></ignorable><segment><source>Two.</source><target>اثنان.</target></segment></unit>",
            [("a.s", "One.", "واحد."), ("a.2", "Two.", "اثنان.")],
        ),
        (
            '<unit id="a"><originalData><data id="d">&lt;b></data></originalData><segment><source>The '
            '<pc id="1" dataRefStart="d">old</pc> man<ph id="2"/> <mrk id="m" type="term">here</mrk><cp hex="0021"/>'
            "</source></segment></unit>",
            [("a", "The old man here!", "")],
        ),
        (
            '<unit id="a"><segment><source>a<cp hex="001A"/><cp hex="D800"/><cp hex="x"/><cp/></source></segment>'
            "</unit>",
            [("a", "a\x1a\ufffd\ufffd\ufffd", "")],
        ),
        ('<unit id="a" translate="no"><segment><source>X</source></segment></unit>', []),
        ('<group id="g"><unit id="a"><segment><source>One.</source></segment></unit></group>', [("a", "One.", "")]),
    ],
)
def test_xliff_2(write, body: str, expected: list) -> None:
    read = units(write("a.xlf", XLIFF_20.format(FILE_20.format(body))))
    assert [(unit.name, unit.source, unit.target) for unit in read] == expected


def part(source: str, target: str | None) -> str:
    said = f"target-language={quoteattr(target)}" if target else ""
    unit = f'<trans-unit id="{target}"><source>One.</source><target>x</target></trans-unit>'
    return f'<file source-language="{source}" {said}><body>{unit}</body></file>'


@pytest.mark.parametrize(
    ("parts", "named", "expected"),
    [
        ([("en", "ar"), ("en-US", "ar-SA")], {}, ["ar", "ar-SA"]),
        ([("en", "ar"), ("en", "fr")], {"target_language": "fr"}, ["fr"]),
        ([("en", "ar"), ("en", "fr")], {"target_language": "Arabic"}, ["ar"]),
        ([("en", None)], {"target_language": "ar"}, ["None"]),
        ([("en", "ar"), ("en", "fr")], {}, "say which"),
        ([("en", "ar")], {"target_language": "fr"}, "not .*fr"),
        ([("en", None)], {}, "does not say"),
    ],
)
def test_xliff_of_several_languages(write, parts: list, named: dict, expected: list | str) -> None:
    path = write("a.xlf", XLIFF_12.format("".join(part(*one) for one in parts)))
    if isinstance(expected, str):
        with pytest.raises(LanguageError, match=expected):
            units(path, **named)
    else:
        assert [unit.name for unit in units(path, **named)] == expected


def entry(**variants: str) -> str:
    return "<tu>{}</tu>".format(
        "".join(f'<tuv xml:lang="{code.replace("_", "-")}"><seg>{text}</seg></tuv>' for code, text in variants.items())
    )


@pytest.mark.parametrize(
    ("body", "named", "expected"),
    [
        (entry(en_GB="One.", ar_EG="واحد."), {}, [(1, "One.", "واحد.")]),
        (entry(en="One.", fr="Un.", ar="واحد."), {"target_language": "ar"}, [(1, "One.", "واحد.")]),
        (entry(en="One.", fr="Un."), {"source_language": "fr"}, [(1, "Un.", "One.")]),
        (
            entry(en="One.", fr="Un.") + entry(en="Two.", ar="اثنان."),
            {"source_language": "ar", "target_language": "en"},
            [(2, "اثنان.", "Two.")],
        ),
        (
            entry(en='The <bpt i="1" x="1">&lt;b></bpt>old<ept i="1">&lt;/b></ept> <hi>man</hi>.', ar="العجوز."),
            {},
            [(1, "The old man.", "العجوز.")],
        ),
        (entry(en="One.", fr="Un.", ar="واحد."), {}, "say which"),
        (entry(en="One.", ar="واحد."), {"target_language": "fr", "source_language": "en"}, "no entry with both"),
        ("", {}, "no language"),
    ],
)
def test_tmx(write, body: str, named: dict, expected: list | str) -> None:
    path = write("a.tmx", TMX.format(body))
    if isinstance(expected, str):
        with pytest.raises(LanguageError, match=expected):
            units(path, **named)
    else:
        assert texts(path, **named) == expected


def test_a_memory_without_a_source_language_of_its_own(write) -> None:
    body = entry(en="One.", ar="واحد.")
    path = write("a.tmx", TMX.replace('srclang="en"', 'srclang="*all*"').format(body))
    assert texts(path, source_language="ar") == [(1, "واحد.", "One.")]
    with pytest.raises(LanguageError, match="say which"):
        units(path)


def test_encodings_and_doctypes_of_xml(write) -> None:
    text = as_tmx([("One.", "واحد.")])
    head = '<?xml version="1.0" encoding="{}"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    for encoding in ("utf-8", "utf-16", "windows-1256"):
        path = write("a.tmx", (head.format(encoding) + text).encode(encoding))
        assert texts(path) == [(1, "One.", "واحد.")]


BOMB = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))


@pytest.mark.parametrize(
    ("head", "text", "words"),
    [
        ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;", "entities"),
        (f'<!DOCTYPE tmx [<!ENTITY a0 "ha">{BOMB}]>', "&a9;", "entities"),
        ('<!DOCTYPE tmx [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>', "x", "entities"),
        ('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', "&eacute;", "entity"),
        ("", "&eacute;", "well-formed"),
        ("", "<b>", "well-formed"),
        ("", "x" * 11_000_000, "well-formed"),
    ],
)
def test_xml_that_is_not_to_be_trusted(write, head: str, text: str, words: str) -> None:
    path = write("a.tmx", head + TMX.format(entry(en=text, ar="x")))
    with pytest.raises(InputError, match=words):
        units(path)


def test_xml_that_ends_too_early_is_read_as_far_as_it_goes(write) -> None:
    text = as_tmx([("One.", "واحد."), ("Two.", "اثنان.")])
    parallel = pairs.read(write("a.tmx", text[: text.index("Two.")]), source_language="en", target_language="ar")
    assert next(parallel.units).source == "One."
    with pytest.raises(InputError, match="well-formed"):
        next(parallel.units)


@pytest.mark.parametrize("writer", [as_xliff_12, as_xliff_20, as_tmx])
def test_memory_stays_flat_in_xml(write, writer) -> None:
    path = write("a.xml", writer([("This is one more sentence.", "هذه جملة أخرى.")] * 20_000))
    parallel = pairs.read(path)
    tracemalloc.start()
    try:
        assert sum(1 for _ in parallel.units) == 20_000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        ((), (), []),
        (("g 1", "x 2"), ("x 2", "g 1"), []),
        (("g 1", "x 2"), ("g 1",), ["missing from the translation: <x 2>"]),
        (("g 1",), ("g 1", "x 2"), ["source has not: <x 2>"]),
        (("ph 1", "ph 1"), ("ph 1", "ph 3"), ["missing from the translation: <ph 1>", "source has not: <ph 3>"]),
    ],
)
def test_lost_inline_codes(source: tuple, target: tuple, messages: list[str]) -> None:
    issues = inline.issues(Unit(1, "a", "b", source_codes=source, target_codes=target))
    assert [
        issue.message.partition("codes are ")[2] or issue.message.partition("that its ")[2] for issue in issues
    ] == [message + "." for message in messages]
    assert all(issue.code == "markup.tags" and issue.severity is Severity.ERROR for issue in issues)


def test_codes_of_an_untranslated_unit_are_not_missing(write) -> None:
    (unit,) = units(
        write(
            "a.xlf",
            XLIFF_12.format(FILE_12.format('<trans-unit id="a"><source><g id="1">One</g>.</source></trans-unit>')),
        )
    )
    assert inline.issues(unit) == ()
