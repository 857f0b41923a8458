"""The Arabic words for numbers in every spelling, with the particles that are written as one with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from fractions import Fraction

from translate.quality.values import Amount


class Role(Enum):
    """What a word does in a number."""

    UNIT = auto()  # 1 to 9
    TEN = auto()  # 10, and what makes 13 of 3
    TENS = auto()
    HUNDRED = auto()
    HUNDREDS = auto()  # 200 to 900 in one word
    SCALE = auto()
    TWO_SCALES = auto()  # the dual of a scale: 2000, two million
    DUAL = auto()  # the dual of a noun that is often counted
    ORDINAL = auto()
    FRACTION = auto()
    PARTS = auto()  # the plural of a fraction, by its denominator
    DECADE = auto()
    VAGUE = auto()  # dozens, hundreds
    LOOSE = auto()  # may say a number and may not, or comes without one in the other language


@dataclass(frozen=True)
class Word:
    """A number word; `conjoined` where "and" is written as one with it, `definite` where the article is.

    `others` are what else it may mean, `plural` tells "thousands" from "thousand".
    """

    role: Role
    amount: Amount
    conjoined: bool = False
    definite: bool = False
    plural: bool = False
    others: tuple[Amount, ...] = ()


# All spellings are folded as `digits.fold` does it: one alef, ya for alef maqsura.
_UNITS = {
    1: "واحد واحدة واحدا احد احدي",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي ثنتان ثنتين",
    3: "ثلاثة ثلاث ثلاثا",
    4: "اربعة اربع اربعا",
    5: "خمسة خمس خمسا",
    6: "ستة ست",
    7: "سبعة سبع سبعا",
    8: "ثمانية ثماني ثمان ثمانيا",
    9: "تسعة تسع تسعا",
}
_STEMS = {3: "ثلاث", 4: "اربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان", 9: "تسع"}
_TENS = {10 * i: stem for i, stem in {2: "عشر", **_STEMS}.items()}
_HUNDRED = ("مائة", "مئة", "ماية")
_SCALES = {
    10**3: "الف الفا",
    10**6: "مليون مليونا",
    10**9: "مليار مليارا بليون بليونا",
    10**12: "تريليون تريليونا ترليون ترليونا",
}
_PLURAL_SCALES = {
    10**3: "الاف الافا الوف",
    10**6: "ملايين",
    10**9: "مليارات بلايين",
    10**12: "تريليونات ترليونات",
}
_TWO_SCALES = {
    200: "مائتان مئتان مائتين مئتين مائتا مئتا مائتي مئتي ميتين",
    2000: "الفان الفين الفي",
    2 * 10**6: "مليونان مليونين مليوني",
    2 * 10**9: "ملياران مليارين ملياري",
    2 * 10**12: "تريليونان تريليونين تريليوني",
}
_ORDINALS = {
    1: "اول اولي اولا حادي حادية",
    2: "ثاني ثانية ثان ثانيا",
    3: "ثالث ثالثة ثالثا",
    4: "رابع رابعة رابعا",
    5: "خامس خامسة خامسا",
    6: "سادس سادسة سادسا",
    7: "سابع سابعة سابعا",
    8: "ثامن ثامنة ثامنا",
    9: "تاسع تاسعة تاسعا",
    10: "عاشر عاشرة عاشرا",
}
_FRACTIONS = {
    Fraction(1, 2): "نصف نصفا نصفه نصفها نصفهم",
    Fraction(1, 3): "ثلث ثلثه ثلثها ثلثهم",
    Fraction(1, 4): "ربع ربعا ربعه ربعها ربعهم",
    Fraction(1, 5): "خمسها خمسهم",
    Fraction(1, 6): "سدس سدسا سدسه سدسها سدسهم",
    Fraction(2, 3): "ثلثا ثلثي ثلثين ثلثان ثلثيه ثلثيها ثلثيهم ثلثاه ثلثاها ثلثاهم",
}
_PARTS = {2: "انصاف", 3: "اثلاث", 4: "ارباع", 5: "اخماس", 6: "اسداس", 7: "اسباع", 8: "اثمان", 9: "اتساع", 10: "اعشار"}
_LOOSE: dict[str, tuple[Amount, ...]] = {
    "صفر صفرا": (0,),
    "مرة وحيد وحيدة": (1,),
    "كلا كلتا كلي كلتي كلاهما كلتاهما كليهما كلتيهما": (2,),
    "ضعف ضعفا ضعفي ضعفين ضعفان زوج زوجا زوجي زوجين زوجان مزدوج مزدوجة مرتين مرتان توام توامين توامان توائم": (2,),
    "ثنائي ثنائية ثنائيا مثني": (2,),
    "ثلاثي ثلاثية ثلاثيا": (3,),
    "رباعي رباعية": (4,),
    "خماسي خماسية": (5,),
    "سداسي سداسية": (6,),
    "سباعي سباعية": (7,),
    "عقد عقدا": (10,),
    "دزينة درزن": (12,),
    "ظهرا": (12,),
    "منتصف": (12, 0, 24, Fraction(1, 2)),
    "قرن قرنا": (100,),
    "الفية": (1000,),
}
_VAGUE = {10: "عشرات", 100: "مئات"}
# Nouns that are often counted and whose plural is not written like their dual; with what they hold where another unit
# may stand for it ("20 years"). What comes in pairs (hands) is not among them: that dual says no number.
_DUAL_MASCULINE = (
    "عام متر كيلومتر كيلوغرام كيلوجرام رطل لتر دولار هدف طفل رجل ولد جندي شرطي صاروخ هجوم انفجار موقع حزب"
    " لقب نوع قسم جزء مقعد شقيق منزل مبني طابق سبب لون خط طرف جانب شكل عنصر مصدر مركز مصنع جسر طريق نهر جبل مرض فيروس"
    " لقاح نظام قطاع مشروع اقتراح قرار اتفاق حل خيار سؤال برنامج فيلم كوكب نجم فصل مجلد مقال عدد رقم وزير رئيس نائب"
    " سفير ضابط طبيب فريق منتخب شيئ صديق كلب قط كتاب بيت باب شارع قطار شهيد مبدا مجال اتجاه مسار حرف مقطع"
    " جسيم شعاع زعيم"
).split()
_DUAL_FEMININE = (
    "حال مجموع مشكل مرحل جول مبارا نقط طائر قذيف جث امرا فتا سيار دول منطق مدين شرك كلم درج حافل عبو قنبل قري دفع"
    " فتر غار عملي محافظ سفين لغ صور ذر عدس شرف نتيج سلال ميدالي تذكر رحل صفح قطع قنا حب ابن بن مساح رصاص طلق ضرب"
    " جائز بطول مدرس جامع منظم مؤسس صحيف قاعد كتيب فرق قوا قضي جلس زيار مكالم رسال نسخ سلسل خطو مهم ورق غرف تمرير ركل"
    " حمل اغني رواي مسرحي بعث لجن هيئ وكال جماع فئ طبق كتل زجاج علب جرع عين شاحن دراج دباب مروحي اصاب وفا عائل اسر"
    " قبيل محاول تجرب دراس نظري فكر وسيل اجاب طريق"
).split()
_DUAL_TIMES = {"يوم": 0, "شهر": 0, "اسبوع": 14, "ساعت": 0, "سنت": 0, "دقيقت": 0}
_DUAL_AGES = {"عقد": 20, "قرن": 200, "ثانيت": 0, "ليلت": 0}

_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "ال", "وال", "فال", "بال", "كال", "لل", "وبال", "ولل")
# A prefix makes other words of these: "I am not", "by contract", "percent".
_OTHER_WORDS = frozenset("لست ولست كست فست بعقد لعقد بكلي للكلي الكلي بالمائة بالمئة بالماية بالمائه بالمئه".split())

PERCENT = frozenset(f"بال{word}" for word in (*_HUNDRED, "مائه", "مئه"))
"""Percent in one word."""
PERCENT_HUNDRED = frozenset(f"ال{word}" for word in (*_HUNDRED, "مائه", "مئه"))
"""What "في" makes percent of."""
MULTIPLES: Mapping[str, int] = {"عقود": 10, "عقدا": 10, "قرون": 100, "قرنا": 100, "اسابيع": 7, "اسبوعا": 7}
"""What a counted unit holds of the next smaller one that newspapers count in."""
CENTURY = frozenset("القرن للقرن بالقرن والقرن".split())
LAST = frozenset("الماضي المنصرم الفائت السابق".split())
HOUR = frozenset("الساعة ساعة والساعة للساعة بالساعة".split())
DAY_PARTS = frozenset("صباحا مساء ظهرا عصرا فجرا ليلا صباح مساءا".split())
MINUTES = frozenset("دقيقة دقائق".split())
MONTHS: Mapping[str, int] = {
    name: month
    for month, names in enumerate(
        (
            "يناير جانفي",
            "فبراير شباط فيفري",
            "مارس اذار",
            "ابريل نيسان افريل",
            "مايو ايار ماي",
            "يونيو يونيه حزيران جوان",
            "يوليو يوليه تموز جويلية",
            "اغسطس اب اوت",
            "سبتمبر ايلول",
            "اكتوبر",
            "نوفمبر",
            "ديسمبر ديسيمبر",
        ),
        1,
    )
    for name in names.split()
}
TWO_WORD_MONTHS: Mapping[tuple[str, int], int] = {
    ("تشرين", 1): 10,
    ("تشرين", 2): 11,
    ("كانون", 1): 12,
    ("كانون", 2): 1,
}
"""The months that Syria and its neighbours tell apart by "first" and "second"."""


def _plain_words() -> Iterator[tuple[str, Word]]:
    """Every number word without prefixes."""
    hundreds = {
        100 * i: " ".join(f"{stem}{end}{one}" for end in ("", "ي") for one in _HUNDRED) for i, stem in _STEMS.items()
    }
    tables: Iterable[tuple[Role, Mapping[int, str]]] = (
        (Role.UNIT, _UNITS),
        (Role.TEN, {10: "عشر عشرة"}),
        (Role.TENS, {tens: f"{stem}ون {stem}ين" for tens, stem in _TENS.items()}),
        (Role.HUNDRED, {100: " ".join(_HUNDRED)}),
        (Role.HUNDREDS, hundreds),
        (Role.SCALE, _SCALES),
        (Role.TWO_SCALES, _TWO_SCALES),
        (Role.ORDINAL, _ORDINALS),
        (Role.PARTS, {below: f"{form} {form}ه {form}ها {form}هم" for below, form in _PARTS.items()}),
        (Role.VAGUE, _VAGUE),
        (Role.DECADE, {tens: f"{stem}ينات {stem}ينيات {stem}يني {stem}ينية" for tens, stem in _TENS.items()}),
    )
    for role, table in tables:
        for amount, forms in table.items():
            yield from ((form, Word(role, amount)) for form in forms.split())
    for amount, forms in _PLURAL_SCALES.items():
        yield from ((form, Word(Role.SCALE, amount, plural=True)) for form in forms.split())
    for part, forms in _FRACTIONS.items():
        yield from ((form, Word(Role.FRACTION, part)) for form in forms.split())
    for forms, amounts in _LOOSE.items():
        yield from ((form, Word(Role.LOOSE, amounts[0], others=amounts[1:])) for form in forms.split())


def _duals() -> Iterator[tuple[str, Word]]:
    stems = {
        **dict.fromkeys(_DUAL_MASCULINE, 0),
        **dict.fromkeys((f"{stem}ت" for stem in _DUAL_FEMININE), 0),
        **_DUAL_TIMES,
        **_DUAL_AGES,
    }
    for stem, holds in stems.items():
        for end in ("ان", "ين"):
            yield stem + end, Word(Role.DUAL, 2, others=(holds,) if holds else ())


def _lexicon() -> dict[str, Word]:
    """Every number word with every prefix; what is listed first wins where two are spelled the same."""
    found: dict[str, Word] = {}
    for form, word in (*_plain_words(), *_duals()):
        # A final ta marbuta is often typed as ha.
        for spelling in (form, form[:-1] + "ه") if form.endswith("ة") else (form,):
            for prefix in _PREFIXES:
                definite = prefix.endswith(("ال", "لل"))
                if prefix + spelling in _OTHER_WORDS or (definite and _has_no_article(form, word)):
                    continue
                full = replace(word, conjoined=prefix.startswith("و"), definite=definite)
                found.setdefault(prefix + spelling, full)
    return found


def _has_no_article(form: str, word: Word) -> bool:
    """Whether a form is no number with the article: "الألفي" is "millennial", "القسمين" are known already.

    But "الشهرين الماضيين" are two months.
    """
    if word.role is Role.DUAL:
        return form[:-2] not in _DUAL_TIMES
    return word.role is Role.TWO_SCALES and not form.endswith("ن")


LEXICON: Mapping[str, Word] = _lexicon()
"""Every number word with every prefix, folded."""
