"""Opens a Word file safely: a ZIP archive within limits, its parts as bytes, and their XML without entities."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from translate.errors import InputError

MAX_PARTS = 5_000
"""Parts of one file; a long report with its pictures has a few hundred."""
MAX_UNPACKED = 256 * 2**20
"""Bytes of all parts together, unpacked."""
MAX_XML = 32 * 2**20
"""Bytes of one part that is parsed; a book's text has about ten million, and a parsed tree takes ten times its text."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# The parts that hold a reader's text, in the order in which they are read.
_TEXTS = tuple(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    for kind in ("document.main", "footnotes", "endnotes", "header", "footer")
)
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SAVE_AS = "save it in Word as a Word Document (.docx)"
_UNSAFE_NAME = re.compile(r"^/|\\|(?:^|/)\.\.(?:/|$)|^[A-Za-z]:|[\x00-\x1f]")


@dataclass(frozen=True)
class Package:
    """A Word file that has passed every check; `name` is the file's, for messages."""

    data: bytes
    name: str
    infos: tuple[zipfile.ZipInfo, ...]

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The content type of each part that has one of its own."""
        return {
            override.get("PartName", "").lstrip("/"): override.get("ContentType", "")
            for override in self.xml(_TYPES)
            if isinstance(override.tag, str) and override.tag.endswith("}Override")
        }

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The names of the parts that hold text: the body first, then notes, headers and footers."""
        named = [name for kind in _TEXTS for name in sorted(self.types) if self.types[name] == kind and name in self]
        return tuple(named) if named and self.types[named[0]] == _MAIN else ("word/document.xml", *named)

    def __contains__(self, part: str) -> bool:
        return any(info.filename == part for info in self.infos)

    def read(self, part: str) -> bytes:
        """A part's bytes. Raises InputError where it is missing or damaged."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return self._read(archive, part)

    def xml(self, part: str) -> etree._Element:
        """A part's root element. Raises InputError where the part is too large or no XML that Word writes."""
        size = max((info.file_size for info in self.infos if info.filename == part), default=0)
        if size > MAX_XML:
            raise InputError(f"{self.name} has {size / 2**20:,.0f} MiB of markup in one part: split it into documents.")
        data = self.read(part)
        # A parser keeps state of what it read, so each part has its own.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as exc:
            raise InputError(f"{self.name} is a damaged Word document ({part} is not well-formed XML).") from exc
        if root.getroottree().docinfo.doctype:
            raise InputError(f"{self.name} declares XML entities in {part}, which no Word document does.")
        return root

    def links(self, part: str) -> Mapping[str, str]:
        """The external addresses that a part's relationships name, by their ids."""
        folder, file = posixpath.split(part)
        relationships = f"{folder}/_rels/{file}.rels"
        if relationships not in self:
            return {}
        return {
            one.get("Id", ""): one.get("Target", "")
            for one in self.xml(relationships)
            if one.get("TargetMode") == "External"
        }

    def replaced(self, changes: Mapping[str, bytes]) -> bytes:
        """The file with the parts in `changes` replaced, and every other part's bytes, names, dates and order kept."""
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for info in self.infos:
                changed = changes.get(info.filename)
                # A copy: writing notes the new sizes and places in it.
                new.writestr(copy(info), self._read(old, info.filename) if changed is None else changed)
        return out.getvalue()

    def _read(self, archive: zipfile.ZipFile, part: str) -> bytes:
        try:
            return archive.read(part)
        except KeyError as exc:
            raise InputError(f"{self.name} is a Word document without its part {part}: save it again in Word.") from exc
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as exc:
            raise InputError(f"{self.name} is a damaged Word document ({part} cannot be unpacked).") from exc


def is_word(data: bytes) -> bool:
    """Whether bytes are a Word file of today's kind, whole or damaged, whatever the file is called."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(re.fullmatch(r"word/document\d*\.xml", name) for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # Without its end an archive has no list of names; those of its parts still stand before each.
        return b"word/document" in data


def open_package(data: bytes, name: str) -> Package:
    """A Word file, checked. Raises InputError, in one sentence, for what is damaged, dangerous or no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = tuple(archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as exc:
        raise InputError(f"{name} seems to be a Word document, but a damaged one: it may have been cut short.") from exc
    if fault := _fault(infos):
        raise InputError(f"{name} {fault}.")
    package = Package(data, name, infos)
    _check_kind(package)
    return package


def _fault(infos: tuple[zipfile.ZipInfo, ...]) -> str | None:
    """What is wrong with an archive, by its list of parts alone; zipfile never unpacks more than that list says."""
    if len(infos) > MAX_PARTS:
        return f"has {len(infos):,} parts, and the limit is {MAX_PARTS:,}: it is no ordinary Word document"
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_UNPACKED:
        return f"would unpack to {unpacked / 2**20:,.0f} MiB, and the limit is {MAX_UNPACKED // 2**20} MiB"
    if any(info.flag_bits & 1 for info in infos):
        return "is encrypted: save it without a password first"
    if any(_UNSAFE_NAME.search(info.filename) for info in infos):
        return "has a part whose name leads out of the file: it is no ordinary Word document"
    if len({info.filename for info in infos}) < len(infos):
        return "has two parts of one name: save it again in Word"
    return None


def _check_kind(package: Package) -> None:
    name, kinds = package.name, set(package.types.values())
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in kinds):
        raise InputError(f"{name} has macros, which are not passed on: {_SAVE_AS} without them.")
    if any("wordprocessingml.template" in kind for kind in kinds):
        raise InputError(f"{name} is a Word template: {_SAVE_AS}.")
    root = package.xml(package.texts[0])
    if root.tag.startswith("{" + _STRICT):
        raise InputError(f"{name} is a Strict Open XML document: {_SAVE_AS}.")
    if root.tag != f"{W}document":
        raise InputError(f"{name} is no Word document: its text part holds something else.")
