"""The API of this server's own: translate, round trip, summarise, check, and what there is to choose from."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from translate import api, languages
from translate.errors import TooLarge
from translate.render import json as json_render
from translate.render import roundtrip_data, roundtrip_page
from translate.serving import Models
from translate.serving.uploads import harmless
from translate.version import VERSION
from translate.web import answers, schemas, streaming, work
from translate.web.service import Service, of

router = APIRouter()

_TOLD = {
    400: "The text, a language or a combination of them cannot be served.",
    401: "The server asks for a user and a password.",
    403: "The page of another site sent this.",
    404: "The model is not known, or not on this server.",
    413: "More than the server takes at once.",
    422: "The request is not right.",
    500: "A fault of the server's.",
    503: "The server is busy: try again later.",
    504: "It took too long.",
}


def told(*statuses: int, model: type[answers.Answer] = answers.Error) -> dict[int | str, dict[str, Any]]:
    """The errors that a route may answer with, for the OpenAPI document."""
    return {status: {"model": model, "description": _TOLD[status]} for status in statuses}


_READING = told(401, 500)
_WORKING = told(*_TOLD)
_STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": answers.Translated,
        "description": "The translations; with `stream` an event a line: waiting, start, sentence, block, done, error.",
        "content": {streaming.NDJSON: {}, streaming.EVENTS: {}},
    }
}


@router.post("/v1/translate", responses={**_STREAMED, **_WORKING}, tags=["translate"], summary="Translate")
async def translate(request: Request, body: schemas.TranslateRequest) -> Response:
    """Translate a text or several, sentence by sentence, with what there is to know of each."""
    service = of(request)
    wanted = work.Wanted.between(
        body.source, body.target, model=body.model, strict=body.strict, qa=body.qa, terms=_terms(body.glossary)
    )
    if body.stream:
        return await streaming.answer(request, service.stream(lambda: _live(service, body, wanted)))

    def do() -> dict[str, Any]:
        documents = work.taken_apart(body.all_texts, body.format, service.desk.limits)
        done = work.translate(service.desk.models, documents, wanted)
        count(service, done)
        return {"results": [work.as_json(one) for one in done], "models": work.all_models(done)}

    return await service.answer(request, do)


@router.post(
    "/v1/roundtrip",
    responses={200: {"model": answers.RoundTrip}, **_WORKING},
    tags=["translate"],
    summary="There and back",
)
async def roundtrip(request: Request, body: schemas.RoundTripRequest) -> Response:
    """Translate a text and translate it back, and measure what came back."""
    service = of(request)
    wanted = work.Wanted.between(body.source, body.target, model=body.model)

    def do() -> dict[str, Any]:
        (document,) = work.taken_apart([body.text], body.format, service.desk.limits)
        # A report is a page that somebody will open: nothing that was sent may run in it.
        document = harmless(document) if body.report else document
        result = work.round_trip(service.desk.models, document, wanted, body.back_model, similarity=body.similarity)
        report = "".join(roundtrip_page.page(result)) if body.report else None
        return {**json.loads(roundtrip_data.as_json(result)), "report": report}

    return await service.answer(request, do)


@router.post(
    "/v1/summarize",
    responses={200: {"model": answers.Summaries}, **_WORKING},
    tags=["summarize"],
    summary="Summarise",
)
async def summarize(request: Request, body: schemas.SummarizeRequest) -> Response:
    """A neutral summary of an English or Arabic article, every sentence with what it rests on."""
    service = of(request)

    def do() -> dict[str, Any]:
        (document,) = work.taken_apart([body.text], body.format, service.desk.limits)
        document = harmless(document) if body.report else document
        result = api.summarize(
            document,
            body.to,
            source=None if body.source == work.AUTO else body.source,
            form=body.form,
            budget=body.budget,
            translator=lambda source, target: service.desk.models.translator(source, target, body.model),
        )
        return {**json.loads(result.json), "page": result.html if body.report else None}

    return await service.answer(request, do)


@router.post(
    "/v1/check", responses={200: {"model": answers.Checked}, **_WORKING}, tags=["check"], summary="Check translations"
)
async def check(request: Request, body: schemas.CheckRequest) -> Response:
    """The issues of translations that were made anywhere: numbers, dates, names, negation, quotations and more."""
    service = of(request)
    limits = service.desk.limits
    if len(body.pairs) > limits.segments:
        raise TooLarge(f"{len(body.pairs):,} pairs are too many: this server takes {limits.segments:,} at once")
    if sum(len(pair.source) + len(pair.target) for pair in body.pairs) > limits.characters:
        raise TooLarge(f"this is too much text: this server takes {limits.characters:,} characters at once")
    wanted = work.Wanted.between(body.source, body.target, terms=_terms(body.glossary))

    def do() -> dict[str, Any]:
        pairs = [(pair.source, pair.target) for pair in body.pairs]
        found, issues = work.check(service.desk.models, pairs, wanted, similarity=body.similarity)
        return {
            "source": found.source,
            "target": wanted.target,
            "detected": work.detected_json(found.detected),
            "issues": work.counts([issue for its in issues for issue in its]),
            "pairs": [{"issues": [json_render.issue(issue) for issue in its]} for its in issues],
        }

    return await service.answer(request, do)


@router.get(
    "/v1/models", responses={200: {"model": answers.Models}, **_READING}, tags=["server"], summary="Models and limits"
)
async def models(request: Request) -> Response:
    """The models for each language pair with their licences, and what the server takes on."""
    desk = of(request).desk
    pairs = await run_in_threadpool(_choices, desk.models)
    return JSONResponse({"pairs": pairs, "limits": dataclasses.asdict(desk.limits)})


@router.get("/healthz", responses={200: {"model": answers.Health}}, tags=["server"], summary="Whether it works")
async def health(request: Request) -> Response:
    """Answers while the server works; needs no password."""
    desk = of(request).desk
    status = desk.status()
    pairs = await run_in_threadpool(desk.models.pairs)
    return JSONResponse(
        {
            "status": "ok",
            "version": VERSION,
            "pairs": [{"source": source, "target": target} for source, target in pairs],
            "active": status.active,
            "waiting": status.waiting,
        }
    )


@router.get(
    "/metrics",
    responses={200: {"content": {"text/plain": {}}}, **_READING},
    response_class=PlainTextResponse,
    tags=["server"],
    summary="For Prometheus",
)
async def metrics(request: Request) -> Response:
    """Requests, waits, batches and sentences, in Prometheus' text format."""
    text = of(request).counters.text()
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


