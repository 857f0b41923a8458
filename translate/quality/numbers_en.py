"""Reads the numbers of an English sentence, in digits and in words, as values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from translate.document import Span
from translate.quality.digits import Token, fold, may_hold_number, tokens
from translate.quality.number_words_en import (
    DECADES,
    GREAT_ORDINALS,
    KNOWN,
    LETTER_SCALES,
    LOOSE,
    MONTHS,
    MULTIPLES,
    ORDINALS,
    PARTS,
    ROMAN,
    SCALES,
    SMALL,
    STARTS,
    UNIT_ORDINALS,
    UNITS,
    VAGUE,
    roman,
)
from translate.quality.values import Amount, Kind, Value, whole

_JOINED = re.compile(r"[ \u00a0\u202f]*-?[ \u00a0\u202f]*")
_HALF = Fraction(1, 2)


def read(text: str) -> tuple[Value, ...]:
    """The numbers of an English text, in order and disjoint."""
    folded = fold(text)
    if not may_hold_number(folded.lower(), KNOWN) and ROMAN.search(folded) is None:
        return ()
    return _Reader(folded, list(tokens(folded))).values()


class _Reader:
    """Walks over the tokens of one text from left to right."""

    def __init__(self, text: str, found: Sequence[Token]) -> None:
        self.text = text
        self.tokens = found
        self.words = [token.word.lower() for token in found]
        self.numerals = any(roman(token.word) for token in found)
        self.found: list[Value] = []

    def values(self) -> tuple[Value, ...]:
        at = 0
        while at < len(self.tokens):
            token, word = self.tokens[at], self.words[at]
            if token.value is not None or word in STARTS:
                at = self._number(at)
            elif word in KNOWN:
                at = self._word(at)
            else:
                if numeral := self._roman(at):
                    self._add(at, at + 1, numeral, Kind.ORDINAL, weak=True)
                elif word in MONTHS and self._is_dated(at):
                    self._add(at, at + 1, MONTHS[word], Kind.MONTH, weak=True)
                at += 1
        return tuple(self.found)

    def _roman(self, at: int) -> int:
        """The Roman numeral at `at`; "I" is one only where the sentence has others ("angiotensin I and II")."""
        word = self.tokens[at].word
        if not self.numerals or at == 0:
            return 0
        return 1 if word == "I" else roman(word)

    def _add(
        self,
        start: int,
        end: int,
        amount: Amount,
        kind: Kind = Kind.CARDINAL,
        *,
        weak: bool = False,
        others: tuple[Amount, ...] = (),
    ) -> None:
        span = Span(self.tokens[start].start, self.tokens[end - 1].end)
        digits = any(token.value is not None for token in self.tokens[start:end])
        parts = first.parts if (first := self.tokens[start].value) is not None and end == start + 1 else ()
        self.found.append(Value(span, amount, kind, digits, weak, others, parts))

    def _follows(self, at: int) -> bool:
        """Whether token `at` stands right after the one before: a space or a hyphen between them at most."""
        if at >= len(self.tokens):
            return False
        return _JOINED.fullmatch(self.text, self.tokens[at - 1].end, self.tokens[at].start) is not None

    def _glued(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end

    def _is_dated(self, at: int) -> bool:
        """Whether a number in digits is next to the word at `at`."""
        return any(
            0 <= i < len(self.tokens) and self.tokens[i].value is not None for i in (at - 1, at + 1, at - 2, at + 2)
        )

    # Numbers that begin in digits or with a cardinal word

    def _number(self, start: int) -> int:
        """Read the number that starts at token `start`; the index after it."""
        value = self.tokens[start].value
        if value is not None and (end := self._digits(start, value)):
            return end
        if value is None and (end := self._clock_words(start)):
            return end
        amount, at, scale = self._group(start)
        if at < len(self.tokens) and self._is_ordinal_end(at, amount, scale, start):
            ordinal = amount + ORDINALS[self.words[at]]
            self._add(start, at + 1, ordinal, Kind.ORDINAL)
            return at + 1
        if value is None and self._follows(at) and self.words[at] in PARTS and amount < 100:
            return self._fraction(start, at, amount)
        groups = [(start, at, amount)]
        while scale > 1 and (more := self._more(at, scale)) is not None:
            groups.append((at + (self.words[at] == "and"), more[1], more[0]))
            more_amount, at, scale = more
            amount += more_amount
        if self._is_and_half(at):
            amount, at = amount + _HALF * scale, at + 3
            scaled, at = self._scale(at)
            amount, scale = whole(Fraction(amount * scaled)), scale * scaled
        if self._follows(at) and self.words[at] in GREAT_ORDINALS and scale == 1:
            amount, at = amount * GREAT_ORDINALS[self.words[at]], at + 1
        self._close(start, at, amount, scale)
        if len(groups) > 1:
            self.found[-1] = replace(self.found[-1], parts=tuple(self._part(*group) for group in groups))
        return at

    def _part(self, start: int, end: int, amount: Amount) -> Value:
        digits = any(token.value is not None for token in self.tokens[start:end])
        return Value(Span(self.tokens[start].start, self.tokens[end - 1].end), amount, digits=digits)

    def _digits(self, start: int, value: Value) -> int:
        """Read what only digits can be: an ordinal, a decade, a time; the index after it, or 0 for anything else."""
        at = start + 1
        if self._glued(at) and self.words[at] in ("st", "nd", "rd", "th"):
            self._add(start, at + 1, value.amount, Kind.ORDINAL)
            return at + 1
        if self._is_decade(at, value):
            self._add(start, at + 1, value.amount, Kind.DECADE)
            return at + 1
        if value.kind is Kind.TIME or self._is_clock(at):
            self.found.append(self._clock(value))
        elif value.kind is Kind.FRACTION:
            self.found.append(replace(value, weak=_is_always(value)))
        elif value.amount in (2, 3) and self._is_exponent(start):
            self.found.append(replace(value, weak=True))
        else:
            return 0
        return at

    def _is_exponent(self, at: int) -> bool:
        """Whether the digit at `at` makes an area or a volume of a unit: km2."""
        return at > 0 and self._glued(at) and self.words[at - 1] in ("m", "km", "cm", "mm", "ft")

    def _is_decade(self, at: int, value: Value) -> bool:
        """Whether the "s" of 1970s or 1970's is at `at`."""
        if at >= len(self.tokens) or self.words[at] != "s" or self._gap(at) not in ("", "'", "’"):
            return False
        return isinstance(value.amount, int) and value.amount % 10 == 0 and value.amount < 2100

    def _gap(self, at: int) -> str:
        return self.text[self.tokens[at - 1].end : self.tokens[at].start]

    def _is_clock(self, at: int) -> bool:
        """Whether am, p.m. or o'clock follows."""
        if at >= len(self.tokens):
            return False
        if self.words[at] in ("am", "pm"):
            return self._gap(at).strip(" \u00a0\u202f") == ""
        after = self.words[at + 1] if at + 1 < len(self.tokens) else ""
        if self.words[at] in ("a", "p") and after == "m":
            return self._gap(at + 1) == "."
        return self.words[at] == "o" and after == "clock"

    def _clock(self, value: Value) -> Value:
        """The value as an hour of either half of the day."""
        if value.kind is Kind.TIME:
            return value
        hours = (value.amount, *(other for other in value.others if other < 25))
        twelve = tuple(hour + 12 if hour < 12 else hour - 12 for hour in hours)
        return replace(value, kind=Kind.TIME).also(*twelve)

    def _clock_words(self, start: int) -> int:
        """Read "six-thirty" or "ten fifteen"; the index after it, or 0 where there is no such time."""
        hour = SMALL.get(self.words[start], 99)
        at = start + 1
        if hour > 12 or not self._follows(at) or self.words[at] not in SMALL:
            return 0
        minutes, end = self._below_hundred(at)
        if not 10 <= minutes < 60:
            return 0
        amount = whole(Fraction(hour * 60 + minutes, 60))
        self._add(start, end, amount, Kind.TIME, others=(amount + 12,))
        parts = (self._part(start, at, hour), self._part(at, end, minutes))
        self.found[-1] = replace(self.found[-1], parts=parts)
        return end

    def _group(self, at: int) -> tuple[Amount, int, int]:
        """The amount up to its scale words from token `at`, the index after it, and its last scale (1 for none)."""
        start, value, word = at, self.tokens[at].value, self.words[at]
        amount: Amount
        if value is not None:
            amount, at, scale = value.amount, at + 1, 1
            if self._glued(at) and self.words[at] in LETTER_SCALES:
                letter = LETTER_SCALES[self.words[at]]
                return whole(Fraction(amount * letter)), at + 1, letter
        elif word in SMALL:
            amount, at, scale = *self._below_hundred(at), 1
        elif word in SCALES:
            amount, at, scale = SCALES[word], at + 1, SCALES[word]
        else:
            amount, scale = 1, 1
        if at < len(self.tokens) and self.words[at] == "hundred" and (at == start or self._follows(at)):
            amount, at, scale = amount * 100, at + 1, 100
            rest = at + (at < len(self.tokens) and self.words[at] == "and")
            if rest < len(self.tokens) and self.words[rest] in SMALL and self._spaced(at, rest):
                small, end = self._below_hundred(rest)
                # "two hundred and three hundred" are two numbers.
                if not (end < len(self.tokens) and self.words[end] == "hundred" and self._follows(end)):
                    amount, at, scale = amount + small, end, 1
        scaled, end = self._scale(at)
        if scaled > 1:
            return whole(Fraction(amount * scaled)), end, scaled * (scale if scale >= 1000 else 1)
        return amount, at, scale

    def _spaced(self, start: int, end: int) -> bool:
        return all(self._follows(at) for at in range(start, end + 1))

    def _below_hundred(self, at: int) -> tuple[int, int]:
        amount = SMALL[self.words[at]]
        if amount >= 20 and self._follows(at + 1) and self.words[at + 1] in UNITS:
            return amount + UNITS[self.words[at + 1]], at + 2
        return amount, at + 1

    def _scale(self, at: int) -> tuple[int, int]:
        """The product of the scale words from token `at`, and the index after them."""
        scale = 1
        while self._follows(at):
            by = SCALES.get(self.words[at])
            if by is None:
                break
            scale, at = scale * by, at + 1
        return scale, at

    def _more(self, at: int, scale: int) -> tuple[Amount, int, int] | None:
        """A smaller group that goes on with a number whose last scale is `scale`: "and fifty" after "two thousand"."""
        joined = at < len(self.tokens) and self.words[at] == "and"
        start = at + joined
        if start >= len(self.tokens) or self.words[start] not in (SMALL if joined else STARTS):
            return None
        gap = self._gap(start).strip(" \u00a0\u202f-")
        if gap not in ("", ",") or scale < 100 or scale == 12:
            return None
        amount, end, last = self._group(start)
        # "125 million, three years ago" are two numbers; "two thousand, three hundred" is one.
        listed = gap == "," and (amount < 100 or (not joined and self.tokens[start - 1].value is not None))
        return (amount, end, last) if amount < scale and not listed else None

    def _is_ordinal_end(self, at: int, amount: Amount, scale: int, start: int) -> bool:
        """Whether an ordinal word ends the number: twenty-first, a hundred and twenty-first."""
        if self.words[at] not in UNIT_ORDINALS or not self._follows(at) or self.tokens[start].value is not None:
            return False
        return amount % 10 == 0 and amount % 100 >= 20 and scale == 1

    def _is_and_half(self, at: int) -> bool:
        return self.words[at : at + 3] == ["and", "a", "half"] and self._follows(at)

    def _fraction(self, start: int, at: int, amount: Amount) -> int:
        below = PARTS[self.words[at]]
        weak = below == 2 or amount == 1
        self._add(start, at + 1, whole(Fraction(amount) / below), Kind.FRACTION, weak=weak)
        return at + 1

    def _close(self, start: int, at: int, amount: Amount, scale: int) -> None:
        """Add a cardinal that spans tokens [start, at), with what else it may be."""
        word = self.words[start]
        value = self.tokens[start].value
        single = at == start + 1
        kind, weak = Kind.CARDINAL, False
        if value is None and single:
            weak = word == "one" or self._is_name(start)
            if start and self.words[start - 1] in ("several", "few", "many") and (word in SCALES or word == "hundred"):
                kind = Kind.VAGUE
        self._add(start, at, amount, kind, weak=weak, others=self._other_amounts(start, at, amount))
        if value is None and self._is_clock(at):
            self.found.append(self._clock(self.found.pop()))
        if scale > 1:
            self._share_scale(scale)
        if value is not None and single:
            self._complete_year()

    def _other_amounts(self, start: int, at: int, amount: Amount) -> tuple[Amount, ...]:
        """What else a number that spans tokens [start, at) may be worth."""
        value = self.tokens[start].value
        others: tuple[Amount, ...] = ()
        if value is not None and at == start + 1 and "," not in self.text[value.span.start : value.span.end]:
            others = value.others  # a comma parts thousands and nothing else in English
        elif value is not None and at == start + 2 and self._glued(start + 1) and len(self.words[start + 1]) == 1:
            others = (value.amount,)
        follower = self.words[at] if self._follows(at) else ""
        if follower in MULTIPLES:
            others = (*others, amount * MULTIPLES[follower])
        if follower in ("percent", "per") or self.text.startswith("%", self.tokens[at - 1].end):
            others = (*others, Fraction(amount) / 100)  # 50% is a half
        return others

    def _share_scale(self, scale: int) -> None:
        """Let the first number of "3 to 5 million" be three million as well."""
        if len(self.found) < 2:
            return
        before, last = self.found[-2:]
        between = self.text[before.span.end : last.span.start].strip(" \u00a0\u202f$€£").lower()
        if between in ("-", "to", "and", "or") and before.amount < 1000 and before.kind is Kind.CARDINAL:
            self.found[-2] = before.also(whole(Fraction(before.amount * scale)))

    def _complete_year(self) -> None:
        """Let 18 in 1914-18 be 1918 as well."""
        if len(self.found) < 2:
            return
        before, last = self.found[-2:]
        between = self.text[before.span.end : last.span.start]
        if between in ("-", "/") and len(last.span) == 2 and 1000 <= before.amount < 2100 and len(before.span) == 4:
            self.found[-1] = last.also(int(before.amount) // 100 * 100 + last.amount)

    def _is_name(self, at: int) -> bool:
        """Whether the word at `at` is capitalised amid a sentence that is not all in capitals: part of a name."""
        token = self.tokens[at]
        if not token.word[:1].isupper() or at == 0:
            return False
        before = self.text[max(0, token.start - 4) : token.start].rstrip(" \u00a0\"'“”‘’(")
        return before[-1:].isalnum() or before[-1:] in (",", "-")

    # Numbers that begin with any other word

    def _word(self, at: int) -> int:
        word = self.words[at]
        if word in DECADES:
            self._add(at, at + 1, DECADES[word], Kind.DECADE)
        elif word in ("half", "quarter"):
            return self._part_of(at)
        elif word == "second" and at and self.tokens[at - 1].value is not None:
            pass  # "a 30-second film"
        elif word in ORDINALS:
            amount = ORDINALS[word]
            weak = amount <= 2 or self._is_name(at)
            others = () if amount <= 2 else (Fraction(1, amount),)
            self._add(at, at + 1, amount, Kind.ORDINAL, weak=weak, others=others)
            if amount > 2 and self._is_scaled_part(at):
                return self._part_of(at)
        elif word in VAGUE:
            return self._vague(at)
        elif word in LOOSE:
            amounts = LOOSE[word]
            self._add(at, at + 1, amounts[0], weak=True, others=amounts[1:])
        return at + 1

    def _vague(self, at: int) -> int:
        """Read "thousands" or "tens of thousands"; the index after it."""
        start, amount = at, VAGUE[self.words[at]]
        while self.words[at + 1 : at + 2] == ["of"] and at + 2 < len(self.words) and self.words[at + 2] in VAGUE:
            at += 2
            amount *= VAGUE[self.words[at]]
        if self.words[max(0, start - 2) : start] != [self.words[start], "and"]:  # "thousands and thousands"
            self._add(start, at + 1, amount, Kind.VAGUE)
        return at + 1

    def _is_scaled_part(self, at: int) -> bool:
        return self.words[at + 1 : at + 3] == ["of", "a"] and self.words[at + 3 : at + 4] in (["million"], ["billion"])

    def _part_of(self, at: int) -> int:
        """Read "half a million", "quarter of a million", "half past ten", "quarter to five", or a half alone."""
        word = self.words[at]
        if self.found and self.found[-1].span.start == self.tokens[at].start:
            self.found.pop()
        part = Fraction(1, PARTS.get(word) or ORDINALS[word])
        after = at + 1
        while after < at + 3 and after < len(self.words) and self.words[after] in ("a", "of"):
            after += 1
        if after < len(self.words) and self.words[after] in SCALES:
            scale, end = self._scale(after)
            self._add(at, end, whole(part * scale))
            return end
        if self.words[at + 1 : at + 2] in (["past"], ["to"]) and at + 2 < len(self.words):
            hour = self.tokens[at + 2].value
            hours = hour.amount if hour is not None else SMALL.get(self.words[at + 2], 99)
            if hours <= 12:
                amount = whole(Fraction(hours + (part if self.words[at + 1] == "past" else -part)))
                self._add(at, at + 3, amount, Kind.TIME, others=(amount + 12,))
                return at + 3
        # A quarter of a year is three months.
        self._add(at, at + 1, part, Kind.FRACTION, weak=True, others=(3,) if word == "quarter" else ())
        return at + 1


def _is_always(value: Value) -> bool:
    """Whether a ratio is the "24/7" that says "all the time", which has no number in other languages."""
    return [part.amount for part in value.parts] == [24, 7]
