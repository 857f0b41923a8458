"""Writes the tables in the README and in docs/ from what they speak of; a test holds them together."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import calibrate
from translate import quality
from translate.registry import ModelSpec, registry

README = Path(__file__).parent.parent / "README.md"


def models() -> str:
    """The table of models, in Markdown."""
    known = registry()
    profiles = {
        name: [key for key, profile in known.profiles.items() if name in profile.models] for name in known.models
    }
    lines = ["| model | profile | licence | download | chrF en→ar | chrF ar→en |", "|---|---|---|---:|---:|---:|"]
    for name, spec in known.models.items():
        size = f"{spec.size_mb:,} MB" if spec.hub else f"{spec.size_mb:,} MB (PyPI)" if spec.size_mb else "with pip"
        scores = [_score(spec, *pair) for pair in (("en", "ar"), ("ar", "en"))]
        shown = f"{name} (preview)" if spec.preview else name
        lines.append(f"| {shown} | {', '.join(profiles[name])} | {spec.licence} | {size} | {' | '.join(scores)} |")
    return "\n".join(lines) + "\n"


def _score(spec: ModelSpec, source: str, target: str) -> str:
    """A published score; a dash where none is known, nothing where the model does not serve the pair."""
    if (source, target) not in spec.served:
        return ""
    score = spec.flores_chrf.get(f"{source}-{target}")
    return "–" if score is None else f"{score:.1f}"


def calibration() -> str:
    """The table of what the checks find and what they call wrong by mistake, in Markdown."""
    return calibrate.table(json.loads(calibrate.RESULT.read_text("utf-8")))


def checks() -> str:
    """Every code that a check can report, in Markdown."""
    settings = quality.settings()
    lines = ["| code | severity | what it tells |", "|---|---|---|"]
    for check in quality.CHECKS:
        for kind, message in check.messages.items():
            severity = settings[check.name].severities[kind]
            lines.append(f"| `{check.name}.{kind}` | {severity.value if severity else 'off'} | {message.english} |")
    return "\n".join(lines) + "\n"


TABLES: Mapping[str, tuple[Path, Callable[[], str]]] = {
    "models": (README, models),
    "calibration": (README, calibration),
    "checks": (README.parent / "docs" / "checks.md", checks),
}


def main() -> None:
    """Put the tables where their files have markers for them."""
    for name, (path, table) in TABLES.items():
        head, tail = re.split(rf"(?<=<!-- {name}: ).*?(?=<!-- /{name} -->)", path.read_text("utf-8"), flags=re.DOTALL)
        path.write_text(f"{head}`python -m benchmarks.readme` writes this table -->\n{table()}{tail}", "utf-8")


if __name__ == "__main__":
    main()
