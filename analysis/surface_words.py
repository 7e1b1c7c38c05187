"""A surface in sentences: who leads in which part of it, where nobody does, and how large a lead gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analysis.axes import Axis
from analysis.surface import shares

LOW_THIRD, HIGH_THIRD = 1 / 3, 2 / 3

MOST_PARTS = 4
"""Parts that are named; the table has all."""


def describe(
    cells: pd.DataFrame,
    axes: Sequence[Axis],
    regimes: Sequence[str],
    baseline: str,
    called: Callable[[str], str] = str,
) -> list[str]:
    """Put into words what a surface shows.

    Parameters
    ----------
    cells
        What `analysis.surface.leaders` gives.
    axes
        Its axes.
    regimes
        All regimes that take part.
    baseline
        Regime whose mean leads are given in percent of, as it is to be called.
    called
        Names a regime as in a sentence.

    Returns
    -------
    list of str
        One sentence or two for each regime, one for where nobody leads.
    """
    share = shares(cells, regimes)
    sentences = []
    for regime in regimes:
        won = cells[cells["leader"] == regime]
        if won.empty:
            best = int((cells["best"] == regime).sum())
            unsure = f"; best on average, but not for sure, in {best}" if best else ""
            sentences.append(f"{_upper(called(regime))} leads nowhere{unsure}.")
            continue
        where = " and ".join(_part(won, cells, axis) for axis in axes)
        top = won.sort_values("lead_percent").iloc[-1]
        sentences.append(
            f"{_upper(called(regime))} leads in {len(won)} of {len(cells)} cells ({share[regime]:.0%}), at {where}. "
            f"Its largest lead is {_interval(top)} of the mean of {baseline}, over {called(top['rival'])}, "
            f"at {_place(top, axes)}."
        )
    nobody = cells["leader"].isna()
    if nobody.any():
        sentences.append(
            f"Nobody leads in {int(nobody.sum())} of {len(cells)} cells ({nobody.mean():.0%}): "
            f"there the best cannot be told from all others."
        )
    return sentences


def describe_parts(
    parts: pd.DataFrame, axes: Sequence[Axis], regimes: Sequence[str], called: Callable[[str], str] = str
) -> list[str]:
    """Put into words who leads in which parts of a surface, neighbouring cells taken together.

    Parameters
    ----------
    parts
        What `analysis.surface_parts.parts` gives.
    axes
        Its axes.
    regimes
        All regimes that take part.
    called
        Names a regime as in a sentence.

    Returns
    -------
    list of str
        A sentence for each regime that leads in a part, or one that says that none does.
    """
    sentences = []
    for regime in regimes:
        won = parts[parts["leader"] == regime].sort_values("lead_percent", ascending=False, kind="stable")
        if len(won):
            named = "; ".join(
                f"{_part_name(row, axes)} by {_interval(row)}" for _, row in won[:MOST_PARTS].iterrows()
            )
            more = f"; and {len(won) - MOST_PARTS} more" if len(won) > MOST_PARTS else ""
            sentences.append(
                f"Neighbouring cells taken together, {called(regime)} leads in {len(won)} of {len(parts)} parts: "
                f"{named}{more}."
            )
    if not sentences:
        sentences.append(
            f"Nobody leads in any of {len(parts)} parts, neighbouring cells taken together, either."
        )
    return sentences


def _upper(text: str) -> str:
    """Begin a sentence with a name in words; a key stays as it is written."""
    return text if text.isidentifier() else text[:1].upper() + text[1:]


def _part_name(row: pd.Series, axes: Sequence[Axis]) -> str:
    return ", ".join(f"{row[axis.name]} {axis.name.replace('_', ' ')}" for axis in axes)


def _part(won: pd.DataFrame, cells: pd.DataFrame, axis: Axis) -> str:
    """Say on which part of an axis cells lie, and to which side most of them do."""
    values = sorted(cells[axis.name].unique())
    inside = sorted(won[axis.name].unique())
    name = axis.name.replace("_", " ")
    if len(inside) == 1:
        return f"{name} {inside[0]:g}"
    mean = won[axis.name].map(values.index).mean() / (len(values) - 1)
    side = "mostly low " if mean < LOW_THIRD else "mostly high " if mean > HIGH_THIRD else ""
    if inside == values:
        return f"any {name}" if not side else f"{side}{name}"
    return f"{side}{name} ({inside[0]:g} to {inside[-1]:g})"


def _interval(row: pd.Series) -> str:
    return f"{row['lead_percent']:.1f}% ({row['lead_low_percent']:.1f} to {row['lead_high_percent']:.1f}%)"


def _place(row: pd.Series, axes: Sequence[Axis]) -> str:
    return ", ".join(f"{axis.name.replace('_', ' ')} {row[axis.name]:g}" for axis in axes)
