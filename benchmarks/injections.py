"""Breaks a good translation on purpose, one mistake at a time: what the checks of `translate.quality` must see.

An injection takes a random generator and a pair and gives the target with one mistake in it, or None where the sentence
has nothing to break that way. Injections look for their places with means of their own (plain patterns, CLDR's names,
short lists), so that what they break is not chosen by the check that has to find it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from babel import Locale

from translate.align.surface import sound
from translate.quality import Pair

Injection = Callable[[random.Random, Pair], "str | None"]

_DIGITS = re.compile(r"\d+(?:[.,٫٬:/]\d+)*")
_SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
_NUMBER_WORDS: Mapping[str, Sequence[str]] = {
    "en": "three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split(),
    "ar": "ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة ثلاث أربع خمس ست سبع ثمان تسع عشر عشرين ثلاثين خمسين".split(),
}
_NEGATIONS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:not|never|without|no)\b |(?<=\w)n['’]t\b"),
    "ar": re.compile(r"(?<!\w)[وف]?(?:لا|لم|لن|ليس|ليست|ليسوا|غير|بدون|دون|عدم)(?!\w) "),
}
# "لا يزال" and its like say "still", "No. 5" and "no longer" are no negations that could be dropped.
_NO_NEGATION = re.compile(r"[وف]?لا (?:[يتن]زال|زال|سيما|بد\b)|no (?:one|longer)\b|not only")
_QUOTES = '"“”„«»'
_CLAUSE = re.compile(r"[,،;؛] ")
_END = '.!?؟…"”»)'
_WORD = re.compile(r"\S+")
_CAPITALISED = re.compile(r"(?<=[\w,] )(?:[A-Z][a-z]{3,})\b")

_DATES: Sequence[Mapping[str, Sequence[str]]] = [
    {code: list(getattr(Locale(code), kind)["format"]["wide"].values()) for code in ("en", "ar")}
    for kind in ("days", "months")
]
"""The names of weekdays and of months in order."""

# Names that no news sentence is likely to hold in the place of another.
_STRANGERS: Mapping[str, Sequence[str]] = {
    "en": "Hendricks Mbeki Lisbon Tanaka Petrov Okafor Montreal Valdez Nguyen Osaka Fischer Kowalski Tbilisi".split(),
    "ar": "هندريكس مبيكي لشبونة تاناكا بتروف أوكافور مونتريال فالديز نغوين أوساكا فيشر كوفالسكي تبليسي".split(),
}
# Sentences of our own in languages that neither side is in.
_FOREIGN: Mapping[str, Sequence[str]] = {
    "fr": (
        "Le ministre a déclaré que les secours étaient arrivés trop tard dans la vallée.",
        "Plusieurs familles ont quitté leurs maisons avant la tombée de la nuit.",
        "Personne ne sait encore combien de temps durera la réparation du pont.",
    ),
    "es": (
        "Los vecinos contaron que el incendio empezó en el almacén del puerto.",
        "El gobierno prometió que las escuelas abrirán la próxima semana.",
        "Nadie pudo explicar por qué el tren salió con tanto retraso.",
    ),
    "de": (
        "Die Behörden teilten mit, dass die Straße wegen der Überschwemmung gesperrt bleibt.",
        "Mehrere Zeugen haben gesehen, wie der Wagen in den Fluss stürzte.",
        "Niemand weiß, wann die Bewohner in ihre Häuser zurückkehren können.",
    ),
    "tr": (
        "Yetkililer köprünün bu hafta sonuna kadar kapalı kalacağını açıkladı.",
        "Köylüler selden sonra evlerine dönmek için yardım bekliyor.",
        "Kaza sabah erken saatlerde limanın girişinde meydana geldi.",
    ),
    "fa": (
        "مقام‌های شهر گفتند که پل تا پایان هفته بسته خواهد ماند.",
        "روستاییان پس از سیل چشم به راه کمک هستند تا به خانه‌هایشان برگردند.",
        "هیچ‌کس نمی‌داند که چرا قطار این قدر دیر به راه افتاد.",
    ),
    "ur": (
        "حکام نے بتایا کہ پل اس ہفتے کے آخر تک بند رہے گا۔",
        "سیلاب کے بعد گاؤں کے لوگ اپنے گھروں کو لوٹنے کے لیے مدد کے منتظر ہیں۔",
        "کسی کو معلوم نہیں کہ ریل گاڑی اتنی دیر سے کیوں چلی۔",
    ),
    "en": (
        "Officials said that the bridge would stay closed until the end of the week.",
        "The villagers are waiting for help to return to their homes after the flood.",
        "Nobody knows why the train left so late that morning.",
    ),
    "ar": (
        "قال مسؤولون إن الجسر سيبقى مغلقا حتى نهاية الأسبوع.",
        "ينتظر أهل القرية المساعدة ليعودوا إلى بيوتهم بعد الفيضان.",
        "لا أحد يعرف لماذا انطلق القطار متأخرا ذلك الصباح.",
    ),
}


def altered_digit(rng: random.Random, pair: Pair) -> str | None:
    """One digit of one number becomes another; a first digit never becomes nought."""
    found = list(_DIGITS.finditer(pair.target))
    if not found:
        return None
    match = rng.choice(found)
    at = rng.choice([i for i in range(*match.span()) if pair.target[i].isdecimal()])
    script = next(digits for digits in _SCRIPTS if pair.target[at] in digits)
    others = [digit for digit in script[at == match.start() :] if digit != pair.target[at]]
    return pair.target[:at] + rng.choice(others) + pair.target[at + 1 :]


def dropped_number(rng: random.Random, pair: Pair) -> str | None:
    """A word that holds digits goes."""
    found = [match for match in _WORD.finditer(pair.target) if _DIGITS.search(match[0])]
    return _without(pair.target, rng.choice(found).span()) if found else None


def altered_number_word(rng: random.Random, pair: Pair) -> str | None:
    """A number from three to fifty, written as a word, becomes another."""
    words = _NUMBER_WORDS[pair.target_language]
    found = [match for match in re.finditer(r"[\w\u064b-\u0652]+", pair.target) if match[0] in words]
    if not found:
        return None
    match = rng.choice(found)
    others = [word for word in words if word[:3] != match[0][:3]]
    return pair.target[: match.start()] + rng.choice(others) + pair.target[match.end() :]


def another_day(rng: random.Random, pair: Pair) -> str | None:
    """A weekday or month that CLDR names in both texts becomes another."""
    found = [
        (match, family, number)
        for family in _DATES
        for number, (name, theirs) in enumerate(
            zip(family[pair.target_language], family[pair.source_language], strict=True)
        )
        for match in re.finditer(rf"\b{name}\b", pair.target)
        if re.search(rf"\b{theirs}\b", pair.source)
    ]
    if not found:
        return None
    match, family, number = rng.choice(found)
    others = [name for i, name in enumerate(family[pair.target_language]) if i != number]
    return pair.target[: match.start()] + rng.choice(others) + pair.target[match.end() :]


def swapped_name(rng: random.Random, pair: Pair) -> str | None:
    """A country, or another name that sounds the same on both sides, becomes a stranger."""
    found = _countries(pair) or _names(pair)
    if not found:
        return None
    start, end = rng.choice(found)
    text = pair.target[start:end]
    strangers = [name for name in _STRANGERS[pair.target_language] if sound(name, text) < 0.5]
    return pair.target[:start] + rng.choice(strangers) + pair.target[end:]


def dropped_negation(rng: random.Random, pair: Pair) -> str | None:
    """One word that says no goes, where the source says no, too."""
    if not _NEGATIONS[pair.source_language].search(pair.source):
        return None
    still = {match.start() for match in _NO_NEGATION.finditer(pair.target)}
    found = [match for match in _NEGATIONS[pair.target_language].finditer(pair.target) if match.start() not in still]
    if not found:
        return None
    match = rng.choice(found)
    return pair.target[: match.start()] + pair.target[match.end() :]


def deleted_clause(rng: random.Random, pair: Pair) -> str | None:
    """What stands between two commas, or a comma and the sentence's end, goes: a quarter to two thirds of the words."""
    cuts = [match.start() for match in _CLAUSE.finditer(pair.target)]
    if not cuts:
        return None
    end = len(pair.target.rstrip(_END))
    bounds = [0, *cuts, end]
    size = len(pair.target.split())
    parts = [
        (start, stop)
        for start, stop in pairwise(bounds)
        if size / 4 <= len(pair.target[start:stop].split()) <= size * 2 / 3
    ]
    if not parts or size < 8:
        return None
    start, stop = rng.choice(parts)
    return (pair.target[:start] + pair.target[stop:]).lstrip(",،;؛ ")


