"""Hypotheses that keep numbers and dates take the place of those that do not; all else stays as the engine made it."""

from collections.abc import Mapping, Sequence

import pytest

from translate.align.words import words
from translate.document import Alignment, ModelUse, Severity, Translation
from translate.engines.base import Decoding
from translate.reranking import FIGURE, NUMBERS, NumbersKept

SOURCE = "The fire killed 14 people and wounded 23."
WRONG = "قتل الحريق 41 شخصا وجرح 32."
HALF = "قتل الحريق 14 شخصا وجرح 32."
RIGHT = "قتل الحريق 14 شخصا وجرح 23."
RIGHT_TOO = "أسفر الحريق عن مقتل 14 شخصا وجرح 23."
PLAIN = "The fire burned all night."
PLAIN_AR = "استمر الحريق طوال الليل."


class Listing:
    """An engine that has a list of hypotheses for each sentence, best first; with `aligned`, its best has links."""

    max_source = 99
    uses = (ModelUse("listing", "tests/listing", "0", "Apache-2.0", "listing"),)

    def __init__(self, known: Mapping[str, Sequence[str]], *, aligned: bool = False) -> None:
        self.known = known
        self.aligned = aligned
        self.asked: list[tuple[str, int]] = []

    def count(self, sentence: str) -> int:
        return len(words(sentence))

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        beam = (decoding or Decoding()).beam
        self.asked += [(sentence, beam) for sentence in sentences]
        # A wide beam finds what a narrow one did not.
        return [self._one(sentence, self.known[sentence][1 if beam > 4 else 0]) for sentence in sentences]

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        assert decoding is not None and decoding.beam >= count
        self.asked += [(sentence, -count) for sentence in sentences]
        return [list(self.known[sentence][:count]) for sentence in sentences]

    def _one(self, sentence: str, text: str) -> Translation:
        a, b = words(sentence), words(text)
        return Translation(text, alignment=Alignment(a, b, ((0, 0),)) if self.aligned else None)


@pytest.mark.parametrize(
    ("hypotheses", "expected"),
    [
        ([RIGHT, RIGHT_TOO], RIGHT),
        ([WRONG, HALF, RIGHT_TOO, RIGHT], RIGHT_TOO),
        ([WRONG, HALF], HALF),
        ([WRONG, WRONG], WRONG),
        ([WRONG], WRONG),
        ([WRONG, "", RIGHT], RIGHT),
    ],
)
def test_the_fewest_wrong_numbers_stand(hypotheses: list[str], expected: str) -> None:
    (done,) = NumbersKept(Listing({SOURCE: hypotheses}), "en", "ar").translate([SOURCE])
    assert done.text == expected
    notes = [(issue.code, issue.severity) for issue in done.issues]
    assert notes == ([] if expected == hypotheses[0] else [(NUMBERS, Severity.NOTE)])


def test_a_wrong_day_gives_way_to_a_hypothesis_that_has_the_right_one() -> None:
    source, wrong, right = "She left on Thursday.", "غادرت يوم الأربعاء.", "غادرت الخميس."
    (done,) = NumbersKept(Listing({source: [wrong, right]}), "en", "ar").translate([source])
    assert done.text == right and [issue.code for issue in done.issues] == [NUMBERS]


def test_only_what_is_wrong_is_searched_again() -> None:
    engine = Listing({SOURCE: [WRONG, RIGHT], PLAIN: [PLAIN_AR, WRONG]})
    done = NumbersKept(engine, "en", "ar").translate([PLAIN, SOURCE, PLAIN])
    assert [translation.text for translation in done] == [PLAIN_AR, RIGHT, PLAIN_AR]
    assert engine.asked == [(PLAIN, 4), (SOURCE, 4), (PLAIN, 4), (SOURCE, -8)]


def test_an_alignment_is_not_given_up() -> None:
    engine = Listing({SOURCE: [WRONG, RIGHT]}, aligned=True)
    (done,) = NumbersKept(engine, "en", "ar").translate([SOURCE])
    assert done.text == RIGHT and done.alignment is not None
    assert engine.asked == [(SOURCE, 4), (SOURCE, 8)]


