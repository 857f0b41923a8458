"""A leg of a route and its files → what an engine needs to know."""

from __future__ import annotations

from pathlib import Path

from translate import hub
from translate.document import ModelUse
from translate.engines.base import AttentionSource, EngineConfig
from translate.registry import Leg


def engine_config(leg: Leg, folder: Path) -> EngineConfig:
    """The configuration of the engine that runs `leg` with the files in `folder` (as `hub.fetch` returned it).

    The revision in it is the commit that `folder` holds, also where the registry names only a branch.
    """
    spec = leg.spec
    revision = hub.revision(spec, folder)
    return EngineConfig(
        folder=folder,
        use=ModelUse(
            name=spec.name,
            hub_id=spec.origin,
            revision=revision,
            licence=spec.licence.name,
            engine=spec.engine,
            preview=spec.preview,
        ),
        source=leg.source,
        target=leg.target,
        source_code=leg.source_code,
        target_code=leg.target_code,
        prefix=leg.prefix,
        max_source=spec.max_source,
        max_target=spec.max_target,
        attention=None if spec.attention is None else AttentionSource(**spec.attention.model_dump()),
        cache_name=spec.cache_name(revision),
    )
