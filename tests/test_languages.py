import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import LanguageError
from translate.languages import (
    _SHARED,
    NEWS,
    _classifier,
    direction,
    identify,
    in_script,
    likelihood,
    name,
    normalise,
    ranked,
    script,
    script_ratio,
    wrong_language,
)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("ar", "ar"),
        ("AR", "ar"),
        ("ar-EG", "ar"),
        ("ar_SA", "ar"),
        ("ara", "ar"),
        ("arb_Arab", "ar"),
        ("arabic", "ar"),
        ("Arabic", "ar"),
        ("العربية", "ar"),
        ("اللغة  العربية", "ar"),
        ("ar-Latn", "ar-Latn"),
        ("en", "en"),
        ("eng", "en"),
        ("eng_Latn", "en"),
        ("en-GB-oxendict", "en"),
        (" English ", "en"),
        ("الإنجليزية", "en"),
        ("fra", "fr"),
        ("French", "fr"),
        ("الفرنسية", "fr"),
        ("pt-BR", "pt"),
        ("zho_Hans", "zh"),
        ("zh-Hant-TW", "zh-Hant"),
        ("pes", "fa"),
        ("iw", "he"),
        ("ckb", "ckb"),
        ("es-419", "es"),
    ],
)
def test_normalise(given, code):
    assert normalise(given) == code
    assert normalise(code) == code


@pytest.mark.parametrize("unknown", ["", " ", "xx", "qqq", "e", "und", "mul", "123", "ar_", "klingonish", "en/ar"])
def test_unknown_languages_are_refused_with_examples(unknown):
    with pytest.raises(LanguageError, match=r"ar \(Arabic\), en \(English\)") as caught:
        normalise(unknown)
    assert repr(unknown) in str(caught.value)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("code", "english", "arabic", "written", "way"),
    [
        ("ar", "Arabic", "العربية", "Arab", "rtl"),
        ("en", "English", "الإنجليزية", "Latn", "ltr"),
        ("fa", "Persian", "الفارسية", "Arab", "rtl"),
        ("he", "Hebrew", "العبرية", "Hebr", "rtl"),
        ("ru", "Russian", "الروسية", "Cyrl", "ltr"),
        ("ar-Latn", "Arabic (Latn)", "العربية (Latn)", "Latn", "ltr"),
        ("zh-Hant", "Chinese (Hant)", "الصينية (Hant)", "Hant", "ltr"),
    ],
)
def test_names_scripts_directions(code, english, arabic, written, way):
    assert name(code) == english
    assert name(code, "ar") == arabic
    assert script(code) == written
    assert direction(code) == way


@pytest.mark.parametrize(
    ("text", "of", "ratio"),
    [
        ("", "Arab", None),
        ("12 – 34٪", "Arab", None),
        ("سلام", "Arab", 1.0),
        ("سَلَامٌ", "Arab", 1.0),
        ("سلام abcd", "Arab", 0.5),
        ("سلام abcd", "Latn", 0.5),
        ("été", "Latn", 1.0),
        ("мир", "Cyrl", 1.0),
        ("বাংলা", "Beng", 1.0),
        ("漢字かな", "Jpan", 1.0),
    ],
)
def test_script_ratio(text, of, ratio):
    assert script_ratio(text, of) == ratio


def test_in_script():
    assert in_script("انتهى الاجتماع في Geneva", "ar")
    assert not in_script("The meeting ended in جنيف", "ar")
    assert in_script("12:30", "ar")
    assert in_script("12:30", "en")


@pytest.mark.parametrize(
    ("text", "candidates", "language"),
    [
        ("عاد الصيادون إلى الميناء", ("en", "ar"), "ar"),
        ("The fishermen came back", ("en", "ar"), "en"),
        ("The fishermen came back to the harbour", ("ar",), None),
        ("https://example.org/a 12 @handle", ("en", "ar"), None),
        ("1,300", ("en", "ar"), None),
        ("Les pêcheurs sont rentrés au port avant la nuit", ("en", "fr", "ar"), "fr"),
        ("The fishermen came back to the harbour before night", ("en", "fr", "ar"), "en"),
        ("ماهیگیران پیش از شب به بندر بازگشتند", ("ar", "fa", "en"), "fa"),
        ("", ("en",), None),
        ("text", (), None),
    ],
)
def test_identify(text, candidates, language):
    assert identify(text, candidates) == language


