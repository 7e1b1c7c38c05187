"""Which report a results folder gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from analysis import store
from analysis.errors import RequestError
from analysis.report import ablation, comparison, facts, organisations, studies, surface, sweep
from analysis.report.document import Report

Writer = Callable[[Path, Mapping[str, Any]], Report]


def read_report(folder: Path, conditions: Sequence[Path] = ()) -> Report:
    """Write the report of a results folder.

    Parameters
    ----------
    folder
        A folder that a command of `run.py` wrote.
    conditions
        Surfaces and sweeps that say under which conditions the order of a comparison turns.

    Returns
    -------
    Report
        Its report.

    Raises
    ------
    RequestError
        If it is none, of a kind that has no report, or has no use for conditions.
    """
    manifest = store.read_manifest(folder)
    if manifest is None:
        raise RequestError(
            f"{folder}: holds no results; name a folder that run.py wrote, such as results/trial."
        )
    writer = _writer(folder, manifest)
    if writer is None:
        raise RequestError(
            f"{folder}: there is no report for results of this kind; these have one: {', '.join(KINDS)}."
        )
    if writer is comparison.report:
        writer = partial(comparison.report, conditions=conditions)
    elif conditions:
        raise RequestError(
            f"--conditions: is for the page of a comparison, and {folder} holds something else."
        )
    try:
        return writer(folder, manifest)
    except (OSError, KeyError) as error:
        raise RequestError(f"{folder}: is not whole ({error}); run its command again.") from None


KINDS = (
    "compare", "run", "surface", "sweep", "facts", "ablate", "organisations", "sensitivity", "discover", "robustness",
    "replicates",
)  # fmt: skip


def _writer(folder: Path, manifest: Mapping[str, Any]) -> Writer | None:
    if manifest.get("kind") == "sweep":
        return sweep.report
    if manifest.get("kind") in studies.WRITERS:
        return studies.report
    tables: dict[str, Writer] = {
        "comparison": comparison.report,
        "cells": surface.report,
        "facts": facts.report,
        "walks": ablation.report,
        "contributions": organisations.report,
    }
    # Validation has a table of that name, too, but no regimes.
    there = {path.stem for path in (folder / "data").glob("*.parquet")}
    if "regimes" not in manifest:
        there.discard("comparison")
    return next((writer for name, writer in tables.items() if name in there), None)
