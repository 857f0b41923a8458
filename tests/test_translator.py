"""The pipeline: nothing lost, order kept, batching changes nothing, markup conserved."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import ScriptedEngine

from translate import extract, quality
from translate.document import Block, Issue, Kind, Severity, TranslatedSentence
from translate.engines.guard import COPY, EMPTY, LOOP, WRONG_LANGUAGE, Guarded
from translate.errors import InputError
from translate.markup import serialize
from translate.quality.reviewer import Reviewer
from translate.render import markup as render_markup
from translate.translator import Pipeline

VOID = {"br", "img", "hr", "wbr"}


def translated(source: str, engine: ScriptedEngine, kind: Kind = Kind.FRAGMENT) -> str:
    document = extract.document(source, kind)
    done = Pipeline(engine, "en", "ar").translate(document)
    return "".join(render_markup.document(document, done.blocks, "ar"))


class Checker(HTMLParser):
    """Raises where tags do not nest; collects tags and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.tags: list[tuple[str, tuple]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, tuple(a for a in attrs if a[0] not in ("lang", "dir"))))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.stack and self.stack[-1] == tag, f"</{tag}> inside {self.stack}"
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


def checked(source: str) -> Checker:
    checker = Checker()
    checker.feed(source)
    checker.close()
    assert not checker.stack
    return checker


@st.composite
def fragments(draw: st.DrawFn, depth: int = 0) -> str:
    """Well-formed HTML of blocks, inlines, points and text."""
    out = ""
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["text", "inline", "point"] + (["block"] if depth < 3 else [])))
        if kind == "text":
            out += html.escape(
                draw(st.sampled_from(["The dog ran. ", "A & B", " 3 < 4 ", "Yes! Why? ", "so be it", "x"]))
            )
        elif kind == "inline":
            tag = draw(st.sampled_from(["a", "i", "b", "span"]))
            inner = draw(inline_content(tag == "a"))
            out += f'<{tag} id="{draw(st.integers(0, 99))}">{inner}</{tag}>'
        elif kind == "point":
            out += draw(st.sampled_from(["<br>", "<img src=x>", "<hr>"]))
        else:
            tag = draw(st.sampled_from(["p", "div", "blockquote", "section"]))
            inner = draw(inline_content(False)) if tag == "p" else draw(fragments(depth=depth + 1))
            out += f"<{tag}>{inner}</{tag}>"
    return out


@st.composite
def inline_content(draw: st.DrawFn, in_link: bool, depth: int = 0) -> str:
    out = ""
    for _ in range(draw(st.integers(0, 3))):
        if depth < 3 and draw(st.booleans()):
            tag = draw(st.sampled_from(["i", "b", "span"] + ([] if in_link else ["a"])))
            out += f"<{tag}>{draw(inline_content(in_link or tag == 'a', depth + 1))}</{tag}>"
        else:
            out += draw(st.sampled_from(["one two", " three. Four ", "<img src=y>", "five", " "]))
    return out


@settings(max_examples=150, deadline=None)
@given(fragments(), st.booleans(), st.booleans())
def test_well_formed_html_stays_so_and_keeps_its_tags(source: str, reverse: bool, aligned: bool) -> None:
    before = checked(source)
    after = checked(translated(source, ScriptedEngine(reverse=reverse, aligned=aligned)))
    assert sorted(before.tags) == sorted(after.tags)
    assert sum(map(str.isalnum, before.text)) == sum(map(str.isalnum, after.text))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/ab\"'=ip!-& \n\u00a0é٣.?"), max_size=60))
def test_any_text_at_all_comes_through(source: str) -> None:
    try:
        out = translated(source, ScriptedEngine())
    except InputError:
        return
    assert isinstance(out, str)


def test_equal_sentences_are_translated_once_and_order_is_kept() -> None:
    engine = ScriptedEngine()
    out = translated("<p>One two. Three four. One two.</p><p>Three four.</p>", engine)
    assert len(engine.seen) == 2
    first, second = (ScriptedEngine().translate([text])[0].text for text in ("One two.", "Three four."))
    assert re.sub(r"<[^>]+>", "|", out) == f"|{first} {second} {first}||{second}|"


def test_windows_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "".join(f"<p>Sentence number {i}. And <b>another</b> one here.</p>" for i in range(40))
    whole = translated(source, ScriptedEngine())
    monkeypatch.setattr("translate.translator._WINDOW", 3)
    assert translated(source, ScriptedEngine()) == whole


def test_streaming_holds_back_no_more_than_a_window_and_the_one_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.translator._WINDOW", 4)
    asked = []

    def blocks():
        for i in range(1000):
            asked.append(i)
            yield Block(f"This is sentence {i}.")

    stream = Pipeline(ScriptedEngine(), "en", "ar").stream(blocks())
    next(stream)
    assert len(asked) == 8


