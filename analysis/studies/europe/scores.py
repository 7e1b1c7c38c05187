"""The model and Europe, scored with one operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.regions import measures
from analysis.regions.measures import Booleans, Floats
from analysis.regions.region_set import RegionSet
from analysis.runs.execution import Record
from analysis.studies.europe.entry_and_exit import Panel, Score, mean, score
from analysis.studies.europe.simulation import Employment, observed_panel, start_of_europe

MODEL = "model"
NULLS: Mapping[str, str] = {"activities kept": "kept", "another sample": "resampled"}
"""What is read off the runs of the model: firms that stay counted where they were, and regions in which nothing
moves but the sample of firms."""


def simulated_panels(records: Sequence[Record[Employment]], panel: Panel) -> dict[tuple[str, int], Panel]:
    """Put runs together as panels in which the same cells are seen as in the data.

    Parameters
    ----------
    records
        Runs that were made.
    panel
        What really happened.

    Returns
    -------
    dict
        Panel of each variant and seed, and of each null after the model.
    """
    members = start_of_europe()
    found: dict[tuple[str, int], dict[str, Employment]] = {}
    for record in records:
        if record.result is not None:
            variant, code = record.task.regime.split("|")
            found.setdefault((variant, record.task.seed), {})[code] = record.result
    panels = {}
    for (variant, seed), runs in found.items():
        panels[variant, seed] = _panel(runs, members, panel, "after")
        if variant == MODEL:
            for name, field in NULLS.items():
                panels[name, seed] = _panel(runs, members, panel, field)
    return panels


def _panel(runs: Mapping[str, Employment], members: RegionSet, panel: Panel, field: str) -> Panel:
    codes = [code for code in panel.regions if code in runs]
    seen = panel.observed[[panel.regions.index(code) for code in codes]]
    quotients = (_quotients({code: runs[code] for code in codes}, members, panel, seen, name)
                 for name in ("before", field))  # fmt: skip
    return Panel(tuple(codes), panel.domains, *quotients)


def _quotients(
    runs: Mapping[str, Employment], members: RegionSet, panel: Panel, seen: Booleans, field: str
) -> Floats:
    """Location quotients of simulated employment in the cells that are seen in the data."""
    rows = []
    for code, run in runs.items():
        amounts = members.amounts.loc[code].dropna()
        # Firms are a sample: they stand for so many persons each.
        weight = amounts.sum() / run.before.sum()
        persons = pd.Series(getattr(run, field) * weight, amounts.index)
        rows.append(persons.reindex(panel.domains).to_numpy(np.float64))
    return measures.location_quotient(np.where(seen, np.array(rows), np.nan))


def start_relatedness(panel: Panel) -> Floats:
    """Give proximity of the first period among the domains of a panel: what density is always taken with."""
    return measures.proximity(measures.specialised(panel.before))


def comparison(records: Sequence[Record[Employment]], codes: Sequence[str] | None = None) -> pd.DataFrame:
    """Score the data and every variant with one operator.

    Parameters
    ----------
    records
        Runs that were made.
    codes
        Regions of which the data are shown; all by default.

    Returns
    -------
    pandas.DataFrame
        One row for the data and one for each variant, null and seed: entry and exit rates, areas under the
        curve, entry by fifth of density, persistence and spread of location quotients, and correlation of their
        change with what really happened.
    """
    phi = start_relatedness(observed_panel())
    panel = observed_panel(codes)
    rows = [{"variant": "data", "seed": -1, **scores(panel, panel, phi)}]
    for (variant, seed), simulated in simulated_panels(records, panel).items():
        chosen = [panel.regions.index(code) for code in simulated.regions]
        real = Panel(simulated.regions, panel.domains, panel.before[chosen], panel.after[chosen])
        rows.append({"variant": variant, "seed": seed, **scores(simulated, real, phi)})
    return pd.DataFrame(rows)


def scores(panel: Panel, real: Panel, relatedness: Floats) -> dict[str, float]:
    """Score a panel in all that is reported.

    Parameters
    ----------
    panel
        Data or a simulation.
    real
        What really happened in the same regions.
    relatedness
        Relatedness that density is taken with, see `start_relatedness`.

    Returns
    -------
    dict
        Numbers by name.
    """
    return {**_row(score(panel, relatedness)), **_moments(panel, real)}


def _row(found: Score) -> dict[str, float]:
    fifths = {f"entry_fifth_{n}": rate for n, rate in enumerate(found.entry_by_quintile, start=1)}
    return {
        "pairs": found.pairs,
        "entry_rate": found.entry_rate,
        "exit_rate": found.exit_rate,
        "auc": found.auc,
        "auc_within": found.auc_within,
        "exit_auc_within": found.exit_auc_within,
        **fifths,
    }


def _moments(panel: Panel, real: Panel) -> dict[str, float]:
    """Spread and persistence of log quotients, and how far their change is that of the data."""
    with np.errstate(divide="ignore", invalid="ignore"):
        before, after, change = np.log(panel.before), np.log(panel.after), np.log(real.after / real.before)
    both = np.isfinite(before) & np.isfinite(after)
    common = both & np.isfinite(change)
    moved = after[common] - before[common]
    return {
        "persistence": _correlation(before[both], after[both]),
        "churn": float((after[both] - before[both]).std()) if both.any() else float("nan"),
        "vanished": mean(panel.after[panel.before > 0] == 0),
        "correlation_with_data": _correlation(moved, change[common]),
    }


def _correlation(one: Floats, other: Floats) -> float:
    """Correlation; none of what does not vary, and of less than two pairs not a number."""
    if len(one) < 2:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1]) if one.std() > 0 and other.std() > 0 else 0.0
