"""Confidence: a translation of which its own model was unsure."""

from __future__ import annotations

import math
from collections.abc import Iterator

from translate.document import Span
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair

# Limits differ from model to model; this one is where what lies below was worse for those that come with Dragoman. The
# embedded model has 4% of FLORES-101 dev sentences below -1.2 (chrF 21 against 32), the tiny test models a fifth of the
# simple sentences they were made for (chrF 25 against 42) and most of the news they were not.


def find(pair: Pair, limits: Limits) -> Iterator[Finding]:
    """One finding where the mean log-probability of a target piece is known and low."""
    if pair.mean_log_prob is not None and pair.mean_log_prob < limits["mean_log_prob"]:
        yield Finding("low", None, Span(0, len(pair.target)), {"percent": f"{100 * math.exp(pair.mean_log_prob):.0f}"})


CHECK = Check(
    "confidence",
    find,
    {
        "low": Message(
            "The model was unsure of this translation: {percent}% for a word piece on average.",
            "لم يكن النموذج واثقًا من هذه الترجمة: {percent}٪ لكل مقطع في المتوسط.",
        ),
    },
    ("mean_log_prob",),
)
