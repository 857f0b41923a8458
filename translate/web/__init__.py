"""The HTTP server: one FastAPI app with the API, a LibreTranslate-compatible surface, and the page mounted in it."""

from translate.web.app import create

__all__ = ["create"]
