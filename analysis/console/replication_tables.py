"""Tables of a replication for people to read: levels, spread, verdicts."""

from __future__ import annotations

import math

import pandas as pd
from rich import box
from rich.table import Table
from rich.text import Text

from analysis.console.tables import number
from analysis.replication.statements import FAILS, HOLDS

COLOURS = {HOLDS: "green", FAILS: "red"}


def levels_table(means: pd.DataFrame, reconstruction: pd.DataFrame) -> Table:
    """Lay out mean levels, their intervals, the earlier reconstruction, and the controls.

    Parameters
    ----------
    means
        Means over seeds.
    reconstruction
        Means against those of the earlier reconstruction; may be empty.

    Returns
    -------
    rich.table.Table
        A row for each rewiring.
    """
    table = _table(
        "p", "mean\nlevel", "95% interval", "earlier", "gap in\ns.e.", "without\nexperts", "stopped", "gift"
    )
    value = _values(means)
    known = {row["rewiring"]: row for row in reconstruction.to_dict("records")}
    barter = means[(means["treatment"] == "barter") & (means["measure"] == "mean_level")]
    for row in barter.to_dict("records"):
        p, low, high = row["rewiring"], row["low"], row["high"]
        earlier = known.get(p, {})
        table.add_row(
            f"{p:g}",
            number(row["mean"], 2),
            f"{low:.2f} to {high:.2f}" if math.isfinite(low) else "",
            number(earlier.get("reconstruction", math.nan), 1),
            number(earlier.get("in_standard_errors", math.nan), 1, sign="+"),
            *(number(value[name, "mean_level", p], 2) for name in ("without_experts", "stopped", "gift")),
        )
    return table


def spread_table(means: pd.DataFrame) -> Table:
    """Lay out how unequal agents are after barter, how long it took, and what the networks are like.

    Parameters
    ----------
    means
        Means over seeds.

    Returns
    -------
    rich.table.Table
        A row for each rewiring.
    """
    table = _table("p", "variance", "coefficient\nof variation", "rounds", "path\nlength", "clustering")
    shown = (("barter", "variance", 1), ("barter", "coefficient_of_variation", 3), ("barter", "rounds", 0),
             ("network", "path_length", 2), ("network", "clustering", 3))  # fmt: skip
    value = _values(means)
    for p in dict.fromkeys(means["rewiring"]):
        table.add_row(f"{p:g}", *(number(value[name, measure, p], digits) for name, measure, digits in shown))
    return table


def _values(means: pd.DataFrame) -> dict[tuple[str, str, float], float]:
    return {
        (row["treatment"], row["measure"], row["rewiring"]): row["mean"] for row in means.to_dict("records")
    }


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def verdicts_table(statements: pd.DataFrame) -> Table:
    """Lay out statements and verdicts.

    Parameters
    ----------
    statements
        Every statement, see `analysis.replication.statements.statements_table`.

    Returns
    -------
    rich.table.Table
        A row for each.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("statement")
    for heading in ("weakest", "95% interval", "in s.e.", "verdict"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in statements.to_dict("records"):
        low, high = row["low"], row["high"]
        table.add_row(
            row["statement"],
            number(row["difference"], 3, sign="+"),
            f"{low:+.3f} to {high:+.3f}" if math.isfinite(low) else "",
            number(row["in_standard_errors"], 1, sign="+"),
            Text(row["verdict"], style=COLOURS.get(row["verdict"], "")),
        )
    return table
