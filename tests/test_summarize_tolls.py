import pytest
from articles import Line, article

from translate.summarize.tolls import Tolls, obliged, tolls
from translate.summarize.types import Dependence, Gender, Group, Harm, Speaker

POLICE = Speaker("the police", "The police", Group.OFFICIAL, gender=Gender.SEVERAL)
WATCH = Speaker("River Watch", "River Watch", Group.MONITOR, gender=Gender.BODY)
ADAM = Speaker("Adam", "Adam", Group.RESIDENT, gender=Gender.MALE)
SHURTA = Speaker("الشرطة", "الشرطة", Group.OFFICIAL, gender=Gender.BODY)
MARSAD = Speaker("مرصد النهر", "مرصد النهر", Group.MONITOR, gender=Gender.BODY)

FILLER = Line("The bridge was built a long time ago.")
REMARK = Line("The Post could not confirm these figures.", dependence=Dependence.POINTER)


def count(text, speaker=None, harm=Harm.KILLED, language="en"):
    return Line(text, speaker, speaker.name if speaker else "", harm=harm)


WOUNDED = count("Doctors of River Watch saw 30 injured.", WATCH, Harm.WOUNDED)
LONG_AGO = [*[FILLER] * 9, count("In 2001 the police counted 400 dead.", POLICE)]
OWN_LOSS = count("A son of Adam was 1 of 3 dead.", ADAM)
TWO_COUNTS = [
    Line("A bridge fell into the river on Monday."),
    count("On Tuesday the police said 9 people had died.", POLICE),
    count("Workers of River Watch counted 14 dead.", WATCH),
]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([FILLER], []),
        ([*TWO_COUNTS], [Tolls((2, 3))]),
        ([*TWO_COUNTS, REMARK], [Tolls((2, 3), 4)]),
        ([*TWO_COUNTS, FILLER, FILLER, REMARK], [Tolls((2, 3), 6)]),
        ([*TWO_COUNTS, *[FILLER] * 3, REMARK], [Tolls((2, 3))]),
        ([TWO_COUNTS[0], Line("It is not clear how many died: figures vary."), *TWO_COUNTS[1:]], [Tolls((3, 4), 2)]),
        ([*TWO_COUNTS, Line("It is not clear who built the bridge.")], [Tolls((2, 3))]),
        ([*TWO_COUNTS, WOUNDED], [Tolls((2, 3)), Tolls((4,))]),
        ([*TWO_COUNTS, *LONG_AGO], [Tolls((2, 3)), Tolls((13,))]),
        ([count("Friends of Adam counted 3 dead.", ADAM), *TWO_COUNTS[1:]], [Tolls((2, 3))]),
        ([count("The fall killed 12 people."), *TWO_COUNTS[1:]], [Tolls((1, 2, 3))]),
        ([count("The fall killed hundreds of people."), *TWO_COUNTS[1:]], [Tolls((2, 3))]),
    ],
)  # fmt: skip
def test_counts_of_one_event_belong_together(lines, expected):
    assert list(tolls(article("en", lines))) == expected


def test_arabic():
    lines = [
        Line("انهار جسر قديم يوم الاثنين."),
        count("قالت الشرطة إن 9 أشخاص قتلوا.", SHURTA),
        count("أحصى مرصد النهر 14 قتيلا.", MARSAD),
        Line("ولم يتسن للصحيفة التحقق من الحصيلتين."),
    ]
    assert tolls(article("ar", lines)) == (Tolls((2, 3), 4),)


def test_what_must_not_be_told_without_the_counts():
    lines = [count("The fall killed hundreds of people."), *TWO_COUNTS[1:], REMARK, OWN_LOSS]
    understood = article("en", lines)
    known = tolls(understood)
    asked = [obliged(claim, known, understood) for claim in understood.claims]
    assert asked == [known[0], known[0], known[0], known[0], None]
    assert known[0].numbers == (2, 3, 4)
