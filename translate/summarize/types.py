"""What an article says, taken apart: its claims with their speakers, quotations, hedges, figures and loaded words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from translate.document import Role, Span
from translate.quality.values import Value


class Group(str, Enum):
    """What kind of party a speaker is, which decides whose side of a story is heard."""

    RESIDENT = "resident"
    """Who lived through it or saw it: residents, relatives, witnesses, fighters' families, doctors on the spot."""
    OFFICIAL = "official"
    """Who speaks for a state or an authority: ministries, armies, police, governors."""
    ARMED_GROUP = "armed_group"
    """Who speaks for armed men that are no state's army: factions, militias, movements."""
    MONITOR = "monitor"
    """Who counts and documents: observatories, rights groups, charities, unions, committees."""
    INTERNATIONAL = "international"
    """Bodies of several states: the UN and its agencies, the EU, the Red Cross."""
    EXPERT = "expert"
    """Analysts, researchers, academics."""
    MEDIA = "media"
    """Another newspaper, agency or broadcaster that the article quotes."""
    UNKNOWN = "unknown"


class Gender(str, Enum):
    """Which pronoun stands for a speaker."""

    MALE = "male"
    FEMALE = "female"
    BODY = "body"
    """An institution: "it", and "they" where English allows it."""
    SEVERAL = "several"
    """More than one person: "they"."""


@dataclass(frozen=True)
class Speaker:
    """Somebody whom the article lets speak; the same object in every claim of theirs.

    `name` is what a summary would call them, in the article's language, as it stands within a sentence: "Akram", "the
    UN", "an Alawite man". `mention` is the whole of what the article says on first naming them ("An Alawite man, whose
    family comes from Al Muktariyeh and Al Khraybeh"). `side` is the state, party or community that they speak for or
    belong to, by its English name in the tables of names in either language ("Syria", "Alawite"), "" where the article
    does not say; speakers of one side may differ in group.
    `named` tells whether `name` is a proper name, not a description. `gender` is None where nothing tells it.
    """

    name: str
    mention: str
    group: Group = Group.UNKNOWN
    side: str = ""
    gender: Gender | None = None
    named: bool = True

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a speaker needs a name")

    @property
    def party(self) -> tuple[Group, str]:
        """Group and side: what the balance of a summary is counted by."""
        return self.group, self.side


class Found(str, Enum):
    """How the speaker of a claim was found, the surest first."""

    EXPLICIT = "explicit"
    """The sentence names or describes them: "Akram said", "according to the UN"."""
    PRONOUN = "pronoun"
    """The sentence has a pronoun, or an Arabic verb that holds one: "he said", "وأضافت"."""
    QUOTATION = "quotation"
    """The sentence lies in a quotation that a neighbouring sentence attributes."""
    CARRIED = "carried"
    """Nothing in the sentence says it; it goes on with what the speaker before it was saying."""


class Quoted(str, Enum):
    """How much of a claim stands in quotation marks."""

    NONE = "none"
    PARTLY = "partly"
    WHOLLY = "wholly"
    """All but the words that name the speaker and how they spoke."""


class Dependence(str, Enum):
    """Why a sentence is not to be understood without the one before it."""

    PRONOUN = "pronoun"
    """It begins with "he", "they", "its", or with an Arabic verb or pronoun that has nobody named."""
    POINTER = "pointer"
    """It points back: "this", "such", "the two", "هذا"."""
    CONNECTIVE = "connective"
    """It goes on from the last: "however", "but", "also", "لكن"."""
    QUOTATION = "quotation"
    """It is a part of a quotation that began in an earlier sentence, or one whose speaker stands elsewhere."""


class Doubt(str, Enum):
    """What a hedge says of its claim."""

    HEARSAY = "hearsay"
    """Somebody says so, nobody vouches for it: "reportedly", "alleged", "يُزعم"."""
    UNVERIFIED = "unverified"
    """It was not, or could not be, established: "could not confirm", "unclear", "لم يتسن التحقق"."""
    POSSIBLE = "possible"
    """It may be so: "may", "apparently", "is believed to", "قد", "يبدو"."""
    ESTIMATE = "estimate"
    """It is judged, not counted: "estimates", "is likely", "تقدر"."""


@dataclass(frozen=True)
class Hedge:
    """Words that leave a claim open: where they stand, the lexicon's entry for them, what they say, whether quoted."""

    span: Span
    phrase: str
    doubt: Doubt
    quoted: bool = False


@dataclass(frozen=True)
class LoadedEntry:
    """An entry of a lexicon of loaded words.

    `term` is the entry's basic form, `reason` why it takes a side or moves the reader, `alternative` a neutral word or
    phrase of the same language that fits its place (several parted by "; ", the best first). Reasons are in English
    for both languages.
    """

    term: str
    reason: str
    alternative: str

    def __post_init__(self) -> None:
        if not (self.term and self.reason and self.alternative):
            raise ValueError(f"the loaded word {self.term!r} needs a reason and an alternative")


@dataclass(frozen=True)
class Loaded:
    """A loaded word in a sentence; `quoted` where it stands within quotation marks, so that it is its speaker's."""

    span: Span
    entry: LoadedEntry
    quoted: bool


