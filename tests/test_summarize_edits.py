import pytest

from translate.document import Span
from translate.summarize.edits import Replacement, apply
from translate.summarize.summary import Change, Edit


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], "He saw the old mill, which burnt."),
        ([(0, 2, "Rami")], "Rami saw the old mill, which burnt."),
        ([(19, 32, ""), (0, 2, "Rami")], "Rami saw the old mill."),
        ([(0, 2, "Rami"), (0, 6, "X")], "Rami saw the old mill, which burnt."),
        ([(11, 14, "")], "He saw the mill, which burnt."),
        ([(0, 0, '"'), (33, 33, '"')], '"He saw the old mill, which burnt."'),
    ],
)
def test_changes_are_made_at_their_places(changes, expected):
    text = "He saw the old mill, which burnt."
    made, edits = apply(text, [Replacement(Span(start, end), new) for start, end, new in changes])
    assert (made, edits) == (expected, ())


def test_edits_are_told_in_order_of_place():
    first, second = Edit(Change.RESOLVED, "He", "Rami"), Edit(Change.DROPPED, "old")
    changes = [Replacement(Span(11, 15), "", second), Replacement(Span(0, 2), "Rami", first)]
    assert apply("He saw the old mill.", changes) == ("Rami saw the mill.", (first, second))
