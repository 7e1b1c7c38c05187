"""The results folder of a study: tables, figures, manifest."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import store
from analysis.provenance import environment
from analysis.publication import FORMATS
from analysis.studies.study import Findings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LIBRARIES = ("SALib", "ema_workbench", "scikit-learn")


def publish(findings: Findings, folder: Path, figures: Mapping[str, Callable[[], Figure]]) -> Path:
    """Write everything about a study into a folder, whole or not at all.

    Parameters
    ----------
    findings
        The answer.
    folder
        Where to; earlier results there are replaced.
    figures
        What draws each figure, by name; none for no figures.

    Returns
    -------
    pathlib.Path
        The folder.
    """

    def fill(fresh: Path) -> None:
        for name, table in findings.tables.items():
            store.write_table(fresh / "data", name, table)
        if figures:
            _draw(figures, fresh / "figures")
        store.write_manifest(fresh, manifest(findings))

    store.write_folder(folder, fill)
    return folder


def identity(findings: Findings) -> str:
    """Say in 32 hexadecimal digits what is asked of which sweep."""
    return findings.study.identity(findings.kind, **findings.asked)


def manifest(findings: Findings) -> dict[str, Any]:
    """Say what was asked of which runs, and with what it was answered.

    Parameters
    ----------
    findings
        The answer.

    Returns
    -------
    dict
        Plain content for JSON.
    """
    study = findings.study
    return {
        "kind": findings.kind,
        "identity": identity(findings),
        "sweep": {"folder": str(study.results.folder), **_sweep(study.results.manifest)},
        "complete": study.results.complete,
        "outcome": study.outcome,
        "of": study.of,
        "baseline": study.baseline,
        "regimes": list(study.regimes),
        **findings.asked,
        "samples": [
            {
                "scenario": sample.scenario, "points": len(sample.points), "of_points": sample.planned,
                "seeds": list(sample.seeds), "left_out_failed": list(sample.failed_points),
                "left_out_missing": list(sample.missing_points), "runs_failed": sample.failed_runs,
            }
            for sample in study.samples
        ],
        "sentences": list(findings.sentences),
        "warnings": list(findings.warnings),
        "libraries": _libraries(),
        **environment(),
    }  # fmt: skip


def _sweep(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: told.get(key) for key in ("name", "title", "identity", "written", "commit")}


def _libraries() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _draw(figures: Mapping[str, Callable[[], Figure]], folder: Path) -> None:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures import style  # noqa: PLC0415

    folder.mkdir()
    for name, make in figures.items():
        figure = make()
        for suffix in FORMATS:
            style.save(figure, folder / f"{name}.{suffix}")
