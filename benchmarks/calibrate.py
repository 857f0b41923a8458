"""Measures every quality check on human translations (false alarms) and on broken ones (recall).

    python -m benchmarks.calibrate FOLDER              print the tables
    python -m benchmarks.calibrate FOLDER --write      and keep them in benchmarks/calibration.json

FOLDER holds a folder a split, each with en.txt and ar.txt, line by line. What the figures must reach stands in
calibration.json, too: `--write` refuses figures that do not, unless `--lower NAME` says which goal may sink to its
figure.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.injections import INJECTIONS
from translate import quality
from translate.document import Issue, Severity
from translate.quality import Pair, dates

RESULT = Path(__file__).parent / "calibration.json"
ATTRIBUTIONS = Path(__file__).parent / "attributions.tsv"
SETTINGS = Path(__file__).parent.parent / "translate" / "data" / "quality.toml"
SPLITS = ("flores-dev", "ntrex-dev", "tico19-tm")
DIRECTIONS = (("en", "ar"), ("ar", "en"))
_SEED = 2026


def _holds_number(pair: Pair) -> bool:
    return any(char.isdecimal() for char in pair.source + pair.target)


def _holds_name(pair: Pair) -> bool:
    """Whether the English side has a capitalised word within a sentence."""
    return bool(re.search(r"(?<=[a-z,] )[A-Z][a-z]+", pair.text_in("en") or ""))


def _holds_negation(pair: Pair) -> bool:
    return bool(re.search(r"\b(?:not|no|never|none|nobody|without|cannot)\b|n['’]t\b", pair.text_in("en") or "", re.I))


def _holds_quote(pair: Pair) -> bool:
    return any(char in '"“”„«»' for char in pair.source + pair.target)


def _holds_date(pair: Pair) -> bool:
    return any(dates.names(pair.text_in(language) or "", language) for language in ("en", "ar"))


def _any(_: Pair) -> bool:
    return True


@dataclass(frozen=True)
class Goal:
    """What a figure must reach: `codes` begin those of the issues that count (none: all do), `of` says which pairs do.

    Without an `injection` the figure is the share of human translations with such an issue, at most `bound`; with one
    it is the share of broken translations that have one which the good translation has not, at least `bound`.
    """

    name: str
    codes: tuple[str, ...]
    bound: float
    injection: str = ""
    of: Callable[[Pair], bool] = _any
    severity: Severity | None = None

    def met(self, figure: float, bound: float) -> bool:
        """Whether a figure, 0 to 1, reaches a bound of this goal's kind."""
        return figure >= bound if self.injection else figure <= bound

    def counts(self, issue: Issue) -> bool:
        """Whether an issue is one that this goal is about."""
        return issue.code.startswith(self.codes or "") and (self.severity is None or issue.severity is self.severity)


_CUT = ("length.truncated", "length.short")
# The bounds are this project's own; figures are rates of pairs, of all splits and both directions together.
GOALS = (
    Goal("numbers, false alarms", ("numbers.",), 0.03, of=_holds_number),
    Goal("numbers, altered digit", ("numbers.",), 0.97, "altered digit"),
    Goal("numbers, dropped", ("numbers.",), 0.97, "dropped number"),
    Goal("numbers, altered word", ("numbers.",), 0.80, "altered number word"),
    Goal("dates, false alarms", ("dates.",), 0.05, of=_holds_date),
    Goal("dates, another day", ("dates.changed",), 0.95, "another day"),
    Goal("names, false alarms", ("names.",), 0.10, of=_holds_name),
    Goal("names, swapped", ("names.",), 0.80, "swapped name"),
    Goal("negation, false alarms", ("negation.",), 0.05, of=_holds_negation),
    Goal("negation, dropped", ("negation.",), 0.85, "dropped negation"),
    Goal("language, false alarms", ("language.",), 0.01),
    Goal("language, source copied", ("language.",), 0.95, "source copied"),
    Goal("language, wrong", ("language.",), 0.95, "wrong language"),
    Goal("repetition, false alarms", ("repetition.",), 0.01),
    Goal("repetition, phrase", ("repetition.",), 0.95, "repeated phrase"),
    Goal("truncation, false alarms", _CUT, 0.01),
    Goal("truncation, by half", _CUT, 0.95, "truncated by half"),
    Goal("any check, deleted clause", (), 0.50, "deleted clause"),
    Goal("quotes, false alarms", ("quotes.",), 0.10, of=_holds_quote, severity=Severity.WARNING),
    Goal("quotes, lost", ("quotes.",), 0.85, "lost quote"),
    Goal("speakers, false alarms", ("speakers.",), 0.03),
    Goal("speakers, moved", ("speakers.",), 0.50, "moved attribution"),
    Goal("speakers, lost", ("speakers.",), 0.50, "lost attribution"),
    Goal("errors of all checks", (), 0.03, severity=Severity.ERROR),
)


