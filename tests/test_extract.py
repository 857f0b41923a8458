"""Extraction: what becomes a block, what stays verbatim, and that nothing is lost, whatever comes in."""

from __future__ import annotations

import html
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from translate.document import Block, Document, Kind, Opening, Role
from translate.errors import InputError
from translate.extract import document, kind_of, read, read_file
from translate.extract.elements import OPAQUE, VOID
from translate.extract.html import assemble, layout
from translate.extract.tokens import TokenKind, attributes, tokenize
from translate.extract.tree import NO_PARTNER, is_inline, pair

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data" / "extract"
REAL_ARTICLE = next(iter((ROOT.parent / "shared" / "seeds").glob("*.txt")), None)


def serialize(block: Block, kind: Kind) -> str:
    """The block as its document's markup. Every mark that Markdown knows is escaped, needed or not."""
    out: list[str] = []
    enclosing = []
    at = 0

    def text_until(end: int) -> None:
        nonlocal at
        piece, at = block.text[at:end], end
        if kind in (Kind.FRAGMENT, Kind.PAGE):
            piece = html.escape(piece, quote=False)
        elif kind is Kind.MARKDOWN and not any(inline.protected for inline in enclosing):
            piece = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", piece)
        elif kind is Kind.MARKDOWN and block.role is Role.CELL:
            piece = piece.replace("|", "\\|")
        out.append(piece)

    def close_until(depth: int) -> None:
        while len(enclosing) > depth:
            text_until(enclosing[-1].span.end)
            out.append(enclosing.pop().close)

    for inline in block.inlines:
        close_until(inline.depth)
        text_until(inline.span.start)
        out.append(inline.open)
        enclosing.append(inline)
    close_until(0)
    text_until(len(block.text))
    return "".join(out)


def joined(doc: Document) -> str:
    """The document put together again."""
    return "".join(
        serialize(part, doc.kind) if isinstance(part, Block) else part.markup if isinstance(part, Opening) else part
        for part in doc.parts
    )


def sketch(doc: Document) -> str:
    """The document with its blocks in ⟦ ⟧ and a ^ before each start tag that takes the target's language."""
    return "".join(
        f"⟦{serialize(part, doc.kind)}⟧"
        if isinstance(part, Block)
        else f"^{part.markup}"
        if isinstance(part, Opening)
        else part
        for part in doc.parts
    )


def texts(doc: Document) -> list[str]:
    return [block.text for block in doc.blocks]


def fragment(text: str) -> Document:
    return document(text, Kind.FRAGMENT)


# --- from bytes to text and kind ---------------------------------------------------------------------------------

ARABIC = "قال الوزير إن الطريق ما زال مغلقا، ولم يذكر متى يفتح."
ENGLISH = "The café’s owner said “résumé” – à la carte, 20 per cent."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(ARABIC.encode(), ARABIC, id="utf-8"),
        pytest.param(ENGLISH.encode("utf-8-sig"), ENGLISH, id="utf-8 with a mark"),
        pytest.param(ARABIC.encode("utf-16"), ARABIC, id="utf-16"),
        pytest.param(b"\xfe\xff" + ARABIC.encode("utf-16-be"), ARABIC, id="utf-16, big end first"),
        pytest.param(ARABIC.encode("utf-32"), ARABIC, id="utf-32"),
        pytest.param(ARABIC.encode("cp1256"), ARABIC, id="windows-1256"),
        pytest.param("مرحبا بكم".encode("cp1256"), "مرحبا بكم", id="windows-1256, two words"),
        pytest.param(ARABIC.encode("iso8859-6"), ARABIC, id="ISO-8859-6"),
        pytest.param(ENGLISH.encode("cp1252"), ENGLISH, id="windows-1252"),
        pytest.param("L'été à Paris".encode("latin-1"), "L'été à Paris", id="Latin 1"),
        pytest.param(b"Half an emoji: \xed\xa0\xbd.", "Half an emoji: \ufffd.", id="lone surrogate"),
    ],
)
def test_decodes(data, expected):
    assert texts(read(data)) == [expected]


@pytest.mark.parametrize(
    ("charset", "encoding"), [("windows-1256", "cp1256"), ("ISO-8859-1", "cp1252"), ("windows-1251", "cp1251")]
)
@pytest.mark.parametrize(
    "meta", ['<meta charset="{}">', "<meta http-equiv='Content-Type' content='text/html; charset={}'>"]
)
def test_believes_a_declared_charset(charset, encoding, meta):
    words = {"cp1256": "خبر عاجل", "cp1252": "l’été déjà", "cp1251": "новости дня"}[encoding]
    page = f"<html><head>{meta.format(charset)}</head><body><p>{words}</p></body></html>"
    assert texts(read(page.encode(encoding))) == [words]


