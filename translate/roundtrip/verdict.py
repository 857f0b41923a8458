"""Says in one sentence, in English and Arabic, whether one system is ahead of another or nobody can tell."""

from __future__ import annotations

import math

from translate.roundtrip.bootstrap import FEWEST
from translate.roundtrip.types import Test

# No test set is larger: what needs more sentences is no difference that anybody will see.
_COUNTLESS = 100_000


def verdict(first: str, second: str, test: Test, sentences: int) -> tuple[str, str]:
    """Who is ahead of whom by the headline metric's test, over so many sentences: (English, Arabic)."""
    size = _size(test)
    # Isolated, so that "chrF2++" keeps its signs behind it among right-to-left words.
    ar = f"\u2066{size}\u2069"
    p_value = f"p = {test.p_value:.3f}"
    if test.needed is None:
        return (
            f"{first} and {second} score exactly the same.",
            f"نتيجة {first} ونتيجة {second} واحدة تمامًا.",
        )
    if test.significant:
        return (
            f"{first} is ahead of {second} by {size} ({p_value}, {sentences:,} sentences).",
            f"يتقدم {first} على {second} بمقدار {ar} ({p_value}، {_counted(sentences)}).",
        )
    about, about_ar = _about(test.needed)
    if sentences < FEWEST:
        return (
            f"{sentences:,} {'sentence is' if sentences == 1 else 'sentences are'} too few to tell {first} from "
            f"{second} (difference {size}); {about} would be needed.",
            f"لا يكفي هذا العدد ({_counted(sentences)}) للتمييز بين {first} و{second} (الفرق {ar})؛ يلزم {about_ar}.",
        )
    return (
        f"The difference between {first} and {second} ({size}, {p_value}) is within noise; {about} sentences would be "
        "needed to tell them apart.",
        f"الفرق بين {first} و{second} ({ar}، {p_value}) في حدود الصدفة؛ يلزم {about_ar} للتمييز بينهما.",
    )


def _size(test: Test) -> str:
    """How large a difference is, without its sign; never "0.0" for one that there is."""
    places = test.metric.decimals
    shown = f"{abs(test.difference):.{places}f}"
    if float(shown) == 0:
        shown = f"< {10**-places:.{places}f}"
    return f"{shown} {test.metric.label}"


def _about(needed: int) -> tuple[str, str]:
    """A count of sentences that is only an estimate, in both languages."""
    if needed > _COUNTLESS:
        return f"more than {_COUNTLESS:,}", f"أكثر من {_counted(_COUNTLESS)}"
    return f"about {_rounded(needed):,}", f"نحو {_counted(_rounded(needed))}"


def _rounded(count: int) -> int:
    """Two digits of a count that is only an estimate, rounded up."""
    step = int(10 ** max(0, len(str(count)) - 2))
    return math.ceil(count / step) * step


def _counted(count: int) -> str:
    """A number of sentences in Arabic, with the noun in its due form."""
    if count == 1:
        return "جملة واحدة"
    if count == 2:
        return "جملتان"
    return f"{count:,} {'جمل' if 3 <= count % 100 <= 10 else 'جملة'}"
