"""Comparisons: noise is called noise, a copying system does not win, and the command takes models and outputs."""

import csv
import io
import json
import random
import re
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

import pytest
from conftest import SHARED
from sacrebleu.metrics import BLEU, CHRF
from scripted import ScriptedEngine

from translate import quality
from translate.api import Result
from translate.cli import main
from translate.document import Block, Document, ModelUse
from translate.errors import DragomanError, InputError, LanguageError, ModelError, UsageError
from translate.render import compare_data
from translate.roundtrip import contest
from translate.roundtrip.bootstrap import sample
from translate.roundtrip.compare import Entry, WaysBack, compare
from translate.roundtrip.contest import Means, Pair
from translate.roundtrip.material import Material, aligned
from translate.roundtrip.metrics import mean
from translate.roundtrip.ranking import rank
from translate.roundtrip.score import How
from translate.roundtrip.types import Basis, Comparison, Metric, Test
from translate.roundtrip.verdict import verdict
from translate.translator import Pipeline, Progress

WORDS = "the minister said that schools in this old city were closed after heavy rain and nobody came home".split()
HOW = How(quality.settings(), similarity=False, resamples=100)


def sentences(count: int) -> tuple[str, ...]:
    source = random.Random(1)
    return tuple(" ".join(source.sample(WORDS, 8)).capitalize() + "." for _ in range(count))


def worse(texts: Sequence[str], share: float, seed: int) -> tuple[str, ...]:
    """The same sentences, a share of them with a word lost."""
    chance = random.Random(seed)
    return tuple(
        " ".join(words[:-2]) if chance.random() < share and len(words := text.split()) > 2 else text for text in texts
    )


def entry(name: str, backs: Sequence[str], texts: Sequence[str] | None = None) -> Entry:
    """A system whose forward texts are Arabic letters, unless a test says otherwise."""
    return Entry(name, tuple(texts or ["قال الوزير إن المدارس أغلقت."] * len(backs)), backs={"way": tuple(backs)})


def compared(*entries: Entry, references: Sequence[str] | None = None, ways: WaysBack | None = None) -> Comparison:
    count = len(entries[0].texts)
    material = Material(
        ("en", "ar"), sentences(count), ("a.txt",) * count, None if references is None else tuple(references)
    )
    return compare(material, entries, ways or WaysBack(("way",), "As asked."), HOW, seconds=1.0)


def test_identical_systems_are_told_to_be_the_same() -> None:
    backs = worse(sentences(50), 0.5, seed=2)
    result = compared(entry("A", backs), entry("B", backs))
    (duel,) = result.rankings[0].duels
    assert duel.tests[0].p_value == 1 and not duel.tests[0].significant
    assert (duel.wins, duel.ties, duel.losses) == (0, 50, 0)
    assert duel.verdict == "A and B score exactly the same."
    assert result.rankings[0].standings[0].tied_with_next
    assert result.most_different() == ()


def test_a_clearly_better_system_is_ahead() -> None:
    texts = sentences(60)
    result = compared(entry("poor", worse(texts, 0.9, seed=3)), entry("good", worse(texts, 0.1, seed=4)))
    assert [standing.system for standing in result.rankings[0].standings] == ["good", "poor"]
    (duel,) = result.rankings[0].duels
    assert duel.tests[0].significant and duel.tests[0].p_value < 0.05
    assert duel.verdict.startswith("good is ahead of poor by ") and "(p = 0.0" in duel.verdict
    assert duel.wins > duel.losses
    assert not result.rankings[0].standings[0].tied_with_next
    first = result.most_different(3)
    assert len(first) == 3 and first[0].spread == max(sentence.spread for sentence in result.sentences)


def test_a_small_difference_is_called_noise_and_the_need_is_told() -> None:
    texts = sentences(60)
    result = compared(entry("A", worse(texts, 0.5, seed=5)), entry("B", worse(texts, 0.5, seed=6)))
    (duel,) = result.rankings[0].duels
    assert not duel.tests[0].significant
    assert "within noise; " in duel.verdict and "sentences would be needed" in duel.verdict
    assert duel.tests[0].needed is not None and duel.tests[0].needed > 60


def test_a_copying_system_comes_last() -> None:
    texts = sentences(40)
    copying = entry("copy", texts, texts=texts)
    result = compared(copying, entry("honest", worse(texts, 0.9, seed=7)))
    assert [standing.system for standing in result.rankings[0].standings] == ["honest", "copy"]
    assert result.system("copy").copied == 40 and result.system("honest").copied == 0
    assert result.system("copy").kept_words == 1
    assert result.rankings[0].standings[1].scores[0].value == 0
    assert any(note.startswith("copy left 40 of 40") for note in result.notes)


