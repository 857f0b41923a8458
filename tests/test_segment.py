import re
import time
import timeit
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Block, Inline, Span
from translate.segment import sentences, split_long

SEEDS = Path(__file__).parent.parent / "seeds"


def split(text, language="en", inlines=()):
    return [sentence.text for sentence in sentences(Block(text, inlines), language)]


# Every row is one text; its sentences are divided by "|", with white space around it where the text has some.
ENGLISH = [
    "Two boats sank off the coast on Sunday",
    "Dr Salma Idris left. | Dr. Idris and Ms. Hadi came back.",
    "U.S. forces left. | They are in the U.S. | The war ended.",
    "See No. 5 and approx. 5 km of pipe. | He said no. | Never.",
    "It began at 5 a.m. and ended at 7 p.m. | The road was open.",
    "It began at 5 a.m. Eastern time and ended at 7 p.m. Sunday. | The road was open.",
    "J. K. Harlow wrote to Omar B. Nasri. | Nobody answered.",
    "It costs $3.5 a litre. | In all 3.5 million were sold.",
    "Munir al-Hadi (b. 1965) said so. | He left.",
    "He left (see Fig. 3). | They came. | (They stayed. They won.) | Then there was peace.",
    "They waited… | Then they left. | They waited… and left.",
    "They waited ...... | Then they left ... and came back.",
    "What?! | No! | Yes? | It is so.",
    'It drove at 80km/h. | The letter ended in "e". | Nobody read it.',
    "Hundreds left.| The others stayed.",
    "1. Lay the pipe. | 2. Fill the tank.",
    "See https://example.org/a.B?q=1. | Mail me@example.org. | Then wait.",
    "Look at www.Example.Org/x.Y.Z and Node.Js again. | Then wait.",
    "... And then it rained. | *** The end. * * *",
    "In the '90s prices rose. | The workers' strike was over. | Nobody won.",
    # quotations
    'She said: "We left." | Then it rained.',
    '"We left. | They stayed," she said. | "Nobody knows why."',
    '"We were at the river. | "Then the water rose. | "We ran," she said. | It was dark. | They slept.',
    'He said it was "over." | "But it was not," she said.',
    'The UN said "No. Never." and left. | The others stayed.',
    "The UN said: “No. Never.” | The others stayed.",
    "The UN said 'No. Never.' and left. | The others stayed.",
    '"Why?" Omar Nasri asked. | "Never!" | The crowd was silent. | "No!" he said.',
    'She called it "a long and very tiring walk over the hills. We had no water," and sat down. | Nobody spoke.',
    "« Oui. » | « Non. »",
    '"I know. | ("Nobody does.") | We left."',
]
ARABIC = [
    "غرق قاربان قبالة الساحل يوم الأحد",
    "قال د. سالم إن الطريق مغلق. | ثم عاد أ.د. منير و م. هادي.",
    "متى تعودون؟ | لا نعرف! | ربما غدا.",
    "بلغ الطول 10 سم. | ثم زاد في عام 1965 م. | وتوقف سنة 1445 هـ. | وعاد.",
    "ص.ب. 55 في المدينة. | قالت وكالة أ ف ب. | وأضافت أ. ف. ب. الخبر.",
    "نقص فيتامين د. | وقال الطبيب إنه شائع.",
    "بنسبة 3.5 في المئة. | ثم ٣٫٥. | 20 شخصا هناك.",
    "قال الوزير: «لن نقبل. أبدا.» | وغادر القاعة.",
    'وقالت: "خرجنا ليلا. | "ثم عدنا. | "لا أعرف لماذا". | وسكتت.',
    '"لماذا؟" سأل منير. | لم يجب أحد.',
    'ينتهي الاسم بحرف "ب". | ثم يبدأ بحرف A. | وهذا كل شيء.',
    "انتهى الاجتماع.| وغادر الجميع.| ثم عادوا.",
    "كتب على example.org/a.b ثم صمت. | وانتهى۔ | نعم.",
]


@pytest.mark.parametrize(("language", "row"), [("en", row) for row in ENGLISH] + [("ar", row) for row in ARABIC])
def test_sentences(language, row):
    expected = [part.strip() for part in row.split("|")]
    assert split(re.sub(r" ?\| ?", lambda bar: " " if bar[0][0] == " " else "", row), language) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\u2003"])
def test_no_sentences(text):
    assert split(text) == []


def test_protected_inlines_are_never_broken():
    text = "Run make. Then wait. Now go."
    inlines = (Inline(Span(4, 20), "<code>", "</code>", protected=True),)
    assert split(text) == ["Run make.", "Then wait.", "Now go."]
    assert split(text, inlines=inlines) == ["Run make. Then wait. Now go."]
    assert split(text, inlines=(Inline(Span(4, 20), "<i>", "</i>"),)) == ["Run make.", "Then wait.", "Now go."]


def test_direction_marks_stay_with_their_sentence():
    assert split("قال نعم.\u200f ثم ذهب.\u200f", "ar") == ["قال نعم.\u200f", "ثم ذهب.\u200f"]


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("zh", ["河水上涨。", "人们离开了。", "“为什么？”", "没人知道。"]),
        ("fr", ["Il pleut. ", "« Elle part. » ", "M. Durand reste."]),
        ("tr", ["Yağmur yağdı. ", "Herkes gitti."]),
        ("ckb", ["ئێستا باران دەبارێت. ", "ئەوان ڕۆیشتن."]),
        ("qaa", ["It rained. ", "They left."]),
    ],
)
def test_other_languages_are_segmented(language, found):
    assert split("".join(found), language) == [one.strip() for one in found]


