"""What a memory holds: translations, and where each is from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from translate.document import ModelUse, Translation

Pair = tuple[str, str]
"""Source and target language, as `languages.normalise` writes them."""

PIPELINE = 2
"""Goes up when the same model with the same settings may give another translation of the same sentence than before:
after a change of how sentences are protected, split, recased, tried again or aligned. What was remembered under another
number is then not used any more. `tests/test_memory_remembered.py` notices most such changes."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Origin:
    """Where a translation that nobody approved is from: models at work, or a file that was read in.

    `name` is for readers: the models' names, or the file's. `details` (canonical JSON) is everything that decides what
    the models say; it is empty for a file.
    """

    name: str
    details: str = ""

    @property
    def machine(self) -> bool:
        """Whether models made it here, so that it may stand in for their work."""
        return bool(self.details)


def origin(uses: Sequence[ModelUse], decoding: Mapping[str, object]) -> Origin:
    """The origin of what these models say with these settings of the search."""
    models = [
        {
            "name": use.name,
            "hub_id": use.hub_id,
            "revision": use.revision,
            "engine": use.engine,
            "settings": dict(use.settings),
        }
        for use in uses
    ]
    details = {"models": models, "decoding": dict(decoding), "pipeline": PIPELINE}
    return Origin(" + ".join(use.name for use in uses), json.dumps(details, sort_keys=True, default=str))


@dataclass(frozen=True)
class Entry:
    """One translation of one text. Without an origin a person approved it: it belongs to no model.

    `variant` says what was protected in the text while it was translated ("" for nothing). `name` and `author` are what
    TMX calls tuid and creationid. `created`, `changed` (0: never, as `created`) and `used` (0: never) are seconds since
    1970, UTC; `hits` is how often it stood in for a model's work.
    """

    source: str
    translation: Translation
    pair: Pair
    origin: Origin | None = None
    variant: str = ""
    name: str = ""
    author: str = ""
    created: int = 0
    changed: int = 0
    used: int = 0
    hits: int = 0

    def __post_init__(self) -> None:
        if _NOT_XML.search(self.name + self.author):
            raise ValueError("an entry's name and author hold only characters that XML can hold")
        if self.approved and self.variant:
            raise ValueError("an approved entry serves every variant and has none of its own")

    @property
    def approved(self) -> bool:
        """Whether a person approved it: then it wins over every model's translation."""
        return self.origin is None

    @property
    def target(self) -> str:
        """The translated text."""
        return self.translation.text


@dataclass(frozen=True)
class Match:
    """A remembered entry whose source is like a text that was asked for: `score` is 0 to 100, 100 for the same text."""

    entry: Entry
    score: float


@dataclass(frozen=True)
class Asked:
    """A text as the model is to see it; `variant` says what is protected in it, `written` is how its document has it.

    The two differ for a headline in capitals, which models read in small letters.
    """

    text: str
    variant: str = ""
    written: str = field(default="")

    @property
    def as_written(self) -> str:
        """The text as its document has it."""
        return self.written or self.text


def storable(*texts: str) -> bool:
    """Whether the texts can be written as UTF-8: half a surrogate pair cannot, and is not remembered."""
    return not any(_SURROGATE.search(text) for text in texts)
