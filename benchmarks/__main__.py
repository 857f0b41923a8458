"""Runs the benchmarks that need no data beyond the repo, one after the other; `make bench` calls it."""

from __future__ import annotations

import subprocess
import sys

SCRIPTS = ("overhead", "engines", "alignment")


def main() -> int:
    """Each script in a process of its own, so that none measures what another left in memory."""
    failed = 0
    for script in SCRIPTS:
        print(f"== {script}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", f"benchmarks.{script}"], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
