"""What Cowan & Jonard (2004) say and its negative controls, held against what came out."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.statistics.comparison import interval
from analysis.studies.replication.experiment import standard_error

PEAK = (0.09, 0.16)
"""Where the peak is looked for: it is a plateau, so no exact place is claimed."""

ENDS = (0.0, 1.0)
"""What it must stand out from: the ring and the random network."""

STANDARD_ERRORS = 3.0
FEWEST_SEEDS = 30

RECONSTRUCTION = MappingProxyType(
    {0.0: 16.1, 0.01: 16.8, 0.07: 18.2, 0.09: 18.4, 0.16: 18.5, 0.3: 18.1, 1.0: 17.3}
)
"""Mean levels of an earlier reconstruction from the paper, over 100 seeds, rounded to a tenth."""

RECONSTRUCTION_ERROR = 0.06
"""Standard error of each, without the rounding."""

STATEMENT_COLUMNS = (
    "statement", "source", "treatment", "measure", "rewiring", "against", "seeds", "difference", "low", "high",
    "in_standard_errors", "verdict",
)  # fmt: skip

HOLDS, PARTLY, FAILS, TOO_FEW = "holds", "partly", "does not hold", "too few seeds"


@dataclass(frozen=True)
class Statement:
    """Something that should come out.

    Attributes
    ----------
    text
        What is said.
    treatment, measure
        Of which treatment, by which measure.
    sign
        1 for a peak, -1 for a trough.
    expected
        Whether it should be there; of a control it is said that it is not.
    source
        Who says so.
    """

    text: str
    treatment: str
    measure: str = "mean_level"
    sign: int = 1
    expected: bool = True
    source: str = "Cowan & Jonard 2004"


STATEMENTS = (
    Statement("Mean knowledge is highest in the small world", "barter"),
    Statement("The variance over agents is highest in the small world", "barter", "variance"),
    Statement(
        "The coefficient of variation is lowest in the small world",
        "barter",
        "coefficient_of_variation",
        sign=-1,
    ),
    Statement(
        "Control: without experts the peak vanishes",
        "without_experts",
        expected=False,
        source="reconstruction",
    ),
    Statement("Control: stopped early the peak vanishes", "stopped", expected=False, source="reconstruction"),
    Statement("Control: with gifts the peak vanishes", "gift", expected=False, source="own control"),
    Statement("Other reading (meetings drawn by tie): the peak", "barter_by_tie", source="own control"),
    Statement(
        "Other reading: stopped early the peak vanishes",
        "stopped_by_tie",
        expected=False,
        source="own control",
    ),
)


def differences_table(runs: pd.DataFrame) -> pd.DataFrame:
    """Compare the supposed peak with both ends of the range, in pairs on the same seeds.

    Parameters
    ----------
    runs
        As `analysis.studies.replication.experiment.runs_table` gives it.

    Returns
    -------
    pandas.DataFrame
        A row for each statement and pair of networks: difference, 95% interval, standard error, the
        difference in standard errors, and how many seeds have both networks.
    """
    rows = []
    for statement in STATEMENTS:
        chosen = runs[runs["treatment"] == statement.treatment]
        values = chosen.pivot_table(index="seed", columns="rewiring", values=statement.measure)
        for peak, end in itertools.product(PEAK, ENDS):
            if not {peak, end} <= set(values.columns):
                continue
            sample = (values[peak] - values[end]).dropna().to_numpy(np.float64)
            if len(sample):
                rows.append({"statement": statement.text, "treatment": statement.treatment,
                             "measure": statement.measure, "rewiring": peak, "against": end,
                             **_difference(sample)})  # fmt: skip
    columns = [
        "statement", "treatment", "measure", "rewiring", "against", "seeds", "difference", "low", "high",
        "standard_error", "in_standard_errors",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _difference(sample: np.ndarray) -> dict[str, float]:
    mean, low, high = interval(sample)
    error = standard_error(sample)
    return {
        "seeds": len(sample), "difference": mean, "low": low, "high": high, "standard_error": error,
        "in_standard_errors": mean / error if error > 0 else math.nan,
    }  # fmt: skip


def statements_table(differences: pd.DataFrame, reconstruction: pd.DataFrame) -> pd.DataFrame:
    """Judge every statement.

    Parameters
    ----------
    differences
        As `differences_table` gives it.
    reconstruction
        As `reconstruction_table` gives it.

    Returns
    -------
    pandas.DataFrame
        A row for each statement: the weakest of its four differences (the largest gap to the earlier
        reconstruction for the last one, which is left out where there is none) with interval and
        standard errors, and the verdict.
    """
    rows = []
    for statement in STATEMENTS:
        found = differences[differences["statement"] == statement.text]
        row: dict[str, object] = {
            "statement": statement.text, "source": statement.source, "treatment": statement.treatment,
            "measure": statement.measure,
        }  # fmt: skip
        if len(found):
            weakest = found.to_dict("records")[_least(statement.sign * found["in_standard_errors"])]
            kept = ("rewiring", "against", "seeds", "difference", "low", "high", "in_standard_errors")
            row |= {name: weakest[name] for name in kept}
        rows.append(row | {"verdict": judge(statement, found)})
    if len(reconstruction):
        rows.append(_reconstruction_row(reconstruction))
    return pd.DataFrame(rows, columns=list(STATEMENT_COLUMNS))


def _least(values: pd.Series[float]) -> int:
    """Place of the least value; what cannot be told, with one seed, comes first."""
    return int(np.argmin(values.fillna(-math.inf).to_numpy()))


def judge(statement: Statement, differences: pd.DataFrame) -> str:
    """Say whether a statement holds.

    A peak is there when all four differences exceed three standard errors. It is *partly* there when
    none of their intervals lies on the other side of zero. A control holds when the interval of at
    least one difference lies on the other side: the curve goes on rising, or falls, past the place of
    the peak; it holds partly when there is merely no peak.

    Parameters
    ----------
    statement
        What is said.
    differences
        Its four differences.

    Returns
    -------
    str
        The verdict.
    """
    complete = len(differences) == len(PEAK) * len(ENDS)
    if not complete or differences["seeds"].min() < FEWEST_SEEDS:
        return TOO_FEW
    signed = statement.sign * differences["in_standard_errors"]
    peak = bool((signed > STANDARD_ERRORS).all())
    far_end = differences["high"] if statement.sign > 0 else -differences["low"]
    reversed_somewhere = bool((far_end < 0).any())
    if statement.expected:
        return HOLDS if peak else FAILS if reversed_somewhere else PARTLY
    return FAILS if peak else HOLDS if reversed_somewhere else PARTLY


def reconstruction_table(means: pd.DataFrame) -> pd.DataFrame:
    """Hold mean levels against those of the earlier reconstruction.

    Parameters
    ----------
    means
        As `analysis.studies.replication.experiment.means_table` gives it.

    Returns
    -------
    pandas.DataFrame
        A row for each of its seven networks: both means, the interval of ours, the gap, and the gap in
        standard errors of a difference between two independent means, rounding included.
    """
    own = means[(means["treatment"] == "barter") & (means["measure"] == "mean_level")]
    rows = []
    for row in own[own["rewiring"].isin(list(RECONSTRUCTION))].to_dict("records"):
        theirs = RECONSTRUCTION[row["rewiring"]]
        # A number that is rounded to a tenth has a rounding error uniform within half a tenth.
        error = math.sqrt(row["standard_error"] ** 2 + RECONSTRUCTION_ERROR**2 + 0.1**2 / 12)
        gap = row["mean"] - theirs
        rows.append({"rewiring": row["rewiring"], "seeds": row["seeds"], "mean": row["mean"],
                     "low": row["low"], "high": row["high"], "reconstruction": theirs, "gap": gap,
                     "in_standard_errors": gap / error})  # fmt: skip
    columns = ["rewiring", "seeds", "mean", "low", "high", "reconstruction", "gap", "in_standard_errors"]
    return pd.DataFrame(rows, columns=columns)


def _reconstruction_row(table: pd.DataFrame) -> dict[str, object]:
    row: dict[str, object] = {
        "statement": "Mean levels are those of an earlier reconstruction", "source": "reconstruction",
        "treatment": "barter", "measure": "mean_level",
    }  # fmt: skip
    if len(table) < len(RECONSTRUCTION) or table["seeds"].min() < FEWEST_SEEDS:
        return row | {"verdict": TOO_FEW}
    distance = table["in_standard_errors"].abs()
    worst = table.to_dict("records")[_least(-distance)]
    within = int((distance <= STANDARD_ERRORS).sum())
    verdict = HOLDS if within == len(table) else PARTLY if within > 0 else FAILS
    return row | {
        "rewiring": worst["rewiring"], "seeds": worst["seeds"], "difference": worst["gap"],
        "low": worst["low"] - worst["reconstruction"], "high": worst["high"] - worst["reconstruction"],
        "in_standard_errors": worst["in_standard_errors"], "verdict": verdict,
    }  # fmt: skip


def small_world_region(means: pd.DataFrame) -> tuple[float, float] | None:
    """Find the rewirings at which the network is a small world: short paths, and still clustered.

    Parameters
    ----------
    means
        As `analysis.studies.replication.experiment.means_table` gives it.

    Returns
    -------
    tuple of float or None
        First and last rewiring of the grid at which paths are at most twice as long as in the random
        network while clustering is at least half of the ring's.
    """
    network = means[means["treatment"] == "network"].pivot_table(
        index="rewiring", columns="measure", values="mean"
    )
    if not set(ENDS) <= set(network.index):
        return None
    short = network["path_length"] <= 2 * network["path_length"].loc[1.0]
    clustered = network["clustering"] >= network["clustering"].loc[0.0] / 2
    within = network.index[short & clustered]
    return (float(within.min()), float(within.max())) if len(within) else None
