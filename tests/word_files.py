"""Word files for tests, made by python-docx or from a body's XML."""

import io
import re
import zipfile
from collections.abc import Mapping

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
NAMESPACES = (
    nsdecls("w", "r", "wp", "a", "m")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    + ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def saved(word: docx.document.Document) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def of_paragraphs(*texts: str) -> bytes:
    word = docx.Document()
    for text in texts:
        word.add_paragraph(text)
    return saved(word)


def link(paragraph: Paragraph, text: str, address: str) -> None:
    """python-docx reads links but makes none."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(address, HYPERLINK, is_external=True))
    element.append(paragraph.add_run(text)._r)
    paragraph._p.append(element)


def of_xml(*paragraphs: str, links: tuple[str, ...] = ()) -> bytes:
    """A file whose body holds this XML; `links` get the ids L0, L1, ..."""
    body = "".join(paragraphs)
    xml = f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>".encode()
    data = of_paragraphs("x")
    relations = parts(data)["word/_rels/document.xml.rels"].decode()
    added = "".join(
        f'<Relationship Id="L{number}" Type="{HYPERLINK}" Target="{address}" TargetMode="External"/>'
        for number, address in enumerate(links)
    )
    relations = relations.replace("</Relationships>", added + "</Relationships>")
    return with_parts(data, {"word/document.xml": xml, "word/_rels/document.xml.rels": relations.encode()})


def p(*content: str, properties: str = "") -> str:
    """A paragraph of runs; what is not markup becomes one."""
    inside = "".join(one if one.startswith("<") else r(one) for one in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of a text, or of markup."""
    inside = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The file with parts replaced, added, or left out where they are None."""
    changed = {**parts(data), **changes}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in changed.items():
            if content is not None:
                archive.writestr(name, content)
    return out.getvalue()


def body(data: bytes) -> str:
    """The body's XML."""
    xml = parts(data)["word/document.xml"].decode()
    found = re.search(r"<w:body>.*</w:body>", xml, re.DOTALL)
    assert found is not None
    return found[0]
