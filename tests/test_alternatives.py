"""Other translations: distinct, sound, with what is protected, sentence by sentence; none where there are none."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import ScriptedEngine

import translate
from translate import Translator, alternatives, extract, protect
from translate.align.faults import same_words
from translate.checking import reviewer
from translate.document import Kind
from translate.engines.base import Decoding
from translate.engines.guard import Guarded
from translate.errors import UsageError
from translate.translator import Pipeline

SENTENCES = [
    "Akram lives in Aleppo.",
    "Where is the station?",
    "THE STATION IS CLOSED TODAY",
    "She has 3 apples.",
    "Write to me@example.org today.",
    "Tom read https://example.org/a yesterday.",
    "12:30",
]


class Several(ScriptedEngine):
    """A scripted engine whose hypotheses are its translation in as many wordings as `wordings` makes of it."""

    def __init__(self, wordings: Sequence[str], to: str = "ar") -> None:
        super().__init__(to)
        self.wordings = wordings
        self.asked: list[tuple[int, tuple[str, ...]]] = []

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        self.asked.append((count, tuple(sentences)))
        texts = [self._one(sentence).text for sentence in sentences]
        return [[wording.replace("{}", text) for wording in self.wordings][:count] for text in texts]


def found(engine: ScriptedEngine | Guarded, text: str, count: int, **settings: object) -> tuple[str, ...]:
    pipeline = Pipeline(engine, "en", "ar", **settings)  # type: ignore[arg-type]
    return alternatives.find(pipeline, pipeline.translate(extract.document(text, Kind.TEXT)), count)


@pytest.fixture(scope="module")
def en_ar(tiny_en_ar_model: Path) -> Translator:
    return translate.load("en", "ar", model=tiny_en_ar_model, offline=True)


def test_the_real_thing(en_ar: Translator) -> None:
    assert en_ar.translate("Akram lives in Aleppo.").text == "يعيش أكرم في حلب."
    others = en_ar.alternatives("Akram lives in Aleppo.", 2)
    assert others == ("تعيش أكرم في حلب.", "عاش أكرم في حلب.")
    assert en_ar.alternatives(en_ar.translate("Akram lives in Aleppo."), 2) == others


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), st.sampled_from([" ", "\n\n"]), st.integers(0, 4))
def test_alternatives_are_distinct_and_keep_what_is_protected(
    en_ar: Translator, chosen: list[str], between: str, count: int
) -> None:
    text = between.join(chosen)
    best = en_ar.translate(extract.document(text, Kind.TEXT)).text
    others = en_ar.alternatives(text, count)
    assert len(others) <= count
    assert len({best, *others}) == 1 + len(others)
    assert not any(same_words(best, other) for other in others)
    protected = [span.of(text) for span in protect.find(text)]
    for other in others:
        assert all(other.count(address) == text.count(address) for address in protected)
        assert re.findall(r"\s*\n\s*", other) == re.findall(r"\s*\n\s*", best)


@pytest.mark.parametrize(
    ("wordings", "count", "expected"),
    [
        (["{}", "x {}", "y {}", "z {}"], 2, ["x {}", "y {}"]),
        (["x {}", "{}", "y {}"], 2, ["x {}", "y {}"]),  # a wider beam may rank another one first
        (["{}", "{}!", "  {}", "x {}", "X {}"], 4, ["x {}"]),  # other marks and cases are no other translation
        (["{}"], 3, []),
        ([], 3, []),
        (["{}", "x {}"], 0, []),
    ],
)
def test_which_hypotheses_count(wordings: list[str], count: int, expected: list[str]) -> None:
    assert found(Several(wordings), "no", count) == tuple(text.format("صض") for text in expected)


def test_the_engine_is_asked_for_some_more_and_for_each_sentence_once() -> None:
    engine = Several(["{}", "x {}"])
    assert found(engine, "no\n\nno\n\n12\n\nyes", 3) == ("x صض\n\nx صض\n\n12\n\nx نجغ",)
    assert engine.asked == [(6, ("no", "yes"))]


def test_a_sentence_with_fewer_keeps_its_best() -> None:
    class Uneven(Several):
        def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
            return [texts[: len(s)] for s, texts in zip(sentences, super().n_best(sentences, count), strict=True)]

    engine = Uneven(["{}", "x {}", "y {}", "z {}"])
    assert found(engine, "a\n\nno\n\nyes", 3) == ("ا\n\nx صض\n\nx نجغ", "ا\n\nصض\n\ny نجغ")


@pytest.mark.parametrize(
    ("wordings", "expected"),
    [
        (["x {}", "y {}"], ("x {}", "y {}")),
        (["x", "{} {}", "y {}"], ("y {}",)),  # lost, said twice
        (["x", "y"], ()),
    ],
)
def test_what_is_protected_is_there_once_or_the_hypothesis_is_not(
    wordings: list[str], expected: tuple[str, ...]
) -> None:
    class Keeping(Several):
        def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
            return [[wording.replace("{}", one) for wording in self.wordings] for one in sentences]

    address = "https://example.org/a/rather/long/address?that=is&hidden=yes"
    others = found(Keeping(wordings), f"see {address}", 3)
    assert others == tuple(text.format(f"see {address}") for text in expected)


def test_faults_of_the_guard_and_of_the_reviewer_are_no_alternatives() -> None:
    sentence = "she has 45 apples"
    best = ScriptedEngine().translate([sentence])[0].text
    wordings = [
        "{}",
        "x {}",
        sentence,
        "she had 45 of them all",
        "…",
        "{} {} {} {} {}",
        best.replace("45", "54"),
        "y {}",
    ]
    numbered = best.replace("45", "54")
    engine = Guarded(Several(wordings), "en", "ar")
    assert found(engine, sentence, 10) == (f"x {best}", numbered, f"y {best}")
    checks = reviewer(("en", "ar"))
    assert numbered not in found(engine, sentence, 10, reviewer=checks)


def test_capitals_come_back_where_the_script_has_them() -> None:
    (other,) = found(Several(["{}", "x {}"]), "THE STATION IS CLOSED TODAY", 2)
    assert other.startswith("X ")


def test_a_sentence_that_is_too_long_has_none() -> None:
    engine = Several(["{}", "x {}"])
    assert found(engine, "no " * (engine.max_source + 1), 2) == ()


@pytest.mark.parametrize("text", ["", "12 – 30", "\n"])
def test_where_there_is_nothing_to_translate_there_is_nothing_else(en_ar: Translator, text: str) -> None:
    assert en_ar.alternatives(text, 3) == ()


def test_an_engine_without_them_has_none() -> None:
    assert found(ScriptedEngine(), "no", 3) == ()
    assert found(Guarded(ScriptedEngine(), "en", "ar"), "no", 3) == ()


def test_markup_has_none(en_ar: Translator) -> None:
    assert en_ar.alternatives(en_ar.translate("<p>Akram lives in Aleppo.</p>"), 2) == ()


@pytest.mark.parametrize("count", [-1, alternatives.MOST + 1])
def test_too_many_are_refused(en_ar: Translator, count: int) -> None:
    with pytest.raises(UsageError, match="0 to 10 alternatives"):
        en_ar.alternatives("No.", count)
