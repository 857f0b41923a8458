"""The two models.yaml, ours and the user's: read, laid over each other, and every mistake in them told at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from platformdirs import user_config_path
from pydantic import BaseModel, ValidationError

from translate.errors import RegistryError
from translate.registry.catalogue import Registry, near
from translate.registry.folder import folder_revision
from translate.registry.spec import Attention, Files, Generation, Licence, ModelSpec, Package, Profile, mistakes

MODELS_VARIABLE = "DRAGOMAN_MODELS"

_SECTIONS = ("models", "profiles")
_PARTS: dict[str, type[BaseModel]] = {
    "licence": Licence,
    "attention": Attention,
    "generation": Generation,
    "files": Files,
    "package": Package,
}
# What a field must look like, in words: the patterns themselves would tell nobody.
_FORMS = {
    "hub": "an owner and a name, such as facebook/m2m100_418M",
    "revision": "a branch, a tag or a commit",
    "files": "a file's path in the repository",
    "checksums": "64 hexadecimal digits (SHA-256) for a file's path in the repository",
    "package": "64 hexadecimal digits (SHA-256)",
}
# The parser in C, where PyYAML was built with it, takes a fifth of the time.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Found = TypeVar("Found", bound=BaseModel)


@dataclass(frozen=True)
class _Mistake:
    """What is wrong at `path`, whose parts are keys and indexes from the top of a file."""

    path: tuple[str, ...]
    what: str


@dataclass(frozen=True)
class _Source:
    """One file: its entries by section and name, as far as they could be read, and what could not."""

    file: Path
    sections: dict[str, dict[str, dict[str, Any]]]
    mistakes: tuple[_Mistake, ...]

    def has(self, path: tuple[str, ...]) -> bool:
        """Whether this file says something at the first three parts of `path`: section, name and field."""
        found: Any = self.sections
        for part in path[:3]:
            if not isinstance(found, dict) or part not in found:
                return False
            found = found[part]
        return True


def overlay_path() -> Path:
    """The user's own models.yaml: $DRAGOMAN_MODELS, else in the user's configuration folder."""
    named = os.environ.get(MODELS_VARIABLE)
    return Path(named).expanduser() if named else user_config_path("dragoman") / "models.yaml"


def load(shipped: Path | None = None, overlay: Path | None = None) -> Registry:
    """The models that ship with Dragoman, with the user's own file laid over them.

    A field that the user's file gives a model replaces the shipped one whole, so a pin is a model's name and its
    `revision`; a model that only the user's file names must be complete. `shipped` and `overlay` stand in for the
    usual files.

    Raises RegistryError with every mistake in both files, each with its path.
    """
    path = overlay or overlay_path()
    if overlay is None and MODELS_VARIABLE in os.environ and not path.exists():
        raise RegistryError(f"${MODELS_VARIABLE} names {path}, which does not exist")
    sources = [_read(shipped or _shipped_path())]
    if path.exists():
        sources.append(_read(path))
    wrong = [(source.file, mistake) for source in sources for mistake in source.mistakes]
    found: list[_Mistake] = []
    entries = {section: _merged(section, sources) for section in _SECTIONS}
    models = {key: spec for key, entry in entries["models"].items() if (spec := _model(key, entry, found)) is not None}
    profiles = {
        key: profile
        for key, entry in entries["profiles"].items()
        if (profile := _parsed(Profile, entry, ("profiles", key), found)) is not None
    }
    found += _shared_mistakes(models, profiles, set(entries["models"]))
    wrong += [(_origin(mistake.path, sources), mistake) for mistake in found]
    if wrong:
        raise RegistryError(_report(wrong))
    return Registry({key: _placed(spec, path) for key, spec in models.items()}, profiles, path)


def registry() -> Registry:
    """The registry of this process, read once and again when the user's own file has changed (a pin does that)."""
    path = overlay_path()
    return _registry(path, path.stat().st_mtime_ns if path.exists() else None)


@lru_cache(maxsize=4)
def _registry(path: Path, changed: int | None) -> Registry:  # noqa: ARG001 - the time of change is part of the key
    return load()


def _shipped_path() -> Path:
    # The wheel has the file beside the package's modules; a checkout has it in the folder above.
    package = Path(__file__).parents[1]
    inside = package / "models.yaml"
    return inside if inside.exists() else package.parent / "models.yaml"


