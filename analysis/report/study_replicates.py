"""What a page says of replicates: how many seeds are enough."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.report.document import (
    Cell,
    Number,
    Section,
    Table,
    Words,
    count,
    counted,
    plain,
    rounded,
    words,
)
from analysis.report.names import first_upper, readable, regime
from analysis.report.parts import pictures
from analysis.studies.replicates import PAIRED, UNPAIRED

TITLE = "How many simulated regions are enough"
FIGURES = {
    "half_widths": "How intervals get narrower with more regions.",
    "running_means": "Means as regions are added.",
}


def answer(folder: Path, manifest: Mapping[str, Any]) -> tuple[Words, ...]:
    """Say how wide intervals are, and how many seeds make them as narrow as wanted."""
    summary = pd.read_parquet(folder / "data" / "summary.parquet")
    return tuple(
        _sentence(row, str(manifest["baseline"]), several=len(set(summary["scenario"])) > 1)
        for row in summary[summary["measure"] != UNPAIRED].to_dict("records")
    )


def _sentence(row: Mapping[Any, Any], baseline: str, *, several: bool) -> Words:
    name = str(row["regime"])
    source = f"summary/{row['scenario']}/{name}/{row['measure']}"
    where = f" in {readable(str(row['scenario']))}" if several else ""
    what = (
        f"what {regime(name)} adds to {regime(baseline)}"
        if row["measure"] == PAIRED
        else f"the level under {regime(name)}"
    )
    return words(
        "With ",
        *counted(int(row["seeds"]), f"{source}/seeds", "simulated region"),
        f", {what}{where} is known to ±",
        rounded(float(row["half_width"]), f"{source}/half_width"),
        "%; ±",
        Number(float(row["wanted"]), f"{float(row['wanted']):g}", f"{source}/wanted"),
        "% takes ",
        count(int(row["needed"]), f"{source}/needed"),
        " (",
        count(int(row["needed_low"]), f"{source}/needed_low"),
        " to ",
        count(int(row["needed_high"]), f"{source}/needed_high"),
        ").",
    )


def section(folder: Path, manifest: Mapping[str, Any]) -> Section:
    """Show widths and needs of all regimes, with and without common seeds."""
    summary = pd.read_parquet(folder / "data" / "summary.parquet")
    several = len(set(summary["scenario"])) > 1
    rows: list[tuple[Cell, ...]] = []
    for row in summary.to_dict("records"):
        source = f"summary/{row['scenario']}/{row['regime']}/{row['measure']}"
        where = f", {readable(str(row['scenario']))}" if several else ""
        rows.append(
            (
                f"{first_upper(regime(str(row['regime'])))}{where}: {row['measure']}",
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
        f"Spread between regions and half-width of the 95% interval, in percent; regions that make it "
        f"±{float(manifest['half_width']):g}%, with the ends of an interval; saved: how many times as many it would "
        "take if policies did not meet the same regions."
    )
    headings = ("policy: measure", "spread", "half-width", "needed", "at least", "at most", "saved")
    return Section(TITLE, (), (Table(caption, headings, tuple(rows)),), pictures(folder, FIGURES))
