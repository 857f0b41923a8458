"""Runs the benchmarks one after the other, writes their results and a report page, and fails where a ratio fell.

    python -m benchmarks [--quick] [--json OUT.json] [--report OUT.html] [--only NAME]... [--competitors]
                         [--pairs FOLDER]... [--data FOLDER] [--from OUT.json]

Each runs in a process of its own, so that none measures what another left in memory. --competitors installs and runs
EasyNMT, dl-translate and Argos Translate, too. --pairs (a folder with en.txt and ar.txt) adds the quality of the models
at hand, --data (a folder of such folders) the calibration of the checks. --quick is a look: it takes about two minutes
and fails on nothing. --from makes the page again of results that are there. The bounds stand in floors.yaml.

Exit codes: 0; 1 where a benchmark failed or a ratio fell below its floor.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks import floors, page
from translate.version import VERSION

_MEASURING = ("throughput", "latency", "scaling", "overhead")
# These print tables in Markdown, and take no --quick.
_TABLES = ("alignment", "gate", "summaries")
_NEEDS = {"summaries": "sumy"}
_LIBRARIES = ("ctranslate2", "torch", "transformers", "sentencepiece", "sacrebleu")


def plan(given: argparse.Namespace) -> list[tuple[str, list[str]]]:
    """The benchmarks to run, by name, each with its arguments."""
    quick = ["--quick"] if given.quick else []
    todo = [(name, [f"benchmarks.{name}", "--json", *quick]) for name in _MEASURING]
    if given.competitors:
        todo.append(("rivals", ["benchmarks.rivals", "--json", *quick]))
    for folder in given.pairs:
        todo.append((f"quality {folder.name}", ["benchmarks.quality", str(folder), "--json", *quick]))
    todo += [(name, [f"benchmarks.{name}"]) for name in _TABLES]
    if given.data:
        todo.append(("calibrate", ["benchmarks.calibrate", str(given.data)]))
    return [(name, line) for name, line in todo if not given.only or name.partition(" ")[0] in given.only]


def run(name: str, line: Sequence[str]) -> dict[str, Any]:
    """What one of them found; "failed" where it did, "skipped" where what it needs is not installed."""
    needed = _NEEDS.get(name)
    if needed is not None and importlib.util.find_spec(needed) is None:
        return {"skipped": f"it needs {needed}: pip install 'dragoman[bench]'"}
    print(f"== {name}", file=sys.stderr, flush=True)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", *line], stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False
    )
    print(f"   {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    if done.returncode:
        return {"failed": f"it ended with {done.returncode}", "text": done.stdout}
    if "--json" not in line:
        return {"text": done.stdout}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def machine() -> dict[str, object]:
    """What the figures stand on, without names of hosts or people."""
    flags = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").exists() else ""
    widest = next((name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if f" {flag} " in flags), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9 if hasattr(os, "sysconf") else 0
    return {
        "processor": f"{platform.machine()} {widest}".strip(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(memory),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def versions() -> dict[str, str]:
    """Ours, and those of the libraries whose speed or scores are measured."""
    return {"dragoman": VERSION, **{name: importlib.metadata.version(name) for name in _LIBRARIES}}


def measured(given: argparse.Namespace) -> dict[str, Any]:
    """A whole run."""
    began = time.perf_counter()
    start = {"date": datetime.now().strftime("%Y-%m-%d"), "quick": given.quick, "machine": machine()}
    results = {name: run(name, line) for name, line in plan(given)}
    minutes = round((time.perf_counter() - began) / 60, 1)
    return {"schema": 1, **start, "versions": versions(), "minutes": minutes, "results": results}


def verdict(found: dict[str, Any]) -> int:
    """Say what failed, a sentence each; the exit code."""
    failed = [f"{name}: {its['failed']}" for name, its in found["results"].items() if "failed" in its]
    fallen = [] if found["quick"] else [one for one in floors.judged(found["results"], floors.read()) if one.failed]
    for said in (*failed, *fallen):
        print(f"benchmarks: {said}.", file=sys.stderr)
    return 1 if failed or fallen else 0


def main() -> int:
    """Parse, run, write, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, default=Path("out/benchmarks.json"), metavar="OUT.json")
    parser.add_argument("--report", type=Path, default=Path("out/benchmarks.html"), metavar="OUT.html")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--competitors", action="store_true")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--pairs", action="append", default=[], type=Path, metavar="FOLDER")
    parser.add_argument("--data", type=Path, metavar="FOLDER")
    parser.add_argument("--from", dest="source", type=Path, metavar="OUT.json")
    given = parser.parse_args()
    found = json.loads(given.source.read_text("utf-8")) if given.source else measured(given)
    for path in (given.json, given.report):
        path.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    given.report.write_text(page.page(found), encoding="utf-8")
    print(f"{given.report} has the report, {given.json} the figures", file=sys.stderr)
    return verdict(found)


if __name__ == "__main__":
    sys.exit(main())
