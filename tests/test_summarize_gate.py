"""The gate: what a model may not do to an article, one misdeed a case, and what it may."""

from __future__ import annotations

from functools import lru_cache

import pytest

from benchmarks import gate as benchmark
from translate.summarize.gate import Gate, Verdict, exchanged
from translate.summarize.summary import Fault
from translate.summarize.types import Article
from translate.summarize.understand import understand

ENGLISH = (
    "Gunmen attacked a convoy on the road between Tal Zahra and the border on Monday.",
    "The Defence Ministry said 14 soldiers were killed and 6 vehicles burned.",
    '"They came from both sides and nobody warned us," driver Hani Qabbani told the newspaper Al Nahar.',
    "The Coastal Rights Centre reported more than 40 dead, among them 9 civilians, and said it could not confirm the "
    "ministry's figures.",
    "Residents said the attackers were reportedly led by a former officer, Ziad Murr.",
    "The ministry has not opened an inquiry.",
    "Prime Minister Salwa Deeb cancelled a visit to Rome.",
)
ARABIC = (
    "هاجم مسلحون قافلة على الطريق بين بلدة تل الزهرة والحدود يوم الاثنين.",
    "وقالت وزارة الدفاع إن 14 جنديا قتلوا وأحرقت 6 مركبات.",
    "وقال السائق هاني قباني: «جاؤوا من الجهتين ولم يحذرنا أحد».",
    "وذكر مركز الحقوق الساحلي أن أكثر من 40 شخصا قتلوا بينهم 9 مدنيين، وأضاف أنه لم يتمكن من التحقق من أرقام الوزارة.",
    "وقال سكان إن ضابطا سابقا قد يكون قاد المهاجمين.",
    "ولم تفتح الوزارة تحقيقا.",
    "وألغت رئيسة الوزراء سلوى ديب زيارة إلى روما.",
)


@lru_cache(maxsize=2)
def gate(language: str) -> Gate:
    return Gate(understand(ENGLISH if language == "en" else ARABIC, language))


def judge(text: str, language: str) -> Verdict:
    return gate(language).judge(understand([text], language).claims[0])


def faults(text: str, language: str) -> set[Fault]:
    return {reason.fault for reason in judge(text, language).reasons}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Gunmen attacked a convoy between Tal Zahra and the border on Monday."),
        ("en", "Fourteen soldiers were killed and six vehicles burned, according to the Defence Ministry."),
        ("en", 'Driver Hani Qabbani said "nobody warned us".'),
        ("en", "The Coastal Rights Centre said over 40 people were dead, 9 of them civilians, but it could not confirm "
               "the ministry's figures."),
        ("en", "According to residents, the attackers were reportedly led by Ziad Murr, a former officer."),
        ("en", "No inquiry has been opened by the ministry."),
        ("en", "Salwa Deeb, the prime minister, cancelled a visit to Rome."),
        ("ar", "هاجم مسلحون قافلة بين تل الزهرة والحدود الاثنين."),
        ("ar", "قتل 14 جنديا وأحرقت ست مركبات، وفقا لوزارة الدفاع."),
        ("ar", "قال السائق هاني قباني إن المهاجمين «جاؤوا من الجهتين»."),
        ("ar", "لم تفتح الوزارة تحقيقا في الهجوم."),
        ("ar", "ألغت سلوى ديب زيارة إلى روما."),
    ],
)  # fmt: skip
def test_a_faithful_account_stands(language: str, text: str) -> None:
    verdict = judge(text, language)
    assert verdict.stands, verdict.reasons