def count(service: Service, done: Iterable[work.Done]) -> None:
    """Add the sentences of translations to the counters."""
    for one in done:
        document = one.result.document
        made = sum(1 for _ in document.sentences)
        service.counters.sentences.labels(document.source_language, document.target_language).inc(made)


def _terms(glossary: schemas.Glossary) -> tuple[Any, ...]:
    return tuple(term.term() for term in glossary)


def _live(service: Service, body: schemas.TranslateRequest, wanted: work.Wanted) -> Iterator[dict[str, Any]]:
    (document,) = work.taken_apart(body.all_texts, body.format, service.desk.limits)
    for event in work.live(service.desk.models, document, wanted):
        if event["event"] == "start":
            sentences = service.counters.sentences.labels(event["source"], event["target"])
        elif event["event"] == "sentence":
            sentences.inc()
        yield event


def _choices(models: Models) -> list[dict[str, Any]]:
    served = models.pairs()
    codes = dict.fromkeys((*models.languages(), *languages.NEWS[:2]))
    found = []
    for source in codes:
        for target in codes:
            choices = models.choices(source, target) if source != target else ()
            if choices or (source, target) in served:
                found.append(
                    {
                        "source": source,
                        "target": target,
                        "served": (source, target) in served,
                        "models": [dataclasses.asdict(choice) for choice in choices],
                    }
                )
    return found
