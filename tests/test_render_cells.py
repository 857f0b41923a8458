"""A sentence as safe HTML: nothing runs, nothing is lost, and words and issues stand where they should."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import extract
from translate.align.words import words
from translate.document import Block, Inline, Kind, Severity, Span
from translate.render.cells import Mark, changes, sentence
from translate.roundtrip.types import Change, ChangeKind

LINK = Inline(Span(4, 9), '<a href="https://example.org/x">', "</a>")
OUT = '<a href="https://example.org/x" target="_blank" rel="noopener noreferrer">'


def cell(text: str, *inlines: Inline, word: str = "", marks: tuple[Mark, ...] = ()) -> str:
    spans = tuple(Span(*map(int, one.split("-"))) for one in word.split())
    return str(sentence(Block(text, inlines), Span(0, len(text)), Kind.FRAGMENT, spans, marks))


def mark(start: int, end: int, severity: Severity = Severity.ERROR, number: int = 1) -> Mark:
    return Mark(Span(start, end), number, severity)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (cell("a < b & c"), "a &lt; b &amp; c"),
        (cell(""), ""),
        (cell("one two", word="0-3 4-7"), "<span data-w=0>one</span> <span data-w=1>two</span>"),
        (cell("the mayor left", LINK), f"the {OUT}mayor</a> left"),
        # A word that a link begins or ends in is cut, and both parts have its number.
        (
            cell("the mayors left", LINK, word="4-10"),
            f"the {OUT}<span data-w=0>mayor</span></a><span data-w=0>s</span> left",
        ),
        # An issue over two words and a space, one of them in a link.
        (
            cell("the mayor left", LINK, word="0-3 4-9", marks=(mark(0, 9),)),
            '<span data-w=0 class=error data-i="1">the</span><span class=error data-i="1"> </span>'
            f'{OUT}<span data-w=1 class=error data-i="1" data-k="×1">mayor</span></a> left',
        ),
        # Two issues at one place: the worse one gives the look, both are named.
        (
            cell("abcde", marks=(mark(1, 5, Severity.NOTE, 2), mark(3, 5, Severity.WARNING, 1))),
            'a<span class=note data-i="2">bc</span><span class=warning data-i="2 1" data-k="i2 !1">de</span>',
        ),
        # An issue of the whole sentence.
        (cell("ab", marks=(mark(0, 2),)), 'ab<span class=error data-i="1" data-k="×1"></span>'),
        # Something missing between two words.
        (cell("ab", marks=(mark(1, 1),)), 'a<span class=error data-i="1" data-k="×1"></span>b'),
        (cell("ab", marks=(mark(2, 2),)), 'ab<span class=error data-i="1" data-k="×1"></span>'),
        # A span beyond the text must not break the page.
        (cell("ab", marks=(mark(1, 9),)), 'a<span class=error data-i="1" data-k="×1">b</span>'),
        # Points: a line break stays, a picture and a comment do not.
        (cell("ab", Inline(Span(1, 1), "<br>")), "a<br>b"),
        (cell("ab", Inline(Span(1, 1), '<img src="x.png">'), Inline(Span(1, 1), "<!-- c -->")), "ab"),
    ],
)
def test_cells(made: str, expected: str) -> None:
    assert made == expected


def test_a_sentence_is_cut_out_of_its_block() -> None:
    block = Block("One two. The mayor left.", (Inline(Span(4, 18), "<i>", "</i>"),))
    made = sentence(block, Span(9, 24), Kind.PAGE, (Span(4, 9),), ())
    assert made == "<i>The <span data-w=0>mayor</span></i> left."


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.MARKDOWN])
def test_other_kinds_of_documents_show_their_text(kind: Kind) -> None:
    block = Block("the mayor left", (Inline(Span(4, 9), "**", "**"),))
    assert sentence(block, Span(0, 14), kind, (), ()) == "the mayor left"


@pytest.mark.parametrize(
    "opening",
    [
        '<a href="javascript:alert(1)" onclick="x()">',
        '<a href="data:text/html,<script>x</script>">',
        '<b onload=y style="position:fixed" id="language" class="filters">',
        "<script>",
        "<style>",
        "<svg><script>z</script>",
        '<iframe src="https://example.org">',
        "<form action=/x><button>",
        '<span data-w="0" class="error" data-i="1">',
        "<math><mtext></mtext><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    ],
)
def test_nothing_that_an_article_holds_can_run_or_pretend(opening: str) -> None:
    name = opening[1:].split(" ")[0].split(">")[0]
    made = cell("the mayor left", Inline(Span(4, 9), opening, f"</{name}>"))
    seen = _Seen(made)
    assert seen.text == "the mayor left"
    assert seen.tags <= {"a", "b", "span"}
    assert {name for name, _ in seen.attributes} <= {"rel", "target"}


@pytest.mark.parametrize(
    ("source", "back", "found", "expected"),
    [
        ("a b", "a b", [], "a b"),
        ("a b", "a c", [((2, 3), (2, 3))], "a <del>b</del> <ins>c</ins>"),
        ("a b c", "a c", [((2, 3), (2, 2))], "a <del>b</del>c"),
        ("a c", "a <b> c", [((2, 2), (2, 5))], "a <ins>&lt;b&gt;</ins> c"),
        ("a b", "a", [((2, 3), (1, 1))], "a<del>b</del>"),
        ("a b", "", [((0, 3), (0, 0))], "<del>a b</del>"),
    ],
)
def test_changes(source: str, back: str, found: list, expected: str) -> None:
    kinds = [Change(ChangeKind.REPLACED, Span(*there), Span(*again)) for there, again in found]
    assert _spaceless(changes(source, back, kinds)) == _spaceless(expected)


def _spaceless(text: str) -> str:
    return "".join(text.split())


class _Seen(HTMLParser):
    """The text of some HTML, its tags with their attributes, and the text of each numbered word; tags must nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.words: dict[int, str] = {}
        self._open: list[tuple[str, int | None]] = []
        self.feed(str(html))
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        number = dict(attrs).get("data-w")
        if tag != "br":
            self._open.append((tag, int(number) if number else None))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for _, number in self._open:
            if number is not None:
                self.words[number] = self.words.get(number, "") + data


_TEXT = st.text("ab &<'\"٣م لـ\u064b.,-", max_size=8)
_TREE = st.recursive(
    _TEXT.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["b", "i", 'a href="https://example.org/?a=1&amp;b"', "script", "u onclick=x()", "code"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(_TREE, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12), st.sampled_from(Severity)), max_size=4))
def test_every_article_keeps_its_text_and_its_words(html: str, found: list) -> None:
    for block in extract.document(f"x{html}", Kind.FRAGMENT).blocks:
        spans = words(block.text)
        marks = [Mark(Span(start, start + more), n, severity) for n, (start, more, severity) in enumerate(found, 1)]
        seen = _Seen(sentence(block, Span(0, len(block.text)), Kind.FRAGMENT, spans, marks))
        assert seen.text == block.text
        assert [seen.words.get(number) for number in range(len(spans))] == [span.of(block.text) for span in spans]
        assert not {name for name, _ in seen.attributes} - {
            "href",
            "rel",
            "target",
            "data-w",
            "class",
            "data-i",
            "data-k",
        }
        labels = " ".join(value or "" for name, value in seen.attributes if name == "data-k").split()
        assert len(labels) == len(marks)
