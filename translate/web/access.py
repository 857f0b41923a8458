"""Who may ask: a user and password for everything, and no request that another site's page sends."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from translate.web.faults import Fault, path_of, refuse

ADMITTED = "dragoman.admitted"
"""The key of a request's scope that says whether it has shown who sends it."""

_CHALLENGE = {"WWW-Authenticate": 'Basic realm="Dragoman", charset="UTF-8"'}
_HARMLESS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Credentials:
    """The user and password that a server asks for."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "Credentials(…)"

    def has(self, authorization: str) -> bool:
        """Whether an Authorization header is theirs; takes as long for a wrong one as for the right one."""
        scheme, _, encoded = authorization.partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            given = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            return False
        return hmac.compare_digest(given, f"{self.user}:{self.password}".encode())

    def has_key(self, key: str) -> bool:
        """Whether an API key is the password, as clients of LibreTranslate send it."""
        return hmac.compare_digest(key.encode("utf-8", "surrogatepass"), self.password.encode())


class Authentication:
    """Lets nobody in who does not know the credentials, save to `open_paths`.

    `keyed_paths` take the password as a field of the request, too, which only their routes can read: they are passed on
    with `ADMITTED` False in their scope, and refuse by themselves.
    """

    def __init__(
        self,
        app: ASGIApp,
        credentials: Credentials,
        open_paths: Collection[str] = (),
        keyed_paths: Collection[str] = (),
    ) -> None:
        self._app = app
        self._credentials = credentials
        self._open = frozenset(open_paths)
        self._keyed = frozenset(keyed_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 401."""
        if scope["type"] not in ("http", "websocket") or path_of(scope) in self._open:
            await self._app(scope, receive, send)
            return
        scope[ADMITTED] = self._credentials.has(Headers(scope=scope).get("authorization", ""))
        if scope[ADMITTED] or path_of(scope) in self._keyed:
            await self._app(scope, receive, send)
            return
        fault = Fault(401, "unauthorised", "This server asks for a user and a password.", _CHALLENGE)
        await refuse(fault, scope, receive, send)


class SameOrigin:
    """Refuses what the page of another site makes a reader's browser send, save for the sites in `origins`.

    The rules are those of Go's net/http.CrossOriginProtection: the browser's own Sec-Fetch-Site counts; where it sends
    none (plain HTTP to another machine), Origin is compared with the host that was asked; what is no browser sends
    neither, and may pass.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str] = ()) -> None:
        self._app = app
        self._origins = frozenset(origin.rstrip("/").lower() for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403."""
        if scope["type"] in ("http", "websocket") and self._is_foreign(scope):
            fault = Fault(403, "cross_origin", "This server takes no requests from the pages of other sites.")
            await refuse(fault, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_foreign(self, scope: Scope) -> bool:
        if scope["type"] == "http" and scope["method"] in _HARMLESS:
            return False
        headers = Headers(scope=scope)
        origin = headers.get("origin", "").lower()
        if origin and ("*" in self._origins or origin in self._origins):
            return False
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site not in ("same-origin", "none")
        return bool(origin) and _host(origin) != headers.get("host", "").lower()


def _host(origin: str) -> str:
    """The host and port of an origin; "" for one that has none ("null"), which is nobody's."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
