"""Splits a block into sentences by offset, and a sentence that is too long into parts; nothing is lost between them.

sentencex knows where the sentences of some 300 languages end, but it skips whatever it takes for a quotation, so one
that is never closed (a speech over several paragraphs opens a mark with each and closes only the last) makes it merge
whole passages. It therefore gets the text without quotation marks and brackets, and what those hold together, with a
few faults of its own in Arabic, is decided here.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sentencex import get_sentence_boundaries

from translate.document import Block, Sentence, Span

_DOUBLE = '"“”„‟«»'
_SINGLE = "'‘’‚‹›"
_BRACKETS = "()[]{}"
_OPENING = frozenset("“„«‘‚‹([{")
_CLOSING = frozenset("”»’›)]}")
_MARK = re.compile(f"[{re.escape(_DOUBLE + _SINGLE + _BRACKETS)}]")
# Marks of direction are invisible, but sentencex would take them for letters.
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STOPS = frozenset(".!?…؟۔。！？")
# sentencex takes "<" for a bracket and "h" in "80km/h." for an abbreviation, and sees no ellipsis in one character.
_NEUTRAL = str.maketrans({"<": "-", ">": "-", "/": "z", "…": "."} | dict.fromkeys(_BIDI, " "))
# A line break would be a paragraph's end to it, and a lone surrogate is no text at all.
_LINE_OR_SURROGATE = re.compile(r"[\s\ud800-\udfff]")

# A quotation of at most _SHORT characters within a sentence is never broken (about 10 words); one of at most _LONG is
# kept whole where the sentence goes on after it; nor is an aside in brackets broken, up to the same length.
_SHORT = 60
_LONG = 200

_ARABIC_WORD = re.compile(r"[\u0620-\u065f\u0670-\u06d3\u06fa-\u06ff]+$")
# "Vitamin D." in Arabic: a single letter that ends a sentence. Elsewhere it abbreviates a title or a name.
_LETTERED = frozenset(
    {"فيتامين", "الفيتامين", "حرف", "الحرف", "الخيار", "الفئة", "المجموعة", "الدرجة", "القسم", "النوع"}
)
# English titles that sentencex does not know.
_TITLES = frozenset({"Ms", "Mx", "Cllr", "Amb", "Atty", "Assoc", "Eng", "Engr", "Pte"})
# "at 5 p.m. Eastern time"
_AFTER_CLOCK = re.compile(
    r"(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|EES?T|AST|IST|Eastern|Central|Mountain|Pacific|Greenwich|local"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
# Stand before numbers; sentencex breaks after some of them.
_BEFORE_NUMBER = frozenset(
    {"no", "nos", "approx", "p", "pp", "vol", "fig", "art", "sec", "ca", "para", "ص", "رقم", "ج"}
)
# sentencex never ends a sentence with a measure or a year's era ("10 سم." "1965 م."), so it is shown another word.
# So is a Latin letter that an Arabic sentence ends with; before another Latin word it is an initial.
_MEASURE = re.compile(r"(?<=[0-9\u0660-\u0669] )(?:م|سم|جم|كج|كلم|ه)(?=\. )|(?<= )[A-Za-z](?=\. +[\u0620-\u064a])")
_LIST_MARKER = re.compile(r"(?:[0-9\u0660-\u0669]{1,3}|[A-Za-z])\.")
# "Why?" Ahmed Salim asked. But: "Why?" The crowd said nothing.
_ATTRIBUTION = re.compile(
    r"(?!(?:The|A|An|He|She|They|It|We|I|You)\s)(?:[^\W\d_][\w’'.-]{0,30}\s+){1,4}"
    r"(?:said|says|asked|asks|told|added|replied|shouted|cried|wrote|wondered|warned)\b"
)
_ARABIC_ATTRIBUTION = re.compile(
    r"(?:قال|قالت|يقول|تقول|سأل|سألت|تساءل|تساءلت|أضاف|أضافت|صرخ|صرخت|هتف|هتفت|رد|ردت|كتب|كتبت)\s"
)
_ADDRESS = re.compile(r"[@/\\_#=&%]|www\.", re.IGNORECASE)
_WORD_END = re.compile(r"(?:[a-z\u00df-\u024f]|[\u0620-\u065f]){2}$|\b[0-9]{4}$")
_WORD_START = re.compile(
    r"\W{0,3}(?!(?:Com|Org|Net|Js|Io|Co|Ai)\b)(?:[A-Z\u00c0-\u00de][a-z\u00df-\u024f]{3,}|[A-Z][a-z]{0,2}\s|[\u0620-\u064a]{2}|و\s)"
)

# Where a sentence that is too long is best cut, best first; each match ends where the next part may begin.
_CLAUSES = (
    re.compile(r"(?<=\w\w\w)[.!?؟…]+[\"”»)]*(?=\s)|[؛;:](?=\s)|\s[–—](?=\s)|(?<=\S)[\"”»](?=\s)"),
    re.compile(r",(?=\s)|،(?=\D)"),
    re.compile(
        r"\s(?=(?:and|or|but|while|which|who|because|after|before|أو|أم|ثم|لكن|ولكن|بل|التي|الذي|الذين|حيث|بينما|كما)\s"
        r"|و[\u0620-\u064a]{2})"
    ),
)


def sentences(block: Block, language: str) -> tuple[Sentence, ...]:
    """The sentences of a block in order, none empty, none with white space at its ends.

    Between two of them, before the first and after the last there is only white space. No boundary falls within a
    protected inline, a URL or an e-mail address. `language` is a BCP-47 code; sentencex falls back to a related
    language, then to English, for one that it does not know.
    """
    text = block.text
    found: list[Span] = []
    start = 0
    for end in [*_ends(block, language), len(text)]:
        span = _stripped(text, start, end)
        start = end
        if not span:
            continue
        if found and end == len(text) and not _has_word(text, span.start, span.end):
            span = Span(found.pop().start, span.end)
        found.append(span)
    return tuple(Sentence(span.of(text), span) for span in found)


def split_long(sentence: str, fits: Callable[[str], bool]) -> tuple[Span, ...]:
    """Parts of a sentence that each fit, in order; together they hold all of it but white space.

    A part that does not fit is cut at the clause mark nearest to its middle (؛ ; : – — a stop or a closing quotation
    mark, else a comma, else a conjunction, each within the middle half), else at the white space nearest to its
    middle, else between any two characters. A single character is given back even where `fits` refuses it. `fits` is
    asked once a part, of texts that shrink by a quarter or more at a clause mark and by half within one word, so n
    characters cost about as much as `fits` on n log n of them.
    """
    parts: list[Span] = []
    cuts: tuple[list[int], ...] | None = None
    whole = _stripped(sentence, 0, len(sentence))
    waiting = [whole] if whole else []
    while waiting:
        span = waiting.pop()
        if len(span) == 1 or fits(span.of(sentence)):
            parts.append(span)
            continue
        cuts = cuts or _cuts(sentence)
        cut = _best_cut(sentence, span, cuts)
        waiting += [_stripped(sentence, cut, span.end), _stripped(sentence, span.start, cut)]
    return tuple(parts)


@dataclass(frozen=True)
class _Marks:
    """Quotation marks and brackets by their places: those that close, all of them, and the pairs up to _LONG."""

    closing: frozenset[int]
    all: frozenset[int]
    quotations: tuple[Span, ...]
    asides: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> _Marks:
        closing: set[int] = set()
        every: set[int] = set()
        pairs: dict[str, list[Span]] = {kind: [] for kind in (_DOUBLE, _SINGLE, "()", "[]", "{}")}
        open_at: dict[str, int] = {}
        for match in _MARK.finditer(text):
            at, char = match.start(), match[0]
            kind = next(kind for kind in pairs if char in kind)
            before, after = _neighbours(text, at)
            if kind == _SINGLE and before.isalnum() and after.isalnum():
                continue  # an apostrophe
            every.add(at)
            if _opens(char, before, after, kind in open_at):
                open_at[kind] = at
                continue
            closing.add(at)
            # A single mark after a letter may be a genitive (the workers' strike): a stop before it tells.
            if kind in open_at and (kind != _SINGLE or not before.isalnum()):
                pairs[kind].append(Span(open_at.pop(kind), at + 1))
        short = {kind: [pair for pair in found if len(pair) <= _LONG] for kind, found in pairs.items()}
        quotations = sorted(short[_DOUBLE] + short[_SINGLE])
        asides = sorted(short["()"] + short["[]"] + short["{}"])
        return cls(frozenset(closing), frozenset(every), tuple(quotations), tuple(asides))


def _neighbours(text: str, at: int) -> tuple[str, str]:
    """The characters before and after one, a space for what lies beyond the text's ends."""
    return text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "


