"""What became of a batch: a page for the editor, worst documents first, and JSON for programs.

Schema 1 of the JSON: `schema_version`, `dragoman` (version), `source_language`, `target_language`, `run` (counts of
the last run that changed something: files, done, aside, all_aside, unchanged, sentences, words, errors, warnings,
seconds, stopped, removed, passed_over), `documents`, `totals` (of all documents: documents, done, set_aside, sentences,
words, errors, warnings, notes) and `issues` (how many of each code). The documents are those set aside first, then
those with most errors and warnings, each with `key`, `state` ("done" or "set aside"), `output` (null for none),
`sentences`, `words`, `errors`, `warnings`, `notes`, `seconds` and `reason` (null for none).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import quote

from translate.batch.journal import DocumentRecord
from translate.batch.types import State
from translate.document import Severity
from translate.render import frame
from translate.version import VERSION

SCHEMA_VERSION = 1
# A page that a browser opens at once: the worst documents, and of each the first issues. The JSON has all documents.
_SHOWN = 200
_SHOWN_ASIDE = 500
_SHOWN_ISSUES = 3


@dataclass(frozen=True)
class Facts:
    """The languages, and what the last run did."""

    source: str
    target: str
    run: Mapping[str, object]


@dataclass(frozen=True)
class _Shown:
    """A document as the page shows it."""

    record: DocumentRecord
    output: str
    issues: tuple[Mapping[str, Any], ...]


@dataclass
class Gathered:
    """Counts over all documents, and those that the page shows; `outputs` are the files' places by their keys."""

    outputs: Mapping[str, str]
    totals: Counter[str] = field(default_factory=Counter)
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    aside: list[DocumentRecord] = field(default_factory=list)
    shown: list[_Shown] = field(default_factory=list)

    def add(self, one: DocumentRecord) -> None:
        """Count one more document; the worst must come first."""
        self.totals.update(
            documents=1,
            done=int(one.state is State.DONE),
            set_aside=int(one.state is State.ASIDE),
            sentences=one.sentences,
            words=one.words,
            errors=one.errors,
            warnings=one.warnings,
            notes=one.notes,
        )
        issues = json.loads(one.issues) if one.errors or one.warnings or one.notes else []
        self.codes.update((issue["severity"], issue["code"]) for issue in issues)
        if one.state is State.ASIDE:
            if len(self.aside) < _SHOWN_ASIDE:
                self.aside.append(one)
        elif len(self.shown) < _SHOWN:
            worst = sorted(issues, key=lambda issue: Severity(issue["severity"]).rank)[:_SHOWN_ISSUES]
            self.shown.append(_Shown(one, self.outputs.get(one.origin, ""), tuple(worst)))


def write_json(out: BinaryIO, facts: Facts, documents: Iterable[DocumentRecord], gathered: Gathered) -> None:
    """Write the report as JSON, document by document, each of which `gathered` is told."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "dragoman": VERSION,
        "source_language": facts.source,
        "target_language": facts.target,
        "run": dict(facts.run),
    }
    out.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2].encode() + b',\n "documents": [')
    separator = b"\n  "
    for one in documents:
        gathered.add(one)
        out.write(
            separator + json.dumps(_document(one, gathered.outputs), ensure_ascii=False).encode("utf-8", "replace")
        )
        separator = b",\n  "
    codes: Counter[str] = Counter()
    for (_, code), count in gathered.codes.items():
        codes[code] += count
    tail = {"totals": dict(gathered.totals), "issues": dict(sorted(codes.items()))}
    out.write(b"\n ],\n" + json.dumps(tail, ensure_ascii=False, indent=1)[2:].encode() + b"\n")


def write_html(out: BinaryIO, facts: Facts, gathered: Gathered) -> None:
    """Write the report as a page in English and Arabic, with the worst documents."""
    page = frame.render(
        "batch_report.html.j2",
        made=None,
        run=facts.run,
        totals=gathered.totals,
        sides=(frame.side(facts.source), frame.side(facts.target)),
        aside=gathered.aside,
        shown=gathered.shown,
        codes=sorted(gathered.codes.items(), key=lambda item: (Severity(item[0][0]).rank, -item[1], item[0][1])),
        link=quote,
    )
    out.write(page.encode("utf-8", "replace"))


def _document(one: DocumentRecord, outputs: Mapping[str, str]) -> dict[str, object]:
    return {
        "key": one.key,
        "state": one.state.value,
        "output": outputs.get(one.origin) if one.state is State.DONE else None,
        "sentences": one.sentences,
        "words": one.words,
        "errors": one.errors,
        "warnings": one.warnings,
        "notes": one.notes,
        "seconds": round(one.seconds, 3),
        "reason": one.reason or None,
    }
