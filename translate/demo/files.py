"""How files come in: into memory, within the limits, and on no disk."""

from __future__ import annotations

from urllib.parse import unquote

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from translate.demo import words
from translate.demo.context import PageContext
from translate.errors import TooLarge

_LONGEST_NAME = 200


def router(page: PageContext) -> APIRouter:
    """`POST /page/files`: the body is the file, `X-Name` its percent-encoded name, `X-Session` the page it is for.

    Answers with the file's token, name and size, or with 413 and why, in both languages. Only our own page can send
    such headers: another one's browser would ask first, and is not allowed.
    """
    made = APIRouter(include_in_schema=False)

    @made.post("/page/files")
    async def keep(request: Request) -> Response:
        owner = request.headers.get("x-session", "")
        name = (
            unquote(request.headers.get("x-name", ""))[-_LONGEST_NAME:].replace("\\", "/").rpartition("/")[2] or "file"
        )
        if not owner:
            return JSONResponse({}, 400)
        try:
            data = await _read(request, name, page.desk.limits.file_bytes)
            token = page.desk.shelf.put(data, name, "application/octet-stream", owner)
        except TooLarge as exc:
            english, arabic = words.sentences(exc)
            return JSONResponse({"en": english, "ar": arabic}, 413)
        return JSONResponse({"token": token, "name": name, "size": len(data)})

    return made


async def _read(request: Request, name: str, limit: int) -> bytes:
    """The body. Raises TooLarge as soon as it is over the limit."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > limit:
            raise TooLarge(f"{name} is larger than {limit / 1e6:,.0f} MB, which is the limit: send it in parts")
    return bytes(data)
