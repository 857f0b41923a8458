"""The night of a batch: 200 documents, the process killed -9 twenty times at random, and nothing to show for it.

    python -m benchmarks.chaos [--documents 200] [--kills 20] [--seed N] [--shard-size 3]

Runs `dragoman batch` with the tiny model of the tests as processes of their own, kills each at a random moment (some
before the model is loaded, some between a file's writing and its note in the journal), runs it to its end, and compares
every output byte for byte with those of a run that nobody disturbed. Ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests import batches


def _killed(line: list[str], shards: int, seconds: float) -> bool:
    """Run the command and kill it so many seconds after so many shards (0: after its start); whether it had ended."""
    process = batches.start(line)
    timer = threading.Timer(seconds, process.kill)
    if not shards:
        timer.start()
    for text in process.stderr or ():
        if '"event": "shard"' in text:
            shards -= 1
            if not shards:
                timer.start()
    process.wait()
    timer.cancel()
    return process.returncode == 0


def _finished(line: list[str]) -> dict[str, object]:
    """Run the command to its end; its last event."""
    process = batches.start(line)
    _, log = process.communicate()
    if process.returncode:
        raise SystemExit(log)
    return dict(json.loads(log.splitlines()[-1]))


def _noted(out: Path) -> int:
    """Documents that the journal has, read as the next run would."""
    path = out / ".dragoman" / "journal.sqlite"
    if not path.exists():
        return 0
    base = sqlite3.connect(path)
    try:
        return int(base.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        base.close()


def measure(folder: Path, documents: int, kills: int, seed: int, shard_size: int) -> bool:
    """The whole test; whether it passed."""
    chosen = random.Random(seed)
    given = batches.folder(folder / "in", documents)
    options = ("--log-json", "--beam", "1", "--shard-size", str(shard_size))
    began = time.monotonic()
    calm = _finished(batches.command(given, folder / "calm", *options))
    whole = time.monotonic() - began
    work = float(str(calm["seconds"]))
    print(f"undisturbed: {calm['done']} documents in {whole:.1f} s, of which {whole - work:.1f} s to start", flush=True)
    line = batches.command(given, folder / "out", *options)
    done = 0
    for number in range(1, kills + 1):
        shards = chosen.choice((0, 1, 1))
        seconds = chosen.uniform(0.0, 0.15 if shards else 3.0)
        ended = _killed(line, shards, seconds)
        now, files = _noted(folder / "out"), len(batches.files(folder / "out"))
        when = f"{seconds:4.2f} s after {f'shard {shards}' if shards else 'its start'}"
        counts = f"{now - done:3} more noted, {now:3} in all, {files:3} outputs"
        print(f"kill {number:2}: {when:24} {counts}{' (it had ended)' if ended else ''}", flush=True)
        done = now
    last = _finished(line)
    print(f"to the end: {last['done']} done, {last['unchanged']} found finished, {last['aside']} set aside")
    same = batches.files(folder / "out") == batches.files(folder / "calm")
    left = list((folder / "out" / ".dragoman" / "partial").iterdir())
    once = int(str(last["done"])) + int(str(last["unchanged"])) == documents == _noted(folder / "out")
    print(f"every document once: {once}; outputs byte-identical: {same}; half-written files left: {len(left)}")
    return same and once and not left


def main() -> int:
    """Measure and print."""
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("--documents", type=int, default=200)
    command.add_argument("--kills", type=int, default=20)
    command.add_argument("--seed", type=int, default=20261122)
    command.add_argument("--shard-size", type=int, default=3)
    given = command.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return 0 if measure(Path(folder), given.documents, given.kills, given.seed, given.shard_size) else 1


if __name__ == "__main__":
    sys.exit(main())
