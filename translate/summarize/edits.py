"""Changes a sentence's words at given places, and keeps a record of what was changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from translate.document import Span
from translate.summarize.summary import Edit

_SPACES = re.compile(r"  +")
_STRAY = re.compile(r"\s+(?=[,.;:!?،؛؟](?:\s|$))")


@dataclass(frozen=True)
class Replacement:
    """Words for a part of a sentence; `edit` says so to the reader, None where nothing needs saying (a capital)."""

    span: Span
    text: str
    edit: Edit | None = None


def apply(text: str, changes: Iterable[Replacement]) -> tuple[str, tuple[Edit, ...]]:
    """`text` with the changes made, and their record, in order of place.

    Of changes that overlap only the first given is made, so that the more important ones come first. Changes at one
    place are made in the order given. Spaces that a change left double, or before a mark, go.
    """
    made: list[tuple[int, Replacement]] = []
    for order, change in enumerate(changes):
        if not any(change.span.overlaps(other.span) for _, other in made):
            made.append((order, change))
    made.sort(key=lambda one: (one[1].span, one[0]))
    for _, change in reversed(made):
        text = text[: change.span.start] + change.text + text[change.span.end :]
    if made:
        text = _STRAY.sub("", _SPACES.sub(" ", text)).strip()
    return text, tuple(change.edit for _, change in made if change.edit is not None)
