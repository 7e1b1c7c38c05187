"""An ablation for people to read: tables of effects and walks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd
from rich import box
from rich.table import Table
from rich.text import Text

from analysis.ablation import LEVEL
from analysis.ablation_words import POSITIONS, arrow, word
from analysis.console.tables import number, probability
from model.record import OBSERVABLES, OUTCOMES

DIGITS = 2
PRIMARY = f"{OBSERVABLES[OUTCOMES[0]].label}, in %"
WIDEST = 28
"""Characters of the longest flip; what lies beyond is for wider screens."""
CERTAINTY = ("effect", "95% interval", "p (Holm)")


def effects_table(effects: pd.DataFrame) -> Table:
    """Lay out the main effects on the primary outcome.

    Parameters
    ----------
    effects
        What `analysis.ablation.factorial_effects` gives.

    Returns
    -------
    rich.table.Table
        A row for each switch.
    """
    table = _table(PRIMARY, *CERTAINTY, "share")
    rows = effects[(effects["kind"] == "main") & (effects["outcome"] == OUTCOMES[0])]
    _add_terms(table, rows, lambda term: arrow(*POSITIONS[term]))
    return table


def interactions_table(effects: pd.DataFrame) -> Table:
    """Lay out the two-way interactions for the primary outcome.

    Parameters
    ----------
    effects
        What `analysis.ablation.factorial_effects` gives.

    Returns
    -------
    rich.table.Table
        A row for each pair, the strongest first.
    """
    table = _table("pairs of switches", *CERTAINTY, "share")
    rows = effects[(effects["kind"] == "interaction") & (effects["outcome"] == OUTCOMES[0])]
    _add_terms(table, rows.sort_values("share", ascending=False, kind="stable"), word)
    return table


def _add_terms(table: Table, rows: pd.DataFrame, label: Callable[[str], str]) -> None:
    for row in rows.to_dict("records"):
        share = number(100 * row["share"], 0, unit="%")
        table.add_row(f"  {label(row['term'])}", *_numbers(row), share)


def walks_table(walked: pd.DataFrame) -> Table:
    """Lay out what flipping one switch does to the primary outcome of each regime.

    Parameters
    ----------
    walked
        What `analysis.ablation.walks` gives.

    Returns
    -------
    rich.table.Table
        A block for each regime, a row for each flip.
    """
    table = _table(PRIMARY, *CERTAINTY)
    for origin, rows in _blocks(table, walked[walked["outcome"] == OUTCOMES[0]]):
        lead = number(rows["relative_lead"].iloc[0], DIGITS, sign="+", unit="%")
        table.add_row(origin, lead, Text("over no policy", style="dim"))
        for row in rows.to_dict("records"):
            table.add_row(f"  {arrow(row['before'], row['after'])}", *_numbers(row))
    return table


def beside_table(effects: pd.DataFrame, walked: pd.DataFrame) -> Table:
    """Lay out the same effects and flips on the other outcomes, which are always shown beside the primary one.

    Parameters
    ----------
    effects, walked
        What `analysis.ablation.factorial_effects` and `walks` give.

    Returns
    -------
    rich.table.Table
        A column for each outcome, in percent of no policy; a star where it holds by Holm.
    """
    others = [name for name in OUTCOMES[1:] if name in set(effects["outcome"])]
    table = _table("the other outcomes, in %", *(OBSERVABLES[name].label for name in others))
    main = effects[effects["kind"] == "main"]
    labelled = main.assign(origin="all combinations", flip=[arrow(*POSITIONS[term]) for term in main["term"]])
    flips = [arrow(before, after) for before, after in zip(walked["before"], walked["after"], strict=True)]
    both = pd.concat([labelled, walked.assign(flip=flips)])
    for origin, rows in _blocks(table, both):
        table.add_row(origin)
        for flip, cells in rows.groupby("flip", sort=False):
            found = cells.set_index("outcome").to_dict("index")
            table.add_row(f"  {flip}", *(_starred(found[name]) for name in others))
    return table


def _numbers(row: Mapping[Any, Any]) -> tuple[Text, str, str]:
    low, high = (number(row[f"relative_{end}"], DIGITS, sign="+") for end in ("low", "high"))
    return (
        Text(number(row["relative"], DIGITS, sign="+"), style=_colour(row)),
        f"{low} to {high}" if low else "",
        probability(row["adjusted_probability"]),
    )


def _starred(row: Mapping[Any, Any]) -> Text:
    colour = _colour(row)
    return Text(number(row["relative"], DIGITS, sign="+") + ("*" if colour else " "), style=colour)


def _colour(row: Mapping[Any, Any]) -> str:
    """Give the colour of a gain or a loss; none where it may be chance."""
    if not row["adjusted_probability"] < LEVEL:
        return ""
    return "green" if row["relative"] > 0 else "red"


def _blocks(table: Table, rows: pd.DataFrame) -> Iterator[tuple[Text, pd.DataFrame]]:
    """Give the rows of each origin, with a line above all but the first."""
    for origin, own in rows.groupby("origin", sort=False):
        if table.row_count:
            table.add_section()
        yield Text(word(str(origin)), style="bold"), own


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(headings[0], min_width=WIDEST, no_wrap=True)
    for heading in headings[1:]:
        table.add_column(heading, justify="right", overflow="fold")
    return table
