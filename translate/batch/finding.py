"""Finds what there is to translate: files named or in folders, and where the translation of each is to stand."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from translate.batch.types import Shape
from translate.errors import InputError, UsageError

_SHAPES = {
    **dict.fromkeys((".txt", ".text", ".html", ".htm", ".xhtml", ".md", ".markdown", ".docx"), Shape.DOCUMENT),
    **dict.fromkeys((".srt", ".vtt"), Shape.SUBTITLES),
    **dict.fromkeys((".csv", ".tsv", ".tab"), Shape.CSV),
    **dict.fromkeys((".jsonl", ".ndjson"), Shape.JSONL),
    ".parquet": Shape.PARQUET,
}
_SUFFIX = {"html": ".html", "text": ".txt", "markdown": ".md", "json": ".json", "docx": ".docx"}
# What reports and the journal are called stands in the output's folder, too.
_OURS = ("report.html", "report.json", ".dragoman")


@dataclass(frozen=True)
class Source:
    """An input file: `key` is its path in the batch, `output` its translation's path in the output folder."""

    key: str
    path: Path
    shape: Shape
    output: str


@dataclass(frozen=True)
class Found:
    """All sources, in order of their keys, and the files that were passed over because nothing here reads them."""

    sources: tuple[Source, ...]
    passed_over: tuple[str, ...]


def find(inputs: Sequence[Path], out: Path, form: str | None) -> Found:
    """What the inputs hold. Folders are walked with all that is in them, but hidden files, links to folders and `out`.

    One folder is mirrored in `out`; of several inputs each folder has one of its name there. Raises InputError for an
    input that is not there, UsageError where two of them would be written to one place.
    """
    found: dict[str, tuple[Path, Shape]] = {}
    passed: list[str] = []
    for given in inputs:
        if not given.exists():
            raise InputError(f"{given} does not exist: check the name")
        if given.is_dir():
            inside = f"{given.resolve().name}/" if len(inputs) > 1 else ""
            pairs = [(inside + name, path) for name, path in _walk(given, out.resolve())]
        else:
            pairs = [(given.name, given)]
        for name, path in pairs:
            # A name that is no UTF-8 has its odd bytes spelt out.
            key = name.encode("utf-8", "backslashreplace").decode("utf-8")
            shape = _SHAPES.get(path.suffix.lower(), None if given.is_dir() else Shape.DOCUMENT)
            if shape is None:
                passed.append(key)
            elif (there := found.setdefault(key, (path, shape))[0]) is not path and there.absolute() != path.absolute():
                raise UsageError(f"{path} and {found[key][0]} would both be written as {key}: translate them apart")
    outputs = _outputs({key: shape for key, (_, shape) in found.items()}, form)
    return Found(tuple(Source(key, *found[key], outputs[key]) for key in sorted(found)), tuple(sorted(passed)))


def _walk(folder: Path, out: Path) -> Iterator[tuple[str, Path]]:
    """Each file's path in the folder, with "/", and its path."""
    for top, folders, files in os.walk(folder):
        here = Path(top)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and (here / name).resolve() != out)
        ours = _OURS if here.resolve() == out else ()
        inside = "" if here == folder else f"{here.relative_to(folder).as_posix()}/"
        yield from ((inside + n, here / n) for n in sorted(files) if not n.startswith(".") and n not in ours)


def _outputs(shapes: dict[str, Shape], form: str | None) -> dict[str, str]:
    """Each file's place: its own name with the form's ending; where two would meet, both keep their own ending, too."""
    suffix = _SUFFIX[form] if form else None
    wished = {
        key: str(PurePosixPath(key).with_suffix(suffix)) if suffix and shape is Shape.DOCUMENT else key
        for key, shape in shapes.items()
    }
    # Some file systems take "A" and "a" for one.
    times = Counter(place.casefold() for place in (*wished.values(), *_OURS))
    return {key: place if times[place.casefold()] == 1 else _apart(key, place, suffix) for key, place in wished.items()}


def _apart(key: str, place: str, suffix: str | None) -> str:
    if place in _OURS:
        return f"article-{place}"
    return key if suffix is None or PurePosixPath(key).suffix.lower() == suffix else key + suffix
