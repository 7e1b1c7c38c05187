"""What pages of other studies take from a surface."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.studies.surface.findings import SurfaceFindings
from analysis.studies.surface.words import PICTURES, describe_parts
from analysis.words.document import Words, words
from analysis.words.names import first_upper

__all__ = ["PICTURES", "in_short"]


def in_short(folder: Path, manifest: Mapping[str, Any]) -> tuple[list[Words], str]:
    """Say in a few sentences who leads where.

    Parameters
    ----------
    folder
        Results of `run.py surface`.
    manifest
        Its manifest.

    Returns
    -------
    tuple
        Sentences, and what was varied.
    """
    found = SurfaceFindings.opened(folder, manifest)
    together = map(first_upper, describe_parts(found.of("parts"), found.axes, found.regimes))
    return [*found.answer(), *map(words, together)], found.varied
