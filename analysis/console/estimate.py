"""The command `estimate europe`: search, trial by trial, and keep what was found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.table import Table

from analysis import store
from analysis.console.running import INTERRUPTED, conclude, destination, writing
from analysis.console.terminal import Terminal
from analysis.console.validation_tables import ROWS
from analysis.execution import execute
from analysis.experiment import Task
from analysis.provenance import environment, model_digest, scenario_digest
from analysis.regions.application import with_region
from analysis.regions.catalogue import RegionReference
from analysis.regions.estimated import ESTIMATED, estimated_text
from analysis.regions.estimation import (
    FREE,
    Search,
    defaults_of,
    ranges_of,
    with_values,
)
from analysis.regions.europe import QUARTERS, observed_panel, run_employment, start_of_europe
from analysis.regions.europe_scores import MODEL, scores, simulated_panels, start_relatedness
from analysis.regions.halves import ESTIMATION, halves
from analysis.regions.moments import TARGETS, Target, misfit, targets
from model.loading import load_scenario
from model.region import warm_up
from model.scenario import Scenario

FOLDER = "estimation_store"
SEED = 1
"""Seed of the runs: one of those for calibration, not one of those for reporting."""

TryOut = Callable[[Mapping[str, float]], tuple[float, dict[str, float]]]


@dataclass(frozen=True)
class Estimation:
    """What is to be estimated.

    Attributes
    ----------
    story
        Name of the story into which each region is put.
    scenario
        The story, with the number of firms.
    codes
        Regions, all of one half of the countries.
    trials
        Sets of values to try.
    """

    story: str
    scenario: Scenario
    codes: tuple[str, ...]
    trials: int

    @property
    def identity(self) -> str:
        """Name of the search: what was tried for one is not taken for another."""
        digest = hashlib.blake2b(scenario_digest(self.scenario), digest_size=8)
        digest.update(f"{model_digest()} {self.codes} {TARGETS} {FREE} {SEED}".encode())
        return digest.hexdigest()


def design(story: str, firms: int, every: int, trials: int) -> Estimation:
    """Read what the command was asked for.

    Parameters
    ----------
    story
        Name of a story.
    firms
        Firms that stand for those of a region.
    every
        Take each so-manieth region of the half only.
    trials
        Sets of values to try.

    Returns
    -------
    Estimation
        What is to be estimated.
    """
    scenario = load_scenario(story, {"steps": QUARTERS, "firms.number": firms})
    return Estimation(story, scenario, halves(observed_panel().regions)[ESTIMATION][::every], trials)


def conduct(
    estimation: Estimation,
    terminal: Terminal,
    *,
    out: Path | None = None,
    jobs: int | None = None,
    write: bool = False,
) -> int:
    """Search, show what was found and write it to a folder.

    Parameters
    ----------
    estimation
        What is to be estimated.
    terminal
        Where to speak.
    out
        Folder for the results; one under ``results/`` by default.
    jobs
        Processes to use; all cores by default.
    write
        Whether to keep what was found as the estimated parameters that ship.

    Returns
    -------
    int
        Exit code: 0, or 130 when it was stopped by Ctrl-C.
    """
    folder = destination(out, "estimate-europe", estimation.identity)
    with terminal.waiting("Measuring the data ..."):
        phi = start_relatedness(observed_panel())
        wanted = targets(observed_panel(estimation.codes), phi)
    path = folder.parent / FOLDER / f"{estimation.identity}.jsonl"
    search = Search(path, defaults_of(estimation.scenario), SEED)
    if search.trials:
        terminal.say(f"{len(search.trials)} trials were made before and are not repeated.")
    warm_up(terminal.say)
    stopped = False
    try:
        with terminal.progress(of="trials") as bar:
            line = bar.add_task("Europe", total=estimation.trials, completed=len(search.trials))
            for _ in search.run(estimation.trials, _try_out(estimation, wanted, jobs)):
                bar.advance(line)
    except KeyboardInterrupt:
        stopped = True
        terminal.warn(
            f"stopped after {len(search.trials)} trials; they are kept, and the same command goes on from there."
        )
    if not search.trials:
        return INTERRUPTED
    text = _overlay(estimation, search)
    with writing(terminal, stopped=stopped):
        store.write_folder(folder, lambda fresh: _fill(fresh, estimation, search, wanted, text))
        if write and not stopped:
            ESTIMATED.write_text(text, encoding="utf-8", newline="\n")
    _show(search, wanted, terminal)
    terminal.emit({"results": str(folder), "trials": len(search.trials), **_found(search, wanted)})
    following = None if stopped else "validate europe --estimated --half held-out"
    conclude(folder, following, terminal, figures=False)
    return INTERRUPTED if stopped else 0


def _try_out(estimation: Estimation, wanted: Mapping[str, Target], jobs: int | None) -> TryOut:
    phi, panel = start_relatedness(observed_panel()), observed_panel(estimation.codes)
    members = start_of_europe()
    regions = {
        code: with_region(estimation.scenario, RegionReference(members, code)) for code in estimation.codes
    }

    def try_out(values: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        runs: Any = [
            Task(with_values(scenario, values), f"{MODEL}|{code}", SEED) for code, scenario in regions.items()
        ]
        records: Any = execute(runs, jobs, run=run_employment)  # type: ignore[arg-type]
        broken = [record for record in records if record.result is None]
        if broken:
            # A set under which a region breaks down is no candidate; the search learns to keep away from it.
            return BROKEN, dict.fromkeys((*TARGETS, "correlation_with_data"), float("nan"))
        found = scores(simulated_panels(records, panel)[MODEL, SEED], panel, phi)
        return misfit(found, wanted), {name: found[name] for name in (*TARGETS, "correlation_with_data")}

    return try_out


BROKEN = 1e9


def _overlay(estimation: Estimation, search: Search) -> str:
    best = search.best()
    remarks = {
        free.key: f"default {search.defaults[free.key]:g}; about as good: {low:.3g} to {high:.3g}"
        for free, (low, high) in zip(FREE, ranges_of(search.about_as_good()).values(), strict=True)
    }
    heading = (
        f"Estimated on {len(estimation.codes)} regions of half of the European countries, from 2008-09 to 2014-15,\n"
        f"with {estimation.scenario.firms.number} firms each, in {len(search.trials)} trials: run.py estimate europe.\n"
        "Not the defaults of the model: they were made for the growth of knowledge, these for employment."
    )
    return estimated_text(best.settings, estimation.story, remarks, heading)


def _fill(
    fresh: Path, estimation: Estimation, search: Search, wanted: Mapping[str, Target], text: str
) -> None:
    trials = pd.DataFrame(
        [
            {
                "trial": trial.number,
                "misfit": trial.misfit,
                "distance": trial.distance,
                **trial.settings,
                **trial.moments,
            }
            for trial in search.trials
        ]
    )
    store.write_table(fresh / "data", "trials", trials)
    store.write_table(fresh / "data", "moments", _moments(search, wanted))
    (fresh / ESTIMATED.name).write_text(text, encoding="utf-8", newline="\n")
    content = {"kind": "estimation on Europe", "identity": estimation.identity, "seed": SEED,
               "firms": estimation.scenario.firms.number, "regions": list(estimation.codes),
               "complete": len(search.trials) >= estimation.trials}  # fmt: skip
    store.write_manifest(fresh, {**content, **environment()})


def _moments(search: Search, wanted: Mapping[str, Target]) -> pd.DataFrame:
    first, best = search.trials[0], search.best()
    rows = [
        {
            "moment": name,
            "data": target.value,
            "standard_error": target.error,
            "defaults": first.moments[name],
            "estimated": best.moments[name],
        }
        for name, target in wanted.items()
    ]
    return pd.DataFrame(rows)


def _show(search: Search, wanted: Mapping[str, Target], terminal: Terminal) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", title="On the regions of the estimation",
                  title_justify="left")  # fmt: skip
    for heading in ("moment", "data", "standard error", "defaults", "estimated"):
        table.add_column(heading, justify="left" if heading == "moment" else "right")
    for _, row in _moments(search, wanted).iterrows():
        numbers = (f"{row[name]:.3f}" for name in ("data", "standard_error", "defaults", "estimated"))
        table.add_row(ROWS[str(row["moment"])], *numbers)
    terminal.show(table)
    values = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    good = search.about_as_good()
    for heading in ("parameter", "default", "estimated", f"range of {len(good)} sets about as good"):
        values.add_column(heading, justify="left" if heading == "parameter" else "right")
    best, ranges = search.best(), ranges_of(good)
    for key, (low, high) in ranges.items():
        values.add_row(
            key, f"{search.defaults[key]:g}", f"{best.settings[key]:.3g}", f"{low:.3g} to {high:.3g}"
        )
    terminal.show(values)


def _found(search: Search, wanted: Mapping[str, Target]) -> dict[str, Any]:
    best = search.best()
    rows: Sequence[dict[Any, Any]] = _moments(search, wanted).to_dict("records")
    return {"misfit": best.misfit, "values": dict(best.settings), "moments": rows}
