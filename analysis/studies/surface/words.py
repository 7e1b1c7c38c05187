"""A surface in words: who leads in which part of it, where nobody does, and how large a lead gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.statistics.leaders import shares
from analysis.words.document import (
    Cell,
    Section,
    Table,
    Words,
    count,
    counted,
    in_series,
    percent,
    share,
    words,
)
from analysis.words.names import first_upper, parameter, regime, subject
from analysis.words.phrases import LOWER, UPPER
from model.record import OBSERVABLES

PICTURES = {
    "leaders": "Who leads where; where nobody does, the best cannot be told from all others.",
    "curves": "What each regime adds along the condition.",
    "leaders_in_parts": "The same with neighbouring cells taken together.",
    "leaders_by_outcome": "Who leads by other yardsticks.",
    "differences": "What each regime adds, condition by condition.",
}
BONFERRONI = (
    "A policy is said to lead only where that holds for all combinations at once with 95% confidence: small leads go "
    "unseen with few regions."
)
LOW_THIRD, HIGH_THIRD = 1 / 3, 2 / 3

MOST_PARTS = 4
"""Parts that are named; the table has all."""


def cells_of(value: int, source: str) -> Words:
    """Count cells, in words."""
    return counted(value, source, "combination of conditions", "combinations of conditions")


def answer(cells: pd.DataFrame, regimes: list[str]) -> tuple[Words, ...]:
    """Answer in three sentences: who leads where for sure, where nobody does, who is best on average."""
    won, best = cells["leader"].value_counts(), cells["best"].value_counts()
    total, nobody = len(cells), int(cells["leader"].isna().sum())
    leading = [name for name in regimes if won.get(name, 0)]
    if leading:
        told = [
            (f"{subject(name)} leads in ", count(int(won[name]), f"cells/leader/{name}")) for name in leading
        ]
        first = in_series([(first_upper(str(told[0][0])), *told[0][1:]), *told[1:]])
        head = words(*first, " of ", *cells_of(total, "cells/count"), ", more than chance would explain.")
    else:
        head = words(
            "In none of ",
            *cells_of(total, "cells/count"),
            " can one policy be told from all others for sure.",
        )
    middle = (
        words(
            "That does not say that policies are equal there: a lead may be too small to be seen in so few regions."
        )
        if not leading
        else words(
            "In ",
            count(nobody, "cells/leader/nobody"),
            " of them nobody leads, which does not say that policies are equal there.",
        )
        if nobody
        else words("In all of them one policy leads.")
    )
    last = in_series(
        [(f"{subject(str(name))} in ", count(int(best[name]), f"cells/best/{name}")) for name in best.index]
    )
    return head, middle, words("Best on average, sure or not, is ", *last, ".")


def describe(
    cells: pd.DataFrame,
    axes: Sequence[str],
    regimes: Sequence[str],
    baseline: str,
) -> list[str]:
    """Put into words what a surface shows.

    Parameters
    ----------
    cells
        What `analysis.statistics.leaders.leaders` gives.
    axes
        Names of its axes.
    regimes
        All regimes that take part.
    baseline
        Regime whose mean leads are given in percent of.

    Returns
    -------
    list of str
        One sentence or two for each regime, one for where nobody leads.
    """
    share = shares(cells, regimes)
    sentences = []
    for name in regimes:
        won = cells[cells["leader"] == name]
        if won.empty:
            best = int((cells["best"] == name).sum())
            unsure = f"; best on average, but not for sure, in {best}" if best else ""
            sentences.append(f"{first_upper(regime(name))} leads nowhere{unsure}.")
            continue
        where = " and ".join(_part(won, cells, axis) for axis in axes)
        top = won.sort_values("lead_percent").iloc[-1]
        sentences.append(
            f"{first_upper(subject(name))} leads in {len(won)} of {len(cells)} cells ({share[name]:.0%}), at {where}. "
            f"Its largest lead is {_interval(top)} of the mean of {regime(baseline)}, over {subject(top['rival'])}, "
            f"at {_place(top, axes)}."
        )
    nobody = cells["leader"].isna()
    if nobody.any():
        sentences.append(
            f"Nobody leads in {int(nobody.sum())} of {len(cells)} cells ({nobody.mean():.0%}): "
            f"there the best cannot be told from all others."
        )
    return sentences


def describe_parts(parts: pd.DataFrame, axes: Sequence[str], regimes: Sequence[str]) -> list[str]:
    """Put into words who leads in which parts of a surface, neighbouring cells taken together.

    Parameters
    ----------
    parts
        What `analysis.studies.surface.parts.parts` gives.
    axes
        Names of its axes.
    regimes
        All regimes that take part.

    Returns
    -------
    list of str
        A sentence for each regime that leads in a part, or one that says that none does.
    """
    sentences = []
    for name in regimes:
        won = parts[parts["leader"] == name].sort_values("lead_percent", ascending=False, kind="stable")
        if len(won):
            named = "; ".join(
                f"{_part_name(row, axes)} by {_interval(row)}" for _, row in won[:MOST_PARTS].iterrows()
            )
            more = f"; and {len(won) - MOST_PARTS} more" if len(won) > MOST_PARTS else ""
            sentences.append(
                f"Neighbouring cells taken together, {subject(name)} leads in {len(won)} of {len(parts)} parts: "
                f"{named}{more}."
            )
    if not sentences:
        sentences.append(
            f"Nobody leads in any of {len(parts)} parts, neighbouring cells taken together, either."
        )
    return sentences


def _part_name(row: pd.Series, axes: Sequence[str]) -> str:
    return ", ".join(f"{row[axis]} {parameter(axis)}" for axis in axes)


def _part(won: pd.DataFrame, cells: pd.DataFrame, axis: str) -> str:
    """Say on which part of an axis cells lie, and to which side most of them do."""
    values = sorted(cells[axis].unique())
    inside = sorted(won[axis].unique())
    name = parameter(axis)
    if len(inside) == 1:
        return f"{name} {inside[0]:g}"
    mean = won[axis].map(values.index).mean() / (len(values) - 1)
    side = "mostly low " if mean < LOW_THIRD else "mostly high " if mean > HIGH_THIRD else ""
    if inside == values:
        return f"any {name}" if not side else f"{side}{name}"
    return f"{side}{name} ({inside[0]:g} to {inside[-1]:g})"


def _interval(row: pd.Series) -> str:
    return f"{row['lead_percent']:.1f}% ({row['lead_low_percent']:.1f} to {row['lead_high_percent']:.1f}%)"


def _place(row: pd.Series, axes: Sequence[str]) -> str:
    return ", ".join(f"{parameter(axis)} {row[axis]:g}" for axis in axes)


def cells_section(cells: pd.DataFrame, axes: Sequence[str]) -> Section:
    """Show every cell; a terminal leaves that out."""
    rows: list[tuple[Cell, ...]] = []
    for place, cell in enumerate(cells.to_dict("records")):
        where = ", ".join(f"{parameter(axis)} {cell[axis]:.4g}" for axis in axes)
        source = f"cells/{place}"
        rows.append(
            (
                where,
                "nobody" if cell["leader"] is None or pd.isna(cell["leader"]) else regime(str(cell["leader"])),
                regime(str(cell["best"])),
                *(percent(float(cell[column]), f"{source}/{column}")
                  for column in ("lead_percent", "lead_low_percent", "lead_high_percent")),
            )
        )  # fmt: skip
    caption = (
        "Lead of the best policy over the next best, in percent of the baseline's mean under that condition. The "
        "bounds hold for all combinations at once (95%, Bonferroni)."
    )
    headings = ("condition", "leads for sure", "best on average", "lead", LOWER, UPPER)
    return Section("Every combination", tables=(Table(caption, headings, tuple(rows)),), aside=True)


def parts_section(parts: pd.DataFrame, axes: Sequence[str]) -> Section:
    """Show who leads, or is best on average, in every part."""
    rows: list[tuple[Cell, ...]] = []
    for place, row in enumerate(parts.to_dict("records")):
        numbers = (
            percent(float(row[name]), f"parts/{place}/{name}")
            for name in ("lead_percent", "lead_low_percent", "lead_high_percent")
        )
        led = "yes" if isinstance(row["leader"], str) else "no"
        rows.append(
            (
                ", ".join(f"{row[axis]} {parameter(axis)}" for axis in axes),
                regime(str(row["best"])),
                led,
                *numbers,
            )
        )
    caption = (
        "Lead of the best policy over the next best on average over neighbouring conditions, in percent of the "
        "baseline's mean. The bounds hold for all parts at once (95%, Bonferroni)."
    )
    headings = ("part", "best on average", "leads", "lead", LOWER, UPPER)
    return Section("Neighbouring conditions taken together", tables=(Table(caption, headings, tuple(rows)),))


def shares_section(cells: Mapping[str, pd.DataFrame], regimes: Sequence[str]) -> Section:
    """Show the share of cells that each regime leads, by every yardstick."""
    rows: list[tuple[Cell, ...]] = []
    for outcome, table in cells.items():
        led = shares(table, regimes)
        source = f"cells/{outcome}/led_share"
        rows.append(
            (
                OBSERVABLES[outcome].label,
                *(share(float(led[name]), f"{source}/{name}") for name in regimes),
                share(1 - float(led.sum()), f"{source}/nobody"),
            )
        )
    caption = "Share of combinations of conditions that each policy leads, more than chance would explain."
    headings = ("yardstick", *map(regime, regimes), "nobody")
    return Section("By other yardsticks", tables=(Table(caption, headings, tuple(rows)),))
