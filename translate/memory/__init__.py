"""The translation memory: what was translated once is not translated again, and what a person approved wins."""

from translate.memory.entry import PIPELINE, Asked, Entry, Match, Origin, Pair, origin
from translate.memory.exchange import FORMATS, Imported, bring_in, write
from translate.memory.remembered import APPROVED, SIMILAR, Remembered
from translate.memory.store import MEMORY_VARIABLE, Found, Memory, default_path
from translate.memory.upkeep import Group, Pruned, Stats

__all__ = [
    "APPROVED",
    "FORMATS",
    "MEMORY_VARIABLE",
    "PIPELINE",
    "SIMILAR",
    "Asked",
    "Entry",
    "Found",
    "Group",
    "Imported",
    "Match",
    "Memory",
    "Origin",
    "Pair",
    "Pruned",
    "Remembered",
    "Stats",
    "bring_in",
    "default_path",
    "origin",
    "write",
]