@dataclass(frozen=True)
class Split:
    """Aligned lines of one data set, and the SHA-256 of its files."""

    name: str
    lines: Mapping[str, Sequence[str]]
    sha256: Mapping[str, str]

    def pairs(self, source: str, target: str) -> list[Pair]:
        """Its pairs in one direction."""
        both = zip(self.lines[source], self.lines[target], strict=True)
        return [Pair(there.strip(), here.strip(), source, target) for there, here in both]


@dataclass
class Tally:
    """How many pairs counted, and how many of them had an issue."""

    flagged: int = 0
    of: int = 0

    def add(self, flagged: bool) -> None:
        """Count one pair."""
        self.flagged += flagged
        self.of += 1

    @property
    def rate(self) -> float:
        """The share that had an issue, 0 where nothing counted."""
        return self.flagged / self.of if self.of else 0.0


def read(folder: Path) -> Split:
    """A split in a folder, OSError where it is not there."""
    lines, hashes = {}, {}
    for language in ("en", "ar"):
        data = (folder / f"{language}.txt").read_bytes()
        lines[language] = data.decode("utf-8").splitlines()
        hashes[language] = hashlib.sha256(data).hexdigest()
    return Split(folder.name, lines, hashes)


Tallies = dict[str, dict[str, Tally]]
"""The tally of each goal, by split and direction ("flores-dev en-ar")."""


def measure(splits: Sequence[Split], limit: int | None = None) -> Tallies:
    """Every goal's tallies; of each split the first `limit` pairs."""
    tallies: Tallies = {goal.name: {} for goal in GOALS}
    for source, target in DIRECTIONS:
        for split in splits:
            here = {goal: tallies[goal.name].setdefault(f"{split.name} {source}-{target}", Tally()) for goal in GOALS}
            for pair in split.pairs(source, target)[:limit]:
                _measure(pair, dict(_broken(pair)), here)
        here = {goal: tallies[goal.name].setdefault(f"attributions {source}-{target}", Tally()) for goal in GOALS}
        for pair, moved in _attributions(source, target):
            _measure(pair, {"moved attribution": moved}, here)
    return tallies


def _measure(pair: Pair, targets: Mapping[str, str], tallies: Mapping[Goal, Tally]) -> None:
    """Count a pair, and the same pair with each broken target, for every goal that is about them."""
    settings = quality.settings()
    good = quality.review(pair, settings)
    broken = {name: quality.review(replace(pair, target=target), settings) for name, target in targets.items()}
    for goal, tally in tallies.items():
        before = [issue.code for issue in good if goal.counts(issue)]
        if not goal.injection:
            if goal.of(pair):
                tally.add(bool(before))
        elif goal.injection in broken:
            after = [issue.code for issue in broken[goal.injection] if goal.counts(issue)]
            # What was called wrong before it was broken proves nothing, unless more is called wrong now.
            tally.add(len(after) > len(before) or bool(set(after) - set(before)))


