"""The web demo's entry point: `python app.py` is `dragoman serve`, and takes its options."""

import sys

from translate.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
