"""Runs Marian, M2M100, NLLB and T5 models with CTranslate2: int8 on a CPU, float16 on a GPU."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from translate.document import ModelUse, Translation
from translate.engines import assemble, batching, tokenizer
from translate.engines.assemble import Hypothesis, Request
from translate.engines.base import Decoding, EngineConfig
from translate.engines.convert import converted
from translate.errors import ModelBroken, UsageError

# Source pieces in a batch. On two cores with AVX2, opus-mt's size, beam 4, int8, 1,024 take 1% to 5% more processor
# time than 512: lengths differ more, and as sentences end the batch gets thin. A GPU has room for far more (not
# measured).
_BUDGET = {"cpu": 512, "cuda": 8192}
# Scoring holds a probability for each word of the vocabulary at each target piece: 64 MB here with 62,834 words.
_SCORED = {"cpu": 256, "cuda": 8192}


@dataclass(frozen=True)
class _Threads:
    workers: int
    each: int


class CTranslateEngine:
    """One model at work in CTranslate2.

    `threads` is how many CPU cores to use in all (None: all that this process may). `compute_type` overrides the
    choice of int8 (CPU) or float16 (GPU), for comparison with other engines. A translation's score is the search's own;
    where the search forbids or penalises pieces, a second, teacher-forced pass has the model's log-probabilities.
    """

    def __init__(
        self,
        config: EngineConfig,
        *,
        device: str = "auto",
        decoding: Decoding | None = None,
        threads: int | None = None,
        compute_type: str | None = None,
    ) -> None:
        self.decoding = decoding or Decoding()
        self._config = config
        self._device = resolve_device(device)
        self._tokenizer = tokenizer.load(config)
        kind = compute_type or ("int8" if self._device == "cpu" else "float16")
        folder = converted(config, kind)
        _check_codes(folder, self._tokenizer.codes, config)
        self._threads = _share(threads) if self._device == "cpu" else _Threads(1, 1)
        self._model = _load(folder, self._device, kind, self._threads)
        settings = {"device": self._device, "compute_type": self._model.compute_type, "beam": self.decoding.beam}
        self._use = replace(config.use, settings=MappingProxyType({**config.use.settings, **settings}))

    @property
    def uses(self) -> tuple[ModelUse, ...]:
        """The model, with device, compute type and beam in its settings."""
        return (self._use,)

    @property
    def max_source(self) -> int:
        """The most pieces that a sentence may have, as `count` counts them."""
        return self._config.max_source - self._tokenizer.specials

    def count(self, sentence: str) -> int:
        """How many pieces `sentence` has, without the end mark and any prefix."""
        return self._tokenizer.count(sentence)

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """One translation for each sentence, in order. Raises EngineError where the model fails or one is too long."""
        decoding = decoding or self.decoding
        requests = assemble.read(sentences, self._tokenizer, self.max_source)
        with assemble.failing(self._use.name):
            hypotheses = [found[0] for found in self._search(requests, decoding)]
            mixed = self._mixes_first_rows(decoding)
            rows = self._submit_first_rows(requests, hypotheses) if mixed else {}
            waiting = self._submit_scoring(requests, hypotheses) if _needs_scoring(decoding) else []
            if mixed:
                hypotheses = [_with_first_row(one, rows.get(i)) for i, one in enumerate(hypotheses)]
            done = [
                assemble.translation(request, hypothesis, self._tokenizer, self._config)
                for request, hypothesis in zip(requests, hypotheses, strict=True)
            ]
            return self._with_scores(done, waiting)

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        """Up to `count` different translations of each sentence, best first: see `NBest`."""
        decoding = (decoding or self.decoding).wide_enough(count)
        requests = assemble.read(sentences, self._tokenizer, self.max_source)
        with assemble.failing(self._use.name):
            found = self._search(requests, decoding, count)
        return [assemble.texts(hypotheses, self._tokenizer) for hypotheses in found]

    def _search(self, requests: Sequence[Request], decoding: Decoding, count: int = 1) -> list[list[Hypothesis]]:
        """The `count` best hypotheses for each request; a single one with attention.

        Batches are handed over ahead of time, so that no worker waits for us, but only a few: what has been handed over
        must be finished before the program can stop.
        """
        speaking = [i for i, request in enumerate(requests) if request.own]
        lengths = [requests[i].length for i in speaking]
        plan = batching.plan(lengths, _BUDGET[self._device], workers=self._threads.workers)
        found = [[Hypothesis((), True, ())]] * len(requests)
        ahead: deque[tuple[list[int], Iterator[list[Hypothesis]]]] = deque()
        for batch in plan:
            members = [speaking[i] for i in batch.indices]
            ahead.append((members, self._submit([requests[i] for i in members], batch.bound, decoding, count)))
            if len(ahead) > 2 * self._threads.workers:
                _collect(*ahead.popleft(), found)
        while ahead:
            _collect(*ahead.popleft(), found)
        return found

    def _submit(
        self, requests: Sequence[Request], bound: int, decoding: Decoding, count: int
    ) -> Iterator[list[Hypothesis]]:
        """Start searching for one batch; its hypotheses, once they are asked for."""
        prefix = self._tokenizer.target_prefix
        limit = assemble.max_target(self._config, self._tokenizer)
        read = [request.encoded.pieces for request in requests]
        attended = self._config.attention is not None and count == 1 and not decoding.text_only
        results = self._model.translate_batch(
            read,
            [prefix] * len(read) if prefix else None,
            asynchronous=True,
            beam_size=decoding.beam,
            num_hypotheses=count,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            # The same for a whole length class, so that no neighbour decides when a search must end.
            max_decoding_length=decoding.max_target(bound, limit) + len(prefix),
            max_input_length=0,
            disable_unk=True,
            return_attention=attended,
            return_scores=True,
            return_end_token=True,
        )
        return (
            [assemble.capped(one, request, decoding, limit) for one in self._hypotheses(result.result(), decoding)]
            for request, result in zip(requests, results, strict=True)
        )

    def _hypotheses(self, result: Any, decoding: Decoding) -> list[Hypothesis]:
        prefix = len(self._tokenizer.target_prefix)
        found = []
        for written, score, attention in zip_longest(result.hypotheses, result.scores, result.attention):
            pieces = tuple(written[prefix:])
            finished = pieces[-1:] == (tokenizer.END,)
            # A search's score is the sum over the length of all that it wrote, to the power of its penalty.
            total = score * len(written) ** decoding.length_penalty
            found.append(
                Hypothesis(
                    pieces[:-1] if finished else pieces,
                    finished,
                    np.asarray(attention[prefix:], dtype=np.float32) if attention is not None else None,
                    score=min(0.0, total / len(pieces)) if pieces else None,
                )
            )
        return found

    def _mixes_first_rows(self, decoding: Decoding) -> bool:
        """Whether the first rows of attention that a search shows are wrong, and matter.

        Beam search in CTranslate2 4.8.5 on a CPU gives sentence b of a batch the first row of sentence b // beam; later
        rows are right.
        """
        where = self._config.attention
        if where is None or where.shifted or decoding.text_only or self._tokenizer.target_prefix:
            return False
        return self._device == "cpu" and decoding.beam > 1

    def _submit_first_rows(self, requests: Sequence[Request], hypotheses: Sequence[Hypothesis]) -> dict[int, Any]:
        """Start one step of greedy search for those whose first word is a single piece; results to come, by request.

        That row depends on the source alone, so any search has it. But it takes a pass of the encoder, some 6% of a
        search; a first word of several pieces does without (`_with_first_row`).
        """
        lone = [i for i, one in enumerate(hypotheses) if one.pieces and not _goes_on(one.pieces)]
        plan = batching.plan([requests[i].length for i in lone], _BUDGET[self._device], workers=self._threads.workers)
        rows: dict[int, Any] = {}
        for batch in plan:
            members = [lone[i] for i in batch.indices]
            results = self._model.translate_batch(
                [requests[i].encoded.pieces for i in members],
                asynchronous=True,
                beam_size=1,
                max_decoding_length=1,
                max_input_length=0,
                return_attention=True,
            )
            rows.update(zip(members, results, strict=True))
        return rows

    def _submit_scoring(self, requests: Sequence[Request], hypotheses: Sequence[Hypothesis]) -> list[Any]:
        """Start scoring every hypothesis that has text; (indices, results to come) for each batch."""
        prefix = self._tokenizer.target_prefix
        worded = [i for i, hypothesis in enumerate(hypotheses) if hypothesis.pieces]
        # Both lengths are padded, so both decide which company changes nothing; the decoder reads a start mark, too.
        plan = batching.plan(
            [1 + len(prefix) + len(hypotheses[i].pieces) for i in worded],
            _SCORED[self._device],
            workers=self._threads.workers,
            keys=[batching.bound(requests[i].length) for i in worded],
        )
        batches = [[worded[i] for i in batch.indices] for batch in plan]
        return [
            (
                members,
                self._model.score_batch(
                    [requests[i].encoded.pieces for i in members],
                    [prefix + hypotheses[i].pieces for i in members],
                    max_input_length=0,
                    offset=len(prefix),
                    asynchronous=True,
                ),
            )
            for members in batches
        ]

    def _with_scores(self, translations: list[Translation], waiting: Sequence[Any]) -> list[Translation]:
        for members, results in waiting:
            for i, result in zip(members, results, strict=True):
                scores = result.result().log_probs
                # The last score is the end mark's, which is no piece of the text.
                own = tuple(scores[: len(translations[i].target_pieces)])
                translations[i] = replace(translations[i], log_probs=own, score=sum(scores) / len(scores))
        return translations


def _needs_scoring(decoding: Decoding) -> bool:
    """Whether the search's own scores are not the model's: what is forbidden or penalised bends them."""
    return not decoding.text_only and (decoding.no_repeat_ngram > 0 or decoding.repetition_penalty != 1.0)


def _goes_on(pieces: Sequence[str]) -> bool:
    """Whether the first word has a second piece."""
    return len(pieces) > 1 and not pieces[1].startswith(tokenizer.SPACE)


def _with_first_row(hypothesis: Hypothesis, step: Any) -> Hypothesis:
    """The hypothesis with a first row of attention of its own: that of `step`, or the next of the same word's."""
    if hypothesis.attention is None or not len(hypothesis.pieces):
        return hypothesis
    rows = np.array(hypothesis.attention)
    rows[0] = rows[1] if step is None else step.result().attention[0][0]
    return replace(hypothesis, attention=rows)


