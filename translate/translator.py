"""The pipeline: blocks in, translated blocks out; it batches and keeps order, and leaves language to the stages."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from translate import casing, markup, protect, segment
from translate.ahead import ahead
from translate.align.words import Aligner, words
from translate.document import (
    Alignment,
    Block,
    Document,
    Issue,
    ModelUse,
    Sentence,
    Severity,
    Span,
    TranslatedBlock,
    TranslatedDocument,
    TranslatedSentence,
    Translation,
    joint_score,
)
from translate.engines.base import Engine
from translate.engines.guard import COPY, EMPTY, LOOP, WRONG_LANGUAGE
from translate.memory import APPROVED, Asked, Remembered
from translate.quality import Pair
from translate.quality.reviewer import Reviewer
from translate.terminology.enforce import Enforcer

Segmenter = Callable[[Block], tuple[Sentence, ...]]
Progress = Callable[[TranslatedBlock], None]

# Enough sentences for full batches of every length, few enough that a book never stands in memory whole. Twice 256
# takes an engine of opus-mt's size 3% less processor time (2026-11-29, 512 sentences of news).
_WINDOW = 512
# With somebody watching: sentences translated together at most, so that the next ones are never long in coming.
_LIVE = 16
_KEPT = Issue(
    "strict.kept_source",
    Severity.NOTE,
    "This sentence was left in its own language, because its translation had an error.",
    "تُركت هذه الجملة بلغتها لأن في ترجمتها خطأ.",
)
_MOVED = Issue(
    "protect.split",
    Severity.NOTE,
    "The sentence was translated in pieces around what must not change; check how they fit together.",
    "تُرجمت الجملة أجزاءً حول ما لا يجوز تغييره؛ تحقق من ترابطها.",
)
_SPLIT = Issue(
    "segment.split",
    Severity.NOTE,
    "The sentence is longer than the model can take and was translated in parts.",
    "الجملة أطول مما يحتمله النموذج فتُرجمت على أجزاء.",
)


# What the guard around an engine sees, a check sees too, and says where: it is told once, by the check.
_SEEN_BY = {EMPTY: "length.", LOOP: "repetition.", WRONG_LANGUAGE: "language.", COPY: "language."}


@dataclass(frozen=True)
class _Request:
    """One sentence as the engine is to see it: recased, and with the spans that must come through unchanged.

    `written` is the sentence as it was, where it was recased.
    """

    text: str
    protected: tuple[Span, ...] = ()
    shout: bool = False
    written: str = ""

    @property
    def asked(self) -> Asked:
        """What a memory is asked for."""
        variant = ",".join(f"{span.start}-{span.end}" for span in self.protected)
        return Asked(self.text, variant, self.written)


@dataclass(frozen=True)
class _Piece:
    """A block that waits for its window: `known` is what its document tells of the case of words."""

    block: Block
    sentences: tuple[Sentence, ...]
    known: Mapping[str, str]


@dataclass(frozen=True)
class _Settled:
    """What stands in the target for one sentence, and what there is to know of it."""

    translation: Translation
    issues: tuple[Issue, ...]
    translated: bool


class Pipeline:
    """Translates blocks with one engine. `aligner` serves sentences whose engine shows no attention.

    With a `reviewer` every sentence has the issues that its checks find; with `strict` one with an error is not
    translated. An `enforcer` puts a glossary's terms in before that. What `memory` knows is not translated again; what
    a person approved there stands as it is.
    """

    def __init__(
        self,
        engine: Engine,
        source: str,
        target: str,
        *,
        aligner: Aligner | None = None,
        strict: bool = False,
        reviewer: Reviewer | None = None,
        enforcer: Enforcer | None = None,
        memory: Remembered | None = None,
    ) -> None:
        self.engine = engine
        self.source = source
        self.target = target
        self.aligner = aligner
        self.strict = strict
        self.reviewer = reviewer
        self.enforcer = enforcer
        self.memory = memory

    def translate(self, document: Document, progress: Progress | None = None) -> TranslatedDocument:
        """The whole document, in memory; `progress` hears of each block as it is done."""
        known = casing.learn(block.text for block in document.blocks)
        blocks = []
        for block in self.stream(document.blocks, known=known):
            blocks.append(block)
            if progress is not None:
                progress(block)
        return TranslatedDocument(document, self.source, self.target, tuple(blocks), self.engine.uses)

    def stream(
        self,
        blocks: Iterable[Block],
        *,
        segmenter: Segmenter | None = None,
        known: Mapping[str, str] | None = None,
    ) -> Iterator[TranslatedBlock]:
        """Translated blocks in order, held back only until their window of sentences is full.

        `segmenter` replaces the usual one where sentence bounds are known already; `known` maps lower-case words to the
        case that they have elsewhere, for headlines in capitals.
        """
        segmenter = segmenter or (lambda block: segment.sentences(block, self.source))
        return self._windows(_Piece(block, segmenter(block), known or {}) for block in blocks)

    def together(self, documents: Sequence[Document]) -> Iterator[TranslatedDocument]:
        """Documents in order, each as it would be alone; the sentences of several short ones share a window."""
        pieces = (
            _Piece(block, segment.sentences(block, self.source), known)
            for document in documents
            for known in [casing.learn(block.text for block in document.blocks)]
            for block in document.blocks
        )
        blocks = self._windows(pieces)
        for document in documents:
            own = tuple(islice(blocks, sum(1 for _ in document.blocks)))
            yield TranslatedDocument(document, self.source, self.target, own, self.engine.uses)

    def live(
        self, blocks: Iterable[Block], *, known: Mapping[str, str] | None = None
    ) -> Iterator[TranslatedSentence | TranslatedBlock]:
        """Each sentence as soon as it is made, and each block when all its sentences are, in order.

        The first sentence is translated alone, and then more and more together, which is faster. The span of a sentence
        lies in the text that its block will have; only the block has its markup, and the issues with it.
        """
        growing = deque(_Growing(block, segment.sentences(block, self.source)) for block in blocks)
        asked = [(one, sentence) for one in growing for sentence in one.sentences]
        yield from _full(growing)
        at, size = 0, 1
        while at < len(asked):
            part = asked[at : at + size]
            sentences = [its for _, its in part]
            requests = [self._request(one.block, its, known or {}) for one, its in part]
            settled = self._reviewed(sentences, self._enforced(sentences, requests, self._translations(requests)))
            for (one, _), result in zip(part, settled, strict=True):
                yield one.add(result)
                yield from _full(growing)
            at, size = at + size, min(2 * size, _LIVE)

    def back(self, forward: TranslatedDocument, progress: Progress | None = None) -> TranslatedDocument:
        """Another engine's document translated on, sentence for sentence, so that the two can be compared."""
        bounds = {
            id(block.target): tuple(Sentence(s.span.of(block.target.text), s.span) for s in block.sentences if s.span)
            for block in forward.blocks
        }
        targets = iter([block.target for block in forward.blocks])
        parts = tuple(next(targets) if isinstance(part, Block) else part for part in forward.source.parts)
        document = replace(forward.source, parts=parts, language=forward.target_language)
        blocks = []
        for block in self.stream(document.blocks, segmenter=lambda block: bounds[id(block)]):
            blocks.append(block)
            if progress is not None:
                progress(block)
        return TranslatedDocument(document, self.source, self.target, tuple(blocks), self.engine.uses)

    def _windows(self, pieces: Iterable[_Piece]) -> Iterator[TranslatedBlock]:
        """While a window's sentences are checked and put together, the engine has those of the next ones."""
        for window, made in ahead(self._made_of, _cut(pieces), lanes(self.engine.uses)):
            sentences = [sentence for one in window for sentence in one.sentences]
            settled = iter(self._reviewed(sentences, made))
            for one in window:
                yield _assembled(one.block, one.sentences, [next(settled) for _ in one.sentences])

    def _made_of(self, window: Sequence[_Piece]) -> Sequence[Translation]:
        """The translations of a window's sentences, with the glossary's terms in them."""
        requests = [self._request(one.block, sentence, one.known) for one in window for sentence in one.sentences]
        sentences = [sentence for one in window for sentence in one.sentences]
        return self._enforced(sentences, requests, self._translations(requests))

    def _request(self, block: Block, sentence: Sentence, known: Mapping[str, str]) -> _Request:
        terms = self.enforcer.kept(sentence.text) if self.enforcer is not None else ()
        return _request(block, sentence, known, terms)

    def _enforced(
        self, sentences: Sequence[Sentence], requests: Sequence[_Request], translations: Sequence[Translation]
    ) -> Sequence[Translation]:
        """The translations with the glossary's terms in them, where there is a glossary; approved ones only checked."""
        if self.enforcer is None:
            return translations
        checker = replace(self.enforcer, check_only=True)
        return [
            (checker if _approved(translation.issues) else self.enforcer).enforce(
                sentence.text, translation, request.protected
            )
            for sentence, request, translation in zip(sentences, requests, translations, strict=True)
        ]

    def _translations(self, requests: Sequence[_Request]) -> list[Translation]:
        """One translation a request; equal requests are translated once."""
        distinct = list(dict.fromkeys(requests))
        speaking = [request for request in distinct if any(char.isalpha() for char in request.text)]
        found = self._made(speaking) if self.memory is None else self._remembered(self.memory, requests, speaking)
        found = {request: _shouted(found.get(request) or _copy(request.text), request) for request in distinct}
        return [found[request] for request in requests]

    def _made(self, requests: Sequence[_Request]) -> dict[_Request, Translation]:
        return self._aligned(dict(zip(requests, self._protected(requests), strict=True)))

    def _remembered(
        self, memory: Remembered, requests: Sequence[_Request], speaking: Sequence[_Request]
    ) -> dict[_Request, Translation]:
        """Translations of those that speak: what the memory knows from there, and the rest made and remembered."""
        worded = set(speaking)
        known = memory.find([request.asked for request in requests if request in worded])
        old = {request: known[request.asked] for request in speaking if request.asked in known}
        new = self._made([request for request in speaking if request not in old])
        memory.keep({request.asked: translation for request, translation in new.items()})
        found = {**self._aligned(old), **new}
        return {
            request: translation
            if _approved(translation.issues)
            else replace(translation, issues=(*translation.issues, *memory.hints(request.asked)))
            for request, translation in found.items()
        }

    def _protected(self, requests: Sequence[_Request]) -> list[Translation]:
        """Translate with stand-ins for what must not change; where a model loses one, around it."""
        found: dict[int, Translation] = {}
        pending = list(range(len(requests)))
        for form in protect.FORMS:
            masks = [protect.mask(requests[i].text, requests[i].protected, form) for i in pending]
            hypotheses = self._fitting([mask.text for mask in masks])
            missed = []
            for i, mask, hypothesis in zip(pending, masks, hypotheses, strict=True):
                restored = _restored(mask, hypothesis)
                if restored is None:
                    missed.append(i)
                else:
                    found[i] = restored
            pending = missed
        for i in pending:
            found[i] = self._around(requests[i])
        return [found[i] for i in range(len(requests))]

    def _around(self, request: _Request) -> Translation:
        """Translate the runs between protected spans on their own: this cannot lose a protected span."""
        runs = protect.pieces(request.text, request.protected)
        done = self._fitting([run.of(request.text) for run in runs])
        text, moved = protect.join(request.text, runs, [translation.text for translation in done])
        parts = [
            _shift(translation.alignment, run.start, moved.forward(run).start)
            for run, translation in zip(runs, done, strict=True)
            if translation.alignment is not None
        ]
        fixed = [Alignment((span,), (moved.forward(span),), ((0, 0),)) for span in request.protected]
        ordered = sorted((*parts, *fixed), key=lambda part: part.source_words)
        return Translation(
            text,
            alignment=_concatenated(ordered) if len(parts) == len(runs) else None,
            issues=(*dict.fromkeys(issue for part in done for issue in part.issues), _MOVED),
        )

    def _fitting(self, texts: Sequence[str]) -> list[Translation]:
        """Translate texts of any length, those over the model's limit in parts."""
        spans = [segment.split_long(text, self._fits) for text in texts]
        flat = [span.of(text) for text, parts in zip(texts, spans, strict=True) for span in parts]
        distinct = list(dict.fromkeys(flat))
        done = dict(zip(distinct, self.engine.translate(distinct) if distinct else [], strict=True))
        joined = []
        for text, parts in zip(texts, spans, strict=True):
            whole = _joined(text, [(span, done[span.of(text)]) for span in parts])
            joined.append(replace(whole, issues=(*whole.issues, _SPLIT)) if len(parts) > 1 else whole)
        return joined

    def _fits(self, text: str) -> bool:
        # A piece holds at least one code point, so a short text needs no count.
        return len(text) <= self.engine.max_source // 4 or self.engine.count(text) <= self.engine.max_source

    def _aligned(self, found: Mapping[_Request, Translation]) -> dict[_Request, Translation]:
        """The same translations, with an alignment from the fallback where their engine gave none."""
        bare = [request for request, translation in found.items() if translation.alignment is None]
        if self.aligner is None or not bare:
            return dict(found)
        alignments = self.aligner.align([(request.text, found[request].text) for request in bare])
        added = {r: replace(found[r], alignment=a) for r, a in zip(bare, alignments, strict=True)}
        return {**found, **added}

    def _reviewed(self, sentences: Sequence[Sentence], translations: Sequence[Translation]) -> list[_Settled]:
        """What is to stand for each sentence, with the issues that its engine and the checks have with it."""
        found: Sequence[tuple[Issue, ...]] = [()] * len(sentences)
        if self.reviewer is not None:
            found = self.reviewer.review(
                [
                    Pair(
                        sentence.text,
                        translation.text,
                        self.source,
                        self.target,
                        translation.alignment,
                        translation.mean_log_prob,
                    )
                    for sentence, translation in zip(sentences, translations, strict=True)
                ]
            )
        return [
            self._settled(sentence, translation, _told_once(translation.issues, issues))
            for sentence, translation, issues in zip(sentences, translations, found, strict=True)
        ]

    def _settled(self, sentence: Sentence, translation: Translation, issues: tuple[Issue, ...]) -> _Settled:
        """The translation, or the source where that is empty or not to be trusted."""
        wrong = any(issue.severity is Severity.ERROR for issue in issues) and not _approved(issues)
        if translation.text and not (self.strict and wrong):
            return _Settled(translation, issues, True)
        # What the issues point at in a translation is not there when the source stands in its place.
        kept = tuple(replace(issue, target=None) for issue in issues)
        return _Settled(_copy(sentence.text), (*kept, _KEPT), False)


