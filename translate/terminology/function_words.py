"""Function words: those that English writes alone and Arabic as clitics or not at all, and Arabic's own particles."""

from __future__ import annotations

CONJUNCTIONS = frozenset({"and", "so", "then", "but", "as"})
PREPOSITIONS = frozenset(
    {"in", "at", "by", "with", "to", "for", "of", "on", "through", "from", "into", "via", "over", "toward", "towards"}
)
LIKENESS = frozenset({"like", "as"})
ARTICLES = frozenset({"the", "a", "an"})

ENGLISH = CONJUNCTIONS | PREPOSITIONS | LIKENESS | ARTICLES | {"'s", "’s", "'", "’", "s", "is", "was", "are", "were"}

# Capitals that do not make a name longer: "in Syria Monday".
DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)

# After these a noun is in the genitive, whose ending is not written (but in the plural in -ين).
GOVERNING = frozenset(
    "في من إلى الى على عن مع بعد قبل منذ حتى بين خلال ضد حول نحو عند لدى دون بدون بسبب رغم برغم وسط عبر فوق تحت أمام"
    " امام وراء قرب داخل خارج لأجل بشأن بغية إزاء حيال ومن وفي وعلى وإلى وعن ومع وبعد وقبل ومنذ وبين وخلال".split()
)
_PARTICLES = frozenset("أن ان إن أو او ثم لكن كما حيث إذ إذا اذا لأن بأن وأن وإن لكي كي هل قد لقد و ف ب ل ك ال".split())
ARABIC = GOVERNING | _PARTICLES
_NONE: frozenset[str] = frozenset()


def of(language: str) -> frozenset[str]:
    """The function words of a language (lower case); none are known of any but English and Arabic."""
    return {"en": ENGLISH, "ar": ARABIC}.get(language.partition("-")[0], _NONE)
