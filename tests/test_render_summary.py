"""What shows a summary: JSON, text, the page of its own, and its place in the report of a run."""

import json
import re
from dataclasses import replace
from datetime import datetime

import pytest
from lxml import html as parser
from summarised import ARABIC, ENGLISH, article, summarized
from trips import trip

from translate.render import roundtrip_page, summary_data, summary_page, summary_text, summary_words
from translate.summarize import extractive
from translate.summarize.bilingual import gathered
from translate.summarize.neutrality import DEFINITIONS, Measure
from translate.summarize.summary import Change, Fault, Form, Summary
from translate.summarize.types import Group
from translate.summarize.understand import understand

MADE = datetime(2026, 1, 2)


def page(form: Form = Form.PARAGRAPH, **options: bool) -> str:
    return summary_page.page(summarized(form, **options), made=MADE)


def tree(text: str) -> parser.HtmlElement:
    return parser.document_fromstring(text)


def test_json_has_all_there_is_to_know() -> None:
    data = json.loads(summary_data.as_json(summarized()))
    assert data["schema_version"] == summary_data.SCHEMA_VERSION and data["language"] == "en"
    english, arabic = data["summaries"]
    assert (english["lang"], english["form"], english["method"]) == ("en", "paragraph", "a-model")
    assert [one["grounds"] for one in arabic["sentences"]] == [[2], [3, 4]]
    first, second = arabic["sentences"]
    assert (first["speaker"], first["original"], first["issues"]) == (None, ENGLISH[0], [])
    assert second["speaker"] == "the ministry" and second["issues"][0]["target_span"] == [16, 18]
    assert english["sentences"][1]["edits"] == [{"change": "resolved", "before": "It", "after": "The ministry"}]
    assert english["sentences"][1]["original"] is None
    report = data["report"]
    assert list(report["measures"]) == list(DEFINITIONS)
    assert report["measures"]["attribution_retention"]["value"] == 1.0
    assert report["unheard"] == [{"group": "resident", "side": None, "speakers": ["Salma Haddad", "Sami Nader"]}]
    assert [one["replaced_by"] for one in report["refused"]] == [ENGLISH[1], None]
    assert report["refused"][0]["reasons"] == [{"fault": "new_number", "words": "Twelve"}]


def test_text_has_grounds_issues_and_neutrality() -> None:
    text = summary_text.text(summarized())
    assert text.splitlines() == [
        "English:",
        f"{ENGLISH[0]} [2] {ENGLISH[1]} [3, 4]",
        "",
        "العربية:",
        f"{ARABIC[0]} [2] {ARABIC[1]} [3، 4]",
        "  × [3, 4] numbers.changed: 12 became 13",
        "  ! [3, 4] length.short: It is short",
        "",
        text.splitlines()[8],
        "Not represented: residents and witnesses (Salma Haddad, Sami Nader)",
        "Refused: 2 of the model's sentences; --format html or json says why",
    ]
    assert text.splitlines()[8].startswith("Neutrality: speakers kept ")


@pytest.mark.parametrize(
    ("form", "expected"),
    [(Form.HEADLINE, "A fire destroyed the mill on Monday [2]"), (Form.BULLETS, f"• {ENGLISH[0]} [2]")],
)
def test_text_keeps_its_form(form: Form, expected: str) -> None:
    assert summary_text.text(summarized(form)).splitlines()[1] == expected


def test_every_word_of_a_report_is_known_in_both_languages() -> None:
    tables = (
        (summary_words.GROUPS, Group),
        (summary_words.FAULTS, Fault),
        (summary_words.CHANGES, Change),
        (summary_words.FORMS, Form),
    )
    for table, kinds in tables:
        assert set(table) == set(kinds)
        assert all(phrase.en.isascii() and re.search("[\u0621-\u064a]", phrase.ar) for phrase in table.values())


@pytest.mark.parametrize(
    ("measure", "value", "of", "source"),
    [
        (Measure("attribution_retention", 0.75, 3, 4, ("Sami",)), "75%", "3 / 4", ""),
        (Measure("novel_numbers", 2, 2, 9), "2", "2 / 9", ""),
        (Measure("loaded_terms", 1.25, 100.0, 80, (), 0.5), "1.2", "", "0.5"),
    ],
)
def test_measures_are_shown_as_people_read_them(measure: Measure, value: str, of: str, source: str) -> None:
    shown = summary_words.shown(measure)
    assert (shown.value, shown.of, shown.source, shown.details) == (value, of, source, measure.details)


def test_the_page_has_the_article_sentence_by_sentence() -> None:
    root = tree(page())
    lines = root.xpath('//span[@class="line"]')
    assert [one.get("id") for one in lines] == [f"a{number}" for number in range(1, 7)]
    assert [" ".join(one.itertext()).split(maxsplit=1)[1] for one in lines] == [one.text for one in article().claims]
    assert len(root.xpath('//div[@class="article"]/p')) == 3


