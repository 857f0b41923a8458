"""All checks in the order in which they report, and what runs them over a pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from translate.document import Issue, Severity
from translate.quality import (
    confidence,
    dates,
    decency,
    language,
    length,
    markup,
    names,
    negation,
    numbers,
    punctuation,
    quotes,
    repetition,
    similarity,
    speakers,
    terms,
)
from translate.quality.check import Check, Finding
from translate.quality.pair import LONGEST, Pair
from translate.quality.settings import Rule, Settings

CHECKS: tuple[Check, ...] = (
    length.CHECK,
    numbers.CHECK,
    dates.CHECK,
    language.CHECK,
    decency.CHECK,
    repetition.CHECK,
    names.CHECK,
    negation.CHECK,
    quotes.CHECK,
    markup.CHECK,
    punctuation.CHECK,
    speakers.CHECK,
    terms.CHECK,
    similarity.CHECK,
    confidence.CHECK,
)

# An error outweighs any warnings that one sentence is likely to have; notes only part what is otherwise the same.
_WEIGHTS = {Severity.ERROR: 10.0, Severity.WARNING: 3.0, Severity.NOTE: 0.1}


def review(pair: Pair, settings: Settings) -> tuple[Issue, ...]:
    """The issues of one pair: errors first, and within a severity in the order of the checks.

    Where a side is too long for a sentence only the length is checked, and an issue says so.
    """
    checks = CHECKS if pair.size <= LONGEST else (length.CHECK,)
    found = [
        issue
        for check in checks
        if settings[check.name].enabled
        for issue in _issues(check, pair, settings[check.name])
    ]
    return tuple(sorted(found, key=lambda issue: issue.severity.rank))


def weight(issues: Iterable[Issue]) -> float:
    """How urgently a sentence with these issues wants an editor, 0 for not at all: what rankings sort by."""
    return sum(_WEIGHTS[issue.severity] for issue in issues)


def _issues(check: Check, pair: Pair, rule: Rule) -> Iterator[Issue]:
    for finding in check.find(pair, rule.limits):
        severity = rule.severities[finding.kind]
        if severity is not None:
            message = check.messages[finding.kind]
            yield Issue(
                f"{check.name}.{finding.kind}",
                severity,
                _filled(message.english, finding),
                _filled(message.arabic, finding),
                finding.source,
                finding.target,
            )


def _filled(message: str, finding: Finding) -> str:
    return message.format_map(finding.values)