def _broken(pair: Pair) -> Iterator[tuple[str, str]]:
    """The target with each injection that it has a place for."""
    for name, injection in INJECTIONS.items():
        # Seeded by the pair, so that no other pair or injection changes what happens to this one.
        target = injection(random.Random(f"{_SEED} {name} {pair.target}"), pair)
        if target is not None and target != pair.target:
            yield name, target


def _attributions(source: str, target: str) -> Iterator[tuple[Pair, str]]:
    """Our own sentences in which one person speaks of another, and their targets with the two exchanged."""
    with ATTRIBUTIONS.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        for english, arabic, *names in rows:
            texts = {"en": english, "ar": arabic}
            first, second = names[:2] if target == "en" else names[2:]
            exchanged = re.sub(f"{first}|{second}", lambda m, a=first, b=second: b if m[0] == a else a, texts[target])
            yield Pair(texts[source], texts[target], source, target), exchanged


def pooled(tallies: Mapping[str, Tally]) -> Tally:
    """All splits and directions together."""
    return Tally(sum(t.flagged for t in tallies.values()), sum(t.of for t in tallies.values()))


def summary(splits: Sequence[Split], tallies: Tallies, bounds: Mapping[str, float]) -> dict[str, Any]:
    """What calibration.json holds."""
    return {
        "data": {split.name: dict(split.sha256) for split in splits},
        "settings": settings_hash(),
        "goals": {
            goal.name: {
                "bound": bounds[goal.name],
                "figure": round(pooled(tallies[goal.name]).rate, 4),
                "pairs": pooled(tallies[goal.name]).of,
                "splits": {key: [tally.flagged, tally.of] for key, tally in tallies[goal.name].items()},
            }
            for goal in GOALS
        },
    }


def settings_hash() -> str:
    """The SHA-256 of the settings that the figures hold for."""
    return hashlib.sha256(SETTINGS.read_bytes()).hexdigest()


def bounds(lowered: Sequence[str], tallies: Tallies) -> dict[str, float]:
    """What each goal must reach: what calibration.json says where it was lowered, else what stands above."""
    kept = json.loads(RESULT.read_text("utf-8"))["goals"] if RESULT.exists() else {}
    found = {goal.name: kept.get(goal.name, {}).get("bound", goal.bound) for goal in GOALS}
    return {**found, **{name: round(pooled(tallies[name]).rate, 3) for name in lowered}}


def table(result: Mapping[str, Any]) -> str:
    """The figures in Markdown."""
    lines = ["| what is measured | goal | figure | pairs |", "|---|---:|---:|---:|"]
    for goal in GOALS:
        row = result["goals"][goal.name]
        sign = "≥" if goal.injection else "≤"
        lines.append(f"| {goal.name} | {sign} {row['bound']:.1%} | {row['figure']:.1%} | {row['pairs']:,} |")
    return "\n".join(lines) + "\n"


def unmet(result: Mapping[str, Any]) -> list[str]:
    """The names of the goals whose figures do not reach them."""
    rows = result["goals"]
    return [goal.name for goal in GOALS if not goal.met(rows[goal.name]["figure"], rows[goal.name]["bound"])]


def main() -> int:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N pairs of each split")
    parser.add_argument("--write", action="store_true", help="keep the figures in calibration.json")
    parser.add_argument("--lower", action="append", default=[], choices=[goal.name for goal in GOALS], metavar="NAME")
    arguments = parser.parse_args()
    splits = [read(arguments.folder / name) for name in SPLITS]
    tallies = measure(splits, arguments.limit)
    result = summary(splits, tallies, bounds(arguments.lower, tallies))
    print(table(result))
    for name in unmet(result):
        by_split = (f"{split} {tally.rate:.1%} of {tally.of}" for split, tally in tallies[name].items())
        print(f"not reached: {name}: {', '.join(by_split)}")
    if arguments.write:
        if unmet(result) or arguments.limit:
            print("not written: every goal must be reached on whole splits, or lowered by name", file=sys.stderr)
            return 1
        RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
