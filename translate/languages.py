"""Language codes (BCP-47), their names, scripts and directions, and which language a text is in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, Protocol, cast

from translate.errors import LanguageError

Direction = Literal["rtl", "ltr"]

NEWS = ("en", "ar", "fr", "de", "es", "it", "pt", "nl", "tr", "id", "fa", "ur", "ru", "he")
"""What news in Latin and Arabic script is mostly written in; enough to notice a text that is not English or Arabic."""


@dataclass(frozen=True)
class _Language:
    script: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]


# The two languages that every run meets stand here, so that a run of them alone reads no locale data.
_OWN: Mapping[str, _Language] = MappingProxyType(
    {
        "en": _Language(
            "Latn",
            {"en": "English", "ar": "الإنجليزية"},
            ("eng", "english", "الإنجليزية", "الانجليزية", "إنجليزي", "انجليزي", "إنجليزية", "اللغة الإنجليزية"),
        ),
        "ar": _Language(
            "Arab",
            {"en": "Arabic", "ar": "العربية"},
            ("ara", "arb", "arabic", "العربية", "عربي", "عربية", "العربيه", "اللغة العربية", "الفصحى"),
        ),
    }
)
_ALIASES: Mapping[str, str] = MappingProxyType(
    {alias: code for code, own in _OWN.items() for alias in (code, *own.aliases)}
)
_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
# How the Unicode names of a script's letters begin, where that is not the script's English name.
_LETTER_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Arab": ("ARABIC",),
        "Beng": ("BENGALI",),
        "Hans": ("CJK",),
        "Hant": ("CJK",),
        "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
        "Kore": ("CJK", "HANGUL"),
        "Latn": ("LATIN", "FULLWIDTH LATIN"),
        "Nkoo": ("NKO",),
        "Orya": ("ORIYA",),
        "Tfng": ("TIFINAGH",),
    }
)
# language, script, region, variants
_CODE = re.compile(
    r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_](?:[a-z]{2}|[0-9]{3}))?(?:[-_][a-z0-9]{4,8})*", re.IGNORECASE
)
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")
_WORD = re.compile(r"[^\W_]+")

# Of 23,512 human Arabic lines (FLORES-101 dev, NTREX-128 1-1000, TICO-19, Tatoeba, XQuAD) two are English by mistake,
# one asks about a Swedish firm with 29% Arabic letters and half of its words Arabic, and the rest have 56% or more. Of
# the English lines none has over 2.1% Arabic letters (an honorific); what machines leave in Arabic is whole words.
_MOST_OF_A_TEXT = 0.5
_STRAY_LETTERS = 0.03
_MOST_NAMES = 4
# Against four languages of the same script py3langid errs on one of about 8,900 English and Arabic lines (FLORES-101
# dev, NTREX-128, Tatoeba) of five words or more, and on 18 of 3,100 shorter ones.
_WORDS_TO_JUDGE = 5
# py3langid's labels where they differ from CLDR's codes.
_LABELS: Mapping[str, str] = MappingProxyType({"fil": "tl", "nb": "no"})
# What it tells apart and we do not: Egyptian and Moroccan Arabic, Nigerian Pidgin, Nynorsk.
_DIALECTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"ar": ("ar", "arz", "ary"), "en": ("en", "pcm"), "no": ("no", "nn"), "nb": ("no", "nn")}
)

# Scripts that several of py3langid's languages are written in, which it has to tell apart.
_SHARED = frozenset({"Arab", "Beng", "Cyrl", "Deva", "Hans", "Hant", "Jpan", "Latn"})
# With nothing to go by py3langid gives each of its 140 languages 0.7%. Of 15,994 English and Arabic lines (FLORES-101
# dev, NTREX-128, Tatoeba), those of a word or two included, none has less than this in its own language but one line
# that is French by mistake.
_FOUND = 0.001


class _Classifier(Protocol):
    labels: list[str]

    def rank(self, text: str) -> list[tuple[str, float]]: ...


@lru_cache(maxsize=1024)
def normalise(language: str) -> str:
    """The BCP-47 code of a language given by code ("AR", "ar-EG", "arb_Arab"), ISO 639-3 code or name in English or
    Arabic ("eng", "arabic", "العربية").

    The region is dropped; the script is kept only where it is not the language's usual one ("zh-Hant", "ar-Latn").
    Raises LanguageError for anything else.
    """
    wanted = unicodedata.normalize("NFC", " ".join(language.split()))
    known = _ALIASES.get(wanted.casefold())
    if known:
        return known
    match = _CODE.fullmatch(wanted)
    base = _base_code(match[1].lower()) if match else _code_of_name(wanted)
    if base is None:
        raise LanguageError(
            f"{language!r} is not a language that Dragoman knows; give a code or an English or Arabic name, "
            f"such as {_known_for_people()}"
        )
    script = match[2].title() if match and match[2] else None
    return base if script in (None, _script(base)) else f"{base}-{script}"


def name(code: str, in_language: str = "en") -> str:
    """What a language is called in English ("en") or Arabic ("ar"); another script is told in brackets.

    Raises LanguageError where either language is not known.
    """
    code, reader = normalise(code), normalise(in_language)
    base, _, script = code.partition("-")
    reader = reader if reader in _OWN else "en"
    called = _OWN[base].names[reader] if base in _OWN else _locale_names(reader)[base]
    return f"{called} ({script})" if script else called


def direction(code: str) -> Direction:
    """Which way a language is written; LanguageError where it is not known."""
    return "rtl" if _script(normalise(code)) in _RTL_SCRIPTS else "ltr"


def script(code: str) -> str:
    """The ISO 15924 code of the script that a language is written in ("Arab", "Latn"); LanguageError if unknown."""
    return _script(normalise(code))


def script_ratio(text: str, script: str) -> float | None:
    """The share, 0 to 1, of the letters of `text` that belong to a script ("Arab", "Latn"); None without letters.

    Vowel signs, digits and marks are no letters.
    """
    # A text has few different letters, so each is looked up once.
    letters = Counter(filter(str.isalpha, text))
    if not letters:
        return None
    return sum(count for char, count in letters.items() if _is_of(char, script)) / sum(letters.values())


def in_script(text: str, language: str) -> bool:
    """Whether at least half of the letters of `text` are in the language's script; True for a text without letters."""
    ratio = script_ratio(text, script(language))
    return ratio is None or ratio >= _MOST_OF_A_TEXT


