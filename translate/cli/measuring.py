"""What `roundtrip` and `compare` share: how to measure, which model goes back, and where the results are written."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from translate.cli import options, output
from translate.errors import UsageError

if TYPE_CHECKING:
    from translate.api import Translator
    from translate.roundtrip.back_model import Asked
    from translate.roundtrip.score import How

FORMATS = ("html", "json", "csv")
Files: TypeAlias = "Mapping[str, Callable[[], Iterable[str]]]"
"""What makes the pieces of a file, by the file's name; only files of a form that was asked for are made."""

# The bounds of a 95% interval are the 2.5% at both ends: of fewer resamples there would be less than one to leave out.
_FEWEST_RESAMPLES = 40


def add_options(command: argparse.ArgumentParser) -> None:
    """Where the results go, and how they are measured."""
    command.add_argument("-o", "--output", type=Path, metavar="FOLDER", default=Path("out"), help="default: out")
    command.add_argument("--format", choices=FORMATS, action="append", help="may be repeated (default: all three)")
    command.add_argument("--no-similarity", action="store_true", help="measure no sentence similarity: faster")
    command.add_argument("--settings", type=Path, metavar="FILE.toml", help="which checks run, and how strictly")
    command.add_argument("--seed", type=int, metavar="N", help="of the resamples (default: always the same)")
    command.add_argument("--resamples", type=int, metavar="N", help="of the bootstrap (default: 1000)")


def how(arguments: argparse.Namespace) -> How:
    """How to measure, as the options of `add_options` say."""
    from translate import quality  # pulls in every check, which --help need not
    from translate.roundtrip import bootstrap
    from translate.roundtrip.score import How

    resamples = bootstrap.RESAMPLES if arguments.resamples is None else arguments.resamples
    if resamples < _FEWEST_RESAMPLES:
        raise UsageError(f"--resamples must be at least {_FEWEST_RESAMPLES}, not {resamples}")
    seed = bootstrap.SEED if arguments.seed is None else arguments.seed
    if seed < 0:
        raise UsageError(f"--seed must be 0 or more, not {seed}")
    return How(quality.settings(arguments.settings), not arguments.no_similarity, seed, resamples)


def load(arguments: argparse.Namespace, pair: tuple[str, str], model: str | None, profile: str | None) -> Translator:
    """The translator of that model or profile, else the best at hand, with all other options as given.

    It has no memory: what a person approved would be taken for the model's work.
    """
    changed = {"model": model, "profile": profile, "memory": False}
    return options.load(argparse.Namespace(**{**vars(arguments), **changed}), *pair)


def way_back(
    arguments: argparse.Namespace,
    forward: Sequence[Asked],
    pair: tuple[str, str],
    model: str | None,
    profile: str | None = None,
) -> tuple[Translator, str, bool]:
    """The translator for the way back, why this one, and whether it is of a forward model's family.

    `pair` is that of the way there; without `model` and `profile` the choice is `back_model.choose`'s.
    """
    from translate.roundtrip import back_model  # reads models.yaml

    why = ""
    if model is None and profile is None:
        choice = back_model.choose(forward, *pair)
        model, profile, why = choice.model, choice.profile, choice.why
    # The same choice as for the way there: what there is to say of it was said then.
    said = any((one.model, one.profile) == (model, profile) for one in forward)
    # A glossary put into what came back would flatter the way there.
    only_said = {"quiet": arguments.quiet or said, "glossary_check_only": True}
    quiet = argparse.Namespace(**{**vars(arguments), **only_said})
    translator = load(quiet, (pair[1], pair[0]), model, profile)
    back = back_model.Asked(model, profile, translator.models)
    why = why or back_model.reason(back, forward)
    if not arguments.quiet:
        options.say(why)
    return translator, why, back_model.shares_family(back, forward)


def write(files: Files, arguments: argparse.Namespace) -> None:
    """Make and write the files of the forms that were asked for, and say where they are."""
    forms = arguments.format or FORMATS
    chosen = [name for name in files if name.rpartition(".")[2] in forms]
    for name in chosen:
        output.write(files[name](), arguments.output / name)
    if not arguments.quiet:
        options.say(f"wrote {', '.join(chosen)} to {arguments.output}")


def short(names: Sequence[str]) -> list[str]:
    """Each file by its last part, where that tells it from the others; "-" is standard input.

    Raises UsageError for a name that is given twice.
    """
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"{twice} is given twice")
    last = [Path(name).name or name for name in names]
    return [
        "standard input" if name == "-" else part if last.count(part) == 1 else name
        for name, part in zip(names, last, strict=True)
    ]
