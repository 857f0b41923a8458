"""What a number in a sentence is, whatever language and script wrote it, and when two of them are the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from translate.document import Span

Amount: TypeAlias = "int | Fraction"
"""An exact quantity; a whole one is an int."""


class Kind(str, Enum):
    """What a number does in its sentence."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    DECADE = "decade"
    TIME = "time"
    MONTH = "month"
    VAGUE = "vague"
    DUAL = "dual"


@dataclass(frozen=True)
class Value:
    """A number and where it stands.

    `amount` is what it most likely says: a time in hours (10:30 is 21/2), a decade by its first year (1970, or 70 where
    no century is told), a month from 1. `others` are amounts that the same spelling may have ("1.300" is 1.3 or 1300).
    `parts` are the numbers that it falls into where it is taken for several ("3 آلاف و500" is 3500, or 3000 and 500).
    `digits` tells whether it is written in digits; `weak`, whether it may come and go in a good translation ("one",
    "first", "half", "dozens").
    """

    span: Span
    amount: Amount
    kind: Kind = Kind.CARDINAL
    digits: bool = False
    weak: bool = False
    others: tuple[Amount, ...] = ()
    parts: tuple[Value, ...] = ()

    def also(self, *amounts: Amount) -> Value:
        """The same value that may have these amounts as well."""
        return replace(self, others=(*self.others, *(a for a in amounts if a != self.amount and a not in self.others)))

    @property
    def keys(self) -> set[Amount]:
        """Amounts of which it shares one with whatever is the same, so that not all pairs need be compared."""
        keys = {self.amount, *self.others}
        return keys | {self.amount % 100, self.amount // 100 + 1} if self.kind is Kind.DECADE else keys


def whole(amount: Fraction) -> Amount:
    """The amount as an int where it is one."""
    return amount.numerator if amount.denominator == 1 else amount


def likeness(one: Value, other: Value) -> int:
    """How sure it is that two values are the same: 0 not at all, 1 by a spelling's other amount, to 4 entirely."""
    if not (_may_meet(one, other) and _may_meet(other, one)):
        return 0
    if one.amount == other.amount:
        return 4 if one.kind is other.kind else 3
    if Kind.DECADE in (one.kind, other.kind) and _same_decade(one, other):
        return 3
    if other.amount in one.others or one.amount in other.others:
        return 2
    return 1 if any(amount in other.others for amount in one.others) else 0


def _may_meet(one: Value, other: Value) -> bool:
    """Whether one's kind allows for the other: "thousands" are not 1000, and only digits can stand for May."""
    if one.kind is Kind.VAGUE:
        return not other.digits
    return one.kind is not Kind.MONTH or other.kind is Kind.MONTH or other.digits


def _same_decade(one: Value, other: Value) -> bool:
    """Whether 1970s meets 70s, which says no century as it is of ours or the last; or 1800s meets the 19th century."""
    low, high = sorted((one, other), key=lambda value: value.amount)
    if high.kind is not Kind.DECADE:
        return False
    if low.amount < 100 and low.kind is Kind.DECADE:
        return high.amount % 100 == low.amount and high.amount >= 1900
    return high.amount % 100 == 0 and high.amount // 100 + 1 == low.amount
