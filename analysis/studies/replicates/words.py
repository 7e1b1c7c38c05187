"""Replicates in words: how wide intervals are, and how many seeds make them as narrow as wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.words.document import Cell, Number, Table, Words, count, counted, plain, rounded, words
from analysis.words.names import first_upper, regime
from analysis.words.phrases import LOWER, UPPER

DRAWN = {
    "half_widths": "How intervals get narrower with more regions.",
    "running_means": "Means as regions are added.",
}


def known(what: str, row: Mapping[Any, Any], source: str) -> Words:
    """Say how well something is known, and how many seeds would tell it as well as wanted."""
    return words(
        "With ",
        *counted(int(row["seeds"]), f"{source}/seeds", "simulated region"),
        f", {what} is known to ±",
        rounded(float(row["half_width"]), f"{source}/half_width"),
        "%",
        *_spread(row, source),
        "; ±",
        Number(float(row["wanted"]), f"{float(row['wanted']):g}", f"{source}/wanted"),
        "% takes ",
        count(int(row["needed"]), f"{source}/needed"),
        " (",
        count(int(row["needed_low"]), f"{source}/needed_low"),
        " to ",
        count(int(row["needed_high"]), f"{source}/needed_high"),
        ")",
        *_saved(row, source),
        ".",
    )


def _spread(row: Mapping[Any, Any], source: str) -> Words:
    if row["points"] == 1:
        return ()
    ends = (rounded(float(row[name]), f"{source}/{name}") for name in ("half_width_10", "half_width_90"))
    low, high = ends
    return (" at a combination of conditions (", low, " to ", high, " at eight in ten)")


def _saved(row: Mapping[Any, Any], source: str) -> Words:
    if pd.isna(row["saved_by_pairing"]):
        return ()
    times = rounded(float(row["saved_by_pairing"]), f"{source}/saved_by_pairing", 3)
    return (", and without common seeds ", times, " times as many")


def summary_table(summary: pd.DataFrame, wanted: float, where: Callable[[object], str]) -> Table:
    """Show widths and needs of all regimes, with and without common seeds."""
    rows: list[tuple[Cell, ...]] = []
    for row in summary.to_dict("records"):
        source = f"summary/{row['scenario']}/{row['regime']}/{row['measure']}"
        rows.append(
            (
                f"{first_upper(regime(str(row['regime'])))}{where(row['scenario'])}: {row['measure']}",
                *(
                    plain(float(row[column]), f"{source}/{column}", largest=100)
                    for column in ("deviation", "half_width")
                ),
                *(
                    count(int(row[column]), f"{source}/{column}")
                    for column in ("needed", "needed_low", "needed_high")
                ),
                plain(float(row["saved_by_pairing"]), f"{source}/saved_by_pairing", largest=100),
            )
        )
    caption = (
        "Spread between regions and half-width of the 95% interval, in percent; regions that make it "
        f"±{wanted:g}%, with the ends of an interval; saved: how many times as many it would take if policies did not "
        "meet the same regions."
    )
    headings = ("policy: measure", "spread", "half-width", "needed", LOWER, UPPER, "saved")
    return Table(caption, headings, tuple(rows))
