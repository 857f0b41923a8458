"""Summaries that a model writes: a scripted one that behaves or misbehaves."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from translate.document import ModelUse
from translate.engines.summarizer import Writing
from translate.errors import EngineError
from translate.summarize import extractive
from translate.summarize.abstractive import fits, parts, summarize
from translate.summarize.summary import Budget, Fault, Form, word_count
from translate.summarize.types import Article
from translate.summarize.understand import understand

ENGLISH = (
    "Workers at the Sayda steel mill walked out on Wednesday over unpaid wages.",
    "Union leader Amal Barakat said 320 workers had not been paid since April.",
    "Mill owner Rafic Tannous said the company had reportedly lost its largest customer.",
    "The Labour Ministry said it would meet both sides on 4 June.",
    "Shops near the mill stayed closed in support of the workers.",
)
ARABIC = (
    "أضرب عمال مصنع الصلب في صيدا يوم الأربعاء بسبب أجور لم تدفع.",
    "وقالت رئيسة النقابة أمل بركات إن 320 عاملا لم يتقاضوا أجورهم منذ أبريل.",
    "وقالت وزارة العمل إنها ستلتقي الطرفين في 4 يونيو.",
)


class Scripted:
    """A summariser that writes what it is told; a piece is a word."""

    def __init__(self, *written: str, max_source: int = 1000, least: int = 0) -> None:
        self.use = ModelUse("scripted", "tests/scripted", "0", "Apache-2.0", "transformers")
        self.writing = Writing(least=least)
        self.max_source = max_source
        self.read: list[str] = []
        self.asked: list[Writing] = []
        self._written = list(written)

    def count(self, text: str) -> int:
        return len(text.split())

    def generate(self, texts: Sequence[str], writing: Writing | None = None) -> list[str]:
        self.read += texts
        self.asked += [writing or self.writing] * len(texts)
        return [self._written.pop(0) if self._written else "" for _ in texts]


@pytest.fixture(scope="module")
def article() -> Article:
    return understand(ENGLISH, "en")


WALKED = "Workers at the Sayda steel mill walked out over unpaid wages."
UNPAID = "Amal Barakat, the union leader, said 320 workers had not been paid since April."


def test_what_is_faithful_stands_as_the_model_wrote_it(article: Article) -> None:
    found = summarize(article, Scripted(f"{WALKED} {UNPAID}"))
    assert found.text == f"{WALKED} {UNPAID}"
    assert [sentence.grounds for sentence in found.sentences] == [(1,), (2,)]
    assert found.method == "scripted"
    assert found.refusals == ()


def test_speakers_are_the_articles_own(article: Article) -> None:
    found = summarize(article, Scripted(UNPAID))
    assert found.sentences[0].speaker == article.claim(2).speaker
    assert set(found.unheard) == {speaker.party for speaker in article.speakers if speaker != article.claim(2).speaker}


@pytest.mark.parametrize(
    ("fault", "written", "ground"),
    [
        (Fault.NEW_NUMBER, "Union leader Amal Barakat said 230 workers had not been paid since April.", 2),
        (Fault.NEW_NAME, "Workers at the Tripoli steel mill walked out on Wednesday over unpaid wages.", 1),
        (Fault.LOST_SPEAKER, "Some 320 workers have not been paid since April.", 2),
        (Fault.LOST_SPEAKER, "Rafic Tannous said 320 workers had not been paid since April.", 2),
        (Fault.LOST_HEDGE, "Mill owner Rafic Tannous said the company had lost its largest customer.", 3),
        (Fault.LOADED, "Workers at the Sayda steel mill walked out over the shameful theft of unpaid wages.", 1),
        (Fault.CONTRADICTION, "Union leader Amal Barakat said 320 workers had been paid since April.", 2),
        (Fault.NOT_QUOTED, 'Workers at the Sayda steel mill walked out over "theft" on Wednesday.', 1),
    ],
)
def test_what_is_faulty_gives_way_to_the_articles_own(
    fault: Fault, written: str, ground: int, article: Article
) -> None:
    found = summarize(article, Scripted(written))
    (sentence,), (refusal,) = found.sentences, found.refusals
    assert sentence.grounds == (ground,)
    assert sentence.speaker == article.claim(ground).speaker
    assert refusal.text == written
    assert fault in {reason.fault for reason in refusal.reasons}
    assert refusal.replaced_by == sentence.text
    assert sentence.refused == refusal


def test_an_invention_never_appears(article: Article) -> None:
    invented = "Analysts expect the government to nationalise the port."
    found = summarize(article, Scripted(f"{WALKED} {invented}"))
    assert "nationalise" not in found.text
    assert found.refusals[0].reasons[0].fault is Fault.UNGROUNDED


def test_a_refused_sentence_does_not_repeat_what_the_summary_says(article: Article) -> None:
    found = summarize(article, Scripted(f"{WALKED} Workers at the Tripoli steel mill walked out over unpaid wages."))
    assert len(found.sentences) == 1
    assert found.refusals[0].replaced_by == ""


def test_what_hangs_on_a_refused_sentence_goes_with_it(article: Article) -> None:
    wrong = "Union leader Amal Barakat said 230 workers had not been paid since April."
    found = summarize(article, Scripted(f"{wrong} They walked out on Wednesday over unpaid wages."))
    assert [refusal.text for refusal in found.refusals] == [wrong, "They walked out on Wednesday over unpaid wages."]
    assert "They" not in found.text


@pytest.mark.parametrize("written", ["", "Analysts expect more strikes in the coming years across the whole region."])
def test_where_nothing_can_stand_the_summary_is_extractive(written: str, article: Article) -> None:
    found = summarize(article, Scripted(written), Budget(sentences=2))
    assert found.sentences
    if not written:
        assert found.method == "extractive"
        assert found.text == extractive.summarize(article, Budget(sentences=2)).text


def test_arabic(article: Article) -> None:
    source = understand(ARABIC, "ar")
    good = "أضرب عمال مصنع الصلب في صيدا بسبب أجور لم تدفع."
    found = summarize(source, Scripted(f"{good} لم يتقاض 230 عاملا أجورهم منذ أبريل."))
    assert found.sentences[0].text == good
    assert found.sentences[1].grounds == (2,)
    assert {reason.fault for reason in found.refusals[0].reasons} >= {Fault.NEW_NUMBER, Fault.LOST_SPEAKER}


@pytest.mark.parametrize("limit", [Budget(sentences=1), Budget(words=14), Budget(characters=80)])
def test_the_budget_holds(limit: Budget, article: Article) -> None:
    found = summarize(article, Scripted(f"{WALKED} {UNPAID}"), limit)
    assert fits([sentence.text for sentence in found.sentences], limit, Form.PARAGRAPH)
    assert found.text == WALKED


def test_a_headline_is_one_line_without_a_stop(article: Article) -> None:
    found = summarize(article, Scripted(f"{WALKED} {UNPAID}"), form=Form.HEADLINE)
    assert found.text == WALKED[:-1]


def test_a_long_article_is_read_in_order_and_in_parts_that_fit(article: Article) -> None:
    model = Scripted(WALKED, "The Labour Ministry said it would meet both sides on 4 June.", max_source=45)
    found = summarize(article, model)
    assert " ".join(model.read) == " ".join(ENGLISH)
    assert len(model.read) == 2
    assert all(model.count(text) <= 45 for text in model.read)
    assert [sentence.grounds for sentence in found.sentences] == [(1,), (4,)]


@pytest.mark.parametrize("limit", [5, 9, 14, 20, 33, 60, 200])
def test_parts_hold_every_word_and_never_more_than_the_model_reads(limit: int, article: Article) -> None:
    made = parts(article, Scripted(max_source=limit))
    assert " ".join(made).split() == " ".join(ENGLISH).split()
    assert all(word_count(part) <= limit for part in made)


def test_of_each_part_the_first_sentences_come_first(article: Article) -> None:
    june = "The Labour Ministry said it would meet both sides on 4 June."
    found = summarize(article, Scripted(f"{WALKED} {UNPAID}", june, max_source=45), Budget(sentences=2))
    assert [sentence.text for sentence in found.sentences] == [WALKED, june]


def test_a_short_part_is_never_drawn_out() -> None:
    model = Scripted(WALKED, least=56)
    summarize(understand(ENGLISH[:1], "en"), model)
    assert model.asked[0].least <= model.count(ENGLISH[0]) // 2


def test_an_article_without_sentences_is_an_error() -> None:
    with pytest.raises(ValueError, match="without sentences"):
        summarize(Article("en", (), ()), Scripted())


def test_a_model_that_fails_is_not_hidden(article: Article) -> None:
    class Failing(Scripted):
        def generate(self, texts: Sequence[str], writing: Writing | None = None) -> list[str]:
            raise EngineError("out of memory")

    with pytest.raises(EngineError, match="out of memory"):
        summarize(article, Failing())
