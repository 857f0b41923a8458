"""The benchmarks' own machinery: floors, the report, the flame graph, the model that enciphers. Nothing is timed."""

import json
import re
import subprocess
import sys

import pytest

from benchmarks import __main__ as runner
from benchmarks import corpus, flame, floors, ground, latency, model, overhead, page, throughput
from benchmarks.ground import Turn

RESULTS = {
    "throughput": {
        "size": "small",
        "beam": 4,
        "cores": 2,
        "sentences": 2,
        "pieces": 50,
        "bare_setting": "2 workers of 1 threads",
        "sweep": [{"setting": "2 workers", "pieces_per_second": 500.0}],
        "systems": [
            {
                "system": name,
                "sentences": 2,
                "pieces_per_second": 500.0,
                "dragoman_is_faster": {"median": ratio, "low": ratio - 0.1, "high": ratio + 0.1},
                "cpu_to_dragoman": {"median": 1.0, "low": 1.0, "high": 1.0},
                "as_enciphered": 1.0,
            }
            for name, ratio in (("bare CTranslate2", 0.97), ("transformers, one at a time", 9.0))
        ],
    },
    "gate": {"text": "| split | caught |\n|---|---:|\n| test | 97.4% |\n\n<script>alert(1)</script>\n"},
    "summaries": {"failed": "it ended with 1", "text": ""},
}


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("throughput.beam", 4.0),
        ("throughput.systems[system=bare CTranslate2].dragoman_is_faster.median", 0.97),
        ("throughput.systems[system=transformers, one at a time].dragoman_is_faster.low", 8.9),
        ("throughput.systems[system=nobody].dragoman_is_faster.median", None),
        ("latency.start.times_python[dragoman --help]", None),
        ("gate.text", None),
    ],
)
def test_a_figure_is_found_by_its_way(way, value):
    assert floors.find(RESULTS, way) == pytest.approx(value)


@pytest.mark.parametrize(
    ("bounds", "value", "failed", "reached"),
    [
        ({"floor": 0.9, "goal": 0.95}, 0.96, False, True),
        ({"floor": 0.9, "goal": 0.95}, 0.9, False, False),
        ({"floor": 0.9, "goal": 0.95}, 0.89, True, False),
        ({"ceiling": 1.1, "goal": 1.05}, 1.0, False, True),
        ({"ceiling": 1.1, "goal": 1.05}, 1.2, True, False),
        ({"floor": 0.9, "goal": 0.95}, None, False, None),
    ],
)
def test_a_bound_fails_what_passes_it(bounds, value, failed, reached):
    verdict = floors.Verdict(floors.Floor("speed", "x", why="", **bounds), value)
    assert verdict.failed is failed
    assert value is None or verdict.floor.reaches(value) is reached


def test_a_bound_is_of_one_side():
    with pytest.raises(ValueError, match="and not both"):
        floors.Floor("speed", "x", 1.0, "", floor=1.0, ceiling=2.0)


def test_every_floor_says_why_and_no_goal_is_beyond_its_bound():
    known = floors.read()
    assert len({floor.name for floor in known}) == len(known)
    for floor in known:
        assert floor.why
        assert floor.holds(floor.goal), floor.name


@pytest.mark.parametrize(("ratio", "quick", "code"), [(0.97, False, 0), (0.5, False, 1), (0.5, True, 0)])
def test_the_run_fails_with_one_sentence(ratio, quick, code, capsys):
    systems = [{"system": "bare CTranslate2", "dragoman_is_faster": {"median": ratio}}]
    assert runner.verdict({"quick": quick, "results": {"throughput": {"systems": systems}}}) == code
    said = capsys.readouterr().err.splitlines()
    assert len(said) == code
    assert all("bare CTranslate2" in line and "0.5 is below its floor of" in line for line in said)


def test_a_benchmark_that_fails_fails_the_run(capsys):
    assert runner.verdict({"quick": False, "results": {"gate": {"failed": "it ended with 3"}}}) == 1
    assert capsys.readouterr().err == "benchmarks: gate: it ended with 3.\n"


def test_what_is_not_installed_is_skipped(monkeypatch):
    monkeypatch.setattr(runner, "_NEEDS", {"summaries": "no_such_library"})
    found = runner.run("summaries", ["benchmarks.summaries"])
    assert found == {"skipped": "it needs no_such_library: pip install 'dragoman[bench]'"}
    assert runner.verdict({"quick": False, "results": {"summaries": found}}) == 0


