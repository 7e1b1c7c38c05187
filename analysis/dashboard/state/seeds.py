"""Which seeds a view shows, in which order, and how they are told."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.dashboard.state.view import LAST_SEED, TYPICAL, View
from analysis.runs.seeds import FIRST_SEED
from model.scenario import Scenario

SEEDS = 16
"""Seeds of bands: by default those of `run.py compare`."""


def seeds_of(view: View, base: Scenario, count: int = SEEDS) -> tuple[int, ...]:
    """List the seeds of a view in the order in which they are shown.

    Parameters
    ----------
    view
        What is looked at.
    base
        Its scenario without changes, which says what seed is typical of it.
    count
        How many.

    Returns
    -------
    tuple of int
        Those of `run.py compare`, the typical one first; or as many from the first seed of the view on.
    """
    if view.seed != TYPICAL:
        return tuple(range(view.seed, view.seed + count))
    first = base.story.typical_seed
    usual = (seed for seed in range(FIRST_SEED, FIRST_SEED + SEEDS) if seed != first)
    return (first, *usual)[:count]


def first_of(view: View) -> int:
    """Give the lowest seed of a view."""
    return FIRST_SEED if view.seed == TYPICAL else view.seed


def following(seeds: Sequence[int]) -> int:
    """Give the first seed behind some."""
    return (max(seeds) + 1) % LAST_SEED


def ranges(seeds: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Gather seeds into ranges with both ends, in rising order."""
    found: list[tuple[int, int]] = []
    for seed in sorted(seeds):
        if found and found[-1][1] == seed - 1:
            found[-1] = (found[-1][0], seed)
        else:
            found.append((seed, seed))
    return tuple(found)
