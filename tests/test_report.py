"""The report of a round trip: every sentence three times, every issue where it is, and nothing that needs a network."""

import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser

import pytest
from trips import ARTICLE, issue, spoilt, trip, with_issues

from translate.document import Alignment, Kind, ModelUse, Severity, Span
from translate.render import rows as rows_module
from translate.render import summary
from translate.render.roundtrip_page import page
from translate.render.templates import environment
from translate.roundtrip.types import Leg, Trip

MADE = datetime(2026, 1, 2, 3, 4)


def test_the_report_shows_each_sentence_three_times_with_its_markup() -> None:
    html = page(with_issues(trip(ARTICLE), {}), made=MADE)
    assert html.count('<tr id="s') == 2
    assert html.count("https://example.org/x?a=1&amp;b=2") == 3
    assert "2 / 2" in html and "2026-01-02 03:04" in html
    assert "The checks found nothing to fix" in html


def test_an_issue_is_marked_on_both_sides_of_its_leg() -> None:
    html = page(spoilt(), made=MADE)
    row = html.split('<tr id="s2"')[1].split("</tbody>")[0]
    source, forward, back = (
        re.search(rf'<td class="{side}".*?</td>', row)[0] for side in ("source", "forward", "back")
    )
    assert 'class=error data-i="1" data-k="×1">17</span>' in source
    assert 'class=error data-i="1 2" data-k="×1 ×2">19</span>' in forward
    assert 'class=error data-i="2" data-k="×2">21</span>' in back
    assert 'id="s2i1" class="error" data-check="numbers" data-leg="forward"' in row
    assert 'id="s2i2" class="error" data-check="numbers" data-leg="back"' in row
    assert "<del>17</del> <ins>21</ins>" in row


def test_messages_are_there_in_both_languages() -> None:
    html = page(spoilt(), made=MADE)
    assert (
        '<span class="message en">negation.lost is wrong</span><span class="message ar">negation.lost خطأ</span>'
        in html
    )


def test_the_report_runs_nothing_that_an_article_holds() -> None:
    html = page(
        trip(
            'Click <a href="javascript:alert(1)" onclick="x()">here</a> <b onload=y>i</b><svg><script>z</script></svg>',
            '<script>t</script><p>Two &lt;script&gt; "quotes" &lt;/title&gt;.</p>',
        ),
        made=MADE,
    )
    assert "javascript:" not in html and "onclick" not in html and "onload" not in html
    assert html.count("<script") == 1 == html.count("</title>")


class Loads(HTMLParser):
    """What a browser would fetch by itself, and the ids, which must be unique."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.found += [
            f"{tag} {name}"
            for name, value in attrs
            if name in ("src", "srcset", "poster", "data", "action", "background", "xlink:href")
            or (name == "href" and tag != "a")
            or (name == "style" and "url(" in (value or ""))
        ]


def test_the_report_loads_nothing() -> None:
    html = page(spoilt(), made=MADE)
    loads = Loads(html)
    assert loads.found == []
    assert "@import" not in html and "url(" not in html and "fetch(" not in html
    assert len(loads.ids) == len(set(loads.ids))
    # Beyond the article's own links, only names of XML vocabularies look like addresses.
    addresses = set(re.findall(r"https?://[^\"'\s<)]+", html)) - {"https://example.org/x?a=1&amp;b=2"}
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_the_report_says_when_a_model_is_a_preview() -> None:
    result = trip(ARTICLE)
    preview = (ModelUse("small", "x/y", "1", "terms", "embedded", preview=True),)
    html = page(replace(result, back_models=preview), made=MADE)
    assert "Preview, not for publishing" in html and "x/y" in html and "terms" in html
    assert "Preview" not in page(result, made=MADE)


def test_text_is_readable_by_day_and_by_night() -> None:
    css = "".join(template(name) for name in ("reading.css", "report.css"))
    days = dict(re.findall(r"--([\w-]+): (#\w{6})", re.sub(r"@media screen.*?\} \}", "", css, flags=re.DOTALL)))
    nights = {
        **days,
        **dict(re.findall(r"--([\w-]+): (#\w{6})", "".join(re.findall(r"@media screen.*?\} \}", css, re.DOTALL)))),
    }
    assert days != nights
    for colours in (days, nights):
        for text, ground in READABLE:
            # WCAG 2.2, success criterion 1.4.3
            assert contrast(colours[text], colours[ground]) >= 4.5, f"{text} on {ground}"


READABLE = [
    *((text, "paper") for text in ("ink", "quiet", "link", "warn", "bad", "added")),
    *((text, "lit") for text in ("ink", "link")),
    ("warn", "warn-paper"),
    ("bad", "bad-paper"),
]


def template(name: str) -> str:
    return environment().loader.get_source(environment(), name)[0]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours, #rrggbb."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_several_documents_stand_one_after_the_other() -> None:
    html = page(trip(ARTICLE, "Another <b>mayor</b> came."), made=MADE)
    assert html.count('<tr id="s') == 3
    assert html.index("article0") < html.index('id="s1"') < html.index("article1") < html.index('id="s3"')
    assert "2 documents" in html


@pytest.mark.parametrize(
    ("source", "kind"),
    [("Plain & simple text.", Kind.TEXT), ("# Some\n\nMarked *down* text.", Kind.MARKDOWN)],
)
def test_other_kinds_of_articles(source: str, kind: Kind) -> None:
    assert '<tr id="s1"' in page(trip(source, kind=kind), made=MADE)


def test_an_untranslated_sentence_is_counted_and_said() -> None:
    html = page(trip(ARTICLE, spoil=lambda text: ARTICLE), made=MADE)
    assert "handed on untranslated" in html


def test_a_sentence_that_came_to_nothing_stands_in_its_own_language() -> None:
    html = page(trip("One. 1", spoil=lambda _: ""), made=MADE)
    assert '<td class="forward" role="cell" lang="en" dir="ltr">' in html


def test_the_way_back_has_the_words_of_the_way_there() -> None:
    there = Alignment((Span(0, 3),), (Span(0, 5), Span(6, 9)), ((0, 0), (0, 1)))
    again = Alignment((Span(0, 2), Span(2, 9)), (Span(0, 1), Span(2, 4)), ((0, 0), (1, 1)))
    one = Trip(1, 0, "abc", "abcde fgh", "x yz", {}, forward_alignment=there, back_alignment=again)
    assert rows_module._words(one).again == "0-0 0-1 1-1"
    assert rows_module._words(replace(one, forward_alignment=None)).again == "0-0 1-1"


def test_what_to_fix_first_leaves_out_the_way_back() -> None:
    found = [
        issue("a.one"),
        issue("b.two", Leg.BACK),
        issue("c.three", Leg.WHOLE),
        issue("d.four", severity=Severity.WARNING),
        issue("d.four", severity=Severity.WARNING),
    ]
    (document,) = with_issues(trip(ARTICLE), {2: found}).documents
    rows = list(rows_module.rows(document, []))
    (urgent,) = summary.urgent(rows)
    assert (urgent.number, [one.issue.code for one in urgent.remarks]) == (2, ["a.one"])
    (tally,) = summary.tallies(rows, Severity.WARNING)
    assert (tally.code, tally.count, tally.sentences) == ("d.four", 2, (2,))
    assert summary.unexplained(rows) == (2,)
    assert [(one.check, one.own, one.total) for one in summary.counts(rows)] == [
        ("d", 2, 2),
        ("a", 1, 1),
        ("b", 0, 1),
        ("c", 0, 1),
    ]
