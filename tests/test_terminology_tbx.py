"""TBX-Basic glossaries in both styles and the old one; and every mistake with its line."""

from pathlib import Path

import pytest

from translate.errors import InputError
from translate.terminology import Term, read, terms

DCA = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>Our own</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
<conceptEntry id="c1">
  <langSec xml:lang="en">
    <termSec><term>UN</term><termNote type="termType">acronym</termNote></termSec>
    <termSec><term>United  Nations</term><termNote type="partOfSpeech">properNoun</termNote></termSec>
  </langSec>
  <langSec xml:lang="ar">
    <termSec><term>منظمة الأمم</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
    <termSec><term>هيئة الأمم</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
    <termSec><term>الأمم المتحدة</term>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
  </langSec>
</conceptEntry>
<conceptEntry id="c2">
  <langSec xml:lang="en"><termSec><term>Nord Stream</term></termSec></langSec>
  <langSec xml:lang="ar"><termSec><term>Nord Stream</term></termSec></langSec>
</conceptEntry>
</body></text></tbx>
"""

DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<text><body><conceptEntry id="c1">
  <langSec xml:lang="en"><termSec><term>truce</term><min:partOfSpeech>noun</min:partOfSpeech></termSec></langSec>
  <langSec xml:lang="ar">
    <termSec><term>هدنة</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>مهادنة</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
  </langSec>
</conceptEntry></body></text></tbx>
"""

MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader><fileDesc/></martifHeader><text><body>
<termEntry id="a"><note>house style</note>
  <langSet xml:lang="en"><tig><term>truce</term><termNote type="partOfSpeech">noun</termNote></tig></langSet>
  <langSet xml:lang="ar"><ntig><termGrp><term>هدنة</term></termGrp></ntig></langSet>
  <langSet xml:lang="fr"><tig><term>trêve</term></tig></langSet>
</termEntry></body></text></martif>
"""


def written(folder: Path, text: str, name: str = "glossary.tbx") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_style_dca(tmp_path: Path) -> None:
    glossary = read(written(tmp_path, DCA))
    assert glossary.terms("en", "ar") == (
        Term(
            "United Nations",
            "الأمم المتحدة",
            ("هيئة الأمم",),
            ("منظمة الأمم",),
            part_of_speech="properNoun",
            source_forms=("UN",),
        ),
        Term("Nord Stream", "Nord Stream", keep=True),
    )
    back = glossary.terms("ar", "en")[0]
    assert (back.source, back.target, back.forms) == ("الأمم المتحدة", "United Nations", ("UN",))
    assert back.source_forms == ("هيئة الأمم",) and back.is_name


def test_style_dct(tmp_path: Path) -> None:
    (term,) = read(written(tmp_path, DCT)).terms("en", "ar")
    assert term == Term("truce", "هدنة", (), ("مهادنة",), part_of_speech="noun")


def test_martif_with_its_doctype_and_three_languages(tmp_path: Path) -> None:
    glossary = read(written(tmp_path, MARTIF))
    assert glossary.terms("en", "ar") == (Term("truce", "هدنة", part_of_speech="noun", note="house style"),)
    assert [term.target for term in glossary.terms("ar", "fr")] == ["trêve"]


def test_the_content_tells_the_form_not_the_name(tmp_path: Path) -> None:
    assert read(written(tmp_path, DCT, "glossary.csv")).entries
    assert read(written(tmp_path, "source,target\ntruce,هدنة\n", "glossary.tbx")).entries


def test_the_first_glossary_counts_most(tmp_path: Path) -> None:
    table = written(tmp_path, "source,target\ntruce,تهدئة\ncamp,مخيم\n", "own.csv")
    both = terms([table, written(tmp_path, DCT)], "en", "ar")
    assert [(term.source, term.target) for term in both] == [("truce", "تهدئة"), ("camp", "مخيم")]


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    text = """<tbx type="TBX-Basic"><text><body>
<conceptEntry>
  <langSec xml:lang="klingonese"><termSec><term>x</term></termSec></langSec>
  <langSec xml:lang="en"><termSec><term> </term></termSec></langSec>
  <langSec xml:lang="ar"/>
</conceptEntry>
<conceptEntry>
  <langSec xml:lang="en"><termSec><term>camp</term></termSec></langSec>
  <langSec xml:lang="ar"><termSec><term>مخيم</term></termSec>
    <termSec><term>مخيم</term><termNote type="administrativeStatus">deprecatedTerm</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>"""
    with pytest.raises(InputError) as error:
        read(written(tmp_path, text))
    message = str(error.value)
    assert "4 mistake(s)" in message
    for part in (
        "line 3: 'klingonese' is not a language",
        "line 4: there is no text in the term",
        "line 5: the language ar has no term",
        "line 7: مخيم is both wanted and forbidden",
    ):
        assert part in message


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("<tbx><text>", "line 1: it is not well-formed XML"),
        ("<html/>", "outermost element is html"),
        ("<tbx/>", "no conceptEntry"),
        ('<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx>&a;</tbx>', "declares entities"),
    ],
)
def test_what_is_no_glossary(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(InputError, match=part):
        read(written(tmp_path, text))
