"""Tables of a validation on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from rich import box
from rich.table import Table

from analysis.console.tables import plain_rows
from analysis.console.terminal import Terminal
from analysis.regions.europe_scores import NULLS
from analysis.regions.moments import Target, misfit

ROWS = {
    "entry_rate": "entry rate",
    "exit_rate": "exit rate",
    "auc_within": "entry: area within",
    "exit_auc_within": "exit: area within",
    "auc": "entry: area, all",
    "entry_fifth_1": "entry, fifth 1",
    "entry_fifth_3": "entry, fifth 3",
    "entry_fifth_5": "entry, fifth 5",
    "persistence": "autocorrelation",
    "churn": "spread of change",
    "correlation_with_data": "match of change",
}
LEGEND = """Entry: a location quotient passes 1; rates are of what could. Area: under the curve of relatedness density
(low density for exit), within regions or over all pairs; .5 says nothing. Fifths: of density, least related first.
Autocorrelation and spread: of log quotients and of their change. Match: correlation of the change with what
happened. Activities kept: firms of the start stay counted where they were. Another sample: nothing moves but which
firms are drawn. Density is that of 2008-09; no policy."""

Targets = Mapping[str, Target]


def show_comparison(table: pd.DataFrame, wanted: Targets | None, terminal: Terminal) -> None:
    """Show the model, its nulls and its variants beside the data.

    Parameters
    ----------
    table
        See `analysis.regions.europe_scores.comparison`.
    wanted
        Moments of the data and how sure they are, where that was measured.
    terminal
        Where to speak.
    """
    variants = list(dict.fromkeys(table["variant"]))
    nulls = [name for name in variants if name in NULLS]
    for shown in ([*variants[:2], *nulls], [name for name in variants if name not in NULLS]):
        terminal.show(_table(table, shown, wanted if nulls and shown[-1] in nulls else None))
    terminal.show(LEGEND)
    if wanted is not None:
        off = {
            row["variant"]: misfit(row, wanted)
            for row in plain_rows(table)
            if row["variant"] in {"model", *nulls}
        }
        told = ", ".join(f"{name} {value:.0f}" for name, value in off.items())
        terminal.show(
            f"Squared deviations from the data in standard errors, summed over {len(wanted)} moments: {told}."
        )


def _table(comparison_of_all: pd.DataFrame, variants: Sequence[str], wanted: Targets | None) -> Table:
    means = comparison_of_all.drop(columns="seed").groupby("variant", sort=False).mean()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", collapse_padding=True)
    table.add_column("", no_wrap=True)
    for variant in variants:
        table.add_column(variant, justify="right")
    if wanted is not None:
        table.add_column("standard error", justify="right")
    for name, label in ROWS.items():
        error = [] if wanted is None else [f"{wanted[name].error:.3f}" if name in wanted else ""]
        table.add_row(label, *(f"{float(means[name][variant]):.3f}" for variant in variants), *error)
    return table
