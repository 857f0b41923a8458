"""Where a term stands in a text, however its language inflects it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from translate.document import Span

_SIGNS = r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
_WRITTEN_ALIKE = ("اأإآٱ", "يىئ", "هة", "وؤ")
_CLASSES = {letter: f"[{letters}]" for letters in _WRITTEN_ALIKE for letter in letters}
_FOLDED = str.maketrans({letter: letters[0] for letters in _WRITTEN_ALIKE for letter in letters})
_UNWRITTEN = re.compile(_SIGNS)
# What Arabic writes together with the first word: "and", "so", "in", "like", "to", "will", the article; and with the
# last: case, dual, plural and pronouns.
_BEFORE = "[وف]?(?:[بك]?(?:ال)?|لل|ل|س)"
_BEFORE_ARTICLE = "[وف]?(?:[بك]?ال|لل)"
_WITHIN = "(?:ال)?"
_AFTER = "(?:ا|ان|ين|ون|ات|ي|ه|ها|هم|هما|نا|كم|ك)?"
# Longer words than this may be plurals in -ون.
_PLURAL = 4
# What may follow a word that is not the last: "its nuclear weapons" is أسلحتها النووية.
_PRONOUN = "(?:ه|ها|هم|هما|هن|نا)?"
_ENGLISH_AFTER = "(?:['’]s|e?s(?:['’])?)?"


def fold(text: str) -> str:
    """`text` in lower case without vowel signs, and with letters that newspapers write for one another made one."""
    return unvowelled(text).translate(_FOLDED).casefold()


def unvowelled(text: str) -> str:
    """`text` without Arabic vowel signs and tatweel."""
    return _UNWRITTEN.sub("", unicodedata.normalize("NFC", text))


def may_occur(term: str, folded: str) -> bool:
    """Whether it is worth looking for a term in a text, given folded: quick, and wrong only where it says yes."""
    return _core(term) in folded


def occurrences(term: str, text: str, language: str, *, exact: bool = False) -> list[Span]:
    """The spans of `text`, in `language`, at which `term` stands, from left to right.

    Arabic may have clitics, case and number endings, the article or not, and any spelling of hamza, ya and ta marbuta;
    English a plural or a possessive. Case tells nothing, but with `exact` a term with capitals needs them ("US" is not
    "us", "Turkey" not "turkey") unless the whole text is in capitals.
    """
    cased = exact and term != term.casefold() and not text.isupper()
    return [Span(*match.span()) for match in _pattern(term, language.partition("-")[0], cased).finditer(text)]


@lru_cache(maxsize=16384)
def _core(term: str) -> str:
    """What of a term every form of it has: its first word without the article, and without an ending that changes."""
    words = _parts(fold(term))
    core = words[0].removeprefix("ال") if words else ""
    core = core.removesuffix("ون") if len(core) > _PLURAL else core
    return core[:-1] if len(core) > 2 else core


def _parts(term: str) -> list[str]:
    """The words of a term, which a space or a hyphen may join: "cease-fire" is "cease fire"."""
    return [part for part in re.split(r"[\s-]+", term) if part]


@lru_cache(maxsize=16384)
def _pattern(term: str, language: str, cased: bool) -> re.Pattern[str]:
    words = _parts(unicodedata.normalize("NFC", term))
    if language == "ar":
        body = r"[\s-]+".join(_arabic(word, i == 0, i == len(words) - 1) for i, word in enumerate(words))
    else:
        body = r"[\s-]+".join(map(re.escape, words))
        if language == "en":
            body = f"{body[:-1]}(?:y|ies)" if body.endswith("y") else body
            body += _ENGLISH_AFTER
    return re.compile(rf"(?<!\w){body}(?!\w)", 0 if cased else re.IGNORECASE)


def _arabic(word: str, first: bool, last: bool) -> str:
    bare = unvowelled(word)
    stem = bare.removeprefix("ال") if len(bare) > 4 else bare
    before = (_BEFORE_ARTICLE if stem != bare else _BEFORE) if first else _WITHIN
    # A feminine ending is written with another letter where something follows it, and drops out of the plural.
    ending = "(?:[هة]|ت|ات)?" if stem.endswith("ة") else ""
    stem = stem.removesuffix("ة")
    # A plural in -ون is one in -ين in the genitive, and loses its last letter before another noun.
    if stem.endswith("ون") and len(stem) > _PLURAL:
        stem, ending = stem.removesuffix("ون"), "[وي]ن?"
    letters = f"{_SIGNS}*".join(_CLASSES.get(char, re.escape(char)) for char in stem)
    return f"{before}{letters}{_SIGNS}*{ending}{_AFTER if last else _PRONOUN}{_SIGNS}*"
