"""Made-up news sentences, as long as real ones, always the same: for speed, where only lengths and signs count."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

# Words in a sentence, as in the news: of the first 1,000 English lines of NTREX-128 (5%, half, 95%) 7, 20 and 42, of
# FLORES-101 dev 11, 20 and 34. A lognormal distribution with this median and spread has 10, 20 and 39.
_MEDIAN, _SPREAD = 3.0, 0.4
_SHORTEST, _LONGEST = 4, 60

_WHO = """\
the interior minister
a spokesman for the army
residents of the old town
the head of the health authority
two senior officials
the opposition
a court in the capital
aid workers
the governor of the northern province
local journalists
the finance committee
an eyewitness
the family of the victim
the education ministry
farmers near the border
the port authority
the trade union
a group of engineers
the central bank
members of the council""".splitlines()
_DID = """\
announced
denied
confirmed
told reporters
warned
insisted
promised
reported
admitted
acknowledged
predicted
suggested
argued
repeated
recalled""".splitlines()
_THAT = """\
the bridge would be closed
talks would resume
prices had risen sharply
the road was not safe
no agreement had been reached
schools would open again
the fire had destroyed several homes
the water supply had been cut
a new budget was needed
the ceasefire would hold
flights had been delayed
the election would be postponed
nobody had been informed
the damage could not be repaired
more than half of the staff had left
medicine had run out""".splitlines()
_MORE = """\
on Monday
late in the evening
after weeks of protest
in the south of the country
for the third time this year
according to a statement
despite heavy rain
in a televised speech
at a press conference
without giving details
before the summit
during the holiday
near the main square
along the coast
since the beginning of the month
as the crisis deepened
under a plan drawn up last year
with the support of neighbouring states
when the deadline expired
while negotiations continued""".splitlines()
_START = "ba|ka|mar|tel|do|sha|ri|ven|lo|hal|zu|or|fe|gan|pel|sy".split("|")
_END = "ri|nov|den|mi|sar|tov|lla|khan|burg|dez|wick|ro|stan|lin|ja|mond".split("|")


def sentences(count: int, seed: int = 7) -> list[str]:
    """`count` different sentences; another seed makes other sentences of the same kind."""
    found = _endless(random.Random(seed))
    distinct: dict[str, None] = {}
    while len(distinct) < count:
        distinct[next(found)] = None
    return list(distinct)


def article(count: int, seed: int = 7) -> str:
    """So many sentences as a plain-text article, in paragraphs of three."""
    said = sentences(count, seed)
    return "\n\n".join(" ".join(said[at : at + 3]) for at in range(0, count, 3)) + "\n"


def _endless(chance: random.Random) -> Iterator[str]:
    while True:
        words = min(_LONGEST, max(_SHORTEST, round(chance.lognormvariate(_MEDIAN, _SPREAD))))
        # No phrase twice: a sentence that repeats itself is not what any translator is made for.
        more, that = (iter(chance.sample(phrases, len(phrases))) for phrases in (_MORE, _THAT))
        said = _opening(chance, next(that)) if words > 8 else f"{chance.choice(_WHO)} {chance.choice(_DID)} it"
        while words - len(said.split()) > 5:
            clauses = [f" and {one}" for one in islice(that, 1)] + [f", {_numbers(chance)}"]
            said += chance.choice([f" {next(more, 'at last')}", *clauses])
        said += " " + " ".join(next(more, "at last").split()[: max(1, words - len(said.split()))])
        yield said[0].upper() + said[1:] + "."


def _opening(chance: random.Random, that: str) -> str:
    style = chance.random()
    if style < 0.15:
        return f"“{that[0].upper()}{that[1:]},” said {_name(chance)}"
    who = f"{_name(chance)} of {_name(chance)}" if style < 0.5 else chance.choice(_WHO)
    return f"{who} {chance.choice(_DID)} that {that}"


def _name(chance: random.Random) -> str:
    return (chance.choice(_START) + chance.choice(_START) + chance.choice(_END)).capitalize()


def _numbers(chance: random.Random) -> str:
    return chance.choice(
        (
            f"with {chance.randint(2, 990)} people involved",
            f"as in {chance.randint(1980, 2030)}",
            f"{chance.randint(3, 60)} per cent more than before",
        )
    )
