"""How fast EasyNMT, dl-translate and Argos Translate are on the same weights, each in an environment of its own.

    python -m benchmarks.rivals [--json] [--quick] [--rounds 2] [--sentences 48]

The environments are made on the first run, outside the repo, with pinned versions; that takes a network, minutes, and
some 6 GB. A rival that cannot be installed or run is in the table with the reason. All take turns with Dragoman's
library, which gets the same sentences.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import corpus, ground, model, rival_worker
from benchmarks.ground import Turn
from translate.engines.base import Decoding
from translate.engines.config import engine_config
from translate.registry import registry

_WORKER = Path(__file__).with_name("rival_worker.py")


@dataclass(frozen=True)
class Rival:
    """A rival: what pip installs for it, in order, and what of it is worth knowing."""

    name: str
    requirements: tuple[tuple[str, ...], ...]
    note: str


# PyTorch first and alone, as for Dragoman itself. Neither of the first two works with transformers 5.
RIVALS = (
    Rival(
        "easynmt",
        (("torch=={torch}",), ("transformers<5", "easynmt==2.0.2")),
        "EasyNMT 2.0.2, batches of 16, given sentences",
    ),
    Rival(
        "dl-translate",
        (("torch=={torch}",), ("transformers<5", "dl-translate==0.3.1")),
        "dl-translate 0.3.1, batches of 32; knows no Marian models, so both run an M2M100 of that size",
    ),
    Rival(
        "argos",
        (("torch=={torch}",), ("argostranslate==1.11.0",)),
        "Argos Translate 1.11.0, paragraphs of three sentences, split by spaCy's rules",
    ),
)


class Worker:
    """A rival at work in a process of its own."""

    def __init__(self, rival: Rival, folder: Path) -> None:
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 (as long as the process)
        offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        self._process = subprocess.Popen(
            [str(environment(rival)), str(_WORKER), rival.name, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            env={**{k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, **offline},
        )
        self._answer()

    def translate(self, sentences: Sequence[str]) -> tuple[float, list[str]]:
        """The seconds that it took, and the texts."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(list(sentences)) + "\n")
        self._process.stdin.flush()
        answer = self._answer()
        return answer["seconds"], answer["texts"]

    def close(self) -> None:
        """Let it go."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._errors.seek(0)
            said = [one for one in self._errors.read().splitlines() if one.strip()]
            raise RuntimeError(said[-1] if said else f"it ended with {self._process.returncode}")
        return json.loads(line)


def environment(rival: Rival) -> Path:
    """The Python of the rival's environment, made where it is not there. Raises RuntimeError where pip fails."""
    import torch

    folder = ground.work() / "rivals" / rival.name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if (folder / ".complete").exists():
        return python
    ground.tell(f"installing {rival.name}")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    for wanted in rival.requirements:
        named = [one.format(torch=torch.__version__.partition("+")[0]) for one in wanted]
        line = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *named]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        if done.returncode:
            said = [one for one in done.stderr.splitlines() if one.startswith("ERROR")]
            raise RuntimeError(f"pip cannot install {' '.join(named)}: {said[0] if said else done.returncode}")
    (folder / ".complete").touch()
    return python


def argos_package(folder: Path) -> Path:
    """The folder of packages with one made from the converted model, by way of an .argosmodel file."""
    packages = ground.work() / "argos" / "packages"
    shutil.rmtree(packages.parent, ignore_errors=True)
    packages.mkdir(parents=True)
    archive = packages.parent / "translate-en_ar.argosmodel"
    converted = ground.converted(folder)
    metadata = {
        "package_version": "1.0",
        "argos_version": "1.11",
        "from_code": "en",
        "from_name": "English",
        "to_code": "ar",
        "to_name": "Arabic",
    }
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        for path in sorted(converted.iterdir()):
            if path.name == "config.json":
                # Argos hands over pieces without the end mark that Marian models want.
                settings = {**json.loads(path.read_text("utf-8")), "add_source_eos": True}
                out.writestr("translate-en_ar/model/config.json", json.dumps(settings))
            elif not path.name.startswith("."):
                out.write(path, f"translate-en_ar/model/{path.name}")
        out.write(folder / "source.spm", "translate-en_ar/sentencepiece.model")
        out.writestr("translate-en_ar/metadata.json", json.dumps(metadata))
    with zipfile.ZipFile(archive) as package:  # what `argospm install` does
        package.extractall(packages)
    archive.unlink()
    _blank_splitter(packages / "translate-en_ar" / "spacy")
    return packages


