"""Makes English-Arabic pairs by rule: figures, dates, names, who did what to whom, negation, and quotes with speakers.

Real pairs are few, and the model must learn to carry over exactly what a reader of the news cannot check: numbers,
weekdays, names, who acts and who suffers, and "not". Everything here was written for this project and is released under
CC0-1.0; all events are invented.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from agreement import Case, Noun, counted, english, scaled
from names import (
    ACTIONS,
    BODIES,
    CITIES,
    COUNTRIES,
    DAYS,
    LAST,
    MEASURES,
    MEN,
    MONEY,
    MONTHS,
    PEOPLE,
    QUOTES,
    SIDES,
    SPANS,
    THINGS,
    TITLES,
    TRADES,
    WOMEN,
)  # fmt: skip
from vocabulary import Name, Place

_NOMINATIVE, _OBLIQUE = Case.NOMINATIVE, Case.OBLIQUE
_HOURS = (
    "الواحدة", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة",
    "الحادية عشرة", "الثانية عشرة",
)  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """A piece of a sentence in both languages."""

    en: str
    ar: str


@dataclass(frozen=True)
class Speaker:
    """Who says or does something; `feminine` decides the Arabic verbs."""

    en: str
    ar: str
    feminine: bool

    @property
    def said(self) -> str:
        return "قالت" if self.feminine else "قال"


def joined(prefix: str, arabic: str) -> str:
    """A preposition of one letter written with its word: ل and the article become لل."""
    if prefix == "ل" and arabic.startswith("ال"):
        return "لل" + arabic[2:].removeprefix("ل")
    return prefix + arabic


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def number(rng: random.Random) -> int:
    """Mostly small, as casualty counts are; sometimes in the hundreds or thousands."""
    return rng.choice(
        (rng.randint(1, 12), rng.randint(3, 30), rng.randint(11, 99), rng.randint(100, 999), rng.randint(10, 99) * 100)
    )


def person(rng: random.Random) -> Name:
    """A first and a last name."""
    first, last = rng.choice(rng.choice((MEN, WOMEN))), rng.choice(LAST)
    return Name(f"{first.en} {last.en}", f"{first.ar} {last.ar}", first.feminine)


def speaker(rng: random.Random) -> Speaker:
    """A body, a person, or a person with a title."""
    kind = rng.random()
    if kind < 0.45:
        body = rng.choice(BODIES)
        return Speaker(body.en, body.ar, body.feminine)
    name = person(rng)
    if kind < 0.7:
        return Speaker(name.en, name.ar, name.feminine)
    en, man, woman = rng.choice([title for title in TITLES if title[2] or not name.feminine])
    return Speaker(f"{en} {name.en}", f"{woman if name.feminine else man} {name.ar}", name.feminine)


def place(rng: random.Random) -> Place:
    return rng.choice(rng.choice((COUNTRIES, CITIES)))


def when(rng: random.Random) -> Phrase:
    """A weekday, a date, a month, or a year."""
    (day_en, day_ar), (month_en, month_ar) = rng.choice(DAYS), rng.choice(MONTHS)
    day, year = rng.randint(1, 28), rng.randint(1950, 2026)
    en, ar = rng.choice((
        (f"on {day_en}", f"يوم {day_ar}"), (f"on {day_en}", f"يوم {day_ar}"), (f"on {day_en}", f"يوم {day_ar}"),
        (f"on {day_en} evening", f"مساء {day_ar}"), (f"on {day_en} morning", f"صباح {day_ar}"),
        (f"last {day_en}", f"{day_ar} الماضي"),
        (f"on {day} {month_en} {year}", f"في {day} {month_ar} {year}"),
        (f"on {month_en} {day}", f"في {day} {month_ar}"),
        (f"on {month_en} {day}, {year}", f"في {day} {month_ar} {year}"),
        (f"on {day_en}, {day} {month_en}", f"يوم {day_ar} {day} {month_ar}"),
        (f"in {month_en} {year}", f"في {month_ar} {year}"), (f"in {year}", f"في عام {year}"),
        (f"at the end of {month_en}", f"في نهاية {month_ar}"),
    ))  # fmt: skip
    return Phrase(en, ar)


def attributed(rng: random.Random, core: Phrase) -> Phrase:
    """A sentence from a statement without capital or full stop: with who says so, before or after it, or without."""
    who = speaker(rng)
    en, ar = rng.choice((
        (f"{core.en}, {who.en} said.", f"{core.ar}، حسبما {who.said} {who.ar}."),
        (f"{core.en}, according to {who.en}.", f"{core.ar}، وفقا {joined('ل', who.ar)}."),
        (f"according to {who.en}, {core.en}.", f"وفقا {joined('ل', who.ar)}، {core.ar}."),
        (f"{core.en}.", f"{core.ar}."),
    ))  # fmt: skip
    return Phrase(capital(en), ar)


def toll(rng: random.Random, noun: Noun) -> tuple[Phrase, bool]:
    """So many of `noun` as the Arabic verb's subject, and whether that verb is feminine: after "at least" it is not."""
    count = number(rng)
    words = count < 10 or rng.random() < 0.1
    bound = rng.choice((None, None, ("at least", "ما لا يقل عن"), ("more than", "أكثر من"), ("about", "نحو")))
    en = english(count, noun, words=words)
    if bound is None or count == 1:
        return Phrase(en, counted(count, noun, words=words)), noun.feminine
    ar = counted(count, noun, _OBLIQUE, words=words)
    return Phrase(f"{bound[0]} {en}", f"{bound[1]} {ar}"), False


