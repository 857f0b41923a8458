"""Finds who speaks in one English sentence: the subject of a reporting verb, whatever stands between the two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from translate.document import Span
from translate.quality.attribution import attributions
from translate.quality.phrases import Worded, words
from translate.summarize.lexicon import exact, word_set
from translate.summarize.sayings import Saying

PRONOUNS = frozenset(("he", "she", "they", "it"))
_STRONG = frozenset("said says told stated added asked replied explained warned wrote recalled shouted".split())
_BE = frozenset("is are was were be been being".split())
_FINITE = _BE | frozenset("has have had did does will would could can may might should must".split())
_NOUN_BEFORE = frozenset(
    "a an the his her its their these those this that some no any many few of in on through by from to for all with my"
    " our your several new".split()
)
_RELATIVE = frozenset(("who", "which", "whose", "whom"))
_CLAUSE = _RELATIVE | frozenset(
    "that when while after before but because if where whether since although though what how why so as until".split()
)
_DETERMINERS = frozenset("the a an his her its their this that these those one some another both two many most".split())
_AFTER_SPEAKER = frozenset(
    "in on at after during when who which that as to about before while and but was is were are has had have from they"
    " he she it we yesterday today monday tuesday wednesday thursday friday saturday sunday last this by via speaking"
    " requesting adding referring with released published conducted issued".split()
)
_STOP = re.compile(r"[,;:!?()\[\]–—\"“”„«»]|\.\s|\s-+\s")
_COMMA = re.compile(r"[,–—(]|\s-+\s")
_LIST = re.compile(r"(?:,\s+(?:[\w'’-]+\s){0,2}[\w'’-]+){1,4},?\s+and\s+(?:(?!who\b)[\w'’-]+\s(?!who\b)){0,2}[\w'’-]+")
_EXPLAINED = re.compile(r"\b((?:[A-Z][\w'’-]+ (?:(?:and|of|for) )?){0,5}[A-Z][\w'’-]+), (?:an?|the|who) [\w' -]+")
_LONGEST = 14
_PLACED = frozenset(("of", "from", "at", "in", "for"))
# Within how many words a noun phrase must have come to its noun or name.
_NEAR = 5


@dataclass(frozen=True)
class _Sentence(Worded):
    """A sentence whose quotations are blanked out."""

    may_speak: Callable[[str], bool]

    def stops(self, index: int) -> bool:
        return _STOP.search(self.gap(index)) is not None

    def is_capital(self, index: int) -> bool:
        """Whether the word at `index`, not the first, has a capital, as the name "Said" has and the verb has not."""
        return index > 0 and self.words[index].span.of(self.text)[0].isupper()

    def part(self, first: int, last: int) -> str:
        return self.span(first, last).of(self.text)


def sayings(text: str, may_speak: Callable[[str], bool]) -> tuple[Saying, ...]:
    """Who says something in a sentence whose quotations are blanked out, in order of their verbs.

    `may_speak` tells of a noun phrase whether it names somebody who can: a person or a body. What is said of nobody
    ("it was reported") is left out.
    """
    sentence = _Sentence(text, words(text), may_speak)
    found: dict[int, Saying] = {}
    for first, last in _verbs(sentence):
        saying = _saying(sentence, first, last)
        if saying is not None:
            found.setdefault(first, saying)
    for one in attributions(text, "en"):
        if one.kind == "source" and one.speaker is not None:
            mention = _listed(text, one.speaker)
            found[one.verb.start - len(text)] = Saying(one.verb, mention, mention)
    return tuple(sorted(found.values(), key=lambda saying: saying.verb))


def _verbs(sentence: _Sentence) -> Iterator[tuple[int, int]]:
    matches = [
        *exact("speech", "en", "reports").find(sentence.words),
        *exact("speech", "en", "of_a_person").find(sentence.words),
    ]
    found = {(match.first, match.last) for match in matches}
    for match in exact("speech", "en", "quoting").find(sentence.words):
        if re.search(r"[\"“«]", sentence.text[sentence.words[match.last].span.end :]):
            found.add((match.first, match.last))
    ends = {last for _, last in found}
    # Right behind another verb stands its object: "rejected claims", "denied reports".
    yield from sorted(one for one in found if not sentence.is_capital(one[0]) and one[0] - 1 not in ends)


def _saying(sentence: _Sentence, first: int, last: int) -> Saying | None:
    verb = sentence.span(first, last)
    passive = _passive(sentence, verb, last)
    if passive is not None or sentence.form(first - 1) in _BE:
        return passive
    inverted = _inverted(sentence, first, last)
    if inverted is not None:
        return Saying(verb, *inverted)
    subject = _subject(sentence, first)
    return Saying(verb, *subject) if subject is not None else None


def _passive(sentence: _Sentence, verb: Span, last: int) -> Saying | None:
    """Somebody whom a passive names ("as described by two people")."""
    if sentence.form(last + 1) != "by" or sentence.stops(last + 1):
        return None
    mention = _ahead(sentence, last + 2)
    return Saying(verb, mention, mention) if mention and sentence.may_speak(mention.of(sentence.text)) else None


def _inverted(sentence: _Sentence, first: int, last: int) -> tuple[Span, Span] | None:
    """The subject behind its verb: "…," said Akram; the road is closed, said the man, who fled."""
    gap = sentence.gap(first)
    following = sentence.form(last + 1)
    if sentence.form(first) not in _STRONG or not following or sentence.stops(last + 1):
        return None
    after_quotation = bool(re.search(r"[\"“”„«»’']\s*$", gap))
    if not (after_quotation or "," in gap):
        return None
    begins = sentence.words[last + 1].span.of(sentence.text)[0].isupper() or following in _DETERMINERS
    mention = _ahead(sentence, last + 1) if begins else None
    if mention is None or not sentence.may_speak(mention.of(sentence.text)):
        return None
    behind = next((i for i, word in enumerate(sentence.words) if word.span.start >= mention.end), len(sentence.words))
    closed = behind == len(sentence.words) or sentence.stops(behind) or sentence.form(behind) in _AFTER_SPEAKER
    if not after_quotation and (not closed or _set_off(sentence, 0, first) is not None):
        return None
    return mention, _with_apposition(sentence, mention, behind)


def _with_apposition(sentence: _Sentence, mention: Span, behind: int) -> Span:
    """The speaker with "…, who fled with his family" or "…, the chief engineer" behind the name."""
    if behind >= len(sentence.words) or "," not in sentence.gap(behind):
        return mention
    last = behind
    while last + 1 < len(sentence.words) and not sentence.stops(last + 1) and last - behind < _LONGEST:
        last += 1
    return Span(mention.start, sentence.words[last].span.end)


def _ahead(sentence: _Sentence, first: int) -> Span | None:
    last = first - 1
    while last + 1 < min(len(sentence.words), first + _LONGEST):
        if (last >= first and sentence.stops(last + 1)) or (
            last >= first and sentence.form(last + 1) in _AFTER_SPEAKER
        ):
            break
        last += 1
    return sentence.span(first, last) if last >= first else None


def _listed(text: str, speaker: Span) -> Span:
    """A source with the others of its list: "farmers, police officers and aid workers"."""
    match = _LIST.match(text, speaker.end)
    return Span(speaker.start, match.end()) if match and "," not in speaker.of(text) else speaker


def _subject(sentence: _Sentence, first: int) -> tuple[Span, Span] | None:
    """The subject before the verb at `first`, by itself and with all that is said of it; None where nobody speaks."""
    beside = word_set("speech", "en", "beside")
    last = first
    while last > 0 and not sentence.stops(last) and _is_beside(sentence.form(last - 1), beside):
        last -= 1
    last -= 1
    before = sentence.form(last)
    if last < 0 or (before in _NOUN_BEFORE and not sentence.stops(last + 1)) or before == "to":
        return None
    start = _clause_start(sentence, last)
    if before in _RELATIVE:
        return None
    if sentence.stops(last + 1):
        return _set_off(sentence, start, last + 1, whole=True) if _COMMA.search(sentence.gap(last + 1)) else None
    if before in ("and", "but", "or", "also"):
        return _set_off(sentence, start, first)
    found = _adjacent(sentence, start, last)
    # "What its editor described as a threat" is said by the reporter.
    quoting = found is not None and re.search(r"\bwhat\s*$", sentence.text[: found[0].start], re.IGNORECASE)
    return None if quoting else found


def _is_beside(form: str, beside: frozenset[str]) -> bool:
    return form in beside or (form.endswith("ly") and form not in ("family", "assembly", "italy"))


def _clause_start(sentence: _Sentence, last: int) -> int:
    """The first word of the part of the sentence, between stronger marks and quotations, that `last` stands in."""
    start = last
    while start > 0 and not re.search(r"[;:\"“”„«»]|\.\s", sentence.gap(start)):
        start -= 1
    return start


def _adjacent(sentence: _Sentence, start: int, last: int) -> tuple[Span, Span] | None:
    """The noun phrase that ends at `last`, right before the verb."""
    first = last
    while first > start and not sentence.stops(first) and sentence.form(first - 1) not in _CLAUSE:
        if last - first > _LONGEST or _is_reporting(sentence, first - 1):
            break
        first -= 1
    if first > start and sentence.form(first - 1) in _RELATIVE and not sentence.stops(first):
        # "A man who fled the village said": the subject is what the relative clause belongs to.
        if last - first < 1:
            return None
        end = first - 2
        return _adjacent(sentence, start, end) if end >= start and not sentence.stops(first - 1) else None
    first = _after_opening(sentence, first, last)
    if first > last or any(sentence.form(index) in _FINITE for index in range(first, last + 1)):
        pronoun = sentence.form(last) in PRONOUNS
        return (sentence.span(last, last),) * 2 if pronoun else None
    mention = sentence.span(first, last)
    if sentence.form(last) in PRONOUNS:
        mention = sentence.span(last, last)
    return (mention, mention) if sentence.may_speak(mention.of(sentence.text)) else None


def _is_reporting(sentence: _Sentence, index: int) -> bool:
    """Whether a verb of saying stands at `index`, not in "who asked not to be named"."""
    strong = sentence.form(index) in _STRONG and not sentence.is_capital(index)
    return strong and sentence.form(index - 1) not in _RELATIVE


def _after_opening(sentence: _Sentence, first: int, last: int) -> int:
    """The first word of the noun phrase behind "On Monday", "But", "In a statement"."""
    opening = word_set("speech", "en", "opening")
    if sentence.form(first) not in opening:
        return first
    for index in range(last, first, -1):
        if sentence.form(index) in _DETERMINERS or sentence.form(index) in PRONOUNS:
            return index
    while first <= last and (
        sentence.form(first) in opening or not sentence.words[first].span.of(sentence.text)[0].isupper()
    ):
        first += 1
    return first


def _set_off(sentence: _Sentence, start: int, end: int, *, whole: bool = False) -> tuple[Span, Span] | None:
    """The subject at the head of the words [start, end) that asides part from its verb.

    `whole` says that nothing but the subject stands before the asides: "A doctor at the hospital, by phone, said".
    """
    opening = word_set("speech", "en", "opening")
    for first, last in _segments(sentence, start, end):
        head = first
        while head < last and sentence.form(head) in ("and", "but", "yet", "however", "meanwhile", "so", "then"):
            head += 1
        if sentence.form(head) in opening or sentence.form(head) in _RELATIVE:
            continue
        stop = next((i for i in range(head, last + 1) if sentence.form(i) in _CLAUSE | _FINITE), last + 1)
        stop = next((i for i in range(head, stop) if _is_reporting(sentence, i)), stop)
        name = _noun_phrase(sentence, head, min(stop, head + _LONGEST))
        stop = stop if whole and name > head and sentence.form(name) in _PLACED else name
        return (sentence.span(head, stop - 1), sentence.span(head, end - 1)) if stop > head else None
    return None


def _noun_phrase(sentence: _Sentence, head: int, stop: int) -> int:
    """Where the noun phrase that begins at `head` ends, at `stop` at the latest; `head` where nobody speaks."""
    if sentence.form(head) in PRONOUNS:
        return head + 1
    links = (i for i in range(head + 1, stop) if sentence.form(i) in ("of", "from", "in", "for", "at", "on", "with"))
    near = range(head, min(next(links, stop), head + _NEAR))
    end = next((i + 1 for i in near if sentence.may_speak(sentence.part(head, i)) and not _owns(sentence, i)), None)
    if end is None:
        return head
    while end < stop:
        word = sentence.part(end, end)
        if sentence.gap(end) == "-":
            end += 1
            continue
        link = word in ("of", "for", "and") and end + 1 < stop and sentence.part(end + 1, end + 1)[0].isupper()
        if not (link or word[0].isupper() or sentence.may_speak(word)):
            break
        end += 1
    return end


def _segments(sentence: _Sentence, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts between commas and dashes of the words [start, end), as first and last word."""
    first = start
    for index in range(start + 1, end):
        if sentence.stops(index):
            yield first, index - 1
            first = index
    if first < end:
        yield first, end - 1


def _owns(sentence: _Sentence, index: int) -> bool:
    return sentence.words[index].span.of(sentence.text).endswith(("'s", "’s"))


def subject(text: str, may_speak: Callable[[str], bool]) -> tuple[Span, Span] | None:
    """The person or body that a sentence, its quotations blanked out, begins with; None where it begins otherwise."""
    sentence = _Sentence(text, words(text), may_speak)
    if not sentence.words:
        return None
    found = _set_off(sentence, 0, min(len(sentence.words), 3 * _LONGEST))
    if found is None:
        return None
    mention = found[0]
    behind = next((i for i, word in enumerate(sentence.words) if word.span.start >= mention.end), len(sentence.words))
    return mention, _with_apposition(sentence, mention, behind)


def introduced(text: str) -> Iterator[tuple[Span, Span]]:
    """Names that a sentence explains ("Abu Nadim, a beekeeper of 57"): each by itself and with what is said of it."""
    for match in _EXPLAINED.finditer(text):
        yield Span(*match.span(1)), Span(*match.span())
