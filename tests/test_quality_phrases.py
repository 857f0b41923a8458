"""Phrases are found by whole words, the longest first, with the proclitics of Arabic."""

import pytest

from translate.quality.phrases import Phrases, lists, run_together, words

ENGLISH = Phrases({"denies": ("not", "no one", "no longer", "can't"), "none": ("no 5", "why not")}, arabic=False)
ARABIC = Phrases({"denies": ("لا", "لم"), "none": ("لا سيما",)}, arabic=True)


def found(phrases: Phrases, text: str) -> list[tuple[str, str]]:
    held = words(text)
    return [
        (phrase.label, text[held[phrase.first].span.start : held[phrase.last].span.end])
        for phrase in phrases.find(held)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No one came.", [("denies", "No one")]),
        ("Why not? Not now.", [("none", "Why not"), ("denies", "Not")]),
        ("He lives at No. 5.", [("none", "No. 5")]),
        ("A knot, noted.", []),
        ("They can’t and can't.", [("denies", "can’t"), ("denies", "can't")]),
        ("no", []),
        ("", []),
    ],
)
def test_english(text, expected):
    assert found(ENGLISH, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("لم يأت ولا يعود.", [("denies", "لم"), ("denies", "ولا")]),
        ("ولا سيما في الشمال", [("none", "ولا سيما")]),
        ("لَمْ يأت", [("denies", "لَمْ")]),
        ("الألم والسلام", []),
    ],
)
def test_arabic(text, expected):
    assert found(ARABIC, text) == expected


def test_words_lose_what_lists_do_not_have():
    assert [word.form for word in words("Syria’s North-West isn’t كِتـاب.")] == [
        "syria",
        "north",
        "west",
        "isn't",
        "كتاب",
    ]


def test_a_phrase_of_two_lists_belongs_to_the_later():
    assert found(Phrases({"one": ("so",), "two": ("so",)}, arabic=False), "so") == [("two", "so")]


@pytest.mark.parametrize("name", ["negation.toml", "reporting.toml"])
def test_the_lists_that_we_ship_have_both_languages_and_no_empty_entry(name):
    read = lists(name)
    assert set(read) == {"en", "ar"}
    assert all(words(entry) for labels in read.values() for entries in labels.values() for entry in entries)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير إنه سيستخدمونهما غدا.", None),
        ("قال الوزيرإنهسيزورالمدينةغدا مساء.", "الوزيرإنهسيزورالمدينةغدا"),
        ("internationalisation", None),
    ],
)
def test_words_without_spaces_between_them_are_noticed(text, expected):
    found = run_together(text)
    assert (found and found.of(text)) == expected
