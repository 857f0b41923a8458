"""What the API answers: the shapes of its JSON, as its OpenAPI document describes them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Span = Annotated[
    list[int],
    Field(min_length=2, max_length=2, description="[start, end) in code points of the text that the name tells."),
]
Severity = Literal["error", "warning", "note"]


class Answer(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="forbid")


class Problem(Answer):
    """What went wrong."""

    code: Annotated[str, Field(description="Stable, for programs.", examples=["too_large"])]
    message: Annotated[str, Field(description="One sentence, for people.")]


class Error(Answer):
    """The answer to a request that failed."""

    error: Problem


class LibreError(Answer):
    """The answer to a request that failed, as LibreTranslate tells it."""

    error: Annotated[str, Field(description="One sentence, for people.")]


class Model(Answer):
    """A model that took part."""

    name: str
    hub_id: str
    revision: str
    licence: Annotated[str, Field(examples=["CC-BY-4.0"])]
    engine: str
    preview: Annotated[bool, Field(description="Its output is well below publishing quality.")]
    settings: dict[str, Any]


class Detected(Answer):
    """A language that was found out."""

    language: Annotated[str, Field(examples=["en"])]
    confidence: Annotated[float, Field(ge=0, le=1)]


class Issue(Answer):
    """Something a reader should know of a sentence."""

    code: Annotated[str, Field(description="Stable and dotted, the check first.", examples=["numbers.missing"])]
    severity: Severity
    message: str
    message_ar: Annotated[str, Field(description="The same in Arabic.")]
    source_span: Annotated[Span | None, Field(description="Where in the sentence's source.")]
    target_span: Annotated[Span | None, Field(description="Where in the sentence's translation.")]


class Sentence(Answer):
    """A sentence and its translation."""

    source: str
    target: str
    source_span: Annotated[Span, Field(description="Where in its block's source.")]
    target_span: Annotated[Span, Field(description="Where in its block's target.")]
    source_words: Annotated[list[Span] | None, Field(description="The words that `alignment` counts.")]
    target_words: Annotated[list[Span] | None, Field(description="The words that `alignment` counts.")]
    alignment: Annotated[str | None, Field(examples=["0-0 1-2"], description="Which words translate which.")]
    mean_log_prob: Annotated[
        float | None, Field(description="The engine's confidence: natural, of a piece, at most 0.")
    ]
    translated: Annotated[bool, Field(description="False where the source was kept in place of a translation.")]
    issues: list[Issue]


class Block(Answer):
    """A paragraph, heading, list item or table cell."""

    role: Literal["paragraph", "heading", "item", "cell"]
    source: str
    target: str
    source_markup: str
    target_markup: str
    sentences: list[Sentence]


class IssueCounts(Answer):
    """How many issues there are of each severity."""

    error: int
    warning: int
    note: int


class Translation(Answer):
    """One text's translation."""

    translation: Annotated[str, Field(description="The translation in the text's own format.")]
    format: Literal["text", "html", "markdown"]
    source: Annotated[str, Field(description="The language it was translated from.", examples=["en"])]
    target: Annotated[str, Field(description="The language it was translated to.", examples=["ar"])]
    detected: Annotated[
        Detected | None, Field(description='With source "auto": what was found; null: nothing to tell by.')
    ]
    issues: IssueCounts
    blocks: list[Block]


class Translated(Answer):
    """All texts' translations, in the order of the texts."""

    results: list[Translation]
    models: Annotated[list[Model], Field(description="The models that translated them.")]


class Score(Answer):
    """A metric over sentences, with its bootstrap interval (95%)."""

    metric: Annotated[str, Field(description="The key of one of `metrics`.")]
    value: float
    low: float
    high: float
    sentences: int


class Metric(Answer):
    """A way to score; `signature` lets anyone compute the same again."""

    key: str
    label: str
    signature: str
    higher_is_better: bool


class TripIssue(Issue):
    """An issue, the way that brought it in, and whether it shows in what came back."""

    leg: Literal["forward", "back", "whole"]
    arrives: bool | None


class Change(Answer):
    """Words that came back as other words."""

    kind: Literal["replaced", "deleted", "inserted"]
    source_span: Span
    back_span: Span


class Trip(Answer):
    """A sentence there and back."""

    number: int
    block: int
    source: str
    forward: str
    back: str
    scores: dict[str, float]
    copied: Literal["none", "forward", "back"]
    kept_words: float
    cosine_back: float | None
    cosine_forward: float | None
    issues: list[TripIssue]
    changes: list[Change]


class DocumentTrip(Answer):
    """The text there and back."""

    name: str
    scores: list[Score]
    sentences: list[Trip]


class TripModels(Answer):
    """The models of both ways."""

    forward: list[Model]
    back: list[Model]