def _read(file: Path) -> _Source:
    sections: dict[str, dict[str, dict[str, Any]]] = {section: {} for section in _SECTIONS}
    try:
        loader = _LOADER(file.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        found = list(_duplicates(node, ()))
        content = loader.construct_document(node) if node is not None else {}
    except (OSError, ValueError, yaml.YAMLError) as exc:
        why = " ".join(str(exc).replace('"<unicode string>", ', "").split())
        return _Source(file, sections, (_Mistake((), f"cannot be read: {why}"),))
    if not isinstance(content, dict):
        return _Source(file, sections, (_Mistake((), "must be a mapping with models and profiles"),))
    for section, entries in content.items():
        if section not in _SECTIONS:
            found.append(_Mistake((str(section),), f"there is no such section{near(str(section), _SECTIONS)}"))
        elif entries is not None and not isinstance(entries, dict):
            found.append(_Mistake((section,), "must be a mapping from names to entries"))
        else:
            for key, entry in (entries or {}).items():
                if isinstance(entry, dict):
                    sections[section][str(key)] = {str(field): value for field, value in entry.items()}
                else:
                    found.append(_Mistake((section, str(key)), "must be a mapping"))
    return _Source(file, sections, tuple(found))


def _duplicates(node: yaml.Node | None, path: tuple[str, ...]) -> Iterator[_Mistake]:
    """Keys that stand twice in one mapping, of which YAML would silently keep the last."""
    if isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _duplicates(value, (*path, str(index)))
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in seen:
            yield _Mistake((*path, name), f"stands there twice, in lines {seen[name]} and {line}")
        seen[name] = line
        yield from _duplicates(value, (*path, name))


def _merged(section: str, sources: list[_Source]) -> dict[str, dict[str, Any]]:
    merged: dict[str, dict[str, Any]] = {}
    for source in sources:
        for key, entry in source.sections[section].items():
            before = merged.get(key, {})
            after = {**before, **entry}
            moved = any(before.get(field) != after.get(field) for field in ("hub", "revision"))
            if moved and "checksums" not in entry:
                # What checksums there are belong to the revision that this entry replaces.
                after.pop("checksums", None)
            merged[key] = after
    return merged


def _model(key: str, entry: dict[str, Any], found: list[_Mistake]) -> ModelSpec | None:
    path = ("models", key)
    if "name" in entry:
        found.append(_Mistake((*path, "name"), "there is no such key: a model's name is its key"))
    spec = _parsed(ModelSpec, {**entry, "name": key}, path, found)
    if spec is not None:
        found += [_Mistake((*path, *where.split(".", 1)), what) for where, what in mistakes(spec)]
    return spec


def _parsed(kind: type[Found], entry: dict[str, Any], path: tuple[str, ...], found: list[_Mistake]) -> Found | None:
    try:
        return kind.model_validate(entry)
    except ValidationError as exc:
        for error in exc.errors(include_url=False):
            where = tuple(str(part) for part in error["loc"])
            found.append(_Mistake((*path, *where), _message(kind, where, error["type"], error["msg"], error["input"])))
        return None


def _message(kind: type[BaseModel], where: tuple[str, ...], code: str, message: str, given: object) -> str:
    if code == "extra_forbidden":
        holder = _PARTS.get(where[0], kind) if len(where) > 1 else kind
        return f"there is no such key{near(where[-1], holder.model_fields)}"
    if code == "missing":
        return "is missing"
    if code == "string_pattern_mismatch" and where[0] in _FORMS:
        return f"must be {_FORMS[where[0]]}, not {given!r:.80}"
    return f"{message[:1].lower()}{message[1:]}, not {given!r:.80}"


def _shared_mistakes(models: dict[str, ModelSpec], profiles: dict[str, Profile], known: set[str]) -> Iterator[_Mistake]:
    """What is wrong between entries; `known` has the models that have mistakes of their own, too."""
    places: dict[tuple[str, str | None], str] = {}
    for key, spec in models.items():
        if spec.hub and (other := places.setdefault((spec.hub, spec.revision), key)) != key:
            yield _Mistake(("models", key, "hub"), f"is the same model at the same revision as {other}")
    for name, profile in profiles.items():
        path = ("profiles", name)
        if name in known:
            yield _Mistake(path, "is the name of a model, too: commands could not tell them apart")
        serving: dict[tuple[str, str], str] = {}
        for index, model in enumerate(profile.models):
            where = (*path, "models", str(index))
            if model not in known:
                yield _Mistake(where, f"there is no model {model!r}{near(model, known)}")
            elif model in profile.models[:index]:
                yield _Mistake(where, f"{model} stands there twice")
            elif model in models and models[model].task != "translate":
                yield _Mistake(where, f"{model} writes summaries, and profiles are for translating")
            elif model in models:
                for pair in models[model].served:
                    if (first := serving.setdefault(pair, model)) != model:
                        yield _Mistake(where, f"{model} translates {'-'.join(pair)}, which {first} does already")


def _placed(spec: ModelSpec, overlay: Path) -> ModelSpec:
    """A model of a folder with the folder's full path (from its file's folder on) and its present revision."""
    if spec.folder is None:
        return spec
    folder = (overlay.parent / spec.folder.expanduser()).resolve()
    return spec.model_copy(update={"folder": folder, "revision": folder_revision(folder)})


def _origin(path: tuple[str, ...], sources: list[_Source]) -> Path:
    for depth in (3, 2):
        for source in reversed(sources):
            if source.has(path[:depth]):
                return source.file
    return sources[0].file


def _report(wrong: list[tuple[Path, _Mistake]]) -> str:
    lines = [": ".join(filter(None, (str(file), ".".join(mistake.path), mistake.what))) for file, mistake in wrong]
    count = "there is one mistake" if len(lines) == 1 else f"there are {len(lines)} mistakes"
    return "\n  ".join([f"{count} in the list of models:", *lines])
