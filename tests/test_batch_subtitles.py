"""Subtitles: cues and times stay, sentences run over cues, tags and speakers stay with their words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import batches
from translate.batch import subtitles
from translate.document import Block, Sentence, Span, TranslatedBlock, TranslatedSentence, Translation
from translate.errors import InputError

_TIMES = re.compile(r"^.*-->.*$", re.MULTILINE)
_WORDS = st.lists(st.sampled_from(["The", "man", "left.", "house", "spoke", "in", "Cairo!", "77", "…"]), max_size=9)


def _same(block: Block) -> TranslatedBlock:
    """A translation that leaves all as it is, in one sentence."""
    whole = Span(0, len(block.text))
    return TranslatedBlock(
        block, block, (TranslatedSentence(Sentence(block.text, whole), whole, Translation(block.text)),)
    )


def _srt(cues: list[str]) -> str:
    return "".join(
        f"{number}\n00:00:{2 * number:02},000 --> 00:00:{2 * number + 1:02},500\n{text}\n\n"
        for number, text in enumerate(cues, 1)
    )


@pytest.mark.parametrize(
    "text",
    [
        _srt(["The man left", "the house.", "He spoke."]),
        _srt(["<i>The man left", "the house.</i>", "<b>He</b> spoke."]).replace("\n", "\r\n"),
        _srt(["- Who left?", "- Who left?\n- The man."]),
        _srt(["{\\an8}The man left."]),
        "WEBVTT\n\nNOTE mine\nof two lines\n\nSTYLE\n::cue {}\n\n00:01.000 --> 00:02.000 line:0\n<v Ada>A man\n",
        _srt(["The man.", "♪ ♪", "...", "He left."]),
    ],
)
def test_what_is_not_translated_comes_back_as_it_was(text):
    found = subtitles.read(text, "a.srt")
    again = subtitles.write(found, [_same(block) for block in found.document.blocks])
    assert _TIMES.findall(again) == _TIMES.findall(text)
    if "<i>" not in text:
        assert again == text


def test_tags_that_run_over_cues_are_closed_in_each():
    found = subtitles.read(_srt(["<i>The man left</i>", "<i>the house.</i>"]), "a.srt")
    assert len(list(found.document.blocks)) == 1
    assert subtitles.write(found, [_same(block) for block in found.document.blocks]) == found.text


@pytest.mark.parametrize(
    ("cues", "blocks"),
    [
        (["The man left", "the house.", "He spoke."], ["The man left the house.", "He spoke."]),
        (["Good. The man", "left."], ["Good. The man left."]),
        (["- Who left?\n- The man", "with the book."], ["Who left?", "The man with the book."]),
        (["The\nman"], ["The man"]),
        (["<i>The</i> man"], ["The man"]),
        (["a b"] * 8, [" ".join(["a b"] * 6), "a b a b"]),
    ],
)
def test_sentences_are_put_together_over_cues(cues, blocks):
    found = subtitles.read(_srt(cues), "a.srt")
    assert [block.text for block in found.document.blocks] == blocks


def test_a_pause_ends_a_sentence():
    text = "00:01.000 --> 00:02.000\nThe man\n\n00:09.000 --> 00:10.000\nleft\n"
    assert len(subtitles.read(text, "a.vtt").groups) == 2


def test_a_long_line_is_broken_in_two():
    found = subtitles.read(_srt(["The man left the big house in Cairo on Monday in the morning."]), "a.srt")
    again = subtitles.write(found, [_same(block) for block in found.document.blocks])
    assert [len(line) for line in again.splitlines()[2:4]] == [29, 31]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_WORDS, max_size=2), min_size=1, max_size=8))
def test_cues_and_their_times_stay_whatever_is_said(cues):
    text = _srt(["\n".join(" ".join(line) for line in cue if line) for cue in cues])
    try:
        found = subtitles.read(text, "a.srt")
    except InputError:
        assert not re.search(r"[A-Za-z]|77", "".join(word for cue in cues for line in cue for word in line))
        return
    again = subtitles.write(found, [_same(block) for block in found.document.blocks])
    assert _TIMES.findall(again) == _TIMES.findall(text)
    assert len(subtitles._TIMING.findall(again)) == len(cues)
    said = [word for cue in cues for line in cue for word in line]
    kept = [line for line in again.splitlines() if line and "-->" not in line and not re.fullmatch(r"[1-8]", line)]
    assert " ".join(kept).split() == said


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text("abcd ", min_size=1), min_size=1, max_size=12),
    st.lists(st.integers(1, 50), min_size=1, max_size=5),
)
def test_a_sentence_is_shared_out_word_by_word(words, weights):
    text = " ".join(words).strip()
    parts = subtitles._cut(text, Span(0, len(text)), weights)
    assert len(parts) == len(weights)
    assert [word for part in parts for word in part.of(text).split()] == text.split()
    if len(text.split()) >= len(weights):
        assert all(len(part) for part in parts)


def test_the_tiny_model_translates_over_cues(tmp_path):
    from translate import batch

    text = _srt(["The minister spoke", "in Cairo on <i>Monday</i>."])
    (tmp_path / "a.srt").write_text(text, encoding="utf-8")
    batch.run(batches.asked(tmp_path / "a.srt", tmp_path / "out"), batches.tiny)
    again = (tmp_path / "out" / "a.srt").read_text("utf-8")
    assert _TIMES.findall(again) == _TIMES.findall(text)
    assert again.count("<i>") == again.count("</i>") == 1
    assert not re.search("[A-Za-hj-z]", again)
    assert all(re.search("[\u0621-\u064a]", cue) for cue in again.strip().split("\n\n"))
