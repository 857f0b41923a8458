"""How well the gate tells faithful sentences from faulty ones, on our own paraphrases and faults made of them by rule.

    python -m benchmarks.gate            the table; the same on every run
    python -m benchmarks.gate --missed   also every fault that went through, and every faithful sentence refused
    python -m benchmarks.gate --time     what judging a sentence takes

The stories of the split "dev" were in view when the gate was made; those of "test" were written after it.
A fault is caught where the sentence is refused; "named" counts those for which a reason is the fault that was made.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from translate.document import Block
from translate.summarize.gate import Gate, Verdict
from translate.summarize.summary import Fault
from translate.summarize.types import Article, Claim
from translate.summarize.understand import understand

PARAPHRASES = Path(__file__).parent.parent / "tests" / "data" / "summaries" / "paraphrases.tsv"

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NUMBER_WORDS = {
    "two": "five",
    "three": "seven",
    "six": "nine",
    "seven": "four",
    "ثلاثة": "سبعة",
    "ستة": "تسعة",
    "ست": "تسع",
    "سبعة": "أربعة",
    "ثمانية": "خمسة",
}
_WORD_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b")
_DENIABLE = re.compile(r"\b(?:was|were|will|would|is|are)\b(?! not)")
_NOUN = {"en": re.compile(r"\b(?:the|a|an) (?=[a-z])"), "ar": re.compile(r"(?<=\s)ال\w{3,}(?=[\s.،])")}
_ADJECTIVES = {
    "en": ("brutal", "shameful", "barbaric", "notorious", "heroic", "cowardly"),
    "ar": ("الوحشي", "الهمجي", "الغاشم", "البطولي", "المشين", "البربري"),
}


@dataclass(frozen=True)
class Pair:
    """A row of the paraphrases: what stands in the article and a faithful account of it; see the file's head."""

    split: str
    language: str
    story: str
    source: str
    paraphrase: str
    attribution: str = ""
    speaker: str = ""
    names: str = ""
    hedge: str = ""
    denial: str = ""


@dataclass(frozen=True)
class Faulty:
    """A paraphrase with a fault: which it is by the table, and which reasons would name it."""

    kind: str
    pair: Pair
    text: str
    faults: frozenset[Fault]


def read_pairs(path: Path = PARAPHRASES) -> list[Pair]:
    """All pairs of the file, in order."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [Pair(*line.split("\t")) for line in lines[1:]]


def articles(pairs: Sequence[Pair]) -> dict[str, Article]:
    """The stories' articles, a paragraph a row."""
    return {
        story: understand([Block(pair.source) for pair in rows], pairs_language(story, pairs))
        for story, group in groupby(pairs, key=lambda pair: pair.story)
        for rows in (list(group),)
    }


def pairs_language(story: str, pairs: Sequence[Pair]) -> str:
    """The language of a story."""
    return next(pair.language for pair in pairs if pair.story == story)


def understood(text: str, language: str) -> Claim:
    """A sentence of a summary, read as an article's are."""
    return understand([Block(text)], language).claims[0]


def faults(pairs: Sequence[Pair]) -> Iterator[Faulty]:
    """Every fault that the rules can make of the pairs."""
    for at, pair in enumerate(pairs):
        for kind, (make, wanted) in RULES.items():
            text = make(pair, pairs, at)
            if text is not None and text != pair.paraphrase:
                yield Faulty(kind, pair, text, frozenset(wanted))


def _swapped_number(pair: Pair, _pairs: Sequence[Pair], _at: int) -> str | None:
    if match := _NUMBER.search(pair.paraphrase):
        first = str(int(match[0][0]) % 9 + 1)
        return pair.paraphrase[: match.start()] + first + pair.paraphrase[match.start() + 1 :]
    if match := _WORD_NUMBER.search(pair.paraphrase):
        return pair.paraphrase[: match.start()] + _NUMBER_WORDS[match[0]] + pair.paraphrase[match.end() :]
    return None


def _exchanged_numbers(pair: Pair, _pairs: Sequence[Pair], _at: int) -> str | None:
    """The first two numbers in each other's places, where both count people or things in one sentence."""
    found = list(_NUMBER.finditer(pair.paraphrase))
    if len(found) < 2 or found[0][0] == found[1][0]:
        return None
    one, two = found[:2]
    text = pair.paraphrase
    return text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]


