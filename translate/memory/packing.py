"""Writes what a Translation holds beyond its text, so that a remembered one equals the one that was made."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Sequence
from itertools import chain
from typing import Any

from translate.document import Alignment, Issue, Severity, Span, Translation

# Below this many bytes zlib gains nothing.
_SHORT = 200
# What a translation unpacks to at most, in bytes: a thousand times what a long sentence needs.
_MOST = 64_000_000


def described(translation: Translation) -> dict[str, Any]:
    """All but the text, as JSON can hold it; what is empty is left out."""
    parts: dict[str, Any] = {}
    if translation.source_pieces:
        parts["source"] = list(translation.source_pieces)
    if translation.target_pieces:
        parts["target"] = list(translation.target_pieces)
    if translation.log_probs:
        parts["scores"] = _numbers(translation.log_probs)
    if translation.score is not None:
        parts["score"] = _numbers((translation.score,))
    if translation.alignment is not None:
        alignment = translation.alignment
        parts["alignment"] = [
            _flat(alignment.source_words),
            _flat(alignment.target_words),
            list(chain.from_iterable(alignment.links)),
        ]
    if translation.issues:
        parts["issues"] = [_issue(issue) for issue in translation.issues]
    return parts


def restored(source: str, text: str, parts: dict[str, Any]) -> Translation:
    """The translation `text` of `source` with what `described` wrote of it. Raises ValueError where that is damaged."""
    try:
        alignment = None
        if "alignment" in parts:
            words = [_spans(parts["alignment"][0], source), _spans(parts["alignment"][1], text)]
            alignment = Alignment(words[0], words[1], _pairs(parts["alignment"][2]))
        return Translation(
            text,
            _strings(parts.get("source", ())),
            _strings(parts.get("target", ())),
            _read_numbers(parts["scores"]) if "scores" in parts else (),
            alignment,
            tuple(_read_issue(issue, source, text) for issue in parts.get("issues", ())),
            score=_read_numbers(parts["score"])[0] if "score" in parts else None,
        )
    except (TypeError, KeyError, IndexError, AttributeError, struct.error) as exc:
        raise ValueError(f"a remembered translation is damaged: {exc}") from exc


def packed(translation: Translation) -> bytes | None:
    """All but the text, in few bytes; None where there is nothing more."""
    parts = described(translation)
    if not parts:
        return None
    plain = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return plain if len(plain) < _SHORT else zlib.compress(plain)


def unpacked(source: str, text: str, rest: bytes | None) -> Translation:
    """The translation `text` of `source` with what `packed` wrote of it. Raises ValueError where that is damaged."""
    if rest is None:
        return Translation(text)
    try:
        plain = rest if rest.startswith(b"{") else zlib.decompressobj().decompress(rest, _MOST)
        parts = json.loads(plain.decode("utf-8", "surrogatepass"))
    except zlib.error as exc:
        raise ValueError(f"a remembered translation is damaged: {exc}") from exc
    return restored(source, text, parts)


def _numbers(values: Sequence[float]) -> str:
    """Little-endian floats in base64: half as long as digits. Engines give single precision, mostly."""
    try:
        single = struct.pack(f"<{len(values)}f", *values)
    except OverflowError:
        single = b""
    if single and struct.unpack(f"<{len(values)}f", single) == tuple(values):
        return "f" + base64.b64encode(single).decode()
    return "d" + base64.b64encode(struct.pack(f"<{len(values)}d", *values)).decode()


def _read_numbers(text: str) -> tuple[float, ...]:
    data = base64.b64decode(text[1:], validate=True)
    size = {"f": 4, "d": 8}[text[:1]]
    return struct.unpack(f"<{len(data) // size}{text[0]}", data)


def _flat(spans: Sequence[Span]) -> list[int]:
    """Starts and lengths in turn."""
    return [number for span in spans for number in (span.start, len(span))]


def _spans(flat: Sequence[int], text: str) -> tuple[Span, ...]:
    return tuple(_inside(Span(start, start + length), text) for start, length in _pairs(flat))


def _inside(span: Span, text: str) -> Span:
    if span.end > len(text):
        raise ValueError(f"a remembered span ends at {span.end}, beyond its text of {len(text)} code points")
    return span


def _pairs(flat: Sequence[int]) -> tuple[tuple[int, int], ...]:
    if len(flat) % 2 or not all(type(number) is int for number in flat):
        raise ValueError("a remembered alignment is damaged")
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def _strings(values: Sequence[Any]) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise TypeError("a piece is no text")
    return tuple(values)


def _issue(issue: Issue) -> list[Any]:
    spans = [None if span is None else [span.start, len(span)] for span in (issue.source, issue.target)]
    return [issue.code, issue.severity.value, issue.message, issue.message_ar, *spans]


def _read_issue(parts: Sequence[Any], source: str, target: str) -> Issue:
    code, severity, message, message_ar, *places = parts
    spans = [
        None if place is None else _inside(Span(place[0], sum(place)), text)
        for place, text in zip(places, (source, target), strict=True)
    ]
    _strings((code, message, message_ar))
    return Issue(code, Severity(severity), message, message_ar, spans[0], spans[1])