def identify(text: str, candidates: Iterable[str]) -> str | None:
    """Which of the candidate languages `text` is in; None where it has no letters or is in none of their scripts.

    The script decides first; among candidates that share it py3langid does, which needs a clause to be right. With
    a single candidate in the text's script, the answer is that candidate: a text in a third language is not noticed.
    Raises LanguageError for a candidate that is not known.
    """
    judged = _without_addresses(text)
    codes = list(dict.fromkeys(normalise(candidate) for candidate in candidates))
    shares = {code: script_ratio(judged, _script(code)) or 0.0 for code in codes}
    best = max(shares.values(), default=0.0)
    if best <= 0.0:
        return None
    tied = [code for code in codes if shares[code] == best]
    # Only scripts that share letters tie above one half; two at exactly one half are no matter for py3langid.
    return tied[0] if len(tied) == 1 or best <= _MOST_OF_A_TEXT else _most_likely(judged, tied)


def ranked(text: str, among: Sequence[str] = NEWS) -> tuple[tuple[str, float], ...]:
    """Which of the languages `among` a text may be in: their codes with a confidence, 0 to 1, the likeliest first.

    The confidence is the share of the text's letters that are in the language's script, times how likely py3langid
    finds it, of all the languages that it knows, that what stands in that script is in the language or a dialect of it;
    the script decides alone where no other language is commonly written in it (Hebrew, Greek, Thai). So a language that
    is not `among` takes its share and is not told: the confidences add up to at most 1, to little for a word or two,
    and nothing is found where the text is in none of the languages, has no letters but those of addresses, or is in a
    shared script and in a language that py3langid does not know. Raises LanguageError for a code that is not known.
    """
    judged = _without_addresses(text)
    codes = list(dict.fromkeys(normalise(code) for code in among))
    owners = _owners(codes)
    found = dict.fromkeys(codes, 0.0)
    for written in dict.fromkeys(map(_script, codes)):
        share = script_ratio(judged, written)
        its = [code for code in codes if _script(code) == written]
        if not share:
            continue
        if written not in _SHARED:
            found[its[0]] = share
            continue
        for label, likely in _classifier().rank(_words_in(judged, written)):
            if owners.get(label) in its:
                found[owners[label]] += share * likely
    # Chinese and Japanese share letters, so what is said of each may add up to more than there is.
    whole = max(1.0, sum(found.values()))
    told = [(code, confidence / whole) for code, confidence in found.items() if confidence >= _FOUND]
    return tuple(sorted(told, key=lambda one: -one[1]))


def wrong_language(text: str, expected: str, source: str) -> bool:
    """Whether a machine's output is not in the language that it should be in: left in, or half in, the source's.

    `expected` and `source` are language codes. Numbers, addresses and up to four names by themselves are never wrong.
    Where the scripts differ, an output is wrong with less than half of its letters and of its words in its own
    script; in a Latin-script target already with 3% of letters in the source's script. Where they are the same, five
    words or more are given to py3langid. Thresholds: see the comment on them; raises LanguageError for unknown codes.
    """
    expected, source = normalise(expected), normalise(source)
    judged = _without_addresses(text)
    words = [word for word in _WORD.findall(judged) if any(char.isalpha() for char in word)]
    if not words or expected == source:
        return False
    own = _script(expected)
    share = script_ratio(judged, own) or 0.0
    if own == _script(source):
        if share < _MOST_OF_A_TEXT:
            return True
        return len(words) >= _WORDS_TO_JUDGE and _most_likely(judged, [expected, source]) == source
    if own == "Latn":
        return (script_ratio(judged, _script(source)) or 0.0) >= _STRAY_LETTERS or share < _MOST_OF_A_TEXT
    native = sum(any(_is_of(char, own) for char in word) for word in words)
    if share >= _MOST_OF_A_TEXT or native / len(words) >= _MOST_OF_A_TEXT:
        return False
    return native > 0 or len(words) > _MOST_NAMES or not all(_looks_like_a_name(word) for word in words)


