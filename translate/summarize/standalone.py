"""Words a sentence of an article so that a summary can have it alone: its speaker named, no pronoun left hanging."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate.document import Role, Span
from translate.quality.phrases import Word, lists, words
from translate.summarize.compress import asides, for_headline
from translate.summarize.edits import Replacement, apply
from translate.summarize.neutral import replacements
from translate.summarize.subjects import has_sure_speaker, is_joined, is_nameable, named, resolved
from translate.summarize.summary import Change, Edit, word_count
from translate.summarize.types import Article, Claim, Dependence, Loaded, Quoted
from translate.summarize.wording import according_to, capitalised, marks, said

_PRONOUNS = frozenset("he she they him her them his hers their theirs himself herself themselves it its".split())
_ENDS = re.compile(r"[.!?؟…][\"”»'’)]*$")
_OPENERS, _CLOSERS = '"“„«', '"”»'
_FEWEST_WORDS = 4
_ASKS = "?؟"
_NEVER_FIRST = ",;:،؛.)»”"
# "Like all of them, he", "By dawn on Saturday she", "When it ended": whoever it is was named before. A name in front
# may be the pronoun's ("When Akram left, he").
_FRONTED = re.compile(
    r"(?:When|While|As|After|Before|Once|Since|If|Although|Though|By|Like|Unlike|In|On|At|For|With|Despite|During|From)"
    r"(?: (?:[^\W\dA-Z_][\w'’-]*|\d+|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)){0,9},? (?:he|she|it|they)\b"
)
# "He hadn't read it": a short sentence that ends with a pronoun seldom has what it stands for.
_TRAILING = re.compile(r"\b(?:it|them|him|her|this|that|so|there|then)[.!]?$")
_SHORT = 14
_ADVERB = re.compile(r"(?:Thus|Therefore|Hence|Otherwise|Instead|Afterwards|Then|Before then|After that|Since then)\b")
# "نشأ ذلك عن": what "that" is was told before.
_DEMONSTRATIVES = frozenset("ذلك تلك هذا هذه هؤلاء أولئك".split())
_EARLY = 3
_LONGEST_THAT = 5


@dataclass(frozen=True)
class Version:
    """One wording of a sentence, with what was changed for it."""

    text: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Standing:
    """A claim as a summary can have it: whole, and as short as grammar allows (the same where nothing can go).

    `needs` are the sentences before it without which it is not to be understood, `loaded` the loaded words outside
    quotation marks that no neutral word could replace.
    """

    claim: Claim
    whole: Version
    short: Version
    needs: frozenset[int] = frozenset()
    loaded: tuple[Loaded, ...] = ()


def stand_alone(article: Article, number: int, *, headline: bool = False) -> Standing | None:
    """The claim of sentence `number` ready for a summary; None where it is no statement or nothing makes it whole.

    A pronoun that is the sentence's subject gives way to its speaker's name, a quotation whose speaker stands
    elsewhere is put after their name and a colon, and a statement that only goes on with what somebody was saying gets
    "according to" them. A word of connection at the start goes. What then still points back needs what it points at.
    For a `headline` the short wording may do without a second clause, too.
    """
    claim = article.claim(number)
    if not _is_statement(article, claim):
        return None
    if not has_sure_speaker(claim, article.language):
        return None
    changes = [*named(claim, article.language), *_link(claim, article.language)]
    needs = _needs(article, claim, changes)
    if needs is None:
        return None
    loaded = tuple(replacements(claim, article.language))
    spans = [*(for_headline(claim, article.language) if headline else ()), *asides(claim, article.language)]
    dropped = [Replacement(span, "", Edit(Change.DROPPED, span.of(claim.text).strip())) for span in spans]
    if not is_nameable(article, claim, changes):
        return None
    whole = _version(article, claim, [*changes, *loaded])
    short = _version(article, claim, [*changes, *dropped, *loaded])
    if whole is None:
        return None
    if short is None or word_count(short.text) >= word_count(whole.text):
        short = whole
    kept = tuple(one for one in claim.loaded_outside if not any(one.span.overlaps(new.span) for new in loaded))
    return Standing(claim, whole, short, needs, kept)


def _is_statement(article: Article, claim: Claim) -> bool:
    """Whether it is a sentence that says something: no heading, caption, cell, part of a list, or lead-in to one."""
    text = claim.text.strip()
    if claim.role not in (Role.PARAGRAPH, Role.ITEM) or word_count(text) < _FEWEST_WORDS or text[0] in _NEVER_FIRST:
        return False
    if text[-1] in _ASKS:
        return False
    if _ENDS.search(text):
        # An item in small letters goes on from the words before the list.
        return claim.role is Role.PARAGRAPH or not text[0].islower()
    # A paragraph may end without its full stop; a line that never has one is a caption, unless it is all there is.
    among_others = any(other.block == claim.block for other in article.claims if other is not claim)
    return claim.role is Role.PARAGRAPH and text[-1].isalnum() and (among_others or len(article.blocks) == 1)


def _link(claim: Claim, language: str) -> Iterator[Replacement]:
    """The word of connection that the sentence begins with, to be left out."""
    if claim.dependence is None and claim.text[:1] != "و":
        return
    found = words(claim.text)
    listed = lists("summary.toml")[language]
    for entries, behind in ((listed["links"], ",،"), (listed["links_and"], "")):
        size = max((size for entry in entries if (size := _begins(found, entry))), default=0)
        if not size or size >= len(found) or any(claim.text[: found[0].start].strip()):
            continue
        gap = claim.text[found[size - 1].end : found[size].start]
        if (behind and gap.strip() not in ("", *behind)) or (behind and language == "en" and not gap.strip()):
            continue
        if language == "ar" and found[size].form.startswith(("أن", "إن")) and len(found[size].form) <= _LONGEST_THAT:
            continue
        if language == "ar" and found[size].form.endswith("ين"):
            # Behind "لكن" a noun has an ending that it must not have without it.
            continue
        yield Replacement(Span(0, found[size].start), "", Edit(Change.DROPPED, claim.text[: found[size].start].strip()))
        return
    yield from _and(found, language)


def _and(found: Sequence[Word], language: str) -> Iterator[Replacement]:
    """The "و" that an Arabic sentence begins with, where the word behind it is known to be one without it."""
    if language == "ar" and found and found[0].start == 0 and is_joined(found[0].form):
        yield Replacement(Span(0, 1), "")


def _begins(found: Sequence[Word], entry: str) -> int:
    """How many words of `entry` the sentence begins with: all or 0."""
    wanted = tuple(word.form for word in words(entry))
    return len(wanted) if tuple(word.form for word in found[: len(wanted)]) == wanted else 0


def _needs(article: Article, claim: Claim, changes: Sequence[Replacement]) -> frozenset[int] | None:
    """The sentence before, where this one still points at it; None where it does and there is none that it could."""
    if not _hangs(claim, changes, article.language):
        return frozenset()
    before = claim.number - 1
    if before < 1 or article.claim(before).role is not claim.role:
        return None
    return frozenset((before,))


def _hangs(claim: Claim, changes: Sequence[Replacement], language: str) -> bool:
    """Whether the sentence, with the changes made, is not to be understood alone."""
    if claim.dependence is None:
        return _hangs_within(claim.text, language)
    places = resolved(changes)
    start = max((change.span.end for change in changes if change.span.start == 0 and not change.text), default=0)
    if _first_pronoun(claim, language, places, start):
        return True
    first = next((word for word in words(claim.text) if word.start >= start), None)
    points = (
        first is not None
        and first.form.split("'")[0] in _back(language)
        and not any(s.overlaps(first.span) for s in places)
    )
    if points:
        return True
    if claim.dependence is Dependence.CONNECTIVE:
        return start == 0
    if claim.dependence is Dependence.QUOTATION:
        # An Arabic verb holds its subject, so that a speech's later sentences may mean anybody.
        return claim.speaker is None or (language == "ar" and claim.text[0] not in _OPENERS)
    return not places


def _hangs_within(text: str, language: str) -> bool:
    """Whether a sentence that begins like any other has a word further on for what it does not name."""
    if language == "ar":
        return not _DEMONSTRATIVES.isdisjoint(word.form for word in words(text)[:_EARLY])
    trails = word_count(text) <= _SHORT and _TRAILING.search(text) is not None
    return trails or _FRONTED.match(text) is not None or _ADVERB.match(text) is not None


def _first_pronoun(claim: Claim, language: str, places: Sequence[Span], start: int) -> bool:
    """Whether an English pronoun outside quotation stands before all that could say whose it is."""
    if language != "en" or (claim.dependence is Dependence.QUOTATION and not places):
        return False
    named = min((span.start for span in places), default=len(claim.text))
    return any(
        word.form in _PRONOUNS
        and start <= word.start < named
        and not any(q.contains(word.span) for q in claim.quotations)
        for word in words(claim.text)
    )


def _back(language: str) -> frozenset[str]:
    return frozenset(word.form for entry in lists("summary.toml")[language]["back"] for word in words(entry))


def _version(article: Article, claim: Claim, changes: Sequence[Replacement]) -> Version | None:
    """The sentence with the changes made and its speaker named; None where that cannot be."""
    language = article.language
    quotes = marks(article)
    names_them = claim.mention is not None or bool(resolved(changes))
    if claim.speaker is None or names_them:
        text, edits = apply(claim.text, [*_missing_marks(claim, quotes), *changes])
        return Version(_finished(text, language), edits)
    attributed = Edit(Change.ATTRIBUTED, after=claim.speaker.name)
    if claim.quoted is Quoted.WHOLLY:
        wrapped = said(claim.speaker, _within_marks(claim), language, quotes)
        return None if wrapped is None else Version(wrapped, (attributed,))
    text, edits = apply(claim.text, [*_missing_marks(claim, quotes), *changes])
    behind = according_to(claim.speaker, _finished(text, language), language)
    return None if behind is None else Version(behind, (*edits, attributed))


def _within_marks(claim: Claim) -> str:
    """The words of a sentence that is all quotation, without the marks at its ends, with its last stop."""
    text = claim.text.strip()
    bare = text.rstrip(f"{_CLOSERS}.").lstrip(_OPENERS)
    stop = "" if bare[-1:] in "!?؟…" else "."
    return f"{bare}{stop}"


def _missing_marks(claim: Claim, quotes: tuple[str, str]) -> Iterator[Replacement]:
    """The marks of a quotation that began in the sentence before or goes on in the next."""
    text = claim.text
    opened, closed = (sum(text.count(mark) for mark in ones) for ones in ("“„«", "”»"))
    if opened == closed and text.count('"') % 2 == 0:
        return
    for quotation in claim.quotations:
        if quotation.start == 0 and quotation.end < len(text):
            yield Replacement(Span(0, 0), quotes[0])
        if quotation.end == len(text) and quotation.start > 0:
            yield Replacement(Span(len(text), len(text)), quotes[1])


def _finished(text: str, language: str) -> str:
    """The sentence with a capital and a full stop."""
    ended = text if _ENDS.search(text) else f"{text}."
    return capitalised(ended) if language == "en" else ended
