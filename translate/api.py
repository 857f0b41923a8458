"""The library's front door: `load` a translator for a pair, give it an article, read the result."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from translate import alternatives, casing, extract, hub, languages, registry
from translate.align.words import Aligner
from translate.checking import reviewer
from translate.document import (
    Document,
    Issue,
    Kind,
    ModelUse,
    TranslatedBlock,
    TranslatedDocument,
    TranslatedSentence,
)
from translate.engines.base import Decoding, Engine, EngineConfig
from translate.errors import ExtraMissing, InputError, LanguageError, OutputError, UsageError
from translate.memory import Memory, Remembered, origin
from translate.quality.reviewer import Reviewer
from translate.render import json as json_render
from translate.render import markup as markup_render
from translate.render import page as page_render
from translate.render import summary_data, summary_page, summary_text
from translate.render import text as text_render
from translate.resolve import Access, files, resolve
from translate.summarize import abstractive, extractive
from translate.summarize.bilingual import Summarized, gathered, translated
from translate.summarize.summary import Budget, Form, Summary
from translate.summarize.types import Article
from translate.summarize.understand import LANGUAGES as SUMMARISED
from translate.summarize.understand import understand
from translate.terminology import terms as gathered_terms
from translate.terminology.enforce import Enforcer
from translate.translator import Pipeline, Progress

if TYPE_CHECKING:
    from translate.engines.summarizer import Summarizer

FORMATS = ("html", "text", "markdown", "json")
"""The forms that `write` writes; `write_docx` writes Word files."""
EXTRACTIVE = "extractive"
"""The method of a summary that is made of the article's own sentences."""

# Enough of an article, in code points, to know its language by.
_SAMPLE = 4000


