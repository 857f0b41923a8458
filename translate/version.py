"""The version, in one place for results and `--version`."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("dragoman")
except PackageNotFoundError:  # a checkout on the path, never installed
    VERSION = "0+unknown"
