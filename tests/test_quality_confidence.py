"""A model's own doubt is passed on."""

import pytest

from translate.quality import Pair, review, settings


@pytest.mark.parametrize(("mean", "codes"), [(None, []), (-0.2, []), (-1.19, []), (-1.3, ["confidence.low"])])
def test_table(mean: float | None, codes: list[str]) -> None:
    pair = Pair("The road is closed.", "الطريق مغلق.", "en", "ar", mean_log_prob=mean)
    assert [issue.code for issue in review(pair, settings())] == codes


def test_the_message_says_how_sure_it_was() -> None:
    (issue,) = review(Pair("The road is closed.", "الطريق مغلق.", "en", "ar", mean_log_prob=-2.3), settings())
    assert "10%" in issue.message and "10٪" in issue.message_ar
