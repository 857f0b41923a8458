"""Runs the embedded model, which needs no model hub: Gemma-3-270m with our adapter, in CTranslate2. A preview."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from translate import cache
from translate.document import Issue, ModelUse, Severity, Translation
from translate.engines.assemble import UNFINISHED, failing
from translate.engines.base import Decoding, EngineConfig
from translate.engines.ctranslate import available_cores, resolve_device
from translate.engines.embedded_pieces import BEGIN, END, FILE, NEWLINE, Pieces
from translate.errors import DiskFull, EngineError, ExtraMissing, LanguageError, ModelBroken, UsageError

ADAPTER = Path(__file__).parent.parent / "data" / "embedded"
ACTIVATIONS = "activations.safetensors"
"""The file beside an adapter that says how large each element of a product's input gets, for the 8-bit conversion."""
BASE_SHA256 = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
# The prompt that the adapter was trained with; the answer ends at the first newline.
_NAMES = {"en": "English", "ar": "Arabic"}
_PROMPT = "{source}: {sentence}\n{target}:"
# Goes up whenever the converted model's files change, so that no old conversion is taken for a new one.
_FORMAT = 2
# The base joined (253 MB), the converted model (210 MB), and some air.
_NEEDED_BYTES = 600_000_000
# Prompts are filled up to a multiple of this, so that many have the same length.
_CLASS = 16
# Prompt pieces in a batch. CTranslate2 computes the probabilities of all pieces of the output layer at each of them,
# 1.4 MB a piece and worker into English, so this decides the memory; three sentences of 48 pieces with beam 4 already
# keep a core busy. With 192 an article takes 2% less time and 160 MiB more (benchmarks/README.md).
_BUDGET = {"cpu": 144, "cuda": 8192}
# At most this many pieces for each source piece, and 16 more: of 23,512 pairs (FLORES-101 dev, NTREX-128, TICO-19,
# Tatoeba, XQuAD) three human translations into Arabic and one into English are longer. What is longer is a loop.
_RATIO = {"ar": 2.5, "en": 1.5}
# Fifteen of the eighteen layers see no further back than this many pieces, and CTranslate2 4.8.5 fails to score more.
_WINDOW = 512
# The prompt's own pieces (7 at most, with the begin mark), its filling, and what `Decoding.max_extra` allows.
_BESIDES = 7 + _CLASS + 16
# No n pieces in a row may come twice, where the settings leave n open: without that, four sentences of a hundred loop.
# chrF on 100 sentences, beam 4: n = 4 30.9, 6 30.5, none 29.8; but 55 of 997 human translations have four pieces twice,
# and 12 have six.
_NO_REPEAT = 6
# mallopt's name for how many arenas there may be, from glibc's malloc.h.
_ARENA_MAX = -8
# How many ways to go on from a beginning are looked at.
_OTHERS = 4


@dataclass(frozen=True)
class _Request:
    """A sentence to translate: its own pieces, and the whole prompt, filled up, with the answer as far as `begun`."""

    own: tuple[str, ...]
    prompt: tuple[str, ...]
    begun: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Hypothesis:
    """What the model wrote, whether it came to an end by itself, and the mean log-probability of a piece."""

    pieces: tuple[str, ...]
    finished: bool
    score: float | None


def prepare(name: str, target: str, adapter: Path = ADAPTER) -> Path:
    """The folder of the model converted for `target` in the cache; `name` begins its name.

    The first call for a language makes it (about 40 s). `adapter` is the folder of the adapter to fold in: the
    package's own, or one in training.

    Raises ExtraMissing where the base model's package or its reader is not installed, ModelBroken where its weights are
    not those that the adapter was trained on, DiskFull where there is no room.
    """
    name = f"{name}-embedded-{adapter_version(adapter)}-{target}-int8-v{_FORMAT}"
    if (done := cache.find(name)) is not None:
        return done

    def build(folder: Path) -> None:
        free = shutil.disk_usage(folder).free
        if free < _NEEDED_BYTES:
            raise DiskFull(
                f"the embedded model needs {_NEEDED_BYTES >> 20} MiB in {folder.parent} and there are {free >> 20}: "
                f"free some or set {cache.CACHE_VARIABLE} to another disk"
            )
        try:
            # torch, transformers and the base's package: seconds to import, and needed this once.
            from translate.engines.embedded_build import build as build_model
        except ImportError as exc:
            raise ExtraMissing(
                f"the embedded model needs a part that is not installed ({exc.name}): run `pip install "
                "'dragoman[embedded]'`"
            ) from exc
        build_model(folder, adapter, BASE_SHA256, target)

    return cache.build_once(name, build)