def _plain(path):
    return " ".join(re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8")).split())


def _look_like_sentences(found):
    return all(re.match(r"[\"“(]?[A-Z0-9]", one) and re.search(r"[.?!][\"”)]?$", one) for one in found)


def test_the_real_article(real_article):
    found = split(_plain(real_article))
    assert len(found) == 63
    assert _look_like_sentences(found)
    assert max(len(one.split()) for one in found) == 56


def test_a_report_with_quotations_that_are_never_closed():
    found = split(_plain(SEEDS / "live-report.txt"))
    assert len(found) == 58
    assert _look_like_sentences(found)
    assert max(len(one.split()) for one in found) < 40


TEXTS = st.text(
    alphabet=st.sampled_from("abcAB .!?\"'“”«»()[]…،؛؟دو\u200f@/1\n-") | st.characters(codec="utf-8"), max_size=80
)


def _check_whole(text, spans):
    """Spans in order, disjoint, not empty, stripped; and only white space between them."""
    assert all(one.end <= other.start for one, other in pairwise(spans))
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    assert all(not text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert all(span and span.of(text) == span.of(text).strip() for span in spans)


@given(TEXTS, st.sampled_from(["en", "ar", "fr", "zh"]), st.data())
def test_nothing_is_lost_between_sentences(text, language, data):
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    block = Block(text, (Inline(span, "<code>", "</code>", protected=True),))
    found = sentences(block, language)
    _check_whole(text, [sentence.span for sentence in found])
    assert all(sentence.text == sentence.span.of(text) for sentence in found)
    assert not any(span.start < sentence.span.end < span.end for sentence in found[:-1])


@pytest.mark.parametrize("unit", ["! ", '"', '" ', "(", "(a) . ", '"A. B" c ', "د. ", ".A", "ab.Cdefg", '"Why?" Aa B '])
def test_sentences_take_linear_time(unit):
    def seconds(size):
        block = Block((unit * (size // len(unit))).strip())
        # timeit keeps the garbage collector off, which would count what all other tests have left.
        run = timeit.Timer(lambda: sentences(block, "ar" if unit == "د. " else "en"), timer=time.thread_time)
        return min(run.repeat(repeat=2, number=1))

    seconds(100)
    assert seconds(80_000) < 40 * max(seconds(8_000), 0.005)


@pytest.mark.parametrize(
    ("sentence", "limit", "parts"),
    [
        ("short", 10, ["short"]),
        ("  short  ", 10, ["short"]),
        ("it rained; they left", 12, ["it rained;", "they left"]),
        ("one, two, it rained – they left, again", 22, ["one, two, it rained –", "they left, again"]),
        ("it rained, and they left", 15, ["it rained,", "and they left"]),
        ("it rained and they left", 15, ["it rained", "and they left"]),
        ("a long row of plain words", 15, ["a long row of", "plain words"]),
        ("abcdefgh", 4, ["abcd", "efgh"]),
        ("it cost 1,000,000 in all, they say", 26, ["it cost 1,000,000 in all,", "they say"]),
        ("نزل المطر؛ ثم غادروا", 12, ["نزل المطر؛", "ثم غادروا"]),
        ("نزل المطر، ثم غادروا", 12, ["نزل المطر،", "ثم غادروا"]),
        ("نزل المطر وغادر الناس", 14, ["نزل المطر", "وغادر الناس"]),
        ('he said "it rains" to nobody else', 22, ['he said "it rains"', "to nobody else"]),
        ("", 10, []),
        (" \u2003", 10, []),
    ],
)
def test_split_long(sentence, limit, parts):
    found = split_long(sentence, lambda part: len(part) <= limit)
    assert [span.of(sentence) for span in found] == parts


def test_a_mark_far_from_the_middle_is_no_place_to_cut():
    words = "No: " + "word " * 20
    assert split_long(words, lambda part: len(part) <= 60)[0].of(words) != "No:"


def test_characters_that_never_fit_are_given_back():
    assert split_long("ab c", lambda part: False) == (Span(0, 1), Span(1, 2), Span(3, 4))


def test_a_letter_keeps_its_vowel_signs():
    word = "مُحَمَّد" * 4
    for span in split_long(word, lambda part: len(part) <= 9):
        assert not re.match(r"[\u064b-\u0652]", span.of(word))


@given(TEXTS, st.integers(0, 20))
def test_nothing_is_lost_between_parts(text, limit):
    spans = split_long(text, lambda part: len(part) <= limit)
    _check_whole(text, spans)
    assert all(len(span) <= max(limit, 1) for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "word " * 200_000,
        "a b " * 1000 + "x" * 900_000 + " c d" * 1000,
        ", " + "x" * 900_000,
        "é, " * 300_000,
    ],
)
def test_a_megabyte_is_split_with_few_questions(text):
    asked = []

    def fits(part):
        asked.append(len(part))
        return len(part) <= 500

    started = time.thread_time()
    spans = split_long(text, fits)
    assert time.thread_time() - started < 5
    assert len(asked) <= 3 * len(spans)
    assert sum(asked) <= 20 * len(text)
    assert "".join(span.of(text) for span in spans).replace(" ", "") == text.replace(" ", "")
