"""Runs the checks over both legs of a round trip and tells which leg brought a fault in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from translate.document import Issue, TranslatedSentence
from translate.quality import Pair, Settings, review
from translate.roundtrip.types import Leg, TripIssue

# The checks that compare figures, marks and addresses, which mean the same in two texts of one language; the others
# compare words with their translations and have nothing to say there.
_WITHIN_A_LANGUAGE = frozenset({"numbers", "quotes", "markup", "punctuation", "repetition"})


def on_leg(
    sentence: TranslatedSentence, source_language: str, target_language: str, similarity: float | None, rules: Settings
) -> tuple[Issue, ...]:
    """What the translator and the checks found on one leg, errors first, each once."""
    if not sentence.translated:
        # The source stands there; why, the translator has said.
        return tuple(sorted(sentence.issues, key=lambda issue: issue.severity.rank))
    translation = sentence.translation
    pair = Pair(
        sentence.source.text,
        translation.text,
        source_language,
        target_language,
        translation.alignment,
        translation.mean_log_prob,
        similarity,
    )
    issues = dict.fromkeys((*sentence.issues, *review(pair, rules)))
    return tuple(sorted(issues, key=lambda issue: issue.severity.rank))


def on_trip(
    source: str,
    back: str,
    language: str,
    forward_issues: Iterable[Issue],
    back_issues: Iterable[Issue],
    rules: Settings,
) -> tuple[TripIssue, ...]:
    """The issues of both legs and of the whole way, in this order; `rules` as `within_a_language` makes them."""
    whole = review(Pair(source, back, language, language), rules) if back else ()
    found: list[TripIssue] = []
    explained: set[Issue] = set()
    for leg, issues in ((Leg.FORWARD, forward_issues), (Leg.BACK, back_issues)):
        for issue in issues:
            arrived = {other for other in whole if _is_same(issue, other, leg)}
            explained |= arrived
            found.append(TripIssue(issue, leg, bool(arrived) if _is_comparable(issue, rules) else None))
    return (*found, *(TripIssue(issue, Leg.WHOLE, True) for issue in whole if issue not in explained))


def within_a_language(rules: Settings) -> Settings:
    """The same rules, for the checks that can compare two texts of one language only."""
    return {name: replace(rule, enabled=rule.enabled and name in _WITHIN_A_LANGUAGE) for name, rule in rules.items()}


def _is_comparable(issue: Issue, rules: Settings) -> bool:
    """Whether one of the checks of `rules` would find it; what a translator reports of its own work, none would."""
    check, _, kind = issue.code.partition(".")
    return check in rules and rules[check].enabled and kind in rules[check].severities


def _is_same(issue: Issue, whole: Issue, leg: Leg) -> bool:
    """Whether a leg's finding is what the whole way shows: the same check's, at the same place in the text they share.

    A leg there shares the source with the whole way, a leg back the text that came back; where a finding has no place
    in that, its code decides.
    """
    if _check(issue) != _check(whole):
        return False
    here, there = (issue.source, whole.source) if leg is Leg.FORWARD else (issue.target, whole.target)
    return here.overlaps(there) if here and there else issue.code == whole.code


def _check(issue: Issue) -> str:
    return issue.code.partition(".")[0]
