"""What our engine adds to CTranslate2's own time, on random weights of opus-mt's size.

    python -m benchmarks.engines             a table: tokens a second, and ratios to CTranslate2 alone
    python -m benchmarks.engines --json      the same as JSON
    python -m benchmarks.engines --threads 4 --rounds 5 --beam 1

CTranslate2 gets ready-made pieces and the same cores, batch size and compute type. Every hypothesis has as many pieces:
random weights come to no end by themselves. The three ways take turns in one run, the best round of each counts.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate import extract, segment
from translate.cache import CACHE_VARIABLE
from translate.document import ModelUse
from translate.engines.base import Decoding, EngineConfig
from translate.engines.convert import converted
from translate.engines.ctranslate import CTranslateEngine, available_cores

SEEDS = Path(__file__).parent.parent / "seeds"
# Helsinki-NLP/opus-mt-en-ar: 77 M parameters.
VOCABULARY = 62834
SHAPE = {
    "d_model": 512,
    "encoder_layers": 6,
    "decoder_layers": 6,
    "encoder_ffn_dim": 2048,
    "decoder_ffn_dim": 2048,
    "encoder_attention_heads": 8,
    "decoder_attention_heads": 8,
}
WAYS = ("bare", "asked", "ours")
NAMES = {
    "bare": "CTranslate2 alone: search",
    "asked": "CTranslate2 alone: search, attention, log-probabilities",
    "ours": "CTranslateEngine: text to Translation",
}


@dataclass(frozen=True)
class Run:
    """The best round of one way: seconds, and pieces written."""

    seconds: float
    pieces: int

    @property
    def speed(self) -> float:
        return self.pieces / self.seconds


def sentences(count: int) -> list[str]:
    """Sentences of the seed articles, repeated until there are enough, with their real lengths."""
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        blocks = extract.read_file(path).blocks
        found += [sentence.text for block in blocks for sentence in segment.sentences(block, "en")]
    return (found * (count // len(found) + 1))[:count]


def build(folder: Path, text: list[str]) -> Path:
    """A Marian model with random weights and a vocabulary that cuts `text` into pieces about as opus-mt's does."""
    import sentencepiece
    import torch
    import transformers

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text), model_writer=model, vocab_size=2000, hard_vocab_limit=False, minloglevel=2
    )
    for side in ("source", "target"):
        (folder / f"{side}.spm").write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    known = [processor.id_to_piece(i) for i in range(3, processor.get_piece_size())]
    unused = [f"unused{i}" for i in range(VOCABULARY - len(known) - 3)]
    vocabulary = ["</s>", "<unk>", *known, *unused, "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({piece: i for i, piece in enumerate(vocabulary)}), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "MarianTokenizer"}', encoding="utf-8")
    torch.manual_seed(0)
    config = transformers.MarianConfig(
        vocab_size=VOCABULARY,
        activation_function="swish",
        scale_embedding=True,
        max_position_embeddings=512,
        pad_token_id=VOCABULARY - 1,
        decoder_start_token_id=VOCABULARY - 1,
        eos_token_id=0,
        **SHAPE,
    )
    transformers.utils.logging.disable_progress_bar()
    transformers.MarianMTModel(config).eval().save_pretrained(folder)
    return folder


def ways(config: EngineConfig, text: list[str], decoding: Decoding, threads: int) -> dict[str, Callable[[], int]]:
    """What is timed: each translates `text` and says how many pieces it wrote."""
    import ctranslate2

    ours = CTranslateEngine(config, device="cpu", threads=threads, decoding=decoding)
    alone = ctranslate2.Translator(
        str(converted(config, "int8")), compute_type="int8", inter_threads=threads, intra_threads=1
    )
    pieces = [[*ours._tokenizer.encode(sentence).pieces] for sentence in text]
    batches = {"max_batch_size": 1024, "batch_type": "tokens", "max_input_length": 0}

    def search(**more: Any) -> list[list[str]]:
        results = alone.translate_batch(
            pieces, beam_size=decoding.beam, max_decoding_length=decoding.max_extra, disable_unk=True, **batches, **more
        )
        return [result.hypotheses[0] for result in results]

    def bare() -> int:
        return sum(map(len, search()))

    def asked() -> int:
        hypotheses = search(return_attention=True)
        alone.score_batch(pieces, hypotheses, **{**batches, "max_batch_size": 256})
        return sum(map(len, hypotheses))

    def engine() -> int:
        return sum(len(done.target_pieces) for done in ours.translate(text))

    return dict(zip(WAYS, (bare, asked, engine), strict=True))


def measure(todo: dict[str, Callable[[], int]], rounds: int) -> dict[str, Run]:
    """The best of several rounds of each, in turns, after one that is not counted."""
    best: dict[str, Run] = {}
    for number in range(rounds + 1):
        for name, run in todo.items():
            start = time.perf_counter()
            written = run()
            took = Run(time.perf_counter() - start, written)
            if number and (name not in best or took.seconds < best[name].seconds):
                best[name] = took
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--threads", type=int, default=min(2, available_cores()))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--sentences", type=int, default=128)
    parser.add_argument("--written", type=int, default=30, help="pieces a hypothesis")
    chosen = parser.parse_args()
    text = sentences(chosen.sentences)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[CACHE_VARIABLE] = str(Path(folder) / "cache")  # random weights do not belong in the user's
        (Path(folder) / "model").mkdir()
        use = ModelUse("random", "benchmarks/random", "0", "Apache-2.0", "ctranslate")
        config = EngineConfig(build(Path(folder) / "model", text), use, "en", "ar", cache_name="random")
        decoding = Decoding(beam=chosen.beam, max_ratio=0, max_extra=chosen.written)
        todo = ways(config, text, decoding, chosen.threads)
        runs = measure(todo, chosen.rounds)
    result = {
        "sentences": len(text),
        "threads": chosen.threads,
        "beam": chosen.beam,
        "pieces_written": {name: run.pieces for name, run in runs.items()},
        "pieces_per_second": {name: round(run.speed, 1) for name, run in runs.items()},
        "ours_to_bare": round(runs["bare"].speed / runs["ours"].speed, 3),
        "ours_to_asked": round(runs["asked"].speed / runs["ours"].speed, 3),
    }
    print(json.dumps(result) if chosen.json else table(runs))


def table(runs: dict[str, Run]) -> str:
    lines = ["| | pieces/s | time to search alone |", "|---|---|---|"]
    lines += [f"| {NAMES[k]} | {run.speed:.0f} | {runs['bare'].speed / run.speed:.3f} |" for k, run in runs.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
