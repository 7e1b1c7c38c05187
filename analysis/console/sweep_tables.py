"""Tables about sweeps on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table

from analysis.sweeps.results import SweepResults
from model.record import OBSERVABLES, OUTCOMES


def leaders_table(results: SweepResults) -> Table:
    """Show for each regime the primary outcome, and at how many points it comes first.

    Parameters
    ----------
    results
        A sweep with at least one run.

    Returns
    -------
    rich.table.Table
        One row a scenario and regime. Means are over the points and seeds that all regimes have.
    """
    outcome = OUTCOMES[0]
    runs = results.finished(["scenario", "point", "seed", "regime", outcome])
    wide = runs.pivot(index=["scenario", "point", "seed"], columns="regime", values=outcome).dropna()
    means = wide.groupby(["scenario", "point"]).mean()
    title = OBSERVABLES[outcome].label
    table = Table(box=box.SIMPLE_HEAD, title=f"{title} at the end", title_justify="left")
    several = len(results.scenarios) > 1
    if several:
        table.add_column("scenario")
    for heading in ("regime", "mean", "lowest", "highest", "first at points"):
        table.add_column(heading, justify="left" if heading == "regime" else "right", no_wrap=True)
    for scenario in results.scenarios:
        found = means[means.index.get_level_values("scenario") == scenario]
        first: Mapping[Any, int] = dict(found.idxmax(axis=1).value_counts()) if len(found) else {}
        for regime in (name for name in results.regimes if name in found):
            values = found[regime]
            cells = [f"{value:,.0f}" for value in (values.mean(), values.min(), values.max())]
            share = f"{first.get(regime, 0):,} of {len(found):,}"
            table.add_row(*([scenario] if several else []), regime, *cells, share)
    return table


def status_table(results: SweepResults, log: Sequence[Mapping[str, Any]]) -> Table:
    """Show how far a sweep is, and who worked at it.

    Parameters
    ----------
    results
        The sweep.
    log
        What was noted of the work at it.

    Returns
    -------
    rich.table.Table
        A line for each thing to know.
    """
    design = results.design
    table = Table(box=None, show_header=False)
    table.add_column(style="dim")
    table.add_column()
    made, failed = results.made, len(results.failed())
    table.add_row("Sweep", design.title)
    table.add_row(
        "Design", f"{design.sampling.kind}, {len(design.points):,} points, {len(design.seeds)} seeds"
    )
    table.add_row("Factors", ", ".join(factor.name for factor in design.factors) or "none")
    table.add_row("Scenarios", ", ".join(design.scenarios))
    table.add_row("Regimes", ", ".join(design.regimes))
    table.add_row("Runs", f"{made:,} of {len(design):,} ({made / len(design):.0%}), {failed:,} failed")
    table.add_row(
        "Disk", f"{sum(p.stat().st_size for p in results.folder.rglob('*') if p.is_file()) / 1e6:,.1f} MB"
    )
    for entry in log[-4:]:
        event = "started" if "started" in entry else "stopped"
        detail = f"on {entry['host']}" if "host" in entry else f"with {entry.get('made', 0):,} runs made"
        table.add_row(event.capitalize(), f"{entry[event]}, process {entry['process']} {detail}")
    return table
