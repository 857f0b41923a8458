"""Addresses, handles, tags and placeholders of the source must be in the target, once and unchanged."""

import pytest

from translate.quality import Pair, markup

CASES = [
    ("urls", "See https://example.org/a?b=1 for more.", "انظر https://example.org/a?b=1 للمزيد."),
    ("urls", "See www.example.org.", "انظر www.example.org."),
    ("emails", "Write to desk@example.org.", "اكتبوا إلى desk@example.org."),
    ("domains", "It is on example.com today.", "وهو على example.com اليوم."),
    ("handles", "Follow @newsdesk now.", "تابعوا @newsdesk الآن."),
    ("handles", "They wrote #StopTheWar on it.", "كتبوا عليه #StopTheWar."),
    ("codes", "The flaw is CVE-2024-1234.", "الثغرة هي CVE-2024-1234."),
    ("tags", 'He met <a href="/x">Akram</a>.', 'التقى <a href="/x">أكرم</a>.'),
    ("placeholders", "{name} sent {0} files.", "أرسل {name} عدد {0} ملفات."),
    ("placeholders", "Found %d files in %(folder)s.", "وجد %d ملفا في %(folder)s."),
    ("placeholders", "$1 of $2 pages", "$1 من $2 صفحات"),
]


def findings(source: str, target: str) -> list:
    return list(markup.CHECK.find(Pair(source, target, "en", "ar"), {}))


@pytest.mark.parametrize(("kind", "source", "target"), CASES)
def test_what_is_there_unchanged_is_fine(kind, source, target):
    assert findings(source, target) == []


@pytest.mark.parametrize(("kind", "source", "target"), CASES)
def test_what_is_lost_or_changed_is_found(kind, source, target):
    held = [finding for finding in findings(source, "لا شيء") if finding.kind == kind]
    assert held
    text = held[0].values["text"]
    assert held[0].source.of(source) == text
    for broken in (target.replace(text, ""), target.replace(text, text[:-1] + "؟" + text[-1:])):
        assert kind in {finding.kind for finding in findings(source, broken)}


@pytest.mark.parametrize(
    "source",
    [
        "It cost $1 million, and then $2.",
        "Growth was 5% so far, up from 3% say officials.",
        "The U.S. left at 5 p.m. with 3.5 tonnes.",
        "Rates <5 and >3 are usual.",
        "He wrote about #Syria.",
    ],
)
def test_news_text_is_no_markup(source):
    assert findings(source, "لا شيء") == []


def test_each_occurrence_counts():
    assert [finding.kind for finding in findings("{0} and {0}", "{0} و")] == ["placeholders"]
