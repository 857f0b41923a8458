"""Runs any sequence-to-sequence model with transformers: slower than CTranslate2, and open to more architectures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from translate.document import ModelUse, Translation
from translate.engines import assemble, batching, tokenizer
from translate.engines.assemble import Hypothesis, Request
from translate.engines.base import Decoding, EngineConfig
from translate.errors import ModelBroken, UsageError

_BUDGET = {"cpu": 512, "cuda": 8192}
# T5 overflows float16 (its activations grow beyond 65,504), bfloat16 has float32's range.
_NEEDS_RANGE = ("t5", "mt5", "umt5")


class TransformersEngine:
    """One model at work in transformers, in float32 on a CPU and in half precision on a GPU.

    A hypothesis is searched for with `generate`; one teacher-forced pass over it then gives the cross-attention and the
    log-probabilities. `threads` sets torch's for the whole process. `compiled` runs the model through torch.compile:
    it takes a C++ compiler and minutes before the first sentence, and pays only over thousands of them.
    """

    def __init__(
        self,
        config: EngineConfig,
        *,
        device: str = "auto",
        decoding: Decoding | None = None,
        threads: int | None = None,
        compiled: bool = False,
    ) -> None:
        import torch  # seconds to import, and only this engine's users need it

        if threads is not None:
            torch.set_num_threads(threads)
        self._torch = torch
        self.decoding = decoding or Decoding()
        self._config = config
        self._device = _resolve_device(device, torch)
        self._tokenizer = tokenizer.load(config)
        self._model, self._vocabulary = _load(config, self._device, torch)
        self._check_codes()
        if compiled:
            self._model.forward = torch.compile(self._model.forward, dynamic=True)
        kind = str(self._model.dtype).removeprefix("torch.")
        settings = {"device": self._device, "compute_type": kind, "beam": self.decoding.beam}
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
        requests = assemble.read(sentences, self._tokenizer, self.max_source)
        return [
            assemble.translation(request, hypotheses[0], self._tokenizer, self._config)
            for request, hypotheses in zip(requests, self._found(requests, decoding or self.decoding), strict=True)
        ]

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        """Up to `count` different translations of each sentence, best first: see `NBest`."""
        requests = assemble.read(sentences, self._tokenizer, self.max_source)
        found = self._found(requests, (decoding or self.decoding).wide_enough(count), count)
        return [assemble.texts(hypotheses, self._tokenizer) for hypotheses in found]

    def _found(self, requests: Sequence[Request], decoding: Decoding, count: int = 1) -> list[list[Hypothesis]]:
        """The `count` best hypotheses for each request; a single one with what the model says of it."""
        found = [[Hypothesis((), True, ())]] * len(requests)
        speaking = [i for i, request in enumerate(requests) if request.own]
        plan = batching.plan([requests[i].length for i in speaking], _BUDGET[self._device])
        with assemble.failing(self._use.name, IndexError):
            for batch in plan:
                members = [speaking[i] for i in batch.indices]
                hypotheses = self._search([requests[i] for i in members], batch.bound, decoding, count)
                for i, its in zip(members, hypotheses, strict=True):
                    found[i] = its
        return found

    def _check_codes(self) -> None:
        unknown = self._vocabulary.unk_token_id
        for code in self._tokenizer.codes:
            if self._vocabulary.convert_tokens_to_ids(code) in (None, unknown):
                name = self._config.use.name
                raise ModelBroken(f"{name} does not know the language code {code!r}: correct it in models.yaml")

    def _search(
        self, requests: Sequence[Request], bound: int, decoding: Decoding, count: int
    ) -> list[list[Hypothesis]]:
        """The `count` best hypotheses for each request of one batch; a single one with what the model says of it."""
        torch = self._torch
        limit = assemble.max_target(self._config, self._tokenizer)
        read = self._padded([self._ids(request.encoded.pieces) for request in requests])
        mask = read.ne(self._model.config.pad_token_id).long()
        prefix = self._ids(self._tokenizer.target_prefix)
        start = torch.tensor([[self._start, *prefix]] * len(requests), device=self._device)
        with torch.inference_mode():
            written = self._model.generate(
                input_ids=read,
                attention_mask=mask,
                decoder_input_ids=start,
                generation_config=self._settings(decoding, decoding.max_target(bound, limit), count),
            )
            written = written[:, start.shape[1] :].tolist()
            hypotheses = [
                [assemble.capped(self._hypothesis(ids), request, decoding, limit) for ids in written[at : at + count]]
                for at, request in zip(range(0, len(written), count), requests, strict=True)
            ]
            if count > 1:
                return hypotheses
            return [[seen] for seen in self._observed(read, mask, start, [best for (best,) in hypotheses])]

    @property
    def _start(self) -> int:
        return int(self._model.config.decoder_start_token_id)

    def _ids(self, pieces: Sequence[str]) -> list[int]:
        ids: list[int] = self._vocabulary.convert_tokens_to_ids(list(pieces))
        return ids

    def _padded(self, rows: Sequence[Sequence[int]]) -> Any:
        pad = self._model.config.pad_token_id
        longest = max(len(row) for row in rows)
        return self._torch.tensor([[*row, *[pad] * (longest - len(row))] for row in rows], device=self._device)

    def _settings(self, decoding: Decoding, most: int, count: int) -> Any:
        from transformers import GenerationConfig  # imported with the model already

        config = self._model.config
        unwritten = {config.pad_token_id, self._vocabulary.unk_token_id, config.decoder_start_token_id} - {None}
        return GenerationConfig(
            num_beams=decoding.beam,
            num_return_sequences=count,
            do_sample=False,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            max_new_tokens=most + 1,  # and the end mark
            suppress_tokens=sorted(unwritten - {self._end}),
            eos_token_id=self._end,
            pad_token_id=config.pad_token_id,
            decoder_start_token_id=config.decoder_start_token_id,
        )

    @property
    def _end(self) -> int:
        return int(self._vocabulary.eos_token_id)

    def _hypothesis(self, ids: Sequence[int]) -> Hypothesis:
        finished = self._end in ids
        own = ids[: ids.index(self._end)] if finished else [i for i in ids if i != self._model.config.pad_token_id]
        return Hypothesis(tuple(self._vocabulary.convert_ids_to_tokens(own)), finished)

    def _observed(self, read: Any, mask: Any, start: Any, hypotheses: Sequence[Hypothesis]) -> list[Hypothesis]:
        """The hypotheses with attention and log-probabilities, from one pass that is shown each of them whole."""
        prefix = start[0].tolist()
        ids = [self._ids(hypothesis.pieces) for hypothesis in hypotheses]
        output = self._model(
            input_ids=read,
            attention_mask=mask,
            decoder_input_ids=self._padded([[*prefix, *own] for own in ids]),
            output_attentions=self._config.attention is not None,
            use_cache=False,
        )
        first = len(prefix) - 1  # the row that predicts the first piece
        observed = []
        for row, (own, hypothesis) in enumerate(zip(ids, hypotheses, strict=True)):
            read_to = len(own) + hypothesis.finished  # the end mark, too
            logits = output.logits[row, first : first + read_to].float().log_softmax(-1)
            chosen = self._torch.tensor([*own, self._end][:read_to], device=logits.device, dtype=self._torch.long)
            scores = logits.gather(1, chosen[:, None])[:, 0].tolist()
            attention = self._attention(output, row, first, read_to, int(mask[row].sum()))
            score = sum(scores) / read_to if read_to else None
            observed.append(replace(hypothesis, attention=attention, log_probs=tuple(scores[: len(own)]), score=score))
        return observed

    def _attention(self, output: Any, row: int, first: int, rows: int, columns: int) -> Any:
        where = self._config.attention
        if where is None:
            return None
        heads = output.cross_attentions[where.layer][row, : where.heads or None]
        return heads.mean(0)[first : first + rows, :columns].float().cpu().numpy()


def _resolve_device(device: str, torch: Any) -> str:
    if device not in ("auto", "cpu", "cuda"):
        raise UsageError(f"device must be auto, cpu or cuda, not {device!r}")
    if device == "cpu":
        return device
    there = torch.cuda.is_available()
    if device == "cuda" and not there:
        raise UsageError("there is no CUDA GPU that torch can use on this machine: take --device cpu or auto")
    return "cuda" if there else "cpu"


def _load(config: EngineConfig, device: str, torch: Any) -> tuple[Any, Any]:
    """The model and its vocabulary, from local files alone."""
    from transformers import AutoConfig, AutoModelForSeq2SeqLM, AutoTokenizer, GenerationConfig  # seconds to import

    from translate.engines.convert import quiet

    try:
        with quiet():
            kind = AutoConfig.from_pretrained(config.folder, local_files_only=True).model_type
            half = torch.bfloat16 if kind in _NEEDS_RANGE else torch.float16
            model = AutoModelForSeq2SeqLM.from_pretrained(
                config.folder,
                local_files_only=True,
                dtype=torch.float32 if device == "cpu" else half,
                attn_implementation="eager",  # the others do not show their attention
            )
            vocabulary = AutoTokenizer.from_pretrained(config.folder, local_files_only=True)
    except Exception as exc:  # torch, safetensors and transformers raise whatever they like
        raise ModelBroken(f"{config.use.name}: the model in {config.folder} cannot be loaded: {exc}") from exc
    # What the folder says of searching (its own beam, a forced end) would fill whatever we leave unset.
    model.generation_config = GenerationConfig()
    return model.to(device).eval(), vocabulary