def test_a_sentence_over_the_models_limit_is_split_and_whole() -> None:
    source = ", ".join(f"clause number {i} of it" for i in range(60)) + "."
    document = extract.document(source, Kind.TEXT)
    engine = ScriptedEngine()
    (block,) = Pipeline(engine, "en", "ar").translate(document).blocks
    assert len(engine.seen) > 1
    assert len(block.target.text.split()) == len(source.split())
    assert "segment.split" in {issue.code for issue in block.sentences[0].issues}
    assert block.sentences[0].translation.alignment is not None


PROTECTED = [
    "Write to desk@example.org for more.",
    "See https://example.org/a?b=c&d=(e) or www.example.com/x, please.",
    "The account @levant_courier said so.",
]


@pytest.mark.parametrize("source", PROTECTED)
@pytest.mark.parametrize("spoil", [lambda t: t, lambda t: re.sub(r"[A-Za-z0-9@]", "", t), lambda t: t + " " + t])
def test_addresses_reach_the_target_unchanged_whatever_the_engine_does(source: str, spoil) -> None:
    document = extract.document(source, Kind.TEXT)
    (block,) = Pipeline(ScriptedEngine(spoil=spoil), "en", "ar").translate(document).blocks
    wanted = [word.rstrip(",.") for word in source.split() if "@" in word or "/" in word]
    assert [block.target.text.count(word) for word in wanted] == [1] * len(wanted)


def test_untranslatable_inlines_keep_their_text() -> None:
    out = translated(
        'Please run <code>make test</code> and <b translate="no">Big Co</b> now.', ScriptedEngine(reverse=True)
    )
    assert "<code>make test</code>" in out
    assert '<b translate="no">Big Co</b>' in out


@pytest.mark.parametrize("source", ["1,300.", "12:30", "— 5 % —"])
def test_what_holds_no_letter_is_copied(source: str) -> None:
    engine = ScriptedEngine()
    document = extract.document(f"Words first.\n\n{source}\n\nWords last.", Kind.TEXT)
    done = Pipeline(engine, "en", "ar").translate(document)
    assert source in "".join(render_markup.document(document, done.blocks, "ar"))
    assert source not in engine.seen


def test_an_empty_translation_keeps_the_source() -> None:
    document = extract.document("Good day.", Kind.TEXT)
    (block,) = Pipeline(ScriptedEngine(spoil=lambda _: ""), "en", "ar").translate(document).blocks
    (sentence,) = block.sentences
    assert (block.target.text, sentence.translated) == ("Good day.", False)
    assert "strict.kept_source" in {issue.code for issue in sentence.issues}


def test_offsets_in_results_hold() -> None:
    source = 'Dr Adeeb spoke. He said "we wait", then <a href="x">left the town</a> at 5 p.m. sharp. Why?'
    document = extract.document(source, Kind.FRAGMENT)
    (block,) = Pipeline(ScriptedEngine(reverse=True), "en", "ar").translate(document).blocks
    for sentence in block.sentences:
        assert sentence.source.span.of(block.source.text) == sentence.source.text
        assert sentence.span.of(block.target.text) == sentence.translation.text
        alignment = sentence.translation.alignment
        assert alignment is not None
        assert all(word.of(sentence.source.text).strip() for word in alignment.source_words)
        assert all(word.of(sentence.translation.text).strip() for word in alignment.target_words)


def test_back_translation_goes_sentence_by_sentence() -> None:
    document = extract.document("One two. Three four! <i>Five</i> six?", Kind.FRAGMENT)
    forward = Pipeline(ScriptedEngine("ar"), "en", "ar").translate(document)
    back = Pipeline(ScriptedEngine("en"), "ar", "en").back(forward)
    assert [s.translation.text for s in back.sentences] == ["one two.", "three four!", "five six?"]
    assert serialize(back.blocks[0].target, Kind.FRAGMENT) == "one two. three four! <i>five</i> six?"


def test_headlines_in_capitals_are_read_as_sentences() -> None:
    engine = ScriptedEngine()
    translated("<h1>SYRIA TALKS RESUME IN GENEVA</h1><p>Talks on Syria resumed in Geneva.</p>", engine)
    assert engine.seen[0] in ("Syria talks resume in Geneva", "Talks on Syria resumed in Geneva.")
    assert "Syria talks resume in Geneva" in engine.seen


def test_issues_name_a_severity_and_both_languages() -> None:
    document = extract.document("Good day.", Kind.TEXT)
    (block,) = Pipeline(ScriptedEngine(spoil=lambda _: ""), "en", "ar").translate(document).blocks
    for issue in block.sentences[0].issues:
        assert isinstance(issue.severity, Severity)
        assert re.search("[\u0600-\u06ff]", issue.message_ar)


