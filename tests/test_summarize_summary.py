import pytest

from translate.summarize.summary import (
    Budget,
    Change,
    Edit,
    Fault,
    Form,
    Reason,
    Refusal,
    Summary,
    SummarySentence,
    laid_out,
    word_count,
)
from translate.summarize.types import Speaker

ALI, NUR = Speaker("Ali", "Ali"), Speaker("Nur", "Nur")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (Form.HEADLINE, "One is here. Two left"),
        (Form.PARAGRAPH, "One is here. Two left."),
        (Form.BULLETS, "• One is here.\n• Two left."),
    ],
)
def test_forms(form, expected):
    assert laid_out(["One is here.", "Two left."], form) == expected
    assert laid_out([], form) == ""


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("two – words", 2), ("• 1,300 people", 2), ("well-known", 1), ("قال: «لا»", 2)]
)
def test_words_hold_a_letter_or_digit(text, expected):
    assert word_count(text) == expected


@pytest.mark.parametrize("limits", [{}, {"sentences": 0}, {"words": -1}, {"sentences": 3, "characters": 0}])
def test_a_budget_limits_something(limits):
    with pytest.raises(ValueError, match="budget"):
        Budget(**limits)


@pytest.mark.parametrize("grounds", [(), (2, 1), (1, 1), (0, 1)])
def test_grounds_are_sentence_numbers(grounds):
    with pytest.raises(ValueError, match="grounds"):
        SummarySentence("It rained.", grounds)


def test_other_values_that_make_no_sense():
    with pytest.raises(ValueError, match="say something"):
        SummarySentence(" ", (1,))
    with pytest.raises(ValueError, match="changed"):
        Edit(Change.DROPPED)
    with pytest.raises(ValueError, match="reason"):
        Refusal("It rained.", ())


def test_a_summary_knows_its_length_speakers_and_grounds():
    refused = Refusal("Bo said it.", (Reason(Fault.NEW_NAME, "Bo"),), "Ali said so.")
    sentences = (
        SummarySentence("Ali said so.", (4,), ALI, (NUR,), refused=refused),
        SummarySentence("It rained.", (1, 4)),
    )
    summary = Summary("en", Form.PARAGRAPH, sentences, refusals=(refused,))
    assert summary.text == "Ali said so. It rained."
    assert summary.words == 5
    assert summary.grounds == (1, 4)
    assert [sentence.speakers for sentence in sentences] == [(ALI, NUR), ()]
