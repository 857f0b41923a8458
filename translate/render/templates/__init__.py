"""The HTML templates, and the one environment that fills them."""

from __future__ import annotations

from functools import lru_cache

import jinja2


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Jinja2 with autoescape on for every template here: what a template does not mark as safe is text."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("translate.render", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
