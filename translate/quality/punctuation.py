"""Punctuation: the end mark, brackets, Latin marks in Arabic, doubled marks, and spaces before marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate.document import Span
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair
from translate.quality.phrases import run_together

_CLASSES = {
    **dict.fromkeys(".۔", "."),
    **dict.fromkeys("?؟", "?"),
    "!": "!",
    "…": "…",
    ":": ":",
    **dict.fromkeys(";؛", ";"),
    **dict.fromkeys(",،", ","),
}
_BEHIND_END = " \t\u00a0\u200f\u200e\"“”„«»‹›'‘’)]}"
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_ARABIC = "\u0621-\u064a\u064b-\u0652\u0670-\u06d3"
_LATIN_MARK = re.compile(rf"(?<=[{_ARABIC}])[,;?](?=\s*(?:[{_ARABIC}]|$))")
_DOUBLED = re.compile(r"([,;:،؛])\s?\1|[؟?]\s[؟?]|[،؛]\s?[.۔]|[.۔]\s?[،؛]|(?<![.…])\.\s\.(?!\s?\.)")
_SPACE = re.compile(r"(?<=\w)\s+[،؛؟,;?!.](?=\s|$)")


def find(pair: Pair, _limits: Limits) -> Iterator[Finding]:
    """What punctuation the target lacks or has wrong; what the source has wrong in the same way is left alone."""
    yield from _ends(pair)
    yield from _brackets(pair)
    if pair.target_language == "ar":
        match = _LATIN_MARK.search(pair.target)
        if match:
            yield Finding("arabic", target=Span(*match.span()), values={"mark": match[0]})
    joined = run_together(pair.target)
    if joined is not None:
        yield Finding("joined", target=joined, values={"words": joined.of(pair.target)})
    for kind, pattern in (("doubled", _DOUBLED), ("space", _SPACE)):
        match = pattern.search(pair.target)
        if match and not pattern.search(pair.source):
            yield Finding(kind, target=Span(*match.span()), values={"marks": match[0].strip()})


def _ends(pair: Pair) -> Iterator[Finding]:
    source, target = _end(pair.source), _end(pair.target)
    if source == target:
        return
    kind = "question" if "?" in (source, target) else "end"
    yield Finding(
        kind, _last(pair.source), _last(pair.target), values={"source": source or "–", "target": target or "–"}
    )


def _end(text: str) -> str:
    """The class of the mark that ends `text`, behind which quotes and brackets may close; "" for none."""
    bare = text.rstrip(_BEHIND_END)
    if bare.endswith("..."):
        return "…"
    return _CLASSES.get(bare[-1:], "")


def _last(text: str) -> Span | None:
    end = len(text.rstrip())
    return Span(end - 1, end) if end else None


def _brackets(pair: Pair) -> Iterator[Finding]:
    source, target = _unmatched(pair.source), _unmatched(pair.target)
    if target and not source:
        yield Finding("unbalanced", target=target[0], values={"mark": target[0].of(pair.target)})
        return
    here, there = _opened(pair.source), _opened(pair.target)
    lost = here - there
    if lost:
        mark = next(iter(lost))
        yield Finding("brackets", source=_first(pair.source, mark), values={"mark": mark + _BRACKETS[mark]})


def _opened(text: str) -> Counter[str]:
    return Counter({mark: text.count(mark) for mark in _BRACKETS if mark in text})


def _first(text: str, mark: str) -> Span:
    at = text.index(mark)
    return Span(at, at + 1)


def _unmatched(text: str) -> list[Span]:
    """Brackets without a partner; ")" after a number or letter at the start of an item ("1) …") has none."""
    opened: list[tuple[str, Span]] = []
    lonely: list[Span] = []
    if not any(mark in text for mark in "()[]{}"):
        return lonely
    for at, char in enumerate(text):
        if char in _BRACKETS:
            opened.append((_BRACKETS[char], Span(at, at + 1)))
        elif char in ")]}":
            if opened and opened[-1][0] == char:
                opened.pop()
            elif not (char == ")" and at <= 3):
                lonely.append(Span(at, at + 1))
    return sorted(lonely + [span for _, span in opened])


CHECK = Check(
    "punctuation",
    find,
    {
        "end": Message(
            "The source ends with “{source}” and the translation with “{target}”.",
            "ينتهي الأصل بـ«{source}» والترجمة بـ«{target}».",
        ),
        "question": Message(
            "Only one of source and translation ends as a question (“{source}”, “{target}”).",
            "أحد النصين وحده سؤال: ينتهي الأصل بـ«{source}» والترجمة بـ«{target}».",
        ),
        "brackets": Message(
            "The source has more brackets {mark} than the translation.",
            "في الأصل أقواس {mark} أكثر مما في الترجمة.",
        ),
        "unbalanced": Message(
            "The bracket {mark} in the translation has no partner.",
            "القوس {mark} في الترجمة بلا نظير.",
        ),
        "arabic": Message(
            "The Latin mark {mark} stands between Arabic words.",
            "بين كلمات عربية علامة ترقيم لاتينية {mark}.",
        ),
        "joined": Message(
            "“{words}” lacks the spaces between its words.",
            "كلمات «{words}» ملتصقة بلا فراغات.",
        ),
        "doubled": Message(
            "The marks “{marks}” stand together.",
            "تتابعت العلامات «{marks}».",
        ),
        "space": Message(
            "There is a space before “{marks}”.",
            "قبل علامة «{marks}» فراغ زائد.",
        ),
    },
)
