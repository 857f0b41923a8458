"""`dragoman models`: which models there are, which are here, and what it costs to have them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from translate.cli.progress import download
from translate.errors import ModelBroken, ModelError

if TYPE_CHECKING:
    from translate.registry import ModelSpec

# The registry (pydantic), the hub and rich are imported in the handlers: `--help` has a third of a second, and they
# would take most of it.

_DESCRIPTION = "Show, fetch and remove models. NAME is a model, a hub id, a folder, or where it says so a profile."


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `models` and its commands; each sets `handler`, which takes the arguments and returns the exit code."""
    models = subparsers.add_parser("models", help="show, fetch and remove models", description=_DESCRIPTION)
    commands = models.add_subparsers(title="commands", metavar="COMMAND", required=True)

    command = commands.add_parser("list", help="all models, and which of them are on this machine")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(handler=run_list)

    command = commands.add_parser("show", help="all that is known of a model")
    command.add_argument("name", metavar="NAME")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(handler=run_show)

    command = commands.add_parser("pull", help="fetch a model, or all models of a profile, from the model hub")
    command.add_argument("names", metavar="NAME", nargs="+", help="a model or a profile")
    command.add_argument("--offline", action="store_true", help="ask nothing of the network; fail where it is needed")
    command.set_defaults(handler=run_pull)

    command = commands.add_parser("pin", help="nail a model to the commit that its branch has now, in your models.yaml")
    command.add_argument("name", metavar="NAME")
    command.add_argument("--offline", action="store_true", help="ask nothing of the network; fail where it is needed")
    command.set_defaults(handler=run_pin)

    command = commands.add_parser("path", help="print the folder with a model's files")
    command.add_argument("name", metavar="NAME")
    command.set_defaults(handler=run_path)

    command = commands.add_parser("verify", help="read a model's files again and compare their checksums")
    command.add_argument("names", metavar="NAME", nargs="*", help="models or profiles (default: all that are here)")
    command.set_defaults(handler=run_verify)

    command = commands.add_parser("remove", help="delete a model's files, and what was made from them")
    command.add_argument("names", metavar="NAME", nargs="+", help="a model or a profile")
    command.set_defaults(handler=run_remove)


def run_list(args: argparse.Namespace) -> int:
    """A table of all models, or JSON."""
    from translate import hub
    from translate.registry import registry

    known = registry()
    here = {name: hub.cached(spec) is not None for name, spec in known.models.items()}
    if args.json:
        print(
            json.dumps([_facts(spec, here[name]) for name, spec in known.models.items()], indent=2, ensure_ascii=False)
        )
        return 0
    columns = ("model", "profile", "pairs", "licence", "download", "engine", "here")
    rows = [
        (
            f"{name} [preview]" if spec.preview else name,
            ", ".join(profile for profile, its in known.profiles.items() if name in its.models),
            _pairs(spec),
            _licence(spec),
            _size(spec.download),
            spec.engine,
            "yes" if here[name] else "in part" if hub.present(spec) else "no",
        )
        for name, spec in known.models.items()
    ]
    _table(columns, rows)
    if any(spec.licence.commercial is False for spec in known.models.values()):
        print("\nNC: the licence forbids commercial use; such a model runs only when you name it.")
    if any(spec.preview for spec in known.models.values()):
        print("preview: to be read with its warnings, not to be published.")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """All that is known of one model."""
    from translate import hub
    from translate.registry import registry

    spec = registry().model(args.name)
    folder = hub.cached(spec)
    if args.json:
        print(json.dumps(_facts(spec, folder is not None), indent=2, ensure_ascii=False))
        return 0
    revision = str(spec.revision) if folder is None else hub.revision(spec, folder)
    if not spec.pinned:
        revision += f" (follows {spec.revision}: `dragoman models pin {spec.name}` nails it)"
    facts = {
        "model": f"{spec.name} (preview: not for publishing)" if spec.preview else spec.name,
        "from": str(spec.folder) if spec.folder else spec.origin,
        "revision": revision,
        "licence": " ".join(filter(None, (str(spec.licence), spec.licence.url))),
        "summarises" if spec.languages else "pairs": ", ".join(spec.languages) or _pairs(spec),
        "engine": f"{spec.engine} ({spec.architecture})",
        "parameters": f"{spec.parameters / 1e6:,.0f} million" if spec.parameters else "",
        "download": _size(spec.download),
        "longest text" if spec.languages else "longest sentence": f"{spec.max_source} pieces",
        "chrF (FLORES-200 devtest)": ", ".join(f"{pair} {score}" for pair, score in spec.flores_chrf.items()),
        "notes": spec.notes,
        "here": str(folder) if folder else str(hub.missing(spec)),
    }
    for name, fact in facts.items():
        if fact:
            print(f"{name + ':':<27}{fact}")
    return 0


