"""Terms are found however they are inflected, and asked for, forbidden or kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.quality import Pair, settings
from translate.quality.terms import find
from translate.terminology import Term

COUNCIL = Term("Security Council", "مجلس الأمن")
LOCAL = Term("council", "المجلس المحلي", forms=("مجلس المدينة",))
TRUCE = Term("truce", "هدنة", forbidden=("وقف إطلاق النار",))
STRIP = Term("Gaza", "قطاع غزة", forbidden=("غزة",))
KEEP = Term("Nord Stream", "", keep=True)
US = Term("US", "الولايات المتحدة")
ARMY = Term("الجيش", "army", forms=("military",))


def found(source: str, target: str, *terms: Term, languages: str = "en-ar") -> list[tuple[str, str | None, str | None]]:
    pair = Pair(source, target, *languages.split("-"), terms=terms)
    return [
        (f.kind, f.source and f.source.of(source), f.target and f.target.of(target))
        for f in find(pair, settings()["terminology"].limits)
    ]


@pytest.mark.parametrize(
    ("source", "target", "terms", "expected"),
    [
        ("The Security Council met.", "اجتمع مجلس الأمن.", [COUNCIL, LOCAL], []),
        ("The Security Council met.", "وقالت لمجلس الامن", [COUNCIL], []),
        (
            "The Security Council met.",
            "اجتمع المجلس الأعلى.",
            [LOCAL, COUNCIL],
            [("missing", "Security Council", None)],
        ),
        ("The councils met.", "اجتمع مجلس المدينة.", [LOCAL], []),
        ("The town's council met.", "اجتمعت البلدية.", [LOCAL], [("missing", "council", None)]),
        ("The truce held.", "صمدت الهُدنة.", [TRUCE], []),
        ("Their truce held.", "صمدت هدنتهم.", [TRUCE], []),
        ("The truce held.", "صمد وقف إطلاق النار.", [TRUCE], [("forbidden", "truce", "وقف إطلاق النار")]),
        ("No word of it.", "صمد وقف إطلاق النار.", [TRUCE], []),
        ("They left Gaza.", "غادروا قطاع غزة.", [STRIP], []),
        ("They left Gaza.", "غادروا غزة.", [STRIP], [("forbidden", "Gaza", "غزة")]),
        ("Nord Stream leaks.", "تسرب من Nord Stream.", [KEEP], []),
        ("Nord Stream leaks.", "تسرب من نورد ستريم.", [KEEP], [("changed", "Nord Stream", None)]),
        ("They told us.", "أخبرونا.", [US], []),
        ("The US said.", "قالت أمريكا.", [US], [("missing", "US", None)]),
        ("US SAYS NO", "الولايات المتحدة ترفض", [US], []),
        ("Say no.", "لا", [], []),
    ],
)
def test_into_arabic(source: str, target: str, terms: list[Term], expected: list[tuple[str, str, str]]) -> None:
    assert found(source, target, *terms) == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("وقال للجيش", "He told the army", []),
        ("والجيوش", "And the troops", []),
        ("الجيش", "The Armies", []),
        ("بالجيش", "with the military's help", []),
        ("الجيش", "the soldiers", [("missing", "الجيش", None)]),
    ],
)
def test_into_english(source: str, target: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(source, target, ARMY, languages="ar-en") == expected


def test_a_kept_term_must_come_as_often() -> None:
    assert found("NASA told NASA.", "قالت NASA ذلك.", Term("NASA", "", keep=True)) == [("changed", "NASA", None)]


@given(
    st.sampled_from(["", "و", "ف"]),
    st.sampled_from(["", "ال", "بال", "كال", "ب", "ل"]),
    st.sampled_from(["", "ها", "هم"]),
)
def test_clitics_do_not_hide_a_term(conjunction: str, before: str, after: str) -> None:
    # A noun with a pronoun has no article.
    word = f"{conjunction}{'' if after and before.endswith('ال') else before}مخيم{after}"
    assert found("The camp burned.", f"احترق {word} أمس.", Term("camp", "مخيم")) == []
