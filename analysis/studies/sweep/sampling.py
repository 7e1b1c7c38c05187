"""Where in the space of its factors a sweep runs: designs of experiments, the same whenever they are made."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError
from analysis.studies.sweep.factors import Factor, Value

Floats = npt.NDArray[np.float64]

KINDS = ("grid", "latin_hypercube", "sobol", "morris", "one_at_a_time", "points")
SAMPLED = ("latin_hypercube", "sobol", "morris")
"""Designs that are drawn, and so need to know how many samples."""

MOST_POINTS = 1_000_000
POINT = "point"


@dataclass(frozen=True)
class Sampling:
    """How the points of a sweep are chosen.

    Attributes
    ----------
    kind
        ``grid``: every combination of the factors' values. ``latin_hypercube``: random, each factor evenly
        covered (McKay et al. 1979). ``sobol``: Saltelli's scheme for Sobol indices (Saltelli 2002).
        ``morris``: trajectories for screening (Morris 1991). ``one_at_a_time``: from the scenario as it is,
        one factor after the other. ``points``: given by the user.
    samples
        Points of a Latin hypercube, base samples of ``sobol`` (a power of 2), trajectories of ``morris``.
    seed
        Seed of the design, which has nothing to do with those of the runs.
    levels
        Levels of ``morris``, an even number.
    second_order
        Whether ``sobol`` is to tell interactions of pairs apart, at nearly twice the points.
    """

    kind: str = "grid"
    samples: int = 64
    seed: int = 1
    levels: int = 4
    second_order: bool = False

    def as_record(self) -> dict[str, Any]:
        """Give all of it as plain data."""
        return asdict(self)


def problem(factors: Sequence[Factor]) -> dict[str, Any]:
    """Describe factors to SALib: each runs from 0 to 1, and `Factor.at` makes values of that."""
    return {
        "num_vars": len(factors),
        "names": [factor.name for factor in factors],
        "bounds": [[0.0, 1.0]] * len(factors),
    }


def unit_points(sampling: Sampling, factors: Sequence[Factor]) -> Floats:
    """Draw the points of a design, each factor from 0 to 1.

    Parameters
    ----------
    sampling
        A design that is drawn: see `SAMPLED`.
    factors
        Factors, one or more.

    Returns
    -------
    ndarray
        Shape (points, factors).
    """
    # SALib imports much; who only reads a store does not wait for it.
    from SALib.sample import latin, morris, sobol  # noqa: PLC0415

    described = problem(factors)
    if sampling.kind == "latin_hypercube":
        drawn = latin.sample(described, sampling.samples, seed=sampling.seed)
    elif sampling.kind == "sobol":
        drawn = sobol.sample(
            described, sampling.samples, calc_second_order=sampling.second_order, seed=sampling.seed
        )
    elif sampling.kind == "morris":
        drawn = morris.sample(described, sampling.samples, num_levels=sampling.levels, seed=sampling.seed)
    else:
        raise ValueError(f"the points of a {sampling.kind} are not drawn")
    return np.asarray(drawn, dtype=float)


def make_points(sampling: Sampling, factors: Sequence[Factor]) -> pd.DataFrame:
    """Make the points of a sweep, except those that the user gives.

    Parameters
    ----------
    sampling
        How they are chosen.
    factors
        What is varied; with none there is one point.

    Returns
    -------
    pandas.DataFrame
        ``point`` (from 0) and a column for each factor. In a design of one at a time, a value is missing
        where the scenario keeps its own.

    Raises
    ------
    RequestError
        If there is no such design, or it would have no points or too many.
    """
    _check(sampling, factors)
    names = [factor.name for factor in factors]
    rows: list[tuple[Value | None, ...]]
    if sampling.kind == "one_at_a_time":
        rows = [(None,) * len(factors)]
        for place, factor in enumerate(factors):
            rows += [
                tuple(value if each == place else None for each in range(len(factors)))
                for value in factor.grid()
            ]
    elif sampling.kind == "grid":
        rows = list(itertools.product(*(factor.grid() for factor in factors)))
    else:
        drawn = unit_points(sampling, factors)
        rows = [tuple(factor.at(place) for factor, place in zip(factors, row, strict=True)) for row in drawn]
    points = pd.DataFrame({name: [row[at] for row in rows] for at, name in enumerate(names)})
    points.insert(0, POINT, np.arange(len(rows)))
    return points


def size(sampling: Sampling, factors: Sequence[Factor]) -> int:
    """Say how many points a design has, without making them."""
    count = len(factors)
    if sampling.kind == "grid":
        return math.prod(len(factor.grid()) for factor in factors)
    if sampling.kind == "one_at_a_time":
        return 1 + sum(len(factor.grid()) for factor in factors)
    if sampling.kind == "sobol":
        return sampling.samples * (2 * count + 2 if sampling.second_order else count + 2)
    return sampling.samples * (count + 1) if sampling.kind == "morris" else sampling.samples


def _check(sampling: Sampling, factors: Sequence[Factor]) -> None:
    kind, samples = sampling.kind, sampling.samples
    if kind in SAMPLED and not factors:
        raise RequestError(f"design {kind}: needs a factor to vary; name one, such as budget.")
    if kind in SAMPLED and samples < 2:
        raise RequestError(f"samples = {samples}: must be 2 or more.")
    if kind == "sobol" and samples & (samples - 1):
        below = 2 ** (samples.bit_length() - 1)
        raise RequestError(
            f"samples = {samples}: a Sobol design needs a power of 2, such as {below} or {2 * below}."
        )
    if kind in {"sobol", "morris"} and len(factors) < 2:
        raise RequestError(f"design {kind}: ranks factors, and there is {len(factors)}; name two or more.")
    if kind == "morris" and (sampling.levels < 4 or sampling.levels % 2):
        raise RequestError(f"levels = {sampling.levels}: must be an even number, 4 or more.")
    points = size(sampling, factors)
    if points > MOST_POINTS:
        raise RequestError(
            f"The design would have {points:,} points; at most {MOST_POINTS:,} can be run. "
            f"Take fewer values for each factor, or a Latin hypercube."
        )
