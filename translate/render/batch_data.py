"""What became of a batch of files, and its tables: JSON with a versioned schema, and CSV with a row an issue.

Schema 1 of the JSON: an object with `schema_version`, `dragoman` (version), and `files`, each with `name`, `state`
("done", "set aside" or "left"), `why` and `why_ar` (null for one that is done), `translation` and `report` (paths in
the archive, null where there is none), `source_language`, `target_language`, `models`, `sentences` (how many),
`seconds`, `errors`, `warnings`, `notes` (how many) and `issues`, each as `translate.render.json` writes it, with the
`sentence` (from 1) that has it, its `source` and its `target`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate.document import Issue, ModelUse, Severity, TranslatedDocument
from translate.render import json as json_render
from translate.render import score_data
from translate.version import VERSION

SCHEMA_VERSION = 1
COLUMNS = ("file", "state", "sentence", "severity", "code", "message", "message_ar", "source", "target")


@dataclass(frozen=True)
class Flaw:
    """An issue with the sentence that has it; `sentence` is its number, from 1."""

    sentence: int
    source: str
    target: str
    issue: Issue


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    `translation` and `report` are the paths of what was made of it, relative to the batch's report; both are empty
    where it was set aside, for the reason that `why` gives in English and Arabic, or `left`: the batch was stopped
    before its turn came.
    """

    name: str
    translation: str = ""
    report: str = ""
    languages: tuple[str, str] | None = None
    models: tuple[ModelUse, ...] = ()
    sentences: int = 0
    flaws: tuple[Flaw, ...] = ()
    seconds: float = 0.0
    why: tuple[str, str] | None = None
    left: bool = False

    @property
    def state(self) -> str:
        """What the tables call its state."""
        return "left" if self.left else "set aside" if self.why else "done"

    def count(self, severity: Severity) -> int:
        """How many issues of this severity it has."""
        return sum(flaw.issue.severity is severity for flaw in self.flaws)


def flaws(document: TranslatedDocument) -> tuple[Flaw, ...]:
    """Every issue of a translated document, in reading order."""
    return tuple(
        Flaw(number, sentence.source.text, sentence.translation.text, issue)
        for number, sentence in enumerate(document.sentences, 1)
        for issue in sentence.issues
    )


def as_json(outcomes: Sequence[Outcome]) -> str:
    """The batch as JSON."""
    found = {"schema_version": SCHEMA_VERSION, "dragoman": VERSION, "files": [_file(one) for one in outcomes]}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def as_csv(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lines of the table: a row an issue, and one for each file without any; the columns are named first."""
    return score_data.table(COLUMNS, (row for one in outcomes for row in _rows(one)))


def _file(one: Outcome) -> dict[str, object]:
    source, target = one.languages or (None, None)
    why, why_ar = one.why or (None, None)
    return {
        "name": one.name,
        "state": one.state,
        "why": why,
        "why_ar": why_ar,
        "translation": one.translation or None,
        "report": one.report or None,
        "source_language": source,
        "target_language": target,
        "models": [json_render.model(use) for use in one.models],
        "sentences": one.sentences,
        "seconds": round(one.seconds, 1),
        "errors": one.count(Severity.ERROR),
        "warnings": one.count(Severity.WARNING),
        "notes": one.count(Severity.NOTE),
        "issues": [
            {"sentence": flaw.sentence, "source": flaw.source, "target": flaw.target, **json_render.issue(flaw.issue)}
            for flaw in one.flaws
        ],
    }


def _rows(one: Outcome) -> Iterator[Sequence[object]]:
    why, why_ar = one.why or ("", "")
    if not one.flaws:
        yield one.name, one.state, "", "", "", why, why_ar, "", ""
    for flaw in one.flaws:
        issue = flaw.issue
        said = issue.severity.value, issue.code, issue.message, issue.message_ar
        yield one.name, one.state, flaw.sentence, *said, flaw.source, flaw.target
