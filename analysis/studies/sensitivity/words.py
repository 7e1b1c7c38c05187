"""A sensitivity analysis in words: on which conditions what is looked at depends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.words.document import Cell, Section, Table, Words, count, joined, plain, share, words
from analysis.words.names import first_upper, parameter, regime

SENTENCED = 3
"""Factors that a sentence names."""
TURNING = 0.2
"""Rank correlation from which a factor is said to move things one way."""
COLUMNS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "sobol": (
        ("total", "with others"),
        ("total_half_width", "±"),
        ("first_order", "alone"),
        ("first_order_half_width", "±"),
        ("luck", "by luck"),
    ),
    "morris": (
        ("mu_star", "effect"),
        ("mu_star_half_width", "±"),
        ("mu", "with sign"),
        ("sigma", "spread"),
        ("luck", "by luck"),
    ),
    "pawn": (("pawn", "index"), ("pawn_maximum", "largest"), ("threshold", "by luck")),
}
METHODS = {
    "sobol": "Share of the variance that a condition brings with all its interactions, and alone (Sobol indices).",
    "morris": "Mean effect of a condition's whole range, in the unit of what is looked at (Morris).",
    "pawn": "How far knowing a condition moves the whole distribution, from 0 to 1 (PAWN).",
}
LUCK = "By luck: what a condition without effect would get. Rank: rank correlation with what is looked at."
DRAWN = "What matters; pale bars cannot be told from luck."


def depends(what: str, rows: pd.DataFrame, method: str, source: str) -> Words:
    """Say on which conditions something depends."""
    matter = rows[rows["influential"]].to_dict("records")
    total = count(len(rows), f"{source}/count")
    subject = first_upper(what)
    if not matter:
        return words(f"{subject} depends on none of the ", total, " conditions more than luck would explain.")
    named = joined([_named(row, method) for row in matter[:SENTENCED]], "and then")
    return words(
        f"{subject} depends most on {named}; ",
        count(len(matter), f"{source}/influential"),
        " of ",
        total,
        f" {'condition' if len(rows) == 1 else 'conditions'} {'matters' if len(matter) == 1 else 'matter'} more than "
        "luck would explain.",
    )


def section(indices: pd.DataFrame, method: str, heading: str, where: Callable[[object], str]) -> Section:
    """Show all indices, with what luck gives a condition without effect, a table for each regime."""
    noise, tables = [], []
    headings = ("condition", *(heading for _, heading in COLUMNS[method]), "rank", "matters")
    for (scenario, name), rows in indices.groupby(["scenario", "regime"], sort=False):
        source = f"indices/{scenario}/{name}"
        caption = f"{first_upper(regime(str(name)))}{where(scenario)}."
        cells = tuple(_row(row, method, source) for row in rows.to_dict("records"))
        tables.append(Table(caption, headings, cells))
        luck = float(rows["noise_share"].iloc[0])
        if pd.notna(luck):
            noise.append(
                words(
                    "Luck of the regions makes ",
                    share(luck, f"{source}/noise_share"),
                    f" of what differs between conditions under {regime(str(name))}{where(scenario)}.",
                )
            )
    return Section(
        heading,
        (*noise, words(f"{METHODS[method]} {LUCK}")),
        tuple(tables),
        figures={"indices": DRAWN},
    )


def _row(row: Mapping[Any, Any], method: str, source: str) -> tuple[Cell, ...]:
    source = f"{source}/{row['factor']}"
    shown = [*(column for column, _ in COLUMNS[method]), "rank_correlation"]
    return (
        parameter(str(row["factor"])),
        *(plain(float(row[column]), f"{source}/{column}", largest=10) for column in shown),
        "yes" if row["influential"] else "no",
    )


def _named(row: Mapping[Any, Any], method: str) -> str:
    direction = row["mu"] / row["mu_star"] if method == "morris" else row["rank_correlation"]
    turn = (
        " (more with more of it)"
        if direction > TURNING
        else " (less with more of it)"
        if direction < -TURNING
        else ""
    )
    return f"{parameter(str(row['factor']))}{turn}"
