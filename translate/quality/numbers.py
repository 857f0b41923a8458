"""Numbers: every quantity of one side, whatever script or words it is written in, must stand on the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from translate.quality import numbers_ar, numbers_en
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair
from translate.quality.values import Amount, Kind, Value, likeness

_READERS: Mapping[str, Callable[[str], tuple[Value, ...]]] = {"en": numbers_en.read, "ar": numbers_ar.read}

# Words that are worth these may mean something else: "ستون" is also Stone, "ألف" he wrote, "a hundred percent" wholly.
_DOUBTFUL = frozenset((60, *(10**power for power in (2, 3, 6, 9, 12))))
# What follows a "2" that counts something, so that a dual may stand for it: not "2-3 km", "7-2", "2%".
_COUNTS = re.compile(r"[ \u00a0-](?!per|%|to\b|and\b|or\b|by\b|x\b)[A-Za-z]")
_WITHIN = re.compile(r"[\w.,:/-]")
# How far apart, as a share of the sentence, a number may be from a word that need not mean one ("first", a dual): the
# true ones are within 0.25 in FLORES-101 dev and TICO-19. In characters for short sentences.
_NEAR_SHARE = 0.3
_NEAR_CHARACTERS = 15


# An engine that keeps numbers reads a window's sentences, and the check reads them again; two windows are at work.
@lru_cache(maxsize=4096)
def values(text: str, language: str) -> tuple[Value, ...]:
    """The numbers of a sentence in `language` ("en" or "ar"), in order and disjoint; none for any other language."""
    reader = _READERS.get(language)
    return reader(text) if reader is not None else ()


def find(pair: Pair, _limits: Limits) -> Iterator[Finding]:
    """Report each number of one side that the other side lacks; two that lack one another have changed."""
    if pair.source_language not in _READERS or pair.target_language not in _READERS:
        return
    sources, targets = values(pair.source, pair.source_language), values(pair.target, pair.target_language)
    if not sources and not targets:
        return
    lost, new = unmatched(sources, targets, pair)
    changes = _changes(lost, new, (len(pair.source), len(pair.target)))
    for source, target in changes:
        yield Finding("changed", source.span, target.span, _words(pair, source, target))
    for source in lost:
        if not source.weak and not any(source is other for other, _ in changes):
            kind = "missing" if _is_sure(source, sources) else "maybe_missing"
            yield Finding(kind, source.span, None, _words(pair, source, None))
    for target in new:
        # A dual may name what was listed or known before: that it says "two" is not enough to blame it.
        if not target.weak and target.kind is not Kind.DUAL and not any(target is other for _, other in changes):
            kind = "extra" if _is_sure(target, targets) else "maybe_extra"
            yield Finding(kind, None, target.span, _words(pair, None, target))


def unmatched(sources: Sequence[Value], targets: Sequence[Value], pair: Pair) -> tuple[list[Value], list[Value]]:
    """The values of either side that have no counterpart and should have one.

    Ordinals that may come and go ("first") are among them, marked as weak, where one goes and another comes.
    """
    lengths = len(pair.source), len(pair.target)
    left, right = _pair_off(sources, targets, lengths)
    if any(value.parts for value in (*left, *right)) and not all(value.weak for value in (*left, *right)):
        left, right = _pair_off_parts(left, right, lengths)
    left, right = [v for v in left if _may_be_blamed(v)], [v for v in right if _may_be_blamed(v)]
    if pair.target_language == "ar":
        left = _without_duals(left, pair.source, pair.target)
    elif pair.source_language == "ar":
        right = _without_duals(right, pair.target, pair.source)
    return left, right


def _may_be_blamed(value: Value) -> bool:
    return not value.weak or value.kind is Kind.ORDINAL


def _pair_off(
    sources: Sequence[Value], targets: Sequence[Value], lengths: tuple[int, int]
) -> tuple[list[Value], list[Value]]:
    """What remains of both sides once the most alike have been paired, one with one."""
    places: dict[Amount, list[int]] = defaultdict(list)
    for j, target in enumerate(targets):
        for key in target.keys:
            places[key].append(j)
    candidates = sorted(
        (-score, source.weak + target.weak, source.digits is not target.digits, away, i, j)
        for i, source in enumerate(sources)
        for j in {j for key in source.keys for j in places.get(key, ())}
        if (score := likeness(source, target := targets[j]))
        and ((away := _distance(source, target, lengths)) <= _reach(lengths) or not _is_loose(source, target))
    )
    left, right = set(range(len(sources))), set(range(len(targets)))
    for *_, i, j in candidates:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
    return [sources[i] for i in sorted(left)], [targets[j] for j in sorted(right)]


def _is_loose(source: Value, target: Value) -> bool:
    """Whether one of the two is a small number that may come and go, so that it pairs only with what is near."""
    return source.weak is not target.weak and source.amount <= 2


def _distance(source: Value, target: Value, lengths: tuple[int, int]) -> float:
    """How far apart two places are, as a share of their sentences."""
    return abs(source.span.start / lengths[0] - target.span.start / lengths[1])


def _reach(lengths: tuple[int, int]) -> float:
    """The distance within which two numbers are at about the same point of their sentences."""
    return max(_NEAR_SHARE, _NEAR_CHARACTERS / max(1, min(lengths)))


def _pair_off_parts(
    left: Sequence[Value], right: Sequence[Value], lengths: tuple[int, int]
) -> tuple[list[Value], list[Value]]:
    """The same for what is made of parts, each by itself; what has no part on the other side stays whole."""
    parts = [part for value in left for part in _parts(value)], [part for value in right for part in _parts(value)]
    rest = _pair_off(*parts, lengths)
    return _rejoined(left, rest[0]), _rejoined(right, rest[1])


def _parts(value: Value) -> tuple[Value, ...]:
    return value.parts or (value,)


def _rejoined(wholes: Sequence[Value], rest: Sequence[Value]) -> list[Value]:
    joined: list[Value] = []
    for value in wholes:
        unpaired = [part for part in _parts(value) if any(part is other for other in rest)]
        # 10:45 for 10:30 is another time, not another number of minutes.
        is_whole = len(unpaired) == len(_parts(value)) or (unpaired and value.kind is Kind.TIME)
        joined += [value] if is_whole else unpaired
    return joined


def _without_duals(values: list[Value], english: str, arabic: str) -> list[Value]:
    """The values without each "two" that counts something and has a word near its place that may be a dual."""
    if not any(value.amount == 2 for value in values):
        return values
    duals = [start / len(arabic) for start in numbers_ar.may_be_duals(arabic)]
    reach = _reach((len(english), len(arabic)))
    kept = []
    for value in values:
        place = value.span.start / len(english)
        dual = min(duals, key=lambda start: abs(start - place), default=None)
        if value.amount == 2 and dual is not None and abs(dual - place) <= reach and _counts(value, english):
            duals.remove(dual)
        else:
            kept.append(value)
    return kept


def _counts(value: Value, text: str) -> bool:
    """Whether a two may count a noun."""
    if value.kind is Kind.ORDINAL:
        return False
    before = text[value.span.start - 1 : value.span.start]
    if value.digits:
        return _COUNTS.match(text, value.span.end) is not None and _WITHIN.match(before) is None
    return not text[value.span.end : value.span.end + 5].lstrip().startswith("per")


def _changes(lost: Sequence[Value], new: Sequence[Value], lengths: tuple[int, int]) -> list[tuple[Value, Value]]:
    """Which lost number became which new one: digits rather digits, and what is near its place."""
    candidates = sorted(
        (source.digits is not target.digits, _distance(source, target, lengths), i, j)
        for i, source in enumerate(lost)
        for j, target in enumerate(new)
        if source.weak is target.weak
        and ((source.digits and target.digits) or _distance(source, target, lengths) <= _reach(lengths))
    )
    changes: dict[int, int] = {}
    for _, _, i, j in candidates:
        if i not in changes and j not in changes.values():
            changes[i] = j
    return [(lost[i], new[j]) for i, j in sorted(changes.items())]


def _is_sure(value: Value, all_values: Sequence[Value]) -> bool:
    """Whether a number without counterpart is an error for certain.

    Small numbers in words may be said by another word ("trio"), a bare "ألف" may be "wrote" and "ستون" a Mr Stone, and
    what is said twice need not be.
    """
    if sum(value.amount == other.amount for other in all_values) > 1:
        return False
    if value.digits:
        return True
    return value.amount > 12 and value.kind is not Kind.VAGUE and value.amount not in _DOUBTFUL


def _words(pair: Pair, source: Value | None, target: Value | None) -> dict[str, str]:
    """What stands in the message for either number."""
    words = {"source": source.span.of(pair.source)} if source is not None else {}
    return words | ({"target": target.span.of(pair.target)} if target is not None else {})


CHECK = Check(
    "numbers",
    find,
    {
        "missing": Message(
            "The number “{source}” is not in the translation.",
            "العدد «{source}» غير موجود في الترجمة.",
        ),
        "extra": Message(
            "The number “{target}” is not in the source.",
            "العدد «{target}» غير موجود في الأصل.",
        ),
        "maybe_missing": Message(
            "The number “{source}” may be missing from the translation.",
            "قد يكون العدد «{source}» ناقصا في الترجمة.",
        ),
        "maybe_extra": Message(
            "The number “{target}” may not be in the source.",
            "قد لا يكون العدد «{target}» موجودا في الأصل.",
        ),
        "changed": Message(
            "The number “{source}” became “{target}”.",
            "تغيّر العدد «{source}» إلى «{target}».",
        ),
    },
)
