import re

import pytest
from lxml import html

from translate import api, extract
from translate.demo import reading
from translate.demo.reading import Reading
from translate.document import (
    Issue,
    Kind,
    Sentence,
    Severity,
    Span,
    TranslatedBlock,
    TranslatedSentence,
    Translation,
)
from translate.errors import Stopped
from translate.serving.stop import Stop, obeying

ISSUE = Issue("numbers.missing", Severity.ERROR, "The number <4> is gone.", "ذهب العدد <4>.", Span(0, 3), Span(0, 2))


@pytest.fixture(scope="module")
def translator(tiny_en_ar_model):
    return api.load("en", "ar", model=tiny_en_ar_model, offline=True)


def whole(view) -> str:
    """Both panes as they would be after everything was sent."""
    view._changed.update(range(reading.SLOTS))
    return "<main>" + "".join(view.panes()) + "</main>"


def parsed(markup: str) -> html.HtmlElement:
    return html.fromstring(markup)


def within(page, pane, name):
    """The elements of that class in the cells of a pane ("source", "target")."""
    return [one for cell in page.find_class(pane) for one in cell.find_class(name)]


def made(block, text, issues=()):
    sentence = TranslatedSentence(
        Sentence(block.text, Span(0, len(block.text))), Span(0, len(text)), Translation(text), issues
    )
    return sentence, TranslatedBlock(block, type(block)(text), (sentence,))


def test_before_anything_is_made_the_source_stands_there_and_the_translation_is_awaited():
    view = Reading(extract.document("<h2>News</h2><p>One thing. Another thing.</p>", Kind.FRAGMENT), "en", "ar")
    page = parsed(whole(view))
    assert [one.text_content() for one in within(page, "source", "s")] == ["News", "One thing.", "Another thing."]
    assert [one.get("data-s") for one in within(page, "source", "s")] == ["0", "1", "2"]
    assert len(within(page, "target", "pending")) == 2
    assert (view.done, view.total) == (0, 3)


def test_directions_and_languages_are_on_each_cell():
    page = parsed(whole(Reading(extract.document("<p>One.</p>", Kind.FRAGMENT), "en", "ar")))
    (target,), (source,) = page.find_class("target"), page.find_class("source")
    assert (target.get("lang"), target.get("dir")) == ("ar", "rtl")
    assert (source.get("lang"), source.get("dir")) == ("en", "ltr")


def test_sentences_come_one_by_one_and_keep_their_numbers(translator):
    document = extract.document("<p>One thing. <i>Another</i> thing.</p><p>The end.</p>", Kind.FRAGMENT)
    view = Reading(document, "en", "ar")
    seen = []
    for one in translator.live(document):
        view.add(one)
        page = parsed(whole(view))
        seen.append([s.get("data-s") for s in within(page, "target", "s")])
    assert seen == [["0"], ["0", "1"], ["0", "1"], ["0", "1", "2"], ["0", "1", "2"]]
    assert view.done == view.total == 3
    assert not page.find_class("pending")
    assert {s.get("id") for s in within(page, "target", "s")} == {"t0", "t1", "t2"}


def test_text_is_what_was_translated(translator):
    document = extract.document("<p>The minister said no. <b>He left</b> on Monday.</p>", Kind.FRAGMENT)
    view = Reading(document, "en", "ar")
    for one in translator.live(document):
        view.add(one)
    page = parsed(whole(view))
    assert page.find_class("target")[0].text_content() == view.blocks[0].target.text
    assert page.find_class("source")[0].text_content() == "The minister said no. He left on Monday."


def test_issues_are_marked_told_in_both_languages_and_escaped():
    document = extract.document("One <4> thing.", Kind.TEXT)
    (block,) = document.blocks
    view = Reading(document, "en", "ar")
    for one in made(block, "شيء <b>واحد</b>", (ISSUE,)):
        view.add(one)
    page = parsed(whole(view))
    (sentence,) = within(page, "target", "s")
    assert "has-error" in sentence.get("class") and sentence.get("aria-describedby") == "n0"
    assert sentence.text_content() == "شيء <b>واحد</b>"
    (remark,) = page.get_element_by_id("n0")
    assert remark.get("class") == "error"
    assert remark.find_class("en")[-1].text_content() == ISSUE.message
    assert remark.find_class("ar")[-1].text_content() == ISSUE.message_ar
    assert remark.text_content().split()[0] == "×1", "the sign that the mark in the text has, too"
    assert all(page.xpath(f"//div[@class='{pane}']//@data-i") for pane in ("source", "target"))


