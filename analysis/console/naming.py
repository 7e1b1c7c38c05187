"""What the command line is called: `run.py` in a checkout, `knowledge-fountains` where the package is installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

INSTALLED = "knowledge-fountains"


def in_own_words(text: str) -> str:
    """Write a text about commands for this user.

    Parameters
    ----------
    text
        Text in which commands begin with ``run.py`` or ``python run.py``.

    Returns
    -------
    str
        The same, with the commands as this program was started: installed, through uv, or neither.
    """
    if Path(sys.argv[0]).stem == INSTALLED:
        return text.replace("python run.py", INSTALLED).replace("run.py", INSTALLED)
    return text.replace("python run.py", "uv run run.py") if "UV" in os.environ else text
