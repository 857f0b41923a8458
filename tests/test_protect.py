import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from translate.document import Inline, Span
from translate.protect import FORMS, find, join, mask, pieces, unmask

TEXT = "Write to me@example.org or see https://example.org/a/very/long/path/to/a/page today."


@pytest.mark.parametrize(
    ("text", "protected"),
    [
        ("See https://example.org/a?b=1&c=2#d.", ["https://example.org/a?b=1&c=2#d"]),
        ("(See http://example.org/a_(b), ftp://example.org!)", ["http://example.org/a_(b)", "ftp://example.org"]),
        ('«www.example.org»، و"http://example.org/x".', ["www.example.org", "http://example.org/x"]),
        ("وhttps://example.org/page، ثم", ["https://example.org/page"]),
        ("HTTPS://EXAMPLE.ORG/A", ["HTTPS://EXAMPLE.ORG/A"]),
        ("https://example.org/wiki/سوريا؟", ["https://example.org/wiki/سوريا"]),
        ("http:// www. http://) and/or 24/7 160km/h", []),
        ("Try example.org, example.org/path and t.ly/aB1.", ["example.org", "example.org/path", "t.ly/aB1"]),
        ("the toll.The left.it said.so U.S. Ph.D. e.g. 3.5 a.m. Node.js", []),
        ("Open report.pdf or data.final.csv.", ["report.pdf", "data.final.csv"]),
        ("Mail first.last+x@mail.example.co.uk.", ["first.last+x@mail.example.co.uk"]),
        ("@user_1, (@a.b) و@user: @me@social.example.", ["@user_1", "@a.b", "@user", "@me@social.example"]),
        ("at @ 5 @ 6 a@b @1", []),
        ("#Syria #سوريا #1 C# a#b &#39;", []),
        ("#COP28 #StopTheWar #أوقفوا_الحرب", ["#COP28", "#StopTheWar", "#أوقفوا_الحرب"]),
        ("CVE-2024-1234 but B-52, COVID-19, UN-2", ["CVE-2024-1234"]),
    ],
)
def test_find(text, protected):
    assert [span.of(text) for span in find(text)] == protected


def test_protected_inlines_are_found_and_merged():
    text = "The Old Harbour at example.org and nothing."
    inlines = (
        Inline(Span(0, 3), "<b>"),
        Inline(Span(4, 15), "<i translate=no>", "</i>", protected=True),
        Inline(Span(16, 16), "<br>", protected=True),
        Inline(Span(19, 26), "<code>", "</code>", protected=True),
    )
    assert [span.of(text) for span in find(text, inlines)] == ["Old Harbour", "example.org"]


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a.",
        "a@",
        "@",
        "a-",
        ".",
        "http://",
        "www.",
        "#",
        "a@a.",
        "@a.",
        "(",
        ")",
        "a.a/",
        "AB-12-",
        "_",
        "ا",
        "a .",
    ],
)
@pytest.mark.parametrize("before", ["", "http://", "a@", "@", "a.", "www."])
def test_find_takes_linear_time(unit, before):
    text = before + unit * (100_000 // len(unit)) + "!"
    started = time.thread_time()
    find(text)
    assert time.thread_time() - started < 1


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("raw", "Write to me@example.org or see QBC today."),
        ("letters", "Write to QBB or see QBC today."),
        ("number", "Write to 7301 or see 7311 today."),
    ],
)
def test_forms(form, text):
    masked = mask(TEXT, find(TEXT), form)
    assert masked.text == text
    assert masked.originals == ("me@example.org", "https://example.org/a/very/long/path/to/a/page")


@pytest.mark.parametrize(
    ("form", "target", "text"),
    [
        ("letters", "انظر QBC أو اكتب إلى QBB.", "انظر URL أو اكتب إلى me@example.org."),
        ("letters", "اكتب لQBB وQBC", "اكتب لme@example.org وURL"),
        ("raw", "اكتب إلى me@example.org أو QBC", "اكتب إلى me@example.org أو URL"),
        ("number", "اكتب إلى ٧٣٠١ أو 7311.", "اكتب إلى me@example.org أو URL."),
        ("letters", "اكتب إلى QBB", None),
        ("letters", "QBB QBB QBC", None),
        ("letters", "QBB QBCs", None),
        ("letters", "QBB qbc", None),
        ("raw", "me@example.org.uk/ QBC me@example.org", None),
        ("raw", "some@example.org QBC", None),
        ("number", "7301 73112", None),
        ("number", "7301 7,311", None),
        ("number", "7301 ٧٣١١٢", None),
    ],
)
def test_unmask(form, target, text):
    url = TEXT[31:77]
    masked = mask(TEXT, find(TEXT), form)
    found = unmask(target, masked)
    if text is None:
        assert found is None
    else:
        assert found is not None
        assert found.text == text.replace("URL", url)
        assert [span.of(found.text) for span in found.positions] == list(masked.originals)


