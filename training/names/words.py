"""Makes translate/data/names/arabic.txt: frequent Arabic words that no English name of their sentences sounds like.

    python -m training.names.words FOLDER [--least 4]

FOLDER holds tatoeba-train and tico19-tm, each with en.txt and ar.txt, line by line. Tatoeba is CC BY 2.0 FR
(tatoeba.org), TICO-19 CC0; what is kept of them is which words are frequent.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from translate.quality.name_finder import names
from translate.quality.transliteration import distance, letters, stems

SPLITS = ("tatoeba-train", "tico19-tm")
RESULT = Path(__file__).parents[2] / "translate" / "data" / "names" / "arabic.txt"
_WORD = re.compile(r"[\u0621-\u065f\u066e-\u06d3]+")
_HEAD = """\
# Arabic words that are no names, in `transliteration.letters` (one letter for ا, أ, إ and آ, and for ة), mostly without
# clitics: those in at least {least} sentences of the Arabic of Tatoeba (tatoeba.org, CC BY 2.0 FR) and TICO-19 (CC0).
"""
# A word is a name's where it sounds as near as this to one in so large a share of its sentences.
_NEAR = 0.2
_SHARE = 0.4


def count(folder: Path) -> tuple[Counter[str], Counter[str]]:
    """In how many sentences each word stands, and in how many of them it sounds like an English name."""
    found: Counter[str] = Counter()
    sounding: Counter[str] = Counter()
    for split in SPLITS:
        english, arabic = ((folder / split / f"{code}.txt").read_text("utf-8").splitlines() for code in ("en", "ar"))
        for source, target in zip(english, arabic, strict=True):
            called = [name.text for name in names(source)]
            for word in {letters(match) for match in _WORD.findall(target)}:
                if len(word) > 1:
                    found[word] += 1
                    sounding[word] += any(
                        distance(name, stem, _NEAR) <= _NEAR for name in called for stem in stems(word)
                    )
    return found, sounding


def frequent(found: Counter[str], sounding: Counter[str], least: int) -> list[str]:
    """The words that come at least so often and are no names, without those that only add a clitic to another."""
    plain = {word for word, often in found.items() if often >= least and sounding[word] <= _SHARE * often}
    return sorted(word for word in plain if not any(stem in plain for stem in stems(word)[1:] if len(stem) > 2))


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--least", type=int, default=4, metavar="N", help="in how many sentences, at least (4)")
    arguments = parser.parse_args()
    words = frequent(*count(arguments.folder), arguments.least)
    RESULT.write_text(_HEAD.format(least=arguments.least) + "\n".join(words) + "\n", "utf-8")
    print(f"{len(words):,} words")


if __name__ == "__main__":
    main()
