import pytest
from articles import Line, article

from translate.summarize.edits import apply
from translate.summarize.subjects import has_sure_speaker, is_joined, named, resolved
from translate.summarize.types import Found, Gender, Group, Speaker

OMAR = Speaker("Omar Saleh", "Omar Saleh", Group.RESIDENT, gender=Gender.MALE)
HEAD = Speaker("رئيس البلدية ناصر", "رئيس البلدية ناصر", Group.OFFICIAL, gender=Gender.MALE)
CREWS = Speaker("بحارة", "بحارة", Group.RESIDENT, gender=Gender.SEVERAL)


@pytest.mark.parametrize("word", ["وقال", "وأضافت", "وكان", "ولم", "ويعتقد", "والشرطة", "وفي"])
def test_and_is_told_from_the_word_behind_it(word):
    assert is_joined(word)


@pytest.mark.parametrize("word", ["وصف", "وقع", "وزارة", "والد", "والدته", "ويل", "وقد", "وطن", "قال", "و"])
def test_a_word_of_its_own_is_left_whole(word):
    assert not is_joined(word)


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        (Line("Saleh said so.", OMAR, "Saleh", "said"), "en", "Omar Saleh said so."),
        (Line("Omar said so.", OMAR, "Omar", "said"), "en", "Omar Saleh said so."),
        (Line("The man said so.", OMAR, "The man", "said"), "en", "Omar Saleh said so."),
        (Line("Omar Saleh said so.", OMAR, "Omar Saleh", "said"), "en", None),
        (Line("قال الرئيس إنه هنا.", HEAD, "الرئيس", "قال"), "ar", "قال رئيس البلدية ناصر إنه هنا."),
        (Line("قالت البلدية إنه هنا.", HEAD, "البلدية", "قالت"), "ar", None),
        (Line("وقال إنه هنا.", HEAD, "", "وقال", Found.PRONOUN), "ar", "قال رئيس البلدية ناصر إنه هنا."),
        (Line("قالوا إنهم هنا.", CREWS, "", "قالوا", Found.PRONOUN), "ar", "قال بحارة إنهم هنا."),
        (Line("It rained all day."), "en", None),
    ],
)
def test_what_says_less_than_the_name_gives_way_to_it(line, language, expected):
    changes = list(named(article(language, [line]).claim(1), language))
    assert apply(line.text, changes)[0] == (expected or line.text)
    assert len(resolved(changes)) == (expected is not None)


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        (Line("وقال إنه هنا.", HEAD, "", "وقال", Found.PRONOUN), True),
        (Line("وقال للصحيفة إنه هنا.", HEAD, "", "وقال", Found.PRONOUN), True),
        (Line("«أنا هنا»، قال عبر الهاتف.", HEAD, "", "قال", Found.PRONOUN), True),
        (Line("كما قال إنه هنا.", HEAD, "", "قال", Found.PRONOUN), True),
        (Line("وقالت إنها هنا.", HEAD, "", "وقالت", Found.PRONOUN), False),
        (Line("وقال حمد إنه هنا.", HEAD, "", "وقال", Found.PRONOUN), False),
        (Line("عاد حمد وقال إنه هنا.", HEAD, "", "وقال", Found.PRONOUN), False),
    ],
)
def test_an_arabic_verb_may_hold_somebody_else(line, sure):
    assert has_sure_speaker(article("ar", [line]).claim(1), "ar") is sure
