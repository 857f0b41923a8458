"""Writes what the checks found in parallel text: for an editor, for programs, for a table, for continuous integration.

- text: the pairs that have issues, with the places marked ⟦so⟧, and a summary.
- json: an object a line for each pair, with `line` (from 1), `id` (the file's own name of the pair, or null) and
  `issues`, each `code`, `severity`, `message`, `message_ar`, `source_span` and `target_span` ([start, end) in code
  points of the two sentences, or null).
- csv: a row an issue, the columns named in the first row.
- junit: a JUnit test case a pair, which fails where an issue is as severe as asked.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from translate.cache import writing
from translate.document import Issue, Severity, Span
from translate.errors import UsageError
from translate.languages import direction
from translate.pairs import Checked, Unit
from translate.render.json import issue as _issue_as_json

FORMATS = ("text", "json", "csv", "junit")
COLUMNS = (
    "line",
    "id",
    "severity",
    "code",
    "message",
    "message_ar",
    "source_start",
    "source_end",
    "target_start",
    "target_end",
    "source",
    "target",
)

_MARKS = ("⟦", "⟧")
_LINE_END = "↵ "
# Isolates keep the order of what is around a text of the other direction (Unicode Standard Annex 9).
_ISOLATE, _ISOLATE_END = "\u2067", "\u2069"
_STYLES = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m", Severity.NOTE: "\x1b[36m"}
_UNDERLINE, _PLAIN = "\x1b[4m", "\x1b[0m"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Tally:
    """Counts of pairs by their worst issue, and of issues by their code and severity."""

    pairs: int = 0
    worst: Counter[Severity] = field(default_factory=Counter)
    codes: Counter[tuple[Severity, str]] = field(default_factory=Counter)

    def add(self, issues: Sequence[Issue]) -> None:
        """Count one more pair."""
        self.pairs += 1
        if issues:
            self.worst[min((issue.severity for issue in issues), key=lambda severity: severity.rank)] += 1
            self.codes.update((issue.severity, issue.code) for issue in issues)

    def counted(self, checked: Iterable[Checked]) -> Iterator[Checked]:
        """The same pairs, each counted as it passes."""
        for one in checked:
            self.add(one.issues)
            yield one

    def fails(self, least: Severity | None) -> bool:
        """Whether an issue was as severe as `least`; None for never."""
        return least is not None and any(severity.rank <= least.rank for severity in self.worst)

    def summary(self, what: str = "pair") -> str:
        """One line: how many pairs, or whatever they are called, and how many of them have what."""
        parts = [
            f"{self.worst[severity]:,} with {issues}"
            for severity, issues in (
                (Severity.ERROR, "errors"),
                (Severity.WARNING, "warnings at most"),
                (Severity.NOTE, "notes only"),
            )
            if self.worst[severity]
        ]
        return f"{self.pairs:,} {what}{'' if self.pairs == 1 else 's'}: {', '.join(parts) or 'no issues'}"

    @property
    def by_code(self) -> list[tuple[Severity, str, int]]:
        """Severity, code and count of every kind of issue, the worst and the most frequent first."""
        ordered = sorted(self.codes.items(), key=lambda item: (item[0][0].rank, -item[1], item[0][1]))
        return [(severity, code, count) for (severity, code), count in ordered]


@dataclass(frozen=True)
class Setting:
    """What a form may need to know: the languages, what is being checked, from which severity on it fails, colour."""

    languages: tuple[str, str]
    name: str
    fail_on: Severity | None = Severity.ERROR
    colour: bool = False


def document(checked: Iterable[Checked], form: str, setting: Setting) -> Iterator[str]:
    """The pieces of the output in one of `FORMATS`; each piece is whole lines. Raises UsageError for another form."""
    writers: dict[str, Callable[[Iterable[Checked], Setting], Iterator[str]]] = {
        "text": _text,
        "json": _json,
        "csv": _csv,
        "junit": _junit,
    }
    if form not in writers:
        raise UsageError(f"format must be one of {', '.join(FORMATS)}, not {form!r}")
    return writers[form](checked, setting)


def _json(checked: Iterable[Checked], _: Setting) -> Iterator[str]:
    for one in checked:
        line = {
            "line": one.unit.line,
            "id": one.unit.name or None,
            "issues": [_issue_as_json(issue) for issue in one.issues],
        }
        yield json.dumps(line, ensure_ascii=False) + "\n"


def _csv(checked: Iterable[Checked], _: Setting) -> Iterator[str]:
    yield _row(COLUMNS)
    for one in checked:
        for issue in one.issues:
            unit = one.unit
            kind = (issue.severity.value, issue.code, issue.message, issue.message_ar)
            ends = (*_ends(issue.source), *_ends(issue.target))
            yield _row((unit.line, unit.name or "", *kind, *ends, unit.source, unit.target))


def _row(cells: Sequence[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _ends(span: Span | None) -> tuple[int | str, int | str]:
    return (span.start, span.end) if span else ("", "")


def _text(checked: Iterable[Checked], setting: Setting) -> Iterator[str]:
    tally = Tally()
    for one in tally.counted(checked):
        if one.issues:
            yield _described(one, setting) + "\n"
    yield tally.summary() + "\n"
    for severity, code, count in tally.by_code:
        yield f"  {_severity(severity, setting)} {code:<28} {count:>9,}\n"


def _described(one: Checked, setting: Setting) -> str:
    """The issues of a pair, and below them both sentences with the places marked."""
    unit = one.unit
    lines = [_place(unit)]
    lines += [f"  {_severity(issue.severity, setting)} {issue.code}: {issue.message}" for issue in one.issues]
    spans = ([issue.source for issue in one.issues], [issue.target for issue in one.issues])
    for language, text, places in zip(setting.languages, (unit.source, unit.target), spans, strict=True):
        lines.append(f"  {language}: {_shown(text, [span for span in places if span], language, setting)}")
    return "\n".join(lines) + "\n"


def _place(unit: Unit) -> str:
    if unit.name is None:
        return f"line {unit.line}"
    return f"pair {unit.line} ({unit.name})" if unit.name else f"pair {unit.line}"


def _shown(text: str, spans: Sequence[Span], language: str, setting: Setting) -> str:
    if not text.strip():
        return "(empty)"
    shown = marked(text, spans, setting.colour).replace("\r", "").replace("\n", _LINE_END)
    return _ISOLATE + shown + _ISOLATE_END if direction(language) == "rtl" else shown


def _severity(severity: Severity, setting: Setting) -> str:
    padded = f"{severity.value:<7}"
    return f"{_STYLES[severity]}{padded}{_PLAIN}" if setting.colour else padded


def marked(text: str, spans: Iterable[Span], colour: bool = False) -> str:
    """The text with its spans in ⟦marks⟧, underlined where `colour`; spans that touch or overlap are one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    before, after = (_MARKS[0] + _UNDERLINE, _PLAIN + _MARKS[1]) if colour else _MARKS
    out, at = "", 0
    for span in merged:
        out += text[at : span.start] + before + span.of(text) + after
        at = span.end
    return out + text[at:]


