"""Watches an engine for loops, wrong languages, empty output and copies, and tries such sentences again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from translate.align.faults import loops, must_change, same_words
from translate.align.words import words
from translate.document import Alignment, Issue, Severity, Translation
from translate.engines.assemble import UNFINISHED
from translate.engines.base import Around, Decoding, Engine, continued, n_best
from translate.languages import wrong_language

LOOP = "engine.loop"
WRONG_LANGUAGE = "engine.wrong_language"
EMPTY = "engine.empty"
COPY = "engine.copy"

_LETTERS = re.compile(r"[^\W\d_]+")
_END_MARKS = ".!?…؟:؛;۔"
_IN_ARABIC = {"?": "؟", ";": "؛"}


@dataclass(frozen=True)
class _Fault:
    """What can be wrong with a hypothesis; `rank` orders faults, the worst highest."""

    code: str
    rank: int
    what: str
    what_ar: str


_FAULTS = {
    fault.code: fault
    for fault in (
        _Fault(EMPTY, 4, "The model gave no translation", "لم يُخرج النموذج أي ترجمة"),
        _Fault(WRONG_LANGUAGE, 3, "The model answered in the wrong language", "أجاب النموذج بلغة غير المطلوبة"),
        _Fault(COPY, 2, "The model copied the source", "نسخ النموذج النص الأصلي كما هو"),
        _Fault(LOOP, 1, "The model repeated itself without an end", "كرّر النموذج كلامه بلا نهاية"),
    )
}


@dataclass(frozen=True)
class _Attempt:
    """A hypothesis for a sentence and what is wrong with it."""

    translation: Translation
    faults: tuple[str, ...]

    @property
    def badness(self) -> tuple[int, int, float]:
        """Smaller is better: the worst fault, how many, how unlikely."""
        worst = max((_FAULTS[code].rank for code in self.faults), default=0)
        return worst, len(self.faults), -(self.translation.mean_log_prob or 0.0)


class Guarded(Around):
    """An engine whose faulty hypotheses are tried again with other settings; the best attempt is kept.

    `source` and `target` are the language codes of what goes in and what must come out; `decoding` is what the engine
    uses when it is told nothing (None: its own `decoding`, else the defaults), which retries start from. A sentence
    that was cured has a note, one that was not an error: codes engine.loop, engine.wrong_language, engine.empty and
    engine.copy.
    """

    def __init__(self, engine: Engine, source: str, target: str, *, decoding: Decoding | None = None) -> None:
        super().__init__(engine)
        self._source = source
        self._target = target
        own = getattr(engine, "decoding", None)
        self.decoding = decoding or (own if isinstance(own, Decoding) else Decoding())

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        """One translation for each sentence, in order, with an issue for each that had to be tried again."""
        base = decoding or self.decoding
        first = [
            _Attempt(translation, self._faults(sentence, translation, base))
            for sentence, translation in zip(sentences, self._engine.translate(sentences, base), strict=True)
        ]
        best = list(first)
        for rewrite, settings in _ladder(base):
            pending = [i for i, attempt in enumerate(best) if attempt.faults]
            changed = {i: rewrite(sentences[i]) for i in pending}
            pending = [i for i in pending if self.count(changed[i]) <= self.max_source]
            if not pending:
                continue
            done = self._engine.translate([changed[i] for i in pending], settings)
            for i, translation in zip(pending, done, strict=True):
                own = _for_sentence(sentences[i], changed[i], translation, self._target)
                attempt = _Attempt(own, self._faults(sentences[i], own, settings))
                best[i] = min(best[i], attempt, key=lambda attempt: attempt.badness)
        return [_told(was, now) for was, now in zip(first, best, strict=True)]

    def n_best(self, sentences: Sequence[str], count: int, decoding: Decoding | None = None) -> list[list[str]]:
        """The engine's best hypotheses for each sentence that have no fault; there may be none."""
        base = decoding or self.decoding
        return [
            [text for text in texts if not self._faults(sentence, Translation(text), base)]
            for sentence, texts in zip(sentences, n_best(self._engine, sentences, count, base), strict=True)
        ]

    def continued(
        self, sentence: str, beginnings: Sequence[str], without: str = "", decoding: Decoding | None = None
    ) -> list[Translation]:
        """The engine's, as far as they have no fault."""
        base = decoding or self.decoding
        found = continued(self._engine, sentence, beginnings, without, base)
        return [translation for translation in found if not self._faults(sentence, translation, base)]

    def _faults(self, sentence: str, translation: Translation, decoding: Decoding) -> tuple[str, ...]:
        text = translation.text
        if not _LETTERS.search(sentence):
            # Numbers and marks alone: a model may write them out, but nothing here can judge how.
            return ()
        if not any(char.isalnum() for char in text):
            return (EMPTY,)
        faults = []
        if same_words(sentence, text):
            if must_change(sentence):
                faults.append(COPY)
        elif wrong_language(text, self._target, self._source):
            faults.append(WRONG_LANGUAGE)
        if loops(sentence, text) or _endless(translation, decoding):
            faults.append(LOOP)
        return tuple(faults)


