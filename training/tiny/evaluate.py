"""Measures a tiny model: chrF on the held-out lines, agreement of both engines, and the attention as word alignment.

python training/tiny/evaluate.py --data DIR --direction en-ar --model DIR
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import torch
from align import align_words, normalise, piece_words, word_spans
from ctranslate2.converters import TransformersConverter
from data import load
from sacrebleu.metrics import BLEU, CHRF
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, MarianTokenizer

LONGEST = 256  # pieces of output: what CTranslate2 allows when not told otherwise
AGREEMENT_LINES = 100


@dataclass(frozen=True)
class Output:
    """One translation: its pieces without "</s>", and for each piece its attention to the source pieces."""

    text: str
    pieces: tuple[str, ...]
    attention: tuple[tuple[float, ...], ...]


def convert(model: Path, folder: Path, quantization: str) -> Path:
    """Converts a Hugging Face folder for CTranslate2; returns the folder it wrote."""
    out = folder / quantization
    TransformersConverter(str(model)).convert(str(out), quantization=quantization)
    return out


def translate(
    model: Path, tokenizer: MarianTokenizer, sentences: Sequence[str], compute: str, beam: int
) -> list[Output]:
    """Translates with CTranslate2 as a user of opus-mt would."""
    translator = ctranslate2.Translator(str(model), compute_type=compute, intra_threads=1)
    sources = [tokenizer.convert_ids_to_tokens(tokenizer(s).input_ids) for s in sentences]
    results = translator.translate_batch(
        sources, beam_size=beam, max_batch_size=1024, batch_type="tokens", return_attention=True,
        max_decoding_length=LONGEST,
    )  # fmt: skip
    outputs = []
    for result in results:
        pieces = result.hypotheses[0]
        text = tokenizer.spm_target.decode_pieces(pieces)
        outputs.append(Output(text, tuple(pieces), tuple(tuple(row) for row in result.attention[0])))
    return outputs


@torch.no_grad()
def translate_greedily(model: Path, sentences: Sequence[str]) -> list[str]:
    """Greedy search with transformers, one sentence at a time: the reference for the engines' agreement."""
    network, tokenizer = AutoModelForSeq2SeqLM.from_pretrained(model), AutoTokenizer.from_pretrained(model)
    texts = []
    for sentence in sentences:
        ids = network.generate(**tokenizer([sentence], return_tensors="pt"), num_beams=1, max_length=LONGEST)[0]
        pieces = tokenizer.convert_ids_to_tokens(ids, skip_special_tokens=True)
        texts.append(tokenizer.spm_target.decode_pieces(pieces))
    return texts


def attention_links(tokenizer: MarianTokenizer, source: str, output: Output) -> set[tuple[int, int]]:
    """Each target word with the source word its pieces attend to most, by index into `word_spans` of each side.

    The weights are summed over pieces; "</s>" and target words that attend to it most are left unaligned.
    """
    text = normalise(tokenizer.spm_source, source)
    source_words = piece_words(tokenizer.tokenize(source), text)
    target_words = piece_words(output.pieces, "".join(output.pieces).replace("▁", " ").strip(" "))
    weights: Counter[tuple[int, int]] = Counter()
    for row, target_word in zip(output.attention, target_words, strict=False):  # CTranslate2 adds no row for "</s>"
        for weight, source_word in zip(row, [*source_words, -1], strict=True):
            if source_word is not None and target_word is not None:
                weights[target_word, source_word] += weight
    best = {j: max((w, i) for (k, i), w in weights.items() if k == j)[1] for j, _ in weights}
    return {(i, j) for j, i in best.items() if i >= 0}


def show_links(source: str, target: str, links: set[tuple[int, int]]) -> str:
    """The field's notation, "0-0 1-1", each link with its words."""
    left = [source[a:b] for a, b in word_spans(source)]
    right = [target[a:b] for a, b in word_spans(target)]
    return " ".join(f"{i}-{j}({left[i]}|{right[j]})" for i, j in sorted(links))


def loops(text: str) -> bool:
    """Whether some run of one to four words occurs four times in a row."""
    words = text.split()
    return any(
        all(words[at : at + n] == words[at + k * n : at + (k + 1) * n] for k in (1, 2, 3))
        for n in (1, 2, 3, 4)
        for at in range(len(words) - 4 * n + 1)
    )


def report(model: Path, data: Path, direction: str, examples: int) -> None:
    """Prints every figure that the model card quotes."""
    tokenizer = AutoTokenizer.from_pretrained(model)
    test = [p.oriented(direction) for p in load(data, direction).test]
    sources, references = [s for s, _ in test], [t for _, t in test]
    with tempfile.TemporaryDirectory() as folder:
        exact, small = (convert(model, Path(folder), kind) for kind in ("float32", "int8"))
        beam = translate(exact, tokenizer, sources, "float32", 4)
        for name, outputs in (("float32", beam), ("int8", translate(small, tokenizer, sources, "int8", 4))):
            texts = [output.text for output in outputs]
            for metric in (CHRF(), BLEU(tokenize="intl")):
                score = metric.corpus_score(texts, [references])
                print(f"{direction} {name} beam 4: {score} | {metric.get_signature()}")
            print(f"  looping outputs: {sum(map(loops, texts))} of {len(texts)}")
        some = sources[:AGREEMENT_LINES]
        greedy = [output.text for output in translate(exact, tokenizer, some, "float32", 1)]
        greedy_small = [output.text for output in translate(small, tokenizer, some, "int8", 1)]
        expected = translate_greedily(model, some)
        print(f"greedy, of {len(some)} lines: float32 differs from transformers in "
              f"{sum(a != b for a, b in zip(greedy, expected, strict=True))}, int8 in "
              f"{sum(a != b for a, b in zip(greedy_small, expected, strict=True))}")  # fmt: skip
    # The aligner sees only these 500 outputs: a rough yardstick, the same for every run.
    aligned = align_words([normalise(tokenizer.spm_source, s) for s in sources], [output.text for output in beam])
    found = [attention_links(tokenizer, s, output) for s, output in zip(sources, beam, strict=True)]
    both = sum(len(a & b) for a, b in zip(aligned, found, strict=True))
    print(f"attention links also found by eflomal: {both / max(1, sum(map(len, found))):.1%}")
    for source, output, links in list(zip(sources, beam, found, strict=True))[:examples]:
        print(f"{source}\n{output.text}\n  {show_links(source, output.text, links)}")


def main() -> None:
    """Parses the options and reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with tatoeba-train/ and tico19-tm/")
    parser.add_argument("--direction", choices=("en-ar", "ar-en"), required=True)
    parser.add_argument("--model", type=Path, required=True, help="the Hugging Face folder")
    parser.add_argument("--examples", type=int, default=10, help="how many translations to print with their links")
    options = parser.parse_args()
    report(options.model, options.data, options.direction, options.examples)


if __name__ == "__main__":
    main()
