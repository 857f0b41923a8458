"""An article understood: one claim a sentence, in order, every span within its text, whatever the text is."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import extract
from translate.document import Block, Role
from translate.errors import LanguageError
from translate.segment import sentences
from translate.summarize.types import Dependence, Doubt, Found, Group, Harm, Quoted
from translate.summarize.understand import understand

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
PIECES = [
    "Akram said ",
    "«",
    "»",
    '"',
    "“",
    "”",
    "'",
    "He told The Post that ",
    "12 people were killed",
    ". ",
    ", who fled, ",
    "according to ",
    "the ministry",
    "reportedly ",
    "brutal ",
    "? ",
    "وقال أكرم ",
    "إن ",
    "، ",
    "بحسب ",
    "مقتل 12 شخصا",
    "said",
    "(",
    ")",
    "–",
    " ",
    "Said",
]


def of(path):
    return understand(extract.read_file(path).blocks, "en")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_sentence_is_a_claim_in_order(path):
    blocks = list(extract.read_file(path).blocks)
    article = understand(blocks, "en")
    expected = [sentence.text for block in blocks for sentence in sentences(block, "en")]
    assert [claim.text for claim in article.claims] == expected
    assert [claim.number for claim in article.claims] == list(range(1, len(expected) + 1))
    assert article.blocks == tuple(block.text for block in blocks)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), max_size=4), st.sampled_from(["en", "ar"]))
def test_scraps_do_not_break_it(paragraphs, language):
    article = understand(paragraphs, language)
    for claim in article.claims:
        # Claim and Article check their own spans; speakers are never empty.
        assert claim.text
        assert claim.speaker is None or claim.speaker.name.strip()
        assert sorted(claim.quotations) == list(claim.quotations)
        assert all(one.quoted in (True, False) for one in claim.loaded)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "ar"]))
def test_any_text_is_understood(text, language):
    understand([text], language)


def test_other_languages_are_refused():
    with pytest.raises(LanguageError, match="English"):
        understand(["Bonjour."], "fr")


def test_nothing_has_no_claims():
    article = understand([], "en")
    assert (article.claims, article.speakers, article.media) == ((), (), ())


def test_roles_and_blocks_are_kept():
    blocks = [Block("Ten killed in port", role=Role.HEADING), Block("It rained. Akram said so.")]
    claims = understand(blocks, "en").claims
    assert [(claim.block, claim.role) for claim in claims] == [
        (0, Role.HEADING),
        (1, Role.PARAGRAPH),
        (1, Role.PARAGRAPH),
    ]


def test_a_speech_goes_on_over_paragraphs():
    paragraphs = [
        '"They came at two," said Umm Karam.',
        '"They had a list.',
        '"They read from it.',
        '"Then they left."',
    ]
    claims = understand(paragraphs, "en").claims
    assert {claim.speaker.name for claim in claims} == {"Umm Karam"}
    assert [claim.found for claim in claims] == [Found.EXPLICIT, *[Found.QUOTATION] * 3]


def test_a_mark_that_never_closes_quotes_its_sentence_only():
    claims = understand(['Akram said "it is closed. It rained all day. Nobody came.'], "en").claims
    assert [bool(claim.quotations) for claim in claims] == [True, False, False]


QUOTED = [
    ("It rained.", Quoted.NONE),
    ('"We left before the sun rose," Akram said.', Quoted.WHOLLY),
    ('Akram said: "We left before the sun rose."', Quoted.WHOLLY),
    ('Akram said they had left "in a hurry".', Quoted.PARTLY),
    ('The "list" was read.', Quoted.PARTLY),
    ('"We left before the sun rose."', Quoted.WHOLLY),
]


@pytest.mark.parametrize(("text", "quoted"), QUOTED)
def test_how_much_is_quoted(text, quoted):
    assert [claim.quoted for claim in understand([text], "en").claims] == [quoted]


DEPENDENT = [
    ("He left.", "en", Dependence.PRONOUN),
    ("Their house burned.", "en", Dependence.PRONOUN),
    ('"We left before dawn," he said.', "en", Dependence.PRONOUN),
    ("This was the worst.", "en", Dependence.POINTER),
    ("However, the road was open.", "en", Dependence.CONNECTIVE),
    ("It is not clear whether they left.", "en", None),
    ("It burned for days.", "en", Dependence.PRONOUN),
    ("Akram left.", "en", None),
    ("وأضافت أن الطريق مغلق.", "ar", Dependence.PRONOUN),
    ("لكن الطريق مفتوح.", "ar", Dependence.CONNECTIVE),
    ("هذا هو الأسوأ.", "ar", Dependence.POINTER),
    ("غادر أكرم البلدة.", "ar", None),
]


@pytest.mark.parametrize(("text", "language", "dependence"), DEPENDENT)
def test_what_does_not_stand_alone(text, language, dependence):
    assert [claim.dependence for claim in understand([text], language).claims] == [dependence]


def test_the_live_report():
    article = of(SEEDS[1])
    assert SEEDS[1].stem == "live-report"
    tolls = {
        claim.speaker.name: [(figure.value.amount, figure.harm) for figure in claim.casualties]
        for claim in article.claims[8:11]
    }
    assert tolls == {
        "the Interior Ministry": [(23, Harm.KILLED), (9, Harm.KILLED), (61, Harm.WOUNDED)],
        "Two Banks Monitor": [(47, Harm.KILLED), (31, Harm.KILLED)],
        "the Sahr Lawyers' Committee": [(58, Harm.KILLED)],
    }
    doubt = article.claim(13)
    assert doubt.own_voice
    assert [hedge.doubt for hedge in doubt.hedges] == [Doubt.UNVERIFIED]
    assert {claim.speaker.name for claim in article.claims[20:24]} == {"Abu Nadim"}
    assert {claim.speaker.name for claim in article.claims[25:29]} == {"Umm Karam"}
    assert article.media == ("The Levant Courier", "The Courier")
    groups = {speaker.group for speaker in article.speakers}
    assert groups >= {Group.RESIDENT, Group.OFFICIAL, Group.MONITOR, Group.INTERNATIONAL, Group.EXPERT}


def test_the_real_article(real_article):
    article = of(real_article)
    speakers = [claim.speaker.name if claim.speaker else None for claim in article.claims]
    assert speakers[2:11] == ["Akram"] * 9
    assert speakers[29:35] == ["Akram"] * 6
    assert speakers[37:47] == ["Leila"] * 10
    assert speakers[47:57] == ["an Alawite man"] * 10
    assert speakers[57:60] == ["a second resident"] * 3
    assert speakers[14:17] == [
        "the UK-based Syrian Observatory for Human Rights",
        "the Syrian Network for Human Rights",
        None,
    ]
    assert [claim.number for claim in article.claims if claim.loaded_outside] == [2, 19, 20, 28, 29, 48]


def test_a_long_article_is_quick():
    text = " ".join(of(SEEDS[1]).blocks[0] for _ in range(2))
    understand([text], "en")
    start = time.process_time()
    article = understand([text], "en")
    # About 0.1 s; the bound leaves room for a busy machine.
    assert len(article.claims) > 100
    assert time.process_time() - start < 1
