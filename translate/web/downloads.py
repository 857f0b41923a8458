"""Hands out files that wait on the desk's shelf, as attachments that no browser opens by itself."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from translate.web.service import of
from translate.web.v1 import told

router = APIRouter(tags=["files"])

# What RFC 6266 calls a token, and blanks: all that every browser reads the same way.
_ODD = re.compile(r"[^A-Za-z0-9 !#$&+.^_~-]+")
_UNRESERVED = "!#$&+-.^_`|~"  # RFC 5987, attr-char


@router.get(
    "/download/{token}",
    responses={
        200: {"description": "The file.", "content": {"application/octet-stream": {}}},
        **told(401, 500),
        404: {**told(404)[404], "description": "Nothing waits under that name, or not any more."},
    },
    response_class=Response,
    summary="A file that was made",
)
async def download(request: Request, token: str) -> Response:
    """A translated file or report, by the address that another answer gave; it waits there for a while only."""
    item = of(request).desk.shelf.get(token)
    if item is None:
        raise HTTPException(404, "There is no such file here, or not any more: make it again")
    return Response(
        item.data,
        media_type=item.media_type,
        headers={
            "Content-Disposition": disposition(item.name),
            "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        },
    )


def disposition(name: str) -> str:
    """The Content-Disposition of an attachment (RFC 6266), its name in any script (RFC 5987)."""
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cs")) or "file"
    plain = _ODD.sub("_", name)
    both = f'attachment; filename="{plain}"'
    return both if plain == name else f"{both}; filename*=UTF-8''{quote(name, safe=_UNRESERVED)}"
