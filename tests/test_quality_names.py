"""Names that a translation lost or changed."""

from __future__ import annotations

import pytest
from babel import Locale

from translate import quality
from translate.document import Span
from translate.quality import Pair, names
from translate.quality.check import Finding
from translate.terminology import Term

LIMITS = quality.settings()["names"].limits

# Our own sentences and their translations.
GOOD = [
    ("Bashar Al Assad received Akram Hamdan in Damascus.", "استقبل بشار الأسد أكرم حمدان في دمشق."),
    ("HTS and the UN signed the paper in Idlib.", "وقعت هيئة تحرير الشام والأمم المتحدة الورقة في إدلب."),
    ("Abu Khaled and his son Abdulrahman left for Homs.", "غادر أبو خالد وابنه عبد الرحمن إلى حمص."),
    ("Robert Fletcher of Reuters lives in Cairo.", "يعيش روبرت فليتشر من رويترز في القاهرة."),
    ("Syrian and Turkish officers met near Al-Bab.", "التقى ضباط سوريون وأتراك قرب الباب."),
    ("The European Union helps Lebanon and Jordan.", "يساعد الاتحاد الأوروبي لبنان والأردن."),
    ("Facebook and iNews wrote about it, said Georgieva.", "كتب فيسبوك و iNews عن ذلك، بحسب غورغييفا."),
    ("NATO, the WHO and the EU will visit Kyiv.", "سيزور الناتو ومنظمة الصحة العالمية والاتحاد الأوروبي كييف."),
    ("ISIS attacked the SDF east of Deir ez-Zor.", "هاجم تنظيم داعش قوات سوريا الديمقراطية شرق دير الزور."),
    ("In New York, Mr. Sullivan praised Hong Kong.", "في نيويورك أشاد السيد سوليفان بهونغ كونغ."),
]


def found(english: str, arabic: str, terms: tuple[Term, ...] = (), into: str = "ar") -> list[Finding]:
    pair = (
        Pair(english, arabic, "en", "ar", terms=terms)
        if into == "ar"
        else Pair(arabic, english, "ar", "en", terms=terms)
    )
    return list(names.find(pair, LIMITS))


@pytest.mark.parametrize("into", ["ar", "en"])
@pytest.mark.parametrize(("english", "arabic"), GOOD)
def test_a_good_translation_has_all_names(english: str, arabic: str, into: str) -> None:
    assert found(english, arabic, into=into) == []


@pytest.mark.parametrize(
    ("pair", "word", "other", "name"),
    [
        (0, "أكرم", "عامر", "Akram"),
        (0, "حمدان", "فالديز", "Hamdan"),
        (0, "بشار", "فيشر", "Bashar"),
        (0, "الأسد", "بتروف", "Assad"),
        (0, "دمشق", "لشبونة", "Damascus"),
        (1, "هيئة تحرير الشام", "جماعة محلية", "HTS"),
        (1, "والأمم المتحدة", "وروسيا", "UN"),
        (1, "إدلب", "تبليسي", "Idlib"),
        (2, "خالد", "نغوين", "Khaled"),
        (3, "فليتشر", "هندريكس", "Fletcher"),
        (3, "رويترز", "أوساكا", "Reuters"),
        (4, "وأتراك", "ويونانيون", "Turkish"),
        (5, "لبنان", "تشاد", "Lebanon"),
        (9, "سوليفان", "كوفالسكي", "Sullivan"),
    ],
)
def test_a_name_swapped_in_the_arabic_is_seen(pair: int, word: str, other: str, name: str) -> None:
    english, arabic = GOOD[pair]
    assert word in arabic
    findings = found(english, arabic.replace(word, other))
    assert [finding.values["name"] for finding in findings] == [name]
    assert findings[0].source is not None
    assert findings[0].source.of(english) == name