@pytest.mark.parametrize(
    "attack",
    [
        "<p>Hi <img src=x onerror=alert(1)> there</p>",
        "<p>Hi <a href='javascript:alert(1)'>link</a></p>",
        "<p>Hi <b onclick=alert(1)>bold</b></p>",
        "<p>Hi <svg onload=alert(1)></svg> there</p>",
        "<p>Hi &lt;script&gt;alert(1)&lt;/script&gt;</p>",
    ],
)
def test_nothing_of_an_article_runs_in_the_panes(attack, translator):
    document = extract.document(attack, Kind.FRAGMENT)
    view = Reading(document, "en", "ar")
    for one in translator.live(document):
        view.add(one)
    panes = whole(view)
    page = parsed(panes)
    assert not page.xpath("//script | //img | //svg | //iframe")
    assert not re.search(r"javascript:", panes)
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]


def test_snapshots_are_the_first_the_last_and_not_too_many():
    document = extract.document("\n\n".join(f"Line {n} of many." for n in range(50)), Kind.TEXT)
    view = Reading(document, "en", "ar")
    pieces = [one for block in document.blocks for one in made(block, "سطر")]
    snapshots = list(reading.live(view, pieces))
    assert snapshots[0].done == 0 and snapshots[1].done == 1 and snapshots[-1].done == 50 == snapshots[-1].total
    assert len(snapshots) < 20
    assert all(len(snapshot.panes) == reading.SLOTS for snapshot in snapshots)
    assert None not in snapshots[0].panes
    shown = [""] * reading.SLOTS
    for snapshot in snapshots:
        shown = [was if part is None else part for was, part in zip(shown, snapshot.panes, strict=True)]
    assert "".join(shown).count("سطر") == 50 and "pending" not in "".join(shown)


def test_a_stop_is_heeded_between_sentences_that_are_not_shown():
    document = extract.document("\n\n".join(f"Line {n} of many." for n in range(50)), Kind.TEXT)
    pieces = [one for block in document.blocks for one in made(block, "سطر")]
    stop = Stop()
    with obeying(stop):
        snapshots = reading.live(Reading(document, "en", "ar"), pieces)
        next(snapshots)
        stop.set()
        with pytest.raises(Stopped):
            next(snapshots)


@pytest.mark.parametrize("lengths", [[5], [1, 1], [10] * 100, [1000, 1, 1], [1] * 11 + [5000]])
def test_parts_of_the_panes_hold_the_blocks_in_order(lengths):
    slots = reading._slots(lengths)
    assert slots == sorted(slots) and slots[0] == 0 and slots[-1] < reading.SLOTS


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, [0]), (1, [1]), (8, [8]), (9, [4, 5]), (12, [4, 4, 4]), (58, [4] * 12 + [5] * 2)]
)
def test_a_long_paragraph_stands_in_several_lines(count, sizes):
    lines = reading._lines(count)
    assert sorted(len(line) for line in lines) == sizes
    assert [n for line in lines for n in line] == list(range(count))


def test_both_sides_of_a_long_paragraph_have_the_same_sentences_in_each_line(translator):
    document = extract.document(
        "<p>" + " ".join(f"Number <i>{n} is</i> here." for n in range(20)) + "</p>", Kind.FRAGMENT
    )
    view = Reading(document, "en", "ar")
    for count, one in enumerate(translator.live(document), 1):
        view.add(one)
        page = parsed(whole(view))
        rows = [row for row in page.find_class("row") if "heads" not in row.get("class")]
        assert len(rows) == 5
        for row in rows:
            (target,), (source,) = row.find_class("target"), row.find_class("source")
            numbers = [s.get("data-s") for s in source.find_class("s")]
            assert [s.get("data-s") for s in target.find_class("s")] == [n for n in numbers if int(n) < count]
            assert bool(target.find_class("pending")) == (int(numbers[0]) >= count)
    text = "".join(row.find_class("target")[0].text_content() for row in rows)
    assert text == view.blocks[0].target.text


def test_only_what_changed_is_sent_again():
    document = extract.document("\n\n".join(f"Line {n} of many." for n in range(50)), Kind.TEXT)
    view = Reading(document, "en", "ar")
    view.panes()
    view.add(made(next(document.blocks), "سطر")[0])
    assert [part is not None for part in view.panes()] == [True] + [False] * (reading.SLOTS - 1)
