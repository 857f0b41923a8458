"""Writes the README's table of models from models.yaml; a test holds the two together."""

from __future__ import annotations

import re
from pathlib import Path

from translate.registry import ModelSpec, registry

README = Path(__file__).parent.parent / "README.md"
_TABLE = re.compile(r"(<!-- models:.*?-->\n).*?(<!-- /models -->\n)", re.DOTALL)


def table() -> str:
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


def main() -> None:
    """Put the table where the README has its markers."""
    text = README.read_text("utf-8")
    README.write_text(_TABLE.sub(lambda match: match[1] + table() + match[2], text), "utf-8")


if __name__ == "__main__":
    main()
