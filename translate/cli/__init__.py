"""The command: parse, call the library, print."""

from translate.cli.command import main

__all__ = ["main"]
