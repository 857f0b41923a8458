"""What models.yaml may say of a model and of a profile, and what makes no sense although it is well formed."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from translate.errors import LanguageError
from translate.languages import normalise

_NLLB_CODE = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")
_TRANSLATING = ("pairs", "codes", "prefix", "attention", "flores_chrf")
_SUMMARISING = ("languages", "generation")
_COMMIT = re.compile(r"[0-9a-f]{40}")

# A revision and a file name become parts of paths and of addresses: no empty, hidden or climbing part ("..") in them.
_PART = r"[\w][\w.+-]*"
_PATH = rf"^{_PART}(/{_PART})*$"
Sha256: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FileName: TypeAlias = Annotated[str, StringConstraints(pattern=_PATH)]
Count: TypeAlias = Annotated[int, Field(gt=0)]
Pair: TypeAlias = tuple[str, str]


class _Strict(BaseModel):
    """A part of models.yaml: nothing in it changes, and nothing in it goes unread."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Licence(_Strict):
    """Under what terms a model may be used; `commercial` is None where nobody has said."""

    name: str
    commercial: bool | None = None
    url: str | None = None

    def __str__(self) -> str:
        """The licence's name, with a warning where it forbids commercial use."""
        return f"{self.name} (non-commercial use only)" if self.commercial is False else self.name


class Attention(_Strict):
    """Where the alignment stands in a model's cross-attention; engines.base.AttentionSource says what each means."""

    layer: Annotated[int, Field(ge=-1)]
    heads: Annotated[int, Field(ge=0)]
    shifted: bool


class Generation(_Strict):
    """How a summariser writes best, by its own configuration; engines.summarizer.Writing says what each means."""

    beam: Count = 4
    min_target: Annotated[int, Field(ge=0)] = 0
    length_penalty: float = 1.0
    no_repeat_ngram: Annotated[int, Field(ge=0)] = 0


class Files(_Strict):
    """A model's files on the hub: all of `needed`, the first of `weights` that there is, and `optional` if there."""

    needed: tuple[FileName, ...]
    weights: Annotated[tuple[FileName, ...], Field(min_length=1)]
    optional: tuple[FileName, ...] = ()


class Package(_Strict):
    """A model that comes from the Python package index, and the extra of ours that installs it."""

    distribution: str
    module: str
    version: str
    sha256: Sha256
    extra: str


class ModelSpec(_Strict):
    """One model: where it comes from, on what terms, what it does and how it wants to be addressed.

    It comes from exactly one of `hub` (a repository on the model hub), `package` and `folder`. It translates `pairs`;
    without those, between any two languages of `codes`; a folder with neither takes whatever it is asked. One whose
    `task` is to summarise translates nothing: it writes summaries in each of `languages`, of a text in the same one.
    `download` is in bytes, `max_source` and `max_target` in pieces of the model's vocabulary.
    """

    name: str
    hub: Annotated[str, StringConstraints(pattern=rf"^{_PART}/{_PART}$")] | None = None
    package: Package | None = None
    folder: Path | None = None
    revision: Annotated[str, StringConstraints(pattern=_PATH)] | None = None
    licence: Licence
    task: Literal["translate", "summarize"] = "translate"
    engine: Literal["ctranslate", "transformers", "embedded"]
    architecture: Literal["marian", "m2m100", "nllb", "t5", "gemma3", "bart", "mbart", "seq2seq"]
    preview: bool = False
    parameters: Count | None = None
    download: Count | None = None
    pairs: tuple[Pair, ...] = ()
    codes: dict[str, str] = {}
    languages: tuple[str, ...] = ()
    prefix: str | None = None
    max_source: Count
    max_target: Count
    attention: Attention | None = None
    generation: Generation | None = None
    files: Files | None = None
    checksums: dict[FileName, Sha256] = {}
    flores_chrf: dict[str, Annotated[float, Field(ge=0, le=100)]] = {}
    notes: str = ""

    @property
    def served(self) -> tuple[Pair, ...]:
        """The (source, target) pairs that the model translates; empty for a folder that says nothing of languages."""
        return self.pairs or tuple(itertools.permutations(self.codes, 2))

    @property
    def origin(self) -> str:
        """Where the model comes from, in one word that names no folder of this machine."""
        if self.package is not None:
            return f"pypi:{self.package.distribution}=={self.package.version}"
        return self.hub or f"local:{self.name}"

    @property
    def pinned(self) -> bool:
        """Whether the revision can never come to mean other files: a commit, a package's version, a folder's hash."""
        return self.hub is None or bool(self.revision and _COMMIT.fullmatch(self.revision))

    @property
    def size_mb(self) -> int:
        """What a download costs, in megabytes of a million bytes; 0 where nothing is downloaded."""
        return round((self.download or 0) / 1e6)

    def cache_name(self, revision: str) -> str:
        """What names everything that is made from this model at `revision` in our cache, safe for a path."""
        return re.sub(r"[^\w.@=-]+", "--", f"{self.origin}@{revision}")