Rewrite = Callable[[str], str]


def _ladder(base: Decoding) -> tuple[tuple[Rewrite, Decoding], ...]:
    """What is tried, in order: each a way to write the source, and settings."""
    penalised = replace(base, no_repeat_ngram=3, repetition_penalty=max(1.2, base.repetition_penalty))
    greedy = replace(penalised, beam=1)
    ladder = [(_as_it_is, penalised)]
    if base.beam > 1:
        ladder.append((_as_it_is, greedy))
    # Headlines without a stop, and fragments with one, are what models saw least of.
    return (*ladder, (_other_end, base), (_other_end, penalised))


def _as_it_is(sentence: str) -> str:
    return sentence


def _other_end(sentence: str) -> str:
    """The sentence without the stop at its end, or with one where it had none."""
    bare = sentence.rstrip().rstrip(_END_MARKS).rstrip()
    return f"{sentence.rstrip()}." if bare == sentence.rstrip() or not bare else bare


def _for_sentence(sentence: str, changed: str, translation: Translation, target: str) -> Translation:
    """A translation of `changed` as one of `sentence`: the same end mark, and words in the sentence's own places."""
    if changed == sentence or not translation.text:
        return translation
    text = translation.text
    if len(changed) > len(sentence.rstrip()):
        text = text.removesuffix(".").rstrip()
    elif text[-1] not in _END_MARKS:
        mark = sentence.rstrip()[-1]
        text += _IN_ARABIC.get(mark, mark) if target.startswith("ar") else mark
    if translation.alignment is None or not text:
        return replace(translation, text=text, alignment=None)
    return replace(translation, text=text, alignment=_over(translation.alignment, sentence, text))


def _over(alignment: Alignment, source: str, target: str) -> Alignment:
    """The links of words that stand in these two texts at the same places, over the words that these texts have."""
    sources, targets = words(source), words(target)
    source_index = {span: i for i, span in enumerate(sources)}
    target_index = {span: i for i, span in enumerate(targets)}
    links = {
        (source_index[alignment.source_words[i]], target_index[alignment.target_words[j]])
        for i, j in alignment.links
        if alignment.source_words[i] in source_index and alignment.target_words[j] in target_index
    }
    return Alignment(sources, targets, tuple(sorted(links)))


def _endless(translation: Translation, decoding: Decoding) -> bool:
    """Whether a hypothesis was cut because it came to no end: its engine says so, or it is as long as it may be."""
    if any(issue.code == UNFINISHED for issue in translation.issues):
        return True
    pieces = len(translation.source_pieces)
    return bool(pieces) and len(translation.target_pieces) >= decoding.max_target(pieces, 1 << 30)


def _told(first: _Attempt, best: _Attempt) -> Translation:
    """The best attempt with issues that say what was wrong at first and what still is."""
    if not first.faults:
        return best.translation
    kept = tuple(issue for issue in best.translation.issues if issue.code != UNFINISHED)
    codes = dict.fromkeys((*best.faults, *first.faults))
    return replace(best.translation, issues=(*kept, *(_issue(code, code in best.faults) for code in codes)))


def _issue(code: str, still: bool) -> Issue:
    fault = _FAULTS[code]
    if still:
        return Issue(
            code,
            Severity.ERROR,
            f"{fault.what}, and trying again with other settings did not help.",
            f"{fault.what_ar}، ولم تنفع إعادة المحاولة بإعدادات أخرى.",
        )
    return Issue(
        code,
        Severity.NOTE,
        f"{fault.what}; this translation comes from another try with other settings.",
        f"{fault.what_ar}؛ وهذه ترجمة محاولة أخرى بإعدادات مختلفة.",
    )
