"""Under which conditions something is the case: boxes by PRIM, and scores of conditions (EMA workbench)."""

from __future__ import annotations

import inspect
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError

Cases = npt.NDArray[np.bool_]
Limit = tuple[float, float] | frozenset[Any]

INSTALL = 'pip install -e ".[discover]" in the folder of this project'
SMALLEST_MASS = 0.05
FOLDS = 5
PEELINGS = 1 + FOLDS
"""Times that PRIM is run for a box."""

SEED = 1
ABOVE_ZERO = 1e-9
FEWEST = 5
"""Cases, and points that are none, below which no box is looked for."""

NOT_NEEDED = 0.05
"""Quasi-p value from which a limit is dropped: the box is as dense without it, but for chance."""


@dataclass(frozen=True)
class Box:
    """Conditions under which cases are dense.

    Attributes
    ----------
    limits
        Factor to its lowest and highest value, or the values that belong to the box; restricted factors only.
    cases, points
        Cases in the box, and points in it.
    all_cases, all_points
        The same in the whole sample.
    """

    limits: Mapping[str, Limit]
    cases: int
    points: int
    all_cases: int
    all_points: int

    @property
    def coverage(self) -> float:
        """Share of all cases that lie in the box."""
        return self.cases / self.all_cases if self.all_cases else float("nan")

    @property
    def density(self) -> float:
        """Share of the points in the box that are cases."""
        return self.cases / self.points if self.points else float("nan")


@dataclass(frozen=True)
class Discovery:
    """What PRIM found.

    Attributes
    ----------
    box
        The box that was chosen, without limits that chance explains.
    trajectory
        One row for each box that was peeled or pasted: ``coverage``, ``density``, ``mass``, ``restricted``
        (number of factors with limits) and ``chosen``.
    held_out
        Points and cases in boxes that were found without them, added up over the folds.
    """

    box: Box
    trajectory: pd.DataFrame
    held_out: Box


def find_box(
    conditions: pd.DataFrame,
    cases: Cases,
    density: float | None = None,
    advance: Callable[[], None] = lambda: None,
) -> Discovery:
    """Find a box of conditions in which cases are dense (PRIM, Friedman & Fisher 1999; Bryant & Lempert 2010).

    Parameters
    ----------
    conditions
        A column for each factor, one row a point.
    cases
        Which points are cases, shape (points,).
    density
        Take the box with the largest coverage that is so dense; by default, the one with the largest harmonic
        mean of coverage and density.
    advance
        Called after each of the `PEELINGS`.

    Returns
    -------
    Discovery
        The box; how it was come by; how dense boxes are that are found in four fifths of the points, in the
        fifth that is held out.

    Raises
    ------
    RequestError
        If the EMA workbench is not installed.
    ValueError
        If there are fewer than `FEWEST` cases, or points that are none.
    """
    if min(cases.sum(), (~cases).sum()) < FEWEST:
        raise ValueError(f"{cases.sum()} cases among {len(cases)} points: too few to look for a box")
    table = _plain(conditions)
    peeled = [_measured(limits, table, cases) for limits in _peel(table, cases)]
    advance()
    chosen = choose(peeled, density)
    trajectory = pd.DataFrame(
        {
            "coverage": [box.coverage for box in peeled],
            "density": [box.density for box in peeled],
            "mass": [box.points / len(cases) for box in peeled],
            "restricted": [len(box.limits) for box in peeled],
            "chosen": [place == chosen for place in range(len(peeled))],
        }
    )
    return Discovery(
        without_needless_limits(peeled[chosen], table, cases),
        trajectory,
        _held_out(table, cases, density, advance),
    )


def choose(boxes: list[Box], density: float | None) -> int:
    """Choose a box on a trajectory.

    Parameters
    ----------
    boxes
        Boxes in the order in which they were found.
    density
        Density that is wanted; where none has it, or None is wanted, the harmonic mean decides.

    Returns
    -------
    int
        Place of the box.
    """
    dense = [place for place, box in enumerate(boxes) if density is not None and box.density >= density]
    if dense:
        return max(dense, key=lambda place: (boxes[place].coverage, boxes[place].density))
    return max(range(len(boxes)), key=lambda place: _harmonic(boxes[place]))


