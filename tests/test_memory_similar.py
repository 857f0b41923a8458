"""Fuzzy matches: the index finds what comparing with everything finds."""

import random
import sqlite3

import pytest
from rapidfuzz import fuzz

from translate.document import Translation
from translate.memory import Entry, Memory, Origin

PAIR = ("en", "ar")
FILE = Origin("from-outside.tmx")
MODEL = Origin("a-model", "{}")


@pytest.fixture
def memory(own_memory: object) -> Memory:
    memory = Memory()
    texts = {
        "The council approved the budget on Monday.": None,
        "The council rejected the budget on Tuesday.": None,
        "Rain is expected in the north.": FILE,
        "The council approved the road on Monday.": MODEL,
    }
    memory.put(Entry(text, Translation("نص"), PAIR, origin) for text, origin in texts.items())
    return memory


@pytest.mark.parametrize(
    ("text", "options", "found"),
    [
        ("The council approved the budget on Sunday.", {}, ["approved the budget", "rejected the budget"]),
        ("The council approved the budget on Sunday.", {"most": 1}, ["approved the budget"]),
        ("The council approved the budget on Sunday.", {"cutoff": 90}, ["approved the budget"]),
        ("Rain is expected in the north!", {}, ["Rain"]),
        ("Rain", {}, []),
        ("", {}, []),
        ("Nothing of the kind was ever said here.", {}, []),
        ("The council approved the road on Monday.", {"everything": True, "most": 1}, ["the road"]),
        ("The council approved the road on Monday.", {"most": 1}, ["approved the budget"]),
        ('A "quoted" (AND) NEAR* word: OR-', {}, []),
    ],
)
def test_similar(memory: Memory, text: str, options: dict, found: list[str]) -> None:
    matches = memory.similar(text, PAIR, **options)
    assert len(matches) == len(found)
    assert all(part in match.entry.source for part, match in zip(found, matches, strict=True))
    assert [match.score for match in matches] == [
        pytest.approx(fuzz.ratio(text, match.entry.source)) for match in matches
    ]


def test_only_the_pair_that_was_asked_for(memory: Memory) -> None:
    assert memory.similar("Rain is expected in the north.", ("ar", "en")) == ()


def test_what_is_put_in_or_forgotten_later_counts(memory: Memory) -> None:
    text = "Snow fell on the hills in the night."
    assert memory.similar(text, PAIR) == ()
    memory.put([Entry(text, Translation("ثلج"), PAIR)])
    assert memory.similar(text, PAIR)[0].score == 100
    memory.forget(text)
    assert memory.similar(text, PAIR) == ()
    memory.prune(older_than=1)
    assert memory.similar("Rain is expected in the north!", PAIR)


def test_arabic_with_vowel_signs(memory: Memory) -> None:
    memory.put([Entry("وَصَلَ الوفدُ إلى المدينة صباحًا.", Translation("The delegation arrived."), ("ar", "en"))])
    assert memory.similar("وَصَلَ الوفدُ إلى المدينة مساءً.", ("ar", "en"))


def test_without_the_index_everything_is_compared(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    from translate.memory import similar

    def fails(db: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(similar, "_make", fails)
    assert len(memory.similar("The council approved the budget on Sunday.", PAIR)) == 2


def test_the_index_finds_what_comparing_everything_finds(own_memory: object) -> None:
    chance = random.Random(7)
    letters = "etaoinshrdlu"
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(3000)]
    weights = [1 / (rank + 1) for rank in range(3000)]
    texts = [" ".join(chance.choices(vocabulary, weights, k=chance.randint(4, 30))) for _ in range(4000)]
    memory = Memory()
    memory.put(Entry(text, Translation("نص"), PAIR) for text in texts)
    missed = wanted = 0
    for text in chance.sample(texts, 40):
        words = text.split()
        for place in chance.sample(range(len(words)), max(1, len(words) // 6)):
            words[place] = chance.choice(vocabulary)
        asked = " ".join(words)
        every = {match.entry.source for match in memory.similar(asked, PAIR, everything=True)}
        missed += len(every - {match.entry.source for match in memory.similar(asked, PAIR)})
        wanted += len(every)
    assert wanted > 30 and missed <= 1
