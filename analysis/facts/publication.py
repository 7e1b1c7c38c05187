"""The results folder of an investigation of facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis import store
from analysis.facts.investigation import Findings
from analysis.provenance import environment
from model.loading import dump_scenario

FORMATS = ("png", "svg")


def publish(
    findings: Findings, table: pd.DataFrame, folder: Path, *, theme: str | None, seconds: float
) -> Path:
    """Write tables, figures, scenarios and a manifest into a folder, whole or not at all.

    Parameters
    ----------
    findings
        What an investigation brought.
    table
        Its claims judged, see :meth:`analysis.facts.investigation.Findings.table`.
    folder
        Where to; earlier results there are replaced.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.
    seconds
        Time that it took, for the manifest.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    pictures = findings.pictures()

    def fill(fresh: Path) -> None:
        store.write_table(fresh / "data", "facts", table)
        store.write_table(fresh / "data", "estimates", findings.seeds_table())
        for name, picture in pictures.items():
            store.write_table(fresh / "data", f"picture_{name}", picture)
        if theme is not None:
            _draw(table, pictures, theme, fresh / "figures")
        scenarios = fresh / "scenarios"
        scenarios.mkdir()
        for name, scenario in findings.investigation.scenarios.items():
            (scenarios / f"{name}.toml").write_text(dump_scenario(scenario), "utf-8")
        store.write_manifest(fresh, manifest(findings, seconds))

    store.write_folder(folder, fill)
    return folder


def manifest(findings: Findings, seconds: float) -> dict[str, Any]:
    """Say what was run, what became of it, and with what.

    Parameters
    ----------
    findings
        What an investigation brought.
    seconds
        Time that it took.
    """
    investigation = findings.investigation
    return {
        "title": "Facts",
        "identity": investigation.identity(),
        "complete": findings.complete,
        "facts": [fact.name for fact in investigation.facts],
        "treatments": {
            name: {"story": each.story, "regime": each.regime, "watchers": list(each.watchers)}
            for name, each in investigation.treatments.items()
        },
        "settings": list(investigation.settings),
        "seeds": list(investigation.seeds),
        "runs_finished": len(findings.records) - len(findings.failed),
        "runs_failed": [
            {"treatment": record.task.regime, "seed": record.task.seed, "error": record.error}
            for record in findings.failed
        ],
        "seconds": seconds,
        **environment(),
    }


def _draw(table: pd.DataFrame, pictures: dict[str, pd.DataFrame], theme: str, folder: Path) -> None:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures import facts_gallery, style  # noqa: PLC0415

    folder.mkdir()
    for name, figure in facts_gallery.draw(table, pictures, theme):
        for suffix in FORMATS:
            style.save(figure, folder / f"{name}.{suffix}")
