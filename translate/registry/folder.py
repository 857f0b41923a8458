"""A folder with a model that models.yaml does not describe: what can be told of it from its own files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import yaml

from translate.errors import LanguageError, ModelBroken
from translate.registry.spec import Attention, Licence, ModelSpec

# No longer than this: what lies beyond is rare in training, whatever more a model's position table could hold.
_LONGEST = 512
_NLLB_CODES = {"en": "eng_Latn", "ar": "arb_Arab"}
_MARIAN_CODES = {"en": ">>eng<<", "ar": ">>ara<<"}
_ARCHITECTURES = {"marian": "marian", "m2m_100": "m2m100", "t5": "t5"}
# From `decoder_layers` (Marian, M2M100, BART) or `num_decoder_layers`, else `num_layers` (T5); 6 where nothing says.
_LAYER_KEYS = ("decoder_layers", "num_decoder_layers", "num_layers")
_LENGTH_KEYS = ("max_position_embeddings", "n_positions")


def local(folder: Path) -> ModelSpec:
    """The model in `folder`, named as the folder is; its languages are unknown, so it takes any pair.

    Raises ModelBroken where the folder holds no sequence-to-sequence model in transformers' form.
    """
    folder = folder.expanduser().resolve()
    config = _json(folder / "config.json")
    if config is None:
        raise ModelBroken(f"{folder} holds no model: there is no readable config.json in it")
    kind = config.get("model_type")
    architecture = _ARCHITECTURES.get(str(kind), "seq2seq")
    if architecture == "seq2seq" and not config.get("is_encoder_decoder"):
        raise ModelBroken(
            f"{folder} holds a model of type {kind!r}, which does not translate: give the folder of a Marian, M2M100, "
            "NLLB, T5 or other encoder-decoder model as transformers saves it (not a converted one)"
        )
    if architecture == "m2m100" and _is_nllb(folder, config):
        architecture = "nllb"
    longest = min(_LONGEST, _first_int(config, _LENGTH_KEYS, _LONGEST))
    fields: dict[str, Any] = {
        "name": folder.name,
        "folder": folder,
        "revision": folder_revision(folder),
        "licence": Licence(name=_card_licence(folder)),
        "engine": "transformers" if architecture == "seq2seq" else "ctranslate",
        "architecture": architecture,
        "max_source": longest,
        "max_target": longest,
        # The middle layer, as models.yaml has it for models whose alignment nobody measured.
        "attention": Attention(layer=_first_int(config, _LAYER_KEYS, 6) // 2, heads=0, shifted=True),
    }
    return ModelSpec(**fields)


def folder_revision(folder: Path) -> str:
    """A name that changes when a file of the folder does: a hash over names, sizes and times of change.

    Not over contents: hashing gigabytes at every start would cost more than it protects from.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            stat = path.stat()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return f"local-{digest.hexdigest()[:12]}"


def address(spec: ModelSpec, folder: Path, source: str, target: str) -> tuple[str | None, str | None, str]:
    """How an undescribed model is asked for a pair: its codes for both languages, and the prefix.

    A target token is used only where the model's own vocabulary has it: a wrong one would fail silently.

    Raises LanguageError where the model must have a code for the language and we do not know which.
    """
    if spec.architecture == "m2m100":
        return source, target, ""
    if spec.architecture == "nllb":
        for code in (source, target):
            if code not in _NLLB_CODES:
                raise LanguageError(f"{spec.name} needs NLLB's own code for {code}: describe it in your models.yaml")
        return _NLLB_CODES[source], _NLLB_CODES[target], ""
    if spec.architecture == "marian":
        token = _MARIAN_CODES.get(target, "")
        known = token and token in (_json(folder / "vocab.json") or {})
        return (None, token, f"{token} ") if known else (None, None, "")
    token = f"<2{target}>"
    if spec.architecture == "t5" and _mentions(folder / "tokenizer.json", json.dumps(token)):
        return None, token, f"{token} "
    return None, None, ""


def _json(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _is_nllb(folder: Path, config: dict[str, Any]) -> bool:
    tokenizer = _json(folder / "tokenizer_config.json") or {}
    return any(str(where.get("tokenizer_class", "")).startswith("Nllb") for where in (tokenizer, config))


def _first_int(config: dict[str, Any], keys: tuple[str, ...], otherwise: int) -> int:
    return next((config[key] for key in keys if isinstance(config.get(key), int) and config[key] > 0), otherwise)


def _mentions(path: Path, text: str) -> bool:
    try:
        return text in path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False


def _card_licence(folder: Path) -> str:
    """The `license` that a model card's front matter names, else "not stated"."""
    try:
        opening, _, rest = (folder / "README.md").read_text(encoding="utf-8").partition("---\n")
        card = None if opening else yaml.safe_load(rest.partition("\n---")[0])
    except (OSError, ValueError, yaml.YAMLError):
        return "not stated"
    return str(card["license"]) if isinstance(card, dict) and card.get("license") else "not stated"