def _blank_splitter(folder: Path) -> None:
    """An empty spaCy pipeline, to which Argos adds spaCy's rules."""
    python = str(environment(next(rival for rival in RIVALS if rival.name == "argos")))
    code = f"import spacy; spacy.blank('en').to_disk({str(folder)!r})"
    subprocess.run([python, "-c", code], check=True, capture_output=True)


def _fixed_length(folder: Path) -> Callable[[Sequence[str]], int]:
    """Dragoman's pipeline over an M2M100 model whose weights mean nothing, told when to end; no guard, no checks."""
    from translate import api
    from translate.engines.ctranslate import CTranslateEngine
    from translate.translator import Pipeline

    (leg,) = registry().route_with(str(folder), *ground.PAIR).legs
    decoding = Decoding(beam=rival_worker.BEAM, max_ratio=0, max_extra=rival_worker.WRITTEN)
    engine = CTranslateEngine(engine_config(leg, folder), device="cpu", decoding=decoding)
    translator = api.Translator(Pipeline(engine, *ground.PAIR))

    def run(sentences: Sequence[str]) -> int:
        done = translator.translate("\n\n".join(sentences))
        return sum(len(sentence.translation.target_pieces) for sentence in done.sentences)

    return run


def measure(sentences: Sequence[str], rounds: int) -> dict[str, object]:
    """A row a rival: its speed, and how many times faster Dragoman's library was in the same round."""
    folder = ground.model_folder()
    return {
        "sentences": len(sentences),
        "rivals": [_against(rival, folder, sentences, rounds) for rival in RIVALS],
    }


def _against(rival: Rival, folder: Path, sentences: Sequence[str], rounds: int) -> dict[str, object]:
    from benchmarks.throughput import library

    row: dict[str, object] = {"rival": rival.name, "note": rival.note}
    try:
        environment(rival)
        if rival.name == "dl-translate":
            folder = ground.model_folder("m2m100")
            fixed = _fixed_length(folder)
            ours: Callable[[], Turn] = lambda: _turn(fixed, sentences)  # noqa: E731
        else:
            translator = ground.translator(folder)
            ours = lambda: library(translator, sentences)  # noqa: E731
        worker = Worker(rival, argos_package(folder) if rival.name == "argos" else folder)
    except (RuntimeError, OSError, subprocess.CalledProcessError) as exc:
        return {**row, "failed": str(exc)}
    try:
        worker.translate(sentences[:2])
        ours()
        ratios, speeds, agreed = [], [], 0.0
        for number in range(rounds):
            own = ours()
            seconds, texts = worker.translate(sentences)
            speeds.append(own.pieces / seconds)
            ratios.append(seconds / own.seconds)
            agreed = _agreed(texts, sentences)
            ground.tell(f"round {number + 1}: {rival.name} {speeds[-1]:.0f} pieces/s, ours {own.speed:.0f}")
    except RuntimeError as exc:
        return {**row, "failed": str(exc)}
    finally:
        worker.close()
    row |= {"pieces_per_second": round(statistics.median(speeds), 1), "dragoman_is_faster": ground.spread(ratios)}
    return row if rival.name == "dl-translate" else {**row, "as_enciphered": round(agreed, 3)}


def _turn(run: Callable[[Sequence[str]], int], sentences: Sequence[str]) -> Turn:
    pieces: list[int] = []
    seconds, cpu = ground.spent(lambda: pieces.append(run(sentences)))
    return Turn(seconds, cpu, pieces[0])


def _agreed(texts: Sequence[str], sentences: Sequence[str]) -> float:
    """The share of sentences that stand in the output as the model should write them."""
    whole = "\n".join(" ".join(text.split()) for text in texts)
    return sum(model.encipher(sentence) in whole for sentence in sentences) / len(sentences)


def main() -> None:
    """Measure and print."""
    given = ground.arguments(
        __doc__, ("--sentences", {"type": int, "default": 48}), ("--rounds", {"type": int, "default": 2})
    )
    count, rounds = (12, 1) if given.quick else (given.sentences, given.rounds)
    ground.show(measure(corpus.sentences(count), rounds), given.json)


if __name__ == "__main__":
    main()