def _was(phrase: Phrase) -> str:
    return "was" if phrase.en.startswith("one ") else "were"


def casualties(rng: random.Random) -> Phrase:
    victims, feminine = toll(rng, rng.choice(PEOPLE))
    where, time = place(rng), when(rng)
    verb_en, man, woman = rng.choice((
        ("killed", "قتل", "قتلت"), ("wounded", "أصيب", "أصيبت"), ("arrested", "اعتقل", "اعتقلت"),
        ("kidnapped", "خطف", "خطفت"), ("rescued", "أنقذ", "أنقذت"),
    ))  # fmt: skip
    verb = woman if feminine else man
    en = f"{victims.en} {_was(victims)} {verb_en} in {where.en} {time.en}"
    return attributed(rng, Phrase(en, f"{verb} {victims.ar} في {where.ar} {time.ar}"))


def dead_and_wounded(rng: random.Random) -> Phrase:
    cause_en, cause_ar = rng.choice((
        ("an explosion", "انفجار"), ("an air strike", "غارة جوية"), ("a fire", "حريق"), ("an attack", "هجوم"),
        ("a road accident", "حادث سير"), ("an earthquake", "زلزال"), ("clashes", "اشتباكات"), ("floods", "فيضانات"),
    ))  # fmt: skip
    dead, hurt, where, noun = number(rng), rng.randint(3, 300), place(rng), rng.choice(PEOPLE)
    others = hurt if 3 <= hurt % 100 <= 10 or hurt % 100 > 10 else hurt + 5
    en = f"{cause_en} in {where.en} killed {english(dead, noun, words=dead < 10)} and wounded {others} others"
    ar = f"أسفر {cause_ar} في {where.ar} عن مقتل {counted(dead, noun, _OBLIQUE, words=dead < 10)} وإصابة {others} آخرين"
    if cause_ar.endswith(("ة", "ات")):
        ar = ar.replace("أسفر", "أسفرت", 1)
    return attributed(rng, Phrase(en, ar))


def destroyed(rng: random.Random) -> Phrase:
    things, feminine = toll(rng, rng.choice(THINGS))
    where, time = place(rng), when(rng)
    verb = "دمرت" if feminine else "دمر"
    en = f"{things.en} {_was(things)} destroyed in {where.en} {time.en}"
    return attributed(rng, Phrase(en, f"{verb} {things.ar} في {where.ar} {time.ar}"))