def test_utf8_wins_over_a_wrong_declaration():
    assert texts(read(f'<meta charset="windows-1256"><p>{ARABIC}</p>'.encode())) == [ARABIC]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        ("\ufeff".encode(), "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\x14\x00[Content_Types].xml word/document.xml", "a Word document"),
        (b"PK\x03\x04\x14\x00xl/workbook.xml", "an Excel workbook"),
        (b"PK\x03\x04mimetypeapplication/epub+zip", "an e-book"),
        (b"PK\x03\x04\x14\x00notes.txt", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture (JPEG)"),
        (b"GIF89a\x01\x00", "a picture (GIF)"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"{\\rtf1\\ansi Hello}", "a rich text document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "an old Word"),
        (b"some\x00bytes\x00\x01\x02here", "binary data"),
        ("خبر عاجل".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (b"\xff\xfe\x00", "begins like UTF-16"),
        (ARABIC.encode() + b"\xff" + ARABIC.encode(), "byte 96 (line 1) is not valid UTF-8"),
        (ARABIC.encode()[:-2], "is not valid UTF-8"),
        (b"<p>12</p><img src=x><!-- words -->", "no words to translate"),
        (b"2024: 12.5%", "no words to translate"),
        (b"<script>var words = 1</script>", "no words to translate"),
        (b'<p translate="no">Left alone</p>', "no words to translate"),
    ],
)
def test_refuses_with_one_clear_sentence(data, says):
    with pytest.raises(InputError) as caught:
        read(data, name="article.txt")
    message = str(caught.value)
    assert says in message
    assert message.startswith("article.txt ")
    assert message.endswith(".")
    assert "\n" not in message


def test_limit_of_size(tmp_path):
    with pytest.raises(InputError, match=r"has 2\.5 MiB, and the limit is 1\.0 MiB"):
        read(b"word " * 2**19, max_bytes=2**20, name="book.txt")
    path = tmp_path / "book.txt"
    path.write_bytes(b"word " * 2**19)
    with pytest.raises(InputError, match="the limit is"):
        read_file(path, max_bytes=2**20)


def test_reads_a_file(tmp_path):
    path = tmp_path / "note.md"
    path.write_text("# Title\n", encoding="utf-8")
    assert read_file(path).kind is Kind.MARKDOWN
    with pytest.raises(InputError, match="does not exist"):
        read_file(tmp_path / "missing.txt")
    with pytest.raises(InputError, match="is a folder"):
        read_file(tmp_path)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Just words.", "", Kind.TEXT),
        ("If a < b and c > d, then I <3 you.", "", Kind.TEXT),
        ("<John> said x<y.", "", Kind.TEXT),
        ("An arrow <- and <b without end", "", Kind.TEXT),
        ("AT&T and R&D; Q&A", "", Kind.TEXT),
        ("# Not a heading\n\n* nor Markdown", "", Kind.TEXT),
        ("# A heading", "note.md", Kind.MARKDOWN),
        ("A line", "/some/where/note.MARKDOWN", Kind.MARKDOWN),
        ('He told <i>The Courier</i> of <a href="x">it</a>.', "article.txt", Kind.FRAGMENT),
        ("One<br>two", "", Kind.FRAGMENT),
        ("<p>One<p>Two", "", Kind.FRAGMENT),
        ("Fish &amp; chips", "", Kind.FRAGMENT),
        ("Fish &amp; chips & more", "", Kind.TEXT),
        ("No tags at all", "article.html", Kind.FRAGMENT),
        ("<!doctype html><p>Hi", "", Kind.PAGE),
        ("<!-- x --><HTML><body>Hi</body></HTML>", "", Kind.PAGE),
        ("<body class=x><p>Hi</p></body>", "article.txt", Kind.PAGE),
        ("<header><p>Hi</p></header>", "", Kind.FRAGMENT),
        ("<!doctype html>Hi", "", Kind.PAGE),
    ],
)
def test_kind_shows_in_the_text(text, name, kind):
    assert kind_of(text, name) is kind


def test_kind_may_be_said():
    assert texts(read(b"**Bold** <i>x</i>", kind=Kind.TEXT)) == ["**Bold** <i>x</i>"]
    assert texts(read(b"**Bold** words", kind=Kind.MARKDOWN)) == ["Bold words"]
    assert read(b"Words", kind=Kind.FRAGMENT).kind is Kind.FRAGMENT


# --- plain text --------------------------------------------------------------------------------------------------

LONG_LINE = "This line is far longer than anybody wraps a text, and so it must be a paragraph by itself, " * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", "⟦One.⟧\n\n⟦Two.⟧"),
        ("  One\n two.\n \t\n\n\nThree.  \n", "  ⟦One two.⟧\n \t\n\n\n⟦Three.⟧  \n"),
        ("One\r\ntwo.\r\n\r\nThree.", "⟦One two.⟧\r\n\r\n⟦Three.⟧"),
        ("One\rtwo.\r\rThree\u2028four.", "⟦One two.⟧\r\r⟦Three four.⟧"),
        ("a < b &amp; c", "⟦a < b &amp; c⟧"),
        ("tabs\tand\u00a0spaces  here", "⟦tabs and spaces here⟧"),
        ("Buy:\n- eggs\n- two\n  loaves\n1. rest", "⟦Buy:⟧\n- ⟦eggs⟧\n- ⟦two loaves⟧\n1. ⟦rest⟧"),
        ("• واحد\n• اثنان", "• ⟦واحد⟧\n• ⟦اثنان⟧"),
        ("It was wrapped\n- badly - and\nhas a dash.", "⟦It was wrapped - badly - and has a dash.⟧"),
        ("It began in the year\n1990. Then it ended.", "⟦It began in the year 1990. Then it ended.⟧"),
        ("BIG NEWS TODAY\nIt was big.", "⟦BIG NEWS TODAY⟧\n⟦It was big.⟧"),
        ("BIG NEWS\nGOES ON\nIt was big.", "⟦BIG NEWS GOES ON⟧\n⟦It was big.⟧"),
        ("Title\n=====\nBody text.", "⟦Title⟧\n=====\n⟦Body text.⟧"),
        ("* * *\n\n12,500\n\nEnd.", "* * *\n\n12,500\n\n⟦End.⟧"),
        ("# Head\n\nBody.", "# ⟦Head⟧\n\n⟦Body.⟧"),
        (f"{LONG_LINE}\n{LONG_LINE}", f"⟦{LONG_LINE.strip()}⟧ \n⟦{LONG_LINE.strip()}⟧ "),
        ("\ufeff", "\ufeff"),
        ("", ""),
    ],
)
def test_text(text, expected):
    doc = document(text, Kind.TEXT)
    assert sketch(doc) == expected


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("A short headline\n\nA sentence ends.", [Role.HEADING, Role.PARAGRAPH]),
        ("A sentence ends.\n\nShort last line", [Role.PARAGRAPH, Role.PARAGRAPH]),
        ("He said:\n\n- one\n- two", [Role.PARAGRAPH, Role.ITEM, Role.ITEM]),
        ("“Is it over?”\n\nNobody knew.", [Role.PARAGRAPH, Role.PARAGRAPH]),
        ("BIG NEWS\nIt was big.", [Role.HEADING, Role.PARAGRAPH]),
    ],
)
def test_roles_in_text(text, roles):
    assert [block.role for block in document(text, Kind.TEXT).blocks] == roles


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\n\r .-*#A1\u2028"))))
def test_text_is_never_lost(text):
    doc = document(text, Kind.TEXT)
    assert "".join(joined(doc).split()) == "".join(text.split())
    assert_verbatim_in_order(doc, text)


