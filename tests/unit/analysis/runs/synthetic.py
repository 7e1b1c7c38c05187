"""Results made up in a moment, with the real classes but without a simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.runs.execution import Record as RunRecord
from analysis.runs.experiment import Experiment
from analysis.runs.making import Made
from analysis.runs.results import Results
from analysis.studies.comparison.design import Comparison
from analysis.studies.comparison.findings import ComparisonFindings
from model.policy.instruments import INSTRUMENTS
from model.record import OBSERVABLES, Record
from model.result import RunResult
from model.scenario import REGIME_NAMES, Scenario

STEPS, DOMAINS = 12, 3
SEEDS = (10_000, 10_001, 10_002, 10_003)
LEAD = {"none": 0.0, "sector": 0.01, "cluster": 0.03, "smart_specialisation": 0.02}


def run(scenario: Scenario, seed: int) -> RunResult:
    """Make a run up: luck by seed, a small lead by regime, spending on three instruments."""
    regime = scenario.policy.policymakers[0].regime
    luck = np.random.default_rng(seed)
    record = Record(STEPS, DOMAINS)
    growth = luck.normal(0.01, 0.005, record.series.shape).cumsum(axis=0)
    lead = LEAD[regime] * np.linspace(0, 1, STEPS + 1)[:, None]
    record.series[:] = 1_000 / (1 + np.arange(len(OBSERVABLES))) * np.exp(growth + lead)
    record.account[1:] = luck.normal(1, 0.2, record.account[1:].shape)
    record.account[1:, 9] *= -3
    ledger = np.zeros((STEPS + 1, len(INSTRUMENTS), 4))
    if regime != "none":
        ledger[1:, :3, :2] = 5.0
    return RunResult(
        scenario=scenario,
        seed=seed,
        seconds=0.0,
        record=record,
        discovered=np.array([0, 4, -1]),
        domain_names=("machines", "food", "sensors"),
        ledgers={"agency": ledger},
    )


def experiment(seeds: tuple[int, ...] = SEEDS, regimes: tuple[str, ...] = REGIME_NAMES) -> Experiment:
    """A comparison of regimes on the plain default scenario."""
    return Experiment("made_up", Scenario(steps=STEPS), regimes, seeds)


def results(seeds: tuple[int, ...] = SEEDS, regimes: tuple[str, ...] = REGIME_NAMES) -> Results:
    """Results of that comparison, all runs finished."""
    asked = experiment(seeds, regimes)
    records = [
        RunRecord(index, task, run(task.scenario, task.seed)) for index, task in enumerate(asked.tasks())
    ]
    return Results(asked, tuple(records))


def findings(found: Results | None = None, seconds: float = 1.5) -> ComparisonFindings:
    """What follows from such results."""
    found = results() if found is None else found
    made = Made(pd.DataFrame(), found.failed, stopped=False, seconds=seconds)
    return Comparison(found.experiment).find(found, made)
