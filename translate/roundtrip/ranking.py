"""Puts systems in order on one basis and holds every two of them against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from translate.roundtrip import bootstrap
from translate.roundtrip.bootstrap import Sampled
from translate.roundtrip.types import Basis, Duel, Ranking, Standing
from translate.roundtrip.verdict import verdict

# Half a point of a sentence's chrF is a letter or two.
_TIE = 0.5


def rank(basis: Basis, systems: Mapping[str, Sequence[Sampled]], back_system: str = "") -> Ranking:
    """The systems, best first on the headline metric, which is the first that each of them was sampled on.

    All must have been sampled on the same metrics, in the same order, and drawn the same sentences.
    """
    headline = next(iter(systems.values()))[0].statistics.metric
    sign = 1.0 if headline.higher_is_better else -1.0
    order = sorted(systems, key=lambda name: -sign * systems[name][0].value)
    duels = tuple(_duel(one, other, systems, sign) for one, other in combinations(order, 2))
    apart = {(duel.first, duel.second): duel.tests[0].significant for duel in duels}
    standings = tuple(
        Standing(
            name,
            place,
            tuple(sampled.score for sampled in systems[name]),
            systems[name][0].statistics.sentences(),
            tied_with_next=place < len(order) and not apart[name, order[place]],
        )
        for place, name in enumerate(order, 1)
    )
    return Ranking(basis, headline, standings, duels, back_system)


def _duel(first: str, second: str, systems: Mapping[str, Sequence[Sampled]], sign: float) -> Duel:
    tests = tuple(bootstrap.paired(one, other) for one, other in zip(systems[first], systems[second], strict=True))
    pairs = zip(systems[first][0].statistics.sentences(), systems[second][0].statistics.sentences(), strict=True)
    differences = [sign * (one - other) for one, other in pairs]
    wins = sum(difference > _TIE for difference in differences)
    losses = sum(difference < -_TIE for difference in differences)
    sentences = len(differences)
    return Duel(
        first,
        second,
        tests,
        wins,
        sentences - wins - losses,
        losses,
        *verdict(first, second, tests[0], sentences),
    )
