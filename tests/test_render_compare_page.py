"""The report of a comparison: ranking, verdicts, heat map and sentences, all in one page that loads nothing."""

from dataclasses import replace
from datetime import datetime

import pytest
from trips import ARABIC, SOURCES, comparison

from translate import quality
from translate.render.compare_page import page
from translate.roundtrip.compare import Entry, WaysBack, compare
from translate.roundtrip.material import Material
from translate.roundtrip.score import How

MADE = datetime(2026, 1, 2, 3, 4)


@pytest.mark.parametrize(("reference", "back"), [(True, True), (True, False), (False, True)])
def test_the_page_has_what_was_measured(reference: bool, back: bool) -> None:
    result = comparison(reference=reference, back=back)
    html = page(result, made=MADE)
    for ranking in result.rankings:
        for duel in ranking.duels:
            assert duel.verdict in html and duel.verdict_ar in html
            assert f"{duel.wins} / {duel.ties} / {duel.losses}" in html
        assert all(score.metric.signature in html for score in ranking.standings[0].scores)
    assert ("against the human translation" in html) == reference
    assert ("Every way there with every way back" in html) == back
    assert ("A round trip shows what survived" in html) == back
    assert "2026-01-02 03:04" in html


def test_sentences_that_differ_stand_with_all_outputs_and_their_issues() -> None:
    html = page(comparison(), made=MADE)
    first = html.split('id="s1"')[1].split("</article>")[0]
    assert "The boat left at 9." in first and "A boat left at 7." in first
    assert 'data-k="×1">7</span>' in first
    assert "news.txt" in first


def test_texts_are_escaped() -> None:
    html = page(comparison(), made=MADE)
    assert "&lt;b&gt;mayor" in html and "<b>mayor" not in html
    result = comparison()
    named = replace(result, systems=(replace(result.systems[0], name="<script>x</script>"), *result.systems[1:]))
    assert "<script>x" not in page(named, made=MADE)


def test_systems_that_agree_everywhere_differ_nowhere() -> None:
    material = Material(("en", "ar"), SOURCES, ("news.txt",) * 3, ARABIC)
    how = How(quality.settings(), similarity=False, resamples=40)
    same = compare(material, [Entry("a", ARABIC), Entry("b", ARABIC)], WaysBack(), how, seconds=1.0)
    assert "They differ on no sentence." in page(same, made=MADE)