def checked_sentences(source: str, engine: object, *, strict: bool = False) -> tuple[TranslatedSentence, ...]:
    """The sentences of a text as a pipeline with all checks leaves them."""
    pipeline = Pipeline(engine, "en", "ar", strict=strict, reviewer=Reviewer(quality.settings()))  # type: ignore[arg-type]
    return tuple(pipeline.translate(extract.document(source, Kind.TEXT)).sentences)


def codes(sentence: TranslatedSentence) -> list[str]:
    return [issue.code for issue in sentence.issues]


PAID = "He paid 500 pounds."


def test_every_sentence_has_the_issues_that_the_checks_find() -> None:
    spoiled = ScriptedEngine(spoil=lambda text: text.replace("5", "7"))
    first, second = checked_sentences(f"{PAID} So it was.", spoiled)
    assert codes(first)[0].startswith("numbers.")
    assert all(issue.target is None or issue.target.end <= len(first.translation.text) for issue in first.issues)
    assert not any(code.startswith("numbers") for code in codes(second))
    document = extract.document(PAID, Kind.TEXT)
    (bare,) = Pipeline(spoiled, "en", "ar").translate(document).sentences
    assert bare.issues == ()


def test_strict_keeps_the_source_where_a_check_finds_an_error() -> None:
    spoiled = ScriptedEngine(spoil=lambda text: text.replace("5", "7"))
    first, second = checked_sentences(f"{PAID} So it was.", spoiled, strict=True)
    assert (first.translated, first.translation.text) == (False, PAID)
    assert first.issues[0].severity is Severity.ERROR and codes(first)[-1] == "strict.kept_source"
    assert all(issue.target is None for issue in first.issues)
    assert any(issue.source is not None for issue in first.issues)
    assert second.translated


@pytest.mark.parametrize(
    ("output", "engine_code", "check"),
    [
        ("قال الوزير إن " * 9, LOOP, "repetition."),
        ("the minister said that the talks would go on", WRONG_LANGUAGE, "language."),
        ("The minister paid 500 pounds today.", COPY, "language."),
        ("", EMPTY, "length."),
    ],
)
def test_what_the_engine_and_a_check_both_see_is_told_once(output: str, engine_code: str, check: str) -> None:
    source = "The minister paid 500 pounds today."
    guarded = Guarded(ScriptedEngine(spoil=lambda _: output.strip()), "en", "ar")
    (sentence,) = checked_sentences(source, guarded)
    wrong = [issue.code for issue in sentence.issues if issue.severity is Severity.ERROR]
    assert engine_code not in wrong
    assert [code for code in wrong if code.startswith(check)]
    # Without the check the engine's own word stands.
    (bare,) = Pipeline(guarded, "en", "ar").translate(extract.document(source, Kind.TEXT)).sentences
    assert engine_code in codes(bare)


class Telling(ScriptedEngine):
    """Says of each translation what a guard would say of a retry that helped, or of one that did not."""

    def __init__(self, *issues: Issue, **named: object) -> None:
        super().__init__(**named)  # type: ignore[arg-type]
        self.issues = issues

    def _one(self, sentence: str):
        return replace(super()._one(sentence), issues=self.issues)


@pytest.mark.parametrize(
    ("issue", "output", "kept"),
    [
        (Issue(LOOP, Severity.NOTE, "a", "b"), "قال الوزير إن " * 9, True),
        (Issue(LOOP, Severity.NOTE, "a", "b"), None, True),
        (Issue(LOOP, Severity.ERROR, "a", "b"), None, True),
        (Issue(LOOP, Severity.ERROR, "a", "b"), "قال الوزير إن " * 9, False),
        (Issue(LOOP, Severity.ERROR, "a", "b"), "the minister said that the talks would go on", True),
        (Issue("engine.unfinished", Severity.WARNING, "a", "b"), "قال الوزير إن " * 9, True),
    ],
)
def test_what_only_the_engine_knows_stays(issue: Issue, output: str | None, kept: bool) -> None:
    engine = Telling(issue, spoil=lambda text: text if output is None else output.strip())
    (sentence,) = checked_sentences("The minister spoke.", engine)
    assert (issue in sentence.issues) == kept
    ranks = [one.severity.rank for one in sentence.issues]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("aligned", [False, True])
def test_the_real_article_keeps_its_links_and_italics(real_article: Path, reverse: bool, aligned: bool) -> None:
    source = real_article.read_text("utf-8")
    before, after = (
        checked(html) for html in (source, translated(source, ScriptedEngine(reverse=reverse, aligned=aligned)))
    )
    assert sorted(before.tags) == sorted(after.tags)
    assert [tag for tag, _ in after.tags].count("a") == 9
    assert [tag for tag, _ in after.tags].count("i") == 8
    assert sum(map(str.isalnum, before.text)) == sum(map(str.isalnum, after.text))
