"""What `benchmarks.overhead` watches: the library at work on made-up sentences, with its checks."""

from __future__ import annotations

import sys

from benchmarks import corpus, ground
from translate import api

WORK = "watched"


def watched(translator: api.Translator, article: str) -> None:
    """What counts; loading does not."""
    translator.translate(article).page  # noqa: B018 (making it is the work)


def main() -> None:
    """Load, warm up, and work."""
    translator = ground.translator(ground.model_folder("small"))
    translator.translate(corpus.article(4, seed=1))
    watched(translator, corpus.article(int(sys.argv[1])))


if __name__ == "__main__":
    main()