def quasi_p_values(box: Box, conditions: pd.DataFrame, cases: Cases) -> dict[str, tuple[float, float]]:
    """Give the probability that a box would be as dense by chance if a limit were not there.

    One-sided binomial tests (Bryant & Lempert 2010); *quasi* because the limit was chosen on the same points.

    Parameters
    ----------
    box
        A box.
    conditions, cases
        Points that it was found in.

    Returns
    -------
    dict
        For each restricted factor, the value for its lower and for its upper limit; NaN where there is none.
        For listed values, the first is that of leaving out the others.
    """
    from scipy.stats import binomtest  # noqa: PLC0415 - takes a second

    table = _plain(conditions)
    found = {}
    for name, limit in box.limits.items():
        values: list[float] = []
        for wider in _without_each_side(limit, table[name]):
            if wider is None:
                values.append(float("nan"))
                continue
            looser = _measured({**box.limits, name: wider}, table, cases)
            test = binomtest(box.cases, box.points, looser.density, alternative="greater")
            values.append(float(test.pvalue))
        found[name] = (values[0], values[1])
    return found


def without_needless_limits(box: Box, conditions: pd.DataFrame, cases: Cases) -> Box:
    """Drop limits one by one, the least needed first, until chance explains none."""
    table = _plain(conditions)
    while box.limits:
        values = quasi_p_values(box, table, cases)
        ranked = [
            (value, name, side)
            for name, pair in values.items()
            for side, value in enumerate(pair)
            if value > NOT_NEEDED
        ]
        if not ranked:
            return box
        _, name, side = max(ranked)
        wider = _without_each_side(box.limits[name], table[name])[side]
        limits = {**box.limits, name: wider} if wider is not None else dict(box.limits)
        box = _measured(_restricting(limits, table), table, cases)
    return box


def scores(conditions: pd.DataFrame, classes: npt.NDArray[Any]) -> tuple[pd.DataFrame, float]:
    """Score how far each condition tells classes apart (extra trees, Jaxa-Rozen & Kwakkel 2018).

    Parameters
    ----------
    conditions
        A column for each factor, one row a point.
    classes
        Class of each point, shape (points,).

    Returns
    -------
    table : pandas.DataFrame
        ``factor`` and ``score``; scores add up to 1.
    accuracy : float
        Share of points whose class the trees that have not seen them tell.

    Raises
    ------
    RequestError
        If the EMA workbench is not installed.
    """
    with workbench():
        from ema_workbench.analysis import feature_scoring  # noqa: PLC0415 - takes 4 seconds
        from ema_workbench.analysis.scenario_discovery_util import RuleInductionType  # noqa: PLC0415

        found, forest = feature_scoring.get_ex_feature_scores(
            _plain(conditions),
            classes,
            mode=RuleInductionType.CLASSIFICATION,
            nr_trees=250,
            random_state=SEED,
        )
    table = pd.DataFrame({"factor": list(found.index), "score": found.iloc[:, 0].to_numpy(float)})
    return table, float(forest.oob_score_)


def inside(limits: Mapping[str, Limit], conditions: pd.DataFrame) -> Cases:
    """Say which points lie in a box."""
    within = np.ones(len(conditions), dtype=bool)
    for name, limit in limits.items():
        column = conditions[name]
        if isinstance(limit, frozenset):
            within &= column.isin(limit).to_numpy()
        else:
            within &= column.between(*limit).to_numpy()
    return within


