"""The library: its public names, and the real thing on the tiny models."""

import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import translate
from translate import Translator
from translate.document import ModelUse
from translate.engines.summarizer import Writing
from translate.errors import InputError, LanguageError, ModelError, NetworkError, UsageError
from translate.summarize.summary import Budget, Fault

ARTICLE = '<p>Sami went to <a href="https://example.org/b" target="_blank">Boston</a> with <i>Layla</i>.</p>'


@pytest.fixture(scope="module")
def en_ar(tiny_en_ar_model: Path) -> Translator:
    return translate.load("en", "ar", model=tiny_en_ar_model, offline=True)


@pytest.fixture(scope="module")
def ar_en(tiny_ar_en_model: Path) -> Translator:
    return translate.load("ar", "en", model=tiny_ar_en_model, offline=True)


def test_public_names_are_these() -> None:
    assert translate.__all__ == [
        "Alignment",
        "Checked",
        "Document",
        "DragomanError",
        "Issue",
        "Result",
        "Sentence",
        "Severity",
        "Span",
        "SummaryResult",
        "TranslatedSentence",
        "Translation",
        "Translator",
        "Unit",
        "__version__",
        "check",
        "check_files",
        "load",
        "load_summarizer",
        "summarize",
    ]
    assert all(getattr(translate, name) is not None for name in translate.__all__)
    with pytest.raises(AttributeError, match="nothing_like_it"):
        translate.nothing_like_it  # noqa: B018


def test_load_takes_these_arguments() -> None:
    assert list(inspect.signature(translate.load).parameters) == [
        "source",
        "target",
        "profile",
        "model",
        "device",
        "beam",
        "threads",
        "offline",
        "strict",
        "qa",
        "settings",
        "glossaries",
        "enforce",
        "similarity",
        "memory",
        "on_event",
        "on_download",
    ]


def test_importing_loads_nothing_heavy() -> None:
    heavy = "torch transformers ctranslate2 pydantic numpy lxml trafilatura rich"
    code = f"import sys, translate, translate.cli; print([name for name in '{heavy}'.split() if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_an_article_there_and_back(en_ar: Translator, ar_en: Translator) -> None:
    there = en_ar.translate(ARTICLE)
    assert len(re.findall("[\u0621-\u064a]{2,}", there.text)) >= 3
    assert there.html.count('<a href="https://example.org/b" target="_blank">') == 1
    assert there.html.count("<i>") == there.html.count("</i>") == 1
    (sentence,) = there.sentences
    assert sentence.translation.alignment is not None and str(sentence.translation.alignment)
    assert sentence.translation.mean_log_prob is not None and sentence.translation.mean_log_prob < 0
    back = ar_en.back(there)
    assert len(back.sentences) == 1
    assert back.html.count("<a ") == 1 and re.search("[a-z]{3,}", back.text)


def test_checks_run_unless_they_are_switched_off(tiny_en_ar_model: Path, en_ar: Translator, tmp_path: Path) -> None:
    article = "About 60 children and 4,200 old books were there in June 2014."
    found = {issue.code.partition(".")[0] for issue in en_ar.translate(article).issues}
    assert "numbers" in found
    off = translate.load("en", "ar", model=tiny_en_ar_model, offline=True, qa=False)
    assert off.translate(article).issues == ()
    (tmp_path / "own.toml").write_text("[numbers]\nenabled = false\n")
    own = translate.load("en", "ar", model=tiny_en_ar_model, offline=True, settings=tmp_path / "own.toml")
    assert {issue.code.partition(".")[0] for issue in own.translate(article).issues} == found - {"numbers"}


def test_every_form_says_the_same(en_ar: Translator) -> None:
    result = en_ar.translate(ARTICLE)
    assert json.loads(result.json)["blocks"][0]["target"] == result.text.strip()
    assert result.html in result.page
    assert result.models[0].engine == "ctranslate" and result.models[0].settings["beam"] == 4