@pytest.mark.parametrize(
    ("fault", "language", "text"),
    [
        # a number, a name, a speaker in another's place
        (Fault.NEW_NUMBER, "en", "The Defence Ministry said 41 soldiers were killed and 6 vehicles burned."),
        (Fault.NEW_NUMBER, "en", "The Defence Ministry said 6 soldiers were killed and 14 vehicles burned."),
        (
            Fault.NEW_NUMBER,
            "en",
            "The Coastal Rights Centre reported fewer than 40 dead and could not confirm.",
        ),
        (Fault.NEW_NUMBER, "ar", "قالت وزارة الدفاع إن 15 جنديا قتلوا وأحرقت 6 مركبات."),
        (Fault.NEW_NUMBER, "ar", "قالت وزارة الدفاع إن 6 جنود قتلوا وأحرقت 14 مركبة."),
        (Fault.NEW_NAME, "en", "Gunmen attacked a convoy between Aleppo and the border on Monday."),
        (Fault.NEW_NAME, "en", "Gunmen attacked a convoy between Rome and the border on Monday."),
        (Fault.NEW_NAME, "en", "Gunmen attacked a convoy between Tal Zahra and the border on Tuesday."),
        (Fault.NEW_NAME, "ar", "ألغت رئيسة الوزراء سلوى ديب زيارة إلى باريس."),
        (Fault.LOST_SPEAKER, "en", "The Coastal Rights Centre said 14 soldiers were killed and 6 vehicles burned."),
        (Fault.LOST_SPEAKER, "en", "Hani Qabbani said the attackers were reportedly led by a former officer."),
        (Fault.LOST_SPEAKER, "ar", "قال مركز الحقوق الساحلي إن 14 جنديا قتلوا وأحرقت 6 مركبات."),
        # nobody speaks any more
        (Fault.LOST_SPEAKER, "en", "Fourteen soldiers were killed and six vehicles burned."),
        (Fault.LOST_SPEAKER, "en", "He said 14 soldiers were killed and 6 vehicles burned."),
        (Fault.LOST_SPEAKER, "ar", "قتل 14 جنديا وأحرقت 6 مركبات."),
        # a speaker for what the reporter says
        (Fault.LOST_SPEAKER, "en", "Residents said Prime Minister Salwa Deeb cancelled a visit to Rome."),
        # what was open is certain
        (Fault.LOST_HEDGE, "en", "Residents said the attackers were led by Ziad Murr, a former officer."),
        (Fault.LOST_HEDGE, "ar", "قال سكان إن ضابطا سابقا قاد المهاجمين."),
        # loaded words
        (Fault.LOADED, "en", "Gunmen attacked a convoy in a cowardly raid between Tal Zahra and the border on Monday."),
        (Fault.LOADED, "ar", "هاجم مسلحون قافلة في هجوم همجي بين بلدة تل الزهرة والحدود يوم الاثنين."),
        # what was denied
        (Fault.CONTRADICTION, "en", "The ministry has opened an inquiry."),
        (Fault.CONTRADICTION, "en", "Prime Minister Salwa Deeb has not cancelled a visit to Rome."),
        (Fault.CONTRADICTION, "ar", "فتحت الوزارة تحقيقا."),
        (Fault.CONTRADICTION, "ar", "لم تلغ رئيسة الوزراء سلوى ديب زيارة إلى روما."),
        # inventions
        (Fault.UNGROUNDED, "en", "Farmers expect a poor olive harvest after the dry spring."),
        (Fault.UNGROUNDED, "ar", "يتوقع المزارعون موسما ضعيفا للزيتون بعد ربيع جاف."),
        (Fault.NOT_QUOTED, "en", 'Driver Hani Qabbani told the newspaper Al Nahar "they wanted to kill us".'),
        (Fault.NOT_QUOTED, "ar", "قال السائق هاني قباني إنهم «أرادوا قتلنا» وجاؤوا من الجهتين."),
    ],
)
def test_a_misdeed_is_refused_for_what_it_is(fault: Fault, language: str, text: str) -> None:
    assert fault in faults(text, language)


def test_every_reason_is_given() -> None:
    found = faults("In a barbaric attack 99 soldiers were killed and 6 vehicles burned in Aleppo.", "en")
    assert found == {Fault.NEW_NUMBER, Fault.NEW_NAME, Fault.LOST_SPEAKER, Fault.LOADED}


def test_a_reason_names_the_words() -> None:
    (reason,) = judge("The Defence Ministry said 41 soldiers were killed and 6 vehicles burned.", "en").reasons
    assert reason.words == "41"


def test_loaded_words_within_quotation_marks_stay_their_speakers() -> None:
    article = understand(['"It was a massacre," said farmer Adel Nimr.'], "en")
    verdict = Gate(article).judge(understand(['Farmer Adel Nimr said "it was a massacre".'], "en").claims[0])
    assert verdict.stands


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sentence_of_an_article_stands_against_it(language: str) -> None:
    article: Article = gate(language).article
    for claim in article.claims:
        assert gate(language).judge(claim).stands, gate(language).judge(claim).reasons


@pytest.mark.parametrize(
    ("text", "there", "expected"),
    [
        ("passed by 31 votes to 84", "approved by 84 votes to 31 on Monday", ["31", "84"]),
        ("by 84 votes to 31", "approved by 84 votes to 31 on Monday", []),
        ("killed 9 civilians among 40 dead", "reported 40 dead, among them 9 civilians", []),
        ("killed 40 civilians among 9 dead", "reported 40 dead, among them 9 civilians", ["40", "9"]),
        ("12 and 12", "12 and 13", []),
    ],
)
def test_numbers_in_each_others_places(text: str, there: str, expected: list[str]) -> None:
    assert [value.span.of(text) for value in exchanged(text, [there], "en")] == expected


# The paraphrases: our own data, and the figures that the gate must keep


@pytest.fixture(scope="module")
def outcome() -> benchmark.Outcome:
    return benchmark.evaluate(benchmark.read_pairs())


def test_the_data_has_both_languages_and_enough_of_them() -> None:
    pairs = benchmark.read_pairs()
    assert sum(pair.language == "en" for pair in pairs) >= 30
    assert sum(pair.language == "ar" for pair in pairs) >= 30
    assert {pair.split for pair in pairs} == {"dev", "test"}


@pytest.mark.parametrize("split", ["dev", "test"])
def test_injected_faults_are_caught(split: str, outcome: benchmark.Outcome) -> None:
    caught, _, total = outcome.of(split).caught()
    assert caught / total >= 0.95, "\n".join(benchmark.missed(outcome.of(split)))


@pytest.mark.parametrize("split", ["dev", "test"])
def test_faithful_paraphrases_stand(split: str, outcome: benchmark.Outcome) -> None:
    refused, total = outcome.of(split).refused()
    assert refused / total <= 0.05, "\n".join(benchmark.missed(outcome.of(split)))
