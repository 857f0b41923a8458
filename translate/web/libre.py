"""The surface that clients of LibreTranslate know: the same routes, fields, answers and errors."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from translate import api, languages
from translate.document import Block, Document, Kind
from translate.serving import Item
from translate.serving.uploads import source as markup_of
from translate.serving.uploads import stem, uploaded
from translate.web import answers, schemas, work
from translate.web.access import ADMITTED
from translate.web.faults import mistakes
from translate.web.service import Service, of
from translate.web.v1 import count, told

router = APIRouter(tags=["LibreTranslate"])

B = TypeVar("B", bound=BaseModel)

FILES = (".txt", ".html", ".htm", ".md", ".docx")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
_ERRORS = told(400, 401, 403, 413, 500, 503, 504, model=answers.LibreError)
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def _takes(*forms: str, **schema: Any) -> dict[str, Any]:
    """A request body for the OpenAPI document, which our own reading of it does not show FastAPI."""
    return {"requestBody": {"required": True, "content": {form: {"schema": schema} for form in forms}}}


def _schema(of_body: type[BaseModel]) -> dict[str, Any]:
    return of_body.model_json_schema()


@router.post(
    "/translate",
    responses={200: {"model": answers.LibreTranslated}, **_ERRORS},
    openapi_extra=_takes("application/json", *_FORMS, **_schema(schemas.LibreTranslation)),
    summary="Translate as LibreTranslate does",
)
async def translate(request: Request) -> Response:
    """Translate a text, or several: `q` may be a list. What checks find is not told here: /v1/translate tells it."""
    service = of(request)
    body = await _read(request, schemas.LibreTranslation)
    wanted = work.Wanted.between(body.source, body.target, qa=False, text_only=body.format == "text")
    return await service.answer(request, lambda: _translated(service, body, wanted))


@router.post(
    "/detect",
    responses={200: {"model": list[answers.LibreDetected]}, **_ERRORS},
    openapi_extra=_takes("application/json", *_FORMS, **_schema(schemas.LibreDetection)),
    summary="The language of a text",
)
async def detect(request: Request) -> Response:
    """Which of the server's languages a text is in, the likeliest first."""
    body = await _read(request, schemas.LibreDetection)
    models = of(request).desk.models
    found = await run_in_threadpool(lambda: work.ranked(body.q, models.languages()))
    return JSONResponse([_detected(one) for one in found] or [{"language": "en", "confidence": 0.0}])


@router.get(
    "/languages",
    responses={200: {"model": list[answers.LibreLanguage]}, **told(401, 403, 500, model=answers.LibreError)},
    summary="Languages and what they can be translated to",
)
async def known_languages(request: Request) -> Response:
    """Every language that can be translated from or to."""
    await _fields(request)
    models = of(request).desk.models
    pairs = await run_in_threadpool(models.pairs)
    codes = dict.fromkeys(code for pair in pairs for code in pair)
    return JSONResponse(
        [
            {"code": code, "name": languages.name(code), "targets": [to for source, to in pairs if source == code]}
            for code in codes
        ]
    )


@router.post(
    "/translate_file",
    responses={200: {"model": answers.LibreFileUrl}, **_ERRORS},
    openapi_extra=_takes(
        "multipart/form-data",
        **{
            **_schema(schemas.LibreFile),
            "properties": {
                "file": {"type": "string", "format": "binary", "description": "txt, html, md or docx."},
                **_schema(schemas.LibreFile)["properties"],
            },
            "required": ["file", "source", "target"],
        },
    ),
    summary="Translate a file",
)
async def translate_file(request: Request) -> Response:
    """Translate a text, HTML, Markdown or DOCX file into a file of its own kind, which waits at the address given."""
    service = of(request)
    fields = await _fields(request)
    body = _checked(schemas.LibreFile, fields)
    file = fields.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise HTTPException(400, "Invalid request: missing file parameter")
    data, name = await file.read(), file.filename
    await file.close()
    wanted = work.Wanted.between(body.source, body.target, qa=False)

    def do() -> Item:
        document = uploaded(data, name, service.desk.limits, safe=False)
        (done,) = work.translate(service.desk.models, [document], wanted)
        count(service, [done])
        return _file(done.result, name)

    item = await service.run(request, do)
    token = service.desk.shelf.put(item.data, item.name, item.media_type)
    return JSONResponse({"translatedFileUrl": f"{_address(request)}/download/{token}"})


@router.post(
    "/suggest",
    responses=told(401, 403, 413, model=answers.LibreError),
    status_code=403,
    response_model=answers.LibreError,
    summary="Suggestions are off",
)
async def suggest() -> Response:
    """Refused: the server learns nothing from those who use it."""
    raise HTTPException(403, "Suggestions are off on this server.")


@router.get(
    "/frontend/settings",
    responses={200: {"model": answers.LibreSettings}, **told(401, 403, 500, model=answers.LibreError)},
    summary="What a LibreTranslate page asks for first",
)
async def settings(request: Request) -> Response:
    """Limits and defaults, in LibreTranslate's words."""
    await _fields(request)
    service = of(request)
    source, target = next(iter(await run_in_threadpool(service.desk.models.pairs)), ("en", "ar"))
    return JSONResponse(
        {
            "apiKeys": service.credentials is not None,
            "charLimit": service.desk.limits.characters,
            "filesTranslation": True,
            "frontendTimeout": 500,
            "keyRequired": service.credentials is not None,
            "language": {
                "source": {"code": source, "name": languages.name(source)},
                "target": {"code": target, "name": languages.name(target)},
            },
            "suggestions": False,
            "supportedFilesFormat": list(FILES),
        }
    )