@pytest.mark.parametrize(
    ("text", "expected", "wrong"),
    [
        ("عاد الصيادون إلى الميناء.", "ar", False),
        ("استخدم Windows أو Linux في المكتب", "ar", False),
        ("من يملك Harborside Boatworks؟", "ar", False),
        ("The fishermen came back.", "ar", True),
        ("عاد the fishermen to the harbour again", "ar", True),
        ("Harborside Boatworks", "ar", False),
        ("COVID-19", "ar", False),
        ("1,300 – 45%", "ar", False),
        ("https://example.org/some/long/english/path", "ar", False),
        ("me@example.org", "ar", False),
        ("", "ar", False),
        ("The fishermen came back.", "en", False),
        ("عاد الصيادون إلى الميناء.", "en", True),
        ("The fishermen came back إلى الميناء before night.", "en", True),
        ("Peace be upon him (ﷺ), said the old man at the gate.", "en", False),
        ("1,300", "en", False),
    ],
)
def test_wrong_language_between_arabic_and_english(text, expected, wrong):
    assert wrong_language(text, expected, "en" if expected == "ar" else "ar") is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Les pêcheurs sont rentrés au port avant la nuit", False),
        ("The fishermen came back to the harbour before night", True),
        ("Harborside Boatworks", False),
        ("عاد الصيادون إلى الميناء قبل الليل", True),
    ],
)
def test_wrong_language_within_one_script(text, wrong):
    assert wrong_language(text, "fr", "en") is wrong


def test_the_same_language_is_never_wrong():
    assert not wrong_language("The fishermen came back.", "en", "en-GB")


@given(st.text())
def test_any_text_is_judged(text):
    assert identify(text, ("en", "ar")) in ("en", "ar", None)
    assert wrong_language(text, "ar", "en") in (True, False)
    assert wrong_language(text, "en", "ar") in (True, False)
    ratio = script_ratio(text, "Arab")
    assert ratio is None or 0 <= ratio <= 1


def test_english_and_arabic_load_neither_locale_data_nor_a_model():
    code = (
        "import sys; from translate.languages import *; "
        "normalise('ARB'), name('en', 'ar'), direction('ar'), identify('a ب', ['en', 'ar']), "
        "wrong_language('ab', 'ar', 'en'); "
        "sys.exit(any(m in sys.modules for m in ('babel', 'py3langid', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "language", "likely"),
    [
        ("Nobody knows who fired first in the old town.", "en", True),
        ("Nobody knows who fired first in the old town.", "fr", False),
        ("Le maire refuse de répondre aux questions des journalistes.", "en", False),
        ("لا أحد يعرف من أطلق النار أولا في المدينة القديمة.", "ar", True),
        ("پلیس دو مرد را نزدیک مرز بازداشت کرد.", "ar", False),
        ("Ministeren sa torsdag at samtalene ville fortsette.", "nb", True),
    ],
)
def test_likelihood(text: str, language: str, likely: bool) -> None:
    found = likelihood(text, language)
    assert found is not None and (found > 0.5) is likely


def test_no_likelihood_of_a_language_that_is_not_in_the_model() -> None:
    assert likelihood("Nobody knows.", "yi") is None


ENGLISH = "The fishermen came back to the harbour before night, and nobody asked them where they had been."
ARABIC = "عاد الصيادون إلى الميناء قبل الليل، ولم يسألهم أحد أين كانوا."
FRENCH = "Les pêcheurs sont rentrés au port avant la nuit, et personne ne leur a demandé où ils étaient."
PERSIAN = "ماهیگیران پیش از شب به بندر بازگشتند و کسی از آنها نپرسید کجا بوده‌اند."
HEBREW = "הדייגים חזרו לנמל לפני הלילה"


@pytest.mark.parametrize("among", [NEWS, ("en", "ar"), ("ar", "fr", "en", "zh")])
@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (ARABIC, "ar")])
def test_an_ordinary_sentence_is_ranked_with_confidence(text: str, language: str, among: tuple[str, ...]) -> None:
    (found, confidence), *rest = ranked(text, among)
    assert found == language
    assert confidence > 0.9
    assert all(other < 0.1 for _, other in rest)


