"""Converts a transformers model to CTranslate2's format, once, into the cache."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from translate import cache
from translate.engines.base import AttentionSource, EngineConfig
from translate.errors import DragomanError, ModelBroken

# Goes up whenever what this module writes changes, so that no old conversion is taken for a new one.
_FORMAT = 1


def converted(config: EngineConfig, quantisation: str) -> Path:
    """The folder with the model in CTranslate2's format, its weights as `quantisation` ("int8", "float16", "float32").

    The first call converts (seconds for 77 M parameters, minutes for 1.3 G; it needs torch and transformers), later
    ones find the result in the cache. Raises ModelBroken where the model cannot be converted, DiskFull or OutputError
    where the cache cannot be written.
    """

    def build(folder: Path) -> None:
        try:
            with quiet():
                _convert(config, quantisation, folder)
        except (DragomanError, OSError):
            raise
        except Exception as exc:  # the converter raises whatever torch, transformers and it like
            raise ModelBroken(f"{config.use.name}: the model in {config.folder} cannot be converted: {exc}") from exc

    return cache.build_once(cache_name(config, quantisation), build)


def cache_name(config: EngineConfig, quantisation: str) -> str:
    """The folder's name in the cache: model, quantisation, where alignment is read, and the versions of the format."""
    from ctranslate2 import __version__  # 0.1 s to import

    attention = config.attention or AttentionSource()
    return "-".join(
        (
            config.cache_name or _fingerprint(config.folder),
            quantisation,
            f"layer{attention.layer}",
            f"heads{attention.heads}",
            f"ct{__version__.partition('.')[0]}",
            f"v{_FORMAT}",
        )
    )


def _fingerprint(folder: Path) -> str:
    """A name for a folder that nobody named; it changes when a file in it does."""
    files = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in folder.iterdir())
    digest = hashlib.sha256(repr((str(folder.resolve()), files)).encode()).hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9.]', '_', folder.name)}-{digest[:16]}"


def _convert(config: EngineConfig, quantisation: str, folder: Path) -> None:
    import numpy as np
    from ctranslate2.converters import TransformersConverter  # imports torch and transformers: 4 s
    from ctranslate2.specs.model_spec import OPTIONAL

    attention = config.attention or AttentionSource()

    class Converter(TransformersConverter):  # type: ignore[misc]
        """CTranslate2's own, with three things that it has no options for or gets wrong beside transformers 5."""

        def _load(self) -> Any:
            spec = super()._load()
            # Where alignment is read must stand among the weights: config.json has no say in it.
            spec.decoder.alignment_layer = np.int16(attention.layer)
            spec.decoder.alignment_heads = np.int16(attention.heads)
            if self._unscaled:
                spec.decoder.scale_outputs = OPTIONAL
            return spec

        def load_model(self, *args: Any, **kwargs: Any) -> Any:
            model = super().load_model(*args, **kwargs)
            # transformers 5 says of all T5 models that their embeddings are tied, from which the converter concludes
            # that outputs are scaled down; T5 1.1 (MADLAD) and mT5 do not, and would search a flat distribution.
            scaled = getattr(model.config, "scale_decoder_outputs", False)
            self._unscaled = model.config.model_type in ("t5", "mt5") and not scaled
            return model

        def load_tokenizer(self, *args: Any, **kwargs: Any) -> Any:
            tokenizer = super().load_tokenizer(*args, **kwargs)
            # M2M100's codes stand beside its vocabulary: of a model saved by transformers 5 the converter misses them.
            codes = getattr(tokenizer, "lang_token_to_id", {})
            own = tokenizer.get_vocab
            tokenizer.get_vocab = lambda: {**own(), **codes}
            return tokenizer

    # `force` because the folder is there already, empty.
    Converter(str(config.folder)).convert(str(folder), quantization=quantisation, force=True)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep transformers' bars and advice off standard error while it loads a model for us."""
    from transformers.utils import logging  # seconds to import

    shown, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(level)
        if shown:
            logging.enable_progress_bar()
