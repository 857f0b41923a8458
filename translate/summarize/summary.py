"""What a summary is: sentences that each name the article sentences they rest on, in a form, within a budget."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from translate.document import Issue
from translate.summarize.types import Group, Speaker

Party: TypeAlias = "tuple[Group, str]"
"""Group and side of a speaker, as `Speaker.party` gives them."""


class Form(str, Enum):
    """What a summary looks like."""

    HEADLINE = "headline"
    """One line without a full stop."""
    BULLETS = "bullets"
    """A line a sentence, each after "• "."""
    PARAGRAPH = "paragraph"
    """Sentences in a row."""


def word_count(text: str) -> int:
    """How many words a text has: runs without white space that hold a letter or a digit (a lone dash is none)."""
    return sum(any(character.isalnum() for character in run) for run in text.split())


@dataclass(frozen=True)
class Budget:
    """How long a summary may be: the most sentences, words (see `word_count`) and characters (code points of its
    `text`), each None where it is not limited. At least one is given, and each given one is at least 1.
    """

    sentences: int | None = None
    words: int | None = None
    characters: int | None = None

    def __post_init__(self) -> None:
        given = [limit for limit in (self.sentences, self.words, self.characters) if limit is not None]
        if not given:
            raise ValueError("a budget needs a number of sentences, words or characters")
        if min(given) < 1:
            raise ValueError(f"a budget must be at least 1, got {min(given)}")


class Change(str, Enum):
    """How a summary's sentence differs from the article's."""

    DROPPED = "dropped"
    """An aside went: `before` is the aside."""
    ATTRIBUTED = "attributed"
    """The speaker was named, which the sentence itself does not do: `after` is the words that name them."""
    RESOLVED = "resolved"
    """A pronoun (`before`) gave way to the name that it stands for (`after`)."""
    REPLACED = "replaced"
    """A loaded word (`before`) gave way to its lexicon's neutral alternative (`after`)."""


@dataclass(frozen=True)
class Edit:
    """One change of a sentence's words; either side may be "", never both."""

    change: Change
    before: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        if not (self.before or self.after):
            raise ValueError("an edit must have changed something")


class Fault(str, Enum):
    """Why a sentence that a model wrote must not stand in a summary."""

    UNGROUNDED = "ungrounded"
    """No sentences of the article say this."""
    NEW_NAME = "new_name"
    """A name that its grounds, or the article, lack."""
    NEW_NUMBER = "new_number"
    """A number that its grounds, or the article, lack."""
    LOST_SPEAKER = "lost_speaker"
    """Its grounds are somebody's claim and it names nobody, or somebody else."""
    LOST_HEDGE = "lost_hedge"
    """Its grounds leave open what it asserts."""
    LOADED = "loaded"
    """A loaded word outside quotation marks."""
    CONTRADICTION = "contradiction"
    """It denies what its grounds assert, or asserts what they deny."""
    NOT_QUOTED = "not_quoted"
    """It quotes words that nobody said so."""


@dataclass(frozen=True)
class Reason:
    """One reason to refuse a sentence; `words` are those of the sentence, or of its grounds, that it is about."""

    fault: Fault
    words: str = ""


@dataclass(frozen=True)
class Refusal:
    """A sentence that a model wrote and the gate refused, why, and what stands in its place.

    `replaced_by` is the text of the extractive sentence that the summary has instead; "" where it has none, because
    that sentence stands in the summary already or would not fit the budget.
    """

    text: str
    reasons: tuple[Reason, ...]
    replaced_by: str = ""

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a refusal needs a reason")


@dataclass(frozen=True)
class SummarySentence:
    """One sentence of a summary.

    `grounds` are the article sentences that it rests on, numbered from 1, ascending, at least one. `speaker` is whose
    claim it is (None for the reporter's), `others` who else speaks in it. `edits` are what was changed in the article's
    words, in order. `refused` is the model's sentence that this one stands in for. `original` is the sentence in the
    article's language where this is its translation, and `issues` what the checks found in that translation.
    """

    text: str
    grounds: tuple[int, ...]
    speaker: Speaker | None = None
    others: tuple[Speaker, ...] = ()
    edits: tuple[Edit, ...] = ()
    refused: Refusal | None = None
    original: str = ""
    issues: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a summary's sentence must say something")
        if not self.grounds or list(self.grounds) != sorted(set(self.grounds)) or self.grounds[0] < 1:
            raise ValueError(f"grounds must be article sentence numbers from 1, ascending, each once: {self.grounds}")

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody who speaks in it, the one whose claim it is first."""
        return (*((self.speaker,) if self.speaker is not None else ()), *self.others)


@dataclass(frozen=True)
class Summary:
    """A summary of one article in one language.

    `method` says what made it: "extractive", or a model's name. `unheard` are the parties that the article gives voice
    to and this does not, the most quoted first. `over_budget` tells that not even its one sentence fits what was asked.
    `refusals` are all sentences of a model that the gate refused, in the order written.
    """

    language: str
    form: Form
    sentences: tuple[SummarySentence, ...]
    method: str = "extractive"
    unheard: tuple[Party, ...] = ()
    over_budget: bool = False
    refusals: tuple[Refusal, ...] = ()

    @property
    def text(self) -> str:
        """The summary as its form wants it; "" where it has no sentences."""
        return laid_out([sentence.text for sentence in self.sentences], self.form)

    @property
    def grounds(self) -> tuple[int, ...]:
        """Every article sentence that it rests on, ascending."""
        return tuple(sorted({number for sentence in self.sentences for number in sentence.grounds}))

    @property
    def words(self) -> int:
        """Its length in words."""
        return word_count(self.text)


def laid_out(sentences: list[str], form: Form) -> str:
    """Sentences as a text of that form: a headline loses its last full stop, bullets stand a line each."""
    if form is Form.BULLETS:
        return "\n".join(f"• {sentence}" for sentence in sentences)
    text = " ".join(sentences)
    return text[:-1] if form is Form.HEADLINE and text.endswith(".") and not text.endswith("..") else text
