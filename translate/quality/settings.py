"""Reads which checks run, how much their findings matter and what they compare with, from quality.toml."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from translate.document import Severity
from translate.errors import InputError, UsageError
from translate.quality.check import Check

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_KEYS = ("enabled", "severities", "limits")
_OFF = "off"


@dataclass(frozen=True)
class Rule:
    """How one check is to run: the severity of each kind of finding (None: not reported) and its limits."""

    enabled: bool
    severities: Mapping[str, Severity | None]
    limits: Mapping[str, float]


Settings: TypeAlias = "Mapping[str, Rule]"
"""The rule of each check by its name."""


def read(checks: Sequence[Check], path: Path | None = None) -> Settings:
    """The settings that Dragoman comes with, with what the TOML file at `path` says in their place.

    Raises InputError where the file cannot be read and UsageError, with every mistake at once, where it names a check,
    kind or limit that does not exist or gives it a value that it cannot have.
    """
    shipped = (resources.files("translate") / "data" / "quality.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(shipped)
    own: dict[str, Any] = {}
    if path is not None:
        try:
            own = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
            raise InputError(f"{path} cannot be read as quality settings: {exc}") from exc
    mistakes = list(_mistakes(checks, own))
    if mistakes:
        raise UsageError(f"{path} has {len(mistakes)} mistake(s): " + "; ".join(mistakes))
    return MappingProxyType({check.name: _rule(tables[check.name], own.get(check.name, {})) for check in checks})


def _rule(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> Rule:
    severities = {**shipped.get("severities", {}), **own.get("severities", {})}
    return Rule(
        own.get("enabled", shipped["enabled"]),
        {kind: None if name == _OFF else Severity(name) for kind, name in severities.items()},
        {**shipped.get("limits", {}), **own.get("limits", {})},
    )


def _mistakes(checks: Sequence[Check], own: Mapping[str, Any]) -> Iterator[str]:
    """What a user's table says that cannot be, each with its place."""
    known = {check.name: check for check in checks}
    allowed = (_OFF, *(severity.value for severity in Severity))
    for name, table in own.items():
        check = known.get(name)
        if check is None:
            yield f"there is no check {name} (there are {', '.join(known)})"
            continue
        if not isinstance(table, dict):
            yield f"{name} must be a table"
            continue
        yield from (f"{name} has no {key} (it has {', '.join(_KEYS)})" for key in table if key not in _KEYS)
        if not isinstance(table.get("enabled", True), bool):
            yield f"{name}.enabled must be true or false"
        parts = [key for key in _KEYS[1:] if not isinstance(table.get(key, {}), dict)]
        if parts:
            yield from (f"{name}.{key} must be a table" for key in parts)
            continue
        for kind, severity in table.get("severities", {}).items():
            if kind not in check.messages:
                yield f"{name}.severities has no {kind} (it has {', '.join(check.messages)})"
            elif severity not in allowed:
                yield f"{name}.severities.{kind} must be one of {', '.join(allowed)}"
        for limit, value in table.get("limits", {}).items():
            if limit not in check.limits:
                yield f"{name}.limits has no {limit} (it has {', '.join(check.limits) or 'none'})"
            elif isinstance(value, bool) or not isinstance(value, (int, float)):
                yield f"{name}.limits.{limit} must be a number"