def likelihood(text: str, language: str) -> float | None:
    """How likely py3langid finds it, 0 to 1, that `text` is in a language or in one of its dialects, of all it knows.

    None where it does not know the language. It needs a clause: see the comment on `_WORDS_TO_JUDGE`.
    """
    base = normalise(language).partition("-")[0]
    labels = _DIALECTS.get(base, (_LABELS.get(base, base),))
    if labels[0] not in _classifier().labels:
        return None
    return sum(share for label, share in _classifier().rank(text.replace("\n", " ")) if label in labels)


def _without_addresses(text: str) -> str:
    """`text` without its URLs, e-mails and handles, which say nothing of the language that they stand in."""
    return " ".join(token for token in text.split() if not _is_address(token))


def _is_address(token: str) -> bool:
    # Nearly no word has one of these before its last letter; asking that first makes it five times as fast.
    if "@" not in token and "." not in token[:-1] and "://" not in token:
        return False
    return any(mark in token for mark in ("://", "www.", "@")) or _DOMAIN.match(token.lower()) is not None


def _looks_like_a_name(word: str) -> bool:
    return word[0].isupper() or any(char.isdigit() for char in word)


@lru_cache(maxsize=8192)
def _is_of(char: str, script: str) -> bool:
    return unicodedata.name(char, "").startswith(_letter_names(script))


@cache
def _letter_names(script: str) -> tuple[str, ...]:
    if script in _LETTER_NAMES:
        return _LETTER_NAMES[script]
    from babel import Locale  # off the start-up path: see _OWN

    return (str(Locale("en").scripts.get(script, script)).upper(),)


def _script(code: str) -> str:
    """The script of a normalised code."""
    base, _, script = code.partition("-")
    return script or (_OWN[base].script if base in _OWN else _locale_script(base))


@cache
def _locale_script(base: str) -> str:
    from babel.core import get_global  # off the start-up path: see _OWN

    likely = cast("Mapping[str, str]", get_global("likely_subtags")).get(base, "")
    parts = likely.split("_")
    return parts[1] if len(parts) > 1 else "Latn"


@cache
def _locale_names(reader: str) -> Mapping[str, str]:
    """CLDR's names of languages as `reader` calls them, with English ones where it has none."""
    from babel import Locale  # off the start-up path: see _OWN

    def bare(names: Mapping[str, str]) -> dict[str, str]:
        return {code: called for code, called in names.items() if code.isalpha() and len(code) <= 3}

    return bare(Locale("en").languages) | bare(Locale(reader).languages)


def _base_code(code: str) -> str | None:
    """The shortest code of a two- or three-letter one ("eng" -> "en", "iw" -> "he"), None where CLDR has no name."""
    if code in _ALIASES:
        return _ALIASES[code]
    from babel.core import get_global  # off the start-up path: see _OWN

    renamed = cast("Mapping[str, str]", get_global("language_aliases")).get(code, code).partition("_")[0]
    return renamed if renamed in _locale_names("en") and renamed not in ("und", "mul", "zxx", "mis") else None


@cache
def _codes_by_name() -> Mapping[str, str]:
    readers: Sequence[str] = ("ar", "en")
    return {called.casefold(): code for reader in readers for code, called in _locale_names(reader).items()}


def _code_of_name(called: str) -> str | None:
    return _codes_by_name().get(called.casefold())


def _known_for_people() -> str:
    examples = ("ar", "en", "de", "es", "fa", "fr", "he", "ku", "ru", "tr", "ur", "zh")
    listed = ", ".join(f"{code} ({name(code)})" for code in examples)
    return f"{listed}, or any other of the {len(_locale_names('en'))} languages of CLDR"


@lru_cache(maxsize=1)
def _classifier() -> _Classifier:
    # Imported here: it unpacks a model of 4.6 MB (0.8 s), and a run between English and Arabic never needs it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Classifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def _owners(codes: Sequence[str]) -> dict[str, str]:
    """py3langid's labels, each with the code whose language or dialect it is."""
    bases = {code: code.partition("-")[0] for code in codes}
    own = {_LABELS.get(base, base): code for code, base in reversed(bases.items())}
    dialects = {label: code for code, base in bases.items() for label in _DIALECTS.get(base, ())}
    return {**dialects, **own}


def _words_in(text: str, script: str) -> str:
    """The words of a text, on one line, that have a letter of the script."""
    return " ".join(word for word in text.split() if any(_is_of(char, script) for char in word))


def _most_likely(text: str, codes: Sequence[str]) -> str:
    """The likeliest of codes that share a script; the first of them where py3langid knows none."""
    bases = {_LABELS.get(base, base): code for code in reversed(codes) for base in [code.partition("-")[0]]}
    ranking = _classifier().rank(text.replace("\n", " "))
    return next((bases[label] for label, _ in ranking if label in bases), codes[0])
