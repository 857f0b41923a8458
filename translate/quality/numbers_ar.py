"""Reads the numbers of an Arabic sentence, in digits and in words, as values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from translate.document import Span
from translate.quality.digits import VOWEL_SIGNS, Token, fold, may_hold_number, tokens
from translate.quality.number_words_ar import (
    CENTURY,
    DAY_PARTS,
    HOUR,
    LAST,
    LEXICON,
    MINUTES,
    MONTHS,
    MULTIPLES,
    PERCENT,
    PERCENT_HUNDRED,
    TWO_WORD_MONTHS,
    Role,
    Word,
)
from translate.quality.values import Amount, Kind, Value, whole

# Written by themselves before a number: "and", the article with a tatweel, prepositions.
_APART = frozenset("و ال ب ل ك وال بال لل ول وب".split())
# A whole dual, a feminine one before what it belongs to ("ابنتا الرئيس"), and one with a pronoun ("ابنتيه").
_DUAL_ENDINGS = ("ان", "ين", "تا", "تي", "تاه", "تيه", "تاها", "تيها", "هما")
_DUAL = re.compile(r"[\u0621-\u0652]+")
_NO_DUALS = frozenset("التي الذين كان حين لكن الان وكان فكان بين حتي متي".split())
_DOUBLED = "\u0651"
_STARTS = (Role.UNIT, Role.TEN, Role.TENS, Role.HUNDRED, Role.HUNDREDS, Role.SCALE, Role.TWO_SCALES)


def read(text: str) -> tuple[Value, ...]:
    """The numbers of an Arabic text, in order and disjoint."""
    folded = fold(text)
    return _Reader(text, folded).values() if may_hold_number(folded, LEXICON) else ()


def may_be_duals(text: str) -> tuple[int, ...]:
    """Where words start that may be the dual of any noun, by their ending: "two girls" is بنتان, بنتين or بنتا.

    Most words that end so are no duals: ask only where a "two" has no other counterpart.
    """
    words = ((match.start(), VOWEL_SIGNS.sub("", match[0])) for match in _DUAL.finditer(fold(text)))
    return tuple(start for start, word in words if len(word) > 3 and word not in _NO_DUALS and _may_be_dual(word))


def _may_be_dual(word: str) -> bool:
    if word.endswith(_DUAL_ENDINGS):
        return True
    # Before what it belongs to a dual has lost its n ("نهجا البلدين"); it has no article then.
    return word.endswith(("ا", "ي")) and not word.startswith(("ال", "وال", "بال", "لل"))


@dataclass(frozen=True)
class _Item:
    """A token, what number word it is if any, and whether "and" comes before it."""

    token: Token
    word: Word | None
    conjoined: bool


def _is_other(word: Word, spelling: str) -> bool:
    """Whether a spelling, before it was folded, is another word: "ألست" am I not, "ألّف" he wrote, "أثنى" he praised."""
    if word.role is Role.SCALE:
        return _DOUBLED in spelling
    return "أ" in spelling[:2] and (word.definite or (word.role is Role.UNIT and word.amount == 2))


def _items(text: str, found: Iterable[Token]) -> list[_Item]:
    """The tokens without those that only introduce a number; `text` is as it was before it was folded."""
    items: list[_Item] = []
    conjoined = False
    waiting: list[_Item] = []
    for token in found:
        word = LEXICON.get(token.word) if token.value is None else None
        if word is not None and _is_other(word, text[token.start : token.end]):
            word = None
        item = _Item(token, word, conjoined or (word is not None and word.conjoined))
        if token.word in _APART:
            waiting.append(item)
            conjoined = conjoined or token.word.startswith("و")
            continue
        if waiting and word is None and token.value is None:
            items += waiting
            item = replace(item, conjoined=False)
        waiting, conjoined = [], False
        items.append(item)
    return items


class _Reader:
    """Walks over the tokens of one text from left to right."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = folded
        self.items = _items(text, tokens(folded))
        self.found: list[Value] = []

    def values(self) -> tuple[Value, ...]:
        at = 0
        while at < len(self.items):
            item = self.items[at]
            if item.token.value is not None or (item.word is not None and item.word.role in _STARTS):
                at = self._number(at)
            elif item.word is not None:
                at = self._other(at, item.word)
            else:
                at = self._month(at)
        return tuple(self.found)

    # What is known of the token at an index

    def _word(self, at: int) -> Word | None:
        return self.items[at].word if at < len(self.items) else None

    def _role(self, at: int) -> Role | None:
        word = self._word(at)
        return word.role if word is not None else None

    def _text(self, at: int) -> str:
        return self.items[at].token.word if 0 <= at < len(self.items) else ""

    def _amount(self, at: int) -> Amount:
        word = self.items[at].word
        assert word is not None
        return word.amount

    def _next(self, at: int, conjoined: bool) -> bool:
        """Whether token `at` follows the one before with nothing between but "and", which must be there or not."""
        if not 0 < at < len(self.items) or self._conjoined(at) is not conjoined:
            return False
        between = self.text[self.items[at - 1].token.end : self.items[at].token.start]
        return between.strip(" \u00a0\u202f\u0640\u064b-\u065f") in ("", "و", "وال", "ال", "ول", "وب")

    def _conjoined(self, at: int) -> bool:
        """Whether "and" comes before token `at`; "واحد عشر" without a hamza is "and eleven"."""
        return self.items[at].conjoined or (self._text(at) == "واحد" and self._role(at + 1) is Role.TEN)

    def _span(self, start: int, end: int) -> Span:
        return Span(self.items[start].token.start, self.items[end - 1].token.end)

    def _add(
        self,
        start: int,
        end: int,
        amount: Amount,
        kind: Kind = Kind.CARDINAL,
        *,
        weak: bool = False,
        others: tuple[Amount, ...] = (),
        parts: tuple[Value, ...] = (),
    ) -> None:
        digits = any(item.token.value is not None for item in self.items[start:end])
        others = tuple(dict.fromkeys(other for other in others if other != amount))
        self.found.append(Value(self._span(start, end), amount, kind, digits, weak, others, parts))

    # Cardinals

    def _number(self, start: int) -> int:
        """Read the cardinal that starts at token `start`; the index after it."""
        if self._is_percent(start):
            return start + 1
        amount, at, scale = self._group(start)
        value = self.items[start].token.value
        if self._role(at) is Role.PARTS and self._next(at, False) and scale == 1:
            self._add(start, at + 1, whole(Fraction(amount) / int(self._amount(at))), Kind.FRACTION)
            return at + 1
        groups = [(start, at, amount)]
        while scale >= 1000 and (more := self._more(at, scale)) is not None:
            begin = at
            more_amount, at, scale = more
            groups.append((begin, at, more_amount))
        amount = sum(group[2] for group in groups)
        parts = tuple(self._part(*group) for group in groups) if len(groups) > 1 else ()
        if scale >= 1000 and self._role(at) is Role.FRACTION and self._next(at, True):
            amount, at = whole(Fraction(amount + self._amount(at) * scale)), at + 1
            at += self._role(at) is Role.SCALE and self._next(at, False)
        if at == start + 1 and value is not None:
            self._single(value)
            if 1000 <= value.amount < 2100 and value.amount % 10 == 0 and self._text(at) in ("من", *CENTURY):
                # "1930 من القرن العشرين" are the thirties.
                century = self._century(at + (self._text(at) == "من"))
                if century is not None and century[0] == int(value.amount) // 100 * 100:
                    return century[1]
        else:
            self._add(start, at, amount, parts=parts, others=self._other_amounts(start, at, amount, scale))
            if scale > 1:
                self._share_scale(scale)
        self._finish(start, at)
        return self._after_time(at)

    def _part(self, start: int, end: int, amount: Amount) -> Value:
        digits = any(item.token.value is not None for item in self.items[start:end])
        return Value(self._span(start, end), amount, digits=digits)

    def _is_percentage(self, at: int) -> bool:
        """Whether "percent" follows the token before `at`."""
        if self.text.startswith("%", self.items[at - 1].token.end):
            return True
        return self._text(at) in PERCENT or (self._text(at) == "في" and self._text(at + 1) in PERCENT_HUNDRED)

    def _is_percent(self, at: int) -> bool:
        return self._text(at) in PERCENT_HUNDRED and self._text(at - 1) == "في"

    def _group(self, at: int) -> tuple[Amount, int, int]:
        """The amount up to its scale word from token `at`, the index after it, and its scale (1 for none)."""
        role = self._role(at)
        amount: Amount
        value = self.items[at].token.value
        if value is not None:
            amount, at = value.amount, at + 1
        elif role in (Role.SCALE, Role.TWO_SCALES) and self._amount(at) != 200:
            amount = self._amount(at)
            scale = int(amount) // (2 if role is Role.TWO_SCALES else 1)
            return self._scaled(amount, at + 1, scale)
        else:
            amount, at = self._below_thousand(at)
        return self._scaled(amount, at, 1)

    def _scaled(self, amount: Amount, at: int, scale: int) -> tuple[Amount, int, int]:
        while self._role(at) is Role.SCALE and self._next(at, False):
            by = int(self._amount(at))
            amount, scale, at = whole(Fraction(amount * by)), scale * by, at + 1
        return amount, at, scale

    def _below_thousand(self, at: int) -> tuple[int, int]:
        role, amount = self._role(at), int(self._amount(at))
        if role is Role.UNIT and amount > 2 and self._role(at + 1) is Role.HUNDRED and self._next(at + 1, False):
            amount, at, role = amount * 100, at + 1, Role.HUNDREDS
        if role in (Role.HUNDRED, Role.HUNDREDS, Role.TWO_SCALES):
            if self._role(at + 1) in (Role.UNIT, Role.TEN, Role.TENS) and self._next(at + 1, True):
                small, end = self._below_hundred(at + 1)
                # "one hundred and three hundred" are two numbers.
                if not (self._role(end) is Role.HUNDRED and self._next(end, False)):
                    return amount + small, end
            return amount, at + 1
        return self._below_hundred(at)

    def _below_hundred(self, at: int) -> tuple[int, int]:
        amount = int(self._amount(at))
        if self._role(at) is Role.UNIT:
            if self._role(at + 1) is Role.TEN and self._next(at + 1, False):
                return amount + 10, at + 2
            if self._role(at + 1) is Role.TENS and self._next(at + 1, True):
                return amount + int(self._amount(at + 1)), at + 2
        return amount, at + 1

    def _more(self, at: int, scale: int) -> tuple[Amount, int, int] | None:
        """A smaller group that goes on with a number whose last scale is `scale`."""
        if not self._next(at, True):
            return None
        value = self.items[at].token.value
        if value is None and self._role(at) not in _STARTS:
            return None
        amount, end, last = self._group(at)
        return (amount, end, last) if amount < scale and isinstance(amount, int) else None

    def _single(self, value: Value) -> None:
        """Add a number of one token in digits."""
        self.found.append(value)
        if len(self.found) > 1:
            before = self.found[-2]
            between = self.text[before.span.end : value.span.start].strip()
            if between in ("-", "/") and len(value.span) == 2 and len(before.span) == 4 and before.amount < 2100:
                self.found[-1] = value.also(int(before.amount) // 100 * 100 + value.amount)

    def _other_amounts(self, start: int, end: int, amount: Amount, scale: int) -> tuple[Amount, ...]:
        value = self.items[start].token.value
        if value is not None:
            return tuple(whole(Fraction(other * scale)) for other in value.others)
        word = self.items[start].word
        if end != start + 1 or word is None:
            return ()
        if amount == 1000 and self._text(start).endswith("ا"):
            return (2000,)
        # "خمس" is five or a fifth.
        if word.role in (Role.UNIT, Role.TEN) and 5 <= amount <= 10:
            return (Fraction(1, int(amount)),)
        # and "خمسين" fifty or two fifths.
        return (Fraction(2, int(amount) // 10),) if word.role is Role.TENS and amount >= 50 else ()

    def _share_scale(self, scale: int) -> None:
        """Let the first number of "3 إلى 5 ملايين" be three million as well."""
        if len(self.found) < 2:
            return
        before, last = self.found[-2:]
        between = self.text[before.span.end : last.span.start].strip(" \u00a0\u202f\u0640")
        if between in ("-", "الي", "و", "او", "ل", "") and before.amount < 1000 and before.kind is Kind.CARDINAL:
            self.found[-2] = before.also(whole(Fraction(before.amount * scale)))

    def _finish(self, start: int, end: int) -> None:
        """Give the number that was read last what its neighbours say of it: decades, percent, a half, an hour."""
        value = self.found[-1]
        word = self.items[start].word
        if end == start + 1 and word is not None:
            # "الاثنين" is Monday or "both"; "ألفا" is also how the letter alpha is written.
            both = word.definite and value.amount == 2
            alpha = 2000 in value.others
            value = replace(value, weak=value.amount == 1 or both or alpha)
        if word is not None and word.role is Role.SCALE and word.plural:
            value = replace(value, kind=Kind.VAGUE)
        if self._text(end) in MULTIPLES:
            value = value.also(value.amount * MULTIPLES[self._text(end)])
        if self._is_percentage(end):
            value = value.also(Fraction(value.amount) / 100)  # 50% is a half
        for half in (end, end + 1):  # "ثلاثة ونصف", "ثلاث سنوات ونصف"
            if self._role(half) is Role.FRACTION and self.items[half].conjoined and value.amount < 1000:
                value = value.also(whole(Fraction(value.amount + self._amount(half))))
        is_hour = value.amount <= 24 and (self._text(start - 1) in HOUR or self._text(end) in DAY_PARTS)
        self.found[-1] = self._clock(value) if is_hour else value

    # Times

    def _clock(self, value: Value) -> Value:
        amounts = (value.amount, *value.others)
        twelve = tuple(amount + 12 if amount < 12 else amount - 12 for amount in amounts if amount <= 24)
        return replace(value, kind=Kind.TIME).also(*twelve)

    def _after_time(self, at: int) -> int:
        """Add to an hour that was just read "and a half", "less a quarter", "and ten minutes"; the index after it."""
        value = self.found[-1]
        if value.amount > 24:
            return at
        hour = self.items[at - 1].word
        is_hour = value.kind in (Kind.TIME, Kind.ORDINAL) or (value.amount == 1 and hour is not None and hour.definite)
        if is_hour and self._role(at) is Role.FRACTION and self._next(at, True):
            return self._minutes(at + 1, Fraction(self._amount(at)))
        if is_hour and self._text(at) == "الا" and self._role(at + 1) is Role.FRACTION:
            return self._minutes(at + 2, -Fraction(self._amount(at + 1)))
        if value.kind is Kind.TIME and self._next(at, True) and self._starts(at):
            minutes, end, scale = self._group(at)
            if self._text(end) in MINUTES and scale == 1:
                return self._minutes(end + 1, Fraction(minutes) / 60, self._part(at, end, minutes))
        return at

    def _starts(self, at: int) -> bool:
        return self.items[at].token.value is not None or self._role(at) in _STARTS

    def _minutes(self, end: int, hours: Fraction, part: Value | None = None) -> int:
        hour = self.found.pop()
        amount = whole(Fraction(hour.amount + hours))
        span = Span(hour.span.start, self.items[end - 1].token.end)
        parts = (hour, part) if part is not None else ()
        self.found.append(self._clock(Value(span, amount, Kind.TIME, parts=parts)))
        return end

    # Other number words

    def _other(self, at: int, word: Word) -> int:
        """Read the ordinal, fraction, decade or loose word at token `at`; the index after it."""
        if word.role is Role.ORDINAL:
            return self._ordinal(at, int(word.amount))
        if word.role is Role.FRACTION:
            return self._fraction(at, word)
        if word.role is Role.DECADE:
            return self._decade(at, int(word.amount))
        if word.role is Role.DUAL:
            return self._dual(at, word)
        if word.role is Role.VAGUE:
            amount, end, _ = self._scaled(word.amount, at + 1, 1)
            self._add(at, end, amount, Kind.VAGUE)
            return end
        if word.role is Role.LOOSE:
            self._add(at, at + 1, word.amount, weak=True, others=word.others)
        return at + 1

    def _ordinal(self, at: int, amount: int) -> int:
        end = at + 1
        if self._text(at) == "ثانية" and at and self.items[at - 1].token.value is not None:
            return end  # "20 ثانية" are seconds
        if self._role(end) is Role.TEN and self._next(end, False):
            amount, end = amount + 10, end + 1
        elif self._role(end) is Role.TENS and self._next(end, True):
            amount, end = amount + int(self._amount(end)), end + 1
        others: tuple[Amount, ...] = ()
        if end == at + 1 and self._role(end) is Role.ORDINAL and self._next(end, True):
            # "القرنين الثامن والتاسع عشر" are the 18th and the 19th.
            others = (amount + 10,) if self._role(end + 1) is Role.TEN and self._next(end + 1, False) else ()
        self._add(at, end, amount, Kind.ORDINAL, weak=amount <= 2 and not others, others=others)
        if self._text(at - 1) in HOUR or self._text(end) in DAY_PARTS:
            self.found[-1] = replace(self._clock(self.found[-1]), weak=False)
        return self._after_time(end)

    def _dual(self, at: int, word: Word) -> int:
        """Read "two weeks" in one word, or "two weeks and a half"."""
        if self._role(at + 1) is Role.FRACTION and self._next(at + 1, True):
            self._add(at, at + 2, whole(Fraction(2 + self._amount(at + 1))))
            return at + 2
        # "الشهرين الأول والثاني" are the first and the second month.
        listed = self._role(at + 1) is Role.ORDINAL and self._next(at + 1, False)
        self._add(at, at + 1, 2, Kind.DUAL, others=word.others, weak=listed)
        return at + 1

    def _fraction(self, at: int, word: Word) -> int:
        end, amount = at + 1, word.amount
        scaled, after, scale = self._scaled(amount, end, 1)
        if scale > 1:
            self._add(at, after, scaled)
            return after
        # "ساعة ونصف" is an hour and a half, "عامين ونصف" two years and a half.
        others: tuple[Amount, ...] = (1 + amount, 2 + amount) if word.conjoined else ()
        if amount == Fraction(2, 3) and self._text(at).endswith("ثلثا"):
            others = (Fraction(1, 3),)  # "ثلثًا" without its vowel sign
        self._add(at, end, amount, Kind.FRACTION, weak=amount != Fraction(2, 3), others=others)
        return end

    def _decade(self, at: int, amount: int) -> int:
        """Read a decade together with its century: "سبعينيات القرن الماضي" is 1970."""
        end = at + 1
        century = end + (self._text(end) == "من")
        if (found := self._century(century)) is not None:
            first_year, end = found
            amount += first_year
        year = self.items[end].token.value if end < len(self.items) else None
        if year is not None and year.amount >= 1000 and year.amount % 100 == amount % 100:
            amount, end = int(year.amount), end + 1  # "الخمسينيات 1950"
        self._add(at, end, amount, Kind.DECADE)
        return end

    def _century(self, at: int) -> tuple[int, int] | None:
        """The first year of the century named at token `at`, and the index after it."""
        if self._text(at) not in CENTURY:
            return None
        if self._text(at + 1) in LAST:
            return 1900, at + 2
        word = self._word(at + 1)
        known = len(self.found)
        if word is not None and word.role is Role.ORDINAL:
            end = self._ordinal(at + 1, int(word.amount))
        elif at + 1 < len(self.items) and self._starts(at + 1):
            end = self._number(at + 1)
        else:
            return None
        ordinal = self.found[known] if len(self.found) > known else None
        del self.found[known:]
        return ((int(ordinal.amount) - 1) * 100, end) if ordinal is not None and ordinal.amount < 100 else None

    def _month(self, at: int) -> int:
        """Read a month's name beside a number in digits, or pass over the token; the index after it."""
        name = self._text(at).removeprefix("و")
        if name in ("تشرين", "كانون") and self._role(at + 1) is Role.ORDINAL:
            month = TWO_WORD_MONTHS.get((name, int(self._amount(at + 1))))
            if month is not None:
                self._add(at, at + 2, month, Kind.MONTH, weak=True)
                return at + 2
        if name in MONTHS and any(
            0 <= i < len(self.items) and self.items[i].token.value is not None for i in (at - 2, at - 1, at + 1, at + 2)
        ):
            self._add(at, at + 1, MONTHS[name], Kind.MONTH, weak=True)
        return at + 1
