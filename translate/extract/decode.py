"""Turns the bytes of a file into text, or says in one sentence what they seem to be instead."""

from __future__ import annotations

import codecs
import re

from translate.errors import InputError

# Longest first: the marks of UTF-32 begin like those of UTF-16.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# First bytes -> what such a file is, and what to do with it.
_SAVE_AS = "save it as text or HTML first"
_SAVE_WORD = "save it as a Word Document (.docx) without a password first"
_MAGIC = (
    (b"%PDF-", "a PDF", "convert it to text or HTML first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Office document, or one with a password", _SAVE_WORD),
    (b"{\\rtf", "a rich text document (RTF)", _SAVE_WORD),
    (b"\x89PNG\r\n", "a picture (PNG)", "only text can be translated"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "only text can be translated"),
    (b"GIF8", "a picture (GIF)", "only text can be translated"),
    (b"II*\x00", "a picture (TIFF)", "only text can be translated"),
    (b"MM\x00*", "a picture (TIFF)", "only text can be translated"),
    (b"RIFF", "a picture or recording (RIFF)", "only text can be translated"),
    (b"OggS", "a recording (Ogg)", "only text can be translated"),
    (b"ID3", "a recording (MP3)", "only text can be translated"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"SQLite format 3\x00", "an SQLite database", "export its text first"),
    (b"\x7fELF", "a program", "only text can be translated"),
)
_ZIP = b"PK\x03\x04"
# A name in the archive -> what the archive is.
_ZIPPED = (
    (b"word/", "a Word document that is damaged", "save it again in Word"),
    (b"xl/", "an Excel workbook (XLSX)", _SAVE_AS),
    (b"ppt/", "a PowerPoint presentation (PPTX)", _SAVE_AS),
    (b"application/epub+zip", "an e-book (EPUB)", _SAVE_AS),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file (ODT)", _SAVE_WORD),
)

# https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
_PRESCAN = 1024
_DECLARED = re.compile(
    rb"""<meta[^>]{0,500}?charset\s{0,20}=\s{0,20}["']?\s{0,20}([a-z0-9_:.-]{1,40})|<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([a-z0-9_:.-]{1,40})""",
    re.IGNORECASE,
)
# Labels that mean another encoding than they say (https://encoding.spec.whatwg.org/#names-and-labels).
_LABELS = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"), "cp1252"),
    **dict.fromkeys(("windows-1256", "x-cp1256"), "cp1256"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "x-user-defined"), "utf-8"),
}
# Control characters that no text has; a page in the wrong encoding, or no text at all, is full of them.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_ARABIC = re.compile("[\u0621-\u064a]")
_ARABIC_WORD = re.compile("[\u0621-\u0652]{2,}")


def decode(data: bytes, name: str) -> str:
    """The text that `data` holds, without a byte order mark.

    UTF-8, UTF-16 and UTF-32 with a byte order mark, UTF-8 without one, the encoding that an HTML page declares, else
    one of windows-1256, ISO-8859-6 (where that gives Arabic words) and windows-1252. charset-normalizer is not asked:
    given a few French accents in an English article it answers with windows-1250. Raises InputError for anything else.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _with_mark(data, encoding, name)
    _refuse_binary(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _surrogates_replaced(data) or _legacy(data)
        if text is None:
            raise InputError(_damaged(data, error, name)) from error
        return text


def _with_mark(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} begins like {encoding.upper()}, but byte {error.start + 1:,} is not: save it as UTF-8 first."
        ) from error


def _refuse_binary(data: bytes, name: str) -> None:
    if data.startswith(_ZIP):
        head = data[:4096] + data[-65536:]
        for inside, what, advice in _ZIPPED:
            if inside in head:
                raise InputError(f"{name} seems to be {what}, not text: {advice}.")
        raise InputError(f"{name} seems to be a ZIP archive, not text: unpack it first.")
    for start, what, advice in _MAGIC:
        if data.startswith(start):
            raise InputError(f"{name} seems to be {what}, not text: {advice}.")
    if b"\x00" in data[:65536]:
        what = "UTF-16 without a byte order mark" if _looks_wide(data[:65536]) else "binary data, not text"
        raise InputError(f"{name} seems to be {what}: save it as UTF-8 text and try again.")


def _looks_wide(data: bytes) -> bool:
    """Whether every other byte says what UTF-16's high bytes say for Latin and Arabic."""
    highs = (data[0::2], data[1::2])
    return any(half.count(0) + half.count(6) > 0.8 * len(half) for half in highs)


def _surrogates_replaced(data: bytes) -> str | None:
    """UTF-8 but for lone surrogates, which careless programs write for half an emoji."""
    try:
        return data.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except UnicodeDecodeError:
        return None


def _legacy(data: bytes) -> str | None:
    """The text in the 8-bit encoding that it declares or that suits it; None where it is damaged UTF-8, or no text."""
    declared = _declared(data)
    if declared is not None:
        return declared
    if _mostly_utf8(data):
        return None
    candidates = [text for text in (_try(data, one) for one in ("cp1256", "iso8859-6")) if text is not None]
    arabic = max(candidates, key=_arabic_share, default="")
    if _arabic_share(arabic) > 0.5:
        return arabic
    return _try(data, "cp1252")


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_PRESCAN])
    if match is None:
        return None
    label = (match[1] or match[2]).decode("ascii").lower()
    try:
        encoding = codecs.lookup(_LABELS.get(label, label)).name
    except LookupError:
        return None
    return None if encoding == "utf-8" else _try(data, encoding)


def _try(data: bytes, encoding: str) -> str | None:
    """The text, if `data` is valid in this encoding and holds no control characters."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if _CONTROLS.search(text) else text


def _mostly_utf8(data: bytes) -> bool:
    """Whether there are more characters of several bytes in UTF-8 than bytes that are wrong in it."""
    lenient = data.decode("utf-8", "replace")
    wrong = lenient.count("\ufffd")
    return sum(not char.isascii() for char in lenient) - wrong > wrong


def _arabic_share(text: str) -> float:
    """What part of the characters outside ASCII are Arabic letters in words of two and more, in [0, 1]."""
    others = sum(not char.isascii() and char.isalpha() for char in text)
    in_words = sum(len(_ARABIC.findall(word)) for word in _ARABIC_WORD.findall(text))
    return in_words / others if others else 0.0


def _damaged(data: bytes, error: UnicodeDecodeError, name: str) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    return (
        f"{name} cannot be read as text: byte {error.start + 1:,} (line {line:,}) is not valid UTF-8, and no other "
        "encoding fits; save it as UTF-8 and try again."
    )