def truncated_half(rng: random.Random, pair: Pair) -> str | None:
    """The second half of the words goes; half of the time the end mark stays."""
    words = list(_WORD.finditer(pair.target))
    if len(words) < 6:
        return None
    kept = pair.target[: words[len(words) // 2 - 1].end()]
    mark = pair.target[-1] if pair.target[-1] in ".!?؟" else ""
    return kept.rstrip(",،;؛") + (mark if rng.random() < 0.5 else "")


def repeated_phrase(rng: random.Random, pair: Pair) -> str | None:
    """Three to six words come twice, or four times."""
    words = list(_WORD.finditer(pair.target))
    if len(words) < 8:
        return None
    length = rng.randint(3, 6)
    first = rng.randrange(len(words) - length)
    start, stop = words[first].start(), words[first + length - 1].end()
    again = f" {pair.target[start:stop]}" * rng.choice((1, 3))
    return pair.target[:stop] + again + pair.target[stop:]


def copied_source(_: random.Random, pair: Pair) -> str | None:
    """The source stands where its translation should."""
    return pair.source


def wrong_language(rng: random.Random, pair: Pair) -> str | None:
    """A sentence in a third language, or in the source's."""
    language = rng.choice([code for code in _FOREIGN if code != pair.target_language])
    return rng.choice(_FOREIGN[language])


def lost_quote(rng: random.Random, pair: Pair) -> str | None:
    """A quotation mark goes, or two."""
    places = [i for i, char in enumerate(pair.target) if char in _QUOTES]
    if not places or not any(char in _QUOTES for char in pair.source):
        return None
    gone = rng.sample(places, 1 if len(places) == 1 or rng.random() < 0.5 else 2)
    return "".join(char for i, char in enumerate(pair.target) if i not in gone)


_ATTRIBUTION: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r",? (?:said|says|added|according to) (?:the )?[A-Z]\w+(?: [A-Z]\w+)*(?=[,.])"),
    "ar": re.compile(r"^و?(?:قال|ذكر|أعلن|صرح)ت? .{2,50}? (?:إن|أن|بأن)(?:ه|ها|هم)? "),
}


