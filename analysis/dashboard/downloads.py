"""What can be taken along: the scenario as TOML, the curves as CSV."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dashboard.session import BAND_SEEDS, Picture
from analysis.dashboard.traces import Trace
from analysis.dashboard.words import account_of
from model.loading import dump_scenario
from model.record import OBSERVABLES


def make(kind: str, picture: Picture) -> dict[str, Any]:
    """Make a file.

    Parameters
    ----------
    kind
        ``"toml"``, ``"csv"``, or the name of a chart.
    picture
        What is shown.

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
    table = account_table(picture) if kind == "account" else series_table(picture)
    name = "growth-account" if kind == "account" else "curves"
    return {"name": f"{story}-{name}.csv", "type": "text/csv", "text": table.to_csv(index=False)}


def series_table(picture: Picture) -> pd.DataFrame:
    """Give all observables of the runs that are shown: regime, seed, step and a column for each."""
    tables = []
    if picture.bands:
        runs: list[tuple[str, int, Trace]] = [
            (regime, seed, run)
            for regime, each in picture.bands.items()
            for seed, run in zip(BAND_SEEDS, each, strict=True)
            if run.finished
        ]
    else:
        runs = [(regime, picture.view.seed, run) for regime, run in picture.runs.items()]
    for regime, seed, run in runs:
        table = pd.DataFrame(run.series[: run.rows], columns=list(OBSERVABLES))
        table.insert(0, "regime", regime)
        table.insert(1, "seed", seed)
        table.insert(2, "step", range(len(table)))
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def account_table(picture: Picture) -> pd.DataFrame:
    """Give the growth account of the runs that are shown, employment-weighted, summed over their steps."""
    rows = [
        {"regime": regime, "source": source, "employment_weighted_knowledge": amount}
        for regime, run in picture.runs.items()
        for source, amount in account_of(run).items()
    ]
    return pd.DataFrame(rows)