def _opens(char: str, before: str, after: str, is_open: bool) -> bool:
    """Whether a mark opens. Its place says so, as an unclosed quotation makes counting useless; then its shape."""
    if char in _BRACKETS:
        return char in _OPENING
    first = before.isspace() or before in _OPENING or before in _BIDI or before in "–—-:/="
    last = after.isspace() or after in _CLOSING or after in _BIDI or after in _STOPS or after in ",،;؛"
    if first != last:
        return first
    if char in _OPENING or char in _CLOSING:
        return char in _OPENING
    return not is_open and not (before in _STOPS or before in ",،;؛")


def _ends(block: Block, language: str) -> Iterator[int]:
    """Where sentences end, in order, without the end of the text."""
    shown = list(block.text)
    guarded = [inline.span for inline in block.inlines if inline.protected]
    for span in guarded:
        shown[span.start : span.end] = "X" * len(span)
    text = "".join(shown)
    marks = _Marks.of(text)
    for at in marks.all:
        before, after = _neighbours(text, at)
        # What is quoted right before a stop is no abbreviation (the letter "e". Then ...): another letter says so.
        shown[at] = "z" if at in marks.closing and before.isalnum() and after in _STOPS else " "
    masked = "".join(shown).translate(_NEUTRAL)
    masked = _LINE_OR_SURROGATE.sub(lambda match: " " if match[0].isspace() else "x", masked)
    masked = _MEASURE.sub(lambda match: "ب" * len(match[0]), masked)
    start = looked = 0
    worded = False
    for boundary in get_sentence_boundaries(language, masked):
        stop = _after_text(masked, boundary["end_index"])
        end = _after_closers(text, stop, marks)
        # Only what is new is looked at, so that a long row of marks without words costs no square.
        worded = worded or _has_word(text, looked, stop)
        looked = max(looked, stop)
        if worded and start < end < len(text) and _Candidate(text, marks, start, stop, end).ends_a_sentence():
            yield end
            start, worded = end, False


