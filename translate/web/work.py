"""What requests ask for, done: plain functions that run at the desk and know nothing of HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from translate import api, extract, languages
from translate.checking import reviewer
from translate.document import Document, Issue, Kind, Severity, TranslatedBlock, TranslatedDocument
from translate.errors import InputError, LanguageError, TooLarge, UsageError
from translate.quality import Pair
from translate.quality.reviewer import Reviewer
from translate.quality.settings import Settings
from translate.render import json as json_render
from translate.roundtrip import back_model, score
from translate.roundtrip.types import RoundTrip
from translate.serving import Limits, Models
from translate.terminology import Term

AUTO = "auto"
"""The language of a text whose language is to be found out."""

# Enough of a text, in code points, to know its language by.
_SAMPLE = 4000
_JUDGING = threading.Lock()
_KINDS = {"text": Kind.TEXT, "markdown": Kind.MARKDOWN}
_NAMES = {Kind.TEXT: "text", Kind.MARKDOWN: "markdown", Kind.FRAGMENT: "html", Kind.PAGE: "html"}


@dataclass(frozen=True)
class Detected:
    """A language that was found out, and how surely, 0 to 1."""

    language: str
    confidence: float


@dataclass(frozen=True)
class Wanted:
    """How texts are to be translated. Languages are normalised codes, the source perhaps `AUTO`.

    `text_only` is for texts without markup of which nothing but the translation is told.
    """

    source: str
    target: str
    model: str | None = None
    strict: bool = False
    qa: bool = True
    terms: tuple[Term, ...] = ()
    text_only: bool = False

    @classmethod
    def between(cls, source: str, target: str, **how: Any) -> Wanted:
        """The same for languages as people name them. Raises LanguageError for one that is not known."""
        return cls(source if source == AUTO else languages.normalise(source), languages.normalise(target), **how)


@dataclass(frozen=True)
class Told:
    """The language that a text is translated from, and what was found where that had to be found out."""

    source: str
    detected: Detected | None = None


@dataclass(frozen=True)
class Done:
    """A text, translated."""

    told: Told
    result: api.Result

    @property
    def text(self) -> str:
        """The translation in the text's own format."""
        kind = self.result.document.source.kind
        if kind is Kind.MARKDOWN:
            return self.result.markdown
        return self.result.text if kind is Kind.TEXT else self.result.html

    @property
    def format(self) -> str:
        """The format: text, html or markdown."""
        return _NAMES[self.result.document.source.kind]


# --- texts ------------------------------------------------------------------------------------------------------------


def taken_apart(texts: Sequence[str], form: str, limits: Limits) -> list[Document]:
    """The texts as documents; `form` is auto, text, html or markdown. Raises TooLarge where they are too much."""
    if len(texts) > limits.segments:
        raise TooLarge(f"{len(texts):,} texts are too many: this server takes {limits.segments:,} at once")
    documents = [extract.document(text, _kind(text, form)) for text in texts]
    length = sum(len(block.text) for document in documents for block in document.blocks)
    if length > limits.characters:
        raise TooLarge(f"{length:,} characters are too many: this server takes {limits.characters:,} at once")
    return documents


def translate(models: Models, documents: Sequence[Document], wanted: Wanted) -> list[Done]:
    """The documents, translated; those of one language go through the engine together.

    Raises what `Models.translator` raises, and LanguageError where a text's language cannot be told.
    """
    told = [source_of(models, document, wanted) for document in documents]
    done: list[Done | None] = [None] * len(documents)
    for source in dict.fromkeys(one.source for one in told):
        at = [number for number, one in enumerate(told) if one.source == source]
        translator = translator_for(models, source, wanted)
        blocks = translator.stream(Document(tuple(p for n in at for p in documents[n].parts), Kind.FRAGMENT))
        for number in at:
            its = tuple(islice(blocks, sum(1 for _ in documents[number].blocks)))
            done[number] = Done(told[number], _result(translator, documents[number], its))
    return [one for one in done if one is not None]