def test_other_languages_are_left_alone() -> None:
    engine = Listing({SOURCE: [WRONG, RIGHT]})
    assert NumbersKept(engine, "de", "ar").translate([SOURCE])[0].text == WRONG
    assert engine.asked == [(SOURCE, 4)]


class Continuing(Listing):
    """An engine that goes on from any beginning with the words that its first hypothesis has after as many."""

    begun: tuple[str, ...] = ()

    def continued(
        self, sentence: str, beginnings: Sequence[str], without: str = "", decoding: Decoding | None = None
    ) -> list[Translation]:
        self.begun = (*self.begun, *beginnings)
        first = self.known[sentence][0]
        first = first[: first.index(without)] if without else first
        made = [" ".join((beginning, *first.split()[len(beginning.split()) :])) for beginning in beginnings]
        return [Translation(text, score=-float(i)) for i, text in enumerate(made)]


@pytest.mark.parametrize(
    ("source", "first", "expected"),
    [
        (SOURCE, WRONG, RIGHT.replace("23.", "23")),
        (SOURCE, HALF, RIGHT.replace("23.", "23")),
        ("Fourteen people were killed at 9:30 in the city.", "قتل 41 شخصا الساعة 9:30 في المدينة.",
         "قتل 14 شخصا الساعة 9:30 في المدينة."),
        ("It cost $2.3 billion.", "كلف 3.2 مليار دولار.", "كلف 2.3 مليار دولار."),
        ("He said on Monday that they had won.", "قال الأحد إنهم فازوا.", "قال الاثنين إنهم فازوا."),
        ("It began in June and it went on.", "بدأ في تشرين الأول واستمر.", "بدأ في يونيو الأول واستمر."),
    ],
)  # fmt: skip
def test_a_wrong_figure_gives_way_to_the_source_s(source: str, first: str, expected: str) -> None:
    (done,) = NumbersKept(Continuing({source: [first]}), "en", "ar").translate([source])
    assert done.text == expected
    assert [(issue.code, issue.severity) for issue in done.issues] == [(FIGURE, Severity.WARNING)]


def test_the_digits_of_a_source_in_arabic_are_written_as_english_does() -> None:
    source, first = "بلغت الكلفة ١٬٢٠٠ دولار.", "The cost was 1,500 dollars."
    (done,) = NumbersKept(Continuing({source: [first]}), "ar", "en").translate([source])
    assert done.text == "The cost was 1,200 dollars."


def test_a_lost_figure_is_tried_about_where_it_belongs() -> None:
    source = "The police said on Monday that 76 people had been arrested in the city after the march."
    first = "قالت الشرطة يوم الاثنين إنها اعتقلت أشخاصا في المدينة بعد المسيرة."
    engine = Continuing({source: [first]})
    (done,) = NumbersKept(engine, "en", "ar").translate([source])
    assert "76" in done.text and [issue.code for issue in done.issues] == [FIGURE]
    assert len(engine.begun) == 3 and all(begun.endswith(" 76") for begun in engine.begun)


def test_a_number_too_many_is_forbidden_with_its_word() -> None:
    engine = Continuing({PLAIN: ["استمر الحريق في عام 2"]})
    (done,) = NumbersKept(engine, "en", "ar").translate([PLAIN])
    assert "2" not in done.text and [issue.code for issue in done.issues] == [FIGURE]
    assert engine.begun == ("استمر الحريق", "استمر الحريق في")


def test_an_obscene_word_is_forbidden() -> None:
    source = "The minister spoke on Monday."
    engine = Continuing({source: ["قال الوزير العاهر يوم الاثنين"]})
    (done,) = NumbersKept(engine, "en", "ar").translate([source])
    assert done.text == "قال الوزير" and [issue.code for issue in done.issues] == [FIGURE]
    assert engine.begun == ("قال", "قال الوزير")


def test_what_the_engine_cannot_right_stays_as_it_was() -> None:
    class Stubborn(Continuing):
        def continued(
            self, sentence: str, beginnings: Sequence[str], without: str = "", decoding: Decoding | None = None
        ) -> list[Translation]:
            return [Translation(f"{WRONG} 5 6 7")]

    (done,) = NumbersKept(Stubborn({SOURCE: [WRONG]}), "en", "ar").translate([SOURCE])
    assert done.text == WRONG and not done.issues
