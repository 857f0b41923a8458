import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.casing import learn, raise_case, recase
from translate.document import Span

KNOWN = {"assad": "Assad", "hts": "HTS", "latakia": "Latakia", "marwa": "Marwa", "toolong": "Too long"}


@pytest.mark.parametrize(
    ("capitals", "expected"),
    [
        ("TWO DEAD AS FERRY SINKS OFF TUNISIA", "Two dead as ferry sinks off Tunisia"),
        ("SYRIA'S NEW RULERS FACE FIRST STRIKE", "Syria's new rulers face first strike"),
        ("AL ASSAD’S ALLIES LEAVE LATAKIA", "Al Assad’s allies leave Latakia"),
        ("HTS-LED FORCES ENTER TOWN, UN SAYS", "HTS-led forces enter town, UN says"),
        ("U.S. ENVOY MEETS EU LEADERS ON MONDAY", "U.S. envoy meets EU leaders on Monday"),
        ("WORLD WAR II SHELL FOUND IN SAUDI ARABIA", "World War II shell found in Saudi Arabia"),
        ("COVID-19 WARD SHUT; G20 MEETS AT 5PM", "Covid-19 ward shut; G20 meets at 5pm"),
        ("THE QUIET RIVER. WHERE DID IT GO? I ASKED", "The quiet river. Where did it go? I asked"),
        ("FERRY MAY SAIL ON MAY 5 OR IN MARCH", "Ferry may sail on May 5 or in March"),
        ("O'NEILL AND AL-HADDAD HOLD TALKS", "O'Neill and al-Haddad hold talks"),
        ("McDONALD'S SHUTS 12 BRANCHES", "McDonald's shuts 12 branches"),
        ("F-16 JETS STRIKE PRO-GOVERNMENT CONVOY", "F-16 jets strike pro-government convoy"),
        ('"WE WILL REBUILD," SAYS MARWA', '"We will rebuild," says Marwa'),
        ("MPS AND NGOS WARN UNICEF", "MPs and NGOs warn UNICEF"),
        ("BRUSSELS TOOLONG AGREES", "Brussels toolong agrees"),
        ("ПОТОП В СТОЛИЦЕ", "Потоп в столице"),
    ],
)
def test_a_headline_in_capitals_gets_sentence_case(capitals, expected):
    assert recase(capitals, KNOWN) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NATO",
        "FLOOD",
        "UN US",
        "USD EUR",
        "Two dead as ferry sinks",
        "The UN and NATO met in Geneva",
        "غرق عبارة قبالة السواحل",
        "12 : 30",
    ],
)
def test_other_texts_are_left_alone(text):
    assert recase(text, KNOWN) is None


@given(st.text(max_size=60))
def test_length_and_everything_but_case_stay(text):
    for variant in (text, raise_case(text)):
        found = recase(variant, KNOWN)
        if found is not None:
            assert len(found) == len(variant)
            assert found.casefold() == variant.casefold() or found.upper() == variant.upper()
    assert len(raise_case(text)) == len(text)


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ .,'-019", max_size=80))
def test_capitals_come_back(text):
    found = recase(text)
    assert found is None or raise_case(found) == text


def test_recase_keeps_what_is_protected():
    text = "READ THE FULL REPORT AT HTTPS://EXAMPLE.ORG/A TODAY"
    assert recase(text, keep=[Span(24, 45)]) == "Read the full report at HTTPS://EXAMPLE.ORG/A today"


def test_raise_case_keeps_addresses_and_lengths():
    assert raise_case("see example.org now", [Span(4, 15)]) == "SEE example.org NOW"
    assert raise_case("straße") == "STRAßE"
    assert raise_case("غرقت عبارة") == "غرقت عبارة"


def test_learn_takes_names_and_acronyms_within_sentences_only():
    learnt = learn(
        [
            "Yesterday the HTS convoy left. Residents saw Marwa leave, and Marwa's brother too.",
            'She said: "Nobody came." The UN did not, said Marwa. We saw the river.',
            "FLOOD HITS TOWN OF BASRIN",
            "Old Flood Hits The Quiet Town",
            "the town and Town, the town again",
        ]
    )
    assert learnt == {"hts": "HTS", "marwa": "Marwa", "un": "UN"} | {key: learnt[key] for key in learnt if key == "i"}
    assert recase("MARWA SAYS HTS LEFT", learnt) == "Marwa says HTS left"
