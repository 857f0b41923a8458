"""What a summary's sentence rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Span
from translate.summarize.grounding import MOST, Index, is_empty, stem, terms
from translate.summarize.types import Article
from translate.summarize.understand import understand

ENGLISH = (
    "A storm tore the roof off the market in Kafra on Friday.",
    "Mayor Rula Hamdan said 12 stalls were destroyed.",
    "Traders asked the town for money to rebuild them.",
    "The Fire Service said 12 people had been brought to safety.",
    "Schools in Kafra will open again on Monday.",
)
ARABIC = (
    "اقتلعت عاصفة سقف السوق في بلدة كفرا يوم الجمعة.",
    "وقالت رئيسة البلدية رولا حمدان إن 12 كشكا دمرت.",
    "وطلب التجار من البلدية أموالا لإعادة بنائها.",
)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(understand(ENGLISH, "en"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("On Friday a storm tore off the market's roof in Kafra.", (1,)),
        ("Twelve stalls were destroyed, said Mayor Rula Hamdan.", (2,)),
        ("Twelve people were brought to safety.", (4,)),
        ("Traders want money to rebuild the stalls.", (3,)),
        ("A storm tore the roof off the market and traders asked for money to rebuild.", (1, 3)),
        ("Schools open again on Monday.", (5,)),
    ],
)
def test_a_sentence_rests_on_those_that_say_the_same(text: str, numbers: tuple[int, ...], index: Index) -> None:
    grounds = index.ground(text)
    assert grounds.numbers == numbers
    assert grounds.best in numbers
    assert grounds.support > 0.5


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("اقتلعت العاصفة سقف السوق الجمعة.", 1),
        ("دمر 12 كشكا، بحسب رئيسة البلدية.", 2),
        ("طلب تجار أموالا من البلدية.", 3),
    ],
)
def test_arabic_is_found_behind_its_clitics(text: str, number: int) -> None:
    assert Index(understand(ARABIC, "ar")).ground(text).best == number


def test_a_speakers_name_alone_brings_no_ground(index: Index) -> None:
    text = "Mayor Rula Hamdan said traders asked the town for money to rebuild."
    assert index.ground(text, Span(0, 22)).numbers == (3,)


def test_who_speaks_decides_only_between_equals() -> None:
    article = understand(
        ["The army said 5 soldiers died in the fire.", "The union said 5 soldiers died in the fire."], "en"
    )
    text = "The union said 5 soldiers died in the fire."
    assert Index(article).ground(text, Span(0, 9)).best == 2
    assert Index(article).ground(text.replace("union", "army"), Span(0, 8)).best == 1


def test_nothing_supports_what_the_article_does_not_say(index: Index) -> None:
    grounds = index.ground("Parliament voted for higher taxes on sugar.")
    assert grounds.support < 0.2
    assert len(grounds.numbers) == 1


def test_likeness_of_meaning_helps_to_choose(index: Index) -> None:
    def cosines(texts: object, others: list[str]) -> list[float]:
        return [0.95 if "Schools" in other else 0.74 for other in others]

    assert index.ground("Kafra", cosines=cosines).best == 5  # type: ignore[arg-type]


def test_an_empty_article_supports_nothing() -> None:
    with pytest.raises(ValueError, match="without sentences"):
        Index(Article("en", (), ()))


@given(st.lists(st.sampled_from(" ".join(ENGLISH).split()), max_size=25).map(" ".join))
def test_grounds_are_sentences_of_the_article_in_order(text: str) -> None:
    grounds = Index(understand(ENGLISH, "en")).ground(text)
    assert list(grounds.numbers) == sorted(set(grounds.numbers))
    assert set(grounds.numbers) <= set(range(1, 6))
    assert len(grounds.numbers) <= MOST
    assert 0 <= grounds.support <= 1 + 1e-9


@pytest.mark.parametrize("number", range(1, 6))
def test_a_sentence_of_the_article_rests_on_itself(number: int, index: Index) -> None:
    grounds = index.ground(ENGLISH[number - 1])
    assert (grounds.numbers, grounds.support) == ((number,), pytest.approx(1))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "collapsed", "collapse"),
        ("en", "verified", "verify"),
        ("en", "opens", "opening"),
        ("en", "stopped", "stops"),
        ("en", "cities", "city"),
        ("ar", "والمحادثات", "محادثات"),
        ("ar", "المسلحين", "مسلحون"),
        ("ar", "للمدرسة", "مدرسة"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_words_of_saying_and_function_words_are_empty() -> None:
    assert all(is_empty(word, "en") for word in ("the", "said", "of", "according"))
    assert all(is_empty(word, "ar") for word in ("في", "وقالت", "الذي"))
    assert not is_empty("market", "en")


def test_terms_are_stems_and_amounts() -> None:
    found = terms("The UN counted fourteen lorries near Kafra.", "en")
    assert found.all == {"un", "count", "lor", "near", "kafra", "#14"}
    assert found.heavy == {"un", "kafra", "#14"}
    assert found.light == {"count", "lor", "near"}
