"""The report of a sweep: who leads at how many of its points, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.comparison import baseline_of
from analysis.report.document import (
    Cell,
    Report,
    Section,
    Table,
    Words,
    count,
    joined,
    percent,
    plain,
    share,
    words,
)
from analysis.report.names import first_upper, regime
from analysis.report.parts import limits
from analysis.report.provenance import command_of, provenance
from analysis.sweeps.results import SweepResults, open_results
from model.record import OBSERVABLES, OUTCOMES

PRIMARY = OUTCOMES[0]


def report(folder: Path, manifest: Mapping[str, Any]) -> Report:
    """Write the report of a sweep.

    Parameters
    ----------
    folder
        Results of `run.py sweep`.
    manifest
        Its manifest.

    Returns
    -------
    Report
        The report. Means are over the points and seeds that all regimes have.
    """
    results = open_results(folder)
    means = points_of(results)
    design = results.design
    varied = joined([factor.label.lower() for factor in design.factors])
    asked = words(
        f"What happens when {varied} {'varies' if len(design.factors) == 1 else 'vary'}? ",
        count(len(design.points), "points/count"),
        " points were run under every regime, on the same ",
        count(len(design.seeds), "manifest/seeds"),
        " seeds each; ",
        count(results.made, "runs/count"),
        " runs in all.",
    )
    state = {"complete": results.complete, "scenario": {}}
    return Report(
        title=design.title,
        subtitle=f"{first_upper(joined([regime(name) for name in results.regimes]))} over many conditions",
        asked=(asked,),
        answer=_answer(means, list(results.regimes)),
        sections=(_leads(means, list(results.regimes)), _factors(results), limits(len(design.seeds), state)),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )


def points_of(results: SweepResults) -> pd.DataFrame:
    """Give the primary outcome with a row for each scenario and point, a column for each regime, means over seeds."""
    runs = results.finished(["scenario", "point", "seed", "regime", PRIMARY])
    wide = runs.pivot_table(index=["scenario", "point", "seed"], columns="regime", values=PRIMARY).dropna()
    return wide.groupby(["scenario", "point"]).mean()[list(results.regimes)]


def _answer(means: pd.DataFrame, regimes: list[str]) -> tuple[Words, ...]:
    """Answer in three sentences: who is first how often, who gains most, whose worst point is best."""
    if means.empty:
        return (words("No point has been run under every regime yet."),)
    first = means.idxmax(axis=1).value_counts()
    top = str(first.index[0])
    head = words(
        f"{first_upper(regime(top))} comes first at ",
        count(int(first.iloc[0]), f"points/first/{top}"),
        " of ",
        count(len(means), "points/count"),
        " points.",
    )
    baseline = baseline_of(regimes)
    others = [name for name in regimes if name != baseline]
    if not others:
        return (head,)
    gains = 100 * (means[others].div(means[baseline], axis=0) - 1)
    best = str(gains.mean().idxmax())
    safest = str(gains.min().idxmax())
    return (
        head,
        words(
            f"Over all points, {regime(best)} gains most against {regime(baseline)}: ",
            percent(float(gains[best].mean()), f"gains/mean/{best}"),
            " on average.",
        ),
        words(
            f"Where a regime does worst, {regime(safest)} loses least: ",
            percent(float(gains[safest].min()), f"gains/min/{safest}"),
            f" against {regime(baseline)} at its worst point; chance is in that number, too.",
        ),
    )


def _leads(means: pd.DataFrame, regimes: list[str]) -> Section:
    baseline = baseline_of(regimes)
    first: Mapping[Any, int] = dict(means.idxmax(axis=1).value_counts()) if len(means) else {}
    rows: list[tuple[Cell, ...]] = []
    for name in regimes if len(means) else []:
        gain = 100 * (means[name] / means[baseline] - 1)
        rows.append(
            (
                regime(name),
                plain(float(means[name].mean()), f"points/mean/{name}"),
                share(first.get(name, 0) / len(means), f"points/first_share/{name}"),
                *(percent(float(gain.quantile(q)), f"gains/{q}/{name}") for q in (0.05, 0.5, 0.95)),
            )
        )
    caption = (
        f"{OBSERVABLES[PRIMARY].label} at the end ({OBSERVABLES[PRIMARY].unit}), means over seeds at each point; gain "
        f"over {regime(baseline)} in percent at the 5th, 50th and 95th percentile of points."
    )
    headings = ("regime", "mean", "first at", "gain, low", "gain, middle", "gain, high")
    return Section("Over all points", tables=(Table(caption, headings, tuple(rows)),))


def _factors(results: SweepResults) -> Section:
    rows = tuple(
        (
            factor.label,
            factor.name,
            factor.range_in_words(),
            factor.unit or "-",
        )
        for factor in results.factors
    )
    design = results.sampling
    caption = (
        f"Design: {design.kind}, {len(results.design.points):,} points, seed of the design {design.seed}."
    )
    return Section("What was varied", tables=(Table(caption, ("factor", "key", "values", "unit"), rows),))