@dataclass(frozen=True)
class Result:
    """A translated article. Everything on it is derived from `document`, which holds all there is to know.

    `summarized` are the article's summaries, where somebody made them: its JSON has them, too.
    """

    document: TranslatedDocument
    summarized: Summarized | None = None

    @property
    def html(self) -> str:
        """The article in its source's own markup: a fragment stays a fragment, a page stays a page.

        From plain text or Markdown: what stands inside an article element.
        """
        document = self.document
        if document.source.kind in (Kind.TEXT, Kind.MARKDOWN):
            return "".join(page_render.body(document.source, document.blocks, document.target_language))
        return "".join(markup_render.document(document.source, document.blocks, document.target_language))

    @property
    def page(self) -> str:
        """The article as a whole HTML page, with its language, direction and models."""
        return "".join(write(self.document.source, self.document.blocks, "html", self._languages, self.models))

    @property
    def text(self) -> str:
        """The article as plain text."""
        return "".join(write(self.document.source, self.document.blocks, "text", self._languages, self.models))

    @property
    def markdown(self) -> str:
        """The article as Markdown."""
        return "".join(write(self.document.source, self.document.blocks, "markdown", self._languages, self.models))

    @property
    def json(self) -> str:
        """The article as JSON, schema in `translate.render.json`."""
        document = self.document
        more = summary_data.fields(self.summarized) if self.summarized else {}
        return "".join(json_render.document(document.source, document.blocks, self._languages, self.models, more))

    @property
    def docx(self) -> bytes:
        """The article as a Word file: the one that it came in, with all else in it kept, or a plain new one."""
        return write_docx(self.document.source, self.document.blocks, self._languages)

    @property
    def sentences(self) -> tuple[TranslatedSentence, ...]:
        """Every sentence with its translation, alignment and issues, in reading order."""
        return tuple(self.document.sentences)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every issue of every sentence, in reading order."""
        return tuple(issue for sentence in self.document.sentences for issue in sentence.issues)

    @property
    def models(self) -> tuple[ModelUse, ...]:
        """The models that translated, with licence, revision and settings."""
        return self.document.models

    @property
    def _languages(self) -> tuple[str, str]:
        return self.document.source_language, self.document.target_language


@dataclass(frozen=True)
class Machine:
    """What translates for a pair, loaded: an engine, and the aligner for what it shows no attention of."""

    engine: Engine
    aligner: Aligner | None

    def over(self, wrap: Callable[[Engine], Engine]) -> Machine:
        """The same with its engine wrapped in another."""
        return Machine(wrap(self.engine), self.aligner)

    def pipeline(
        self,
        source: str,
        target: str,
        *,
        strict: bool,
        reviewer: Reviewer | None,
        enforcer: Enforcer | None = None,
        memory: Remembered | None = None,
    ) -> Pipeline:
        """A pipeline over it; there may be many."""
        return Pipeline(
            self.engine,
            source,
            target,
            aligner=self.aligner,
            strict=strict,
            reviewer=reviewer,
            enforcer=enforcer,
            memory=memory,
        )


class Translator:
    """Translates articles from one language to another. `load` makes one; it may be used again and again."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    @property
    def source(self) -> str:
        """The language that is translated from, BCP-47."""
        return self._pipeline.source

    @property
    def target(self) -> str:
        """The language that is translated to, BCP-47."""
        return self._pipeline.target

    @property
    def models(self) -> tuple[ModelUse, ...]:
        """The models at work, in order."""
        return self._pipeline.engine.uses

    @property
    def memory(self) -> Remembered | None:
        """The memory at work, with how many sentences it was asked for and how many it knew; None without one."""
        return self._pipeline.memory

    def translate(self, article: str | bytes | Document, *, progress: Progress | None = None) -> Result:
        """Translate an article: plain text, an HTML fragment or a whole page, told apart by their content.

        Bytes are decoded as a file would be; `extract.document(text, kind)` makes a Document of a given kind.
        `progress` is called with each translated block. Raises InputError where there is nothing to translate.
        """
        return Result(self._pipeline.translate(_document(article), progress))

    def translate_file(self, path: str | Path, *, progress: Progress | None = None) -> Result:
        """Translate the article in a file; its name tells Markdown from plain text."""
        return self.translate(extract.read_file(Path(path)), progress=progress)

    def live(self, document: Document) -> Iterator[TranslatedSentence | TranslatedBlock]:
        """Each sentence as soon as it is made, and each block when its sentences are: for somebody who is watching.

        A sentence's `span` lies in the text that its target block will have; only the block has its markup placed.
        """
        return self._pipeline.live(document.blocks, known=casing.learn(block.text for block in document.blocks))

    def stream(self, document: Document) -> Iterator[TranslatedBlock]:
        """Translated blocks as they are made, a window of sentences at a time: memory does not grow with the text."""
        return self._pipeline.stream(document.blocks, known=casing.learn(block.text for block in document.blocks))

    def together(self, documents: Sequence[Document]) -> Iterator[TranslatedDocument]:
        """Documents in order, each as `translate` makes it; short ones go through the engine together."""
        return self._pipeline.together(documents)

    def back(self, forward: Result, *, progress: Progress | None = None) -> Result:
        """Translate another translator's result onward, sentence for sentence: the way back of a round trip."""
        if forward.document.target_language != self.source:
            raise UsageError(
                f"cannot translate {forward.document.target_language} back with a translator from {self.source}"
            )
        return Result(self._pipeline.back(forward.document, progress))

    def alternatives(self, text: str | Result, count: int) -> tuple[str, ...]:
        """Up to `count` other translations of a short plain text, or of this translator's result for one, best first.

        There may be fewer, or none: see `translate.alternatives`. Raises UsageError for more than it gives.
        """
        if isinstance(text, str):
            text = self.translate(extract.document(text, Kind.TEXT))
        return alternatives.find(self._pipeline, text.document, count)


