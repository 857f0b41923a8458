"""Puts a glossary's terms into a translation by its alignment, or says why it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from translate.align.words import words
from translate.document import Alignment, Issue, Severity, Span, TermOutcome, TermUse, Translation
from translate.terminology import arabic, english, hull, places
from translate.terminology.hull import Hull, Sides
from translate.terminology.matching import fold, occurrences
from translate.terminology.places import Place
from translate.terminology.slot import Fit, Refusal, Slot
from translate.terminology.term import Term

_FITS = {"ar": arabic.fit, "en": english.fit}


@dataclass(frozen=True)
class Enforcer:
    """The terms of one direction (normalised languages) and whether to put them in, or only to say what is missing."""

    terms: tuple[Term, ...]
    source: str
    target: str
    check_only: bool = False

    def kept(self, text: str) -> tuple[Span, ...]:
        """Where a source sentence has terms that must not be translated."""
        return () if self.check_only else places.kept(self.terms, text, self.source)

    def enforce(self, source: str, translation: Translation, protected: Sequence[Span] = ()) -> Translation:
        """`enforce` with these terms and languages."""
        return enforce(
            source, translation, self.terms, (self.source, self.target), protected, check_only=self.check_only
        )


@dataclass(frozen=True)
class _Edit:
    """A place whose words in the target give way to `text`."""

    place: Place
    hull: Hull
    old: Span
    was: str
    text: str


def enforce(
    source: str,
    translation: Translation,
    terms: Sequence[Term],
    languages: tuple[str, str],
    protected: Sequence[Span] = (),
    *,
    check_only: bool = False,
) -> Translation:
    """The translation with the glossary's terms in it, with `terms` and `issues` that say what became of each.

    A term whose place already has an allowed form stays; else the words aligned to it give way to the form that the
    glossary wants, inflected as their place asks, if all of that is certain. Nothing else of the text changes, the
    alignment follows, and a second call changes nothing. What stands at `protected`, spans of the source, is left
    alone. Languages are normalised codes, source first.
    """
    found = places.find(terms, source, languages[0])
    if not found:
        return translation
    uses: list[TermUse] = []
    edits: list[_Edit] = []
    issues: list[Issue] = []
    used = _used(found, source, translation, languages)
    for place in found:
        at = used.get(place)
        banned = _banned(place.term, translation.text, languages[1])
        told = banned[0].of(translation.text) if banned and at is None else ""
        if at is not None or place.term.keep or check_only:
            outcome = TermOutcome.USED if at is not None else TermOutcome.MISSING
            uses.append(TermUse(place.term.source, place.term.target or place.spelling, outcome, place.span, at, told))
            continue
        edit = _edit(place, source, translation, languages, banned, protected)
        if isinstance(edit, _Edit) and any(_touch(edit.hull, other.hull) for other in edits):
            edit = Refusal.SHARED
        if isinstance(edit, Refusal):
            issues.append(_refused(place, source, edit))
            outcome = TermOutcome.NOT_ENFORCED
        else:
            edits.append(edit)
            outcome = TermOutcome.REPLACED
        uses.append(TermUse(place.term.source, place.term.target, outcome, place.span, None, told))
    return _told(source, _replaced(translation, edits), uses, edits, issues)


def _used(
    found: Sequence[Place], source: str, translation: Translation, languages: tuple[str, str]
) -> dict[Place, Span]:
    """The places that have an allowed form in the target, and where: the one aligned to it before any other.

    A form that no place is aligned to answers for one place.
    """
    answers: dict[Place, Span] = {}
    free: dict[Term, list[Span]] = {}
    for place in found:
        if place.term not in free:
            free[place.term] = _standing(place, source, translation.text, languages[1])
    for place in found:
        linked = _linked(place, translation)
        own = next((span for span in free[place.term] if any(span.overlaps(word) for word in linked)), None)
        if own is not None:
            answers[place] = own
    for place in found:
        if place not in answers:
            left = [span for span in free[place.term] if span not in answers.values()]
            if left:
                answers[place] = left[0]
    return answers


def _standing(place: Place, source: str, target: str, language: str) -> list[Span]:
    """Where the target has what the term at a place must become, each place once."""
    if place.term.keep:
        wanted = place.span.of(source)
        starts = [at for at in range(len(target)) if target.startswith(wanted, at)]
        return [Span(at, at + len(wanted)) for at in starts]
    spans: list[Span] = []
    for form in sorted(place.term.targets, key=len, reverse=True):
        spans += [
            span for span in occurrences(form, target, language) if not any(span.overlaps(other) for other in spans)
        ]
    return sorted(spans)


def _linked(place: Place, translation: Translation) -> list[Span]:
    """The target words that a place is aligned to."""
    alignment = translation.alignment
    if alignment is None:
        return []
    return [alignment.target_words[j] for i, j in alignment.links if alignment.source_words[i].overlaps(place.span)]


def _banned(term: Term, text: str, language: str) -> list[Span]:
    return [span for word in term.forbidden for span in occurrences(word, text, language)]


def _edit(
    place: Place,
    source: str,
    translation: Translation,
    languages: tuple[str, str],
    banned: Sequence[Span],
    protected: Sequence[Span],
) -> _Edit | Refusal:
    """What to write for a place and where, or why nothing can be."""
    if translation.alignment is None:
        return Refusal.UNALIGNED
    if any(place.span.overlaps(span) for span in protected):
        return Refusal.PROTECTED
    sides = Sides(source, translation.text, *languages, translation.alignment)
    where = hull.find(place.span, sides, banned if len(banned) == 1 else ())
    if isinstance(where, Refusal):
        return where
    if place.term.is_name and hull.in_longer_name(where.own, sides):
        return Refusal.LONGER_NAME
    slot = _slot(place, where, sides)
    if any(char.isdigit() for word in slot.old for char in word):
        return Refusal.SHARED
    fit = _fit(slot, languages[1])
    if isinstance(fit, Refusal):
        return fit
    if fit.takes_before:
        where = replace(where, first=where.first - 1)
    over = translation.alignment.target_words
    old = Span(over[where.first].start, over[where.last].end)
    text = _cased(fit.text, old, translation.text)
    # What cannot be found again would be replaced again, and the checks would miss it.
    if not any(occurrences(form, text, languages[1]) for form in place.term.targets):
        return Refusal.INFLECTED
    return _Edit(place, where, old, old.of(translation.text), text)


def _slot(place: Place, where: Hull, sides: Sides) -> Slot:
    before = where.first - 1
    beside = {max(where.own, default=0) + 1, min(where.own, default=0) - 1}
    helpers = frozenset(sides.source_word(i) for i in where.helpers)
    return Slot(
        place.term,
        tuple(sides.target_word(j) for j in where.words),
        sides.target_word(before),
        sides.target_word(where.last + 1),
        helpers,
        _is_inflected(place, sides),
        bool(before >= 0 and sides.sources_of(before) & beside),
    )


def _is_inflected(place: Place, sides: Sides) -> bool:
    """Whether the source has the term in another number than the glossary, or with a pronoun."""
    text = place.span.of(sides.source)
    if sides.source_language.partition("-")[0] == "ar":
        return not any(fold(text).endswith(fold(one)) for one in (place.spelling, place.spelling.removesuffix("ة")))
    return not places.is_uninflected(text, place.spelling)


def _fit(slot: Slot, language: str) -> Fit | Refusal:
    """The form that the slot asks for; of languages whose grammar is not known only names can be fitted."""
    known = _FITS.get(language.partition("-")[0])
    if known is not None:
        return known(slot)
    return Fit(slot.term.target) if slot.term.is_name and not slot.inflected else Refusal.INFLECTED


def _cased(text: str, old: Span, target: str) -> str:
    """`text` in capitals in a text of capitals, with a capital where the old words began the sentence with one."""
    if target.isupper():
        return text.upper()
    begins = not any(map(str.isalnum, target[: old.start]))
    return text[:1].upper() + text[1:] if begins and target[old.start].isupper() else text


def _touch(one: Hull, other: Hull) -> bool:
    return one.first <= other.last and other.first <= one.last


def _replaced(translation: Translation, edits: Sequence[_Edit]) -> Translation:
    """The translation with all edits made, its alignment and the spans of its issues moved along."""
    if not edits or translation.alignment is None:
        return translation
    edits = sorted(edits, key=lambda edit: edit.old)
    text, at = "", 0
    for edit in edits:
        text += translation.text[at : edit.old.start] + edit.text
        at = edit.old.end
    text += translation.text[at:]
    return replace(
        translation,
        text=text,
        alignment=_realigned(translation.alignment, edits),
        issues=tuple(
            replace(issue, target=_moved(issue.target, edits)) if issue.target else issue
            for issue in translation.issues
        ),
    )


def _moved(span: Span, edits: Sequence[_Edit]) -> Span:
    """A span of the old text in the new one; what it shares with replaced words it then has all of."""
    start, end = span.start, span.end
    grown = 0
    for edit in edits:
        change = len(edit.text) - len(edit.old)
        if edit.old.end <= span.start:
            start, end = start + change, end + change
        elif edit.old.overlaps(span):
            start = min(start, edit.old.start + grown)
            end = max(end, edit.old.end + grown) + change
        grown += change
    return Span(start, end)


def _realigned(alignment: Alignment, edits: Sequence[_Edit]) -> Alignment:
    """Links of words that stay stay; the term's go to all of the new words, its helpers' to the first of them."""
    new_words: list[Span] = []
    now: dict[int, list[int]] = {}
    shift = index = 0
    waiting = list(edits)
    while index < len(alignment.target_words):
        if waiting and index == waiting[0].hull.first:
            edit = waiting.pop(0)
            fresh = [word.shift(edit.old.start + shift) for word in words(edit.text)]
            for old in edit.hull.words:
                now[old] = list(range(len(new_words), len(new_words) + len(fresh)))
            new_words += fresh
            shift += len(edit.text) - len(edit.old)
            index = edit.hull.last + 1
        else:
            now[index] = [len(new_words)]
            word = alignment.target_words[index]
            new_words.append(Span(word.start + shift, word.end + shift))
            index += 1
    links = {(i, j) for i, old in alignment.links for j in (now[old] if _is_own(i, old, edits) else now[old][:1])}
    links |= {(i, j) for edit in edits for i in edit.hull.own for j in now[edit.hull.last]}
    return Alignment(alignment.source_words, tuple(new_words), tuple(sorted(links)))


def _is_own(source: int, target: int, edits: Sequence[_Edit]) -> bool:
    return any(source in edit.hull.own and target in edit.hull.words for edit in edits)


def _told(
    source: str, done: Translation, uses: Sequence[TermUse], edits: Sequence[_Edit], issues: Sequence[Issue]
) -> Translation:
    """The translation with what became of each term, and an issue for what changed or could not."""
    ordered = sorted(edits, key=lambda edit: edit.old)
    by_place = {edit.place.span: _moved(edit.old, ordered) for edit in edits}
    moved = tuple(
        replace(use, target=by_place.get(use.source, _moved(use.target, ordered) if use.target else None))
        for use in uses
    )
    notes = [_note(edit, source, by_place[edit.place.span], done) for edit in edits]
    return replace(done, issues=(*done.issues, *issues, *notes), terms=moved)


def _note(edit: _Edit, source: str, at: Span, done: Translation) -> Issue:
    term, new = edit.place.span.of(source), at.of(done.text)
    return Issue(
        "terminology.replaced",
        Severity.NOTE,
        f"The glossary's “{new}” stands here for “{term}”; the model wrote “{edit.was}”.",
        f"وُضع هنا «{new}» من المسرد مقابل «{term}»، وكان النموذج قد كتب «{edit.was}».",
        edit.place.span,
        at,
    )


def _refused(place: Place, source: str, why: Refusal) -> Issue:
    term, wanted = place.span.of(source), place.term.target
    return Issue(
        "terminology.not_enforced",
        Severity.WARNING,
        f"The glossary's “{wanted}” for “{term}” was not put in: {why.value[0]}.",
        f"لم يوضع «{wanted}» من المسرد مقابل «{term}»: {why.value[1]}.",
        place.span,
    )