def _junit(checked: Iterable[Checked], setting: Setting) -> Iterator[str]:
    """JUnit's totals stand before its cases, so the cases wait in a file: memory does not grow with them."""
    tally = Tally()
    failed = 0
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as cases:
        for one in tally.counted(checked):
            failing = [issue for issue in one.issues if _is_failure(issue, setting)]
            failed += bool(failing)
            with writing(Path(tempfile.gettempdir())):
                cases.write(_case(one, failing, setting))
        totals = f'tests="{tally.pairs}" failures="{failed}" errors="0"'
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f'<testsuites name="dragoman check" {totals} time="0">\n'
        name = f"{setting.name} {setting.languages[0]}-{setting.languages[1]}"
        yield f'<testsuite name={_attribute(name)} {totals} skipped="0" time="0">\n'
        cases.seek(0)
        yield from cases
    yield "</testsuite>\n</testsuites>\n"


def _is_failure(issue: Issue, setting: Setting) -> bool:
    return setting.fail_on is not None and issue.severity.rank <= setting.fail_on.rank


def _case(one: Checked, failing: Sequence[Issue], setting: Setting) -> str:
    unit = one.unit
    start = f'<testcase classname={_attribute(setting.name)} name={_attribute(_place(unit))} time="0"'
    if not one.issues:
        return start + "/>\n"
    plain = _described(one, Setting(setting.languages, setting.name))
    if not failing:
        return f"{start}><system-out>{_content(plain)}</system-out></testcase>\n"
    kind, message = failing[0].code, "; ".join(issue.message for issue in failing)
    failure = f"<failure type={_attribute(kind)} message={_attribute(message)}>{_content(plain)}</failure>"
    return f"{start}>{failure}</testcase>\n"


def _attribute(text: str) -> str:
    return f'"{_content(text)}"'


def _content(text: str) -> str:
    # HTML's five references are XML's, too.
    return escape(_NOT_XML.sub("\ufffd", text))
