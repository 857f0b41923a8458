"""Everything that shows text, made of the corpus: articles, names, what models say, summaries, messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from articles import Line, article
from scripted import ScriptedEngine

from browser.xss import Payload, corpus
from translate import extract, quality
from translate.api import Result
from translate.document import Document, Issue, Kind, ModelUse, Severity, Span, Translation
from translate.engines.base import Decoding
from translate.errors import InputError
from translate.render import compare_page, roundtrip_page, summary_page
from translate.roundtrip.compare import Entry, WaysBack, compare
from translate.roundtrip.material import Material
from translate.roundtrip.score import How, Travelled, round_trip
from translate.roundtrip.types import Leg, TripIssue
from translate.serving.limits import Limits
from translate.serving.uploads import uploaded
from translate.summarize.bilingual import Summarized, gathered
from translate.summarize.summary import Change, Edit, Fault, Form, Reason, Refusal, Summary, SummarySentence
from translate.summarize.types import Speaker
from translate.translator import Pipeline

_MADE = datetime(2026, 1, 2)
_WORDS = "The harbour opened again on Monday."
_BOAT = re.compile(r"Boat (\d+)\b")
KINDS = (Kind.TEXT, Kind.FRAGMENT, Kind.PAGE, Kind.MARKDOWN)
_COMPARED = 20
_HOW = How(quality.settings(), similarity=False, resamples=2)


class Parrot(ScriptedEngine):
    """Says what it hears, and of the boat with a payload's number that payload."""

    max_source = 10**6

    def translate(self, sentences: Sequence[str], decoding: Decoding | None = None) -> list[Translation]:
        return [Translation(self._said(sentence)) for sentence in sentences]

    def _said(self, sentence: str) -> str:
        found = _BOAT.search(sentence)
        return corpus()[int(found[1]) - 1].text if found else sentence


def translated(document: Document) -> Result:
    """The document as the parrot translates it."""
    return Result(Pipeline(Parrot(), "en", "ar").translate(document))


def beside_words(payload: Payload, kind: Kind) -> str:
    """An article of this kind with the payload beside words that are to be translated."""
    opening = {Kind.PAGE: f"<!doctype html><title>{_WORDS}</title><p>{_WORDS}</p>", Kind.FRAGMENT: f"<p>{_WORDS}</p>"}
    return opening.get(kind, f"{_WORDS}\n\n") + payload.text


def of_boats(kind: Kind) -> str:
    """An article of ours with a sentence for each payload, for which the parrot says the payload."""
    sentences = [f"Boat {one.number} left early." for one in corpus()]
    if kind in (Kind.TEXT, Kind.MARKDOWN):
        return "\n\n".join(sentences)
    body = "".join(f'<p>{one} <a href="https://example.org/">More</a>.</p>\n' for one in sentences)
    return f"<!doctype html><title>Boats</title><article>{body}</article>" if kind is Kind.PAGE else body


def uploads(name: str) -> Iterator[tuple[Payload, Result]]:
    """What the web page makes of a file of this name with each payload in it, where it takes it at all."""
    for payload in corpus():
        joined = payload.data + f"\n\n{_WORDS}".encode() if payload.kind == "bytes" else b""
        kind = Kind.MARKDOWN if name.endswith(".md") else Kind.FRAGMENT if name.endswith(".html") else Kind.TEXT
        try:
            document = uploaded(joined or beside_words(payload, kind).encode("utf-8"), name, Limits())
        except InputError:
            assert payload.kind == "bytes" or "\0" in payload.text, f"{payload} was refused"
            continue
        yield payload, translated(document)


def report(kind: Kind) -> str:
    """The report of articles of this kind, a payload each, named by their payload; all else that it says is one, too.

    A sentence's row has its payload in what is said of it, as well.
    """
    travelled = [_travelled(extract.document(beside_words(one, kind), kind), one.text) for one in corpus()]
    made = round_trip(travelled, _HOW, back_choice=_all(), same_family=True, seconds=1)
    documents = tuple(
        replace(document, trips=tuple(replace(trip, issues=_said_of(payload)) for trip in document.trips))
        for document, payload in zip(made.documents, corpus(), strict=True)
    )
    result = replace(made, documents=documents, forward_models=_models(), back_models=_models(), notes=(_all(), "x"))
    return roundtrip_page.page(result, made=_MADE)