def lanes(models: Iterable[ModelUse]) -> int:
    """How many calls of an engine that these models are behind to have at work at once.

    CTranslate2 takes calls of several threads, works without Python's lock, and has always a batch to go on with where
    there are two; other models take one call at a time.
    """
    return 2 if all(use.engine == "ctranslate" for use in models) else 1


def _cut(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Windows, each of as many blocks as have `_WINDOW` sentences together."""
    window: list[_Piece] = []
    waiting = 0
    for piece in pieces:
        window.append(piece)
        waiting += len(piece.sentences)
        if waiting >= _WINDOW:
            yield window
            window, waiting = [], 0
    if window:
        yield window


class _Growing:
    """A block whose sentences come one by one."""

    def __init__(self, block: Block, sentences: Sequence[Sentence]) -> None:
        self.block = block
        self.sentences = sentences
        self._settled: list[_Settled] = []
        self._end = 0

    @property
    def is_full(self) -> bool:
        return len(self._settled) == len(self.sentences)

    def add(self, settled: _Settled) -> TranslatedSentence:
        """The next sentence as it will stand in the target block."""
        number = len(self._settled)
        sentence = self.sentences[number]
        before = self.sentences[number - 1].span.end if number else 0
        start = self._end + sentence.span.start - before
        self._end = start + len(settled.translation.text)
        self._settled.append(settled)
        span = Span(start, self._end)
        return TranslatedSentence(sentence, span, settled.translation, settled.issues, settled.translated)

    def assembled(self) -> TranslatedBlock:
        return _assembled(self.block, self.sentences, self._settled)


def _full(growing: deque[_Growing]) -> Iterator[TranslatedBlock]:
    """The blocks at the head that lack nothing any more."""
    while growing and growing[0].is_full:
        yield growing.popleft().assembled()


def _assembled(block: Block, sentences: Sequence[Sentence], settled: Sequence[_Settled]) -> TranslatedBlock:
    """The target block: sentences joined by what stood between them, markup projected, issues gathered."""
    text, spans = "", []
    at = 0
    for sentence, one in zip(sentences, settled, strict=True):
        text += block.text[at : sentence.span.start]
        spans.append(Span(len(text), len(text) + len(one.translation.text)))
        text += one.translation.text
        at = sentence.span.end
    text += block.text[at:]
    pieces = [
        markup.Piece(sentence.span, span, one.translation.alignment)
        for sentence, span, one in zip(sentences, spans, settled, strict=True)
    ]
    projection = markup.project(block, text, pieces)
    done = tuple(
        TranslatedSentence(
            sentence, span, one.translation, (*one.issues, *projection.issues.get(number, ())), one.translated
        )
        for number, (sentence, span, one) in enumerate(zip(sentences, spans, settled, strict=True))
    )
    return TranslatedBlock(block, projection.block, done)


def _approved(issues: Iterable[Issue]) -> bool:
    """Whether these are the issues of a translation that a person approved."""
    return any(issue.code == APPROVED for issue in issues)


def _told_once(engine: tuple[Issue, ...], checks: tuple[Issue, ...]) -> tuple[Issue, ...]:
    """The engine's issues and the checks', errors first, without the errors of the engine that a check repeats."""
    wrong = [issue.code for issue in checks if issue.severity is Severity.ERROR]
    own = [
        issue
        for issue in engine
        if issue.severity is not Severity.ERROR
        or issue.code not in _SEEN_BY
        or not any(code.startswith(_SEEN_BY[issue.code]) for code in wrong)
    ]
    return tuple(sorted((*own, *checks), key=lambda issue: issue.severity.rank))


def _request(block: Block, sentence: Sentence, known: Mapping[str, str], terms: Sequence[Span]) -> _Request:
    inlines = [
        replace(inline, span=_within(inline.span, sentence.span))
        for inline in block.inlines
        if inline.protected and inline.span.overlaps(sentence.span)
    ]
    protected = protect.find(sentence.text, inlines, terms)
    recased = casing.recase(sentence.text, known, protected)
    # Recasing keeps every offset, so spans found in the original hold for it.
    if recased is None:
        return _Request(sentence.text, protected)
    return _Request(recased, protected, shout=True, written=sentence.text)


def _restored(mask: protect.Masked, hypothesis: Translation) -> Translation | None:
    """A hypothesis with what was hidden put back, its alignment over the texts as they were; None where it is lost."""
    if not mask.placeholders:
        return hypothesis
    restored = protect.unmask(hypothesis.text, mask)
    if restored is None:
        return None
    alignment = hypothesis.alignment
    if alignment is not None:
        source, source_number = _merged([mask.to_original(word) for word in alignment.source_words])
        target, target_number = _merged([restored.from_masked(word) for word in alignment.target_words])
        links = {(source_number[i], target_number[j]) for i, j in alignment.links}
        alignment = Alignment(source, target, tuple(sorted(links)))
    return replace(hypothesis, text=restored.text, alignment=alignment)


def _merged(spans: Sequence[Span]) -> tuple[tuple[Span, ...], list[int]]:
    """The spans with those that overlap made one, and which of them each of the old ones is now."""
    merged: list[Span] = []
    numbers = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
        numbers.append(len(merged) - 1)
    return tuple(merged), numbers


def _within(span: Span, sentence: Span) -> Span:
    """The part of a block's span that lies in a sentence, in the sentence's offsets."""
    return Span(max(span.start, sentence.start) - sentence.start, min(span.end, sentence.end) - sentence.start)


def _copy(text: str) -> Translation:
    """A text that stands for itself (a number, a sentence that was kept), aligned word by word."""
    same = words(text)
    return Translation(text, alignment=Alignment(same, same, tuple((i, i) for i in range(len(same)))))


def _shouted(translation: Translation, request: _Request) -> Translation:
    """Capitals for the translation of a text in capitals, where the script has them and no offset moves."""
    if not request.shout or _approved(translation.issues):
        return translation
    shouted = casing.raise_case(translation.text, protect.find(translation.text))
    return replace(translation, text=shouted) if len(shouted) == len(translation.text) else translation


def _joined(text: str, parts: Sequence[tuple[Span, Translation]]) -> Translation:
    """The translations of a text's parts as one, spaced as the parts were; unaligned if any part is."""
    if len(parts) == 1 and len(parts[0][0]) == len(text):
        return parts[0][1]
    target, end = "", 0
    shifted: list[Alignment | None] = []
    for span, translation in parts:
        if target and translation.text and any(char.isspace() for char in text[end : span.start]):
            target += " "
        if translation.alignment is not None:
            shifted.append(_shift(translation.alignment, span.start, len(target)))
        target += translation.text
        end = span.end
    return Translation(
        target,
        tuple(piece for _, part in parts for piece in part.source_pieces),
        tuple(piece for _, part in parts for piece in part.target_pieces),
        alignment=_concatenated([a for a in shifted if a is not None]) if len(shifted) == len(parts) else None,
        issues=tuple(dict.fromkeys(issue for _, part in parts for issue in part.issues)),
        score=joint_score([part for _, part in parts]),
    )


def _shift(alignment: Alignment, source: int, target: int) -> Alignment:
    """The same links, of words that stand further on in both texts."""
    return replace(
        alignment,
        source_words=tuple(word.shift(source) for word in alignment.source_words),
        target_words=tuple(word.shift(target) for word in alignment.target_words),
    )


def _concatenated(alignments: Sequence[Alignment]) -> Alignment:
    source_words: list[Span] = []
    target_words: list[Span] = []
    links: list[tuple[int, int]] = []
    for alignment in alignments:
        links += [(len(source_words) + i, len(target_words) + j) for i, j in alignment.links]
        source_words += alignment.source_words
        target_words += alignment.target_words
    return Alignment(tuple(source_words), tuple(target_words), tuple(sorted(links)))
