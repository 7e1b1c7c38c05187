"""What pages of other studies take from a sweep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.studies.sweep.findings import SweepFindings
from analysis.studies.sweep.kept.results import open_results
from analysis.words.document import Words


def in_short(folder: Path) -> tuple[list[Words], str]:
    """Say in a few sentences who leads how often, and where if that was looked for.

    Parameters
    ----------
    folder
        Results of `run.py sweep`.

    Returns
    -------
    tuple
        Sentences, and what was varied.
    """
    found = SweepFindings.opened(folder, {})
    told = list(found.answer())
    for study in found.studies:
        if study.kind == "discovery":
            told += study.answer()
    return told, found.varied


def scenarios_of(folder: Path) -> list[dict[str, Any]]:
    """Return the scenarios of a sweep, before anything in them is varied."""
    return [each.model_dump(mode="json") for each in open_results(folder).design.scenarios.values()]