# --- tokens and tree ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a<b>c</b>", ["a", "<b>", "c", "</b>"]),
        ("a < b <3 <é> <", ["a < b <3 <é> <"]),
        ("<a title='x>y' href=\"<b>\">", ["<a title='x>y' href=\"<b>\">"]),
        ("<a\nhref=x>z</A\t>", ["<a\nhref=x>", "z", "</A\t>"]),
        ("<!-- a > b --!>c<!-->d<!--->e", ["<!-- a > b --!>", "c", "<!-->", "d", "<!--->", "e"]),
        ("x<!-- never closed <b>", ["x", "<!-- never closed <b>"]),
        ("<!DOCTYPE html><?xml x?></ b></>!", ["<!DOCTYPE html>", "<?xml x?>", "</ b>", "</>", "!"]),
        ("<script>a<b></scrip></script >x", ["<script>", "a<b></scrip>", "</script >", "x"]),
        ("<STYLE>a</style", ["<STYLE>", "a</style"]),
        ("<title>a <b></title>", ["<title>", "a <b>", "</title>"]),
        ("<title>a<b>", ["<title>", "a", "<b>"]),
        ("<svg><![CDATA[<b>]]></svg><![CDATA[<b>]]>", ["<svg>", "<![CDATA[<b>]]>", "</svg>", "<![CDATA[<b>", "]]>"]),
        ("<svg><script/><b></svg>", ["<svg>", "<script/>", "<b>", "</svg>"]),
        ("<plaintext><b>", ["<plaintext>", "<b>"]),
        ('go <a href="x>y</a>', ["go ", "<a href=", '"x>y', "</a>"]),
        ("end <b class", ["end ", "<b class"]),
        ("end </", ["end ", "</"]),
    ],
)
def test_tokens(text, expected):
    assert [token.raw for token in tokenize(text)] == expected


def test_attributes():
    tag = "<A HREF='a&amp;b' data-x=\"1 > 0\" hidden class = up hidden=2 / >"
    assert attributes(tag) == {"href": "a&b", "data-x": "1 > 0", "hidden": "", "class": "up"}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("<b><i></i></b>", {0: 3, 1: 2}),
        ("<b><i></b></i>", {0: 2}),
        ("<p><i></p></i>", {0: 2}),
        ("<div><p></div>", {0: 2}),
        ("<ul><li><li></ul>", {0: 3}),
        ("<a><a></a></a>", {1: 2}),
        ("<table><td></div></td></table>", {0: 4, 1: 3}),
        ("<div><td></div></td>", {1: 3}),
        ("<b><button></b>", {0: 2}),
        ("<b><svg/></b>", {0: 2}),
    ],
)
def test_tree(text, pairs):
    tree = pair(tuple(tokenize(text)))
    assert {start: end for start, end in enumerate(tree.partner) if end > start} == pairs


# --- HTML --------------------------------------------------------------------------------------------------------

