import pytest
from articles import Line, article

from translate.summarize.edits import apply
from translate.summarize.neutral import replacements


def neutral(text, language):
    claim = article(language, [Line(text)]).claim(1)
    return apply(text, replacements(claim, language))[0]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Two men were massacred there.", "en", "Two men were killed there."),
        ("The soldiers liberated the town.", "en", "The soldiers captured the town."),
        ("The brutal raid lasted an hour.", "en", "The raid lasted an hour."),
        ("They were brutally beaten.", "en", "They were beaten."),
        ("He spoke of the regime.", "en", "He spoke of the government."),
        ("وصف الشهود الهجوم الوحشي بأنه مفاجئ.", "ar", "وصف الشهود الهجوم بأنه مفاجئ."),
    ],
)
def test_a_loaded_word_gives_way(text, language, expected):
    assert neutral(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The raid was brutal.", "en"),
        ("The brutal and quick raid ended.", "en"),
        ("A massacre followed.", "en"),
        ("They spoke of an evil plan.", "en"),
        ("The Hamid regime fell.", "en"),
        ("The terrorists fled.", "en"),
        ('He called it "a brutal raid".', "en"),
        ("كان الهجوم وحشيا.", "ar"),
        ("وقعت مجزرة في البلدة.", "ar"),
        ("تحدث عن هجوم وحشي.", "ar"),
    ],
)
def test_where_grammar_might_suffer_it_stays(text, language):
    assert neutral(text, language) == text
