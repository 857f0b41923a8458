"""Two models in a row: composed alignment, both named, long middle sentences in parts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
import random_models
from conftest import DATA
from scripted import ScriptedEngine

from translate import cache
from translate.align.words import words
from translate.document import Issue, Severity, Span, Translation
from translate.engines.base import Decoding
from translate.engines.ctranslate import CTranslateEngine
from translate.engines.pivot import PivotEngine
from translate.errors import EngineError
from translate.segment import split_long

SENTENCES = ["bread and salt", "no", "the old town"]


def test_there_and_back_is_where_it_began() -> None:
    pivot = PivotEngine(ScriptedEngine("ar"), ScriptedEngine("en"))
    for done, sentence in zip(pivot.translate(SENTENCES), SENTENCES, strict=True):
        assert done.text == sentence
        assert done.source_pieces == tuple(sentence.split())
        assert len(done.log_probs) == len(done.target_pieces)
        assert str(done.alignment) == " ".join(f"{i}-{i}" for i in range(len(words(sentence))))


def test_orders_are_composed() -> None:
    first, second = ScriptedEngine("ar", reverse=True), ScriptedEngine("en")
    (done,) = PivotEngine(first, second).translate(["bread and salt"])
    assert done.text == "salt and bread"
    assert str(done.alignment) == "0-2 1-1 2-0"


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True)])
def test_one_without_alignment_leaves_none(first: bool, second: bool) -> None:
    pivot = PivotEngine(ScriptedEngine("ar", aligned=first), ScriptedEngine("en", aligned=second))
    assert pivot.translate(["bread"])[0].alignment is None


def test_both_models_are_named_and_the_first_one_counts() -> None:
    first, second = ScriptedEngine("ar"), ScriptedEngine("en")
    first.max_source = 7
    pivot = PivotEngine(first, second)
    assert pivot.uses == first.uses + second.uses
    assert (pivot.max_source, pivot.count("a b c")) == (7, 3)


def test_what_came_out_empty_is_not_sent_on() -> None:
    first, second = ScriptedEngine("ar", spoil=lambda text: "" if len(text) < 3 else text), ScriptedEngine("en")
    assert [done.text for done in PivotEngine(first, second).translate(SENTENCES)] == [
        "bread and salt",
        "",
        "the old town",
    ]
    assert len(second.seen) == 2


def test_a_long_middle_sentence_goes_on_in_parts() -> None:
    first, second = ScriptedEngine("ar"), ScriptedEngine("en")
    second.max_source = 3
    sentence = "bread and salt, and the old town"
    with pytest.raises(EngineError, match="over the second's limit of 3"):
        PivotEngine(first, second).translate([sentence])
    (done,) = PivotEngine(first, second, split=split_long).translate([sentence])
    assert done.text == sentence
    assert str(done.alignment) == " ".join(f"{i}-{i}" for i in range(len(words(sentence))))
    assert len(done.target_pieces) == 7
    assert done.mean_log_prob is not None
    assert max(second.count(text) for text in second.seen) <= 3


class Complaining(ScriptedEngine):
    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        issue = Issue("engine.loop", Severity.NOTE, "Again.", "مكرر", source=Span(0, 1), target=Span(0, 1))
        return [replace(done, issues=(issue,)) for done in super().translate(sentences, decoding)]


def test_issues_of_both_point_only_at_what_can_be_seen() -> None:
    (done,) = PivotEngine(Complaining("ar"), Complaining("en")).translate(["bread"])
    assert [(issue.source, issue.target) for issue in done.issues] == [(Span(0, 1), None), (None, Span(0, 1))]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PivotEngine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        there, back = (
            CTranslateEngine(random_models.config(DATA / name, name), device="cpu")
            for name in ("tiny-en-ar", "tiny-ar-en")
        )
        yield PivotEngine(there, back, split=split_long)


def test_real_models(tiny: PivotEngine) -> None:
    (done,) = tiny.translate(["Akram lives in Aleppo."], Decoding(beam=1))
    assert done.text == "Akram lives in Aleppo."
    assert done.alignment is not None
    assert {"0-0", "3-3"} <= set(str(done.alignment).split())


def test_the_n_best_are_those_of_the_last_step(tiny: PivotEngine) -> None:
    sentence = "Akram lives in Aleppo."
    (texts,) = tiny.n_best([sentence], 3)
    assert len(set(texts)) == len(texts) == 3
    assert tiny.n_best([sentence], 1) == [[tiny.translate([sentence])[0].text]]


class Several(ScriptedEngine):
    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        return [[done.text, f"{done.text}!"][:count] for done in self.translate(sentences)]


def test_what_cannot_go_on_in_one_piece_has_no_n_best() -> None:
    second = Several("en")
    second.max_source = 3
    first = ScriptedEngine("ar", spoil=lambda text: "" if len(text) < 3 else text)
    pivot = PivotEngine(first, second, split=split_long)
    assert pivot.n_best(["no", "the old town", "bread and salt and tea"], 2) == [
        [],
        ["the old town", "the old town!"],
        [],
    ]
    assert PivotEngine(first, ScriptedEngine("en")).n_best(SENTENCES, 2) == [[], [], []]
