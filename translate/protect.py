"""What no model may touch: finds it, hides it behind placeholders that models copy, and puts it back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from translate.document import Inline, Span

Form = Literal["raw", "letters", "number"]
FORMS: tuple[Form, ...] = ("raw", "letters", "number")
"""The forms of placeholders in the order in which to try them; where all fail, `pieces` cannot.

"raw" leaves a short address as it is; "letters" is a capitalised token without vowels; "number" a four-digit number,
which may come back in Arabic digits. Copied by our Gemma adapter (English to Arabic, back; 10 short sentences for raw,
6 for the rest): raw 0 and 8, letters 4 and 5, number 5 and 5. Published systems copy Latin words in Arabic text to 93%
and more, and four-digit numbers that are not round nearly always (FLORES-101 dev). Numbers still come last: they
invite a noun ("According to 7301" became "According to 7301 reported cases").
"""

# Every pattern starts where a run of its characters starts (look-behind), and no two parts of it that may repeat can
# match the same characters, so that a long row of any character costs linear time.
_PATH = r"[^\s<>\"“”«»،؛]"
_URL = re.compile(rf"(?<![A-Za-z0-9_@])(?:(?:https?|ftp)://|www\.(?=[\w-])){_PATH}+", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}(?![A-Za-z0-9_-])")
_DOMAIN = re.compile(
    rf"(?<![A-Za-z0-9_.@/-])(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+([A-Za-z]{{2,24}})(?![A-Za-z0-9_@-])(/{_PATH}*)?"
)
_HANDLE = re.compile(r"(?<![A-Za-z0-9_@./+-])@[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*(?:@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)?")
_HASHTAG = re.compile(r"(?<![A-Za-z0-9_#&/])#\w+")
_CODE = re.compile(r"(?<![A-Za-z0-9_-])[A-Z]{2,10}(?:-[0-9]{2,8}){2,4}(?![A-Za-z0-9_-])")

# Top-level domains that are taken for such even in a bare "example.org"; those that are also words ("it", "so", "is")
# are not among them, since a missing space after a full stop is more frequent than an address without its "www".
_TOP_LEVEL = frozenset(
    "com org net edu gov mil int info biz news app dev io tv co eu uk us ca au de fr es ch nl se fi dk pl pt gr cz ru"
    " ua cn jp kr ae bh dz eg iq jo kw lb ly ma mr om ps qa sa sd sy tn ye il ir tr pk".split()
)
_FILE_ENDINGS = frozenset(
    "pdf doc docx xls xlsx ppt pptx odt csv tsv txt rtf zip tar gz jpg jpeg png gif svg webp mp3 mp4 wav mov avi html"
    " htm xml json yaml php exe apk".split()
)
_TRAILING = frozenset(".,;:!?'\"’”»…؟،؛*_~")
_CLOSERS = {")": "(", "]": "[", "}": "{"}

_SHORT_ENOUGH = 30
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def find(text: str, inlines: Iterable[Inline] = (), terms: Iterable[Span] = ()) -> tuple[Span, ...]:
    """What must reach the target unchanged, in order and disjoint: addresses, handles, codes, protected inlines, terms.

    Found are URLs with or without a scheme, e-mail addresses, bare domains and file names with a known ending,
    @handles, codes such as CVE-2024-1234, and hashtags that are no plain word (#COP28, #StopTheWar, #أوقفوا_الحرب):
    #Syria is left to the model, for the reader. Punctuation that trails an address is not part of it, nor is a bracket
    that it does not open. `terms` are places of a glossary's do-not-translate terms. Takes time linear in the text.
    """
    spans = [*terms, *(inline.span for inline in inlines if inline.protected and inline.span)]
    spans += [Span(match.start(), end) for match in _URL.finditer(text) if (end := _address_end(match))]
    spans += [Span(*match.span()) for match in _EMAIL.finditer(text)]
    spans += [Span(match.start(), _address_end(match)) for match in _DOMAIN.finditer(text) if _is_domain(match)]
    spans += [Span(*match.span()) for match in _HANDLE.finditer(text) if any(c.isalpha() for c in match[0])]
    spans += [Span(*match.span()) for match in _HASHTAG.finditer(text) if _is_coined(match[0][1:])]
    spans += [Span(*match.span()) for match in _CODE.finditer(text)]
    return _union(spans)


@dataclass(frozen=True)
class Substitution:
    """Two texts, one the other with some spans replaced: `before` and `after` hold those spans, in the same order."""

    before: tuple[Span, ...]
    after: tuple[Span, ...]

    def forward(self, span: Span) -> Span:
        """The span of the text after that stands for a span of the text before; a replaced span is taken whole."""
        return _carried(span, self.before, self.after)

    def back(self, span: Span) -> Span:
        """The span of the text before that a span of the text after stands for; a replaced span is taken whole."""
        return _carried(span, self.after, self.before)


@dataclass(frozen=True)
class Masked:
    """A text with placeholders in place of what is protected; `spans` says where, in the original and in `text`.

    `originals[i]` stands behind `placeholders[i]`, in the order of the text.
    """

    text: str
    placeholders: tuple[str, ...]
    originals: tuple[str, ...]
    spans: Substitution

    def to_original(self, span: Span) -> Span:
        """The span of the original text for one of the masked text; a placeholder is the whole of what it hides."""
        return self.spans.back(span)


@dataclass(frozen=True)
class Unmasked:
    """A target with what was protected put back: `positions[i]` is where `Masked.originals[i]` stands in `text`."""

    text: str
    positions: tuple[Span, ...]
    spans: Substitution

    def from_masked(self, span: Span) -> Span:
        """The span of `text` for one of the masked target; a placeholder becomes the whole of what it hid."""
        return self.spans.forward(span)


def mask(text: str, spans: Sequence[Span], form: Form = FORMS[0]) -> Masked:
    """`text` with a placeholder for each of the spans, in the form asked for; spans that touch are masked as one.

    In the form "raw", what is long, holds white space or could be taken for something else in the text is masked by
    letters. The placeholders differ from one another and from all else in the text, unless they hide the same.
    Raises ValueError where a span reaches beyond the text.
    """
    joined = _union(spans)
    if joined and joined[-1].end > len(text):
        raise ValueError(f"{joined[-1]} reaches beyond a text of {len(text)} code points")
    originals = tuple(span.of(text) for span in joined)
    named = [original if form == "raw" and _is_short_address(original) else None for original in originals]
    for names in _namings(text, len(originals), "number" if form == "number" else "letters"):
        for kept in (named, [None] * len(originals)):
            placeholders = tuple(own or name for own, name in zip(kept, names, strict=True))
            masked = _masked(text, joined, placeholders, originals)
            back = unmask(masked.text, masked)
            if back is not None and back.text == text and back.positions == joined:
                return masked
    raise AssertionError("there is always a name that a finite text does not hold")


def unmask(target: str, masked: Masked) -> Unmasked | None:
    """A translation of `masked.text` with the originals put back; None where a placeholder is lost, doubled, altered.

    A number may come back in Arabic digits. White space and clitics around placeholders stay as the model wrote them.
    """
    found: list[tuple[Span, int]] = []
    digits = target.translate(_DIGITS)
    owned: defaultdict[str, list[int]] = defaultdict(list)
    for index, placeholder in enumerate(masked.placeholders):
        owned[placeholder].append(index)
    for placeholder, owners in owned.items():
        places = list(_occurrences(digits if placeholder.isdigit() else target, placeholder))
        if len(places) != len(owners):
            return None
        for index, place in zip(owners, places, strict=True):
            if _is_altered(target, place, placeholder, masked, index):
                return None
            found.append((place, index))
    found.sort()
    if any(one.overlaps(other) for (one, _), (other, _) in pairwise(found)):
        return None
    text, after = _replaced(target, [place for place, _ in found], [masked.originals[index] for _, index in found])
    positions = {index: place for (_, index), place in zip(found, after, strict=True)}
    spans = Substitution(tuple(place for place, _ in found), after)
    return Unmasked(text, tuple(positions[index] for index in range(len(positions))), spans)


def pieces(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The runs between protected spans that hold a letter or a digit, without white space at their ends, in order.

    Translated by themselves and put back with `join`, they cannot harm what is protected: the last resort.
    """
    edges = [0, *(edge for span in _union(spans) for edge in (span.start, span.end)), len(text)]
    runs = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        run = text[start:end]
        if any(char.isalnum() for char in run):
            begin = start + len(run) - len(run.lstrip())
            runs.append(Span(begin, begin + len(run.strip())))
    return tuple(runs)


def join(text: str, runs: Sequence[Span], targets: Sequence[str]) -> tuple[str, Substitution]:
    """`text` with each of the runs replaced by its target, and where those stand; all else stays as it is.

    Raises ValueError where there are not as many targets as runs.
    """
    if len(runs) != len(targets):
        raise ValueError(f"{len(runs)} runs need as many targets, got {len(targets)}")
    joined, after = _replaced(text, runs, targets)
    return joined, Substitution(tuple(runs), after)


def _address_end(match: re.Match[str]) -> int:
    """Where an address ends, without punctuation that trails it and brackets that it does not open; 0 for none."""
    address = match[0]
    opened = {opener: address.count(opener) for opener in _CLOSERS.values()}
    closed = {closer: address.count(closer) for closer in _CLOSERS}
    end = len(address)
    while end:
        char = address[end - 1]
        if char in _CLOSERS and closed[char] > opened[_CLOSERS[char]]:
            closed[char] -= 1
        elif char in opened:
            opened[char] -= 1
        elif char not in _TRAILING:
            break
        end -= 1
    bare = address[:end].lower()
    host = bare.partition("://")[2] if "://" in bare else bare
    return match.start() + end if any(char.isalnum() for char in host) else 0


def _is_domain(match: re.Match[str]) -> bool:
    """Whether a bare "name.ending" is an address or a file: its ending says so, or a path after it."""
    ending = match[1]
    if ending in _TOP_LEVEL or (ending in _FILE_ENDINGS and not match[2]):
        return True
    return bool(match[2]) and len(match[2]) > 1 and len(ending) == 2 and ending.islower()


def _is_coined(hashtag: str) -> bool:
    """Whether a hashtag names something by its spelling alone: digits, an underscore or a capital within."""
    letters = any(char.isalpha() for char in hashtag)
    return letters and ("_" in hashtag or any(char.isdigit() or char.isupper() for char in hashtag[1:]))


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap as one, without empty ones."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if span):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _is_short_address(original: str) -> bool:
    return (
        len(original) <= _SHORT_ENOUGH
        and original.isascii()
        and any(char in "@#./:-" for char in original)
        and not any(char.isspace() for char in original)
    )


def _namings(text: str, count: int, form: Form) -> Iterator[list[str]]:
    """Lists of `count` names each; no name of a list is part of another or of the text, whatever its case."""
    if form == "number":
        # Numbers that are no years and have no meaning of their own.
        present = text.translate(_DIGITS)
        for first in range(7301, 9000, 7):
            names = [str(first + 10 * index) for index in range(count)]
            if names and len(names[-1]) == 4 and not any(name in present for name in names):
                yield names
    folded = text.upper()
    width = 1
    while len(_LETTERS) ** width < count:
        width += 1
    for stem in _stems():
        if stem not in folded:
            yield [stem + _letters(index, width) for index in range(count)]


def _stems() -> Iterator[str]:
    """Beginnings of names, "QB" and on, ever longer: pairs of letters that hardly a word holds."""
    length = 2
    while True:
        for index in range(len(_LETTERS) ** (length - 1)):
            yield "Q" + _letters(index, length - 1)[::-1]
        length += 1


def _letters(index: int, width: int) -> str:
    """`index` in the digits of _LETTERS."""
    found = ""
    for _ in range(width):
        index, digit = divmod(index, len(_LETTERS))
        found = _LETTERS[digit] + found
    return found


def _masked(text: str, spans: tuple[Span, ...], placeholders: tuple[str, ...], originals: tuple[str, ...]) -> Masked:
    hidden, after = _replaced(text, spans, placeholders)
    return Masked(hidden, placeholders, originals, Substitution(spans, after))


def _replaced(text: str, spans: Sequence[Span], replacements: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """`text` with each span, in order and disjoint, replaced; and where the replacements stand."""
    parts: list[str] = []
    after: list[Span] = []
    at = length = 0
    for span, replacement in zip(spans, replacements, strict=True):
        length += span.start - at
        parts += [text[at : span.start], replacement]
        after.append(Span(length, length + len(replacement)))
        length += len(replacement)
        at = span.end
    return "".join([*parts, text[at:]]), tuple(after)


def _occurrences(text: str, placeholder: str) -> Iterator[Span]:
    at = text.find(placeholder)
    while at >= 0:
        yield Span(at, at + len(placeholder))
        at = text.find(placeholder, at + len(placeholder))


def _is_altered(target: str, place: Span, placeholder: str, masked: Masked, index: int) -> bool:
    """Whether something is glued to a placeholder that was not in the source: QXB came back as QXBs, 7301 as 73012.

    Arabic letters may be: a conjunction, a preposition and the article are written as one word with what follows.
    """
    source = masked.spans.after[index]
    sides = (
        (masked.text[: source.start][-1:], target[: place.start][-1:]),
        (masked.text[source.end :][:1], target[place.end :][:1]),
    )
    address = not placeholder.isalnum()
    return any(_is_glue(now, address) and not _is_glue(then, address) for then, now in sides)


def _is_glue(char: str, address: bool) -> bool:
    char = char.translate(_DIGITS)
    return char.isascii() and (char.isalnum() or char == "_" or (address and char in tuple("/@#=&%~+-")))


def _carried(span: Span, before: Sequence[Span], after: Sequence[Span]) -> Span:
    """`span` in the text in which `after` stand in place of `before`; what it overlaps of these it takes whole."""
    return Span(_carried_edge(span.start, before, after, False), _carried_edge(span.end, before, after, len(span) > 0))


def _carried_edge(edge: int, before: Sequence[Span], after: Sequence[Span], is_end: bool) -> int:
    # The last replaced span that the edge lies behind or in: an end that touches a span's start is outside of it.
    bisect = bisect_left if is_end else bisect_right
    index = bisect(before, edge, key=lambda span: span.start) - 1
    if index < 0:
        return edge
    if edge >= before[index].end:
        return after[index].end + edge - before[index].end
    return after[index].end if is_end else after[index].start