def _peel(table: pd.DataFrame, cases: Cases) -> Iterator[dict[str, Limit]]:
    """Run PRIM and give the limits of every box on its way, the whole sample first."""
    listed = {name: tuple(pd.unique(table[name])) for name in table if table[name].dtype != float}
    # Sets of texts are in another order in each process, and with them the boxes that PRIM holds equally good.
    coded = table.assign(**{
        str(name): pd.Series([values.index(each) for each in table[name]], dtype=object)
        for name, values in listed.items()
    })  # fmt: skip
    with workbench():
        from ema_workbench.analysis import prim  # noqa: PLC0415 - takes 4 seconds

        # Version 2 asks for a threshold, and counts as a case what reaches it.
        more = {"threshold": ABOVE_ZERO} if "threshold" in inspect.signature(prim.Prim).parameters else {}
        box = prim.Prim(coded, cases, mass_min=SMALLEST_MASS, **more).find_box()
        found = [{name: _limit(each[name], listed.get(name)) for name in each} for each in box.box_lims]
    for limits in found:
        yield _restricting(limits, table)


def _limit(column: pd.Series, values: tuple[Any, ...] | None) -> Limit:
    first, last = column.iloc[0], column.iloc[1]
    if values is not None:
        return frozenset(values[int(code)] for code in first)
    return float(first), float(last)


def _restricting(limits: Mapping[str, Limit], table: pd.DataFrame) -> dict[str, Limit]:
    """Leave out limits that let every point in, and give whole numbers limits that are whole."""
    kept: dict[str, Limit] = {}
    for name, limit in limits.items():
        if inside({name: limit}, table).all():
            continue
        whole = not isinstance(limit, frozenset) and bool((table[name] % 1 == 0).all())
        kept[name] = (float(np.ceil(limit[0])), float(np.floor(limit[1]))) if whole else limit  # type: ignore[index]
    return kept


def _without_each_side(limit: Limit, column: pd.Series) -> tuple[Limit | None, Limit | None]:
    """Give a limit without its lower and without its upper side; None for a side that it does not have."""
    if isinstance(limit, frozenset):
        return frozenset(column.unique()), None
    low, high = float(column.min()), float(column.max())
    return (
        (low, limit[1]) if limit[0] > low else None,
        (limit[0], high) if limit[1] < high else None,
    )


def _measured(limits: Mapping[str, Limit], table: pd.DataFrame, cases: Cases) -> Box:
    within = inside(limits, table)
    return Box(dict(limits), int(cases[within].sum()), int(within.sum()), int(cases.sum()), len(cases))


def _harmonic(box: Box) -> float:
    together = box.coverage + box.density
    return 2 * box.coverage * box.density / together if together > 0 else 0.0


def _held_out(table: pd.DataFrame, cases: Cases, density: float | None, advance: Callable[[], None]) -> Box:
    """Find boxes without a fifth of the points each time, and count what of that fifth lies in them."""
    fold_of = np.random.default_rng(SEED).permutation(np.arange(len(cases)) % FOLDS)
    found = np.zeros(2, dtype=int)
    for fold in range(FOLDS):
        seen = fold_of != fold
        if not cases[seen].any() or cases[seen].all():
            continue
        rest = table[seen].reset_index(drop=True)
        boxes = [_measured(limits, rest, cases[seen]) for limits in _peel(rest, cases[seen])]
        box = without_needless_limits(boxes[choose(boxes, density)], rest, cases[seen])
        hidden = _measured(box.limits, table[~seen], cases[~seen])
        found += [hidden.cases, hidden.points]
        advance()
    return Box({}, int(found[0]), int(found[1]), int(cases.sum()), len(cases))


def _plain(conditions: pd.DataFrame) -> pd.DataFrame:
    """Make numbers of numbers: PRIM fails on whole ones."""
    numeric = {
        name: float for name, column in conditions.items()
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    }  # fmt: skip
    return conditions.astype(numeric).reset_index(drop=True)


@contextmanager
def workbench() -> Iterator[None]:
    """Let the EMA workbench work without its remarks on what is deprecated or not installed."""
    logger = logging.getLogger("EMA")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("ema_workbench"):
            raise
        raise RequestError(f"The EMA workbench is not installed: {INSTALL}") from None
    finally:
        logger.setLevel(level)
