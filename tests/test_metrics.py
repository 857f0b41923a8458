"""Scores: ours are sacrebleu's to the last digit, and Arabic is normalised as the signature says."""

import pytest
from sacrebleu.metrics import BLEU, CHRF, TER

from translate.errors import InputError
from translate.roundtrip.metrics import mean, normalise_arabic, statistics
from translate.roundtrip.types import Metric

REFERENCES = [
    "At least 12 people were killed in Homs on Monday.",
    "The ministry said (again) that it would not comment.",
    "“We are waiting,” she told reporters.",
    "Schools opened late.",
    "Nothing.",
]
SYSTEMS = [
    [
        "At least twelve people died in Homs on Monday.",
        "The ministry again said it will not comment.",
        "She told reporters: “We wait.”",
        "Schools opened late.",
        "Nothing.",
    ],
    ["12 people in Homs", "", "We are, she told", "late opened schools", "No thing at all, said nobody."],
]
ARABIC = ["قال الوزير إنّ المدرسة أُغلقت.", "وصل أحمد إلى القاهرة مساءً.", "لا نعلم شيئًا."]
ARABIC_SYSTEM = ["قال الوزير ان المدرسه اغلقت.", "وصل احمد الى القاهرة مساء", "لا نعرف شيئا."]

SACREBLEU = {
    "chrf++": CHRF(word_order=2),
    "chrf": CHRF(),
    "ter": TER(),
    "bleu": BLEU(tokenize="intl"),
}
ON_SENTENCES = {**SACREBLEU, "bleu": BLEU(tokenize="intl", effective_order=True)}


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("key", SACREBLEU)
def test_corpus_scores_are_sacrebleus_own(key: str, system: list[str]) -> None:
    (measured,) = statistics([system], REFERENCES, "en")
    ours = next(one for one in measured if one.metric.key == key)
    theirs = SACREBLEU[key].corpus_score(system, [REFERENCES])
    assert ours.corpus() == theirs.score
    assert ours.metric.signature == str(SACREBLEU[key].get_signature())
    assert "version:" in ours.metric.signature


@pytest.mark.parametrize("key", SACREBLEU)
def test_sentence_scores_are_sacrebleus_own(key: str) -> None:
    measured = statistics(SYSTEMS, REFERENCES, "en")
    for system, its in zip(SYSTEMS, measured, strict=True):
        ours = next(one for one in its if one.metric.key == key)
        theirs = [
            ON_SENTENCES[key].sentence_score(text, [reference]).score
            for text, reference in zip(system, REFERENCES, strict=True)
        ]
        assert list(ours.sentences()) == theirs


def test_bleu_splits_arabic_marks() -> None:
    (measured,) = statistics([ARABIC_SYSTEM], ARABIC, "ar")
    assert "tok:intl" in measured[3].metric.signature


def test_arabic_is_scored_raw_and_normalised_with_names_of_their_own() -> None:
    (measured,) = statistics([ARABIC_SYSTEM], ARABIC, "ar")
    by_key = {one.metric.key: one for one in measured}
    assert list(by_key) == [*SACREBLEU, *(f"{key}-norm" for key in SACREBLEU)]
    folded = [[normalise_arabic(text) for text in texts] for texts in (ARABIC_SYSTEM, ARABIC)]
    for key, metric in SACREBLEU.items():
        assert by_key[key].corpus() == metric.corpus_score(ARABIC_SYSTEM, [ARABIC]).score
        assert by_key[f"{key}-norm"].corpus() == metric.corpus_score(folded[0], [folded[1]]).score
        assert by_key[f"{key}-norm"].metric.signature.startswith(by_key[key].metric.signature + "|")
    assert by_key["chrf++-norm"].corpus() > by_key["chrf++"].corpus()


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("مُحَمَّدٌ", "محمد"),
        ("الـــسلام", "السلام"),
        ("أحمد إلى آخر ٱلمدينة", "احمد الي اخر المدينه"),
        ("هٰذا", "هذا"),
        ("Plain English, 12%", "Plain English, 12%"),
    ],
)
def test_normalising_arabic(text: str, normal: str) -> None:
    assert normalise_arabic(text) == normal
    assert normalise_arabic(normal) == normal


def test_only_ter_is_better_when_lower() -> None:
    (measured,) = statistics([SYSTEMS[0]], REFERENCES, "en")
    assert [one.metric.key for one in measured if not one.metric.higher_is_better] == ["ter"]


def test_nothing_translated_scores_nothing() -> None:
    (measured,) = statistics([[""] * len(REFERENCES)], REFERENCES, "en")
    assert [one.corpus() for one in measured] == [0, 0, 100, 0]
    assert measured[0].sentences() == (0,) * len(REFERENCES)


@pytest.mark.parametrize(("systems", "references"), [([["a"]], []), ([["a", "b"]], ["a"]), ([[]], ["a"])])
def test_what_does_not_match_is_refused(systems: list[list[str]], references: list[str]) -> None:
    with pytest.raises(InputError):
        statistics(systems, references, "en")


def test_a_mean_is_a_mean() -> None:
    one = mean(Metric("cosine-back", "cosine", "cosine"), [0.5, 1.0, 0.0])
    assert one.corpus() == 0.5
    assert one.sentences() == (0.5, 1.0, 0.0)
    assert one.part([0, 1]).corpus() == 0.75
