"""Scenario discovery in words: under which conditions each regime leads."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.words.document import (
    Cell,
    Number,
    Table,
    Words,
    count,
    counted,
    percent,
    plain,
    rounded,
    share,
    words,
)
from analysis.words.names import first_upper, parameter, regime, subject

ALL_OTHERS = "all others"
DRAWN = {
    "boxes": "Conditions under which each policy leads.",
    "scores": "How much each condition helps to tell where a policy leads.",
}
FEW = "too few"
"""What stands where too few points were led for a box."""


def leads(row: Mapping[Any, Any], limits: pd.DataFrame) -> Words:
    """Say where a regime leads, next to whom, and how dense in leads its box is."""
    name = str(row["regime"])
    over = "" if row["over"] == ALL_OTHERS else f" over {regime(str(row['over']))}"
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
        *_rival(row, source),
    )


def _rival(row: Mapping[Any, Any], source: str) -> Words:
    """Name who is next in the box, where a regime leads over all others."""
    if row["over"] != ALL_OTHERS or not isinstance(row["rival"], str):
        return ()
    return (
        f" Next is mostly {regime(row['rival'])} (",
        share(float(row["rival_share"]), f"{source}/rival_share"),
        "), on average ",
        percent(float(row["mean_lead_percent"]), f"{source}/mean_lead_percent", sign=False),
        " behind.",
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


def boxes_table(boxes: pd.DataFrame) -> Table:
    """Show for each regime where it leads, and what share of that its box has."""
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
                count(int(row["restricted"]), f"{source}/restricted") if found else FEW,
            )
        )  # fmt: skip
    caption = (
        "Leads at: share of all combinations. Coverage: share of these that lie within the ranges found. "
        "Density: share of the combinations within the ranges in which the policy leads; held out: of those that "
        "ranges were not made from. Limited: how many conditions have a range."
    )
    return Table(caption, ("policy", "leads at", "coverage", "density", "held out", "limited"), tuple(rows))


def limits_table(limits: pd.DataFrame) -> Table | None:
    """Show the ends of all boxes."""
    if limits.empty:
        return None
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


def scores_table(scores: pd.DataFrame) -> Table | None:
    """Show how much each condition helps to tell where a regime leads."""
    if scores.empty:
        return None
    regimes = list(dict.fromkeys(map(str, scores["regime"])))
    values = scores.pivot_table(index="factor", columns="regime", values="score", sort=False)[regimes]
    rows: list[tuple[Cell, ...]] = [
        (
            parameter(str(factor)),
            *(
                plain(float(value), f"scores/{name}/{factor}/score", largest=10)
                for name, value in row.items()
            ),
        )
        for factor, row in values.iterrows()
    ]
    told = scores.drop_duplicates("regime").set_index("regime")
    for label, column in (("told right, unseen", "accuracy"), ("without conditions", "without")):
        known: dict[Any, float] = told[column].to_dict()
        rows.append((label, *(share(known[name], f"scores/{name}/{column}_share") for name in regimes)))
    caption = (
        "How much each condition helps to tell where a policy leads (scores of extra trees; those of a policy add up "
        "to 1), and how many points trees tell right that they have not seen."
    )
    return Table(caption, ("condition", *map(regime, regimes)), tuple(rows))
