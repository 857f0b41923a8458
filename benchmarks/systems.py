"""What the checks say of real systems' translations: errors by system, and how bad the worst ranked really are.

    python -m benchmarks.systems FOLDER [--similarity]

FOLDER holds en.txt, ar.txt and systems/SOURCE-TARGET.NAME.txt, line by line.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from sacrebleu.metrics import CHRF

from translate import quality
from translate.document import Issue, Severity
from translate.quality import Pair, similarity

_WORST = 200
_DRAWS = 2000


def lines(path: Path) -> list[str]:
    """A file's lines, stripped."""
    return [line.strip() for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    """Print a row a system."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--similarity", action="store_true", help="with embeddings (slow)")
    arguments = parser.parse_args()
    metric = CHRF()
    print(f"| system | chrF2 | errors per 100 | warnings per 100 | chrF2, worst {_WORST} | below average by |")
    print("|---|---:|---:|---:|---:|---:|")
    for file in sorted((arguments.folder / "systems").glob("*.txt")):
        source, target = file.name.split(".")[0].split("-")
        hypotheses, references = lines(file), lines(arguments.folder / f"{target}.txt")
        sources = lines(arguments.folder / f"{source}.txt")
        pairs = [Pair(s, h, source, target) for s, h in zip(sources, hypotheses, strict=True)]
        if arguments.similarity:
            pairs = similarity.score(pairs)
        issues = [quality.review(pair, quality.settings()) for pair in pairs]
        scores = [metric.sentence_score(h, [r]).score for h, r in zip(hypotheses, references, strict=True)]
        print(_row(file.stem, metric.corpus_score(hypotheses, [references]).score, pairs, issues, scores), flush=True)
    print(f"\n{metric.get_signature()}; the last two columns are means of sentence scores, with a 95% interval")


def _row(
    name: str, chrf: float, pairs: Sequence[Pair], issues: Sequence[Sequence[Issue]], scores: Sequence[float]
) -> str:
    severities = Counter(issue.severity for found in issues for issue in found)
    order = sorted(range(len(pairs)), key=lambda i: (-quality.weight(issues[i]), pairs[i].similarity or 0.0))
    worst = [scores[i] for i in order[:_WORST]]
    low, high = _interval(scores, worst)
    per_hundred = 100 / len(pairs)
    return (
        f"| {name} | {chrf:.1f} | {severities[Severity.ERROR] * per_hundred:.1f} "
        f"| {severities[Severity.WARNING] * per_hundred:.1f} | {fmean(worst):.1f} "
        f"| {fmean(scores) - fmean(worst):.1f} ({low:.1f} to {high:.1f}) |"
    )


def _interval(scores: Sequence[float], worst: Sequence[float]) -> tuple[float, float]:
    """The 95% bootstrap interval of how far the mean of `worst` lies below that of `scores`."""
    rng = random.Random(1)
    gaps = sorted(
        fmean(rng.choices(scores, k=len(scores))) - fmean(rng.choices(worst, k=len(worst))) for _ in range(_DRAWS)
    )
    return gaps[int(0.025 * _DRAWS)], gaps[int(0.975 * _DRAWS)]


if __name__ == "__main__":
    main()
