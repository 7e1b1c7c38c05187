"""Sweeps whose outcomes are made up, so that what studies should find in them is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from analysis.studies.sweep.description import describe_sweep
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.kept.measuring import NAMES, Row
from analysis.studies.sweep.kept.store import SweepStore
from analysis.studies.sweep.sampling import Sampling
from model.record import OUTCOMES

Outcome = Callable[[dict[str, float], str, int], float]
"""Makes an outcome of the values of factors, the regime and the seed."""

FACTORS: Mapping[str, object] = {
    "absorptive_capacity": "0.5:1.5",
    "openness": "0.1:0.7",
    "ties.cost": "0.006:0.024",
}
REGIMES = ("none", "sector", "cluster")


def made_up_design(
    sampling: Sampling,
    factors: Mapping[str, object] = FACTORS,
    regimes: Sequence[str] = REGIMES,
    seeds: Sequence[int] = (1, 2, 3),
    scenarios: Sequence[str] = ("machine_building_meets_iot",),
) -> SweepDesign:
    """Describe a sweep that nobody runs."""
    return describe_sweep("made_up", scenarios, factors, regimes=regimes, seeds=seeds, sampling=sampling)


def store_made_up(
    folder: Path,
    design: SweepDesign,
    outcome: Outcome,
    *,
    failing: Callable[[int, str, int], bool] = lambda *_: False,
    missing: Callable[[int, str, int], bool] = lambda *_: False,
) -> Path:
    """Write a sweep as if it had been run: each outcome as told, all other numbers 1."""
    points = design.points.set_index("point").to_dict("index")
    with SweepStore(folder, design) as store:
        for number in range(len(design)):
            run = design.run(number)
            if missing(run.point, run.regime, run.seed):
                continue
            if failing(run.point, run.regime, run.seed):
                store.add(Row(run, "made up to fail"))
                continue
            values = np.ones(len(NAMES))
            values[NAMES.index(OUTCOMES[0])] = outcome(points[run.point], run.regime, run.seed)
            store.add(Row(run, None, values, np.empty((0, 0))))
    return folder


def luck(*what: object) -> float:
    """A number that looks like chance, standard normal, always the same for the same arguments."""
    seed = np.frombuffer(repr(what).encode(), np.uint8)
    return float(np.random.default_rng(seed).normal())
