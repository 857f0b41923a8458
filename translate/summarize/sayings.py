"""What a sentence's words of reporting say of their speaker, in either language."""

from __future__ import annotations

from dataclasses import dataclass

from translate.document import Span
from translate.summarize.types import Gender


@dataclass(frozen=True)
class Saying:
    """That somebody speaks in a sentence: where the verb or phrase stands and where the speaker is named.

    `whole` is the name with what is said of the person beside it. Without a `mention` the speaker is held by the verb
    ("وأضافت"), and `hidden` tells their gender.
    """

    verb: Span
    mention: Span | None
    whole: Span | None = None
    hidden: Gender | None = None
