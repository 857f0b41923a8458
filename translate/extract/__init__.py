"""Takes a document apart: from bytes to blocks of text with their inline markup, and all the rest verbatim."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from translate.document import Document, Kind
from translate.errors import InputError
from translate.extract.decode import decode
from translate.extract.elements import KNOWN, VOID
from translate.extract.html import read_fragment
from translate.extract.markdown import read_markdown
from translate.extract.page import read_page
from translate.extract.text import read_text
from translate.extract.tokens import TokenKind, tokenize
from translate.extract.tree import NO_PARTNER, pair

__all__ = ["MAX_BYTES", "document", "kind_of", "read", "read_file"]

MAX_BYTES = 64 * 2**20

_MARKDOWN_NAMES = frozenset((".md", ".markdown", ".mdown", ".mkd"))
_HTML_NAMES = frozenset((".html", ".htm", ".xhtml", ".xht"))
_PAGE_TAG = re.compile(r"<(?:!doctype\s+html|html|body|head)(?=[\s/>])", re.IGNORECASE)
# Names that text for print does not use by accident: an author who writes &amp; writes HTML.
_REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5});")
_BARE_MARKUP = re.compile(r"<|&(?![A-Za-z0-9#]{2,32};)")
_OPTIONAL_END = frozenset(("p", "li", "dt", "dd", "tr", "td", "th"))
_READERS = {
    Kind.TEXT: read_text,
    Kind.FRAGMENT: read_fragment,
    Kind.PAGE: read_page,
    Kind.MARKDOWN: read_markdown,
}


def read(data: bytes, *, kind: Kind | None = None, name: str = "the input", max_bytes: int = MAX_BYTES) -> Document:
    """The document that a file's bytes hold; its kind by content and name where `kind` does not say it.

    A Word document (DOCX) is known by its content alone. `name` is the file's name, for messages and for what its
    ending says. Raises InputError where there are more than `max_bytes`, where they are neither text nor a Word
    document that can be read safely, and where nothing in them is to be translated.
    """
    if len(data) > max_bytes:
        raise InputError(_too_large(name, len(data), max_bytes))
    found = _word(data, name) if kind in (None, Kind.DOCX) else None
    if found is None:
        text = decode(data, name)
        if not text.strip():
            raise InputError(f"{name} is empty: there is nothing to translate.")
        found = document(text, kind or kind_of(text, name))
    if next(found.blocks, None) is None:
        raise InputError(f"{name} has no words to translate: only markup, numbers, code or text marked not to be.")
    return found


def read_file(path: Path, *, kind: Kind | None = None, max_bytes: int = MAX_BYTES) -> Document:
    """The document in a file, as `read` reads it; a file that cannot be opened is an InputError too."""
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder: name a file in it.")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
            size = max(path.stat().st_size, len(data))
    except FileNotFoundError as exc:
        raise InputError(f"{path} does not exist: check the name.") from exc
    except OSError as exc:
        raise InputError(f"{path} cannot be read ({exc.strerror or exc}).") from exc
    if size > max_bytes:
        raise InputError(_too_large(str(path), size, max_bytes))
    return read(data, kind=kind, name=str(path), max_bytes=max_bytes)


def document(text: str, kind: Kind) -> Document:
    """The document that a text of this kind is; any text at all makes one, if perhaps without blocks.

    Raises InputError for DOCX, which is no text: `read` takes its bytes.
    """
    if kind not in _READERS:
        raise InputError("the text is no Word document (DOCX): such a document is read from a file's bytes")
    return _READERS[kind](text)


def kind_of(text: str, name: str = "") -> Kind:
    """What a text seems to be. Only a name makes it Markdown; any other kind shows in the text itself.

    HTML has an element that HTML knows, opened and closed, or one that needs no closing; or no tag at all but character
    references such as `&amp;` and nothing that contradicts them. So "a < b", "I <3 you" and "<John>" are text.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _MARKDOWN_NAMES:
        return Kind.MARKDOWN
    if suffix in _HTML_NAMES or _has_elements(text) or _PAGE_TAG.match(text.lstrip()):
        return Kind.PAGE if _PAGE_TAG.search(text) else Kind.FRAGMENT
    if _REFERENCE.search(text) and not _BARE_MARKUP.search(text):
        return Kind.FRAGMENT
    return Kind.TEXT


def _word(data: bytes, name: str) -> Document | None:
    """The document in a Word file; None where the bytes are no such file."""
    if not data.startswith(b"PK"):
        return None
    from translate.extract.docx import read_docx  # loads an XML parser, which no other kind needs
    from translate.extract.docx_package import is_word

    return read_docx(data, name) if is_word(data) else None


def _too_large(name: str, size: int, limit: int) -> str:
    return f"{name} has {size / 2**20:,.1f} MiB, and the limit is {limit / 2**20:,.1f} MiB: split it into parts."


def _has_elements(text: str) -> bool:
    if "<" not in text:
        return False
    tokens = tuple(tokenize(text))
    tree = pair(tokens)
    return any(
        token.kind is TokenKind.START
        and token.name in KNOWN
        and (tree.partner[index] != NO_PARTNER or token.name in VOID or token.name in _OPTIONAL_END)
        for index, token in enumerate(tokens)
    )
