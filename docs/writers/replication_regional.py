"""Does the region's own barter favour small worlds, too? ``python -m docs.writers.replication_regional``.

Regions on fixed small-world networks, with barter and with gifts; once as they are, once with nothing but
learning from partners. The result goes into docs/replication.md.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from types import MappingProxyType
from typing import Annotated

import numpy as np
import pandas as pd
import typer

from analysis.runs.execution import execute
from analysis.runs.experiment import Task
from analysis.runs.seeds import parse_seeds
from analysis.statistics.comparison import interval
from analysis.studies.replication.statements import ENDS, PEAK
from docs.writers.replication import PAGE, refill, table
from model.loading import load_scenario
from model.region import DEFAULT_SCENARIO, warm_up

REWIRING = (0.0, 0.01, 0.03, 0.09, 0.16, 0.3, 1.0)
# As founded: in a run-up, firms that close would take ties of a fixed network with them.
NETWORK = MappingProxyType(
    {
        "ties.network": "watts_strogatz", "ties.initial_degree": 10, "ties.slots": 40, "firms.number": 200,
        "start.run_up": 0,
    }
)  # fmt: skip
REGIONS = MappingProxyType(
    {
        "as it is": {},
        "exchange only": {
            "research.productivity": 0, "recombination.attempts": 0, "forgetting.rate": 0,
            "market.exit_hazard": 0, "market.initial_cash": 100, "market.cash_limit": 100,
            "absorption.outside_rate": 0, "knowledge_space.frontier_growth": 0, "life_cycles.turbulence": 0,
        },
    }
)  # fmt: skip
EXCHANGES = ("barter", "gift")


def tasks(seeds: Sequence[int]) -> tuple[Task, ...]:
    """List the runs: each region, exchange rule and rewiring on every seed, without policy.

    Parameters
    ----------
    seeds
        Seeds.

    Returns
    -------
    tuple of Task
        Runs, labelled ``region|exchange|rewiring``.
    """
    found = []
    for region, exchange, p in itertools.product(REGIONS, EXCHANGES, REWIRING):
        settings = {**NETWORK, **REGIONS[region], "absorption.exchange": exchange, "ties.rewiring": p}
        scenario = load_scenario(DEFAULT_SCENARIO, settings).with_regime("none")
        found += [Task(scenario, f"{region}|{exchange}|{p!r}", seed) for seed in seeds]
    return tuple(found)


def measure(seeds: Sequence[int], jobs: int | None = None) -> pd.DataFrame:
    """Run all regions.

    Parameters
    ----------
    seeds
        Seeds.
    jobs
        Processes to use; all cores by default.

    Returns
    -------
    pandas.DataFrame
        ``region``, ``exchange``, ``rewiring``, ``seed``, and ``knowledge`` of the mean firm at the end.

    Raises
    ------
    RuntimeError
        If a run failed.
    """
    rows = []
    for record in execute(tasks(seeds), jobs):
        if record.result is None:
            raise RuntimeError(f"{record.task.regime}, seed {record.task.seed} failed: {record.error}")
        region, exchange, rewiring = record.task.regime.split("|")
        last = record.result.series().iloc[-1]
        rows.append({"region": region, "exchange": exchange, "rewiring": float(rewiring),
                     "seed": record.task.seed, "knowledge": last["knowledge_of_firms"] / last["firms"]})  # fmt: skip
    return pd.DataFrame(rows)


def report(runs: pd.DataFrame) -> str:
    """Write the part of the page.

    Parameters
    ----------
    runs
        As `measure` gives it.

    Returns
    -------
    str
        Two tables in Markdown: means by rewiring, and the supposed peak against both ends.
    """
    columns = list(itertools.product(REGIONS, EXCHANGES))
    values = {
        key: group.pivot_table(index="seed", columns="rewiring", values="knowledge")
        for key, group in runs.groupby(["region", "exchange"])
    }
    means = table(
        ("p", *(f"{region}, {exchange}" for region, exchange in columns)),
        ((f"{p:g}", *(_with_half_width(values[key][p].to_numpy()) for key in columns)) for p in REWIRING),
    )
    differences = table(
        ("difference", *(f"{region}, {exchange}" for region, exchange in columns)),
        (
            (f"p = {top:g} less {end:g}",
             *(_with_half_width((values[key][top] - values[key][end]).to_numpy(), "+") for key in columns))
            for top, end in itertools.product(PEAK, ENDS)
        ),
    )  # fmt: skip
    seeds = sorted(set(runs["seed"]))
    note = (
        f"Seeds {seeds[0]} to {seeds[-1]}; ± is the half-width of the 95% interval; differences are paired."
    )
    return f"{note}\n\n{means}\n{differences}"


def _with_half_width(sample: np.ndarray, sign: str = "") -> str:
    mean, _, high = interval(sample)
    return f"{mean:{sign}.3f} ± {high - mean:.3f}"


def main(
    seeds: Annotated[str, typer.Option(help="Seeds, as for run.py.")] = "24",
    jobs: Annotated[int | None, typer.Option(help="Processes; default: all cores.")] = None,
) -> None:
    """Run the regions and write what came out into docs/replication.md."""
    chosen = parse_seeds(seeds)
    warm_up(typer.echo)
    found = report(measure(chosen, jobs))
    PAGE.write_text(refill(PAGE.read_text("utf-8"), {"regional": found}), "utf-8", newline="\n")
    typer.echo(f"written: {PAGE.name}")


if __name__ == "__main__":
    typer.run(main)
