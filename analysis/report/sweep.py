"""The report of a sweep: who leads at how many of its points, and by how much."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.comparison import baseline_of
from analysis.errors import RequestError
from analysis.report import study_discovery
from analysis.report.document import (
    Cell,
    Report,
    Section,
    Table,
    Words,
    count,
    counted,
    joined,
    percent,
    plain,
    share,
    words,
)
from analysis.report.limits import FAILURES, limits
from analysis.report.names import first_upper, parameter, readable, regime, subject
from analysis.report.provenance import command_of, provenance
from analysis.report.studies import beside
from analysis.report.studies import on_the_page_of as studies_of
from analysis.sweeps.results import SweepResults, open_results
from model.record import OBSERVABLES, OUTCOMES

PRIMARY = OUTCOMES[0]


def report(folder: Path, manifest: Mapping[str, Any]) -> Report:
    """Write the report of a sweep, with its studies if they lie beside it.

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
    results = _of_conditions(folder)
    means, design = points_of(results), results.design
    conditions = [parameter(factor.name) for factor in design.factors]
    asked = words(
        f"Which policy does best when {joined(conditions)} {'varies' if len(conditions) == 1 else 'vary'}? ",
        *_combinations(len(design.points)),
        " were run, each with the same ",
        *counted(len(design.seeds), "manifest/seeds", "simulated region"),
        ": ",
        *counted(results.made, "runs/count", "run"),
        " in all.",
    )
    studies = studies_of(folder, manifest)
    return Report(
        title=design.title,
        subtitle=f"{first_upper(joined([regime(name) for name in results.regimes]))} over many conditions",
        asked=(asked,),
        answer=_answer(means, list(results.regimes)),
        mind=() if studies else (words(_NO_STUDIES),),
        further=() if studies else _further(folder),
        sections=tuple(
            section
            for section in (
                _leads(means, list(results.regimes)),
                *studies,
                _factors(results),
                _failures(results),
                limits(len(design.seeds), {"complete": results.complete, "scenario": {}}),
            )
            if section is not None
        ),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )


_NO_STUDIES = (
    "These are averages; on what they depend, and under which conditions each policy leads, was not looked for. The "
    "end says how to."
)
STUDIES = ("sensitivity", "discover", "robustness", "replicates")


def _further(folder: Path) -> tuple[str, ...]:
    name = shlex.quote(str(folder))
    return (*(f"python run.py {study} {name}" for study in STUDIES), f"python run.py report {name}")


def in_short(folder: Path) -> tuple[list[Words], str]:
    """Say in a few sentences who leads how often, and where if that was looked for.

    Parameters
    ----------
    folder
        Results of `run.py sweep`.

    Returns
    -------
    tuple
        Sentences, and what was varied.
    """
    results = _of_conditions(folder)
    told = list(_answer(points_of(results), list(results.regimes)))
    for place, manifest in beside(folder, results.manifest):
        if manifest["kind"] == "discovery":
            told += study_discovery.answer(place, manifest)
    return told, joined([parameter(factor.name) for factor in results.factors])


def _of_conditions(folder: Path) -> SweepResults:
    results = open_results(folder)
    if not results.factors:
        raise RequestError(
            f"{folder}: varies seeds and regimes only; the report of a sweep is about conditions. run.py replicates "
            f"{folder} says how sure its means are; run.py compare makes such runs with a report."
        )
    return results


def scenarios_of(folder: Path) -> list[dict[str, Any]]:
    """Give the scenarios of a sweep, before anything in them is varied."""
    return [each.model_dump(mode="json") for each in open_results(folder).design.scenarios.values()]


def points_of(results: SweepResults) -> pd.DataFrame:
    """Give the primary outcome with a row for each scenario and point, a column for each regime, means over seeds."""
    runs = results.finished(["scenario", "point", "seed", "regime", PRIMARY])
    wide = runs.pivot_table(index=["scenario", "point", "seed"], columns="regime", values=PRIMARY).dropna()
    return wide.groupby(["scenario", "point"]).mean()[list(results.regimes)]


