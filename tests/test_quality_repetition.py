"""What is said again and again is found, and what is said twice for a reason is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.quality import Pair, settings
from translate.quality.repetition import find

SOURCE = "The minister told reporters on Monday that the bridge would open again before winter."
TARGET = "قال الوزير للصحفيين يوم الاثنين إن الجسر سيفتح من جديد قبل حلول الشتاء."


def found(source: str, target: str, languages: str = "en-ar") -> list[tuple[str, str]]:
    pair = Pair(source, target, *languages.split("-"))
    return [(f.kind, f.target.of(target)) for f in find(pair, settings()["repetition"].limits) if f.target]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (SOURCE, TARGET, []),
        ("He left.", "He left the the house.", [("word", "the")]),
        (
            "وصل إلى هنا.",
            "He came and he came and he came and he came here.",
            [("loop", "He came and he came and he came and he")],
        ),
        (SOURCE, "قال الوزير إن الجسر إن الجسر سيفتح.", [("phrase", "إن الجسر")]),
        ("It rained.", "أمطرت أمطرت السماء.", [("word", "أمطرت")]),
        ("It rained.", "هطلتتتتتتتتتت", [("stutter", "تتتتتتتتتت")]),
        ("It rained.", "بلابلابلابلابلابلا", [("stutter", "بلابلابلابلابلابلا")]),
        # by right: a new sentence, a name in brackets, particles, spelled letters, measures, grammar
        ("x", "They chose the guru. The guru was old.", []),
        ("The WHO (WHO) said so.", "قالت منظمة الصحة العالمية (منظمة الصحة العالمية) ذلك.", []),
        ("Why did you not call?", "لم لم تتصل؟", []),
        ("The BBC reported.", "ذكرت بي بي سي.", []),
        ("A 6 by 6 cm film.", "فيلم 6 × 6 سم.", []),
        ("x", "She had had enough.", []),
        # the source repeats itself, too
        ("Never, never again.", "أبدا، أبدا لن يتكرر.", []),
        ("Step by step by step by step by step by step.", "خطوة بخطوة.", []),
        ("go on go on go on go on go on go on", "امض قدما امض قدما امض قدما امض قدما امض قدما", []),
        ("", "", []),
    ],
)
def test_table(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    assert found(source, target) == expected


@given(st.integers(0, 8), st.integers(3, 6))
def test_a_phrase_said_twice_is_always_seen(start: int, length: int) -> None:
    words = TARGET.split()
    start = min(start, len(words) - length)
    phrase = words[start : start + length]
    assert [kind for kind, _ in found(SOURCE, " ".join([*words[:start], *phrase, *words[start:]]))] == ["phrase"]


@given(st.lists(st.sampled_from("alpha beta gamma delta".split()), max_size=20))
def test_a_translation_with_its_sources_own_words_repeats_no_more_than_it(words: list[str]) -> None:
    text = " ".join(words)
    assert not found(text, text, "en-fr")
