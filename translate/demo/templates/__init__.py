"""The page's own HTML templates, over those that the reports share."""

from __future__ import annotations

from functools import lru_cache

import jinja2
from markupsafe import Markup

from translate.demo import words


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Jinja2 with autoescape on; templates may import the macros of the reports (words.html.j2), too."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.PackageLoader("translate.demo", "templates"),
                jinja2.PackageLoader("translate.render", "templates"),
            ]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.globals.update(say=words.say, both=words.both, counted=words.counted, text=words.TEXTS)
    return made


def render(template: str, **values: object) -> Markup:
    """The HTML that a template makes of `values`; in it, `say`, `both` and `counted` are those of `words`."""
    return Markup(environment().get_template(template).render(**values))
