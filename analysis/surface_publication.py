"""The results folder of a surface: what is in it, and under which name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import store
from analysis.comparison import baseline_of
from analysis.execution import Record
from analysis.provenance import environment
from analysis.publication import FORMATS
from analysis.surface import differences, leaders
from analysis.surface_design import Surface
from analysis.surface_parts import parts
from model.loading import dump_scenario
from model.record import OUTCOMES


@dataclass(frozen=True)
class Findings:
    """What came out of a surface.

    Attributes
    ----------
    surface
        What was asked for.
    outcomes
        What `Surface.arrange` gives.
    failed
        Runs that ended in an error.
    seconds
        Time that it took.
    """

    surface: Surface
    outcomes: pd.DataFrame
    failed: tuple[Record, ...]
    seconds: float

    @property
    def finished(self) -> int:
        """Number of runs that have outcomes."""
        return len(self.outcomes) // len(self.surface.steps)

    @property
    def complete(self) -> bool:
        """Whether every run that was asked for was tried."""
        return self.finished + len(self.failed) == len(self.surface.tasks)

    @cached_property
    def cells(self) -> dict[str, pd.DataFrame]:
        """Leaders of all cells, by outcome."""
        return {outcome: leaders(self.outcomes, self.surface.names, outcome) for outcome in OUTCOMES}

    @cached_property
    def parts(self) -> dict[str, pd.DataFrame]:
        """Leaders of parts of the surface, by outcome."""
        return {outcome: parts(self.outcomes, self.surface.names, outcome) for outcome in OUTCOMES}

    @cached_property
    def differences(self) -> dict[str, pd.DataFrame]:
        """Differences from the baseline in all cells, by outcome."""
        return {outcome: differences(self.outcomes, self.surface.names, outcome) for outcome in OUTCOMES}


def publish(findings: Findings, folder: Path, *, theme: str | None = "light") -> Path:
    """Write everything about a surface into a folder, whole or not at all.

    ``data/cells`` says who leads where on every outcome, ``data/parts`` the same of neighbouring cells
    taken together, ``data/differences`` what each regime adds to the baseline in each cell;
    ``data/outcomes`` has every run. Two identical surfaces differ in the manifest only, whether or not
    one of them was stopped and continued.

    Parameters
    ----------
    findings
        What came out.
    folder
        Where to; earlier results there are replaced.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.

    Returns
    -------
    pathlib.Path
        The folder.
    """

    def fill(fresh: Path) -> None:
        data = fresh / "data"
        store.write_table(data, "cells", _stacked(findings.cells))
        store.write_table(data, "parts", _stacked(findings.parts))
        store.write_table(data, "differences", _stacked(findings.differences))
        store.write_table(data, "outcomes", findings.outcomes)
        if theme is not None:
            _draw(findings, theme, fresh / "figures")
        scenario = findings.surface.experiment.scenario
        (fresh / "scenario.toml").write_text(dump_scenario(scenario), "utf-8")
        store.write_manifest(fresh, manifest(findings))

    store.write_folder(folder, fill)
    return folder


def manifest(findings: Findings) -> dict[str, Any]:
    """Say what was run, what became of it, and with what.

    Parameters
    ----------
    findings
        What came out.

    Returns
    -------
    dict
        Plain content for JSON.
    """
    surface = findings.surface
    experiment = surface.experiment
    return {
        "story": experiment.story,
        "title": experiment.scenario.story.title,
        "identity": surface.identity(),
        "complete": findings.complete,
        "axes": [
            {"name": sweep.axis.name, "moves": list(sweep.axis.settings(sweep.points[0])),
             "values": list(sweep.points)}
            for sweep in surface.sweeps
        ],
        "outcome": surface.outcome,
        "regimes": list(experiment.regimes),
        "baseline": baseline_of(experiment.regimes),
        "seeds": list(experiment.seeds),
        "runs_finished": findings.finished,
        "runs_failed": failures(findings),
        "seconds": findings.seconds,
        "scenario": experiment.scenario.model_dump(mode="json"),
        **environment(),
    }  # fmt: skip


def failures(findings: Findings) -> list[dict[str, Any]]:
    """List runs that failed, with the reason."""
    return [
        {"regime": record.task.regime, "seed": record.task.seed, "error": record.error}
        for record in findings.failed
    ]


def _stacked(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    named = []
    for outcome, table in tables.items():
        columns = ["outcome", *table.columns]
        named.append(table.assign(outcome=outcome)[columns])
    return pd.concat(named, ignore_index=True)


def _draw(findings: Findings, theme: str, folder: Path) -> None:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures import style, surface_gallery  # noqa: PLC0415

    surface = findings.surface
    folder.mkdir()
    axes = [sweep.axis for sweep in surface.sweeps]
    drawn = surface_gallery.draw(
        findings.cells, findings.parts, findings.differences[surface.outcome], axes, surface.experiment.regimes,
        surface.outcome, theme,
    )  # fmt: skip
    for name, figure in drawn:
        for suffix in FORMATS:
            style.save(figure, folder / f"{name}.{suffix}")
