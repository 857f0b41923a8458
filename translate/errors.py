"""One tree of exceptions, each with the exit code that the command ends with.

| exit code | what happened |
|---|---|
| 0 | done |
| 1 | a fault of ours: please report it (`--debug` shows where) |
| 2 | the command line was wrong |
| 3 | the input cannot be used: missing, empty, too large, wrong encoding or language, or two texts that do not match |
| 4 | no model: not known, not on this machine, or broken |
| 5 | the network was needed and did not answer, or `--offline` forbade it |
| 6 | the output cannot be written: no space, no permission |
| 7 | an optional part is not installed |
| 8 | done, but a check found an error, or what `--fail-on` names, or a batch set something aside |
| 130 | stopped by Ctrl-C |
"""

from __future__ import annotations

from typing import ClassVar

ISSUES_FOUND = 8
"""The exit code of a command that did its work and found what `--fail-on` names."""


class DragomanError(Exception):
    """Anything that Dragoman reports to its user; the message is one sentence that says what to do next."""

    exit_code: ClassVar[int] = 1


class UsageError(DragomanError):
    """What was asked for makes no sense: an unknown format, a source that is its own target."""

    exit_code = 2


class InputError(DragomanError):
    """The input cannot be read or has nothing to translate."""

    exit_code = 3


class TooLarge(InputError):
    """More than a server takes at once; the message names the limit."""


class LanguageError(InputError):
    """A language is not known, or the text is not in the language that it was said to be in."""


class ModelError(DragomanError):
    """A model is not known, not usable, or broken."""

    exit_code = 4


class RegistryError(ModelError):
    """models.yaml has mistakes; the message lists every one with its path."""


class ModelMissing(ModelError):
    """No usable model is on this machine; the message names the commands that would help."""


class ModelBroken(ModelError):
    """A model's files do not match their checksums, or its engine cannot load them."""


class EngineError(ModelError):
    """An engine failed while it translated."""


class NetworkError(DragomanError):
    """The model hub could not be reached, or `--offline` forbade it."""

    exit_code = 5


class OutputError(DragomanError):
    """A result cannot be written."""

    exit_code = 6


class DiskFull(OutputError):
    """There is not enough space for what is about to be written."""


class ExtraMissing(DragomanError):
    """A part that is installed only on request is needed; the message names the extra."""

    exit_code = 7


class Refused(DragomanError):
    """A server did not do, or did not finish, what it could have done at another time."""


class Busy(Refused):
    """As many requests are at work and waiting as a server takes on."""


class TimedOut(Refused):
    """A request took longer than a server gives it."""


class Stopped(Refused):
    """Whoever asked for the work does not want it any more."""
