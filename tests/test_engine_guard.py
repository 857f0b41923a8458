"""Faulty hypotheses are noticed, tried again, and told; sound ones are left alone."""

from collections.abc import Callable, Iterator, Sequence

import pytest
import random_models
from conftest import DATA

from translate import cache
from translate.align.words import words
from translate.document import Alignment, Issue, ModelUse, Severity, Translation
from translate.engines.assemble import UNFINISHED
from translate.engines.base import Decoding
from translate.engines.ctranslate import CTranslateEngine
from translate.engines.guard import COPY, EMPTY, LOOP, WRONG_LANGUAGE, Guarded
from translate.languages import script_ratio

GOOD = "قال الوزير إن المحادثات ستستمر."
SOURCE = "The minister said the talks would go on."
LOOPING = "قال الوزير إن قال الوزير إن قال الوزير إن قال الوزير إن قال"


class Answering:
    """An engine that answers as a test says: from the sentence and the settings, words aligned one by one."""

    max_source = 12
    uses = (ModelUse("answering", "tests/answering", "0", "Apache-2.0", "answering"),)

    def __init__(self, answer: Callable[[str, Decoding], str | Translation]) -> None:
        self.answer = answer
        self.calls: list[tuple[tuple[str, ...], Decoding]] = []

    def count(self, sentence: str) -> int:
        return len(words(sentence))

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        assert decoding is not None
        self.calls.append((tuple(sentences), decoding))
        return [self._one(sentence, self.answer(sentence, decoding)) for sentence in sentences]

    def _one(self, sentence: str, answer: str | Translation) -> Translation:
        if isinstance(answer, Translation):
            return answer
        a, b = words(sentence), words(answer)
        links = tuple((i, i) for i in range(min(len(a), len(b))))
        return Translation(answer, tuple(sentence.split()), tuple(answer.split()), alignment=Alignment(a, b, links))


def codes(translation: Translation) -> list[tuple[str, Severity]]:
    return [(issue.code, issue.severity) for issue in translation.issues]


def penalised(decoding: Decoding) -> bool:
    return decoding.no_repeat_ngram > 0


def test_a_sound_translation_is_left_alone() -> None:
    engine = Answering(lambda *_: GOOD)
    guarded = Guarded(engine, "en", "ar")
    (done,) = guarded.translate([SOURCE])
    assert (done.text, done.issues) == (GOOD, ())
    assert engine.calls == [((SOURCE,), Decoding())]
    assert (guarded.uses, guarded.max_source, guarded.count("a b")) == (engine.uses, 12, 2)


@pytest.mark.parametrize(
    ("source", "output", "code"),
    [
        (SOURCE, GOOD, None),
        (SOURCE, "", EMPTY),
        (SOURCE, " … .", EMPTY),
        (SOURCE, SOURCE, COPY),
        (SOURCE, "the minister said the talks would go on", COPY),
        (SOURCE, "The minister said that talks were to go on", WRONG_LANGUAGE),
        (SOURCE, LOOPING, LOOP),
        (SOURCE, "قال الوزير لالالالالالالالالا", LOOP),
        (SOURCE, "قال الوزير هههههههههههه", LOOP),
        ("Ha ha ha ha ha ha ha", "ها ها ها ها ها ها ها", None),
        ("Reuters", "Reuters", None),
        ("Jean-Luc Picard", "Jean-Luc Picard", None),
        ("BBC News", "BBC News", None),
        ("See https://example.org/a", "See https://example.org/a", None),
        ("1,300", "1,300", None),
        ("1,300", "", None),
        ("10 000 000 000 000", "10 000 000 000 000", None),
        ("Syria counts its dead", "Syria counts its dead", COPY),
        ("The Syrian President Bashar Said", "The Syrian President Bashar Said", COPY),
    ],
)
def test_what_is_a_fault(source: str, output: str, code: str | None) -> None:
    (done,) = Guarded(Answering(lambda *_: output), "en", "ar").translate([source])
    assert codes(done) == ([] if code is None else [(code, Severity.ERROR)])


@pytest.mark.parametrize(
    ("source", "output", "code"),
    [(GOOD, SOURCE, None), (GOOD, GOOD, COPY), (GOOD, "The minister قال", WRONG_LANGUAGE), ("BBC", "BBC", None)],
)
def test_faults_the_other_way(source: str, output: str, code: str | None) -> None:
    (done,) = Guarded(Answering(lambda *_: output), "ar", "en").translate([source])
    assert codes(done) == ([] if code is None else [(code, Severity.ERROR)])


def test_a_loop_cured_by_a_penalty_has_a_note() -> None:
    engine = Answering(lambda _, decoding: GOOD if penalised(decoding) else LOOPING)
    (done,) = Guarded(engine, "en", "ar").translate([SOURCE])
    assert done.text == GOOD
    assert codes(done) == [(LOOP, Severity.NOTE)]
    assert engine.calls[1:] == [((SOURCE,), Decoding(no_repeat_ngram=3, repetition_penalty=1.2))]


def test_the_ladder() -> None:
    engine = Answering(lambda *_: LOOPING)
    own = Decoding(beam=5, repetition_penalty=1.3)
    Guarded(engine, "en", "ar", decoding=own).translate([SOURCE])
    bare = SOURCE[:-1]
    assert [(call[0][0], call[1].beam, penalised(call[1]), call[1].repetition_penalty) for call in engine.calls] == [
        (SOURCE, 5, False, 1.3),
        (SOURCE, 5, True, 1.3),
        (SOURCE, 1, True, 1.3),
        (bare, 5, False, 1.3),
        (bare, 5, True, 1.3),
    ]