def test_bytes_str_and_files_are_one(en_ar: Translator, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(ARTICLE, "utf-8")
    expected = en_ar.translate(ARTICLE).html
    assert en_ar.translate(ARTICLE.encode()).html == expected
    assert en_ar.translate_file(tmp_path / "a.html").html == expected


def test_results_do_not_depend_on_company(en_ar: Translator) -> None:
    alone = en_ar.translate("I saw the old man.").text
    company = en_ar.translate("I saw the old man.\n\n" + "\n\n".join(f"There are {n} cats here." for n in range(40)))
    assert company.sentences[0].translation.text == alone


def test_back_wants_the_language_that_came_out(en_ar: Translator) -> None:
    with pytest.raises(UsageError, match="cannot translate ar back"):
        en_ar.back(en_ar.translate("Good day."))


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"source": "en", "target": "en"}, UsageError, "nothing to translate"),
        ({"source": "en", "target": "tlh-nonsense-x"}, LanguageError, "tlh"),
        ({"source": "en", "target": "ar", "beam": 0}, UsageError, "beam"),
        ({"source": "en", "target": "ar", "device": "tpu"}, UsageError, "auto, cpu or cuda"),
        ({"source": "en", "target": "ar", "profile": "best"}, ModelError, "best"),
        ({"source": "en", "target": "ar", "model": "opus-mt-en-arr"}, ModelError, "opus-mt-en-ar"),
        ({"source": "en", "target": "ar", "model": "a", "profile": "fast"}, UsageError, "not both"),
        ({"source": "en", "target": "ar", "profile": "fast", "offline": True}, NetworkError, "models pull"),
    ],
)
def test_what_makes_no_sense_is_said_so(arguments: dict, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        translate.load(**arguments)


@pytest.mark.parametrize("text", ["", " \n ", "1,300", "<p></p>"])
def test_nothing_to_translate_is_an_input_error(en_ar: Translator, text: str) -> None:
    with pytest.raises(InputError):
        en_ar.translate(text)


NEWS = (
    "A fire broke out in a grain store near the harbour on Monday. "
    "The Health Ministry said 12 people had been injured. "
    'Samir Haddad, a resident, said: "The brutal regime left us alone." '
    "The Courier could not confirm how many people were inside."
)


def test_a_summary_is_in_the_articles_language_without_any_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.api.resolve", None)
    result = translate.summarize(NEWS, budget=Budget(sentences=2))
    (summary,) = result.summaries
    assert summary.language == "en" and len(summary.sentences) == 2 and result.summarized.models == ()
    assert all(f"[{one.grounds[0]}" in result.text for one in summary.sentences)
    assert result.html.startswith("<!doctype html>") and json.loads(result.json)["summaries"][0]["text"] == summary.text


def test_a_summary_is_translated_sentence_by_sentence(en_ar: Translator) -> None:
    asked = []
    result = translate.summarize(NEWS, to=("ar", "English", "ar"), translator=lambda *pair: asked.append(pair) or en_ar)
    arabic, english = result.summaries
    assert asked == [("en", "ar")] and (arabic.language, english.language) == ("ar", "en")
    assert result.summarized.models == en_ar.models
    assert [one.original for one in arabic.sentences] == [one.text for one in english.sentences]
    assert [one.grounds for one in arabic.sentences] == [one.grounds for one in english.sentences]
    assert all(re.search("[\u0621-\u064a]{2}", one.text) for one in arabic.sentences)


@pytest.mark.parametrize(
    ("article", "options", "error"),
    [
        ("", {}, InputError),
        ("Le maire a dit mardi que le pont serait fermé, car les travaux ont pris du retard.", {}, LanguageError),
        (NEWS, {"source": "fr"}, LanguageError),
        (NEWS, {"source": "ar"}, LanguageError),
        (NEWS, {"form": "poem"}, UsageError),
        (NEWS, {"to": "nonsense"}, LanguageError),
        (NEWS, {"method": "no-such-model"}, ModelError),
    ],
)
def test_what_cannot_be_summarised(article: str, options: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        translate.summarize(article, **options)


@pytest.mark.parametrize("before", ["", "import translate.summarize.types; ", "import translate.api; "])
def test_summarize_is_called_whatever_was_imported_before(before: str) -> None:
    # The function and the package that does its work share a name.
    code = f"{before}import translate; article = 'The mayor left the town on Monday.'; "
    code += "[print(len(translate.summarize(article).summaries)) for _ in range(2)]; "
    code += "from translate import summarize; print(len(summarize(article).summaries))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n1\n1\n"


class Writer:
    """A summariser that writes one faithful sentence and one with a number of its own."""

    use = ModelUse("writer", "x/y", "1", "terms", "scripted")
    writing = Writing()
    max_source = 500

    def count(self, text: str) -> int:
        return len(text.split())

    def generate(self, texts: list[str], writing: Writing | None = None) -> list[str]:
        return [
            "The Health Ministry said 12 people had been injured. The Health Ministry said 90 people had been injured."
        ]


def test_what_a_model_writes_must_pass_the_gate() -> None:
    result = translate.summarize(NEWS, method=Writer())
    (summary,) = result.summaries
    assert summary.method == "writer" and result.summarized.models == (Writer.use,)
    assert "12 people" in summary.text and "90" not in summary.text
    assert [refusal.reasons[0].fault for refusal in summary.refusals] == [Fault.NEW_NUMBER]
    assert "Refused: 1 of" in result.text and "90 people" in result.html and "90 people" in result.json


def test_a_translator_is_no_summariser() -> None:
    with pytest.raises(ModelError, match="writes no summaries"):
        translate.load_summarizer("opus-mt-tc-big-en-ar", "en", offline=True)
    with pytest.raises(NetworkError, match="distilbart"):
        translate.load_summarizer("distilbart-cnn-12-6", "en", offline=True)
