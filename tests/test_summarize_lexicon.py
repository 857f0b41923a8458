"""The lexicons are whole and say why; their words are found in every form, and harmless ones are not."""

import pytest

from translate.document import Span
from translate.summarize.hedges import hedges
from translate.summarize.lexicon import label_lists, loaded_lines, loaded_words, stems, verb_forms
from translate.summarize.types import Doubt

LANGUAGES = ("en", "ar")
LABELLED = ("hedges", "groups", "speech", "figures")
CLASSES = {"noun", "verb", "adj", "word", "phrase", "none"}
ENOUGH = 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_loaded_word_has_reason_and_alternative(language):
    lines = loaded_lines(language)
    assert sum(line.word_class != "none" for line in lines) >= ENOUGH
    for line in lines:
        assert line.word_class in CLASSES, line
        assert len(line.entry.reason.split()) > 1, line
        assert line.entry.alternative not in line.listed or line.word_class == "none", line
        assert all(term == term.strip() and term for term in line.listed), line


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_loaded_word_is_listed_twice(language):
    terms = [term for line in loaded_lines(language) for term in line.listed]
    assert sorted(terms) == sorted(set(terms))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_neutral_alternative_is_loaded(language):
    for line in loaded_lines(language):
        if line.word_class != "none":
            assert loaded_words(line.entry.alternative, language) == (), line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LABELLED)
def test_no_phrase_is_twice_in_a_list(name, language):
    for label, phrases in label_lists(name, language).items():
        assert sorted(phrases) == sorted(set(phrases)), label


@pytest.mark.parametrize("name", LABELLED)
def test_both_languages_know_the_same_labels(name):
    here, there = (set(label_lists(name, language)) for language in LANGUAGES)
    assert here ^ there <= {"feminine", "opening", "beside", "holding", "cut", "others", "quoting"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_loaded_word_is_found_as_listed(language):
    for line in loaded_lines(language):
        for term in line.listed:
            for form in term.split() if line.word_class == "verb" and language == "ar" else (term,):
                found = loaded_words(f"xx {form} xx", language)
                assert bool(found) is (line.word_class != "none"), (line, form)


LOADED = [
    (
        "The regime's brutal henchmen massacred them in cold blood.",
        "en",
        ["regime", "brutal", "henchman", "massacre", "in cold blood"],
    ),
    ("Thugs slaughtered, butchered and plundered.", "en", ["thug", "slaughter", "butcher", "plunder"]),
    ("So-called heroes bragged about atrocities.", "en", ["so-called", "hero", "brag", "atrocity"]),
    ("Soldiers killed, executed and looted.", "en", []),
    ("The sanctions regime changed, and a puppet theatre opened.", "en", []),
    ("A counter-terrorism unit stood on Martyrs' Square.", "en", []),
    ("A car slammed into a wall.", "en", []),
    ("ارتكبت عصابات الأسد مجازر وحشية.", "ar", ["عصابات الأسد", "مجزرة", "وحشية"]),
    ("وبالإرهابيين وللإرهابيين والشهداء", "ar", ["إرهابي", "إرهابي", "شهيد"]),
    ("ذبحوهم ثم ستسحقهم القوات", "ar", ["ذبح يذبح", "سحق يسحق"]),
    ("كانت مجزرتهم بدم بارد", "ar", ["مجزرة", "بدم بارد"]),
    ("قتلوا ثلاثة ونهبوا المتاجر وأعدموا اثنين", "ar", []),
    ("وحدة مكافحة الإرهاب في ساحة الشهداء", "ar", []),
    ("فاز ببطولة كأس آسيا", "ar", []),
]


@pytest.mark.parametrize(("text", "language", "terms"), LOADED)
def test_loaded_words(text, language, terms):
    assert [one.entry.term for one in loaded_words(text, language)] == terms


def test_quoted_loaded_words_are_their_speakers():
    text = 'The "brutal" regime fell.'
    quoted, free = loaded_words(text, "en", [Span(5, 11)])
    assert (quoted.quoted, free.quoted) == (True, False)
    assert quoted.span.of(text) == "brutal"


HEDGES = [
    (
        "The National could not independently confirm these reports.",
        "en",
        [("could not independently confirm", Doubt.UNVERIFIED)],
    ),
    ("He was unable, by phone, to confirm the number.", "en", [("was unable, by phone, to confirm", Doubt.UNVERIFIED)]),
    (
        "They reportedly left, and 40 may have died.",
        "en",
        [("reportedly", Doubt.HEARSAY), ("may have", Doubt.POSSIBLE)],
    ),
    ("It is not clear who fired.", "en", [("not clear", Doubt.UNVERIFIED)]),
    ("He estimates that 15 died, likely more.", "en", [("estimates that", Doubt.ESTIMATE), ("likely", Doubt.ESTIMATE)]),
    ("The date could not be verified.", "en", [("could not be verified", Doubt.UNVERIFIED)]),
    ("Authorities have yet to release figures.", "en", [("yet to release", Doubt.UNVERIFIED)]),
    ("On May 5 the army showed its military might.", "en", []),
    ("It rained in May.", "en", []),
    ("About 15 people left.", "en", []),
    ("He could not swim.", "en", []),
    ("لم يتسن للصحيفة التحقق من هذه الأنباء.", "ar", [("لم يتسن للصحيفة التحقق", Doubt.UNVERIFIED)]),
    ("ولم تتمكن «المشرق» من التأكد من الحصيلة.", "ar", [("ولم تتمكن «المشرق» من التأكد", Doubt.UNVERIFIED)]),
    ("يُزعم أنهم سرقوا البنادق.", "ar", [("يُزعم أنهم", Doubt.HEARSAY)]),
    ("ويُعتقد أن العدد أكبر على الأرجح.", "ar", [("ويُعتقد أن", Doubt.POSSIBLE), ("على الأرجح", Doubt.ESTIMATE)]),
    ("قد يرتفع العدد.", "ar", [("قد", Doubt.POSSIBLE)]),
    ("قد تم دفنهم، وكان قد غادر، وقد توفي.", "ar", []),
    ("بذل قدر الإمكان.", "ar", []),
]


@pytest.mark.parametrize(("text", "language", "expected"), HEDGES)
def test_hedges(text, language, expected):
    assert [(one.span.of(text), one.doubt) for one in hedges(text, language)] == expected


def test_other_languages_have_no_lexicon():
    assert loaded_words("brutal", "fr") == ()
    assert hedges("perhaps", "fr") == ()


def test_english_verbs_are_inflected():
    assert set(verb_forms("slam", "en")) == {"slam", "slams", "slammed", "slamming"}
    assert set(verb_forms("purge", "en")) == {"purge", "purges", "purged", "purging"}
    assert set(verb_forms("massacre", "en")) >= {"massacres", "massacred", "massacring"}


def test_arabic_clitics_are_taken_off():
    assert "ارهابيين" in stems("وللارهابيين")
    assert stems("في") == ("في",)