class Profile(_Strict):
    """Models that together serve some pairs, under a name that says what for."""

    description: str
    models: Annotated[tuple[str, ...], Field(min_length=1)]


def mistakes(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    """What makes no sense in a well-formed model: (field, what is wrong) for each mistake."""
    yield from _origin_mistakes(spec)
    yield from _misplaced(spec)
    if spec.task == "summarize":
        yield from _summariser_mistakes(spec)
    else:
        yield from _language_mistakes(spec)
        yield from _code_mistakes(spec)
    if (spec.engine == "embedded") != (spec.package is not None):
        yield "engine", "the embedded engine and a package belong together"
    files = spec.files
    for name in spec.checksums:
        if files is not None and name not in (*files.needed, *files.weights, *files.optional):
            yield f"checksums.{name}", "is none of the model's files"


def _origin_mistakes(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    origins = [field for field in ("hub", "package", "folder") if getattr(spec, field) is not None]
    if len(origins) != 1:
        given = " and ".join(origins) or "none of them"
        yield "hub", f"a model has exactly one of hub, package and folder, not {given}"
    for field in ("revision", "files", "download") if spec.hub else ():
        if getattr(spec, field) is None:
            yield field, "is missing: a model of the hub needs it"
    if spec.folder is None and spec.licence.commercial is None:
        yield "licence.commercial", "is missing: say whether the licence allows commercial use"


def _misplaced(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    """Fields that belong to the other task."""
    summarises = spec.task == "summarize"
    for field in _TRANSLATING if summarises else _SUMMARISING:
        if getattr(spec, field) and summarises:
            yield field, "is for translating, which a summariser does not do"
        elif getattr(spec, field):
            yield field, "is for summarisers: give pairs or codes, or task: summarize"


def _summariser_mistakes(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    if spec.engine != "transformers":
        yield "engine", f"summarisers run with transformers, not {spec.engine}"
    if not spec.languages:
        yield "languages", "is missing: say which languages it summarises"
    for index, code in enumerate(spec.languages):
        if wrong := code_mistake(code):
            yield f"languages.{index}", wrong


def _language_mistakes(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    for index, (source, target) in enumerate(spec.pairs):
        for code in (source, target):
            if wrong := code_mistake(code):
                yield f"pairs.{index}", wrong
        if source == target:
            yield f"pairs.{index}", f"the source is the target ({source})"
    for pair, times in Counter(spec.pairs).items():
        if times > 1:
            yield "pairs", f"{'-'.join(pair)} stands there {times} times"
    for code in spec.codes:
        if wrong := code_mistake(code):
            yield f"codes.{code}", wrong
    if spec.folder is None and not spec.served:
        yield "pairs", "the model translates nothing: give pairs, or codes for at least two languages"
    known = {"-".join(pair) for pair in spec.served}
    for name in spec.flores_chrf:
        if name not in known:
            yield f"flores_chrf.{name}", "is no pair that the model translates"


def _code_mistakes(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    if spec.architecture in ("m2m100", "nllb"):
        for code in sorted({code for pair in spec.pairs for code in pair} - set(spec.codes)):
            yield f"codes.{code}", f"is missing: {spec.architecture} needs its own code for every language"
    if spec.architecture == "nllb":
        for code, name in spec.codes.items():
            if not _NLLB_CODE.fullmatch(name):
                yield f"codes.{code}", f"NLLB's codes look like eng_Latn, not {name!r}"
    prefix = spec.prefix
    if prefix is None:
        if spec.architecture in ("marian", "t5") and spec.folder is None:
            yield "prefix", 'is missing: a wrong one fails silently, so say "" where the model wants none'
        return
    if re.search(r"[{}]", prefix.replace("{target}", "")):
        yield "prefix", f"only {{target}} is replaced in a prefix, not what {prefix!r} has"
    if prefix and not prefix.endswith(" "):
        yield "prefix", f"{prefix!r} would stick to the first word: end it with a space"
    if "{target}" in prefix:
        for code in sorted({target for _, target in spec.served} - set(spec.codes)):
            yield f"codes.{code}", "is missing: the prefix asks for it"


def code_mistake(code: str) -> str | None:
    """What is wrong with a language code, if anything is.

    It must be the code that `languages.normalise` makes of it: routes are asked for by those, so a model for "ar-EG"
    would never be chosen.
    """
    try:
        usual = normalise(code)
    except LanguageError:
        return f"{code!r} is no language code (BCP-47, such as en, ar or zh-Hant)"
    return None if usual == code else f"{code!r} must be written {usual!r}"
