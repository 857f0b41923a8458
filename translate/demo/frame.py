"""The page as a whole: its tabs in Gradio, its own head around them, and its place in the web app."""

from __future__ import annotations

import re
from pathlib import Path

import gradio as gr
from fastapi import FastAPI
from markupsafe import Markup
from starlette.datastructures import Headers, MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from translate.demo import batch_tab, check_tab, examples, files, read_tab, summary_tab, words
from translate.demo.context import PageContext
from translate.demo.templates import render
from translate.demo.words import t
from translate.serving import Desk
from translate.version import VERSION

STATIC = Path(__file__).parent / "static"

_TABS = (
    ("read", read_tab.build),
    ("check", check_tab.build),
    ("summary", summary_tab.build),
    ("batch", batch_tab.build),
)
# What Gradio's page says of Gradio to those who would embed it, and pictures of it on another host.
_CARDS = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
# Gradio's ways in and out for files: ours come in by memory, and nothing of theirs is needed.
_SHUT = ("/gradio_api/upload", "/gradio_api/proxy=", "/gradio_api/run-history", "/gradio_api/runs")
# How often, and how old, what Gradio itself may have put on the disk is deleted, in seconds.
_TIDY = (600, 600)


def mount(app: FastAPI, desk: Desk) -> FastAPI:
    """Put the page at "/" of the app. Routes that the app has already go first."""
    page = PageContext(desk, examples.found())
    app.include_router(files.router(page))
    app.mount("/page/static", StaticFiles(directory=STATIC), name="page-static")
    app.add_middleware(Shell)
    gr.mount_gradio_app(
        app,
        blocks(page),
        path="/",
        theme=theme(),
        i18n=words.i18n(),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size=desk.limits.file_bytes,
        favicon_path=str(STATIC / "favicon.svg"),
    )
    return app


def blocks(page: PageContext) -> gr.Blocks:
    """The tabs."""
    made = gr.Blocks(analytics_enabled=False, title="Dragoman", fill_width=True, delete_cache=_TIDY)
    with made:
        with gr.Tabs(elem_id="tabs"):
            for name, build in _TABS:
                with gr.Tab(t(f"{name}_tab"), id=name, elem_id=f"tab-{name}", render_children=True):
                    build(page)

        def leave(request: gr.Request) -> None:
            page.leave(request.session_hash or "")

        made.unload(leave)
    # The desk has the queue; Gradio's own must never be what a reader waits in.
    made.queue(default_concurrency_limit=None, max_size=None, api_open=False)
    return made


def theme() -> gr.themes.Base:
    """Gradio's plainest theme, in our colours and with the fonts that we serve; see page.css for the colours."""
    made = gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        font=[gr.themes.Font("Dragoman Sans"), gr.themes.Font("system-ui"), gr.themes.Font("sans-serif")],
        font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")],
        radius_size=gr.themes.sizes.radius_md,
    )
    return made.set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_padding="0px",
        block_label_text_color="var(--quiet)",
        block_label_text_color_dark="var(--quiet)",
        input_background_fill="var(--card)",
        input_background_fill_dark="var(--card)",
        input_border_color="var(--edge)",
        input_border_color_dark="var(--edge)",
        input_placeholder_color="var(--quiet)",
        input_placeholder_color_dark="var(--quiet)",
        button_primary_background_fill="var(--accent)",
        button_primary_background_fill_dark="var(--accent)",
        button_primary_background_fill_hover="var(--accent-over)",
        button_primary_background_fill_hover_dark="var(--accent-over)",
        button_primary_text_color="var(--accent-ink)",
        button_primary_text_color_dark="var(--accent-ink)",
        button_secondary_background_fill="var(--card)",
        button_secondary_background_fill_dark="var(--card)",
        button_secondary_text_color="var(--ink)",
        button_secondary_text_color_dark="var(--ink)",
        button_cancel_background_fill="var(--bad-paper)",
        button_cancel_background_fill_dark="var(--bad-paper)",
        button_cancel_text_color="var(--bad)",
        button_cancel_text_color_dark="var(--bad)",
    )


class Shell:
    """Puts our head, header and footer around Gradio's page, and shuts those of its routes that nobody here needs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path.startswith(_SHUT):
            await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
        elif path == "/" and scope["method"] in ("GET", "HEAD"):
            plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            await self._app({**scope, "headers": plain}, receive, _Around(send))
        else:
            await self._app(scope, receive, send)


class _Around:
    """Holds a page back until it is whole, and sends it on with what is ours in it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        if Headers(raw=self._start["headers"]).get("content-type", "").startswith("text/html"):
            self._body = surrounded(self._body.decode()).encode()
            headers = MutableHeaders(raw=self._start["headers"])
            headers["content-length"] = str(len(self._body))
            headers["cache-control"] = "no-cache"
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": self._body})


def surrounded(html: str) -> str:
    """Gradio's page with our head, header and footer. The direction is set before anything is painted: first.js."""
    html = _CARDS.sub("", html)
    html = html.replace("<head>", f"<head>\n{_shell('head')}", 1)
    html = html.replace("<gradio-app", f"{_shell('header')}\n<gradio-app", 1)
    return html.replace("</gradio-app>", f"</gradio-app>\n{_shell('footer')}", 1)


def _shell(part: str) -> Markup:
    return render(f"shell_{part}.html.j2", version=VERSION)