def _name_of_another(pair: Pair, pairs: Sequence[Pair], at: int) -> str | None:
    """The last name gives way to the next one of another story."""
    return _renamed(pair, [other for other in pairs[at:] + pairs[:at] if other.story != pair.story])


def _name_of_the_same(pair: Pair, pairs: Sequence[Pair], at: int) -> str | None:
    """The last name gives way to one that the same article has elsewhere."""
    return _renamed(pair, [other for other in pairs[at:] + pairs[:at] if other.story == pair.story])


def _renamed(pair: Pair, others: Sequence[Pair]) -> str | None:
    names = [name for other in others if other.language == pair.language for name in _names(other)]
    new = next((name for name in names if name not in pair.source and name not in pair.paraphrase), None)
    return None if new is None or not _names(pair) else pair.paraphrase.replace(_names(pair)[-1], new)


def _names(pair: Pair) -> list[str]:
    return [name for name in pair.names.split(";") if name]


def _moved_speaker(pair: Pair, pairs: Sequence[Pair], at: int) -> str | None:
    """Who speaks gives way to the next who speaks in the same article."""
    if not pair.speaker:
        return None
    others = [other for other in pairs[at + 1 :] + pairs[:at] if other.story == pair.story and other.speaker]
    new = next((other.speaker for other in others if other.speaker.casefold() != pair.speaker.casefold()), None)
    return None if new is None else _capital(pair.paraphrase.replace(pair.speaker, new, 1))


def _changed(column: str) -> Callable[[Pair, Sequence[Pair], int], str | None]:
    """The rule of a column "words=>what they become"."""

    def make(pair: Pair, _pairs: Sequence[Pair], _at: int) -> str | None:
        before, arrow, after = getattr(pair, column).partition("=>")
        return _capital(pair.paraphrase.replace(before, after, 1)) if arrow else None

    return make


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _added_denial(pair: Pair, _pairs: Sequence[Pair], _at: int) -> str | None:
    match = _DENIABLE.search(pair.paraphrase) if pair.language == "en" and not pair.denial else None
    return None if match is None else f"{pair.paraphrase[: match.end()]} not{pair.paraphrase[match.end() :]}"


def _loaded(pair: Pair, _pairs: Sequence[Pair], at: int) -> str | None:
    match = _NOUN[pair.language].search(pair.paraphrase)
    if match is None:
        return None
    adjective = _ADJECTIVES[pair.language][at % len(_ADJECTIVES[pair.language])]
    text = f"{adjective} " if pair.language == "en" else f" {adjective}"
    return pair.paraphrase[: match.end()] + text + pair.paraphrase[match.end() :]


def _invented(pair: Pair, pairs: Sequence[Pair], at: int) -> str | None:
    """A sentence of another story."""
    others = [
        other for other in pairs[at:] + pairs[:at] if (other.language, other.story) != (pair.language, pair.story)
    ]
    return next(other.paraphrase for other in others if other.language == pair.language)


def _invented_of_names(pair: Pair, pairs: Sequence[Pair], at: int) -> str | None:
    """A sentence of another story with this one's speaker or name in place of its own."""
    others = [other for other in pairs[at:] + pairs[:at] if other.language == pair.language]
    for other in others:
        if other.story != pair.story and other.speaker and pair.speaker:
            return _capital(other.paraphrase.replace(other.speaker, pair.speaker, 1))
    return None


Rule = Callable[[Pair, Sequence[Pair], int], "str | None"]
RULES: Mapping[str, tuple[Rule, tuple[Fault, ...]]] = {
    "swapped number": (_swapped_number, (Fault.NEW_NUMBER,)),
    "numbers exchanged": (_exchanged_numbers, (Fault.NEW_NUMBER,)),
    "name of another story": (_name_of_another, (Fault.NEW_NAME, Fault.LOST_SPEAKER)),
    "name from elsewhere in the article": (_name_of_the_same, (Fault.NEW_NAME, Fault.LOST_SPEAKER)),
    "dropped attribution": (_changed("attribution"), (Fault.LOST_SPEAKER,)),
    "moved speaker": (_moved_speaker, (Fault.LOST_SPEAKER, Fault.NEW_NAME)),
    "dropped hedge": (_changed("hedge"), (Fault.LOST_HEDGE,)),
    "lost denial": (_changed("denial"), (Fault.CONTRADICTION,)),
    "added denial": (_added_denial, (Fault.CONTRADICTION,)),
    "added loaded adjective": (_loaded, (Fault.LOADED,)),
    "sentence of another story": (_invented, (Fault.UNGROUNDED,)),
    "the same, said by this story's speaker": (_invented_of_names, (Fault.UNGROUNDED,)),
}


