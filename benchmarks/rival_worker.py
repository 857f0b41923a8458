"""Runs in a rival's own environment: sentences in, translations and seconds out, a JSON line each way.

    python rival_worker.py easynmt|dl-translate|argos MODEL

It imports nothing of Dragoman and needs no network: what it loads lies in MODEL.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

BEAM = 4
# Pieces a hypothesis, where weights without meaning must be told when to end.
WRITTEN = 30
Translate = Callable[[list[str]], list[str]]


def easynmt(folder: Path) -> Translate:
    """EasyNMT over a local Marian model, as its documentation shows for models of one's own."""
    from easynmt import EasyNMT, models

    translator = EasyNMT(translator=models.AutoModel(str(folder)))
    # Its sentence splitter asks the network for nltk's data, so it gets sentences.
    return lambda sentences: translator.translate(
        sentences, source_lang="en", target_lang="ar", beam_size=BEAM, perform_sentence_splitting=False
    )


def dl_translate(folder: Path) -> Translate:
    """dl-translate over a local M2M100 model: it knows no Marian models."""
    import dl_translate

    translator = dl_translate.TranslationModel(str(folder), model_family="m2m100", device="cpu")
    options = {"num_beams": BEAM, "min_new_tokens": WRITTEN, "max_new_tokens": WRITTEN}
    return lambda sentences: translator.translate(sentences, source="en", target="ar", generation_options=dict(options))


def argos(folder: Path) -> Translate:
    """Argos Translate over an installed package: paragraphs of three sentences."""
    os.environ["ARGOS_PACKAGES_DIR"] = str(folder)
    for name in ("DATA", "CONFIG", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder.parent / "home")
    from argostranslate import settings, translate

    # Its usual sentence splitter is fetched from the network; spaCy's rules need nothing but the package's own folder.
    settings.chunk_type = settings.ChunkType.SPACY
    # Below what remembers the last text: the second round would cost nothing.
    translator = translate.get_translation_from_codes("en", "ar").underlying

    def run(sentences: list[str]) -> list[str]:
        paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
        return translator.translate("\n".join(paragraphs)).split("\n")

    return run


RIVALS = {"easynmt": easynmt, "dl-translate": dl_translate, "argos": argos}


def main() -> None:
    """Load, say so, and answer until there are no more lines."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what libraries print must not stand among the answers
    translate = RIVALS[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps("ready"), file=answers, flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        texts = translate(json.loads(line))
        print(json.dumps({"seconds": time.perf_counter() - began, "texts": texts}), file=answers, flush=True)


if __name__ == "__main__":
    main()