def test_greedy_search_is_not_repeated() -> None:
    engine = Answering(lambda *_: LOOPING)
    Guarded(engine, "en", "ar", decoding=Decoding(beam=1)).translate([SOURCE])
    assert len(engine.calls) == 4


def test_settings_for_one_call_are_what_retries_start_from() -> None:
    engine = Answering(lambda *_: LOOPING)
    Guarded(engine, "en", "ar").translate([SOURCE], Decoding(beam=7))
    assert [call[1].beam for call in engine.calls] == [7, 7, 1, 7, 7]


def test_only_faulty_sentences_are_tried_again_and_together() -> None:
    engine = Answering(lambda sentence, decoding: GOOD if penalised(decoding) or "talks" in sentence else "")
    done = Guarded(engine, "en", "ar").translate(["Why now?", SOURCE, "Nobody knows."])
    assert engine.calls[1][0] == ("Why now?", "Nobody knows.")
    assert len(engine.calls) == 2
    assert [codes(each) for each in done] == [[(EMPTY, Severity.NOTE)], [], [(EMPTY, Severity.NOTE)]]


def test_the_best_attempt_is_kept() -> None:
    """An empty answer is worse than the wrong language, and that is worse than a loop."""
    engine = Answering(lambda _, decoding: "" if decoding.beam > 1 else LOOPING)
    (done,) = Guarded(engine, "en", "ar").translate([SOURCE])
    assert done.text == LOOPING
    assert codes(done) == [(LOOP, Severity.ERROR), (EMPTY, Severity.NOTE)]


def test_a_headline_without_a_stop_gets_one_and_gives_it_back() -> None:
    engine = Answering(lambda sentence, _: "سوريا تحصي قتلاها." if sentence.endswith(".") else "")
    (done,) = Guarded(engine, "en", "ar").translate(["Syria counts dead"])
    assert done.text == "سوريا تحصي قتلاها"
    assert done.alignment is not None
    assert done.alignment.source_words == words("Syria counts dead")
    assert done.alignment.target_words == words(done.text)
    assert str(done.alignment) == "0-0 1-1 2-2"


@pytest.mark.parametrize(("mark", "expected"), [("?", "؟"), (".", "."), ("...", "."), ("!", "!")])
def test_a_sentence_without_its_mark_gets_it_back(mark: str, expected: str) -> None:
    engine = Answering(lambda sentence, _: "" if sentence.endswith(mark) else "سوريا تحصي قتلاها")
    (done,) = Guarded(engine, "en", "ar").translate([f"Syria counts dead{mark}"])
    assert done.text == f"سوريا تحصي قتلاها{expected}"
    assert done.alignment is not None
    assert done.alignment.target_words == words(done.text)
    assert done.alignment.source_words == words(f"Syria counts dead{mark}")


def test_a_stop_too_many_is_not_tried() -> None:
    engine = Answering(lambda *_: "")
    Guarded(engine, "en", "ar").translate(["a b c d e f g h i j k l"])
    assert len(engine.calls) == 3


@pytest.mark.parametrize("told", [True, False])
def test_a_hypothesis_without_an_end_is_a_loop(told: bool) -> None:
    issue = Issue(UNFINISHED, Severity.ERROR, "It breaks off.", "مبتورة")
    endless = Translation(GOOD, ("a", "b"), ("x",) * (3 if told else 22), issues=(issue,) if told else ())
    engine = Answering(lambda _, decoding: GOOD if penalised(decoding) else endless)
    (done,) = Guarded(engine, "en", "ar").translate([SOURCE])
    assert codes(done) == [(LOOP, Severity.NOTE)]


@pytest.mark.parametrize("output", ["", SOURCE, "The minister said that talks were on", LOOPING])
@pytest.mark.parametrize("cured", [True, False])
def test_issues_speak_both_languages(output: str, cured: bool) -> None:
    engine = Answering(lambda _, decoding: GOOD if cured and penalised(decoding) else output)
    (issue,) = Guarded(engine, "en", "ar").translate([SOURCE])[0].issues
    assert issue.message.startswith("The model ")
    assert script_ratio(issue.message_ar, "Arab") == 1.0
    assert "other settings" in issue.message


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        config = random_models.config(DATA / "tiny-en-ar", "tiny-en-ar")
        yield Guarded(CTranslateEngine(config, device="cpu"), "en", "ar")


def test_a_real_model_that_loops(tiny: Guarded) -> None:
    source = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    (done,) = tiny.translate([source])
    assert LOOP in [issue.code for issue in done.issues]


def test_a_real_model_that_does_not(tiny: Guarded) -> None:
    assert tiny.translate(["Akram lives in Aleppo."])[0].issues == ()


class Several(Answering):
    """An engine that has the same hypotheses for every sentence."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(lambda *_: GOOD)
        self.texts = texts

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        assert decoding is not None
        return [self.texts[:count] for _ in sentences]


def test_the_n_best_are_those_without_a_fault() -> None:
    other = "قال الوزير إن المباحثات ستمضي قدما."
    guarded = Guarded(
        Several([LOOPING, GOOD, "", SOURCE, "The minister said that talks were to go on", other]), "en", "ar"
    )
    assert guarded.n_best([SOURCE, SOURCE], 6) == [[GOOD, other]] * 2
    assert guarded.n_best([SOURCE], 2) == [[GOOD]]
    assert guarded.n_best(["12:30"], 2) == [[LOOPING, GOOD]]  # nothing here can judge how a number is written out


def test_an_engine_that_shows_one_hypothesis_has_no_n_best() -> None:
    assert Guarded(Answering(lambda *_: GOOD), "en", "ar").n_best([SOURCE, SOURCE], 3) == [[], []]
