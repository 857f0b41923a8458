"""Punctuation is compared by its class, so that Arabic and Latin marks of one meaning are the same."""

import pytest

from translate.quality import Pair, punctuation


def kinds(source: str, target: str, back: bool = False) -> list[str]:
    pair = Pair(source, target, *(("ar", "en") if back else ("en", "ar")))
    return [finding.kind for finding in punctuation.CHECK.find(pair, {})]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Who came?", "من جاء؟", []),
        ("He came.", "جاء.", []),
        ("He came, and left; so did she.", "جاء، وغادر؛ وكذلك هي.", []),
        ('"He came."', "«جاء».", []),
        ("He came", "جاء", []),
        ("Wait...", "انتظر…", []),
        ("The bank (in Aden) closed.", "أغلق المصرف (في عدن).", []),
        ("Who came?", "جاء.", ["question"]),
        ("He came.", "هل جاء؟", ["question"]),
        ("He came!", "جاء.", ["end"]),
        ("He came.", "جاء", ["end"]),
        ("The list is:", "القائمة.", ["end"]),
        ("The bank (in Aden) closed.", "أغلق المصرف في عدن.", ["brackets"]),
        ("The bank (in Aden) closed.", "أغلق المصرف (في عدن.", ["unbalanced"]),
        ("1) The bank closed.", "1) أغلق المصرف.", []),
        ("He came, then left.", "جاء, ثم غادر.", ["arabic"]),
        ("It cost 1,300 dollars.", "بلغ ثمنه 1,300 دولار.", []),
        ("He came, then left.", "جاء،، ثم غادر.", ["doubled"]),
        ("He came, then left.", "جاء ، ثم غادر.", ["space"]),
        ("He came , then left.", "جاء ، ثم غادر.", []),
        ("The minister visited the city.", "زارالوزيرالمدينةأمسالأول.", ["joined"]),
    ],
)
def test_marks_are_compared(source, target, expected):
    assert kinds(source, target) == expected


def test_abbreviations_may_stand_before_a_comma():
    assert kinds("في الساعة 8 صباحا، وصل.", "At 8 a.m., he arrived.", back=True) == []
    assert kinds("شركة نور، في عدن.", "Noor Inc., in Aden.", back=True) == []


def test_a_finding_says_where_the_mark_is():
    (finding,) = punctuation.CHECK.find(Pair("Who came?", "من جاء.", "en", "ar"), {})
    assert finding.source is not None
    assert finding.source.of("Who came?") == "?"
    assert finding.target is not None
    assert finding.target.of("من جاء.") == "."
    assert finding.values == {"source": "?", "target": "."}


@pytest.mark.parametrize("text", ["", " ", '"', ")"])
def test_texts_without_a_word_do_not_break_it(text):
    list(punctuation.CHECK.find(Pair(text, text, "en", "ar"), {}))
