"""Word alignments of the training pairs (eflomal, symmetrised), mapped onto SentencePiece pieces.

eflomal: Östling and Tiedemann 2016, "Efficient word alignment with Markov chain Monte Carlo".
Symmetrisation: grow-diag-final-and, Koehn, Och and Marcu 2003.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import eflomal
import sentencepiece

Links = set[tuple[int, int]]
Span = tuple[int, int]

_WORD = re.compile(r"\w+|[^\w\s]")
_PREFIX = re.compile(r"^(?:[وف]?(?:ال|بال|كال|لل)|و)(?=\w{3})")
_FOLD = str.maketrans("أإآىة", "ااايه")
_NEIGHBOURS = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))
STEM_LETTERS = 5


def word_spans(text: str) -> list[Span]:
    """Code-point spans of words and of single punctuation marks in `text`."""
    return [match.span() for match in _WORD.finditer(text)]


def stem(word: str) -> str:
    """A crude stem that makes the counts less sparse: no Arabic prefix, folded letters, the first five letters."""
    return _PREFIX.sub("", word.casefold()).translate(_FOLD)[:STEM_LETTERS]


def _read_links(path: Path) -> list[Links]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [{(int(i), int(j)) for i, j in (link.split("-") for link in line.split())} for line in lines]


def symmetrise(forward: Links, reverse: Links) -> Links:
    """grow-diag-final-and of two directed alignments, both given as (source index, target index)."""
    links, union = forward & reverse, forward | reverse
    sources, targets = {i for i, _ in links}, {j for _, j in links}

    def add(i: int, j: int) -> None:
        links.add((i, j))
        sources.add(i)
        targets.add(j)

    grown = True
    while grown:
        grown = False
        for i, j in sorted(links):
            for di, dj in _NEIGHBOURS:
                new = (i + di, j + dj)
                if new in union and new not in links and (new[0] not in sources or new[1] not in targets):
                    add(*new)
                    grown = True
    for direction in (forward, reverse):
        for i, j in sorted(direction - links):
            if i not in sources and j not in targets:
                add(i, j)
    return links


def align_words(sources: Sequence[str], targets: Sequence[str]) -> list[Links]:
    """Word links of each pair, by index into `word_spans` of each side; deterministic only up to eflomal's sampling."""

    def stems(text: str) -> str:
        return " ".join(stem(text[a:b]) for a, b in word_spans(text))

    with tempfile.TemporaryDirectory() as folder:
        forward, reverse = Path(folder, "forward"), Path(folder, "reverse")
        eflomal.Aligner().align(
            [stems(text) for text in sources], [stems(text) for text in targets], str(forward), str(reverse)
        )
        # eflomal writes both files as source-target.
        return [symmetrise(f, r) for f, r in zip(_read_links(forward), _read_links(reverse), strict=True)]


def piece_words(pieces: Iterable[str], text: str) -> list[int | None]:
    """For each piece, the index of the word of `text` in which it starts to have letters; None for a bare "▁".

    `text` must be what the pieces spell: already normalised as the SentencePiece model normalises.
    """
    owner: dict[int, int] = {at: n for n, (a, b) in enumerate(word_spans(text)) for at in range(a, b)}
    result: list[int | None] = []
    at = -1  # the leading "▁" is not part of the text
    for piece in pieces:
        covered = range(at, at + len(piece))
        result.append(next((owner[i] for i in covered if i in owner), None))
        at += len(piece)
    return result


def piece_links(links: Links, source_words: Sequence[int | None], target_words: Sequence[int | None]) -> Links:
    """All pieces of linked words, linked (source piece, target piece); "</s>" of one side with that of the other."""
    result = {
        (i, j)
        for j, target_word in enumerate(target_words)
        for i, source_word in enumerate(source_words)
        if source_word is not None and target_word is not None and (source_word, target_word) in links
    }
    result.add((len(source_words), len(target_words)))
    return result


def normalise(model: sentencepiece.SentencePieceProcessor, text: str) -> str:
    """`text` as the pieces of `model` spell it, without the leading space."""
    return "".join(model.encode(text, out_type=str)).replace("▁", " ").strip(" ")
