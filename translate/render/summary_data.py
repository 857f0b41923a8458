"""Writes an article's summaries as JSON with a versioned schema.

Schema 1: an object with `schema_version`, `dragoman` (version), `language` (the article's), `summaries`, `report` and
`models` (as in `translate.render.json`). Each of `summaries` has

- `lang`, `text`, `form` ("headline", "bullets", "paragraph"), `method` ("extractive" or a model's name) and
  `over_budget` (true: not even its one sentence is as short as was asked);
- `sentences`, each with `text`, `grounds` (the numbers, from 1, of the article's sentences that it rests on), `speaker`
  (who says so, in the article's language; null for the reporter) and `others` (who else speaks in it), `original` (the
  sentence that this translates; null where it is in the article's language), `edits` (what was changed in the article's
  words, each `change`, `before`, `after`) and `issues` of its translation (as in `translate.render.json`).

`report` is about the summary in the article's language: `measures` (by key, each `value`, `numerator`, `denominator`,
`details`: the words that tell against it, and `source`: the same of the article, null where there is none;
`translate.summarize.neutrality.DEFINITIONS` says what each is), `unheard` (parties that the article lets speak and the
summary does not, each `group`, `side` and `speakers`) and `refused` (sentences that a model wrote and that were
refused, each `text`, `reasons` with `fault` and `words`, and `replaced_by`, null for nothing).
"""

from __future__ import annotations

import json

from translate.render.json import issue, model
from translate.summarize.bilingual import Summarized
from translate.summarize.neutrality import Measure
from translate.summarize.summary import Party, Refusal, Summary, SummarySentence
from translate.summarize.types import Article
from translate.version import VERSION

SCHEMA_VERSION = 1


def as_json(summarized: Summarized) -> str:
    """The summaries as JSON, by themselves."""
    head = {"schema_version": SCHEMA_VERSION, "dragoman": VERSION, "language": summarized.article.language}
    models = {"models": [model(use) for use in summarized.models]}
    return json.dumps({**head, **fields(summarized), **models}, ensure_ascii=False, indent=1) + "\n"


def fields(summarized: Summarized) -> dict[str, object]:
    """`summaries` and `report`, as the schema has them; they stand in the JSON of a translation, too."""
    return {
        "summaries": [_summary(one) for one in summarized.summaries],
        "report": {
            "measures": {one.key: _measure(one) for one in summarized.neutrality.measures},
            "unheard": [_party(party, summarized.article) for party in summarized.own.unheard],
            "refused": [_refusal(refusal) for refusal in summarized.own.refusals],
        },
    }


def _summary(summary: Summary) -> dict[str, object]:
    return {
        "lang": summary.language,
        "text": summary.text,
        "form": summary.form.value,
        "method": summary.method,
        "over_budget": summary.over_budget,
        "sentences": [_sentence(one) for one in summary.sentences],
    }


def _sentence(sentence: SummarySentence) -> dict[str, object]:
    return {
        "text": sentence.text,
        "grounds": list(sentence.grounds),
        "speaker": sentence.speaker.name if sentence.speaker else None,
        "others": [speaker.name for speaker in sentence.others],
        "original": sentence.original or None,
        "edits": [{"change": one.change.value, "before": one.before, "after": one.after} for one in sentence.edits],
        "issues": [issue(one) for one in sentence.issues],
    }


def _measure(measure: Measure) -> dict[str, object]:
    return {
        "value": round(measure.value, 4),
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "details": list(measure.details),
        "source": None if measure.source is None else round(measure.source, 4),
    }


def _party(party: Party, article: Article) -> dict[str, object]:
    group, side = party
    speakers = [speaker.name for speaker in article.speakers if speaker.party == party]
    return {"group": group.value, "side": side or None, "speakers": speakers}


def _refusal(refusal: Refusal) -> dict[str, object]:
    return {
        "text": refusal.text,
        "reasons": [{"fault": one.fault.value, "words": one.words} for one in refusal.reasons],
        "replaced_by": refusal.replaced_by or None,
    }
