"""No test touches the network, and neither does an offline run: this proves both."""

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

_SPY = """
import socket, sys
def refuse(*args, **kwargs):
    print("reached for the network:", args, file=sys.stderr)
    raise SystemExit(99)
socket.socket.connect = refuse
socket.socket.connect_ex = refuse
socket.getaddrinfo = refuse
from translate.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


def test_the_guard_stops_a_connection() -> None:
    with socket.socket() as reaching, pytest.raises(AssertionError, match="reached for the network"):
        reaching.connect(("192.0.2.1", 80))


def test_the_guard_stops_a_library() -> None:
    with pytest.raises(AssertionError, match="asked for the address"):
        urllib.request.urlopen("http://example.org/", timeout=1)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["models", "list"], 0),
        (["models", "show", "opus-mt-en-ar"], 0),
        (["translate", "{short}", "--to", "ar", "--model", "{model}", "--offline", "-o", "{out}"], 0),
        (["translate", "{short}", "--to", "ar", "--profile", "fast", "--offline"], 5),
        (["models", "pull", "opus-mt-en-ar", "--offline"], 5),
    ],
)
def test_an_offline_run_asks_nothing_of_the_network(
    arguments: list[str], code: int, tiny_en_ar_model: Path, tmp_path: Path
) -> None:
    names = {"short": str(_SHORT), "model": str(tiny_en_ar_model), "out": str(tmp_path / "out.html")}
    filled = [argument.format(**names) for argument in arguments]
    # The variable that keeps other tests' processes offline would hide what the options alone do.
    environment = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"}
    done = subprocess.run([sys.executable, "-c", _SPY, *filled], capture_output=True, text=True, env=environment)
    assert "reached for the network" not in done.stderr
    assert done.returncode == code, done.stderr


_SHORT = Path(__file__).parent.parent / "seeds" / "short.txt"
