"""Unit costs before regimes are compared: each instrument, untargeted, is to yield the same for the same money.

The whole budget goes to one instrument at a time, for whoever comes (the regime ``untargeted``), on seeds below
1,000 only, which no reported comparison uses. The yield is the gain of the primary outcome over no policy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.comparison import student_quantile
from analysis.errors import RequestError
from analysis.experiment import Task, arrange
from model.loading import load_scenario
from model.policy.instruments import INSTRUMENTS
from model.record import OUTCOMES
from model.region import DEFAULT_SCENARIO
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

ROOT = Path(__file__).resolve().parent.parent
COSTS_FILE = ROOT / "model" / "spec" / "unit_costs.py"
TABLE = ROOT / "docs" / "calibration.csv"
PAGE = ROOT / "docs" / "calibration.md"
COLUMNS = (
    "instrument", "unit_cost", "seeds", "yield", "yield_low", "yield_high",
    "difference", "difference_low", "difference_high", "verdict",
)  # fmt: skip

Gather = Callable[[Sequence[Task]], pd.DataFrame]
"""Makes runs: one row each with ``regime``, ``seed`` and every outcome."""


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
        settings = {"regimes.alone": {"kind": "untargeted", "delivery": {name: 1.0}}}
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
    ones weighing more: ``log c = sum_k k (log c_k + s log(y_k / y_reference)) / sum_k k``.

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
        What was tried and found, and at the end the costs that follow, with no yields.
    """
    costs = current_costs(scenario)
    asked_for: dict[str, list[float]] = {name: [] for name in costs}
    history = []
    for number in range(rounds):
        own = range(number * seeds, (number + 1) * seeds)
        yields = judge(gather(tasks(scenario, costs, own)), costs)
        history.append(Round(costs, yields))
        reached = yields.set_index("instrument")["yield"]
        weights = np.arange(1, number + 2)
        costs = dict(costs)
        for name, tried in asked_for.items():
            if name in (REFERENCE, EXCEPTED):
                continue
            ratio = min(FARTHEST, max(1 / FARTHEST, reached[name] / max(1e-9, reached[REFERENCE])))
            tried.append(math.log(costs[name]) + DAMPING * math.log(ratio))
            costs[name] = float(f"{math.exp(np.average(tried, weights=weights)):.3g}")
    history.append(Round(costs, pd.DataFrame(columns=list(COLUMNS))))
    return history


def write_costs(costs: Mapping[str, float], path: Path | None = None) -> None:
    """Write unit costs to the file from which instruments take their defaults.

    Parameters
    ----------
    costs
        Unit cost of each instrument; the reference has 1 by definition and is left out.
    path
        File to write; by default the one that ships.
    """
    lines = "".join(f'    "{name}": {float(cost)!r},\n' for name, cost in costs.items() if name != REFERENCE)
    (path or COSTS_FILE).write_text(
        HEAD + "UNIT_COSTS: dict[str, float] = {\n" + lines + "}\n", encoding="utf-8"
    )


HEAD = '''"""Unit costs in wages, calibrated before regimes were compared: written by `run.py calibrate adjust`."""

from __future__ import annotations

'''


def verdict(yields: pd.DataFrame) -> str:
    """Say in a sentence or two which instruments are within tolerance, and how sure that is.

    Parameters
    ----------
    yields
        What :func:`judge` gives.

    Returns
    -------
    str
        Sentences for people.
    """
    rows = yields.set_index("instrument")
    wanted = float(rows["yield"].to_dict()[REFERENCE])
    outside = list(rows.index[rows["verdict"] == "outside"])
    within = rows[rows["verdict"] == "within"]
    reach = TOLERANCE * abs(wanted)
    surely = list(within.index[(within["difference_low"] > -reach) & (within["difference_high"] < reach)])
    told = rows[(rows["difference_low"] > 0) | (rows["difference_high"] < 0)]
    differing = [name for name in told.index if name not in (REFERENCE, EXCEPTED)]
    return (
        f"The tolerance is {reach:.2f} percentage points, {TOLERANCE:.0%} of the {wanted:.2f}% that the reference "
        f"yields. Outside it: {', '.join(outside) or 'none'}. Within it with the whole 95% interval: "
        f"{', '.join(surely) or 'none'}. Yield can be told from that of the reference: "
        f"{', '.join(differing) or 'none'}."
    )


def write_page(yields: pd.DataFrame, seeds: Sequence[int]) -> None:
    """Write the table of the documentation, and the page that shows it.

    Parameters
    ----------
    yields
        What :func:`judge` gives.
    seeds
        Seeds on which it was measured.
    """
    table = yields.assign(first_seed=min(seeds), last_seed=max(seeds))
    table.to_csv(TABLE, index=False, float_format="%.4f", lineterminator="\n")
    PAGE.write_text(page(pd.read_csv(TABLE)), encoding="utf-8", newline="\n")


def page(table: pd.DataFrame) -> str:
    """Write the page of documentation about the yields at the unit costs that ship.

    Parameters
    ----------
    table
        The committed table.

    Returns
    -------
    str
        Markdown.
    """
    rows = [
        f"| `{row['instrument']}` | {row['unit_cost']:g} | {row['yield']:+.2f} | "
        f"{row['yield_low']:+.2f} to {row['yield_high']:+.2f} | {row['difference']:+.2f} | "
        f"{row['difference_low']:+.2f} to {row['difference_high']:+.2f} | {row['verdict']} |"
        for row in table.to_dict("records")
    ]
    return PAGE_TEXT.format(
        rows="\n".join(rows),
        first=table["first_seed"].iloc[0],
        last=table["last_seed"].iloc[0],
        count=table["seeds"].iloc[0],
        story=DEFAULT_SCENARIO,
        verdict=verdict(table),
        tolerance=f"{TOLERANCE:.0%}",
    )


PAGE_TEXT = """# Calibration of unit costs

Before regimes are compared, unit costs are set such that every instrument yields about the same for the same money
when nobody is chosen: the whole budget goes to one instrument, for whoever comes (the regime `untargeted`), on the
story `{story}`. The yield is the gain of the primary outcome at the end over no policy, in
percent, on the same seeds. Start-up support is excepted: its yield comes through entry and is reported, not set.

    python run.py calibrate adjust --write
    python run.py calibrate check --write

`adjust` tries the costs on seeds of their own in every round and moves each to the mean of what all rounds ask for,
later ones weighing more; it ends by writing `model/spec/unit_costs.py`, from which instruments take their defaults.
`check` measures yields at the costs that ship on seeds that `adjust` has not used, and writes the table
`docs/calibration.csv` and this page. Both use seeds below 1,000 only, keep every finished run, and go on from there
after Ctrl-C; reported comparisons use seeds from 10,000 on. A scenario of your own may be checked, too:
`python run.py calibrate check my_region.toml`.

An instrument is within tolerance if its yield differs from that of the reference, `rd_grant`, by at most {tolerance}
of it. Measured on {count} seeds, {first} to {last}; intervals are 95% intervals of paired differences:

| instrument | unit cost | yield, % | interval | from the reference | interval | verdict |
|---|---|---|---|---|---|---|
{rows}

{verdict}

A yield is a difference between runs that chance soon drives apart, so that intervals stay wide. Unit costs are for a
region of the default size and budget; yields are not proportional to money, and another region may order them
differently.
"""
