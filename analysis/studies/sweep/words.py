"""A sweep in words: who leads at how many of its points, and by how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.statistics.comparison import baseline_of
from analysis.studies.sweep.kept.results import SweepResults
from analysis.words.document import (
    Cell,
    Section,
    Table,
    Words,
    count,
    counted,
    percent,
    plain,
    share,
    words,
)
from analysis.words.names import first_upper, readable, regime, subject
from model.record import OBSERVABLES, OUTCOMES

PRIMARY = OUTCOMES[0]
AVERAGES = "These are averages; on what they depend, and under which conditions each policy leads, was not looked for."
AT_THE_END = " The end says how to."
EVENTS = 4
"""Lines of the log that a status shows."""


def answer(means: pd.DataFrame, regimes: list[str]) -> tuple[Words, ...]:
    """Answer in three sentences: who is first how often, who gains most, whose worst point is best."""
    if means.empty:
        return (words("No combination of conditions has been run under every policy yet."),)
    total = combinations(len(means))
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


def combinations(number: int) -> Words:
    """Count combinations of conditions."""
    return counted(number, "points/count", "combination of conditions", "combinations of conditions")


def _gains(means: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Give gains over the baseline in percent of it, point by point; none where it ends with nothing."""
    reference = means[baseline].where(means[baseline] != 0).abs()
    return 100 * means.sub(means[baseline], axis=0).div(reference, axis=0)


def missing(made: int, runs: int) -> Words:
    """Say how many runs there are of how many."""
    return words(
        count(made, "runs/count"),
        " of ",
        count(runs, "runs/planned"),
        " runs are kept; the others are missing.",
    )


def leads_section(means: pd.DataFrame, regimes: list[str], scenarios: Sequence[str]) -> Section:
    """Show means of all regimes, at how many points each comes first, and what it gains."""
    heading = "Over all conditions"
    if means.empty:
        return Section(heading)
    label = f"{OBSERVABLES[PRIMARY].label} at the end ({OBSERVABLES[PRIMARY].unit}), means over regions"
    rows: list[tuple[Cell, ...]] = []
    for scenario in scenarios:
        own = means[means.index.get_level_values("scenario") == scenario]
        first: Mapping[Any, int] = dict(own.idxmax(axis=1).value_counts()) if len(own) else {}
        where, at = (f", {readable(scenario)}", f"{scenario}/") if len(scenarios) > 1 else ("", "")
        for name in regimes if len(own) else ():
            values = (own[name].mean(), own[name].min(), own[name].max())
            numbers = (
                plain(float(value), f"points/{kind}/{at}{name}")
                for kind, value in zip(("mean", "lowest", "highest"), values, strict=True)
            )
            led = share(first.get(name, 0) / len(own), f"points/first_share/{at}{name}")
            rows.append((f"{regime(name)}{where}", *numbers, led))
    levels = Table(
        f"{label}: mean, lowest and highest of all combinations of conditions.",
        ("policy", "mean", "lowest", "highest", "comes first"),
        tuple(rows),
    )
    return Section(heading, tables=(levels, _gains_table(means, regimes)))


def _gains_table(means: pd.DataFrame, regimes: list[str]) -> Table:
    baseline = baseline_of(regimes)
    gains = _gains(means, baseline)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            regime(name),
            *(percent(float(gains[name].quantile(q)), f"gains/{q}/{name}") for q in (0.05, 0.5, 0.95)),
        )
        for name in regimes
    )
    caption = f"Gain over {regime(baseline)} in percent at the 5th, 50th and 95th percentile of combinations."
    return Table(caption, ("policy", "gain, low", "gain, middle", "gain, high"), rows)


def factors_section(results: SweepResults) -> Section:
    """Show what was varied, and how."""
    rows = tuple(
        (factor.label, factor.name, str(factor.range_in_words()), factor.unit or "-")
        for factor in results.factors
    )
    design = results.sampling
    caption = (
        f"Design: {readable(design.kind)}, {len(results.design.points):,} combinations of conditions, seed of the "
        f"design {design.seed}."
    )
    return Section("What was varied", tables=(Table(caption, ("factor", "key", "values", "unit"), rows),))


def status_section(results: SweepResults, log: Sequence[Mapping[str, Any]]) -> Section:
    """Show how far a sweep is, which runs failed, and who worked at it."""
    design, facts = results.design, results.facts()
    size = sum(path.stat().st_size for path in results.folder.rglob("*") if path.is_file()) / 1e6
    made, runs, failed = (facts[name] for name in ("stored", "runs", "failed"))
    rows = [
        ("design", f"{design.sampling.kind}, {len(design.points):,} points, {len(design.seeds)} seeds"),
        ("factors", ", ".join(factor.name for factor in design.factors) or "none"),
        ("scenarios", ", ".join(design.scenarios)),
        ("regimes", ", ".join(design.regimes)),
        ("runs", f"{made:,} of {runs:,} ({made / runs:.0%}), {failed:,} failed"),
        ("disk", f"{size:,.1f} MB"),
    ]
    for entry in log[-EVENTS:]:
        event = "started" if "started" in entry else "stopped"
        detail = f"on {entry['host']}" if "host" in entry else f"with {entry.get('made', 0):,} runs made"
        rows.append((event, f"{entry[event]}, process {entry['process']} {detail}"))
    told = [
        words(
            f"{regime(str(row['regime']))}, seed {row['seed']}, point {row['point']} failed: {row['error']}"
        )
        for row in results.failed().head(EVENTS).to_dict("records")
    ]
    return Section(
        design.title,
        tables=(Table("How far it is.", ("sweep", design.name), tuple(rows)),),
        lists=tuple(told),
    )