def quote(rng: random.Random) -> Phrase:
    (said_en, said_ar), who, time = rng.choice(QUOTES), speaker(rng), when(rng)
    return Phrase(*rng.choice((
        (f'"{said_en}," {who.en} said.', f'{who.said} {who.ar}: "{said_ar}".'),
        (f'"{said_en}," said {who.en} {time.en}.', f'{who.said} {who.ar} {time.ar}: "{said_ar}".'),
        (f'{capital(who.en)} said {time.en}: "{said_en}."', f'{who.said} {who.ar} {time.ar}: "{said_ar}".'),
        (f"“{said_en},” {who.en} told reporters.", f'{who.said} {who.ar} للصحفيين: "{said_ar}".'),
    )))  # fmt: skip


def act(rng: random.Random) -> Phrase:
    """Somebody did something, did not, will, or will not."""
    who, what, time = speaker(rng), rng.choice(ACTIONS), when(rng)
    past, present = what.past(who.feminine), what.present(who.feminine)
    if rng.random() < 0.3:
        en, verb = rng.choice((("will", f"س{present}"), ("will not", f"لن {present}")))
        return Phrase(f"{capital(who.en)} {en} {what.en_base} {what.en_object}.", f"{verb} {who.ar} {what.object}.")
    en, verb = rng.choice(((what.en, past), (f"did not {what.en_base}", f"لم {what.jussive(who.feminine)}")))
    return Phrase(*rng.choice((
        (f"{capital(who.en)} {en} {what.en_object} {time.en}.", f"{verb} {who.ar} {what.object} {time.ar}."),
        (f"{capital(time.en)}, {who.en} {en} {what.en_object}.", f"{time.ar}، {verb} {who.ar} {what.object}."),
    )))  # fmt: skip


def reported_act(rng: random.Random) -> Phrase:
    """A says that B did or did not do something."""
    source, who, what, time = speaker(rng), speaker(rng), rng.choice(ACTIONS), when(rng)
    en, verb = rng.choice((("had", what.past(who.feminine)), ("had not", f"لم {what.jussive(who.feminine)}")))
    return Phrase(
        f"{capital(source.en)} said {time.en} that {who.en} {en} {what.en} {what.en_object}.",
        f"{source.said} {source.ar} {time.ar} إن {who.ar} {verb} {what.object}.",
    )


def between_two(rng: random.Random) -> Phrase:
    """One country or person does something to another: nothing but word order says which in English."""
    a, b = rng.choice((_two_countries, _two_people))(rng)
    time = when(rng)
    en, man, woman, link = rng.choice((
        ("criticised", "انتقد", "انتقدت", ""), ("supports", "يدعم", "تدعم", ""), ("thanked", "شكر", "شكرت", ""),
        ("defeated", "هزم", "هزمت", ""), ("accused", "اتهم", "اتهمت", ""), ("warned", "حذر", "حذرت", ""),
        ("met with", "اجتمع", "اجتمعت", "مع"), ("apologised to", "اعتذر", "اعتذرت", "ل"),
    ))  # fmt: skip
    verb = woman if a.feminine else man
    other = joined(link, b.ar) if link == "ل" else f"{link} {b.ar}".strip()
    if en == "accused":
        return Phrase(f"{capital(a.en)} accused {b.en} of lying.", f"{verb} {a.ar} {b.ar} بالكذب.")
    if en == "supports":
        return Phrase(f"{capital(a.en)} supports {b.en}.", f"{verb} {a.ar} {b.ar}.")
    return Phrase(f"{capital(a.en)} {en} {b.en} {time.en}.", f"{verb} {a.ar} {other} {time.ar}.")


def _two_countries(rng: random.Random) -> tuple[Speaker, Speaker]:
    a, b = (Speaker(country.en, country.ar, country.feminine) for country in rng.sample(COUNTRIES, 2))
    return a, b


def _two_people(rng: random.Random) -> tuple[Speaker, Speaker]:
    a, b = (Speaker(name.en, name.ar, name.feminine) for name in (person(rng), person(rng)))
    return a, b


