"""Figures: what a number counts, its limit, and what befell those it counts; nothing that is a date, an age, a rank."""

import pytest

from translate.summarize.figures import continued, figures
from translate.summarize.types import Bound, Harm

ENGLISH = [
    (
        "The observatory reported more than 1,300 people had been killed in the fighting, mostly civilians.",
        [("more than 1,300 people", "people", Bound.AT_LEAST, Harm.KILLED)],
    ),
    (
        "148 civilians were killed by gunmen, and 327 civilians and captured militants killed by security forces.",
        [
            ("148 civilians", "civilians", Bound.EXACT, Harm.KILLED),
            ("327 civilians and captured militants", "civilians and captured militants", Bound.EXACT, Harm.KILLED),
        ],
    ),
    (
        "It said that 23 were dead, nine of them police officers, and that 61 others were wounded.",
        [
            ("23", "", Bound.EXACT, Harm.KILLED),
            ("nine of them police officers", "police officers", Bound.EXACT, Harm.KILLED),
            ("61 others", "others", Bound.EXACT, Harm.WOUNDED),
        ],
    ),
    (
        "The strike killed at least 12 people and wounded 30 on March 3, 2024.",
        [("at least 12 people", "people", Bound.AT_LEAST, Harm.KILLED), ("30", "", Bound.EXACT, Harm.WOUNDED)],
    ),
    ("He had lost about 15 relatives.", [("about 15 relatives", "relatives", Bound.ABOUT, Harm.KILLED)]),
    ("They lost 15 seats.", [("15 seats", "seats", Bound.EXACT, None)]),
    ("It has killed hundreds since April.", [("hundreds", "", Bound.ABOUT, Harm.KILLED)]),
    ("Some 19 of his relatives were missing.", [("Some 19 of his relatives", "relatives", Bound.ABOUT, Harm.MISSING)]),
    ("Police hold 34 suspects in custody.", [("34 suspects", "suspects", Bound.EXACT, Harm.DETAINED)]),
    ("About 2,000 residents fled.", [("About 2,000 residents", "residents", Bound.ABOUT, Harm.DISPLACED)]),
    (
        "Many were executed, including dozens of his friends.",
        [("dozens of his friends", "friends", Bound.ABOUT, Harm.KILLED)],
    ),
    (
        "Losses fell to 19 per cent of 4,698 homes.",
        [("19 per cent", "per cent", Bound.EXACT, None), ("4,698 homes", "homes", Bound.EXACT, None)],
    ),
    (
        "The clinic treated 112 patients in 36 hours.",
        [("112 patients", "patients", Bound.EXACT, None), ("36 hours", "hours", Bound.EXACT, None)],
    ),
    ("Fewer than five houses were left.", [("Fewer than five houses", "houses", Bound.AT_MOST, None)]),
    ("It burned for 14 years.", [("14 years", "years", Bound.EXACT, None)]),
    ("In 2024 it rained.", []),
    ("The talks of May 5 failed.", []),
    ("The youngest was 15 or 16 years old.", []),
    ("Abu Nadim, a beekeeper of 57, left.", []),
    ("Two Banks Monitor met on the first day.", []),
    ("One of the worst floods hit the town.", []),
    ("They met at 6pm.", []),
    ("Nobody came.", []),
]
ARABIC = [
    (
        "قال المرصد إن أكثر من 1300 شخص قتلوا في المعارك.",
        [("أكثر من 1300 شخص", "شخص", Bound.AT_LEAST, Harm.KILLED)],
    ),
    (
        "أعلنت الوزارة مقتل ٢٣ شخصا، تسعة منهم من الشرطة، وإصابة 61 آخرين.",
        [
            ("٢٣ شخصا", "شخصا", Bound.EXACT, Harm.KILLED),
            ("تسعة", "", Bound.EXACT, Harm.KILLED),
            ("61 آخرين", "آخرين", Bound.EXACT, Harm.WOUNDED),
        ],
    ),
    ("إن 19 من أقاربه في عداد المفقودين.", [("19 من أقاربه", "أقاربه", Bound.EXACT, Harm.MISSING)]),
    ("لقي نحو مئتي شخص مصرعهم عام 2024.", [("نحو مئتي شخص", "شخص", Bound.ABOUT, Harm.KILLED)]),
    ("قُتل ستة عمال على الأقل في الحريق.", [("ستة عمال", "عمال", Bound.AT_LEAST, Harm.KILLED)]),
    ("نزح 14 ألف شخص من البلدة.", [("14 ألف شخص", "شخص", Bound.EXACT, Harm.DISPLACED)]),
    ("انتظر ثلاثة أيام.", [("ثلاثة أيام", "أيام", Bound.EXACT, None)]),
    ("يبلغ من العمر 15 عاما.", []),
    ("هطل المطر.", []),
]


def shown(text, language):
    return [(one.span.of(text), one.counted, one.bound, one.harm) for one in figures(text, language)]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text, expected):
    assert shown(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), ARABIC)
def test_arabic(text, expected):
    assert shown(text, "ar") == expected


@pytest.mark.parametrize(
    ("text", "language", "harm"),
    [
        ("The committee put the figure at 58.", "en", Harm.KILLED),
        ("The committee has 58 members.", "en", None),
        ("It met in room 58.", "en", None),
        ("ورفعت اللجنة الحصيلة إلى 58.", "ar", Harm.KILLED),
    ],
)
def test_a_toll_goes_on_from_the_last_one(text, language, harm):
    (figure,) = figures(text, language)
    assert continued(figure, text, language, Harm.KILLED).harm is harm
    assert continued(figure, text, language, None).harm is figure.harm


def test_casualties_are_of_the_body():
    killed, arrested = figures("They killed 3 men and arrested 4 women.", "en")
    assert killed.casualties
    assert not arrested.casualties


def test_other_languages_have_none():
    assert figures("12 personnes ont été tuées.", "fr") == ()
