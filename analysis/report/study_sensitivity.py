"""What a page says of a sensitivity analysis: on which conditions the lead of each regime depends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.report.document import Cell, Section, Table, Words, count, joined, plain, share, words
from analysis.report.names import first_upper, parameter, readable, regime
from analysis.report.parts import pictures
from model.record import OBSERVABLES

TITLE = "On which conditions it depends"
SENTENCED = 3
COLUMNS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "sobol": (
        ("total", "with others"),
        ("total_half_width", "±"),
        ("first_order", "alone"),
        ("luck", "by luck"),
    ),
    "morris": (("mu_star", "effect"), ("mu_star_half_width", "±"), ("mu", "with sign"), ("luck", "by luck")),
    "pawn": (("pawn", "index"), ("pawn_maximum", "largest"), ("threshold", "by luck")),
}
METHODS = {
    "sobol": "Share of the variance that a condition brings with all its interactions, and alone (Sobol indices).",
    "morris": "Mean effect of a condition's whole range, in the unit of what is looked at (Morris).",
    "pawn": "How far knowing a condition moves the whole distribution, from 0 to 1 (PAWN).",
}


def answer(folder: Path, manifest: Mapping[str, Any]) -> tuple[Words, ...]:
    """Say for each regime which conditions matter."""
    table = pd.read_parquet(folder / "data" / "indices.parquet")
    several = len(set(table["scenario"])) > 1
    told = []
    for (scenario, name), rows in table.groupby(["scenario", "regime"], sort=False):
        where = f" in {readable(str(scenario))}" if several else ""
        told.append(_sentence(f"{_what(manifest, str(name))}{where}", rows, f"indices/{scenario}/{name}"))
    return tuple(told)


def _what(manifest: Mapping[str, Any], name: str) -> str:
    label = OBSERVABLES[str(manifest["outcome"])].label
    if manifest["of"] == "level":
        return f"{label} under {regime(name)}"
    return f"How much {regime(name)} adds to {label.lower()}"


def _sentence(what: str, rows: pd.DataFrame, source: str) -> Words:
    matter = rows[rows["influential"]].to_dict("records")
    total = count(len(rows), f"{source}/count")
    if not matter:
        return words(f"{what} depends on none of the ", total, " conditions more than luck would explain.")
    named = joined([_named(row) for row in matter[:SENTENCED]], "and then")
    return words(
        f"{what} depends most on {named}; ",
        count(len(matter), f"{source}/influential"),
        " of ",
        total,
        f" {'condition matters' if len(rows) == 1 else 'conditions matter'} more than luck would explain.",
    )


def _named(row: Mapping[Any, Any]) -> str:
    correlation = float(row["rank_correlation"])
    turn = (
        " (more with more of it)"
        if correlation > 0.2
        else " (less with more of it)"
        if correlation < -0.2
        else ""
    )
    return f"{parameter(str(row['factor']))}{turn}"


def section(folder: Path, manifest: Mapping[str, Any]) -> Section:
    """Show all indices, with what luck gives a condition without effect."""
    table = pd.read_parquet(folder / "data" / "indices.parquet")
    method = str(manifest["method"])
    several = len(set(table["scenario"])) > 1
    rows: list[tuple[Cell, ...]] = []
    for row in table.to_dict("records"):
        source = f"indices/{row['scenario']}/{row['regime']}/{row['factor']}"
        where = f", {readable(row['scenario'])}" if several else ""
        rows.append(
            (
                f"{first_upper(regime(row['regime']))}{where}: {parameter(row['factor'])}",
                *(
                    plain(float(row[column]), f"{source}/{column}", largest=10)
                    for column, _ in COLUMNS[method]
                ),
                "yes" if row["influential"] else "no",
            )
        )
    luck = table.drop_duplicates(["scenario", "regime"])
    noise = tuple(
        words(
            "Luck of the regions makes ",
            share(float(row["noise_share"]), f"indices/{row['scenario']}/{row['regime']}/noise_share"),
            f" of what differs between conditions under {regime(row['regime'])}"
            + (f" in {readable(row['scenario'])}." if several else "."),
        )
        for row in luck.to_dict("records")
        if pd.notna(row["noise_share"])
    )  # fmt: skip
    caption = f"{METHODS[method]} By luck: what a condition without effect would get."
    headings = ("policy: condition", *(heading for _, heading in COLUMNS[method]), "matters")
    shown = pictures(folder, {"indices": "What matters; pale bars cannot be told from luck."})
    return Section(TITLE, noise, (Table(caption, headings, tuple(rows)),), shown)