# --- reading ----------------------------------------------------------------------------------------------------------


async def _read(request: Request, of_body: type[B]) -> B:
    """A request's fields as `of_body`. Raises HTTPException where they are not."""
    return _checked(of_body, await _fields(request))


def _checked(of_body: type[B], fields: Mapping[str, Any]) -> B:
    try:
        return of_body.model_validate(fields)
    except ValidationError as exc:
        raise HTTPException(400, mistakes(exc.errors(include_input=False, include_url=False))) from exc


async def _fields(request: Request) -> dict[str, Any]:
    """The fields of a request: JSON, or a form, and what stands in the address.

    Raises HTTPException where they cannot be read, and where they lack the key that the server asks for.
    """
    fields: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        fields |= _json_object(await request.body())
    elif kind in _FORMS:
        fields |= _form(await request.form(max_files=1, max_fields=1000, max_part_size=_limit(request)))
    _admit(request, fields)
    return fields


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    # A body that is no UTF-8 is a ValueError, too; one that is nested too deep is the other.
    except (ValueError, RecursionError) as exc:
        raise HTTPException(400, "Invalid request: the body is not JSON") from exc
    if not isinstance(found, dict):
        raise HTTPException(400, "Invalid request: the body is not a JSON object")
    return found


def _form(form: FormData) -> dict[str, Any]:
    """A form's fields; one that comes several times is a list. Browsers send line breaks as CR LF (RFC 7578)."""
    fields: dict[str, Any] = {}
    for name in form:
        values = [one.replace("\r\n", "\n") if isinstance(one, str) else one for one in form.getlist(name)]
        fields[name] = values[0] if len(values) == 1 else values
    return fields


def _admit(request: Request, fields: Mapping[str, Any]) -> None:
    """Raises HTTPException for a request that shows neither password nor key where the server asks for one."""
    credentials = of(request).credentials
    if credentials is None or request.scope.get(ADMITTED, False):
        return
    key = fields.get("api_key")
    if not isinstance(key, str) or not key:
        raise HTTPException(403, "Please contact the server operator to get an API key")
    if not credentials.has_key(key):
        raise HTTPException(403, "Invalid API key")


def _limit(request: Request) -> int:
    return of(request).desk.limits.file_bytes


def _address(request: Request) -> str:
    """Where the client says that it reached the server: it goes back to the same client, and is kept nowhere."""
    host = request.headers.get("host", "")
    root = str(request.scope.get("root_path", ""))
    # A client that does not name a host gets an address without one.
    return f"{request.url.scheme}://{host}{root}" if _HOST.fullmatch(host) else root


# --- answering --------------------------------------------------------------------------------------------------------


def _translated(service: Service, body: schemas.LibreTranslation, wanted: work.Wanted) -> dict[str, Any]:
    models, limits = service.desk.models, service.desk.limits
    documents = work.taken_apart(body.texts, body.format, limits)
    sources = [work.source_of(models, document, wanted) for document in documents]
    texts, others = list(body.texts), [list[str]() for _ in body.texts]
    for source in dict.fromkeys(one.source for one in sources):
        # A text that is in the target's language already comes back as it is, as from LibreTranslate.
        at = [number for number, one in enumerate(sources) if one.source == source != wanted.target]
        if not at:
            continue
        own = work.Wanted(source, wanted.target, qa=False)
        done = work.translate(models, [documents[number] for number in at], own)
        count(service, done)
        translator = work.translator_for(models, source, own)
        for number, one in zip(at, done, strict=True):
            texts[number] = _verbatim(one) if body.format == "html" else one.text
            others[number] = list(translator.alternatives(one.result, body.alternatives))
    return _shaped(body, texts, [one.detected for one in sources], others)


def _verbatim(done: work.Done) -> str:
    """A translated document with its markup byte for byte: a client may look for the tags that it sent."""
    document = done.result.document
    targets = iter([block.target for block in document.blocks])
    parts = tuple(next(targets) if isinstance(part, Block) else part for part in document.source.parts)
    return markup_of(Document(parts, document.source.kind))


def _shaped(
    body: schemas.LibreTranslation, texts: list[str], found: list[work.Detected | None], others: list[list[str]]
) -> dict[str, Any]:
    """The answer: for several texts lists, for a single one what would stand in them."""
    several = not isinstance(body.q, str)
    answer: dict[str, Any] = {"translatedText": texts if several else texts[0]}
    if body.source == work.AUTO:
        detected = [_detected(one) if one else {"language": "en", "confidence": 0.0} for one in found]
        answer["detectedLanguage"] = detected if several else detected[0]
    if body.alternatives:
        answer["alternatives"] = others if several else others[0]
    return answer


def _detected(found: work.Detected) -> dict[str, Any]:
    return {"language": found.language, "confidence": round(100 * found.confidence, 1)}


def _file(result: api.Result, name: str) -> Item:
    """The translated file, of the source's own kind, named as the source with its language behind."""
    document = result.document
    called = f"{stem(name)}_{document.target_language}"
    if document.source.kind is Kind.DOCX:
        return Item(result.docx, f"{called}.docx", _WORD)
    if document.source.kind is Kind.MARKDOWN:
        return Item(result.markdown.encode(), f"{called}.md", "text/markdown; charset=utf-8")
    if document.source.kind is Kind.TEXT:
        return Item(result.text.encode(), f"{called}.txt", "text/plain; charset=utf-8")
    return Item(result.html.encode(), f"{called}.html", "text/html; charset=utf-8")
