"""The headers that tell a browser what it may do with an answer: run nothing, ask no other host, guess no type."""

from __future__ import annotations

from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from translate.web.faults import first_part, path_of

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_DATA = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
# Gradio writes its settings into the page as a script and compiles the page's own handlers from strings. Nothing in
# the page may come from, or go to, another host.
_PAGE = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self'; font-src 'self' data:; img-src 'self' data: blob:; media-src 'self' data: blob:; "
    "frame-src 'self' data: blob:; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; "
    "base-uri 'self'; object-src 'none'"
)

RawHeaders = list[tuple[bytes, bytes]]


class SecurityHeaders:
    """Adds the headers that an answer does not set itself.

    Answers under a path whose first part is in `data_parts` are data, all others are the page's. With `frame` any site
    may show the page in a frame, else only the server's own pages may.
    """

    def __init__(self, app: ASGIApp, data_parts: Collection[str], *, frame: bool = False) -> None:
        self._app = app
        self._data_parts = frozenset(data_parts)
        self._data = _raw({**_ALWAYS, **_DATA})
        page = {**_ALWAYS, "Content-Security-Policy": _PAGE}
        if not frame:
            page["Content-Security-Policy"] += "; frame-ancestors 'self'"
            page["X-Frame-Options"] = "SAMEORIGIN"
        self._page = _raw(page)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers in the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        ours = self._data if first_part(path_of(scope)) in self._data_parts else self._page

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                there = {name.lower() for name, _ in headers}
                message["headers"] = headers + [one for one in ours if one[0] not in there]
            await send(message)

        await self._app(scope, receive, sending)


def _raw(headers: dict[str, str]) -> RawHeaders:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
