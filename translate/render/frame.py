"""What the pages of all reports have in common, whatever they report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from translate import languages
from translate.render.templates import environment
from translate.roundtrip import types
from translate.version import VERSION


@dataclass(frozen=True)
class Side:
    """A language as the pages show it."""

    language: str
    direction: str
    name: str
    name_ar: str


def side(language: str) -> Side:
    """The language of that code, with its direction and its names in the pages' two languages."""
    return Side(language, languages.direction(language), languages.name(language, "en"), languages.name(language, "ar"))


def render(template: str, *, made: datetime | None, **values: object) -> str:
    """The page that a template makes of `values`; `made` (default: now) is the time that it shows."""
    return (
        environment()
        .get_template(template)
        .render(
            **values,
            can_say=types.CAN_SAY,
            can_say_ar=types.CAN_SAY_AR,
            cannot_say=types.CANNOT_SAY,
            cannot_say_ar=types.CANNOT_SAY_AR,
            made=(made or datetime.now()).strftime("%Y-%m-%d %H:%M"),
            version=VERSION,
        )
    )