@dataclass(frozen=True)
class Outcome:
    """What the gate said of every sentence."""

    faithful: tuple[tuple[Pair, Verdict], ...]
    faulty: tuple[tuple[Faulty, Verdict], ...]

    def of(self, split: str) -> Outcome:
        """The part of it that is about one split of the data."""
        return Outcome(
            tuple((pair, verdict) for pair, verdict in self.faithful if pair.split == split),
            tuple((fault, verdict) for fault, verdict in self.faulty if fault.pair.split == split),
        )

    def caught(self, language: str = "", kind: str = "") -> tuple[int, int, int]:
        """Of the faults in a language (any where "") and of a kind: refused, refused for that reason, all."""
        chosen = [
            (fault, verdict)
            for fault, verdict in self.faulty
            if language in ("", fault.pair.language) and kind in ("", fault.kind)
        ]
        named = sum(any(reason.fault in fault.faults for reason in verdict.reasons) for fault, verdict in chosen)
        return sum(not verdict.stands for _, verdict in chosen), named, len(chosen)

    def refused(self, language: str = "") -> tuple[int, int]:
        """Of the faithful sentences: refused, all."""
        chosen = [verdict for pair, verdict in self.faithful if language in ("", pair.language)]
        return sum(not verdict.stands for verdict in chosen), len(chosen)


def evaluate(pairs: Sequence[Pair]) -> Outcome:
    """Judge every paraphrase and every fault made of one against its own story."""
    gates = {story: Gate(article) for story, article in articles(pairs).items()}

    def judged(text: str, pair: Pair) -> Verdict:
        return gates[pair.story].judge(understood(text, pair.language))

    return Outcome(
        tuple((pair, judged(pair.paraphrase, pair)) for pair in pairs),
        tuple((fault, judged(fault.text, fault.pair)) for fault in faults(pairs)),
    )


def table(outcome: Outcome) -> str:
    """The table, in Markdown."""
    lines = ["| fault | caught en | caught ar | named |", "|---|---:|---:|---:|"]
    for kind in (*RULES, ""):
        cells = [f"{caught} of {total}" for caught, _, total in (outcome.caught(code, kind) for code in ("en", "ar"))]
        caught, named, total = outcome.caught(kind=kind)
        lines.append(f"| {kind or f'all: {caught / max(1, total):.1%}'} | {' | '.join(cells)} | {named} |")
    refused, total = outcome.refused()
    cells = [f"{wrong} of {all_}" for wrong, all_ in (outcome.refused(code) for code in ("en", "ar"))]
    lines.append(f"| faithful, but refused: {refused / total:.1%} | {' | '.join(cells)} | |")
    return "\n".join(lines)


def missed(outcome: Outcome) -> Iterator[str]:
    """What the gate got wrong, a line each."""
    for fault, verdict in outcome.faulty:
        if verdict.stands:
            yield f"{fault.kind}: {fault.text}"
    for pair, verdict in outcome.faithful:
        if not verdict.stands:
            reasons = ", ".join(f"{reason.fault.value} “{reason.words}”" for reason in verdict.reasons)
            yield f"refused ({reasons}): {pair.paraphrase}"


def timed(pairs: Sequence[Pair]) -> str:
    """What it takes to understand a sentence and to judge it, once the word lists are read."""
    gates = {story: Gate(article) for story, article in articles(pairs).items()}
    texts = [(fault.text, fault.pair) for fault in faults(pairs)]
    claims = [(understood(text, pair.language), pair) for text, pair in texts]
    start = time.perf_counter()
    for claim, pair in claims:
        gates[pair.story].judge(claim)
    each = (time.perf_counter() - start) / len(claims)
    return f"{each * 1000:.2f} ms to judge a sentence, {len(claims)} of them"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missed", action="store_true", help="also list what the gate got wrong")
    parser.add_argument("--time", action="store_true", help="also say how long a judgement takes")
    args = parser.parse_args()
    pairs = read_pairs()
    outcome = evaluate(pairs)
    for split in ("dev", "test"):
        print(f"{split}\n\n{table(outcome.of(split))}\n")
        if args.missed:
            print(*missed(outcome.of(split)), "", sep="\n")
    if args.time:
        print(timed(pairs))


if __name__ == "__main__":
    main()
