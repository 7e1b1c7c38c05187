"""Priorities of a strategy on the screen: how they sit on the map."""

from __future__ import annotations

import numpy as np
import pandas as pd
from rich import box
from rich.markup import escape
from rich.table import Table

from analysis.console.terminal import Terminal
from analysis.regions.strategies import Strategy
from analysis.studies.comparison.strategies import CAUTION


def show_priorities(strategy: Strategy, seats: pd.DataFrame, terminal: Terminal) -> None:
    """Show how the priorities of a strategy sit on the map.

    Parameters
    ----------
    strategy
        The strategy.
    seats
        See `analysis.regions.strategies.seat_of_priorities`.
    terminal
        Where to speak.
    """
    table = Table(
        title=f"Priorities of {strategy.territory}, {strategy.period}", title_justify="left", box=box.SIMPLE_HEAD,
        pad_edge=False, header_style="bold",
    )  # fmt: skip
    table.add_column("priority", min_width=36)
    for heading in ("domains", "specialised", "nearer\nthan", "complexer\nthan"):
        table.add_column(heading, justify="right")
    for priority, rows in seats.groupby("priority", sort=False):
        known = rows.dropna(subset=["density"])
        if known.empty:
            table.add_row(escape(str(priority)), "not measured", "", "", "")
            continue
        table.add_row(
            escape(str(priority)),
            " ".join(known["code"]),
            f"{int(known['specialised'].astype(bool).sum())} of {len(known)}",
            f"{np.mean(known['nearer']):.0%}",
            f"{np.mean(known['more_complex']):.0%}",
        )
    terminal.show(table)
    terminal.show(f"Shares are of the domains of the region, means over those of a priority. {CAUTION}")
