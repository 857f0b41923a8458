"""What the benchmarks of speed stand on: one model, one corpus, a clock, and turns that make a busy machine fair."""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from benchmarks import model
from translate import api, cache
from translate.engines.config import engine_config
from translate.engines.ctranslate import available_cores
from translate.registry import registry

ROOT = Path(__file__).parent.parent
PAIR = ("en", "ar")
WORK_VARIABLE = "DRAGOMAN_BENCHMARKS"
# Goes up whenever `benchmarks.model` or `benchmarks.corpus` changes.
_MODEL_VERSION = 3


def work() -> Path:
    """The folder for models and rivals' environments: $DRAGOMAN_BENCHMARKS, else in the user's cache folder."""
    named = os.environ.get(WORK_VARIABLE)
    return Path(named).expanduser().resolve() if named else user_cache_path("dragoman-benchmarks")


def model_folder(size: str = "opus-mt") -> Path:
    """The enciphering model of that size, or "m2m100", whose weights mean nothing; made once.

    From here on, conversions go to the benchmarks' own cache.
    """
    os.environ[cache.CACHE_VARIABLE] = str(work() / "cache")  # such weights do not belong in the user's
    return cache.build_once(f"{size}-v{_MODEL_VERSION}", lambda folder: _built(folder, size))


def _built(folder: Path, size: str) -> None:
    if size == "m2m100":
        model.build_m2m100(folder)
    else:
        model.build(folder, size)


def translator(folder: Path, *, qa: bool = True) -> api.Translator:
    """The library as its users load it, beam 4."""
    return api.load(*PAIR, model=folder, offline=True, qa=qa, device="cpu", on_event=lambda _: None)


def converted(folder: Path) -> Path:
    """The model in CTranslate2's format, int8, as the library itself converted it."""
    from translate.engines.convert import converted as convert

    (leg,) = registry().route_with(str(folder), *PAIR).legs
    return convert(engine_config(leg, folder), "int8")


def cores() -> int:
    """How many cores this process may use."""
    return available_cores()


@dataclass(frozen=True)
class Turn:
    """What one system did in one round: seconds by the clock, of all cores', pieces written, and the texts."""

    seconds: float
    cpu: float
    pieces: int
    texts: tuple[str, ...] = ()

    @property
    def speed(self) -> float:
        """Pieces a second."""
        return self.pieces / self.seconds


def timed(work_: Callable[[], object]) -> float:
    """The seconds that it takes, by the clock."""
    return spent(work_)[0]


def spent(work_: Callable[[], object]) -> tuple[float, float]:
    """The seconds that it takes, by the clock, and of all cores in this process and in those that it waits for."""
    wall, cpu = time.perf_counter(), _processor()
    work_()
    return time.perf_counter() - wall, _processor() - cpu


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def spread(values: Sequence[float], digits: int = 3) -> dict[str, float]:
    """The median, the least and the most."""
    return {
        "median": round(statistics.median(values), digits),
        "low": round(min(values), digits),
        "high": round(max(values), digits),
    }


def resident() -> float:
    """The memory that this process holds, MB (Linux; 0 elsewhere)."""
    try:
        fields = Path("/proc/self/statm").read_text("ascii").split()
    except OSError:
        return 0.0
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def tell(text: str) -> None:
    """A line for whoever is waiting."""
    print(text, file=sys.stderr, flush=True)


def arguments(doc: str | None, *more: tuple[str, Mapping[str, object]]) -> Namespace:
    """The command line of a benchmark: `--json`, `--quick`, and its own options."""
    parser = ArgumentParser(description=doc, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--quick", action="store_true", help="less of everything: a look, no figure to quote")
    for name, settings in more:
        parser.add_argument(name, **settings)  # type: ignore[arg-type]
    return parser.parse_args()


def show(found: Mapping[str, object], as_json: bool) -> None:
    """Print what was found: JSON, or a line a figure."""
    if as_json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
        return
    for name, value in found.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            print(name)
            for row in value:
                print("   " + "  ".join(f"{key} {one}" for key, one in row.items()))
        else:
            print(f"{name:26} {value}")