def live(models: Models, document: Document, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """A document's translation as it is made: an event for its start, each sentence, each block, and its end."""
    told = source_of(models, document, wanted)
    translator = translator_for(models, told.source, wanted)
    yield {"event": "start", "source": told.source, "target": wanted.target, "models": _models([translator])}
    blocks: list[TranslatedBlock] = []
    for one in translator.live(document):
        if isinstance(one, TranslatedBlock):
            blocks.append(one)
            yield {"event": "block", "number": len(blocks), **json_render.block(one, document)}
        else:
            yield {"event": "sentence", "block": len(blocks) + 1, **json_render.sentence(one)}
    yield {"event": "done", "result": as_json(Done(told, _result(translator, document, tuple(blocks))))}


def translator_for(models: Models, source: str, wanted: Wanted) -> api.Translator:
    """The translator that a request wants. Raises UsageError where there is nothing to translate."""
    if source == wanted.target:
        raise UsageError(f"source and target are both {source}: nothing to translate")
    checks = replace(_reviewer((source, wanted.target)), terms=_first_of_each(wanted.terms)) if wanted.terms else None
    return models.translator(
        source,
        wanted.target,
        wanted.model,
        strict=wanted.strict,
        qa=wanted.qa,
        checks=checks,
        text_only=wanted.text_only,
    )


def source_of(models: Models, document: Document, wanted: Wanted) -> Told:
    """The language to translate a document from. Raises LanguageError where that has to be told and cannot be.

    A text without letters is in any language: it comes through as it is.
    """
    if wanted.source != AUTO:
        return Told(wanted.source)
    among = sources_of(models, wanted.target)
    sample = " ".join(block.text for block in document.blocks)[:_SAMPLE]
    found = ranked(sample, (*among, wanted.target))
    if found:
        return Told(found[0].language, found[0])
    if any(char.isalpha() for char in sample):
        raise LanguageError("the language of the text cannot be told: say which it is")
    return Told(among[0])


def sources_of(models: Models, target: str) -> tuple[str, ...]:
    """The languages that can be translated to `target`. Raises LanguageError where there is none."""
    found = tuple(source for source, its in models.pairs() if its == target)
    if not found:
        raise LanguageError(f"nothing on this server translates to {languages.name(target)}")
    return found


def ranked(text: str, among: Sequence[str]) -> tuple[Detected, ...]:
    """The languages that a text may be in, the likeliest first; none where it has no letters of theirs."""
    # The first call unpacks py3langid's model; many at once would each unpack it.
    with _JUDGING:
        return tuple(Detected(code, share) for code, share in languages.ranked(text[:_SAMPLE], among))


def as_json(done: Done) -> dict[str, Any]:
    """A translation as the API answers it."""
    document = done.result.document
    return {
        "translation": done.text,
        "format": done.format,
        "source": document.source_language,
        "target": document.target_language,
        "detected": detected_json(done.told.detected),
        "issues": counts(done.result.issues),
        "blocks": [json_render.block(block, document.source) for block in document.blocks],
    }


def detected_json(found: Detected | None) -> dict[str, Any] | None:
    """A language that was found out, as the API answers it."""
    return None if found is None else {"language": found.language, "confidence": round(found.confidence, 4)}


def counts(issues: Sequence[Issue]) -> dict[str, int]:
    """How many issues there are of each severity."""
    return {severity.value: sum(issue.severity is severity for issue in issues) for severity in Severity}


def all_models(done: Sequence[Done]) -> list[dict[str, object]]:
    """Every model that took part, once."""
    uses = [use for one in done for use in one.result.models]
    return [json_render.model(use) for number, use in enumerate(uses) if use not in uses[:number]]


# --- round trips, summaries, checks -----------------------------------------------------------------------------------


def round_trip(models: Models, document: Document, wanted: Wanted, back: str | None, *, similarity: bool) -> RoundTrip:
    """A document there and back, measured. Raises what `translate` raises, and InputError where nothing is in it."""
    if next(document.blocks, None) is None:
        raise InputError("there is nothing to translate")
    source = source_of(models, document, wanted).source
    there = translator_for(models, source, wanted)
    asked = back_model.Asked(wanted.model, None, there.models)
    why = ""
    if back is None:
        choice = back_model.choose([asked], source, wanted.target)
        back, why = choice.model, choice.why
    again = models.translator(wanted.target, source, back)
    returning = back_model.Asked(back, None, again.models)
    started = time.monotonic()
    forward = there.translate(document)
    travelled = score.Travelled("text", forward.document, again.back(forward).document)
    return score.round_trip(
        [travelled],
        score.How(_settings(), similarity),
        back_choice=why or back_model.reason(returning, [asked]),
        same_family=back_model.shares_family(returning, [asked]),
        seconds=time.monotonic() - started,
    )


def check(
    models: Models, pairs: Sequence[tuple[str, str]], wanted: Wanted, *, similarity: bool
) -> tuple[Told, list[tuple[Issue, ...]]]:
    """The issues of each pair of source and target."""
    told = Told(wanted.source)
    if wanted.source == AUTO:
        found = ranked(" ".join(source for source, _ in pairs), models.languages())
        if not found:
            raise LanguageError("the language of the sources cannot be told: say which it is")
        told = Told(found[0].language, found[0])
    if told.source == wanted.target:
        raise UsageError(f"source and target are both {told.source}: nothing to compare")
    checks = replace(_reviewer((told.source, wanted.target)), terms=_first_of_each(wanted.terms), similarity=similarity)
    return told, checks.review([Pair(source, target, told.source, wanted.target) for source, target in pairs])


@lru_cache(maxsize=8)
def _reviewer(pair: tuple[str, str]) -> Reviewer:
    return reviewer(pair)


def _settings() -> Settings:
    return _reviewer(("en", "ar")).settings


def _first_of_each(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Of two terms for one source, the first."""
    found: dict[str, Term] = {}
    for term in terms:
        found.setdefault(term.source.casefold(), term)
    return tuple(found.values())


def _kind(text: str, form: str) -> Kind:
    if form in _KINDS:
        return _KINDS[form]
    # The name is how `kind_of` is told that a text is HTML, and may only say whether it is a page.
    return extract.kind_of(text, "text.html" if form == "html" else "")


def _result(translator: api.Translator, document: Document, blocks: tuple[TranslatedBlock, ...]) -> api.Result:
    return api.Result(TranslatedDocument(document, translator.source, translator.target, blocks, translator.models))


def _models(translators: Sequence[api.Translator]) -> list[dict[str, object]]:
    return [json_render.model(use) for translator in translators for use in translator.models]
