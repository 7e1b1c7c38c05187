"""The replication as an experiment: networks from ring to random, and on each the barter and its controls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Self

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from analysis.runs.execution import Record
from analysis.runs.experiment import Task, arrange
from analysis.runs.keeping import Arrays
from analysis.runs.provenance import digest_of, model_version
from analysis.statistics.comparison import interval
from analysis.studies.replication.economy import (
    WITHOUT_LIMIT,
    EconomySpec,
    Exchange,
    Network,
    initial_levels,
    small_world,
    trade,
)

NAME = "cowan-jonard"
REWIRING = (0.0, 0.001, 0.003, 0.01, 0.03, 0.05, 0.07, 0.09, 0.12, 0.16, 0.3, 0.5, 1.0)
MEASURES = ("mean_level", "variance", "coefficient_of_variation", "rounds")
NETWORK_MEASURES = ("path_length", "clustering")


@dataclass(frozen=True)
class Treatment:
    """One way to trade on a network.

    Attributes
    ----------
    label
        What it is called in figures and tables for people.
    experts, barter, by_tie, stopped
        Whether there are experts, each side must gain, meetings draw ties, and meetings end early.
    """

    label: str
    experts: bool = True
    barter: bool = True
    by_tie: bool = False
    stopped: bool = False


TREATMENTS: Mapping[str, Treatment] = MappingProxyType(
    {
        "barter": Treatment("barter until trade is exhausted"),
        "without_experts": Treatment("barter without experts", experts=False),
        "stopped": Treatment("barter, stopped early", stopped=True),
        "gift": Treatment("gift: who is ahead teaches", barter=False),
        "barter_by_tie": Treatment("barter, meetings drawn by tie", by_tie=True),
        "stopped_by_tie": Treatment("barter by tie, stopped early", by_tie=True, stopped=True),
    }
)


@dataclass(frozen=True)
class NetworkRun:
    """What every treatment came to on one network, from one start.

    Attributes
    ----------
    outcomes
        ``treatment.measure`` and its value; and the measures of the network.
    """

    outcomes: dict[str, float] = field(default_factory=dict)

    def arrays(self) -> Arrays:
        """Return outcomes as arrays, to be kept."""
        return {name: np.array(value) for name, value in self.outcomes.items()}

    @classmethod
    def of(cls, arrays: Arrays, task: Task[Any]) -> Self:
        """Put outcomes together again."""
        del task
        return cls({name: float(value) for name, value in arrays.items()})


def run_network(spec: EconomySpec, seed: int) -> NetworkRun:
    """Build a network and let every treatment start on it from the same knowledge.

    Parameters
    ----------
    spec
        Parameters, the rewiring among them.
    seed
        Seed of the run.

    Returns
    -------
    NetworkRun
        The same parameters and seed give the same bits.

    Raises
    ------
    RuntimeError
        If trade was not exhausted where it should have been.
    """
    network = small_world(spec, seed)
    outcomes = describe(network, spec.agents)
    for name, treatment in TREATMENTS.items():
        exchange = apply(treatment, spec, network, seed)
        if not exchange.exhausted and not treatment.stopped:
            raise RuntimeError(f"{name}: trade was not exhausted after {exchange.rounds} rounds")
        outcomes |= {f"{name}.{measure}": value for measure, value in exchange.outcomes().items()}
    return NetworkRun(outcomes)


def apply(treatment: Treatment, spec: EconomySpec, network: Network, seed: int) -> Exchange:
    """Trade on a network as a treatment says, from the start that belongs to the seed."""
    levels = initial_levels(spec, seed, experts=treatment.experts)
    most = spec.rounds_of_the_stopped if treatment.stopped else WITHOUT_LIMIT
    return trade(
        spec, network, levels, seed, barter=treatment.barter, by_tie=treatment.by_tie, most_rounds=most
    )


def describe(network: Network, agents: int) -> dict[str, float]:
    """Measure a network.

    Parameters
    ----------
    network
        The network.
    agents
        Number of agents.

    Returns
    -------
    dict
        ``path_length``, mean over pairs that are connected; ``clustering``, mean over agents of the share
        of pairs of partners who are partners, 0 with fewer than two (Watts & Strogatz 1998).
    """
    ones = np.ones(len(network.partners))
    matrix = csr_array((ones, network.partners, network.begin), shape=(agents, agents))
    distance = shortest_path(matrix, unweighted=True)
    apart = distance[np.isfinite(distance) & (distance > 0)]
    degree = np.diff(network.begin)
    triangles = np.asarray((matrix @ matrix).multiply(matrix).sum(axis=1)).ravel()
    pairs = degree * (degree - 1)
    closed = np.divide(triangles, pairs, out=np.zeros(agents), where=pairs > 0)
    return {"path_length": float(apart.mean()), "clustering": float(closed.mean())}


def tasks(spec: EconomySpec, seeds: Sequence[int]) -> tuple[Task[EconomySpec], ...]:
    """List the runs, seed by seed, so that an experiment that is stopped early has whole curves.

    Parameters
    ----------
    spec
        Parameters; its rewiring is replaced by each of the grid.
    seeds
        Seeds, common to all networks.

    Returns
    -------
    tuple of Task
        One for each rewiring and seed.
    """
    return arrange({f"{p:g}": spec.model_copy(update={"rewiring": p}) for p in REWIRING}, seeds)


def identity(spec: EconomySpec, seeds: Sequence[int]) -> str:
    """Say in 32 hexadecimal digits what is run: equal for equal parameters, grid, seeds and version."""
    return digest_of(
        NAME, spec.model_dump(mode="json"), REWIRING, list(TREATMENTS), list(seeds), model_version()
    )


def runs_table(records: Sequence[Record[NetworkRun]]) -> pd.DataFrame:
    """Give what came of each treatment in each run.

    Parameters
    ----------
    records
        Runs; those that failed are left out.

    Returns
    -------
    pandas.DataFrame
        ``treatment``, ``rewiring``, ``seed`` and a column for each measure; then the same for the
        networks, as treatment ``network``, with the columns of the others empty.
    """
    rows = []
    for record in records:
        if record.result is None:
            continue
        place = {"rewiring": record.task.scenario.rewiring, "seed": record.task.seed}
        found = record.result.outcomes
        rows += [
            {"treatment": name, **place, **{m: found[f"{name}.{m}"] for m in MEASURES}} for name in TREATMENTS
        ]
        rows.append({"treatment": "network", **place, **{m: found[m] for m in NETWORK_MEASURES}})
    table = pd.DataFrame(rows, columns=["treatment", "rewiring", "seed", *MEASURES, *NETWORK_MEASURES])
    order = {name: place for place, name in enumerate([*TREATMENTS, "network"])}
    return table.sort_values(
        ["treatment", "rewiring", "seed"],
        key=lambda column: column.map(order) if column.name == "treatment" else column,
        ignore_index=True,
    )


def means_table(runs: pd.DataFrame) -> pd.DataFrame:
    """Average over seeds.

    Parameters
    ----------
    runs
        As `runs_table` gives it.

    Returns
    -------
    pandas.DataFrame
        One row for each treatment, rewiring and measure: mean, 95% interval by Student's t, standard
        error and number of seeds.
    """
    rows = []
    for (treatment, rewiring), group in runs.groupby(["treatment", "rewiring"], sort=False):
        for measure in NETWORK_MEASURES if treatment == "network" else MEASURES:
            sample = group[measure].to_numpy(np.float64)
            mean, low, high = interval(sample)
            rows.append(
                {
                    "treatment": treatment, "rewiring": rewiring, "measure": measure, "seeds": len(sample),
                    "mean": mean, "low": low, "high": high, "standard_error": standard_error(sample),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def standard_error(sample: np.ndarray) -> float:
    """Give the standard error of a mean; NaN for one value."""
    if len(sample) < 2:
        return float("nan")
    return float(sample.std(ddof=1) / np.sqrt(len(sample)))
