"""An attribution on the screen: what each channel contributes to each lead, in tables and in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from analysis.attribution import (
    CHANNELS,
    CONTRIBUTION,
    DIVIDEND,
    INTERACTION,
    LEAD,
    REMAINDER,
    distinguishable,
)
from analysis.console.tables import SIGNIFICANT_DIGITS, decimals, ends, heading, number, open_table
from analysis.console.terminal import Terminal
from analysis.counterfactuals import Attribution
from model.record import OUTCOMES

Row = Mapping[Any, Any]

ALL_HELD_STILL = "all channels held still"
NAME_WIDTH = 25


def show_attribution(attribution: Attribution, terminal: Terminal) -> None:
    """Show what channels contribute to the leads of regimes.

    Parameters
    ----------
    attribution
        Counterfactual runs and what follows from them.
    terminal
        Where to speak.
    """
    contributions = attribution.contributions
    if not len(contributions):
        terminal.warn("no seed was finished with every set of channels held still: nothing is attributed.")
        return
    against = contributions["baseline"].iloc[0]
    terminal.show(f"\n[bold]What channels contribute to the lead over {against}[/bold]")
    terminal.show(primary_table(contributions, OUTCOMES[0]))
    terminal.show(
        f"All outcomes, in percent of the mean of {against}; ± reaches to the ends of the 95% interval:"
    )
    terminal.show(overview_table(contributions))
    terminal.show(
        "Contributions (Shapley values) and what is left with all channels held still sum to the lead. Rows of\n"
        "two channels are interactions, contained in contributions: above zero, the two need each other; below,\n"
        "one can stand in for the other. Shares are left out where the lead cannot be told from zero. Every\n"
        "interval stands alone: of twenty numbers that are truly zero, about one seems not to be.\n"
    )  # fmt: skip
    for sentence in sentences(contributions):
        terminal.show(Text(sentence))


def primary_table(contributions: pd.DataFrame, outcome: str) -> Table:
    """Lay out the attribution of one outcome in its unit, with interactions.

    Parameters
    ----------
    contributions
        What `analysis.attribution.attribute` gives.
    outcome
        Which outcome.

    Returns
    -------
    rich.table.Table
        A block for each regime, a row for each part of its lead and for each interaction.
    """
    rows = contributions[(contributions["outcome"] == outcome) & (contributions["quantity"] != DIVIDEND)]
    table = open_table(("value", "95% interval", "in %", "share of the lead"), NAME_WIDTH)
    heading(table, outcome)
    digits = decimals(rows["value"].abs().max(), SIGNIFICANT_DIGITS - 1)
    for regime, block in rows.groupby("regime", sort=False):
        table.add_section()
        table.add_row(Text(str(regime), style="bold"))
        for row in block.to_dict("records"):
            table.add_row(
                f"  {_part(row)}",
                _signed(row, number(row["value"], digits, sign="+")),
                ends(row["low"], row["high"], digits),
                number(row["relative"], 1, sign="+"),
                _share(row),
            )
    return table


def overview_table(contributions: pd.DataFrame) -> Table:
    """Lay out the attribution of every outcome in percent of the baseline.

    Parameters
    ----------
    contributions
        What `analysis.attribution.attribute` gives.

    Returns
    -------
    rich.table.Table
        A block for each outcome, a row for each regime, a column for each part of the lead.
    """
    table = open_table(
        ("lead", "absorptive\ncapacity", "networked\nrecom-\nbination", "ties", "all held\nstill")
    )
    for outcome, rows in contributions.groupby("outcome", sort=False):
        heading(table, str(outcome))
        for regime, block in rows.groupby("regime", sort=False):
            cells = {(row["quantity"], row["channels"]): _percent(row) for row in block.to_dict("records")}
            parts = [(LEAD, ""), *((CONTRIBUTION, channel) for channel in CHANNELS), (REMAINDER, "")]
            table.add_row(f"  {regime}", *(cells[part] for part in parts))
    return table


def sentences(
    contributions: pd.DataFrame, outcome: str = OUTCOMES[0], called: Callable[[str], str] = str
) -> list[str]:
    """Say in words what the numbers say, and no more.

    Parameters
    ----------
    contributions
        What `analysis.attribution.attribute` gives.
    outcome
        Which outcome.
    called
        Names a regime as in a sentence.

    Returns
    -------
    list of str
        One text for each regime.
    """
    rows = contributions[contributions["outcome"] == outcome]
    return [
        _words(called(str(regime)), called(str(block["baseline"].iloc[0])), block.to_dict("records"))
        for regime, block in rows.groupby("regime", sort=False)
    ]


def _words(regime: str, baseline: str, rows: Sequence[Row]) -> str:
    (lead,) = (row for row in rows if row["quantity"] == LEAD)
    if not math.isfinite(lead["relative"]):
        return f"{regime} cannot be compared in percent: {baseline} ends with nothing."
    ahead = f"{abs(lead['relative']):.1f}% {'above' if lead['relative'] >= 0 else 'below'} {baseline}"
    if lead["seeds"] < 2:
        return f"{regime} ends {ahead} on one seed, which says nothing about what is chance."
    parts = [f"{regime} ends {ahead} ({_range(lead)})"]
    if not _sure(lead):
        parts = [f"{regime} cannot be told from {baseline} ({_range(lead)}%): no lead to share out"]
    channels = [row for row in rows if row["quantity"] == CONTRIBUTION]
    sure = sorted((row for row in channels if _sure(row)), key=lambda row: -abs(row["relative"]))
    unsure = [_part(row) for row in channels if not _sure(row)]
    parts += [
        f"{_part(row)} {'contribute' if row['channels'] == 'ties' else 'contributes'} "
        f"{row['relative']:+.1f} points ({_range(row)})"
        for row in sure
    ]
    if unsure:
        what = "contribution" if len(unsure) == 1 else "contributions"
        parts.append(f"the {what} of {_and(unsure)} cannot be told from zero")
    (rest,) = (row for row in rows if row["quantity"] == REMAINDER)
    left = f"{rest['relative']:+.1f} points are left ({_range(rest)})"
    parts.append(
        f"with {ALL_HELD_STILL}, {left if _sure(rest) else 'the difference cannot be told from zero'}"
    )
    parts += [_together(row) for row in rows if row["quantity"] == INTERACTION and _sure(row)]
    return "; ".join(parts) + "."


def _together(row: Row) -> str:
    verb = "need each other" if row["value"] > 0 else "stand in for each other"
    return f"{_and(_channels(row))} {verb} (interaction {row['relative']:+.1f}, {_range(row)})"


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _range(row: Row) -> str:
    return f"{row['relative_low']:+.1f} to {row['relative_high']:+.1f}"


def _sure(row: Row) -> bool:
    return distinguishable(row["low"], row["high"])


def _part(row: Row) -> str:
    if row["quantity"] == LEAD:
        return "lead"
    if row["quantity"] == REMAINDER:
        return ALL_HELD_STILL
    # The longer name first, so that a pair fits into its column.
    return "\n  and ".join(sorted(_channels(row), key=len, reverse=True))


def _channels(row: Row) -> list[str]:
    return str(row["channels"]).replace("_", " ").split("+")


def _share(row: Row) -> str:
    if not math.isfinite(row["share"]):
        return ""
    return f"{row['share']:.0f}% ({row['share_low']:.0f} to {row['share_high']:.0f})"


def _percent(row: Row) -> Text:
    text = number(row["relative"], 1, sign="+")
    reach = (row["relative_high"] - row["relative_low"]) / 2
    return _signed(row, f"{text}±{number(reach, 1)}" if number(reach, 1) else text)


def _signed(row: Row, text: str) -> Text:
    """Colour a number whose interval leaves zero out."""
    if not _sure(row):
        return Text(text)
    return Text(text, style="green" if row["value"] > 0 else "red")
