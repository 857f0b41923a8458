"""The frozen types that flow from stage to stage; each constructor checks its invariants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias


@dataclass(frozen=True, order=True)
class Span:
    """A half-open range [start, end) of code points in a text that the context names."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The part of `text` that this span covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """The same length of text, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point; an empty span shares none."""
        return max(self.start, other.start) < min(self.end, other.end)

    def contains(self, other: Span) -> bool:
        """Whether `other` lies within this span; an empty span lies within what it touches."""
        return self.start <= other.start and other.end <= self.end


class Severity(str, Enum):
    """How much an issue matters: an error must not be published, a note may be read."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for what matters most."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class Issue:
    """Something a reader should know of one translated sentence.

    `code` is stable and dotted, its first part the check's name ("numbers.missing"); `source` and `target` are spans
    in the sentence's source and target text.
    """

    code: str
    severity: Severity
    message: str
    message_ar: str
    source: Span | None = None
    target: Span | None = None


class TermOutcome(str, Enum):
    """What became of a glossary's term in one place of a sentence."""

    USED = "used"
    REPLACED = "replaced"
    NOT_ENFORCED = "not_enforced"
    MISSING = "missing"


@dataclass(frozen=True)
class TermUse:
    """A glossary's term in one place of a sentence: `wanted` is the form that the house asks for.

    `source` and `target` are spans in the sentence's source and target text; `forbidden` is what the model wrote though
    the glossary forbids it ("" for nothing).
    """

    term: str
    wanted: str
    outcome: TermOutcome
    source: Span
    target: Span | None = None
    forbidden: str = ""


@dataclass(frozen=True)
class Alignment:
    """Which target words translate which source words.

    A word is any span without white space that the aligner chose (punctuation stands alone; a protected phrase counts
    as one word). `links` are (source index, target index) pairs, sorted, each once.
    """

    source_words: tuple[Span, ...]
    target_words: tuple[Span, ...]
    links: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        if list(self.links) != sorted(set(self.links)):
            raise ValueError("alignment links must be sorted and unique")
        for source, target in self.links:
            if not (0 <= source < len(self.source_words) and 0 <= target < len(self.target_words)):
                raise ValueError(f"alignment link {source}-{target} points at no word")

    def __str__(self) -> str:
        """The field's notation, "0-0 1-2"."""
        return " ".join(f"{source}-{target}" for source, target in self.links)


@dataclass(frozen=True)
class Translation:
    """One sentence as an engine translated it.

    `log_probs` holds the natural log-probability of each of `target_pieces`, where an engine has them; `score` is their
    mean, the end mark's among them where there is one; a search has it for nothing
    (with what was cut off, where a search came to no end). `issues` say what the engine had to
    do to get it (a retry, say); `terms` what became of a glossary's terms.
    """

    text: str
    source_pieces: tuple[str, ...] = ()
    target_pieces: tuple[str, ...] = ()
    log_probs: tuple[float, ...] = ()
    alignment: Alignment | None = None
    issues: tuple[Issue, ...] = ()
    terms: tuple[TermUse, ...] = ()
    score: float | None = None

    def __post_init__(self) -> None:
        if self.log_probs and len(self.log_probs) != len(self.target_pieces):
            raise ValueError(f"{len(self.log_probs)} log-probabilities for {len(self.target_pieces)} target pieces")

    @property
    def mean_log_prob(self) -> float | None:
        """Mean natural log-probability of a target piece, at most 0; None where the engine gave none."""
        if self.score is None and self.log_probs:
            return sum(self.log_probs) / len(self.log_probs)
        return self.score


def joint_score(parts: Sequence[Translation]) -> float | None:
    """The mean natural log-probability of a piece of several translations together; None where one has none."""
    means = [(part.mean_log_prob, max(1, len(part.target_pieces))) for part in parts]
    known = [(mean, pieces) for mean, pieces in means if mean is not None]
    if not known or len(known) < len(means):
        return None
    return sum(mean * pieces for mean, pieces in known) / sum(pieces for _, pieces in known)


