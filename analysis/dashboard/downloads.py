"""What can be taken along: the scenario as TOML, everything that is drawn as CSV."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dashboard.state.own_policy import policy_toml
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.words import account_means
from model.loading import dump_scenario
from model.record import OBSERVABLES

FILES = {
    "account": "growth-account", "contributions": "contributions", "surface": "surface", "europe": "europe",
    "priorities": "priorities", "winners": "winners",
}  # fmt: skip
"""What files are called, those of curves apart."""


def make(kind: str, picture: Picture, table: pd.DataFrame | None = None) -> dict[str, Any]:
    """Make a file.

    Parameters
    ----------
    kind
        ``"toml"``, ``"policy"`` (one's own, as TOML), ``"account"``, or what a table is of; curves by default.
    picture
        What is shown.
    table
        A table that a part of the page made.

    Returns
    -------
    dict
        ``name``, ``type`` and ``text``.
    """
    story = picture.view.slug
    if kind == "toml":
        return {
            "name": f"{story}.toml", "type": "application/toml", "text": dump_scenario(picture.setting.scenario),
        }  # fmt: skip
    if kind == "policy":
        return {
            "name": f"{story}-policy.toml", "type": "application/toml",
            "text": policy_toml(picture.view, picture.setting),
        }  # fmt: skip
    if table is None:
        table = account_table(picture) if kind == "account" else series_table(picture)
    name = FILES.get(kind, "curves")
    return {"name": f"{story}-{name}.csv", "type": "text/csv", "text": table.to_csv(index=False)}


def series_table(picture: Picture) -> pd.DataFrame:
    """Give all observables of the runs that have come: regime, seed, step and a column for each."""
    tables = []
    for regime, runs in picture.sample.runs.items():
        for seed, run in zip(picture.sample.seeds, runs, strict=True):
            if not run.finished or run.error is not None:
                continue
            table = pd.DataFrame(run.series[: run.rows], columns=list(OBSERVABLES))
            table.insert(0, "regime", regime)
            table.insert(1, "seed", seed)
            table.insert(2, "step", range(len(table)))
            tables.append(table)
    return (
        pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=["regime", "seed", "step"])
    )


def account_table(picture: Picture) -> pd.DataFrame:
    """Give the growth account of every regime, employment-weighted, summed over steps, a mean over seeds."""
    most = 1 if picture.chart == "seed" else None
    rows = [
        {"regime": regime, "source": source, "employment_weighted_knowledge": amount}
        for regime, amounts in account_means(picture.sample, picture.view.regimes, most).items()
        for source, amount in amounts.items()
    ]
    return pd.DataFrame(rows, columns=["regime", "source", "employment_weighted_knowledge"])
