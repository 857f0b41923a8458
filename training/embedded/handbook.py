"""Pairs of paragraphs from the Debian Administrator's Handbook, English and Arabic, out of Debian's own package.

    apt-get download debian-handbook
    python training/embedded/handbook.py debian-handbook_*.deb DATA/debian-handbook

The book (Raphaël Hertzog and Roland Mas, translated by volunteers) is published under GPL-2+ and CC BY-SA 3.0.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from translate.languages import script_ratio

_PAGES = Path("usr/share/doc/debian-handbook/html")
_ENGLISH, _ARABIC = "en-US", "ar-MA"
_TAGS = ("p", "h1", "h2", "h3", "h4", "dt", "div")
# "12.3.3. " before a heading, which both languages write alike.
_NUMBERED = re.compile(r"^\W*[\dA-Z]+(\.\d+)*\.\s+")
_SHORTEST = 20
"""Characters of English; what is shorter is a label of a picture or a table's word."""
_ARABIC_SHARE = 0.75
"""Of a paragraph's letters; a third of the paragraphs is not translated, and in others commands outweigh the words."""


def blocks(page: Path) -> list[tuple[str, str]]:
    """The innermost paragraphs and headings of a page: tag and text."""
    root = html.parse(str(page)).getroot()
    found = []
    for element in root.iter(*_TAGS):
        is_text = element.tag != "div" or "para" in (element.get("class") or "").split()
        text = " ".join(element.text_content().split())
        if is_text and text and not element.xpath(".//div|.//p"):
            found.append((str(element.tag), _NUMBERED.sub("", text)))
    return found


def is_translated(english: str, arabic: str) -> bool:
    """Whether the second text is prose in Arabic, of a length that the first may have been translated to."""
    share = script_ratio(arabic, "Arab") or 0.0
    return len(english) >= _SHORTEST and share >= _ARABIC_SHARE and 0.5 < len(arabic) / len(english) < 1.5


def pairs(pages: Path) -> Iterator[tuple[str, str]]:
    """The translated paragraphs of the pages that have as many blocks, of the same kinds, in both languages."""
    for page in sorted((pages / _ARABIC).glob("*.html")):
        original = pages / _ENGLISH / page.name
        if not original.exists():
            continue
        english, arabic = blocks(original), blocks(page)
        if [tag for tag, _ in english] != [tag for tag, _ in arabic]:
            continue
        yield from ((en, ar) for (_, en), (_, ar) in zip(english, arabic, strict=True) if is_translated(en, ar))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the .deb file of debian-handbook")
    parser.add_argument("out", type=Path, help="the folder for en.txt and ar.txt")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "--extract", arguments.package, folder], check=True)
        try:
            found = list(dict.fromkeys(pairs(Path(folder) / _PAGES)))
        except etree.ParserError as error:
            raise SystemExit(f"a page of the book cannot be read: {error}") from None
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, column in (("en.txt", 0), ("ar.txt", 1)):
        (arguments.out / name).write_text("".join(pair[column] + "\n" for pair in found), encoding="utf-8")
    print(f"{len(found)} pairs")


if __name__ == "__main__":
    main()