@pytest.mark.parametrize(
    ("text", "among", "first"),
    [
        (FRENCH, NEWS, ("fr", 0.9, 1.0)),
        (PERSIAN, NEWS, ("fa", 0.9, 1.0)),
        (PERSIAN, ("en", "ar"), None),
        (FRENCH, ("en", "ar"), None),
        ("Los pescadores volvieron al puerto antes de la noche", ("en", "ar"), None),
        ("وزیر نے کہا کہ بات چیت جاری رہے گی", ("en", "ar"), None),
        ("Министр сказал", ("en", "ar"), None),
        (HEBREW, ("en", "he"), ("he", 1.0, 1.0)),
        ("ש", ("en", "he"), ("he", 1.0, 1.0)),
        (HEBREW, ("en", "ar"), None),
        ("Hello", ("en", "ar"), ("en", 0.001, 0.5)),
        ("No", ("en", "ar"), ("en", 0.001, 0.5)),
        (f"{ENGLISH} {ARABIC}", ("en", "ar"), ("en", 0.5, 0.7)),
        ("漁師たちは夜になる前に港へ戻った", ("zh", "ja", "zh-Hant"), ("ja", 0.9, 1.0)),
        ("渔民们在天黑之前回到了港口", ("ja", "zh"), ("zh", 0.5, 1.0)),
        ("12:30 – 45%", NEWS, None),
        ("https://example.org/some/path me@example.org", NEWS, None),
        ("", NEWS, None),
        (ENGLISH, (), None),
    ],
)
def test_ranked(text: str, among: tuple[str, ...], first: tuple[str, float, float] | None) -> None:
    found = ranked(text, among)
    if first is None:
        assert found == ()
    else:
        assert found[0][0] == first[0]
        assert first[1] <= found[0][1] <= first[2]


def test_a_text_in_two_languages_has_a_share_of_each() -> None:
    shares = dict(ranked(f"{ENGLISH} {ARABIC}"))
    assert shares["en"] > 0.4
    assert shares["ar"] > 0.2


def test_dialects_count_for_their_language_unless_they_are_asked_for() -> None:
    (_, together), *_ = ranked(ARABIC, ("ar",))
    apart = dict(ranked(ARABIC, ("ar", "arz")))
    assert apart["ar"] < together
    assert sum(apart.values()) == pytest.approx(together)


def test_codes_come_back_as_bcp_47_and_unknown_ones_are_refused() -> None:
    assert [code for code, _ in ranked(ENGLISH, ("English", "en-GB"))] == ["en"]
    with pytest.raises(LanguageError):
        ranked(ENGLISH, ("en", "klingonish"))


@given(st.text(max_size=60), st.lists(st.sampled_from([*NEWS, "ja", "zh", "zh-Hant", "no", "nb", "nn", "arz"])))
def test_confidences_are_a_part_of_one(text: str, among: list[str]) -> None:
    found = ranked(text, among)
    assert {code for code, _ in found} <= set(among)
    assert len({code for code, _ in found}) == len(found)
    confidences = [confidence for _, confidence in found]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < confidence <= 1 for confidence in confidences)
    assert sum(confidences) <= 1 + 1e-9
    assert bool(found) <= any(map(str.isalpha, text))


def test_scripts_that_decide_are_those_of_one_language() -> None:
    seen: dict[str, list[str]] = {}
    for label in _classifier().labels:
        try:
            seen.setdefault(script(label), []).append(label)
        except LanguageError:
            continue  # ancient, or too small for CLDR
    several = {one for one, labels in seen.items() if len(labels) > 1}
    assert several - _SHARED == {"Grek"}  # the other one is ancient Greek
    assert _SHARED - several == {"Hant", "Jpan"}  # whose letters are those of Hans


def test_where_a_script_decides_no_model_is_loaded() -> None:
    code = (
        "import sys; from translate.languages import ranked; "
        "found = [ranked(text, ['en', 'ar', 'he', 'el']) for text in ('\u05d0\u05d1', '\u03b1\u03b2', '12', '')]; "
        "sys.exit('py3langid' in sys.modules or [len(one) for one in found] != [1, 1, 0, 0])"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_ranking_is_fast() -> None:
    text = (ENGLISH * 3)[:200]
    ranked(text)  # loads the model
    took = []
    for _ in range(20):
        began = time.perf_counter()
        ranked(text)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.002
