"""The API's pages for people: Swagger UI from this server's own files, since no page may ask another host."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles
from starlette.responses import HTMLResponse

_ASSETS = "/docs/assets"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def add(app: FastAPI) -> None:
    """Serve /docs and what it is made of."""
    # A package of files: the Swagger UI that matches FastAPI's own page, which would fetch it from another host.
    assets = resources.files("fastapi_offline") / "static"
    app.mount(_ASSETS, StaticFiles(directory=str(assets)), name="docs-assets")

    async def page(request: Request) -> HTMLResponse:
        root = str(request.scope.get("root_path", ""))
        shown = get_swagger_ui_html(
            openapi_url=f"{root}{app.openapi_url}",
            title=f"{app.title}: API",
            oauth2_redirect_url=None,
            swagger_js_url=f"{root}{_ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{_ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{root}{_ASSETS}/favicon.png",
        )
        shown.headers["Content-Security-Policy"] = _policy(bytes(shown.body).decode("utf-8"))
        return shown

    app.add_api_route("/docs", page, include_in_schema=False)


def _policy(html: str) -> str:
    """A policy under which the page's own scripts run, known by their hashes, and no others."""
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in _INLINE.findall(html)]
    own = " ".join(f"'sha256-{one}'" for one in hashes)
    return (
        f"default-src 'none'; script-src 'self' {own}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
