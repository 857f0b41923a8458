"""Translates news articles between English and Arabic, with their markup, and says what to trust.

>>> import translate
>>> translator = translate.load("en", "ar")
>>> result = translator.translate("<p>The <i>Courier</i> reported 12 arrests.</p>")
>>> result.html, result.text, result.sentences
>>> translate.summarize("<p>Police arrested 12 people, the mayor said.</p>", to=("en", "ar")).text
>>> translate.check("He paid 500 pounds.", "دفع 700 جنيه.", "en", "ar")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate.api import Result, SummaryResult, Translator, load, load_summarizer, summarize
    from translate.checking import check, check_files
    from translate.document import Alignment, Document, Issue, Sentence, Severity, Span, TranslatedSentence, Translation
    from translate.errors import DragomanError
    from translate.pairs import Checked, Unit

    __version__: str

# The public names and where they live. They are imported when first asked for, so that `import translate` and
# `dragoman --help` stay quick.
_HOMES = {
    "check": "translate.checking",
    "check_files": "translate.checking",
    "load": "translate.api",
    "load_summarizer": "translate.api",
    "summarize": "translate.api",
    "Translator": "translate.api",
    "Result": "translate.api",
    "SummaryResult": "translate.api",
    "Alignment": "translate.document",
    "Document": "translate.document",
    "Issue": "translate.document",
    "Sentence": "translate.document",
    "Severity": "translate.document",
    "Span": "translate.document",
    "TranslatedSentence": "translate.document",
    "Translation": "translate.document",
    "DragomanError": "translate.errors",
    "Checked": "translate.pairs",
    "Unit": "translate.pairs",
}

__all__ = [
    "Alignment",
    "Checked",
    "Document",
    "DragomanError",
    "Issue",
    "Result",
    "Sentence",
    "Severity",
    "Span",
    "SummaryResult",
    "TranslatedSentence",
    "Translation",
    "Translator",
    "Unit",
    "__version__",
    "check",
    "check_files",
    "load",
    "load_summarizer",
    "summarize",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("translate.version").VERSION
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
