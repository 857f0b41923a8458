"""Speakers are compared: an attribution that is lost or added, and a speaker who becomes another."""

import pytest

from translate.quality import Pair, settings, speakers

GOOD = [
    ("Akram told Salem that the road was closed.", "أخبر أكرم سالم بأن الطريق مغلق."),
    ("Akram said Salem had left.", "قال أكرم إن سالم غادر."),
    ('"The road is closed," said Akram Haddad.', "قال أكرم حداد: «الطريق مغلق»."),
    ("According to Reuters, Haddad left for Aden.", "غادر حداد إلى عدن بحسب رويترز."),
    ("The ministry said ten people had died.", "وذكرت الوزارة أن عشرة أشخاص قتلوا."),
    ("Haddad, who leads the council, said Salem was tired.", "وأوضح حداد، رئيس المجلس، أن سالم متعب."),
    ("It rained in Aden.", "أمطرت السماء في عدن."),
    ("Residents were told to leave.", "طُلب من السكان أن يغادروا."),
]


def kinds(english: str, arabic: str, back: bool = False) -> list[str]:
    pair = Pair(arabic, english, "ar", "en") if back else Pair(english, arabic, "en", "ar")
    return [finding.kind for finding in speakers.CHECK.find(pair, settings()["speakers"].limits)]


@pytest.mark.parametrize(("english", "arabic"), GOOD)
def test_a_good_translation_is_left_alone_in_both_directions(english, arabic):
    assert kinds(english, arabic) == []
    assert kinds(english, arabic, back=True) == []


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("Akram told Salem that the road was closed.", "أخبر سالم أكرم بأن الطريق مغلق."),
        ("Akram said Salem had left.", "قال سالم إن أكرم غادر."),
        ('"Salem is here," said Akram Haddad.', "قال سالم: «أكرم حداد هنا»."),
        ("According to Reuters, Haddad left for Aden.", "بحسب حداد، غادرت رويترز إلى عدن."),
    ],
)
def test_a_speaker_who_changes_places_is_found(english, arabic):
    assert kinds(english, arabic) == ["changed"]
    assert kinds(english, arabic, back=True) == ["changed"]


@pytest.mark.parametrize(
    ("english", "arabic", "attribution"),
    [
        ("Akram said Salem had left.", "قال أكرم إن سالم غادر.", "قال أكرم إن "),
        ("Haddad left, according to Reuters.", "غادر حداد، بحسب رويترز.", "، بحسب رويترز"),
        ("The road is closed, he said.", "وقال إن الطريق مغلق.", "وقال إن "),
        ('"The road is closed," said Akram.', "وصرح أكرم بأن الطريق مغلق.", "وصرح أكرم بأن "),
    ],
)
def test_an_attribution_that_is_left_out_is_found(english, arabic, attribution):
    assert kinds(english, arabic) == []
    assert kinds(english, arabic.replace(attribution, "")) == ["lost"]


@pytest.mark.parametrize(
    ("english", "attribution"),
    [("Akram said Salem had left.", "Akram said "), ("The road is closed, the ministry said.", ", the ministry said")],
)
def test_an_attribution_lost_on_the_way_into_english_is_found(english, attribution):
    arabic = "قال أكرم إن سالم غادر." if "Akram" in english else "قالت الوزارة إن الطريق مغلق."
    assert kinds(english, arabic, back=True) == []
    assert kinds(english.replace(attribution, ""), arabic, back=True) == ["lost"]


def test_an_attribution_that_comes_in_is_found():
    assert kinds("The road is closed.", "قالت الوزارة إن الطريق مغلق.") == ["added"]


def test_the_finding_names_both_speakers():
    english, arabic = "Akram said Salem had left.", "قال سالم إن أكرم غادر."
    (finding,) = speakers.CHECK.find(Pair(english, arabic, "en", "ar"), settings()["speakers"].limits)
    assert finding.values == {"source": "Akram", "target": "سالم"}