def _after_text(masked: str, at: int) -> int:
    """Where the last character before `at` that is no space ends."""
    while at and masked[at - 1] == " ":
        at -= 1
    return at


def _after_closers(text: str, at: int, marks: _Marks) -> int:
    """Where what closes with a sentence ends that stops before `at`; a mark may stand apart ("Oui. »")."""
    end = at
    while at < len(text):
        char = text[at]
        if at in marks.closing or (end == at and (char in _BIDI or char in _STOPS)):
            end = at + 1
        elif not char.isspace() and char not in _BIDI:
            break
        at += 1
    return end


@dataclass(frozen=True)
class _Candidate:
    """A place where a sentence that begins at `start` may end: its stop ends at `stop`, marks that close at `end`."""

    text: str
    marks: _Marks
    start: int
    stop: int
    end: int

    def ends_a_sentence(self) -> bool:
        """Whether none of the reasons against it holds."""
        return not (
            self._continues_in_lower_case()
            or self._is_list_marker()
            or self._is_abbreviation()
            or self._is_within_an_address()
            or self._is_within_marks()
            or self._is_attributed()
        )

    @property
    def _next(self) -> int:
        """Where the next sentence's first character other than white space stands."""
        at = self.end
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return at

    def _continues_in_lower_case(self) -> bool:
        at = self._next
        while at < len(self.text) and (at in self.marks.all or self.text[at] in _BIDI):
            at += 1
        return self.text[at : at + 1].islower()

    def _is_list_marker(self) -> bool:
        start = self.text[self.start : self.stop] if self.stop - self.start < 12 else ""
        return bool(_LIST_MARKER.fullmatch(start.lstrip(" ([\"'“«")))

    def _is_abbreviation(self) -> bool:
        """An abbreviation that sentencex does not know: of one Arabic letter, a title, one before a number."""
        head = self.text[max(self.start, self.stop - 40) : self.stop]
        if not head.endswith(".") or head.endswith(".."):
            return False
        *before, word = head[:-1].split() or [""]
        if word in _TITLES or (word in ("a.m", "p.m") and _AFTER_CLOCK.match(self.text, self._next)):
            return True
        if word.casefold() in _BEFORE_NUMBER and self.text[self._next : self._next + 1].isdigit():
            return True
        letters = _ARABIC_WORD.search(word)
        if not letters or len(letters[0]) > 1 or (letters.start() and word[letters.start() - 1].isdigit()):
            return False
        previous = before[-1] if before and len(word) == 1 else ""
        spelt = len(previous) == 1 and previous.isalpha()
        return not (previous[-1:].isdigit() or spelt or previous in _LETTERED)

    def _is_within_an_address(self) -> bool:
        """A stop without white space after it ends a sentence only between two plain words ("…left.The others")."""
        if self.end == len(self.text) or self.text[self.end].isspace() or self.text[self.stop - 1] not in ".!?؟…":
            return False
        # Words are short: what is longer than this on either side is none.
        left = self.text[max(self.start, self.stop - 60) : self.stop].rsplit(maxsplit=1)[-1].rstrip("".join(_STOPS))
        right = self.text[self.end : self.end + 60]
        if _ADDRESS.search(left) or _ADDRESS.search((right.split(maxsplit=1) or [""])[0]):
            return True
        return not (_WORD_END.search(left) and _WORD_START.match(right))

    def _is_within_marks(self) -> bool:
        if next(_around(self.marks.asides, self.end), None):
            return True
        for quotation in _around(self.marks.quotations, self.end):
            within = _has_word(self.text, max(self.start, quotation.start - _SHORT), quotation.start)
            if within and (len(quotation) <= _SHORT or self._goes_on_after(quotation.end)):
                return True
        return False

    def _goes_on_after(self, at: int) -> bool:
        """Whether a sentence goes on after a quotation that ends at `at`."""
        following = self.text[at : at + 3].lstrip()[:1]
        if following.isalpha() and not following.isupper() and not following.islower():
            return self.text[at - 2] not in _STOPS
        return following.islower() or (following != "" and following in ",;:–—،؛")

    def _is_attributed(self) -> bool:
        """Whether the quotation that ends here is followed by who said it."""
        if self.end == self.stop:
            return False
        if self.text[self.stop - 1] in "?!؟" and _ATTRIBUTION.match(self.text, self._next):
            return True
        return bool(_ARABIC_ATTRIBUTION.match(self.text, self._next))


