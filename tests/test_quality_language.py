"""What was not translated, or into another language, is found; names, terms and quotations may stay."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from translate.align.faults import must_change
from translate.quality import Pair, settings
from translate.quality.language import find

ENGLISH = [
    "The minister said the talks would go on for another week.",
    "More than fifty people were hurt when a roof fell in, doctors told us.",
    "Schools in the north will open again in September.",
    "Nobody knows who fired first, according to Nadia Haddad.",
]
ARABIC = [
    "قال الوزير إن المحادثات ستستمر أسبوعا آخر.",
    "أصيب أكثر من خمسين شخصا عندما انهار سقف، بحسب ما أخبرنا به أطباء.",
    "ستفتح المدارس في الشمال أبوابها من جديد في سبتمبر.",
    "لا أحد يعرف من أطلق النار أولا، وفق نادية حداد.",
]
FOREIGN = {
    "fr": (
        "Le maire refuse de répondre aux questions des journalistes.",
        "Les prix du pain ont encore augmenté cet hiver.",
        "Nous ne savons pas encore qui a gagné.",
    ),
    "es": (
        "Mi hermana trabaja en un hospital de Madrid.",
        "Las escuelas abrirán otra vez en septiembre.",
        "Los vecinos dicen que nadie les avisó del corte de agua.",
    ),
    "de": ("Die Stadt hat kein Geld für eine neue Schule.", "Niemand wusste, warum der Zug so spät kam."),
    "nl": ("De minister zei donderdag dat de gesprekken zouden doorgaan.",),
    "tr": ("Yağmur yüzünden birçok yol trafiğe kapandı.",),
    "fa": (
        "قیمت نان در این زمستان دوباره بالا رفته است.",
        "پلیس دو مرد را نزدیک مرز بازداشت کرد.",
        "ما هنوز نمی‌دانیم چه کسی برنده شده است.",
    ),
    "ur": ("میری بہن لاہور کے ایک ہسپتال میں کام کرتی ہے۔",),
}


def kinds(source: str, target: str, languages: str = "en-ar") -> list[str]:
    pair = Pair(source, target, *languages.split("-"))
    return [finding.kind for finding in find(pair, settings()["language"].limits)]


@pytest.mark.parametrize(("english", "arabic"), list(zip(ENGLISH, ARABIC, strict=True)))
def test_translations_pass_and_copies_do_not(english: str, arabic: str) -> None:
    assert kinds(english, arabic) == [] == kinds(arabic, english, "ar-en")
    assert kinds(english, english) == ["untranslated"] == kinds(arabic, arabic, "ar-en")
    assert kinds(english, english.upper().rstrip(".")) == ["untranslated"]
    assert kinds(english, f"{english[:-1]} then.") == ["untranslated"]


@pytest.mark.parametrize("text", [text for texts in FOREIGN.values() for text in texts])
@pytest.mark.parametrize("languages", ["en-ar", "ar-en"])
def test_a_third_language_is_wrong(text: str, languages: str) -> None:
    source = (ENGLISH if languages == "en-ar" else ARABIC)[0]
    assert kinds(source, text, languages) == ["wrong"]


@pytest.mark.parametrize(("english", "arabic"), list(zip(ENGLISH, ARABIC, strict=True)))
def test_another_sentence_of_the_sources_language_is_wrong(english: str, arabic: str) -> None:
    assert kinds("It rained all night in the hills.", english) == ["wrong"]
    assert kinds("هطل المطر طوال الليل على التلال.", arabic, "ar-en") == ["wrong"]


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        ("They swore vengeance.", "أقسموا على vengeance.", [("mixed", "vengeance")]),
        (
            "They swore vengeance. He had left the old town before dawn.",
            "أقسموا على الثأر. He had left the old town before dawn.",
            [("partial", "He had left the old town before dawn")],
        ),
        ("He uses an iPhone in the BBC's London office.", "يستعمل iPhone في مكتب BBC في لندن.", []),
        ("See bbc.com/arabic or write to desk@news.example.", "انظر bbc.com/arabic أو راسل desk@news.example.", []),
        ("The ship was 20 km off.", "كانت السفينة على بعد 20 km.", []),
        ("The word “cella” means a room.", "تعني كلمة “cella” غرفة.", []),
        ("Vincent van Gogh painted it.", "رسمها Vincent van Gogh.", [("mixed", "Vincent van Gogh")]),
    ],
)
def test_english_left_in_arabic(source: str, target: str, left: list[tuple[str, str]]) -> None:
    pair = Pair(source, target, "en", "ar")
    findings = find(pair, settings()["language"].limits)
    assert [(f.kind, f.target.of(target)) for f in findings if f.target] == left


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("He spoke of the محادثات on Monday.", ["mixed"]),
        ("He spoke of the talks on Monday, قال الوزير إن المحادثات ستستمر.", ["partial"]),
        ("The Prophet (ﷺ) said so.", []),
        ("The word «محادثات» means talks.", []),
    ],
)
def test_arabic_left_in_english(target: str, expected: list[str]) -> None:
    assert kinds("تحدث عن المحادثات يوم الاثنين.", target, "ar-en") == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("London, Paris", "London, Paris"),
        ("12:30", "12:30"),
        ("BBC News", "BBC News"),
        ("https://news.example/a", "https://news.example/a"),
        ("Yes.", ""),
        ("...", "..."),
        ("Livingston 1 - 0 Rangers", "ليفينغستون 1 - 0 رينجرز"),
    ],
)
def test_what_need_not_change(source: str, target: str) -> None:
    assert kinds(source, target) == []


@pytest.mark.parametrize(
    ("languages", "source", "target", "expected"),
    [
        ("en-fr", ENGLISH[0], FOREIGN["fr"][0], []),
        ("fr-en", FOREIGN["fr"][0], ENGLISH[0], []),
        ("en-fr", ENGLISH[0], ENGLISH[0], ["untranslated"]),
        ("en-fr", ENGLISH[0], ENGLISH[1], ["wrong"]),
        ("en-fr", ENGLISH[0], FOREIGN["es"][0], ["wrong"]),
        ("en-fr", ENGLISH[0], ARABIC[0], ["wrong"]),
        ("ar-fa", ARABIC[0], FOREIGN["fa"][0], []),
        ("ar-fa", ARABIC[0], ARABIC[1], ["wrong"]),
        ("en-en", ENGLISH[0], ENGLISH[0], []),
    ],
)
def test_other_pairs(languages: str, source: str, target: str, expected: list[str]) -> None:
    assert kinds(source, target, languages) == expected


@given(st.text(max_size=60), st.sampled_from(["en-ar", "ar-en", "en-fr"]))
def test_a_copied_source_is_always_seen(text: str, languages: str) -> None:
    assume(must_change(text))
    assert kinds(text, text, languages) == ["untranslated"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_is_too_odd(source: str, target: str) -> None:
    kinds(source, target)
    kinds(source, target, "ar-en")