@functools.lru_cache(maxsize=1)
def adapter_version(adapter: Path = ADAPTER) -> str:
    """Which adapter this is: the first 12 hexadecimal digits of the SHA-256 of its files."""
    digest = hashlib.sha256((adapter / "adapter_model.safetensors").read_bytes())
    if (adapter / ACTIVATIONS).exists():
        digest.update((adapter / ACTIVATIONS).read_bytes())
    return digest.hexdigest()[:12]


class EmbeddedEngine:
    """The embedded model at work, English to Arabic or Arabic to English.

    `threads` is how many CPU cores to use in all (None: all that this process may); `adapter` is the folder of another
    than the package's own, for those who train one. This model loops: where `decoding` says nothing of it, no 6 pieces
    in a row come twice, and no translation may be longer than human ones are. A translation's score is the search's
    own; where the search penalises pieces, a second, teacher-forced pass has the model's log-probabilities. There is no
    alignment: a decoder alone has no cross-attention.

    Raises LanguageError for another pair, UsageError for a device that is not there, and what `prepare` raises.
    """

    def __init__(
        self,
        config: EngineConfig,
        *,
        device: str = "auto",
        decoding: Decoding | None = None,
        threads: int | None = None,
        adapter: Path = ADAPTER,
    ) -> None:
        self.decoding = decoding or Decoding()
        self._config = config
        if {config.source, config.target} != set(_NAMES):
            raise LanguageError(
                f"{config.use.name} translates between English and Arabic only, not {config.source} to {config.target}"
            )
        self._device = resolve_device(device)
        folder = prepare(config.cache_name or "gemma-3-270m", config.target, adapter)
        self._model = _load(folder, self._device, threads)
        self._pieces = Pieces(folder / FILE)
        self._vocabulary = folder / "vocabulary.json"
        settings = {
            "device": self._device,
            "compute_type": self._model.compute_type,
            "beam": self.decoding.beam,
            "no_repeat_ngram": self.decoding.no_repeat_ngram or _NO_REPEAT,
        }
        self._use = replace(
            config.use,
            revision=f"{config.use.revision}+{adapter_version(adapter)}",
            preview=True,
            settings=MappingProxyType({**config.use.settings, **settings}),
        )

    @property
    def uses(self) -> tuple[ModelUse, ...]:
        """The model: device, compute type and search in its settings, the adapter's version in its revision."""
        return (self._use,)

    @property
    def max_source(self) -> int:
        """The most pieces that a sentence may have, as `count` counts them: its translation must fit in the window."""
        return min(self._config.max_source, int((_WINDOW - _BESIDES) / (1 + _RATIO[self._config.target])))

    def count(self, sentence: str) -> int:
        """How many pieces `sentence` has by itself, without the prompt around it."""
        return len(self._pieces.encode(_one_line(sentence)))

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """One translation for each sentence, in order. Raises EngineError where the model fails or one is too long.

        A sentence without a letter (a number, a mark) comes back as it is: the model would invent something.
        """
        decoding = self._bounded(decoding or self.decoding)
        requests = self._requests(sentences)
        with failing(self._use.name):
            hypotheses = {i: found[0] for i, found in self._search(requests, decoding).items()}
            # A penalty bends the search's scores; the few n-grams that are forbidden hardly do.
            bent = decoding.repetition_penalty != 1.0 and not decoding.text_only
            written = [i for i, hypothesis in hypotheses.items() if hypothesis.pieces and bent]
            # Each call waits for its worker, so there are as many callers as workers.
            with ThreadPoolExecutor(self._model.num_generators) as callers:
                scores = dict(
                    zip(written, callers.map(lambda i: self._score(requests[i], hypotheses[i]), written), strict=True)
                )
        return [
            self._translation(requests[i], hypotheses[i], scores.get(i, ())) if i in requests else Translation(sentence)
            for i, sentence in enumerate(sentences)
        ]

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        """Up to `count` different translations of each sentence that has a letter, best first: see `NBest`."""
        decoding = self._bounded((decoding or self.decoding).wide_enough(count))
        with failing(self._use.name):
            found = self._search(self._requests(sentences), decoding, count)
        return [self._texts(found.get(i, [])) for i in range(len(sentences))]

    def continued(
        self, sentence: str, beginnings: Sequence[str], without: str = "", decoding: Decoding | None = None
    ) -> list[Translation]:
        """The best translation with each of the beginnings: see `Continues`. A score is that of the whole of it."""
        decoding = self._bounded(decoding or self.decoding)
        requests = dict(enumerate(self._read(sentence, beginning) for beginning in beginnings))
        requests = {i: request for i, request in requests.items() if self._room(len(request.prompt)) > 0}
        with failing(self._use.name):
            found = self._search(requests, decoding, min(decoding.beam, _OTHERS), without=without)
            whole = [
                (requests[i], replace(best, pieces=(*requests[i].begun, *best.pieces)))
                for i, hypotheses in found.items()
                if (best := next((one for one in hypotheses if _goes_on(beginnings[i], one)), None))
            ]
            return [self._translation(one, best, self._score(one, best)) for one, best in whole]

    def _texts(self, hypotheses: Sequence[_Hypothesis]) -> list[str]:
        """The different texts of those hypotheses that came to an end."""
        decoded = (self._pieces.decode(hypothesis.pieces).strip() for hypothesis in hypotheses if hypothesis.finished)
        return [text for text in dict.fromkeys(decoded) if text]

    def _bounded(self, decoding: Decoding) -> Decoding:
        """The settings with a translation's length bounded as those of people are."""
        return replace(decoding, max_ratio=min(decoding.max_ratio, _RATIO[self._config.target]))

    def _requests(self, sentences: Sequence[str]) -> dict[int, _Request]:
        return {i: self._read(s) for i, s in enumerate(sentences) if any(char.isalpha() for char in s)}

    def _read(self, sentence: str, beginning: str = "") -> _Request:
        """The sentence in its prompt, and how its translation is to begin; EngineError where it is over the limit.

        The prompt is filled up with newlines at its start, to a length that depends on the sentence alone. Prompts of
        one length take the same way through CTranslate2 whatever their number, so a sentence's translation depends on
        no other; mixed lengths changed a third of sentences. On 50 pairs 1 to 7 newlines moved the mean
        log-probability of human translations by 0.002 on average (0.007 at most), against -2.06 without.
        """
        text = _one_line(sentence)
        own = tuple(self._pieces.encode(text))
        if len(own) > self.max_source:
            raise EngineError(
                f"a sentence of {len(own)} pieces is over the model's limit of {self.max_source}: split it "
                f"({text[:60]!r} …)"
            )
        names = {"source": _NAMES[self._config.source], "target": _NAMES[self._config.target]}
        begun = tuple(self._pieces.encode(f" {beginning}")) if beginning else ()
        prompt = (*self._pieces.encode(_PROMPT.format(sentence=text, **names)), *begun)
        filling = -(len(prompt) + 1) % _CLASS
        return _Request(own, (BEGIN, *[NEWLINE] * filling, *prompt), begun)

    def _search(
        self, requests: dict[int, _Request], decoding: Decoding, count: int = 1, *, without: str = ""
    ) -> dict[int, list[_Hypothesis]]:
        """The `count` best hypotheses for each request; all batches are handed over at once: no worker has to wait."""
        suppressed = [self._pieces.encode(form) for form in (without, f" {without}")] if without else None
        classes: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for i, request in requests.items():
            classes[len(request.prompt), decoding.no_repeat_ngram or _unrepeated(request.own)].append(i)
        futures = []
        for (length, no_repeat), members in sorted(classes.items(), reverse=True):
            # The keys and values of a wider beam take more memory than those of four hypotheses.
            size = max(1, _BUDGET[self._device] * 4 // (length * max(4, decoding.beam)))
            for start in range(0, len(members), size):
                batch = members[start : start + size]
                futures.append(
                    (
                        batch,
                        self._model.generate_batch(
                            [requests[i].prompt for i in batch],
                            asynchronous=True,
                            beam_size=decoding.beam,
                            num_hypotheses=count,
                            length_penalty=decoding.length_penalty,
                            no_repeat_ngram_size=no_repeat,
                            repetition_penalty=decoding.repetition_penalty,
                            # The same for a whole class, so that no neighbour decides when a search must end.
                            max_length=decoding.max_target(length, self._room(length)),
                            end_token=[NEWLINE, END],
                            return_end_token=True,
                            return_scores=True,
                            include_prompt_in_result=False,
                            disable_unk=True,
                            suppress_sequences=suppressed,
                        ),
                    )
                )
        return {
            i: [
                self._hypothesis(requests[i], pieces, score, decoding)
                for pieces, score in zip(result.result().sequences, result.result().scores, strict=True)
            ]
            for batch, results in futures
            for i, result in zip(batch, results, strict=True)
        }

    def _score(self, request: _Request, hypothesis: _Hypothesis) -> tuple[float, ...]:
        """The log-probability of each piece of a hypothesis; of none where a piece is not the output layer's to give.

        Each is a batch of its own: CTranslate2 4.8.5 fails on rows of different lengths in a model with one key head.
        Its `score_batch` would look for the prompt's pieces in the output layer, too, which does not have them all.
        """
        prompt = request.prompt[: len(request.prompt) - len(request.begun)]
        pieces = [*prompt, *hypothesis.pieces[:-1]]
        found = np.asarray(self._model.forward_batch([pieces], return_log_probs=True))[0, len(prompt) - 1 :]
        known = _rows(self._vocabulary, found.shape[1])
        if not known.keys() >= set(hypothesis.pieces):
            return ()
        rows = [known[piece] for piece in hypothesis.pieces]
        # Rounding may lift a certainty above 0.
        return tuple(np.minimum(found[range(len(rows)), rows], 0).tolist())

    def _room(self, prompt: int) -> int:
        """The most pieces that a translation may have after a prompt of so many."""
        return min(self._config.max_target, _WINDOW - prompt)

    def _hypothesis(self, request: _Request, pieces: Sequence[str], score: float, decoding: Decoding) -> _Hypothesis:
        finished = bool(pieces) and pieces[-1] in (NEWLINE, END)
        text = tuple(pieces[:-1] if finished else pieces)
        most = decoding.max_target(len(request.own), self._room(len(request.prompt)))
        # A search's score is the sum over the length of all that it wrote, to the power of its penalty.
        mean = score * len(pieces) ** (decoding.length_penalty - 1) if pieces else None
        return _Hypothesis(text[:most], finished and len(text) <= most, mean)

    def _translation(self, request: _Request, hypothesis: _Hypothesis, scores: Sequence[float]) -> Translation:
        text = self._pieces.decode(hypothesis.pieces).strip()
        issues = () if hypothesis.finished else (_unfinished(len(hypothesis.pieces)),)
        score = sum(scores) / len(scores) if scores else hypothesis.score
        return Translation(text, request.own, hypothesis.pieces, tuple(scores), issues=issues, score=score)


def _goes_on(beginning: str, hypothesis: _Hypothesis) -> bool:
    """Whether it came to an end and leaves the beginning's last word as it is: 24 does not become 240."""
    glued = bool(hypothesis.pieces) and hypothesis.pieces[0][:1].isdigit()
    return hypothesis.finished and not (beginning[-1:].isdigit() and glued)


def _unrepeated(pieces: Sequence[str]) -> int:
    """The least n, from `_NO_REPEAT` on, such that no n pieces in a row come twice in a source.

    What a source says twice its translation may say twice: the zeros of 1,000,000,000 are the same six pieces again.
    """
    n = _NO_REPEAT
    while len({tuple(pieces[i : i + n]) for i in range(len(pieces) - n + 1)}) < len(pieces) - n + 1:
        n += 1
    return n


def _one_line(sentence: str) -> str:
    """The sentence with single spaces: a newline would end its part of the prompt."""
    return " ".join(sentence.split())


@functools.lru_cache(maxsize=2)  # one for each target language
def _rows(vocabulary: Path, count: int) -> dict[str, int]:
    """The row of each of the first `count` pieces in the output layer; read where scores are asked for."""
    pieces: list[str] = json.loads(vocabulary.read_text(encoding="utf-8"))
    return {piece: row for row, piece in enumerate(pieces[:count])}


def _one_arena() -> None:
    """Have glibc's threads share their free memory, which each would keep for itself: 90 MB less at the same speed.

    Measured 2026-11-29 with 20 sentences into Arabic and two workers. Other C libraries have no such setting.
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


@functools.lru_cache(maxsize=2)  # one for each target language
def _load(folder: Path, device: str, threads: int | None) -> Any:
    from ctranslate2 import Generator  # 0.1 s to import

    if threads is not None and threads < 1:
        raise UsageError(f"threads must be at least 1, not {threads}")
    # Workers of one core each are faster than one worker of several, as with any small model; more than four would each
    # hold a batch's probabilities over all pieces.
    cores = threads or available_cores()
    workers = min(cores, 4) if device == "cpu" else 1
    _one_arena()
    try:
        return Generator(
            str(folder),
            device=device,
            compute_type="int8" if device == "cpu" else "int8_float16",
            inter_threads=workers,
            intra_threads=cores // workers,
            max_queued_batches=-1,
        )
    except (RuntimeError, ValueError) as exc:
        raise ModelBroken(
            f"the converted model in {folder} cannot be loaded: {exc}; remove it to convert again"
        ) from exc


def _unfinished(pieces: int) -> Issue:
    return Issue(
        UNFINISHED,
        Severity.ERROR,
        f"The model came to no end within {pieces} pieces; its translation breaks off.",
        f"لم يبلغ النموذج نهاية الجملة فالترجمة مبتورة (طولها بالوحدات: {pieces}).",
    )