def test_a_reference_brings_a_second_ranking_and_stands_alone_for_outputs() -> None:
    backs = sentences(40)
    reference = [f"قال الوزير {number} إن المدارس أغلقت." for number in range(40)]
    good, poor = entry("good", backs, reference), entry("poor", backs, ["جاء."] * 40)
    both = compared(good, poor, references=reference)
    assert [ranking.basis for ranking in both.rankings] == [Basis.ROUND_TRIP, Basis.REFERENCE]
    assert [standing.system for standing in both.rankings[1].standings] == ["good", "poor"]
    assert both.rankings[1].standings[0].scores[0].value == pytest.approx(100)
    assert not any("same order" in note for note in both.notes)
    turned = compared(
        entry("good", worse(backs, 1, seed=1), reference), entry("poor", backs, ["جاء."] * 40), references=reference
    )
    assert any("trust the reference" in note for note in turned.notes)
    alone = compared(good, poor, references=reference, ways=WaysBack())
    assert [ranking.basis for ranking in alone.rankings] == [Basis.REFERENCE]
    assert alone.matrix == () and alone.sentences[0].outputs[0].back is None


def test_every_pair_meets_once() -> None:
    texts = sentences(40)
    result = compared(
        *(entry(name, worse(texts, share, seed=8)) for name, share in zip("ABCD", (0.9, 0.6, 0.3, 0), strict=True))
    )
    pairs = [frozenset((duel.first, duel.second)) for duel in result.rankings[0].duels]
    assert len(pairs) == len(set(pairs)) == 6
    assert all(duel.tests[0].difference >= 0 for duel in result.rankings[0].duels)
    assert any("6 pairs" in note and "p < 0.008" in note for note in result.notes)


def test_a_metric_that_is_better_when_lower_ranks_the_other_way() -> None:
    ter = Metric("ter", "TER", "ter", higher_is_better=False)
    systems = {name: [sample(mean(ter, [value] * 40), resamples=50)] for name, value in (("a", 50.0), ("b", 20.0))}
    ranking = rank(Basis.REFERENCE, systems)
    assert [standing.system for standing in ranking.standings] == ["b", "a"]
    assert (ranking.duels[0].wins, ranking.duels[0].losses) == (40, 0)


@pytest.mark.parametrize(
    ("difference", "p_value", "significant", "needed", "count", "english", "arabic"),
    [
        (1.23, 0.012, True, 500, 1000, "A is ahead of B by 1.2 chrF2++ (p = 0.012, 1,000 sentences).", "يتقدم A على B"),
        (0.31, 0.4, False, 11473, 997, "within noise; about 12,000 sentences would", "نحو 12,000 جملة"),
        (0.01, 0.97, False, 5968133, 997, "(< 0.1 chrF2++, p = 0.970) is within noise; more than 100,000", "أكثر من"),
        (5.0, 0.002, False, 340, 5, "5 sentences are too few to tell A from B (difference 5.0", "5 جمل"),
        (5.0, 0.002, False, 340, 1, "1 sentence is too few", "جملة واحدة"),
        (0.0, 1.0, False, None, 40, "A and B score exactly the same.", "واحدة تمامًا"),
    ],
)
def test_verdicts(
    difference: float, p_value: float, significant: bool, needed: int | None, count: int, english: str, arabic: str
) -> None:
    metric = Metric("chrf++", "chrF2++", "chrf")
    said = verdict("A", "B", Test(metric, difference, 0, 0, p_value, significant, needed), count)
    assert english in said[0] and arabic in said[1]


@pytest.mark.parametrize(
    ("entries", "ways", "error"),
    [
        ([entry("A", ["a"])], WaysBack(("way",)), UsageError),
        ([entry("A", ["a"]), entry("A", ["a"])], WaysBack(("way",)), UsageError),
        ([entry("A", ["a"]), entry("B", ["a"])], WaysBack(), UsageError),
        ([entry("A", ["a"]), entry("B", ["a", "b"])], WaysBack(("way",)), InputError),
    ],
)
def test_what_cannot_be_compared(entries: list[Entry], ways: WaysBack, error: type[DragomanError]) -> None:
    with pytest.raises(error):
        compared(*entries, ways=ways)


# --- models -----------------------------------------------------------------------------------------------------------