def load(
    source: str,
    target: str,
    *,
    profile: str | None = None,
    model: str | Path | None = None,
    device: str = "auto",
    beam: int = 4,
    threads: int | None = None,
    offline: bool = False,
    strict: bool = False,
    qa: bool = True,
    settings: str | Path | None = None,
    glossaries: Sequence[str | Path] = (),
    enforce: bool = True,
    similarity: bool = False,
    memory: bool | str | Path | Memory | None = None,
    on_event: Callable[[str], None] | None = None,
    on_download: Callable[[str], AbstractContextManager[hub.Progress | None]] = lambda _: nullcontext(),
) -> Translator:
    """A translator from `source` to `target` (BCP-47 codes or English names).

    The model is `model` (a name of `dragoman models list`, or a local folder), else the one that `profile` names for
    the pair, else the best on this machine: the default profile if it is here or can be had from the hub, then the
    embedded model, whose output is a preview. `device` is auto, cpu or cuda, `threads` the CPU cores to use (None:
    all); `beam` 1 is greedy search; with `offline` nothing is asked of the network. With `qa` every sentence is
    checked: `settings` is a TOML file that changes which checks run and how strictly, and `similarity` compares the
    meaning of both sides, too. `glossaries` are CSV or TBX files with terms to be used, the first the most important;
    without `enforce` they are only checked. With `strict` a sentence whose translation has an error stays in its source
    language. With `memory` (True for the user's own, or another's file) what the same models have translated before is
    not translated again, and what a person approved stands; one that cannot be written is done without. `on_event`
    hears, in a sentence each, what takes long and what was chosen for want of something better; without it they go to
    stderr. `on_download` makes, for a model's name, a context manager whose value is called with (bytes here, bytes in
    all) while it is downloaded.

    Raises LanguageError for a pair that no model serves, ModelMissing where no model can be had, NetworkError where the
    hub fails, InputError for a file that is no memory, and UsageError for arguments that make no sense.
    """
    pair = languages.normalise(source), languages.normalise(target)
    if pair[0] == pair[1]:
        raise UsageError(f"source and target are both {pair[0]}: nothing to translate")
    if device not in ("auto", "cpu", "cuda"):
        raise UsageError(f"device must be auto, cpu or cuda, not {device!r}")
    if beam < 1:
        raise UsageError(f"beam must be at least 1, not {beam}")
    checks = reviewer(pair, settings, glossaries, similarity=similarity) if qa else None
    terms = checks.terms if checks is not None else gathered_terms([Path(path) for path in glossaries], *pair)
    enforcer = Enforcer(terms, *pair, check_only=not enforce) if terms else None
    say = on_event or (lambda event: print(event, file=sys.stderr))
    configs = resolve(*pair, Access(offline, say, on_download), profile=profile, model=model)
    loaded = machine(configs, device=device, beam=beam, threads=threads, say=say)
    known = _remembered(memory, pair, loaded.engine, Decoding(beam=beam), say)
    return Translator(loaded.pipeline(*pair, strict=strict, reviewer=checks, enforcer=enforcer, memory=known))


def machine(
    configs: Sequence[EngineConfig], *, device: str, beam: int, say: Callable[[str], None], threads: int | None = None
) -> Machine:
    """The engines of a route, loaded; `say` hears what is chosen for want of something better."""
    return Machine(_engine(configs, device, Decoding(beam=beam), threads), _aligner(configs, say))


@dataclass(frozen=True)
class SummaryResult:
    """An article's summaries. Everything on it is derived from `summarized`, which holds all there is to know."""

    summarized: Summarized

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """The summaries in the order asked for; each sentence has its `grounds` and, if translated, its `issues`."""
        return self.summarized.summaries

    @property
    def text(self) -> str:
        """The summaries with the numbers of the article's sentences that they rest on."""
        return summary_text.text(self.summarized)

    @property
    def json(self) -> str:
        """The summaries as JSON, schema in `translate.render.summary_data`."""
        return summary_data.as_json(self.summarized)

    @property
    def html(self) -> str:
        """A page with the article beside its summaries."""
        return summary_page.page(self.summarized)