class Bound(str, Enum):
    """How a number limits what it counts."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    """At least, more than, over."""
    AT_MOST = "at_most"
    """At most, fewer than, up to, nearly."""
    ABOUT = "about"
    """About, some, roughly; and numbers that are none ("hundreds")."""


class Harm(str, Enum):
    """What befell those whom a casualty figure counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    MISSING = "missing"
    DETAINED = "detained"
    DISPLACED = "displaced"


@dataclass(frozen=True)
class Figure:
    """A number that counts or measures something.

    `value.span` covers the number alone; `span` also its limit before it and what it counts behind it ("more than 1,300
    people"). `counted` is what it counts, as it stands ("civilians and captured militants"), "" where the sentence does
    not say it beside the number. `harm` is None where nobody was harmed. Dates, ages, times, ordinals are no figures.
    """

    value: Value
    span: Span
    counted: str = ""
    bound: Bound = Bound.EXACT
    harm: Harm | None = None

    def __post_init__(self) -> None:
        if not self.span.contains(self.value.span):
            raise ValueError(f"a figure's span {self.span} must hold its number's {self.value.span}")

    @property
    def casualties(self) -> bool:
        """Whether it counts people who were killed or wounded or are missing."""
        return self.harm in (Harm.KILLED, Harm.WOUNDED, Harm.MISSING)


@dataclass(frozen=True)
class Claim:
    """One sentence of an article and what is known of it; all spans are in `text`.

    `number` counts the article's sentences from 1; `block` is the index of its block in the article, from 0, `span` its
    place in that block's text, and `role` the block's. `speaker` is None where the reporter says it, and then `found`
    is None too; `others` are further speakers that the sentence names. `mention` is where this sentence names the
    speaker (a pronoun too) and `verb` where it says that they speak; None where it does not. `quotations` are without
    their marks, and run to the sentence's end or from its start where they go on beyond it. `dependence` is None where
    the sentence can stand alone.
    """

    number: int
    text: str
    block: int
    span: Span
    role: Role = Role.PARAGRAPH
    speaker: Speaker | None = None
    found: Found | None = None
    others: tuple[Speaker, ...] = ()
    mention: Span | None = None
    verb: Span | None = None
    quoted: Quoted = Quoted.NONE
    quotations: tuple[Span, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    figures: tuple[Figure, ...] = ()
    loaded: tuple[Loaded, ...] = ()
    dependence: Dependence | None = None

    def __post_init__(self) -> None:
        if self.number < 1 or self.block < 0:
            raise ValueError(f"claim {self.number} of block {self.block}: claims count from 1, blocks from 0")
        if len(self.span) != len(self.text):
            raise ValueError(f"a claim of {len(self.text)} code points cannot span {self.span}")
        if (self.speaker is None) is not (self.found is None):
            raise ValueError(f"claim {self.number} must have both a speaker and how it was found, or neither")
        whole = Span(0, len(self.text))
        if not all(whole.contains(span) for span in self._spans()):
            raise ValueError(f"claim {self.number} has a span outside its text")

    def _spans(self) -> Iterator[Span]:
        yield from self.quotations
        yield from (hedge.span for hedge in self.hedges)
        yield from (figure.span for figure in self.figures)
        yield from (loaded.span for loaded in self.loaded)
        yield from (span for span in (self.mention, self.verb) if span is not None)

    @property
    def own_voice(self) -> bool:
        """Whether the reporter says it, nobody else."""
        return self.speaker is None

    @property
    def hedged(self) -> bool:
        """Whether anything leaves it open."""
        return bool(self.hedges)

    @property
    def casualties(self) -> tuple[Figure, ...]:
        """Its figures of people killed, wounded or missing."""
        return tuple(figure for figure in self.figures if figure.casualties)

    @property
    def loaded_outside(self) -> tuple[Loaded, ...]:
        """Its loaded words that no quotation marks excuse."""
        return tuple(one for one in self.loaded if not one.quoted)


@dataclass(frozen=True)
class Article:
    """An article understood: its claims in reading order, one a sentence.

    `language` is "en" or "ar"; `blocks` holds the text of every block. `media` are the names of the publication that
    the article was written for, as it calls itself ("The National"): what it says is the reporter's own voice.
    """

    language: str
    claims: tuple[Claim, ...]
    blocks: tuple[str, ...]
    media: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if [claim.number for claim in self.claims] != list(range(1, len(self.claims) + 1)):
            raise ValueError("the claims of an article must be numbered 1, 2, 3 …")
        for claim in self.claims:
            if claim.block >= len(self.blocks) or claim.span.of(self.blocks[claim.block]) != claim.text:
                raise ValueError(f"claim {claim.number} does not stand where it says it does")

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody who speaks in it, each once, in order of first appearance."""
        said = (speaker for claim in self.claims for speaker in (claim.speaker, *claim.others) if speaker is not None)
        return tuple(dict.fromkeys(said))

    def claim(self, number: int) -> Claim:
        """The claim of sentence `number`, from 1. Raises IndexError where there is none."""
        if number < 1:
            raise IndexError(f"sentences count from 1, not {number}")
        return self.claims[number - 1]
