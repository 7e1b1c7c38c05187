"""An attribution in words: what each channel contributes to each lead."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.statistics.shapley import (
    CHANNELS,
    CONTRIBUTION,
    DIVIDEND,
    INTERACTION,
    LEAD,
    REMAINDER,
    distinguishable,
)
from analysis.words.document import NOTHING, Cell, Number, Section, Table, percent, words, written
from analysis.words.names import first_upper, regime
from analysis.words.phrases import DIRECT_EFFECT, EXCLUDES_ZERO, LOWER, NO_CLEAR_EFFECT, UPPER
from model.record import OBSERVABLES, OUTCOMES

Row = Mapping[Any, Any]

NOTHING_WHOLE = "No seed was finished with every set of channels held still: nothing is attributed."
PARTS = ((LEAD, ""), *((CONTRIBUTION, channel) for channel in CHANNELS), (REMAINDER, ""))
HEADINGS = ("regime", "lead", *(channel.replace("_", " ") for channel in CHANNELS), DIRECT_EFFECT)


def sentences(
    contributions: pd.DataFrame, outcome: str = OUTCOMES[0], called: Callable[[str], str] = str
) -> list[str]:
    """Say in words what the numbers say, and no more.

    Parameters
    ----------
    contributions
        What `analysis.statistics.shapley.attribute` gives.
    outcome
        Which outcome.
    called
        Names a regime as in a sentence.

    Returns
    -------
    list of str
        One text for each regime.
    """
    rows = contributions[contributions["outcome"] == outcome]
    return [
        _words(called(str(regime)), called(str(block["baseline"].iloc[0])), block.to_dict("records"))
        for regime, block in rows.groupby("regime", sort=False)
    ]


def _words(regime: str, baseline: str, rows: Sequence[Row]) -> str:
    (lead,) = (row for row in rows if row["quantity"] == LEAD)
    if not math.isfinite(lead["relative"]):
        return f"{regime} cannot be compared in percent: {baseline} has nothing."
    ahead = f"{abs(lead['relative']):.1f}% {'above' if lead['relative'] >= 0 else 'below'} {baseline}"
    if lead["seeds"] < 2:
        return (
            f"{regime} is {ahead} on average over time on one seed, which says nothing about what is chance."
        )
    parts = [f"{regime} is {ahead} on average ({_range(lead)})"]
    if not is_sure(lead):
        parts = [f"{regime} cannot be told from {baseline} ({_range(lead)}%): no lead to share out"]
    channels = [row for row in rows if row["quantity"] == CONTRIBUTION]
    sure = sorted((row for row in channels if is_sure(row)), key=lambda row: -abs(row["relative"]))
    unsure = [part(row) for row in channels if not is_sure(row)]
    parts += [
        f"{part(row)} {'contribute' if row['channels'] == 'ties' else 'contributes'} "
        f"{row['relative']:+.1f} points ({_range(row)})"
        for row in sure
    ]
    if unsure:
        have = "have" if len(unsure) > 1 or unsure[0] == "ties" else "has"
        parts.append(f"{_and(unsure)} {have} {NO_CLEAR_EFFECT}")
    (rest,) = (row for row in rows if row["quantity"] == REMAINDER)
    left = f"the {DIRECT_EFFECT}, with all channels held still, is {rest['relative']:+.1f} points ({_range(rest)})"
    parts.append(left if is_sure(rest) else f"there is no clear {DIRECT_EFFECT}")
    parts += [_together(row) for row in rows if row["quantity"] == INTERACTION and is_sure(row)]
    return "; ".join(parts) + "."


def _together(row: Row) -> str:
    verb = "need each other" if row["value"] > 0 else "stand in for each other"
    return f"{_and(_channels(row))} {verb} (interaction {row['relative']:+.1f}, {_range(row)})"


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _range(row: Row) -> str:
    return f"{row['relative_low']:+.1f} to {row['relative_high']:+.1f}"


def is_sure(row: Row) -> bool:
    """Say whether the interval of a part excludes zero."""
    return distinguishable(row["low"], row["high"])


def part(row: Row) -> str:
    """Name a part of a lead."""
    if row["quantity"] == LEAD:
        return "lead"
    if row["quantity"] == REMAINDER:
        return DIRECT_EFFECT
    return _and(_channels(row))


def section(contributions: pd.DataFrame) -> Section | None:
    """Show what channels contribute to each lead, in sentences and tables; None if nothing could be attributed."""
    if contributions.empty:
        return None
    tables = []
    for name, block in _primary(contributions).groupby("regime", sort=False):
        rows = block[block["quantity"] != DIVIDEND].to_dict("records")
        tables.append(_lead_table(str(name), rows))
    return Section(
        "Through which channels",
        paragraphs=(
            *(words(first_upper(text)) for text in sentences(contributions, OUTCOMES[0], regime)),
            words(_how(str(contributions["baseline"].iloc[0]))),
        ),
        tables=(*tables, *_overview(contributions)),
        figures={"attribution": "Contributions of channels to each lead, with 95% intervals."},
    )


def _primary(contributions: pd.DataFrame) -> pd.DataFrame:
    return contributions[contributions["outcome"] == OUTCOMES[0]]


def _how(baseline: str) -> str:
    return (
        "Each regime was run again with absorptive capacity held at its start, networked recombination off and ties "
        "frozen, in every combination. Contributions are Shapley values, in percent of the mean of "
        f"{regime(baseline)}; with the direct effect, which is left when all are held still, they sum to the lead. "
        "Rows of two channels are interactions, contained in contributions: above zero, the two need each other; "
        "below, one can stand in for the other. Shares are left out where the lead may be chance. Every interval "
        "stands alone: of twenty numbers that are truly zero, about one seems not to be."
    )


def _lead_table(name: str, rows: Sequence[Row]) -> Table:
    caption = f"{first_upper(regime(name))}: parts of its lead in {OBSERVABLES[OUTCOMES[0]].label.lower()}, in points"
    cells: list[tuple[Cell, ...]] = []
    for row in rows:
        source = f"attribution/{name}/{row['quantity']}/{row['channels']}"
        points, *reach = (
            percent(float(row[column]), f"{source}/{column}")
            for column in ("relative", "relative_low", "relative_high")
        )
        cells.append((part(row), replace(points, sure=is_sure(row)), *reach, _share(row, source)))
    return Table(caption, ("part of the lead", "points", LOWER, UPPER, "of the lead"), tuple(cells))


def _share(row: Row, source: str) -> Number:
    value = float(row["share"]) / 100
    text = f"{written(100 * value, 0)}%" if math.isfinite(value) else NOTHING
    return Number(value, text, f"{source}/share")


def _overview(contributions: pd.DataFrame) -> Iterator[Table]:
    """Show the leads in every outcome and what channels contribute to them, a table for each outcome."""
    for outcome, rows in contributions.groupby("outcome", sort=False):
        cells: list[tuple[Cell, ...]] = []
        for name, block in rows.groupby("regime", sort=False):
            found = {(row["quantity"], row["channels"]): row for row in block.to_dict("records")}
            source = f"overview/{outcome}/{name}"
            numbers = (_starred(found[each], f"{source}/{'/'.join(each)}") for each in PARTS)
            cells.append((regime(str(name)), *numbers))
        caption = f"{OBSERVABLES[str(outcome)].label}, in percent; a star: the 95% interval {EXCLUDES_ZERO}."
        yield Table(caption, HEADINGS, tuple(cells))


def _starred(row: Row, source: str) -> Number:
    number = percent(float(row["relative"]), source)
    return replace(number, text=f"{number.text}*", sure=True) if is_sure(row) else number


def _channels(row: Row) -> list[str]:
    return str(row["channels"]).replace("_", " ").split("+")
