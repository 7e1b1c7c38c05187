"""Tables for people to read: outcomes by regime, with what is sure and what is not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from rich import box
from rich.table import Table
from rich.text import Text

from analysis.comparison import interval
from model.record import OBSERVABLES

SIGNIFICANT_DIGITS = 4
NAME_WIDTH = 22
"""Characters that the longest name of a regime takes, indented; longer texts are broken."""


def comparison_table(comparison: pd.DataFrame) -> Table:
    """Lay out a comparison of regimes.

    Parameters
    ----------
    comparison
        What `analysis.comparison.compare` gives.

    Returns
    -------
    rich.table.Table
        A block for each outcome, a row for each regime.
    """
    against = comparison["baseline"].iloc[0]
    table = open_table(("mean", f"difference\nfrom {against}", "95% interval", "in %", "P(best)"))
    for outcome, rows in comparison.groupby("outcome", sort=False):
        heading(table, str(outcome))
        digits = decimals(rows["mean"].abs().max())
        difference_digits = max(digits, decimals(rows["difference"].abs().max(), SIGNIFICANT_DIGITS - 2))
        leader = rows["probability_best"].max()
        for row in rows.to_dict("records"):
            table.add_row(
                f"  {row['regime']}",
                number(row["mean"], digits),
                _signed(row, difference_digits),
                ends(row["difference_low"], row["difference_high"], difference_digits),
                number(row["relative"], 1, sign="+"),
                Text(number(100 * row["probability_best"], 0, unit="%"),
                     style="bold" if row["probability_best"] == leader else ""),
            )  # fmt: skip
    return table


def run_table(series: pd.DataFrame, measures: Sequence[str]) -> Table:
    """Lay out what became of each outcome from the start of a run to its end.

    Parameters
    ----------
    series
        ``seed``, ``step`` and a column for each measure.
    measures
        Outcomes to show.

    Returns
    -------
    rich.table.Table
        A row for each outcome: mean over seeds at the start and at the end.
    """
    table = open_table(("at the start", "at the end", "95% interval", "change"))
    first = series[series["step"] == series["step"].min()].set_index("seed")
    last = series[series["step"] == series["step"].max()].set_index("seed")
    for measure in measures:
        start = float(first[measure].mean())
        end, low, high = interval(last[measure].to_numpy())
        digits = decimals(max(abs(start), abs(end)))
        table.add_row(
            _name(measure),
            number(start, digits),
            number(end, digits),
            ends(low, high, digits, sign=""),
            number(100 * (end / start - 1) if start else math.nan, 1, sign="+", unit="%"),
        )
    return table


def decimals(largest: float, digits: int = SIGNIFICANT_DIGITS) -> int:
    """Give the decimals that show the largest of some numbers with so many significant digits."""
    if not math.isfinite(largest) or largest == 0:
        return 0
    return min(12, max(0, digits - 1 - math.floor(math.log10(largest))))


def number(value: float, digits: int, *, sign: str = "", unit: str = "") -> str:
    """Write a number with so many decimals; nothing where there is none."""
    if not math.isfinite(value):
        return ""
    return f"{value:{sign},.{digits}f}{unit}"


def ends(low: float, high: float, digits: int, sign: str = "+") -> str:
    """Write the ends of an interval; nothing where there is none."""
    if not math.isfinite(low):
        return ""
    return f"{number(low, digits, sign=sign)} to {number(high, digits, sign=sign)}"


def _signed(row: Mapping[Any, Any], digits: int) -> Text:
    """Colour a difference whose interval leaves zero out."""
    text = number(row["difference"], digits, sign="+")
    if row["difference_low"] > 0:
        return Text(text, style="green")
    return Text(text, style="red" if row["difference_high"] < 0 else "")


def heading(table: Table, outcome: str) -> None:
    """Begin the block of an outcome with its name and unit."""
    if table.row_count:
        table.add_section()
    table.add_row(_name(outcome))


def _name(outcome: str) -> Text:
    observable = OBSERVABLES[outcome]
    return Text.assemble((observable.label, "bold"), (f" ({observable.unit})", "dim"))


def open_table(headings: Sequence[str], name_width: int = NAME_WIDTH) -> Table:
    """Start a table with a column of names and columns of numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("", min_width=name_width)
    for each in headings:
        table.add_column(each, justify="right", no_wrap=True)
    return table


def probability(value: float) -> str:
    """Write a probability with three digits, and nothing where there is none."""
    return "<.001" if value < 0.001 else number(value, 3)


def plain_rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
    """Give the rows of a table as plain data for JSON, with None where there is nothing."""
    return table.astype(object).where(table.notna(), None).to_dict("records")