# (source, sketch): sound markup, which must come out as it went in.
SOUND = [
    ("plain words", "⟦plain words⟧"),
    ("a <b>c</b> d", "⟦a <b>c</b> d⟧"),
    ("<p>One <i>two</i>.</p>\n<p>Three.</p>", "^<p>⟦One <i>two</i>.⟧</p>\n^<p>⟦Three.⟧</p>"),
    ("<p> \n padded\n</p>", "^<p> \n ⟦padded⟧\n</p>"),
    ('marks<a href="x" target=_blank> the most</a> yet', '⟦marks<a href="x" target=_blank> the most</a> yet⟧'),
    ("<i>The National </i>could", "⟦<i>The National </i>could⟧"),
    ("<a><h2>Head</h2><p>Body</p></a>", "<a>^<h2>⟦Head⟧</h2>^<p>⟦Body⟧</p></a>"),
    ("<a href=x><img src=y></a> said so", "<a href=x><img src=y></a> ⟦said so⟧"),
    ("it <!-- c -->was <wbr>so", "⟦it <!-- c -->was <wbr>so⟧"),
    ("<!-- c -->it was<!-- d -->", "<!-- c -->⟦it was⟧<!-- d -->"),
    ("one<br>two<br/>three", "⟦one⟧<br>⟦two⟧<br/>⟦three⟧"),
    ("<b>one<br><br>two</b>", "<b>⟦one⟧<br><br>⟦two⟧</b>"),
    ("<p>12%</p><p>–</p><p>&nbsp;</p>", "<p>12%</p><p>–</p><p>&nbsp;</p>"),
    ("<h1>Head</h1>", "^<h1>⟦Head⟧</h1>"),
    ("<ul><li>One<li>Two</ul>", "^<ul>^<li>⟦One⟧^<li>⟦Two⟧</ul>"),
    ("<div>Intro<p>Body</p>tail</div>", "^<div>⟦Intro⟧^<p>⟦Body⟧</p>⟦tail⟧</div>"),
    ("<script>p('<p>x</p>')</script>Words", "<script>p('<p>x</p>')</script>⟦Words⟧"),
    ("to <script>x</script>be", "⟦to <script>x</script>be⟧"),
    ("<pre>code here</pre><p>Words</p>", "<pre>code here</pre>^<p>⟦Words⟧</p>"),
    ("<textarea>a</textarea><select><option>b</select>", "<textarea>a</textarea><select><option>b</select>"),
    ("an <svg><title>icon</title></svg> icon", "⟦an <svg><title>icon</title></svg> icon⟧"),
    ("<p hidden>no</p><p>yes</p>", "<p hidden>no</p>^<p>⟦yes⟧</p>"),
    ("so <span hidden>no</span> yes", "⟦so <span hidden>no</span>yes⟧"),
    ("<div translate=no><p>no</p></div>", "<div translate=no><p>no</p></div>"),
    ('<p class="a NoTranslate b">no</p>ja', '<p class="a NoTranslate b">no</p>⟦ja⟧'),
    ("<span translate=no><p>no</p></span>ja", "<span translate=no><p>no</p></span>⟦ja⟧"),
    ("<code>x y</code>", "<code>x y</code>"),
    ('<i class="icon"></i> go', '<i class="icon"></i> ⟦go⟧'),
    ('go <i class="icon"></i>on', '⟦go <i class="icon"></i>on⟧'),
    ("<a id=x></a>", "<a id=x></a>"),
    ("go <a>on<svg></svg></a>", "⟦go <a>on<svg></svg></a>⟧"),
    ("<a>on</a><img src=x>! Go", "⟦<a>on</a><img src=x>! Go⟧"),
    ("x &lt; y &amp;&amp; z", "⟦x &lt; y &amp;&amp; z⟧"),
    ("<title>A &amp; B</title>", "^<title>⟦A &amp; B⟧</title>"),
    ("<my-card><x-y>Words</x-y> here</my-card>", "⟦<my-card><x-y>Words</x-y> here</my-card>⟧"),
    ("<my-card><p>Words</p></my-card>", "<my-card>^<p>⟦Words⟧</p></my-card>"),
    ("<P>Loud <B>tags</B></P>", "^<P>⟦Loud <B>tags</B>⟧</P>"),
    ("<table><tr><td>City</td><td>1,200</td></tr></table>", "^<table><tr>^<td>⟦City⟧</td><td>1,200</td></tr></table>"),
    ("<div><p>ja</p><pre>no</pre></div>", "<div>^<p>⟦ja⟧</p><pre>no</pre></div>"),
    ("<div><p>ja</p><button>no</button></div>", "<div>^<p>⟦ja⟧</p><button>no</button></div>"),
    ("<div><p>ja</p><hr><iframe>x</iframe></div>", "^<div>^<p>⟦ja⟧</p><hr><iframe>x</iframe></div>"),
    (
        "<figure><img src=x><figcaption>ja</figcaption></figure>",
        "^<figure><img src=x>^<figcaption>⟦ja⟧</figcaption></figure>",
    ),
    ("<html><body><p>ja</p></body></html>", "<html><body>^<p>⟦ja⟧</p></body></html>"),
    ("<dl><dt>T</dt><dd>D</dd></dl>", "^<dl>^<dt>⟦T⟧</dt>^<dd>⟦D⟧</dd></dl>"),
    ("<p><b>All of it</b></p>", "^<p>⟦<b>All of it</b>⟧</p>"),
]

