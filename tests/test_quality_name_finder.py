"""Which words of an English sentence are names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.quality.name_finder import names
from translate.quality.name_tables import KINDS, is_plain, table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Akram met Bashar Al Assad in Damascus.", ["Akram", "Bashar", "Assad", "Damascus"]),
        ("The UN and HTS spoke in New York's court.", ["UN", "HTS", "New York"]),
        ("They say who told us that it is so.", []),
        ("Protesters left on Monday in March.", []),
        ("The White House and the High Court agreed.", ["White House"]),
        ("He told Mr. Reid that Gordon Brown's team won.", ["Reid", "Gordon", "Brown"]),
        ("Brown bread is sold there.", []),
        ("Voters like Trump, she said.", ["Trump"]),
        ("Don't go; it's Syria's border.", ["Syria"]),
        ("People at Victoria Falls Hotel saw O'Brien.", ["Victoria", "O'Brien"]),
        ("The PBS show uses the YouTube channel of a U.S. team.", ["YouTube", "U.S."]),
        ("Heavy Rain Floods Northern Town After Long Drought", []),
        ("ALL HOMES NEAR DAMASCUS", []),
        ("Hisham!", []),
        ("", []),
    ],
)
def test_names_are_found(text: str, expected: list[str]) -> None:
    assert [name.text for name in names(text)] == expected


def test_names_side_by_side_share_a_run() -> None:
    runs = [name.run for name in names("Leila Haddad met Karim Sayegh, Mona Khoury wrote.")]
    assert runs[0] == runs[1] != runs[2] == runs[3] != runs[4] == runs[5]


@given(
    st.lists(st.sampled_from(["Akram", "Syria's", "the", "U.N.", "said", "Mr.", ",", "“", "al-Assad", "New York", "7"]))
)
def test_spans_hold_the_names_in_order(words: list[str]) -> None:
    text = " ".join(words)
    found = names(text)
    assert all(name.span.of(text) == name.text for name in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "word", ["House", "Organisers", "Increasingly", "Centres", "Nationalised", "Reopening", "Walked"]
)
def test_plain_words_and_their_forms_are_no_names(word: str) -> None:
    assert is_plain(word)


@pytest.mark.parametrize("word", ["Damascus", "Costello", "Akram", "Harlem", "Ivanov"])
def test_names_are_no_plain_words(word: str) -> None:
    assert not is_plain(word)


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_of_the_tables_is_whole(kind: str) -> None:
    entries = table(kind)
    assert entries
    for entry in entries:
        assert all(form.strip() == form != "" for form in entry.english)
        assert all(len(form) > 1 for form in (*entry.whole, *entry.begun, *entry.phrases))
    assert all(entry.known for entry in entries if kind != "words")