class Scripted:
    """A translator of scripted engines that counts what it is given."""

    def __init__(self, name: str, pair: Pair, seen: list[str], spoil: Callable[[str], str]) -> None:
        engine = ScriptedEngine("ar" if pair[1] == "ar" else "en", spoil=spoil)
        engine.seen = seen
        self.pipeline = Pipeline(engine, *pair)
        self.models = (ModelUse(name, name, "1", "Apache-2.0", "ctranslate"),)

    def translate(self, article: Document, /, *, progress: Progress | None = None) -> Result:
        return Result(self.pipeline.translate(article, progress))


def test_each_model_translates_each_distinct_sentence_once() -> None:
    seen: dict[tuple[str, str], list[str]] = {}

    def load(pair: Pair, model: str | None, profile: str | None) -> Scripted:
        name = model or {"fast": f"opus-mt-{pair[0]}-{pair[1]}"}[profile or ""]
        assert (name, pair[1]) not in seen, "loaded twice"
        return Scripted(name, pair, seen.setdefault((name, pair[1]), []), lambda text: text)

    said: list[str] = []
    means = Means(load, lambda *_: nullcontext(lambda _: None), said.append)
    blocks = [Block("bad cat ran."), Block("all is lost."), Block("bad cat ran.")]
    entries, ways = contest.hold(["m2m100_418M", "fast"], ["nllb-200-distilled-600M"], blocks, ("en", "ar"), means)
    assert [one.name for one in entries] == ["m2m100_418M", "opus-mt-en-ar"]
    assert ways.names == ("nllb-200-distilled-600M",)
    assert all(sorted(texts) == sorted(set(texts)) and len(texts) == 2 for texts in seen.values())
    assert entries[0].backs["nllb-200-distilled-600M"] == tuple(block.text for block in blocks)
    assert said == [ways.why] and "another family" in ways.why


@pytest.mark.parametrize(
    ("systems", "back", "error", "words"),
    [
        (["m2m100_418M"], [], UsageError, "at least two"),
        (["m2m100_418M", "m2m100_418M"], [], UsageError, "given twice"),
        (["m2m100_418M", "wide"], [], UsageError, "the same model"),
        (["m2m100_418M", "m2m100_418"], [], ModelError, "did you mean m2m100_418M"),
        (["m2m100_418M", "fast"], ["m2m100_418"], ModelError, "did you mean m2m100_418M"),
        (["m2m100_418M", "fast"], ["opus-mt-en-ar"], LanguageError, "no way from ar to en"),
    ],
)
def test_models_are_looked_up_before_any_work(
    systems: list[str], back: list[str], error: type[DragomanError], words: str
) -> None:
    def load(*_: object) -> Scripted:
        raise AssertionError("nothing should be loaded")

    with pytest.raises(error, match=words):
        contest.hold(
            systems,
            back,
            [Block("a cat.")],
            ("en", "ar"),
            Means(load, lambda *_: nullcontext(lambda _: None), lambda _: None),
        )


# --- lines that match -------------------------------------------------------------------------------------------------


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def test_blank_lines_are_left_out_where_the_source_is_blank(tmp_path: Path) -> None:
    files = [write(tmp_path, name, text) for name, text in (("s", "a\n\nb\n"), ("r", "ا\n\nب\n"), ("x", "ا\nمن\n\n"))]
    assert aligned(files) == [("a", "b"), ("ا", "ب"), ("ا", "")]


@pytest.mark.parametrize(
    ("source", "reference", "words"),
    [("a\nb\n", "ا\n", "1 lines and .* has 2"), ("\n\n", "\n\n", "empty"), ("a\nb\n", "ا\n\n", "line 2 .* blank")],
)
def test_lines_that_do_not_match_are_refused(tmp_path: Path, source: str, reference: str, words: str) -> None:
    files = [write(tmp_path, "s", source), write(tmp_path, "r", reference), write(tmp_path, "x", source)]
    with pytest.raises(InputError, match=words):
        aligned(files)


# --- data and the command ---------------------------------------------------------------------------------------------