def test_the_page_is_whole_and_takes_no_markup_from_the_results(tmp_path):
    found = {
        "date": "2026-01-02",
        "quick": False,
        "minutes": 1.0,
        "machine": {**runner.machine(), "processor": "<b>one</b>"},
        "versions": runner.versions(),
        "results": RESULTS,
    }
    assert json.loads(json.dumps(found)) == found
    html = page.page(found)
    assert html.count("<svg") == 2
    assert "<td>97.4%</td>" in re.sub(' style="[^"]*"', "", html)
    assert "reached" in html
    assert "it ended with 1" in html
    assert "<b>one" not in html
    assert "<script>alert" not in html
    assert not re.search(r'(src|href)="(?!#)', html)


def test_the_flame_graph_is_of_what_lies_below_the_work():
    folded = "\n".join(
        [
            "<module> (x.py:1);watched (benchmarks/profiled.py:3);translate (/home/one/translate/api.py:9) 3",
            "<module> (x.py:1);watched (benchmarks/profiled.py:3);translate (/home/one/translate/api.py:12) 2",
            "watched (benchmarks/profiled.py:3);find (/opt/py/site-packages/lib/a.py:1);<listcomp> (<string>:1) 5",
            "<module> (x.py:1);load (y.py:1) 7",
            "_bootstrap (threading.py:9);run (threading.py:2);search (translate/engines/ctranslate.py:4) 4",
            "_bootstrap (threading.py:9);wait (threading.py:2) 9",
        ]
    )
    found = flame.stacks(folded, "watched")
    assert found == {
        ("translate (translate/api.py)",): 5,
        ("find (lib/a.py)", "<listcomp> (<string>)"): 5,
        ("search (translate/engines/ctranslate.py)",): 4,
    }
    drawn = flame.svg(found, "a < b")
    assert "a &lt; b" in drawn
    assert "&lt;listcomp&gt;" in drawn
    assert "35.7%" in drawn
    assert "/home" not in drawn


@pytest.mark.parametrize(
    ("stack", "name"),
    [
        (("translate (translate/api.py)", "find (translate/quality/names.py)", "words (translate/align/words.py)"), 1),
        (("translate (translate/api.py)", "find (translate/quality/names.py)", "sub (re.py)"), 0),
        (("translate (translate/api.py)",), 2),
    ],
)
def test_time_is_counted_for_the_innermost_part(stack, name):
    assert overhead.part(stack) == ("checks", "alignment", "the rest")[name]


def test_sentences_are_as_long_as_in_the_news_and_always_the_same():
    lines = corpus.sentences(300)
    words = sorted(len(line.split()) for line in lines)
    assert lines == corpus.sentences(300)
    assert len(set(lines)) == 300
    assert 18 <= words[150] <= 22
    assert words[15] <= 12
    assert words[285] >= 33
    assert corpus.article(7).count("\n\n") == 2


def test_ratios_are_of_one_round():
    turns = iter([Turn(1, 1, 100), Turn(2, 1, 100), Turn(1, 1, 50), Turn(1, 2, 100)])
    rows = throughput.taken_turns({"Dragoman, library": lambda: next(turns), "other": lambda: next(turns)}, 2, [])
    assert rows[1]["dragoman_is_faster"] == {"median": 1.25, "low": 0.5, "high": 2.0}
    assert rows[1]["cpu_to_dragoman"] == {"median": 1.0, "low": 1.0, "high": 1.0}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The smallest enciphering model, in a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ground.WORK_VARIABLE, str(tmp_path_factory.mktemp("benchmarks")))
        patch.setenv("DRAGOMAN_CACHE", "")  # ground sets it, and it must be put back
        yield ground.model_folder("small")


def test_the_model_enciphers_with_alignment_and_without_a_fault_of_the_engine(small):
    lines = corpus.sentences(24)
    done = ground.translator(small).translate("\n\n".join(lines))
    right = [one for one in done.sentences if one.translation.text == model.encipher(one.source.text)]
    assert len(right) >= 20
    assert not [issue for issue in done.issues if issue.code.startswith("engine.")]
    links = [link for one in right for link in one.translation.alignment.links]
    assert sum(i == j for i, j in links) > 0.95 * len(links)


def test_systems_do_the_same_work(small):
    lines = corpus.sentences(4)
    read = throughput.pieces(small, lines)
    bare = throughput.Bare(small).run(read, throughput.Setting(1, 1, "examples", 2))
    ours = throughput.library(ground.translator(small), lines)
    plain = throughput.Plain(small).run(lines, 2)
    assert bare.texts == ours.texts == plain.texts
    assert bare.pieces == ours.pieces == plain.pieces == sum(map(len, read)) - len(read)


def test_help_loads_no_heavy_library():
    assert latency.start(1)["heavy_libraries_loaded"] == "[]"


def test_the_rivals_side_imports_nothing_of_ours():
    ours = ("translate", "benchmarks", "torch")
    code = f"import sys, rival_worker; print([name for name in sys.modules if name.startswith({ours})])"
    line = [sys.executable, "-c", code]
    done = subprocess.run(line, cwd=ground.ROOT / "benchmarks", capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
