"""What a check is: a function from a pair to findings, and the words that tell an editor of each kind of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from translate.document import Span
from translate.quality.pair import Pair

Limits: TypeAlias = "Mapping[str, float]"
"""A check's thresholds by name, as quality.toml has them."""


@dataclass(frozen=True)
class Finding:
    """Something wrong with a pair, and where; `values` fill the places in its kind's message."""

    kind: str
    source: Span | None = None
    target: Span | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Message:
    """One sentence that tells an editor what was found, in English and Arabic, with {places} for values."""

    english: str
    arabic: str


@dataclass(frozen=True)
class Check:
    """A named check: what finds, the message of each kind of finding, and the names of the limits that it reads.

    An issue's code is the check's name, a dot, and the kind ("numbers.missing"); its severity is set in quality.toml.
    """

    name: str
    find: Callable[[Pair, Limits], Iterable[Finding]]
    messages: Mapping[str, Message]
    limits: tuple[str, ...] = ()