def figures(rng: random.Random) -> Phrase:
    """A rise or a fall in per cent, from one figure to another."""
    en, ar, feminine = rng.choice((
        ("prices", "الأسعار", True), ("exports", "الصادرات", True), ("unemployment", "البطالة", True),
        ("the number of cases", "عدد الحالات", False), ("sales", "المبيعات", True),
        ("oil output", "إنتاج النفط", False), ("the price of bread", "سعر الخبز", False),
        ("inflation", "التضخم", False), ("profits", "الأرباح", True),
    ))  # fmt: skip
    where, time = place(rng), when(rng)
    up_en, man, woman = rng.choice((("rose", "ارتفع", "ارتفعت"), ("fell", "انخفض", "انخفضت")))
    low, high = sorted(rng.sample(range(2, 95), 2))
    share = rng.choice((str(low), f"{low}.{rng.randint(1, 9)}"))
    sign_en, sign_ar = rng.choice((("%", "%"), (" per cent", " في المئة"), (" percent", " في المئة")))
    core_en = f"{en} in {where.en} {up_en} by {share}{sign_en} {time.en}"
    core_ar = f"{woman if feminine else man} {ar} في {where.ar} بنسبة {share}{sign_ar} {time.ar}"
    if ar in ("البطالة", "التضخم") and up_en == "rose":  # the others are no rates
        core_en += f", to {high}{sign_en}"
        core_ar += f" إلى {high}{sign_ar}"
    return attributed(rng, Phrase(core_en, core_ar))


def money(rng: random.Random) -> Phrase:
    currency, who, where = rng.choice(MONEY), speaker(rng), place(rng)
    amount = rng.choice(
        (str(rng.randint(1, 20)), f"{rng.randint(1, 40)}.{rng.randint(1, 9)}", str(rng.randint(20, 900)))
    )
    scale = rng.choice(("million", "million", "billion"))
    sign = {"dollar": "$", "euro": "€", "pound": "£"}.get(currency.one)
    sum_en = f"{sign}{amount} {scale}" if sign and rng.random() < 0.6 else f"{amount} {scale} {currency.many}"
    needs = "تحتاج" if where.feminine else "يحتاج"
    return Phrase(*rng.choice((
        (f"{capital(who.en)} said the damage in {where.en} would cost {sum_en}.",
         f"{who.said} {who.ar} إن الأضرار في {where.ar} ستكلف {scaled(amount, scale, currency, _OBLIQUE)}."),
        (f"{capital(where.en)} needs {sum_en} in aid.",
         f"{needs} {where.ar} إلى مساعدات بقيمة {scaled(amount, scale, currency, _OBLIQUE)}."),
        (f"About {amount} {scale} people live there.",
         f"يعيش هناك نحو {scaled(amount, scale, PEOPLE[0], _OBLIQUE)}."),
    )))  # fmt: skip


def distance(rng: random.Random) -> Phrase:
    measure, (side_en, side_ar) = rng.choice(MEASURES[:2]), rng.choice(SIDES)
    count, city = rng.choice((rng.randint(2, 30), rng.randint(11, 99), rng.randint(100, 900))), rng.choice(CITIES)
    thing = rng.choice(THINGS)
    is_ar = "تقع" if thing.feminine else "يقع"
    definite = joined("ال", thing.singular)
    return Phrase(
        f"The {thing.one} is {english(count, measure)} {side_en} of {city.en}.",
        f"{is_ar} {definite} على بعد {counted(count, measure, _OBLIQUE)} {side_ar} {city.ar}.",
    )


def appointment(rng: random.Random) -> Phrase:
    """A day and an hour, in figures or as people say it."""
    (day_en, day_ar), hour, minute = rng.choice(DAYS), rng.randint(1, 12), rng.randint(10, 59)
    half_en, half_ar = rng.choice((("am", "صباحا"), ("pm", "مساء")))
    time_en, time_ar = rng.choice((
        (f"{hour}:{minute} {half_en}", f"{hour}:{minute} {half_ar}"),
        (f"{hour}{half_en}", f"{_HOURS[hour - 1]} {half_ar}"), (f"{hour + 11}:{minute}", f"{hour + 11}:{minute}"),
    ))  # fmt: skip
    what_en, what_ar, verb = rng.choice((
        ("the meeting", "الاجتماع", "يبدأ"), ("the match", "المباراة", "تبدأ"), ("the trial", "المحاكمة", "تبدأ"),
        ("the ceasefire", "وقف إطلاق النار", "يبدأ"), ("the press conference", "المؤتمر الصحفي", "يبدأ"),
        ("the curfew", "حظر التجول", "يبدأ"),
    ))  # fmt: skip
    return Phrase(
        f"{capital(what_en)} begins at {time_en} on {day_en}.", f"{verb} {what_ar} في الساعة {time_ar} يوم {day_ar}."
    )


