"""Puts the server together: routes, what every request passes through, the API's documentation, and the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute

from translate.serving import Desk
from translate.version import VERSION
from translate.web import documentation, downloads, faults, libre, v1, work
from translate.web.access import Authentication, Credentials, SameOrigin
from translate.web.headers import SecurityHeaders
from translate.web.metrics import Counters
from translate.web.middleware import BodyLimit, Observed
from translate.web.service import Service

HEALTH = "/healthz"
"""What answers without a password, so that whoever watches over the server needs none."""

_ROUTERS = (v1.router, libre.router, downloads.router)
# What stands around a file in a form: boundaries, headers, other fields.
_AROUND_A_FILE = 64 * 1024
_DESCRIPTION = """\
Translates news articles between English and Arabic, checks every sentence, and summarises them.

`/v1` tells all there is to know of a translation; the rest is what clients of LibreTranslate expect."""


def create(
    desk: Desk,
    *,
    page: bool = True,
    auth: tuple[str, str] | None = None,
    origins: Sequence[str] = (),
    frame: bool = False,
) -> FastAPI:
    """The server as an ASGI app over `desk`, with the page unless `page` is False.

    `auth` is the user and password that everything but /healthz asks for; clients of LibreTranslate may send the
    password as their api_key. Pages of the sites in `origins` ("https://example.org", or "*" for all) may call it, and
    with `frame` any site may show its page in a frame.
    """
    counters = Counters(desk)
    credentials = Credentials(*auth) if auth else None
    app = FastAPI(
        title="Dragoman",
        version=VERSION,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        separate_input_output_schemas=False,
    )
    app.state.service = Service(desk, counters, credentials)
    for router in _ROUTERS:
        app.include_router(router)
    documentation.add(app)
    faults.install(app)
    parts = _first_parts([*app.routes, *(route for router in _ROUTERS for route in router.routes)])
    # The first is the outermost.
    app.user_middleware = [
        Middleware(SecurityHeaders, data_parts=parts, frame=frame),
        Middleware(Observed, counters=counters),
        *_cors(origins),
        Middleware(SameOrigin, origins=origins),
        *([Middleware(Authentication, credentials, (HEALTH,), faults.LIBRE_PATHS)] if credentials else []),
        Middleware(BodyLimit, limit=desk.limits.file_bytes + _AROUND_A_FILE),
    ]
    if page:
        from translate import demo  # gradio takes seconds, which an API alone need not

        return demo.mount(app, desk)
    app.add_api_route("/", _to_docs, include_in_schema=False)
    return app


async def _to_docs() -> RedirectResponse:
    return RedirectResponse("docs")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # The first judgement of a language unpacks a model for most of a second: nobody should have to wait for that.
    asyncio.get_running_loop().run_in_executor(None, work.ranked, "a", ("en",))
    yield
    app.state.service.desk.close()


def _cors(origins: Sequence[str]) -> list[Middleware]:
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=[origin.rstrip("/") for origin in origins],
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            max_age=86_400,
        )
    ]


def _first_parts(routes: Sequence[BaseRoute]) -> frozenset[str]:
    """The first parts of the paths of all routes: what is under them is the API's, and all else the page's."""
    return frozenset(faults.first_part(str(getattr(route, "path", ""))) for route in routes) - {""}
