"""Scores an adapter as Dragoman runs it: converted to 8 bits, cut vocabulary, the engine's own search.

    python training/embedded/evaluate.py --adapter DIR/adapter --pairs DATA/flores-dev --lines 100

Prints chrF2 and BLEU with their signatures, both ways, and how many translations keep the figures of their source; with
--out it writes the translations too. FLORES is for choosing between adapters: never train on it.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

from translate.engines.base import Decoding
from translate.engines.config import engine_config
from translate.engines.embedded import ADAPTER, EmbeddedEngine
from translate.registry import registry

_FIGURES = re.compile(r"\d+(?:[.,:]\d+)*")
_TO_ASCII = {ord(digit): str(i % 10) for i, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")} | {ord("٫"): ".", ord("٬"): ","}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adapter", type=Path, default=ADAPTER, help="the adapter's folder (the package's own)")
    parser.add_argument("--pairs", type=Path, required=True, help="a folder with en.txt and ar.txt, line by line")
    parser.add_argument("--lines", type=int, default=100, help="how many lines of it (100)")
    parser.add_argument("--skip", type=int, default=0, help="how many lines to leave out before them (0)")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--out", type=Path, help="where the translations go, as PAIR.txt")
    arguments = parser.parse_args()
    texts = {code: read(arguments.pairs / f"{code}.txt", arguments.skip, arguments.lines) for code in ("en", "ar")}
    for source, target in (("en", "ar"), ("ar", "en")):
        (leg,) = registry().route(source, target, "embedded").legs
        engine = EmbeddedEngine(engine_config(leg, Path()), device="cpu", adapter=arguments.adapter)
        translations = engine.translate(texts[source], Decoding(beam=arguments.beam))
        done = [" ".join(translation.text.split()) for translation in translations]
        print(f"{source}-{target}, beam {arguments.beam}, {len(done)} sentences", flush=True)
        report(texts[source], done, texts[target])
        if arguments.out:
            arguments.out.mkdir(parents=True, exist_ok=True)
            (arguments.out / f"{source}-{target}.txt").write_text(
                "".join(f"{text}\n" for text in done), encoding="utf-8"
            )


def read(path: Path, skip: int, count: int) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [line.strip() for line in islice(lines, skip, skip + count)]


def report(sources: Sequence[str], done: Sequence[str], references: Sequence[str]) -> None:
    for metric in (CHRF(), BLEU()):
        score = metric.corpus_score(list(done), [list(references)])
        print(f"  {score.format(width=1, score_only=False)} ({metric.get_signature()})")
    with_figures = [(source, text) for source, text in zip(sources, done, strict=True) if figures(source)]
    kept = sum(not figures(source) - figures(text) for source, text in with_figures)
    print(f"  all figures kept in {kept} of {len(with_figures)} sentences that have one", flush=True)


def figures(text: str) -> Counter[str]:
    """The figures of a text, each with how often it comes; in ASCII digits, without the commas between thousands."""
    return Counter(figure.replace(",", "") for figure in _FIGURES.findall(text.translate(_TO_ASCII)))


if __name__ == "__main__":
    main()
