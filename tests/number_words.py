"""Writes whole numbers in English and Arabic words, for tests of what reads them."""

from __future__ import annotations

from dataclasses import dataclass

_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH_SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


@dataclass(frozen=True)
class EnglishStyle:
    """How a writer writes: "a hundred and five" or "one hundred five", with commas between thousands or without."""

    with_and: bool = True
    commas: bool = False
    hyphens: bool = True


def english(number: int, style: EnglishStyle = EnglishStyle()) -> str:
    """`number`, 0 to 10^12 - 1, in words."""
    if number == 0:
        return "zero"
    groups = []
    for scale, name in _ENGLISH_SCALES:
        count, number = divmod(number, scale)
        if count:
            groups.append(f"{_below_thousand(count, style)} {name}")
    last = _below_thousand(number, style) if number else ""
    if last and groups and number < 100:
        return f"{_joined(groups, style)}{' and ' if style.with_and else ' '}{last}"
    return _joined([*groups, last] if last else groups, style)


def _joined(groups: list[str], style: EnglishStyle) -> str:
    return (", " if style.commas else " ").join(groups)


def _below_thousand(number: int, style: EnglishStyle) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ENGLISH[hundreds]} hundred"] if hundreds else []
    if rest:
        words.append(_below_hundred(rest, style))
    return (" and " if style.with_and else " ").join(words)


def _below_hundred(number: int, style: EnglishStyle) -> str:
    if number < 20:
        return _ENGLISH[number]
    tens, unit = divmod(number, 10)
    return _ENGLISH_TENS[tens - 2] + (("-" if style.hyphens else " ") + _ENGLISH[unit] if unit else "")


@dataclass(frozen=True)
class ArabicStyle:
    """Gender of what is counted, case, and habits of spelling."""

    feminine: bool = False
    oblique: bool = False
    hamza: bool = True
    spaced_and: bool = False
    split_hundreds: bool = False


_MASCULINE_THINGS = "- واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
_FEMININE_THINGS = "- واحدة اثنتان ثلاث أربع خمس ست سبع ثمان تسع عشر".split()
_TENS = "عشر ثلاث أربع خمس ست سبع ثمان تسع".split()
_HUNDREDS = "ثلاث أربع خمس ست سبع ثماني تسع".split()
_SCALES = ((10**9, "مليار", "مليارات", "مليارا"), (10**6, "مليون", "ملايين", "مليونا"), (10**3, "ألف", "آلاف", "ألفا"))


def arabic(number: int, style: ArabicStyle = ArabicStyle()) -> str:
    """`number`, 1 to 10^12 - 1, in words."""
    groups = []
    for scale, one, several, many in _SCALES:
        count, number = divmod(number, scale)
        if count:
            groups.append(_scaled(count, (one, several, many), style))
    if number:
        groups.append(_arabic_below_thousand(number, style))
    words = (" و " if style.spaced_and else " و").join(groups)
    return words if style.hamza else words.translate(str.maketrans("أإآ", "ااا"))


def _scaled(count: int, forms: tuple[str, str, str], style: ArabicStyle) -> str:
    one, several, many = forms
    masculine = ArabicStyle(False, style.oblique, style.hamza, style.spaced_and, style.split_hundreds)
    if count == 1:
        return one
    if count == 2:
        return one + _dual(style)
    rest = count % 100
    words = _arabic_below_thousand(count, masculine)
    if 3 <= rest <= 10:
        return f"{words} {several}"
    if count == 200:
        # The dual loses its n before what it counts.
        return f"{'مئتي' if style.oblique else 'مئتا'} {one}"
    return f"{words} {many if rest > 10 else one}"


def _dual(style: ArabicStyle) -> str:
    return "ين" if style.oblique else "ان"


def _arabic_below_thousand(number: int, style: ArabicStyle) -> str:
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds == 1:
        words.append("مائة")
    elif hundreds == 2:
        words.append("مئت" + _dual(style))
    elif hundreds:
        words.append(_HUNDREDS[hundreds - 3] + (" مئة" if style.split_hundreds else "مائة"))
    if rest:
        words.append(_arabic_below_hundred(rest, style))
    return (" و " if style.spaced_and else " و").join(words)


def _arabic_below_hundred(number: int, style: ArabicStyle) -> str:
    things = _FEMININE_THINGS if style.feminine else _MASCULINE_THINGS
    if number <= 10:
        return "اثن" + ("ت" if style.feminine else "") + _dual(style) if number == 2 else things[number]
    if number < 20:
        return _teen(number, style)
    tens, unit = divmod(number, 10)
    word = _TENS[tens - 2] + ("ين" if style.oblique else "ون")
    if not unit:
        return word
    return _arabic_below_hundred(unit, style) + (" و " if style.spaced_and else " و") + word


def _teen(number: int, style: ArabicStyle) -> str:
    ten = "عشرة" if style.feminine else "عشر"
    if number == 11:
        return f"{'إحدى' if style.feminine else 'أحد'} {ten}"
    if number == 12:
        return f"اثن{'ت' if style.feminine else ''}{'ي' if style.oblique else 'ا'} {ten}"
    unit = (_FEMININE_THINGS if style.feminine else _MASCULINE_THINGS)[number - 10]
    return f"{'ثماني' if unit == 'ثمان' else unit} {ten}"
