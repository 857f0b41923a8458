"""Quotations are counted by their pairs of marks, whatever kind these are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.quality import Pair, quotes
from translate.quality.quotes import quotations

LIMITS = {"speech": 5, "name": 0.2}


def kinds(source: str, target: str, back: bool = False) -> list[str]:
    pair = Pair(source, target, *(("ar", "en") if back else ("en", "ar")))
    return [finding.kind for finding in quotes.CHECK.find(pair, LIMITS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes".', ["yes"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ('قال «نعم» ثم "لا".', ["نعم", "لا"]),
        ("„Ja“, he said.", ["Ja"]),
        ("They called it 'the bad bank', and left.", ["the bad bank"]),
        ("The students' books don't cost a teacher's pay.", []),
        ("In the '90s rock was old, and the '80s were gone.", []),
        ('A 12" record', []),
        ('"It was late," she said. "I left.', ["It was late,", "I left."]),
        ('I left," she said.', ["I left,"]),
        ("He said: 'We will see what comes.", ["We will see what comes."]),
        ("I got hurt!'", ["I got hurt!"]),
        ('وقال" نحن هنا منذ أمس".', [" نحن هنا منذ أمس"]),
        ("He said “he told me 'no'”.", ["he told me 'no'"]),
        ("", []),
    ],
)
def test_quotations_are_found(text, expected):
    assert [one.span.of(text) for one in quotations(text)] == expected


def test_a_quotation_knows_which_marks_it_has():
    (whole,) = quotations('"He left."')
    (ended,) = quotations('He left," she said.')
    (begun,) = quotations('She said, "He left.')
    assert (whole.opened, whole.closed, whole.whole) == (True, True, True)
    assert (ended.opened, ended.closed, ended.whole) == (False, True, False)
    assert (begun.opened, begun.closed, begun.whole) == (True, False, False)


@given(st.text(alphabet="ab \"'“”«».,", max_size=30))
def test_quotations_lie_in_their_text_and_apart(text):
    found = quotations(text)
    assert all(one.span.end <= len(text) for one in found)
    assert all(not one.span.overlaps(other.span) for one in found for other in found if one is not other)


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ('He said: "We are tired."', "قال: «نحن متعبون»."),
        ("He called it 'a gift'.", 'وصفه بأنه "هدية".'),
        ('"We are tired," he said, "and hungry."', 'قال: "نحن متعبون وجائعون".'),
        ('"We are tired', '"نحن متعبون'),
        ('and hungry," he said.', 'وجائعون"، كما قال.'),
        ("The Herald wrote about it.", 'كتبت عنه "هيرالد".'),
        ('and hungry," he said.', 'قال "وجائعون".'),
    ],
)
def test_the_same_quotations_in_other_marks_are_fine(english, arabic):
    assert kinds(english, arabic) == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ('He said: "We are tired."', "قال: نحن متعبون.", ["lost"]),
        ('He said: "We are tired."', "قال: «نحن متعبون.", ["unbalanced"]),
        ('He said: "We are tired."', "قال: نحن متعبون».", ["unbalanced"]),
        ("The 'gift' and the “prize” came.", "جاءت «الهدية» والجائزة.", ["lost"]),
        ('"We are tired', "نحن متعبون", ["mark"]),
        ("He said that they had been tired for days.", "قال: «نحن متعبون منذ أيام طويلة جدا».", ["added"]),
    ],
)
def test_broken_quotations_are_found(source, target, expected):
    assert kinds(source, target) == expected


@pytest.mark.parametrize(
    ("arabic", "english", "expected"),
    [
        ('قال: "نحن متعبون منذ أيام ولا ماء لدينا".', 'He said: "We have been tired for days, without water."', []),
        ('قال: "نحن متعبون منذ أيام ولا ماء لدينا".', "He said: We have been tired for days, without water.", ["lost"]),
        ('كتبت صحيفة "هيرالد" عنه.', "The Herald wrote about it.", []),
        ('غادر الوزير "غاضبا" أمس.', "The minister left furious yesterday.", ["term"]),
        ('غادر الوزير "غاضبا" أمس.', "The minister left 'furious' yesterday.", []),
        ("كتبت الصحيفة عنه.", 'The "paper wrote about it.', ["unbalanced"]),
    ],
)
def test_an_arabic_name_in_marks_needs_none_in_english(arabic, english, expected):
    assert kinds(arabic, english, back=True) == expected