def test_spans_are_carried_over_in_both_texts():
    masked = mask(TEXT, find(TEXT), "letters")
    word = Span(masked.text.index("see"), masked.text.index("see") + 3)
    assert masked.to_original(word).of(TEXT) == "see"
    inside = Span(masked.text.index("QBC") + 1, masked.text.index("QBC") + 2)
    assert masked.to_original(inside).of(TEXT) == TEXT[31:77]
    assert masked.to_original(Span(0, len(masked.text))) == Span(0, len(TEXT))
    target = "انظر QBC أو اكتب إلى QBB اليوم"
    back = unmask(target, masked)
    assert back is not None
    assert back.from_masked(Span(5, 8)).of(back.text) == TEXT[31:77]
    today = Span(target.index("اليوم"), len(target))
    assert back.from_masked(today).of(back.text) == "اليوم"


def test_the_same_address_twice_comes_back_twice():
    text = "@user met @user"
    masked = mask(text, find(text))
    assert masked.text == text
    back = unmask("التقى @user و@user", masked)
    assert back is not None
    assert [span.of(back.text) for span in back.positions] == ["@user", "@user"]
    assert unmask("التقى @user", masked) is None


def test_placeholders_keep_clear_of_the_text():
    text = "QBB and 7301 are at example.org/" + "x" * 30
    assert mask(text, find(text), "letters").placeholders == ("QCB",)
    assert mask(text, find(text), "number").placeholders == ("7308",)


def test_a_span_beyond_the_text_is_refused():
    with pytest.raises(ValueError, match="beyond"):
        mask("short", [Span(2, 9)])


@st.composite
def texts_with_spans(draw):
    text = draw(st.text(alphabet=st.sampled_from("aQB 7301٧.@/-\nبو#é😀_") | st.characters(codec="utf-8"), max_size=40))
    edges = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    return text, [Span(min(edge), max(edge)) for edge in edges]


@given(texts_with_spans(), st.sampled_from(FORMS))
@example(("٧a٧", [Span(1, 2)]), "number")
def test_unmasking_undoes_masking(made, form):
    text, spans = made
    masked = mask(text, spans, form)
    back = unmask(masked.text, masked)
    assert back is not None
    assert back.text == text
    assert tuple(span.of(text) for span in back.positions) == masked.originals
    for span in spans:
        assert any(place.contains(span) for place in back.positions) or not span


@given(texts_with_spans(), st.sampled_from(FORMS), st.data())
def test_carried_spans_cover_what_they_stood_for(made, form, data):
    text, spans = made
    masked = mask(text, spans, form)
    start = data.draw(st.integers(0, len(masked.text)))
    span = Span(start, data.draw(st.integers(start, len(masked.text))))
    original = masked.to_original(span)
    assert original.end <= len(text)
    hidden = [place for place in masked.spans.after if place.overlaps(span)]
    if not hidden and span:
        assert original.of(text) == span.of(masked.text)
    for place, kept in zip(masked.spans.after, masked.spans.before, strict=True):
        if span and place.overlaps(span):
            assert original.contains(kept)
    assert masked.spans.forward(original).contains(span) or not span


@given(texts_with_spans())
def test_pieces_lose_nothing(made):
    text, spans = made
    runs = pieces(text, spans)
    joined, moved = join(text, runs, [run.of(text) for run in runs])
    assert joined == text
    assert moved.before == moved.after == runs
    for run in runs:
        assert run.of(text) == run.of(text).strip()
        assert not any(run.overlaps(span) for span in spans if span)
    outside = set(range(len(text))) - {at for span in spans for at in range(span.start, span.end)}
    assert all(any(run.start <= at < run.end for run in runs) for at in outside if text[at].isalnum())


def test_join_puts_targets_in_the_place_of_runs():
    text = "See example.org, or ask @user."
    runs = pieces(text, find(text))
    assert [run.of(text) for run in runs] == ["See", ", or ask"]
    joined, moved = join(text, runs, ["انظر", "، أو اسأل"])
    assert joined == "انظر example.org، أو اسأل @user."
    assert [span.of(joined) for span in moved.after] == ["انظر", "، أو اسأل"]
    assert moved.forward(Span(4, 15)).of(joined) == "example.org"
    with pytest.raises(ValueError, match="as many targets"):
        join(text, runs, ["انظر"])


@given(st.text())
def test_find_gives_disjoint_spans_in_order(text):
    spans = find(text)
    assert all(one.end < other.start for one, other in pairwise(spans))
