"""The tabs Check, Summary and Batch: what they do and what they say, without a browser."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

gr = pytest.importorskip("gradio", reason="the extra web is not installed")

from translate import api  # noqa: E402 (after the extra is known to be there)
from translate.demo import batch_tab, check_tab, summarisers, summary_tab, travel, words, words_tabs  # noqa: E402
from translate.demo.article import AUTO, Asked  # noqa: E402
from translate.demo.context import Notice, PageContext  # noqa: E402
from translate.demo.travel import Checked, Step  # noqa: E402
from translate.errors import InputError, LanguageError, ModelError  # noqa: E402
from translate.serving import Desk, Limits, Models, uploads  # noqa: E402
from translate.serving.batches import Batches, State  # noqa: E402
from translate.summarize.summary import Form  # noqa: E402

ARTICLE = (
    "<p>The man has a <b>red</b> car. The woman said on Monday that the house is old. The house is big.</p>"
    "<p>The minister said that two people died in the city. The boy is in the school.</p>"
)


@pytest.fixture
def page(models: Models, tiny_models: Path) -> Iterator[PageContext]:
    desk = Desk(models, Limits(files=5))
    yield PageContext(desk)
    desk.close()


def asked(text: str = ARTICLE, direction: str = AUTO, model: str | None = None) -> Asked:
    return Asked(text, direction, "", model, "session")


def texts(html: str, language: str) -> str:
    """What a reader of that language sees of it."""
    other = "ar" if language == "en" else "en"
    shown = re.sub(rf'<span class="{other}" lang="{other}" dir="\w+">.*?</span>', "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shown))


@pytest.mark.parametrize("key", sorted(words_tabs.TEXTS))
def test_texts_are_in_both_languages_with_the_same_fields(key: str) -> None:
    english, arabic = words_tabs.TEXTS[key]
    assert re.search("[\u0621-\u064a]", arabic) and not re.search("[\u0621-\u064a]", english)
    if key != "summary_own_only":  # names a language, in the text's own
        assert set(re.findall(r"\{(\w+)", english)) == set(re.findall(r"\{(\w+)", arabic))
    assert re.fullmatch("[a-z0-9_-]+", key)


# --- Check ------------------------------------------------------------------------------------------------------------


def journey(page: PageContext, *asked_for: str | None) -> list[Step | Checked]:
    document = uploads.pasted(ARTICLE, page.desk.limits)
    return list(travel.check(page.desk.models, document, "a", ("en", "ar"), asked_for, similarity=False))


def test_a_journey_is_told_sentence_by_sentence(page: PageContext) -> None:
    *steps, last = journey(page, None)
    assert isinstance(last, Checked) and last.comparison is None and len(last.trips) == 1
    told = [(one.leg, one.done, one.total) for one in steps if isinstance(one, Step)]
    assert told[0] == ("there", 0, 5) and told[5] == ("there", 5, 5) and told[6] == ("back", 0, 5)
    assert told[-2:] == [("back", 5, 5), ("measure", 0, 0)]
    assert last.trips[0].same_family and sum(1 for _ in last.trips[0].trips) == 5


def test_a_way_back_in_parts_is_that_of_the_whole(page: PageContext) -> None:
    document = uploads.pasted(ARTICLE * 8, page.desk.limits)
    *_, last = travel.check(page.desk.models, document, "a", ("en", "ar"), [None], similarity=False)
    assert isinstance(last, Checked)
    forward, back = last.trips[0].documents[0].forward, last.trips[0].documents[0].back
    whole = page.desk.models.translator("ar", "en").back(api.Result(forward)).document
    assert [block.target for block in back.blocks] == [block.target for block in whole.blocks]
    assert back.source.parts == whole.source.parts and back.models == whole.models


def test_the_same_model_twice_is_no_comparison(page: PageContext) -> None:
    (problem,) = check_tab._work(page, asked(), "tiny-en-ar", False)
    assert isinstance(problem, Notice) and problem.ended and "tiny-en-ar" in problem.html
    assert "النموذجان نموذج واحد" in problem.html


def test_two_models_are_compared(page: PageContext, tiny_models_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = travel._name
    names = iter(["one", "two", "back"])
    monkeypatch.setattr(travel, "_name", lambda translator: next(names, "back"))
    *_, last = journey(page, None, "tiny-en-ar")
    monkeypatch.setattr(travel, "_name", first)
    assert isinstance(last, Checked) and last.comparison is not None and len(last.trips) == 2
    (ranking,) = last.comparison.rankings
    assert {one.system for one in ranking.standings} == {"one", "two"} and ranking.back_system == "back"
    assert ranking.standings[0].scores[0].value == pytest.approx(last.trips[0].scores[0].value)
    assert "exactly the same" in ranking.duels[0].verdict
    html = check_tab._scores(page, asked(), last) + check_tab._reports(last)
    assert html.count("<iframe") == 3 and html.count('class="download"') == 9
    assert "واحدة تمامًا" in texts(html, "ar")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_scores_in_plain_words(page: PageContext, language: str) -> None:
    *_, shown = check_tab._work(page, asked(), None, False)
    assert isinstance(shown, check_tab.Shown)
    said = texts(shown.scores, language)
    assert "chrF2++" in said and ("accuracy" if language == "en" else "مقياسًا للدقة") in said
    assert ("These sentences are few" if language == "en" else "هذه الجمل قليلة") in said
    assert ("5 sentences" if language == "en" else "5 جمل") in said
    assert shown.reports.count("<iframe") == 1 and "allow-same-origin" not in shown.reports
    assert 'href="/download/' in shown.scores


@pytest.mark.parametrize(
    ("score", "band"), [(0.0, "low"), (34.9, "low"), (35.0, "some"), (60.0, "good"), (90.0, "high")]
)
def test_bands(score: float, band: str) -> None:
    assert next(name for least, name in check_tab._BANDS if score >= least) == band


def test_no_way_back_is_said(page: PageContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Models, "pairs", lambda self: (("en", "ar"),))
    (problem,) = check_tab._work(page, asked(), None, False)
    assert isinstance(problem, Notice) and "from Arabic back to English" in texts(problem.html, "en")
    assert "من العربية إلى الإنجليزية" in texts(problem.html, "ar")


# --- Summary ----------------------------------------------------------------------------------------------------------


def summary(page: PageContext, how: Asked, form: Form = Form.PARAGRAPH, sentences: int = 2) -> summary_tab.Shown:
    wanted = summary_tab.Wanted(sentences, form, api.EXTRACTIVE)
    *_, last = summary_tab._work(page, how, wanted, summarisers.Summarisers())
    assert isinstance(last, summary_tab.Shown)
    return last


def test_a_summary_in_both_languages(page: PageContext) -> None:
    shown = summary(page, asked())
    assert shown.report.count("<iframe") == 1 and shown.status.count('href="/download/') == 3
    assert "t-en-1" in shown.report and "t-ar-1" in shown.report and "banner" not in shown.status


@pytest.mark.parametrize("form", list(Form))
def test_forms(page: PageContext, form: Form) -> None:
    assert f"account {form.value}" in (found := summary(page, asked(), form).report) or "ul class" in found


def test_without_a_model_the_summary_stays_in_its_own_language(
    page: PageContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Models, "pairs", lambda self: (("ar", "en"),))
    shown = summary(page, asked())
    assert "t-en-1" in shown.report and "t-ar-1" not in shown.report
    assert "to Arabic" in texts(shown.status, "en") and "إلى العربية" in texts(shown.status, "ar")
    assert "dragoman models pull default" in shown.status


def test_a_model_that_goes_the_other_way_costs_the_translation_only(page: PageContext) -> None:
    shown = summary(page, asked(model="tiny-ar-en"))
    assert "t-en-1" in shown.report and "t-ar-1" not in shown.report and 'class="notice error"' in shown.status


@pytest.mark.parametrize(
    ("text", "direction", "language"), [("سيارة الرجل حمراء.", AUTO, "ar"), ("1 2", "en-ar", "en")]
)
def test_language(page: PageContext, text: str, direction: str, language: str) -> None:
    assert summary_tab._language(asked(direction=direction), uploads.pasted(text + " a", page.desk.limits)) == language


def test_a_language_that_nobody_knows(page: PageContext) -> None:
    with pytest.raises(LanguageError):
        summary_tab._language(asked(), uploads.pasted("Что это такое? Это большой дом.", page.desk.limits))


def test_summarisers() -> None:
    every = summarisers.choices()
    assert every and all(one.command == f"dragoman models pull {one.name}" for one in every)
    for name in ("../weights", "opus-mt-en-ar", "facebook/bart-large-cnn"):
        with pytest.raises(ModelError):
            summarisers.Summarisers().get(name, "en")
    with pytest.raises(ModelError, match="not on this machine"):
        summarisers.Summarisers().get(every[0].name, "en")


# --- Batch ------------------------------------------------------------------------------------------------------------


def sent(page: PageContext, *files: tuple[str, str]) -> dict[str, Any]:
    """What the browser says of files that it has sent."""
    shelf = page.desk.shelf
    tokens = [(shelf.put(text.encode(), name, "application/octet-stream", "session"), name) for name, text in files]
    return {"direction": AUTO, "model": None, "files": [{"token": token, "name": name} for token, name in tokens]}


def test_a_batch_is_shown_as_it_goes(page: PageContext) -> None:
    async def scene() -> list[str]:
        batches = Batches(page.desk, words.sentences)
        options = sent(page, ("خبر.txt", "The man is old."), ("<b>.html", ARTICLE), ("x.txt", ""))
        batch = batch_tab._start(page, batches, options, "session")
        page.desk.shelf.drop("session")  # the page was closed
        seen = [str(one) async for one in batch_tab._watched(page, batch)]
        assert [file.state for file in batch.files] == [State.DONE, State.DONE, State.ASIDE]
        return seen

    first, *_, last = asyncio.run(scene())
    assert "data-working" in first and "data-ended" in last and "data-working" not in last
    assert "خبر.txt" in first and "<b>.html" not in first
    assert 'id="batch-zip"' in last and "Set aside: 1." in texts(last, "en") and "المترجَم: 2 من 3" in texts(last, "ar")
    assert "30 دقيقة" in texts(last, "ar")


def test_files_that_are_gone_are_asked_for_again(page: PageContext) -> None:
    with pytest.raises(InputError, match="open the files again"):
        batch_tab._start(page, Batches(page.desk, words.sentences), {"files": [{"token": "no"}]}, "session")


@pytest.mark.parametrize(
    ("seconds", "english", "arabic"),
    [
        (1, "1 minute", "دقيقة"),
        (61, "2 minutes", "دقيقتين"),
        (400, "7 minutes", "7 دقائق"),
        (1800, "30 minutes", "30 دقيقة"),
    ],
)
def test_minutes(seconds: float, english: str, arabic: str) -> None:
    assert batch_tab.minutes(seconds) == (english, arabic)