def life(rng: random.Random) -> Phrase:
    """Age, trade, where from and how long; also "is not"."""
    who, years, span, count = person(rng), rng.randint(18, 90), rng.choice(SPANS[:4]), rng.randint(2, 40)
    a, b = rng.sample(CITIES, 2)
    en, man, woman = rng.choice(TRADES)
    trade = woman if who.feminine else man
    lives, left, is_not = ("تعيش", "غادرت", "ليست") if who.feminine else ("يعيش", "غادر", "ليس")
    was, old = ("كانت", "البالغة") if who.feminine else ("كان", "البالغ")
    age = counted(years, SPANS[2], _OBLIQUE)
    return Phrase(*rng.choice((
        (f"{who.en}, {years}, is {en} in {a.en}.", f"{who.ar}، {age}، {trade} في {a.ar}."),
        (f"{who.en}, {years}, lives in {a.en}.", f"{lives} {who.ar}، {old} من العمر {age}، في {a.ar}."),
        (f"{who.en} left {a.en} for {b.en} {english(count, span)} ago.",
         f"{left} {who.ar} {a.ar} إلى {b.ar} قبل {counted(count, span, _OBLIQUE)}."),
        (f"{who.en} is not {en}.", f"{is_not} {who.ar} {_predicate(trade, who.feminine)}."),
        (f"{who.en} was {en} from {a.en}.", f"{was} {who.ar} {_predicate(trade, who.feminine)} من {a.ar}."),
        (f"{who.en} has lived in {a.en} for {english(count, span)}.",
         f"{lives} {who.ar} في {a.ar} منذ {counted(count, span, _OBLIQUE)}."),
    )))  # fmt: skip


def _predicate(trade: str, feminine: bool) -> str:
    """A trade after "was" and "is not", in the accusative; one of two words shows its case in neither."""
    if feminine or " " in trade:
        return trade
    return "محاميا" if trade == "محام" else trade + "ا"


def names(rng: random.Random) -> Phrase:
    """Several people at once, for the spelling of names."""
    people = [person(rng) for _ in range(rng.choice((2, 3, 3, 4)))]
    en = ", ".join(name.en for name in people[:-1]) + f" and {people[-1].en}"
    ar = " و".join(name.ar for name in people)
    where = place(rng)
    # A verb before several names agrees with the first of them.
    were, arrested = ("كانت", "اعتقلت") if people[0].feminine else ("كان", "اعتقل")
    winners = "الفائزات هن" if all(name.feminine for name in people) else "الفائزون هم"
    return Phrase(*rng.choice((
        (f"{en} were among the dead.", f"{were} {ar} من بين القتلى."),
        (f"The winners are {en}.", f"{winners} {ar}."),
        (f"{en} were arrested in {where.en}.", f"{arrested} {ar} في {where.ar}."),
    )))  # fmt: skip


FRAMES: tuple[tuple[Callable[[random.Random], Phrase], int], ...] = (
    (casualties, 5), (dead_and_wounded, 3), (destroyed, 2), (quote, 4), (act, 5), (reported_act, 4), (between_two, 4),
    (figures, 3), (money, 3), (distance, 1), (appointment, 2), (life, 4), (names, 2),
)  # fmt: skip


def make_pairs(count: int, seed: int) -> list[tuple[str, str]]:
    """`count` different (English, Arabic) pairs, the same for the same seed.

    Raises ValueError where the frames cannot give that many different ones.
    """
    rng = random.Random(seed)
    frames, weights = [frame for frame, _ in FRAMES], [weight for _, weight in FRAMES]
    pairs: dict[tuple[str, str], None] = {}
    for _ in range(count * 20):
        phrase = rng.choices(frames, weights)[0](rng)
        pairs[phrase.en, phrase.ar] = None
        if len(pairs) == count:
            return list(pairs)
    raise ValueError(f"the frames gave only {len(pairs)} of {count} different pairs")