def summarize(
    article: str | bytes | Document,
    to: str | Sequence[str] = (),
    *,
    source: str | None = None,
    form: Form | str = Form.PARAGRAPH,
    budget: Budget | None = None,
    method: str | Summarizer = EXTRACTIVE,
    embeddings: bool = False,
    translator: Callable[[str, str], Translator] = load,
) -> SummaryResult:
    """A neutral summary of an English or Arabic article in each of the languages `to` (default: the article's own).

    It is chosen in the article's language (`source`, found out where it is None) and then translated as any text is:
    `translator` makes a translator for a pair, and is not called where there is nothing to translate. `method` is
    "extractive", for a summary of the article's own sentences, or a summariser, by its name in models.yaml or as
    `load_summarizer` makes one, whose sentences must pass a gate. `budget` limits the summary in the article's language
    (default: the form's own, `translate.summarize.extractive.BUDGETS`). `embeddings` compares sentences by meaning.

    Raises InputError where there is nothing to summarise, LanguageError for an article in another language, UsageError
    for an unknown form, ExtraMissing where `embeddings` is not installed, and what `load` raises where it is needed.
    """
    document = _document(article)
    try:
        shape = Form(form)
    except ValueError as exc:
        raise UsageError(f"form must be one of {', '.join(one.value for one in Form)}, not {form!r}") from exc
    language = _language(document, source)
    asked = [languages.normalise(one) for one in ([to] if isinstance(to, str) else to)] or [language]
    understood = understand(document.blocks, language)
    own, models = _own(understood, shape, budget, method, embeddings)
    if not own.sentences:
        raise InputError("no sentence of the article can stand alone: there is nothing to summarise")
    summaries = []
    for target in dict.fromkeys(asked):
        if target == language:
            summaries.append(own)
            continue
        there = translator(language, target)
        models.extend(use for use in there.models if use not in models)
        summaries.append(translated(own, target, there.stream))
    return SummaryResult(gathered(understood, own, summaries, models))


def load_summarizer(
    name: str,
    language: str,
    *,
    device: str = "auto",
    offline: bool = False,
    on_event: Callable[[str], None] | None = None,
    on_download: Callable[[str], AbstractContextManager[hub.Progress | None]] = lambda _: nullcontext(),
) -> Summarizer:
    """The summariser of that name in models.yaml, for texts in `language`; the other arguments are those of `load`.

    Raises ModelError for a name that is no summariser's, LanguageError where it does not know the language,
    ModelMissing or NetworkError where its files cannot be had.
    """
    from translate.engines.summarizer import TransformersSummarizer  # only who names a model needs it

    say = on_event or (lambda event: print(event, file=sys.stderr))
    spec = registry.registry().summariser(name, languages.normalise(language))
    return TransformersSummarizer(spec, files(spec, Access(offline, say, on_download)), device=device)


def _own(
    article: Article, form: Form, budget: Budget | None, method: str | Summarizer, embeddings: bool
) -> tuple[Summary, list[ModelUse]]:
    """The summary in the article's language, and the models that wrote it."""
    if method == EXTRACTIVE:
        return extractive.summarize(article, budget, form, embeddings=embeddings), []
    if not article.claims:
        raise InputError("the article has no sentences: there is nothing to summarise")
    writer = load_summarizer(method, article.language) if isinstance(method, str) else method
    cosines = None
    if embeddings:
        from translate.align.sentences import SentenceEncoder  # maps a 70 MB model into memory

        cosines = SentenceEncoder().cosines
    return abstractive.summarize(article, writer, budget, form, cosines=cosines), [writer.use]


def _document(article: str | bytes | Document) -> Document:
    """What is given, taken apart. Raises InputError where there is nothing in it."""
    if isinstance(article, Document):
        return article
    if isinstance(article, str):
        return extract.read(article.encode("utf-8", "surrogatepass"), name="the text")
    return extract.read(article)


def _language(document: Document, source: str | None) -> str:
    """The language that an article is to be understood in: as said, else as found."""
    sample = " ".join(block.text for block in document.blocks)[:_SAMPLE]
    found = languages.normalise(source) if source else languages.identify(sample, languages.NEWS)
    if found is None:
        raise LanguageError("the article's language cannot be told: say whether it is en or ar")
    if found not in SUMMARISED:
        raise LanguageError(f"only English and Arabic articles can be summarised, not one in {languages.name(found)}")
    if not languages.in_script(sample, found):
        raise LanguageError(f"the article does not look like {languages.name(found)}")
    return found


