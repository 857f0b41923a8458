import pytest
from articles import Line, article

from translate.document import Role
from translate.summarize.standalone import stand_alone
from translate.summarize.summary import Change
from translate.summarize.types import Dependence, Found, Gender, Group, Quoted, Speaker

OMAR = Speaker("Omar", "Omar, a baker", Group.RESIDENT, gender=Gender.MALE)
MAN = Speaker("a ferryman", "A ferryman who gave no name", Group.RESIDENT, gender=Gender.MALE, named=False)
PORT = Speaker("the Port Authority", "The Port Authority", Group.OFFICIAL, gender=Gender.BODY)
RIMA = Speaker("ريما", "ريما", Group.RESIDENT, gender=Gender.FEMALE)
CREWS = Speaker("بحارة", "بحارة", Group.RESIDENT, gender=Gender.SEVERAL, named=False)
UNION = Speaker("اتحاد الملاحين", "اتحاد الملاحين", Group.MONITOR, gender=Gender.BODY)
BOARD = Speaker("هيئة الموانئ", "هيئة الموانئ", Group.OFFICIAL, gender=Gender.BODY)

BEFORE_EN = Line("The ferry to Ras Amal sank on Sunday before the eyes of Omar, a ferryman and the Port Authority.")
BEFORE_AR = Line("غرقت عبارة رأس الأمل يوم الأحد أمام ريما وبحارة من اتحاد الملاحين وهيئة الموانئ.")


def standing(line, language):
    before = BEFORE_EN if language == "en" else BEFORE_AR
    return stand_alone(article(language, [before, line]), 2)


def pronoun(text, speaker, mention, verb, **more):
    return Line(text, speaker, mention, verb, Found.PRONOUN, dependence=Dependence.PRONOUN, **more)


def speech(text, speaker, words):
    return Line(
        text,
        speaker,
        found=Found.QUOTATION,
        quoted=Quoted.WHOLLY,
        quotation=words,
        dependence=Dependence.QUOTATION,
    )


