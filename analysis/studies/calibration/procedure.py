"""Unit costs before regimes are compared: each instrument, untargeted, is to yield the same for the same money.

The whole budget goes to one instrument at a time, for whoever comes (the regime ``lottery``), on seeds below
1,000 only, which no reported comparison uses. The yield is the gain of the primary outcome over no policy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.runs.experiment import Task, arrange
from analysis.statistics.comparison import student_quantile
from model.loading import load_scenario
from model.policy.instruments import INSTRUMENTS
from model.record import OUTCOMES
from model.scenario import Scenario

REFERENCE = "rd_grant"
EXCEPTED = "start_up_support"
"""Its yield comes through entry and is reported, not set."""
NO_POLICY = "none"

TOLERANCE = 1 / 3
"""An instrument is within tolerance if its yield differs from the reference by less than this part of it."""

SEEDS_A_ROUND = 96
ROUNDS = 4
CHECK_SEEDS = tuple(range(400, 800))
FEWEST_SEEDS = 2
FIRST_FOR_REPORTS = 1_000
DAMPING = 0.8
FARTHEST = 3.0
"""Most by which one round changes a cost: a yield that cannot be told from nothing says little."""

COLUMNS = (
    "instrument", "unit_cost", "seeds", "yield", "yield_low", "yield_high",
    "difference", "difference_low", "difference_high", "verdict",
)  # fmt: skip

Gather = Callable[[Sequence[Task]], pd.DataFrame | None]
"""Makes runs: one row each with ``regime``, ``seed`` and every outcome; None where not all could be made."""


@dataclass(frozen=True)
class Round:
    """One step of the procedure.

    Attributes
    ----------
    costs
        Unit cost of each instrument that was tried.
    yields
        What :func:`judge` says of them.
    """

    costs: dict[str, float]
    yields: pd.DataFrame


def current_costs(scenario: Scenario) -> dict[str, float]:
    """Unit costs of a scenario by instrument."""
    return {name: float(getattr(scenario.instruments, name).unit_cost) for name in INSTRUMENTS}


def tasks(scenario: Scenario, costs: Mapping[str, float], seeds: Sequence[int]) -> tuple[Task, ...]:
    """List the runs that measure yields: no policy, and each instrument alone, on the same seeds.

    Parameters
    ----------
    scenario
        Scenario that is calibrated.
    costs
        Unit cost of each instrument.
    seeds
        Seeds below 1,000.

    Raises
    ------
    RequestError
        If a seed is one on which results are reported.
    """
    if max(seeds) >= FIRST_FOR_REPORTS:
        raise RequestError(
            f"--seeds: calibration uses seeds below {FIRST_FOR_REPORTS:,}; the others are for reporting."
        )
    priced = load_scenario(scenario, {f"instruments.{name}.unit_cost": cost for name, cost in costs.items()})
    chosen = {NO_POLICY: priced.with_regime(NO_POLICY)}
    for name in INSTRUMENTS:
        settings = {"regimes.alone": {"kind": "lottery", "delivery": {name: 1.0}}}
        chosen[name] = load_scenario(priced, settings).with_regime("alone")
    return arrange(chosen, seeds)


def judge(outcomes: pd.DataFrame, costs: Mapping[str, float]) -> pd.DataFrame:
    """Give the yield of every instrument and its distance from the reference, each with a 95% interval.

    Parameters
    ----------
    outcomes
        One row a run: ``regime`` (name of the instrument, or ``none``), ``seed`` and the primary outcome.
    costs
        Unit cost of each instrument.

    Returns
    -------
    pandas.DataFrame
        One row for each instrument. Yields and differences are in percent of the primary outcome without policy;
        both are paired by seed. ``verdict`` is ``within`` the tolerance, ``outside`` it, ``reference`` or
        ``excepted``.
    """
    table = outcomes.pivot_table(index="seed", columns="regime", values=OUTCOMES[0]).dropna()
    base = table[NO_POLICY].to_numpy(np.float64)
    reference = table[REFERENCE].to_numpy(np.float64)
    wanted = float(100 * (reference - base).mean() / base.mean())
    rows = []
    for name in INSTRUMENTS:
        value = table[name].to_numpy(np.float64)
        own, difference = (_interval(100 * (value - other) / base.mean()) for other in (base, reference))
        rows.append((name, costs[name], len(value), *own, *difference, _verdict(name, difference[0], wanted)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _interval(sample: np.ndarray) -> tuple[float, float, float]:
    mean, error = float(sample.mean()), float(sample.std(ddof=1) / math.sqrt(len(sample)))
    reach = student_quantile(len(sample)) * error
    return mean, mean - reach, mean + reach


def _verdict(name: str, difference: float, wanted: float) -> str:
    if name in (REFERENCE, EXCEPTED):
        return "reference" if name == REFERENCE else "excepted"
    return "within" if abs(difference) <= TOLERANCE * abs(wanted) else "outside"


def adjust(
    scenario: Scenario, gather: Gather, rounds: int = ROUNDS, seeds: int = SEEDS_A_ROUND
) -> list[Round]:
    """Scale unit costs until every instrument yields what the reference yields.

    After each round on seeds of its own, an instrument's cost moves to the mean of what all rounds ask for, later
    ones weighing more: ``log c = sum_k k (log c_k + s log(y_k / y_reference)) / sum_k k``. A round in which nothing
    can be told to have been gained asks for the cost that was tried: what is limited by partners, candidates or
    chances to enter, and not by money, would only be bought more often.

    Parameters
    ----------
    scenario
        Scenario that is calibrated.
    gather
        Makes runs.
    rounds
        Rounds to make.
    seeds
        Seeds of each round.

    Returns
    -------
    list of Round
        What was tried and found, and at the end the costs that follow, with no yields; fewer rounds where runs of
        one could not be made.
    """
    costs = current_costs(scenario)
    asked_for: dict[str, list[float]] = {name: [] for name in costs}
    history = []
    for number in range(rounds):
        own = range(number * seeds, (number + 1) * seeds)
        outcomes = gather(tasks(scenario, costs, own))
        if outcomes is None:
            break
        yields = judge(outcomes, costs)
        history.append(Round(costs, yields))
        reached = yields.set_index("instrument")["yield"]
        gained = yields.set_index("instrument")["yield_low"] > 0
        weights = np.arange(1, number + 2)
        costs = dict(costs)
        for name, tried in asked_for.items():
            if name in (REFERENCE, EXCEPTED):
                continue
            ratio = reached[name] / max(1e-9, reached[REFERENCE]) if gained[name] else 1.0
            ratio = min(FARTHEST, max(1 / FARTHEST, ratio))
            tried.append(math.log(costs[name]) + DAMPING * math.log(ratio))
            costs[name] = float(f"{math.exp(np.average(tried, weights=weights)):.3g}")
    history.append(Round(costs, pd.DataFrame(columns=list(COLUMNS))))
    return history