def _engine(configs: Sequence[EngineConfig], device: str, decoding: Decoding, threads: int | None) -> Engine:
    """The route's engines, each watched for loops and wrong languages, chained where there are two, and for numbers."""
    from translate.engines import make  # engines load ctranslate2, which a mere `import translate` need not
    from translate.engines.guard import Guarded
    from translate.engines.pivot import PivotEngine
    from translate.reranking import NumbersKept

    legs: list[Engine] = [
        Guarded(make(config, device=device, decoding=decoding, threads=threads), config.source, config.target)
        for config in configs
    ]
    engine = legs[0]
    for following in legs[1:]:
        engine = PivotEngine(engine, following)
    return NumbersKept(engine, configs[0].source, configs[-1].target)


def _aligner(configs: Sequence[EngineConfig], say: Callable[[str], None]) -> Aligner | None:
    """The fallback for engines without attention; without it, markup is placed by position and issues say so."""
    if all(config.attention is not None for config in configs):
        return None
    return _fallback_aligner(say)


def _fallback_aligner(say: Callable[[str], None]) -> Aligner | None:
    try:
        return _similarity_aligner()
    except ExtraMissing as exc:
        say(f"Links and italics will stand at their relative places only: {exc}")
        return None


def _remembered(
    memory: bool | str | Path | Memory | None,
    pair: tuple[str, str],
    engine: Engine,
    decoding: Decoding,
    say: Callable[[str], None],
) -> Remembered | None:
    """The memory as `load` was asked for it; None without one, and where it cannot be opened for writing."""
    if memory is None or memory is False:
        return None
    if not isinstance(memory, Memory):
        try:
            memory = Memory(None if memory is True else memory)
        except OutputError as exc:
            say(f"translating without memory: {exc}")
            return None
    made_by = origin(engine.uses, asdict(decoding))
    return Remembered(memory, pair, made_by, aligner=lambda: _fallback_aligner(say), say=say)


@lru_cache(maxsize=1)
def _similarity_aligner() -> Aligner:
    """One for all: it maps a model of 70 MB into memory."""
    from translate.align.similarity import SimilarityAligner  # off the path of engines that show their attention

    return SimilarityAligner()


def write(
    source: Document,
    blocks: Iterator[TranslatedBlock] | tuple[TranslatedBlock, ...],
    format: str,  # noqa: A002 (the word its callers use)
    pair: tuple[str, str],
    models: tuple[ModelUse, ...],
) -> Iterator[str]:
    """The pieces of a translated document in one of `FORMATS`; `blocks` may be a stream."""
    if format == "html":
        return page_render.document(source, blocks, pair[1], models)
    if format == "text":
        return text_render.document(source, blocks, pair[1])
    if format == "json":
        return json_render.document(source, blocks, pair, models)
    if format == "markdown":
        return _markdown(source, blocks, pair[1])
    raise UsageError(f"format must be one of {', '.join(FORMATS)}, not {format!r}")


def write_docx(source: Document, blocks: Iterable[TranslatedBlock], pair: tuple[str, str]) -> bytes:
    """A translated document as a Word file's bytes. Raises InputError where the blocks are not the source's."""
    from translate.render import docx as docx_render  # loads python-docx, which no other form needs

    return docx_render.document(source, blocks, pair)


def _markdown(
    source: Document, blocks: Iterator[TranslatedBlock] | tuple[TranslatedBlock, ...], language: str
) -> Iterator[str]:
    if source.kind in (Kind.MARKDOWN, Kind.TEXT):
        # Plain text is escaped as it goes: what looks like markup in it is text in Markdown, too.
        yield from markup_render.document(replace(source, kind=Kind.MARKDOWN), blocks, language)
        return
    from markdownify import markdownify  # pulls in a parser that no other format needs

    markup = "".join(markup_render.document(source, blocks, language))
    yield str(markdownify(markup, heading_style="atx", escape_misc=True)).strip() + "\n"
