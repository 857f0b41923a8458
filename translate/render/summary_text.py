"""Writes an article's summaries as text, each sentence with the numbers of the article's sentences behind it."""

from __future__ import annotations

from collections.abc import Iterator

from translate import languages
from translate.render.cells import SIGNS
from translate.render.summary_words import shown, unheard
from translate.summarize.bilingual import Summarized
from translate.summarize.summary import Form, Summary, SummarySentence, laid_out

# The measures that tell whether the summary is neutral; how long it is and what it covers is in the other forms.
_TOLD = ("attribution_retention", "hedge_retention", "loaded_terms", "novel_entities", "novel_numbers")
_COMMA = {"ar": "، "}


def text(summarized: Summarized) -> str:
    """Each summary under its language's name, then what the checks found in it, then what makes it neutral."""
    return "\n\n".join(["\n".join(_lines(one)) for one in summarized.summaries] + [neutrality(summarized)]) + "\n"


def neutrality(summarized: Summarized) -> str:
    """The measures and the parties that are left out, a line each."""
    told = [shown(summarized.neutrality[key]) for key in _TOLD]
    parts = [
        f"{one.definition.label.lower()} {one.of if '/' in one.of and one.value.endswith('%') else one.value}"
        for one in told
    ]
    lines = ["Neutrality: " + ", ".join(parts)]
    for party in (unheard(one, summarized.article) for one in summarized.own.unheard):
        name = " ".join(filter(None, (party.side, party.group.en)))
        lines.append(f"Not represented: {name} ({', '.join(party.speakers)})")
    if summarized.own.refusals:
        lines.append(
            f"Refused: {len(summarized.own.refusals)} of the model's sentences; --format html or json says why"
        )
    return "\n".join(lines)


def _lines(summary: Summary) -> Iterator[str]:
    yield f"{languages.name(summary.language, summary.language)}:"
    sentences = [f"{_told(one, summary)} {_grounds(one, summary.language)}" for one in summary.sentences]
    yield laid_out(sentences, summary.form)
    for one in summary.sentences:
        for issue in one.issues:
            yield f"  {SIGNS[issue.severity]} {_grounds(one, 'en')} {issue.code}: {issue.message}"


def _told(sentence: SummarySentence, summary: Summary) -> str:
    """The sentence as its form wants it; the stop of a headline goes before its grounds, not after them."""
    return laid_out([sentence.text], summary.form) if summary.form is Form.HEADLINE else sentence.text


def _grounds(sentence: SummarySentence, language: str) -> str:
    return f"[{_COMMA.get(language, ', ').join(map(str, sentence.grounds))}]"