def test_the_json_keeps_its_schema_and_the_tables_their_rows() -> None:
    texts = sentences(40)
    reference = [f"قال الوزير {number}." for number in range(40)]
    result = compared(entry("A", texts), entry("B", worse(texts, 0.5, seed=9)), references=reference)
    data = json.loads(compare_data.as_json(result))
    documented = compare_data.__doc__ or ""
    ranking, system, sentence = data["rankings"][0], data["systems"][0], data["sentences"][0]
    parts = (data, ranking, system, sentence, ranking["pairs"][0], ranking["standings"][0], sentence["outputs"][0])
    for key in (key for part in parts for key in part):
        assert f"`{key}`" in documented
    systems, pairs, lines = (
        list(csv.DictReader(io.StringIO("".join(rows(result)))))
        for rows in (compare_data.systems_csv, compare_data.pairs_csv, compare_data.sentences_csv)
    )
    assert len(systems) == 2 * (4 + 8) and len(pairs) == 4 + 8 and len(lines) == 80
    assert [row["verdict"] != "" for row in pairs] == [True] + [False] * 3 + [True] + [False] * 7


@pytest.fixture
def lines(tmp_path: Path) -> str:
    return write(tmp_path, "lines.txt", "Akram lives in Aleppo.\nI like cats.\n\nHe did not come home.\nI like cats.\n")


@pytest.fixture
def other_model(tiny_en_ar_model: Path, tmp_path: Path) -> str:
    """A second model to compare with: the same files under another name."""
    folder = tmp_path / "other-en-ar"
    folder.mkdir()
    for file in tiny_en_ar_model.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return str(folder)


