"""Reading Word files: what is text and what is not, and every file that must be refused."""

import io
import struct
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import link, of_paragraphs, of_xml, p, parts, r, saved, with_parts

from translate import extract
from translate.document import Block, Document, Kind, Opening, Role
from translate.errors import InputError
from translate.extract import docx_package
from translate.extract.docx import read_docx
from translate.markup import serialize
from translate.render.markup import inner

BOLD, ITALIC, RED = "<w:b/>", "<w:i/>", '<w:color w:val="FF0000"/>'


def blocks(*paragraphs: str, links: tuple[str, ...] = ()) -> list[str]:
    document = read_docx(of_xml(*paragraphs, links=links))
    return [serialize(block, document.kind) for block in document.blocks]


def shown(document: Document) -> str:
    return "".join(
        inner(part, Kind.DOCX) if isinstance(part, Block) else part.markup if isinstance(part, Opening) else part
        for part in document.parts
    )


def field(code: str, text: str) -> str:
    def mark(kind: str) -> str:
        return r(f'<w:fldChar w:fldCharType="{kind}"/>')

    return (
        mark("begin")
        + r(f"<w:instrText>{code}</w:instrText>")
        + (mark("separate") + text if text else "")
        + mark("end")
    )


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (p("One."), ["One."]),
        (p(r("On"), r("e w", "<w:noProof/>"), "<w:proofErr/>", r("ord.", '<w:lang w:val="en-GB"/>')), ["One word."]),
        (p("A ", r("bold", BOLD), " word."), ['A <b data-run="0">bold</b> word.']),
        (p("A ", r("bold ", BOLD), r("pair", BOLD), " of words."), ['A <b data-run="0">bold pair</b> of words.']),
        (p("A ", r("both", BOLD + ITALIC), " word."), ['A <b data-run="0"><i>both</i></b> word.']),
        (p("A ", r("red", RED), " word."), ['A <span data-run="0">red</span> word.']),
        (p(r("All of it is bold.", BOLD)), ["All of it is bold."]),
        (p("m", r("2", '<w:vertAlign w:val="superscript"/>'), " of land"), ['m<sup data-run="0">2</sup> of land']),
        (p("1950"), []),
        (p("Name:", r("<w:tab/>"), "Sami"), ["Name:", "Sami"]),
        (p("One", r("<w:br/>"), "Two"), ["One", "Two"]),
        (
            p("Kept ", "<w:del>" + r("<w:delText>gone</w:delText>") + "</w:del><w:ins>" + r("new") + "</w:ins>"),
            ["Kept new"],
        ),
        (p("A", "<w:moveFrom>" + r(" b") + "</w:moveFrom><w:moveTo>" + r(" c") + "</w:moveTo>"), ["A c"]),
        (p("co", r("<w:noBreakHyphen/>"), "op"), ["co\u2011op"]),
        (p("so", r("<w:softHyphen/>"), "ft"), ["soft"]),
        (p("Said", r('<w:footnoteReference w:id="2"/>'), " so."), ['Said<span data-run="0"></span> so.']),
        (p("See page ", field("PAGEREF _x", r("12")), " now."), ['See page <span data-run="0">12</span> now.']),
        (p("Page ", field("PAGE", "")), ["Page"]),
        (
            p("See ", '<w:fldSimple w:instr="REF a">' + r("it") + "</w:fldSimple>", "."),
            ['See <span data-run="0">it</span>.'],
        ),
        (
            p("Go ", field('HYPERLINK "https://example.org/?a=1&amp;b"', r("there")), "."),
            ['Go <a data-run="0" href="https://example.org/?a=1&amp;b">there</a>.'],
        ),
        (p("Go ", field('HYPERLINK "javascript:x()"', r("there"))), ['Go <span data-run="0">there</span>']),
        (
            p("A ", "<w:sdt><w:sdtContent>" + r("field") + "</w:sdtContent></w:sdt>"),
            ['A <span data-run="0">field</span>'],
        ),
        (p("Words &amp; &lt;b&gt;"), ["Words &amp; &lt;b&gt;"]),
    ],
)
def test_what_a_paragraph_holds(paragraph: str, expected: list[str]) -> None:
    assert blocks(paragraph) == expected