def _answer(means: pd.DataFrame, regimes: list[str]) -> tuple[Words, ...]:
    """Answer in three sentences: who is first how often, who gains most, whose worst point is best."""
    if means.empty:
        return (words("No combination of conditions has been run under every policy yet."),)
    total = _combinations(len(means))
    baseline = baseline_of(regimes)
    others = [name for name in regimes if name != baseline]
    if not others:
        return (
            words(
                f"{first_upper(subject(baseline))} was run alone in ",
                *total,
                ": there is nothing to compare.",
            ),
        )
    first = means.idxmax(axis=1).value_counts()
    top = str(first.index[0])
    head = words(
        f"On average over regions, {subject(top)} comes first in ",
        count(int(first.iloc[0]), f"points/first/{top}"),
        " of ",
        *total,
        "; how clear each of these leads is, is not counted.",
    )
    gains = _gains(means, baseline)[others]
    if not gains.notna().all().all():
        return (head,)
    best, safest = str(gains.mean().idxmax()), str(gains.min().idxmax())
    worst = float(gains[safest].min())
    return (
        head,
        words(
            f"Over all of them, {regime(best)} adds most to what there is under {regime(baseline)}: ",
            percent(float(gains[best].mean()), f"gains/mean/{best}"),
            " on average.",
        ),
        words(
            f"Compared where each does worst, {regime(safest)} does best: it ends ",
            percent(worst, f"gains/min/{safest}", sign=False)
            if worst >= 0
            else percent(-worst, f"gains/min/{safest}/less", sign=False),
            f" {'above' if worst >= 0 else 'below'} {regime(baseline)} there; chance is in that number, too.",
        ),
    )


def _combinations(number: int) -> Words:
    return counted(number, "points/count", "combination of conditions", "combinations of conditions")


def _gains(means: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Give gains over the baseline in percent of it, point by point; none where it ends with nothing."""
    reference = means[baseline].where(means[baseline] != 0).abs()
    return 100 * means.sub(means[baseline], axis=0).div(reference, axis=0)


def _failures(results: SweepResults) -> Section | None:
    failed = results.failed()
    if failed.empty:
        return None
    rows = failed.head(FAILURES).to_dict("records")
    told = [
        words(
            f"{regime(str(row['regime']))}, point {row['point']}, seed {row['seed']}: {row.get('error', 'failed')}"
        )
        for row in rows
    ]
    if len(failed) > FAILURES:
        told.append(words(f"and {len(failed) - FAILURES:,} more."))
    counting = counted(len(failed), "runs/failed", "run")
    return Section(
        "Runs that failed",
        paragraphs=(words(*counting, " failed; no average has them in it:"),),
        lists=tuple(told),
    )


def _leads(means: pd.DataFrame, regimes: list[str]) -> Section:
    baseline = baseline_of(regimes)
    first: Mapping[Any, int] = dict(means.idxmax(axis=1).value_counts()) if len(means) else {}
    rows: list[tuple[Cell, ...]] = []
    for name in regimes if len(means) else []:
        gain = _gains(means, baseline)[name]
        rows.append(
            (
                regime(name),
                plain(float(means[name].mean()), f"points/mean/{name}"),
                share(first.get(name, 0) / len(means), f"points/first_share/{name}"),
                *(percent(float(gain.quantile(q)), f"gains/{q}/{name}") for q in (0.05, 0.5, 0.95)),
            )
        )
    caption = (
        f"{OBSERVABLES[PRIMARY].label} at the end ({OBSERVABLES[PRIMARY].unit}), means over regions; gain "
        f"over {regime(baseline)} in percent at the 5th, 50th and 95th percentile of combinations."
    )
    headings = ("policy", "mean", "comes first", "gain, low", "gain, middle", "gain, high")
    return Section("Over all conditions", tables=(Table(caption, headings, tuple(rows)),))


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
        f"Design: {readable(design.kind)}, {len(results.design.points):,} combinations of conditions, seed of the "
        f"design {design.seed}."
    )
    return Section("What was varied", tables=(Table(caption, ("factor", "key", "values", "unit"), rows),))
