"""Glossaries are read, both ways round, and every mistake in one is told at once."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import InputError, LanguageError
from translate.terminology import Glossary, Term, read
from translate.terminology.matching import fold, may_occur, occurrences

TABLE = """source,target,forms,forbidden,keep,part_of_speech,note
ceasefire,وقف إطلاق النار,وقف لإطلاق النار|وقف النار,هدنة,no,noun,house style
truce,هدنة,,,,noun,
Nord Stream,,,,yes,name,
armistice,وقف إطلاق النار,,,,,
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "glossary.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_terms_of_a_direction(tmp_path: Path) -> None:
    terms = read(written(tmp_path, TABLE)).terms("en", "ar")
    assert terms[0] == Term(
        "ceasefire", "وقف إطلاق النار", ("وقف لإطلاق النار", "وقف النار"), ("هدنة",), False, "noun", "house style"
    )
    assert [term.source for term in terms] == ["ceasefire", "truce", "Nord Stream", "armistice"]
    assert [term.keep for term in terms] == [False, False, True, False]


def test_the_other_direction_is_turned_round(tmp_path: Path) -> None:
    terms = {term.source: term for term in read(written(tmp_path, TABLE)).terms("Arabic", "eng")}
    assert terms["وقف إطلاق النار"].target == "ceasefire" and terms["وقف إطلاق النار"].forms == ("armistice",)
    assert "وقف النار" not in terms and not terms["وقف إطلاق النار"].forbidden
    assert terms["هدنة"].target == "truce"
    assert terms["Nord Stream"].keep


def test_other_languages_have_no_terms_of_these(tmp_path: Path) -> None:
    glossary = read(written(tmp_path, TABLE))
    assert glossary.terms("en", "fr") == ()
    with pytest.raises(LanguageError):
        glossary.terms("en", "xx-nothing")


def test_a_line_may_name_its_languages(tmp_path: Path) -> None:
    text = "source;target;source_language;target_language\ntruce;trêve;English;fr\ntruce;هدنة;;\n"
    glossary = read(written(tmp_path, text))
    assert [term.target for term in glossary.terms("en", "fr")] == ["trêve"]
    assert [term.target for term in glossary.terms("en", "ar")] == ["هدنة"]


@pytest.mark.parametrize(
    "text",
    ["\ufeffsource,target\ntruce,هدنة\n", "target\tsource\nهدنة\ttruce\n", "Source, Target\r\n\r\n truce , هدنة \r\n"],
)
def test_what_spreadsheets_write(tmp_path: Path, text: str) -> None:
    assert read(written(tmp_path, text)).terms("en", "ar") == (Term("truce", "هدنة"),)


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    text = (
        "source,target,forms,forbidden,keep,part_of_speech,note\n"
        ",هدنة,,,,,\n"
        "truce,,,,,,\n"
        "camp,مخيم,,مخيم,,,\n"
        "dam,سد,,,perhaps,,\n"
        "well,بئر\n"
        "road,طريق,,,,,\n"
        "Road,شارع,,,,,\n"
    )
    with pytest.raises(InputError) as error:
        read(written(tmp_path, text))
    message = str(error.value)
    assert "6 mistake(s)" in message and "glossary.csv" in message
    for part in (
        "line 2: a term needs a source",
        "line 3: the term 'truce' needs a target",
        "line 4: مخيم is both wanted and forbidden",
        "line 5: keep is 'perhaps'",
        "line 6: it has 2 cells",
        "line 8: the term 'Road' is already on line 7",
    ):
        assert part in message


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["column source is missing", "column target is missing"]),
        ("source,tragte,note,note\n", ["no column 'tragte'", "note comes 2 times", "target is missing"]),
        ("source,target,target_language\nx,y,Klingonese\n", ["line 2: 'Klingonese' is not a language"]),
    ],
)
def test_wrong_headers_and_languages(tmp_path: Path, text: str, parts: list[str]) -> None:
    with pytest.raises(InputError) as error:
        read(written(tmp_path, text))
    assert all(part in str(error.value) for part in parts)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes("source,target\ncaf\xe9,مقهى".encode("utf-8", "ignore")[:15] + b"\xe9\xff")
    for name in ("latin.csv", "none.csv"):
        with pytest.raises(InputError, match="cannot be read"):
            read(tmp_path / name)


@pytest.mark.parametrize(
    ("term", "text", "language", "expected"),
    [
        ("الأمم المتحدة", "وقالت للأمم المتحدة إن الامم المتّحدة", "ar", ["للأمم المتحدة", "الامم المتّحدة"]),
        ("وقف إطلاق النار", "بوقف اطلاق نار", "ar", ["بوقف اطلاق نار"]),
        ("هدنة", "هدنته والهُدنات وبهدنةٍ", "ar", ["هدنته", "والهُدنات", "وبهدنةٍ"]),
        ("سد", "السدود سدّ سدا سديم", "ar", ["سدّ", "سدا"]),
        ("cease-fire", "a cease fire, CEASE-FIRES", "en", ["cease fire", "CEASE-FIRES"]),
        ("army", "armies of the army's armyworm", "en", ["armies", "army's"]),
        ("dam", "Damascus has a dam", "en", ["dam"]),
        ("trêve", "La Trêve tient", "fr", ["Trêve"]),
        ("a.b", "axb a.b", "en", ["a.b"]),
    ],
)
def test_occurrences(term: str, text: str, language: str, expected: list[str]) -> None:
    found = occurrences(term, text, language)
    assert [span.of(text) for span in found] == expected
    assert may_occur(term, fold(text)) or not expected


@given(st.text(alphabet="ابتثجحخدةىأإ وفلكسن", min_size=1).filter(str.strip), st.text(alphabet="ابت وفلكسن "))
def test_what_occurs_may_occur(term: str, around: str) -> None:
    text = f"{around} {term} {around}"
    if occurrences(term, text, "ar"):
        assert may_occur(term, fold(text))


def test_an_empty_glossary() -> None:
    assert Glossary(()).terms("en", "ar") == ()