def test_the_command_compares_models(
    lines: str,
    other_model: str,
    tiny_en_ar_model: Path,
    tiny_ar_en_model: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    reference = write(tmp_path, "ref.txt", "يعيش أكرم في حلب.\nأحب القطط.\n\nلم يعد إلى البيت.\nأحب القطط.\n")
    models = ["--models", str(tiny_en_ar_model), other_model, "--back-model", str(tiny_ar_en_model)]
    rest = ["--via", "ar", "--lines", lines, "--reference", reference, "--offline", "--no-similarity"]
    out = tmp_path / "out"
    assert main(["compare", *models, *rest, "--format", "json", "--format", "csv", "-o", str(out)]) == 0
    data = json.loads((out / "compare.json").read_text("utf-8"))
    assert [system["name"] for system in data["systems"]] == ["tiny-en-ar", "other-en-ar"]
    assert [ranking["basis"] for ranking in data["rankings"]] == ["round-trip", "reference"]
    assert data["rankings"][0]["back_system"] == "tiny-ar-en"
    assert [(cell["forward"], cell["back"], cell["headline"]) for cell in data["matrix"]] == [
        ("tiny-en-ar", "tiny-ar-en", True),
        ("other-en-ar", "tiny-ar-en", True),
    ]
    assert len(data["sentences"]) == 4
    assert "score exactly the same" in capsys.readouterr().err
    assert {path.name for path in out.iterdir()} == {
        "compare.json",
        "compare.systems.csv",
        "compare.pairs.csv",
        "compare.sentences.csv",
    }


def test_the_command_compares_articles(
    other_model: str, tiny_en_ar_model: Path, tiny_ar_en_model: Path, tmp_path: Path
) -> None:
    page = write(tmp_path, "a.html", "<p>I like <b>cats</b>. Akram lives in Aleppo.</p><p>He did not come home.</p>")
    models = ["--models", str(tiny_en_ar_model), other_model, "--back-model", str(tiny_ar_en_model)]
    rest = ["--offline", "--no-similarity", "--quiet", "--format", "json", "-o", str(tmp_path / "out"), page]
    assert main(["compare", *models, *rest[:3], *rest[3:]]) == 0
    data = json.loads((tmp_path / "out" / "compare.json").read_text("utf-8"))
    assert [sentence["source"] for sentence in data["sentences"]] == [
        "I like cats.",
        "Akram lives in Aleppo.",
        "He did not come home.",
    ]
    assert {sentence["file"] for sentence in data["sentences"]} == {"a.html"}


def test_the_command_compares_ready_outputs_against_a_human_translation(
    lines: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = write(tmp_path, "ref.txt", "يعيش أكرم في حلب.\nأحب القطط.\n\nلم يعد إلى البيت.\nأحب القطط.\n")
    poor = write(tmp_path, "poor.txt", "Akram lives in Aleppo.\nأحب.\n\nعاد.\n\n")
    command = ["compare", "--outputs", f"good={reference}", f"poor={poor}", "--source", lines, "--reference", reference]
    assert main([*command, "--format", "json", "-o", str(tmp_path / "out")]) == 0
    data = json.loads((tmp_path / "out" / "compare.json").read_text("utf-8"))
    (ranking,) = data["rankings"]
    assert (data["source_language"], data["target_language"]) == ("en", "ar")
    assert [one["system"] for one in ranking["standings"]] == ["good", "poor"]
    assert "too few" in ranking["pairs"][0]["verdict"]
    good, bad = data["systems"]
    assert good["copied"] == 0 and bad["copied"] == 1 and bad["sentences_with_errors"] > 0
    assert "against the reference: 1. good" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--models", "m2m100_418M", "m2m100_418M", "--lines", "{lines}"], 2, "given twice"),
        (["--models", "m2m100_418M", "no-such-model", "--lines", "{lines}"], 4, "no-such-model"),
        (["--models", "m2m100_418M", "fast"], 2, "name the files"),
        (["--models", "m2m100_418M", "fast", "--lines", "{lines}", "{lines}"], 2, "given twice"),
        (["--models", "m2m100_418M", "fast", "{lines}"], 2, "is a file, not a model"),
        (["--models", "m2m100_418M", "fast", "--source", "{lines}"], 2, "--source goes with --outputs"),
        (["--models", "m2m100_418M", "fast", "--lines", "{empty}"], 3, "no sentence|language cannot be told|empty"),
        (["--models", "m2m100_418M", "fast", "--reference", "{lines}", "--lines", "{one}"], 3, "5 lines for 1"),
        (["--outputs", "a={lines}", "b={one}", "--source", "{lines}", "--reference", "{lines}"], 3, "has 1 lines"),
        (["--outputs", "a={lines}", "b={lines}", "--source", "{lines}", "--reference", "{lines}"], 2, "given twice"),
        (["--outputs", "a={lines}", "a={one}", "--source", "{lines}", "--reference", "{lines}"], 2, "given twice"),
        (["--outputs", "a={lines}", "b={one}", "--source", "{lines}"], 2, "--reference FILE"),
        (["--outputs", "lines.txt", "--source", "{lines}", "--reference", "{lines}"], 2, "NAME=FILE"),
        (["--outputs", "a={lines}", "--source", "{lines}", "--reference", "{lines}"], 3, "both en"),
        (["--outputs", "a={lines}", "--source", "{lines}", "--reference", "{arabic}"], 2, "at least two"),
        (["--outputs", "a={gone}", "b={lines}", "--source", "{lines}", "--reference", "{arabic}"], 3, "does not exist"),
    ],
)
def test_mistakes_get_one_sentence(
    arguments: list[str], code: int, words: str, lines: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {
        "lines": lines,
        "one": write(tmp_path, "one.txt", "One line only here.\n"),
        "empty": write(tmp_path, "empty.txt", "\n \n"),
        "arabic": write(tmp_path, "ar.txt", "أ\nب\n\nج\nد\n"),
        "gone": str(tmp_path / "gone.txt"),
    }
    given = [one.format(**places) for one in arguments]
    assert main(["compare", *given, "--offline", "--quiet", "-o", str(tmp_path / "out")]) == code
    said = capsys.readouterr().err
    assert re.search(words, said) and said.count("\n") == 1 and "Traceback" not in said
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not (SHARED / "data" / "flores-dev").is_dir(), reason="the systems' outputs are not at hand")
def test_real_systems_score_as_sacrebleu_scores_them(tmp_path: Path) -> None:
    folder = SHARED / "data" / "flores-dev"

    def first(name: str) -> list[str]:
        return (folder / name).read_text("utf-8").splitlines()[:60]

    files = {name: first(f"systems/en-ar.{name}.txt") for name in ("nllb", "argos")}
    outputs = [f"{name}={write(tmp_path, name, chr(10).join(its))}" for name, its in files.items()]
    source, reference = (
        write(tmp_path, "en", "\n".join(first("en.txt"))),
        write(tmp_path, "ar", "\n".join(first("ar.txt"))),
    )
    command = ["compare", "--outputs", *outputs, "--source", source, "--reference", reference, "--quiet"]
    assert main([*command, "--format", "json", "-o", str(tmp_path / "out")]) == 0
    data = json.loads((tmp_path / "out" / "compare.json").read_text("utf-8"))
    for standing in data["rankings"][0]["standings"]:
        scores = {one["metric"]: one["value"] for one in standing["scores"]}
        texts = files[standing["system"]]
        assert scores["chrf++"] == round(CHRF(word_order=2).corpus_score(texts, [first("ar.txt")]).score, 4)
        assert scores["bleu"] == round(BLEU(tokenize="intl").corpus_score(texts, [first("ar.txt")]).score, 4)
    assert next(one for one in data["systems"] if one["name"] == "argos")["copied"] > 0
