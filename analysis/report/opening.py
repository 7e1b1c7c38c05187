"""Which report a results folder gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from analysis.errors import RequestError
from analysis.report.brief import Brief, render_brief
from analysis.report.findings import report_of
from analysis.runs import results_folder
from analysis.studies.registry import KINDS
from analysis.words.document import Report

Written = TypeVar("Written")


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
    return _checked(folder, lambda manifest: report_of(folder, manifest, conditions))


def read_brief(folder: Path, conditions: Sequence[Path] = ()) -> tuple[Brief, str]:
    """Write the sheet of a results folder; see `read_report`, and `analysis.report.brief.render_brief`."""
    return _checked(folder, lambda manifest: render_brief(folder, manifest, conditions))


def _checked(folder: Path, write: Callable[[Mapping[str, Any]], Written]) -> Written:
    manifest = results_folder.read_manifest(folder)
    if manifest is None:
        raise RequestError(
            f"{folder}: holds no results; name a folder that run.py wrote, such as results/trial."
        )
    if manifest.get("kind") not in KINDS:
        raise RequestError(
            f"{folder}: there is no report for results of this kind; these have one: {', '.join(COMMANDS)}."
        )
    try:
        return write(manifest)
    except (OSError, KeyError) as error:
        raise RequestError(f"{folder}: is not whole ({error}); run its command again.") from None


COMMANDS = (
    "compare", "run", "surface", "sweep", "facts", "ablate", "organisations", "sensitivity", "discover", "robustness",
    "replicates", "replicate", "validate europe", "estimate europe", "calibrate", "regions show",
)  # fmt: skip
