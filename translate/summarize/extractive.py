"""Summarises an article with its own sentences: chosen, made to stand alone, and never without their speaker."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from translate.errors import LanguageError
from translate.summarize.rank import rank
from translate.summarize.select import Choice, choose, unheard
from translate.summarize.standalone import Version, stand_alone
from translate.summarize.summary import Budget, Change, Edit, Form, Summary, SummarySentence
from translate.summarize.tolls import tolls
from translate.summarize.types import Article
from translate.summarize.wording import joined

BUDGETS: Mapping[Form, Budget] = MappingProxyType(
    {
        Form.HEADLINE: Budget(sentences=1, words=14),
        Form.BULLETS: Budget(sentences=5, words=120),
        Form.PARAGRAPH: Budget(sentences=5, words=120),
    }
)
"""How long a summary of each form is where nobody says."""


def summarize(
    article: Article, budget: Budget | None = None, form: Form = Form.PARAGRAPH, *, embeddings: bool = False
) -> Summary:
    """A summary of an article in its own language ("en" or "ar"), made of its sentences.

    `budget` is the form's own in BUDGETS where it is None; a headline has one sentence whatever it says. `embeddings`
    compares sentences by meaning, not by their words. The summary has no sentences where the article has none that
    state something. Raises LanguageError for an article in another language, ExtraMissing where `embeddings` is not
    installed.
    """
    if article.language not in ("en", "ar"):
        raise LanguageError(f"summaries are made of English and Arabic articles, not of one in {article.language!r}")
    limits = budget or BUDGETS[form]
    headline = form is Form.HEADLINE
    if headline:
        limits = Budget(1, limits.words, limits.characters)
    ready = (stand_alone(article, claim.number, headline=headline) for claim in article.claims)
    standing = {one.claim.number: one for one in ready if one}
    ranking = rank([claim.text for claim in article.claims], article.language, embeddings=embeddings)
    choice = choose(article, standing, ranking, tolls(article), limits, form)
    return Summary(
        article.language,
        form,
        _sentences(article, choice),
        unheard=unheard(article, sorted(choice.versions)),
        over_budget=choice.over_budget,
    )


def _sentences(article: Article, choice: Choice) -> tuple[SummarySentence, ...]:
    """The chosen sentences in the article's order, those that share one joined where the first of them stands."""
    made: list[SummarySentence] = []
    for number in choice.versions:
        if number in choice.merged[1:]:
            continue
        numbers = choice.merged if choice.merged[:1] == (number,) else (number,)
        claims = [article.claim(one) for one in numbers]
        named = list(dict.fromkeys(who for claim in claims for who in (claim.speaker, *claim.others) if who))
        speaker = next((claim.speaker for claim in claims if claim.speaker), None)
        known = frozenset(who for sentence in made for who in sentence.speakers)
        versions = [_familiar(choice.versions[one], article.claim(one).speaker in known) for one in numbers]
        texts = [version.text for version in versions]
        made.append(
            SummarySentence(
                joined(texts, article.language, article.media) if len(texts) > 1 else texts[0],
                numbers,
                speaker,
                tuple(who for who in named if who != speaker),
                tuple(edit for version in versions for edit in version.edits),
            )
        )
    return tuple(made)


def _familiar(version: Version, known: bool) -> Version:
    """A sentence with its speaker as the article has them there ("Haddad"), where the summary has their full name."""
    full = [edit for edit in version.edits if edit.change is Change.RESOLVED and _is_name(edit)]
    if not known or not full:
        return version
    text = version.text.replace(full[0].after, full[0].before, 1)
    return Version(text, tuple(edit for edit in version.edits if edit != full[0]))


def _is_name(edit: Edit) -> bool:
    """Whether what gave way to a full name is a part of it, which no pronoun and no "the man" is."""
    return edit.before[:1].isupper() and edit.before in edit.after
