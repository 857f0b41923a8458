"""The models at work: `make` picks the engine that a configuration names."""

from __future__ import annotations

from translate.engines.base import Decoding, Engine, EngineConfig
from translate.errors import ModelBroken

ENGINES = ("ctranslate", "transformers", "embedded")


def make(
    config: EngineConfig, *, device: str = "auto", decoding: Decoding | None = None, threads: int | None = None
) -> Engine:
    """The engine that `config.use.engine` names, loaded and ready.

    `device` is auto, cpu or cuda, `threads` the CPU cores to use (None: all). A model's first time may take minutes: it
    is converted for its engine, once. Raises UsageError for a device that is not there, ModelBroken for a model that
    cannot be loaded, ExtraMissing where an optional part of the program is needed.
    """
    decoding = decoding or Decoding()
    # Each engine is imported when it is wanted: torch alone takes seconds, and most runs do without it.
    if config.use.engine == "ctranslate":
        from translate.engines.ctranslate import CTranslateEngine

        return CTranslateEngine(config, device=device, decoding=decoding, threads=threads)
    if config.use.engine == "transformers":
        from translate.engines.transformers import TransformersEngine

        return TransformersEngine(config, device=device, decoding=decoding, threads=threads)
    if config.use.engine == "embedded":
        from translate.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(config, device=device, decoding=decoding, threads=threads)
    raise ModelBroken(
        f"{config.use.name} names the engine {config.use.engine!r} in models.yaml; there are {', '.join(ENGINES)}"
    )