def report_of_boats(kind: Kind) -> str:
    """The report of an article of ours of which the models made payloads."""
    travelled = _travelled(extract.document(of_boats(kind), kind), "boats")
    return roundtrip_page.page(
        round_trip([travelled], _HOW, back_choice="", same_family=True, seconds=1), summarized(), made=_MADE
    )


def comparison() -> str:
    """A comparison of systems with payloads for names, of files with payloads for names, in which all say payloads."""
    sources = tuple(f"Sentence {number} is here." for number in range(_COMPARED))
    texts = tuple(f"هذه جملة {letter} هنا." for letter in "ابتثجحخدذرزسشصضطظعغف")
    first, second = (" ".join(one.text for one in corpus("breakout", "name", "encoding")[start::2]) for start in (0, 1))
    entries = [
        Entry(name, texts, _models(), backs={"x": back, first: texts})
        for name, back in ((first, sources), (second, texts))
    ]
    ways = WaysBack(("x", first), _all(), frozenset({("x", "x")}))
    made = compare(Material(("en", "ar"), sources, sources, texts), entries, ways, _HOW, seconds=1)
    sentences = []
    for one, start in zip(made.sentences, range(_COMPARED), strict=True):
        some = corpus()[start::_COMPARED]
        text = " ".join(payload.text for payload in some)
        said = tuple(each.issue for payload in some for each in _said_of(payload))
        outputs = tuple(replace(output, text=text, back=text, issues=said) for output in one.outputs)
        sentences.append(replace(one, file=text, source=text, reference=text, outputs=outputs))
    return compare_page.page(replace(made, sentences=tuple(sentences)), made=_MADE)


def summarized() -> Summarized:
    """A summary of an article whose every sentence, speaker and quotation is a payload, as is what is said of it."""
    lines = [Line(one.text, Speaker(one.text, one.text)) for one in corpus()]
    known = article("en", lines, (_all(),))
    refusals = tuple(Refusal(one.text, (Reason(Fault.NEW_NUMBER, one.text),), one.text) for one in corpus())
    sentences = tuple(
        SummarySentence(
            one.text,
            (one.number,),
            known.claims[one.number - 1].speaker,
            (),
            (Edit(Change.RESOLVED, one.text, one.text),),
            refusals[one.number - 1],
        )
        for one in corpus()
    )
    own = Summary("en", Form.PARAGRAPH, sentences, _all(), refusals=refusals)
    carried = tuple(
        replace(one, original=one.text, issues=tuple(said.issue for said in _said_of(payload)))
        for one, payload in zip(sentences, corpus(), strict=True)
    )
    return gathered(known, own, (own, replace(own, language="ar", sentences=carried)), _models())


def summary() -> str:
    """The page of that summary."""
    return summary_page.page(summarized(), made=_MADE)


@lru_cache(maxsize=1)
def _all() -> str:
    return "\n".join(one.text for one in corpus())


def _models() -> tuple[ModelUse, ...]:
    return tuple(ModelUse(one.text, one.text, one.text, one.text, one.text) for one in corpus())


def _said_of(payload: Payload) -> tuple[TripIssue, ...]:
    """An issue that quotes the payload, as one of a glossary's term does."""
    issue = Issue("terms.missing", Severity.ERROR, payload.text, payload.text, Span(0, 3), Span(0, 3))
    return (TripIssue(issue, Leg.FORWARD),)


def _travelled(document: Document, name: str) -> Travelled:
    forward = translated(document).document
    return Travelled(name, forward, Pipeline(Parrot("en"), "ar", "en").back(forward))


def plain(page: str) -> str:
    """A page's text, roughly: without its tags."""
    return re.sub(r"<[^<>]*>", "", page)


def told(page: str, payloads: Iterable[Payload]) -> int:
    """How many payloads a page tells as text."""
    text = plain(page)
    return sum(f"__xss({one.number})" in text for one in payloads)
