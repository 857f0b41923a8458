"""How often human translators use the forms of a glossary: an entry that they never use is looked at again.

    python -m benchmarks.glossary FOLDER                  the table of splits, and the entries that few agree with
    python -m benchmarks.glossary FOLDER --glossary FILE  of another glossary than seeds/glossary.csv
    python -m benchmarks.glossary FOLDER --all            every entry
    python -m benchmarks.glossary FOLDER --lines NAME     the sentences in which an entry's form is not used

FOLDER holds a folder a split, each with en.txt and ar.txt, line by line. Sentences are counted, not places: a second
mention is often a pronoun.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from translate.terminology import Term, terms
from translate.terminology.matching import occurrences
from translate.terminology.places import by_term, find

GLOSSARY = Path(__file__).parent.parent / "seeds" / "glossary.csv"
# An entry that stands in so many sentences, and is used in a smaller share of them, is named.
_ENOUGH = 2
_FEW = 0.75


@dataclass
class Agreement:
    """Sentences with a term, and those in which the human translation has one of its forms."""

    asked: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    against: dict[str, list[str]] = field(default_factory=dict)

    def share(self, term: str | None = None) -> float:
        """The share of a term's sentences, or of all, that agree."""
        if term is not None:
            return self.agreed[term] / self.asked[term]
        return self.agreed.total() / max(1, self.asked.total())


def pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """The sentence pairs of a split, English first."""
    english, arabic = (folder.joinpath(f"{code}.txt").read_text(encoding="utf-8").split("\n") for code in ("en", "ar"))
    yield from ((a, b) for a, b in zip(english, arabic, strict=True) if a and b)


def measure(glossary: Sequence[Term], lines: Iterator[tuple[str, str]], into: Agreement) -> None:
    """Add what the lines say of the terms."""
    for source, target in lines:
        for term in by_term(find(glossary, source, "en")):
            into.asked[term.source] += 1
            if any(occurrences(form, target, "ar") for form in term.targets):
                into.agreed[term.source] += 1
                into.wanted[term.source] += bool(occurrences(term.target, target, "ar"))
            else:
                into.against.setdefault(term.source, []).append(f"{source}\n    {target}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--glossary", type=Path, default=GLOSSARY)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--lines", metavar="NAME")
    arguments = parser.parse_args()
    glossary = terms([arguments.glossary], "en", "ar")
    together = Agreement()
    print("| split | sentences with a term | with one of its forms | with the first form |")
    print("|---|---:|---:|---:|")
    for folder in sorted(path for path in arguments.folder.iterdir() if (path / "en.txt").exists()):
        own = Agreement()
        measure(glossary, pairs(folder), own)
        _row(folder.name, own)
        for name in ("asked", "agreed", "wanted"):
            getattr(together, name).update(getattr(own, name))
        for term, lines in own.against.items():
            together.against.setdefault(term, []).extend(lines)
    _row("all", together)
    print(f"\n{len(together.asked)} of {len(glossary)} entries occur.")
    if arguments.lines:
        print("\n".join(together.against.get(arguments.lines, ())))
        return 0
    for term, count in together.asked.most_common():
        if arguments.all or (count >= _ENOUGH and together.share(term) < _FEW):
            print(f"{term:<40} {together.agreed[term]:>4} of {count:>4}")
    return 0


def _row(name: str, one: Agreement) -> None:
    asked, agreed, wanted = one.asked.total(), one.agreed.total(), one.wanted.total()
    print(f"| {name} | {asked:,} | {agreed:,} ({agreed / max(1, asked):.1%}) | {wanted / max(1, asked):.1%} |")


if __name__ == "__main__":
    sys.exit(main())
