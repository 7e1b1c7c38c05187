"""The finding of an ablation in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.ablation import LEVEL
from analysis.treatments import SWITCHES
from model.record import OBSERVABLES, OUTCOMES

POSITIONS = {switch.name: switch.labels for switch in SWITCHES}


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
    sure = pairs[pairs["adjusted_probability"] < LEVEL]
    if len(sure):
        row = sure.sort_values("share", ascending=False, kind="stable").iloc[0]
        kind = "strengthen" if row["effect"] > 0 else "weaken"
        one, other = (f"{word(name)} ({word(POSITIONS[name][1])})" for name in str(row["term"]).split(" x "))
        yield f"The strongest pair: {one} and {other} {kind} each other by {row['relative']:+.2f}%."
    else:
        yield "No pair of switches strengthens or weakens each other beyond chance."
    for origin, rows in walked[walked["outcome"] == OUTCOMES[0]].groupby("origin", sort=False):
        yield _regime_in_words(str(origin), rows)


def _switches_in_words(rows: pd.DataFrame, label: str) -> str:
    sure = rows[rows["adjusted_probability"] < LEVEL]
    sure = sure.reindex(sure["relative"].abs().sort_values(ascending=False, kind="stable").index)
    told = [
        f"{word(row['term'])} ({word(POSITIONS[row['term']][0])} to {word(POSITIONS[row['term']][1])}) "
        f"{row['relative']:+.2f}% (95% interval {row['relative_low']:+.2f} to {row['relative_high']:+.2f})"
        for row in sure.to_dict("records")
    ]
    unsure = [word(name) for name in rows[rows["adjusted_probability"] >= LEVEL]["term"]]
    if not told:
        return f"No switch on its own changes {label} beyond chance."
    rest = f"; beyond chance nothing can be said of {', '.join(unsure)}" if unsure else ""
    return f"What changes {label} most, on average over all other positions: {'; '.join(told)}{rest}."


def _regime_in_words(origin: str, rows: pd.DataFrame) -> str:
    lead = f"{word(origin).capitalize()} ({rows['relative_lead'].iloc[0]:+.2f}% over no policy)"
    sure = rows[rows["adjusted_probability"] < LEVEL]
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
    return f"{word(row['switch'])} {word(row['after'])} instead of {word(row['before'])} ({row['relative']:+.2f}%)"


def arrow(before: str, after: str) -> str:
    """Write a flip of a switch."""
    return f"{word(before)} → {word(after)}"


def word(name: str) -> str:
    """Write the name of a switch, a position or a regime."""
    return name.replace("_", " ")
