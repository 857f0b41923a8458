"""A word that no newspaper prints is an error, unless the source asks for it."""

import pytest

from translate.quality import Pair, decency

GOOD = [
    ("The minister spoke on Monday.", "تحدث الوزير يوم الاثنين."),
    ("The king's budget was passed in Tanzania.", "أقرت ميزانية العاهل في تنزانيا."),
    ("He called her a whore.", "قال لها يا عاهرة."),
    ("Prostitutes were arrested.", "اعتقلت عاهرات."),
    ("Fuck off!", "انصرف من هنا!"),
    ("He called them bastards.", "وصفهم بالأوغاد."),
    ("Scunthorpe and Essex won.", "فازت سكنثورب وإسكس."),
    ("", ""),
]


def kinds(source: str, target: str, *languages: str) -> list[str]:
    return [finding.kind for finding in decency.CHECK.find(Pair(source, target, *languages), {})]


@pytest.mark.parametrize(("english", "arabic"), GOOD)
def test_what_the_source_asks_for_is_left_alone(english: str, arabic: str) -> None:
    assert kinds(english, arabic, "en", "ar") == []


@pytest.mark.parametrize("word", ["العاهر", "العاهري", "والعاهرة", "بالعاهرات", "لعاهرة", "قحبة", "العواهر"])
def test_an_arabic_word_that_was_put_in_is_an_error(word: str) -> None:
    english, arabic = GOOD[0]
    assert kinds(english, arabic.replace("الوزير", f"الوزير {word}"), "en", "ar") == ["added"]
    assert not decency.is_printable(word, "ar") and decency.is_printable(arabic, "ar")


@pytest.mark.parametrize("word", ["whore", "Bastards", "fucking"])
def test_an_english_word_that_was_put_in_is_an_error(word: str) -> None:
    english, arabic = GOOD[0]
    assert kinds(arabic, english.replace("minister", f"{word} minister"), "ar", "en") == ["added"]
    assert kinds("Der Minister sprach.", f"The {word} spoke.", "de", "en") == []
