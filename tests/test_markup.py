"""Markup: every tag out, once, around the words that translate what it held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.align.words import words
from translate.document import Alignment, Block, Inline, Kind, Role, Span
from translate.markup import Piece, escape, project, serialize


def aligned(source: str, target: str, links: str) -> Piece:
    pairs = tuple(sorted(tuple(int(n) for n in link.split("-")) for link in links.split()))
    return Piece(Span(0, len(source)), Span(0, len(target)), Alignment(words(source), words(target), pairs))


def block(marked: str) -> Block:
    """A block from `[text]` for <a>, `{text}` for <i> and `|` for a point."""
    text, inlines, path = "", [], []
    for char in marked:
        if char in "[{":
            path.append(len(inlines))
            tag = "a" if char == "[" else "i"
            inlines.append((len(text), None, f"<{tag}>", f"</{tag}>", len(path) - 1))
        elif char in "]}":
            start, _, *rest = inlines[path[-1]]
            inlines[path.pop()] = (start, len(text), *rest)
        elif char == "|":
            inlines.append((len(text), len(text), "<img>", "", len(path)))
        else:
            text += char
    return Block(text, tuple(Inline(Span(a, b), o, c, d) for a, b, o, c, d in inlines))


CASES = [
    # marked source, target, alignment, marked target
    ("He [left] home", "غادر هو المنزل", "0-1 1-0 2-2", "[غادر] هو المنزل"),
    ("the [red car] stopped", "توقفت السيارة الحمراء", "0-1 1-2 2-1 3-0", "توقفت [السيارة الحمراء]"),
    # one Arabic word carries "and" too; a discontiguous span becomes one hull
    ("she [did not come]", "لم تأت هي", "0-2 1-1 2-0 3-1", "[لم تأت] هي"),
    # a stray link far away does not stretch the window
    (
        "[old bread] and new wine today",
        "خبز قديم ونبيذ جديد اليوم",
        "0-1 0-4 1-0 2-2 3-3 4-2 5-4",
        "[خبز قديم] ونبيذ جديد اليوم",
    ),
    # nested, same words
    ("see [{The National}] now", "انظر ذا ناشيونال الآن", "0-0 1-1 2-2 3-3", "انظر [{ذا ناشيونال}] الآن"),
    # siblings that share a target word: each keeps something
    ("[a] {b c}", "أب ج", "0-0 1-0 2-1", "[أب] {ج}"),
    # points: at the sentence's edges, after a word, last in its parent
    ("|one two|", "واحد اثنان", "0-0 1-1", "|واحد اثنان|"),
    ("one| two", "اثنان واحد", "0-1 1-0", "اثنان واحد|"),
    ("[one|] two", "اثنان واحد", "0-1 1-0", "اثنان [واحد|]"),
    # the tag opens before the space, or swallows the one after
    ("marks[ the most] yet", "يمثل الأكثر بعد", "0-0 1-1 2-1 3-2", "يمثل [الأكثر] بعد"),
    ("{The Paper }could", "استطاعت الصحيفة", "0-1 1-1 2-0", "استطاعت {الصحيفة}"),
    # no alignment for the marked words: relative place
    ("one [two] three", "واحد اثنان ثلاثة", "0-0 2-2", "واحد [اثنان] ثلاثة"),
    # the whole sentence, whatever the links say
    ("[one two]", "واحد اثنان", "", "[واحد اثنان]"),
    # punctuation comes along where it was inside and is linked
    ("[Mr X,] who", "السيد س، الذي", "0-0 1-1 2-2 3-3", "[السيد س،] الذي"),
    ("[Mr X], who", "السيد س، الذي", "0-0 1-1 2-2 3-3", "[السيد س]، الذي"),
]


@pytest.mark.parametrize(("source", "target", "links", "expected"), CASES)
def test_project(source: str, target: str, links: str, expected: str) -> None:
    source_block = block(source)
    result = project(source_block, target, [aligned(source_block.text, target, links)])
    assert serialize(result.block, Kind.FRAGMENT) == serialize(block(expected), Kind.FRAGMENT)


def test_unaligned_markup_is_reported() -> None:
    source = block("one [two] three")
    result = project(source, "واحد اثنان ثلاثة", [aligned(source.text, "واحد اثنان ثلاثة", "0-0 2-2")])
    (issue,) = result.issues[0]
    assert (issue.code, issue.source) == ("markup.unaligned", Span(4, 7))
    assert issue.message and issue.message_ar


def test_a_particle_alone_does_not_translate_a_phrase() -> None:
    source = block("Salma used the [lull in the fighting] well")
    target = "استغلت سلمى في ذلك الوقت الفرصة"
    result = project(source, target, [aligned(source.text, target, "0-1 1-0 4-2")])
    assert [issue.code for issue in result.issues[0]] == ["markup.unaligned"]


def test_without_any_alignment_nothing_is_lost() -> None:
    source = block("one [two] three")
    result = project(source, "واحد اثنان ثلاثة", [Piece(Span(0, 13), Span(0, 16), None)])
    assert [inline.open for inline in result.block.inlines] == ["<a>"]


def test_an_inline_over_two_sentences_spans_both() -> None:
    source = block("[One. Two] x.")
    target = "أول. ثان س."
    pieces = [
        Piece(Span(0, 4), Span(0, 4), Alignment(words("One."), words("أول."), ((0, 0), (1, 1)))),
        Piece(Span(5, 11), Span(5, 11), Alignment(words("Two x."), words("ثان س."), ((0, 0), (1, 1), (2, 2)))),
    ]
    assert serialize(project(source, target, pieces).block, Kind.FRAGMENT) == "<a>أول. ثان</a> س."


def test_protected_text_is_found_verbatim() -> None:
    source = Block("run x1 now", (Inline(Span(4, 6), "<code>", "</code>", protected=True),))
    result = project(source, "شغل الآن x1", [aligned(source.text, "شغل الآن x1", "0-0 1-1 2-1")])
    assert serialize(result.block, Kind.FRAGMENT) == "شغل الآن <code>x1</code>"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("a < b & c", Kind.FRAGMENT, "a &lt; b &amp; c"),
        ("a < b & c", Kind.TEXT, "a < b & c"),
        ("2 * 3 [x] `y` snake_case _z_", Kind.MARKDOWN, r"2 \* 3 \[x\] \`y\` snake_case \_z\_"),
        ("1. one", Kind.MARKDOWN, r"1\. one"),
        ("# one", Kind.MARKDOWN, r"\# one"),
        ("R&D &amp;", Kind.MARKDOWN, r"R&D \&amp;"),
    ],
)
def test_escape(text: str, kind: Kind, expected: str) -> None:
    assert escape(text, kind) == expected


def test_markdown_escapes_what_its_place_gives_a_meaning() -> None:
    cell = Block("a|b c|d", (Inline(Span(4, 7), "`", "`", protected=True),), Role.CELL)
    assert serialize(cell, Kind.MARKDOWN) == r"a\|b `c\|d`"
    link = Block("Look! here", (Inline(Span(5, 10), "[", "](x)"),))
    assert serialize(link, Kind.MARKDOWN) == r"Look\![ here](x)"


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """Any forest of inlines over any few words."""
    text = draw(st.lists(st.sampled_from(["one", "two,", "3.5", "«four»", "x"]), min_size=1, max_size=8).map(" ".join))

    def forest(start: int, end: int, depth: int) -> list[Inline]:
        out: list[Inline] = []
        at = start
        for _ in range(draw(st.integers(0, 3 if depth < 3 else 0))):
            a = draw(st.integers(at, end))
            b = draw(st.integers(a, end))
            tag = draw(st.sampled_from("aib"))
            out.append(Inline(Span(a, b), f"<{tag}>", f"</{tag}>", depth, protected=draw(st.booleans())))
            out += forest(a, b, depth + 1)
            at = b
        return out

    return Block(text, tuple(forest(0, len(text), 0)))


@given(blocks(), st.lists(st.sampled_from(["واحد", "اثنان،", "٣", "x", "«أربعة»"]), max_size=8), st.data())
def test_markup_is_conserved_whatever_the_alignment(
    source: Block, target_words: list[str], data: st.DataObject
) -> None:
    target = " ".join(target_words)
    a, b = words(source.text), words(target)
    pairs = st.tuples(st.integers(0, max(0, len(a) - 1)), st.integers(0, max(0, len(b) - 1)))
    links = tuple(sorted(data.draw(st.sets(pairs, max_size=12)))) if a and b else ()
    alignment = data.draw(st.sampled_from([None, Alignment(a, b, links)]))
    result = project(source, target, [Piece(Span(0, len(source.text)), Span(0, len(target)), alignment)])
    assert sorted(i.open for i in result.block.inlines) == sorted(i.open for i in source.inlines)
    assert result.block.text == target
    out = serialize(result.block, Kind.FRAGMENT)
    stack = []
    for tag in [piece.split(">")[0] for piece in out.split("<")[1:]]:
        assert (stack.pop() == tag[1:]) if tag.startswith("/") else (stack.append(tag) is None)
    assert not stack