class Bootstrap(Answer):
    """How the intervals were made."""

    seed: int
    resamples: int
    level: float


class RoundTrip(Answer):
    """A text there and back, as `dragoman roundtrip` writes it."""

    schema_version: int
    dragoman: str
    kind: Literal["round-trip"]
    source_language: str
    target_language: str
    can_say: str
    cannot_say: str
    back_choice: str
    same_family: bool
    models: TripModels
    metrics: list[Metric]
    bootstrap: Bootstrap
    seconds: float
    notes: list[str]
    sentences: int
    copied: int
    scores: list[Score]
    documents: list[DocumentTrip]
    report: Annotated[str | None, Field(description="The report as an HTML page, where it was asked for.")]


class SummaryEdit(Answer):
    """A change of the article's words."""

    change: Literal["dropped", "attributed", "resolved", "replaced"]
    before: str
    after: str


class SummarySentence(Answer):
    """A sentence of a summary, and what it rests on."""

    text: str
    grounds: Annotated[list[int], Field(description="Numbers, from 1, of the article's sentences.")]
    speaker: str | None
    others: list[str]
    original: str | None
    edits: list[SummaryEdit]
    issues: list[Issue]


class Summary(Answer):
    """A summary in one language."""

    lang: str
    text: str
    form: Literal["headline", "bullets", "paragraph"]
    method: str
    over_budget: bool
    sentences: list[SummarySentence]


class Summaries(Answer):
    """An article's summaries, as `dragoman summarize` writes them."""

    schema_version: int
    dragoman: str
    language: str
    summaries: list[Summary]
    report: Annotated[dict[str, Any], Field(description="How neutral the summary is: see docs/api.md.")]
    models: list[Model]
    page: Annotated[str | None, Field(description="Article and summaries as an HTML page, where it was asked for.")]


class CheckedPair(Answer):
    """The issues of one pair."""

    issues: list[Issue]


class Checked(Answer):
    """The issues of all pairs, in their order."""

    source: str
    target: str
    detected: Detected | None
    issues: IssueCounts
    pairs: list[CheckedPair]


class Choice(Answer):
    """A model that may be chosen, or could be fetched."""

    name: str
    licence: str
    licence_url: str
    commercial: Annotated[bool | None, Field(description="Whether the licence allows commercial use; null: unsaid.")]
    size_mb: int | None
    preview: bool
    here: Annotated[bool, Field(description="On this server, so that requests may name it.")]
    command: Annotated[str, Field(description="What fetches it, where it is not here.")]
    chrf: Annotated[float | None, Field(description="Published chrF on FLORES-200 devtest for the pair.")]


class PairChoices(Answer):
    """The models for a language pair, those on this server first."""

    source: str
    target: str
    served: bool
    models: list[Choice]


class Limits(Answer):
    """What the server takes on; see docs/api.md."""

    characters: int
    file_bytes: int
    files: int
    segments: int
    seconds: float
    active: int
    waiting: int
    kept_seconds: float
    kept_bytes: int


class Models(Answer):
    """What this server can do."""

    pairs: list[PairChoices]
    limits: Limits


class LanguagePair(Answer):
    """A source and a target language."""

    source: str
    target: str


class Health(Answer):
    """The server answers."""

    status: Literal["ok"]
    version: str
    pairs: Annotated[list[LanguagePair], Field(description="The language pairs that can be served now.")]
    active: int
    waiting: int


class LibreDetected(Answer):
    """A language that was found out; `confidence` in percent."""

    language: str
    confidence: Annotated[float, Field(ge=0, le=100)]


class LibreTranslated(Answer):
    """LibreTranslate's answer: for several texts, lists in their order."""

    translatedText: str | list[str]  # noqa: N815 (LibreTranslate's word)
    detectedLanguage: LibreDetected | list[LibreDetected] | None = None  # noqa: N815
    alternatives: list[str] | list[list[str]] | None = None


class LibreLanguage(Answer):
    """A language and what can be translated to from it."""

    code: str
    name: str
    targets: list[str]


class LibreFileUrl(Answer):
    """Where the translated file can be fetched."""

    translatedFileUrl: str  # noqa: N815 (LibreTranslate's word)


class LibreCodeAndName(Answer):
    """A language."""

    code: str
    name: str


class LibreLanguages(Answer):
    """What a page chooses at first."""

    source: LibreCodeAndName
    target: LibreCodeAndName


class LibreSettings(Answer):
    """What LibreTranslate tells its own page."""

    apiKeys: bool  # noqa: N815
    charLimit: int  # noqa: N815
    filesTranslation: bool  # noqa: N815
    frontendTimeout: int  # noqa: N815
    keyRequired: bool  # noqa: N815
    language: LibreLanguages
    suggestions: bool
    supportedFilesFormat: list[str]  # noqa: N815