@dataclass(frozen=True)
class Inline:
    """Markup inside a block's text: an element around `span`, or a point (void element, comment) where it is empty.

    `open` and `close` are the markup verbatim; a point has all of it in `open`. `depth` counts the inlines that it
    stands in, which tells `<a>more<img></a>` from `<a>more</a><img>`. What a `protected` inline holds must reach the
    target unchanged.
    """

    span: Span
    open: str
    close: str = ""
    depth: int = 0
    protected: bool = False


class Role(str, Enum):
    """What part a block plays in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"


@dataclass(frozen=True)
class Block:
    """A run of text that is translated as a whole: a paragraph, a heading, a table cell.

    `text` holds neither markup nor line breaks and has no white space at its ends. `inlines` stand in the order of
    their opening tags, so a parent comes right before its children; with their depths they are a forest, in which a
    child lies within its parent and siblings do not overlap.
    """

    text: str
    inlines: tuple[Inline, ...] = ()
    role: Role = Role.PARAGRAPH

    def __post_init__(self) -> None:
        enclosing: list[Inline] = []
        free_from = 0
        for inline in self.inlines:
            while len(enclosing) > inline.depth:
                free_from = enclosing.pop().span.end
            outer = enclosing[-1].span if enclosing else Span(0, len(self.text))
            if len(enclosing) < inline.depth or inline.span.start < free_from or not outer.contains(inline.span):
                raise ValueError(f"inline {inline.open!r} at {inline.span}, depth {inline.depth}, breaks the nesting")
            enclosing.append(inline)
            free_from = inline.span.start


@dataclass(frozen=True)
class Opening:
    """A start tag, verbatim, of an element all of whose text is translated: rendering sets lang and dir on it."""

    markup: str


Part: TypeAlias = "str | Opening | Block"
"""A piece of a document: verbatim markup, a start tag that takes the target's language, or text to translate."""


class Kind(str, Enum):
    """The form of a document, which decides how its text is escaped when it is written."""

    TEXT = "text"
    FRAGMENT = "html-fragment"
    PAGE = "html-page"
    MARKDOWN = "markdown"
    DOCX = "docx"


@dataclass(frozen=True)
class Document:
    """A document taken apart: its parts, joined in order, are the document again.

    Of a Word document (DOCX) they are its text as plain HTML, and `package` is the file that it came in.
    """

    parts: tuple[Part, ...]
    kind: Kind
    language: str | None = None
    package: bytes | None = field(default=None, repr=False)

    @property
    def blocks(self) -> Iterator[Block]:
        """What there is to translate, in order."""
        return (part for part in self.parts if isinstance(part, Block))


@dataclass(frozen=True)
class Sentence:
    """A sentence of a block: `span` in the block's text, and the text itself."""

    text: str
    span: Span

    def __post_init__(self) -> None:
        if len(self.text) != len(self.span):
            raise ValueError(f"a sentence of {len(self.text)} code points cannot span {self.span}")


@dataclass(frozen=True)
class TranslatedSentence:
    """A source sentence and its translation: `span` in the target block's text; `translation` as it stands there.

    `translated` is False where the source was kept in place of a translation.
    """

    source: Sentence
    span: Span
    translation: Translation
    issues: tuple[Issue, ...] = ()
    translated: bool = True


@dataclass(frozen=True)
class TranslatedBlock:
    """A source block, the block that takes its place, and the sentences of both."""

    source: Block
    target: Block
    sentences: tuple[TranslatedSentence, ...]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class ModelUse:
    """One model's part in a translation, as results report it."""

    name: str
    hub_id: str
    revision: str
    licence: str
    engine: str
    settings: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    preview: bool = False


@dataclass(frozen=True)
class TranslatedDocument:
    """A document and all of its translated blocks, in the order of the document's own."""

    source: Document
    source_language: str
    target_language: str
    blocks: tuple[TranslatedBlock, ...]
    models: tuple[ModelUse, ...]

    @property
    def sentences(self) -> Iterator[TranslatedSentence]:
        """Every sentence, in reading order."""
        return (sentence for block in self.blocks for sentence in block.sentences)
