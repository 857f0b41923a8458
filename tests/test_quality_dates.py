"""Weekdays and months are found lost, added or changed, and left alone where they are other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.quality import Pair, dates
from translate.quality.dates import Family

GOOD = [
    ("The minister said on Monday that talks would resume.", "قال الوزير يوم الاثنين إن المحادثات ستستأنف."),
    ("The minister said on Monday that talks would resume.", "قال الوزير الإثنين إن المحادثات ستستأنف."),
    ("It closed at 4 p.m. Tuesday.", "أغلق في الرابعة عصر الثلاثاء."),
    ("They play every Saturday.", "يلعبون كل سبت."),
    ("Shops close on Fridays.", "تغلق المتاجر أيام الجمعة."),
    ("The strikes went on from Thursday to Sunday.", "استمرت الغارات من الخميس إلى الأحد."),
    ("He was shot on Saturday night.", "أصيب بالرصاص ليلة الأحد، السبت."),
    ("He was born on May 5, 1990.", "ولد في 5 أيار/مايو 1990."),
    ("He was born in January 1990.", "ولد في كانون الثاني 1990."),
    ("The vote of 12 November failed.", "فشل تصويت الثاني عشر من تشرين الثاني."),
    ("The vote of 12 November failed.", "فشل تصويت 12/11."),
    ("It snowed in Feb. and Mar.", "تساقطت الثلوج في شباط وآذار."),
    ("It rained in July.", "هطل المطر في جويلية."),
    ("She left on Wednesday.", "غادرت أمس."),
    ("She left in MAY.", "غادرت في أيار."),
    # Other words
    ("May I come in?", "هل لي أن أدخل؟"),
    ("They may march on the capital.", "قد يزحفون نحو العاصمة."),
    ("Theresa May met June Brown.", "التقت تيريزا ماي جون براون."),
    ("Joan practised medicine.", "مارست جوان الطب."),
    ("He practised medicine in the village.", "مارس الطب في القرية."),
    ("He drove a Nissan.", "كان يقود سيارة نيسان."),
    ("He told the Sunday Times so.", "قال ذلك لصنداي تايمز."),
    ("MERS-CoV came from camels.", "جاء فيروس مارس-كوف من الجمال."),
    ("Both of them left.", "غادر الاثنان، والاثنين معا."),
    ("Nobody came.", "لم يأت أحد."),
    ("He left on Friday.", "غادرفييومالجمعةمنالمدينةإلىالقرية."),
    ("", ""),
]

CHANGED = [
    (
        "The minister said on Monday that talks would resume.",
        "قال الوزير الأحد إن المحادثات ستستأنف.",
        "Monday",
        "الأحد",
    ),
    ("He left on Sunday.", "غادر الاثنين.", "Sunday", "الاثنين"),
    ("He left on Thursday.", "غادر وللأربعاء أثره.", "Thursday", "لأربعاء"),
    ("Twelve died on 5 March.", "قتل اثنا عشر شخصا في 5 مايو.", "March", "مايو"),
    ("It began in October.", "بدأ في تشرين الثاني.", "October", "تشرين الثاني"),
    ("It began in December.", "بدأ في كانُونَ الثَّانِي.", "December", "كانُونَ الثَّانِي"),
]


def found(english: str, arabic: str, back: bool = False) -> list[tuple[str, str, str]]:
    pair = Pair(arabic, english, "ar", "en") if back else Pair(english, arabic, "en", "ar")
    return [
        (
            finding.kind,
            finding.source.of(pair.source) if finding.source else "",
            finding.target.of(pair.target) if finding.target else "",
        )
        for finding in dates.CHECK.find(pair, {})
    ]


@pytest.mark.parametrize(("english", "arabic"), GOOD)
def test_a_good_translation_is_left_alone_in_both_directions(english: str, arabic: str) -> None:
    assert found(english, arabic) == []
    assert found(english, arabic, back=True) == []


@pytest.mark.parametrize(("english", "arabic", "here", "there"), CHANGED)
def test_another_day_or_month_is_an_error_at_both_places(english: str, arabic: str, here: str, there: str) -> None:
    assert found(english, arabic) == [("changed", here, there)]
    assert found(english, arabic, back=True) == [("changed", there, here)]


def test_what_one_side_lacks_is_told() -> None:
    assert found("He left on Friday with her.", "غادر معها.") == [("missing", "Friday", "")]
    assert found("He left with her.", "غادر معها في أغسطس.") == [("added", "", "أغسطس")]
    assert found("He left with her.", "غادر معها في أغسطس.", back=True) == [("missing", "أغسطس", "")]
    both = found("From Monday to Friday.", "من الاثنين إلى الخميس ثم السبت.")
    assert both == [("changed", "Friday", "الخميس"), ("added", "", "السبت")]


def test_other_languages_are_left_alone() -> None:
    assert not list(dates.CHECK.find(Pair("Am Montag.", "On Tuesday.", "de", "en"), {}))


_NAMED = [(Family.DAY, number) for number in range(7)] + [(Family.MONTH, number) for number in range(1, 13)]


@given(st.lists(st.sampled_from(_NAMED), min_size=1, unique=True), st.data())
def test_each_name_is_read_as_written_and_a_changed_one_is_seen(named: list[dates.Named], data: st.DataObject) -> None:
    texts = {code: "، ".join(f"5 {dates.written(one, code)}" for one in named) for code in ("en", "ar")}
    for code, text in texts.items():
        assert [name.named for name in dates.names(text, code)] == named
    assert found(texts["en"], texts["ar"]) == []
    broken = data.draw(st.sampled_from(named))
    others = [one for one in _NAMED if one[0] is broken[0] and one not in named]
    if others:
        other = dates.written(data.draw(st.sampled_from(others)), "en")
        text = texts["en"].replace(dates.written(broken, "en"), other)
        assert ("changed", other, dates.written(broken, "ar")) in found(text, texts["ar"])