ENGLISH = [
    (pronoun("He said the deck was full.", OMAR, "He", "said"), "Omar said the deck was full."),
    (pronoun("The deck, he said, was full.", OMAR, "he", "said"), "The deck, Omar said, was full."),
    (
        pronoun('"The deck was full," he said.', OMAR, "he", "said", quotation="The deck was full,"),
        '"The deck was full," Omar said.',
    ),
    (
        Line(
            "However, he said the deck was full.", OMAR, "he", "said", Found.PRONOUN, dependence=Dependence.CONNECTIVE
        ),
        "Omar said the deck was full.",
    ),
    (
        Line("But Omar said the deck was full.", OMAR, "Omar", "said", dependence=Dependence.CONNECTIVE),
        "Omar said the deck was full.",
    ),
    (
        Line("The authority said the deck was full.", PORT, "The authority", "said", dependence=Dependence.POINTER),
        "The Port Authority said the deck was full.",
    ),
    (
        Line("The deck was full, said the man.", MAN, "the man", "said", dependence=Dependence.POINTER),
        "The deck was full, said a ferryman.",
    ),
    (
        speech('"Nobody counted the passengers.', OMAR, "Nobody counted the passengers."),
        'Omar said: "Nobody counted the passengers."',
    ),
    (
        speech('Nobody counted the passengers."', OMAR, "Nobody counted the passengers."),
        'Omar said: "Nobody counted the passengers."',
    ),
    (
        Line("Nobody had counted the passengers.", OMAR, found=Found.CARRIED),
        "Nobody had counted the passengers, according to Omar.",
    ),
    (
        pronoun(
            'Nobody counted the passengers," he said.', OMAR, "he", "said", quotation="Nobody counted the passengers,"
        ),
        '"Nobody counted the passengers," Omar said.',
    ),
    (Line("The crew of the ferry is safe"), "The crew of the ferry is safe."),
]
ARABIC = [
    (pronoun("وأضافت أن السطح كان مكتظا.", RIMA, "", "وأضافت"), "أضافت ريما أن السطح كان مكتظا."),
    (pronoun("وأضافوا أن السطح كان مكتظا.", CREWS, "", "وأضافوا"), "أضاف بحارة أن السطح كان مكتظا."),
    (Line("وقالت ريما إن السطح كان مكتظا.", RIMA, "ريما", "وقالت"), "قالت ريما إن السطح كان مكتظا."),
    (Line("وصلت العبارة إلى المرفأ فجرا."), "وصلت العبارة إلى المرفأ فجرا."),
    (
        Line("لكن الهيئة قالت إن السطح كان خاليا.", BOARD, "الهيئة", "قالت", dependence=Dependence.CONNECTIVE),
        "هيئة الموانئ قالت إن السطح كان خاليا.",
    ),
    (
        Line("من جهتها، قالت ريما إن السطح كان مكتظا.", RIMA, "ريما", "قالت", dependence=Dependence.CONNECTIVE),
        "قالت ريما إن السطح كان مكتظا.",
    ),
    (speech("«لم يعد أحد الركاب قط.", RIMA, "لم يعد أحد الركاب قط."), "قالت ريما: «لم يعد أحد الركاب قط»."),
    (speech("«لم يعد أحد الركاب قط.", UNION, "لم يعد أحد الركاب قط."), "بحسب اتحاد الملاحين: «لم يعد أحد الركاب قط»."),
    (
        Line("لم يعد أحد الركاب قبل الإبحار.", RIMA, found=Found.CARRIED),
        "لم يعد أحد الركاب قبل الإبحار، كما قالت ريما.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), ENGLISH)
def test_english_names_the_speaker(line, expected):
    found = standing(line, "en")
    assert found.whole.text == expected
    assert found.needs == frozenset()


@pytest.mark.parametrize(("line", "expected"), ARABIC)
def test_arabic_names_the_speaker(line, expected):
    found = standing(line, "ar")
    assert found.whole.text == expected
    assert found.needs == frozenset()


@pytest.mark.parametrize(
    ("line", "language"),
    [
        (Line("She left before the shooting began.", dependence=Dependence.PRONOUN), "en"),
        (Line("These reports could not be verified.", dependence=Dependence.POINTER), "en"),
        (Line("Instead the crew swam ashore.", dependence=Dependence.CONNECTIVE), "en"),
        (Line("Like all of the crew, he could swim."), "en"),
        (Line("Thus the crew was saved by a fisherman."), "en"),
        (Line("A harbour guard said he hadn't seen it.", MAN, "A harbour guard", "said"), "en"),
        (pronoun("On his way home he saw lights, he said.", OMAR, "he said", "said"), "en"),
        (speech('They never came back."', OMAR, "They never came back."), "en"),
        (Line("هذه الأرقام لم تؤكدها جهة أخرى.", dependence=Dependence.POINTER), "ar"),
        (Line("كما أن البحارة لم يعودوا.", dependence=Dependence.CONNECTIVE), "ar"),
        (Line("لكنها لا تعرف أين ذهب البحارة.", dependence=Dependence.CONNECTIVE), "ar"),
        (
            Line("لكن المسؤولين قالوا إن السطح خال.", BOARD, "المسؤولين", "قالوا", dependence=Dependence.CONNECTIVE),
            "ar",
        ),
        (Line("نشأ ذلك عن خلاف قديم بين البحارة."), "ar"),
        (speech("أخذوا القوارب كلها من الميناء».", RIMA, "أخذوا القوارب كلها من الميناء"), "ar"),
    ],
)
def test_what_hangs_needs_the_sentence_before(line, language):
    assert standing(line, language).needs == {1}


@pytest.mark.parametrize(
    "line",
    [
        Line("The ferry", role=Role.HEADING),
        Line("The ferry sank on Sunday.", role=Role.HEADING),
        Line("a list of the missing passengers;", role=Role.ITEM),
        Line("The port authority published this list:"),
        Line("Three boats."),
        Line("Why was the deck so full?"),
        Line("، said the captain of the ferry."),
    ],
)
def test_no_statement_stands(line):
    assert standing(line, "en") is None


@pytest.mark.parametrize(
    ("line", "language"),
    [
        (Line('"Nobody counted the passengers that day."', quoted=Quoted.WHOLLY), "en"),
        (pronoun("He said the deck was full.", Speaker("an unnamed speaker", "he", named=False), "He", "said"), "en"),
        (pronoun("He said the deck was full.", Speaker("saying he", "he"), "He", "said"), "en"),
        (pronoun("She said the deck was full.", OMAR, "She", "said"), "en"),
        (pronoun("He said the deck was full.", PORT, "He", "said"), "en"),
        (pronoun("Ramzi said he thought the deck was full.", OMAR, "he", "thought"), "en"),
        (pronoun("وقال حسن إن السطح كان مكتظا.", RIMA, "", "وقال"), "ar"),
        (pronoun("وقال إن السطح كان مكتظا.", RIMA, "", "وقال"), "ar"),
        (pronoun("عاد حسن وقال إن السطح كان مكتظا.", CREWS, "", "وقال"), "ar"),
    ],
)
def test_nobody_is_named_who_may_not_have_said_it(line, language):
    assert standing(line, language) is None


def test_marks_that_pair_get_no_other():
    text = '"Nobody counted us," Omar told the press of Amal on Monday.'
    line = Line(text, OMAR, "Omar", "told", quotation="Omar told the press of Amal on Monday.")
    assert standing(line, "en").whole.text == text


def test_the_first_sentence_cannot_hang():
    assert stand_alone(article("en", [Line("This was not expected.", dependence=Dependence.POINTER)]), 1) is None


def test_every_change_is_recorded():
    line = Line(
        "However, he said the brutal captain, who lived aboard, was asleep.",
        OMAR,
        "he",
        "said",
        Found.PRONOUN,
        dependence=Dependence.CONNECTIVE,
    )
    found = standing(line, "en")
    assert found.short.text == "Omar said the captain was asleep."
    assert [(edit.change, edit.before, edit.after) for edit in found.short.edits] == [
        (Change.DROPPED, "However,", ""),
        (Change.RESOLVED, "he", "Omar"),
        (Change.REPLACED, "brutal", ""),
        (Change.DROPPED, ", who lived aboard,", ""),
    ]
    assert found.whole.text == "Omar said the captain, who lived aboard, was asleep."
    assert found.loaded == ()


def test_what_no_neutral_word_can_replace_is_told():
    found = standing(Line("The crew saw carnage on the quay."), "en")
    assert found.whole.text == "The crew saw carnage on the quay."
    assert [loaded.entry.term for loaded in found.loaded] == ["carnage"]
