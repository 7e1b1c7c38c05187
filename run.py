"""The command line of The Knowledge Fountains; `python run.py --help` tells what it can do."""

from __future__ import annotations

from analysis.commands.checkout import keep_bytecode

keep_bytecode()
# What is imported from here on is compiled once.
from analysis.commands.program import app, main  # noqa: E402

__all__ = ["app"]

if __name__ == "__main__":
    main()
