"""Who wins: what sectors, sizes, places and supported firms gain, in words and tables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.statistics.winners import MEASURES, PLACE, SECTOR, SIZE, SUPPORT
from analysis.studies.comparison.compared import LEVEL, Compared
from analysis.studies.comparison.money import people_for_one
from analysis.words.document import NOTHING, Cell, Number, Section, Table, Words, fixed, percent, words
from analysis.words.names import first_upper, regime, sector

GROUPS = {SECTOR: "by sector", SIZE: "by size at the start", PLACE: "by place", SUPPORT: "by support"}
LABELS = {"knowledge": "Knowledge at what it is worth", "jobs": "Jobs", "output": "Output"}


def best(found: Compared) -> str | None:
    """Return the policy of which winners are shown in full: the best but the baseline."""
    return next((name for name in found.ranking if name != found.baseline), None)


def section(found: Compared) -> Section | None:
    """Show who wins under each policy; None where firms were not followed."""
    name = best(found)
    if "who_wins" not in found.tables or name is None:
        return None
    table = found.tables["who_wins"]
    return Section(
        "Who wins",
        paragraphs=(*_sentences(found, table, name), words(_how(found))),
        tables=(_of_policy(table, name, people_for_one(found)), *_of_measures(found, table)),
        figures={"who_wins": f"What groups of firms gain under {regime(name)}, with 95% intervals."},
        aside=True,
    )


def in_short(found: Compared) -> tuple[Words, ...]:
    """Say in one sentence for whom the best policy pays most and least."""
    name = best(found)
    if "who_wins" not in found.tables or name is None:
        return ()
    rows = found.tables["who_wins"]
    rows = rows[(rows["regime"] == name) & (rows["measure"] == "jobs") & (rows["by"] == SECTOR)]
    rows = rows[rows["relative"].notna()].sort_values("relative")
    if len(rows) < 2:
        return ()
    least, most = rows.iloc[0], rows.iloc[-1]
    told = [
        percent(float(row["relative"]), f"who_wins/{name}/{SECTOR}/{row['group']}/jobs/relative")
        for row in (most, least)
    ]
    clear = [row["adjusted"] < LEVEL for row in (most, least)]
    sure = "" if all(clear) else " (one of these may be chance)" if any(clear) else " (both may be chance)"
    return (
        words(
            f"Who one is: under {regime(name)}, jobs fare best in {sector(most['group'])}, ", told[0],
            f", and worst in {sector(least['group'])}, ", told[1], f"{sure}, against {regime(found.baseline)}.",
        ),
    )  # fmt: skip


def _how(found: Compared) -> str:
    return (
        f"All gains are averages over {found.duration}, against {regime(found.baseline)} in the same region with the "
        "same luck. Firms count as what they were at the start, whatever they became; what was founded later is a "
        "group of its own. Supported are firms on which more was spent than without policy, ordered by how much: those "
        "that together got half of it, those that got the rest; they are compared with the very same firms. Firms that "
        "got nothing are often those that closed early. Bold: more than chance would explain among all numbers of a "
        "policy and column (Holm)."
    )


def _sentences(found: Compared, table: pd.DataFrame, name: str) -> Iterator[Words]:
    """Say which groups gain most and which lose, as far as that is sure."""
    rows = table[(table["regime"] == name) & (table["measure"] == "jobs")]
    told = []
    for by in (SECTOR, SIZE, PLACE):
        sure = rows[(rows["by"] == by) & (rows["adjusted"] < LEVEL)].sort_values("relative")
        if len(sure) and sure["relative"].iloc[-1] > 0:
            told.append((sure.iloc[-1], "gain"))
        if len(sure) and sure["relative"].iloc[0] < 0:
            told.append((sure.iloc[0], "lose"))
    for row, what in told:
        source = f"who_wins/{name}/{row['by']}/{row['group']}/jobs/relative"
        amount = percent(
            abs(float(row["relative"])), source if what == "gain" else f"{source}/less", sign=False
        )
        yield words(
            f"{first_upper(regime(name))}, {GROUPS[str(row['by'])]}: {sector(row['group'])} "
            f"{'gains' if what == 'gain' else 'loses'} most jobs, ", amount, f" against {regime(found.baseline)}.",
        )  # fmt: skip
    if not told:
        yield words(f"Under {regime(name)} no sector, size or place clearly gains or loses jobs.")


def _of_policy(table: pd.DataFrame, name: str, people: float) -> Table:
    """Show all groups under one policy: gains in percent, and jobs as a number."""
    mine = _rows(table[table["regime"] == name], "measure")
    rows: list[tuple[Cell, ...]] = []
    for by, group in dict.fromkeys((by, group) for by, group, _ in mine):
        source = f"who_wins/{name}/{by}/{group}"
        numbers = [_gain(mine[by, group, measure], f"{source}/{measure}/relative") for measure in MEASURES]
        jobs = people * float(mine[by, group, "jobs"]["gain"])
        change = percent(float(mine[by, group, "jobs"]["change"]), f"{source}/jobs/change", digits=0)
        rows.append(
            (sector(group), *numbers, fixed(jobs, f"{source}/jobs/gain/people", 0, sign=True), change)
        )
    caption = (
        f"{first_upper(regime(name))}: gains in percent; jobs gained; and the change of jobs since the start."
    )
    headings = ("group", *(measure for measure in MEASURES), "jobs gained", "jobs since the start")
    return Table(caption, headings, tuple(rows))


def _of_measures(found: Compared, table: pd.DataFrame) -> Iterator[Table]:
    """Show all policies beside each other, a table for each measure."""
    shown = [name for name in found.ranking if name != found.baseline]
    if len(shown) < 2:
        return
    for measure in MEASURES:
        of = _rows(table[table["measure"] == measure], "regime")
        rows: list[tuple[Cell, ...]] = []
        for by, group in dict.fromkeys((by, group) for by, group, _ in of):
            cells: list[Cell] = [
                _gain(of[by, group, name], f"who_wins/{name}/{by}/{group}/{measure}/relative")
                if (by, group, name) in of
                else NOTHING
                for name in shown
            ]
            rows.append((sector(group), *cells))
        yield Table(f"{LABELS[measure]}: gain in percent", ("group", *map(regime, shown)), tuple(rows))


def _rows(table: pd.DataFrame, last: str) -> dict[tuple[str, str, str], dict[Any, Any]]:
    """Look up rows by kind of group, group, and one column more."""
    return {(str(row["by"]), str(row["group"]), str(row[last])): row for row in table.to_dict("records")}


def _gain(row: Mapping[Any, Any], source: str) -> Number:
    number = percent(float(row["relative"]), source)
    adjusted = float(row["adjusted"])
    return replace(number, sure=math.isfinite(adjusted) and adjusted < LEVEL)
