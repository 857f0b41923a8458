"""A summary in another language: the same sentences, the same grounds, and what the checks found."""

import pytest
from scripted import ScriptedEngine

from translate import quality
from translate.document import Document, Issue, Severity, TranslatedBlock
from translate.quality.reviewer import Reviewer
from translate.summarize import extractive
from translate.summarize.bilingual import Summarized, gathered, translated
from translate.summarize.neutrality import measure
from translate.summarize.summary import Form, Summary, SummarySentence
from translate.summarize.understand import understand
from translate.translator import Pipeline

ARTICLE = understand(
    ["A fire at the mill", "The ministry said 12 people were hurt. Salma Haddad, a resident, said 19 were hurt."], "en"
)


def pipeline(**options: object) -> Pipeline:
    return Pipeline(ScriptedEngine(**options), "en", "ar", reviewer=Reviewer(quality.settings(), ()))


def arabic(summary: Summary, **options: object) -> Summary:
    return translated(summary, "ar", lambda document: pipeline(**options).stream(document.blocks))


@pytest.mark.parametrize("form", list(Form))
def test_each_sentence_is_translated_and_keeps_its_grounds(form: Form) -> None:
    own = extractive.summarize(ARTICLE, None, form)
    there = arabic(own)
    assert there.language == "ar" and there.form is form and len(there.sentences) == len(own.sentences)
    for one, other in zip(own.sentences, there.sentences, strict=True):
        assert other.original == one.text and other.text != one.text
        assert (other.grounds, other.speaker, other.others) == (one.grounds, one.speaker, one.others)


def test_issues_point_into_the_sentence_although_it_was_translated_in_two() -> None:
    own = Summary("en", Form.PARAGRAPH, (SummarySentence("The mill burned. The ministry counted 12 boats.", (1,)),))
    (sentence,) = arabic(own, spoil=lambda text: text.replace("12", "13")).sentences
    found = [issue for issue in sentence.issues if issue.code == "numbers.changed"]
    assert found and all(issue.target is not None and issue.target.of(sentence.text) == "13" for issue in found)
    assert all(issue.source is not None and issue.source.of(sentence.original) == "12" for issue in found)


def test_a_sentence_that_came_to_nothing_stays_and_says_so() -> None:
    own = extractive.summarize(ARTICLE)
    there = arabic(own, spoil=lambda text: "")
    assert [one.text for one in there.sentences] == [one.text for one in own.sentences]
    assert all(any(issue.severity is Severity.ERROR for issue in one.issues) for one in there.sentences)


def test_issues_of_a_block_are_told_too() -> None:
    issue = Issue("markup.moved", Severity.NOTE, "moved", "انتقل")

    def stream(document: Document) -> list[TranslatedBlock]:
        return [TranslatedBlock(block, block, (), (issue,)) for block in document.blocks]

    own = extractive.summarize(ARTICLE)
    assert all(one.issues == (issue,) for one in translated(own, "ar", stream).sentences)


def test_what_was_gathered_is_measured_in_the_articles_language() -> None:
    own = extractive.summarize(ARTICLE)
    there = arabic(own)
    found = gathered(ARTICLE, own, [there])
    assert found.neutrality == measure(ARTICLE, own) == measure(ARTICLE, there)
    assert found.issues == tuple(issue for one in there.sentences for issue in one.issues)
    assert found.title == "A fire at the mill"


def test_summaries_that_do_not_belong_together_are_refused() -> None:
    own = extractive.summarize(ARTICLE)
    short = Summary("ar", Form.PARAGRAPH, ())
    neutrality = measure(ARTICLE, own)
    with pytest.raises(ValueError, match="as many sentences"):
        Summarized(ARTICLE, own, (short,), neutrality)
    with pytest.raises(ValueError, match="article in en"):
        Summarized(ARTICLE, short, (), neutrality)
