"""Which report a results folder gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from analysis import store
from analysis.errors import RequestError
from analysis.report import comparison, facts, surface, sweep
from analysis.report.document import Report

Writer = Callable[[Path, Mapping[str, Any]], Report]


def read_report(folder: Path) -> Report:
    """Write the report of a results folder.

    Parameters
    ----------
    folder
        A folder that a command of `run.py` wrote.

    Returns
    -------
    Report
        Its report.

    Raises
    ------
    RequestError
        If it is none, or of a kind that has no report.
    """
    manifest = store.read_manifest(folder)
    if manifest is None:
        raise RequestError(
            f"{folder}: holds no results; name a folder that run.py wrote, such as results/trial."
        )
    writer = _writer(folder, manifest)
    if writer is None:
        raise RequestError(
            f"{folder}: there is no report for results of this kind; compare, run, surface, sweep and facts have one."
        )
    try:
        return writer(folder, manifest)
    except (OSError, KeyError) as error:
        raise RequestError(f"{folder}: is not whole ({error}); run its command again.") from None


def _writer(folder: Path, manifest: Mapping[str, Any]) -> Writer | None:
    if manifest.get("kind") == "sweep":
        return sweep.report
    data = folder / "data"
    kinds: dict[str, Writer] = {
        "comparison": comparison.report,
        "cells": surface.report,
        "facts": facts.report,
    }
    return next((writer for name, writer in kinds.items() if (data / f"{name}.parquet").is_file()), None)
