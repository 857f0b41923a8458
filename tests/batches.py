"""What the tests of batches share: documents, a translator, a run, and a process that can be killed."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate import api, batch
from translate.document import Document, TranslatedDocument

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "data" / "tiny-en-ar"
_WHO = ("The minister", "The president", "A man", "My friend", "The teacher", "A woman")
_DID = ("spoke in Cairo", "left the house", "read a book", "went to school", "saw the city", "came home")
_WHEN = ("on Monday", "today", "in the morning", "last year", "with his brother", "at night")


def article(number: int, paragraphs: int = 2) -> str:
    """A short article that no other number has."""
    chosen = random.Random(number)

    def sentence() -> str:
        return f"{chosen.choice(_WHO)} {chosen.choice(_DID)} {chosen.choice(_WHEN)}."

    return "\n\n".join(f"{sentence()} {sentence()}" for _ in range(paragraphs)) + f"\n\nThis is text {number}.\n"


def folder(path: Path, count: int) -> Path:
    """A folder with so many articles, in folders of ten."""
    for number in range(count):
        file = path / f"{number // 10:02}" / f"a{number:03}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(article(number), encoding="utf-8")
    return path


def asked(inputs: Path | list[Path], out: Path, **changes: object) -> batch.Asked:
    """A batch from English to Arabic; `format` and `identity` as in Asked's settings."""
    settings = batch.Settings("en", "ar", changes.pop("format", None))
    given = tuple(inputs) if isinstance(inputs, list) else (inputs,)
    return batch.Asked(given, out, settings, str(changes.pop("identity", "tiny")), **changes)


def files(out: Path) -> dict[str, bytes]:
    """Every translation in an output folder."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".dragoman" not in path.parts and path.name not in ("report.html", "report.json")
    }


def command(inputs: Path, out: Path, *options: str) -> list[str]:
    """The command line of a batch with the tiny model."""
    pair = ["--from", "en", "--to", "ar", "--model", str(TINY), "--no-memory"]
    return [sys.executable, "-m", "translate.cli", "batch", str(inputs), "-o", str(out), *pair, *options]


def start(line: list[str], environment: Mapping[str, str] = os.environ) -> subprocess.Popen[str]:
    """The command as a process of its own, its log to be read from stderr."""
    return subprocess.Popen(line, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, env=dict(environment))


def tiny() -> api.Translator:
    """The tiny translator, with its checks."""
    return api.load("en", "ar", model=TINY, beam=1, on_event=lambda _: None)


@dataclass(frozen=True)
class Mortal:
    """Loads the tiny translator; the first process that is to translate with it kills itself (-9)."""

    grave: Path

    def __call__(self) -> api.Translator:
        translator = tiny()
        together = translator.together

        def die_or_translate(documents: Sequence[Document]) -> Iterator[TranslatedDocument]:
            try:
                self.grave.touch(exist_ok=False)
            except FileExistsError:
                return together(documents)
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError("still alive")

        translator.together = die_or_translate  # type: ignore[method-assign]
        return translator
