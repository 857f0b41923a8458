"""Reporting verbs and phrases are found with their speakers, in both languages and every order."""

import pytest

from translate.quality.attribution import attributions

ENGLISH = [
    ("Akram said the road was closed.", [("said", "Akram", "said")]),
    ("Salem Nasser told Akram that the road was closed.", [("told", "Salem Nasser", "said")]),
    ('"The road is closed," said Akram Haddad on Monday.', [("said", "Akram Haddad", "said")]),
    ('"The road is closed," he said.', [("said", "he", "said")]),
    ("The road is closed, Akram said.", [("said", "Akram", "said")]),
    ("Akram Haddad, head of the council, said it was closed.", [("said", "Akram Haddad, head of the council", "said")]),
    ("Mr. Haddad has also said it was closed.", [("said", "Mr. Haddad", "said")]),
    ("The U.S. said it would help.", [("said", "The U.S", "said")]),
    ("According to the ministry, ten people died.", [("According to", "the ministry", "source")]),
    ("Ten people died, according to Akram Haddad.", [("according to", "Akram Haddad", "source")]),
    ("Akram was quoted as saying that it was closed.", [("saying", "Akram", "quoted")]),
    ("Residents were told to leave.", [("told", None, "said")]),
    ("The council announced that the road was closed.", [("announced", "The council", "said")]),
    ("He added salt to the soup.", []),
    ("The United States won.", []),
    ("It rained all day.", []),
]

ARABIC = [
    ("قال أكرم إن الطريق مغلق.", [("قال", "أكرم", "said")]),
    ("وقال أكرم حداد: «الطريق مغلق».", [("وقال", "أكرم حداد", "said")]),
    ("وقالت الوزارة إن الطريق مغلق.", [("وقالت", "الوزارة", "said")]),
    ("أكرم حداد قال إن الطريق مغلق.", [("قال", "أكرم حداد", "said")]),
    ("وقال إن الطريق مغلق.", [("وقال", None, "said")]),
    ("أعلن المجلس أن الطريق مغلق.", [("أعلن", "المجلس", "said")]),
    ("قتل عشرة أشخاص، وفقا للوزارة.", [("وفقا", "للوزارة", "source")]),
    ("بحسب أكرم حداد، الطريق مغلق.", [("بحسب", "أكرم حداد", "source")]),
    ("نقلا عن أكرم حداد، الطريق مغلق.", [("نقلا عن", "أكرم حداد", "source")]),
    ("أمطرت السماء فحسب.", []),
]


def shown(text: str, language: str) -> list[tuple[str, str | None, str]]:
    return [
        (one.verb.of(text), one.speaker.of(text) if one.speaker else None, one.kind)
        for one in attributions(text, language)
    ]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text, expected):
    assert shown(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), ARABIC)
def test_arabic(text, expected):
    assert shown(text, "ar") == expected


def test_a_relative_clause_does_not_hide_the_speaker():
    text = "The committee, which meets on Sundays, said it was closed."
    ((_, speaker, _),) = shown(text, "en")
    assert speaker is not None
    assert speaker.startswith("The committee")


@pytest.mark.parametrize("text", ["", "said", "said ", "according to", "قال", "وفقا", "«»", "Akram"])
def test_scraps_do_not_break_it(text):
    for language in ("en", "ar", "fr"):
        attributions(text, language)
