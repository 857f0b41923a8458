"""Trains the two SentencePiece models, writes the Marian vocabulary, and turns pairs into training examples."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sentencepiece
from align import Links, align_words, normalise, piece_links, piece_words

PIECES_PER_SIDE = 1900
MAX_PIECES = 120
EOS, UNK, PAD = "</s>", "<unk>", "<pad>"

_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىأإآءئؤة"
_COMMON = "0123456789.,:;!?\"'()[]%$€-/&+«»،؛؟–—“”"
REQUIRED = {"en": _LATIN + _COMMON + "‘’", "ar": _ARABIC + _COMMON}


@dataclass(frozen=True)
class Example:
    """One encoded pair; ids end in "</s>", links are (source piece, target piece) and include the two "</s>"."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    links: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Vocabulary:
    """Both SentencePiece models and the one table of ids of both ("</s>" is 0, "<unk>" 1, "<pad>" last)."""

    source: sentencepiece.SentencePieceProcessor
    target: sentencepiece.SentencePieceProcessor
    ids: dict[str, int]

    @classmethod
    def open(cls, folder: Path) -> Vocabulary:
        """The vocabulary that `train` wrote into `folder`."""
        source, target = (
            sentencepiece.SentencePieceProcessor(model_file=str(folder / f"{side}.spm"))
            for side in ("source", "target")
        )
        return cls(source, target, json.loads((folder / "vocab.json").read_text(encoding="utf-8")))

    def encode(self, model: sentencepiece.SentencePieceProcessor, text: str) -> list[int]:
        """Ids of the pieces of `text`, without "</s>"."""
        return [self.ids.get(piece, self.ids[UNK]) for piece in model.encode(text, out_type=str)]

    def examples(self, pairs: Sequence[tuple[str, str]], *, aligned: bool) -> list[Example]:
        """Encodes (source, target) pairs, drops those over `MAX_PIECES` a side; word-aligns them when `aligned`."""
        texts = [(normalise(self.source, s), normalise(self.target, t)) for s, t in pairs]
        links: list[Links] = (
            align_words([s for s, _ in texts], [t for _, t in texts]) if aligned else [set() for _ in texts]
        )
        result = [self._example(s, t, words) for (s, t), words in zip(texts, links, strict=True)]
        return [e for e in result if max(len(e.source), len(e.target)) <= MAX_PIECES]

    def _example(self, source: str, target: str, words: Links) -> Example:
        eos = self.ids[EOS]
        source_words = piece_words(self.source.encode(source, out_type=str), source)
        target_words = piece_words(self.target.encode(target, out_type=str), target)
        return Example(
            (*self.encode(self.source, source), eos),
            (*self.encode(self.target, target), eos),
            tuple(sorted(piece_links(words, source_words, target_words))),
        )


def _train_side(texts: Sequence[str], language: str, rule: str, path: Path) -> list[str]:
    """Writes one unigram model to `path`; returns its pieces without the special ones."""
    model = io.BytesIO()
    digits = "٠١٢٣٤٥٦٧٨٩" if any("٣" in text for text in texts) else ""
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        model_type="unigram",
        vocab_size=PIECES_PER_SIDE,
        character_coverage=0.9995,
        required_chars=REQUIRED[language] + digits,
        normalization_rule_name=rule,
        split_digits=True,
        num_threads=1,
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(i) for i in range(3, processor.get_piece_size())]


def train(pairs: Sequence[tuple[str, str]], direction: str, folder: Path) -> Vocabulary:
    """Trains source.spm and target.spm on `pairs` and writes them with vocab.json into `folder`.

    The source side normalises as opus-mt's models do (nmt_nfkc); the target text is normalised already, so its model
    goes without that table of 240 kB.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source_lang, target_lang = direction.split("-")
    pieces = _train_side([s for s, _ in pairs], source_lang, "nmt_nfkc", folder / "source.spm")
    pieces += _train_side([t for _, t in pairs], target_lang, "identity", folder / "target.spm")
    ids = {piece: number for number, piece in enumerate([EOS, UNK, *dict.fromkeys(pieces), PAD])}
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return Vocabulary.open(folder)
