"""Summarises an article with a model; each sentence passes the gate, or gives way to one of the article's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from translate.document import Role
from translate.engines.summarizer import Summarizer
from translate.segment import split_long
from translate.summarize import extractive
from translate.summarize.extractive import BUDGETS
from translate.summarize.gate import Gate, Verdict
from translate.summarize.grounding import Cosines
from translate.summarize.select import parties
from translate.summarize.standalone import stand_alone
from translate.summarize.summary import (
    Budget,
    Fault,
    Form,
    Reason,
    Refusal,
    Summary,
    SummarySentence,
    laid_out,
    word_count,
)
from translate.summarize.types import Article, Dependence
from translate.summarize.understand import understand
from translate.summarize.whose import same

# A text of fewer than so many times the least that a model must write leaves it nothing to leave out.
_SHRINK = 2
# What hangs on the sentence before it: without that one it says nothing, or something else.
_HANGING = frozenset((Dependence.PRONOUN, Dependence.POINTER))


@dataclass(frozen=True)
class _Written:
    """A sentence that the model wrote: the verdict on it, and what stands for it, None where nothing can.

    `leans` tells that it is only understood behind the sentence that the model wrote before it, which stands, too, and
    `needs` names the article's sentences without which one of them is not.
    """

    verdict: Verdict
    sentence: SummarySentence | None
    leans: bool = False
    needs: frozenset[int] = frozenset()


def summarize(
    article: Article,
    summarizer: Summarizer,
    budget: Budget | None = None,
    form: Form = Form.PARAGRAPH,
    *,
    cosines: Cosines | None = None,
) -> Summary:
    """A summary of an article that a model writes in its language, and the gate lets through.

    An article that is too long for the model is summarised in parts of about one length, in order; of each part the
    sentences that the model wrote first are taken first, as many as fit the budget (the form's own where it is None).
    A sentence that the gate refuses gives way to the article's sentence that supports it most, where that can stand
    alone. Where nothing of the model's fits, the summary is the extractive one, with the refusals. `cosines` helps to
    find grounds (`Index.ground`). Raises ValueError for an article without sentences, EngineError where the model
    fails.
    """
    gate = Gate(article, cosines)
    limits = budget or BUDGETS[form]
    if form is Form.HEADLINE:
        limits = replace(limits, sentences=1)
    written = [_judged(article, gate, text) for text in _generated(article, summarizer)]
    chosen = _chosen(written, limits, form)
    every = [one for part in written for one in part]
    sentences = tuple(one.sentence for one in every if one in chosen and one.sentence is not None)
    refusals = tuple(_refusal(one, kept=one in chosen) for one in every if not one.verdict.stands)
    if not sentences:
        return replace(extractive.summarize(article, budget, form), refusals=refusals)
    heard = {speaker.party for sentence in sentences for speaker in sentence.speakers}
    return Summary(
        article.language,
        form,
        sentences,
        summarizer.use.name,
        tuple(party for party in parties(article) if party not in heard),
        refusals=refusals,
    )


def parts(article: Article, summarizer: Summarizer) -> tuple[str, ...]:
    """The article's text in order, without headings and cells, in as few parts of about one length as the model reads.

    A sentence that is too long by itself is cut at its clauses.
    """
    most = summarizer.max_source
    pieces: list[str] = []
    for claim in article.claims:
        if claim.role in (Role.PARAGRAPH, Role.ITEM):
            spans = split_long(claim.text, lambda text: summarizer.count(text) <= most)
            pieces += [span.of(claim.text) for span in spans]
    # One for the space before each, which most vocabularies make a piece of, or part of one.
    sizes = [summarizer.count(piece) + 1 for piece in pieces]
    for count in range(max(1, -(-sum(sizes) // most)), len(pieces)):
        made = _filled(pieces, sizes, -(-sum(sizes) // count))
        if all(summarizer.count(part) <= most for part in made):
            return made
    return tuple(pieces)


def _filled(pieces: Sequence[str], sizes: Sequence[int], size: int) -> tuple[str, ...]:
    """The pieces in order, in parts of about `size` each: one that would go further over than it falls short waits."""
    made: list[list[str]] = []
    room = 0
    for piece, own in zip(pieces, sizes, strict=True):
        if not made or own > 2 * room:
            made.append([])
            room = size
        made[-1].append(piece)
        room -= own
    return tuple(" ".join(part) for part in made)


def _generated(article: Article, summarizer: Summarizer) -> list[str]:
    """What the model writes of each part, which is never made longer than half of the part itself."""
    own = summarizer.writing
    found = []
    for part in parts(article, summarizer):
        most = max(1, min(own.most, summarizer.count(part)))
        least = min(own.least, most // _SHRINK)
        found += summarizer.generate([part], replace(own, least=least, most=most))
    return found


def _judged(article: Article, gate: Gate, text: str) -> list[_Written]:
    """The sentences of what the model wrote of one part, in order, each judged."""
    found: list[_Written] = []
    for claim in understand([text], article.language).claims if text else ():
        verdict = gate.judge(claim)
        hangs = claim.dependence in _HANGING
        if hangs and not (found and found[-1].verdict.stands):
            lost = Reason(Fault.UNGROUNDED, claim.text.split()[0])
            verdict = replace(verdict, reasons=(*verdict.reasons, lost) if verdict.reasons else (lost,))
        if verdict.stands:
            found.append(_Written(verdict, _written(article, verdict), hangs))
        else:
            found.append(_stand_in(article, verdict))
    return found


def _written(article: Article, verdict: Verdict) -> SummarySentence:
    """A sentence of the model's, with the article's own speakers."""
    claim = verdict.claim
    own = [speaker for speaker in (claim.speaker, *claim.others) if speaker is not None]
    grounds = [article.claim(number).speaker for number in verdict.grounds.numbers]
    known = [*(speaker for speaker in grounds if speaker is not None), *article.speakers]
    speakers = [next((one for one in known if same(speaker, one, article.language)), speaker) for speaker in own]
    whose = list(dict.fromkeys(speakers))
    return SummarySentence(
        claim.text, verdict.grounds.numbers, whose[0] if claim.speaker is not None else None, tuple(whose[1:])
    )


def _stand_in(article: Article, verdict: Verdict) -> _Written:
    """A refused sentence with the article's sentence nearest to it, where that can stand without a loaded word."""
    number = verdict.grounds.best
    standing = stand_alone(article, number)
    if standing is None or standing.loaded:
        return _Written(verdict, None)
    claim, version = standing.claim, standing.short
    refusal = Refusal(verdict.claim.text, verdict.reasons, version.text)
    sentence = SummarySentence(version.text, (number,), claim.speaker, claim.others, version.edits, refusal)
    return _Written(verdict, sentence, needs=standing.needs)


def _chosen(written: Sequence[Sequence[_Written]], budget: Budget, form: Form) -> list[_Written]:
    """The sentences that fit: the first of each part, then the second of each …; none says another's over again."""
    order = [(one, column) for row in zip_longest(*written) for column, one in enumerate(row) if one is not None]
    chosen: list[_Written] = []
    for one, column in order:
        if one.sentence is None or any(_repeats(one.sentence, other.sentence) for other in chosen):
            continue
        part = written[column]
        told = {number for other in chosen if other.sentence is not None for number in other.sentence.grounds}
        if (one.leans and part[part.index(one) - 1] not in chosen) or not one.needs <= told:
            continue
        texts = [w.sentence.text for p in written for w in p if (w in chosen or w is one) and w.sentence is not None]
        if fits(texts, budget, form):
            chosen.append(one)
    return chosen


def _repeats(sentence: SummarySentence, other: SummarySentence | None) -> bool:
    """Whether one of the article's sentences would stand in for what the summary says already, or the same words do."""
    if other is None:
        return False
    either = sentence.refused is not None or other.refused is not None
    return sentence.text == other.text or (either and bool(set(sentence.grounds) & set(other.grounds)))


def fits(texts: Sequence[str], budget: Budget, form: Form) -> bool:
    """Whether sentences keep to a budget in the form that they will have."""
    text = laid_out(list(texts), form)
    return (
        (budget.sentences is None or len(texts) <= budget.sentences)
        and (budget.words is None or word_count(text) <= budget.words)
        and (budget.characters is None or len(text) <= budget.characters)
    )


def _refusal(one: _Written, *, kept: bool) -> Refusal:
    replaced = one.sentence.text if kept and one.sentence is not None else ""
    return Refusal(one.verdict.claim.text, one.verdict.reasons, replaced)