# (source, sketch): markup that is broken, or text that must change a little to be a block.
MENDED = [
    ("<b>one", "⟦<b>one</b>⟧"),
    ("one</b> two", "⟦one two⟧"),
    ("<b><i>x</b>y</i>", "⟦<b><i>x</i></b>y⟧"),
    ("<p><i>one<p>two</i>", "^<p>⟦<i>one</i>⟧^<p>⟦two⟧"),
    ("<p><i>one</p><p>two</i></p>", "^<p>⟦<i>one</i>⟧</p>^<p>⟦two⟧</p>"),
    ("<p>one</div>two", "^<p>⟦one⟧</div>⟦two⟧"),
    ("</p>one</p>", "</p>⟦one⟧</p>"),
    ("<div><div>one</div>", "^<div>^<div>⟦one⟧</div>"),
    ("<b><p>one</p>", "<b></b>^<p>⟦one⟧</p>"),
    ("one<b>", "⟦one⟧<b></b>"),
    ("<a href=1>one <a href=2>two</a></a>", "⟦<a href=1>one </a><a href=2>two</a>⟧"),
    ("<td><b>one<td>two</b>", "^<td>⟦<b>one</b>⟧^<td>⟦two⟧"),
    ("<b>one<table><tr><td>two</b>", "⟦<b>one</b>⟧^<table><tr>^<td>⟦two⟧"),
    ("<em>one<strong>two</em>three", "⟦<em>one<strong>two</strong></em>three⟧"),
    ("<p><a href=x><h3>one</h3></a></p>", "^<p><a href=x>^<h3>⟦one⟧</h3></a></p>"),
    ("<b>one<br>two</b>", "⟦<b>one<br> two</b>⟧"),
    ("<b>one</br>two</b>", "⟦<b>one</br> two</b>⟧"),
    ("one</br>two", "⟦one⟧</br>⟦two⟧"),
    ("one\n  two\u00a0 three&nbsp;four", "⟦one two three four⟧"),
    ("<p>&nbsp;one&#160;</p>", "^<p>&nbsp;⟦one⟧&#160;</p>"),
    ("a < b <3 c", "⟦a &lt; b &lt;3 c⟧"),
    ("a &lt b &bogus; c & d", "⟦a &lt; b &amp;bogus; c &amp; d⟧"),
    ("&eacute;t&#233; &#x27;x&quot;", "⟦été 'x\"⟧"),
    ('go <a href="x>y</a> z', '⟦go &lt;a href="x&gt;y z⟧'),
    ("end <b class", "⟦end &lt;b class⟧"),
    ("end </", "⟦end &lt;/⟧"),
    ("<i>end<!-- never", "⟦<i>end<!-- never--></i>⟧"),
    ("one two<!-- never", "⟦one two⟧<!-- never"),
    ("one <b> </b>two", "⟦one <b></b>two⟧"),
    ("one<b> </b>two", "⟦one <b></b>two⟧"),
    ("one <b> two </b> three", "⟦one <b>two </b>three⟧"),
    ("one<b> two</b>", "⟦one<b> two</b>⟧"),
    ("one<img src=x>two", "⟦one<img src=x> two⟧"),
    ("one <img src=x> two", "⟦one <img src=x> two⟧"),
    ("one<img src=x>, two", "⟦one<img src=x>, two⟧"),
    ("<b>one<br></b>two", "⟦<b>one<br></b> two⟧"),
    ('<a id="x"/>one', '<a id="x"/>⟦one⟧'),
    ("<b/>one</b>", "⟦<b/>one</b>⟧"),
    ("one <button>two", "⟦one <button></button>two⟧"),
    ("one <span hidden>two", "⟦one <span hidden>two</span>⟧"),
    ("<textarea>one <b>two", "<textarea>one <b>two</textarea>"),
    ("<title>one <b>two", "^<title>⟦one <b>two</b>⟧"),
    ("<div translate=no>one", "<div translate=no>one"),
    ("\x00one\x00", "⟦\x00one\x00⟧"),
]


@pytest.mark.parametrize(("text", "expected"), SOUND)
def test_sound_html_comes_out_as_it_went_in(text, expected):
    doc = fragment(text)
    assert sketch(doc) == expected
    assert joined(doc) == text.replace("so <span hidden>no</span> yes", "so <span hidden>no</span>yes")
    assert_verbatim_in_order(doc, text)


@pytest.mark.parametrize(("text", "expected"), MENDED)
def test_broken_html_is_mended(text, expected):
    assert sketch(fragment(text)) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("x", Role.PARAGRAPH),
        ("<p>x", Role.PARAGRAPH),
        ("<h3><span>x</span></h3>", Role.HEADING),
        ("<title>x</title>", Role.HEADING),
        ("<li>x", Role.ITEM),
        ("<li><p>x", Role.ITEM),
        ("<li><blockquote>x", Role.PARAGRAPH),
        ("<li>1</li>x", Role.PARAGRAPH),
        ("<dd><div><p>x", Role.ITEM),
        ("<td><a><p>x</p></a>", Role.CELL),
        ("<th>x", Role.CELL),
        (f"<td>{'laid out ' * 30}", Role.PARAGRAPH),
    ],
)
def test_roles_in_html(text, role):
    assert [block.role for block in fragment(text).blocks] == [role]


@pytest.mark.parametrize(
    ("text", "protected"),
    [
        ("a <code>b</code> c", {"<code>"}),
        ("a <kbd>b</kbd> <var>c</var> d", {"<kbd>", "<var>"}),
        ('a <span translate="no">b <i>c</i></span> <b>d</b>', {'<span translate="no">', "<i>"}),
        ("a <b class='x notranslate'>b</b>", {"<b class='x notranslate'>"}),
        ('a <a href="/translate">b</a> <span translate=yes>c</span>', set()),
    ],
)
def test_what_is_protected(text, protected):
    (block,) = fragment(text).blocks
    assert {inline.open for inline in block.inlines if inline.protected} == protected


def test_a_page_that_asks_for_no_translation_is_translated_all_the_same():
    assert texts(fragment('<html translate="no"><body class="notranslate"><p>Words</p>')) == ["Words"]


def test_spans_and_depths():
    (block,) = fragment("go <a>to <b>the</b> <img>top</a><wbr>now").blocks
    assert block.text == "go to the topnow"
    assert [(inline.span.of(block.text), inline.open, inline.depth) for inline in block.inlines] == [
        ("to the top", "<a>", 0),
        ("the", "<b>", 1),
        ("", "<img>", 1),
        ("", "<wbr>", 0),
    ]


