"""Writes a translated document as JSON with a versioned schema, block by block.

Schema 1: an object with `schema_version`, `dragoman` (version), `source_language`, `target_language`, `models` (each
`name`, `hub_id`, `revision`, `licence`, `engine`, `preview`, `settings`) and `blocks`, each with `role`, `source`,
`target` (text), `source_markup`, `target_markup` and `sentences`. A sentence has `source`, `target`, `source_span` and
`target_span` ([start, end) in code points of its block's text), `source_words` and `target_words` ([start, end) in the
sentence), `alignment` ("0-0 1-1" over those words, null where unknown), `mean_log_prob` (natural, of a target piece;
null where unknown), `translated` (false: kept in the source language) and `issues` (each `code`, `severity`,
`message`, `message_ar`, `source_span`, `target_span`). A sentence with terms of a glossary has `terms`, too: each
`term`, `wanted`, `outcome` (used, replaced, not_enforced, missing), `source_span`, `target_span` (null where there is
none) and `forbidden` (the forbidden word that the model used, ""); and the object ends with `terminology`, their counts
by term. Where the article was summarised, too, `summaries` and `report`
are those of `translate.render.summary_data`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from translate.document import (
    Document,
    Issue,
    ModelUse,
    Span,
    TermUse,
    TranslatedBlock,
    TranslatedSentence,
)
from translate.render import markup
from translate.terminology.compliance import Compliance, TermCount
from translate.version import VERSION

SCHEMA_VERSION = 1


def document(
    source: Document,
    blocks: Iterable[TranslatedBlock],
    languages: tuple[str, str],
    models: Sequence[ModelUse],
    more: Mapping[str, object] = MappingProxyType({}),
) -> Iterator[str]:
    """The pieces of the JSON text, in order: the head with what `more` there is, each block as it comes, the end."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "dragoman": VERSION,
        "source_language": languages[0],
        "target_language": languages[1],
        "models": [model(use) for use in models],
        **more,
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "blocks": ['
    separator = "\n"
    compliance = Compliance()
    for translated in blocks:
        for one in translated.sentences:
            compliance.add(one.translation.terms)
        yield separator + json.dumps(block(translated, source), ensure_ascii=False)
        separator = ",\n"
    counted = terminology(compliance.counts)
    end = ',\n "terminology": ' + json.dumps(counted, ensure_ascii=False) if counted else ""
    yield "\n ]" + end + "\n}\n"


def model(use: ModelUse) -> dict[str, object]:
    """A model's part, as the schema has it."""
    return {
        "name": use.name,
        "hub_id": use.hub_id,
        "revision": use.revision,
        "licence": use.licence,
        "engine": use.engine,
        "preview": use.preview,
        "settings": dict(use.settings),
    }


def block(translated: TranslatedBlock, source: Document) -> dict[str, object]:
    """A block, as the schema has it."""
    return {
        "role": translated.source.role.value,
        "source": translated.source.text,
        "target": translated.target.text,
        "source_markup": markup.inner(translated.source, source.kind),
        "target_markup": markup.inner(translated.target, source.kind),
        "sentences": [sentence(one) for one in translated.sentences],
    }


def sentence(translated: TranslatedSentence) -> dict[str, object]:
    """A sentence, as the schema has it."""
    alignment = translated.translation.alignment
    mean = translated.translation.mean_log_prob
    return {
        "source": translated.source.text,
        "target": translated.translation.text,
        "source_span": _span(translated.source.span),
        "target_span": _span(translated.span),
        "source_words": [_span(word) for word in alignment.source_words] if alignment else None,
        "target_words": [_span(word) for word in alignment.target_words] if alignment else None,
        "alignment": str(alignment) if alignment else None,
        "mean_log_prob": round(mean, 4) if mean is not None else None,
        "translated": translated.translated,
        "issues": [issue(one) for one in translated.issues],
        **({"terms": [term(one) for one in translated.translation.terms]} if translated.translation.terms else {}),
    }


def term(one: TermUse) -> dict[str, object]:
    """What became of a glossary's term in one place, as the schema has it."""
    return {
        "term": one.term,
        "wanted": one.wanted,
        "outcome": one.outcome.value,
        "source_span": _span(one.source),
        "target_span": _span(one.target) if one.target else None,
        "forbidden": one.forbidden,
    }


def terminology(counts: Iterable[TermCount]) -> list[dict[str, object]]:
    """A document's counts by term, as the schema has them."""
    return [{"term": one.term, "occurrences": one.occurrences, **vars(one)} for one in counts]


def issue(one: Issue) -> dict[str, object]:
    """An issue, as the schema has it."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        "message_ar": one.message_ar,
        "source_span": _span(one.source) if one.source else None,
        "target_span": _span(one.target) if one.target else None,
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
