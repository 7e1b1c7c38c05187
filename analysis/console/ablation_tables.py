"""An ablation for people to read: tables of effects and walks, and the finding in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from rich import box
from rich.table import Table
from rich.text import Text

from analysis.ablation import LEVEL
from analysis.console.tables import number
from analysis.treatments import SWITCHES
from model.record import OBSERVABLES, OUTCOMES

DIGITS = 2
PRIMARY = f"{OBSERVABLES[OUTCOMES[0]].label}, in %"
WIDEST = 28
"""Characters of the longest flip; what lies beyond is for wider screens."""
CERTAINTY = ("effect", "95% interval", "p (Holm)")
POSITIONS = {switch.name: switch.labels for switch in SWITCHES}


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
    for row in effects[(effects["kind"] == "main") & (effects["outcome"] == OUTCOMES[0])].to_dict("records"):
        table.add_row(f"  {arrow(*POSITIONS[row['term']])}", *_numbers(row), _percent(row["share"]))
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
    for row in rows.sort_values("share", ascending=False, kind="stable").to_dict("records"):
        table.add_row(f"  {_word(row['term'])}", *_numbers(row), _percent(row["share"]))
    return table


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
    for origin, rows in walked[walked["outcome"] == OUTCOMES[0]].groupby("origin", sort=False):
        if table.row_count:
            table.add_section()
        lead = number(rows["relative_lead"].iloc[0], DIGITS, sign="+", unit="%")
        table.add_row(Text(_word(str(origin)), style="bold"), lead, Text("over no policy", style="dim"))
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
    for origin, rows in both.groupby("origin", sort=False):
        if table.row_count:
            table.add_section()
        table.add_row(Text(_word(str(origin)), style="bold"))
        for flip, cells in rows.groupby("flip", sort=False):
            found = cells.set_index("outcome").to_dict("index")
            table.add_row(f"  {flip}", *(_starred(found[name]) for name in others))
    return table


def sentences(effects: pd.DataFrame, walked: pd.DataFrame) -> Iterator[str]:
    """Say in words which switches do the work.

    Parameters
    ----------
    effects, walked
        What `analysis.ablation.factorial_effects` and `walks` give.

    Yields
    ------
    str
        A sentence on the switches, one on pairs of them, and one on each regime.
    """
    primary = effects[effects["outcome"] == OUTCOMES[0]]
    if not len(primary) or primary["effect"].isna().all():
        yield "No seed was finished under every treatment: nothing can be said about the switches."
        return
    if primary["p"].isna().all():
        yield "One seed: no intervals, and chance decides. Try --seeds 16."
        return
    label = OBSERVABLES[OUTCOMES[0]].label.lower()
    yield _switches_in_words(primary[primary["kind"] == "main"], label)
    pairs = primary[primary["kind"] == "interaction"]
    sure = pairs[pairs["p_holm"] < LEVEL]
    if len(sure):
        row = sure.sort_values("share", ascending=False, kind="stable").iloc[0]
        kind = "strengthen" if row["effect"] > 0 else "weaken"
        one, other = (
            f"{_word(name)} ({_word(POSITIONS[name][1])})" for name in str(row["term"]).split(" x ")
        )
        yield f"The strongest pair: {one} and {other} {kind} each other by {row['relative']:+.2f}%."
    else:
        yield "No pair of switches strengthens or weakens each other beyond chance."
    for origin, rows in walked[walked["outcome"] == OUTCOMES[0]].groupby("origin", sort=False):
        yield _regime_in_words(str(origin), rows)


def _switches_in_words(rows: pd.DataFrame, label: str) -> str:
    sure = rows[rows["p_holm"] < LEVEL]
    sure = sure.reindex(sure["relative"].abs().sort_values(ascending=False, kind="stable").index)
    told = [
        f"{_word(row['term'])} ({_word(POSITIONS[row['term']][0])} to {_word(POSITIONS[row['term']][1])}) "
        f"{row['relative']:+.2f}% (95% interval {row['relative_low']:+.2f} to {row['relative_high']:+.2f})"
        for row in sure.to_dict("records")
    ]
    unsure = [_word(name) for name in rows[rows["p_holm"] >= LEVEL]["term"]]
    if not told:
        return f"No switch on its own changes {label} beyond chance."
    rest = f"; beyond chance nothing can be said of {', '.join(unsure)}" if unsure else ""
    return f"What changes {label} most, on average over all other positions: {'; '.join(told)}{rest}."


def _regime_in_words(origin: str, rows: pd.DataFrame) -> str:
    lead = f"{_word(origin).capitalize()} ({rows['relative_lead'].iloc[0]:+.2f}% over no policy)"
    sure = rows[rows["p_holm"] < LEVEL]
    lost = sure[sure["difference"] < 0].sort_values("relative")
    won = sure[sure["difference"] > 0].sort_values("relative", ascending=False)
    parts = []
    if len(lost):
        parts.append(f"loses most with {_flip_in_words(lost.iloc[0])}")
    if len(won):
        parts.append(f"gains most with {_flip_in_words(won.iloc[0])}")
    if not parts:
        return f"{lead} neither gains nor loses beyond chance when one switch is flipped."
    return f"{lead} {' and '.join(parts)}."


def _flip_in_words(row: Mapping[Any, Any] | pd.Series) -> str:
    return f"{_word(row['switch'])} {_word(row['after'])} instead of {_word(row['before'])} ({row['relative']:+.2f}%)"


def _numbers(row: Mapping[Any, Any]) -> tuple[Text, str, str]:
    sure = row["p_holm"] < LEVEL
    colour = ("green" if row["relative"] > 0 else "red") if sure else ""
    low, high = (number(row[f"relative_{end}"], DIGITS, sign="+") for end in ("low", "high"))
    p = row["p_holm"]
    return (
        Text(number(row["relative"], DIGITS, sign="+"), style=colour),
        f"{low} to {high}" if low else "",
        "<.001" if p < 0.001 else number(p, 3),
    )


def _percent(share: float) -> str:
    return number(100 * share, 0, unit="%")


def arrow(before: str, after: str) -> str:
    """Write a flip of a switch."""
    return f"{_word(before)} → {_word(after)}"


def _word(name: str) -> str:
    return name.replace("_", " ")


def _starred(row: Mapping[Any, Any]) -> Text:
    sure = row["p_holm"] < LEVEL
    colour = ("green" if row["relative"] > 0 else "red") if sure else ""
    return Text(number(row["relative"], DIGITS, sign="+") + ("*" if sure else " "), style=colour)


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(headings[0], min_width=WIDEST, no_wrap=True)
    for heading in headings[1:]:
        table.add_column(heading, justify="right", overflow="fold")
    return table
