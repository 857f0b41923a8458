"""The frozen results of round trips and comparisons: what was measured, how surely, and on which sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from translate.document import Alignment, Issue, ModelUse, Severity, Span, TranslatedDocument


@dataclass(frozen=True)
class Metric:
    """A way to score, as a table shows it.

    `key` is stable ("chrf++", "chrf", "ter", "bleu", each with "-norm" behind it for Arabic-normalised text;
    "cosine-back" and "cosine-forward" for embeddings), `label` is for people ("chrF2++"), `signature` lets anyone
    compute the same again. Scores run from 0 to 100 (TER may pass 100), cosines from -1 to 1; `decimals` is how many
    are worth showing.
    """

    key: str
    label: str
    signature: str
    higher_is_better: bool = True
    decimals: int = 1


@dataclass(frozen=True)
class Score:
    """A metric over `sentences` sentences: the value, and the bounds of its bootstrap interval (95%)."""

    metric: Metric
    value: float
    low: float
    high: float
    sentences: int


# --- there and back ---------------------------------------------------------------------------------------------------


class Leg(str, Enum):
    """Where on its way a text was: source to forward, forward to back, or the WHOLE way, source to back."""

    FORWARD = "forward"
    BACK = "back"
    WHOLE = "whole"


class Copy(str, Enum):
    """Whether a leg left its input in its own language in place of a translation. FORWARD wins where both did.

    A sentence copied FORWARD is scored as if nothing had come back (chrF and BLEU 0, TER 100, cosines 0): it would
    come back perfect, although nobody translated it. One copied BACK is in the wrong language and scored as it is.
    """

    NONE = "none"
    FORWARD = "forward"
    BACK = "back"


@dataclass(frozen=True)
class TripIssue:
    """A finding of the checks, and the leg that brought it in.

    FORWARD: the translation has it (`issue.source` is a span of the source, `issue.target` of the forward text). BACK:
    the translation is innocent, it came in on the way back (spans of the forward text and of the back text). WHOLE:
    source and back differ although the check saw nothing on either leg, so the leg is not known (spans of the source
    and of the back text).

    `arrives` says whether source and back, compared with each other, show the same kind of fault: True: it does, False:
    it does not (the way back made it good, or the leg's finding was a false alarm), None: this check cannot compare two
    texts of one language.
    """

    issue: Issue
    leg: Leg
    arrives: bool | None = None


class ChangeKind(str, Enum):
    """What became of words on the whole way."""

    REPLACED = "replaced"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Change:
    """A run of words of the source that came back as other words; of two spans one is empty if nothing stands there.

    `source` is a span of the source text, `back` of the back text. Case, Arabic diacritics and tatweel are no change.
    """

    kind: ChangeKind
    source: Span
    back: Span


@dataclass(frozen=True)
class Trip:
    """One sentence there and back.

    `number` counts from 1 over all documents; `block` is the index of its block in its document. `scores` maps metric
    keys to this sentence's score. `cosine_back` (source and back) and `cosine_forward` (source and forward) are None
    where the extra `semantic` is not installed; `scores` has the cosines as they count (0 where copied forward), so
    these two are what was measured. `kept_words` is the share, 0 to 1, of the source's words that stand unchanged in
    the forward text. `forward_alignment` is over source and forward, `back_alignment` over forward and back; None
    where not known. `back` is empty where the forward text was.
    """

    number: int
    block: int
    source: str
    forward: str
    back: str
    scores: Mapping[str, float]
    copied: Copy = Copy.NONE
    kept_words: float = 0.0
    cosine_back: float | None = None
    cosine_forward: float | None = None
    issues: tuple[TripIssue, ...] = ()
    changes: tuple[Change, ...] = ()
    forward_alignment: Alignment | None = None
    back_alignment: Alignment | None = None


@dataclass(frozen=True)
class DocumentTrip:
    """One document there and back: its sentences in reading order, its scores, and the translations themselves.

    A document without a sentence has no scores. `back` is `forward` translated sentence for sentence; both hold markup,
    which `trips` do not.
    """

    name: str
    trips: tuple[Trip, ...]
    scores: tuple[Score, ...]
    forward: TranslatedDocument
    back: TranslatedDocument


@dataclass(frozen=True)
class RoundTrip:
    """Documents there and back with one forward and one back route.

    `scores` are over all sentences of all documents, the headline metric first. `back_choice` says in one sentence
    why these are the back models; `same_family` warns that both ways may share their mistakes. `notes` say what could
    not be measured, one sentence each. `seconds` is what both ways took.
    """

    source_language: str
    target_language: str
    documents: tuple[DocumentTrip, ...]
    scores: tuple[Score, ...]
    forward_models: tuple[ModelUse, ...]
    back_models: tuple[ModelUse, ...]
    back_choice: str
    same_family: bool
    seed: int
    resamples: int
    seconds: float
    notes: tuple[str, ...] = ()

    @property
    def trips(self) -> Iterator[Trip]:
        """Every sentence, in reading order."""
        return (trip for document in self.documents for trip in document.trips)

    @property
    def headline(self) -> Metric:
        """The metric that a summary leads with."""
        return self.scores[0].metric

    def copied(self, leg: Copy = Copy.FORWARD) -> int:
        """How many sentences a leg copied."""
        return sum(trip.copied is leg for trip in self.trips)


# --- comparison -------------------------------------------------------------------------------------------------------


class Basis(str, Enum):
    """What a ranking rests on: the source against what came back, or the forward text against a human translation."""

    ROUND_TRIP = "round-trip"
    REFERENCE = "reference"


@dataclass(frozen=True)
class System:
    """One compared system: a name that is unique in its comparison, and its models (none for ready outputs).

    `issues` counts by code what the checks found in its forward texts, `sentences_with_errors` the sentences with at
    least one error-level issue. `copied` counts the sentences that it handed on untranslated (of `sentences`).
    `kept_words` is the mean of the sentences' shares of source words left unchanged.
    """

    name: str
    sentences: int
    models: tuple[ModelUse, ...] = ()
    copied: int = 0
    kept_words: float = 0.0
    issues: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    severities: Mapping[Severity, int] = field(default_factory=lambda: MappingProxyType({}))
    sentences_with_errors: int = 0


@dataclass(frozen=True)
class Standing:
    """A system's place in a ranking: `rank` from 1; `scores` in the order of the ranking's metrics.

    `tied_with_next` is True where the headline difference to the system right below is within noise.
    """

    system: str
    rank: int
    scores: tuple[Score, ...]
    sentence_scores: tuple[float, ...]
    tied_with_next: bool = False


@dataclass(frozen=True)
class Test:
    """Two systems on one metric, over the same sentences.

    `difference` is first minus second, `low` and `high` bound it (bootstrap, 95%). `p_value` is two-sided, from the
    paired bootstrap; `significant` means p < 0.05. `needed` is about how many sentences such a difference needs to be
    told from noise (power 0.8 at alpha 0.05); None where there is no difference at all.
    """

    __test__ = False  # not a test case, whatever pytest makes of its name

    metric: Metric
    difference: float
    low: float
    high: float
    p_value: float
    significant: bool
    needed: int | None


@dataclass(frozen=True)
class Duel:
    """Two systems compared: `first` is ahead on the headline metric, or named first where they are equal.

    `tests` hold one entry a metric, the headline's first. `wins`, `ties` and `losses` count the sentences on which
    `first` scores better, the same (within half a point) and worse on the headline metric. `verdict` says in one
    sentence who is ahead, or that the difference is within noise, in English and Arabic.
    """

    first: str
    second: str
    tests: tuple[Test, ...]
    wins: int
    ties: int
    losses: int
    verdict: str
    verdict_ar: str


@dataclass(frozen=True)
class Ranking:
    """Systems in order of one basis. `duels` has every pair of systems once.

    `back_system` is the name of the back model that all were held against (empty on a human reference).
    """

    basis: Basis
    metric: Metric
    standings: tuple[Standing, ...]
    duels: tuple[Duel, ...]
    back_system: str = ""


@dataclass(frozen=True)
class Cell:
    """One forward model and one back model together; `scores` as in the ranking. `headline` marks the fixed back model.

    `same` marks a model (or a family) that translates its own output back, which flatters it.
    """

    forward: str
    back: str
    scores: tuple[Score, ...]
    same: bool = False
    headline: bool = False


@dataclass(frozen=True)
class Output:
    """What one system made of one sentence; `back` is None without a way back. Issues are of source and `text`.

    `scores` maps each basis to the headline score on it.
    """

    system: str
    text: str
    back: str | None
    scores: Mapping[Basis, float]
    copied: bool = False
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class ComparedSentence:
    """One sentence in all systems, in the order of the comparison's systems.

    `number` counts from 1, `file` names where it is from. `spread` is the best minus the worst headline score on the
    comparison's first ranking: the sentences that differ most have the largest.
    """

    number: int
    file: str
    source: str
    reference: str | None
    outputs: tuple[Output, ...]
    spread: float


@dataclass(frozen=True)
class Comparison:
    """Systems held against each other on the same sentences.

    `rankings` has the headline first: the round trip where models were compared (a human reference second where one
    was given), the reference where ready outputs were. `matrix` has every forward model with every back model (empty
    for ready outputs), row by row. `sentences` are in reading order; `most_different` orders them by spread.
    """

    source_language: str
    target_language: str
    systems: tuple[System, ...]
    rankings: tuple[Ranking, ...]
    matrix: tuple[Cell, ...]
    sentences: tuple[ComparedSentence, ...]
    seed: int
    resamples: int
    seconds: float
    back_choice: str = ""
    notes: tuple[str, ...] = ()

    def system(self, name: str) -> System:
        """The system of that name; KeyError where there is none."""
        for system in self.systems:
            if system.name == name:
                return system
        raise KeyError(name)

    def most_different(self, count: int = 20) -> tuple[ComparedSentence, ...]:
        """The sentences on which the systems differ most, the widest spread first; none where they do not differ."""
        ordered = sorted(self.sentences, key=lambda sentence: (-sentence.spread, sentence.number))
        return tuple(sentence for sentence in ordered[:count] if sentence.spread > 0)


# --- what a reader must know ------------------------------------------------------------------------------------------

CAN_SAY = (
    "A round trip shows what survived two translations: where systems are held against the same way back, the one that "
    "keeps more of the source's words and meaning is more often the better one."
)
CANNOT_SAY = (
    "It does not show how good a translation is: the way back makes mistakes of its own and hides others, so a "
    "sentence may come back perfect from a poor translation and poor from a perfect one."
)
CAN_SAY_AR = (
    "تُظهر الرحلة ذهابًا وإيابًا ما بقي بعد ترجمتين: فحين تُقاس الأنظمة بطريق عودة واحد يكون أكثرها حفاظًا على ألفاظ "
    "المصدر ومعناه هو الأفضل في أغلب الأحيان."
)
CANNOT_SAY_AR = (
    "ولا تُظهر مدى جودة الترجمة: فطريق العودة يخطئ بنفسه ويستر أخطاء غيره، وقد تعود الجملة كاملة من ترجمة رديئة ورديئة "
    "من ترجمة كاملة."
)
