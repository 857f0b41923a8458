"""Carries a summary into another language, sentence by sentence, with the issues that the checks find there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from translate.document import Block, Document, Issue, Kind, ModelUse, Role, Span, TranslatedBlock
from translate.summarize.neutrality import Neutrality, measure
from translate.summarize.summary import Summary, SummarySentence
from translate.summarize.types import Article

Translate: TypeAlias = Callable[[Document], Iterable[TranslatedBlock]]
"""Translates the blocks of a document, in order."""


@dataclass(frozen=True)
class Summarized:
    """An article with its summaries: `own` in its own language, `summaries` as they were asked for.

    Each of `summaries` is `own` or its translation. `neutrality` measures `own` against the article: a translation says
    what `own` says, as far as the issues of its sentences allow. `models` wrote or translated. `title` is the article's
    first heading, or its first words where it has none.
    """

    article: Article
    own: Summary
    summaries: tuple[Summary, ...]
    neutrality: Neutrality
    models: tuple[ModelUse, ...] = ()
    title: str = ""

    def __post_init__(self) -> None:
        if self.own.language != self.article.language:
            raise ValueError(f"the own summary of an article in {self.article.language} is in {self.own.language}")
        if any(len(summary.sentences) != len(self.own.sentences) for summary in self.summaries):
            raise ValueError("a translated summary has as many sentences as its original")

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What the checks found in the translations, in order."""
        return tuple(issue for summary in self.summaries for one in summary.sentences for issue in one.issues)


def gathered(
    article: Article, own: Summary, summaries: Sequence[Summary], models: Sequence[ModelUse] = ()
) -> Summarized:
    """An article's summaries with the measures of its own one."""
    heading = next((claim for claim in article.claims if claim.role is Role.HEADING), None)
    title = article.blocks[heading.block] if heading else next((text for text in article.blocks if text), "")
    return Summarized(article, own, tuple(summaries), measure(article, own), tuple(models), title)


def translated(summary: Summary, language: str, translate: Translate) -> Summary:
    """The same summary in `language`; each sentence is a block of its own, so that nothing is lost between them."""
    blocks = [Block(sentence.text) for sentence in summary.sentences]
    done = translate(Document(tuple(blocks), Kind.TEXT, summary.language))
    sentences = tuple(_carried(one, block) for one, block in zip(summary.sentences, done, strict=True))
    return replace(summary, language=language, sentences=sentences)


def _carried(sentence: SummarySentence, block: TranslatedBlock) -> SummarySentence:
    """A summary's sentence as it was translated; where that came to nothing, it stays, and its issues say so."""
    text = block.target.text
    return replace(
        sentence, text=text if text.strip() else sentence.text, original=sentence.text, issues=tuple(_issues(block))
    )


def _issues(block: TranslatedBlock) -> Iterator[Issue]:
    """The issues of a block and of its sentences, their places in the block's texts."""
    yield from block.issues
    for one in block.sentences:
        for issue in one.issues:
            yield replace(
                issue,
                source=_shifted(issue.source, one.source.span.start),
                target=_shifted(issue.target, one.span.start),
            )


def _shifted(span: Span | None, by: int) -> Span | None:
    return span.shift(by) if span is not None else None