def _collect(members: Sequence[int], hypotheses: Iterator[list[Hypothesis]], found: list[list[Hypothesis]]) -> None:
    for i, hypothesis in zip(members, hypotheses, strict=True):
        found[i] = hypothesis


def resolve_device(device: str) -> str:
    """The device to use, cpu or cuda; auto takes a GPU where there is one. UsageError for cuda without one."""
    from ctranslate2 import get_cuda_device_count  # 0.1 s to import

    if device not in ("auto", "cpu", "cuda"):
        raise UsageError(f"device must be auto, cpu or cuda, not {device!r}")
    if device == "cpu":
        return device
    there = get_cuda_device_count() > 0
    if device == "cuda" and not there:
        raise UsageError("there is no CUDA GPU that CTranslate2 can use on this machine: take --device cpu or auto")
    return "cuda" if there else "cpu"


def _load(folder: Path, device: str, compute_type: str, threads: _Threads) -> Any:
    from ctranslate2 import Translator

    try:
        return Translator(
            str(folder),
            device=device,
            compute_type=compute_type,
            inter_threads=threads.workers,
            intra_threads=threads.each,
            max_queued_batches=-1,
        )
    except (RuntimeError, ValueError) as exc:
        raise ModelBroken(
            f"the converted model in {folder} cannot be loaded: {exc}; remove it to convert again"
        ) from exc


def _share(threads: int | None) -> _Threads:
    """How many workers, and how many cores each.

    On two cores, opus-mt's size, beam 4, int8, two workers of one core make 551 tokens/s and one worker of two makes
    277, so cores go to workers first; to eight of them, as more would wait for batches.
    """
    if threads is not None and threads < 1:
        raise UsageError(f"threads must be at least 1, not {threads}")
    cores = threads or available_cores()
    each = -(-cores // 8)
    return _Threads(cores // each, each)


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _check_codes(folder: Path, codes: Sequence[str], config: EngineConfig) -> None:
    """ModelBroken for a language code without an embedding: CTranslate2 would read it as an unknown word."""
    if not codes:
        return
    files = sorted(folder.glob("*vocabulary.json"))
    known = "".join(path.read_text(encoding="utf-8") for path in files)
    for code in codes:
        if f'"{code}"' not in known:
            raise ModelBroken(f"{config.use.name} does not know the language code {code!r}: correct it in models.yaml")