@pytest.mark.parametrize(
    ("address", "tag"),
    [
        ("https://example.org/a?b=1&amp;c=2", '<a data-run="0" href="https://example.org/a?b=1&amp;c=2">'),
        ("mailto:desk@example.org", '<a data-run="0" href="mailto:desk@example.org">'),
        ("javascript:alert(1)", '<span data-run="0">'),
        ("file:///etc/passwd", '<span data-run="0">'),
        ("https://example.org/&quot;onclick=x", '<a data-run="0" href="https://example.org/&quot;onclick=x">'),
    ],
)
def test_links_have_safe_addresses(address: str, tag: str) -> None:
    (block,) = blocks(p("The ", '<w:hyperlink r:id="L0">' + r("mayor") + "</w:hyperlink>", " left."), links=(address,))
    assert block.startswith(f"The {tag}mayor</")


def test_protected_text_is_marked() -> None:
    document = read_docx(of_xml(p("See page ", field("PAGEREF _x", r("12")), " now.")))
    (block,) = document.blocks
    assert [inline.protected for inline in block.inlines] == [True]


def test_arabic_runs_are_compared_by_their_own_properties() -> None:
    rtl = "<w:rtl/>"
    assert blocks(p(r("قال ", rtl), r("12", ""), r(" رجلا", rtl))) == ["قال 12 رجلا"]
    assert blocks(p(r("قال ", rtl), r("الرجل", "<w:bCs/>" + rtl), r(" شيئا كثيرا", rtl))) == [
        'قال <b data-run="0">الرجل</b> شيئا كثيرا'
    ]
    assert blocks(p(r("قال ", rtl), r("الرجل", BOLD + rtl), r(" شيئا", rtl))) == ["قال الرجل شيئا"]


def test_structure_as_html() -> None:
    word = docx.Document()
    word.add_heading("A title", 0)
    word.add_heading("A part", 2)
    word.add_paragraph("One item", style="List Bullet")
    word.add_paragraph("Another", style="List Number")
    paragraph = word.add_paragraph("All ")
    paragraph.runs[0].bold = True
    link(paragraph, "of it", "https://example.org/")
    table = word.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Name", "1950"
    word.sections[0].header.paragraphs[0].text = "The paper"
    assert shown(read_docx(saved(word))) == (
        "<h1>A title</h1>\n<h2>A part</h2>\n<ul><li>One item</li>\n</ul>\n<ol><li>Another</li>\n</ol>\n"
        '<p><b>All <a href="https://example.org/">of it</a></b></p>\n'
        "<table><tr><td><p>Name</p>\n</td><td><p>1950</p>\n</td></tr>\n</table>\n<hr>\n<p>The paper</p>\n"
    )
    roles = [block.role for block in read_docx(saved(word)).blocks]
    assert roles == [Role.HEADING, Role.HEADING, Role.ITEM, Role.ITEM, Role.PARAGRAPH, Role.CELL, Role.PARAGRAPH]


