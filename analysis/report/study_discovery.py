"""What a page says of scenario discovery: under which conditions each regime leads."""

from __future__ import annotations

import math
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
    share,
    words,
)
from analysis.report.names import first_upper, parameter, regime, subject
from analysis.report.parts import pictures

TITLE = "Under which conditions each policy leads"
FIGURES = {
    "boxes": "Conditions under which each policy leads.",
    "scores": "How much each condition helps to tell where a policy leads.",
}


def answer(folder: Path, _manifest: Mapping[str, Any]) -> tuple[Words, ...]:
    """Say for each regime where it leads, and how dense in leads that is."""
    boxes, limits = (pd.read_parquet(folder / "data" / f"{name}.parquet") for name in ("boxes", "limits"))
    return tuple(_sentence(row, limits) for row in boxes.to_dict("records"))


def _sentence(row: Mapping[Any, Any], limits: pd.DataFrame) -> Words:
    name = str(row["regime"])
    over = "" if row["over"] == "all others" else f" over {regime(str(row['over']))}"
    source = f"boxes/{name}"
    ahead = (
        f"{first_upper(subject(name))} leads{over} in ",
        count(int(row["cases"]), f"{source}/cases"),
        " of ",
        *counted(
            int(row["points"]), f"{source}/points", "combination of conditions", "combinations of conditions"
        ),
    )
    if pd.isna(row.get("density", float("nan"))):
        return words(*ahead, ".")
    own = limits[(limits["regime"] == name) & (limits["over"] == row["over"])]
    if not row["restricted"] or own.empty:
        return words(*ahead, ", and no range of conditions holds more of these than luck would.")
    told: list[str | Number] = []
    for place, limit in enumerate(own.to_dict("records")):
        told += [" and " if place else "", *_limit(limit, f"limits/{name}/{limit['factor']}")]
    return words(
        *ahead,
        ". Where ",
        *told,
        ", it leads in ",
        share(float(row["density"]), f"{source}/density_share"),
        " of them (",
        share(float(row["held_out_density"]), f"{source}/held_out_density_share"),
        " of those that the ranges were not made from).",
    )


def _limit(row: Mapping[Any, Any], source: str) -> Words:
    name = parameter(str(row["factor"]))
    if isinstance(row["values"], str):
        return (f"{name} is {row['values']}",)
    low, high = float(row["low"]), float(row["high"])
    if math.isnan(low):
        return (f"{name} is at most ", rounded(high, f"{source}/high", 3))
    if math.isnan(high):
        return (f"{name} is at least ", rounded(low, f"{source}/low", 3))
    return (f"{name} is ", rounded(low, f"{source}/low", 3), " to ", rounded(high, f"{source}/high", 3))


def section(folder: Path, _manifest: Mapping[str, Any]) -> Section:
    """Show boxes of all regimes, and their limits."""
    boxes, limits = (pd.read_parquet(folder / "data" / f"{name}.parquet") for name in ("boxes", "limits"))
    return Section(TITLE, (), tuple(table for table in (_boxes(boxes), _limits(limits)) if table.rows),
                   pictures(folder, FIGURES))  # fmt: skip


def _boxes(boxes: pd.DataFrame) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row in boxes.to_dict("records"):
        source = f"boxes/{row['regime']}"
        found = pd.notna(row.get("density", float("nan")))
        rows.append(
            (
                regime(str(row["regime"])),
                share(float(row["share"]), f"{source}/share"),
                *(share(float(row[name]) if found else float("nan"), f"{source}/{name}_share")
                  for name in ("coverage", "density", "held_out_density")),
            )
        )  # fmt: skip
    caption = (
        "Leads at: share of all combinations. Coverage: share of these that lie within the ranges found. "
        "Density: share of the combinations within the ranges in which the policy leads; held out: of those that "
        "ranges were not made from."
    )
    return Table(caption, ("policy", "leads at", "coverage", "density", "held out"), tuple(rows))


def _limits(limits: pd.DataFrame) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row in limits.to_dict("records"):
        source = f"limits/{row['regime']}/{row['factor']}"
        name = f"{first_upper(regime(str(row['regime'])))}: {parameter(str(row['factor']))}"
        if isinstance(row["values"], str):
            rows.append(
                (name, row["values"], "", plain(float(row["quasi_p_low"]), f"{source}/quasi_p_low"), "")
            )
            continue
        rows.append(
            (
                name,
                *(rounded(float(row[end]), f"{source}/{end}", 3) for end in ("low", "high")),
                *(plain(float(row[f"quasi_p_{end}"]), f"{source}/quasi_p_{end}", largest=10)
                  for end in ("low", "high")),
            )
        )  # fmt: skip
    caption = (
        "Ranges found, and the probability that a limit is there by chance; too good, as limits were chosen."
    )
    return Table(caption, ("policy: condition", "from", "to", "quasi-p, from", "quasi-p, to"), tuple(rows))
