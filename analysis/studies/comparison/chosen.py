"""What was chosen: which priorities policymakers had, since when, and how often in all regions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.studies.comparison.compared import QUARTERS, Compared
from analysis.studies.comparison.over_time import year_of
from analysis.words.document import Cell, Number, Section, Table, joined, share, words, written
from analysis.words.names import ORGANISATIONS, readable, regime, sector

SUPPORTED = ("supported", "kept", "scaled")
"""Events after which a priority gets money until the next review."""
MOST_ROWS, MOST_LINES = 8, 40
EVENTS = {
    "proposed": "proposed", "piloted": "piloted", "supported": "funded", "kept": "kept", "scaled": "given more",
    "stopped": "stopped",
}  # fmt: skip
OWN = "agency"
NARROW = "\N{NARROW NO-BREAK SPACE}"


def section(found: Compared) -> Section | None:
    """Show what was chosen under each policy; None where nobody chooses."""
    if "priorities" not in found.tables or not found.seeds:
        return None
    log = found.table("priorities")
    log = log[log["regime"].isin(found.ranking)]
    if log.empty:
        return None
    tables = [_often(log, name, found.seeds) for name in found.ranking if (log["regime"] == name).any()]
    first = next((name for name in found.ranking if (log["regime"] == name).any()), None)
    seed = found.common[0]
    if first is not None:
        tables.append(_log(log[(log["regime"] == first) & (log["seed"] == seed)], first, seed))
    how = (
        "A priority is funded from the review at which it was chosen until it is stopped. Shares are of the simulated "
        "regions in which it was ever funded; times are means over these. The whole log is in data/priorities."
    )
    return Section(
        "What was chosen",
        paragraphs=(words(how),),
        tables=tuple(tables),
        figures={"priorities": f"Priorities over time in one simulated region (seed {seed})."},
        aside=True,
    )


def is_known(found: Compared) -> bool:
    """Whether there is a log of the first simulated region to draw."""
    if "priorities" not in found.tables or not found.seeds:
        return False
    log = found.tables["priorities"]
    return bool(((log["seed"] == found.common[0]) & log["regime"].isin(found.ranking)).any())


def spells(log: pd.DataFrame, end: int) -> pd.DataFrame:
    """Find from when to when each priority was funded.

    Parameters
    ----------
    log
        Log of priorities of one run or several.
    end
        Last quarter.

    Returns
    -------
    pandas.DataFrame
        ``regime``, ``seed``, ``policymaker``, ``priority``, ``name``, ``begun`` and ``ended`` (quarters).
    """
    keys = ["regime", "seed", "policymaker", "priority", "name"]
    begun: dict[tuple[Any, ...], int] = {}
    rows: list[tuple[Any, ...]] = []
    # Lists, as single entries of a frame take their time.
    for *of, step, event in zip(*(log[column].tolist() for column in (*keys, "step", "event")), strict=True):
        key = tuple(of)
        if event in SUPPORTED:
            begun.setdefault(key, int(step))
        elif event == "stopped" and key in begun:
            rows.append((*key, begun.pop(key), int(step)))
    rows += [(*key, first, end) for key, first in begun.items()]
    return pd.DataFrame(rows, columns=[*keys, "begun", "ended"])


def _often(log: pd.DataFrame, name: str, seeds: int) -> Table:
    """Show the priorities that a policy funds most often."""
    mine = log[log["regime"] == name]
    found = spells(mine, int(mine["step"].max()) + QUARTERS)
    found["quarters"] = found["ended"] - found["begun"]
    groups = found.groupby("name", sort=False)
    table = pd.DataFrame({
        "regions": groups["seed"].nunique() / seeds, "begun": groups["begun"].min(),
        "quarters": groups["quarters"].sum() / groups["seed"].nunique(),
    })  # fmt: skip
    table = table.sort_values(["regions", "quarters"], ascending=False, kind="stable")
    who = mine[mine["event"].isin(SUPPORTED)]["delivered_by"]
    rows: list[tuple[Cell, ...]] = []
    for priority, row in table.head(MOST_ROWS).iterrows():
        source = f"priorities/{name}/{priority}"
        years = float(row["quarters"]) / QUARTERS
        rows.append((
            sector(str(priority)), share(float(row["regions"]), f"{source}/share"),
            year_of(float(row["begun"]), f"{source}/begun"),
            Number(years, f"{years:.1f}", f"{source}/years"),
        ))  # fmt: skip
    more = f" {len(table) - MOST_ROWS} more are in the log." if len(table) > MOST_ROWS else ""
    by = f" Delivered by {_deliverers(who)}." if len(who) and who.iloc[-1] else ""
    caption = f"{regime(name)[:1].upper()}{regime(name)[1:]}: the priorities funded most often.{by}{more}"
    return Table(caption, ("priority", "funded in", "earliest in year", "years funded"), tuple(rows))


def _deliverers(who: pd.Series) -> str:
    kinds = dict.fromkeys(kind for line in who for kind in str(line).split(", ") if kind)
    named = ["the policymaker" if kind == OWN else ORGANISATIONS.get(kind, readable(kind)) for kind in kinds]
    return joined(named) if named else ""


def _log(lines: pd.DataFrame, name: str, seed: int) -> Table:
    """Show the log of one run line by line: what was kept is left out, as it changes nothing."""
    told = lines[lines["event"] != "kept"]
    rows: list[tuple[Cell, ...]] = []
    everywhere = _deliverers(told.loc[told["event"].isin(SUPPORTED), "delivered_by"])
    for step, priority, event, belief, deviation, who in told.head(MOST_LINES)[
        ["step", "name", "event", "belief", "deviation", "delivered_by"]
    ].itertuples(index=False):
        year = f"year {(int(step) - 1) // QUARTERS + 1}"
        believed = (
            "" if pd.isna(belief) else f"{written(belief, 2, sign=True)}{NARROW}±{NARROW}{deviation:.2f}"
        )
        by = _deliverers(pd.Series([who])) if who else ""
        # Said once in the caption, as it is the same for whatever is funded.
        by = "" if by == everywhere else by
        rows.append((year, sector(str(priority)), EVENTS.get(event, event), believed, by))
    left = f"; {len(told) - MOST_LINES} later lines are in data/priorities" if len(told) > MOST_LINES else ""
    caption = (
        f"The log under {regime(name)} in one simulated region (seed {seed}){left}. Believed: the log of what a field "
        "is thought to be worth, 0 for an average one, and how surely."
        + (f" Delivered by {everywhere}, where no one else is named." if everywhere else "")
    )
    return Table(caption, ("when", "priority", "what", "believed", "delivered by"), tuple(rows))
