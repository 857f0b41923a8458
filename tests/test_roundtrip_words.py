"""What becomes of words: copies are found, names are not taken for them, changes point at the right places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.roundtrip.types import ChangeKind
from translate.roundtrip.words import changes, is_copy, kept_words


@pytest.mark.parametrize(
    ("source", "target", "languages", "copied"),
    [
        ("The minister arrived in Homs today.", "وصل الوزير إلى حمص اليوم.", ("en", "ar"), False),
        ("The minister arrived in Homs today.", "The minister arrived in Homs today.", ("en", "ar"), True),
        ("The minister arrived in Homs today.", "the minister arrived in homs today", ("en", "ar"), True),
        ("The minister arrived in Homs today.", "The minister وصل in Homs today.", ("en", "ar"), True),
        ("The minister arrived in Homs today.", "A cabinet member came to the city this morning.", ("en", "ar"), True),
        ("The minister arrived in Homs today.", "وصل الوزير إلى Homs اليوم.", ("en", "ar"), False),
        ("Good morning", "Good morning", ("en", "ar"), True),
        ("Reuters", "Reuters", ("en", "ar"), False),
        ("12:30", "12:30", ("en", "ar"), False),
        ("See https://example.org/a", "انظر https://example.org/a", ("en", "ar"), False),
        ("وصل الوزير إلى حمص اليوم.", "The minister arrived in Homs today.", ("ar", "en"), False),
        ("وصل الوزير إلى حمص اليوم.", "وصل الوزير إلى حمص اليوم.", ("ar", "en"), True),
        ("The house is very old and cold.", "La maison est très vieille et froide.", ("en", "fr"), False),
        ("The house is very old and cold.", "The house is very old and cold.", ("en", "fr"), True),
        ("The minister arrived.", "", ("en", "ar"), False),
    ],
)
def test_copies(source: str, target: str, languages: tuple[str, str], copied: bool) -> None:
    assert is_copy(source, target, *languages) is copied


@pytest.mark.parametrize(
    ("source", "target", "share"),
    [
        ("The minister arrived in Homs.", "وصل الوزير إلى Homs.", 0.2),
        ("The minister arrived in Homs.", "The minister arrived in Homs.", 1.0),
        ("the the the cat", "the", 0.25),
        ("12, 13 and 14", "12 و13 و14", 0.0),
        ("", "شيء", 0.0),
    ],
)
def test_kept_words(source: str, target: str, share: float) -> None:
    assert kept_words(source, target) == pytest.approx(share)


@pytest.mark.parametrize(
    ("source", "back", "expected"),
    [
        ("The car is red.", "The car is red.", []),
        ("The car is red.", "the CAR is red.", []),
        ("قالَ الوزيـــر.", "قال الوزير.", []),
        ("The car is red.", "The house is red.", [(ChangeKind.REPLACED, "car", "house")]),
        ("The old car is red.", "The car is red.", [(ChangeKind.DELETED, "old", "")]),
        ("The car is red.", "The car is not red.", [(ChangeKind.INSERTED, "", "not")]),
        ("A b c", "x", [(ChangeKind.REPLACED, "A b c", "x")]),
        ("A", "", [(ChangeKind.DELETED, "A", "")]),
        (
            "He said 12 people came.",
            "He told that 21 people came",
            [(ChangeKind.REPLACED, "said 12", "told that 21"), (ChangeKind.DELETED, ".", "")],
        ),
    ],
)
def test_changes(source: str, back: str, expected: list[tuple[ChangeKind, str, str]]) -> None:
    assert [(one.kind, one.source.of(source), one.back.of(back)) for one in changes(source, back)] == expected


WORDS = st.lists(st.sampled_from("the cat sat on a mat , . قط".split()), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_what_is_not_changed_is_the_same_on_both_sides(source: str, back: str) -> None:
    kept_source, kept_back = source, back
    for one in reversed(changes(source, back)):
        assert one.source.end <= len(source) and one.back.end <= len(back)
        kept_source = kept_source[: one.source.start] + kept_source[one.source.end :]
        kept_back = kept_back[: one.back.start] + kept_back[one.back.end :]
    assert kept_source.split() == kept_back.split()
