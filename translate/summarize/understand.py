"""Understands an article: each sentence as a claim with speaker, quotations, hedges, figures and loaded words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from translate.document import Block, Sentence
from translate.errors import LanguageError
from translate.quality.phrases import words
from translate.segment import sentences
from translate.summarize.figures import continued, figures, harmed
from translate.summarize.hedges import hedges
from translate.summarize.lexicon import loaded_words
from translate.summarize.quoting import quoted_parts, rest
from translate.summarize.speakers import speaker
from translate.summarize.types import Article, Claim, Dependence, Figure, Found, Harm, Quoted, Speaker
from translate.summarize.voices import Draft, find_voices, media

LANGUAGES = ("en", "ar")
"""The languages whose articles can be understood."""

_FIRST_WORDS: Mapping[str, Mapping[Dependence, frozenset[str]]] = {
    "en": {
        Dependence.PRONOUN: frozenset("he she they it his her their its him them".split()),
        Dependence.POINTER: frozenset("this these that those such both".split()),
        Dependence.CONNECTIVE: frozenset(
            "however but and also yet still instead then so meanwhile moreover nevertheless nonetheless therefore"
            " furthermore besides otherwise too afterwards similarly likewise".split()
        ),
    },
    "ar": {
        Dependence.PRONOUN: frozenset("هو هي هم هن وهو وهي وهم فهو فهي إنه إنها".split()),
        Dependence.POINTER: frozenset("هذا هذه هؤلاء ذلك تلك وهذا وهذه وذلك وتلك كذلك وكذلك بذلك وبذلك".split()),
        Dependence.CONNECTIVE: frozenset(
            "لكن ولكن لكنه ولكنه لكنها ولكنها لكنهم بيد إلا غير كما أيضا ثم فيما لذلك بل".split()
        ),
    },
}
# "It is not clear whether": this "it" points at nothing.
_EXPLETIVE = re.compile(
    r"\W*It (?:is|was|remains|seems|appears|remained|seemed)(?: (?!that\b)\w+){0,4} (?:that|whether|how|who|if|to)\b"
)
# In so many words a quotation is a speech; with fewer a sentence may still only quote a term.
_SPEECH = 3


def understand(blocks: Iterable[Block | str], language: str) -> Article:
    """What an article in English ("en") or Arabic ("ar") says: one claim a sentence, in reading order.

    `blocks` are an article's blocks, or plain texts of a paragraph each; they are split into sentences here. Raises
    LanguageError for any other language.
    """
    if language not in LANGUAGES:
        raise LanguageError(f"An article in {language!r} cannot be understood: only English (en) and Arabic (ar) can.")
    given = [block if isinstance(block, Block) else Block(" ".join(block.split())) for block in blocks]
    split = [(block.text, sentences(block, language)) for block in given]
    papers = media(" ".join(text for text, _ in split), language)
    drafts = _drafts(split, papers)
    find_voices(drafts, language, papers)
    claims: list[Claim] = []
    speakers: dict[int, Speaker] = {}
    harm: Harm | None = None
    for number, draft in enumerate(drafts, 1):
        counted = tuple(
            continued(figure, draft.sentence.text, language, harm) for figure in figures(draft.sentence.text, language)
        )
        harm = next(harmed(counted), harm)
        goes_on = number > 1 and _goes_on(drafts[number - 2], draft)
        claims.append(_claim(number, draft, given[draft.block], counted, language, speakers, goes_on=goes_on))
    return Article(language, tuple(claims), tuple(block.text for block in given), papers)


def _drafts(split: Sequence[tuple[str, Sequence[Sentence]]], papers: Sequence[str]) -> list[Draft]:
    """The sentences of all blocks with their quoted parts; the marks around a paper's name quote nothing."""
    places = [(block, sentence) for block, (_, found) in enumerate(split) for sentence in found]
    drafts: list[Draft] = []
    for (block, sentence), parts in zip(places, quoted_parts(split), strict=True):
        kept = tuple(part for part in parts if part.span.of(sentence.text) not in papers)
        drafts.append(Draft(block, sentence, kept, rest(sentence.text, kept)))
    return drafts


def _goes_on(before: Draft, draft: Draft) -> bool:
    """Whether a sentence goes on with a speech that the sentence before it was in the middle of."""
    return bool(before.parts and draft.parts) and before.parts[-1].speech == draft.parts[0].speech


def _claim(
    number: int,
    draft: Draft,
    block: Block,
    counted: tuple[Figure, ...],
    language: str,
    speakers: dict[int, Speaker],
    *,
    goes_on: bool,
) -> Claim:
    text = draft.sentence.text
    quoted = tuple(part.span for part in draft.parts)
    # "Alleged" and the like are not loaded: they are hedges.
    open_ends = hedges(text, language, quoted)
    # One object a person: what is learnt of them late is true of their first claim, too.
    said = [speakers.setdefault(id(one), speaker(one)) for one in (draft.person, *draft.others) if one is not None]
    return Claim(
        number,
        text,
        draft.block,
        draft.sentence.span,
        block.role,
        said[0] if draft.person is not None else None,
        draft.found,
        tuple(dict.fromkeys(one for one in said[1:] if one != said[0])) if draft.person is not None else (),
        draft.saying.mention if draft.saying is not None else None,
        draft.saying.verb if draft.saying is not None else None,
        _how_quoted(draft),
        quoted,
        open_ends,
        counted,
        tuple(
            one for one in loaded_words(text, language, quoted) if not any(one.span.overlaps(h.span) for h in open_ends)
        ),
        _dependence(draft, language, goes_on=goes_on),
    )


def _how_quoted(draft: Draft) -> Quoted:
    """How much of a sentence is quoted; beside a speech only the words that attribute it may stand."""
    if not draft.parts:
        return Quoted.NONE
    if draft.wholly_quoted:
        return Quoted.WHOLLY
    text = draft.sentence.text
    longest = max((part.span for part in draft.parts), key=len)
    leads = not any(char.isalnum() for char in text[: draft.parts[0].span.start])
    closes = not any(char.isalnum() for char in text[draft.parts[-1].span.end :])
    introduced = closes and text[: longest.start].rstrip(" \"'“«‘").endswith((":", ",", "،"))
    speech = len(words(longest.of(text))) >= _SPEECH
    return Quoted.WHOLLY if draft.saying is not None and speech and (leads or introduced) else Quoted.PARTLY


def _dependence(draft: Draft, language: str, *, goes_on: bool) -> Dependence | None:
    if goes_on or draft.found is Found.QUOTATION:
        return Dependence.QUOTATION
    if draft.found is Found.PRONOUN:
        return Dependence.PRONOUN
    if draft.points_back or draft.found is Found.CARRIED:
        return Dependence.POINTER
    found = words(draft.outside)
    if not found or (draft.parts and draft.parts[0].span.start < found[0].span.start):
        return None
    if _EXPLETIVE.match(draft.outside):
        return None
    kinds = _FIRST_WORDS[language]
    return next((kind for kind in kinds if found[0].form in kinds[kind]), None)
