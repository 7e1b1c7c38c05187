"""Unit costs before regimes are compared: each instrument, untargeted, is to yield the same for the same money.

``python -m analysis.calibration adjust`` repeats the procedure, ``check`` measures the result and writes
``docs/calibration.md``; both use seeds below 1,000 only, which no reported comparison does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import typer

from analysis.execution import execute
from analysis.experiment import Task
from model.loading import load_scenario
from model.policy.instruments import INSTRUMENTS
from model.region import DEFAULT_SCENARIO, warm_up
from model.scenario import Scenario

REFERENCE = "rd_grant"
EXCEPTED = "start_up_support"
"""Its yield comes through entry and is reported, not set."""

SEEDS = tuple(range(128))
CHECK_SEEDS = tuple(range(200, 400))
ROUNDS = 3
DAMPING = 0.8
PAGE = Path(__file__).resolve().parent.parent / "docs" / "calibration.md"


@dataclass(frozen=True)
class Yield:
    """What an instrument yielded, in percent of the primary outcome without policy.

    Attributes
    ----------
    instrument
        Name.
    unit_cost
        Cost at which it was tried, wages per unit.
    mean, error
        Mean gain over seeds and its standard error, in percent.
    spent
        Share of the budget that was spent.
    """

    instrument: str
    unit_cost: float
    mean: float
    error: float
    spent: float


def measure(scenario: Scenario, costs: Mapping[str, float], seeds: tuple[int, ...] = SEEDS) -> list[Yield]:
    """Give the whole budget to each instrument in turn, for whoever comes, on the same seeds.

    Parameters
    ----------
    scenario
        Scenario that is calibrated.
    costs
        Unit cost of each instrument.
    seeds
        Seeds below 1,000.

    Returns
    -------
    list of Yield
        One for each instrument.
    """
    if max(seeds) >= 1000:
        raise ValueError("calibrate on seeds below 1,000: the others are for reporting")
    priced = load_scenario(scenario, {f"instruments.{name}.unit_cost": cost for name, cost in costs.items()})
    chosen = {"none": priced.with_regime("none")}
    for name in INSTRUMENTS:
        settings = {"regimes.alone": {"kind": "untargeted", "delivery": {name: 1.0}}}
        chosen[name] = load_scenario(priced, settings).with_regime("alone")
    tasks = [Task(each, name, seed) for seed in seeds for name, each in chosen.items()]
    outcome: dict[str, list[float]] = {name: [] for name in chosen}
    spent: dict[str, list[float]] = {name: [] for name in chosen}
    for record in execute(tasks):
        if record.result is None:
            raise RuntimeError(f"a run of {record.task.regime} failed: {record.error}")
        outcome[record.task.regime].append(record.result.outcomes["knowledge_per_region"])
        ledger = record.result.ledger()
        spent[record.task.regime].append(ledger["spent"].sum() / max(1e-9, ledger["granted"].sum()))
    base = np.array(outcome["none"])
    yields = []
    for name, cost in costs.items():
        gain = 100 * (np.array(outcome[name]) - base) / base.mean()
        error = float(gain.std(ddof=1) / math.sqrt(len(gain)))
        yields.append(Yield(name, cost, float(gain.mean()), error, float(np.mean(spent[name]))))
    return yields


def calibrate(scenario: Scenario, seeds: tuple[int, ...] = SEEDS, rounds: int = ROUNDS) -> list[list[Yield]]:
    """Scale unit costs until every instrument yields what the reference yields.

    Parameters
    ----------
    scenario
        Scenario that is calibrated.
    seeds
        Seeds below 1,000.
    rounds
        Corrections made.

    Returns
    -------
    list of list of Yield
        Yields at the start and after each correction.
    """
    costs = {name: float(getattr(scenario.instruments, name).unit_cost) for name in INSTRUMENTS}
    history = [measure(scenario, costs, seeds)]
    for _ in range(rounds):
        wanted = next(each.mean for each in history[-1] if each.instrument == REFERENCE)
        for each in history[-1]:
            if each.instrument not in (REFERENCE, EXCEPTED):
                # A yield that cannot be told from nothing says little about how far to go.
                ratio = min(3.0, max(1 / 3, each.mean / wanted))
                costs[each.instrument] = float(f"{each.unit_cost * ratio**DAMPING:.3g}")
        history.append(measure(scenario, costs, seeds))
    return history


def report(yields: list[Yield], seeds: tuple[int, ...]) -> str:
    """Write a page of documentation about yields at the unit costs that ship.

    Parameters
    ----------
    yields
        What was measured.
    seeds
        Seeds on which it was.

    Returns
    -------
    str
        Markdown.
    """
    wanted = next(each for each in yields if each.instrument == REFERENCE)
    rows = []
    for each in yields:
        difference = each.mean - wanted.mean
        bound = 2 * math.hypot(each.error, wanted.error)
        verdict = "the reference" if each is wanted else "yes" if abs(difference) <= bound else "no"
        if each.instrument == EXCEPTED:
            verdict += " (excepted: its yield is reported, not set)"
        numbers = f"{each.unit_cost:g} | {each.mean:+.2f} | {each.error:.2f} | {each.spent:.0%}"
        rows.append(f"| `{each.instrument}` | {numbers} | {verdict} |")
    return PAGE_TEXT.format(rows="\n".join(rows), first=seeds[0], last=seeds[-1], story=DEFAULT_SCENARIO)


PAGE_TEXT = """# Calibration of unit costs

Before regimes are compared, unit costs are set such that every instrument yields about the same for the same money
when nobody is chosen: the whole budget goes to one instrument, for whoever comes (the regime `untargeted`), on the
story `{story}`. The yield is the gain of the primary outcome after 80 quarters over no policy, in
percent, on the same seeds. `python -m analysis.calibration adjust` scales the costs round by round on seeds 0 to 127;
`python -m analysis.calibration check` measured what follows at the costs that ship, on seeds {first} to {last}, and
wrote this page. Reported comparisons use seeds from 10,000 on.

| instrument | unit cost | yield, % | standard error | money spent | within two standard errors of the reference |
|---|---|---|---|---|---|
{rows}

The intervals are wide: what the table shows is that no instrument is cheap by a wide margin where it says yes, not
that yields are equal. Unit costs are for a region of the default size and budget; yields are not proportional to
money, and another region may order them differently.
"""

app = typer.Typer(add_completion=False, help=__doc__)


@app.command()
def adjust() -> None:
    """Scale unit costs round by round and print how yields change."""
    warm_up()
    for yields in calibrate(load_scenario(DEFAULT_SCENARIO)):
        typer.echo(pd.DataFrame([vars(each) for each in yields]).round(3).to_string(index=False))


@app.command()
def check() -> None:
    """Measure yields at the unit costs that ship, on seeds of their own, and write docs/calibration.md."""
    warm_up()
    scenario = load_scenario(DEFAULT_SCENARIO)
    costs = {name: float(getattr(scenario.instruments, name).unit_cost) for name in INSTRUMENTS}
    PAGE.write_text(report(measure(scenario, costs, CHECK_SEEDS), CHECK_SEEDS), encoding="utf-8")
    typer.echo(f"written: {PAGE.name}")


if __name__ == "__main__":
    app()
