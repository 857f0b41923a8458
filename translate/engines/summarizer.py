"""Runs BART, mBART and T5 models that write summaries, with transformers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from translate import hub
from translate.document import ModelUse
from translate.engines.convert import quiet
from translate.errors import EngineError, ModelBroken, UsageError

if TYPE_CHECKING:
    from translate.registry import ModelSpec

# Texts that go through the model together: a summary reads up to 1,024 pieces, so few fill the cores already.
_BATCH = {"cpu": 2, "cuda": 16}
# T5 overflows float16 (its activations grow beyond 65,504), bfloat16 has float32's range.
_NEEDS_RANGE = ("t5", "mt5", "umt5")


@dataclass(frozen=True)
class Writing:
    """How a summary is searched for.

    `beam` 1 is greedy search. A summary has between `least` and `most` pieces of the model's vocabulary;
    `length_penalty` is the exponent of the length that scores are divided by (over 1 favours longer ones);
    `no_repeat_ngram` forbids an n-gram of that many pieces to come twice (0: off).
    """

    beam: int = 4
    least: int = 0
    most: int = 142
    length_penalty: float = 1.0
    no_repeat_ngram: int = 3

    def __post_init__(self) -> None:
        if self.beam < 1:
            raise ValueError(f"a beam holds at least one hypothesis, not {self.beam}")
        if not 0 <= self.least <= self.most or self.most < 1:
            raise ValueError(f"a summary has from {self.least} to {self.most} pieces: that is no range")


class Summarizer(Protocol):
    """A model that writes summaries."""

    @property
    def use(self) -> ModelUse:
        """The model, for reports."""

    @property
    def writing(self) -> Writing:
        """How it writes unless told otherwise."""

    @property
    def max_source(self) -> int:
        """The most pieces that a text may have, as `count` counts them."""

    def count(self, text: str) -> int:
        """How many pieces of the model's vocabulary `text` has, without marks of begin and end."""

    def generate(self, texts: Sequence[str], writing: Writing | None = None) -> list[str]:
        """A summary of each text, in order; it may be empty. Never cuts a text: EngineError for one over the limit."""


class TransformersSummarizer:
    """One summariser at work, in float32 on a CPU and in half precision on a GPU."""

    def __init__(self, spec: ModelSpec, folder: Path, *, device: str = "auto", threads: int | None = None) -> None:
        """`folder` holds the files of `spec`; `threads` sets torch's for the whole process.

        Raises UsageError for a device that is not there, ModelBroken for a model that cannot be loaded.
        """
        import torch  # seconds to import, and only those who want this model need it

        if threads is not None:
            torch.set_num_threads(threads)
        self._torch = torch
        self._device = _device(device, torch)
        self._model, self._vocabulary = _load(spec, folder, self._device, torch)
        self._specials = len(self._vocabulary.ids(""))
        self._max_source = spec.max_source
        self.writing = _writing(spec)
        settings = {"device": self._device, "beam": self.writing.beam}
        self.use = ModelUse(
            spec.name,
            spec.origin,
            hub.revision(spec, folder),
            spec.licence.name,
            spec.engine,
            MappingProxyType(settings),
        )

    @property
    def max_source(self) -> int:
        """The most pieces that a text may have, as `count` counts them."""
        return self._max_source - self._specials

    def count(self, text: str) -> int:
        """How many pieces `text` has, without marks of begin and end."""
        return len(self._vocabulary.ids(text)) - self._specials

    def generate(self, texts: Sequence[str], writing: Writing | None = None) -> list[str]:
        """A summary of each text, in order; "" for one without words. Raises EngineError where one is too long."""
        writing = writing or self.writing
        wanted = [(index, text) for index, text in enumerate(texts) if text.strip()]
        for _, text in wanted:
            if (size := self.count(text)) > self.max_source:
                raise EngineError(f"a text of {size} pieces is over the model's limit of {self.max_source}: split it")
        found = [""] * len(texts)
        # Neighbours of one length need least padding.
        wanted.sort(key=lambda one: len(one[1]))
        size = _BATCH[self._device]
        for first in range(0, len(wanted), size):
            batch = wanted[first : first + size]
            for (index, _), summary in zip(batch, self._write([text for _, text in batch], writing), strict=True):
                found[index] = summary
        return found

    def _write(self, texts: Sequence[str], writing: Writing) -> list[str]:
        rows = [self._vocabulary.ids(text) for text in texts]
        longest = max(len(row) for row in rows)
        padded = [[*row, *[self._vocabulary.pad] * (longest - len(row))] for row in rows]
        try:
            with self._torch.inference_mode():
                written = self._model.generate(
                    input_ids=self._torch.tensor(padded, device=self._device),
                    attention_mask=self._torch.tensor(
                        [[1] * len(row) + [0] * (longest - len(row)) for row in rows], device=self._device
                    ),
                    generation_config=self._settings(writing),
                )
        except (RuntimeError, ValueError, IndexError) as exc:
            raise EngineError(f"{self.use.name} failed while it summarised: {exc}") from exc
        return [" ".join(self._vocabulary.text(row).split()) for row in written.tolist()]

    def _settings(self, writing: Writing) -> Any:
        from transformers import GenerationConfig  # imported with the model already

        own = self._model.generation_config
        return GenerationConfig(
            num_beams=writing.beam,
            do_sample=False,
            min_new_tokens=writing.least,
            max_new_tokens=writing.most,
            length_penalty=writing.length_penalty,
            no_repeat_ngram_size=writing.no_repeat_ngram,
            early_stopping=writing.beam > 1,
            # What a checkpoint was trained to begin and end with is its own to say.
            decoder_start_token_id=own.decoder_start_token_id or self._model.config.decoder_start_token_id,
            forced_bos_token_id=own.forced_bos_token_id,
            forced_eos_token_id=own.forced_eos_token_id,
            eos_token_id=self._vocabulary.end,
            pad_token_id=self._vocabulary.pad,
        )