# --- the articles ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(REAL_ARTICLE is None, reason="the real article is not next to the repository")
def test_the_real_article():
    source = REAL_ARTICLE.read_text(encoding="utf-8")
    doc = read_file(REAL_ARTICLE)
    (block,) = doc.blocks
    assert doc.kind is Kind.FRAGMENT
    assert joined(doc) == source
    links = [inline for inline in block.inlines if inline.open.startswith("<a ")]
    assert [link.open for link in links] == re.findall(r"<a [^>]*>", source)
    assert [link.span.of(block.text) for link in links] == re.findall(r"<a [^>]*>(.*?)</a>", source)
    italics = [inline.span.of(block.text) for inline in block.inlines if inline.open == "<i>"]
    assert italics == re.findall(r"<i>(.*?)</i>", source)
    assert (len(links), len(italics), len(block.inlines)) == (9, 8, 17)
    assert " the most significant challenge" in [link.span.of(block.text) for link in links]
    assert "The National " in italics


@pytest.mark.parametrize(
    ("name", "blocks", "links", "italics"), [("short", 1, 2, 1), ("live-report", 1, 11, 9), ("figures", 28, 3, 2)]
)
def test_seeds(name, blocks, links, italics):
    path = ROOT / "seeds" / f"{name}.txt"
    doc = read_file(path)
    assert doc.kind is Kind.FRAGMENT
    assert joined(doc) == path.read_text(encoding="utf-8")
    opened = [inline.open for block in doc.blocks for inline in block.inlines]
    assert len(texts(doc)) == blocks
    assert sum(tag.startswith("<a ") for tag in opened) == links
    assert opened.count("<i>") == italics


def test_table_and_list_of_figures():
    doc = read_file(ROOT / "seeds" / "figures.txt")
    openings = {part.markup for part in doc.parts if isinstance(part, Opening)}
    assert {"<table>", "<ul>", "<li>", "<caption>", '<th scope="row">'} <= openings
    assert not any("<td" in opening for opening in openings)
    roles = [block.role for block in doc.blocks]
    assert (roles.count(Role.CELL), roles.count(Role.ITEM), roles.count(Role.HEADING)) == (13, 5, 1)


# --- whole pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["page", "soup"])
def test_page(name):
    source = (DATA / f"{name}.html").read_text(encoding="utf-8")
    doc = read_file(DATA / f"{name}.html")
    assert doc.kind is Kind.PAGE
    assert sketch(doc) == (DATA / f"{name}.sketch.html").read_text(encoding="utf-8")
    assert joined(doc) == source.replace("to&nbsp;stay", "to stay")
    assert_verbatim_in_order(doc, source)


def test_headline_outside_the_article_is_found():
    source = (DATA / "page.html").read_text(encoding="utf-8")
    headline = "<h1>Lighthouse keepers vote to&nbsp;stay</h1>"
    moved = source.replace(headline, "").replace("<nav", f"<h1>The Levant Courier</h1>{headline}<nav", 1)
    found = texts(document(moved, Kind.PAGE))
    assert "Lighthouse keepers vote to stay" in found
    assert "The Levant Courier" not in found


@pytest.mark.parametrize("body", ["<p>Two words.</p>", "Bare <b>words</b>", "<div>One<br>two</div>"])
def test_without_an_article_all_but_the_furniture_is_translated(body):
    page = (
        f"<!doctype html><html><head><title>T</title></head><body><nav>Menu</nav><header>Site</header>{body}"
        "<aside>More</aside><form>Name</form><div role=contentinfo>Imprint</div><footer>End</footer></body></html>"
    )
    found = texts(document(page, Kind.PAGE))
    assert found[1:] == texts(fragment(body))
    assert found[0] == "T"


def test_broken_markup_outside_the_article_is_left_as_it_is():
    source = (DATA / "page.html").read_text(encoding="utf-8")
    broken = source.replace("<nav", "<b><i>Top</b> stories<nav", 1).replace("<footer>", "<footer></em><u>", 1)
    doc = document(broken, Kind.PAGE)
    assert joined(doc) == broken.replace("&nbsp;", " ")


# --- Markdown ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Head #\n\nBody\ntext.\n", "# ⟦Head⟧ #\n\n⟦Body text\\.⟧\n"),
        ("Head\nmore\n===\n", "⟦Head more⟧\n===\n"),
        ("a *b* **c** ~~d~~ __e__", "⟦a *b* **c** ~~d~~ __e__⟧"),
        ('a [b *c*](u "t (x)") d', '⟦a [b *c*](u "t (x)") d⟧'),
        ("see [it][r]\n\n[r]: http://e.org 'T'\n", "⟦see [it][r]⟧\n\n[r]: http://e.org 'T'\n"),
        ("see [r] or [r][]\n\n[r]: u\n", "⟦see [r][r] or [r][r]⟧\n\n[r]: u\n"),
        ("`` a`b `` and <https://e.org/x_y>", "⟦`` a`b `` and <https://e.org/x_y>⟧"),
        ("![alt](u) words ![alt](u)", "![alt](u) ⟦words⟧ ![alt](u)"),
        ("to ![alt](u) be", "⟦to ![alt](u) be⟧"),
        ("> quoted\n> twice\n>\n> - item\n>   more", "> ⟦quoted twice⟧\n>\n> - ⟦item more⟧"),
        ("1. one\n\n   two\n2. 12%", "1. ⟦one⟧\n\n   ⟦two⟧\n2. 12%"),
        ("one  \ntwo\\\nthree", "⟦one⟧  \n⟦two⟧\\\n⟦three⟧"),
        ("*one  \ntwo*", "⟦*one  \n two*⟧"),
        ("```\ncode\n```\n\n    more\n\n<div>x</div>\n\ntext", "```\ncode\n```\n\n    more\n\n<div>x</div>\n\n⟦text⟧"),
        ("---\ntitle: x\n---\n\ntext", "---\ntitle: x\n---\n\n⟦text⟧"),
        ("---\n\ntext\n\n---\n", "---\n\n⟦text⟧\n\n---\n"),
        (
            "| a | *b* |\n|---|:-:|\n| c \\| d | `e \\| f` g |\n",
            "| ⟦a⟧ | ⟦*b*⟧ |\n|---|:-:|\n| ⟦c \\| d⟧ | ⟦`e \\| f` g⟧ |\n",
        ),
        ("a <b>c</b> <br> <i>d", "⟦a <b>c</b> <br>\\<i>d⟧".replace("\\<i>", "<i>")),
        ("a\r\nb\r\n\r\nc", "⟦a b⟧\r\n\r\n⟦c⟧"),
        ("a \\* b &amp; c &copy; 5 < 6", "⟦a \\* b \\& c © 5 \\< 6⟧"),
        ("***both***", "⟦***both***⟧"),
        ("~~x~~~ y", "⟦~~x~~\\~ y⟧"),
        ("\ttabbed code\n\n-\ttabbed item", "\ttabbed code\n\n-\t⟦tabbed item⟧"),
        ("", ""),
    ],
)
def test_markdown(text, expected):
    doc = document(text, Kind.MARKDOWN)
    assert sketch(doc) == expected
    assert rendered(joined(doc)) == rendered(text)