def _around(pairs: Sequence[Span], at: int) -> Iterator[Span]:
    """The pairs, sorted and none longer than _LONG, that `at` falls within."""
    earliest = max(0, at - _LONG)
    first = bisect_left(pairs, Span(earliest, earliest))
    for index in range(first, len(pairs)):
        if pairs[index].start >= at:
            return
        if at < pairs[index].end:
            yield pairs[index]


def _has_word(text: str, start: int, end: int) -> bool:
    return any(text[at].isalnum() for at in range(start, end))


def _stripped(text: str, start: int, end: int) -> Span:
    """[start, end) without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _cuts(sentence: str) -> tuple[list[int], ...]:
    """Where a sentence may be cut, ascending, in the order of preference."""
    clauses = [[match.end() for match in pattern.finditer(sentence)] for pattern in _CLAUSES]
    return (*clauses, [match.start() for match in re.finditer(r"\s", sentence)])


def _best_cut(sentence: str, span: Span, cuts: Sequence[Sequence[int]]) -> int:
    """Where to cut a span of at least two characters, neither end of it white space; always within it."""
    middle = (span.start + span.end) // 2
    quarter = len(span) // 4
    for rank, places in enumerate(cuts):
        last = rank == len(cuts) - 1
        low, high = (span.start, span.end) if last else (span.start + quarter, span.end - quarter)
        index = bisect_left(places, middle)
        near = [at for at in places[max(0, index - 1) : index + 1] if low <= at <= high and span.start < at < span.end]
        if near:
            return min(near, key=lambda at: abs(at - middle))
    cut = max(middle, span.start + 1)
    # Not between a letter and its vowel signs; what has more than a few of them is no word.
    for at in range(cut, min(cut + 8, span.end)):
        if not unicodedata.combining(sentence[at]) and "\u200d" not in sentence[at - 1 : at + 1]:
            return at
    return cut