def test_grounds_lead_there_and_back() -> None:
    root = tree(page())
    ids = [one.get("id") for one in root.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    targets = [link[1:] for link in root.xpath("//a/@href") if link.startswith("#")]
    assert set(targets) <= set(ids)
    told = root.xpath('//span[@class="told"]')
    assert [one.get("data-grounds") for one in told] == ["a2", "a3 a4"] * 2
    assert root.xpath('//span[@id="a4"]/a/@href') == ["#t-en-2"] and not root.xpath('//span[@id="a1"]/a')


def test_each_language_runs_its_own_way() -> None:
    told = tree(page()).xpath('//span[@class="told"]')
    assert [(one.get("lang"), one.get("dir")) for one in told] == [("en", "ltr")] * 2 + [("ar", "rtl")] * 2


def test_a_sentence_that_was_not_translated_is_in_the_articles_language() -> None:
    found = summarized()
    arabic = found.summaries[1]
    left = replace(arabic.sentences[0], text=ENGLISH[0])
    found = replace(found, summaries=(replace(arabic, sentences=(left, arabic.sentences[1])),))
    told = tree(summary_page.page(found)).xpath('//span[@class="told"]')
    assert [one.get("lang") for one in told] == ["en", "ar"]


def test_issues_are_numbered_marked_and_listed() -> None:
    text = page()
    root = tree(text)
    assert root.xpath("//span[@data-i]/@data-i") == ["1"] and root.xpath("//span[@data-i]/text()") == ["13"]
    notes = [" ".join(one.text_content().split()) for one in root.xpath('//ul[@class="notes"]/li')]
    assert [note[:2] for note in notes] == ["×1", "!2"] and "12 became 13" in notes[0] and "صار 12" in notes[0]
    assert "The checks found nothing" not in text


def test_a_translation_without_issues_says_so_and_the_original_does_not() -> None:
    text = page(Form.HEADLINE)
    assert text.count("The checks found nothing wrong in this translation.") == 1


def test_the_page_says_why_it_may_be_called_neutral() -> None:
    text = page()
    for definition in DEFINITIONS.values():
        assert all(part in text for part in (definition.label_ar, definition.explanation_ar))
    words = " ".join(tree(text).text_content().split())
    assert "residents and witnesses سكان وشهود" in words.replace("witnessesسكان", "witnesses سكان")
    assert "Salma Haddad" in words and "savage" in words and "a number that its grounds lack" in words
    assert "name in place of a pronoun" in words and "nothing stands in its place" in words
    assert "what this model wrote: ما كتبه النموذج: a-model" in words.replace(":ما", ": ما")


@pytest.mark.parametrize(("form", "places"), [(Form.BULLETS, 2), (Form.PARAGRAPH, 0), (Form.HEADLINE, 0)])
def test_forms(form: Form, places: int) -> None:
    root = tree(page(form))
    assert len(root.xpath('//ul[@class="account"][@lang="en"]/li')) == places
    if form is Form.HEADLINE:
        assert "Monday. [" not in " ".join(root.text_content().split())


def test_what_an_article_or_a_model_wrote_is_text() -> None:
    text = page()
    assert "&lt;mill&gt;" in text and "<mill>" not in text and "<b>Twelve" not in text
    assert text.count("<script") == 1


def test_the_page_loads_nothing() -> None:
    text = page()
    assert "@import" not in text and "url(" not in text and not re.search(r"\b(?:src|srcset)=", text)
    assert not re.search("https?://", text)


def test_a_preview_and_a_budget_that_was_too_small_are_said() -> None:
    assert "Preview, not for publishing" in page(preview=True) and "Preview" not in page()
    found = summarized(Form.HEADLINE)
    over = replace(found, own=replace(found.own, over_budget=True))
    assert "as short as was asked" in summary_page.page(over) and "as short as was asked" not in page()


def test_a_summary_of_nothing_but_its_own_sentences() -> None:
    known = understand(["The mayor left the town on Monday."], "en")
    own = extractive.summarize(known)
    text = summary_page.page(gathered(known, own, [own]))
    assert "own sentences" in text and 'id="models"' not in text and 'class="refused"' not in text


def test_an_arabic_article() -> None:
    known = understand(["قالت الوزارة إن 12 شخصا أصيبوا. ولم يتسن التحقق من ذلك."], "ar")
    own = extractive.summarize(known)
    root = tree(summary_page.page(gathered(known, own, [own])))
    assert root.xpath('//div[@class="article"]/@dir') == ["rtl"]
    assert {one.get("dir") for one in root.xpath('//span[@class="told"]')} == {"rtl"}


SOURCE = "<p>The mayor left the town on Monday. The ministry said 12 people were hurt.</p><p>Nobody said why.</p>"


def test_in_the_report_of_a_run_its_grounds_are_the_rows() -> None:
    result = trip(SOURCE)
    known = understand([block.source for block in result.documents[0].forward.blocks], "en")
    assert [claim.text for claim in known.claims] == [one.source for one in result.trips]
    assert [claim.number for claim in known.claims] == [one.number for one in result.trips]
    own = extractive.summarize(known)
    root = tree(roundtrip_page.page(result, gathered(known, own, [own]), made=MADE))
    for one, sentence in zip(root.xpath('//span[@class="told"]'), own.sentences, strict=True):
        assert one.get("data-grounds").split() == [f"s{number}" for number in sentence.grounds]
        assert all(root.xpath(f'//tr[@id="{name}"]') for name in one.get("data-grounds").split())
    ids = root.xpath("//*/@id")
    assert len(ids) == len(set(ids)) and root.xpath('//nav/a[@href="#summary"]')
    assert 'class="told"' not in roundtrip_page.page(result, made=MADE)


def test_a_language_whose_summary_is_missing_breaks_nothing() -> None:
    known = understand(["The mayor left the town on Monday."], "en")
    found = gathered(known, Summary("en", Form.PARAGRAPH, ()), ())
    assert summary_page.page(found) and json.loads(summary_data.as_json(found))["summaries"] == []