def test_text_boxes_are_read_once_and_after_their_paragraph() -> None:
    box = (
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        + p("In the box")
        + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        + p("In the box")
        + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert blocks(p("Around", r(box)), p("After")) == ["Around", "In the box", "After"]


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a", "a.zip", "a.html"])
def test_known_by_content(name: str) -> None:
    document = extract.read(of_paragraphs("One word."), name=name)
    assert document.kind is Kind.DOCX
    assert document.package is not None
    assert "PK" not in repr(document)


def encrypted(data: bytes) -> bytes:
    """The same with the flag that says so on its parts."""
    at = data.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", data[at + 16 : at + 20])[0]
    return data[: start + 8] + b"\x01" + data[start + 9 :]


def bomb() -> bytes:
    return with_parts(of_paragraphs("x"), {"word/media/image1.bin": bytes(300 * 2**20)})


def crowd() -> bytes:
    return with_parts(of_paragraphs("x"), {f"word/media/{number}.bin": b"" for number in range(5_001)})


def with_main(xml: bytes) -> bytes:
    return with_parts(of_paragraphs("x"), {"word/document.xml": xml})


def with_type(kind: bytes) -> bytes:
    types = parts(of_paragraphs("x"))["[Content_Types].xml"]
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return with_parts(of_paragraphs("x"), {"[Content_Types].xml": types.replace(main, kind)})


LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document xmlns:w="urn:x">&b;</w:document>'
OUTSIDE = b'<!DOCTYPE w SYSTEM "file:///etc/passwd"><w:document xmlns:w="urn:x"/>'
STRICT = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (lambda: of_paragraphs("One word.")[:-200], "a damaged one"),
        (lambda: of_paragraphs("One word.")[:3000], "damaged"),
        (lambda: encrypted(of_paragraphs("One word.")), "encrypted"),
        (bomb, "would unpack to"),
        (crowd, "parts, and the limit is 5,000"),
        (lambda: with_parts(of_paragraphs("x"), {"../../etc/cron": b"x"}), "leads out of the file"),
        (lambda: with_parts(of_paragraphs("x"), {"/etc/cron": b"x"}), "leads out of the file"),
        (lambda: with_main(LAUGHS), "declares XML entities"),
        (lambda: with_main(OUTSIDE), "declares XML entities"),
        (lambda: with_main(b"<w:document"), "not well-formed"),
        (lambda: with_main(b"<d>" * 300 + b"</d>" * 300), "not well-formed"),
        (lambda: with_main(STRICT), "Strict Open XML"),
        (lambda: with_main(b"<html/>"), "holds something else"),
        (lambda: with_parts(of_paragraphs("x"), {"[Content_Types].xml": None}), "without its part"),
        (lambda: with_type(b"application/vnd.ms-word.document.macroEnabled.main+xml"), "has macros"),
        (
            lambda: with_type(b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
            "is a Word template",
        ),
        (lambda: of_paragraphs("1950"), "no words to translate"),
        (lambda: with_parts(b"PK\x05\x06" + bytes(18), {"xl/workbook.xml": b"<x/>"}), "an Excel workbook"),
        (lambda: with_parts(b"PK\x05\x06" + bytes(18), {"notes.txt": b"x"}), "a ZIP archive"),
        (
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "an old Word or Office document, or one with a password",
        ),
        (lambda: b"%PDF-1.7 ...", "a PDF"),
    ],
)
def test_refused_in_a_sentence(data, says: str) -> None:
    with pytest.raises(InputError) as caught:
        extract.read(data(), name="a.docx")
    message = str(caught.value)
    assert says in message
    assert message.startswith("a.docx ")
    assert message.endswith(".")
    assert "\n" not in message


def test_a_large_part_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_XML", 1000)
    with pytest.raises(InputError, match="markup in one part"):
        read_docx(of_paragraphs("One word. " * 500))


def test_two_parts_of_one_name_are_refused() -> None:
    data = io.BytesIO(of_paragraphs("One word."))
    with zipfile.ZipFile(data, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", b"<x/>")
    with pytest.raises(InputError, match="two parts of one name"):
        read_docx(data.getvalue())


def test_the_text_of_no_other_kind_is_a_word_document() -> None:
    with pytest.raises(InputError, match="no Word document"):
        extract.document("One word.", Kind.DOCX)
    with pytest.raises(InputError, match="no Word document"):
        extract.read(b"One word.", kind=Kind.DOCX)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(at: int, noise: bytes) -> None:
    data = bytearray(_WHOLE)
    at %= len(data)
    data[at : at + len(noise)] = noise
    try:
        extract.read(bytes(data), name="a.docx")
    except InputError as error:
        assert str(error).startswith("a.docx ")


_WHOLE = of_paragraphs("One word.", "Two words, and more.")
