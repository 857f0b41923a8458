"""What every test stands on: no network, a cache of its own, and the tiny models."""

from __future__ import annotations

import logging
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from translate.serving import Models

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parent.parent.parent / "shared"
_LOCAL = {"127.0.0.1", "::1", "localhost"}
_connect = socket.socket.connect
_resolve = socket.getaddrinfo


def _only_local(self: socket.socket, address: object) -> None:
    if self.family != socket.AF_UNIX and isinstance(address, tuple) and address[0] not in _LOCAL:
        raise AssertionError(f"a test reached for the network: {address}")
    return _connect(self, address)


def _resolve_only_local(host: object, *rest: object, **named: object) -> object:
    if host not in (*_LOCAL, None, b"localhost"):
        raise AssertionError(f"a test asked for the address of {host!r}")
    return _resolve(host, *rest, **named)


# From the first import on, not only while a test runs; sub-processes are kept offline by the variable.
socket.socket.connect = _only_local
socket.getaddrinfo = _resolve_only_local
os.environ["HF_HUB_OFFLINE"] = "1"
# Elsewhere properties look for new counterexamples; in CI the same change gets the same answer twice.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


@pytest.fixture(autouse=True)
def heard_again() -> None:
    """A command that ran within the tests keeps libraries quiet for the rest of its process: not for other tests."""
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="session", autouse=True)
def hub_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees or fills the user's own download folder."""
    os.environ["HF_HOME"] = str(tmp_path_factory.mktemp("hf"))


@pytest.fixture(autouse=True)
def own_memory(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees or fills the user's translation memory, or another test's: this file's is made when one is used."""
    file = tmp_path_factory.mktemp("memory") / "memory.sqlite"
    monkeypatch.setenv("DRAGOMAN_MEMORY", str(file))
    return file


@pytest.fixture(scope="session")
def tiny_en_ar_model() -> Path:
    """The folder of the tiny English-Arabic model."""
    return DATA / "tiny-en-ar"


@pytest.fixture(scope="session")
def tiny_ar_en_model() -> Path:
    """The folder of the tiny Arabic-English model."""
    return DATA / "tiny-ar-en"


@pytest.fixture
def real_article() -> Path:
    """The article that the project was started for; it is not part of the repo."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the real article is not beside this checkout")
    return found[0]


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's own models.yaml would be; there is none until a test writes one."""
    from translate import registry  # after the environment above is set: hub clients read it as they are imported

    monkeypatch.delenv(registry.MODELS_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file = registry.overlay_path()
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


@pytest.fixture(scope="session")
def tiny_models_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models.yaml with the two tiny models, and a profile "tiny" of both."""
    file = tmp_path_factory.mktemp("models") / "models.yaml"
    entry = (
        "  tiny-{0}-{1}: {{folder: {2}/tiny-{0}-{1}, licence: {{name: Apache-2.0, commercial: true}},\n"
        "    engine: ctranslate, architecture: marian, pairs: [[{0}, {1}]], max_source: 128, max_target: 128,\n"
        "    attention: {{layer: -1, heads: 1, shifted: false}}}}\n"
    )
    models = "".join(entry.format(*pair, DATA) for pair in (("en", "ar"), ("ar", "en")))
    profile = "  tiny: {description: the tiny models, models: [tiny-en-ar, tiny-ar-en]}\n"
    file.write_text(f"models:\n{models}profiles:\n{profile}", encoding="utf-8")
    return file


@pytest.fixture
def tiny_models(tiny_models_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny models are known by name, as `tiny-en-ar` and `tiny-ar-en` and as the profile `tiny`."""
    monkeypatch.setenv("DRAGOMAN_MODELS", str(tiny_models_file))
    return tiny_models_file


@pytest.fixture(scope="session")
def _prepared(tiny_models_file: Path) -> Models:
    from translate.serving import Models  # as in `own_file`

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRAGOMAN_MODELS", str(tiny_models_file))
        made = Models(profile="tiny", offline=True)
        made.prepare()
    return made


@pytest.fixture
def models(tiny_models: Path, _prepared: Models) -> Models:
    """The tiny models as a server has them, loaded once for all tests."""
    return _prepared
