"""How neutral a summary is: every measure on a summary that keeps, and on one that loses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.summarize.extractive import summarize
from translate.summarize.neutrality import DEFINITIONS, Neutrality, measure
from translate.summarize.summary import Form, Summary, SummarySentence
from translate.summarize.types import Article
from translate.summarize.understand import understand

ENGLISH = (
    "Flames destroyed the cinema in Batroun on Sunday night.",
    "The Culture Ministry said 3 firemen were injured.",
    "Residents said the brutal heat had reportedly cracked windows across the street.",
    "Owner Karam Zain said the loss came to 2 million dollars.",
    "The ministry promised an inquiry.",
)
ARABIC = (
    "أتت النيران على سينما في بلدة البترون ليل الأحد.",
    "وقالت وزارة الثقافة إن 3 من رجال الإطفاء أصيبوا.",
    "وقال سكان إن الحرارة ربما كسرت نوافذ في الشارع.",
)


def article(language: str = "en") -> Article:
    return understand(ENGLISH if language == "en" else ARABIC, language)


def summary(*sentences: tuple[str, tuple[int, ...]], language: str = "en") -> Summary:
    return Summary(
        language, Form.PARAGRAPH, tuple(SummarySentence(text, grounds) for text, grounds in sentences), "test"
    )


def measured(*sentences: tuple[str, tuple[int, ...]], language: str = "en") -> Neutrality:
    return measure(article(language), summary(*sentences, language=language))


FAITHFUL = (
    ("Fire destroyed a cinema in Batroun on Sunday.", (1,)),
    ("The Culture Ministry said 3 firemen were injured.", (2,)),
    ("Residents said the heat reportedly cracked windows.", (3,)),
)
UNFAITHFUL = (
    ("A savage fire destroyed a cinema in Jounieh on Sunday.", (1,)),
    ("Five firemen were injured.", (2,)),
    ("The heat cracked windows across the street.", (3,)),
)


@pytest.mark.parametrize(
    ("key", "faithful", "unfaithful", "details"),
    [
        ("attribution_retention", (1.0, 2, 2), (0.0, 0, 2), ("the Culture Ministry", "residents")),
        ("hedge_retention", (1.0, 1, 1), (0.0, 0, 1), ("reportedly",)),
        ("loaded_terms", (0.0, 0, 23), (100 / 21, 100, 21), ("savage",)),
        ("novel_entities", (0, 0, 4), (1, 1, 2), ("Jounieh",)),
        ("novel_numbers", (0, 0, 1), (1, 1, 1), ("Five",)),
    ],
)
def test_a_measure_counts_what_its_definition_says(
    key: str, faithful: tuple[float, float, float], unfaithful: tuple[float, float, float], details: tuple[str, ...]
) -> None:
    good, bad = measured(*FAITHFUL)[key], measured(*UNFAITHFUL)[key]
    assert (good.value, good.numerator, good.denominator) == pytest.approx(faithful)
    assert (bad.value, bad.numerator, bad.denominator) == pytest.approx(unfaithful)
    assert (good.details, bad.details) == ((), details)


def test_arabic_is_measured_as_english_is() -> None:
    good = measured(("قالت وزارة الثقافة إن 3 من رجال الإطفاء أصيبوا.", (2,)), language="ar")
    bad = measured(("أصيب 5 من رجال الإطفاء في بيروت.", (2,)), language="ar")
    for key in ("attribution_retention", "hedge_retention"):
        assert good[key].value == 1
    assert (good["novel_numbers"].value, good["novel_entities"].value) == (0, 0)
    assert bad["attribution_retention"].value == 0
    assert (bad["novel_numbers"].details, bad["novel_entities"].details) == (("5",), ("بيروت",))


def test_loaded_words_of_the_article_are_counted_too() -> None:
    assert measured(*FAITHFUL)["loaded_terms"].source == pytest.approx(100 / 45)


def test_parties_have_the_shares_that_they_have_in_the_article() -> None:
    everybody = measured(*((text, (number,)) for number, text in enumerate(ENGLISH, 1)))["source_balance"]
    assert (everybody.value, everybody.details) == (pytest.approx(1), ())
    one_sided = measured(FAITHFUL[1])["source_balance"]
    assert one_sided.value == pytest.approx(everybody.value - 0.5, abs=0.26)
    assert one_sided.numerator == 1
    assert "resident" in " ".join(one_sided.details)
    assert measured(FAITHFUL[0])["source_balance"].value == 0


def test_an_article_in_one_voice_is_in_balance() -> None:
    alone = understand([ENGLISH[0]], "en")
    assert measure(alone, summary(FAITHFUL[0]))["source_balance"].value == 1


def test_length_and_coverage() -> None:
    whole = measured(*((text, (number,)) for number, text in enumerate(ENGLISH, 1)))
    assert whole["compression"].value == pytest.approx(1)
    assert whole["coverage"].value == pytest.approx(1)
    part = measured(FAITHFUL[1])
    assert part["compression"].value == pytest.approx(8 / 45)
    assert 0 < part["coverage"].value < 0.5


def test_a_summary_without_sentences_loses_nothing_and_says_nothing() -> None:
    found = {one.key: one.value for one in measured().measures}
    assert found == {
        "attribution_retention": 1,
        "hedge_retention": 1,
        "loaded_terms": 0,
        "source_balance": 0,
        "novel_entities": 0,
        "novel_numbers": 0,
        "compression": 0,
        "coverage": 0,
    }


def test_of_a_translated_sentence_the_original_is_measured() -> None:
    sentence = SummarySentence("قالت وزارة الثقافة إن 3 أصيبوا.", (2,), original=FAITHFUL[1][0])
    found = measure(article(), Summary("ar", Form.PARAGRAPH, (sentence,)))
    assert found["attribution_retention"].value == 1
    assert found["novel_numbers"].value == 0


@pytest.mark.parametrize("language", ["en", "ar"])
def test_our_own_summaries_keep_everything(language: str) -> None:
    source = article(language)
    found = measure(source, summarize(source))
    assert found["attribution_retention"].value == 1
    assert found["hedge_retention"].value == 1
    assert found["novel_entities"].value == found["novel_numbers"].value == found["loaded_terms"].value == 0


def test_every_measure_is_explained_in_both_languages() -> None:
    assert [one.key for one in measured(*FAITHFUL).measures] == list(DEFINITIONS)
    for definition in DEFINITIONS.values():
        assert definition.explanation.endswith(".")
        assert definition.explanation_ar.endswith(".")
        assert definition.label
        assert any("\u0621" <= letter <= "\u064a" for letter in definition.label_ar)


def test_an_unknown_measure_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="beauty"):
        measured(*FAITHFUL)["beauty"]


@given(st.lists(st.sampled_from(FAITHFUL + UNFAITHFUL), max_size=5))
def test_shares_are_shares(sentences: list[tuple[str, tuple[int, ...]]]) -> None:
    found = measured(*sentences)
    for key in ("attribution_retention", "hedge_retention", "source_balance", "coverage"):
        assert -1e-9 <= found[key].value <= 1 + 1e-9
    for one in found.measures:
        assert one.value >= -1e-9
