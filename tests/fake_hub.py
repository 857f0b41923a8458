"""A model hub on this machine: the few addresses of the real one that fetching a model asks, and its bad days."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from translate.registry import Files, Licence, ModelSpec

HUB_ID = "org/tiny"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
WEIGHTS = bytes(range(256)) * 1200
REPOSITORY = {
    "README.md": b"# tiny\n",
    "config.json": b'{"model_type": "marian"}',
    "source.spm": b"source pieces",
    "target.spm": b"target pieces",
    "vocab.json": b'{"</s>": 0}',
    "pytorch_model.bin": WEIGHTS,
    "tf_model.h5": b"not wanted" * 1000,
    "rust_model.ot": b"not wanted either" * 1000,
}
LARGE = ("pytorch_model.bin", "model.safetensors", "tf_model.h5", "rust_model.ot")
FILES = Files(
    needed=("config.json", "source.spm", "target.spm", "vocab.json"),
    weights=("model.safetensors", "pytorch_model.bin"),
    optional=("generation_config.json",),
)


def spec(**changes: object) -> ModelSpec:
    """The registry's entry for the hub's one model."""
    fields: dict[str, object] = {
        "name": "tiny",
        "hub": HUB_ID,
        "revision": "main",
        "licence": Licence(name="CC0-1.0", commercial=True),
        "engine": "ctranslate",
        "architecture": "marian",
        "download": 400_000,
        "pairs": (("en", "ar"),),
        "prefix": "",
        "max_source": 512,
        "max_target": 512,
        "files": FILES,
    }
    return ModelSpec(**{**fields, **changes})


@dataclass
class Hub:
    """What the hub has and how it behaves; `requests` keeps (method, path, Range header) of each call."""

    files: dict[str, bytes] = field(default_factory=lambda: dict(REPOSITORY))
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)
    # path prefix -> (status, X-Error-Code); for GET and HEAD alike
    refusals: dict[str, tuple[int, str]] = field(default_factory=dict)
    # file name -> bytes after which the connection breaks, once
    breaks: dict[str, int] = field(default_factory=dict)
    # file name -> bytes of the whole file beyond which no connection gets
    always_breaks: dict[str, int] = field(default_factory=dict)
    knows_ranges: bool = True
    # file name -> what is served in place of the content that was promised
    forged: dict[str, bytes] = field(default_factory=dict)
    garbage: bytes | None = None
    commit: str = COMMIT
    address: str = ""

    def sha256(self, name: str) -> str:
        return hashlib.sha256(self.files[name]).hexdigest()

    def git_id(self, name: str) -> str:
        content = self.files[name]
        return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()

    def fetched(self, name: str) -> list[str | None]:
        """The Range headers of all GETs of a file."""
        return [given for method, path, given in self.requests if method == "GET" and path.endswith(f"/{name}")]


@contextmanager
def serving() -> Iterator[Hub]:
    """A hub that answers at `address` while the context lasts."""
    hub = Hub()

    class Handler(_Handler):
        state = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: Hub

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        self.state.requests.append((self.command, path, self.headers.get("Range")))
        for prefix, (status, code) in self.state.refusals.items():
            if path.startswith(prefix):
                self._send(status, b"{}", {"X-Error-Code": code}, body)
                return
        if self.state.garbage is not None:
            self._send(200, self.state.garbage, {}, body)
        elif path == "/":
            self._send(200, b"hub", {}, body)
        elif path.startswith(f"/api/models/{HUB_ID}/revision/"):
            self._revision(path.removeprefix(f"/api/models/{HUB_ID}/revision/"), body)
        elif path.startswith(f"/api/models/{HUB_ID}/tree/"):
            self._send(200, json.dumps([self._entry(name) for name in self.state.files]).encode(), {}, body)
        elif path.startswith(f"/{HUB_ID}/resolve/{self.state.commit}/"):
            self._file(path.rpartition("/")[2], body)
        else:
            self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"}, body)

    def _revision(self, revision: str, body: bool) -> None:
        if revision not in ("main", "refs/pr/7", self.state.commit):
            self._send(404, b"{}", {"X-Error-Code": "RevisionNotFound"}, body)
            return
        siblings = [
            {
                "rfilename": name,
                "size": len(content),
                "blobId": self.state.git_id(name),
                **(
                    {"lfs": {"sha256": self.state.sha256(name), "size": len(content), "pointerSize": 1}}
                    if name in LARGE
                    else {}
                ),
            }
            for name, content in self.state.files.items()
        ]
        info = {"id": HUB_ID, "sha": self.state.commit, "siblings": siblings, "tags": [], "private": False}
        self._send(200, json.dumps(info).encode(), {}, body)

    def _entry(self, name: str) -> dict[str, object]:
        content = self.state.files[name]
        entry: dict[str, object] = {"type": "file", "path": name, "oid": self.state.git_id(name), "size": len(content)}
        if name in LARGE:
            entry["lfs"] = {"oid": self.state.sha256(name), "size": len(content), "pointerSize": 1}
        return entry

    def _file(self, name: str, body: bool) -> None:
        if name not in self.state.files:
            self._send(404, b"{}", {"X-Error-Code": "EntryNotFound"}, body)
            return
        content = self.state.forged.get(name, self.state.files[name])
        headers = {"ETag": f'"{self.state.sha256(name)}"', "X-Repo-Commit": self.state.commit, "Accept-Ranges": "bytes"}
        start = 0
        if self.state.knows_ranges and (given := self.headers.get("Range")):
            start = int(given.removeprefix("bytes=").partition("-")[0])
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        stop = self.state.breaks.pop(name, None) if body else None
        if body and name in self.state.always_breaks:
            stop = self.state.always_breaks[name] - start
        self._send(206 if start else 200, content[start:], headers, body, stop)

    def _send(self, status: int, content: bytes, headers: dict[str, str], body: bool, stop: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content[:stop])
        if stop is not None:
            self.close_connection = True
            self.wfile.flush()
            self.connection.close()
