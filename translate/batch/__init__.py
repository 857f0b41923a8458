"""Whole folders and tables, translated through the night: what is done stays done, whatever happens."""

from translate.batch.shard import translate_shard
from translate.batch.types import FORMATS, Finding, Job, Outcome, Settings, Shape, State
from translate.batch.work import SHARD_SIZE, Asked, Event, Totals, run

__all__ = [
    "FORMATS",
    "SHARD_SIZE",
    "Asked",
    "Event",
    "Finding",
    "Job",
    "Outcome",
    "Settings",
    "Shape",
    "State",
    "Totals",
    "run",
    "translate_shard",
]