@pytest.mark.parametrize(
    ("pair", "word", "other"),
    [
        (0, "Akram", "Amir"),
        (0, "Damascus", "Lisbon"),
        (1, "HTS", "Hamas"),
        (2, "Khaled", "Tanaka"),
        (3, "Fletcher", "Hendricks"),
        (4, "Turkish", "Greek"),
        (5, "Lebanon", "Chad"),
        (9, "Sullivan", "Kowalski"),
    ],
)
def test_a_name_swapped_in_the_english_is_seen(pair: int, word: str, other: str) -> None:
    english, arabic = GOOD[pair]
    changed = english.replace(word, other)
    findings = found(changed, arabic, into="en")
    assert [finding.values["name"] for finding in findings] == [other]
    assert findings[0].target == Span(changed.index(other), changed.index(other) + len(other))


def test_another_country_is_said_with_both_places() -> None:
    english, arabic = "Talks with Portugal failed.", "فشلت المحادثات مع النرويج."
    assert found(english, arabic) == [
        Finding("changed", Span(11, 19), Span(18, 25), {"name": "Portugal", "other": "النرويج"})
    ]
    assert [finding.kind for finding in found(english, arabic, into="en")] == ["changed"]


@pytest.mark.parametrize(
    "arabic", ["فشلت المحادثات مع البرتغاليين.", "فشلت المحادثات مع برتغال.", "فشلت المحادثات مع Portugal."]
)
def test_a_country_in_another_form_is_no_other_country(arabic: str) -> None:
    assert found("Talks with Portugal failed.", arabic) == []


def test_a_repeated_name_that_comes_less_often_is_seen() -> None:
    english = "Pakistan said that the Pakistani army left; India agreed."
    arabic = "قالت باكستان إن الجيش الباكستاني غادر، ووافقت الهند."
    assert found(english, arabic) == []
    assert [finding.kind for finding in found(english, arabic.replace("باكستان", "لشبونة", 1))] == ["fewer"]
    assert found("The WHO (World Health Organization) met.", "اجتمعت منظمة الصحة العالمية.") == []


def test_a_glossary_decides_first() -> None:
    english, arabic = "The Rojava Press Foundation wrote to Kareen.", "كتبت مؤسسة شمال للصحافة إلى كارين."
    term = Term("Rojava Press Foundation", "مؤسسة شمال للصحافة")
    assert [finding.values["name"] for finding in found(english, arabic)] == ["Rojava"]
    assert found(english, arabic, (term,)) == []
    back = Term("مؤسسة شمال للصحافة", "Rojava Press Foundation")
    assert found(english, arabic, (back,), into="en") == []


@pytest.mark.parametrize("arabic", ["سافر سميثسون إلى تايلاندأمس.", "سافرسميثسون إلىتايلاند أمس."])
def test_lost_spaces_are_no_lost_names(arabic: str) -> None:
    assert found("Smithson flew to Thailand yesterday.", arabic) == []


def test_other_languages_are_left_alone() -> None:
    assert list(names.find(Pair("Akram left.", "Karim est parti.", "en", "fr"), LIMITS)) == []


@pytest.mark.parametrize("arabic", ["", "!", "123"])
def test_an_empty_side_misses_the_names(arabic: str) -> None:
    assert [finding.values["name"] for finding in found("He met Akram.", arabic)] == ["Akram"]


def test_every_country_of_cldr_is_known_by_its_arabic_name() -> None:
    english, arabic = Locale("en").territories, Locale("ar").territories
    # CLDR's Arabic leaves out Tristan da Cunha and the Antarctic.
    in_part = ("SH", "TF")
    missed = [
        english[code]
        for code in english
        if len(code) == 2
        and code not in ("QO", "EU", "EZ", "UN", "XA", "XB", *in_part)
        and code in arabic
        and "SAR" not in english[code]
        and found(f"They flew to {english[code]} today.", f"سافروا اليوم إلى {arabic[code]}.")
    ]
    assert missed == []
