"""Packs a batch: translations in their files' own forms, a report for each and one over all, under safe names."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from translate import api
from translate.document import Document, Kind
from translate.render import batch_data, batch_page, translated_page
from translate.render.batch_data import Outcome
from translate.serving import uploads
from translate.serving.limits import Limits

# The endings that a file of some kind may have, its usual one first; one that has another gets the usual one.
_ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    Kind.TEXT: (".txt", ".text"),
    Kind.MARKDOWN: (".md", ".markdown"),
    # Articles are often kept as a fragment of HTML in a text file.
    Kind.FRAGMENT: (".html", ".htm", ".txt"),
    Kind.PAGE: (".html", ".htm", ".xhtml"),
    Kind.DOCX: (".docx",),
}
_WRITTEN: Mapping[Kind, Callable[[api.Result], str | bytes]] = {
    Kind.TEXT: lambda result: result.text,
    Kind.MARKDOWN: lambda result: result.markdown,
    Kind.FRAGMENT: lambda result: result.html,
    Kind.PAGE: lambda result: result.page,
    Kind.DOCX: lambda result: result.docx,
}

# What some file system does not take in a name, and what would show a name as another than it is.
_UNSAFE = re.compile('[\x00-\x1f\x7f-\x9f<>:"/\\\\|?*\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
# File systems take 255 bytes, of which endings and numbers need some; an Arabic letter has two.
_LONGEST = 180


@dataclass(frozen=True)
class Source:
    """A file that was sent: `document` is safe to show and to hand back, `kind` what it was before that."""

    document: Document
    kind: Kind


def read(data: bytes, name: str, limits: Limits) -> Source:
    """A file that was sent, taken apart. Raises TooLarge over the limits, InputError where it cannot be read."""
    document = uploads.uploaded(data, name, limits, safe=False)
    return Source(uploads.harmless(document), document.kind)


def written(result: api.Result, kind: Kind) -> bytes:
    """A translation in the form that its source had before it was made safe."""
    made = _WRITTEN[kind](result)
    return made if isinstance(made, bytes) else made.encode("utf-8", "replace")


def safe(name: str) -> str:
    """A file's name that every file system takes and that says what it seems to say; letters of all scripts stay.

    Folders are cut off. The result is never empty and at most 180 bytes long.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = _UNSAFE.sub("", last).strip(". ")
    stem, ending = PurePath(kept).stem, PurePath(kept).suffix
    room = max(1, _LONGEST - len(ending.encode("utf-8", "ignore")))
    kept = stem.encode("utf-8", "ignore")[:room].decode("utf-8", "ignore") + ending
    kept = kept.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore") or "file"
    return f"_{kept}" if _RESERVED.match(kept) else kept


class Archive:
    """A zip in memory that grows by a file at a time; `pack` ends it."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._names = {"report.html", "report.csv", "report.json", "reports"}

    def add(self, name: str, kind: Kind, result: api.Result, seconds: float) -> Outcome:
        """Put in the translation of the file of that name, and its report; what became of it."""
        document = result.document
        usual = _ENDINGS[kind]
        ending = PurePath(name).suffix.lower()
        stem = f"{PurePath(safe(name)).stem}.{document.target_language}"
        translation = self._free(stem, ending if ending in usual else usual[0])
        report = self._free(f"reports/{stem}", ".html")
        page = translated_page.page(document, name).encode("utf-8", "replace")
        self._put({translation: written(result, kind), report: page})
        return Outcome(
            name,
            translation,
            report,
            (document.source_language, document.target_language),
            document.models,
            sum(1 for _ in document.sentences),
            batch_data.flaws(document),
            seconds,
        )

    def pack(self, outcomes: Sequence[Outcome]) -> bytes:
        """The zip with the reports over all files. Nothing may be added to it any more."""
        reports = {
            "report.html": batch_page.page(outcomes),
            "report.csv": "\ufeff" + "".join(batch_data.as_csv(outcomes)),
            "report.json": batch_data.as_json(outcomes),
        }
        self._put({name: text.encode("utf-8", "replace") for name, text in reports.items()})
        return self._bytes.getvalue()

    def _put(self, files: Mapping[str, bytes]) -> None:
        """Each time the zip is whole again, so that it may be let go at any moment."""
        with zipfile.ZipFile(self._bytes, "a", zipfile.ZIP_DEFLATED) as packed:
            for path, data in files.items():
                packed.writestr(path, data)

    def _free(self, stem: str, ending: str) -> str:
        """A path that nothing in the zip has, whatever the case of its letters."""
        number = 1
        path = f"{stem}{ending}"
        while path.casefold() in self._names:
            number += 1
            path = f"{stem} ({number}){ending}"
        self._names.add(path.casefold())
        return path
