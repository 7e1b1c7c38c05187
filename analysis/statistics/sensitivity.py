"""Which conditions results depend on, from designs made of blocks: Sobol indices and effects of Morris (SALib)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Problem = Mapping[str, Any]

RESAMPLES = 500
SEED = 1
"""Seed of bootstraps: the same runs must give the same table."""


@dataclass(frozen=True)
class Blocks:
    """Points of a design that belong together, and what is left of them.

    Attributes
    ----------
    response
        Values of whole blocks, shape (blocks, points of a block, seeds).
    rows
        Numbers of these points, shape (blocks, points of a block).
    dropped
        Blocks in which a point is missing.
    """

    response: Floats
    rows: npt.NDArray[np.int64]
    dropped: int

    @property
    def means(self) -> Floats:
        """Means over seeds, in the order of the design, shape (points,)."""
        means: Floats = self.response.mean(axis=2).ravel()
        return means


def whole_blocks(response: Floats, size: int) -> Blocks:
    """Drop every block of a design in which a point is missing: one hole would spoil all indices.

    Parameters
    ----------
    response
        Values for each point of the design, in its order, shape (points, seeds); NaN where a point is missing.
    size
        Points in a block: a trajectory of Morris, or the rows that share a base sample of Sobol.

    Returns
    -------
    Blocks
        Whole blocks.
    """
    blocks = response.reshape(-1, size, response.shape[1])
    whole = np.isfinite(blocks).all(axis=(1, 2))
    return Blocks(blocks[whole], np.arange(len(response)).reshape(-1, size)[whole], int((~whole).sum()))


def block_size(kind: str, factors: int, *, second_order: bool = False) -> int:
    """Give how many points of a Sobol or Morris design belong together."""
    if kind == "morris":
        return factors + 1
    return 2 * factors + 2 if second_order else factors + 2


def sobol_indices(
    problem: Problem, response: Floats, *, second_order: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Share the variance of a response out over factors and their interactions (Sobol 2001; Saltelli et al. 2010).

    Parameters
    ----------
    problem
        Factors as SALib has them.
    response
        Values at the points of whole blocks of a Saltelli design, see `Blocks.means`.
    second_order
        Whether the design tells interactions of pairs apart.

    Returns
    -------
    factors : pandas.DataFrame
        ``factor``; ``first_order``: the share of the variance that vanishes when the factor is known;
        ``total``: the share that is left when all others are known, interactions included; and the
        half-widths of their 95% intervals (bootstrap over base samples).
    pairs : pandas.DataFrame
        ``factor``, ``other``, ``second_order`` and its half-width; empty without second order.
    """
    from SALib.analyze import sobol  # noqa: PLC0415 - imports much

    names = list(problem["names"])
    if np.ptp(response) == 0:
        # Nothing varies: there is no variance to share out, and SALib would divide by it.
        zero = np.zeros(len(names))
        found = {"S1": zero, "S1_conf": zero, "ST": zero, "ST_conf": zero}
        second_order = False
    else:
        found = sobol.analyze(
            problem, response, calc_second_order=second_order, num_resamples=RESAMPLES, seed=SEED
        )
    factors = pd.DataFrame(
        {
            "factor": names,
            "first_order": found["S1"], "first_order_half_width": found["S1_conf"],
            "total": found["ST"], "total_half_width": found["ST_conf"],
        }
    )  # fmt: skip
    pairs = [
        {"factor": names[one], "other": names[other], "second_order": found["S2"][one, other],
         "second_order_half_width": found["S2_conf"][one, other]}
        for one in range(len(names)) for other in range(one + 1, len(names)) if second_order
    ]  # fmt: skip
    return factors, pd.DataFrame(
        pairs, columns=["factor", "other", "second_order", "second_order_half_width"]
    )


def morris_effects(problem: Problem, points: Floats, response: Floats, levels: int) -> pd.DataFrame:
    """Screen factors by their elementary effects (Morris 1991; Campolongo et al. 2007).

    Parameters
    ----------
    problem
        Factors as SALib has them.
    points
        Whole trajectories, each factor from 0 to 1, shape (points, factors).
    response
        Values at them, shape (points,).
    levels
        Levels of the design.

    Returns
    -------
    pandas.DataFrame
        ``factor``; ``mu_star``: mean absolute effect of moving through the whole range, with the half-width
        of its 95% interval (bootstrap over trajectories); ``mu``: the same with signs; ``sigma``: standard
        deviation of effects, from interactions, curvature and luck.
    """
    from SALib.analyze import morris  # noqa: PLC0415 - imports much

    found = morris.analyze(
        dict(problem), points, response, num_levels=levels, num_resamples=RESAMPLES, seed=SEED
    )
    return pd.DataFrame(
        {
            "factor": list(problem["names"]),
            "mu_star": np.asarray(found["mu_star"], float),
            "mu_star_half_width": np.asarray(found["mu_star_conf"], float),
            "mu": np.asarray(found["mu"], float),
            "sigma": np.asarray(found["sigma"], float),
        }
    )


def luck_in_totals(blocks: Blocks, factors: int) -> Floats:
    r"""Give how much of each total index is luck of the seeds.

    A total index is :math:`\frac{1}{2} \operatorname{E} (f(A) - f(A_B))^2 / V`, and luck in the difference adds its
    variance to the square. On common seeds that variance can be read off: from seed to seed the difference varies
    by :math:`s^2`, so a mean over :math:`S` of them by :math:`s^2 / S`.

    Parameters
    ----------
    blocks
        Whole blocks of a Saltelli design.
    factors
        Number of factors.

    Returns
    -------
    ndarray
        Shape (factors,); NaN with one seed.
    """
    values, seeds = blocks.response, blocks.response.shape[2]
    if seeds < 2:
        return np.full(factors, np.nan)
    means = values.mean(axis=2)
    variance = np.concatenate([means[:, 0], means[:, -1]]).var()
    differences = values[:, :1] - values[:, 1 : factors + 1]
    luck: Floats = 0.5 * differences.var(axis=2, ddof=1).mean(axis=0) / seeds
    return luck / variance if variance > 0 else np.zeros(factors)


def luck_in_effects(blocks: Blocks, points: Floats) -> Floats:
    r"""Give the mean absolute elementary effect that each factor would have by luck of the seeds alone.

    On common seeds, an effect varies from seed to seed by a variance :math:`s^2`, which is read off; the mean over
    :math:`S` seeds of an effect that is none is then :math:`\sqrt{2/\pi} \, s / \sqrt{S}` in absolute terms.

    Parameters
    ----------
    blocks
        Whole trajectories.
    points
        Places of their points, each factor from 0 to 1, shape (points, factors).

    Returns
    -------
    ndarray
        Shape (factors,); NaN with one seed.
    """
    trajectories, size, seeds = blocks.response.shape
    if seeds < 2:
        return np.full(size - 1, np.nan)
    steps = np.diff(points.reshape(trajectories, size, -1), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    effects = np.diff(blocks.response, axis=1) / np.take_along_axis(steps, moved[:, :, None], axis=2)
    variances = effects.var(axis=2, ddof=1) / seeds
    of_factor = [variances[moved == factor].mean() for factor in range(size - 1)]
    return np.sqrt(2 / np.pi * np.array(of_factor))


def samples_for_half_width(samples: int, half_width: float, wanted: float) -> int:
    """Say how many base samples bring a half-width down to what is wanted: the next power of 2."""
    needed = samples * (half_width / wanted) ** 2
    return 1 << math.ceil(math.log2(max(needed, 2)))