def test_markdown_roles_and_protection():
    doc = document(
        "# H\n\np `c` <https://e.org> <span translate=no>x</span> *e*\n\n- i\n\n|t|u|\n|-|-|\n", Kind.MARKDOWN
    )
    assert [block.role for block in doc.blocks] == [Role.HEADING, Role.PARAGRAPH, Role.ITEM, Role.CELL, Role.CELL]
    paragraph = list(doc.blocks)[1]
    assert [inline.span.of(paragraph.text) for inline in paragraph.inlines if inline.protected] == [
        "c",
        "https://e.org",
        "x",
    ]


def rendered(text: str) -> str:
    """What a reader of Markdown sees, white space aside."""
    return "".join(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text).split())


MARKDOWN_PIECES = st.sampled_from(
    [
        *("word", "two words", "كلمة", "12", " ", "!", ".", "&amp;", "&", "<", "\\*", "\\", " * ", " ** ", "\r\n"),
        *(" *em* ", " **strong** ", " ***both*** ", "~~del~~", " **b *i* b** ", '[a **b** c](http://e.org "t")'),
        *("[", "]", "](http://e.org)", "[ref]", "[ref][]", "[word][ref]", "![i](x.png)", "<https://e.org>", "`co de`"),
        *("<b>", "</b>", "<br>", "<!--c-->", "\n", "\n\n", "  \n", "\\\n", "> ", "- ", "1. ", "# ", " #", "    ", "\t"),
        *(
            "---\n",
            "```\n",
            "<div>\n",
            "\n\n[ref]: http://r.org 'T'\n\n",
            "\n\n| a **b** | b \\| c |\n|--|--|\n| d | `e \\| f` |\n\n",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(MARKDOWN_PIECES, max_size=20).map("".join))
def test_markdown_renders_the_same(text):
    doc = document(text, Kind.MARKDOWN)
    assert_blocks_are_sound(doc)
    assert rendered(joined(doc)) == rendered(text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("*_`[]()<>!#|-~\\\n\r\t &\x00"))))
def test_markdown_never_raises(text):
    assert_blocks_are_sound(document(text, Kind.MARKDOWN))


# --- whatever comes in -------------------------------------------------------------------------------------------

NAMES = "a b i em span p div h2 ul li table tr td th br img hr script title svg textarea select option template button"
TAGS = [*NAMES.split(), "custom-x", "body", "html", "blockquote", "noscript", "pre"]
TAG = st.one_of(
    st.sampled_from(TAGS).map(lambda name: f"<{name}>"),
    st.sampled_from(TAGS).map(lambda name: f"</{name}>"),
    st.sampled_from(TAGS).map(lambda name: f'<{name} class="x">'),
)
TEXT = st.one_of(
    st.sampled_from(
        ["word", "two words", " ", "\n", "&amp;", "&nbsp;", "&bogus;", "12", "كلمة", "\u200f", "\x00", "</br>"]
    ),
    st.sampled_from(
        ["<", "<!--c-->", "<!-- ", "-->", "<!doctype html>", "<?pi?>", "]]>", '"', "'", ">", "=", "</", "<b"]
    ),
    st.sampled_from(["<![CDATA[x]]>", "</>", "<a href='", "<p translate=no>", "<p class=notranslate>", "&", "--!>"]),
    st.text(max_size=5),
)
ODD = st.sampled_from(
    ["<i hidden>", "<span translate=no>", "<code>", "<b/>", "<div/>", "<p hidden>", "<svg/>", "&#x27;"]
)
GARBAGE = st.lists(st.one_of(TAG, TEXT), max_size=25).map("".join)
ANYTHING = st.one_of(st.text(), st.lists(st.one_of(TAG, TEXT, ODD), max_size=25).map("".join))


def assert_blocks_are_sound(doc: Document) -> None:
    for block in doc.blocks:
        assert block.text
        assert block.text == " ".join(block.text.split())


