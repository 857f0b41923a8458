import pytest
from articles import Line, article

from translate.summarize.types import Gender, Speaker
from translate.summarize.wording import according_to, arabic_verb, capitalised, joined, marks, said


def who(name, gender=None):
    return Speaker(name, name, gender=gender)


@pytest.mark.parametrize(
    ("speaker", "words", "language", "expected"),
    [
        (who("the mayor"), "We are late.", "en", "The mayor said: “We are late.”"),
        (who("Huda"), "We are late,", "en", "Huda said: “We are late.”"),
        (who("Huda"), "Why wait?", "en", "Huda said: “Why wait?”"),
        (who("هدى", Gender.FEMALE), "تأخرنا كثيرا.", "ar", "قالت هدى: “تأخرنا كثيرا”."),
        (who("سكان", Gender.SEVERAL), "تأخرنا؟", "ar", "قال سكان: “تأخرنا؟”"),
        (who("المرصد", Gender.BODY), "تأخرنا.", "ar", "بحسب المرصد: “تأخرنا”."),
        (who("الشبكة", Gender.BODY), "تأخرنا.", "ar", "قالت الشبكة: “تأخرنا”."),
    ],
)
def test_a_quotation_stands_behind_its_speaker(speaker, words, language, expected):
    assert said(speaker, words, language, ("“", "”")) == expected


def test_a_quotation_within_is_left_alone():
    assert said(who("Huda"), "He called it “late”.", "en", ("“", "”")) is None


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("The road is open.", "en", "The road is open, according to X."),
        ('The road is "open".', "en", 'The road is "open", according to X.'),
        ('The road is "open."', "en", 'The road is "open", according to X.'),
        ("Is the road open?", "en", None),
        ("الطريق مفتوح.", "ar", "الطريق مفتوح، بحسب X."),
        ("هل الطريق مفتوح؟", "ar", None),
    ],
)
def test_a_statement_is_given_its_speaker(sentence, language, expected):
    assert according_to(who("X"), sentence, language) == expected


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        (who("أبو كرم"), "قال"),
        (who("مسؤولون"), "قال"),
        (who("هدى", Gender.FEMALE), "قالت"),
        (who("نور"), None),
    ],
)
def test_arabic_verbs_agree_or_are_not_used(speaker, expected):
    assert arabic_verb(speaker) == expected


@pytest.mark.parametrize(
    ("sentences", "language", "expected"),
    [
        (["A counted 5.", "The B counted 6."], "en", "A counted 5; the B counted 6."),
        (["A counted 5.", "The Post could not check."], "en", "A counted 5; The Post could not check."),
        (["A counted 5.", "Beirut counted 6."], "en", "A counted 5; Beirut counted 6."),
        (["أحصت الوزارة 5.", "أحصى المرصد 6."], "ar", "أحصت الوزارة 5؛ أحصى المرصد 6."),
        (["A counted 5."], "en", "A counted 5."),
    ],
)
def test_statements_are_joined_by_semicolons(sentences, language, expected):
    assert joined(sentences, language, ("The Post",)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("He said «no», «yes».", ("«", "»")), ('"No", “yes”, “so”.', ("“", "”")), ("No.", ('"', '"'))],
)
def test_the_article_s_own_marks_are_used(text, expected):
    assert marks(article("en", [Line(text)])) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("the road", "The road"), ('"the road"', '"The road"'), ("", ""), ("«", "«")]
)
def test_capitalised(text, expected):
    assert capitalised(text) == expected
