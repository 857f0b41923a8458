"""Writes the side-by-side report of an article's way there and back: what an editor reads before trusting it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import nh3
from markupsafe import Markup

from translate.document import Block, Document, Issue, Kind, Severity, Span, TranslatedDocument, TranslatedSentence
from translate.languages import direction, name
from translate.markup import clip, serialize
from translate.render.templates import environment
from translate.version import VERSION

# What may stand in a cell of the report; scripts, styles, forms, event handlers and odd link schemes may not.
_TAGS = {
    "a",
    "abbr",
    "b",
    "br",
    "cite",
    "code",
    "em",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}


@dataclass(frozen=True)
class Row:
    """One sentence on its way: source, target and back, as safe HTML; `back` is empty where it was not translated."""

    number: int
    source: Markup
    target: Markup
    back: Markup
    mean_log_prob: float | None
    issues: tuple[tuple[str, Issue], ...]


@dataclass(frozen=True)
class Fact:
    """A figure of the report's head, and what it means."""

    label: str
    value: str
    help: str = ""


def document(
    forward: TranslatedDocument, back: TranslatedDocument, *, title: str, seconds: float, made: datetime
) -> str:
    """The report as one self-contained HTML page.

    `back` is `forward` translated back sentence for sentence; `seconds` is what both took together, `made` when.
    """
    groups = [list(rows) for rows in _groups(forward, back)]
    rows = [row for group in groups for row in group]
    models = tuple(dict.fromkeys((*_hashable(forward), *_hashable(back))))
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            title=title,
            groups=groups,
            facts=_facts(forward, rows, seconds),
            models=models,
            preview=any(model.preview for model in models),
            source=_side(forward.source_language),
            target=_side(forward.target_language),
            to_check=[row for row in rows if any(issue.severity is not Severity.NOTE for _, issue in row.issues)],
            made=made.strftime("%Y-%m-%d %H:%M"),
            version=VERSION,
        )
    )


@dataclass(frozen=True)
class _Model:
    name: str
    hub_id: str
    revision: str
    licence: str
    engine: str
    preview: bool


def _hashable(document: TranslatedDocument) -> Iterator[_Model]:
    for use in document.models:
        yield _Model(use.name, use.hub_id, use.revision, use.licence, use.engine, use.preview)


def _side(language: str) -> dict[str, str]:
    return {"language": language, "direction": direction(language), "name": name(language, "en")}


def _groups(forward: TranslatedDocument, back: TranslatedDocument) -> Iterator[Iterator[Row]]:
    """The rows of each block."""
    number = 0
    for there, again in zip(forward.blocks, back.blocks, strict=True):
        # A sentence that came out empty has no way back.
        returned = {sentence.source.span: sentence for sentence in again.sentences}
        rows = []
        for sentence in there.sentences:
            number += 1
            returning = returned.get(sentence.span)
            rows.append(
                Row(
                    number,
                    _cell(there.source, sentence.source.span, forward.source),
                    _cell(there.target, sentence.span, forward.source),
                    _cell(again.target, returning.span, forward.source) if returning else Markup(""),
                    sentence.translation.mean_log_prob,
                    _issues(sentence, returning, back.target_language),
                )
            )
        yield iter(rows)


def _issues(
    there: TranslatedSentence, again: TranslatedSentence | None, language: str
) -> tuple[tuple[str, Issue], ...]:
    returning = again.issues if again else ()
    return tuple(("", issue) for issue in there.issues) + tuple((f"back to {language}", issue) for issue in returning)


def _cell(block: Block, span: Span, document: Document) -> Markup:
    """A sentence with its markup, made safe to show whatever the article holds."""
    part = clip(block, span)
    if document.kind in (Kind.FRAGMENT, Kind.PAGE):
        return Markup(nh3.clean(serialize(part, Kind.FRAGMENT), tags=_TAGS, link_rel="noopener noreferrer"))
    return Markup.escape(part.text)


def _facts(forward: TranslatedDocument, rows: list[Row], seconds: float) -> list[Fact]:
    words = sum(len(sentence.source.text.split()) for sentence in forward.sentences)
    severities = Counter(issue.severity for row in rows for _, issue in row.issues)
    tags = sum(len(block.source.inlines) for block in forward.blocks)
    carried = sum(len(block.target.inlines) for block in forward.blocks)
    unsure = sum(issue.code.startswith("markup.") for row in rows for _, issue in row.issues)
    return [
        Fact("words", f"{words:,}"),
        Fact("sentences", f"{len(rows):,}"),
        Fact("there and back", f"{seconds:.0f} s"),
        Fact("links and other markup", f"{carried:,} of {tags:,} carried over"),
        Fact("placed without knowing the words", f"{unsure:,}", "See the notes of those sentences."),
        Fact("errors", f"{severities[Severity.ERROR]:,}"),
        Fact("warnings", f"{severities[Severity.WARNING]:,}"),
    ]
