"""Calibration in words: sentences and tables, for a terminal, a page and the documentation alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.studies.calibration.procedure import EXCEPTED, REFERENCE, TOLERANCE
from analysis.words.document import Number, Table, Words, fixed, in_series, percent, words

ASKED = (
    "What must a unit of each instrument cost, so that none is given an advantage before policies are compared? The "
    "whole budget went to one instrument at a time, for whoever comes; yields are gains over no policy, seed by seed."
)


def verdict(yields: pd.DataFrame) -> tuple[Words, ...]:
    """Say in sentences which instruments are within tolerance, and how sure that is.

    Parameters
    ----------
    yields
        What `analysis.studies.calibration.procedure.judge` gives.

    Returns
    -------
    tuple
        Sentences.
    """
    rows = yields.set_index("instrument")
    wanted = float(rows["yield"].to_dict()[REFERENCE])
    outside = list(rows.index[rows["verdict"] == "outside"])
    within = rows[rows["verdict"] == "within"]
    reach = TOLERANCE * abs(wanted)
    surely = list(within.index[(within["difference_low"] > -reach) & (within["difference_high"] < reach)])
    told = rows[(rows["difference_low"] > 0) | (rows["difference_high"] < 0)]
    differing = [name for name in told.index if name not in (REFERENCE, EXCEPTED)]
    source = f"yields/{REFERENCE}/yield"
    return (
        words(
            "The tolerance is ", fixed(reach, source, 2),
            f" percentage points, {TOLERANCE:.0%} of the ", percent(wanted, source, sign=False, digits=2),
            " that the reference yields.",
        ),
        words(f"Outside it: {', '.join(outside) or 'none'}."),
        words(f"Within it with the whole 95% interval: {', '.join(surely) or 'none'}."),
        words(f"Yield can be told from that of the reference: {', '.join(differing) or 'none'}."),
    )  # fmt: skip


def costs(found: Mapping[str, float]) -> Words:
    """Say which unit costs follow."""
    told = [(f"{name} ", _cost(cost, f"unit_costs/{name}")) for name, cost in found.items()]
    return words("Unit costs that follow: ", *in_series(told), ".")


def yields_table(yields: pd.DataFrame, source: str) -> Table:
    """Show the yield of each instrument and its distance from the reference."""
    rows = tuple(
        (
            str(row["instrument"]),
            _cost(float(row["unit_cost"]), f"{source}/{row['instrument']}/unit_cost"),
            *_interval(row, "yield", source),
            *_interval(row, "difference", source),
            str(row["verdict"]),
        )
        for row in yields.to_dict("records")
    )
    caption = (
        "Gain of the primary outcome over no policy in percent, and how far that is from what the reference yields, "
        f"each with half of its 95% interval, paired over {int(yields['seeds'].max())} seeds."
    )
    headings = ("instrument", "unit cost", "yield", "±", "less reference", "±", "verdict")
    return Table(caption, headings, rows)


def _interval(row: Mapping[Any, Any], name: str, source: str) -> tuple[Number, Number]:
    place = f"{source}/{row['instrument']}/{name}"
    # Intervals by Student's t reach as far to either side.
    reach = float(row[f"{name}_high"] - row[name])
    return fixed(float(row[name]), place, 2, sign=True), fixed(reach, f"{place}_high", 2)


def _cost(value: float, source: str) -> Number:
    return Number(value, f"{value:g}", source)