def load(spec: ModelSpec, folder: Path, *, device: str = "auto", threads: int | None = None) -> Summarizer:
    """The summariser that `spec` describes (`Registry.summariser`), with its files in `folder` (`hub.fetch`).

    `device` is auto, cpu or cuda. Raises UsageError where the model translates or the device is not there, ModelBroken
    for a model that cannot be loaded.
    """
    if spec.task != "summarize":
        raise UsageError(f"{spec.name} translates and writes no summaries")
    return TransformersSummarizer(spec, folder, device=device, threads=threads)


def _writing(spec: ModelSpec) -> Writing:
    wanted = spec.generation
    if wanted is None:
        return Writing(most=spec.max_target)
    return replace(
        Writing(most=spec.max_target),
        beam=wanted.beam,
        least=min(wanted.min_target, spec.max_target),
        length_penalty=wanted.length_penalty,
        no_repeat_ngram=wanted.no_repeat_ngram,
    )


def _device(device: str, torch: Any) -> str:
    if device not in ("auto", "cpu", "cuda"):
        raise UsageError(f"device must be auto, cpu or cuda, not {device!r}")
    there = device != "cpu" and torch.cuda.is_available()
    if device == "cuda" and not there:
        raise UsageError("there is no CUDA GPU that torch can use on this machine: take --device cpu or auto")
    return "cuda" if there else "cpu"


class _Vocabulary(Protocol):
    """What turns a text into a model's numbers and back: `ids` has the marks of begin and end, `text` has none."""

    pad: int
    end: int

    def ids(self, text: str) -> list[int]: ...

    def text(self, ids: Sequence[int]) -> str: ...


class _Tokens:
    """The vocabulary of a model as transformers reads it."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoTokenizer  # seconds to import

        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.pad, self.end = int(self._tokenizer.pad_token_id), int(self._tokenizer.eos_token_id)

    def ids(self, text: str) -> list[int]:
        return list(self._tokenizer(text)["input_ids"])

    def text(self, ids: Sequence[int]) -> str:
        return str(self._tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False))


class _Pieces:
    """A sentencepiece model by itself: transformers 5 reads one only with protobuf, which nothing else here needs."""

    def __init__(self, file: Path) -> None:
        from sentencepiece import SentencePieceProcessor  # only mT5 needs it here

        self._pieces = SentencePieceProcessor(model_file=str(file))
        self.pad, self.end = self._pieces.pad_id(), self._pieces.eos_id()

    def ids(self, text: str) -> list[int]:
        return [*self._pieces.encode(text), self.end]

    def text(self, ids: Sequence[int]) -> str:
        # Models have rows for more pieces than there are, to round their size.
        known = [i for i in ids if i not in (self.pad, self.end) and i < self._pieces.get_piece_size()]
        return str(self._pieces.decode(known))


def _load(spec: ModelSpec, folder: Path, device: str, torch: Any) -> tuple[Any, _Vocabulary]:
    """The model and its vocabulary, from local files alone."""
    from transformers import AutoConfig, AutoModelForSeq2SeqLM  # seconds to import

    try:
        with quiet():
            kind = AutoConfig.from_pretrained(folder, local_files_only=True).model_type
            half = torch.bfloat16 if kind in _NEEDS_RANGE else torch.float16
            model = AutoModelForSeq2SeqLM.from_pretrained(
                folder, local_files_only=True, dtype=torch.float32 if device == "cpu" else half
            )
            bare = folder / "spiece.model"
            alone = bare.is_file() and not (folder / "tokenizer.json").is_file()
            vocabulary: _Vocabulary = _Pieces(bare) if alone else _Tokens(folder)
    except Exception as exc:  # torch, safetensors, sentencepiece and transformers raise whatever they like
        raise ModelBroken(f"{spec.name}: the model in {folder} cannot be loaded: {exc}") from exc
    return model.to(device).eval(), vocabulary
