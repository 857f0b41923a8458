"""Writes the grounded view of a summary: the article beside it, and why it may be called neutral."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count, groupby

from markupsafe import Markup

from translate.document import Block, Issue, Kind, Role, Severity, Span
from translate.render import cells, frame
from translate.render.page import title
from translate.render.summary_words import CHANGES, FAULTS, FORMS, Phrase, Shown, Unheard, shown, unheard
from translate.summarize.bilingual import Summarized
from translate.summarize.summary import Form, Refusal, Summary, SummarySentence, laid_out

ARTICLE = "a"
"""What the ids of the article's sentences begin with on the page of a summary."""


@dataclass(frozen=True)
class Told:
    """A sentence of a summary; `side` is the language that it is in, `name` the id of its place on the page.

    `issues` are those of its translation with their numbers, which `text` marks; `grounds` are the ids and numbers of
    the article's sentences that it rests on.
    """

    name: str
    number: int
    side: frame.Side
    text: Markup
    issues: tuple[tuple[int, Issue], ...]
    grounds: tuple[tuple[str, int], ...]

    @property
    def ids(self) -> str:
        """The ids of its grounds, parted by spaces."""
        return " ".join(name for name, _ in self.grounds)


@dataclass(frozen=True)
class Account:
    """A summary in one language; `form` is its form's name in the templates, `found` counts its issues by severity.

    `translated` is False for the one in the article's language.
    """

    side: frame.Side
    form: str
    told: tuple[Told, ...]
    translated: bool

    @property
    def found(self) -> list[tuple[str, int]]:
        """How many issues of which severity its sentences have, the worst first."""
        counts = Counter(issue.severity for one in self.told for _, issue in one.issues)
        return [(severity.value, counts[severity]) for severity in Severity if counts[severity]]


@dataclass(frozen=True)
class View:
    """What the templates show of an article's summaries; `edits` are by the number of the summary's sentence."""

    language: frame.Side
    accounts: tuple[Account, ...]
    form: Phrase
    measures: tuple[Shown, ...]
    unheard: tuple[Unheard, ...]
    refusals: tuple[tuple[Refusal, tuple[tuple[Phrase, str], ...]], ...]
    edits: tuple[tuple[int, tuple[tuple[Phrase, str, str], ...]], ...]
    own: Summary


@dataclass(frozen=True)
class Line:
    """A sentence of the article; `told` is the id of the first summary sentence that rests on it, "" for none."""

    number: int
    text: str
    told: str


@dataclass(frozen=True)
class Passage:
    """A block of the article with its sentences."""

    heading: bool
    lines: tuple[Line, ...]


def page(summarized: Summarized, *, made: datetime | None = None) -> str:
    """The grounded view as one HTML page that needs nothing else; `made` (default: now) is the time that it shows."""
    seen = view(summarized, ARTICLE)
    return frame.render(
        "summary.html.j2",
        made=made,
        view=seen,
        title=title(summarized.title),
        passages=tuple(_passages(summarized, seen)),
        models=[("", model) for model in summarized.models],
        shows_preview=any(model.preview for model in summarized.models),
    )


def view(summarized: Summarized, prefix: str) -> View:
    """What the templates show of the summaries where the ids of the article's sentences begin with `prefix`."""
    own = summarized.own
    edits = (
        (number, tuple((CHANGES[one.change], one.before, one.after) for one in sentence.edits))
        for number, sentence in enumerate(own.sentences, 1)
    )
    return View(
        language=frame.side(own.language),
        accounts=tuple(_account(one, own.language, prefix) for one in summarized.summaries),
        form=FORMS[own.form],
        measures=tuple(shown(one) for one in summarized.neutrality.measures),
        unheard=tuple(unheard(one, summarized.article) for one in own.unheard),
        refusals=tuple((one, tuple((FAULTS[why.fault], why.words) for why in one.reasons)) for one in own.refusals),
        edits=tuple((number, changes) for number, changes in edits if changes),
        own=own,
    )


def _account(summary: Summary, article: str, prefix: str) -> Account:
    told = []
    issues = count(1)
    for number, one in enumerate(summary.sentences, 1):
        # A sentence that was left untranslated is still in the article's language.
        language = article if one.text == one.original else summary.language
        numbered = tuple((next(issues), issue) for issue in one.issues)
        grounds = tuple((f"{prefix}{ground}", ground) for ground in one.grounds)
        name = f"t-{summary.language}-{number}"
        told.append(Told(name, number, frame.side(language), _marked(one, summary, numbered), numbered, grounds))
    return Account(frame.side(summary.language), summary.form.value, tuple(told), summary.language != article)


def _marked(sentence: SummarySentence, summary: Summary, issues: Sequence[tuple[int, Issue]]) -> Markup:
    """A sentence as its form wants it, with the places of its issues."""
    text = laid_out([sentence.text], summary.form) if summary.form is Form.HEADLINE else sentence.text
    marks = [cells.Mark(issue.target, number, issue.severity) for number, issue in issues if issue.target is not None]
    return cells.sentence(Block(text), Span(0, len(text)), Kind.TEXT, (), marks)


def _passages(summarized: Summarized, seen: View) -> Iterator[Passage]:
    """The article block by block, each sentence with the way back to the first summary that rests on it."""
    told: dict[int, str] = {}
    for account in seen.accounts:
        for one in account.told:
            for _, number in one.grounds:
                told.setdefault(number, one.name)
    for _, claims in groupby(summarized.article.claims, key=lambda claim: claim.block):
        block = list(claims)
        lines = tuple(Line(claim.number, claim.text, told.get(claim.number, "")) for claim in block)
        yield Passage(block[0].role is Role.HEADING, lines)
