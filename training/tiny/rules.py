"""Makes English-Arabic pairs by rule: numbers, dates, names and short news frames that Tatoeba hardly has.

Everything in this module was written for this project and is released under CC0-1.0. All events are invented.
Word order differs between the two sides of most frames on purpose: the trained attention must not be a diagonal.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from babel.dates import get_day_names, get_month_names


@dataclass(frozen=True)
class Speaker:
    """Who says something: both names, and the Arabic verb that agrees with the name when it stands before it."""

    en: str
    ar: str
    said: str = "قال"  # masculine singular, also right before a plural subject


@dataclass(frozen=True)
class Noun:
    """A counted noun: English plural, then the three Arabic forms that numbers call for."""

    en: str
    singular: str  # after 100, 200, 1000 …
    accusative: str  # after 11–99
    plural: str  # after 3–10
    feminine: bool = False


@dataclass(frozen=True)
class Event:
    """Something that happens at a place; `feminine` decides how the Arabic verb agrees."""

    en: str
    ar: str
    feminine: bool = False


PEOPLE = (
    Speaker("Akram", "أكرم"), Speaker("Ahmed", "أحمد"), Speaker("Khalid", "خالد"), Speaker("Omar", "عمر"),
    Speaker("Youssef", "يوسف"), Speaker("Hassan", "حسن"), Speaker("Sami", "سامي"), Speaker("Tom", "توم"),
    Speaker("John", "جون"), Speaker("Ali", "علي"), Speaker("Layla", "ليلى", "قالت"), Speaker("Mona", "منى", "قالت"),
    Speaker("Fatima", "فاطمة", "قالت"), Speaker("Sara", "سارة", "قالت"), Speaker("Mariam", "مريم", "قالت"),
    Speaker("Huda", "هدى", "قالت"), Speaker("Mary", "ماري", "قالت"), Speaker("Salma", "سلمى", "قالت"),
)  # fmt: skip
SURNAMES = (
    ("Haddad", "حداد"), ("Mansour", "منصور"), ("Khoury", "خوري"), ("Salem", "سالم"), ("Nasser", "ناصر"),
    ("Darwish", "درويش"), ("Aziz", "عزيز"), ("Rahman", "رحمن"), ("Smith", "سميث"), ("Hamdan", "حمدان"),
)  # fmt: skip
BODIES = (
    Speaker("the UN", "الأمم المتحدة", "قالت"), Speaker("the United Nations", "الأمم المتحدة", "قالت"),
    Speaker("The National", "ذا ناشيونال", "قالت"), Speaker("Reuters", "رويترز", "قالت"),
    Speaker("the World Bank", "البنك الدولي"), Speaker("the Red Cross", "الصليب الأحمر"),
    Speaker("the army", "الجيش"), Speaker("the government", "الحكومة", "قالت"),
    Speaker("the Ministry of Health", "وزارة الصحة", "قالت"),
    Speaker("the Ministry of Defence", "وزارة الدفاع", "قالت"),
    Speaker("the police", "الشرطة", "قالت"), Speaker("officials", "مسؤولون"), Speaker("residents", "السكان"),
    Speaker("witnesses", "شهود"), Speaker("doctors", "الأطباء"), Speaker("the president", "الرئيس"),
    Speaker("the prime minister", "رئيس الوزراء"), Speaker("the minister", "الوزير"), Speaker("the mayor", "العمدة"),
    Speaker("the European Union", "الاتحاد الأوروبي"), Speaker("a spokesman", "متحدث"),
    Speaker("the World Health Organization", "منظمة الصحة العالمية", "قالت"),
)  # fmt: skip
PLACES = (
    ("Syria", "سوريا"), ("Damascus", "دمشق"), ("Aleppo", "حلب"), ("Homs", "حمص"), ("Iraq", "العراق"),
    ("Baghdad", "بغداد"), ("Mosul", "الموصل"), ("Lebanon", "لبنان"), ("Beirut", "بيروت"), ("Egypt", "مصر"),
    ("Cairo", "القاهرة"), ("Yemen", "اليمن"), ("Sanaa", "صنعاء"), ("Gaza", "غزة"), ("Jordan", "الأردن"),
    ("Amman", "عمان"), ("Libya", "ليبيا"), ("Sudan", "السودان"), ("Khartoum", "الخرطوم"), ("Turkey", "تركيا"),
    ("Istanbul", "إسطنبول"), ("Iran", "إيران"), ("Tehran", "طهران"), ("Russia", "روسيا"), ("Moscow", "موسكو"),
    ("Ukraine", "أوكرانيا"), ("France", "فرنسا"), ("Paris", "باريس"), ("Tunisia", "تونس"), ("Morocco", "المغرب"),
    ("Algeria", "الجزائر"), ("Qatar", "قطر"), ("Doha", "الدوحة"), ("Dubai", "دبي"), ("London", "لندن"),
    ("Washington", "واشنطن"), ("the United States", "الولايات المتحدة"), ("Germany", "ألمانيا"), ("China", "الصين"),
    ("Britain", "بريطانيا"), ("Abu Dhabi", "أبوظبي"), ("Jerusalem", "القدس"),
)  # fmt: skip
MASCULINE_PLACES = frozenset(("العراق", "لبنان", "اليمن", "الأردن", "السودان", "المغرب"))
DAYS = tuple((get_day_names(locale="en")[i], get_day_names(locale="ar")[i]) for i in range(7))
MONTHS = tuple((get_month_names(locale="en")[i], get_month_names(locale="ar")[i]) for i in range(1, 13))
HUMANS = (
    Noun("people", "شخص", "شخصا", "أشخاص"), Noun("soldiers", "جندي", "جنديا", "جنود"),
    Noun("civilians", "مدني", "مدنيا", "مدنيين"), Noun("children", "طفل", "طفلا", "أطفال"),
    Noun("women", "امرأة", "امرأة", "نساء", True), Noun("workers", "عامل", "عاملا", "عمال"),
    Noun("students", "طالب", "طالبا", "طلاب"), Noun("journalists", "صحفي", "صحفيا", "صحفيين"),
    Noun("refugees", "لاجئ", "لاجئا", "لاجئين"), Noun("doctors", "طبيب", "طبيبا", "أطباء"),
)  # fmt: skip
THINGS = (
    Noun("houses", "منزل", "منزلا", "منازل"), Noun("schools", "مدرسة", "مدرسة", "مدارس", True),
    Noun("villages", "قرية", "قرية", "قرى", True), Noun("hospitals", "مستشفى", "مستشفى", "مستشفيات"),
    Noun("trucks", "شاحنة", "شاحنة", "شاحنات", True), Noun("tents", "خيمة", "خيمة", "خيام", True),
    Noun("bridges", "جسر", "جسرا", "جسور"), Noun("books", "كتاب", "كتابا", "كتب"),
)  # fmt: skip
SPANS = (
    Noun("days", "يوم", "يوما", "أيام"), Noun("months", "شهر", "شهرا", "أشهر"), Noun("years", "عام", "عاما", "أعوام"),
    Noun("weeks", "أسبوع", "أسبوعا", "أسابيع"), Noun("hours", "ساعة", "ساعة", "ساعات", True),
)  # fmt: skip
EVENTS = (
    Event("an explosion", "انفجار"), Event("an attack", "هجوم"), Event("an earthquake", "زلزال"),
    Event("a fire", "حريق"), Event("an air strike", "غارة جوية", True), Event("a storm", "عاصفة", True),
    Event("a flood", "فيضان"), Event("a battle", "معركة", True), Event("an accident", "حادث"),
)  # fmt: skip
QUOTES = (
    ("We will return to our homes", "سنعود إلى منازلنا"), ("We need food and water", "نحن بحاجة إلى الطعام والماء"),
    ("The situation is very difficult", "الوضع صعب للغاية"), ("The war must end", "يجب أن تنتهي الحرب"),
    ("We lost everything", "لقد فقدنا كل شيء"), ("I am not afraid", "أنا لست خائفا"),
    ("Our children cannot go to school", "لا يستطيع أطفالنا الذهاب إلى المدرسة"),
    ("The city is safe now", "المدينة آمنة الآن"), ("Nobody helped us", "لم يساعدنا أحد"),
    ("The talks will continue", "ستستمر المحادثات"), ("We want peace", "نحن نريد السلام"),
    ("The hospital has no medicine", "لا يوجد دواء في المستشفى"), ("This is a great victory", "هذا انتصار كبير"),
    ("The road is closed", "الطريق مغلق"), ("Prices are rising every day", "الأسعار ترتفع كل يوم"),
    ("I do not know where my brother is", "لا أعرف أين أخي"), ("There is no electricity", "لا توجد كهرباء"),
    ("We did not start this war", "نحن لم نبدأ هذه الحرب"), ("The government must act", "يجب أن تتحرك الحكومة"),
    ("They came at night", "لقد جاؤوا في الليل"), ("The virus is spreading quickly", "الفيروس ينتشر بسرعة"),
)  # fmt: skip
ACTS = (
    ("called for a ceasefire", "دعا إلى وقف إطلاق النار", "دعت إلى وقف إطلاق النار"),
    ("condemned the attack", "أدان الهجوم", "أدانت الهجوم"),
    ("announced a new plan", "أعلن خطة جديدة", "أعلنت خطة جديدة"),
    ("rejected the proposal", "رفض الاقتراح", "رفضت الاقتراح"),
    ("published a new report", "نشر تقريرا جديدا", "نشرت تقريرا جديدا"),
    ("visited the camp", "زار المخيم", "زارت المخيم"),
    ("signed the agreement", "وقع الاتفاق", "وقعت الاتفاق"),
    ("denied the allegations", "نفى المزاعم", "نفت المزاعم"),
    ("welcomed the decision", "رحب بالقرار", "رحبت بالقرار"),
    ("did not comment", "لم يعلق", "لم تعلق"),
)  # fmt: skip
TRADES = (
    ("a doctor", "طبيب", "طبيبة"), ("a teacher", "معلم", "معلمة"), ("a journalist", "صحفي", "صحفية"),
    ("an engineer", "مهندس", "مهندسة"), ("a student", "طالب", "طالبة"), ("a farmer", "مزارع", "مزارعة"),
)  # fmt: skip
MEASURES = (
    ("Prices", "الأسعار", True), ("Exports", "الصادرات", True), ("Unemployment", "البطالة", True),
    ("The number of cases", "عدد الحالات", False), ("The budget", "الميزانية", True), ("Sales", "المبيعات", True),
    ("The price of bread", "سعر الخبز", False), ("The population", "عدد السكان", False),
)  # fmt: skip


def counted(number: int, noun: Noun) -> str:
    """The Arabic noun phrase for `number` (3 or more) in digits, with the form that its last two digits call for."""
    tail = number % 100
    if 3 <= tail <= 10:
        return f"{number} {noun.plural}"
    if tail >= 11:
        return f"{number} {noun.accusative}"
    return f"{number} {noun.singular}"


def _number(rng: random.Random) -> int:
    """A number whose Arabic noun form is regular: never one that ends in 01 or 02."""
    number = rng.choice((rng.randint(3, 19), rng.randint(11, 99), rng.randint(11, 99), rng.randint(103, 999), 1000))
    return number if number % 100 not in (1, 2) else number + 2


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _speaker(rng: random.Random) -> Speaker:
    if rng.random() < 0.5:
        return rng.choice(BODIES)
    return _person(rng)


def _person(rng: random.Random) -> Speaker:
    person = rng.choice(PEOPLE)
    if rng.random() < 0.35:
        en, ar = rng.choice(SURNAMES)
        return Speaker(f"{person.en} {en}", f"{person.ar} {ar}", person.said)
    return person


def _when(rng: random.Random) -> tuple[str, str]:
    """A time phrase: a weekday, a date, a month, or a year."""
    (day_en, day_ar), (month_en, month_ar) = rng.choice(DAYS), rng.choice(MONTHS)
    day, year = rng.randint(1, 31), rng.randint(1960, 2026)
    return rng.choice((
        (f"on {day_en}", f"يوم {day_ar}"),
        (f"on {day_en}", f"يوم {day_ar}"),
        (f"on {day} {month_en} {year}", f"في {day} {month_ar} {year}"),
        (f"on {month_en} {day}", f"في {day} {month_ar}"),
        (f"on {month_en} {day}, {year}", f"في {day} {month_ar} {year}"),
        (f"in {month_en} {year}", f"في {month_ar} {year}"),
        (f"in {year}", f"في عام {year}"),
    ))  # fmt: skip


def _casualties(rng: random.Random) -> tuple[str, str]:
    number, noun, speaker = _number(rng), rng.choice(HUMANS), _speaker(rng)
    (place_en, place_ar), (when_en, when_ar) = rng.choice(PLACES), _when(rng)
    verb_en, verb_ar = rng.choice((("killed", "قتل"), ("wounded", "أصيب"), ("arrested", "اعتقل")))
    bound_en, bound_ar = rng.choice((("At least ", "ما لا يقل عن "), ("More than ", "أكثر من "), ("", "")))
    if noun.feminine and not bound_ar:  # after "at least" and "more than" the verb stays masculine
        verb_ar += "ت"
    core_en = f"{bound_en}{number} {noun.en} were {verb_en} in {place_en} {when_en}"
    core_ar = f"{verb_ar} {bound_ar}{counted(number, noun)} في {place_ar} {when_ar}"
    return rng.choice((
        (f"{core_en}, {speaker.en} said.", f"{core_ar}، حسبما {speaker.said} {speaker.ar}."),
        (f"{core_en}, according to {speaker.en}.", f"{core_ar}، بحسب {speaker.ar}."),
        (f"{core_en}.", f"{core_ar}."),
    ))  # fmt: skip


def _event(rng: random.Random) -> tuple[str, str]:
    event, noun, number = rng.choice(EVENTS), rng.choice(HUMANS), _number(rng)
    (place_en, place_ar), (when_en, when_ar) = rng.choice(PLACES), _when(rng)
    hit = "ضربت" if event.feminine else "ضرب"
    killed = "وقتلت" if event.feminine else "وقتل"
    here = "وقعت" if event.feminine else "وقع"
    died = "توفيت" if noun.feminine else "توفي"
    return rng.choice((
        (f"{_capital(event.en)} hit {place_en} {when_en} and killed {number} {noun.en}.",
         f"{hit} {event.ar} {place_ar} {when_ar} {killed} {counted(number, noun)}."),
        (f"There was {event.en} in {place_en} {when_en}.", f"{here} {event.ar} في {place_ar} {when_ar}."),
        (f"{number} {noun.en} died after {event.en} in {place_en}.",
         f"{died} {counted(number, noun)} بعد {event.ar} في {place_ar}."),
    ))  # fmt: skip


def _quote(rng: random.Random) -> tuple[str, str]:
    (quote_en, quote_ar), speaker = rng.choice(QUOTES), _speaker(rng)
    when_en, when_ar = _when(rng)
    open_en, close_en = rng.choice((('"', '"'), ('"', '"'), ("“", "”")))
    return rng.choice((
        (f"{open_en}{quote_en},{close_en} {speaker.en} said.", f'{speaker.said} {speaker.ar}: "{quote_ar}".'),
        (f"{open_en}{quote_en},{close_en} said {speaker.en}.", f'{speaker.said} {speaker.ar}: "{quote_ar}".'),
        (f"{open_en}{quote_en},{close_en} {speaker.en} said {when_en}.",
         f'{speaker.said} {speaker.ar} {when_ar}: "{quote_ar}".'),
        (f"{_capital(speaker.en)} said: {open_en}{quote_en}.{close_en}",
         f'{speaker.said} {speaker.ar}: "{quote_ar}."'),
    ))  # fmt: skip


def _act(rng: random.Random) -> tuple[str, str]:
    speaker, (act_en, act_m, act_f) = _speaker(rng), rng.choice(ACTS)
    if speaker.en in {"officials", "witnesses", "residents", "doctors"}:
        speaker = _person(rng)  # a plural subject before the verb would need a third Arabic form
    when_en, when_ar = _when(rng)
    verb, _, rest = (act_f if speaker.said == "قالت" else act_m).partition(" ")
    if verb == "لم":
        return f"{_capital(speaker.en)} {act_en} {when_en}.", f"{verb} {rest} {speaker.ar} {when_ar}."
    first = f"{verb} {speaker.ar} {rest} {when_ar}."
    if rng.random() < 0.4:
        return f"{_capital(when_en)}, {speaker.en} {act_en}.", f"{_capital(when_ar)}، {verb} {speaker.ar} {rest}."
    return f"{_capital(speaker.en)} {act_en} {when_en}.", first


def _figures(rng: random.Random) -> tuple[str, str]:
    name_en, name_ar, feminine = rng.choice(MEASURES)
    (place_en, place_ar), (when_en, when_ar) = rng.choice(PLACES), _when(rng)
    up_en, up_m, up_f = rng.choice((("rose", "ارتفع", "ارتفعت"), ("fell", "انخفض", "انخفضت")))
    verb = up_f if feminine else up_m
    share = rng.choice((str(rng.randint(2, 99)), f"{rng.randint(0, 20)}.{rng.randint(1, 9)}"))
    unit_en, unit_ar = rng.choice((("%", "%"), (" percent", " في المئة"), (" per cent", " في المئة")))
    return (
        f"{name_en} in {place_en} {up_en} by {share}{unit_en} {when_en}.",
        f"{verb} {name_ar} في {place_ar} بنسبة {share}{unit_ar} {when_ar}.",
    )


def _things(rng: random.Random) -> tuple[str, str]:
    number, noun, speaker = _number(rng), rng.choice(THINGS), _speaker(rng)
    (place_en, place_ar), (when_en, when_ar) = rng.choice(PLACES), _when(rng)
    return rng.choice((
        (f"{number} {noun.en} were destroyed in {place_en} {when_en}.",
         f"{'دمرت' if noun.feminine else 'دمر'} {counted(number, noun)} في {place_ar} {when_ar}."),
        (f"{_capital(speaker.en)} said that {number} {noun.en} were destroyed in {place_en}.",
         f"{speaker.said} {speaker.ar} إن {counted(number, noun)} دمرت في {place_ar}."),
        (f"There are {number} {noun.en} in {place_en}.", f"يوجد {counted(number, noun)} في {place_ar}."),
    ))  # fmt: skip


def _money(rng: random.Random) -> tuple[str, str]:
    dollar = Noun("dollars", "دولار", "دولارا", "دولارات")
    speaker, number = _speaker(rng), _number(rng)
    million = f"{rng.randint(1, 9)}.{rng.randint(1, 9)}"
    place_en, place_ar = rng.choice(PLACES)
    thing, (month_en, month_ar) = rng.choice(THINGS), rng.choice(MONTHS)
    needs = "يحتاج" if place_ar in MASCULINE_PLACES else "تحتاج"
    return rng.choice((
        (f"It costs ${number}.", f"تكلفته {counted(number, dollar)}."),
        (f"{_capital(speaker.en)} said the damage in {place_en} cost ${million} million.",
         f"{speaker.said} {speaker.ar} إن الأضرار في {place_ar} كلفت {million} مليون دولار."),
        (f"About {million} million people live in {place_en}.", f"يعيش حوالي {million} مليون شخص في {place_ar}."),
        (f"{_capital(place_en)} needs {number} {thing.en} before {month_en}.",
         f"{needs} {place_ar} إلى {counted(number, thing)} قبل {month_ar}."),
    ))  # fmt: skip


def _life(rng: random.Random) -> tuple[str, str]:
    person, number, span = _person(rng), rng.randint(3, 90), rng.choice(SPANS)
    (place_en, place_ar), (other_en, other_ar) = rng.sample(PLACES, 2)
    female = person.said == "قالت"
    trade_en, trade_m, trade_f = rng.choice(TRADES)
    trade = trade_f if female else trade_m
    year = Noun("years", "عام", "عاما", "أعوام")
    he, lives, left = ("She", "تعيش", "غادرت") if female else ("He", "يعيش", "غادر")
    return rng.choice((
        (f"{person.en} lives in {place_en}.", f"{lives} {person.ar} في {place_ar}."),
        (f"{person.en}, {number}, is {trade_en} in {place_en}.",
         f"{person.ar}، {counted(number, year)}، {trade} في {place_ar}."),
        (f"{person.en} left {place_en} for {other_en} {number} {span.en} ago.",
         f"{left} {person.ar} {place_ar} إلى {other_ar} قبل {counted(number, span)}."),
        (f"{he} is {trade_en} from {place_en}.", f"{'هي' if female else 'هو'} {trade} من {place_ar}."),
        (f"{he} has lived in {place_en} for {number} {span.en}.",
         f"{lives} في {place_ar} منذ {counted(number, span)}."),
    ))  # fmt: skip


def _plain(rng: random.Random) -> tuple[str, str]:
    """Bare dates, hours, places and headlines, as tables and captions have them."""
    (place_en, place_ar), (other_en, other_ar) = rng.sample(PLACES, 2)
    (day_en, day_ar), (when_en, when_ar) = rng.choice(DAYS), _when(rng)
    hour, minute = rng.randint(1, 12), rng.randint(10, 59)
    paper = rng.choice([body for body in BODIES if body.en in ("The National", "Reuters")])
    return rng.choice((
        (_capital(when_en), when_ar),
        (f"The meeting starts at {hour}:{minute} on {day_en}.",
         f"يبدأ الاجتماع في الساعة {hour}:{minute} يوم {day_ar}."),
        (f"War in {place_en}", f"الحرب في {place_ar}"),
        (f"Talks between {place_en} and {other_en} begin {when_en}",
         f"بدء المحادثات بين {place_ar} و{other_ar} {when_ar}"),
        (f"The road from {place_en} to {other_en} is closed.", f"الطريق من {place_ar} إلى {other_ar} مغلق."),
        (f"Read the full story in {paper.en}.", f"اقرأ القصة كاملة في {paper.ar}."),
    ))  # fmt: skip


FRAMES: tuple[tuple[Callable[[random.Random], tuple[str, str]], int], ...] = (
    (_casualties, 5), (_event, 3), (_quote, 5), (_act, 4), (_figures, 3), (_things, 2), (_money, 2), (_life, 4),
    (_plain, 3),
)  # fmt: skip


def make_pairs(count: int, seed: int) -> list[tuple[str, str]]:
    """`count` different (English, Arabic) pairs, the same for the same seed.

    Raises:
        ValueError: when the frames cannot give that many different pairs.
    """
    rng = random.Random(seed)
    frames, weights = [frame for frame, _ in FRAMES], [weight for _, weight in FRAMES]
    pairs: dict[tuple[str, str], None] = {}
    for _ in range(count * 20):
        pairs[rng.choices(frames, weights)[0](rng)] = None
        if len(pairs) == count:
            return list(pairs)
    raise ValueError(f"the frames gave only {len(pairs)} of {count} different pairs")
