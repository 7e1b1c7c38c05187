"""Strategies of real regions on the screen: simulated beside the regimes, and placed on the map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from rich import box
from rich.markup import escape
from rich.table import Table

from analysis.console.terminal import Terminal
from analysis.console.work import design as usual_design
from analysis.experiment import Experiment
from analysis.regions.strategies import Strategy, find_strategy, region_for, with_strategy

CAUTION = "The divisions of the strategy were assigned by hand: an illustration, not evidence."


def design(
    name: str,
    reference: str,
    settings: Sequence[str],
    steps: int | None,
    seeds: str,
    regimes: str,
    region: str | None,
    terminal: Terminal,
    *,
    attribute: bool = False,
) -> Experiment:
    """Read what a comparison with a strategy was asked for.

    Parameters
    ----------
    name
        Name of the strategy.
    reference, settings, steps, seeds, regimes, region, attribute
        As for `analysis.console.work.design`; the region is that of the strategy by default.
    terminal
        Told what cannot be simulated.

    Returns
    -------
    Experiment
        The regimes that were asked for, and the strategy as one more.
    """
    strategy = find_strategy(name)
    place = region_for(strategy, region)
    asked = usual_design(reference, settings, steps, seeds, regimes, attribute=attribute, region=place)
    scenario, missing = with_strategy(asked.scenario, strategy)
    simulated = len(strategy.divisions) - len(missing)
    terminal.say(f"{strategy.territory}, {strategy.period}: {simulated} divisions as priorities. {CAUTION}")
    if missing:
        terminal.warn(f"not published for {place}, and left out: {', '.join(missing)}.")
    return Experiment(asked.story, scenario, (*asked.regimes, strategy.regime), asked.seeds, attribute)


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