def lost_attribution(_: random.Random, pair: Pair) -> str | None:
    """The words that say who said it go."""
    changed = _ATTRIBUTION[pair.target_language].sub("", pair.target)
    return changed if changed != pair.target else None


INJECTIONS: Mapping[str, Injection] = {
    "altered digit": altered_digit,
    "dropped number": dropped_number,
    "altered number word": altered_number_word,
    "another day": another_day,
    "swapped name": swapped_name,
    "dropped negation": dropped_negation,
    "deleted clause": deleted_clause,
    "truncated by half": truncated_half,
    "repeated phrase": repeated_phrase,
    "source copied": copied_source,
    "wrong language": wrong_language,
    "lost quote": lost_quote,
    "lost attribution": lost_attribution,
}


@lru_cache(maxsize=1)
def _country_names() -> list[tuple[str, str]]:
    english, arabic = Locale("en").territories, Locale("ar").territories
    return [(english[code], arabic[code]) for code in english if code.isalpha() and code in arabic]


def _countries(pair: Pair) -> list[tuple[int, int]]:
    """Where the target names a country that its source names, too."""
    found = []
    for names in _country_names():
        there, here = names if pair.source_language == "en" else names[::-1]
        source, target = re.search(rf"(?<!\w){re.escape(there)}(?!\w)", pair.source), pair.target.find(here)
        if source and target >= 0:
            found.append((target, target + len(here)))
    return found


def _names(pair: Pair) -> list[tuple[int, int]]:
    """Where the target has a word that sounds like a capitalised word within the English side."""
    english, arabic = (pair.source, pair.target) if pair.source_language == "en" else (pair.target, pair.source)
    found = []
    for name in _CAPITALISED.finditer(english):
        for word in re.finditer(r"[؀-ۿ]{4,}", arabic):
            if sound(name[0], word[0]) >= 0.85:
                found.append(name.span() if pair.target_language == "en" else word.span())
                break
    return found


def _without(text: str, span: tuple[int, int]) -> str:
    """`text` without what a span covers, and one of the spaces around it."""
    return re.sub(r"  +", " ", text[: span[0]] + text[span[1] :]).strip()
