"""A model of the registry → its files on this machine: found, fetched, verified, removed."""

from translate.hub.download import Progress, endpoint, fetch, forbidden, pin, reachable
from translate.hub.store import cached, missing, path, present, remove, revision, verify

__all__ = [
    "Progress",
    "cached",
    "endpoint",
    "fetch",
    "forbidden",
    "missing",
    "path",
    "pin",
    "present",
    "reachable",
    "remove",
    "revision",
    "verify",
]
