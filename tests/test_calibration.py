"""The checks' measured figures reach their goals, belong to the shipped settings, and can be measured again."""

import json
import random
from pathlib import Path

import pytest

from benchmarks import calibrate
from benchmarks.injections import INJECTIONS
from translate.quality import Pair

KEPT = json.loads(calibrate.RESULT.read_text("utf-8"))
DATA = Path(__file__).parents[2] / "shared" / "data"
# A sample's rate strays from the whole's; three standard deviations and a pair more are let pass.
_STRAY = 3.0
_SAMPLE = 120


def test_every_goal_is_reached() -> None:
    assert calibrate.unmet(KEPT) == []


def test_a_goal_that_was_lowered_is_named_here() -> None:
    lowered = {goal.name for goal in calibrate.GOALS if KEPT["goals"][goal.name]["bound"] != goal.bound}
    assert lowered == set()


def test_the_figures_belong_to_the_shipped_settings() -> None:
    assert KEPT["settings"] == calibrate.settings_hash(), "run `python -m benchmarks.calibrate FOLDER --write`"


@pytest.mark.skipif(not DATA.exists(), reason="the evaluation data is not beside this clone")
def test_a_sample_measured_again_is_as_good() -> None:
    splits = [calibrate.read(DATA / name) for name in calibrate.SPLITS]
    assert {split.name: dict(split.sha256) for split in splits} == KEPT["data"]
    tallies = calibrate.measure(splits, limit=_SAMPLE)
    for goal in calibrate.GOALS:
        kept, now = KEPT["goals"][goal.name]["figure"], calibrate.pooled(tallies[goal.name])
        if now.of:
            spread = _STRAY * (kept * (1 - kept) / now.of) ** 0.5 + 1 / now.of
            assert goal.met(now.rate, kept - spread if goal.injection else kept + spread), goal.name


PAIRS = [
    Pair(
        "“At least 3,250 people left,” said Akram, who did not return to Jordan, in 2019.",
        "قال أكرم، الذي لم يعد إلى الأردن: «غادر ما لا يقل عن 3250 شخصا»، في عام 2019.",
        "en",
        "ar",
    ),
    Pair(
        "قال أكرم، الذي لم يعد إلى الأردن: «غادر ما لا يقل عن 3250 شخصا»، منهم خمسة أطفال، في عام 2019.",
        "“At least 3,250 people left, five of them children,” said Akram, who did not return to Jordan, in 2019.",
        "ar",
        "en",
    ),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.target_language)
@pytest.mark.parametrize("name", INJECTIONS)
def test_an_injection_changes_the_target_and_does_so_again(pair: Pair, name: str) -> None:
    first, second = (INJECTIONS[name](random.Random(5), pair) for _ in range(2))
    assert first == second
    assert first != pair.target
