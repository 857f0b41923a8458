"""A glossary's terms are put in with the clitics, case and definiteness of their place, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.align.words import words
from translate.document import Alignment, Severity, Span, TermOutcome, Translation
from translate.terminology import Term
from translate.terminology.enforce import Enforcer, enforce
from translate.terminology.slot import Refusal

CEASEFIRE = Term("ceasefire", "وقف إطلاق النار", ("وقف لإطلاق النار",), ("هدنة",), part_of_speech="noun")
AGREEMENT = Term("agreement", "اتفاق", part_of_speech="noun")
TRUCE = Term("truce", "هدنة", part_of_speech="noun")
LAW = Term("law", "قانون", part_of_speech="noun")
AGENCY = Term("agency", "وكالة", part_of_speech="noun")
COMMITTEE = Term("committee", "لجنة", part_of_speech="noun")
STRIKE = Term("air strike", "غارة جوية", part_of_speech="noun")
ZONE = Term("buffer zone", "منطقة عازلة", ("المنطقة العازلة",), part_of_speech="noun")
SHOOTING = Term("gunfire", "إطلاق نار", part_of_speech="noun")
GUNMEN = Term("gunmen", "مسلحون", part_of_speech="noun")
UN = Term("United Nations", "الأمم المتحدة", part_of_speech="proper noun", source_forms=("UN",))
COUNCIL = Term("Security Council", "مجلس الأمن", part_of_speech="proper noun")
SYRIA = Term("Syria", "سوريا", part_of_speech="proper noun")
ALEPPO = Term("Aleppo", "حلب", part_of_speech="proper noun")
LEBANON = Term("Lebanon", "لبنان", part_of_speech="proper noun")
BEIRUT = Term("Beirut", "بيروت", part_of_speech="proper noun")
JORDAN = Term("Jordan", "الأردن", part_of_speech="proper noun")
HAMAS = Term("Hamas", "حماس", part_of_speech="proper noun")
STRIP = Term("Gaza Strip", "قطاع غزة", part_of_speech="proper noun")
SYRIAN = Term("Syrian", "سوري", part_of_speech="adjective")
WFP = Term("WFP", "برنامج الأغذية العالمي", part_of_speech="proper noun")
CAR_BOMB = Term("car bomb", "سيارة مفخخة", part_of_speech="noun")
HELMETS = Term("Helmets", "الخوذ البيضاء", part_of_speech="proper noun")
COVID = Term("covid", "COVID-19", part_of_speech="noun")


def linked(source: str, target: str, links: str) -> Translation:
    pairs = (tuple(map(int, link.split("-"))) for link in links.split())
    alignment = Alignment(words(source), words(target), tuple(sorted((a, b) for a, b in pairs)))
    return Translation(target, alignment=alignment)


def run(source: str, target: str, links: str, *terms: Term, languages: str = "en-ar", **more) -> Translation:
    a, _, b = languages.partition("-")
    return enforce(source, linked(source, target, links), terms, (a, b), **more)


def outcome(done: Translation, target: str) -> str | Refusal:
    """The new text, or why the term was not put in."""
    if done.text != target:
        return done.text
    reasons = [why for why in Refusal if any(issue.message.endswith(f"{why.value[0]}.") for issue in done.issues)]
    return reasons[0] if reasons else target


# Clitics: what is before the noun stays before it.
CLITICS = [
    ("The ceasefire held.", "صمدت الهدنة.", "1-1 2-0 3-2", CEASEFIRE, Refusal.AGREEMENT),
    ("The ceasefire held.", "صمد الاتفاق.", "1-1 2-0 3-2", CEASEFIRE, "صمد وقف إطلاق النار."),
    ("and the ceasefire", "والاتفاق", "0-0 1-0 2-0", CEASEFIRE, "ووقف إطلاق النار"),
    ("so the ceasefire", "فالاتفاق", "0-0 2-0", CEASEFIRE, "فوقف إطلاق النار"),
    ("by the ceasefire", "بالاتفاق", "0-0 1-0 2-0", CEASEFIRE, "بوقف إطلاق النار"),
    ("like the ceasefire", "كالاتفاق", "0-0 2-0", CEASEFIRE, "كوقف إطلاق النار"),
    ("to the ceasefire", "للاتفاق", "0-0 1-0 2-0", CEASEFIRE, "لوقف إطلاق النار"),
    ("and by the ceasefire", "وبالاتفاق", "0-0 1-0 3-0", CEASEFIRE, "وبوقف إطلاق النار"),
    ("and to the ceasefire", "وللاتفاق", "0-0 1-0 3-0", CEASEFIRE, "ولوقف إطلاق النار"),
    ("and like the ceasefire", "وكالاتفاق", "0-0 1-0 3-0", CEASEFIRE, "وكوقف إطلاق النار"),
    ("the ceasefire", "بالاتفاق", "1-0", CEASEFIRE, "بوقف إطلاق النار"),
    ("to the agreement", "للعقد", "0-0 1-0 2-0", AGREEMENT, "للاتفاق"),
    ("and to the agreement", "وللعقد", "0-0 1-0 3-0", AGREEMENT, "وللاتفاق"),
    ("by the agreement", "بالعقد", "0-0 2-0", AGREEMENT, "بالاتفاق"),
    ("and by the agreement", "وبالعقد", "0-0 1-0 3-0", AGREEMENT, "وبالاتفاق"),
    ("like the agreement", "كالعقد", "0-0 2-0", AGREEMENT, "كالاتفاق"),
    ("and the agreement", "والعقد", "0-0 2-0", AGREEMENT, "والاتفاق"),
    ("to the committee", "للهيئة", "0-0 2-0", COMMITTEE, "للجنة"),
    ("to a committee", "لهيئة", "0-0 2-0", COMMITTEE, "للجنة"),
    ("and a committee", "وهيئة", "0-0 2-0", COMMITTEE, "ولجنة"),
    ("and an agency", "وهيئة", "0-0 2-0", AGENCY, "ووكالة"),
    ("to the UN", "للمنظمة", "0-0 2-0", UN, "للأمم المتحدة"),
    ("and to the UN", "وللمنظمة", "0-0 1-0 3-0", UN, "وللأمم المتحدة"),
    ("by the United Nations", "بالمنظمة الدولية", "0-0 2-0 3-1", UN, "بالأمم المتحدة"),
    ("to Jordan", "للاردان", "0-0 1-0", JORDAN, "للأردن"),
    ("and Jordan", "والاردان", "0-0 1-0", JORDAN, "والأردن"),
    ("in Jordan", "بالاردان", "0-0 1-0", JORDAN, "بالأردن"),
    ("to the Security Council", "لمجلس السلامة", "0-0 2-1 3-0", COUNCIL, "لمجلس الأمن"),
    ("and in the Gaza Strip", "وبشريط غزة", "0-0 1-0 3-1 4-0", STRIP, "وبقطاع غزة"),
    # Names whose first letter could be a clitic: the reading that is like the name counts.
    ("in Lebanon", "بليبنان", "0-0 1-0", LEBANON, "بلبنان"),
    ("to Lebanon", "لليبنان", "0-0 1-0", LEBANON, "للبنان"),
    ("Lebanon said", "ليبنان قال", "0-0 1-1", LEBANON, "لبنان قال"),
    ("and Beirut", "وبايروت", "0-0 1-0", BEIRUT, "وبيروت"),
    ("Beirut slept", "بايروت نامت", "0-0 1-1", BEIRUT, "بيروت نامت"),
    ("in Beirut", "ببايروت", "0-0 1-0", BEIRUT, "ببيروت"),
    ("and to Aleppo", "ولحالب", "0-0 1-0 2-0", ALEPPO, "ولحلب"),
    ("in Syria", "بسورية", "0-0 1-0", Term("Syria", "سوريا", forms=("سوريّا",), part_of_speech="name"), "بسوريا"),
]

# Definiteness: names and the first part of a construct take no article; a noun has it where the old one had.
DEFINITENESS = [
    ("The agreement held.", "صمد العقد.", "1-1 2-0 3-2", AGREEMENT, "صمد الاتفاق."),
    ("An air strike", "ضربة", "1-0 2-0", STRIKE, "غارة جوية"),
    ("The air strike", "الضربة", "1-0 2-0", STRIKE, "الغارة الجوية"),
    ("by the air strike", "بالضربة", "0-0 2-0 3-0", STRIKE, "بالغارة الجوية"),
    ("to the air strike", "للضربة", "0-0 2-0 3-0", STRIKE, "للغارة الجوية"),
    ("in the buffer zone", "في المنطقة الفاصلة", "0-0 2-2 3-1", ZONE, "في المنطقة العازلة"),
    ("in a buffer zone", "في منطقة فاصلة", "0-0 2-2 3-1", ZONE, "في منطقة عازلة"),
    ("the gunfire", "الرصاص", "1-0", SHOOTING, Refusal.INFLECTED),
    ("after gunfire", "بعد رصاص", "0-0 1-1", SHOOTING, "بعد إطلاق نار"),
    ("after the Gaza ceasefire", "بعد اتفاق غزة", "0-0 2-2 3-1", CEASEFIRE, Refusal.CONSTRUCT),
    ("after the Gaza agreement", "بعد عقد غزة", "0-0 2-2 3-1", AGREEMENT, "بعد اتفاق غزة"),
    ("after a shaky agreement", "بعد عقد هش", "0-0 2-2 3-1", AGREEMENT, "بعد اتفاق هش"),
    ("after a shaky ceasefire", "بعد اتفاق هش", "0-0 2-2 3-1", CEASEFIRE, Refusal.CONSTRUCT),
    ("the shaky ceasefire", "الاتفاق الهش", "1-1 2-0", CEASEFIRE, "وقف إطلاق النار الهش"),
    ("a ceasefire in Gaza", "اتفاق في غزة", "1-0 2-1 3-2", CEASEFIRE, "وقف إطلاق النار في غزة"),
    ("this ceasefire", "هذا الاتفاق", "0-0 1-1", CEASEFIRE, Refusal.CONSTRUCT),
    ("this agreement", "هذا العقد", "0-0 1-1", AGREEMENT, "هذا الاتفاق"),
    ("the first ceasefire", "أول اتفاق", "1-0 2-1", CEASEFIRE, Refusal.CONSTRUCT),
    ("the first agreement", "أول عقد", "1-0 2-1", AGREEMENT, "أول اتفاق"),
    ("the agency of the UN", "وكالة المنظمة", "1-0 4-1", UN, "وكالة الأمم المتحدة"),
    (
        "the Syria talks",
        "محادثات سورية",
        "1-1 2-0",
        Term("Syria", "سورية", ("x",), part_of_speech="name"),
        "محادثات سورية",
    ),
    ("the ceasefire agreement", "اتفاق الهدنة", "1-1 2-0", CEASEFIRE, Refusal.AGREEMENT),
    ("for the ceasefire", "من أجل الاتفاق", "0-1 2-2", CEASEFIRE, "من أجل وقف إطلاق النار"),
]

# What agrees with the noun (verbs, adjectives) must not have to change.
AGREEMENTS = [
    ("The truce collapsed.", "انهار الاتفاق.", "1-1 2-0 3-2", TRUCE, Refusal.AGREEMENT),
    ("during the truce.", "خلال الاتفاق.", "0-0 2-1 3-2", TRUCE, "خلال الهدنة."),
    ("the shaky truce", "الاتفاق الهش", "1-1 2-0", TRUCE, Refusal.AGREEMENT),
    ("in the shaky truce", "في الاتفاق الهش", "0-0 2-2 3-1", TRUCE, Refusal.AGREEMENT),
    ("The agency said", "قالت الهيئة", "1-1 2-0", AGENCY, "قالت الوكالة"),
    ("The agency said", "قال المكتب", "1-1 2-0", AGENCY, Refusal.AGREEMENT),
    ("The UN said", "قالت المنظمة", "1-1 2-0", UN, "قالت الأمم المتحدة"),
    ("The UN said", "قال المنتظم الأممي", "1-1 1-2 2-0", UN, Refusal.AGREEMENT),
    ("Syria said", "قالت سورية", "0-1 1-0", Term("Syria", "سوريا", part_of_speech="name"), "قالت سوريا"),
    ("Hamas said", "قالت هماس", "0-1 1-0", HAMAS, "قالت حماس"),
    ("The WFP sent it", "أرسلته منظمة التغذية العالمية", "1-1 1-2 1-3 2-0 3-0", WFP, Refusal.AGREEMENT),
    ("The WFP sent it", "أرسله مكتب التغذية العالمية", "1-1 1-2 1-3 2-0 3-0", WFP, "أرسله برنامج الأغذية العالمي"),
    ("A car bomb went off", "وقع هجوم سيارة", "1-1 2-2 3-0 4-0", CAR_BOMB, Refusal.AGREEMENT),
    ("The Helmets came", "جاء رجال الخوذ", "1-1 1-2 2-0", HELMETS, Refusal.AGREEMENT),
    ("The agreement fell", "سقطت الصفقات", "1-1 2-0", AGREEMENT, Refusal.AGREEMENT),
    ("The law fell", "سقطت القواعد", "1-1 2-0", LAW, Refusal.AGREEMENT),
    ("the new law fell", "والقواعد الجديدة سقطت", "1-1 2-0 3-2", LAW, Refusal.AGREEMENT),
    ("Hamas said", "قالت الحركة", "0-1 1-0", HAMAS, Refusal.AGREEMENT),
]

# Endings that show case.
CASES = [
    ("They signed an agreement.", "وقعوا عقدًا.", "0-0 1-0 3-1 4-2", AGREEMENT, "وقعوا اتفاقًا."),
    ("They signed an agreement.", "وقعوا عقدا.", "0-0 1-0 3-1 4-2", AGREEMENT, Refusal.INFLECTED),
    ("They signed an agreement.", "وقعوا صفقة.", "0-0 1-0 3-1 4-2", AGREEMENT, Refusal.AGREEMENT),
    ("They sought a truce.", "طلبوا تهدئة.", "0-0 1-0 3-1 4-2", TRUCE, "طلبوا هدنة."),
    ("a law", "تشريع", "1-0", LAW, "قانون"),
    ("under a law", "تحت تشريع", "0-0 2-1", LAW, "تحت قانون"),
    ("The gunmen fled.", "فر المقاتلون.", "1-1 2-0 3-2", GUNMEN, "فر المسلحون."),
    ("They saw the gunmen.", "رأوا المقاتلين.", "1-0 3-1", GUNMEN, "رأوا المسلحين."),
    ("with the gunmen", "مع المقاتلين", "0-0 2-1", GUNMEN, "مع المسلحين"),
    ("to the gunmen", "للمقاتلين", "0-0 2-0", GUNMEN, "للمسلحين"),
    ("of the gunmen of Idlib", "بين مقاتلي إدلب", "2-1 4-2", GUNMEN, Refusal.RECAST),
]

# Where it is not certain, nothing is changed.
REFUSALS = [
    ("The ceasefire held.", "صمد الاتفاق.", "2-0", CEASEFIRE, Refusal.UNALIGNED),
    ("a ceasefire deal failed", "اتفاق فشل", "1-0 2-0 3-1", CEASEFIRE, Refusal.SHARED),
    ("the ceasefire held", "الوقف صمد التام", "1-0 1-2 2-1", CEASEFIRE, Refusal.SCATTERED),
    ("the ceasefire held", "الاتفاق التام صمد", "1-0 2-2", CEASEFIRE, Refusal.SCATTERED),
    ("their ceasefire held", "اتفاقهم صمد", "0-0 1-0 2-1", CEASEFIRE, Refusal.SHARED),
    ("their ceasefire held", "اتفاقهم صمد", "1-0 2-1", CEASEFIRE, Refusal.UNALIGNED),
    ("ceasefires failed", "اتفاقات فشلت", "0-0 1-1", CEASEFIRE, Refusal.INFLECTED),
    ("UN forces", "القوات الأممية", "0-1 1-0", UN, Refusal.RECAST),
    ("Syria's army", "الجيش السوري", "0-1 1-0", SYRIA, Refusal.RECAST),
    ("Agreement of Gaza", "عقد غزة", "0-0 2-1", AGREEMENT, Refusal.RECAST),
    ("in Aleppo", "فيها", "0-0 1-0", ALEPPO, Refusal.RECAST),
    ("after Aleppo", "بعدما هي", "0-0 1-1", ALEPPO, Refusal.RECAST),
    ("a Syrian camp", "مخيم شامي", "1-1 2-0", SYRIAN, Refusal.INFLECTED),
    ("the agreement", "كمين", "1-0", AGREEMENT, Refusal.CLITIC),
    ("They agreed on covid", "اتفقوا على كورونا", "0-0 1-0 2-1 3-2", COVID, Refusal.INFLECTED),
    ("the ceasefire-deal", "الاتفاق", "1-0", CEASEFIRE, Refusal.SHARED),
    ("the ceasefire held", "صمد 2020", "1-1 2-0", CEASEFIRE, Refusal.SHARED),
    ("that the ceasefire holds", "أن يتوقف إطلاق", "0-0 2-1 3-2", Term("ceasefire", "اتفاق"), Refusal.RECAST),
    ("displacement of thousands", "نزح الآلاف", "0-0 2-1", Term("displacement", "نزوح"), Refusal.RECAST),
]

# A forbidden word is replaced even where the alignment has only a part of it.
FORBIDDEN = Term("ceasefire", "وقف إطلاق النار", forbidden=("اتفاق التهدئة",))
BANNED = [
    ("The ceasefire held.", "صمد اتفاق التهدئة.", "1-1 2-0 3-3", FORBIDDEN, "صمد وقف إطلاق النار."),
    ("The ceasefire held.", "صمد اتفاق التهدئة.", "2-0 3-3", FORBIDDEN, "صمد وقف إطلاق النار."),
    (
        "in Gaza",
        "في غزة",
        "0-0 1-1",
        Term("Gaza", "قطاع غزة", forbidden=("غزة",), part_of_speech="name"),
        "في قطاع غزة",
    ),
]

# What is right already stays: clitics, case, spelling, an allowed form, another place in the sentence.
USED = [
    ("The ceasefire held.", "وصمد وقف اطلاق النار.", "2-0", CEASEFIRE),
    ("to the UN", "للأمم المتحدة", "2-0 2-1", UN),
    ("a ceasefire", "وقفٌ لإطلاق النار", "", CEASEFIRE),
    ("and Aleppo", "وحلب", "", ALEPPO),
    ("Say no.", "لا.", "", ALEPPO),
]

FIGHTING = Term("قتال", "fighting", part_of_speech="noun")
ARMISTICE = Term("هدنة", "armistice", part_of_speech="noun")
EN_TRUCE = Term("هدنة", "truce", part_of_speech="noun")
MILITIA = Term("ميليشيا", "militia", part_of_speech="noun")
EN_AGENCY = Term("وكالة", "agency", part_of_speech="noun")
CESSATION = Term("هدنة", "cessation of hostilities", part_of_speech="noun")
EN_UN = Term("الأمم المتحدة", "United Nations", part_of_speech="proper noun")
EN_ALEPPO = Term("حلب", "Aleppo", part_of_speech="proper noun")
UNIFIL = Term("اليونيفيل", "UNIFIL", part_of_speech="proper noun")
EN_ARMY = Term("الجيش السوري", "Syrian Arab Army", part_of_speech="proper noun")

# Into English: articles, plural, possessive, capitals.
INTO_ENGLISH = [
    ("صمدت الهدنة", "The ceasefire held", "0-2 1-0 1-1", EN_TRUCE, "The truce held"),
    ("بالهدنة", "with the ceasefire", "0-0 0-1 0-2", EN_TRUCE, "with the truce"),
    ("وبالهدنة", "and by the ceasefire", "0-0 0-1 0-2 0-3", EN_TRUCE, "and by the truce"),
    ("هدنة", "a ceasefire", "0-0 0-1", ARMISTICE, "an armistice"),
    ("هدنة", "A ceasefire", "0-0 0-1", ARMISTICE, "An armistice"),
    ("رفضوا هدنة", "They refused an offer", "0-0 0-1 1-3", EN_TRUCE, "They refused a truce"),
    ("الهدنة هشة", "Ceasefire is shaky", "0-0 1-2", EN_TRUCE, "Truce is shaky"),
    ("وكالات", "offices", "0-0", EN_AGENCY, "agencies"),
    ("وكالة", "office", "0-0", EN_AGENCY, "agency"),
    ("قال إن الوكالات", "He said the offices", "0-1 2-3", EN_AGENCY, "He said the agencies"),
    ("الهدنات فشلت", "The ceasefires failed", "0-1 1-2", CESSATION, Refusal.INFLECTED),
    ("فشلت الهدنة", "The ceasefire failed", "0-2 1-1", CESSATION, "The cessation of hostilities failed"),
    ("هذه الهدنة فشلت", "these ceasefires were lost", "0-0 1-1 2-3", EN_TRUCE, Refusal.AGREEMENT),
    ("موقف حلب", "Halab's stance", "0-1 1-0", EN_ALEPPO, "Aleppo's stance"),
    ("موقف حلب", "the stance of Halab", "0-1 1-3", EN_ALEPPO, "the stance of Aleppo"),
    ("في حلب.", "in Halab.", "0-0 1-1 2-2", EN_ALEPPO, "in Aleppo."),
    ("وصلوا حلب.", "They reached the Halab.", "0-1 1-3 2-4", EN_ALEPPO, "They reached Aleppo."),
    ("ريف حلب", "the Halab countryside", "0-2 1-1", EN_ALEPPO, "the Aleppo countryside"),
    ("قالت الأمم المتحدة", "the UNO said", "0-2 1-1 2-1", EN_UN, "the United Nations said"),
    ("قالت الأمم المتحدة", "UNO said", "0-1 1-0 2-0", EN_UN, "United Nations said"),
    ("إلى الأمم المتحدة.", "to UNO.", "0-0 1-1 2-1 3-2", EN_UN, "to the United Nations."),
    ("قوات الأمم المتحدة", "UNO forces", "0-1 1-0 2-0", EN_UN, "United Nations forces"),
    ("جندي من اليونيفيل", "a peacekeeping soldier", "0-2 2-1", UNIFIL, Refusal.RECAST),
    ("أهل حلب", "the Halabi people", "0-2 1-1", EN_ALEPPO, Refusal.RECAST),
    ("النزوح", "displaced", "0-0", Term("نزوح", "displacement"), Refusal.RECAST),
    ("هم في القتال", "they fight", "0-0 2-1", FIGHTING, Refusal.RECAST),
    ("الهدنة", "it", "0-0", EN_TRUCE, Refusal.RECAST),
    ("سقطت حلب", "HALAB HAS FALLEN", "0-1 0-2 1-0", EN_ALEPPO, "ALEPPO HAS FALLEN"),
    ("قرب حلب ليلا", "near Halab, overnight", "0-0 1-1 2-3", EN_ALEPPO, "near Aleppo, overnight"),
    ("«حلب»", "“Halab”", "0-0 1-1 2-2", EN_ALEPPO, "“Aleppo”"),
    ("الميليشيا", "the gang's", "0-1", MILITIA, "the militia's"),
    ("الوكالات", "the offices'", "0-1", EN_AGENCY, "the agencies'"),
    ("الجيش السوري", "the army of Syria", "0-1 1-3", EN_ARMY, "the Syrian Arab Army"),
]


def cases(tables) -> list:
    return [pytest.param(*case, id=f"{case[0]} | {case[1]} | {case[3].target}") for table in tables for case in table]


@pytest.mark.parametrize(
    ("source", "target", "links", "term", "expected"),
    cases([CLITICS, DEFINITENESS, AGREEMENTS, CASES, REFUSALS, BANNED]),
)
def test_into_arabic(source: str, target: str, links: str, term: Term, expected: str | Refusal) -> None:
    assert outcome(run(source, target, links, term), target) == expected


@pytest.mark.parametrize(("source", "target", "links", "term", "expected"), cases([INTO_ENGLISH]))
def test_into_english(source: str, target: str, links: str, term: Term, expected: str | Refusal) -> None:
    assert outcome(run(source, target, links, term, languages="ar-en"), target) == expected


@pytest.mark.parametrize(("source", "target", "links", "term"), USED[:-1])
def test_what_is_right_already_stays(source: str, target: str, links: str, term: Term) -> None:
    done = run(source, target, links, term)
    assert done.text == target and not done.issues
    assert [use.outcome for use in done.terms] == [TermOutcome.USED]


def test_a_sentence_without_terms_is_the_same_object() -> None:
    before = linked("Say no.", "لا.", "")
    assert enforce("Say no.", before, [ALEPPO], ("en", "ar")) is before


def test_a_replacement_is_marked_with_the_old_words() -> None:
    done = run("and by the agreement in Gaza", "وبالعقد في غزة", "0-0 1-0 2-0 3-0 4-1 5-2", AGREEMENT)
    (issue,) = done.issues
    assert (issue.code, issue.severity) == ("terminology.replaced", Severity.NOTE)
    assert "وبالعقد" in issue.message and "وبالعقد" in issue.message_ar
    assert issue.source is not None and issue.source.of("and by the agreement in Gaza") == "agreement"
    assert issue.target is not None and issue.target.of(done.text) == "وبالاتفاق"
    (use,) = done.terms
    assert (use.outcome, use.target) == (TermOutcome.REPLACED, issue.target)


def test_a_refusal_is_told_in_both_languages() -> None:
    (issue,) = run("The ceasefire held.", "صمد الاتفاق.", "2-0", CEASEFIRE).issues
    assert (issue.code, issue.severity) == ("terminology.not_enforced", Severity.WARNING)
    assert Refusal.UNALIGNED.value[0] in issue.message and Refusal.UNALIGNED.value[1] in issue.message_ar
    assert issue.source == Span(4, 13) and issue.target is None


def test_the_alignment_follows() -> None:
    source, target = "after the ceasefire in Gaza", "بعد الاتفاق في غزة"
    done = run(source, target, "0-0 1-1 2-1 3-2 4-3", CEASEFIRE)
    assert done.text == "بعد وقف إطلاق النار في غزة" and done.alignment is not None
    assert [word.of(done.text) for word in done.alignment.target_words] == done.text.split()
    # The article, which had been linked to the one old word, keeps one link.
    assert str(done.alignment) == "0-0 1-1 2-1 2-2 2-3 3-4 4-5"


def test_two_terms_in_one_sentence() -> None:
    done = run("Hamas and Aleppo", "هماس وحالب", "0-0 1-1 2-1", HAMAS, ALEPPO)
    assert done.text == "حماس وحلب"
    assert [issue.target.of(done.text) for issue in done.issues if issue.target] == ["حماس", "وحلب"]


def test_two_terms_that_one_word_translates_stay() -> None:
    done = run("Aleppo Lebanon", "حالبان", "0-0 1-0", ALEPPO, LEBANON)
    assert done.text == "حالبان" and {use.outcome for use in done.terms} == {TermOutcome.NOT_ENFORCED}


def test_a_longer_name_is_left_alone() -> None:
    assert outcome(run("Jordan Spieth won", "جوردان سبيث فاز", "0-0 1-1 2-2", JORDAN), "جوردان سبيث فاز") == (
        Refusal.LONGER_NAME
    )
    assert run("In Jordan on Monday", "في جوردان يوم الاثنين", "0-0 1-1 2-2 3-3", JORDAN).text.startswith("في الأردن")


def test_what_is_protected_stays() -> None:
    done = run("in Aleppo", "في حالب", "0-0 1-1", ALEPPO, protected=[Span(3, 9)])
    assert outcome(done, "في حالب") == Refusal.PROTECTED


def test_checking_only_changes_nothing() -> None:
    done = run("in Aleppo", "في حالب", "0-0 1-1", ALEPPO, check_only=True)
    assert (done.text, done.issues, done.terms[0].outcome) == ("في حالب", (), TermOutcome.MISSING)


@pytest.mark.parametrize("alignment", [None, Alignment((), (), ()), Alignment((), words("صمدت الهدنة."), ())])
def test_without_an_alignment_nothing_is_changed(alignment: Alignment | None) -> None:
    banned = replace(CEASEFIRE, forbidden=("هدنة",))
    done = enforce("The ceasefire held.", Translation("صمدت الهدنة.", alignment=alignment), [banned], ("en", "ar"))
    assert outcome(done, "صمدت الهدنة.") == Refusal.UNALIGNED
    assert done.terms[0].forbidden == "الهدنة"


def test_of_other_languages_only_names_are_put_in() -> None:
    name, noun = Term("Aleppo", "Alep", part_of_speech="name"), Term("truce", "trêve", part_of_speech="noun")
    assert run("in Aleppo", "à Aleppe", "0-0 1-1", name, languages="en-fr").text == "à Alep"
    assert outcome(run("a truce", "un armistice", "0-0 1-1", noun, languages="en-fr"), "un armistice") == (
        Refusal.INFLECTED
    )


EVERY = [
    *((case, "en-ar") for table in (CLITICS, DEFINITENESS, AGREEMENTS, CASES, REFUSALS, BANNED) for case in table),
    *((case, "ar-en") for case in INTO_ENGLISH),
]


@pytest.mark.parametrize(("case", "languages"), EVERY)
def test_enforcing_twice_is_enforcing_once(case: tuple, languages: str) -> None:
    source, target, links, term, _ = case
    once = run(source, target, links, term, languages=languages)
    a, _, b = languages.partition("-")
    again = enforce(source, Translation(once.text, alignment=once.alignment), [term], (a, b))
    assert again.text == once.text and again.alignment == once.alignment
    if once.text != target:
        assert [use.outcome for use in again.terms] == [TermOutcome.USED]


WORDS = ("alpha", "beta", "gamma", "delta", "Aleppo", "Lebanon", "the", "and", "in", ",")
THEIRS = ("كتاب", "الكتاب", "وحالب", "ليبنان", "حلب", "في", "بحالب", "،", "قديم", "لليبنان")


@given(st.data())
def test_nothing_but_the_replaced_words_changes(data: st.DataObject) -> None:
    """Text outside the marked places and links of other words are as they were, whatever the alignment."""
    source = " ".join(data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7)))
    target = " ".join(data.draw(st.lists(st.sampled_from(THEIRS), min_size=1, max_size=7)))
    ours, theirs = len(words(source)), len(words(target))
    links = data.draw(st.sets(st.tuples(st.integers(0, ours - 1), st.integers(0, theirs - 1)), max_size=10))
    before = Translation(target, alignment=Alignment(words(source), words(target), tuple(sorted(links))))
    done = enforce(source, before, [ALEPPO, LEBANON], ("en", "ar"))
    places = sorted(use.target for use in done.terms if use.outcome is TermOutcome.REPLACED and use.target)
    kept, at = [], 0
    for place in places:
        kept.append(done.text[at : place.start])
        at = place.end
    rest = [*kept, done.text[at:]]
    found = 0
    for part in rest:
        found = target.find(part, found)
        assert found >= 0
        found += len(part)
    assert done.alignment is not None and done.alignment.target_words == words(done.text)
    terms = {i for i, word in enumerate(words(source)) if word.of(source) in ("Aleppo", "Lebanon")}
    if len(words(done.text)) == len(words(target)):
        assert {link for link in links if link[0] not in terms} == {
            link for link in done.alignment.links if link[0] not in terms
        }
    assert enforce(source, replace(done, terms=(), issues=()), [ALEPPO, LEBANON], ("en", "ar")).text == done.text


MUTATIONS = [
    # A letter of the right name is changed, doubled, dropped; the article is added; a forbidden word stands there.
    lambda name: name[:-1] + "ا" if len(name) > 3 else name + "ا",
    lambda name: name[0] + name[1] * 2 + name[2:],
    lambda name: name[:2] + name[3:] if len(name) > 4 else name + "ن",
]


@pytest.mark.parametrize("mutate", MUTATIONS)
@pytest.mark.parametrize("term", [ALEPPO, LEBANON, BEIRUT, SYRIA, HAMAS])
def test_a_misspelt_name_is_put_right(mutate, term: Term) -> None:
    source, target = f"They came to {term.source} yesterday.", f"جاؤوا إلى {mutate(term.target)} أمس."
    done = run(source, target, "0-0 1-0 2-1 3-2 4-3 5-4", term)
    if done.terms[0].outcome is not TermOutcome.USED:
        assert done.text == f"جاؤوا إلى {term.target} أمس."


def test_an_enforcer_finds_what_must_be_kept() -> None:
    keep = Term("Nord Stream", "", keep=True)
    enforcer = Enforcer((keep, ALEPPO), "en", "ar")
    text = "Nord Stream is not in Aleppo."
    assert [span.of(text) for span in enforcer.kept(text)] == ["Nord Stream"]
    assert replace(enforcer, check_only=True).kept(text) == ()