def assert_verbatim_in_order(doc: Document, source: str) -> None:
    at = 0
    for part in doc.parts:
        if not isinstance(part, Block):
            markup = part.markup if isinstance(part, Opening) else part
            at = source.index(markup, at) + len(markup)


@settings(deadline=None)
@given(ANYTHING)
def test_tokens_are_the_text(text):
    assert "".join(token.raw for token in tokenize(text)) == text


@settings(max_examples=200, deadline=None)
@given(ANYTHING)
def test_nothing_raises_and_the_pieces_are_the_text(text):
    laid_out = layout(text)
    assert "".join(laid_out.raw(piece.tokens) for piece in laid_out.pieces) == text
    if any(piece.block for piece in laid_out.pieces):
        assert (
            "".join(part.markup if isinstance(part, Opening) else str(part) for part in assemble(laid_out, ())) == text
        )
    assert_blocks_are_sound(fragment(text))
    kind_of(text)


@settings(max_examples=200, deadline=None)
@given(GARBAGE)
@example("<b</>")
@example("x <b/> y")
def test_what_comes_out_is_well_formed_and_stays_so(text):
    doc = fragment(text)
    out = joined(doc)
    tokens = tuple(tokenize(out))
    tree = pair(tokens)
    hidden_until = -1
    for index, token in enumerate(tokens):
        if index > hidden_until and token.kind is TokenKind.START and token.name in OPAQUE:
            hidden_until = tree.last(index)
        is_inline_tag = token.kind in (TokenKind.START, TokenKind.END) and is_inline(token.name)
        # A start tag with a slash that nothing closes was read as a point, and is one again.
        stands_alone = token.name in VOID or token.empty
        if index > hidden_until and is_inline_tag and not stands_alone and "translate" not in out:
            assert tree.partner[index] != NO_PARTNER, (text, out, token)
    again = fragment(out)
    assert texts(again) == texts(doc)
    assert [block.inlines for block in again.blocks] == [block.inlines for block in doc.blocks]


INLINE_NAMES = st.sampled_from(["a", "b", "i", "em", "span", "code", "x-y"])
WORDS = st.sampled_from(
    ["word", " ", "two words ", " كلمة", "&amp;", "12 ", "a<!--c-->b", "<wbr>", "<br>", "<svg><g/></svg>"]
)


def _element(names: st.SearchStrategy[str], inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda name, content: f'<{name} id="1">{content}</{name}>', names, inside)


INLINES = st.recursive(
    WORDS,
    lambda inner: st.lists(st.one_of(WORDS, _element(INLINE_NAMES, inner)), max_size=3).map("".join),
    max_leaves=8,
).filter(lambda text: not re.search(r"<a [^>]*>.*<a ", text))
BLOCKS = st.recursive(
    _element(st.sampled_from(["p", "h2", "div", "li", "td"]), INLINES),
    lambda inner: st.lists(
        st.one_of(inner, _element(st.sampled_from(["div", "section", "a", "ul"]), inner)), max_size=3
    ).map("\n".join),
    max_leaves=6,
).filter(lambda text: not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", text, re.DOTALL))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(BLOCKS)
def test_well_formed_markup_keeps_every_tag_and_word(text):
    doc = fragment(text)
    before, after = list(tokenize(text)), list(tokenize(joined(doc)))
    assert [t.raw for t in after if t.kind is not TokenKind.TEXT] == [
        t.raw for t in before if t.kind is not TokenKind.TEXT
    ]
    assert "".join(joined(doc).split()) == "".join(text.split())
    assert_verbatim_in_order(doc, text)


@settings(max_examples=25, deadline=None)
@given(ANYTHING)
def test_pages_of_anything(text):
    doc = document(f"<html><body>{text}", Kind.PAGE)
    assert_blocks_are_sound(doc)


# --- size and depth ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.FRAGMENT, Kind.PAGE])
@pytest.mark.parametrize(
    "text",
    ["<b>" * 5000 + "word" + "</b>" * 5000, "<div>" * 5000 + "word", "<a><p>" * 5000 + "word", "word" + "<i>" * 5000],
)
def test_deep_nesting(text, kind):
    assert texts(document(text, kind)) == ["word"]


PARAGRAPH = '<p>Water rose in <a href="https://example.org/a">the valley</a> on Monday, <i>The Courier</i> said. </p>\n'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PARAGRAPH * 20000, id="paragraphs"),
        pytest.param(re.sub("</?p>|\n", "", PARAGRAPH) * 21000, id="one line"),
        pytest.param("<" * 2_000_000, id="brackets"),
        pytest.param('<a href="' * 220_000, id="open quotes"),
        pytest.param("<!--" * 500_000, id="open comments"),
        pytest.param("<![CDATA[" * 220_000, id="open sections"),
        pytest.param("&" * 1_000_000, id="ampersands"),
    ],
)
def test_two_megabytes_of_html_in_linear_time(text):
    start = time.process_time()
    fragment(text)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "text",
    [
        "<b>" * 40_000,
        "<b>" * 20_000 + "</b>" * 20_000,
        "<b>" * 20_000 + "</i>" * 20_000,
        "<button>x" * 20_000,
        "<a>x" * 20_000,
    ],
)
def test_deep_garbage_in_linear_time(text):
    start = time.process_time()
    fragment(text)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.MARKDOWN])
def test_a_book_in_linear_time(kind):
    text = "Water rose in the valley on Monday, and nobody\nwas surprised by it, or said so.\n\n" * 12_000
    start = time.process_time()
    assert len(texts(document(text, kind))) == 12_000
    assert time.process_time() - start < 20
