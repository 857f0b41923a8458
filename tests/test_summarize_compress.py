import re
from itertools import pairwise

import pytest
from articles import Line, article
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Span
from translate.summarize.compress import asides, for_headline, without
from translate.summarize.types import Found, Gender, Group, Harm, Speaker

HANA = Speaker("Hana", "Hana", Group.RESIDENT, gender=Gender.FEMALE)
WAFA = Speaker("وفاء", "وفاء", Group.RESIDENT, gender=Gender.FEMALE)


def shortened(line: Line, language: str = "en") -> str:
    claim = article(language, [line]).claim(1)
    return without(claim.text, asides(claim, language))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill (once the town's largest) burnt down.", "The mill burnt down."),
        ("The mill – a landmark – burnt down.", "The mill burnt down."),
        ("The mill, which stood by the weir, was lost.", "The mill was lost."),
        ("The mill, where flour was ground, has burnt down.", "The mill has burnt down."),
        ("Rain put out the fire in the mill, which stood by the weir.", "Rain put out the fire in the mill."),
        ("The mayor, whose father built it, will pay.", "The mayor will pay."),
    ],
)
def test_asides_of_english_go(text, expected):
    assert shortened(Line(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The mill which stood by the weir was lost.",
        "The mill, which stood by the weir, the bridge and the ford are gone.",
        "The miller, who lost his flour, his carts, left.",
        "The mill – a landmark – and the ford – a ruin – are gone.",
        "The mill (which was not insured) burnt down.",
        "The mill, which was reportedly insured, has burnt down.",
        "The mill, which was, the council said, insured, has burnt down.",
        "The mill – where 14 people slept – burnt down.",
        "The mill, which wasn't insured, was lost.",
        'The mill "(as was)" burnt down.',
        "The mill, a landmark, burnt down.",
        "On Monday, the mill burnt down.",
    ],
)
def test_what_may_matter_or_has_no_plain_end_stays(text):
    harm = Harm.KILLED if "14" in text else None
    assert shortened(Line(text, harm=harm)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hana, who sells bread, said the mill was full.", "Hana said the mill was full."),
        ("Hana, who sells bread, flour and salt, said the mill was full.", "Hana said the mill was full."),
        ("The mill was full, said Hana, who sells bread.", "The mill was full, said Hana."),
    ],
)
def test_a_speaker_and_their_verb_stay(text, expected):
    assert shortened(Line(text, HANA, "Hana", "said")) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (Line("احترقت المطحنة (وهي الأكبر في البلدة) فجرا."), "احترقت المطحنة فجرا."),
        (Line("احترقت المطحنة – وهي معلم قديم – فجر اليوم."), "احترقت المطحنة فجر اليوم."),
        (Line("أطفأ المطر حريق المطحنة، التي تقع قرب السد."), "أطفأ المطر حريق المطحنة."),
        (
            Line("قالت وفاء، وهي بائعة خبز، إن المطحنة كانت مليئة.", WAFA, "وفاء", "قالت"),
            "قالت وفاء إن المطحنة كانت مليئة.",
        ),
        (
            Line("قالت وفاء، التي تبيع الخبز: «كانت المطحنة مليئة».", WAFA, "وفاء", "قالت"),
            "قالت وفاء: «كانت المطحنة مليئة».",
        ),
        (Line("احترقت المطحنة، وهي لم تكن مؤمنة."), "احترقت المطحنة، وهي لم تكن مؤمنة."),
        (Line("احترقت المطحنة، التي ربما كانت مليئة."), "احترقت المطحنة، التي ربما كانت مليئة."),
        (Line("احترقت المطحنة، التي تقع قرب السد، والمخزن."), "احترقت المطحنة، التي تقع قرب السد، والمخزن."),
        (Line("احترقت المطحنة التي تقع قرب السد."), "احترقت المطحنة التي تقع قرب السد."),
    ],
)
def test_arabic(line, expected):
    assert shortened(line, "ar") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("On Monday, the mill by the weir burnt down.", "en", "the mill by the weir burnt down."),
        ("Sparks set the old mill alight, and the roof fell in.", "en", "Sparks set the old mill alight."),
        ("Sparks set the old mill alight, leaving the town in the dark.", "en", "Sparks set the old mill alight."),
        ("Sparks set the old mill alight, but the roof held.", "en", None),
        ("Sparks set mill, ford alight, and the roof fell in.", "en", None),
        ("Sparks set the old mill alight, and the roof may fall in.", "en", None),
        ("Sparks set the old mill alight, and nobody came.", "en", None),
        ("It burnt, and the roof fell in.", "en", None),
        ("أحرق مسلحون مطحنة البلدة فجر اليوم، وأغلقوا الطريق.", "ar", "أحرق مسلحون مطحنة البلدة فجر اليوم."),
        ("أحرق مسلحون مطحنة البلدة فجر اليوم، ولم يأت أحد.", "ar", None),
        ("أحرق مسلحون مطحنة البلدة فجر اليوم، لكن الطريق مفتوح.", "ar", None),
    ],
)
def test_a_headline_can_do_without_more(text, language, expected):
    claim = article(language, [Line(text)]).claim(1)
    assert without(text, for_headline(claim, language)) == (expected or text)


PIECES = st.sampled_from(
    ["The mill", ", which burnt,", " was", " (so)", " –", " not", " 14 men", ",", ' "Go"', " Hana said", " may", "."]
)


@given(st.lists(PIECES, min_size=1, max_size=14).map("".join))
def test_asides_are_disjoint_and_spare_what_a_claim_rests_on(text):
    speaker = (
        {"speaker": HANA, "mention": "Hana", "verb": "said", "found": Found.EXPLICIT}
        if re.search(r"\bHana said\b", text)
        else {}
    )
    claim = article("en", [Line(text, **speaker)]).claim(1)
    spans = asides(claim, "en")
    assert list(spans) == sorted(spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    kept = [*(hedge.span for hedge in claim.hedges), *claim.quotations, *([claim.verb] if claim.verb else [])]
    assert not any(span.overlaps(other) for span in spans for other in kept)
    assert "not" in without(text, spans) or "not" not in text


def test_without_takes_parts_in_any_order():
    assert without("one two three", (Span(8, 13), Span(0, 4))) == "two "
