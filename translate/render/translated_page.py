"""Writes the report of a translation: source and target side by side, each sentence with what the checks found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from markupsafe import Markup

from translate.document import Severity, TranslatedDocument, TranslatedSentence
from translate.render import cells, frame, summary
from translate.render.page import title
from translate.render.rows import Remark, Row
from translate.roundtrip.types import Leg

# The sentences with errors that are listed with their messages; the others are named.
_MOST_URGENT = 12


def page(document: TranslatedDocument, name: str = "", *, made: datetime | None = None) -> str:
    """The report as one HTML page that needs nothing else; `made` (default: now) is the time that it shows.

    `name` is what the translated file is called.
    """
    every = list(rows(document))
    first = next(document.source.blocks, None)
    issues = [remark.issue for row in every for remark in row.remarks]
    severities = Counter(issue.severity for issue in issues)
    return frame.render(
        "translated.html.j2",
        made=made,
        name=name,
        title=title(first.text if first else name),
        source=frame.side(document.source_language),
        target=frame.side(document.target_language),
        rows=every,
        words=sum(len(block.text.split()) for block in document.source.blocks),
        errors=severities[Severity.ERROR],
        warned=severities[Severity.WARNING],
        severities=[(one.value, severities[one]) for one in Severity if severities[one]],
        checks=Counter(issue.code.partition(".")[0] for issue in issues).most_common(),
        urgent=summary.urgent(every)[:_MOST_URGENT],
        more=summary.urgent(every)[_MOST_URGENT:],
        models=[("→", model) for model in document.models],
        shows_preview=any(model.preview for model in document.models),
    )


def rows(document: TranslatedDocument) -> Iterator[Row]:
    """A row for each sentence, in reading order; nothing comes back in any of them."""
    cell = partial(cells.sentence, kind=document.source.kind)
    number = 0
    for block in document.blocks:
        for sentence in block.sentences:
            number += 1
            alignment = sentence.translation.alignment
            source, target = _marks(sentence)
            yield Row(
                number=number,
                source=cell(
                    block.source,
                    sentence.source.span,
                    words=alignment.source_words if alignment else (),
                    marks=source,
                ),
                forward=cell(
                    block.target, sentence.span, words=alignment.target_words if alignment else (), marks=target
                ),
                back=Markup(""),
                changed=Markup(""),
                there=str(alignment or ""),
                again="",
                remarks=tuple(Remark(index, issue, Leg.FORWARD) for index, issue in enumerate(sentence.issues, 1)),
                scores=(),
                mean_log_prob=sentence.translation.mean_log_prob,
                untranslated=not sentence.translated,
                starts_block=sentence is block.sentences[0],
            )


def _marks(sentence: TranslatedSentence) -> tuple[list[cells.Mark], list[cells.Mark]]:
    """The places of a sentence's issues in its source and in its target, numbered as its remarks are."""
    numbered = list(enumerate(sentence.issues, 1))
    return (
        [cells.Mark(issue.source, number, issue.severity) for number, issue in numbered if issue.source is not None],
        [cells.Mark(issue.target, number, issue.severity) for number, issue in numbered if issue.target is not None],
    )
