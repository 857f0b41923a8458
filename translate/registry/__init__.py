"""models.yaml → the models that there are, and the way from one language to another."""

from translate.registry.catalogue import DEFAULT_PROFILE, PIVOT, Leg, Registry, Route, leg
from translate.registry.folder import folder_revision, local
from translate.registry.loading import MODELS_VARIABLE, load, overlay_path, registry
from translate.registry.spec import Attention, Files, Generation, Licence, ModelSpec, Package, Profile

__all__ = [
    "DEFAULT_PROFILE",
    "MODELS_VARIABLE",
    "PIVOT",
    "Attention",
    "Files",
    "Generation",
    "Leg",
    "Licence",
    "ModelSpec",
    "Package",
    "Profile",
    "Registry",
    "Route",
    "folder_revision",
    "leg",
    "load",
    "local",
    "overlay_path",
    "registry",
]
