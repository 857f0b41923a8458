"""Names: whether what the English side names by capitals is found in the Arabic, by table, by sound or as it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from translate.document import Span
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.name_finder import Name, names
from translate.quality.name_tables import Entry, arabic_words, table
from translate.quality.pair import Pair
from translate.quality.transliteration import letters, stems, writes

_ARABIC_WORD = re.compile(r"[\u0621-\u065f\u066e-\u06d3]+")
_LATIN_WORD = re.compile(r"[^\W\d_\u0600-\u06ff]+")
# What English and Arabic add to a name for those who belong to it: "Marxists" is ماركسيون.
_ADJECTIVE = re.compile(r"(?<=\w{3})(?:ians?|ans?|ists?|ism|ics?|ese|ites?|ish|s)$")
_NISBA = re.compile(r"(?<=\w{2})(?:يون|يين|ين|يا|ي|ا)$")
# Names of up to so many letters must sound nearer, as more words sound like them by chance.
_SHORT = 5
# Shorter Arabic forms begin too many other words to say for sure that a country is named.
_SURE = 4
# Words of so many letters may be several that have lost the space between them, each of at least so many.
_LONG, _PART = 7, 4
# An Arabic word that sounds so near to a name of the English side is not another country.
_ALIKE = 0.25


@dataclass(frozen=True)
class _Arabic:
    """The Arabic side, taken apart once."""

    text: str

    @cached_property
    def words(self) -> tuple[re.Match[str], ...]:
        return tuple(_ARABIC_WORD.finditer(self.text))

    @cached_property
    def letters(self) -> str:
        """The whole text in `transliteration.letters`, for what is written in several words."""
        return letters(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for word in self.words for stem in stems(word[0]))

    @cached_property
    def plain(self) -> frozenset[str]:
        """The stems of frequent words, which are hardly a name."""
        return frozenset(stem for word in self.words if _is_frequent(word[0]) for stem in stems(word[0]))

    @cached_property
    def rare(self) -> frozenset[str]:
        """The stems of all other words."""
        return self.stems - self.plain

    @cached_property
    def joined(self) -> tuple[str, ...]:
        """Each two neighbours as one word, for names that English writes as one."""
        return tuple(stem + letters(after[0]) for word, after in pairwise(self.words) for stem in stems(word[0]))

    @cached_property
    def edges(self) -> tuple[str, ...]:
        """What long rare words begin and end with, for text that has lost spaces."""
        long = [stem for stem in self.rare if len(stem) >= _LONG]
        cuts = [(stem, size) for stem in long for size in range(_PART, len(stem) - 1)]
        return tuple(part for stem, size in cuts for part in (stem[:size], stem[-size:]))

    @cached_property
    def latin(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in _LATIN_WORD.findall(self.text))

    def holds(self, entry: Entry) -> bool:
        """Whether some Arabic form of `entry` stands in the text."""
        if not entry.whole.isdisjoint(self.stems) or any(phrase in self.letters for phrase in entry.phrases):
            return True
        if entry.begun and any(stem.startswith(entry.begun) for stem in self.stems):
            return True
        # Text that has lost spaces still has the letters.
        whole = self.letters.replace(" ", "")
        forms = (form.replace(" ", "") for form in (*entry.whole, *entry.begun, *entry.phrases))
        return any(len(form) > _PART and form in whole for form in forms)

    def count(self, entry: Entry) -> int:
        """How often the text names `entry`."""
        words = sum(any(_names(stem, entry) for stem in stems(word[0])) for word in self.words)
        return words + sum(self.letters.count(phrase) for phrase in entry.phrases)


def find(pair: Pair, limits: Limits) -> Iterator[Finding]:
    """Names of the English side that have no counterpart in the Arabic, or fewer than the English has."""
    english, text = pair.text_in("en"), pair.text_in("ar")
    if english is None or text is None:
        return
    named = names(english)
    if not named:
        return
    arabic = _Arabic(text)
    explained = tuple(_terms(pair, english, arabic))
    found = [name for name in named if not any(name.span.overlaps(span) for span in explained)]
    from_english = pair.source_language == "en"
    for i, name in enumerate(found):
        if not _is_there(name, found[max(0, i - 1) : i + 2], arabic, limits):
            other = _other_country(name, found, arabic)
            yield _finding("missing" if other is None else "changed", name, from_english, other, text)
    for name in _fewer(found, arabic):
        yield _finding("fewer", name, from_english)


def _finding(kind: str, name: Name, from_english: bool, other: Span | None = None, text: str = "") -> Finding:
    values = {"name": name.text} if other is None else {"name": name.text, "other": other.of(text)}
    return Finding(kind, name.span, other, values) if from_english else Finding(kind, other, name.span, values)


def _terms(pair: Pair, english: str, arabic: _Arabic) -> Iterator[Span]:
    """Where the English side has a term of the glossaries whose counterpart the Arabic side has."""
    small = english.casefold()
    for term in pair.terms:
        forms = tuple(filter(None, (term.target, *term.forms)))
        here, there = ((term.source,), forms) if pair.source_language == "en" else (forms, (term.source,))
        present = [form for form in here if form.casefold() in small]
        if present and any(letters(form) in arabic.letters for form in there):
            for form in present:
                for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", english, re.IGNORECASE):
                    yield Span(*match.span())


def _is_copied(name: Name, arabic: _Arabic) -> bool:
    """Whether the Arabic has the name in Latin letters."""
    return arabic.latin.issuperset(_LATIN_WORD.findall(name.text.casefold()))


def _is_there(name: Name, beside: Sequence[Name], arabic: _Arabic, limits: Limits) -> bool:
    """Whether the Arabic has a counterpart of `name`, which has `beside` it what they might be one word with."""
    if _is_copied(name, arabic):
        return True
    if name.entry is not None:
        return arabic.holds(name.entry) or writes(name.text, arabic.rare, limits["known"])
    bound = limits["short"] if len(name.text) <= _SHORT else limits["distance"]
    if writes(name.text, arabic.rare, bound) or writes(name.text, arabic.plain, limits["plain"]):
        return True
    if writes(name.text, arabic.joined, limits["joined"]) or writes(name.text, arabic.edges, limits["edge"]):
        return True
    for first, second in pairwise(beside):
        if first.run == second.run and writes(first.text + second.text, arabic.rare, limits["joined"]):
            return True
    base = _ADJECTIVE.sub("", name.text)
    return base != name.text and writes(base, [_NISBA.sub("", stem) for stem in arabic.rare], bound)


def _other_country(name: Name, found: Sequence[Name], arabic: _Arabic) -> Span | None:
    """The first Arabic word that names a country which the English does not name, if `name` is a country."""
    if name.entry is None or name.entry.kind != "countries":
        return None
    own = [other.entry for other in found if other.entry is not None]
    for word in arabic.words:
        forms = stems(word[0])
        if (
            not _is_frequent(word[0])
            and any(map(_is_country, forms))
            and not any(_names(stem, entry) for stem in forms for entry in own)
            and not any(writes(other.text, forms, _ALIKE) for other in found)
        ):
            return Span(*word.span())
    return None


def _fewer(found: Sequence[Name], arabic: _Arabic) -> Iterator[Name]:
    """The last of the names that the English repeats and the Arabic has, but less often.

    Not so for bodies, whose acronyms English adds in brackets and Arabic does not.
    """
    counts = Counter(name.entry for name in found if name.entry is not None and name.entry.kind != "bodies")
    for entry, count in counts.items():
        if count > 1 and 0 < arabic.count(entry) < count:
            last = [name for name in found if name.entry == entry][-1]
            if not _is_copied(last, arabic):
                yield last


def _names(stem: str, entry: Entry) -> bool:
    """Whether an Arabic word is a form of `entry`."""
    return stem in entry.whole or (bool(entry.begun) and stem.startswith(entry.begun))


@lru_cache(maxsize=4096)
def _is_country(stem: str) -> bool:
    """Whether an Arabic word surely names a country, by a form that is long enough."""
    return any(
        (stem in entry.whole and len(stem) >= _SURE)
        or any(len(begun) >= _SURE and stem.startswith(begun) for begun in entry.begun)
        for entry in table("countries")
    )


@lru_cache(maxsize=65536)
def _is_frequent(word: str) -> bool:
    return not arabic_words().isdisjoint(stems(word))


CHECK = Check(
    "names",
    find,
    {
        "missing": Message(
            "“{name}” has no counterpart on the other side.",
            "لا مقابل للاسم «{name}» في الجانب الآخر.",
        ),
        "changed": Message(
            "“{name}” has no counterpart on the other side, which names “{other}” instead.",
            "لا مقابل للاسم «{name}» في الجانب الآخر، وفيه «{other}» بدلًا منه.",
        ),
        "fewer": Message(
            "“{name}” comes more often in the English than in the Arabic.",
            "يتكرر الاسم «{name}» في النص الإنجليزي أكثر منه في النص العربي.",
        ),
    },
    ("distance", "short", "known", "plain", "joined", "edge"),
)
