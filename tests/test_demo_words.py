import re
import string

import pytest

from translate import errors
from translate.demo import words

ARABIC = re.compile(r"[\u0600-\u06ff]")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", sorted(words.TEXTS))
def test_every_text_is_in_both_languages_with_the_same_fields(key):
    english, arabic = words.TEXTS[key]
    assert english.strip() and arabic.strip()
    assert ARABIC.search(arabic) and not ARABIC.search(english.replace("العربية", ""))
    # A name may have a form for each language: `language_en`, `language_ar`.
    assert {re.sub("_en$", "", name) for name in fields(english)} == {
        re.sub("_ar$", "", name) for name in fields(arabic)
    }
    assert re.fullmatch(r"[a-z0-9_-]+", key), "a dot or a space would be a path to Gradio"


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (0, "0 sentences", "لا جمل"),
        (1, "1 sentence", "جملة واحدة"),
        (2, "2 sentences", "جملتان"),
        (3, "3 sentences", "3 جمل"),
        (10, "10 sentences", "10 جمل"),
        (11, "11 sentences", "11 جملةً"),
        (99, "99 sentences", "99 جملةً"),
        (100, "100 sentences", "100 جملة"),
        (103, "103 sentences", "103 جمل"),
        (1248, "1,248 sentences", "1,248 جملةً"),
    ],
)
def test_counted(number, english, arabic):
    assert words.counted(number, "sentence") == words.both(english, arabic)


def test_fields_are_escaped():
    said = words.say("waiting", position=3)
    assert "number 3 in" in said and "3." in said
    assert "<script" not in words.both("<script>", "<script>")


def test_an_unknown_key_is_noticed_when_the_page_is_built():
    with pytest.raises(KeyError):
        words.t("no_such_text")


def every_error(kind=errors.DragomanError):
    yield kind
    for below in kind.__subclasses__():
        yield from every_error(below)


@pytest.mark.parametrize("kind", list(every_error()), ids=lambda kind: kind.__name__)
def test_trouble_is_one_sentence_in_both_languages(kind):
    english, arabic = words.sentences(kind("the <b> thing broke: do this"))
    assert english == "The <b> thing broke: do this."
    assert ARABIC.search(arabic) and arabic.endswith(".")
    assert "<b>" not in words.trouble(kind("the <b> thing broke"))


def test_an_error_that_is_not_ours_tells_no_particulars():
    assert "secret" not in words.trouble(ValueError("/secret/path"))
