"""Finds who speaks in one Arabic sentence: the subject behind or before a reporting verb, or held by the verb."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from translate.document import Span
from translate.quality.attribution import attributions
from translate.quality.name_tables import arabic_words
from translate.quality.phrases import Worded, words
from translate.quality.transliteration import letters
from translate.summarize.lexicon import exact, folded, labelled, verbs, word_set
from translate.summarize.sayings import Saying
from translate.summarize.types import Gender

_STOP = re.compile(r"[,،؛;:!?؟()\[\]–—\"“”„«»]|\.\s|\s-+\s")
_COMMA = re.compile(r"[,،–—(]")
_CLAUSE = re.compile(r"[؛;:!?؟\"“”«»]|\.\s")
_WAS = frozenset(("كان", "كانت", "وكان", "وكانت"))
# They report wherever they stand; other verbs may be nouns, so that somebody who can speak must stand by them.
_STRONG = re.compile("[وف]?(?:[يتن])?(?:قال|قول|قول|صرح|اضاف|ضيف|اكد|ؤكد|اوضح|وضح|اردف|ردف|تابع)(?:ت|وا|ون)?")
_RELATIVES = frozenset(("الذي", "التي", "الذين", "اللذين", "اللواتي", "ما", "مما"))
_AS_FOR = ("أما", "وأما")
_CONNECTIVES = frozenset(("لكن", "ولكن", "كما", "بينما", "فيما", "ثم", *_AS_FOR))
_PREPOSITIONS = frozenset(("من", "إلى", "عن", "على", "في"))
_THAT = frozenset(
    ("أن", "إن", "بأن", "أنه", "أنها", "أنهم", "إنه", "إنها", "إنهم", "بأنه", "بأنها", "إنني", "أنني", "إننا")
)
_CLOSING = ("»", '"', "”")
_OPENING = (":", "«", '"', "“")
# Sources behind which "ل" stands before the name.
_TO = ("وفقا", "طبقا", "تبعا")
_BEGINS_NO_SUBJECT = frozenset(
    "في من على إلى عن بعد قبل خلال منذ حتى مع بين ضد لكن ولكن كما بينما عندما حين وفي ومن وعلى ثم قد لقد".split()
)
_LONGEST = 8


@dataclass(frozen=True)
class _Sentence(Worded):
    """A sentence whose quotations are blanked out."""

    may_speak: Callable[[str], bool]

    def stops(self, index: int) -> bool:
        """Whether a mark stands before the word at `index`."""
        if index > len(self.words):
            return True
        return _STOP.search(self.gap(index)) is not None

    def speaks(self, first: int, last: int) -> bool:
        return first <= last < len(self.words) and self.may_speak(self.span(first, last).of(self.text))


def sayings(text: str, may_speak: Callable[[str], bool]) -> tuple[Saying, ...]:
    """Who says something in a sentence whose quotations are blanked out, in order of their verbs; see english.py."""
    sentence = _Sentence(text, words(text), may_speak)
    found = [*_by_verb(sentence), *_held(sentence)]
    for one in attributions(text, "ar"):
        taken = any(one.verb.overlaps(other.verb) for other in found)
        if one.kind == "source" and one.speaker is not None and not taken:
            mention = _source(sentence, one.verb, one.speaker)
            if mention is not None:
                found.append(Saying(one.verb, mention, mention))
    return tuple(sorted(found, key=lambda saying: saying.verb))


def _by_verb(sentence: _Sentence) -> Iterator[Saying]:
    for match in verbs("ar", "reports").find(sentence.words):
        first = match.first
        verb = sentence.span(first, match.last)
        if sentence.form(first).startswith("ال") or _is_relative(sentence, first):
            continue
        behind = _behind(sentence, match.last + 1)
        if behind is not None:
            yield Saying(verb, *behind)
            continue
        before = _before(sentence, first)
        if before is not None:
            yield Saying(verb, *before)
        elif _reports_alone(sentence, first, match.last):
            yield Saying(verb, None, hidden=_gender(folded(sentence.form(first))))
    for match in exact("speech", "ar", "of_a_person").find(sentence.words):
        verb = sentence.span(match.first, match.last)
        yield Saying(verb, None, hidden=Gender.FEMALE if sentence.form(match.first + 1)[:1] == "ت" else Gender.MALE)


def _is_relative(sentence: _Sentence, verb: int) -> bool:
    """Whether a verb belongs to "who" or "what"; that of "according to what … announced" reports all the same."""
    before = sentence.form(verb - 1)
    return before in _RELATIVES and not (before == "ما" and sentence.form(verb - 2).endswith(("حسب", "وفق")))


def _reports_alone(sentence: _Sentence, first: int, last: int) -> bool:
    """Whether a verb with nobody beside it reports: "that", a colon or a quotation follows, or it stands at the end."""
    following = sentence.form(last + 1)
    if following in _THAT or (first == 0 and following in _PREPOSITIONS):
        return True
    before = sentence.text[: sentence.words[first].span.start].rstrip(" ،,")
    behind = sentence.text[sentence.words[last].span.end :].lstrip()
    if before.endswith(_CLOSING) or behind.startswith(_OPENING):
        return True
    strong = _STRONG.fullmatch(folded(sentence.form(first))) is not None
    return strong and (first == 0 or last + 1 == len(sentence.words))


def _gender(form: str) -> Gender:
    """The gender of the speaker whom a verb holds."""
    bare = form.removeprefix("و") if len(form) > 3 else form
    if bare.endswith(("وا", "ون")):
        return Gender.SEVERAL
    return (
        Gender.FEMALE
        if bare.endswith(("ت", "ته", "تها", "تني")) or (bare.startswith("ت") and not bare.startswith("تابع"))
        else Gender.MALE
    )


def _held(sentence: _Sentence) -> Iterator[Saying]:
    """Phrases that hold their speaker: "على حد قولها"."""
    for match in exact("speech", "ar", "holding").find(sentence.words):
        last = sentence.form(match.last)
        if "بيان" in last or "تقرير" in last:
            mention = sentence.span(match.last, match.last)
            yield Saying(sentence.span(match.first, match.last), mention, mention)
            continue
        verb = last in ("قال", "قالت", "يقول", "تقول")
        if verb and match.last + 1 < len(sentence.words) and not sentence.stops(match.last + 1):
            continue
        female = last.endswith("ها") or (verb and (last.endswith("ت") or last.startswith("ت")))
        gender = Gender.FEMALE if female else Gender.SEVERAL if last.endswith("هم") else Gender.MALE
        yield Saying(sentence.span(match.first, match.last), None, hidden=gender)


def _behind(sentence: _Sentence, first: int) -> tuple[Span, Span] | None:
    """The subject behind its verb, with the aside that may follow it."""
    if first >= len(sentence.words) or sentence.stops(first):
        return None
    last = _name_end(sentence, first)
    return _with_aside(sentence, first, last) if sentence.speaks(first, last) else None


def _with_aside(sentence: _Sentence, first: int, last: int) -> tuple[Span, Span]:
    """A name by itself, and with the aside that may follow it: "…، وهو مربي نحل"."""
    end = last
    if last + 1 < len(sentence.words):
        comma = _COMMA.search(sentence.text, sentence.words[last].span.end, sentence.words[last + 1].span.start)
        relative = sentence.form(last + 1) in ("وهو", "وهي", "الذي", "التي")
        # Behind a comma another clause may begin, which is no aside.
        if relative or (comma is not None and sentence.form(last + 1).startswith("ال")):
            end = last + 1
            while end + 1 < len(sentence.words) and not sentence.stops(end + 1) and sentence.form(end + 1) not in _THAT:
                end += 1
    return sentence.span(first, last), sentence.span(first, end)


def _name_end(sentence: _Sentence, first: int) -> int:
    """The last word of the name that begins at `first`.

    What is definite goes on with what is definite, with "لحقوق" and the like, and a title with its name; an indefinite
    word behind it is the verb's object: "أعلنت الوزارة | مقتل".
    """
    cut = word_set("speech", "ar", "cut")
    last = first - 1
    while last + 1 < min(len(sentence.words), first + _LONGEST):
        index = last + 1
        form = sentence.form(index)
        if (index > first and sentence.stops(index)) or (folded(form) in cut and index > first) or form in _THAT:
            break
        if index > first and _begins_object(sentence, first, index):
            break
        last = index
    return last


def _begins_object(sentence: _Sentence, first: int, index: int) -> bool:
    form, before = sentence.form(index), sentence.form(index - 1)
    named = next((i for i in range(first, index) if _is_name(sentence.form(i))), None)
    if named is not None and index - named > 1 and before not in ("بن", "أبو", "عبد", "آل"):
        return not (_is_name(form) and index - named == 2)
    if form.endswith("وا"):
        return True
    if form.startswith(("ال", "لل")) or before in ("أبو", "أبا", "أبي", "أم", "بن", "ابن", "عبد", "باسم", "آل"):
        return False
    if form in ("باسم", "بن", "أبو", "أم"):
        return False
    if form.startswith("ل") and sentence.form(index + 1).startswith("ال"):
        return False
    if named is not None:
        return False
    if _is_name(form) and any(_is_title(sentence, i) for i in range(first, index)):
        return False
    # A title's name is no ordinary word.
    titled = _is_title(sentence, index - 1) and letters(form) not in arabic_words()
    return before.startswith("ال") and not titled


def _is_name(form: str) -> bool:
    return folded(form) in word_set("groups", "ar", "man") | word_set("groups", "ar", "woman")


def _is_title(sentence: _Sentence, index: int) -> bool:
    matcher = labelled("groups", "ar", "speaks_for", "female", "male")
    found = next(matcher.find(sentence.words[index : index + 1]), None)
    bodies = ("المرصد", "المركز", "المجلس", "الجيش", "الاتحاد", "المعهد", "البرلمان", "الشرطة", "السلطات")
    return found is not None and sentence.form(index) not in bodies


def _before(sentence: _Sentence, verb: int) -> tuple[Span, Span] | None:
    """The subject at the head of the clause before its verb: "رجل علوي، تنحدر عائلته من …، قال إن"."""
    start = verb
    while start > 0 and sentence.form(start - 1) not in _THAT:
        if _CLAUSE.search(sentence.text, sentence.words[start - 1].span.end, sentence.words[start].span.start):
            break
        start -= 1
    while start < verb and sentence.form(start) in _WAS | _CONNECTIVES:
        start += 1
    if start >= verb or sentence.form(start) in _BEGINS_NO_SUBJECT or _follows(sentence, start, verb):
        return None
    if next(verbs("ar", "reports").find(sentence.words[start : start + 1]), None) is not None:
        return None
    last = min(_name_end(sentence, start), verb - 1)
    while last > start and sentence.form(last) in ("قد", "أيضا"):
        last -= 1
    return (sentence.span(start, last), sentence.span(start, verb - 1)) if sentence.speaks(start, last) else None


def _follows(sentence: _Sentence, start: int, verb: int) -> bool:
    """Whether a verb begins with "ف" and tells what came next, not what "أما …" announced."""
    return sentence.form(verb)[:1] == "ف" and sentence.form(start - 1) not in _AS_FOR


def _source(sentence: _Sentence, verb: Span, speaker: Span) -> Span | None:
    first = next((i for i, word in enumerate(sentence.words) if word.span.start >= speaker.start), None)
    if first is None:
        return None
    last = _name_end(sentence, first)
    reporting = next(verbs("ar", "reports").find(sentence.words[first : first + 1]), None)
    if last < first or reporting is not None:
        return None
    span = sentence.span(first, last)
    form = sentence.form(first)
    to = verb.of(sentence.text).startswith(_TO) or verb.of(sentence.text)[1:].startswith(_TO)
    # "وفقا لأكرم": the name is "أكرم"; "للوزارة" holds "الوزارة" without its alef, so that it stays whole.
    if to and form.startswith("ل") and not form.startswith("لل"):
        span = Span(span.start + 1, span.end)
    return span


def subject(text: str, may_speak: Callable[[str], bool]) -> tuple[Span, Span] | None:
    """The person whom a sentence, its quotations blanked out, speaks of: the first that it names near its beginning."""
    sentence = _Sentence(text, words(text), may_speak)
    for first in range(min(3, len(sentence.words))):
        form = sentence.form(first)
        if (first and sentence.stops(first)) or form in _BEGINS_NO_SUBJECT:
            return None
        if _is_name(form) or (form in ("أبو", "أم") and first + 1 < len(sentence.words)):
            last = _name_end(sentence, first)
            # A name is followed by what the person did: only a second name belongs to it.
            if form not in ("أبو", "أم"):
                surname = sentence.form(first + 1).startswith("ال") or sentence.stops(first + 2)
                last = min(last, first + 1) if surname else first
            else:
                last = first + 1
            return _with_aside(sentence, first, last)
    # Any verb may stand first, so that the first word itself must be somebody's.
    start = 1 if sentence.form(0) in _WAS else 0
    reporting = next(verbs("ar", "reports").find(sentence.words[start : start + 1]), None)
    if reporting is None and sentence.speaks(start, start) and not sentence.form(start).startswith(("ب", "ل", "ك")):
        return _with_aside(sentence, start, _name_end(sentence, start))
    return None


def feminine(mention: str) -> bool:
    """Whether a verb takes the feminine before a mention."""
    found = words(mention)
    if not found:
        return False
    head = found[0].form
    female = word_set("groups", "ar", "female")
    women = word_set("groups", "ar", "woman")
    if any(folded(word.form) in women for word in found[:2]):
        return True
    bare = folded(head).removeprefix("و").removeprefix("ال")
    return head.endswith(("ة", "ات", "اء")) or bare in female or folded(head) in female