def run_pull(args: argparse.Namespace) -> int:
    """Fetch models; sizes and licences are told before anything is fetched."""
    from translate import hub

    for spec in _chosen(args.names):
        folder = hub.cached(spec)
        if folder is None and not (args.offline or spec.hub is None):
            _say(f"{spec.name}: {_size(spec.download)} from {spec.hub}, licence {spec.licence}")
            with download(spec.name) as progress:
                folder = hub.fetch(spec, progress=progress)
        folder = folder or hub.fetch(spec, offline=args.offline)
        _say(f"{spec.name}: ready, at revision {hub.revision(spec, folder)}")
    return 0


def run_pin(args: argparse.Namespace) -> int:
    """Write a model's present commit into the user's models.yaml."""
    from translate import hub
    from translate.registry import overlay_path, registry

    spec = registry().model(args.name)
    commit = hub.pin(spec, offline=args.offline)
    _say(f"{spec.name}: pinned to {commit}" + ("" if commit == spec.revision else f" in {overlay_path()}"))
    return 0


def run_path(args: argparse.Namespace) -> int:
    """Print where a model lies, and nothing else."""
    from translate import hub
    from translate.registry import registry

    print(hub.path(registry().model(args.name)))
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """Compare checksums; ModelBroken names what differs."""
    from translate import hub
    from translate.registry import registry

    here = [spec for spec in registry().models.values() if hub.present(spec) and spec.folder is None]
    specs = _chosen(args.names) if args.names else here
    broken = []
    for spec in specs:
        _say(f"{spec.name}: reading …")
        differences = hub.verify(spec)
        for line in differences:
            _say(f"{spec.name}: {line}")
        if not differences:
            _say(f"{spec.name}: as published")
        elif spec.package is not None:
            broken.append(f"pip install --force-reinstall {spec.package.distribution}=={spec.package.version}")
        else:
            broken.append(f"dragoman models remove {spec.name} && dragoman models pull {spec.name}")
    if broken:
        raise ModelBroken(f"not as published; run {', '.join(f'`{command}`' for command in broken)}")
    if not specs:
        raise ModelError("no model is on this machine: `dragoman models pull default` fetches the default ones")
    return 0


def run_remove(args: argparse.Namespace) -> int:
    """Delete models, and say what that freed."""
    from translate import hub

    for spec in _chosen(args.names):
        freed = hub.remove(spec)
        kept = ""
        if spec.package is not None:
            kept = f"; `pip uninstall {spec.package.distribution}` removes the rest"
        elif spec.folder is not None:
            kept = f"; {spec.folder} is yours and stays"
        _say(f"{spec.name}: {_size(freed) or '0 MB'} freed{kept}")
    return 0


def _chosen(names: Sequence[str]) -> list[ModelSpec]:
    """The models that names of models and profiles stand for, each once."""
    from translate.registry import registry

    known = registry()
    return list({spec.name: spec for name in names for spec in known.choose(name)}.values())


def _facts(spec: ModelSpec, here: bool) -> dict[str, object]:
    facts = spec.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return {**facts, "pairs": ["-".join(pair) for pair in spec.served], "preview": spec.preview, "here": here}


def _pairs(spec: ModelSpec) -> str:
    if spec.languages:
        return f"summary: {', '.join(spec.languages)}"
    return ", ".join("-".join(pair) for pair in spec.served) or "any"


def _licence(spec: ModelSpec) -> str:
    return f"{spec.licence.name} [NC]" if spec.licence.commercial is False else spec.licence.name


def _size(size: int | None) -> str:
    if not size:
        return ""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6))} MB"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table for a reader at a terminal; else plain columns, which no width cuts."""
    if not sys.stdout.isatty():
        widths = [max(len(row[index]) for row in (columns, *rows)) for index in range(len(columns))]
        for row in (columns, *rows):
            print("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table()
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row), style=None if row[-1] == "yes" else "dim")
    Console().print(table)


def _say(line: str) -> None:
    print(f"dragoman: {line}", file=sys.stderr)
