"""The unit of work: a pure function from a shard of documents to what became of each.

It holds no state and touches no file, its jobs and settings can be pickled, and what it gives for a document does not
depend on the rest of the shard: so it may run anywhere, in any order, and again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from translate import api, extract, languages
from translate.batch import subtitles
from translate.batch.types import Finding, Job, Outcome, Settings, Shape, State
from translate.document import Document, Kind, Severity, TranslatedDocument
from translate.errors import DragomanError, InputError, LanguageError
from translate.extract.decode import decode

# Of a document's text so many code points tell its language, where they have so many words.
_SAMPLE = 4000
_ENOUGH_WORDS = 20

_OWN_FORM: Mapping[Kind, Callable[[api.Result], str | bytes]] = {
    Kind.TEXT: lambda result: result.text,
    Kind.MARKDOWN: lambda result: result.markdown,
    Kind.FRAGMENT: lambda result: result.html,
    Kind.PAGE: lambda result: result.page,
    Kind.DOCX: lambda result: result.docx,
}
_FORMS: Mapping[str, Callable[[api.Result], str | bytes]] = {
    "html": lambda result: result.page,
    "text": lambda result: result.text,
    "markdown": lambda result: result.markdown,
    "json": lambda result: result.json,
    "docx": lambda result: result.docx,
}


@dataclass(frozen=True)
class _Opened:
    """A job taken apart: a document, or one for each column of a row; None for a column without words."""

    job: Job
    documents: tuple[Document | None, ...]
    subtitles: subtitles.Subtitles | None = None


def translate_shard(jobs: Sequence[Job], settings: Settings, translator: api.Translator) -> list[Outcome]:
    """What becomes of each job, in order. Never raises for a document: what cannot be done is set aside, and says why.

    Sentences of all documents go through the engine together; where that fails, each document is tried alone.
    """
    began = time.monotonic()
    opened = [_opened(job, settings) for job in jobs]
    whole = [one for one in opened if isinstance(one, _Opened)]
    documents = [document for one in whole for document in one.documents if document is not None]
    try:
        done = iter(list(translator.together(documents)))
    except Exception:  # noqa: BLE001 (one document's fault must not be the others': it is found by trying each alone)
        outcomes = [_alone(one, settings, translator) if isinstance(one, _Opened) else one for one in opened]
    else:
        outcomes = [_outcome(one, settings, done) if isinstance(one, _Opened) else one for one in opened]
    seconds, size = time.monotonic() - began, sum(job.size for job in jobs)
    return [replace(one, seconds=seconds * one.job.size / size) for one in outcomes]


def _opened(job: Job, settings: Settings) -> _Opened | Outcome:
    try:
        one = _read(job)
        _check_language([document for document in one.documents if document is not None], settings)
    except Exception as exc:  # noqa: BLE001 (as above)
        return _aside(job, exc)
    return one


def _read(job: Job) -> _Opened:
    if job.shape is Shape.SUBTITLES:
        found = subtitles.read(decode(job.data, job.key), job.key)
        return _Opened(job, (found.document,), found)
    if job.shape is Shape.DOCUMENT:
        return _Opened(job, (extract.read(job.data, name=job.key),))
    documents = [extract.document(text, extract.kind_of(text)) for text in job.texts]
    return _Opened(job, tuple(one if next(one.blocks, None) is not None else None for one in documents))


def _check_language(documents: Sequence[Document], settings: Settings) -> None:
    """LanguageError where the text is not in the language that it is to be translated from."""
    sample = " ".join(block.text for document in documents for block in document.blocks)[:_SAMPLE]
    if not languages.in_script(sample, settings.source):
        raise LanguageError(f"the text does not look like {languages.name(settings.source)}")
    found = languages.identify(sample, (*languages.NEWS, settings.source))
    if found not in (settings.source, None) and len(sample.split()) >= _ENOUGH_WORDS:
        raise LanguageError(f"the text looks like {languages.name(found or '')}, not {languages.name(settings.source)}")


def _alone(one: _Opened, settings: Settings, translator: api.Translator) -> Outcome:
    try:
        documents = [document for document in one.documents if document is not None]
        return _outcome(one, settings, translator.together(documents))
    except Exception as exc:  # noqa: BLE001 (the last line of defence: the rest of the batch goes on)
        return _aside(one.job, exc)


def _outcome(one: _Opened, settings: Settings, done: Iterator[TranslatedDocument]) -> Outcome:
    made = [None if document is None else next(done) for document in one.documents]
    try:
        outputs = tuple(
            text.encode("utf-8", "surrogatepass") if translated is None else _written(one, translated, settings)
            for text, translated in zip(one.job.texts or ("",) * len(made), made, strict=True)
        )
    except Exception as exc:  # noqa: BLE001 (as above)
        return _aside(one.job, exc)
    sentences = [sentence for translated in made if translated is not None for sentence in translated.sentences]
    findings = tuple(
        Finding(
            number,
            issue.code,
            issue.severity.value,
            issue.message,
            issue.message_ar,
            sentence.source.text,
            sentence.translation.text,
        )
        for number, sentence in enumerate(sentences, 1)
        for issue in sentence.issues
    )
    counts = Counter(finding.severity for finding in findings)
    return Outcome(
        one.job,
        State.DONE,
        outputs,
        len(sentences),
        sum(len(sentence.source.text.split()) for sentence in sentences),
        counts[Severity.ERROR.value],
        counts[Severity.WARNING.value],
        counts[Severity.NOTE.value],
        findings,
    )


def _written(one: _Opened, translated: TranslatedDocument, settings: Settings) -> bytes:
    if one.subtitles is not None:
        made: str | bytes = subtitles.write(one.subtitles, translated.blocks)
    else:
        form = settings.format if one.job.shape is Shape.DOCUMENT else None
        write = _FORMS[form] if form else _OWN_FORM[translated.source.kind]
        made = write(api.Result(translated))
    return made if isinstance(made, bytes) else made.encode("utf-8", "replace")


def _aside(job: Job, exc: Exception) -> Outcome:
    """A job that could not be done; only what is wrong with the input itself stays so."""
    reason = str(exc) if isinstance(exc, DragomanError) else f"a fault of ours: {type(exc).__name__}: {exc}"
    return Outcome(job, State.ASIDE, reason=reason, lasting=isinstance(exc, InputError))
