"""What people send, as documents: within limits, known by content, and safe to show to whoever sent it."""

from __future__ import annotations

from pathlib import PurePath

import nh3
from markdown_it import MarkdownIt

from translate import extract
from translate.document import Block, Document, Kind, Role
from translate.errors import InputError, TooLarge
from translate.markup import serialize
from translate.serving.limits import Limits

# An article's own markup. Pictures and players are left out: they would call other hosts and tell them who reads.
_TAGS = set(
    "a abbr article b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark ol p pre q rp rt ruby s samp section small span "
    "strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "translate"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "time": {"datetime"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# Elements whose text is no reader's.
_DROPPED = set(
    "script style title noscript noembed noframes template iframe object svg math audio video canvas textarea select "
    "option xmp plaintext".split()
)
_SCHEMES = {"http", "https", "mailto"}
_ELEMENT = {Role.PARAGRAPH: "p", Role.HEADING: "h2", Role.ITEM: "p", Role.CELL: "p"}


def pasted(text: str, limits: Limits, *, safe: bool = True) -> Document:
    """The document in a text that somebody typed or pasted: plain text or HTML, told apart by its content.

    With `safe` nothing in it can run or call another host, whatever is made of it. Raises TooLarge over the limits,
    InputError where there is nothing to translate.
    """
    data = text.encode("utf-8", "surrogatepass")
    return uploaded(data, "the text", limits, safe=safe)


def uploaded(data: bytes, name: str, limits: Limits, *, safe: bool = True) -> Document:
    """The document in a file that somebody sent: text, HTML, Markdown or DOCX, by content; `name` is its name.

    See `pasted`.
    """
    if len(data) > limits.file_bytes:
        raise TooLarge(
            f"{name} has {len(data) / 1e6:,.1f} MB, and the limit is {limits.file_bytes / 1e6:,.1f} MB: send parts"
        )
    document = extract.read(data, name=name)
    if safe:
        document = harmless(document)
    _check_length(document, name, limits)
    return document


def clean(markup: str) -> str:
    """HTML with nothing in it but an article's markup: no scripts, styles, handlers, pictures or odd links."""
    return nh3.clean(
        markup,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def harmless(document: Document) -> Document:
    """The same text with safe markup: HTML and Markdown become a clean fragment, other kinds need nothing.

    Of a whole page the article remains. Raises InputError where nothing does.
    """
    if document.kind is Kind.PAGE:
        markup = "\n".join(_element(block) for block in document.blocks)
    elif document.kind is Kind.FRAGMENT:
        markup = source(document)
    elif document.kind is Kind.MARKDOWN:
        markup = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source(document))
    else:
        return document
    found = extract.document(clean(markup), Kind.FRAGMENT)
    if next(found.blocks, None) is None:
        raise InputError("there is nothing to translate but markup, numbers or code")
    return found


def source(document: Document) -> str:
    """A document of text or markup as it was before it was taken apart."""
    return "".join(
        part if isinstance(part, str) else serialize(part, document.kind) if isinstance(part, Block) else part.markup
        for part in document.parts
    )


def stem(name: str, default: str = "article") -> str:
    """A file's name without folders and ending, for the names of what is made from it."""
    return PurePath(name.replace("\\", "/")).stem.strip(". ") or default


def _element(block: Block) -> str:
    tag = _ELEMENT[block.role]
    return f"<{tag}>{serialize(block, Kind.FRAGMENT)}</{tag}>"


def _check_length(document: Document, name: str, limits: Limits) -> None:
    length = sum(len(block.text) for block in document.blocks)
    if length > limits.characters:
        raise TooLarge(f"{name} has {length:,} characters, and the limit is {limits.characters:,}: send it in parts")
